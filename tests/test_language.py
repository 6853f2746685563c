"""Folding, tokens and sentences: what later finds and compares words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.languages.folding import folded
from onrecord.languages.sentences import sentences
from onrecord.languages.tokens import placed_stream, stream, tokens, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("China’s", "china's", id="case and apostrophes"),
        pytest.param("“win–win”", '"win-win"', id="quotes and dashes"),
        pytest.param("ＡＢＣ１２", "abc12", id="full width"),
        pytest.param("《公报》", '"公报"', id="Chinese quotes"),
        pytest.param("a\u00a0b", "a b", id="white space"),
    ],
)
def test_what_is_written_in_two_ways_folds_to_one(one: str, other: str) -> None:
    assert folded(one) == folded(other) == other


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(folded(text)) == len(text)
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Non-conflict, non-confrontation", "non conflict non confrontation", id="hyphens divide"),
        pytest.param("China's U.S. policy", "china s u s policy", id="apostrophes and points divide"),
        pytest.param("6.2 per cent of 1,300", "6.2 per cent of 1,300", id="numbers stay whole"),
        pytest.param("中美2021年会晤", "中 美 2021 年 会 晤", id="one token a Han character"),
        pytest.param("G20峰会", "g20 峰 会", id="mixed"),
        pytest.param("", "", id="nothing"),
        pytest.param("in\u00adspec\u200btors\ufeff", "inspectors", id="what shows as nothing divides no word"),
        pytest.param("o\ufb03ce", "office", id="a ligature is its letters"),
        pytest.param("re\u0301union", "réunion", id="an accent of its own is on its letter"),
        pytest.param("می\u200cشود", "می شود", id="a joiner of Arabic script divides"),
    ],
)
def test_tokens(text: str, expected: str) -> None:
    assert words(text) == expected.split()


def test_a_search_knows_no_accents() -> None:
    assert stream("La relación") == stream("la relacion") == stream("La relacio\u0301n") == ["la", "relacion"]
    assert stream("Йод") == ["йод"]  # another letter, no accent
    assert [text for text, _, _ in placed_stream("o\ufb03ce")] == ["office"]


@given(st.text())
def test_every_token_stands_where_it_says(text: str) -> None:
    plain = folded(text)
    before = 0
    for token in tokens(text):
        assert before <= token.start < token.end
        assert words(plain[token.start : token.end]) == [token.word]
        before = token.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("We agree. They do not.", ["We agree.", "They do not."], id="two"),
        pytest.param("The U.S. side agreed. So did we.", ["The U.S. side agreed.", "So did we."], id="initials"),
        pytest.param("Mr. Wang and Dr. Li met.", ["Mr. Wang and Dr. Li met."], id="titles"),
        pytest.param("It grew by 6.2 percent. Good!", ["It grew by 6.2 percent.", "Good!"], id="a decimal point"),
        pytest.param('He said "no." Then he left.', ['He said "no."', "Then he left."], id="behind a quote"),
        pytest.param("中方反对。美方知道！是吗？是。", ["中方反对。", "美方知道！", "是吗？", "是。"], id="Chinese"),
        pytest.param("他说：“不行。”然后走了。", ["他说：“不行。”", "然后走了。"], id="a Chinese quote"),
        pytest.param("First\n\nsecond", ["First", "second"], id="a paragraph's end"),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


@given(st.text())
def test_sentences_cover_every_word(text: str) -> None:
    spans = sentences(text)
    assert spans == sorted(spans)
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())
