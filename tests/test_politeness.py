"""How sites are asked: rules first, pauses, waiting when told to, a name and a contact. Real HTTP, a clock that need not wait."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented_site import Asked, Given, Site, VirtualClock
from onrecord.collecting.client import Client, agent_of
from onrecord.collecting.mirrors import Mirror
from onrecord.collecting.politeness import retry_after
from onrecord.collecting.schedule import STEPS, next_visit, pause_after
from onrecord.errors import Disallowed, FetchFailed, HostPaused, SourceError

pytest.importorskip("protego", reason="protego is not installed: install onrecord[collect]")
RULES = "User-agent: *\nDisallow: /private/\nCrawl-delay: 3\n"


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def site(clock: VirtualClock) -> Iterator[Site]:
    made = Site(clock, RULES)
    made.pages |= {f"/{name}": Given(f"<p>Page {name}.</p>") for name in "abcdefgh"}
    yield made
    made.close()


@pytest.fixture
def client(clock: VirtualClock) -> Iterator[Client]:
    with Client("desk@ministry.example", clock) as made:
        yield made


def test_the_rules_come_first_and_every_pause_is_kept(site: Site, client: Client) -> None:
    for name in "abcabc":
        assert client.ask(f"{site.base}/{name}").status == 200
    assert [one.path for one in site.log] == ["/robots.txt", "/a", "/b", "/c", "/a", "/b", "/c"]
    assert min(site.gaps[1:]) >= 3
    assert max(site.gaps) <= 3 * 1.25  # the pause and its jitter
    assert len(set(site.gaps[1:])) > 1


def test_without_rules_the_pause_is_two_seconds(clock: VirtualClock, client: Client) -> None:
    site = Site(clock)
    site.pages["/a"] = Given("words")
    client.ask(f"{site.base}/a")
    client.ask(f"{site.base}/a")
    assert min(site.gaps) >= 2
    site.close()


def test_what_the_rules_forbid_is_not_asked_for(site: Site, client: Client) -> None:
    site.pages["/leads"] = Given(status=302, headers={"Location": "/private/drafts"})
    for path in ("/private/drafts", "/leads"):
        with pytest.raises(Disallowed, match=r"robots\.txt"):
            client.ask(site.base + path)
    assert [one.path for one in site.log] == ["/robots.txt", "/leads"]


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        pytest.param(Given(status=404), True, id="a site without rules allows everything"),
        pytest.param(Given(status=403), True, id="so does one that hides them (RFC 9309, 2.3.1.3)"),
        pytest.param(Given(status=500), False, id="one whose rules cannot be had allows nothing (2.3.1.4)"),
        pytest.param(Given(drop=True), False, id="nor does one that gives no answer"),
        pytest.param(Given("User-agent: onrecord\nDisallow: /"), False, id="rules for this program alone"),
        pytest.param(
            Given("User-agent: *\nDisallow: /\n\nUser-agent: onrecord\nAllow: /"), True, id="or in its favour"
        ),
        pytest.param(Given("\0\xff<html>not rules at all"), True, id="what is not understood forbids nothing"),
    ],
)
def test_rules_of_every_kind(clock: VirtualClock, client: Client, rules: Given, allowed: bool) -> None:
    site = Site(clock)
    site.pages |= {"/robots.txt": rules, "/a": Given("words")}
    if allowed:
        assert client.ask(f"{site.base}/a").status == 200
    else:
        with pytest.raises((Disallowed, HostPaused)):
            client.ask(f"{site.base}/a")
        assert site.asked() == []
    site.close()


def test_rules_are_asked_for_again_after_a_day(site: Site, client: Client, clock: VirtualClock) -> None:
    client.ask(f"{site.base}/a")
    clock.sleep(25 * 3600)
    client.ask(f"{site.base}/a")
    assert [one.path for one in site.log].count("/robots.txt") == 2


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(lambda clock: "90", id="seconds"),
        pytest.param(lambda clock: f"{clock.now() + timedelta(seconds=90):%a, %d %b %Y %H:%M:%S GMT}", id="a date"),
    ],
)
def test_who_asks_to_wait_is_not_asked_for_any_page(
    site: Site, client: Client, clock: VirtualClock, told: Callable[[VirtualClock], str]
) -> None:
    site.pages["/a"] = Given(status=503, headers={"Retry-After": told(clock)})
    assert client.ask(f"{site.base}/a").retry_after == pytest.approx(90, abs=5)
    asked = site.log[-1].at
    assert client.ask(f"{site.base}/b").status == 200
    assert site.log[-1].at - asked >= 85


def test_a_long_wait_ends_the_run_instead(site: Site, client: Client) -> None:
    site.pages["/a"] = Given(status=429, headers={"Retry-After": "86400"})
    client.ask(f"{site.base}/a")
    with pytest.raises(HostPaused, match=r"asks to wait until 2031-05-07"):
        client.ask(f"{site.base}/b")
    assert len(site.asked()) == 1


def test_pauses_grow_while_a_host_fails_and_five_failures_end_the_run(site: Site, client: Client) -> None:
    site.pages["/a"] = Given(status=500)
    for _ in range(5):
        assert client.ask(f"{site.base}/a").status == 500
    with pytest.raises(HostPaused, match="5 failures in a row"):
        client.ask(f"{site.base}/b")
    gaps = site.gaps[2:]
    assert all(later > earlier for earlier, later in itertools.pairwise(gaps))


def test_walls_are_failures_though_their_status_is_200(site: Site, client: Client) -> None:
    for _ in range(5):
        client.ask(f"{site.base}/a")
        client.host(site.base).refused()
    with pytest.raises(HostPaused, match="5 failures in a row"):
        client.ask(f"{site.base}/b")


def test_a_site_that_asks_for_very_long_pauses_gets_them(clock: VirtualClock, client: Client) -> None:
    site = Site(clock, "User-agent: *\nCrawl-delay: 1800")
    site.pages["/a"] = Given("words")
    for _ in range(2):
        client.ask(f"{site.base}/a")
    assert min(site.gaps) >= 1800
    site.close()


def test_an_answer_between_them_ends_a_row_of_failures(site: Site, client: Client) -> None:
    site.pages["/a"] = Given(drop=True)
    for _ in range(4):
        with pytest.raises(FetchFailed, match="no response"):
            client.ask(f"{site.base}/a")
    client.ask(f"{site.base}/b")
    with pytest.raises(FetchFailed, match="no response"):
        client.ask(f"{site.base}/a")
    assert client.ask(f"{site.base}/b").status == 200


def test_only_what_changed_is_asked_for(site: Site, client: Client) -> None:
    first = client.ask(f"{site.base}/a")
    again = client.ask(f"{site.base}/a", etag=first.etag)
    assert (again.status, again.answer.data) == (304, b"")
    dated = client.ask(f"{site.base}/b", last_modified="Mon, 05 May 2031 10:00:00 GMT")
    assert dated.status == 200
    assert site.log[-1].headers["if-modified-since"] == "Mon, 05 May 2031 10:00:00 GMT"
    client.ask(f"{site.base}/b", etag='"x"', last_modified="Mon, 05 May 2031 10:00:00 GMT")
    assert "if-modified-since" not in site.log[-1].headers  # a server ignores it beside an ETag (RFC 9110, 13.1.3)


def test_every_request_says_who_asks(site: Site, client: Client) -> None:
    client.ask(f"{site.base}/a")
    for one in site.log:
        assert one.headers["user-agent"].startswith("onrecord/")
        assert "desk@ministry.example" in one.headers["user-agent"]
        assert one.headers["from"] == "desk@ministry.example"


@pytest.mark.parametrize("contact", ["", "me", "a@b", "desk@x.example\r\nX: y", "ftp://x.example", "Ünï@x.example) z"])
def test_a_contact_is_an_address_to_write_to(contact: str) -> None:
    with pytest.raises(ValueError, match="no address to write to"):
        agent_of(contact)


def test_redirects_keep_the_pauses_and_say_where_they_lead(site: Site, client: Client) -> None:
    site.pages |= {
        "/old": Given(status=301, headers={"Location": "/newer"}),
        "/newer": Given(status=308, headers={"Location": "/a"}),
        "/now": Given(status=302, headers={"Location": "/a"}),
        "/circle": Given(status=302, headers={"Location": "/circle"}),
    }
    moved = client.ask(f"{site.base}/old")
    assert (moved.url, moved.moved) == (f"{site.base}/a", f"{site.base}/a")
    assert client.ask(f"{site.base}/now").moved is None  # for now: the old address stays the page's own
    with pytest.raises(FetchFailed, match="more than 5 redirects"):
        client.ask(f"{site.base}/circle")
    assert min(site.gaps[1:]) >= 3


def test_a_public_address_does_not_lead_inside(
    site: Site, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The site answers for the public address as a proxy does, and sends whoever asks to this machine."""
    site.pages["/inside"] = Given(status=302, headers={"Location": f"{site.base}/a"})
    monkeypatch.setenv("http_proxy", site.base)
    with Client("desk@ministry.example", clock) as client, pytest.raises(FetchFailed, match="to a private one"):
        client.ask("http://public.example/inside")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with Client("desk@ministry.example", clock, allow_private=True) as client:
        assert client.ask("http://public.example/inside").answer.data == b"<p>Page a.</p>"


def test_a_mirror_is_asked_in_place_of_the_site(site: Site, clock: VirtualClock) -> None:
    site.pages["/old"] = Given(status=301, headers={"Location": "/a"})
    mirror = Mirror.of(["https://www.ministry.example/"], site.base)
    with Client("https://desk.example/contact", clock, mirror=mirror) as client:
        reply = client.ask("https://www.ministry.example/old")
        assert (reply.asked, reply.url) == ("https://www.ministry.example/old", "https://www.ministry.example/a")
        assert client.host("https://www.ministry.example/x") is client.host(site.base)
    assert mirror.target("https://elsewhere.example/x") == "https://elsewhere.example/x"
    assert "from" not in site.log[0].headers
    with pytest.raises(ValueError, match="is no address"):
        Mirror.of([], "127.0.0.1:80")


@pytest.mark.parametrize("told", ["", "soon", "nan", "inf", "-5", "1e400", "Tue, 99 May 2031 10:00:00 GMT"])
def test_a_wait_that_says_nothing(told: str) -> None:
    assert retry_after({"retry-after": told}) in (None, 0.0)


@given(st.integers(0, 60 * 24 * 40))
def test_a_page_is_read_again_on_the_schedule_and_then_no_more(minutes: int) -> None:
    published = datetime(2031, 5, 6, tzinfo=UTC)
    due = next_visit(published, published + timedelta(minutes=minutes))
    if due is None:
        assert timedelta(minutes=minutes) >= STEPS[-1]
    else:
        assert due - published in STEPS
        assert due > published + timedelta(minutes=minutes)


def test_a_reader_who_comes_when_due_comes_at_every_step() -> None:
    published = visited = datetime(2031, 5, 6, tzinfo=UTC)
    met = []
    while (due := next_visit(published, visited)) is not None:
        met.append(due - published)
        visited = due
    assert tuple(met) == STEPS


def test_tries_that_fail_become_rarer() -> None:
    pauses = [pause_after(tries) for tries in range(1, 60)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(days=1)


def test_a_client_works_inside_an_event_loop(site: Site, client: Client) -> None:
    """As in a notebook."""
    import asyncio

    async def cell() -> int:
        return client.ask(f"{site.base}/a").status

    assert asyncio.run(cell()) == 200


def test_what_is_no_address_says_so(client: Client) -> None:
    for url in ("ftp://x.example/", "http://", "words"):
        with pytest.raises(SourceError):
            client.ask(url)


def test_a_page_that_is_asked_for_is_read_whole(site: Site, client: Client) -> None:
    import gzip

    def packed(asked: Asked) -> Given:
        body = gzip.compress(b"one ") + gzip.compress(b"two")  # members, as a cache may join them
        return Given(body, headers={"Content-Encoding": "gzip"})

    site.pages["/packed"] = packed
    assert client.ask(f"{site.base}/packed").answer.data == b"one two"
