"""Russian, a language without rules: sentences, tokens, names, dates, label words, and that it is recognised. Invented."""

from __future__ import annotations

import pytest

from language_cases import dates, detected, names, sentences, tokens
from onrecord import languages

SENTENCES = [
    (
        "6 марта 2024 г. министр прибыл. Он выступит.",
        ["6 марта 2024 г. министр прибыл.", "Он выступит."],
        "an abbreviation",
    ),
    (
        "Это стоит 5 тыс. руб. за штуку. Дорого.",
        ["Это стоит 5 тыс. руб. за штуку.", "Дорого."],
        "a small letter begins no sentence",
    ),
    ("И. Иванов и т.д. Всё.", ["И. Иванов и т.д. Всё."], "behind an abbreviation a capital begins none"),
    ("Приедет? Да!", ["Приедет?", "Да!"], "other signs"),
]
NAMES = [
    (
        "Россия и Китай встретились в Пекине.",
        [("Россия", "RUS"), ("Китай", "CHN"), ("Пекине", "beijing")],
        "states and a capital",
    ),
    (
        "с Россией, Китаем и Ираном; в Канаде",
        [("Россией", "RUS"), ("Китаем", "CHN"), ("Ираном", "IRN"), ("Канаде", "CAN")],
        "oblique cases",
    ),
    ("ООН и ЕС", [("ООН", "UN"), ("ЕС", "EU")], "organisations"),
    ("Того требует закон.", [], "a pronoun, not Togo"),
    ("китайскими партнерами", [("китайскими", "CHN")], "an adjective"),
]
DATES = [
    ("6 марта 2024 года", [(2024, 3, 6)], "with a year"),
    ("6 марта 2024 г.", [(2024, 3, 6)], "a shortened word for year"),
    ("9 мая", [(None, 5, 9)], "no year"),
    ("12 СЕНТЯБРЯ 2023", [(2023, 9, 12)], "in capitals"),
    ("06.03.2024", [(2024, 3, 6)], "in digits"),
    ("31 мартабря", [], "no month"),
]
TEXTS = ["Стороны договорились поддерживать тесные контакты.", "Уважаемые коллеги, я рад приветствовать вас в Минске."]


@pytest.mark.parametrize(("text", "found", "why"), SENTENCES)
def test_sentences(text: str, found: list[str], why: str) -> None:
    assert sentences("ru", text) == found, why


@pytest.mark.parametrize(("text", "found", "why"), NAMES)
def test_names(text: str, found: list[tuple[str, str]], why: str) -> None:
    assert names("ru", text) == found, why


@pytest.mark.parametrize(("text", "found", "why"), DATES)
def test_dates(text: str, found: list[tuple[int | None, int, int]], why: str) -> None:
    assert dates("ru", text) == found, why


def test_tokens() -> None:
    assert tokens("ru", "Ёлка и ель") == ["ёлка", "и", "ель"]


def test_label_words() -> None:
    labels = languages.find("ru").labels
    assert ("ВОПРОС" in labels.question, "ОТВЕТ" in labels.answer, "ЖУРНАЛИСТ" in labels.reporter) == (True, True, True)


def test_it_is_recognised() -> None:
    assert detected(TEXTS) == ["ru"] * len(TEXTS)
