"""Japanese, a language without rules: sentences, tokens, names, dates, label words, and that it is recognised. Invented."""

from __future__ import annotations

import pytest

from language_cases import dates, detected, names, sentences, tokens
from onrecord import languages

SENTENCES = [
    ("会談は終わった。次は来月だ。", ["会談は終わった。", "次は来月だ。"], "without a space behind"),
    ("本当ですか？はい。", ["本当ですか？", "はい。"], "a wide sign"),
    ("「行く。」と述べた。", ["「行く。」", "と述べた。"], "a quotation ends with its sign"),
]
NAMES = [
    ("米国と中国は北京で会談した。", [("米国", "USA"), ("中国", "CHN"), ("北京", "beijing")], "states and a capital"),
    ("タイミングを見てタイへ。", [("タイ", "THA")], "no part of a longer word in katakana"),
    ("ソマリアとインドネシア", [("ソマリア", "SOM"), ("インドネシア", "IDN")], "the longest name"),
    ("自由で開かれたインド太平洋", [], "the Indo-Pacific, not India"),
    ("中国地方の大雨", [], "a region of Japan"),
    ("国連とＥＵ", [("国連", "UN"), ("ＥＵ", "EU")], "organisations"),
]
DATES = [
    ("2024年3月6日", [(2024, 3, 6)], "with a year"),
    ("３月６日", [(None, 3, 6)], "wide digits, no year"),
    ("2024/3/6", [(2024, 3, 6)], "in digits"),
    ("2024年13月6日", [], "no month"),
]
TEXTS = [
    "両国は引き続き緊密に意思疎通を図ることで一致しました。",
    "本日、外務大臣は記者会見を行いました。質問をどうぞ。",
]


@pytest.mark.parametrize(("text", "found", "why"), SENTENCES)
def test_sentences(text: str, found: list[str], why: str) -> None:
    assert sentences("ja", text) == found, why


@pytest.mark.parametrize(("text", "found", "why"), NAMES)
def test_names(text: str, found: list[tuple[str, str]], why: str) -> None:
    assert names("ja", text) == found, why


@pytest.mark.parametrize(("text", "found", "why"), DATES)
def test_dates(text: str, found: list[tuple[int | None, int, int]], why: str) -> None:
    assert dates("ja", text) == found, why


def test_tokens() -> None:
    assert tokens("ja", "米国") == ["米", "国"]


def test_label_words() -> None:
    labels = languages.find("ja").labels
    assert ("問" in labels.question, "答" in labels.answer, "記者" in labels.reporter) == (True, True, True)


def test_it_is_recognised() -> None:
    assert detected(TEXTS) == ["ja"] * len(TEXTS)
