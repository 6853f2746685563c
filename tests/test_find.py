"""Find: what the query language means, and counts that a plain scan of every text confirms."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from damage import change_manifest, largest_file, words_inodes
from invented import folder_of_pages
from onrecord.asking import QueryError, TurnFilters, counts_by, find, parse, trace
from onrecord.asking.query import Both, Either, Near, Phrase, Without
from onrecord.desk import Desk, add_all, check, open_desk
from onrecord.desk.text_index import TextIndex, index_folder, open_index

SAID = [
    ("2019-05-01", "CCTV", "What of trade?", "China will work for win-win cooperation. China hopes for talks."),
    ("2019-05-02", "AFP", "And sanctions?", "We firmly oppose sanctions, and we will take countermeasures."),
    ("2019-06-03", "AFP", "Will talks go on?", "Talks go on. Cooperation is the only choice; win, win."),
    ("2020-01-04", "Reuters", "Is it true?", "It is not true. The ‘one-China’ principle is clear."),
    ("2020-02-05", "CCTV", "中方有何评论？", "中美合作符合双方利益，合则两利。不冲突、不对抗。"),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("find") / "desk", write=True, create_new=True) as opened:
        for day, outlet, question, answer in SAID:
            text = f"Excerpt of Foreign Ministry Regular Press Conference on {day}\n\n{outlet}: {question}\n\nGeng Shuang: {answer}"
            opened.add(onrecord.read(text.encode()))
        opened.writer.commit()
        yield opened


P = lambda words, prefix=False: Phrase(tuple(words.split()), prefix)  # noqa: E731

TREES = [
    ("talks", P("talks"), "a word"),
    ("Talks TRADE", Both((P("talks"), P("trade"))), "words side by side must all be there"),
    ('"win-win cooperation"', P("win win cooperation"), "a phrase"),
    ('"win, win"', P("win ¶ win"), "a phrase with punctuation in it"),
    ("合作", P("合 作"), "Chinese words need no quotes"),
    ("a OR b c", Either((P("a"), Both((P("b"), P("c"))))), "OR binds weakest"),
    ("a AND NOT b", Both((P("a"), Without(P("b")))), "NOT"),
    ("a -b", Both((P("a"), Without(P("b")))), "a minus is NOT"),
    ("(a OR b) c", Both((Either((P("a"), P("b"))), P("c"))), "groups"),
    ("a NEAR/3 b", Near(P("a"), P("b"), 3), "near"),
    ('"a b" NEAR c', Near(P("a b"), P("c"), 10), "near a phrase, by default within ten words"),
    ("commit*", P("commit", True), "the beginning of a word"),
    ("or and near", Both((P("or"), P("and"), P("near"))), "operators are in capitals"),
]


@pytest.mark.parametrize(("query", "tree", "reason"), TREES, ids=[case[2] for case in TREES])
def test_queries_mean_what_they_say(query: str, tree: object, reason: str) -> None:
    assert parse(query) == tree


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ('"open', "never closed"),
        ("(a", "never closed"),
        ("a)", "not expected at 2"),
        ("a OR", "missing at 4"),
        ("NOT a", "must ask for something"),
        ("...", "contains no word"),
        ("", "the query is empty"),
        ("a-b*", "only a single word"),
        ("(a b) NEAR c", "not expected"),
    ],
)
def test_what_cannot_be_understood_says_where(query: str, words: str) -> None:
    with pytest.raises(QueryError, match=re.escape(words)):
        parse(query)


FOUND = [
    ("talks", {}, 3, "in questions and answers"),
    ("talks", {"filters": TurnFilters(kind=("answer",))}, 2, "in answers alone"),
    ('"win-win cooperation"', {}, 1, "a phrase"),
    ('"win win"', {}, 1, "a phrase does not run across punctuation"),
    ('"win win"', {"across": True}, 2, "unless it is let"),
    ('"cooperation china"', {}, 0, "nor across sentences"),
    ("one-china principle", {}, 1, "quotes and hyphens make no difference"),
    ("合作", {}, 1, "two Chinese characters"),
    ("作符", {}, 1, "also across words"),
    ("不冲突不对抗", {}, 0, "Chinese punctuation divides"),
    ("不冲突不对抗", {"across": True}, 1, "unless it is let"),
    ("oppos*", {}, 1, "a prefix"),
    ("sanctions -countermeasures", {}, 1, "a word left out"),
    ("will NEAR/2 oppose", {}, 0, "too far"),
    ("oppose NEAR/3 will", {}, 1, "near enough, in either order"),
    ("will NEAR/3 oppose", {}, 1, "near enough, in either order"),
    ("", {"filters": TurnFilters(outlet=("afp",))}, 4, "by outlet alone: its questions and the answers to them"),
    ("oppose", {"filters": TurnFilters(outlet=("afp",))}, 1, "what is said in answer to an outlet"),
    ("is", {"filters": TurnFilters(outlet=("afp",), kind=("question",))}, 0, "what the outlet itself asks"),
    ("", {"filters": TurnFilters(since="2020-01-01")}, 4, "by day alone"),
    (
        "",
        {"filters": TurnFilters(since="2019-05-02", until="2019-06-03", kind=("question",))},
        2,
        "days, both included",
    ),
    ("", {"pattern": r"\bwin\b.*\bwin\b"}, 2, "a regular expression"),
    ("china", {"pattern": "principle"}, 1, "words and a regular expression"),
    ("atlantis", {}, 0, "nothing"),
]


@pytest.mark.parametrize(("query", "more", "count", "reason"), FOUND, ids=[f"{case[0]}: {case[3]}" for case in FOUND])
def test_what_is_found(desk: Desk, query: str, more: dict[str, object], count: int, reason: str) -> None:
    found = find(desk, query, **more)  # type: ignore[arg-type]
    assert (found.count, len(found.hits)) == (count, count)
    for hit in found.hits:
        assert hit.text == desk.turn(hit.turn).text
        if query and "-" not in query:
            assert hit.places


def test_a_hit_knows_its_places(desk: Desk) -> None:
    (hit,) = find(desk, '"one China"').hits
    assert [hit.text[start:end] for start, end in hit.places] == ["one-China"]


def test_hits_come_in_the_order_asked_for(desk: Desk) -> None:
    days = [hit.day for hit in find(desk, "", order="newest").hits]
    assert days == sorted(days, reverse=True)  # type: ignore[type-var]
    assert [hit.day for hit in find(desk, "", order="oldest", limit=3).hits] == [
        "2019-05-01",
        "2019-05-01",
        "2019-05-02",
    ]


def test_an_answer_says_what_was_searched(desk: Desk) -> None:
    found = find(desk, "atlantis")
    assert (found.count, found.held.documents, found.held.turns) == (0, 5, 10)
    assert found.held.issuers == {"cn-mfa": (5, "2019-05-01", "2020-02-05")}


def test_both_scripts_are_found_where_asked(desk: Desk) -> None:
    assert find(desk, "中方有何評論").count == 0
    assert find(desk, "中方有何評論", both_scripts=True).count == 1
    assert find(desk, '"雙方利益" 衝突', both_scripts=True).count == 1


def test_an_answer_says_how_many_days_are_missing(desk: Desk) -> None:
    """From Wednesday 1 May 2019 to the day before 5 February 2020 there are 200 weekdays; three of the days held are."""
    assert find(desk, "atlantis").held.missing == {"cn-mfa": 197}


def test_counts_over_time(desk: Desk) -> None:
    assert counts_by(desk, by="month", filters=TurnFilters(kind=("answer",))) == {
        "2019-05": 2, "2019-06": 1, "2020-01": 1, "2020-02": 1,
    }  # fmt: skip
    assert counts_by(desk, "china", by="year") == {"2019": 1, "2020": 1}
    assert counts_by(desk, by="issuer") == {"cn-mfa": 10}


VOCABULARY = ["china", "talks", "win", "cooperation", "sanctions", "will", "go", "合", "作", "利"]


@given(
    st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=3),
    st.sampled_from(["AND", "OR", "phrase"]),
    st.booleans(),
)
def test_every_count_is_that_of_a_plain_scan(desk: Desk, words: list[str], how: str, answers: bool) -> None:
    """The scan knows nothing of the index or of tokens: regular expressions over the texts as printed."""
    filters = TurnFilters(kind=("answer",)) if answers else TurnFilters()
    texts = [turn.text for turn in desk.turns() if not answers or turn.kind == "answer"]

    def said(word: str) -> str:
        return rf"(?<!\w){word}(?!\w)" if word.isascii() else word

    if how == "phrase":
        pattern = r"[\s\-'‘’]*".join(words) if not words[0].isascii() else r"[\s\-'‘’]+".join(words)
        edges = (r"(?<!\w)" if words[0].isascii() else "", r"(?!\w)" if words[-1].isascii() else "")
        if len({word.isascii() for word in words}) > 1:
            return  # no text here mixes them
        expected = sum(bool(re.search(edges[0] + pattern + edges[1], text, re.I)) for text in texts)
        query = '"' + " ".join(words) + '"'
    else:
        combine = all if how == "AND" else any
        expected = sum(combine(re.search(said(word), text, re.I) for word in words) for text in texts)
        query = f" {how} ".join(words)
    assert find(desk, query, filters, limit=0).count == expected


def test_the_index_keeps_in_step_with_what_is_added(tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        add_all(desk, [folder_of_pages(tmp_path / "one", 30)], processes=1)
        assert find(desk, "arcadia", limit=0).count == 30
        built = words_inodes(index_folder(desk.folder))
        extra = tmp_path / "one/page-0001.shtml"
        extra.write_text(extra.read_text().replace("has not changed", "has changed for Utopia"))
        add_all(desk, [extra], processes=1)
        assert find(desk, "utopia", limit=0).count == 1
        assert find(desk, "arcadia", limit=0).count == 30  # the old words of the page are gone, not doubled
        assert built < words_inodes(index_folder(desk.folder))  # and nothing was built anew


def damage_delete(folder: Path) -> None:
    shutil.rmtree(folder)


def damage_truncate(folder: Path) -> None:
    path = largest_file(folder)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def damage_lose_a_file(folder: Path) -> None:
    largest_file(folder).unlink()


def damage_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("{")


def damage_other_version(folder: Path) -> None:
    change_manifest(folder, lambda told: told.update(layout="0"))


def damage_of_another_record(folder: Path) -> None:
    change_manifest(folder, lambda told: told["made"].update(change=10_000))


def damage_of_another_record_with_as_many_changes(folder: Path) -> None:
    change_manifest(folder, lambda told: told["made"].update(changed="another-document"))


@pytest.mark.parametrize(
    "damage",
    [
        damage_delete,
        damage_truncate,
        damage_lose_a_file,
        damage_manifest,
        damage_other_version,
        damage_of_another_record,
        damage_of_another_record_with_as_many_changes,
    ],
)
@pytest.mark.slow
def test_a_damaged_index_is_noticed_and_built_anew(tmp_path: Path, damage: object) -> None:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        add_all(desk, [folder_of_pages(tmp_path / "pages", 12)], processes=1)
        before = find(desk, "arcadia OR ruritania")
    with open_desk(tmp_path / "desk") as desk:
        damage(index_folder(desk.folder))  # type: ignore[operator]
        assert TextIndex(index_folder(desk.folder), desk.record).behind() is None
        assert find(desk, "arcadia OR ruritania") == before


@pytest.mark.parametrize(
    "query", ["(" * 900 + "a" + ")" * 900, "(" * 900, "NOT " * 900 + "a", "-(" * 900 + "a" + ")" * 900]
)
def test_a_query_that_is_nested_too_deeply_says_so(query: str) -> None:
    with pytest.raises(QueryError, match="nested too deeply"):
        parse(query)
    parse("(" * 50 + "a" + ")" * 50)


@pytest.mark.filterwarnings("ignore::onrecord.desk.index_state.IndexRebuilt")
@pytest.mark.parametrize("name", ["text", "wording"])
def test_a_file_damaged_while_the_index_is_open_is_noticed(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by another process, while a server keeps the index open and nothing is added."""
    monkeypatch.setattr("onrecord.desk.index_files._LOOK", 0.0)
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        add_all(desk, [folder_of_pages(tmp_path / "pages", 12)], processes=1)
    with open_desk(tmp_path / "desk") as desk:

        def asked() -> object:
            return find(desk, "arcadia OR ruritania"), trace(desk, "our position has not changed").uses

        before = asked()
        for path in (desk.folder / "index" / name).glob("0*/*"):
            if path.suffix != ".lock" and path.stat().st_size:
                path.write_bytes(bytes(path.stat().st_size))
        assert asked() == before
        assert list(check(desk)) == []


@pytest.mark.slow
def test_killed_while_indexing_the_answers_are_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    with open_desk(folder, write=True, create_new=True) as desk:
        add_all(desk, [folder_of_pages(tmp_path / "pages", 500)], processes=2)
        before = find(desk, "arcadia", limit=3)
    index = index_folder(folder)
    for files in (0, 1, 3, 6):  # killed when so many files of the new index stand on the disk
        index.rename(tmp_path / f"index-gone-{files}")
        child = subprocess.Popen(
            [sys.executable, "-m", "onrecord.cli", "rebuild", "--desk", str(folder)], stdout=subprocess.DEVNULL
        )
        while child.poll() is None and sum(1 for _ in index.glob("0*/*")) < files:
            os.sched_yield()
        child.send_signal(signal.SIGKILL)
        child.wait()
        with open_desk(folder) as desk:
            assert find(desk, "arcadia", limit=3) == before
            left = [path for path in index.iterdir() if path.name not in ("manifest.json", "verified.json")]
            assert len(left) == 1  # nothing is left lying about
            assert open_index(folder, desk.record).behind() == 0


@pytest.mark.slow
def test_the_command_prints_hits_aligned_and_counts(tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        add_all(desk, [folder_of_pages(tmp_path / "pages", 4)], processes=1)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "onrecord.cli", "find", *words, "--desk", str(tmp_path / "desk")]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    told = run('"case of"', "--sort", "oldest")
    assert told.returncode == 0
    columns = {line.index("case of") for line in told.stdout.splitlines() if "case of" in line}
    assert len(columns) == 1  # the hits stand under each other
    assert "4 turns" in told.stdout
    concordance = run('"case of"', "--context", "right").stdout.splitlines()
    assert [line[36:43] for line in concordance[:4]] == ["case of"] * 4
    assert "2000-05-01 CCTV" in concordance[0]
    nothing = run("atlantis")
    assert nothing.returncode == 1
    assert "Searched 20 turns of 4 documents: cn-mfa 4 (2000-05-01 to 2000-05-04)" in nothing.stdout
    assert json.loads(run("case", "--count-by", "month", "--format", "json").stdout) == {"2000-05": 4}
    assert len(run("case", "--format", "csv").stdout.splitlines()) == 5
    wrong = run("(case")
    assert wrong.returncode == 1
    assert "QueryError: (case: a parenthesis is never closed." in wrong.stderr
