"""Meetings: the dialogues, visits, calls and conferences that a document reports, one object for each with all its spans.

A sentence is read if it contains a meeting word of the language (:mod:`onrecord.annotation.meeting_sentences`). A later report
of the same meeting, by name, by the same parties or by an anaphor ("the talks", "此次访问"), is merged into the first.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import msgspec

from onrecord.annotation.analysis import DocumentAnalysis, analyse
from onrecord.annotation.meeting_matching import add_people, can_be, fills, merge, points_at, same_meeting
from onrecord.annotation.meeting_sentences import read_sentence
from onrecord.annotation_types import Act, Meeting, Mention, Participant, Stretch
from onrecord.languages.day_ranges import DayRange
from onrecord.languages.meeting_report import MeetingReport, MeetingSentence
from onrecord.languages.meeting_rules import MeetingRules
from onrecord.languages.participants import Actor, find_actors
from onrecord.languages.turn_analysis import TurnAnalysis
from onrecord.lexicon.actors import each_once, is_state, sovereign
from onrecord.partial_dates import whole_day
from onrecord.record import Document, Turn, words_digest

#: "The talks" refer to a meeting mentioned at most this many turns earlier: a question and its answers.
_MAX_TURNS_BACK = 2
#: The number of mentions before the sentence among which antecedents of "he" and "they" are searched.
_MENTIONS_BACK = 24
#: Participants "during the talks" are searched at most this many characters after the words.
_FAR = 1_500
#: What fills a visit is told at most so many turns from it: a question and its answer.
_VISIT_TURNS = 1
#: A meeting of which only the year is told has no day.
_LONGEST_DAYS = 100
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def find_meetings(analysis: DocumentAnalysis, acts: Sequence[Act]) -> tuple[Meeting, ...]:
    """Find the meetings a document reports, in order of their first report.

    ``acts`` are the acts of the document: a consult act supplies the parties of a verb where its sentence does not name them.
    Every span lies inside one turn.
    """
    rules = analysis.language.meetings
    if rules is None or not analysis.turns:
        return ()
    reader = _MeetingReader(analysis, acts, rules)
    for number, (turn, own) in enumerate(analysis.turns):
        reader.read(number, turn, own)
    reader.title()
    return reader.meetings()


def statement_day(document: Document) -> date | None:
    """The day against which "yesterday" is resolved: the day of publication of a readout, else the day of the event."""
    published = document.heading.published
    if document.kind == "readout" and published and _DAY.match(published):
        return date.fromisoformat(published[:10])
    day = whole_day(document.date)
    return date.fromisoformat(day) if day else None


@dataclass(slots=True)
class _Draft:
    """A meeting under construction, with the report merged so far."""

    report: MeetingReport
    turn: Turn
    number: int
    last: int
    spans: list[tuple[int, int]]
    people: list[Participant] = field(default_factory=list)


class _MeetingReader:
    """Reads a document turn by turn and merges reports of the same meeting."""

    def __init__(self, analysis: DocumentAnalysis, acts: Sequence[Act], rules: MeetingRules) -> None:
        self.document, self.mentions, self.starts = analysis.document, analysis.mentions, analysis.starts
        self.first = next((both for both in analysis.turns if both[0].kind in ("statement", "answer")), None)
        self.asked = [(turn.start, turn.end) for turn, _ in analysis.turns if turn.kind == "question"]
        self.rules, self.words = rules, rules.words
        self.today = statement_day(analysis.document)
        self.principal, self.gathered = analysis.principal, analysis.speaking.gathered
        self.acts = [act for act in acts if act.type == "consult"]
        self.act_places = sorted((act.trigger.start, number) for number, act in enumerate(self.acts))
        self.found: list[_Draft] = []

    def read(self, number: int, turn: Turn, own: TurnAnalysis) -> None:
        """Read the meetings of a turn."""
        text = self.document.text
        triggers = self.words.find(text, turn.start, turn.end)
        if not triggers or turn.kind == "note":
            return
        at = 0
        for first, last in own.sentences:
            start, end = first + turn.start, last + turn.start
            here = []
            while at < len(triggers) and triggers[at].start < end:
                if triggers[at].end <= end and triggers[at].word not in self.words.refused:
                    here.append(triggers[at])
                at += 1
            if at == len(triggers) and not here:
                break
            if here:
                sentence = self._sentence(text, start, end, self.mentions, self.starts, turn.start)
                for report in read_sentence(sentence, self.rules, here):
                    self._assign(report, sentence, number, turn)

    def _sentence(
        self, text: str, start: int, end: int, mentions: Sequence[Mention], starts: list[int], floor: int
    ) -> MeetingSentence:
        first = bisect_left(starts, start)
        own = mentions[first : bisect_right(starts, end - 1)]

        def earlier() -> list[Actor]:
            known = mentions[max(bisect_left(starts, floor), first - _MENTIONS_BACK) : first]
            return find_actors(text, known, floor, start, self.rules.actors)

        actors = find_actors(text, own, start, end, self.rules.actors)
        titled = self.rules.title_of
        if titled is not None:  # "Gustav Struve, G20 Sherpa of Ruritania"
            actors = [one for one in actors if one.people or not titled.match(text, one.end)]
        states = self.rules.of_states
        if states is not None:  # "the two countries" are no organisation
            actors = [
                one for one in actors if not (one.pair and states.match(one.name)) or all(map(is_state, one.codes))
            ]
        acts = self._acts(start, end) if text is self.document.text else []
        return MeetingSentence(text, start, end, own, actors, self.today, earlier, self.principal, acts, self.gathered)

    def _acts(self, start: int, end: int) -> list[Act]:
        """The acts whose triggers begin in ``[start, end)``, in the order of the document's acts."""
        within = self.act_places[bisect_left(self.act_places, (start, 0)) : bisect_left(self.act_places, (end, 0))]
        return [self.acts[number] for number in sorted(number for _, number in within)]

    def _assign(self, report: MeetingReport, sentence: MeetingSentence, number: int, turn: Turn) -> None:
        """Assign a report to the meeting it is of, or to a new one if it is specific and no meeting fits."""
        if report.specific and (not report.told or _of_one_polity(report)) and not self._known(report, number):
            return
        if report.specific and report.anonymous and not (report.days or report.place or report.named):
            fitting = [one for one in self.found if number - one.last <= _MAX_TURNS_BACK and can_be(one.report, report)]
            report.specific = bool(fitting) or not report.loose
        elif report.specific:
            fitting = [
                one for one in self.found if same_meeting(one.report, report, near=number - one.last <= _MAX_TURNS_BACK)
            ]
        else:
            fitting = [
                one for one in self.found if number - one.last <= _MAX_TURNS_BACK and points_at(one.report, report)
            ]
        if not fitting:
            if report.pointing and report.days is not None:
                self._take_parties(report, sentence, number)
            if report.specific:
                report.start, report.end = max(report.start, sentence.start), min(report.end, sentence.end)
                self.found.append(_Draft(report, turn, number, number, [(report.start, report.end)]))
            return
        one = max(enumerate(fitting), key=lambda pair: (*_similarity(pair[1], report), pair[1].last, pair[0]))[1]
        one.last = number
        one.spans.append((max(report.start, sentence.start), min(report.end, sentence.end)))
        if report.pointing:
            add_people(report, _participants_during(report, one.report, sentence, self.rules))
        merge(one.report, report)

    def _known(self, report: MeetingReport, number: int) -> bool:
        """Whether a meeting told before is named again."""
        return any(
            same_meeting(one.report, report, near=number - one.last <= _MAX_TURNS_BACK)
            and one.report.kind == report.kind
            for one in self.found
        )

    def _take_parties(self, report: MeetingReport, sentence: MeetingSentence, number: int) -> None:
        """Make "the November 2022 meeting" of two who are spoken of a meeting of its own: its day is of none told before."""
        pairs = [
            actor.codes
            for actor in sentence.actors
            if len(actor.codes) == 2 and actor.pair and all(map(is_state, actor.codes))
        ]
        told = [
            tuple(one.report.parties)
            for one in self.found
            if number - one.last <= _MAX_TURNS_BACK and len(one.report.parties) == 2
        ]
        spoken = bool(pairs) or report.kind != "conference"
        parties = told[-1] if told and spoken else pairs[-1] if pairs else ()
        if not set(report.parties) <= set(parties) or not all(map(is_state, parties)) or not parties:
            return
        if report.kind == "conference":
            report.kind = "meeting"  # the summit of two
        report.parties.update(dict.fromkeys(parties))
        report.specific, report.pointing = True, False

    def title(self) -> None:
        """Read the title of an account of one meeting: its kind, parties and people."""
        document = self.document
        if document.kind == "press-conference" or not self.words.find(document.title, 0, len(document.title)):
            return
        report = self._in_title()
        if report is None or self.first is None:
            return
        first, analysed = self.first
        report.days = report.place = None
        opening = analysed.sentences[:2]
        end = first.start + opening[-1][1]
        for one in self.found:
            begins = one.turn is first and one.spans[0][0] < end
            if (
                begins
                and set(one.report.parties) >= set(report.parties)
                and (one.report.kind != "visit" or report.kind == "visit")
            ):
                one.report.kind = report.kind
                one.report.people += report.people
                return
        if document.kind != "readout":
            return  # that there is a joint statement does not tell of a meeting
        opened = (first.start + opening[0][0], first.start + opening[0][1])
        days = self.rules.find_dates(document.text[slice(*opened)], self.today)
        report.days = days[0] if len(days) == 1 and days[0].exact else None
        one = _Draft(report, first, 0, 0, [opened])
        self.found.insert(0, one)

    def _in_title(self) -> MeetingReport | None:
        head = self.document.heading
        if not head.title.strip():
            return None
        turn = Turn(id=head.id, kind="statement", start=0, end=len(head.title))
        titled = Document(heading=msgspec.structs.replace(head, text=head.title), turns=(turn,))
        mentions = analyse(titled).mentions
        sentence = self._sentence(head.title, 0, len(head.title), mentions, [one.start for one in mentions], 0)
        triggers = self.words.find(head.title, 0, len(head.title))
        report = [
            one for one in read_sentence(sentence, self.rules, triggers) if one.specific and len(one.parties) >= 2
        ]
        for one in report:
            one.people = [
                msgspec.structs.replace(person, start=0, end=0) for person in one.people
            ]  # the title is not part of the text
        return report[0] if report else None

    def meetings(self) -> tuple[Meeting, ...]:
        """Build the meetings of the record, without those of which only questions tell."""
        text = self.document.text
        seen: dict[str, int] = {}
        made = []
        self._into_visits()
        self.found = [one for one in self.found if not self._only_asked(one)]
        for one in sorted(self.found, key=lambda found: found.spans[0]):
            report = one.report
            start, end = one.spans[0]
            days = report.days if report.days is None or _within(report.days) <= _LONGEST_DAYS else None
            stem = f"{one.turn.id}:{report.kind}-{words_digest(text[start:end] + '|'.join(report.parties), 8)}"
            count = seen[stem] = seen.get(stem, 0) + 1
            made.append(
                Meeting(
                    id=stem + (f".{count}" if count > 1 else ""), kind=report.kind, name=" ".join(report.name.split()),
                    parties=each_once(tuple(report.parties)),
                    people=tuple(self._people(report.people)), place=report.place.name if report.place else None,
                    place_id=_place_id(report.place), first_day=days.first if days else None,
                    last_day=days.last if days and not report.begins else None,
                    invited_by=report.invited_by, decided_by=report.decided_by,
                    future=self._is_future(report), turn=one.turn.id, start=start, end=end,
                    spans=tuple(Stretch(*span) for span in dict.fromkeys(one.spans)),
                )
            )  # fmt: skip
        return tuple(made)

    def _only_asked(self, one: _Draft) -> bool:
        """Whether all words about a meeting are a questioner's."""
        return one.turn.kind == "question" and all(
            any(start <= first < end for start, end in self.asked) for first, _ in one.spans
        )

    def _into_visits(self) -> None:
        """Count the talks, receptions and ceremonies that fill a visit as part of it."""
        visits = [one for one in self.found if one.report.kind == "visit"]
        if not visits:
            return
        for one in [one for one in self.found if one.report.kind in ("meeting", "dialogue")]:
            visit = next(
                (
                    visit
                    for visit in visits
                    if visit.number - _VISIT_TURNS <= one.number <= visit.last + _VISIT_TURNS
                    and fills(visit.report, one.report)
                ),
                None,
            )
            if visit is not None:
                visit.spans += one.spans
                add_people(visit.report, one.report.people)
                self.found.remove(one)

    def _is_future(self, report: MeetingReport) -> bool:
        """Whether the meeting is still to come: decided by its days if they are exact."""
        today = whole_day(self.document.date)
        if report.days is None or not report.days.exact or today is None:
            return report.future
        return report.days.first > today or (report.future and report.days.last >= today)

    def _people(self, report: list[Participant]) -> Iterator[Participant]:
        """Yield each person once, with the fullest printed name and office."""
        held: dict[str, Participant] = {}
        for person in filter(None, map(self._placed, report)):
            key = next((known for known, other in held.items() if _one_person(other, person)), person.id or person.name)
            old = held.get(key)
            if old is None:
                held[key] = person
            elif (old.office is None and person.office) or (len(old.name) < len(person.name) and person.office):
                held[key] = msgspec.structs.replace(person, party=old.party or person.party)
        yield from held.values()

    def _placed(self, person: Participant) -> Participant | None:
        """Give a person from the title the span where the text names them (None if it does not); return others unchanged."""
        if person.end:
            return person
        at = next((one for one in self.mentions if one.kind == "person" and one.id == person.id and person.id), None)
        return msgspec.structs.replace(person, start=at.start, end=at.end) if at else None


def _within(days: DayRange) -> int:
    return (date.fromisoformat(days.last) - date.fromisoformat(days.first)).days


def _of_one_polity(report: MeetingReport) -> bool:
    """Whether all who take part are of one state: it meets itself."""
    return len({sovereign(code) for code in report.parties}) < 2 and all(map(is_state, report.parties))


def _one_person(one: Participant, other: Participant) -> bool:
    if one.id and other.id:
        return one.id == other.id
    names = one.name.split(), other.name.split()
    return one.name == other.name or (names[0][-1:] == names[1][-1:] and one.party in (other.party, None))


def _place_id(place: Mention | None) -> str | None:
    return None if place is None else place.id or next(iter(place.stands_for), None)


def _similarity(one: _Draft, report: MeetingReport) -> tuple[int, int, int]:
    """Rank a candidate meeting: shared people first, then the same name, then the number of its spans."""
    people = {person.id or person.name for person in one.report.people} & {
        person.id or person.name for person in report.people
    }
    if not report.specific:
        return len(people), 0, 0
    same = report.named and one.report.marks == report.marks
    return len(people), int(same), len(one.spans) if report.named and report.kind == "conference" else 0


def _participants_during(
    report: MeetingReport, meeting: MeetingReport, sentence: MeetingSentence, rules: MeetingRules
) -> list[Participant]:
    """People of the parties, with a printed office, who speak or act "during the talks", "after the visit", "会谈中"."""
    if not rules.is_during(sentence, report):
        return []
    behind = [
        actor
        for actor in sentence.actors_in(report.at, report.at + _FAR)
        if report.at < actor.start < report.at + _FAR and actor.people
    ]
    return [
        person
        for actor in behind
        for person in actor.people
        if person.party in meeting.parties and (person.office or person.id in {one.id for one in meeting.people})
    ]
