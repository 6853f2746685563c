"""The report of a meeting in one sentence, and the sentence: the types shared by the readers of all languages."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from onrecord.annotation_types import NO_PARTY, Act, MeetingKind, Mention, Participant
from onrecord.languages.day_ranges import DayRange
from onrecord.languages.participants import Actor
from onrecord.lexicon.actors import is_state

#: What coordinates actors: "A, B and C", "A、B和C".
AND = re.compile(r"\s*(?:,|,?\s+and|&|,?\s+as well as|[、和与及]|以及)\s*(?:the\s+|with\s+)?", re.I)
#: Actors further before a meeting than this, in characters, are not participants.
FARTHEST = 1_500
#: An organisation before these names its meeting and is not a participant: "the G20 summit", "20国集团外长会".
_ITS_MEETING = re.compile(
    r"(?i)[\s-]+(?:\S+\s+){0,3}?(?:summit|forum|meeting|session|conference|ministerial)|(?:(?!召开|举行)[^，。；、]){0,8}(?:峰会|外长会|会议|论坛|大会|年会)|会(?!见|谈|晤|面)"
)


class VisitApart(NamedTuple):
    """One more visit that the words of a visit tell of: that of another visitor, or to another stop (then with its place)."""

    parties: tuple[str, ...]
    people: tuple[Participant, ...]
    place: Mention | None = None


@dataclass(slots=True)
class MeetingReport:
    """One report of a meeting: a span ``[start, end)``, the name from ``begin`` to ``name_end`` (0 if not told), the
    trigger word at ``at``.

    ``specific``: it identifies the meeting. ``pointing``: it refers back to one; ``pointed`` if with a demonstrative
    ("this visit"), ``dated`` if a day is part of the name. ``named``: the name is distinctive, by the words or characters
    ``marks`` other than its parties. ``loose``: the word can also mean talking in general. ``anonymous``: the participants are
    given only as "the two sides". ``told`` is False if a mechanism or conference is only named, and nobody is said to hold it or
    take part. ``begins``: its one day is that on which it begins. ``topic`` is False in "the spirit of the talks", where the
    sentence is not about the meeting. ``apart`` are further visits told by the same words.
    """

    kind: MeetingKind
    name: str
    start: int
    end: int
    at: int
    parties: dict[str, None] = field(default_factory=dict)
    people: list[Participant] = field(default_factory=list)
    place: Mention | None = None
    days: DayRange | None = None
    invited_by: str | None = None
    decided_by: tuple[str, ...] = ()
    future: bool = False
    named: bool = False
    specific: bool = False
    pointing: bool = False
    loose: bool = False
    topic: bool = True
    past: bool = False
    pointed: bool = False
    dated: bool = False
    anonymous: bool = True
    told: bool = True
    begin: int = 0
    name_end: int = 0
    begins: bool = False
    marks: frozenset[str] = frozenset()
    apart: list[VisitApart] = field(default_factory=list)

    def add(self, actors: Iterable[Actor]) -> None:
        """Add actors as participants."""
        for actor in actors:
            self.anonymous = self.anonymous and actor.pair
            self.parties.update(dict.fromkeys(actor.codes))
            self.people += actor.people
            self.start, self.end = min(self.start, actor.start), max(self.end, actor.end)


@dataclass(slots=True)
class MeetingSentence:
    """A sentence ``[start, end)`` with its mentions and actors; ``earlier`` returns the actors before it in the turn.

    ``gathered`` are all who speak or took part, where the document is theirs: a joint statement, a readout.
    """

    text: str
    start: int
    end: int
    mentions: Sequence[Mention]
    actors: list[Actor]
    today: date | None
    earlier: Callable[[], list[Actor]]
    principal: str | None
    acts: Sequence[Act] = ()
    gathered: tuple[str, ...] = ()
    inviting: list[tuple[int, int, tuple[str, ...]]] = field(default_factory=list)
    _starts: list[int] | None = None
    _actor_starts: list[int] | None = None

    def free(self, end: int) -> list[Actor]:
        """The actors before an offset, without inviters, unattributed offices and organisations that only name a meeting."""
        return [
            actor
            for actor in self.actors_in(end - FARTHEST, end)
            if actor.end <= end
            and not actor.office
            and not any(first <= actor.start < last for first, last, _ in self.inviting)
            and not (actor.codes and not is_state(actor.codes[0]) and _ITS_MEETING.match(self.text, actor.end))
        ]

    def actors_in(self, start: int, end: int) -> list[Actor]:
        """The actors that begin in ``[start, end)``; all where they are not in order, which an office before a name can undo."""
        if self._actor_starts is None:
            starts = [one.start for one in self.actors]
            self._actor_starts = starts if starts == sorted(starts) else []
        if not self._actor_starts:
            return self.actors
        return self.actors[bisect_left(self._actor_starts, start) : bisect_left(self._actor_starts, end)]

    def mentions_in(self, start: int, end: int) -> Sequence[Mention]:
        """The mentions that begin in ``[start, end)``."""
        if self._starts is None:
            self._starts = [one.start for one in self.mentions]
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def consults(self, at: int) -> Act | None:
        """The consult act whose trigger is at an offset."""
        return next((act for act in self.acts if act.trigger.start <= at < act.trigger.end), None)

    def by_act(self, report: MeetingReport) -> None:
        """Add the parties of the act with the same trigger, if the report has too few."""
        act = self.consults(report.at) if len(report.parties) < 2 else None
        if act is not None:
            towns = {code for one in self.mentions if one.kind == "place" for code in one.codes}
            towns -= {code for one in self.mentions if one.kind != "place" for code in one.codes}
            parties = dict.fromkeys((*act.actors, *act.targets))
            report.parties.update(dict.fromkeys(code for code in parties if code not in NO_PARTY and code not in towns))
            report.future = report.future or act.time == "planned"

    def place_at(self, start: int) -> Mention | None:
        """The mention that begins at an offset."""
        return next(iter(self.mentions_in(start, start + 1)), None)


def codes_of(actors: Iterable[Actor]) -> set[str]:
    """The codes of several actors."""
    return {code for actor in actors for code in actor.codes}


def visits_apart(visitors: Sequence[Actor], stops: Sequence[Actor], sentence: MeetingSentence) -> list[VisitApart]:
    """The visits beside the first: of each visitor of another state to the first stop, and of the first to each other stop.

    Empty where one actor stands for several ("the two ministers visited"), who then come together.
    """
    if not visitors or not stops or any(len(one.codes) != 1 for one in (*visitors, *stops)):
        return []
    guests: dict[tuple[str, ...], list[Participant]] = {}
    for one in visitors:
        guests.setdefault(one.codes, []).extend(one.people)
    codes, *others = guests
    found = [VisitApart((*one, *stops[0].codes), tuple(guests[one])) for one in others]
    return found + [
        VisitApart((*codes, *stop.codes), tuple(guests[codes]), sentence.place_at(stop.start)) for stop in stops[1:]
    ]
