"""Formulas: planted in an invented record they are found with their counts, births, deaths and what gave way to what."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.asking import QueryError, formulas
from onrecord.asking.formula_table import aside, load
from onrecord.asking.repeated_sequences import (
    NEARLY,
    MaximalSequences,
    TokenArrays,
    maximal_sequences,
    repeated_sequences,
)
from onrecord.desk import Desk, open_desk
from onrecord.errors import LexiconError
from onrecord.languages.sentences import sentences
from onrecord.languages.tokens import words

#: What is planted: in how many documents of each year from 2017 on, and what is to become of it between 2018 and 2020.
PLANTED = {
    "our canal belongs to every neighbour of Arcadia": ((2, 8, 7, 9), "lives"),
    "we will build a tunnel with Ruritania and open it gladly": ((0, 8, 1, 0), "dies, and gives way"),
    "we intend to build a tunnel with Ruritania and open it gladly": ((0, 0, 3, 9), "is born in its place"),
    "firmly uphold the ferry treaty": ((1, 6, 0, 0), "dies without an heir"),
    "amber lamps for all harbours": ((0, 0, 0, 7), "is born of nothing"),
    "patient work on the northern dam": ((3, 0, 0, 6), "comes back: said before the first period"),
    "rowing together against the wind": ((0, 4, 4, 4), "too seldom for any year"),
    "双方妥善处理渔业分歧": ((2, 7, 5, 8), "lives, in Chinese"),
    "我们将同邻国共建运河": ((0, 9, 0, 0), "dies, and gives way"),
    "我们愿同邻国共建运河": ((0, 0, 0, 6), "is born in its place"),
}
#: Said as often, and none the less no formula.
ASIDE = [
    "thank you for coming to the old hall",
    "Premier Otto Quill",
    "12 ships and 40 sailors",
    "你提到的情况属于猜测",
]
YEARS, IN_A_YEAR = (2017, 2018, 2019, 2020), 12
_DICE = random.Random(5)
_FILLER = ["".join(_DICE.choices("bcdfglmnprstvz", k=4)) + _DICE.choice("aeiou") for _ in range(4000)]
_HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 6000)]


def conference(day: str, said: list[str], chinese: bool) -> bytes:
    """A conference in which every phrase stands amid words of its own."""
    told = []
    for phrase in said:
        if chinese:
            told.append("".join((*_DICE.sample(_HAN, 3), phrase, *_DICE.sample(_HAN, 3))) + "。")
        else:
            told.append(
                " ".join((_DICE.choice(_FILLER).title(), _DICE.choice(_FILLER), phrase, _DICE.choice(_FILLER))) + "."
            )
    if chinese:
        year, month, date = (int(part) for part in day.split("-"))
        title = f"{year}年{month}月{date}日外交部发言人耿爽主持例行记者会"
        return f"{title}\n\n《环球时报》记者：双方妥善处理渔业分歧？\n\n耿爽：{''.join(told)}".encode()
    question = "CCTV: Will there be amber lamps for all harbours?"  # the podium alone is counted
    title = f"Excerpt of Foreign Ministry Regular Press Conference on {day}"
    return f"{title}\n\n{question}\n\nGeng Shuang: {' '.join(told)}".encode()


def days_of(phrase: str) -> list[str]:
    return [
        f"{year}-{month:02}-11" for year, n in zip(YEARS, PLANTED[phrase][0], strict=True) for month in range(1, n + 1)
    ]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    days = [f"{year}-{month:02}-11" for year in YEARS for month in range(1, IN_A_YEAR + 1)]
    with open_desk(tmp_path_factory.mktemp("formulas") / "desk", write=True, create_new=True) as opened:
        for day in days:
            said = [phrase for phrase in PLANTED if day in days_of(phrase)] + ASIDE
            for chinese in (False, True):
                some = [phrase for phrase in said if (phrase[0] > "z") == chinese]
                opened.add(onrecord.read(conference(day, some, chinese)))
        opened.writer.commit()
        yield opened


def planted(*fates: str) -> set[str]:
    return {phrase for phrase, (_, fate) in PLANTED.items() if fate.startswith(fates)}


def test_planted_formulas_are_found_with_their_counts_and_days(desk: Desk) -> None:
    """Of two that say nearly the same the better is listed; both are found where they are looked for alone."""
    found = formulas(desk, least=4)
    assert {one.words for one in found.formulas} <= set(PLANTED) | {
        "build a tunnel with Ruritania and open it gladly",
        "同邻国共建运河",
    }
    assert {one.words for one in found.formulas} >= planted("lives", "dies without", "is born of", "comes", "too")
    for one in found.formulas:
        if one.words in PLANTED:
            days = days_of(one.words)
            assert (one.documents, one.uses, one.first.day, one.last.day) == (len(days), len(days), days[0], days[-1])
            assert one.by_year == {str(year): n for year, n in zip(YEARS, PLANTED[one.words][0], strict=True) if n}
        for place in (one.first, one.last):
            assert words(desk.turn(place.turn).text[place.start : place.end]) == words(one.words)
    assert (found.documents, found.births, found.periods) == (2 * 48, (), ())


def test_births_deaths_and_replacements_between_two_periods(desk: Desk) -> None:
    found = formulas(desk, between=("2018", "2020"))
    assert {one.words for one in found.births} == planted("is born")
    assert {one.words for one in found.deaths} == planted("dies")
    assert {(one.before.words, one.after.words) for one in found.replacements} == {
        ("we will build a tunnel with Ruritania and open it gladly", "we intend to build a tunnel with Ruritania and open it gladly"),
        ("我们将同邻国共建运河", "我们愿同邻国共建运河"),
    }  # fmt: skip
    for one in (*found.births, *found.deaths):
        counts = PLANTED[one.words][0]
        assert (one.before, one.after) == (counts[1], counts[3])
        assert (one.first.day, one.last.day) == (days_of(one.words)[0], days_of(one.words)[-1])
    tunnel = next(one for one in found.replacements if one.before.language == "en")
    assert [(edit.before.strip(), edit.after.strip()) for edit in tunnel.edits if edit.how != "same"] == [
        ("will", "intend to")
    ]
    assert tunnel.when == "2019"
    assert [(one.since, one.until, one.documents) for one in found.periods] == [
        ("2018-01-01", "2018-12-31", 24),
        ("2020-01-01", "2020-12-31", 24),
    ]


def test_every_formula_stands_verbatim_in_so_many_documents_as_it_says(desk: Desk) -> None:
    spoken = [
        (document.id, f" {' '.join(words(turn.text[start:end]))} ")
        for document in desk
        for turn in document
        if turn.kind in ("answer", "statement")
        for start, end in sentences(turn.text)
    ]
    found = formulas(desk, least=2, limit=300)
    assert len(found.formulas) >= 8
    for one in found.formulas:
        said = f" {' '.join(words(one.words))} "
        assert one.documents == len({id for id, sentence in spoken if said in sentence}), one.words


def test_boilerplate_figures_and_names_are_left_aside(desk: Desk) -> None:
    listed = " ".join(one.words for one in formulas(desk).formulas)
    assert not any(phrase in listed for phrase in ASIDE)
    assert "Premier Otto Quill" in {one.words for one in formulas(desk, names=True).formulas}


def test_a_slice_narrows_what_is_looked_through(desk: Desk) -> None:
    only = formulas(desk, language="zh", since="2018-01-01", until="2018-12-31")
    assert (only.documents, {one.language for one in only.formulas}) == (12, {"zh"})
    assert {one.words for one in only.formulas} == {"双方妥善处理渔业分歧", "我们将同邻国共建运河"}
    with pytest.raises(QueryError, match="no issuer of the desk is known as 'nobody'"):
        formulas(desk, issuer="nobody")
    assert len(formulas(desk, limit=1).formulas) == 2  # of each language


WRONG_QUESTIONS = [
    ({"between": ("2018", "soon")}, "a period is a year", "a period in words"),
    ({"between": ("2018", "2003")}, "no document of the slice is of 2003-01-01 to 2003-12-31", "a period not held"),
    ({"least": 1}, "least is 2 or more", "a formula said once"),
    ({"limit": 0}, "limit 1 to 1000", "none wanted"),
]


@pytest.mark.parametrize(("asked", "message", "reason"), WRONG_QUESTIONS, ids=[case[2] for case in WRONG_QUESTIONS])
def test_a_question_that_cannot_be_answered(desk: Desk, asked: dict, message: str, reason: str) -> None:
    with pytest.raises(QueryError, match=message):
        formulas(desk, **asked)


def test_a_period_may_be_a_month_or_days(desk: Desk) -> None:
    found = formulas(desk, between=("2018-01..2018-06", "2020-03-01..2020-08"), least=3)
    assert [(one.since, one.until, one.documents) for one in found.periods] == [
        ("2018-01-01", "2018-06-30", 12),
        ("2020-03-01", "2020-08-31", 12),
    ]
    assert {one.words for one in found.births} == planted("is born")


def test_a_language_held_in_one_period_only_has_no_births(tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        for month in range(1, 13):
            desk.add(onrecord.read(conference(f"2018-{month:02}-02", ["我们将同邻国共建运河"], True)))
            desk.add(onrecord.read(conference(f"2020-{month:02}-02", ["amber lamps for all harbours"], False)))
        desk.writer.commit()
        found = formulas(desk, between=("2018", "2020"))
        assert (found.births, found.deaths) == ((), ())
        assert len(found.formulas) == 2


def test_words_that_a_page_no_longer_says_are_not_counted(tmp_path: Path) -> None:
    """What a page said before it was changed stays in the index, in an older segment."""
    page = tmp_path / "page.txt"
    phrase, changed = "amber lamps for all harbours", "green lamps along every quay"
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        for month in range(1, 8):
            desk.add(onrecord.read(conference(f"2018-{month:02}-02", [phrase], False)))
        page.write_bytes(conference("2018-09-02", [phrase], False))
        desk.add(onrecord.read(page))
        desk.writer.commit()
        assert [(one.words, one.documents) for one in formulas(desk).formulas] == [(phrase, 8)]
        page.write_bytes(conference("2018-09-02", [changed], False))
        desk.add(onrecord.read(page))
        desk.writer.commit()
        assert len(desk) == 8
        assert [(one.words, one.documents, one.last.day) for one in formulas(desk).formulas] == [
            (phrase, 7, "2018-07-02")
        ]


def run(*told: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "onrecord.cli", *told], capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.slow
def test_the_command_prints_for_people_and_for_programs(desk: Desk) -> None:
    where = ("--desk", str(desk.folder))
    told = run("formulas", "--language", "en", *where)
    assert re.search(r"26 +26 +2017-01-11 +2020-09-11 +our canal belongs to every neighbour of Arcadia\n", told)
    told = run("formulas", "--between", "2018", "2020", *where)
    assert (
        "2019  “we will build a tunnel with Ruritania and open it gladly” was replaced by “we intend to build" in told
    )
    assert re.search(r"0 → 7 +2020-01-11 +2020-07-11 +amber lamps for all harbours\n", told)
    rows = list(csv.DictReader(io.StringIO(run("formulas", "--between", "2018", "2020", "--format", "csv", *where))))
    assert {row["words"] for row in rows if row["what"] == "death"} == planted("dies")
    assert {row["replaced"] for row in rows if row["what"] == "replacement"} == planted("dies, and")
    whole = json.loads(run("formulas", "--format", "json", *where))
    assert whole["formulas"][0]["first"]["turn"]


DOCUMENTS = st.lists(
    st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=9), min_size=1, max_size=3), min_size=1, max_size=9
)


def said_of(documents: list[list[list[int]]], periods: int) -> TokenArrays:
    numbers = [word for document in documents for sentence in document for word in sentence]
    lengths = [len(sentence) for document in documents for sentence in document]
    of_document = [sum(map(len, document)) for document in documents]
    return TokenArrays(
        np.array(numbers, np.int32),
        np.repeat(np.arange(len(lengths), dtype=np.int32), lengths),
        np.repeat(np.arange(len(documents), dtype=np.int32), of_document),
        np.array([at % periods for at in range(len(documents))]),
    )


def counted(documents: list[list[list[int]]]) -> dict[tuple[int, ...], tuple[set[int], int]]:
    """Every sequence, by brute force: the documents it stands in, and how often."""
    found: dict[tuple[int, ...], tuple[set[int], int]] = {}
    for number, document in enumerate(documents):
        for sentence in document:
            for start in range(len(sentence)):
                for end in range(start + 1, len(sentence) + 1):
                    here, uses = found.get(tuple(sentence[start:end]), (set(), 0))
                    found[tuple(sentence[start:end])] = (here | {number}, uses + 1)
    return found


def kept_sequences(said: TokenArrays, kept: list[MaximalSequences]) -> dict[tuple[int, ...], tuple[int, int]]:
    told = {}
    for one in kept:
        for at in range(len(one.uses)):
            places = one.places[one.heads[at] : one.heads[at + 1]]
            for place in places:
                sequence = tuple(said.numbers[place : place + one.size].tolist())
                told[sequence] = (int(one.documents[at].sum()), len(places))
            assert 0 <= one.cohesion[at] <= 1
            assert 0 <= one.freedom[at] <= 1
    return told


@given(DOCUMENTS, st.integers(2, 4), st.integers(1, 3), st.integers(1, 2))
def test_what_is_kept_is_what_brute_force_keeps(
    documents: list[list[list[int]]], least: int, shortest: int, periods: int
) -> None:
    """Counts are right; every sequence frequent enough is kept or stands in one kept that is nearly as frequent; and
    none kept stands in another kept that is."""
    said = said_of(documents, periods)
    every = counted(documents)
    told = kept_sequences(said, maximal_sequences(said, repeated_sequences(said, least, periods), shortest=shortest))
    for sequence, (number, uses) in told.items():
        assert (number, uses) == (len(every[sequence][0]), every[sequence][1])

    def holders(sequence: tuple[int, ...]) -> list[int]:
        inside = f",{','.join(map(str, sequence))},"
        return [
            number
            for other, (number, _) in told.items()
            if len(other) > len(sequence) and inside in f",{','.join(map(str, other))},"
        ]

    for sequence, (where, _) in every.items():
        often = max(sum(document % periods == period for document in where) for period in range(periods))
        if often < least or len(sequence) < shortest:
            assert sequence not in told
        else:
            covered = any(number >= NEARLY * len(where) for number in holders(sequence))
            assert (sequence in told) != covered


MEASURES = [
    ([[[1, 2]], [[1, 2]], [[1, 2]]], (1, 2), 1.0, 1.0, "its words stand nowhere else, and at the edges of sentences"),
    ([[[1, 2, 3]], [[1, 2, 3]], [[1, 2]]], (1, 2), 1.0, 1 / 3, "two of three uses have the same word behind"),
    ([[[4, 1, 2]], [[5, 1, 2]], [[6, 1, 2]]], (1, 2), 1.0, 2 / 3, "each use has another word before"),
]


@pytest.mark.parametrize(
    ("documents", "sequence", "cohesion", "freedom", "reason"), MEASURES, ids=[case[4] for case in MEASURES]
)
def test_cohesion_and_freedom(
    documents: list[list[list[int]]], sequence: tuple[int, ...], cohesion: float, freedom: float, reason: str
) -> None:
    said = said_of(documents, 1)
    (one,) = [
        one for one in maximal_sequences(said, repeated_sequences(said, 3), shortest=2) if one.size == len(sequence)
    ]
    assert said.numbers[one.places[0] : one.places[0] + one.size].tolist() == list(sequence)
    assert one.cohesion[0] == pytest.approx(cohesion)
    assert one.freedom[0] == pytest.approx(freedom)


NAMES = [
    ("en", "Premier Otto Quill", True, "begins with a title"),
    ("en", "United Harbours of Arcadia", True, "capitals, small words aside"),
    ("en", "Facts speak louder", False, "one capital, as a sentence begins"),
    ("en", "Belt and Road", False, "a name that is kept as a formula"),
    ("zh", "王明主席", True, "ends with a title"),
    ("zh", "阿根廷", True, "a country"),
    ("zh", "坚决反对", False, "a phrase"),
    ("fr", "Grand Canal", False, "a language without a table"),
]


@pytest.mark.parametrize(("language", "said", "expected", "reason"), NAMES, ids=[case[3] for case in NAMES])
def test_names(language: str, said: str, expected: bool, reason: str) -> None:
    assert aside(language).is_name(tuple(words(said)), said) is expected


TABLE = '[edges]\nen.first = ["of"]\n[boilerplate]\nen = ["thank you"]\n[names]\nen.known = ["arcadia"]\n'
WRONG = [
    (
        TABLE.replace('["of"]', '["of the"]'),
        "[edges] en.first: 'of the' is not one folded word",
        "two words at an edge",
    ),
    (
        TABLE.replace('["thank you"]', '["…"]'),
        "[boilerplate] en: '…' contains no word",
        "it would stand in every formula",
    ),
    (
        TABLE.replace('["arcadia"]', '["arcadia", "Arcadia"]'),
        "[names] en.known: 'Arcadia' occurs twice",
        "a name twice",
    ),
    (TABLE + 'en.titles = ["king"]\n', "unknown field `titles`", "a field that is not known"),
]


@pytest.mark.parametrize(("text", "message", "reason"), WRONG, ids=[case[2] for case in WRONG])
def test_a_wrong_table_is_refused_and_the_phrase_named(tmp_path: Path, text: str, message: str, reason: str) -> None:
    table = tmp_path / "formulas.toml"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=re.escape(message)):
        load(table)
