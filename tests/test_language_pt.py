"""Portuguese, a language without rules: sentences, tokens, names, dates, label words, and that it is recognised. Invented."""

from __future__ import annotations

import pytest

from language_cases import dates, detected, names, sentences, tokens
from onrecord import languages

SENTENCES = [
    ("O Sr. Silva chegou. Falará hoje.", ["O Sr. Silva chegou.", "Falará hoje."], "an abbreviation"),
    ("A Dra. Souza e o Exmo. Ministro. Sim.", ["A Dra. Souza e o Exmo. Ministro.", "Sim."], "abbreviations of address"),
    ("Virá? Sim! Obrigado.", ["Virá?", "Sim!", "Obrigado."], "other signs"),
    ("O valor caiu 3,5%. É bom.", ["O valor caiu 3,5%.", "É bom."], "a capital with an accent begins one"),
]
NAMES = [
    (
        "O Brasil e a China em Pequim.",
        [("Brasil", "BRA"), ("China", "CHN"), ("Pequim", "beijing")],
        "states and a capital",
    ),
    ("Os Estados Unidos e o Mercosul.", [("Estados Unidos", "USA"), ("Mercosul", "MERCOSUR")], "an organisation"),
    ("empresas chinesas", [("chinesas", "CHN")], "an adjective"),
    ("o peru de Natal", [], "a turkey, not Peru"),
    ("a ONU", [("ONU", "UN")], "a short name"),
]
DATES = [
    ("6 de março de 2024", [(2024, 3, 6)], "with a year"),
    ("1º de maio", [(None, 5, 1)], "an ordinal, no year"),
    ("12 de SETEMBRO de 2023", [(2023, 9, 12)], "in capitals"),
    ("3 de dez de 2020", [(2020, 12, 3)], "shortened"),
    ("06/03/2024", [(2024, 3, 6)], "in digits"),
    ("6 de 13 de 2024", [], "no month"),
]
TEXTS = [
    "As duas partes decidiram que vão manter contato próximo.",
    "Eu quero agradecer a presença de todos vocês nesta reunião.",
]


@pytest.mark.parametrize(("text", "found", "why"), SENTENCES)
def test_sentences(text: str, found: list[str], why: str) -> None:
    assert sentences("pt", text) == found, why


@pytest.mark.parametrize(("text", "found", "why"), NAMES)
def test_names(text: str, found: list[tuple[str, str]], why: str) -> None:
    assert names("pt", text) == found, why


@pytest.mark.parametrize(("text", "found", "why"), DATES)
def test_dates(text: str, found: list[tuple[int | None, int, int]], why: str) -> None:
    assert dates("pt", text) == found, why


def test_tokens() -> None:
    assert tokens("pt", "A relação não é má.") == ["a", "relação", "não", "é", "má"]


def test_label_words() -> None:
    labels = languages.find("pt").labels
    assert ("PERGUNTA" in labels.question, "RESPOSTA" in labels.answer, "JORNALISTA" in labels.reporter) == (
        True,
        True,
        True,
    )


def test_it_is_recognised() -> None:
    assert detected(TEXTS) == ["pt"] * len(TEXTS)
