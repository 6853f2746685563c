"""Words that blame: a clause that tells another's conduct in them accuses, whatever its verb. The table is ``blame.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from onrecord.errors import LexiconError

_TABLE = Path(__file__).with_name("blame.toml")


@cache
def blaming(language: str) -> re.Pattern[str]:
    """What finds the words of blame of ``en`` or ``zh`` in a text. Raises LexiconError where the table is wrong."""
    words = tomllib.loads(_TABLE.read_text(encoding="utf-8")).get(language)
    if not words or not all(isinstance(word, str) and word.strip("* ") for word in words):
        raise LexiconError(f"{language!r} is a list of words", where=_TABLE.name)
    if language == "zh":
        return re.compile("|".join(re.escape(word) for word in words))
    stems = (
        re.escape(word.rstrip("*")).replace(r"\ ", r"\s+") + (r"\w*" if word.endswith("*") else "") for word in words
    )
    return re.compile(rf"\b(?:{'|'.join(stems)})\b", re.IGNORECASE)
