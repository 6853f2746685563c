"""Nouns that express a stance of whoever has it: support, concern, commitment; the table ``languages/en/stance_nouns.csv``."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, cast

from onrecord.annotation_types import PLOVER, ActType
from onrecord.lexicon.tables import SOME, rows

_TABLE = Path(__file__).parents[1] / "stance_nouns.csv"
_COLUMNS = {
    "noun": ("[a-z]+", "one word"), "type": ("|".join(PLOVER), "a type of act"),
    "before": ("[a-z]+(?:/[a-z]+)*", "prepositions divided by /"), "firm": ("yes|no", "yes or no"),
    "example": SOME, "reason": SOME,
}  # fmt: skip


class Stance(NamedTuple):
    """What a noun expresses, the prepositions that make it that, and whether an adjective must say how firmly."""

    type: ActType
    before: frozenset[str]
    firm: bool


STANCES = {
    row["noun"]: Stance(cast(ActType, row["type"]), frozenset(row["before"].split("/")), row["firm"] == "yes")
    for _, row in rows(_TABLE, _COLUMNS)
}
