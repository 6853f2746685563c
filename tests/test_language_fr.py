"""French, a language without rules: sentences, tokens, names, dates, label words, and that it is recognised. Invented."""

from __future__ import annotations

import pytest

from language_cases import dates, detected, names, sentences, tokens
from onrecord import languages

SENTENCES = [
    ("M. Dupont est arrivé. Il parlera.", ["M. Dupont est arrivé.", "Il parlera."], "an abbreviation"),
    (
        "Mme Martin et le Dr. Roux, etc. étaient là.",
        ["Mme Martin et le Dr. Roux, etc. étaient là."],
        "a small letter with an accent begins no sentence",
    ),
    ("Viendra-t-il ? Oui.", ["Viendra-t-il ?", "Oui."], "a space before the sign"),
    ("Il a dit : « Non. » Puis il est parti.", ["Il a dit : « Non. » Puis il est parti."], "a quotation inside"),
]
NAMES = [
    (
        "La Chine et les États-Unis se parlent à Londres.",
        [("Chine", "CHN"), ("États-Unis", "USA"), ("Londres", "london")],
        "states and a capital",
    ),
    ("L’Allemagne et l'Italie.", [("Allemagne", "DEU"), ("Italie", "ITA")], "behind an article that is cut short"),
    ("L’Union européenne et l’ONU.", [("Union européenne", "EU"), ("ONU", "UN")], "organisations"),
    ("Maurice et Dominique sont venus.", [], "first names, not Mauritius and Dominica"),
    ("la République de Maurice", [("République de Maurice", "MUS")], "the state by its full name"),
]
DATES = [
    ("le 6 mars 2024", [(2024, 3, 6)], "with a year"),
    ("le 1er août 2020", [(2020, 8, 1)], "the first of a month"),
    ("14 juillet", [(None, 7, 14)], "no year"),
    ("le 3 FÉVRIER 2021", [(2021, 2, 3)], "in capitals"),
    ("le 3 fevrier 2021", [(2021, 2, 3)], "without its accent"),
    ("06/03/2024", [(2024, 3, 6)], "in digits"),
]
TEXTS = [
    "Les deux parties sont convenues de rester en contact étroit.",
    "Je vous remercie, Monsieur le Président, pour votre accueil.",
]


@pytest.mark.parametrize(("text", "found", "why"), SENTENCES)
def test_sentences(text: str, found: list[str], why: str) -> None:
    assert sentences("fr", text) == found, why


@pytest.mark.parametrize(("text", "found", "why"), NAMES)
def test_names(text: str, found: list[tuple[str, str]], why: str) -> None:
    assert names("fr", text) == found, why


@pytest.mark.parametrize(("text", "found", "why"), DATES)
def test_dates(text: str, found: list[tuple[int | None, int, int]], why: str) -> None:
    assert dates("fr", text) == found, why


def test_tokens() -> None:
    assert tokens("fr", "C’est l’été.") == ["c", "est", "l", "été"]


def test_label_words() -> None:
    labels = languages.find("fr").labels
    assert ("QUESTION" in labels.question, "RÉPONSE" in labels.answer, "JOURNALISTE" in labels.reporter) == (
        True,
        True,
        True,
    )


def test_it_is_recognised() -> None:
    assert detected(TEXTS) == ["fr"] * len(TEXTS)
