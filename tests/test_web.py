"""The desk in the browser, asked over HTTP on loopback: every page in every form, who is let in, and what can be changed."""

from __future__ import annotations

import csv
import html
import io
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

import onrecord
from hostile import OUTSIDE
from onrecord.desk import open_desk
from onrecord.errors import AddressTaken
from onrecord.web.pages import PAGES
from onrecord.web.server import DeskServer

#: An address of each page that holds something on the desk of examples; {id} is a document, {turn} a turn of it.
ADDRESSES = [
    "/", "/statements", "/statements?issuer=cn-mfa&since=2019-01-01", "/statements/{id}", "/statements/{id}?show=mentions&show=acts",
    "/statements/{id}?show=undertakings&show=links&find=ferry", "/statements/{id}/source", "/statements/{id}/source?at=0-20",
    "/statements/{id}/cite", "/statements/{id}/cite?turn={turn}", "/statements/{id}/cite?turn={turn}&sentence=1",
    "/statements/{id}/redline", "/statements/{id}/redline?against=last", "/find?q=ferry", "/find?q=", "/find?kind=question&sort=newest",
    "/find?q=nowherewhatsoever", "/trace", "/trace?q=stands+ready+to", "/trace?q=nowherewhatsoever", "/ledger", "/ledger?between=China",
    "/meetings", "/actors", "/actors/CHN", "/outlets/afp", "/acts", "/acts?actor=China", "/answers", "/answers?by=issue", "/trends",
    "/trends?term=ferry&term=mention:China&by=month",
]  # fmt: skip


@pytest.fixture(scope="module")
def client(served: DeskServer) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.address, timeout=120) as opened:
        yield opened


@pytest.fixture(scope="module")
def names(served: DeskServer) -> dict[str, str]:
    """A document of the desk, and a turn of it."""
    with open_desk(served.desks.folder) as desk:
        document = next(one for one in desk if one.id.startswith("cn-mfa-2021-03-14") and one.language == "en")
        return {"id": document.id, "turn": document.turns[1].id.partition("/")[2]}


class _Seen(HTMLParser):
    """What stands in a page that a Content-Security-Policy would forbid, and where it links to."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.wrong += [f"{tag} {name}" for name in given if name.startswith("on") or name == "style"]
        leading = [value or "" for name, value in attrs if name in ("href", "src", "action", "formaction", "data")]
        self.wrong += [f"{tag} to {value}" for value in leading if value.strip().lower().startswith("javascript:")]
        self._script = tag == "script"
        if tag in ("script", "link", "img", "iframe", "form"):
            address = given.get("src") or given.get("href") or given.get("action") or ""
            if urlsplit(address).netloc:
                self.wrong.append(f"{tag} from {address}")
        if tag == "a":
            self.links.append(given.get("href") or "")
        if given.get("id"):
            self.ids.append(given["id"] or "")

    def handle_data(self, data: str) -> None:
        if self._script and data.strip():
            self.wrong.append(f"script {data[:40]}")

    def handle_endtag(self, tag: str) -> None:
        self._script = False


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_answers_as_a_page_and_as_json_at_the_same_address(
    client: httpx.Client, names: dict[str, str], address: str
) -> None:
    address = address.format(**names)
    shown = client.get(address)
    assert shown.status_code == 200
    assert shown.headers["content-type"] == "text/html; charset=utf-8"
    told = client.get(address, headers={"accept": "application/json"})
    path, _, query = address.partition("?")
    by_end = client.get(f"{'/index' if path == '/' else path}.json?{query}")
    assert told.json() == by_end.json()
    assert told.headers["content-type"] == by_end.headers["content-type"] == "application/json"


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.slow
def test_no_page_holds_what_its_policy_forbids(client: httpx.Client, names: dict[str, str], address: str) -> None:
    """No script or style in the page, nothing loaded from elsewhere, no id twice."""
    seen = _Seen()
    answer = client.get(address.format(**names))
    seen.feed(answer.text)
    assert seen.wrong == []
    assert len(seen.ids) == len(set(seen.ids)), [one for one in seen.ids if seen.ids.count(one) > 1]
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.slow
def test_every_link_of_the_desk_leads_somewhere(client: httpx.Client, names: dict[str, str]) -> None:
    """From each page every link to the desk itself is followed once."""
    tried: dict[str, int] = {}
    for address in ADDRESSES:
        seen = _Seen()
        answer = client.get(address.format(**names))
        seen.feed(answer.text)
        for link in seen.links:
            target = str(answer.url.join(link).copy_with(fragment=None))
            if target.startswith(str(client.base_url)) and target not in tried:
                tried[target] = client.get(target).status_code
    assert len(tried) > 200
    assert [target for target, status in tried.items() if status != 200] == []


def test_every_fragment_link_to_a_statement_leads_to_a_place_on_it(client: httpx.Client) -> None:
    """A hit, an act, an undertaking: each line is one click from the very turn."""
    pages: dict[str, set[str]] = {}
    count = 0
    for address in ("/find?q=ferry", "/acts", "/ledger", "/trace?q=stands+ready+to", "/answers"):
        seen = _Seen()
        answer = client.get(address)
        seen.feed(answer.text)
        for link in seen.links:
            target = answer.url.join(link)
            if target.path.startswith("/statements/") and target.fragment:
                if target.path not in pages:
                    there = _Seen()
                    there.feed(client.get(target.path).text)
                    pages[target.path] = set(there.ids)
                assert target.fragment in pages[target.path], link
                count += 1
    assert count > 20


def test_a_statement_is_told_as_the_command_line_tells_it(
    client: httpx.Client, names: dict[str, str], served: DeskServer
) -> None:
    with open_desk(served.desks.folder) as desk:
        assert client.get(f"/statements/{names['id']}.json").content.strip() == desk.document(names["id"]).to_json()


def test_searches_and_traces_have_feeds(client: httpx.Client) -> None:
    for address in (
        "/find.atom?q=ferry&sort=newest",
        "/trace.atom?q=ferry",
        "/ledger.atom",
        "/acts.atom",
        "/statements.atom",
    ):
        answer = client.get(address)
        assert answer.headers["content-type"] == "application/atom+xml"
        feed = ElementTree.fromstring(answer.content)
        days = [entry.findtext("{*}updated") or "" for entry in feed.findall("{*}entry")]
        assert days and days == sorted(days, reverse=True), address
        addresses = {link.get("rel"): link.get("href") or "" for link in feed.findall("{*}link")}
        assert client.get(addresses["self"]).content == answer.content, "a feed says where it is itself"
        assert client.get(addresses["alternate"]).headers["content-type"].startswith("text/html")
        link = feed.find("{*}entry/{*}link")
        assert link is not None and client.get(link.get("href", "")).status_code == 200


def test_two_feeds_can_be_told_apart_by_their_titles(client: httpx.Client) -> None:
    titles = {}
    for address in (
        "/find.atom?q=ferry&issuer=cn-mfa&sort=newest",
        "/find.atom?q=harbour",
        "/acts.atom",
        "/acts.atom?actor=China",
    ):
        titles[address] = ElementTree.fromstring(client.get(address).content).findtext("{*}title")
    assert list(titles.values()) == [
        "On Record: find, ferry, issuer cn-mfa", "On Record: find, harbour", "On Record: acts", "On Record: acts, actor China"
    ]  # fmt: skip


@pytest.mark.parametrize("address", ["/acts", "/statements", "/ledger", "/meetings"])
def test_a_table_has_every_row_of_a_list_whatever_the_page(client: httpx.Client, address: str) -> None:
    csv.field_size_limit(10_000_000)  # one title of the desk has a megabyte
    whole = list(csv.DictReader(io.StringIO(client.get(f"{address}.csv").text)))
    second = list(csv.DictReader(io.StringIO(client.get(f"{address}.csv?page=2").text)))
    told = client.get(f"{address}.json").json()
    assert whole == second
    assert len(whole) == told["paging"]["count"] > 0


#: What a page cannot read would seem to narrow its answer: it is refused by its name.
UNKNOWN_PARAMETERS = [
    ("/answers?year=2020", "year", "it counts all years"),
    ("/find?q=ferry&isuer=cn-mfa", "isuer", "misspelt"),
    ("/trace?q=ferry&speaker=Luo", "speaker", "a trace has no such filter"),
    ("/?desk=other", "desk", "the front page has none"),
    ("/ledger.csv?unheard=of", "unheard", "a table is a page too"),
]


@pytest.mark.parametrize(("address", "name", "why"), UNKNOWN_PARAMETERS, ids=[case[2] for case in UNKNOWN_PARAMETERS])
def test_a_parameter_that_a_page_does_not_have_is_refused(
    client: httpx.Client, address: str, name: str, why: str
) -> None:
    shown = client.get(address)
    assert shown.status_code == 400, why
    assert f"no parameter of this page is known as '{name}'" in html.unescape(shown.text)


def test_a_day_in_the_search_box_finds_the_statements_of_that_day(client: httpx.Client) -> None:
    for query in ("2021-03-14", "14 March 2021", "March 14, 2021", "2021年3月14日"):
        told = client.get("/find.json", params={"q": query}).json()
        assert {one["day"] for one in told["of_day"]} == {"2021-03-14"}, query
        assert "Statements of 14 March 2021" in client.get("/find", params={"q": query}).text
    assert client.get("/find.json?q=ferry").json()["of_day"] == []


def test_titles_are_searched_too(client: httpx.Client) -> None:
    told = client.get("/find.json", params={"q": "Luo Qingchuan Regular"}).json()
    assert told["titled_count"] >= len(told["titled"]) > 0
    assert all("Luo Qingchuan" in one["title"] for one in told["titled"])
    for query in ("Luo NOT Qingchuan", "Luo NEAR Qingchuan", "Luo issuer:cn-mfa"):
        assert client.get("/find.json", params={"q": query}).json()["titled"] == [], query


def test_an_error_has_no_regular_expression_and_no_command(client: httpx.Client) -> None:
    for address in (
        "/find?since=2021",
        "/ledger?since=someday",
        "/statements/x/source?at=here",
        "/statements/nothing",
        "/find?year=21",
    ):
        for told in (client.get(address).text, client.get(address, headers={"accept": "application/json"}).text):
            assert not re.search(r"\\d|regex|onrecord (show|find|add)|--\w", told), address


def test_long_answers_are_compressed_for_who_takes_that(client: httpx.Client) -> None:
    plain = client.get("/find?q=ferry", headers={"accept-encoding": "identity"})
    packed = client.get("/find?q=ferry", headers={"accept-encoding": "gzip"})
    assert (plain.headers.get("content-encoding"), packed.headers["content-encoding"]) == (None, "gzip")
    assert plain.content == packed.content
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert {"Accept", "Accept-Encoding"} <= {one.strip() for one in packed.headers["vary"].split(",")}


def test_the_numbers_of_a_chart_download(client: httpx.Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/find.csv?q=ferry").text)))
    assert sum(int(row["turns"]) for row in rows) == client.get("/find.json?q=ferry").json()["count"] > 0
    assert {"period", "term", "count"} <= set(
        next(csv.DictReader(io.StringIO(client.get("/trends.csv?term=ferry").text)))
    )


WRONG = [
    # address, status, what the page must say
    ("/statements/nothing", 404, "no document"),
    ("/nothing/at/all", 404, "nothing is at"),
    ("/find?q=(open", 400, ""),
    ("/find?page=0", 400, "page"),
    ("/find?q=actor:Chnia", 400, "Nearest"),
    ("/trace?q=...", 400, "no word"),
    ("/ledger?between=Nowhereland", 400, "no party is known"),
    ("/actors/XYZ", 404, "no actor"),
    ("/outlets/daily-nothing", 404, "no question"),
    ("/trends?term=answer:nonsense", 400, "kind of answer"),
    ("/statements/{id}/source?at=5-5", 400, "not a span"),
    ("/statements/{id}/cite?turn={turn}&sentence=999", 400, "sentences"),
    ("/statements/{id}?mark=0-99999999", 400, "not a span"),
]


@pytest.mark.parametrize(("address", "status", "says"), WRONG)
def test_an_error_says_what_is_wrong_and_what_to_do(
    client: httpx.Client, names: dict[str, str], address: str, status: int, says: str
) -> None:
    address = address.format(**names)
    shown = client.get(address)
    assert (shown.status_code, shown.headers["content-type"]) == (status, "text/html; charset=utf-8")
    told = client.get(address, headers={"accept": "application/json"})
    assert told.status_code == status
    assert set(told.json()) == {"error", "message", "where", "hint"}
    assert says in told.text
    assert told.json()["hint"]
    assert str(Path.home()) not in shown.text


def test_what_a_browser_has_already_is_not_sent_again(client: httpx.Client) -> None:
    first = client.get("/find?q=ferry")
    again = client.get("/find?q=ferry", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


# ---- who is let in

STRANGERS = [
    ({"host": "evil.example"}, 403, "a name that points here is another's: DNS rebinding"),
    ({"host": "evil.example:8421"}, 403, "whatever its port"),
    ({"host": "127.0.0.1.evil.example"}, 403, "a name that begins like an address is a name"),
    ({"host": ""}, 403, "no name at all"),
    ({"host": "[::1"}, 403, "a name that is none"),
    ({"origin": "http://evil.example"}, 403, "another's page asks"),
    ({"origin": "null"}, 403, "a sandboxed page asks"),
    ({"origin": "http://["}, 403, "an origin that is none"),
    ({"host": "localhost"}, 200, "a name of this machine"),
    ({"host": "192.0.2.7:8421"}, 200, "a bare address cannot be rebound"),
    ({"host": "[::1]:8421"}, 200, "nor can this one"),
    ({"host": "desk.test"}, 200, "a name given at the start"),
]


@pytest.mark.parametrize(("headers", "status", "why"), STRANGERS, ids=[case[-1] for case in STRANGERS])
def test_only_the_desks_own_pages_may_ask(client: httpx.Client, headers: dict[str, str], status: int, why: str) -> None:
    assert client.get("/", headers=headers).status_code == status, why


def test_a_body_larger_than_any_form_is_not_read(client: httpx.Client) -> None:
    assert client.post("/judgements", content=b"x" * 30_000).status_code == 413

    def endless() -> Iterator[bytes]:
        yield b"x"

    assert client.post("/judgements", content=endless()).status_code == 413


# ---- what can be changed


def test_without_edit_nothing_can_be_changed(client: httpx.Client) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        for page in ("/", "/ledger", "/judgements"):
            assert client.request(method, page).status_code in (404, 405), (method, page)
    assert "Set a status" not in client.get("/ledger").text


@pytest.fixture
def editable(tmp_path: Path) -> Iterator[DeskServer]:
    from test_ledger import SERIES, _page

    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        for day, words in SERIES:
            desk.add(onrecord.read(_page(day, words)))
    with DeskServer(tmp_path / "desk", port=0, edit=True) as serving:
        yield serving


@pytest.mark.slow
def test_whoever_has_the_token_sets_a_status_and_nobody_else(editable: DeskServer) -> None:
    with httpx.Client(base_url=editable.address, timeout=120) as client:
        shown = client.get("/ledger").text
        (undertaking, *_) = re.findall(r'name="undertaking" value="([^"]+)"', shown)
        form = {
            "undertaking": undertaking,
            "status": "kept",
            "note": "See the record of May.",
            "judge": "A. Reader",
            "back": "/ledger",
        }
        assert client.post("/judgements", data=form | {"token": "guessed"}).status_code == 403
        assert client.post("/judgements", data=form).status_code == 403
        own = {"token": editable.token}
        foreign = client.post("/judgements", data=form | own, headers={"origin": OUTSIDE})
        assert foreign.status_code == 403, "not even with the token may another's page send it"
        assert client.get("/judgements", params=form | own).status_code == 405, "nothing is changed by GET"
        assert "A. Reader" not in client.get("/ledger").text
        wrong = client.post("/judgements", data=form | own | {"status": "perhaps"})
        assert (wrong.status_code, "a status is one of" in wrong.text) == (400, True)
        kept = client.post("/judgements", data=form | own | {"back": "//outside.example/"})
        assert (kept.status_code, kept.headers["location"]) == (303, "/ledger"), (
            "only a page of the desk is returned to"
        )
        assert "Status “kept”, set by A. Reader" in client.get("/ledger").text


@pytest.mark.slow
def test_a_desk_that_grows_while_it_is_served_shows_what_came(editable: DeskServer) -> None:
    from test_ledger import _page

    with httpx.Client(base_url=editable.address, timeout=120) as client:
        assert client.get("/find.json?q=lighthouses").json()["count"] == 0
        with open_desk(editable.desks.folder, write=True) as desk:
            desk.add(onrecord.read(_page("November 4, 2019", "The lighthouses are lit.")))
        assert client.get("/find.json?q=lighthouses").json()["count"] == 1
        assert client.get("/index.json").json()["held"]["documents"] == 6


def test_a_taken_port_is_an_error_that_says_so(served: DeskServer) -> None:
    with pytest.raises(AddressTaken, match="--port"):
        DeskServer(served.desks.folder, port=urlsplit(served.address).port)


# ---- captures are hostile


def test_a_capture_is_shown_in_a_frame_that_can_do_nothing(client: httpx.Client, hostile_id: str) -> None:
    source = client.get(f"/statements/{hostile_id}/source").text
    assert re.search(r"<iframe[^>]* sandbox ", source), "with no word in it a sandbox allows nothing"
    capture = client.get(f"/statements/{hostile_id}/capture")
    policy = capture.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "sandbox;" in policy and "script-src" not in policy
    seen = _Seen()
    seen.feed(capture.text)
    assert (seen.wrong, seen.links) == ([], [])
    assert "<script" not in capture.text


def test_what_a_hostile_page_says_stands_there_as_words(client: httpx.Client, hostile_id: str) -> None:
    for address in (
        f"/statements/{hostile_id}?show=mentions&show=acts",
        "/find?q=sanctions",
        "/trace?q=We+oppose+sanctions",
        "/acts",
    ):
        text = client.get(address).text
        assert "<script>alert" not in text and "<img src=x" not in text and "<svg onload" not in text
    assert "{{ 7 * 7 }}" in client.get(f"/statements/{hostile_id}").text, "words are no template"


def test_the_pages_are_described(client: httpx.Client) -> None:
    told = client.get("/openapi").json()
    assert told["openapi"].startswith("3.1")
    assert len(told["paths"]) == len(PAGES)
    assert all(one["get"]["summary"] for one in told["paths"].values())


@pytest.mark.parametrize(
    "query", ["since=0000-01-01", "since=2021-02-30", "until=2021-13-01", "since=0001-01-01&until=9999-12-31"]
)
def test_days_that_are_none_are_told(client: httpx.Client, query: str) -> None:
    """2021-02-30 looks like a day, and two thousand years of days are no answer."""
    assert client.get(f"/trends?term=ferry&{query}").status_code == 400


@pytest.mark.slow
def test_the_command_says_where_the_desk_is_and_with_what_token_it_is_judged(served: DeskServer) -> None:
    command = [
        sys.executable,
        "-m",
        "onrecord.cli",
        "serve",
        "--desk",
        str(served.desks.folder),
        "--port",
        "0",
        "--edit",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            address, token = running.stdout.readline(), running.stdout.readline()
            (found,) = re.findall(r"http://127\.0\.0\.1:\d+/", address)
            assert httpx.get(found, timeout=60).status_code == 200
            assert re.search(r"Token .*: \S{16,}", token)
        finally:
            running.terminate()
