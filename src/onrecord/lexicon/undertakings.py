"""Words of undertakings: what is a thing to be done, by what it is done, what shows that it was; from ``undertakings.toml``.

Lists of words are written in one string, divided by white space, words that belong together in quotation marks. Everything is
checked when it is loaded; a wrong entry raises LexiconError with its place.
"""

from __future__ import annotations

import re
import shlex
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from onrecord.errors import LexiconError
from onrecord.languages.inflection import inflect
from onrecord.languages.phrases import Phrases
from onrecord.lexicon.tables import read_toml
from onrecord.lexicon.world import display_names

_TABLE = Path(__file__).with_name("undertakings.toml")


class _English(msgspec.Struct, forbid_unknown_fields=True):
    doing: str
    nouns_too: str
    not_doing: str
    things: str
    views: str
    ways: str
    agreements: str
    not_agreements: str
    giving: str
    aid: str
    attitudes: list[str]
    concluded: list[str]
    supposing: str
    matters: str
    housekeeping: list[str]


class _Chinese(msgspec.Struct, forbid_unknown_fields=True):
    doing: str
    not_doing: str
    matters: list[str]
    governing: list[str]
    agreed: list[str]
    discussed: list[str]
    offered: list[str]
    views: list[str]
    agreements: list[str]
    aid: list[str]
    supposing: list[str]
    housekeeping: list[str]
    attitudes: list[str]


class _Mechanism(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    en: list[str]
    zh: list[str]


class _Field(msgspec.Struct, forbid_unknown_fields=True):
    issue: str
    en: list[str]
    zh: list[str]


class _Done(msgspec.Struct, forbid_unknown_fields=True):
    en: list[str]
    zh: list[str]
    not_yet: list[str]


class _Table(msgspec.Struct, forbid_unknown_fields=True):
    english: _English
    chinese: _Chinese
    mechanism: list[_Mechanism]
    field: list[_Field]
    done: _Done


class EnglishWords(NamedTuple):
    """The English lists. ``doing`` are base forms, ``doings`` their forms in -ing."""

    doing: frozenset[str]
    doings: frozenset[str]
    nouns_too: frozenset[str]
    not_doing: frozenset[str]
    things: re.Pattern[str]
    views: frozenset[str]
    ways: re.Pattern[str]
    agreements: re.Pattern[str]
    not_agreements: re.Pattern[str]
    giving: frozenset[str]
    aid: re.Pattern[str]
    attitudes: re.Pattern[str]
    concluded: re.Pattern[str]
    supposing: re.Pattern[str]
    matters: re.Pattern[str]
    housekeeping: re.Pattern[str]


class ChineseWords(NamedTuple):
    """The Chinese lists, as patterns."""

    doing: re.Pattern[str]
    not_doing: re.Pattern[str]
    matters: re.Pattern[str]
    governing: re.Pattern[str]
    agreed: re.Pattern[str]
    discussed: re.Pattern[str]
    offered: re.Pattern[str]
    views: re.Pattern[str]
    agreements: re.Pattern[str]
    aid: re.Pattern[str]
    supposing: re.Pattern[str]
    housekeeping: re.Pattern[str]
    attitudes: re.Pattern[str]


class Kind(NamedTuple):
    """A kind of mechanism or a field, with the pattern of its words."""

    id: str
    pattern: re.Pattern[str]


class DoneWords(NamedTuple):
    """Words that it came about, and those close before them that it did not."""

    en: Phrases
    zh: Phrases
    not_yet: re.Pattern[str]


def load(path: Path = _TABLE) -> _Table:
    """Read and check the table. Raises LexiconError naming the file and what is wrong."""
    table = read_toml(path, _Table)
    known = display_names("en")
    for field in table.field:
        if field.issue not in known:
            raise LexiconError(f"{field.issue!r} is no issue of issues.csv", where=f"{path.name}, field")
    ids = [one.id for one in table.mechanism]
    if len(ids) != len(set(ids)):
        raise LexiconError("the id of a mechanism stands twice", where=path.name)
    kinds = [one.en + one.zh for one in table.mechanism] + [one.en + one.zh for one in table.field]
    for words in [*kinds, table.done.en, table.done.zh]:
        if not words or not all(word.strip() for word in words):
            raise LexiconError("an empty list, or an empty word in one", where=path.name)
    return table


@cache
def _table() -> _Table:
    return load()


def _split(words: str) -> list[str]:
    return shlex.split(words)


def _english(words: list[str]) -> re.Pattern[str]:
    some = sorted(words, key=len, reverse=True)
    return re.compile(
        r"\b(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in some) + r")\b", re.IGNORECASE
    )


def _patterns(patterns: list[str]) -> re.Pattern[str]:
    try:
        return re.compile("|".join(patterns), re.IGNORECASE)
    except re.error as error:
        raise LexiconError(f"no pattern: {error}", where=_TABLE.name) from None


def _chinese(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


@cache
def english() -> EnglishWords:
    """The English lists, made once."""
    lists = _table().english
    doing = _split(lists.doing)
    return EnglishWords(
        doing=frozenset(doing), doings=frozenset(one.word for verb in doing for one in inflect(verb) if one.form == "ing"),
        nouns_too=frozenset(_split(lists.nouns_too)), not_doing=frozenset(_split(lists.not_doing)),
        things=_english(_split(lists.things)),
        views=frozenset(_split(lists.views)), ways=_english(_split(lists.ways)), agreements=_english(_split(lists.agreements)),
        not_agreements=_english(_split(lists.not_agreements)),
        giving=frozenset(_split(lists.giving)), aid=_english(_split(lists.aid)),
        attitudes=_patterns(lists.attitudes), concluded=_patterns(lists.concluded), supposing=_english(_split(lists.supposing)),
        matters=re.compile(_english(_split(lists.matters)).pattern + r"\s*$", re.IGNORECASE),
        housekeeping=_patterns(lists.housekeeping),
    )  # fmt: skip


@cache
def chinese() -> ChineseWords:
    """The Chinese lists, made once."""
    lists = _table().chinese
    return ChineseWords(
        doing=_chinese(_split(lists.doing)), not_doing=_chinese(_split(lists.not_doing)),
        **{name: _chinese(getattr(lists, name)) for name in ChineseWords._fields[2:]},
    )  # fmt: skip


@cache
def mechanisms(language: str) -> tuple[Kind, ...]:
    """The kinds of mechanisms, those that say most of how a thing is done first."""
    if language == "en":
        return tuple(Kind(one.id, _english(one.en)) for one in _table().mechanism)
    return tuple(Kind(one.id, _chinese(one.zh)) for one in _table().mechanism)


@cache
def fields(language: str) -> tuple[Kind, ...]:
    """The plain nouns that name an issue where fields of cooperation are listed."""
    if language == "en":
        return tuple(Kind(one.issue, _english(one.en)) for one in _table().field)
    return tuple(Kind(one.issue, _chinese(one.zh)) for one in _table().field)


@cache
def done() -> DoneWords:
    """Words that it came about."""
    lists = _table().done
    return DoneWords(
        Phrases(lists.en, _english(lists.en)),
        Phrases(lists.zh, _chinese(lists.zh), cased=True),
        _patterns([re.escape(word) for word in lists.not_yet]),
    )
