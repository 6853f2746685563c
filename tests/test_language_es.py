"""Spanish, a language without rules: sentences, tokens, names, dates, label words, and that it is recognised. Invented."""

from __future__ import annotations

import pytest

from language_cases import dates, detected, names, sentences, tokens
from onrecord import languages

SENTENCES = [
    ("El Sr. Pérez llegó ayer. Hablará hoy.", ["El Sr. Pérez llegó ayer.", "Hablará hoy."], "an abbreviation"),
    (
        "Viajó a EE. UU. con el Dr. Gómez. Volvió.",
        ["Viajó a EE. UU. con el Dr. Gómez.", "Volvió."],
        "abbreviations that follow each other",
    ),
    ("¿Vendrá? ¡Claro que sí! Gracias.", ["¿Vendrá?", "¡Claro que sí!", "Gracias."], "signs that open a sentence"),
    (
        "Según el núm. 5 del art. 3. Es claro.",
        ["Según el núm. 5 del art. 3.", "Es claro."],
        "abbreviations in front of a number",
    ),
]
NAMES = [
    (
        "China y Estados Unidos hablaron en Pekín.",
        [("China", "CHN"), ("Estados Unidos", "USA"), ("Pekín", "beijing")],
        "states and a capital",
    ),
    ("Las Naciones Unidas y la OTAN.", [("Naciones Unidas", "UN"), ("OTAN", "NATO")], "organisations"),
    ("El perú no; Perú sí.", [("Perú", "PER")], "a name has its capital letter"),
    ("Una granada estalló en Granada.", [], "a city of Spain, not the island"),
    ("Los japoneses de Japonesia.", [], "no part of a longer word"),
]
DATES = [
    ("el 6 de marzo de 2024", [(2024, 3, 6)], "with a year"),
    ("el 1º de mayo", [(None, 5, 1)], "an ordinal, no year"),
    ("12 de SEPTIEMBRE del 2023", [(2023, 9, 12)], "in capitals, with 'del'"),
    ("3 de setiembre de 2020", [(2020, 9, 3)], "the other spelling"),
    ("06/03/2024", [(2024, 3, 6)], "in digits"),
    ("32 de marzo de 2024", [], "no such day"),
]
TEXTS = ["Agradecemos la presencia de todos ustedes en esta reunión.", "Las dos partes acordaron mantener el contacto."]


@pytest.mark.parametrize(("text", "found", "why"), SENTENCES)
def test_sentences(text: str, found: list[str], why: str) -> None:
    assert sentences("es", text) == found, why


@pytest.mark.parametrize(("text", "found", "why"), NAMES)
def test_names(text: str, found: list[tuple[str, str]], why: str) -> None:
    assert names("es", text) == found, why


@pytest.mark.parametrize(("text", "found", "why"), DATES)
def test_dates(text: str, found: list[tuple[int | None, int, int]], why: str) -> None:
    assert dates("es", text) == found, why


def test_tokens() -> None:
    assert tokens("es", "La relación está bien.") == ["la", "relación", "está", "bien"]


def test_label_words() -> None:
    labels = languages.find("es").labels
    assert ("PREGUNTA" in labels.question, "RESPUESTA" in labels.answer, "PERIODISTA" in labels.reporter) == (
        True,
        True,
        True,
    )


def test_it_is_recognised() -> None:
    assert detected(TEXTS) == ["es"] * len(TEXTS)
