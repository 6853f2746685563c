"""The Chinese lists of ``undertakings.toml``: verbs of action, subjects that have effects, and words that govern a group."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from onrecord.languages.undertaking_words import (
    Table,
    UndertakingWords,
    any_characters,
    load,
    split_words,
    undertaking_words,
)


class _Lists(msgspec.Struct, forbid_unknown_fields=True):
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


@cache
def _table() -> Table[_Lists]:
    return load(Path(__file__).with_name("undertakings.toml"), Table[_Lists])


@cache
def chinese() -> ChineseWords:
    """The Chinese lists, built once."""
    lists = _table().lists
    return ChineseWords(
        doing=any_characters(split_words(lists.doing)), not_doing=any_characters(split_words(lists.not_doing)),
        **{name: any_characters(getattr(lists, name)) for name in ChineseWords._fields[2:]},
    )  # fmt: skip


@cache
def words() -> UndertakingWords:
    """Mechanisms, fields and words of fulfilment."""
    return undertaking_words(_table(), any_characters, cased=True)
