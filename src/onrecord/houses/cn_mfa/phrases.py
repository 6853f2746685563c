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
#: The zones that hold what a page is read for, wherever they stand.
_HELD = ("article", "old_article", "title", "related")


class Phrases(msgspec.Struct, frozen=True, kw_only=True):
    """What the labels, announcements and containers of the house look like. See ``phrases.toml`` for each."""

    names: frozenset[str]
    reporter: re.Pattern[str]
    podium: re.Pattern[str]
    named_podium: re.Pattern[str]
    outlet: re.Pattern[str]
    announces: re.Pattern[str]
    notes: re.Pattern[str]
    tells_question: re.Pattern[str]
    topics: re.Pattern[str]
    closing: re.Pattern[str]
    titles: re.Pattern[str]
    furniture: re.Pattern[str]
    zones: dict[str, str]
    passed_over: frozenset[str]
    never_over: frozenset[str]


def _any_of(told: list[str], name: str = "") -> str:
    """One pattern for several, so that a line is matched once; ``(?i)`` at the beginning of one applies to that one only."""
    kept = [
        f"(?i:{pattern.removeprefix('(?i)')})" if pattern.startswith("(?i)") else f"(?:{pattern})" for pattern in told
    ]
    return f"(?{f'P<{name}>' if name else ':'}{'|'.join(kept)})"


@cache
def house_tables() -> Phrases:
    """The tables, compiled."""
    told: dict[str, Any] = tomllib.loads((_HERE / "phrases.toml").read_text(encoding="utf-8"))
    with (_HERE / "spokespersons.csv").open(encoding="utf-8", newline="") as rows:
        people = list(csv.DictReader(rows))
    names = [row[column] for row in people for column in ("chinese", "english")]
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return Phrases(
        names=frozenset(names),
        reporter=re.compile(_any_of(told["labels"]["reporter"])),
        podium=re.compile(_any_of(told["labels"]["podium"])),
        named_podium=re.compile(told["labels"]["named_podium"].replace("{names}", alternatives), re.I),
        outlet=re.compile(told["labels"]["outlet"]),
        announces=re.compile(_any_of(told["after"]["announces"])),
        notes=re.compile(_any_of(told["after"]["notes"])),
        tells_question=re.compile(told["after"]["tells_question"]),
        topics=re.compile(_any_of(told["topics"]["notes"] + told["topics"]["shown"])),
        closing=re.compile(_any_of(told["closing"]["patterns"])),
        titles=re.compile(_any_of(told["speech"]["titles"])),
        furniture=re.compile("|".join(_any_of(patterns, name) for name, patterns in told["furniture"].items())),
        zones={container: zone for zone, containers in told["zones"].items() for container in containers},
        passed_over=frozenset(name for zone in told["passed_over"]["zones"] for name in told["zones"][zone]),
        never_over=frozenset(name for zone in _HELD for name in told["zones"][zone]),
    )


def officials() -> frozenset[str]:
    """The names of those who speak for the ministry."""
    return frozenset(house_tables().names)
