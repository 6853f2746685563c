"""The state of the reader within a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.languages.en.acts.discourse import Subject
from onrecord.languages.facts import ActFact

#: Codes whose conduct an accusation is not about: a public, firms, the world.
UNBLAMED = frozenset(("PEOPLE", "FIRM", "WORLD"))


@dataclass(slots=True)
class Main:
    """The act or verb of saying whose complement is being read."""

    end: int
    form: str
    subject: Subject
    perfect: bool
    infinitive: bool
    that: bool
    type: str


@dataclass(slots=True)
class Saying:
    """The speaker of the words that follow, and whether they are only a belief."""

    codes: tuple[str, ...]
    past: bool
    belief: bool


@dataclass(slots=True)
class State:
    """The acts found so far, and what governs the words to come.

    Subjects are searched no further left than token ``floor``; up to ``cover`` the words belong to an act, up to
    ``conditional`` to a conditional clause.
    """

    found: list[ActFact] = field(default_factory=list)
    #: The index of each framed act, and the token where its complement begins.
    frames: list[tuple[int, int]] = field(default_factory=list)
    floor: int = 0
    main: Main | None = None
    cover: int = 0
    saying: Saying | None = None
    conditional: int = 0
