"""The rules by which a language reports meetings: its words, actors and days, and how they relate in a sentence."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import ClassVar

from onrecord.annotation_types import Mention
from onrecord.languages.day_ranges import DayRange
from onrecord.languages.meeting_report import MeetingReport, MeetingSentence
from onrecord.languages.meeting_words import MeetingWords, Trigger
from onrecord.languages.participants import Actor, ActorRules
from onrecord.languages.readers import DateReader


class MeetingRules(ABC):
    """The rules of one language, used by :mod:`onrecord.annotation.meeting_sentences`.

    ``word_form`` is the pattern of a listed word in a sentence (``{}`` is the word). ``ended`` are words that exclude a future
    meeting, ``coming`` words that exclude a past one; ``remark`` separates a long range of days from the meeting; after
    ``clause_mark`` nothing more is said about the meeting (None if clauses do not end so). Behind ``beside`` stands an
    occasion in whose margin a meeting is held, which has its day. ``telling`` are words whose tense is that of the telling and
    not of the meeting ("as we have already announced"). ``begins`` are words of a beginning, whose day is only the
    first; ``joins_days`` stands between two days of one meeting; ``separately`` says that each of several visits has its own
    day; before ``title_of`` an organisation is part of somebody's title;
    ``of_states`` are references that mean states.
    """

    word_form: ClassVar[str] = "{}"
    decided_form: ClassVar[str] = "{}"
    ended: ClassVar[re.Pattern[str]]
    coming: ClassVar[re.Pattern[str]]
    remark: ClassVar[re.Pattern[str]]
    clause_mark: ClassVar[str | None] = None
    beside: ClassVar[re.Pattern[str] | None] = None
    telling: ClassVar[re.Pattern[str] | None] = None
    begins: ClassVar[re.Pattern[str] | None] = None
    joins_days: ClassVar[re.Pattern[str] | None] = None
    separately: ClassVar[re.Pattern[str] | None] = None
    title_of: ClassVar[re.Pattern[str] | None] = None
    of_states: ClassVar[re.Pattern[str] | None] = None
    find_dates: ClassVar[DateReader]

    def __init__(self, words: MeetingWords, actors: ActorRules) -> None:
        self.words, self.actors = words, actors

    def pattern(self, name: str) -> re.Pattern[str]:
        """A word list of the table, as a pattern for words in a sentence."""
        return self.words.pattern(name, self.word_form)

    @abstractmethod
    def read(self, sentence: MeetingSentence, trigger: Trigger) -> MeetingReport | None:
        """Return the meeting a trigger word reports, None if it speaks of meeting in general."""

    @abstractmethod
    def note_invitations(self, sentence: MeetingSentence) -> None:
        """Add inviters to ``sentence.inviting``, so that one who only invites is not taken for a participant."""

    @abstractmethod
    def is_day_of_speech(self, sentence: MeetingSentence, first: int, last: int) -> bool:
        """Whether the day at ``[first, last)`` is the day of an utterance: "said yesterday", 昨天表示."""

    @abstractmethod
    def place(self, sentence: MeetingSentence, report: MeetingReport) -> Mention | None:
        """The place of a meeting."""

    def day_of(self, sentence: MeetingSentence, report: MeetingReport) -> DayRange | None:
        """The day that the words tell of without naming it: of what has "just finished", the day of the statement."""
        return None

    def is_dated(self, sentence: MeetingSentence, report: MeetingReport) -> bool:
        """Whether the name of a meeting goes on with its day: "the Arcadia-Ruritania Summit on May 4" tells that it was held."""
        return False

    @abstractmethod
    def decider(self, sentence: MeetingSentence, decided: re.Match[str]) -> Actor | None:
        """The actor who took the decision matched by ``decided``."""

    @abstractmethod
    def is_during(self, sentence: MeetingSentence, report: MeetingReport) -> bool:
        """Whether the rest of the sentence happened during the meeting: "during the talks", 会谈中."""
