"""The parts of the web: queries as structs and back, forms, marks, the guard at the door."""

from __future__ import annotations

import threading
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.asking.options import ACT_TYPE, DOCUMENT_KIND, MEETING_KIND, SHARED, TRACED_KIND, TURN_KIND
from onrecord.errors import OnRecordError, QueryError, UnknownDocument
from onrecord.web.cache import AnswerCache
from onrecord.web.formats import as_atom, as_csv, preferred_format, split_format
from onrecord.web.highlighting import Highlight, highlighted
from onrecord.web.openapi import description
from onrecord.web.page import Entry, paging
from onrecord.web.pages import PAGES
from onrecord.web.pages.find import FindParameters
from onrecord.web.pages.ledger import LedgerParameters
from onrecord.web.pages.source import SourceParameters
from onrecord.web.pages.statements import StatementsParameters
from onrecord.web.parameters import query_string, read_parameters
from onrecord.web.plain_errors import plain_hint, plain_validation
from onrecord.web.rendering import day, number

ACCEPT = [
    # what the client says, what is offered, what goes out, and why
    ("*/*", ["html", "json"], "html", "a client that does not care gets the page"),
    ("application/json", ["html", "json"], "json", "a program"),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ["html", "json"], "html", "a browser"),
    ("application/json;q=0.5, text/html;q=0.4", ["html", "json"], "json", "the greater share wins"),
    ("application/atom+xml", ["html", "json", "atom"], "atom", "a feed reader"),
    ("application/atom+xml", ["html", "json"], "html", "what is not offered cannot be had; the page says what is"),
    ("text/csv;q=nonsense, */*", ["html", "csv"], "html", "a share that is no number counts for nothing"),
    ("", ["html", "json"], "html", "nothing said"),
]


@pytest.mark.parametrize(("accept", "offered", "form", "why"), ACCEPT, ids=[case[-1] for case in ACCEPT])
def test_the_form_is_the_one_the_client_wants_most(accept: str, offered: list[str], form: str, why: str) -> None:
    assert preferred_format(accept, offered) == form, why


PATHS = [
    ("/find.json", ("/find", "json")),
    ("/index.json", ("/", "json")),
    ("/statements/cn-mfa-2021-03-14-0a1b2c3d", ("/statements/cn-mfa-2021-03-14-0a1b2c3d", None)),
    ("/outlets/J.Doe", ("/outlets/J.Doe", None)),  # a full stop in a name is no form
    ("/", ("/", None)),
    ("/.json", ("/.json", None)),
]


@pytest.mark.parametrize(("path", "parts"), PATHS)
def test_the_end_of_a_path_names_the_form(path: str, parts: tuple[str, str | None]) -> None:
    assert split_format(path) == parts


def test_a_query_is_read_as_its_page_says() -> None:
    asked = read_parameters(FindParameters, [("q", " tea "), ("issuer", "cn-mfa"), ("issuer", "plain"), ("since", "")])
    assert asked == FindParameters(q="tea", issuer=("cn-mfa", "plain"))


@pytest.mark.parametrize(
    ("name", "value"),
    [("page", "0"), ("page", "many"), ("page", "100000"), ("since", "2023-13"), ("sort", "best"), ("q", "a" * 3000)],
)
def test_a_value_that_does_not_fit_is_an_error_that_names_it(name: str, value: str) -> None:
    with pytest.raises(QueryError, match=name):
        read_parameters(FindParameters, [(name, value)])


@given(
    st.builds(
        FindParameters,
        q=st.text(max_size=30).map(str.strip),
        issuer=st.lists(st.text(min_size=1, max_size=8).map(str.strip).filter(bool), max_size=3).map(tuple),
        page=st.integers(1, 500),
        sort=st.sampled_from(["relevance", "newest", "oldest"]),
    )
)
def test_an_address_asks_for_what_it_was_made_of(asked: FindParameters) -> None:
    """The whole state is in the address: what is written is read back."""
    from urllib.parse import parse_qsl

    assert read_parameters(FindParameters, parse_qsl(query_string(asked)[1:])) == asked


def test_paging_names_the_first_and_the_last_of_each_page() -> None:
    assert [(paging(page, 45, 20, 500).first, paging(page, 45, 20, 500).last) for page in (1, 2, 3)] == [
        (1, 20),
        (21, 40),
        (41, 45),
    ]
    assert paging(1, 0, 20, 500).pages == 1
    assert paging(1, 10**6, 20, 500).pages == 500, "a list longer than can be gone through has a last page all the same"


class _Words(HTMLParser):
    """What a page shows, and by which elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words, self.elements = "", set()

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.add(tag)


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from(["mark", "span", "a"])), max_size=6),
)
def test_marked_words_are_the_words_whatever_overlaps(text: str, stretches: list[tuple[int, int, str]]) -> None:
    text = text.replace("\r", "").replace("\x00", "")
    marks = [
        Highlight(min(a, b), max(a, b), element, "x", "/there" if element == "a" else "")
        for a, b, element in stretches
        if a != b
    ]
    read = _Words()
    read.feed(str(highlighted(text, 0, len(text), marks)))
    read.close()
    assert read.words == text
    assert read.elements <= {"mark", "span", "a"}


def test_a_link_never_stands_in_a_link() -> None:
    words = str(
        highlighted("one two", 0, 7, [Highlight(0, 7, "a", "outer", "/a"), Highlight(4, 7, "a", "inner", "/b")])
    )
    assert words == '<a class="outer" href="/a">one </a><span class="outer"><a class="inner" href="/b">two</a></span>'


def test_what_a_feed_cannot_say_does_not_break_it() -> None:
    entry = Entry(id="x", title="<b>&\x00\x0b", path="/statements/x", updated="not a day", author="\ud800", words="]]>")
    feed = ElementTree.fromstring(
        as_atom([entry], title="T", base="http://127.0.0.1", page="/find?q=a&b=c", feed="/find.atom?q=a&b=c")
    )
    assert feed.findtext("{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}title") == "<b>&\ufffd\ufffd"


def test_rows_go_out_with_a_head_and_several_values_in_a_cell() -> None:
    assert as_csv([{"year": "2019", "by": ("CHN", "JPN")}]).decode() == "year,by\r\n2019,CHN|JPN\r\n"
    assert as_csv([]) == b""


def test_answers_are_kept_until_the_record_changes_and_no_more_than_fit() -> None:
    kept, made = AnswerCache(most=8_000), []

    def make(name: str) -> tuple[int, bytes]:
        made.append(name)
        return 200, name.encode() * 100

    for name, state in [("a", 1), ("a", 1), ("a", 2), ("b", 2), ("a", 2)]:
        kept.get(name, state, lambda name=name: make(name))
    assert made == ["a", "a", "b"], "a second time costs nothing; of a record that changed nothing is kept"
    for place in range(100):
        kept.get(place, 2, lambda: (200, b"x" * 900))
    assert kept._size <= 8_000


def test_of_those_who_ask_the_same_at_once_one_works_and_the_others_wait() -> None:
    cache, made = AnswerCache(), []
    asking, others = threading.Event(), threading.Event()

    def make() -> tuple[int, bytes]:
        made.append(1)
        asking.set()
        others.wait(60)
        return 503, b"too long"

    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(cache.get, "a", 1, make)
        assert asking.wait(60)
        again = [pool.submit(cache.get, "a", 1, make) for _ in range(7)]
        others.set()
        assert {one.result(60) for one in (first, *again)} == {(503, b"too long")}
    assert len(made) <= 8
    assert not cache._pending


def test_errors_are_not_kept() -> None:
    kept = AnswerCache()
    assert [kept.get("a", 1, lambda status=status: (status, b"")) for status in (500, 200)] == [(500, b""), (200, b"")]


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2021-03-22", "22 March 2021"),
        ("2021-03", "March 2021"),
        ("2021", "2021"),
        (None, "undated"),
        ("2021-13-40", "40 13 2021"),
    ],
)
def test_days_are_told_as_people_tell_them(iso: str | None, words: str) -> None:
    assert day(iso) == words


def test_thousands_are_marked() -> None:
    assert number(1234567) == "1,234,567"


def test_every_page_publishes_a_shape() -> None:
    from onrecord.web.pages import PAGES

    for page in PAGES:
        assert msgspec.json.schema(page.json_type), page.path


VALUES = [
    # what stands in the address of the page of a search, and what the reader is told
    ("year", "21", "year must be a year, written like 2021"),
    ("page", "0", "page must be a whole number, at least 1"),
    ("page", "501", "page must be a whole number, at most 500"),
    ("page", "one", "page must be a whole number"),
    ("q", "a" * 2001, "q may have at most 2000 characters"),
    ("sort", "best", "sort cannot be 'best', which is not one of its choices"),
]


@pytest.mark.parametrize(("name", "value", "words"), VALUES)
def test_a_value_that_does_not_fit_is_told_in_plain_words(name: str, value: str, words: str) -> None:
    with pytest.raises(QueryError) as error:
        read_parameters(FindParameters, [(name, value)])
    assert plain_validation(error.value.what) == words


@pytest.mark.parametrize(
    ("page", "name", "value", "words"),
    [
        (
            LedgerParameters,
            "since",
            "someday",
            "since: a day is YYYY-MM-DD, YYYY-MM or YYYY, not 'someday'",
        ),
        (SourceParameters, "at", "here", "at must be two numbers with a hyphen between them, like 0-20"),
        (FindParameters, "issuer", "", "issuer may be given at most 20 times"),
    ],
)
def test_and_so_it_is_of_other_pages(page: type[msgspec.Struct], name: str, value: str, words: str) -> None:
    with pytest.raises(QueryError) as error:
        read_parameters(page, [(name, value or str(number)) for number in range(1 if value else 21)])
    assert plain_validation(error.value.what) == words


def test_a_message_of_another_kind_stays_as_it_is() -> None:
    assert plain_validation("no party is known by 'x'") == "no party is known by 'x'"


HINTS = [
    (UnknownDocument("no document"), 404, False, "a hint that names a command is for the terminal"),
    (QueryError("no", hint="--by month"), 400, False, "and so is one that names an option"),
    (QueryError("no"), 400, True, "one on what to type is for everybody"),
    (QueryError("no", hint="Write it beside the words, not under OR, NOT, ( )"), 400, True, "this too"),
]


@pytest.mark.parametrize(("error", "status", "stays", "why"), HINTS, ids=[case[-1] for case in HINTS])
def test_a_hint_is_one_that_a_reader_can_follow(error: OnRecordError, status: int, stays: bool, why: str) -> None:
    assert (plain_hint(error, status) == error.hint) == stays, why
    assert plain_hint(error, status)


@pytest.mark.parametrize(
    ("query", "since", "until"),
    [
        ([("since", "2021"), ("until", "2021")], "2021-01-01", "2021-12-31"),
        ([("since", "2020-02"), ("until", "2020-02")], "2020-02-01", "2020-02-29"),
        ([("since", "2021-03-22")], "2021-03-22", None),
        ([("since", "")], None, None),
    ],
)
def test_a_day_in_an_address_is_a_year_a_month_or_a_day(
    query: list[tuple[str, str]], since: str | None, until: str | None
) -> None:
    asked = read_parameters(StatementsParameters, query)
    assert (asked.since, asked.until) == (since, until)


@pytest.mark.parametrize("words", ["2023-13", "2021-02-30", "someday", "20210322", "12/05/2021"])
def test_a_day_that_is_none_is_an_error_in_an_address_too(words: str) -> None:
    with pytest.raises(QueryError, match=f"a day is YYYY-MM-DD, YYYY-MM or YYYY, not '{words}'"):
        read_parameters(StatementsParameters, [("until", words)])


#: The parameters whose name is shared by several options, or differs from the option's, by page.
OTHER_NAMES = {
    ("/find.json", "kind"): TURN_KIND,
    ("/trace.json", "kind"): TRACED_KIND,
    ("/meetings.json", "kind"): MEETING_KIND,
    ("/statements.json", "kind"): DOCUMENT_KIND,
    ("/acts.json", "type"): ACT_TYPE,
}


def test_the_help_of_an_option_describes_its_parameter_on_every_page() -> None:
    described = {
        (path, parameter["name"]): parameter["description"]
        for path, operations in description(PAGES)["paths"].items()
        for parameter in operations["get"]["parameters"]
        if parameter["in"] == "query"
    }
    options = {key: SHARED[key[1]] for key in described if key[1] in SHARED} | OTHER_NAMES
    assert len(options) > 40
    assert {key: described[key] for key in options} == {key: option.description for key, option in options.items()}
