"""Inputs and results of a language's readers: acts in a turn, and undertakings in an act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from onrecord.annotation_types import Act, ActType, Mention, Polarity, Strength, Time
from onrecord.languages.turn_analysis import TurnAnalysis


class ActFact(NamedTuple):
    """An act in the text of one turn; ``trigger`` and ``span`` are offsets from the turn's first character."""

    type: ActType
    rule: str
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    polarity: Polarity
    time: Time
    trigger: tuple[int, int]
    span: tuple[int, int]
    hedge: str | None = None


class ActContext(NamedTuple):
    """The context of a turn: the principal's code, the codes of other actors mentioned, most recent last; in a joint
    statement the codes of all its parties, in a joint appearance those of all who speak together, in a readout those of all
    who took part. ``host`` is the principal of the document, where a guest speaks. ``before`` are the turns before this
    one, the nearest last; ``at_home_too`` says that the document also tells of what the principal does at home,
    ``answering`` that the turn answers a question."""

    principal: str | None
    others: tuple[str, ...] = ()
    joint: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    met: tuple[str, ...] = ()
    host: str | None = None
    before: tuple[TurnAnalysis, ...] = ()
    at_home_too: bool = False
    answering: bool = True


class UndertakingPart(NamedTuple):
    """One undertaking at ``[start, end)`` of the document; ``by`` and ``to`` if the words name others than the act's actors and
    targets."""

    start: int
    end: int
    strength: Strength
    hedge: str
    by: tuple[str, ...] | None = None
    to: tuple[str, ...] | None = None


class ActSurroundings(NamedTuple):
    """An act with its context.

    ``end`` is where the act's own words end, ``sentence`` where its sentence begins; ``mentions`` are those inside the act;
    ``limit`` is where its turn ends.
    """

    text: str
    act: Act
    end: int
    sentence: int
    mentions: Sequence[Mention]
    limit: int

    @property
    def trigger(self) -> str:
        """The trigger, in lower case."""
        return self.text[self.act.trigger.start : self.act.trigger.end].lower()

    def codes(self, start: int, end: int) -> tuple[str, ...]:
        """The codes of the actors named in a span, in order."""
        named = (
            one
            for one in self.mentions
            if start <= one.start and one.end <= end and one.kind not in ("issue", "mechanism", "place")
        )
        return tuple(dict.fromkeys(code for one in named for code in one.codes))
