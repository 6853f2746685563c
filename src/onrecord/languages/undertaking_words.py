"""Words of undertakings: mechanisms, fields, words of fulfilment, and further lists of a language; ``undertakings.toml``.

A list is one string of words separated by white space; quotation marks enclose words that belong together. Everything is
checked when loaded; a wrong entry raises LexiconError with its position.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

import msgspec

from onrecord.annotation_types import Strength
from onrecord.errors import LexiconError
from onrecord.languages.phrases import Phrases
from onrecord.lexicon.tables import read_toml
from onrecord.lexicon.world import issue_parents, world_rows

_Lists = TypeVar("_Lists")
#: The strength of the undertaking that an act of this type contains.
STRENGTH_OF_ACT: dict[str, Strength] = {
    "agree": "agreed", "commit": "committed", "offer": "offered", "propose": "proposed", "aid": "promised aid",
}  # fmt: skip
#: How the words of a list match in a text: as whole words in any case, or as characters anywhere.
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
    """The table of a language; each language defines the type of its ``lists``."""

    lists: _Lists
    mechanism: list[_Mechanism]
    field: list[_Field]
    done: _Done


class Kind(NamedTuple):
    """A kind of mechanism, or a field, with the pattern of its words."""

    id: str
    pattern: re.Pattern[str]


class UndertakingWords(NamedTuple):
    """The words of undertakings that every language has.

    ``mechanisms`` are kinds of bodies, talks …, the most informative first; ``fields`` are common nouns that name an issue in
    a list of fields of cooperation; ``any_mechanism`` and ``any_field`` match the words of all of them. ``done`` are words
    saying that the undertaking was fulfilled, ``not_yet`` words shortly before them saying that it was not.
    """

    mechanisms: tuple[Kind, ...]
    fields: tuple[Kind, ...]
    done: Phrases
    not_yet: re.Pattern[str]
    any_mechanism: re.Pattern[str]
    any_field: re.Pattern[str]


def load(path: Path, shape: type[Table[_Lists]]) -> Table[_Lists]:
    """Read and check a table. Raises LexiconError naming the file and the error."""
    table = read_toml(path, shape)
    known = {row["id"] for row in world_rows("issues")} | set(issue_parents().values())
    for field in table.field:
        if field.issue not in known:
            raise LexiconError(f"{field.issue!r} is not an issue in issues.csv", where=f"{path.name}, field")
    ids = [one.id for one in table.mechanism]
    if len(ids) != len(set(ids)):
        raise LexiconError("the id of a mechanism occurs twice", where=path.name)
    kinds = [one.words for one in table.mechanism] + [one.words for one in table.field]
    for words in [*kinds, table.done.words]:
        if not words or not all(word.strip() for word in words):
            raise LexiconError("an empty list, or an empty word in one", where=path.name)
    return table


def undertaking_words(table: Table[_Lists], words: Words, *, cased: bool) -> UndertakingWords:
    """Compile the words of a table; ``cased`` if letters have only one case, so that no folding is needed."""
    return UndertakingWords(
        mechanisms=tuple(Kind(one.id, words(one.words)) for one in table.mechanism),
        fields=tuple(Kind(one.issue, words(one.words)) for one in table.field),
        done=Phrases(table.done.words, words(table.done.words), cased=cased),
        not_yet=any_pattern([re.escape(word) for word in table.done.not_yet]),
        any_mechanism=words([word for one in table.mechanism for word in one.words]),
        any_field=words([word for one in table.field for word in one.words]),
    )


def split_words(words: str) -> list[str]:
    """The words of a list written as one string."""
    return shlex.split(words)


def whole_words(words: Sequence[str]) -> re.Pattern[str]:
    """A pattern of whole words, for a language that separates words with spaces; longest first, in any case."""
    some = sorted(words, key=len, reverse=True)
    return re.compile(
        r"\b(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in some) + r")\b", re.IGNORECASE
    )


def any_characters(words: Sequence[str]) -> re.Pattern[str]:
    """A pattern of words for a language without spaces between words, longest first."""
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


def any_pattern(patterns: Sequence[str]) -> re.Pattern[str]:
    """Join several patterns into one, in any case. Raises LexiconError for an invalid pattern."""
    try:
        return re.compile("|".join(patterns), re.IGNORECASE)
    except re.error as error:
        raise LexiconError(f"invalid pattern: {error}", where="undertakings.toml") from None
