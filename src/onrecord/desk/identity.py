"""Which document a page belongs to: by its address, an alias or the id of a feed, and by how much its words are alike.

An address alone does not say it: an issuer may put next year's statement where this year's stood. So the page must be like
the document in title, day and words; below :data:`ALIKE` it is another statement at an old address.
"""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from rapidfuzz.distance import Indel
from rapidfuzz.fuzz import ratio

from onrecord.languages.tokens import words
from onrecord.record import Document, fold

#: Below this likeness a page is another statement than the one that stood at its address. Chosen, not measured.
ALIKE = 0.4
#: How much the words, the title and the day count.
_WORDS, _TITLE, _DAY = 0.6, 0.25, 0.15
#: A page is worse than what was read before if it has less than this share of its words or turns …
LEAST = 0.5
#: … where the document had at least so many: below, half of them is a sentence.
_MANY_WORDS, _MANY_TURNS = 40, 4


class Likeness(NamedTuple):
    """How much two documents are alike, from 0 to 1: in all, and in words alone; and the share of the words that is left."""

    whole: float
    words: float
    left: float


def likeness(before: Document, after: Document) -> Likeness:
    """How much the second document is like the first: words in their order, title, and day."""
    old, new = words(before.text), words(after.text)
    said = _likeness_of(old, new)
    title = ratio(fold(before.title).casefold(), fold(after.title).casefold()) / 100
    day = 0.5 if before.date is None or after.date is None else float(before.date == after.date)
    whole = _WORDS * said + _TITLE * title + _DAY * day
    return Likeness(whole, said, len(new) / max(1, len(old)))


def _likeness_of(old: list[str], new: list[str]) -> float:
    if old == new:
        return 1.0
    numbers: dict[str, int] = {}
    one, other = (
        "".join(chr(0x10000 + numbers.setdefault(word, len(numbers))) for word in said) for said in (old, new)
    )
    return float(Indel.normalized_similarity(one, other))


def doubt_of(before: Document, after: Document, *, breaks_off: bool = False) -> str | None:
    """Why a page may be worse than what was read before: it breaks off, or half of its words or turns are gone."""
    old, new = len(words(before.text)), len(words(after.text))
    if breaks_off and new < old:
        return f"the page breaks off: {new:,} of {old:,} words are left"
    if old >= _MANY_WORDS and new < LEAST * old:
        return f"{new:,} of {old:,} words are left"
    spoken, left = (sum(turn.kind != "note" for turn in one.turns) for one in (before, after))
    if spoken >= _MANY_TURNS and left < LEAST * spoken:
        return f"{left} of {spoken} turns are left"
    return None


def documents_at(record: sqlite3.Connection, address: str) -> list[str]:
    """The ids of the documents that stood or stand at an address, under any alias, the last one added first."""
    query = (
        "SELECT id FROM document WHERE id IN (SELECT id FROM document WHERE address = ?1 "
        "UNION SELECT document FROM alias WHERE address = ?1) ORDER BY added DESC, rowid DESC"
    )
    return [row[0] for row in record.execute(query, (address,))]


def add_alias(record: sqlite3.Connection, address: str, document: str, how: str, since: str) -> None:
    """Record another address of a document (``how`` it is known: redirect, canonical, guid, listed)."""
    record.execute(
        "INSERT OR IGNORE INTO alias (address, document, how, since) VALUES (?, ?, ?, ?)",
        (address, document, how, since),
    )


def aliases_of(record: sqlite3.Connection, document: str) -> list[tuple[str, str]]:
    """The other addresses of a document, each with how it is known."""
    query = "SELECT address, how FROM alias WHERE document = ? ORDER BY since, address"
    return [(row[0], row[1]) for row in record.execute(query, (document,))]
