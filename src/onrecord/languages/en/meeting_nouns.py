"""How an English noun reports a meeting: whose it is, with whom, and who holds it."""

from __future__ import annotations

import re

from onrecord.annotation_types import NO_PARTY, MeetingKind
from onrecord.languages.en.meeting_groups import acting_there, all_who_gathered, pair_of_body, person_ahead, visitors
from onrecord.languages.en.meeting_names import NEAR, BeforeNoun, before_noun, end_of_name, marks_of
from onrecord.languages.en.meeting_parties import (
    NO_OBJECT,
    RELATION,
    objects_behind,
    owner_of,
    stops_from,
    subject_before,
)
from onrecord.languages.en.meeting_places import place_named
from onrecord.languages.en.meeting_specificity import judge_specificity
from onrecord.languages.en.meeting_telling import judge_told
from onrecord.languages.en.meeting_verbs import read_verb
from onrecord.languages.meeting_report import AND, MeetingReport, MeetingSentence, visits_apart
from onrecord.languages.meeting_words import MeetingWords, Noun, Trigger
from onrecord.languages.participants import Actor, joined
from onrecord.lexicon.actors import is_state

_OF_THE = re.compile(r"\s+of\s+(?:the\s+)?")
#: "Will travel to Strelsau for the state visit": the town is more exact than the state.
_TRAVELS = re.compile(
    r"\b(?:travel|go|fly|head)(?:s|ed|ing|led|ling|es)?\s+to\s+(?P<place>[A-Z][^,.;]{2,40}?)\s+(?:for|on)\s+(?:(?:the|an?|his|her|their)\s+)?$"
)
#: Occasions of state that are no meeting by themselves: who attends one from abroad visits.
_CEREMONIES = frozenset(
    ("inauguration", "inauguration ceremony", "inaugural ceremony", "swearing-in ceremony", "funeral", "state funeral")
)
_ATTENDS = re.compile(
    r"(?i)\b(?:attend(?:s|ed|ing)?|attendance\s+at|represent\w*\s+(?:\S+\s+){1,4}at)(?:\s+(?:the|[A-Z][\w.]*)){0,4}\s*$"
)
#: What a meeting is on is not who meets: "a meeting on the Arcadian nuclear issue".
_TOPIC = re.compile(r"\s+on\b")
#: A body or plan named after its meetings.
_PART_OF_NAME = re.compile(
    r"\s+(?:Committee|Council|Group|Framework|Partnership|Initiative|Process|Mechanism|Center|Centre|Agreement|Act|Fund|Program|Programme|Task)\b"
)
_FOLLOWS_VISIT = re.compile(r"\s+(?:to|by|of|between)\b")
_MODAL = frozenset(
    "will to would can could should may might and also not jointly again soon already officially shall then".split()
)
#: "His stay in Arcadia" is a visit; other stays are not.
_ONLY_OWNED = frozenset(("stay", "stopover"))
#: " in the " before the country of a stay.
_LEAD_IN = 10
_IN_A = re.compile(r"\b(?:in|during|at|over|on)\s*$")


def read_noun(sentence: MeetingSentence, words: MeetingWords, trigger: Trigger, noun: Noun) -> MeetingReport | None:
    """Return the meeting that a noun reports, None if it speaks of meeting in general."""
    text, word = sentence.text, trigger.word
    before = before_noun(sentence, words, trigger, noun)
    begin, first, determiner, owner = before.begin, before.first, before.determiner, before.owner
    end = end_of_name(sentence, trigger, noun)
    if text[trigger.start].isupper() and _PART_OF_NAME.match(text, trigger.end):
        return None
    named = before.named or end > trigger.end
    attends = _ATTENDS.search(text, max(sentence.start, first - 60), first) if word in _CEREMONIES else None
    if word in _CEREMONIES and attends is None:
        return None
    if word in _ONLY_OWNED and not (owner or determiner in ("his", "her", "their")):
        return None
    if (
        word in ("visit", "visits", "call", "calls", "trip")
        and not (determiner or owner or named)
        and not _FOLLOWS_VISIT.match(text, end, end + 10)
    ):
        modal = text[max(sentence.start, begin - 12) : begin].split()
        if word in ("visit", "visits") and modal and modal[-1].lower() in _MODAL:
            return read_verb(sentence, words, trigger, words.verbs["visited"])
        return None
    report = MeetingReport(noun.kind, text[begin:end], begin, end, trigger.start, loose=noun.loose, begin=begin)
    report.name_end = end
    near = sentence.actors_in(begin - NEAR, end)
    inside = [
        actor
        for actor in near
        if actor.start < end
        and actor.end > begin
        and not actor.people
        and not _TOPIC.match(text, trigger.end, actor.start)
    ]
    inside = _without_towns(sentence, inside)
    report.add(inside)
    report.named = named and not (noun.loose and not inside and trigger.start == begin)
    report.marks = marks_of(text, begin, end, [trigger, *inside])
    _add_mechanism(sentence, report, before, trigger)
    _add_owners(sentence, report, before, trigger)
    holding = words.pattern("holding", r"(?i)\b{}(?:\s+(?:on|in|for|at|up|off))?\s*$").search(
        text, max(sentence.start, first - 40), first
    )
    stops = _add_related(sentence, report, noun, end)
    if noun.kind == "conference":
        report.add(acting_there(sentence, end))
    guests = _add_subject(sentence, report, noun, before, holding.start() if holding else None)
    report.apart = visits_apart(guests, stops, sentence)
    if len(report.apart) >= len(stops) > 0:  # several came, each of them on a visit of his own
        report.parties = dict.fromkeys((*guests[0].codes, *stops[0].codes))
        report.people = [one for one in report.people if one.party in (None, *report.parties)]
    if attends is not None:
        report.add(subject_before(sentence, attends.start(), report.parties))
    if len(report.parties) < 2 and holding:
        sentence.by_act(report)
    if (
        len(report.parties) < 2
        and determiner in ("a", "an")
        and _IN_A.search(text, max(sentence.start, first - 10), first)
    ):
        report.add(subject_before(sentence, first))  # "agreed in a telephone call to"
    if len(report.parties) < 2:
        report.parties.update(dict.fromkeys(all_who_gathered(sentence, report)))
    report.kind = _kind(report, noun, word)
    if noun.kind == "call" and word.endswith("s") and len(report.parties) > 2:
        return None  # "phone calls with the Arcadian and Ruritanian ministers" are several
    judge_specificity(sentence, words, report, trigger, bool(holding), determiner, owner, first, end)
    judge_told(sentence, report, before.first, before.determiner, holding[0] if holding else "")
    return report if report.specific or report.pointing else None


def _without_towns(sentence: MeetingSentence, inside: list[Actor]) -> list[Actor]:
    """The actors in a name without the town of an organisation's summit: "the G20 Strelsau Summit" is none of the host's."""
    if len(inside) < 2 or all(is_state(code) for one in inside for code in one.codes):
        return inside
    towns = {one.start for one in sentence.mentions_in(inside[0].start, inside[-1].end) if one.kind == "place"}
    return [one for one in inside if one.start not in towns]


def _kind(report: MeetingReport, noun: Noun, word: str) -> MeetingKind:
    """The kind of a meeting by its noun: talks with a name are a dialogue, the summit of two is their meeting."""
    if word in ("talks", "discussions") and report.named:
        return "dialogue"
    states = len(report.parties) == 2 and all(is_state(code) for code in report.parties)
    summit = noun.kind == "conference" and word.startswith(("summit", "leaders' ", "foreign ministers' "))
    return "meeting" if summit and states and not report.marks else report.kind


def _add_owners(sentence: MeetingSentence, report: MeetingReport, before: BeforeNoun, trigger: Trigger) -> None:
    """Add whose meeting it is by the words before: "Sullivan's Call with", "Jake Sullivan Call with"."""
    text, begin, first = sentence.text, before.begin, before.first
    near = sentence.actors_in(begin - NEAR, begin)
    beside = [actor for actor in near if actor.people and actor.end <= begin and not text[actor.end : begin].strip()]
    if not before.owner and (not beside or before.determiner):
        return
    owners = beside or [
        actor for actor in sentence.free(trigger.start) if first <= actor.end <= begin + 2 or first < actor.end <= begin
    ]
    report.add(joined(text, owners, AND)[-1] if owners else [])


def _add_mechanism(sentence: MeetingSentence, report: MeetingReport, before: BeforeNoun, trigger: Trigger) -> None:
    """Add the parties of the mechanism that the name holds, or whose session it is: "the fifth meeting of the mechanism"."""
    end = report.name_end
    of_the = _OF_THE.match(sentence.text, end)
    behind = of_the.end() if of_the is not None else end
    for mention in sentence.mentions_in(trigger.start - NEAR, behind + 1):
        if mention.kind != "mechanism" or not mention.stands_for:
            continue
        within = mention.start < end and mention.end > trigger.start
        session = of_the is not None and mention.start == behind and before.first < before.begin
        if within or session:
            report.named = report.named or session
            report.parties.update(dict.fromkeys(code for code in mention.stands_for if code not in NO_PARTY))


def _add_related(sentence: MeetingSentence, report: MeetingReport, noun: Noun, at: int) -> list[Actor]:
    """Add the actors behind "between", "with", "to", "by", and the country in which a stay is; return the stops."""
    stops: list[Actor] = []
    if noun.kind == "visit" and (travels := _TRAVELS.search(sentence.text, sentence.start, report.begin)):
        report.place = place_named(sentence, travels.start("place"), travels.end("place"))
    if report.name.endswith(tuple(_ONLY_OWNED)):
        there = next((one for one in sentence.actors_in(at, at + _LEAD_IN) if one.country), None)
        if there is not None:
            report.add([there])
            report.place = sentence.place_at(there.start)
        return stops
    for _ in range(4):
        how, actors = objects_behind(sentence, at, RELATION)
        if not actors:
            break
        at = actors[-1].end
        if how in ("in", "at"):
            continue
        if how == "to" and (
            noun.kind != "visit"
            or (actors[0].country and NO_OBJECT.match(sentence.text, at) and sentence.text[at] == "-")
        ):
            break
        if how == "by" and noun.kind not in ("visit", "call"):
            break
        if how == "to":
            report.place = report.place or sentence.place_at(actors[0].start)
            stops = [] if any(one.people for one in actors) else stops_from(sentence, actors[:1])
            actors = actors[:1] if stops else actors  # stops of a tour are visits of their own
        report.add(actors)
    return stops


def _add_subject(
    sentence: MeetingSentence, report: MeetingReport, noun: Noun, before: BeforeNoun, holding: int | None
) -> list[Actor]:
    """Add whoever "his visit" is of, or whoever holds the meeting, by the verb of holding at ``holding``; return the visitors."""
    if before.determiner in ("his", "her", "their") and noun.kind in (
        "visit",
        "call",
        "meeting",
        "dialogue",
        "conference",
    ):
        ahead = person_ahead(sentence, report.name_end) if noun.kind == "visit" else []
        owners = ahead or owner_of(sentence, before.first, report.parties, plural=before.determiner == "their")
        report.add(owners)
        if holding is not None and len(report.parties) < 2:
            report.add(subject_before(sentence, holding, report.parties, 90))
        return owners if noun.kind == "visit" else []
    if (holding is not None or (noun.kind == "visit" and not before.owner)) and not (
        before.owner and len(report.parties) > 1
    ):
        at = before.first if holding is None else holding
        subject = subject_before(sentence, at, report.parties if len(report.parties) < 3 else (), 90)
        if len(report.parties) > 1 and noun.kind != "visit" and not any(one.people for one in subject):
            return []  # the name says whose it is; a state named before it is of another meeting
        guests = visitors(sentence, subject) if noun.kind == "visit" else subject
        report.add(guests)
        if before.determiner == "its" and len(report.parties) < 2:
            report.add(pair_of_body(sentence, at))
        return guests if noun.kind == "visit" else []
    return []
