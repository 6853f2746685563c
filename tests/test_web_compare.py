"""Comparing in the browser: blocks of what one alone says, both texts side by side, and the way from a statement to its version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import onrecord
from onrecord.desk import open_desk
from onrecord.web.server import DeskServer

HOUSES = Path(onrecord.__file__).parent / "houses"
PAGES = {
    "readout": HOUSES / "us_whitehouse/examples/2021-05-08-readout.md",
    "account": HOUSES / "cn_mfa/examples/2021-05-08-account-zh.shtml",
    "english": HOUSES / "cn_mfa/examples/2021-05-09-en.shtml",
    "chinese": HOUSES / "cn_mfa/examples/2021-05-09-zh.shtml",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("compare") / "desk"
    with open_desk(path, write=True, create_new=True) as desk:
        for page in PAGES.values():
            desk.add(onrecord.read(page))
    return path


@pytest.fixture(scope="module")
def ids(folder: Path) -> dict[str, str]:
    with open_desk(folder) as desk:
        titles = {row.title: row.id for row in desk.rows()}
    return {name: titles[onrecord.read(page).title] for name, page in PAGES.items()}


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[httpx.Client]:
    with DeskServer(folder, port=0) as server, httpx.Client(base_url=server.address, timeout=120) as opened:
        yield opened


def test_two_accounts_side_by_side(client: httpx.Client, ids: dict[str, str]) -> None:
    shown = client.get(f"/compare?document={ids['readout']}&document={ids['account']}")
    assert shown.status_code == 200
    assert "Only A, in these texts" in shown.text and "Only B, in these texts" in shown.text
    assert "found in none of the other texts compared here" in shown.text
    assert "how firmly: <u>discussed</u> / <u>同意</u>" in shown.text


def test_words_that_bind_are_underlined_with_their_step(client: httpx.Client, ids: dict[str, str]) -> None:
    shown = client.get(f"/compare?document={ids['readout']}&document={ids['account']}").text
    assert '<u class="step" title="hope: step 1 on the ladder of commitment">discussed</u>' in shown
    assert re.search(r'<u class="step" title="agreement: step 6 [^"]*">同意</u>', shown)
    told = client.get(f"/compare.json?document={ids['readout']}&document={ids['account']}").json()
    for row in told["rows"]:
        for cell in filter(None, row["cells"]):
            assert " ".join("".join(part[0] for part in cell["parts"]).split()) == cell["words"]


def test_the_sources_are_cited_with_their_captures(client: httpx.Client, ids: dict[str, str]) -> None:
    shown = client.get(f"/compare?document={ids['readout']}&document={ids['account']}").text
    for name in ("readout", "account"):
        assert onrecord.read(PAGES[name]).heading.capture in shown, "the whole hash"
    assert "https://www.whitehouse.gov/briefing-room/" in shown
    assert "Links found by On Record" in shown


def test_every_link_between_the_texts_leads_to_a_place(client: httpx.Client, ids: dict[str, str]) -> None:
    """Without a script a click on words leads to their counterpart."""
    for pair in (("readout", "account"), ("english", "chinese")):
        shown = client.get(f"/compare?document={ids[pair[0]]}&document={ids[pair[1]]}").text
        anchors = re.findall(r'id="([ab]\d+)"', shown)
        assert len(anchors) == len(set(anchors))
        links = set(re.findall(r'href="#([ab]\d+)"', shown))
        assert links and links <= set(anchors)


def test_the_texts_are_whole(client: httpx.Client, ids: dict[str, str]) -> None:
    told = client.get(f"/compare.json?document={ids['english']}&document={ids['chinese']}").json()
    assert told["kind"] == "versions"
    for some, name in zip(told["texts"], ("english", "chinese"), strict=True):
        assert "".join(piece[0] for piece in some) == onrecord.read(PAGES[name]).text


def test_points_are_filtered_by_subject_and_by_who_says_them(client: httpx.Client, ids: dict[str, str]) -> None:
    address = f"/compare.json?document={ids['readout']}&document={ids['account']}"
    every = client.get(address).json()["rows"]
    tariffs = client.get(f"{address}&issue=economy-trade").json()["rows"]
    assert 0 < len(tariffs) < len(every)
    assert all(row in every for row in tariffs)
    assert 0 < len(client.get(f"{address}&voice=CHN").json()["rows"]) < len(every)


def test_a_statement_leads_to_its_other_language(client: httpx.Client, ids: dict[str, str]) -> None:
    shown = client.get(f"/statements/{ids['english']}").text
    assert "Also in Chinese" in shown and f"/statements/{ids['chinese']}" in shown
    assert "Also in" not in client.get(f"/statements/{ids['readout']}").text


def test_what_cannot_be_compared_is_told_with_the_next_step(client: httpx.Client, ids: dict[str, str]) -> None:
    for query in (f"document={ids['readout']}", f"document={ids['readout']}&document={ids['readout']}"):
        failed = client.get(f"/compare?{query}")
        assert 400 <= failed.status_code < 500
        assert "different documents" in failed.text
    assert client.get(f"/compare?document={ids['readout']}&document=no-such").status_code == 404
    assert "Another" in client.get("/compare").text
