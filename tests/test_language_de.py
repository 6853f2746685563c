"""German, a language without rules: sentences, tokens, names, dates, label words, and that it is recognised. Invented."""

from __future__ import annotations

import pytest

from language_cases import dates, detected, names, sentences, tokens
from onrecord import languages

SENTENCES = [
    ("Hr. Meier kam gestern. Er spricht heute.", ["Hr. Meier kam gestern.", "Er spricht heute."], "an abbreviation"),
    (
        "Am 6. März reist sie ab. Danach nicht.",
        ["Am 6. März reist sie ab.", "Danach nicht."],
        "the full stop of a date",
    ),
    (
        "Das gilt z.B. Berlin und u.a. Bonn. Gut.",
        ["Das gilt z.B. Berlin und u.a. Bonn.", "Gut."],
        "abbreviations with full stops inside",
    ),
    ("Siehe Nr. 5 und Abs. 2. Danke!", ["Siehe Nr. 5 und Abs. 2.", "Danke!"], "abbreviations in front of a number"),
]
NAMES = [
    (
        "China und die Vereinigten Staaten in Peking.",
        [("China", "CHN"), ("Vereinigten Staaten", "USA"), ("Peking", "beijing")],
        "states and a capital",
    ),
    ("Deutschlands Haltung zu Frankreichs Plan.", [("Deutschlands", "DEU"), ("Frankreichs", "FRA")], "the genitive"),
    ("Die chinesische Regierung.", [("chinesische", "CHN")], "an adjective"),
    (
        "die Europäische Union und die Vereinten Nationen",
        [("Europäische Union", "EU"), ("Vereinten Nationen", "UN")],
        "organisations",
    ),
    ("Das Chinageschäft wächst.", [], "no part of a longer word"),
]
DATES = [
    ("am 6. März 2024", [(2024, 3, 6)], "with a year"),
    ("der 1. Mai", [(None, 5, 1)], "no year"),
    ("3. Jänner 2021", [(2021, 1, 3)], "the Austrian name"),
    ("12. SEPT. 2023", [(2023, 9, 12)], "shortened, in capitals"),
    ("6.3.2024", [(2024, 3, 6)], "in digits"),
    ("40. März 2024", [], "no such day"),
]
TEXTS = [
    "Die beiden Seiten vereinbarten, in engem Kontakt zu bleiben.",
    "Ich danke Ihnen für die Einladung und freue mich auf das Gespräch.",
]


@pytest.mark.parametrize(("text", "found", "why"), SENTENCES)
def test_sentences(text: str, found: list[str], why: str) -> None:
    assert sentences("de", text) == found, why


@pytest.mark.parametrize(("text", "found", "why"), NAMES)
def test_names(text: str, found: list[tuple[str, str]], why: str) -> None:
    assert names("de", text) == found, why


@pytest.mark.parametrize(("text", "found", "why"), DATES)
def test_dates(text: str, found: list[tuple[int | None, int, int]], why: str) -> None:
    assert dates("de", text) == found, why


def test_tokens() -> None:
    assert tokens("de", "Die Große Straße") == ["die", "große", "straße"]


def test_label_words() -> None:
    labels = languages.find("de").labels
    assert ("FRAGE" in labels.question, "ANTWORT" in labels.answer, "JOURNALIST" in labels.reporter) == (
        True,
        True,
        True,
    )


def test_it_is_recognised() -> None:
    assert detected(TEXTS) == ["de"] * len(TEXTS)
