"""The English lists of ``undertakings.toml``: verbs of action, nouns of actions and of views, words of supposition."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from onrecord.languages.en.inflection import inflect
from onrecord.languages.undertaking_words import (
    Table,
    UndertakingWords,
    any_pattern,
    load,
    split_words,
    undertaking_words,
    whole_words,
)


class _Lists(msgspec.Struct, forbid_unknown_fields=True):
    doing: str
    nouns_too: str
    stances: str
    home_matters: str
    abroad_matters: str
    not_doing: str
    things: str
    views: str
    ways: str
    agreements: str
    not_agreements: str
    giving: str
    aid: str
    no_aid: list[str]
    attitudes: list[str]
    concluded: list[str]
    supposing: str
    matters: str
    housekeeping: list[str]
    bodies: str
    also_doing: str
    effects: str
    starting: str
    ceremony: list[str]
    principles: list[str]
    defensive: list[str]
    regions: list[str]
    at_home: list[str]


class EnglishWords(NamedTuple):
    """The English lists. ``doing`` are base forms, ``doings`` their -ing forms."""

    doing: frozenset[str]
    doings: frozenset[str]
    nouns_too: frozenset[str]
    stances: frozenset[str]
    home_matters: frozenset[str]
    abroad_matters: frozenset[str]
    not_doing: frozenset[str]
    things: re.Pattern[str]
    views: frozenset[str]
    ways: re.Pattern[str]
    agreements: re.Pattern[str]
    not_agreements: re.Pattern[str]
    giving: frozenset[str]
    aid: re.Pattern[str]
    no_aid: re.Pattern[str]
    attitudes: re.Pattern[str]
    concluded: re.Pattern[str]
    supposing: re.Pattern[str]
    matters: re.Pattern[str]
    housekeeping: re.Pattern[str]
    bodies: frozenset[str]
    also_doing: frozenset[str]
    effects: frozenset[str]
    starting: frozenset[str]
    ceremony: re.Pattern[str]
    principles: re.Pattern[str]
    defensive: re.Pattern[str]
    regions: re.Pattern[str]
    at_home: re.Pattern[str]


@cache
def _table() -> Table[_Lists]:
    return load(Path(__file__).with_name("undertakings.toml"), Table[_Lists])


@cache
def english() -> EnglishWords:
    """The English lists, built once."""
    lists = _table().lists
    doing = split_words(lists.doing)
    return EnglishWords(
        doing=frozenset(doing),
        doings=frozenset(one.word for verb in doing for one in inflect(verb) if one.form == "ing"),
        nouns_too=frozenset(split_words(lists.nouns_too)),
        stances=frozenset(split_words(lists.stances)),
        home_matters=frozenset(split_words(lists.home_matters)),
        abroad_matters=frozenset(split_words(lists.abroad_matters)),
        not_doing=frozenset(split_words(lists.not_doing)),
        things=whole_words(split_words(lists.things)),
        views=frozenset(split_words(lists.views)),
        ways=whole_words(split_words(lists.ways)),
        agreements=whole_words(split_words(lists.agreements)),
        not_agreements=whole_words(split_words(lists.not_agreements)),
        giving=frozenset(split_words(lists.giving)),
        aid=whole_words(split_words(lists.aid)),
        no_aid=any_pattern(lists.no_aid),
        attitudes=any_pattern(lists.attitudes),
        concluded=any_pattern(lists.concluded),
        supposing=whole_words(split_words(lists.supposing)),
        matters=re.compile(whole_words(split_words(lists.matters)).pattern + r"\s*$", re.IGNORECASE),
        housekeeping=any_pattern(lists.housekeeping),
        bodies=frozenset(split_words(lists.bodies)),
        also_doing=frozenset(split_words(lists.also_doing)),
        effects=frozenset(split_words(lists.effects)),
        starting=frozenset(split_words(lists.starting)),
        ceremony=any_pattern(lists.ceremony),
        principles=any_pattern(lists.principles),
        defensive=any_pattern(lists.defensive),
        regions=any_pattern(lists.regions),
        at_home=any_pattern(lists.at_home),
    )


@cache
def words() -> UndertakingWords:
    """Mechanisms, fields and words of fulfilment."""
    return undertaking_words(_table(), whole_words, cased=False)
