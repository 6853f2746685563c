"""What a language tells of meetings in one sentence: its words, its actors, its days, and how they belong together."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import ClassVar

from onrecord.languages.meeting_report import MeetingReport, MeetingSentence
from onrecord.languages.meeting_words import MeetingWords, Trigger
from onrecord.languages.participants import Actor, ActorRules
from onrecord.languages.readers import DateReader
from onrecord.marks import Mention


class MeetingRules(ABC):
    """The rules of one language; :mod:`onrecord.annotation.meeting_sentences` asks them.

    ``word_form`` is how a listed word stands in a sentence (``{}`` is the word). ``ended`` are words by which nothing is yet to
    come, ``coming`` those by which it cannot have been held; ``remark`` divides a long stretch of days from the meeting; behind
    ``clause_mark`` nothing more is told of it (None where clauses do not end so).
    """

    word_form: ClassVar[str] = "{}"
    decided_form: ClassVar[str] = "{}"
    ended: ClassVar[re.Pattern[str]]
    coming: ClassVar[re.Pattern[str]]
    remark: ClassVar[re.Pattern[str]]
    clause_mark: ClassVar[str | None] = None
    find_dates: ClassVar[DateReader]

    def __init__(self, words: MeetingWords, actors: ActorRules) -> None:
        self.words, self.actors = words, actors

    def pattern(self, name: str) -> re.Pattern[str]:
        """A list of words of the table, as they stand in a sentence."""
        return self.words.pattern(name, self.word_form)

    @abstractmethod
    def read(self, sentence: MeetingSentence, trigger: Trigger) -> MeetingReport | None:
        """What a trigger word reports, None where it speaks of meeting in general."""

    @abstractmethod
    def note_invitations(self, sentence: MeetingSentence) -> None:
        """Add to ``sentence.inviting`` who invites, so that who only invites is not taken for who acts."""

    @abstractmethod
    def is_day_of_speech(self, sentence: MeetingSentence, first: int, last: int) -> bool:
        """Whether the day at ``[first, last)`` is when something was said: "said yesterday", 昨天表示."""

    @abstractmethod
    def place(self, sentence: MeetingSentence, report: MeetingReport) -> Mention | None:
        """The place a meeting is held at."""

    @abstractmethod
    def decider(self, sentence: MeetingSentence, decided: re.Match[str]) -> Actor | None:
        """Whom the words of decision at a place name."""

    @abstractmethod
    def is_during(self, sentence: MeetingSentence, report: MeetingReport) -> bool:
        """Whether what else the sentence tells happened during the meeting: "during the talks", 会谈中."""
