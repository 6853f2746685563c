"""What issuers list, read from invented lists of every form, and walked to their ends."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord import houses
from onrecord.captures.exchange import Answer
from onrecord.collecting.answers import judge
from onrecord.collecting.listings import Entry, Listed, read_listing
from onrecord.collecting.walking import EndOfList, Walked, page_addresses, walk
from onrecord.errors import FetchFailed, NotAStatement, OnRecordError
from onrecord.houses.sources import Signs, Source, period

pytest.importorskip("feedparser", reason="feedparser is not installed: install onrecord[collect]")
HOME = "https://www.ministry.example/news/"
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>Readout of a &lt;em&gt;call&lt;/em&gt;</title><link>https://www.ministry.example/1/</link>
<guid isPermaLink="false">https://www.ministry.example/?p=1</guid><pubDate>Tue, 06 May 2031 09:00:00 +0200</pubDate></item>
<item><title>No link</title></item>
<item><title>Statement</title><link>/2/#top</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry><title>Statement</title><id>urn:x:1</id>
<link rel="alternate" href="https://www.ministry.example/1/"/><published>2031-05-06T07:00:00Z</published>
<updated>2031-05-07T08:00:00Z</updated></entry></feed>"""
POSTS = [
    {
        "id": 1,
        "link": "https://www.ministry.example/1/",
        "date_gmt": "2031-05-06T07:00:00",
        "modified_gmt": "2031-05-07T08:00:00",
        "guid": {"rendered": "https://www.ministry.example/?p=1"},
        "title": {"rendered": "Statement &amp; readout"},
        "content": {"rendered": "<p>Words.</p>"},
    }
]
PAGE = """<html><body><nav><a href="/contact/">Contact</a></nav><ul>
<li><a href="./t1.shtml" target="_blank">2031年5月6日发言人主持例行记者会</a> (2031-05-06)</li>
<li><a href='t2.shtml'><b>Remarks</b> on trade</a><span>May 5, 2031</span></li>
<li><a href=/news/t3.shtml>Statement</a> <time datetime="2031-05-04T22:00:00-05:00">May 4</time></li>
<li><a href="t1.shtml">the same again</a></li><li><a href="javascript:go()">Go</a> <a href="http://[">broken</a></li>
</ul></body></html>"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://www.ministry.example/1/</loc>
<lastmod>2031-05-07T08:00:00+00:00</lastmod></url><url><lastmod>2031</lastmod></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>/posts.xml</loc></sitemap></sitemapindex>"""


def source(form: str, **more: Any) -> Source:
    return msgspec.convert({"id": "x", "url": HOME, "form": form} | more, Source)


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


def test_a_feed_tells_addresses_names_and_moments() -> None:
    first, second = read_listing(source("feed"), HOME, RSS.encode(), {}).entries
    assert first == Entry(
        url="https://www.ministry.example/1/",
        title="Readout of a call",
        guid="https://www.ministry.example/?p=1",
        published=at("2031-05-06T07:00:00"),
    )
    assert second.url == "https://www.ministry.example/2/"  # relative, its fragment left out
    (entry,) = read_listing(source("feed"), HOME, ATOM.encode(), {}).entries
    assert (entry.guid, entry.published, entry.modified) == (
        "urn:x:1",
        at("2031-05-06T07:00:00"),
        at("2031-05-07T08:00:00"),
    )


def test_a_feed_that_breaks_off_says_so() -> None:
    listed = read_listing(source("feed"), HOME, RSS.encode()[:-120], {})
    assert listed.entries
    assert not listed.whole
    assert read_listing(source("feed"), HOME, RSS.encode(), {}).whole


def test_posts_tell_how_many_pages_there_are() -> None:
    listed = read_listing(source("wordpress"), HOME, json.dumps(POSTS).encode(), {"x-wp-totalpages": "7"})
    assert listed.pages == 7
    assert listed.entries == [
        Entry(
            url="https://www.ministry.example/1/",
            title="Statement & readout",
            guid="https://www.ministry.example/?p=1",
            published=at("2031-05-06T07:00:00"),
            modified=at("2031-05-07T08:00:00"),
        )
    ]


def test_a_page_tells_what_its_links_and_the_words_beside_them_say() -> None:
    pattern = r"https://www\.ministry\.example/news/t\d+\.shtml"
    entries = read_listing(source("listing", items=pattern), HOME, PAGE.encode(), {}).entries
    assert [(one.url.rsplit("/", 1)[1], one.title, one.on) for one in entries] == [
        ("t1.shtml", "2031年5月6日发言人主持例行记者会", date(2031, 5, 6)),
        ("t2.shtml", "Remarks on trade", date(2031, 5, 5)),
        ("t3.shtml", "Statement", date(2031, 5, 5)),  # in universal time
    ]
    every = read_listing(source("listing"), HOME, PAGE.encode("gb18030"), {}, "gb18030").entries
    assert {one.url.partition("://")[0] for one in every} == {"https"}
    assert read_listing(source("listing"), HOME, PAGE.encode()[:400], {}).whole is False


def test_a_sitemap_tells_addresses_and_changes() -> None:
    for data in (SITEMAP.encode(), gzip.compress(SITEMAP.encode())):
        (entry,) = read_listing(source("sitemap"), HOME, data, {}).entries
        assert (entry.url, entry.modified) == ("https://www.ministry.example/1/", at("2031-05-07T08:00:00"))
    assert read_listing(source("sitemap"), HOME, INDEX.encode(), {}).lists == ["https://www.ministry.example/posts.xml"]


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("feed", b"<html><body>Just a page.</body></html>"),
        ("wordpress", b'{"code": "rest_no_route"}'),
        ("wordpress", b"[{"),
        ("sitemap", b"<urlset>"),
        ("sitemap", gzip.compress(SITEMAP.encode(), mtime=0)[:20] + b"xxxx"),
    ],
)
def test_what_is_no_list_is_not_taken_for_an_empty_one(form: str, data: bytes) -> None:
    with pytest.raises(OnRecordError) as raised:
        read_listing(source(form), HOME, data, {})
    assert raised.value.hint
    assert NotAStatement


@given(st.sampled_from(["feed", "wordpress", "listing", "sitemap"]), st.binary(max_size=400))
def test_nothing_that_a_site_sends_raises_anything_else(form: str, data: bytes) -> None:
    try:
        read_listing(source(form), HOME, data, {})
    except OnRecordError:
        pass


@example("<![x<a href='/1'>One</a>")
@given(st.text("<>/a href='\"=itm&;!-[]\n", max_size=200))
def test_broken_markup_does_no_harm(words: str) -> None:
    try:
        read_listing(source("listing"), HOME, words.encode(), {})
    except OnRecordError:
        pass


class List:
    """A list of invented statements, ``size`` on a page, one a day backwards from 6 May 2031."""

    def __init__(self, count: int, size: int = 3, end: str = "error", blank: frozenset[int] = frozenset()) -> None:
        self.entries = [
            Entry(url=f"https://x.example/{n}", day=date.fromordinal(date(2031, 5, 6).toordinal() - n))
            for n in range(count)
        ]
        self.size, self.end = size, end
        self.blank = set(blank)
        self.asked: list[int] = []
        self.known: set[str] = set()

    def ask(self, url: str) -> Listed:
        number = int(url.rpartition("=")[2]) if "=" in url else 1
        self.asked.append(number)
        if number in self.blank:
            self.blank.discard(number)
            return Listed(entries=[])
        found = self.entries[(number - 1) * self.size : number * self.size]
        if not found and self.end == "error":
            raise EndOfList
        return Listed(entries=found)

    def take(self, entries: list[Entry]) -> int:
        new = {one.url for one in entries} - self.known
        self.known |= new
        return len(new)

    def walk(self, **more: Any) -> Walked:
        return walk(source("listing", pages="?page={n}"), self.ask, self.take, **more)


@pytest.mark.parametrize("end", ["error", "empty"])
def test_a_walk_ends_at_the_end_and_asks_for_it_twice(end: str) -> None:
    made = List(7, end=end)
    walked = made.walk()
    assert (walked.ended, walked.complete, walked.entries) == ("end", True, 7)
    assert made.asked == [1, 2, 3, 4, 4]


def test_a_list_that_came_empty_once_is_not_at_its_end() -> None:
    made = List(7, blank=frozenset({1, 2}))
    assert made.walk().entries == 7
    assert made.asked == [1, 1, 2, 2, 3, 4, 4]


def test_a_list_that_is_empty_from_the_beginning_is_a_trouble() -> None:
    for end in ("error", "empty"):
        walked = List(0, end=end).walk()
        assert (walked.ended, walked.complete) == ("trouble", False)


def test_a_walk_ends_at_the_day() -> None:
    made = List(30)
    walked = made.walk(since=date(2031, 5, 1))
    assert (walked.ended, walked.complete) == ("day", True)
    assert made.asked == [1, 2, 3]
    assert walked.oldest == date(2031, 4, 28)


def test_a_later_walk_ends_where_all_is_known() -> None:
    made = List(30)
    made.walk()
    made.asked.clear()
    assert made.walk(after=at("2031-05-06T00:00:00")).ended == "known"
    assert made.asked == [1]
    made.known -= {f"https://x.example/{n}" for n in (0, 4)}
    made.asked.clear()
    assert made.walk(after=at("2031-05-06T00:00:00")).ended == "known"
    assert made.asked == [1, 2, 3]


def test_limits_are_told() -> None:
    assert List(30).walk(max_pages=2).ended == "limit"
    made = List(30)
    walked = walk(source("listing", pages="?page={n}", most=4), made.ask, made.take)
    assert (walked.ended, walked.complete, walked.pages) == ("site", False, 4)


def test_a_page_that_cannot_be_had_ends_the_walk_and_keeps_what_was_seen() -> None:
    made = List(30)

    def ask(url: str) -> Listed:
        if "=3" in url:
            raise FetchFailed("no response", where=url)
        return made.ask(url)

    walked = walk(source("listing", pages="?page={n}"), ask, made.take)
    assert (walked.ended, walked.entries) == ("trouble", 6)
    assert "no response" in str(walked.trouble)


def test_a_sitemap_of_sitemaps_is_read_to_its_last() -> None:
    lists = {
        HOME: Listed(entries=[], lists=[HOME + "a", HOME + "b"]),
        HOME + "a": Listed(entries=[Entry(url="https://x.example/1")], lists=[HOME + "a"]),
        HOME + "b": Listed(entries=[Entry(url="https://x.example/2"), Entry(url="https://x.example/3")]),
    }
    asked: list[str] = []

    def ask(url: str) -> Listed:
        asked.append(url)
        return lists[url]

    walked = walk(source("sitemap"), ask, len, since=date(2031, 5, 6), after=at("2031-05-06T00:00:00"))
    assert (walked.ended, walked.entries, asked) == ("end", 3, list(lists))


def test_addresses_of_the_pages_of_a_list() -> None:
    def first(made: Source, count: int, **more: Any) -> list[str]:
        addresses = page_addresses(made, more.get("since"), more.get("after"))
        return [next(addresses) for _ in range(count)]

    assert first(source("listing", pages="index_{n}.shtml", second=1), 3) == [
        HOME,
        HOME + "index_1.shtml",
        HOME + "index_2.shtml",
    ]
    assert first(source("feed", pages="?paged={n}"), 2) == [HOME, HOME + "?paged=2"]
    assert first(source("wordpress", size=50), 2, since=date(2031, 5, 6)) == [
        HOME + "?per_page=50&after=2031-05-05T23%3A59%3A59",
        HOME + "?per_page=50&after=2031-05-05T23%3A59%3A59&page=2",
    ]
    assert "modified_after=2031-05-05T10%3A00%3A00" in first(source("wordpress"), 1, after=at("2031-05-06T10:00:00"))[0]
    assert list(page_addresses(source("sitemap"), None, None)) == [HOME]


def answer(status: int, data: bytes) -> Answer:
    return Answer(url="https://x.example/", status=status, reason="", headers={}, data=data)


@pytest.mark.parametrize(
    ("status", "data", "verdict"),
    [
        (200, b"<p>Words.</p>", "page"),
        (304, b"", "unchanged"),
        (404, b"<h1>Not found</h1>", "gone"),
        (410, b"", "gone"),
        (429, b"", "busy"),
        (503, b"<p>Words.</p>", "busy"),
        (403, b"", "refused"),
        (418, b"", "error"),
        (200, b" \n", "empty"),
        (200, b'<title>Just a moment</title><form id="challenge-form">', "wall"),
        (200, b"<title>404 - nothing here</title>", "missing"),
        (200, "<title>您要的页面没有</title>".encode(), "missing"),
        (200, b"<p>Words.</p>" * 10_000 + b"challenge-form", "page"),
    ],
)
def test_what_an_answer_is_worth(status: int, data: bytes, verdict: str) -> None:
    assert judge(answer(status, data), Signs(missing=["您要的页面没有"])) == verdict


@pytest.mark.parametrize(
    "wrong",
    [
        {"every": "often"},
        {"every": "0h"},
        {"items": "("},
        {"days": "mon-fri"},
        {"recesses": ["2031-05-02/2031-05-01"]},
        {"recesses": ["soon"]},
        {"form": "telegram"},
        {"colour": "blue"},
    ],
)
def test_a_source_that_contradicts_itself_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(Exception, match=r"."):
        source(wrong.pop("form", "listing"), **wrong)


def test_the_days_on_which_something_is_expected() -> None:
    made = source(
        "listing", days="mon-fri", expects="press-conference", recesses=["2031-05-07/2031-05-08"], closed="2031-05-15"
    )
    expected = [day for day in range(1, 32) if made.expects_on(date(2031, 5, day))]
    assert expected == [1, 2, 5, 6, 9, 12, 13, 14, 15]
    assert period("90m") == 5400
    assert not made.is_open(date(2031, 5, 16), date(2031, 6, 1))


@pytest.mark.parametrize("issuer", houses.names())
def test_the_sources_of_every_house_are_well_formed(issuer: str) -> None:
    card = houses.find(issuer).card
    assert len({one.id for one in card.sources}) == len(card.sources)
    for one in card.sources:
        assert any(one.url.startswith(address) for address in card.addresses), (
            "a source stands on one of the issuer's sites"
        )
        assert one.form != "listing" or one.items, "a page has links of every kind: say which are statements"
