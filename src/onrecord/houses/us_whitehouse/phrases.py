"""The tables of the house, loaded once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from onrecord.houses.phrases import Phrases
from onrecord.reading.capitals import Voices

phrases = Phrases(__file__, re.I | re.S)


@cache
def voices() -> Voices:
    """The labels that name no person, and the offices that stand for a name."""
    return Voices.of(tomllib.loads((Path(__file__).parent / "voices.toml").read_text(encoding="utf-8")))


def furniture_of(words: str) -> str | None:
    """The name of the furniture that a paragraph is, or None."""
    return phrases.furniture(words)
