"""Meetings: dialogues, visits, calls and conferences that a document tells of, each one object of all the places that tell of it.

A sentence is read where it holds one of the language's words of meeting (:mod:`onrecord.annotation.meeting_sentences`).
What is told again, by name, by the same parties or as "the talks", "此次访问", goes to the meeting it was first told of.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import msgspec

from onrecord.annotation.analysis import DocumentAnalysis
from onrecord.annotation.meeting_sentences import read_sentence
from onrecord.annotation.mentions import find_mentions
from onrecord.annotation.principal import principal_of
from onrecord.languages.day_ranges import DayRange
from onrecord.languages.meeting_report import MeetingReport, MeetingSentence
from onrecord.languages.meeting_rules import MeetingRules
from onrecord.languages.participants import Actor, find_actors
from onrecord.languages.turn_analysis import TurnAnalysis
from onrecord.marks import Act, Meeting, MeetingKind, Mention, Participant, Stretch
from onrecord.record import Document, Turn, words_digest

#: Kinds that accounts call one and the same meeting by: 会谈 is talks, a dialogue, a meeting; a summit of two is a meeting.
_ALIKE: tuple[frozenset[str], ...] = (
    frozenset({"dialogue", "meeting", "conference"}), frozenset({"call"}), frozenset({"visit"}),
)  # fmt: skip
#: MeetingReport days of one meeting are no further apart than this: time zones, and a readout published the day after.
NEAR = 3
#: "The talks" are those last spoken of, so many turns back at most: a question and the answers to it.
_TURNS_BACK = 2
#: "He" and "they" are looked for among so many mentions before the sentence.
_BACK = 24
#: Who speaks "during the talks" stands no further behind the words than so many characters.
_FAR = 1_500
#: Of more people than these a meeting keeps no name twice.
_MANY_PEOPLE = 60
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def find_meetings(analysis: DocumentAnalysis, acts: Sequence[Act]) -> tuple[Meeting, ...]:
    """The meetings a document tells of, in order of where each is told first.

    ``acts`` are those of the document; a consult act gives the parties of a verb that the words around it leave
    open. Every span lies inside one turn.
    """
    rules = analysis.language.meetings
    if rules is None or not analysis.turns:
        return ()
    gathering = _Gathering(analysis, acts, rules)
    for number, (turn, own) in enumerate(analysis.turns):
        gathering.read(number, turn, own)
    gathering.title()
    return gathering.meetings()


def statement_day(document: Document) -> date | None:
    """The day the words were said on, by which "yesterday" is told: an account's day of publication, else the event's."""
    published = document.heading.published
    if document.kind == "readout" and published and _DAY.match(published):
        return date.fromisoformat(published[:10])
    return date.fromisoformat(document.date) if document.date else None


@dataclass(slots=True)
class _Draft:
    """A meeting in the making."""

    told: MeetingReport
    turn: Turn
    number: int
    last: int
    spans: list[tuple[int, int]]
    people: list[Participant] = field(default_factory=list)


class _Gathering:
    """Reads one document turn after turn and joins what tells of the same meeting."""

    def __init__(self, analysis: DocumentAnalysis, acts: Sequence[Act], rules: MeetingRules) -> None:
        self.document, self.mentions, self.starts = analysis.document, analysis.mentions, analysis.starts
        self.first = next((both for both in analysis.turns if both[0].kind in ("statement", "answer")), None)
        self.rules, self.words = rules, rules.words
        self.today = statement_day(analysis.document)
        self.principal = analysis.principal
        self.acts = [act for act in acts if act.type == "consult"]
        self.act_places = sorted((act.trigger.start, number) for number, act in enumerate(self.acts))
        self.found: list[_Draft] = []

    def read(self, number: int, turn: Turn, own: TurnAnalysis) -> None:
        """The meetings of a turn."""
        text = self.document.text
        triggers = self.words.find(text, turn.start, turn.end)
        if not triggers or turn.kind == "note":
            return
        at = 0
        for first, last in own.sentences:
            start, end = first + turn.start, last + turn.start
            here = []
            while at < len(triggers) and triggers[at].start < end:
                if triggers[at].end <= end:
                    here.append(triggers[at])
                at += 1
            if at == len(triggers) and not here:
                break
            if here:
                sentence = self._sentence(text, start, end, self.mentions, self.starts, turn.start)
                for told in read_sentence(sentence, self.rules, here):
                    self._put(told, sentence, number, turn)

    def _sentence(
        self, text: str, start: int, end: int, mentions: Sequence[Mention], starts: list[int], floor: int
    ) -> MeetingSentence:
        first = bisect_left(starts, start)
        own = mentions[first : bisect_right(starts, end - 1)]

        def earlier() -> list[Actor]:
            known = mentions[max(bisect_left(starts, floor), first - _BACK) : first]
            return find_actors(text, known, floor, start, self.rules.actors)

        actors = find_actors(text, own, start, end, self.rules.actors)
        acts = self._acts(start, end) if text is self.document.text else []
        return MeetingSentence(text, start, end, own, actors, self.today, earlier, self.principal, acts)

    def _acts(self, start: int, end: int) -> list[Act]:
        """The acts whose triggers begin in ``[start, end)``, in the order of the document's acts."""
        within = self.act_places[bisect_left(self.act_places, (start, 0)) : bisect_left(self.act_places, (end, 0))]
        return [self.acts[number] for number in sorted(number for _, number in within)]

    def _put(self, told: MeetingReport, sentence: MeetingSentence, number: int, turn: Turn) -> None:
        """What was told, to the meeting it tells of; a new one where it says which and none fits."""
        if told.specific and told.anonymous and not (told.days or told.place or told.named):
            fitting = [one for one in self.found if number - one.last <= _TURNS_BACK and _may_be(one.told, told)]
            told.specific = bool(fitting) or not told.loose
        elif told.specific:
            fitting = [one for one in self.found if _same(one.told, told, near=number - one.last <= _TURNS_BACK)]
        else:
            fitting = [one for one in self.found if number - one.last <= _TURNS_BACK and _points_at(one.told, told)]
        if not fitting:
            if told.specific:
                told.start, told.end = max(told.start, sentence.start), min(told.end, sentence.end)
                self.found.append(_Draft(told, turn, number, number, [(told.start, told.end)]))
            return
        one = max(enumerate(fitting), key=lambda pair: (*_likeness(pair[1], told), pair[1].last, pair[0]))[1]
        one.last = number
        one.spans.append((max(told.start, sentence.start), min(told.end, sentence.end)))
        if told.pointing:
            _add_people(told, _taking_part(told, one.told, sentence, self.rules))
        _absorb(one.told, told)

    def title(self) -> None:
        """What the title says of the meeting that the whole document is an account of: its kind, parties and people."""
        document = self.document
        if document.kind == "press-conference" or not self.words.find(document.title, 0, len(document.title)):
            return
        told = self._in_title()
        if told is None or self.first is None:
            return
        first, analysed = self.first
        told.days = told.place = None
        opening = analysed.sentences[:2]
        end = first.start + opening[-1][1]
        for one in self.found:
            begins = one.turn is first and one.spans[0][0] < end
            if (
                begins
                and set(one.told.parties) >= set(told.parties)
                and (one.told.kind != "visit" or told.kind == "visit")
            ):
                one.told.kind = told.kind
                one.told.days = one.told.days or self._event_day()
                one.told.people += told.people
                return
        opened = (first.start + opening[0][0], first.start + opening[0][1])
        days = self.rules.find_dates(document.text[slice(*opened)], self.today)
        told.days = days[0] if len(days) == 1 and days[0].exact else self._event_day()
        one = _Draft(told, first, 0, 0, [opened])
        self.found.insert(0, one)

    def _event_day(self) -> DayRange | None:
        """The document's own day, which for an account of a meeting is the day of the meeting."""
        day = self.document.date
        return DayRange(day, day, 0, 0, exact=False) if day else None

    def _in_title(self) -> MeetingReport | None:
        head = self.document.heading
        if not head.title.strip():
            return None
        turn = Turn(id=head.id, kind="statement", start=0, end=len(head.title))
        titled = Document(heading=msgspec.structs.replace(head, text=head.title), turns=(turn,))
        mentions = find_mentions(titled, principal_of(titled))
        sentence = self._sentence(head.title, 0, len(head.title), mentions, [one.start for one in mentions], 0)
        triggers = self.words.find(head.title, 0, len(head.title))
        told = [one for one in read_sentence(sentence, self.rules, triggers) if one.specific and len(one.parties) >= 2]
        for one in told:
            one.people = [
                msgspec.structs.replace(person, start=0, end=0) for person in one.people
            ]  # no place of the text
        return told[0] if told else None

    def meetings(self) -> tuple[Meeting, ...]:
        """All that was found, made into the nouns of the record."""
        text = self.document.text
        seen: dict[str, int] = {}
        made = []
        for one in sorted(self.found, key=lambda found: found.spans[0]):
            told = one.told
            start, end = one.spans[0]
            stem = f"{one.turn.id}:{told.kind}-{words_digest(text[start:end] + '|'.join(told.parties), 8)}"
            count = seen[stem] = seen.get(stem, 0) + 1
            made.append(
                Meeting(
                    id=stem + (f".{count}" if count > 1 else ""), kind=told.kind, name=" ".join(told.name.split()),
                    parties=tuple(told.parties),
                    people=tuple(self._people(told.people)), place=told.place.name if told.place else None,
                    place_id=_place_id(told.place), first_day=told.days.first if told.days else None,
                    last_day=told.days.last if told.days else None, invited_by=told.invited_by, decided_by=told.decided_by,
                    future=self._ahead(told), turn=one.turn.id, start=start, end=end,
                    spans=tuple(Stretch(*span) for span in dict.fromkeys(one.spans)),
                )
            )  # fmt: skip
        return tuple(made)

    def _ahead(self, told: MeetingReport) -> bool:
        """Whether it is yet to be held: by its days where they tell."""
        today = self.document.date
        if told.days is None or not told.days.exact or today is None:
            return told.future
        return told.days.first > today or (told.future and told.days.last >= today)

    def _people(self, told: list[Participant]) -> Iterator[Participant]:
        """Each person once, with the fullest name and office that was printed."""
        held: dict[str, Participant] = {}
        for person in filter(None, map(self._placed, told)):
            key = next((known for known, other in held.items() if _one_person(other, person)), person.id or person.name)
            old = held.get(key)
            if old is None:
                held[key] = person
            elif (old.office is None and person.office) or (len(old.name) < len(person.name) and person.office):
                held[key] = msgspec.structs.replace(person, party=old.party or person.party)
        yield from held.values()

    def _placed(self, person: Participant) -> Participant | None:
        """A person of the title at the place where the text names them, None where it does not; others as they are."""
        if person.end:
            return person
        at = next((one for one in self.mentions if one.kind == "person" and one.id == person.id and person.id), None)
        return msgspec.structs.replace(person, start=at.start, end=at.end) if at else None


def _one_person(one: Participant, other: Participant) -> bool:
    if one.id and other.id:
        return one.id == other.id
    names = one.name.split(), other.name.split()
    return one.name == other.name or (names[0][-1:] == names[1][-1:] and one.party in (other.party, None))


def _place_id(place: Mention | None) -> str | None:
    return None if place is None else place.id or next(iter(place.stands_for), None)


def alike(one: MeetingKind, other: MeetingKind) -> bool:
    """Whether accounts may call one meeting by both kinds."""
    return any(one in kinds and other in kinds for kinds in _ALIKE)


def apart(one: MeetingReport, other: MeetingReport) -> bool:
    """Whether their days, or that one is over and the other to come, tell that they are two meetings."""
    if one.days is None or other.days is None:
        return (one.future and other.past) or (one.past and other.future)
    return days_apart((one.days.first, one.days.last), (other.days.first, other.days.last)) > NEAR


def days_apart(one: tuple[str, str], other: tuple[str, str]) -> int:
    """How many days lie between two ranges of days; 0 where they touch."""
    (first, last), (begin, end) = (tuple(date.fromisoformat(day).toordinal() for day in days) for days in (one, other))
    return max(0, begin - last, first - end)


def _names_differ(one: MeetingReport, other: MeetingReport) -> bool:
    """Whether two names cannot be of one meeting: neither says all that the other says."""
    mine, others = one.marks, other.marks
    return bool(mine and others) and one.kind not in ("visit", "call") and not (mine <= others or others <= mine)


def _same(one: MeetingReport, other: MeetingReport, *, near: bool) -> bool:
    """Whether two specific tellings in one document are of the same meeting; ``near`` where one follows upon the other."""
    if not alike(one.kind, other.kind) or apart(one, other) or _names_differ(one, other):
        return False
    mine, others = set(one.parties), set(other.parties)
    if one.kind == other.kind == "conference" and one.named and other.named and mine & others:
        return not _places_differ(one.place, other.place)
    if not (mine <= others or others <= mine) or len(mine & others) < 2:
        return False
    if one.kind != other.kind and any(told.kind == "conference" and told.named for told in (one, other)):
        return False
    people = {person.id or person.name for person in one.people} & {person.id or person.name for person in other.people}
    told_apart = one.kind not in ("visit", "call") and bool(one.marks) != bool(other.marks)
    if told_apart and not (people or (one.days and other.days) or (near and other.loose and not other.marks)):
        return False  # one has a name of its own, and nothing tells that the other is it
    if _places_differ(one.place, other.place):
        return False
    for party in mine & others:
        names = [{person.id or person.name for person in told.people if person.party == party} for told in (one, other)]
        if names[0] and names[1] and not names[0] & names[1]:
            return False
    return True


def _likeness(one: _Draft, told: MeetingReport) -> tuple[int, int, int]:
    """Which of several meetings is meant: that of the same people, of the same name, the one most told of."""
    people = {person.id or person.name for person in one.told.people} & {
        person.id or person.name for person in told.people
    }
    if not told.specific:
        return len(people), 0, 0
    same = told.named and one.told.marks == told.marks
    return len(people), int(same), len(one.spans) if told.named and told.kind == "conference" else 0


def _places_differ(one: Mention | None, other: Mention | None) -> bool:
    if one is None or other is None or one.id == other.id or one.name == other.name:
        return False
    codes = {one.id, *one.stands_for} & {other.id, *other.stands_for}
    return not codes or (one.kind == "place" == other.kind)


def _points_at(one: MeetingReport, pointing: MeetingReport) -> bool:
    """Whether "the talks" can mean this meeting."""
    if pointing.kind == "conference" and one.kind != "conference":
        return False
    if (
        pointing.kind == one.kind == "conference"
        and not pointing.pointed
        and pointing.name[-2:].lower() != one.name[-2:].lower()
        and pointing.name[0] > "z"
    ):
        return False  # 大会 points at a 大会, and at no 峰会
    if one.kind != pointing.kind and not alike(one.kind, pointing.kind):
        return False
    if pointing.named and _names_differ(one, pointing) and pointing.kind not in ("visit", "call"):
        return False
    if not set(pointing.parties) <= set(one.parties):
        return False
    if (
        pointing.days is not None
        and one.days is None
        and pointing.days.exact
        and not pointing.pointed
        and pointing.dated
    ):
        return False  # "the December 30 conversation" is one among others
    return not apart(one, pointing)


def _may_be(one: MeetingReport, anonymous: MeetingReport) -> bool:
    """Whether "the two sides held discussions" tells of this meeting."""
    return alike(one.kind, anonymous.kind) and set(anonymous.parties) <= set(one.parties) and not apart(one, anonymous)


def _taking_part(
    told: MeetingReport, meeting: MeetingReport, sentence: MeetingSentence, rules: MeetingRules
) -> list[Participant]:
    """Who speaks or acts "during the talks", "after the visit", "会谈中": people of its parties, with their office printed."""
    if not rules.is_during(sentence, told):
        return []
    behind = [
        actor
        for actor in sentence.actors_in(told.at, told.at + _FAR)
        if told.at < actor.start < told.at + _FAR and actor.people
    ]
    return [
        person
        for actor in behind
        for person in actor.people
        if person.party in meeting.parties and (person.office or person.id in {one.id for one in meeting.people})
    ]


def _add_people(one: MeetingReport, people: Sequence[Participant]) -> None:
    """People who take part; where there are very many already, only those not yet printed so."""
    if len(one.people) > _MANY_PEOPLE:
        known = {(person.id, person.name, person.office, person.party) for person in one.people}
        people = [one for one in people if (one.id, one.name, one.office, one.party) not in known]
    one.people += people


def _absorb(one: MeetingReport, other: MeetingReport) -> None:
    """What the second telling adds to the first."""
    if other.specific or other.kind == one.kind:
        one.parties.update(other.parties)
    if other.specific and one.kind == "meeting" and other.kind == "dialogue" and other.named:
        one.kind = other.kind
    if other.specific and other.named and (not one.named or (one.kind == "conference" and one.marks < other.marks)):
        one.name, one.named, one.marks = other.name, True, other.marks
    _add_people(one, other.people)
    one.place = one.place or other.place
    if other.days is not None and (one.days is None or _tells_more(other.days, one.days)):
        one.days = other.days
    one.invited_by = one.invited_by or other.invited_by
    one.decided_by = one.decided_by or other.decided_by
    one.future, one.past = one.future and not other.past, one.past or other.past


def _tells_more(days: DayRange, held: DayRange) -> bool:
    """Exact days tell more than a stretch; of exact ones, all the days of a visit more than the first."""
    if days.exact != held.exact:
        return days.exact
    return days.exact and days.first <= held.first and held.last <= days.last and days.first != days.last
