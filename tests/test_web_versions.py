"""Versions and edits in the browser: every link to words that a page no longer says leads to them, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from invented import page
from onrecord.captures.opening import Opened, capture_of
from onrecord.desk import open_desk
from onrecord.web.server import DeskServer

WILL = "Arcadia committed to buy certain pulses from Ruritania. We thank all who came."
INTEND = "Arcadia intends to buy lentils from Ruritania. We thank all who came."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("versions") / "desk"
    with open_desk(path, write=True, create_new=True) as desk:
        for day, answer in ((2, WILL), (3, INTEND)):
            data = page(1, answer=answer).encode()
            capture = capture_of(data, "http://www.fmprc.gov.cn/page.shtml", fetched=f"2020-06-{day:02}T08:00:00+00:00")
            desk.add(Opened(capture=capture, data=data, name="page.shtml"))
    return path


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[httpx.Client]:
    with DeskServer(folder, port=0) as server, httpx.Client(base_url=server.address, timeout=120) as opened:
        yield opened


@pytest.fixture(scope="module")
def names(folder: Path) -> tuple[str, str]:
    """The document, and the turn that it had in its first version alone, without the document's id."""
    with open_desk(folder) as desk:
        id = desk.rows()[0].id
        (turn,) = [turn.id for turn in desk.version(id, 1) if "pulses" in turn.text]
    return id, turn.partition("/")[2]


def test_a_link_to_words_that_are_gone_leads_to_them(client: httpx.Client, names: tuple[str, str]) -> None:
    id, turn = names
    shown = client.get(f"/statements/{id}").text
    assert f'id="{turn}"' in shown  # the anchor of the old link
    assert "No longer in this statement" in shown
    assert "certain pulses" in shown
    first = client.get(f"/statements/{id}?version=1").text
    assert "certain pulses" in first
    assert "lentils" not in first
    cited = client.get(f"/statements/{id}/cite.json?turn={turn}").json()
    assert "certain pulses" in cited["citation"]["quote"]
    assert cited["said"]["until"].startswith("2020-06-02")
    place = f"{cited['start']}-{cited['end']}"
    assert "certain pulses" in client.get(f"/statements/{id}/source.json?version=1&at={place}").json()["words"]
    assert client.get(f"/statements/{id}/capture?version=1&at={place}").status_code == 200
    assert client.get(f"/statements/{id}?version=9").status_code == 404


def test_the_versions_of_a_statement_and_a_redline(client: httpx.Client, names: tuple[str, str]) -> None:
    shown = client.get(f"/statements/{names[0]}/versions")
    assert shown.status_code == 200
    assert "<del>committed" in shown.text
    assert "<ins>intends" in shown.text
    told = client.get(f"/statements/{names[0]}/versions.json?old=2&new=1").json()
    assert [one["position"] for one in told["history"]["versions"]] == [1, 2]
    assert told["redline"]["before"]["position"] == 2
    assert len(client.get(f"/statements/{names[0]}/versions.csv").text.splitlines()) == 3


def test_edits_as_a_list_a_table_and_a_feed(client: httpx.Client) -> None:
    shown = client.get("/edits?touches=undertaking").text
    assert "undertaking weakened" in shown
    assert "<del>committed" in shown
    assert client.get("/edits.json").json()["paging"]["count"] == 1
    assert "committed" in client.get("/edits.csv").text
    assert "<entry>" in client.get("/edits.atom").text
    assert client.get("/edits?min_rank=9").status_code == 200


def test_find_says_what_earlier_versions_had(client: httpx.Client) -> None:
    shown = client.get("/find?q=pulses").text
    assert "+1 in earlier versions" in shown
    assert "Said in earlier versions, and no longer" in shown


def test_versions_are_stepped_through_without_a_script(client: httpx.Client, names: tuple[str, str]) -> None:
    address = f"/statements/{names[0]}/versions"
    last = client.get(address).text
    assert 'type="range" name="step" min="1" max="2" value="2"' in last
    assert f'<a rel="prev" href="{address}?step=1">' in last
    first = client.get(f"{address}?step=1").text
    assert "the first, there is none before it" in first
    assert f'<a rel="next" href="{address}?step=2">' in first
    assert client.get(f"{address}.json?step=1").json()["redline"] is None
    assert client.get(f"{address}.json?step=2").json()["redline"]["before"]["position"] == 1
    assert client.get(f"{address}.json?step=9").json()["step"] == 2  # there are no more
    assert client.get(f"{address}.json?old=2&new=1").json()["redline"]["before"]["position"] == 2


def test_a_calendar_of_what_is_held_and_missing(client: httpx.Client) -> None:
    overview = client.get("/coverage").text
    assert 'href="/coverage?issuer=cn-mfa"' in overview
    calendar = client.get("/coverage?issuer=cn-mfa").text
    assert "2000-05-02: 1 held" in calendar
    assert 'href="/statements?issuer=cn-mfa&amp;language=en&amp;since=2000-05-02&amp;until=2000-05-02"' in calendar
    assert "No expected day is missing" in calendar
    told = client.get("/coverage.json?issuer=cn-mfa&year=2000").json()
    assert [one["day"] for one in told["calendars"][0]["days"] if one["held"]] == ["2000-05-02"]
    assert client.get("/coverage?issuer=nobody").text.count("Nothing with a day is held of nobody") == 1
    assert client.get("/coverage.csv").text.startswith("issuer,language,month,held,days,expected,missing")
    assert "calendar of days" in client.get("/").text
