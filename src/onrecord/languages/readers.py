"""The interfaces of a language's readers: the types of its capabilities (:mod:`onrecord.languages.base`).

Three are functions; three are objects described by a base class: ``references``
(:class:`~onrecord.languages.reference_rules.ReferenceRules`), ``meetings``
(:class:`~onrecord.languages.meeting_rules.MeetingRules`), ``answers``
(:class:`~onrecord.languages.answer_patterns.AnswerPatterns`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from re import Pattern
from typing import TYPE_CHECKING, Protocol

from onrecord.languages.day_ranges import DayRange
from onrecord.languages.facts import ActContext, ActFact, ActSurroundings, UndertakingPart

if TYPE_CHECKING:
    from onrecord.languages.turn_analysis import TurnAnalysis
    from onrecord.languages.undertaking_words import UndertakingWords


class DateReader(Protocol):
    """Finds days given in words."""

    def __call__(self, words: str, statement: date | None, *, future: bool = False) -> list[DayRange]:
        """Return the days named in the words, in order.

        ``statement`` is the day of the statement; without it only complete dates are found. ``future`` says that the words are
        about the future, so that "on Friday" is the coming one and not the past one.
        """


class ActReader(Protocol):
    """Finds the acts in a turn."""

    def __call__(self, turn: TurnAnalysis, context: ActContext) -> list[ActFact]:
        """Return the acts in one turn, in order."""


class PartReader(Protocol):
    """Finds the undertakings in an act."""

    def __call__(self, around: ActSurroundings) -> Sequence[UndertakingPart]:
        """Return the undertakings that the act contains."""


@dataclass(frozen=True, slots=True)
class UndertakingCues:
    """Patterns that delimit an act and show how a thing is to be done.

    ``joined`` precedes a trigger with the same subject; after ``says`` somebody else speaks and no undertaking follows;
    ``trailing`` belongs to no undertaking. ``namely`` connects words of ``consensus`` with its content. ``reciprocal`` means each
    for the other. ``before_kind`` are adjectives of a mechanism, ``listed`` precedes a field in a list, ``plain_field`` is the
    length up to which a field counts only in a list. ``deadline`` matches time expressions, of which only matches of
    ``says_time`` count. In its first ``opening`` characters an undertaking says whether something is to be set up, held or
    given; within ``reach`` characters of words that report fulfilment stands what was done. ``world`` are words of other
    countries, ``partners`` words that are so only in a text about other countries; what follows ``aside`` does not tell for whom
    an undertaking is. ``region`` are the names of regions and groups in the title of a text that is about what is done there.
    ``both`` are words of a party and another one ("the two countries"), ``thus`` words of what was told just before ("for this").
    """

    joined: Pattern[str]
    says: Pattern[str] | None
    trailing: Pattern[str]
    namely: Pattern[str]
    consensus: Pattern[str]
    reciprocal: Pattern[str]
    before_kind: Pattern[str]
    listed: Pattern[str]
    several: Pattern[str]
    deadline: Pattern[str]
    opening: int
    reach: int
    says_time: Pattern[str] | None = None
    world: Pattern[str] | None = None
    at_home: Pattern[str] | None = None
    partner_inside: bool = False
    deal: Pattern[str] | None = None
    partners: Pattern[str] | None = None
    aside: Pattern[str] | None = None
    region: Pattern[str] | None = None
    both: Pattern[str] | None = None
    thus: Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class UndertakingReader:
    """How a language expresses undertakings: its reader, its words, and its cues."""

    read: PartReader
    words: UndertakingWords
    cues: UndertakingCues
