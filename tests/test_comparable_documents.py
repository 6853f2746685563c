"""What can be compared on a desk: meetings with several sides' accounts, and statements in several languages.

The pages are the bundled examples, which are invented, and readouts made here.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

import onrecord
from onrecord.asking import accounts_of_meeting, comparable_meetings, comparable_versions
from onrecord.errors import AmbiguousId, NotComparable, UnknownDocument
from onrecord.web.server import DeskServer

HOUSES = Path(onrecord.__file__).parent / "houses"
#: A call that both sides give an account of.
ACCOUNTS = ("us_whitehouse/examples/2021-05-08-readout.md", "cn_mfa/examples/2021-05-08-account-zh.shtml")
#: What makes another call a month later of it.
ANOTHER_CALL = (
    (("2021-05-08", "2021-06-08"), ("2021/05/08", "2021/06/08"), ("May 7", "June 7")),
    (("2021-05-08", "2021-06-08"), ("t20210912_9000709", "t20210912_9000710"), ("5月7日", "6月7日")),
)


def readout(day: str, words: str) -> onrecord.Document:
    """An invented American readout."""
    head = f"---\ndate: '{day}'\nsource_url: https://www.whitehouse.gov/briefing-room/statements-releases/{day[:4]}/{day}/\n"
    return onrecord.read(f'{head}title: "Readout of a Call of {day}"\n---\n\n{words}\n'.encode())


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("comparable") / "desk"
    with onrecord.open(folder, write=True, create_new=True) as opened:
        for page in (
            *ACCOUNTS,
            "cn_mfa/examples/2021-05-09-en.shtml",  # one conference in two languages
            "cn_mfa/examples/2021-05-09-zh.shtml",
            "cn_mfa/examples/2019-11-10-en.shtml",  # a conference in one language
        ):
            opened.add(onrecord.read(HOUSES / page))
        for page, changed in zip(ACCOUNTS, ANOTHER_CALL, strict=True):
            text = (HOUSES / page).read_text(encoding="utf-8")
            for was, now in changed:
                text = text.replace(was, now)
            opened.add(onrecord.read(text.encode()))
        # Months later the call is looked back on: that is no account of it.
        opened.add(
            readout("2021-09-20", "On May 7, 2021, the United States and China held a call. They spoke of lighthouses.")
        )
    return folder


def test_a_meeting_is_offered_with_the_accounts_of_its_days(desk: Path) -> None:
    """Of each issuer and kind one; the conference in its other language would only say the same again."""
    with onrecord.open(desk) as opened:
        later, found = comparable_meetings(opened)
    assert (later.first_day, len(later.documents)) == ("2021-06-07", 2)
    assert found.first_day == "2021-05-07"
    assert [(one.issuer, one.kind) for one in found.documents] == [
        ("us-whitehouse", "readout"),
        ("cn-mfa", "statement"),
        ("cn-mfa", "press-conference"),
    ]
    assert all(one.day and one.day < "2021-06" for one in found.documents)
    assert len(found.left_out) == 1


def test_a_meeting_is_named_by_the_id_of_any_report_or_its_beginning(desk: Path) -> None:
    with onrecord.open(desk) as opened:
        meeting = comparable_meetings(opened)[1]
        for id in (meeting.meeting, meeting.meeting[:-3], meeting.documents[0].id):
            assert accounts_of_meeting(opened, id) == meeting


def test_what_is_no_meeting_with_several_accounts_is_told(desk: Path) -> None:
    with onrecord.open(desk) as opened:
        with pytest.raises(UnknownDocument, match="no-such"):
            accounts_of_meeting(opened, "no-such")
        with pytest.raises(AmbiguousId, match="Give more of it") as told:
            accounts_of_meeting(opened, "us-whitehouse-2021")
        assert all(one.meeting in str(told.value) for one in comparable_meetings(opened))
        alone = next(row.id for row in opened.rows() if row.day == "2019-11-10")
        with pytest.raises(NotComparable, match="one issuer alone"):
            accounts_of_meeting(opened, alone)


def test_statements_in_several_languages_are_offered(desk: Path) -> None:
    with onrecord.open(desk) as opened:
        found = comparable_versions(opened)
    assert [(one.day, [held.language for held in one.documents]) for one in found] == [("2021-05-09", ["en", "zh"])]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "onrecord.cli", *words], capture_output=True, text=True, check=False)


def test_the_command_lists_and_compares_by_meeting(desk: Path) -> None:
    listed = json.loads(run("compare", "--desk", str(desk), "--format", "json").stdout)
    told = run("compare", "--meeting", listed["meetings"][0]["meeting"], "--desk", str(desk), "--format", "json")
    assert json.loads(told.stdout)["kind"] == "accounts"
    shown = run("compare", "--desk", str(desk)).stdout
    assert "onrecord compare --meeting" in shown and "in English and Chinese" in shown
    alone = run("compare", str(HOUSES / "us_whitehouse/examples/2021-05-08-readout.md"))
    assert alone.returncode == 1 and "two or more documents" in alone.stderr


def test_the_page_offers_what_can_be_compared_and_leads_to_it(desk: Path) -> None:
    with DeskServer(desk, port=0) as server, httpx.Client(base_url=server.address, timeout=120) as client:
        offered = client.get("/compare.json").json()
        assert offered["meetings_count"] == len(offered["meetings"]) >= 1
        shown = client.get("/compare").text
        assert "in English and Chinese" in shown
        meeting = offered["meetings"][0]["meeting"]
        assert httpx.URL("/compare", params={"meeting": meeting}).raw_path.decode().lower() in shown.lower()
        compared = client.get("/compare", params={"meeting": meeting})
        assert "Accounts of one meeting" in compared.text
        assert "Compare the accounts" in client.get("/meetings?between=China&between=USA").text
        assert client.get("/compare?meeting=no-such").status_code == 404
