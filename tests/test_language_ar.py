"""Arabic, a language without rules: sentences, tokens, names, dates, label words, and that it is recognised. Invented."""

from __future__ import annotations

import pytest

from language_cases import dates, detected, names, sentences, tokens
from onrecord import languages

SENTENCES = [
    ("وصل الوزير اليوم. سيتحدث غدا.", ["وصل الوزير اليوم.", "سيتحدث غدا."], "a letter without case begins one"),
    ("هل ستشارك؟ نعم.", ["هل ستشارك؟", "نعم."], "the Arabic question mark"),
    ("قال د. أحمد ذلك. شكرا.", ["قال د. أحمد ذلك.", "شكرا."], "an abbreviation"),
]
NAMES = [
    (
        "التقى وزيرا الصين وروسيا في بكين.",
        [("الصين", "CHN"), ("وروسيا", "RUS"), ("بكين", "beijing")],
        "'and' is written with the word",
    ),
    ("قدم الطلب للصين وبالأردن", [("للصين", "CHN"), ("وبالأردن", "JOR")], "'to' and 'in' are too"),
    ("الأمم المتحدة والاتحاد الأوروبي", [("الأمم المتحدة", "UN"), ("والاتحاد الأوروبي", "EU")], "organisations"),
    ("الدعم المالي", [], "financial, not Mali"),
    ("بيان عن القدس", [], "a city that is named for itself"),
]
DATES = [
    ("6 مارس 2024", [(2024, 3, 6)], "with a year"),
    ("٦ مارس ٢٠٢٤", [(2024, 3, 6)], "Arabic-Indic digits"),
    ("6 آذار 2024", [(2024, 3, 6)], "the Levantine name"),
    ("3 كانون الثاني 2021", [(2021, 1, 3)], "a name of two words"),
    ("25 يناير", [(None, 1, 25)], "no year"),
    ("6 مارس عام 2024", [(2024, 3, 6)], "the word for year"),
    ("40 مارس 2024", [], "no such day"),
]
TEXTS = ["اتفق الجانبان على مواصلة التواصل الوثيق بينهما.", "أكد الوزير خلال اللقاء على أهمية العلاقات بين البلدين."]


@pytest.mark.parametrize(("text", "found", "why"), SENTENCES)
def test_sentences(text: str, found: list[str], why: str) -> None:
    assert sentences("ar", text) == found, why


@pytest.mark.parametrize(("text", "found", "why"), NAMES)
def test_names(text: str, found: list[tuple[str, str]], why: str) -> None:
    assert names("ar", text) == found, why


@pytest.mark.parametrize(("text", "found", "why"), DATES)
def test_dates(text: str, found: list[tuple[int | None, int, int]], why: str) -> None:
    assert dates("ar", text) == found, why


def test_tokens() -> None:
    assert tokens("ar", "قال الوزير") == ["قال", "الوزير"]


def test_label_words() -> None:
    labels = languages.find("ar").labels
    assert ("سؤال" in labels.question, "جواب" in labels.answer, "صحفي" in labels.reporter) == (True, True, True)


def test_it_is_recognised() -> None:
    assert detected(TEXTS) == ["ar"] * len(TEXTS)
