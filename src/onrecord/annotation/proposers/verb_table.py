"""Verbs of acts and nouns that act for a polity, for a second reader with a parser: ``second_reader.toml``."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple, cast

from onrecord.annotation_types import PLOVER, ActType
from onrecord.errors import LexiconError
from onrecord.languages import find
from onrecord.lexicon.tables import FOLDER, read_toml

_TABLE = FOLDER / "second_reader.toml"


class Verb(NamedTuple):
    """A verb form: the type of act, and the grammatical forms it may be ("put" has three; a Chinese verb has one)."""

    type: ActType
    forms: frozenset[str]


class Verbs(NamedTuple):
    """The table of one language: verbs by each of their forms in lower case, and nouns that act for a polity."""

    verbs: dict[str, Verb]
    bodies: frozenset[str]


def languages() -> tuple[str, ...]:
    """The languages that have a table."""
    return tuple(_tables())


@cache
def verbs(language: str) -> Verbs:
    """The table of a language. Raises LexiconError for an invalid table."""
    table = _tables()[language]
    found: dict[str, Verb] = {}
    for type, words in table["verbs"].items():
        if type not in PLOVER:
            raise LexiconError(f"{type!r} is not a type of act", where=f"{_TABLE.name}, {language}.verbs")
        for lemma in words.split():
            forms: dict[str, set[str]] = {lemma: {"base"}}
            for word, form in find(language).verb_forms(lemma):
                forms.setdefault(word, set()).add(form)
            for word, them in forms.items():
                if word in found:
                    raise LexiconError(f"{word!r} occurs under two types", where=f"{_TABLE.name}, {language}.verbs")
                found[word] = Verb(cast(ActType, type), frozenset(them))
    return Verbs(found, frozenset(table["bodies"].split()))


@cache
def _tables() -> dict[str, Any]:
    return read_toml(_TABLE, dict[str, Any])
