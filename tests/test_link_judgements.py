"""A person links or parts points of two accounts: kept with name, day and hash, and what the comparison makes of it.

The accounts are invented.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

import onrecord
from onrecord.asking import judge_link, link_judgements
from onrecord.comparing.account_rows import rows
from onrecord.comparing.accounts import AccountComparison, compare_accounts
from onrecord.comparing.judged_links import JudgedPoint, current_span, digest_of_points
from onrecord.desk import open_desk
from onrecord.errors import DeskError, QueryError, UnknownDocument
from onrecord.web.server import DeskServer

EXAMPLES = Path(onrecord.__file__).parent / "houses"
PAGES = (
    EXAMPLES / "us_whitehouse/examples/2021-05-08-readout.md",
    EXAMPLES / "cn_mfa/examples/2021-05-08-account-zh.shtml",
)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as opened:
        for page in PAGES:
            opened.add(onrecord.read(page))
    return tmp_path / "desk"


def compared(desk: Path) -> tuple[AccountComparison, list[onrecord.Document]]:
    with onrecord.open(desk) as opened:
        ids = sorted((row.id for row in opened.rows()), reverse=True)  # the American one first
        documents = [opened.document(id) for id in ids]
        return compare_accounts(documents, judged=link_judgements(opened.record, ids)), documents


def place(found: AccountComparison, documents: list[onrecord.Document], at: int) -> str:
    point = found.points[at]
    return f"{documents[point.account].id}@{point.start}-{point.end}"


def linked(found: AccountComparison) -> set[tuple[int, int]]:
    return {(link.one, link.other) for link in found.links if link.linked}


def test_a_link_that_is_parted_is_no_link_and_says_who_parted_it(desk: Path) -> None:
    found, documents = compared(desk)
    one, other = min(linked(found))
    with onrecord.open(desk, write=True) as opened:
        made = judge_link(
            opened, place(found, documents, one), place(found, documents, other), "parted", "A. Reader", "another matter",
            "2026-01-02",
        )  # fmt: skip
    again, _ = compared(desk)
    assert linked(again) >= linked(found) - {(one, other)}, "the others stay; the next likeliest may take its place"
    assert not any((link.one, link.other) == (one, other) for link in again.links), "nor is it offered again"
    row = next(row for row in rows(again, 2) if one in row.cells and row.judgements)
    (told,) = row.judgements
    assert (told.judge, told.day, told.note, told.status) == ("A. Reader", "2026-01-02", "another matter", "parted")
    assert told.digest == made.digest == digest_of_points(told.one.quote, told.other.quote)


def test_a_link_that_a_person_makes_leaves_the_others_as_they_are(desk: Path) -> None:
    found, documents = compared(desk)
    alone = [at for at, point in enumerate(found.points) if point.answer != "linked"]
    one = next(at for at in alone if found.points[at].account == 0)
    other = next(at for at in alone if found.points[at].account == 1)
    with onrecord.open(desk, write=True) as opened:
        judge_link(opened, place(found, documents, other), place(found, documents, one), "linked", "A. Reader")
    again, _ = compared(desk)
    assert linked(again) == linked(found) | {(one, other)}
    assert again.points[one].answer == "linked" and not again.points[one].certain
    (told,) = (link.judged for link in again.links if (link.one, link.other) == (one, other))
    assert told is not None and told.judge == "A. Reader"


def test_the_last_judgement_of_a_pair_counts_and_all_are_kept(desk: Path) -> None:
    found, documents = compared(desk)
    one, other = min(linked(found))
    pair = place(found, documents, one), place(found, documents, other)
    with onrecord.open(desk, write=True) as opened:
        judge_link(opened, *pair, "parted", "A. Reader")
        judge_link(opened, *reversed(pair), "linked", "B. Reader")
        assert len(link_judgements(opened.record, [document.id for document in documents])) == 2
        assert link_judgements(opened.record, [documents[0].id]) == (), "both documents must be asked about"
    again, _ = compared(desk)
    assert linked(again) == linked(found)
    assert [link.judged.judge for link in again.links if link.judged] == ["B. Reader"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tea was served. The lamps burn.", (16, 31)),  # where it was
        ("The lamps\n  burn. Tea was served.", (0, 17)),  # moved, and divided into lines otherwise
        ("The lamps burn. Tea. The lamps burn.", (21, 36)),  # the nearest of two
        ("The lamps burnt.", None),  # other words
        ("", None),
    ],
)
def test_judged_words_are_found_where_they_stand_now(text: str, expected: tuple[int, int] | None) -> None:
    assert current_span(JudgedPoint(document="x", start=16, end=31, quote="The lamps burn."), text) == expected


def test_a_judgement_of_words_that_are_gone_has_no_effect_and_is_told(desk: Path) -> None:
    found, documents = compared(desk)
    one, other = min(linked(found))
    with onrecord.open(desk, write=True) as opened:
        judge_link(opened, place(found, documents, one), place(found, documents, other), "parted", "A. Reader")
        opened.record.execute("UPDATE link_judgement SET one_quote = 'words that nobody said'")
    again, _ = compared(desk)
    assert linked(again) == linked(found)
    assert [judged.stale for judged in again.stale] == [True]


@pytest.mark.parametrize(
    ("one", "other", "judge", "match"),
    [
        ("{0}@0-30", "{1}@0-5", " ", "needs a name"),
        ("{0}", "{1}@0-5", "A", "is no point"),
        ("{0}@0-30", "{0}@40-60", "A", "two documents"),  # not of one account
        ("{0}@0-30", "{1}@999999-9999999", "A", "has no words"),
        ("{0}@30-0", "{1}@0-5", "A", "has no words"),
    ],
)
def test_what_is_no_judgement_of_two_points_is_refused(
    desk: Path, one: str, other: str, judge: str, match: str
) -> None:
    with onrecord.open(desk, write=True) as opened:
        ids = [row.id for row in opened.rows()]
        with pytest.raises(QueryError, match=match):
            judge_link(opened, one.format(*ids), other.format(*ids), "linked", judge)
        with pytest.raises(UnknownDocument):
            judge_link(opened, "no-such@0-5", f"{ids[0]}@0-5", "linked", "A")
        assert not opened.record.execute("SELECT 1 FROM link_judgement").fetchall()
    with onrecord.open(desk) as opened, pytest.raises(DeskError):
        judge_link(opened, f"{ids[0]}@0-30", f"{ids[1]}@0-5", "linked", "A")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "onrecord.cli", *words], capture_output=True, text=True, check=False)


def test_the_command_judges_points_as_compare_prints_them(desk: Path) -> None:
    found, documents = compared(desk)
    ids = [document.id for document in documents]
    shown = run("compare", *ids, "--whole", "--desk", str(desk)).stdout
    one, other = min(linked(found))
    pair = place(found, documents, one), place(found, documents, other)
    assert "  ".join(pair) in shown
    kept = run("judge", *pair, "--status", "parted", "--judge", "A. Reader", "--desk", str(desk))
    assert kept.returncode == 0 and "parted: A. Reader" in kept.stdout
    assert "parted by A. Reader" in run("compare", *ids, "--desk", str(desk)).stdout
    told = json.loads(run("compare", *ids, "--desk", str(desk), "--format", "json").stdout)
    assert {judged["judge"] for point in told["points"] for judged in point["judgements"]} == {"A. Reader"}
    for words in ((pair[0],), (*pair, "--note", "x")):  # one point alone; a status of undertakings
        status = "linked" if len(words) == 1 else "kept"
        wrong = run("judge", *words, "--status", status, "--judge", "A", "--desk", str(desk))
        assert wrong.returncode == 1 and "is a judgement of" in wrong.stderr


@pytest.mark.slow
def test_in_the_browser_whoever_has_the_token_links_and_parts(desk: Path) -> None:
    _, documents = compared(desk)
    address = f"/compare?document={documents[0].id}&document={documents[1].id}"
    with DeskServer(desk, port=0) as server, httpx.Client(base_url=server.address, timeout=120) as client:
        assert 'form="judging"' not in client.get(address).text, "without --edit nothing can be judged"
    with (
        DeskServer(desk, port=0, edit=True) as server,
        httpx.Client(base_url=server.address, timeout=120) as client,
    ):
        shown = client.get(address).text
        pair = re.findall(r'name="pair" value="(parted [^"]+)"', shown)[0]
        form = {"judge": "A. Reader", "note": "another matter", "back": address}
        assert client.post("/judgements", data=form | {"pair": pair, "token": "guessed"}).status_code == 403
        own = form | {"token": server.token}
        kept = client.post("/judgements", data=own | {"pair": pair})
        assert (kept.status_code, kept.headers["location"]) == (303, address)
        assert "parted by A. Reader" in client.get(address).text
        marked = re.findall(r'name="point" value="([^"]+)"', shown)
        points = [next(one for one in marked if one.startswith(document.id)) for document in documents]
        assert client.post("/judgements", data=own | {"point": points[:1]}).status_code == 400
        assert client.post("/judgements", data=own | {"point": points}).status_code == 303
        told = client.get(address.replace("/compare", "/compare.json")).json()
        statuses = {judged["status"] for row in told["rows"] for judged in row["judgements"]}
        assert statuses == {"linked", "parted"}
