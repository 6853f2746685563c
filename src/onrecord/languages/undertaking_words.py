"""Words of undertakings: by what a thing is done, what shows that it was, and lists of a language; ``undertakings.toml``.

Lists of words are written in one string, divided by white space, words that belong together in quotation marks. Everything is
checked when it is loaded; a wrong entry raises LexiconError with its place.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

import msgspec

from onrecord.errors import LexiconError
from onrecord.languages.phrases import Phrases
from onrecord.lexicon.tables import read_toml
from onrecord.lexicon.world import issue_parents, world_rows

_Lists = TypeVar("_Lists")
#: How the words of a list are found in a text: whole words in any case, or any characters.
Words = Callable[[Sequence[str]], re.Pattern[str]]


class _Mechanism(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    words: list[str]


class _Field(msgspec.Struct, forbid_unknown_fields=True):
    issue: str
    words: list[str]


class _Done(msgspec.Struct, forbid_unknown_fields=True):
    words: list[str]
    not_yet: list[str]


class Table(msgspec.Struct, Generic[_Lists], forbid_unknown_fields=True):
    """The table of a language; the shape of its ``lists`` is its own."""

    lists: _Lists
    mechanism: list[_Mechanism]
    field: list[_Field]
    done: _Done


class Kind(NamedTuple):
    """A kind of mechanism or a field, with the pattern of its words."""

    id: str
    pattern: re.Pattern[str]


class UndertakingWords(NamedTuple):
    """What every language has of undertakings.

    ``mechanisms`` are kinds of bodies, talks …, those that say most of how a thing is done first; ``fields`` plain nouns that
    name an issue where fields of cooperation are listed; ``done`` words that it came about, ``not_yet`` words close before them
    that it did not.
    """

    mechanisms: tuple[Kind, ...]
    fields: tuple[Kind, ...]
    done: Phrases
    not_yet: re.Pattern[str]


def load(path: Path, shape: type[Table[_Lists]]) -> Table[_Lists]:
    """Read and check a table. Raises LexiconError naming the file and what is wrong."""
    table = read_toml(path, shape)
    known = {row["id"] for row in world_rows("issues")} | set(issue_parents().values())
    for field in table.field:
        if field.issue not in known:
            raise LexiconError(f"{field.issue!r} is no issue of issues.csv", where=f"{path.name}, field")
    ids = [one.id for one in table.mechanism]
    if len(ids) != len(set(ids)):
        raise LexiconError("the id of a mechanism stands twice", where=path.name)
    kinds = [one.words for one in table.mechanism] + [one.words for one in table.field]
    for words in [*kinds, table.done.words]:
        if not words or not all(word.strip() for word in words):
            raise LexiconError("an empty list, or an empty word in one", where=path.name)
    return table


def undertaking_words(table: Table[_Lists], words: Words, *, cased: bool) -> UndertakingWords:
    """The words of a table, compiled; ``cased`` where letters have one case, so that nothing need be folded."""
    return UndertakingWords(
        mechanisms=tuple(Kind(one.id, words(one.words)) for one in table.mechanism),
        fields=tuple(Kind(one.issue, words(one.words)) for one in table.field),
        done=Phrases(table.done.words, words(table.done.words), cased=cased),
        not_yet=any_pattern([re.escape(word) for word in table.done.not_yet]),
    )


def split_words(words: str) -> list[str]:
    """The words of a list written in one string."""
    return shlex.split(words)


def whole_words(words: Sequence[str]) -> re.Pattern[str]:
    """Words of a language that divides them by spaces, longest first, in any case."""
    some = sorted(words, key=len, reverse=True)
    return re.compile(
        r"\b(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in some) + r")\b", re.IGNORECASE
    )


def any_characters(words: Sequence[str]) -> re.Pattern[str]:
    """Words of a language that does not divide them, longest first."""
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


def any_pattern(patterns: Sequence[str]) -> re.Pattern[str]:
    """Several patterns as one, in any case. Raises LexiconError for what is none."""
    try:
        return re.compile("|".join(patterns), re.IGNORECASE)
    except re.error as error:
        raise LexiconError(f"no pattern: {error}", where="undertakings.toml") from None
