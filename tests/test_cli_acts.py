"""Acts, mentions, answers and trends on the command line, and acts in the margin of what is read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import onrecord
from onrecord.desk import open_desk
from test_asking_acts import SAID, statement
from test_cli import run

pytestmark = pytest.mark.slow

WORDS = statement(*SAID[1])


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "desk"
    with open_desk(folder, write=True, create_new=True) as opened:
        for said in SAID:
            opened.add(onrecord.read(statement(*said)))
    return folder


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_bytes(WORDS)
    return path


def test_the_list_of_commands_says_what_each_does() -> None:
    told = " ".join(run("--help").stdout.replace("│", " ").split())
    assert "acts List acts: who agreed to, urged, opposed" in told
    assert "trends Count terms over time, side by side" in told


def test_read_prints_acts_in_the_margin(page: Path) -> None:
    told = run("read", page)
    lines = [line.rstrip() for line in told.stdout.splitlines()]
    answer = next(number for number, line in enumerate(lines) if line.startswith("A  Geng Shuang"))
    margin = [line for line in lines[answer:] if line.startswith("  · ")]
    assert [line.split()[1] for line in margin] == ["oppose", "request"]
    assert "CHN → USA" in margin[1]
    assert "“urges”" in margin[1]
    assert all(len(line) <= 100 for line in lines)
    plain = run("read", page, "--plain").stdout
    assert "  · " not in plain
    assert "China urges the United States to stop." in " ".join(plain.split())


def test_an_answer_that_is_none_is_marked(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(statement(*SAID[2]))
    assert "A  Lu Kang  declines" in run("read", path).stdout


def test_read_gives_programs_what_is_annotated(page: Path) -> None:
    told = json.loads(run("read", page, "--format", "json").stdout)
    text = told["document"]["text"]
    assert told["annotation"]["method"] == "onrecord.rules"
    assert [text[act["trigger"]["start"] : act["trigger"]["end"]] for act in told["acts"]] == ["opposes", "urges"]
    assert {mention["id"] for mention in told["mentions"]} >= {"CHN", "USA", "TWN"}
    assert [turn["answer_type"] for turn in told["turns"]] == [None, "answer"]
    assert {"meetings", "undertakings"} <= set(told)
    plain = json.loads(run("read", page, "--plain", "--format", "json").stdout)
    assert (plain["annotation"], plain["acts"], plain["mentions"]) == (None, [], [])
    (row,) = list(csv.DictReader(io.StringIO(run("read", page, "--format", "csv").stdout)))[1:]
    assert row["answer_type"] == "answer"


def test_show_prints_what_the_desk_holds_of_it(desk: Path) -> None:
    with open_desk(desk) as opened:
        id = opened.rows()[1].id
    assert "  · request   CHN → USA" in run("show", id, "--desk", desk).stdout


def test_acts_of_a_file_need_no_desk_and_are_explained(page: Path, tmp_path: Path) -> None:
    told = run("acts", page, "--explain", cwd=tmp_path)
    assert told.returncode == 0, told.stderr
    assert "2 acts in " in told.stdout
    words = " ".join(told.stdout.split())
    assert "trigger “urges”" in words
    assert "actor CHN (China) “China”" in words
    assert "target USA (United States) “United States”" in words
    assert "languages/en/triggers.csv, line" in words
    assert "example " in words
    (first, second) = map(json.loads, run("acts", page, "--explain", "--format", "jsonl").stdout.splitlines())
    assert (first["type"], second["explanation"]["row"]["type"]) == ("oppose", "request")


def test_acts_of_a_desk_in_every_format(desk: Path) -> None:
    asked = ("acts", "--actor", "China", "--type", "oppose", "--issue", "taiwan", "--desk", desk)
    text = run(*asked)
    assert (text.returncode, "2 acts" in text.stdout) == (0, True)
    assert "Searched 4 documents: cn-mfa 4" in text.stdout
    told = json.loads(run(*asked, "--format", "json").stdout)
    assert (told["count"], told["acts"][0]["day"]) == (2, "2020-05-06")
    assert len(run(*asked, "--format", "jsonl").stdout.splitlines()) == 2
    rows = list(csv.DictReader(io.StringIO(run(*asked, "--format", "csv").stdout)))
    assert [(row["day"], row["actors"]) for row in rows] == [("2020-05-06", "CHN"), ("2020-05-04", "CHN")]
    explained = json.loads(run(*asked, "--explain", "--format", "json").stdout)
    assert explained["acts"][0]["explanation"]["trigger"] == "opposes"
    nothing = run("acts", "--type", "sanction", "--desk", desk)
    assert (nothing.returncode, "0 acts" in nothing.stdout) == (1, True)


def test_a_name_that_is_not_known_is_told_with_the_nearest(desk: Path) -> None:
    told = run("acts", "--actor", "Chna", "--desk", desk)
    assert told.returncode == 1
    assert told.stderr.strip().startswith("onrecord: QueryError: no party is known as 'Chna'. Nearest: China (CHN)")


def test_mentions_of_a_file_and_of_a_desk(desk: Path, page: Path) -> None:
    told = run("mentions", "--kind", "territory", "--desk", desk)
    assert "Taiwan" in told.stdout
    assert "of them do not say whom they name" in told.stdout
    rows = list(
        csv.DictReader(io.StringIO(run("mentions", "--id", "Taiwan", "--desk", desk, "--format", "csv").stdout))
    )
    assert [(row["id"], row["documents"]) for row in rows] == [("TWN", "2")]
    assert "China" in run("mentions", page).stdout
    first = json.loads(run("mentions", page, "--format", "jsonl").stdout.splitlines()[0])
    assert {"kind", "name", "start", "end"} <= set(first)


def test_answers_are_counted_and_listed(desk: Path) -> None:
    told = run("answers", "--by", "outlet", "--desk", desk)
    line = next(line for line in told.stdout.splitlines() if line.startswith("AFP"))
    assert line.split() == ["AFP", "2", "1", "(50%)", "·", "1", "(50%)"]
    rows = list(csv.DictReader(io.StringIO(run("answers", "--by", "issue", "--desk", desk, "--format", "csv").stdout)))
    assert {row["key"]: row["decline"] for row in rows}["hong-kong"] == "1"
    listed = run("answers", "--rows", "--type", "decline", "--desk", desk).stdout
    assert "Is Hong Kong on the agenda?" in listed
    assert "1 rows" in listed
    (row,) = map(
        json.loads, run("answers", "--rows", "--type", "refer", "--desk", desk, "--format", "jsonl").stdout.splitlines()
    )
    assert row["issues"] == ["economy-trade/tariffs"]


@pytest.mark.usefixtures("charts")
def test_trends_are_a_chart(desk: Path, tmp_path: Path) -> None:
    svg = tmp_path / "chart.svg"
    told = run("trends", "act:oppose", "mention:Taiwan", "--by", "year", "--svg", svg, "--desk", desk)
    assert told.returncode == 0, told.stderr
    assert svg.read_text(encoding="utf-8").startswith("<svg")


def test_trends_are_a_table_and_bars(desk: Path) -> None:
    told = run("trends", "act:oppose", "mention:Taiwan", "--by", "year", "--desk", desk)
    assert told.returncode == 0, told.stderr
    lines = told.stdout.splitlines()
    assert next(line for line in lines if line.strip().startswith("2020")).split()[:2] == ["2020", "3"]
    assert any("2021: no documents on the desk" in line for line in lines)
    assert "Counted: acts, each once; mentions, each occurrence." in told.stdout
    rows = list(csv.DictReader(io.StringIO(run("trends", "act:oppose", "--desk", desk, "--format", "csv").stdout)))
    assert (rows[0]["period"], rows[0]["count"], rows[1]["count"]) == ("2020-05", "2", "")
    assert all(len(line) <= 100 for line in lines if "Searched" not in line)


def test_annotate_says_what_it_did(desk: Path) -> None:
    told = run("annotate", "--desk", desk)
    assert "0 of 4 documents annotated" in told.stdout
    assert "Nothing to do" in told.stdout
    again = json.loads(run("annotate", "--again", "--desk", desk, "--format", "json").stdout)
    assert (again["due"], again["documents"], again["troubles"]) == (4, 4, [])


def test_find_is_narrowed_by_acts(desk: Path) -> None:
    told = run("find", "firmly act:oppose outlet:afp", "--desk", desk)
    assert "1 turns" in told.stdout  # an answer to a question of AFP
    told = run("find", "firmly act:oppose outlet:afp kind:question", "--desk", desk)
    assert told.returncode == 1  # a question of AFP is no act of opposition
    assert (
        "2 turns"
        in run("find", "firmly", "--act", "oppose", "--actor", "中国", "--issue", "taiwan", "--desk", desk).stdout
    )
