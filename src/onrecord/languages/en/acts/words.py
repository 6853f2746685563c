"""The lists of words of the table ``languages/en/act_words.toml``, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from onrecord.errors import LexiconError
from onrecord.lexicon.tables import read_toml

_TABLE = Path(__file__).parents[1] / "act_words.toml"


class WordList(msgspec.Struct, forbid_unknown_fields=True):
    """A list of the table, with an invented example of one of its words, and the reason why they are listed."""

    words: str
    example: str
    reason: str


@cache
def word_lists(table: Path = _TABLE) -> dict[str, WordList]:
    """All lists by name. Raises LexiconError naming a list without words, example or reason."""
    lists = read_toml(table, dict[str, WordList])
    for name, one in lists.items():
        if not (one.words.split() and one.example.strip() and one.reason.strip()):
            raise LexiconError(f"the list {name} needs words, an example and a reason", where=str(table))
    return lists


def words_of(name: str) -> frozenset[str]:
    """The words of one list. Raises LexiconError if the table has no list of this name."""
    return frozenset(_listed(name).words.split())


def _listed(name: str) -> WordList:
    try:
        return word_lists()[name]
    except KeyError:
        raise LexiconError(f"there is no list {name}", where=str(_TABLE)) from None


def phrases_of(name: str) -> frozenset[tuple[str, ...]]:
    """The phrases of one list, which commas divide, each in its words. Raises LexiconError as :func:`words_of` does."""
    return frozenset(tuple(phrase.split()) for phrase in " ".join(_listed(name).words.split()).split(","))
