"""The command line as a person or a program uses it, in a process of its own."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from invented import folder_of_pages, page
from onrecord.cli import COMMANDS, main


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


Call = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run a command in this process, which is quicker where only what it prints matters."""

    def call(*words: object) -> subprocess.CompletedProcess[str]:
        monkeypatch.setattr(sys, "argv", ["onrecord", *map(str, words)])
        monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfd.readouterr()
        assert isinstance(ended.value.code, int)
        return subprocess.CompletedProcess(words, ended.value.code, out, err)

    return call


@pytest.fixture
def statement(tmp_path: Path) -> Path:
    path = tmp_path / "page.shtml"
    path.write_text(page(1), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def small_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """25 invented conferences of May 2000, a day each."""
    folder = tmp_path_factory.mktemp("small")
    assert run("add", folder_of_pages(folder / "pages", 25), "--desk", folder / "desk").returncode == 0
    return folder / "desk"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(command: str, call: Call) -> None:
    told = call(command, "--help")
    assert told.returncode == 0
    assert f"Example: onrecord {command}" in " ".join(told.stdout.split())


def test_every_command_is_in_the_readme_and_listed(call: Call) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    listed = call("--help").stdout
    for command in COMMANDS:
        assert f"onrecord {command}" in readme
        assert command in listed


def test_the_readme_uses_only_commands_and_options_that_exist(call: Call) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    use = readme.partition("## Use")[2].partition("## In the browser")[0]
    lines = [line.partition("#")[0] for line in use.splitlines() if "onrecord " in line.partition("#")[0]]
    assert len(lines) > 20
    for line in lines:
        words = line.partition("onrecord ")[2].split()
        assert words[0] in COMMANDS, line
        told = call(words[0], "--help").stdout
        for flag in (word for word in words if word.startswith("--")):
            assert flag in told, line


#: Commands whose output has no form: a page in the browser, and a tour of the examples.
_WITHOUT_FORMAT = {"serve", "demo"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_a_format(command: str, call: Call) -> None:
    assert ("--format -f" in " ".join(call(command, "--help").stdout.split())) == (command not in _WITHOUT_FORMAT)


@pytest.mark.slow
@pytest.mark.parametrize("command", [
    ("show",), ("find", "case"), ("trace", "case"), ("formulas",), ("acts",), ("mentions",), ("answers",), ("trends", "case"),
    ("meetings",), ("ledger",), ("propose", "--with", "spacy:none"),
], ids=lambda words: words[0])  # fmt: skip
def test_a_day_is_a_year_a_month_or_a_day_in_every_command(
    command: tuple[str, ...], small_desk: Path, call: Call
) -> None:
    for words in ("2000", "2000-05", "2000-05-02"):
        told = call(*command, "--since", words, "--until", words, "--desk", small_desk)
        assert "QueryError" not in told.stderr, words
        assert "Traceback" not in told.stderr, words
    for words in ("2000-13", "2000-02-30", "May", "20000502"):
        told = call(*command, "--since", words, "--desk", small_desk)
        assert told.returncode == 1
        assert f"a day is YYYY-MM-DD, YYYY-MM or YYYY, not {words!r}" in told.stderr


@pytest.mark.slow
def test_one_year_is_all_of_its_days(small_desk: Path, call: Call) -> None:
    def count(*words: str) -> int:
        found: int = json.loads(call("find", "case", *words, "--desk", small_desk, "-f", "json").stdout)["count"]
        return found

    assert count("--since", "2000", "--until", "2000") == count() == 25
    assert count("--since", "2000-05-10", "--until", "2000-05") == 16
    assert count("--since", "2001") == 0
    assert count("since:2000-05-10") == 16


#: The option, another spelling of it, and a command that takes both.
SPELLINGS = [
    (("find", "case", "--turn-kind", "answer,question"), ("find", "case", "--kind", "answer", "--kind", "question")),
    (("show", "--document-kind", "press-conference"), ("show", "--kind", "press-conference")),
    (("trace", "case", "--turn-kind", "question"), ("trace", "case", "--kind", "question")),
    (("mentions", "--mention-kind", "country"), ("mentions", "--kind", "country")),
    (("mentions", "--turn-kind", "question"), ("mentions", "--turn", "question")),
    (("meetings", "--meeting-kind", "visit"), ("meetings", "--kind", "visit")),
    (("answers", "--rows", "--type", "answer,decline"), ("answers", "--rows", "--type", "answer", "--type", "Decline")),
    (("acts", "--type", "oppose"), ("acts", "--act", "oppose")),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SPELLINGS, ids=" ".join)
def test_two_spellings_of_an_option_ask_the_same(
    one: tuple[str, ...], other: tuple[str, ...], small_desk: Path, call: Call
) -> None:
    results = [call(*words, "--desk", small_desk, "-f", "json") for words in (one, other)]
    assert results[0].stdout == results[1].stdout != ""
    assert results[0].stderr == results[1].stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("find", "case", "--turn-kind", "answers"), "no kind of turn is known as 'answers'. Nearest: answer"),
        (
            ("show", "--document-kind", "conference"),
            "no kind of document is known as 'conference'. Nearest: press-conference",
        ),
        (("answers", "--type", "declines"), "no kind of answer is known as 'declines'. Nearest: decline"),
        (("acts", "--type", "opposes"), "no type of act is known as 'opposes'. Nearest: oppose"),
        (("mentions", "--kind", "countries"), "no kind of mention is known as 'countries'. Nearest: country"),
        (("ledger", "--strength", "agree"), "no strength is known as 'agree'. Nearest: agreed"),
        (("find", "case", "--limit", "-1"), "--limit is 0 or more, not -1"),
        (("find", "case", "--regex", "a.e", "--count-by", "year"), "--count-by cannot count with --regex or --across"),
    ],
)
def test_a_value_that_is_not_allowed_is_answered_with_the_nearest(
    words: tuple[str, ...], message: str, small_desk: Path, call: Call
) -> None:
    told = call(*words, "--desk", small_desk)
    assert (told.returncode, told.stdout) == (1, "")
    assert message in told.stderr


def test_a_table_is_whole_unless_a_limit_says_otherwise(small_desk: Path, call: Call) -> None:
    def rows(*words: str) -> tuple[int, str]:
        told = call("find", "case", *words, "--desk", small_desk)
        return len(list(csv.DictReader(io.StringIO(told.stdout)))), told.stderr

    assert rows("-f", "csv") == (25, "")
    assert rows("-f", "csv", "--limit", "3") == (3, "onrecord: 3 of 25 turns; --limit 0 for all\n")
    text = call("find", "case", "--desk", small_desk).stdout
    assert "25 turns, 20 shown; --limit 0 for all" in text
    assert "25 turns\n" in call("find", "case", "--limit", "0", "--desk", small_desk).stdout
    told = call("find", "case", "-f", "json", "--desk", small_desk)
    assert len(json.loads(told.stdout)["hits"]) == 20
    assert told.stderr == "onrecord: 20 of 25 turns; --limit 0 for all\n"


def test_a_concordance_prints_ids_when_asked(small_desk: Path, call: Call) -> None:
    ids = {
        hit["turn"]
        for hit in map(json.loads, call("find", "case", "-f", "jsonl", "--desk", small_desk).stdout.splitlines())
    }
    lines = call(
        "find", "case", "--context", "right", "--ids", "--limit", "0", "--desk", small_desk
    ).stdout.splitlines()
    assert {line.split()[-1] for line in lines[:25]} == ids
    assert not any(id in call("find", "case", "--context", "right", "--desk", small_desk).stdout for id in ids)


@pytest.mark.slow
def test_an_ambiguous_id_lists_its_candidates_with_titles(tmp_path: Path, call: Call) -> None:
    desk = tmp_path / "desk"
    for number, case in enumerate(("Arcadia", "Ruritania")):
        path = tmp_path / f"{number}.shtml"
        path.write_text(page(1).replace("the case of", f"the {case} case of"), encoding="utf-8")
        assert call("add", path, "--desk", desk).returncode == 0
    ids = [row["id"] for row in json.loads(call("show", "--desk", desk, "-f", "json").stdout)]
    assert len(ids) == 2
    for command in ("show", "redline", "cite"):
        told = call(command, "cn-mfa-2000-05-02", "--desk", desk)
        assert (told.returncode, told.stdout) == (1, "")
        assert "AmbiguousId: the ids of 2 documents begin with 'cn-mfa-2000-05-02'. Give more of the id:" in told.stderr
        for id in ids:
            assert any(id in line and "Foreign Ministry Spokesperson" in line for line in told.stderr.splitlines())
    assert call("show", ids[0][:-1], "--desk", desk).returncode == 0


@pytest.mark.slow
def test_a_long_list_shows_its_end_and_says_how_to_get_the_rest(tmp_path: Path, call: Call) -> None:
    desk = tmp_path / "desk"
    assert call("add", folder_of_pages(tmp_path / "pages", 60), "--desk", desk).returncode == 0
    ids = [row["id"] for row in json.loads(call("show", "--desk", desk, "-f", "json").stdout)]
    assert len(ids) == 60
    lines = call("show", "--desk", desk).stdout.splitlines()
    assert [line.split()[3] for line in lines[:-1]] == ids[10:]
    assert lines[-1].startswith("50 of 60 documents, the newest last. --limit 0 lists all; ")
    assert len(call("show", "--limit", "0", "--desk", desk).stdout.splitlines()) == 61
    narrowed = call("show", "--since", ids[50][7:17], "--desk", desk).stdout.splitlines()
    assert narrowed[-1] == "10 documents"


def test_read_prints_a_conference_for_people(statement: Path) -> None:
    told = run("read", statement)
    assert told.returncode == 0
    assert told.stderr == ""
    lines = [line.strip() for line in told.stdout.splitlines()]
    assert "2000-05-02 · cn-mfa · press conference · en" in lines
    assert lines.index("Q1  CCTV") < lines.index("A  Geng Shuang")
    assert "What do you say of the case of Arcadia & Ruritania, number 1?" in lines
    assert any(line.startswith("Skipped as furniture: ") for line in lines)
    assert all(not line.endswith(" ") for line in told.stdout.splitlines())


@pytest.mark.slow
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
        == f"onrecord: Empty: {empty.as_uri()}: the file is empty. Fetch the page again: an interrupted download leaves an empty file"
    )
    assert none_line.startswith(f"onrecord: NotFound: {tmp_path / 'none.html'}: no such file. ")


def test_a_house_that_is_not_there_is_told_with_those_that_are(statement: Path) -> None:
    told = run("read", statement, "--house", "atlantis")
    assert told.returncode == 1
    assert (
        "there is no house 'atlantis'. Known houses: ar-casarosada, au-pm, br-planalto, by-mfa, cn-mfa, fr-vie-publique, kr-mnd, kr-mofa, kr-unikorea, mx-presidencia, ph-pcoo, plain, ru-kremlin, tw-ey, tw-moda, uk-govuk, un-ga, us-fed, us-state, us-whitehouse"
        in told.stderr
    )


@pytest.mark.slow
def test_from_a_folder_to_a_desk_and_back(tmp_path: Path) -> None:
    pages, desk = folder_of_pages(tmp_path / "pages", 25), tmp_path / "desk"
    (pages / "bad.shtml").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    added = run("add", pages, "--desk", desk)
    assert added.returncode == 1  # something was not added
    assert "25 new, 0 already there" in added.stdout
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


@pytest.mark.slow
def test_the_desk_is_named_by_the_environment_too(statement: Path, tmp_path: Path) -> None:
    import os

    environment = os.environ | {"ONRECORD_DESK": str(tmp_path / "elsewhere")}
    assert run("add", statement, env=environment).returncode == 0
    assert "1 document" in run("show", env=environment).stdout
    told = run("show", "--desk", tmp_path / "nothing")
    assert told.returncode == 1
    assert "NotADesk" in told.stderr
    assert "onrecord add" in told.stderr  # the next step


@pytest.mark.slow
def test_the_demo_ends_without_a_fault(tmp_path: Path) -> None:
    told = run("demo", "--desk", tmp_path / "desk")
    assert told.returncode == 0, told.stdout + told.stderr
    assert "0 faults" in told.stdout
    assert "What the desk holds" in told.stdout
    agreed = told.stdout.partition("What was agreed")[2].partition("Any line, and")[0]
    for words in (
        "reported done 2021-05-09",
        "reaffirmed, last 2021-05-09",
        "3 of 6 undertakings between China and Japan",
    ):
        assert words in agreed, words


@pytest.mark.slow
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
