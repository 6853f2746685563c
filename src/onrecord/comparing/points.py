"""The points of an account: its clauses and the items of its lists, each with who says it and what it is about.

A sentence is divided at semicolons and colons, at commas, and before the words that open a clause in its language; parts of too
few words stay with their neighbour.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from onrecord import languages
from onrecord.annotation_types import Act, Mention
from onrecord.comparing.units import Unit, units
from onrecord.languages.base import Language
from onrecord.lexicon.tables import read_toml
from onrecord.record import Document, Turn

_TABLE = Path(__file__).with_name("clauses.toml")
#: The kinds of mentions that are names.
_NAMED = ("country", "territory", "organisation", "person", "place")


class Point(NamedTuple):
    """A clause ``[start, end)`` of an account: its units, the number of its sentence, and who says it.

    ``voices`` are codes of the parties that speak or act in it; several are a joint statement, none is unknown. ``issues``,
    ``names`` and ``numbers`` are what it is about; ``acts`` are the types of its acts, ``turn`` is the number of its turn.
    ``aside`` marks what a spokesperson adds or a reporter asks: it is no part of the account, and its absence elsewhere says
    nothing.
    """

    start: int
    end: int
    sentence: int
    units: tuple[Unit, ...]
    voices: frozenset[str]
    issues: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    acts: frozenset[str]
    turn: int
    aside: bool = False


class _Clauses(msgspec.Struct, forbid_unknown_fields=True):
    """How clauses are told: marks, the words that open one by language, and the fewest units of a part."""

    marks: str
    fewest_letters: int
    fewest_characters: int
    openings: dict[str, list[str]]
    conditions: dict[str, list[str]]
    talk: dict[str, list[str]]


@cache
def _table() -> _Clauses:
    return read_toml(_TABLE, _Clauses)


@cache
def _cuts(language: str) -> re.Pattern[str]:
    """Where a sentence may be divided: after a mark, or before a word that opens a clause."""
    table = _table()
    words = sorted(table.openings.get(language, []), key=len, reverse=True)
    marks = f"(?<=[{re.escape(table.marks)}])(?![\\d])"
    opening = rf"|(?<=\s)(?=(?:{'|'.join(map(re.escape, words))})\b)" if words else ""
    return re.compile(marks + opening, re.I)


def said_words(text: str, language: str, what: str) -> list[str]:
    """The words of a table (``conditions``, ``talk``) that occur in a text, in order; an ellipsis stands for up to 12 letters."""
    found = []
    for words in getattr(_table(), what).get(language, []):
        edge = r"\b" if words.isascii() else ""
        pattern = edge + re.escape(words).replace("…", ".{0,12}?") + edge
        if match := re.search(pattern, text, re.I):
            found.append((match.start(), match.group()))
    return [words for _, words in sorted(found)]


def clauses(text: str, language: str) -> list[tuple[int, int]]:
    """The spans of the clauses of one sentence, without white space and marks around them."""
    table = _table()
    found: list[tuple[int, int]] = []
    start = 0
    for end in [*(match.start() for match in _cuts(language).finditer(text)), len(text)]:
        part = text[start:end]
        letters = sum(character.isalpha() for character in part)
        wide = sum("\u3400" <= character <= "\u9fff" for character in part)
        if (letters >= table.fewest_letters or wide >= table.fewest_characters) or end == len(text):
            if end == len(text) and found and letters < table.fewest_letters and wide < table.fewest_characters:
                start = found.pop()[0]
            found.append((start, end))
            start = end
    return [span for span in (_trimmed(text, *span) for span in found) if span[0] < span[1]]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not text[start].isalnum() and text[start] not in "“\"'‘「『《（(":
        start += 1
    while start < end and not text[end - 1].isalnum() and text[end - 1] not in "”\"'’」』》）)%":
        end -= 1
    return start, end


def points(document: Document) -> list[Point]:
    """The points of an annotated document, in order."""
    found: list[Point] = []
    sentence = 0
    language = languages.find(document.language)
    for number, turn in enumerate(document.turns):
        voices: frozenset[str] = frozenset()
        for start, end in language.split_sentences(turn.text):
            first, last = turn.start + start, turn.start + end
            voices = _voices(document, turn, first, last) or voices
            for begin, stop in clauses(document.text[first:last], language.code):
                if _is_date(document.text[first + begin : first + stop], language):
                    continue
                found.append(_point(document, number, (first + begin, first + stop), sentence, voices))
            sentence += 1
    return found


def _point(document: Document, number: int, span: tuple[int, int], sentence: int, voices: frozenset[str]) -> Point:
    start, end = span
    turn = document.turns[number]
    inside = list(_within(document.mentions, start, end))
    said = tuple(units(document.text[start:end], start))
    acts = [act for act in document.acts if act.trigger.start < end and start < act.trigger.end]
    own = frozenset(code for act in acts for code in act.actors)
    return Point(
        start=start,
        end=end,
        sentence=sentence,
        units=said,
        voices=own or voices,
        issues=frozenset(one.id for one in inside if one.kind == "issue" and one.id),
        names=frozenset(one.id for one in inside if one.id and one.kind in _NAMED),
        numbers=frozenset(unit.key for unit in said if unit.key[0] == "#"),
        acts=frozenset(act.type for act in acts),
        turn=number,
        aside=_is_aside(turn),
    )


def _is_date(text: str, language: Language) -> bool:
    """Whether a text is nothing but a date or a number, as it stands above many accounts."""
    keys = [unit.key for unit in units(text)]
    telling = [key for key in keys if not any(map(str.isdigit, key)) and key not in language.function_words]
    return len(telling) < len(keys) and len(telling) <= 1 and any(map(str.isdigit, text))


def _is_aside(turn: Turn) -> bool:
    """Whether a turn is a question, a note, or a spokesperson's remark. An account without a speaker is its issuer's."""
    spoken = turn.role == "spokesperson" and turn.speaker is not None
    return turn.kind in ("question", "note") or turn.role == "reporter" or spoken


def _within(mentions: Sequence[Mention], start: int, end: int) -> Iterator[Mention]:
    first = bisect_left(mentions, start, key=lambda one: one.start)
    last = bisect_right(mentions, end, key=lambda one: one.start)
    return (one for one in mentions[first:last] if one.end <= end)


def _voices(document: Document, turn: Turn, start: int, end: int) -> frozenset[str]:
    """Who speaks in a sentence: the actors of its first act, else the first person or reference to parties in it."""
    acts: list[Act] = sorted(
        (act for act in document.acts if start <= act.trigger.start < end), key=lambda act: act.trigger.start
    )
    for act in acts:
        if act.actors:
            return frozenset(act.actors)
    for one in _within(document.mentions, start, end):
        if one.kind in ("person", "office", "reference") and one.codes:
            return frozenset(one.codes)
    return frozenset()
