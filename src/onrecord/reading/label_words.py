"""The label words of ``label_words.toml``: who a label is that names nobody, and which words around a name are a rank."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from onrecord import languages
from onrecord.reading.labels import is_rank
from onrecord.reading.transcript import Voice

_VOICES: tuple[Voice, ...] = ("reporter", "podium", "moderator", "operator", "interpreter", "voice")
_NOT_LANGUAGES = ("han", "ranks")


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "label_words.toml").read_text(encoding="utf-8"))


@cache
def _by_language() -> dict[str, dict[str, Any]]:
    """The table by language, and what the labels of installed languages add for those that it lacks."""
    found = {code: table for code, table in _table().items() if code not in _NOT_LANGUAGES}
    for language in languages.installed():
        if language.code not in found:
            printed = language.labels
            by_voice = {
                "reporter": (*printed.question, *printed.reporter),
                "podium": printed.answer,
                "moderator": printed.moderator,
            }
            found[language.code] = {voice: [re.escape(one) for one in labels] for voice, labels in by_voice.items()}
            if printed.outlet_after:
                between = "|".join(re.escape(one) for one in printed.outlet_after)
                found[language.code]["from"] = rf"(?:{between})\s+"
    return found


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = [one for table in _by_language().values() for one in table.get(name, ())]
    return re.compile("|".join(f"(?:{one})" for one in words), re.I)


@cache
def _from() -> re.Pattern[str]:
    asks = _pattern("reporter").pattern
    between = "|".join(table["from"] for table in _by_language().values() if "from" in table)
    return re.compile(rf"(?:{asks})\s+(?:{between})(?P<outlet>.+)", re.I)


@cache
def voice_of(printed: str) -> Voice | None:
    """The voice of a label that names nobody, in any language of the table; None for other words."""
    return next((voice for voice in _VOICES if _pattern(voice).fullmatch(printed)), None)


def outlet_after_question(printed: str) -> str | None:
    """The outlet of "Question from the Arlen Post", or None."""
    match = _from().fullmatch(printed)
    return match["outlet"] if match is not None else None


def is_head(printed: str) -> bool:
    """Whether a label belongs to the head of a page: "Date:", "Place:", "Participants:"."""
    return _pattern("head").fullmatch(printed) is not None


@cache
def _ranks() -> frozenset[str]:
    return frozenset(_table()["ranks"]["words"].split())


def is_title(word: str) -> bool:
    """Whether the word is a rank or title before a name, in any language of the table."""
    return is_rank(word) or word.casefold().rstrip(".") in _ranks()


@cache
def _han(name: str) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(_table()["han"][name]) + ")$")


def han_office(printed: str) -> re.Match[str] | None:
    """The office in which a Chinese or Japanese label ends, or None."""
    return _han("offices").search(printed)


def han_reporter(printed: str) -> re.Match[str] | None:
    """The word for reporter in which a Chinese or Japanese label ends, or None. It may be empty words."""
    match = _han("reporters").search(printed)
    return match if match is not None and match.group() else None
