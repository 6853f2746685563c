"""Nouns that express a stance of whoever has it: support, concern, commitment."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.annotation_types import ActType


class Stance(NamedTuple):
    """What a noun expresses, the prepositions that make it that, and whether an adjective must say how firmly."""

    type: ActType
    before: frozenset[str]
    firm: bool


_ABOUT = frozenset(("about", "over", "regarding", "at", "with"))
STANCES = {
    "support": Stance("support", frozenset(("for", "to")), True),
    "solidarity": Stance("support", frozenset(("with",)), True),
    "concern": Stance("concern", _ABOUT, True),
    "concerns": Stance("concern", _ABOUT, True),
    "condemnation": Stance("accuse", frozenset(("of",)), False),
    "opposition": Stance("oppose", frozenset(("to",)), True),
    "commitment": Stance("commit", frozenset(("to",)), False),
}
