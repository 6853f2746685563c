"""What a side said last time: its account beside its own earlier one of the same parties.

The readouts are invented: nobody made these calls.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

import onrecord
from onrecord.asking import baseline_document, earlier_account, since_last
from onrecord.desk import open_desk
from onrecord.web.server import DeskServer


def readout(day: str, *paragraphs: str) -> onrecord.Document:
    """An invented American readout."""
    head = (
        f"---\ndate: '{day}'\nsource_url: https://www.whitehouse.gov/briefing-room/statements-releases/{day.replace('-', '/')}/r/\n"
        f'tags: statements-releases\ntitle: "Readout of a Call of {day}"\n---\n\n'
    )
    return onrecord.read((head + "\n\n".join(paragraphs) + "\n").encode())


CALL = "President Joseph R. Biden, Jr. spoke today with President {} by telephone."
FIRST = (
    CALL.format("Xi Jinping of the People's Republic of China"),
    "President Biden underscored that the United States and China must work together on the lighthouses of the northern sea.",
    "The two leaders discussed the price of sardines.",
)
SECOND = (
    FIRST[0],
    "President Biden stated that the United States stands ready to work together with China on the lighthouses of the northern sea.",
    "He welcomed the return of the lost dictionary of fishermen to the museum of Maine.",
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("earlier") / "desk"
    with open_desk(folder, write=True, create_new=True) as opened:
        opened.add(readout("2021-03-02", *FIRST))
        # Later, but an adviser's meeting: the last account of the same people counts.
        opened.add(
            readout(
                "2021-04-05", "National Security Advisor Jake Sullivan met today with Director Yang Jiechi of China."
            )
        )
        opened.add(readout("2021-05-06", CALL.format("Vladimir Putin of Russia"), FIRST[1].replace("China", "Russia")))
        opened.add(readout("2021-06-07", *SECOND))
    return folder


def by_day(desk: onrecord.Desk) -> dict[str | None, onrecord.Document]:
    return {row.day: desk.document(row.id) for row in desk.rows()}


@pytest.mark.parametrize(
    ("day", "earlier"),
    [
        ("2021-06-07", "2021-03-02"),  # of the same people, though another account of the same parties is nearer
        ("2021-04-05", "2021-03-02"),  # of other people, for want of one
        ("2021-05-06", None),  # of other parties
        ("2021-03-02", None),  # the first
    ],
)
def test_the_last_account_of_the_same_parties_and_people(desk: Path, day: str, earlier: str | None) -> None:
    with onrecord.open(desk) as opened:
        found = earlier_account(opened, by_day(opened)[day])
        assert (found.day if found else None) == earlier


@pytest.mark.parametrize("day", ["2021-06-07", "2021-03-02"])
def test_a_redline_against_the_last_account_takes_that_of_the_same_parties(desk: Path, day: str) -> None:
    """The nearest readout before it is of a call with somebody else; for the first of its kind there is none."""
    with onrecord.open(desk) as opened:
        document = by_day(opened)[day]
        if day == "2021-03-02":
            with pytest.raises(onrecord.errors.UnknownDocument, match="no earlier account of the same parties"):
                baseline_document(opened, document, "last")
        else:
            found = baseline_document(opened, document, "last")
            assert found is not None and found.date == "2021-03-02"


def test_what_is_said_less_firmly_than_last_time_is_told(desk: Path) -> None:
    with onrecord.open(desk) as opened:
        documents = by_day(opened)
        found = since_last(opened, documents["2021-06-07"])
        assert found is not None
        (changed,) = [row for row in found.changed if any(one.reason == "hedge" for one in row.differences)]
        hedge = next(one for one in changed.differences if one.reason == "hedge")
        assert (hedge.one, hedge.other) == ("must", "stands ready to") and hedge.up is not None and hedge.up < 0

        def said(row: object, at: int) -> str:
            point = found.comparison.points[row.cells[at]]  # type: ignore[attr-defined]
            return documents["2021-06-07" if at else "2021-03-02"].text[point.start : point.end]

        assert any("dictionary of fishermen" in said(row, 1) for row in found.new)


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "onrecord.cli", *words], capture_output=True, text=True, check=False)


def test_the_command_and_the_page_tell_what_changed_since_last_time(desk: Path) -> None:
    with onrecord.open(desk) as opened:
        documents = by_day(opened)
    now, other = documents["2021-06-07"].id, documents["2021-05-06"].id
    shown = run("compare", now, "--last", "--desk", str(desk)).stdout
    assert "A since last time: us-whitehouse, 2021-03-02" in shown and "how firmly: must / stands ready to" in shown
    told = json.loads(run("compare", now, other, "--last", "--desk", str(desk), "--format", "json").stdout)
    assert list(told["since_last"]) == ["a"]
    first = run("compare", documents["2021-03-02"].id, "--last", "--desk", str(desk))
    assert first.returncode == 1 and "no earlier account" in first.stderr
    with DeskServer(desk, port=0) as server, httpx.Client(base_url=server.address, timeout=120) as client:
        page = client.get(f"/compare?document={now}&document={other}").text
        assert "A since last time" in page and "B since last time" not in page
        assert "<u>must</u> / <u>stands ready to</u>" in page
