"""The tables of the house, read once: ``phrases.toml`` as compiled patterns, ``spokespersons.csv`` as names."""

from __future__ import annotations

import csv
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

_HERE = Path(__file__).parent


class Phrases(msgspec.Struct, frozen=True, kw_only=True):
    """What the labels, announcements and containers of the house look like. See ``phrases.toml`` for each."""

    names: frozenset[str]
    reporter: re.Pattern[str]
    podium: re.Pattern[str]
    named_podium: re.Pattern[str]
    outlet: re.Pattern[str]
    announces: tuple[re.Pattern[str], ...]
    notes: tuple[re.Pattern[str], ...]
    tells_question: re.Pattern[str]
    topics: tuple[re.Pattern[str], ...]
    closing: tuple[re.Pattern[str], ...]
    titles: tuple[re.Pattern[str], ...]
    furniture: tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]
    zones: dict[str, str]


def _patterns(told: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in told)


def _one_of(told: list[str]) -> re.Pattern[str]:
    """One pattern for the whole of a label; a leading ``(?i)`` of any makes all of them blind to case."""
    return re.compile("|".join(f"(?:{pattern.removeprefix('(?i)')})" for pattern in told), re.I)


@cache
def phrases() -> Phrases:
    """The tables, compiled."""
    told: dict[str, Any] = tomllib.loads((_HERE / "phrases.toml").read_text(encoding="utf-8"))
    with (_HERE / "spokespersons.csv").open(encoding="utf-8", newline="") as rows:
        people = list(csv.DictReader(rows))
    names = [row[column] for row in people for column in ("chinese", "english")]
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return Phrases(
        names=frozenset(names),
        reporter=_one_of(told["labels"]["reporter"]),
        podium=_one_of(told["labels"]["podium"]),
        named_podium=re.compile(told["labels"]["named_podium"].replace("{names}", alternatives), re.I),
        outlet=re.compile(told["labels"]["outlet"]),
        announces=_patterns(told["after"]["announces"]),
        notes=_patterns(told["after"]["notes"]),
        tells_question=re.compile(told["after"]["tells_question"]),
        topics=_patterns(told["topics"]["notes"]),
        closing=_patterns(told["closing"]["patterns"]),
        titles=_patterns(told["speech"]["titles"]),
        furniture=tuple((name, _patterns(patterns)) for name, patterns in told["furniture"].items()),
        zones={container: zone for zone, containers in told["zones"].items() for container in containers},
    )
