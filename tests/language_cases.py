"""What every test of a language without rules asks of it; the tables of cases are in ``test_language_CODE.py``, all invented."""

from __future__ import annotations

from collections.abc import Iterable

import onrecord
from onrecord import languages
from onrecord.languages.detection import detect
from onrecord.record import Document, Heading, Turn


def sentences(code: str, text: str) -> list[str]:
    """The sentences of a text."""
    return [text[start:end] for start, end in languages.find(code).split_sentences(text)]


def names(code: str, text: str) -> list[tuple[str, str]]:
    """The names in a text as the whole program finds them: the words, and the id or the state meant."""
    heading = Heading(id="d", title="", date="2024-03-06", issuer="plain", house="plain", kind="statement",
                      language=code, text=text, capture="sha256:" + "0" * 64)  # fmt: skip
    document = Document(heading=heading, turns=(Turn(id="a", kind="statement", start=0, end=len(text)),))
    return [(one.name, one.id or "") for one in onrecord.annotate(document).mentions]


def dates(code: str, text: str) -> list[tuple[int | None, int, int]]:
    """The dates printed in a text: year, month, day."""
    return [(one.year, one.month, one.day) for one in languages.find(code).calendar_dates.find(text)]


def tokens(code: str, text: str) -> list[str]:
    """The words that are searched."""
    return [one.word for one in languages.find(code).tokenize(text)]


def detected(texts: Iterable[str]) -> list[str]:
    """The languages of texts."""
    return [detect(text) for text in texts]
