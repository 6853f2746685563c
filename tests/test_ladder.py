"""The ladders of diplomatic language: which rung a sentence stands on, in both languages, and how a rewording moves."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.comparing.ladder import ladders, load, moves, rungs
from onrecord.errors import LexiconError

#: language, what is said, the rungs it stands on in order, why.
CASES = [
    ("en", "Arcadia expressed concern over the tariff.", ["concern"], "the first word of disapproval"),
    ("en", "We are gravely concerned about it.", ["serious-concern"], "a word of degree goes a rung up"),
    ("en", "We firmly oppose this.", ["firm-opposition"], "the longest phrase holds the place, not the verb in it"),
    ("en", "ARCADIA FIRMLY\u00a0OPPOSES this!", ["firm-opposition"], "case and spaces are folded"),
    ("en", "We deplore and firmly oppose this.", ["dissatisfaction-and-opposition"], "two formulas said together are the rung of both"),
    ("en", "Arcadia opposes this and has lodged stern representations with the Ruritanian side.", ["opposition", "stern-representations"], "two rungs in a sentence"),
    ("en", "The embassy lodged immediate and solemn representations.", ["stern-representations"], "a gap of up to four words"),
    ("en", "We do not oppose the treaty.", [], "negated"),
    ("en", "We don’t oppose the treaty.", [], "negated with a curly apostrophe"),
    ("en", "Arcadia never in fact condemned it.", [], "two words between the negation and the verb"),
    ("en", "This is not so. We oppose it.", ["opposition"], "the negation of another clause"),
    ("en", "Arcadia not only deplores but condemns it.", ["deplore", "condemnation"], "begins like a negation and affirms"),
    ("en", "There is no doubt we oppose it.", ["opposition"], "no doubt affirms"),
    ("en", "Our views, as opposed to theirs, are known.", [], "holds the word of a rung and is none"),
    ("en", "We will not sit idly by.", ["not-stand-idly-by"], "a rung that has its own negation"),
    ("en", "The oppositional press was there.", [], "a word that only begins like one"),
    ("en", "Arcadia reserves the right to act.", ["rights-reserved"], "the top of the ladder of protest"),
    ("en", "It will take all necessary measures.", ["all-necessary-measures"], "longer than necessary measures"),
    ("zh", "我方对此表示关切。", ["concern"], "the first word of disapproval"),
    ("zh", "我方对此严重关切。", ["serious-concern"], "a word of degree"),
    ("zh", "我们尊重各方的合理关切。", [], "a concern that somebody has is no protest"),
    ("zh", "我方对此强烈不满、坚决反对。", ["dissatisfaction-and-opposition"], "the pair, across an enumeration comma"),
    ("zh", "我方坚决反对，已提出严正交涉。", ["firm-opposition", "stern-representations"], "two rungs"),
    ("zh", "我们并不反对谈判。", [], "negated"),
    ("zh", "我们从未表示遗憾。", [], "negated"),
    ("zh", "我方不得不表示坚决反对。", ["firm-opposition"], "a double negation affirms"),
    ("zh", "不满和坚决反对。", ["dissatisfaction", "firm-opposition"], "a rung that begins with 不 negates nothing behind it"),
    ("zh", "我方保留采取进一步措施的权利。", ["rights-reserved"], "the reservation holds the measures in it"),
    ("zh", "勿谓言之不预！", ["do-not-say-not-warned"], "the last warning"),
    ("fr", "We firmly oppose this.", [], "a language without a table"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "said", "expected", "reason"), CASES, ids=[case[3] for case in CASES])
def test_the_rungs_of_a_sentence(language: str, said: str, expected: list[str], reason: str) -> None:
    standing = rungs(said, language)
    assert [one.rung for one in standing] == expected
    assert all(said[one.start : one.end] == one.words for one in standing)


MOVES = [
    ("en", "Arcadia expressed concern over it", "Arcadia firmly opposes it", [("protest", 3)], "three rungs up"),
    ("en", "We strongly urge them to stop", "We urge them to stop", [("request", -1)], "a word of degree lost"),
    ("en", "We welcome it", "We see it", [("approval", None)], "off the ladder"),
    ("en", "We see it and regret it", "We see it and are concerned", [], "rungs as high as each other"),
    ("en", "We oppose it", "We do not oppose it", [("protest", None)], "negated now"),
    ("zh", "我方将采取必要措施", "我方将采取一切必要措施", [("measures", 1)], "no means ruled out"),
    ("zh", "我方反对，欢迎谈判", "我方谴责，赞赏谈判", [("protest", 2), ("approval", 1)], "on two ladders"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "before", "after", "expected", "reason"), MOVES, ids=[case[4] for case in MOVES])
def test_moves(language: str, before: str, after: str, expected: list[tuple[str, int | None]], reason: str) -> None:
    assert [(move.ladder, move.up) for move in moves(before, after, language)] == expected


def test_every_phrase_of_the_table_stands_on_its_own_rung() -> None:
    """Also the longest reading wins: no phrase is taken for another's rung as a whole."""
    for rung in ladders().rungs:
        for language, phrases in rung.phrases.items():
            for phrase in phrases:
                said = " ".join(part.split("/")[0].rstrip("*") for part in phrase.split(" ") if part != "...")
                said = said.replace(" ", "") if language == "zh" else said
                assert rung.id in [one.rung for one in rungs(said, language)], phrase


def test_every_ladder_climbs_from_its_first_rung_without_a_gap() -> None:
    for ladder in ladders().ladders:
        ranks = {rung.rank for rung in ladders().rungs if rung.ladder == ladder}
        assert ranks == set(range(1, max(ranks) + 1))


@given(st.text(max_size=60), st.sampled_from(["en", "zh", "en-GB"]))
def test_any_text_is_read_and_every_place_holds_its_words(said: str, language: str) -> None:
    standing = rungs(said, language)
    assert all(said[one.start : one.end] == one.words for one in standing)
    assert all(one.end <= other.start for one, other in itertools.pairwise(standing))


HEAD = """[sources]
s = "A source"
[ladders]
l = "A ladder"
[negation]
within = 3
near = { en = ["not"], zh = ["不会"] }
before = { en = ["non"], zh = ["不"] }
[affirming]
en = ["not only"]
zh = ["不得不"]
[aside]
en = ["as opposed to"]
zh = ["有关要求"]
"""
ROW = '[[rung]]\nladder = "l"\nid = "a"\nrank = 1\nnote = "n"\nsource = ["s"]\nen = ["oppose"]\n'
WRONG = [
    (ROW + ROW, "line 22, rung 'a': the id 'a' stands twice", "an id twice"),
    (ROW + ROW.replace('"a"', '"b"'), "rung 'b': 'oppose' stands on 'a' too", "a phrase on two rungs"),
    (ROW.replace('"l"', '"m"'), "line 15, rung 'a': there is no ladder 'm'", "a ladder that is not named"),
    (ROW.replace('["s"]', '["t"]'), "there is no source 't'", "a source that is not named"),
    (ROW.replace('["s"]', "[]"), "source names no source", "a rung resting on nothing"),
    (ROW.replace("rank = 1", "rank = 0"), "a rank is 1 or more, not 0", "a rank below the first"),
    (ROW.replace("rank = 1", 'rank = "1"'), "Expected `int`, got `str`", "a rank in words"),
    (ROW.replace('["oppose"]', '["Oppose"]'), "'Oppose' is not written as it is compared", "a capital"),
    (ROW.replace('["oppose"]', '["don\'t like"]'), "is not written as it is compared", "an apostrophe"),
    (ROW.replace('["oppose"]', '["oppose ..."]'), "is not written as it is compared", "a gap at the end"),
    (ROW.replace('en = ["oppose"]\n', ""), "it has no phrase", "no phrase"),
    (ROW + 'de = ["x"]\n', "a rung has no field de", "a field that is not known"),
    (ROW.replace("note = ", "no = "), "missing required field `note`", "no note"),
    ("[[rung]\n", "ladder.toml: ", "no TOML"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "message", "reason"), WRONG, ids=[case[2] for case in WRONG])
def test_a_wrong_table_is_refused_and_the_rung_named(tmp_path: Path, rows: str, message: str, reason: str) -> None:
    table = tmp_path / "ladder.toml"
    table.write_text(HEAD + rows, encoding="utf-8")
    with pytest.raises(LexiconError, match=re.escape(message)):
        load(table)


def test_a_table_of_ones_own_is_read(tmp_path: Path) -> None:
    table = tmp_path / "ladder.toml"
    table.write_text(HEAD + ROW, encoding="utf-8")
    own = load(table)
    assert [one.rung for one in own.rungs_of("We oppose it, not only that", "en")] == ["a"]
    assert own.rungs_of("We do not oppose it", "en") == []


CONFERENCE = (
    "Excerpt of Foreign Ministry Regular Press Conference on {day}\n\nCCTV: What do you say?\n\nGeng Shuang: {said}"
)


def test_redline_and_trace_say_when_a_statement_moved_a_rung(tmp_path: Path) -> None:
    import onrecord
    from onrecord.asking import redline, trace
    from onrecord.desk import open_desk

    folder = tmp_path / "desk"
    then = CONFERENCE.format(day="2018-02-03", said="We expressed concern over the sale of the old canal to Ruritania.")
    now = CONFERENCE.format(day="2019-02-03", said="We firmly oppose the sale of the old canal to Ruritania.")
    with open_desk(folder, write=True, create_new=True) as desk:
        desk.add(onrecord.read(then.encode()))
        desk.add(onrecord.read(now.encode()))
    with open_desk(folder) as desk:
        (marked,) = redline(desk, next(document for document in desk if document.date == "2019-02-03")).sentences
        assert [str(move) for move in marked.moves] == ["protest: concern → firm opposition, up 3"]
        wordings = trace(desk, "We firmly oppose the sale of the old canal to Ruritania").wordings
        id = next(document.id for document in desk if document.date == "2019-02-03")
    assert [([rung.rung for rung in one.rungs], [move.up for move in one.moves]) for one in wordings] == [
        (["firm-opposition"], []),
        (["concern"], [-3]),
    ]
    command = [sys.executable, "-m", "onrecord.cli", "redline", id, "--desk", str(folder)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "on the ladder of protest: concern → firm opposition, up 3" in told
