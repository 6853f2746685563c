"""What is known while a sentence is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.languages.en.acts.subjects import Subject
from onrecord.languages.facts import ActFact

#: Of whom no conduct is blamed by an official: a public, a trade, the world.
UNBLAMED = frozenset(("PEOPLE", "FIRM", "WORLD"))


@dataclass(slots=True)
class Main:
    """The act or word of saying whose complement is being read."""

    end: int
    form: str
    subject: Subject
    perfect: bool
    infinitive: bool
    that: bool
    type: str


@dataclass(slots=True)
class Saying:
    """Whose words follow, and whether they only tell what is thought likely."""

    codes: tuple[str, ...]
    past: bool
    belief: bool


@dataclass(slots=True)
class State:
    """The acts found so far, and what governs the words to come.

    No subject is looked for left of token ``floor``; up to ``cover`` the words belong to an act, up to ``conditional`` to a
    clause that only supposes.
    """

    found: list[ActFact] = field(default_factory=list)
    #: Of each framed act its index, and the token where its complement begins.
    frames: list[tuple[int, int]] = field(default_factory=list)
    floor: int = 0
    main: Main | None = None
    cover: int = 0
    saying: Saying | None = None
    conditional: int = 0
