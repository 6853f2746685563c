"""What the readers of a language take and give: the types of its capabilities (:mod:`onrecord.languages.base`).

Three of them are plain functions, three are objects that a base class describes: ``references``
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
    """Finds days told in words."""

    def __call__(self, words: str, statement: date | None, *, future: bool = False) -> list[DayRange]:
        """The days told in the words, in order.

        ``statement`` is the day they were said on; without it only complete dates are found. ``future`` says that what is told
        lies ahead, so that "on Friday" is the coming one and not the past.
        """


class ActReader(Protocol):
    """Finds acts in a turn."""

    def __call__(self, turn: TurnAnalysis, context: ActContext) -> list[ActFact]:
        """The acts in one turn, in order."""


class PartReader(Protocol):
    """Finds what is to be done in the words of an act."""

    def __call__(self, around: ActSurroundings) -> Sequence[UndertakingPart]:
        """The things to be done that the act tells of, none where it tells of none."""


@dataclass(frozen=True, slots=True)
class UndertakingCues:
    """Patterns by which a language bounds an act and tells how a thing is done.

    ``joined`` stands before a trigger with the same subject; behind ``says`` another speaks and nothing more is to be done;
    ``trailing`` belongs to no thing to be done. ``namely`` stands between words of ``consensus`` and what it was reached on.
    ``reciprocal`` means each for the other. ``before_kind`` are adjectives of a mechanism, ``listed`` stands before a field of a
    list, ``plain_field`` is the length up to which a field counts only in a list. ``deadline`` holds words of time, by which only
    matches of ``says_time`` are meant.
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
    says_time: Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class UndertakingReader:
    """How a language tells what is to be done: its reader, its words, and its cues."""

    read: PartReader
    words: UndertakingWords
    cues: UndertakingCues
