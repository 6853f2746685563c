"""Korean, a language without rules: sentences, tokens, names, dates, label words, and that it is recognised. Invented."""

from __future__ import annotations

import pytest

from language_cases import dates, detected, names, sentences, tokens
from onrecord import languages

SENTENCES = [
    (
        "양측은 협의했다. 내일 다시 만난다.",
        ["양측은 협의했다.", "내일 다시 만난다."],
        "a letter without case begins one",
    ),
    ("정말입니까? 그렇습니다.", ["정말입니까?", "그렇습니다."], "other signs"),
    ("성장률은 3.5%입니다. 감사합니다.", ["성장률은 3.5%입니다.", "감사합니다."], "a point in a number"),
]
NAMES = [
    (
        "중국은 미국과 베이징에서 만났다.",
        [("중국", "CHN"), ("미국", "USA"), ("베이징", "beijing")],
        "particles follow a name",
    ),
    ("인도적 지원을 인도에 보냈다.", [("인도", "IND")], "humanitarian, and India"),
    ("인도네시아와 소말리아", [("인도네시아", "IDN"), ("소말리아", "SOM")], "the longest name"),
    ("평화이란 무엇인가", [], "a particle behind a word, not Iran"),
    ("모든 수단을 동원한다", [], "means, not Sudan"),
    ("유엔과 유럽연합", [("유엔", "UN"), ("유럽연합", "EU")], "organisations"),
]
DATES = [
    ("2024년 3월 6일", [(2024, 3, 6)], "with spaces"),
    ("2024년3월6일", [(2024, 3, 6)], "without"),
    ("3월 6일", [(None, 3, 6)], "no year"),
    ("2024. 3. 6.", [(2024, 3, 6)], "in digits"),
    ("2024년 13월 6일", [], "no month"),
]
TEXTS = ["양측은 앞으로도 긴밀히 소통해 나가기로 하였습니다.", "외교부는 오늘 서울에서 제3차 정책협의회를 개최하였다."]


@pytest.mark.parametrize(("text", "found", "why"), SENTENCES)
def test_sentences(text: str, found: list[str], why: str) -> None:
    assert sentences("ko", text) == found, why


@pytest.mark.parametrize(("text", "found", "why"), NAMES)
def test_names(text: str, found: list[tuple[str, str]], why: str) -> None:
    assert names("ko", text) == found, why


@pytest.mark.parametrize(("text", "found", "why"), DATES)
def test_dates(text: str, found: list[tuple[int | None, int, int]], why: str) -> None:
    assert dates("ko", text) == found, why


def test_tokens() -> None:
    assert tokens("ko", "한국 정부") == ["한국", "정부"]


def test_label_words() -> None:
    labels = languages.find("ko").labels
    assert ("질문" in labels.question, "답변" in labels.answer, "기자" in labels.reporter) == (True, True, True)


def test_it_is_recognised() -> None:
    assert detected(TEXTS) == ["ko"] * len(TEXTS)
