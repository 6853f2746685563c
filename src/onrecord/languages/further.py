"""Label words and months of all languages: those of the packages, and of languages that have none yet (``labels.toml``)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from onrecord import languages
from onrecord.languages.word_tables import Labels

_TABLE = Path(__file__).with_name("labels.toml")


class Further(Labels, frozen=True, forbid_unknown_fields=True):
    """What ``labels.toml`` holds of a language: its labels, and its twelve months, all forms of one in a cell.

    ``ordinal_months`` are names that mean another month in another language, which prints no full stop behind the day.
    """

    months: tuple[str, ...] = ()
    ordinal_months: dict[str, int] = msgspec.field(default_factory=dict)


@cache
def _table() -> dict[str, Further]:
    from onrecord.lexicon.tables import read_toml

    return read_toml(_TABLE, dict[str, Further])


def _without_package() -> list[Further]:
    codes = set(languages.codes())
    return [further for code, further in _table().items() if code not in codes]


@cache
def all_labels() -> tuple[Labels, ...]:
    """The labels of all languages, those with a package first.

    >>> any("Domanda" in labels.question for labels in all_labels())
    True
    """
    return (*(language.labels for language in languages.installed()), *_without_package())


@cache
def further_months() -> dict[str, int]:
    """The months in languages without a package, by name in lower case.

    >>> further_months()["maggio"]
    5
    """
    return {
        name.replace("_", " "): number
        for further in _without_package()
        for number, cell in enumerate(further.months, start=1)
        for name in cell.lower().split()
    }


@cache
def ordinal_months() -> dict[str, int]:
    """The months whose names mean another one elsewhere, and that this one is told by a full stop behind the day.

    >>> ordinal_months()["listopada"], further_months()["listopada"]
    (10, 11)
    """
    return {name: number for further in _without_package() for name, number in further.ordinal_months.items()}


__all__ = ["Further", "all_labels", "further_months", "ordinal_months"]
