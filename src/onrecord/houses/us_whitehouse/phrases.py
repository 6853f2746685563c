"""The tables of the house, read once: furniture, notes, kinds of document, voices and offices."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from onrecord.record import DocumentKind, Role


class Holder(msgspec.Struct, frozen=True, rename={"since": "from", "until": "to"}):
    """Who held an office, ISO days, and the forms of the name, the fullest first."""

    since: str
    until: str
    names: list[str]


class Office(msgspec.Struct, frozen=True):
    """A label that stands for an office: what to call its holder where the page prints no name."""

    labels: list[str]
    speaker: str
    title: str
    role: Role
    holders: list[Holder]


class Phrases(msgspec.Struct, frozen=True):
    """The patterns, compiled, and the labels by the voice they give."""

    furniture: dict[str, re.Pattern[str]]
    note: re.Pattern[str]
    footnote: re.Pattern[str]
    stage: re.Pattern[str]
    kinds: dict[DocumentKind, re.Pattern[str]]
    by: list[re.Pattern[str]]
    spokesperson: re.Pattern[str]
    principal: re.Pattern[str]
    interview: re.Pattern[str]
    managing: re.Pattern[str]
    closing: re.Pattern[str]
    greeting: re.Pattern[str]
    fresh: re.Pattern[str]
    on_a_call: re.Pattern[str]
    voices: dict[str, str]
    official_ends: tuple[str, ...]
    offices: dict[str, Office]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.I | re.S)


@cache
def phrases() -> Phrases:
    """The tables."""
    told, voices = _read("phrases.toml"), _read("voices.toml")
    offices = [msgspec.convert(one, Office) for one in voices.pop("office")]
    return Phrases(
        furniture={name: _any(patterns) for name, patterns in told["furniture"].items()},
        note=_any(told["note"]["patterns"]),
        footnote=_any(told["note"]["footnotes"]),
        stage=_any(told["stage"]["patterns"]),
        kinds={kind: _any(patterns) for kind, patterns in told["kinds"].items()},
        by=[re.compile(pattern, re.I) for pattern in told["titles"]["by"]],
        spokesperson=re.compile(told["titles"]["spokesperson"], re.I),
        principal=re.compile(told["titles"]["principal"], re.I),
        interview=re.compile(told["titles"]["interview"], re.I),
        managing=_any(told["managing"]["sentences"]),
        closing=_any(told["managing"]["closing"]),
        fresh=re.compile(told["managing"]["fresh"], re.I),
        on_a_call=re.compile(told["managing"]["on_a_call"], re.I),
        greeting=_any(told["managing"]["greeting"]),
        voices={label: voice for voice, table in voices.items() for label in table["labels"]},
        official_ends=tuple(voices["official"]["ends"]),
        offices={label: office for office in offices for label in office.labels},
    )


def furniture_of(words: str) -> str | None:
    """The name of the furniture that a paragraph is, or None."""
    if len(words) > 300:
        return None
    return next((name for name, pattern in phrases().furniture.items() if pattern.fullmatch(words)), None)
