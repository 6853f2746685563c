"""``collect``, ``watch``, ``warc`` and ``wayback`` as a person runs them: processes of their own, HTTP on loopback, exit codes."""

from __future__ import annotations

import email
import email.policy
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import onrecord
from invented import page as conference
from invented_site import Asked, Given, Site, VirtualClock
from onrecord.desk import check, open_desk
from test_collecting import FOLDER, Ministry, command
from test_web_archives import TABLES, URL, archive, record_of

for needed in ("protego", "feedparser", "warcio"):
    pytest.importorskip(needed, reason=f"{needed} is not installed: install onrecord[collect]")
pytestmark = pytest.mark.slow
ATOM = "{http://www.w3.org/2005/Atom}"
NO_PAUSE = Given("User-agent: *\nCrawl-delay: 0.01", kind="text/plain", validators=False)


def good(*words: str | Path, **more: Any) -> str:
    """Run a command that must succeed; return what it prints."""
    done = command(*words, **more)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def refused(*words: str | Path) -> str:
    """Run a command that must end with an error in one line; return the line."""
    done = command(*words)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize("name", ["collect", "watch", "warc", "wayback", "versions", "edits", "coverage"])
def test_help_has_an_example_of_the_command(name: str) -> None:
    help = " ".join(good(name, "--help", env={"COLUMNS": "200", "PATH": ""}).split())
    assert "Example:" in help
    assert f"onrecord {name}" in help.split("Example:")[1]


# --- watch ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as made:
        made.add(onrecord.read(conference(1).encode()))
    return tmp_path / "desk"


def add(desk: Path, number: int) -> None:
    with open_desk(desk, write=True) as opened:
        opened.add(onrecord.read(conference(number).encode()))


def test_a_saved_question_tells_what_is_new_once_in_every_form(desk: Path, tmp_path: Path) -> None:
    on = ("--desk", desk)
    assert "no saved questions" in good("watch", *on)
    assert "1 answer that the desk has already" in good("watch", "case", "--find", '"our position"', *on)
    assert "case: find" in good("watch", *on)
    assert json.loads(good("watch", "--format", "json", *on))[0]["question"] == {"query": '"our position"'}
    assert "0 new for case" in good("watch", "case", *on)
    add(desk, 2)
    atom, mail = tmp_path / "case.atom", tmp_path / "case.eml"
    told = good("watch", "case", "--atom", atom, "--mail", mail, "--to", "editor@paper.example", *on)
    assert "Our position" in told
    assert "1 new for case" in told
    (entry,) = ElementTree.fromstring(atom.read_bytes()).iter(f"{ATOM}entry")
    letter = email.message_from_bytes(mail.read_bytes(), policy=email.policy.default)
    assert letter["To"] == "editor@paper.example"
    assert "Our position" in letter.get_content()
    mail.unlink()
    assert "0 new for case" in good("watch", "case", "--atom", atom, "--mail", mail, *on)
    assert not mail.exists()  # nothing new, no mail
    (again,) = ElementTree.fromstring(atom.read_bytes()).iter(f"{ATOM}entry")
    assert again.findtext(f"{ATOM}id") == entry.findtext(f"{ATOM}id")
    add(desk, 3)
    (row,) = json.loads(good("watch", "case", "--format", "json", *on))["entries"]
    assert row["day"] == "2000-05-04"
    assert good("watch", "case", "--format", "jsonl", *on) == ""
    assert good("watch", "case", "--format", "csv", *on).startswith("watch,id,day")
    assert "case is deleted" in good("watch", "case", "--forget", *on)
    assert "no saved questions" in good("watch", *on)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("nowhere",), "UnknownWatch: no saved question 'nowhere'"),
        (("nowhere", "--forget"), "UnknownWatch"),
        (("--find", "tariff*"), "the question has no name"),
        (("case", "--find", "a", "--trace", "b"), "one question"),
        (("case", "--find", "issuer:nobody-has-this x"), "QueryError"),
        (("case", "--find", "("), "QueryError"),
    ],
)
def test_a_wrong_question_is_told_in_a_line(desk: Path, words: tuple[str, ...], why: str) -> None:
    assert why in refused("watch", *words, "--desk", desk)


def test_what_cannot_be_written_counts_as_not_told(desk: Path, tmp_path: Path) -> None:
    good("watch", "case", "--find", '"our position"', "--desk", desk)
    add(desk, 2)
    where = tmp_path / "no" / "such" / "folder.eml"
    assert f"NotWritten: {where}: the file cannot be written" in refused(
        "watch", "case", "--mail", where, "--desk", desk
    )
    assert "1 new for case" in good("watch", "case", "--desk", desk)


# --- collect ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def ministry() -> Iterator[Ministry]:
    made = Ministry(VirtualClock("2020-05-15T18:00:00+00:00"), date(2020, 4, 6), 40)
    made.site.pages["/robots.txt"] = NO_PAUSE
    yield made
    made.close()


def collecting(ministry: Ministry, desk: Path, since: str = "2020-05-04") -> tuple[str | Path, ...]:
    where = ("--base", ministry.site.base, "--contact", "desk@ministry.example", "--desk", desk)
    return ("collect", "cn-mfa", "--since", since, *where)


def forbid(ministry: Ministry, path: str) -> None:
    """Let robots.txt forbid what begins so: it cannot be had, and is not asked for again soon, as an error is."""
    rules = f"User-agent: *\nCrawl-delay: 0.01\nDisallow: {path}\n"
    ministry.site.pages["/robots.txt"] = Given(rules, kind="text/plain", validators=False)


def test_collected_pages_can_be_asked_at_once_and_the_gaps_are_told(ministry: Ministry, tmp_path: Path) -> None:
    forbid(ministry, ministry.path(date(2020, 5, 6)))
    done = command(*collecting(ministry, tmp_path / "desk"))
    assert done.returncode == 1  # something is missing
    assert "missing: 2020-05-06" in done.stdout
    assert "Disallowed" in done.stdout
    assert "cn-mfa since 2020-05-04: asked" in done.stdout
    assert "new 9" in done.stdout
    assert "9 turns" in good("find", '"our position"', "--desk", tmp_path / "desk")
    rows = json.loads(good("coverage", "--format", "json", "--desk", tmp_path / "desk"))
    assert [(row["month"], row["held"], row["missing"], row["listed"]) for row in rows] == [
        ("2020-05", 9, ["2020-05-06"], 1)
    ]
    assert "missing: 06" in good("coverage", "--desk", tmp_path / "desk")


def test_an_issuer_of_which_nothing_could_be_had_stands_in_coverage(ministry: Ministry, tmp_path: Path) -> None:
    forbid(ministry, f"{FOLDER}t")
    assert command(*collecting(ministry, tmp_path / "desk", "2020-05-11")).returncode == 1
    (row,) = json.loads(good("coverage", "--format", "json", "--desk", tmp_path / "desk"))
    assert (row["issuer"], row["held"], row["listed"]) == ("cn-mfa", 0, 5)
    assert "cn-mfa" in good("coverage", "--desk", tmp_path / "desk")


def started(*words: str | Path) -> subprocess.Popen[str]:
    """A command that runs until it is stopped. A shell that runs the tests in the background ignores interruptions for them."""
    line = [sys.executable, "-m", "onrecord.cli", *map(str, words)]
    before = signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # what is ignored would be ignored by the child, too
    try:
        return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    finally:
        signal.signal(signal.SIGINT, before)


def test_interrupted_it_says_so_and_goes_on(ministry: Ministry, tmp_path: Path) -> None:
    words = collecting(ministry, tmp_path / "desk", "2020-04-06")
    running: list[subprocess.Popen[str]] = []
    answer = ministry.site.answer

    def interrupting(asked: Asked) -> Given:
        if len(ministry.site.log) == 15:
            running[0].send_signal(signal.SIGINT)
        return answer(asked)

    ministry.site.answer = interrupting  # type: ignore[method-assign]
    running.append(started(*words))
    _, told = running[0].communicate(timeout=120)
    assert running[0].returncode == 130
    assert told.strip() == "onrecord: stopped; everything added so far is saved"
    with open_desk(tmp_path / "desk") as desk:
        held = len(desk)
        assert list(check(desk)) == []
    report = json.loads(command(*words, "--format", "json").stdout)
    assert 0 < held < 30
    assert report["new"] == 30 - held


def test_with_every_it_goes_on_until_it_is_stopped(ministry: Ministry, tmp_path: Path) -> None:
    process = started(*collecting(ministry, tmp_path / "desk"), "--every", "1d")
    assert process.stdout is not None
    assert any("since 2020-05-04: asked" in told for told in process.stdout)  # the first round; then it waits
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 130


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("collect", "nobody"), "UnknownHouse"),
        (("collect", "un-ga"), "NoSources"),
        (("collect", "cn-mfa", "--contact", "nobody"), "is no address to write to"),
        (("collect", "cn-mfa", "--since", "yesterday-ish"), "a day is YYYY-MM-DD"),
    ],
)
def test_a_wrong_call_makes_no_desk(tmp_path: Path, words: tuple[str, ...], why: str) -> None:
    done = command(*words, "--desk", tmp_path / "desk")
    assert done.returncode in (1, 2)
    assert why in " ".join((done.stderr + done.stdout).replace("│", " ").split())
    assert "Traceback" not in done.stderr


# --- warc -------------------------------------------------------------------------------------------------------------


def test_a_desk_goes_into_a_web_archive_and_comes_out_the_same(ministry: Ministry, tmp_path: Path) -> None:
    """Also where a feed names its items, and an address has a percent sign in it."""
    moved = "/archive/%E5%8D%81%E4%BA%8C%25.shtml"
    day = date(2020, 5, 12)
    words = ministry.answer(Asked(ministry.path(day), 0.0, {})).body
    ministry.faults[ministry.path(day)] = [Given(status=301, headers={"Location": moved})] * 9
    ministry.site.pages[moved] = Given(words)
    # The feed of an issuer whose card has none is read through another: see the aliases below.
    command(*collecting(ministry, tmp_path / "desk"))
    with open_desk(tmp_path / "desk", write=True) as desk:
        for row in desk.record.execute("SELECT id, address, added FROM document ORDER BY id").fetchall():
            since = "SELECT min(at) FROM visit WHERE document = ? AND outcome = 'new'"
            (at,) = desk.record.execute(since, (row[0],)).fetchone()
            guid = f"https://ministry.example/?p={row[0]}&x=100%25"
            desk.record.execute("INSERT INTO alias VALUES (?, ?, 'guid', ?)", (guid, row[0], at))
    first, second = tmp_path / "one.warc.gz", tmp_path / "two.warc.gz"
    assert "response" in good("warc", first, "--desk", tmp_path / "desk")
    assert "new" in good("warc", first, "--into-desk", "--desk", tmp_path / "again")
    good("warc", second, "--desk", tmp_path / "again")
    assert first.read_bytes() == second.read_bytes()
    with open_desk(tmp_path / "desk") as one, open_desk(tmp_path / "again") as other:
        assert list(check(other)) == []
        before, after = record_of(one), record_of(other)
        for table in TABLES:
            assert before[table] == after[table], table
        assert any(row[2] == "guid" for row in after["alias"])
    assert json.loads(good("warc", first, "--desk", tmp_path / "desk", "--format", "json"))["records"]["response"]
    assert "turns" in good("find", '"our position"', "--desk", tmp_path / "again")


def test_a_web_archive_that_cannot_be_read_or_written_is_named(desk: Path, tmp_path: Path) -> None:
    missing, wrong, cut = (tmp_path / name for name in ("missing.warc", "wrong.warc", "cut.warc.gz"))
    assert f"NotFound: {missing}" in refused("warc", missing, "--into-desk", "--desk", tmp_path / "none")
    assert not (tmp_path / "none").exists()
    wrong.write_text("<html>no archive</html>", encoding="utf-8")
    assert f"{wrong}: this is no web archive" in refused("warc", wrong, "--into-desk", "--desk", desk)
    good("warc", cut, "--desk", desk)
    cut.write_bytes(cut.read_bytes()[:-60])
    assert "the archive breaks off" in refused("warc", cut, "--into-desk", "--desk", desk)
    assert "NotWritten" in refused("warc", tmp_path / "no" / "folder.warc", "--desk", desk)
    assert "--issuer" in refused("warc", cut, "--into-desk", "--issuer", "cn-mfa", "--desk", desk)


# --- wayback ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def machine() -> Iterator[Site]:
    site = Site(VirtualClock())
    site.answer = lambda asked: NO_PAUSE if asked.path == "/robots.txt" else archive(asked)  # type: ignore[method-assign]
    yield site
    site.close()


def test_the_captures_of_an_archive_become_versions_once(machine: Site, tmp_path: Path) -> None:
    where = ("--base", machine.base, "--contact", "desk@ministry.example", "--desk", tmp_path / "desk")
    assert "3 captures, 0 on the desk already; changed 2, new 1" in good("wayback", URL, *where)
    assert machine.log[-1].headers["from"] == "desk@ministry.example"
    assert "3 captures, 3 on the desk already; nothing new" in good("wayback", URL, *where[:2], *where[4:])
    with open_desk(tmp_path / "desk") as desk:
        (document,) = (one.id for one in desk)
    told = json.loads(good("versions", document, "--format", "json", "--desk", tmp_path / "desk"))
    assert [one["first_seen"][:10] for one in told["versions"]] == ["2031-05-16", "2031-05-17", "2031-05-20"]
    assert "[-No-]{+A second+} change" in good("versions", document, "--redline", "1", "3", "--desk", tmp_path / "desk")
    assert good("edits", document, "--desk", tmp_path / "desk").count("reworded") == 2
    timemap = f"{machine.base}/web/timemap/link/{URL}"
    assert "changed 2, new 1" in good("wayback", timemap, "--timemap", *where[2:4], "--desk", tmp_path / "other")


def test_what_an_archive_cannot_give_is_told(machine: Site, tmp_path: Path) -> None:
    where = ("--base", machine.base, "--contact", "desk@ministry.example", "--desk", tmp_path / "desk")
    whole = machine.answer
    machine.answer = lambda asked: Given(status=404) if "/20310517090000id_/" in asked.path else whole(asked)  # type: ignore[method-assign]
    done = command("wayback", URL, *where)
    assert done.returncode == 1
    assert "the archive answered 404" in done.stdout
    assert "changed 1, new 1" in done.stdout
    machine.answer = lambda asked: Given("[]")  # type: ignore[method-assign]
    nothing = command("wayback", URL, *where)
    assert nothing.returncode == 1
    assert f"{URL}: the archive lists no capture of it" in nothing.stdout
    machine.answer = lambda asked: Given("<html>no index</html>")  # type: ignore[method-assign]
    assert "NotAStatement" in refused("wayback", URL, *where)
    assert "UnknownDocument" not in refused("wayback", URL, "--base", f"{machine.base}/{FOLDER}", *where[2:])
