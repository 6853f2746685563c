"""The command line as a person or a program uses it, in a process of its own."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from invented import folder_of_pages, page

COMMANDS = [
    "read",
    "add",
    "show",
    "check",
    "houses",
    "demo",
    "find",
    "trace",
    "redline",
    "formulas",
    "reread",
    "rebuild",
]


def run(*words: object, given: bytes | None = None, **more: object) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "onrecord.cli", *map(str, words)],
        input=given,
        capture_output=True,
        check=False,
        timeout=60,
        **more,  # type: ignore[call-overload]
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def statement(tmp_path: Path) -> Path:
    path = tmp_path / "page.shtml"
    path.write_text(page(1), encoding="utf-8")
    return path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    told = run(command, "--help")
    assert told.returncode == 0
    assert f"Example: onrecord {command}" in " ".join(told.stdout.split())


def test_every_command_is_in_the_readme() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    listed = run("--help").stdout
    for command in COMMANDS:
        assert f"onrecord {command}" in readme
        assert command in listed


def test_read_prints_a_conference_for_people(statement: Path) -> None:
    told = run("read", statement)
    assert told.returncode == 0
    assert told.stderr == ""
    lines = [line.strip() for line in told.stdout.splitlines()]
    assert "2000-05-02 · cn-mfa · press conference · en" in lines
    assert lines.index("Q1  CCTV") < lines.index("A  Geng Shuang")
    assert "What do you say of the case of Arcadia & Ruritania, number 1?" in lines
    assert any(line.startswith("Left aside as furniture: ") for line in lines)
    assert all(not line.endswith(" ") for line in told.stdout.splitlines())


def test_read_prints_objects_for_programs(statement: Path) -> None:
    told = json.loads(run("read", statement, "--format", "json").stdout)
    text = told["document"]["text"]
    assert [text[turn["start"] : turn["end"]] for turn in told["turns"] if turn["kind"] == "question"] == [
        "What do you say of the case of Arcadia & Ruritania, number 1?",
        "And then?",
    ]
    assert run("read", "-", "--format", "json", given=statement.read_bytes()).stdout.startswith('{"document":')
    rows = list(csv.DictReader(io.StringIO(run("read", statement, "--format", "csv").stdout)))
    assert [row["kind"] for row in rows] == ["statement", "question", "answer", "question", "answer"]
    assert statement.read_bytes()[int(rows[1]["byte_start"]) : int(rows[1]["byte_end"])].startswith(b"What do you say")


def test_one_bad_file_is_told_and_the_others_printed(statement: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.html"
    empty.touch()
    told = run("read", empty, statement, tmp_path / "none.html")
    assert told.returncode == 1
    assert "Q1  CCTV" in told.stdout
    empty_line, none_line = told.stderr.splitlines()
    assert (
        empty_line
        == f"onrecord: Empty: {empty.as_uri()}: the file is empty. Fetch the page again: a download that broke off leaves an empty file"
    )
    assert none_line.startswith(f"onrecord: NotFound: {tmp_path / 'none.html'}: no such file. ")


def test_a_house_that_is_not_there_is_told_with_those_that_are(statement: Path) -> None:
    told = run("read", statement, "--house", "atlantis")
    assert told.returncode == 1
    assert "there is no house 'atlantis'. Known houses: cn-mfa, plain, us-state, us-whitehouse" in told.stderr


def test_from_a_folder_to_a_desk_and_back(tmp_path: Path) -> None:
    pages, desk = folder_of_pages(tmp_path / "pages", 25), tmp_path / "desk"
    (pages / "bad.shtml").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    added = run("add", pages, "--desk", desk)
    assert added.returncode == 1  # something was not added
    assert "25 new, 0 held already" in added.stdout
    assert "125 turns; 0 of 175 paragraphs not understood (0.00%)" in added.stdout
    assert "1 not added: NotText 1" in added.stdout
    again = json.loads(run("add", pages, "--desk", desk, "--format", "json").stdout)
    assert (again["new"], again["unchanged"], again["held"], again["errors"]) == (0, 25, 25, {"NotText": 1})

    shown = run("show", "--desk", desk)
    assert "25 documents" in shown.stdout
    rows = json.loads(run("show", "--desk", desk, "--since", "2000-05-20", "--format", "json").stdout)
    assert len(rows) == 6
    id = rows[0]["id"]
    assert "Q1  CCTV" in run("show", id, "--desk", desk).stdout
    document = json.loads(run("show", id[:-2], "--desk", desk, "--format", "json").stdout)
    turn = document["turns"][2]["id"]
    place = run("show", turn, "--desk", desk)
    assert "Our position has not changed.</p><p>We hope" in place.stdout  # the bytes, markup and all
    checked = run("check", "--desk", desk)
    assert (checked.returncode, checked.stdout.strip()) == (0, "25 documents, 125 turns, 25 captures: 0 faults")

    capture = next((desk / "captures").glob("??/??/*.gz"))
    capture.write_bytes(b"gone")
    found = run("check", "--desk", desk, "--format", "json")
    assert found.returncode == 1
    assert [(fault["what"], fault["where"]) for fault in json.loads(found.stdout)["faults"]] == [
        ("capture", capture.stem)
    ]


def test_the_desk_is_named_by_the_environment_too(statement: Path, tmp_path: Path) -> None:
    import os

    environment = os.environ | {"ONRECORD_DESK": str(tmp_path / "elsewhere")}
    assert run("add", statement, env=environment).returncode == 0
    assert "1 documents" in run("show", env=environment).stdout
    told = run("show", "--desk", tmp_path / "nothing")
    assert told.returncode == 1
    assert "NotADesk" in told.stderr
    assert "onrecord add" in told.stderr  # the next step


def test_the_demo_ends_without_a_fault(tmp_path: Path) -> None:
    told = run("demo", "--desk", tmp_path / "desk")
    assert told.returncode == 0, told.stdout + told.stderr
    assert "0 faults" in told.stdout
    assert "What the desk holds" in told.stdout
    agreed = told.stdout.partition("What was agreed")[2].partition("Any line, and")[0]
    for words in (
        "reported done 2021-05-09",
        "reaffirmed, last 2021-05-09",
        "dropped from later accounts",
        "4 of 6 undertakings between China and Japan",
    ):
        assert words in agreed, words


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    pages = folder_of_pages(tmp_path / "pages", 200)
    command = f"{sys.executable} -m onrecord.cli read {pages}/*.shtml | head -1"
    told = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False)
    assert "Traceback" not in told.stderr
    assert told.returncode == 0, told.stderr


def test_the_command_line_starts_quickly(statement: Path) -> None:
    """The floor of a cold start is in bench/; here only that nothing heavy is imported for reading a page."""
    code = (
        "import sys; sys.argv = ['onrecord', 'read', sys.argv[1], '--format', 'json']\n"
        "from onrecord.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print(sorted({'rich', 'httpx', 'sqlite3', 'yaml', 'docx', 'pypdfium2', 'numpy'} & set(sys.modules)), file=sys.stderr)"
    )
    told = subprocess.run([sys.executable, "-c", code, str(statement)], capture_output=True, text=True, check=True)
    assert told.stderr.strip() == "[]"
