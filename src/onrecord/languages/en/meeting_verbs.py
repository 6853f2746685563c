"""How an English verb reports a meeting, and when it tells of none: other objects are met, a bare infinitive may be a wish."""

from __future__ import annotations

import re

from onrecord.languages.en.meeting_groups import ASSEMBLING, assembled, visitors
from onrecord.languages.en.meeting_parties import NO_OBJECT, OBJECT, objects_behind, stops_from, subject_before
from onrecord.languages.en.meeting_places import welcomed_to
from onrecord.languages.meeting_report import MeetingReport, MeetingSentence, codes_of, visits_apart
from onrecord.languages.meeting_words import MeetingWords, Trigger, Verb
from onrecord.languages.participants import Actor
from onrecord.lexicon.actors import is_state

_TRAVELLING = re.compile(
    r"(?i)\b(?:delegations?|teams?|envoys?|ministers?|officials?|presidents?|representatives?|leaders?|group|missions?|he|she|they|who)\b"
)
_SEVERAL = re.compile(r"\b(?:many|several|multiple|numerous|two|three|four|five|\d+)\s+(?:times|occasions)\b")
#: Verbs that have many other uses, and so need a person as object.
_WELCOMING = frozenset(("welcomed", "welcomes", "will welcome"))
_HOSTING = frozenset(("hosted", "will host"))
_NEEDS_PERSON = frozenset("called received hosted met meet meets spoke".split()) | {"will host"} | _WELCOMING


def read_verb(sentence: MeetingSentence, words: MeetingWords, trigger: Trigger, verb: Verb) -> MeetingReport | None:
    """Return the meeting that a verb reports, None if it has another object, is only wished, or lacks parties."""
    text = sentence.text
    wished = words.pattern("wishing", r"(?i)\b{}\s+(?:\w+\s+)?$").search(
        text, max(sentence.start, trigger.start - 30), trigger.start
    )
    if wished or _no_meeting(sentence, trigger):
        return None
    report = MeetingReport(verb.kind, verb.kind, trigger.start, trigger.end, trigger.start, begin=trigger.start)
    report.name_end = trigger.end
    _, partners = objects_behind(sentence, trigger.end, OBJECT)
    partners, stops = [one for one in partners if one.codes], list[Actor]()
    if verb.takes == "destination":
        partners = [one for one in partners if one.country and not NO_OBJECT.match(text, one.end)] or [
            Actor(one.start, one.end, (one.stands_for[0],), (), True, one.name)
            for one in sentence.mentions_in(trigger.end, trigger.end + 12)
            if one.kind == "place" and len(one.stands_for) == 1 and 0 < one.start - trigger.end < 12
        ]  # fmt: skip
        stops = stops_from(sentence, partners)
        partners = partners[:1]  # stops of a tour are visits of their own
    elif (
        partners
        and not any(one.people or one.titled or len(one.codes) > 1 for one in partners)
        and trigger.word in _NEEDS_PERSON
    ):
        partners = []  # "called China a rival", "received Chinese goods"
    if trigger.word in _WELCOMING and partners:
        report.place = welcomed_to(sentence, partners[-1].end)
        partners = partners if report.place is not None else []
    if trigger.word in _HOSTING and not partners:
        return None  # "will host the Quad Forum": the noun tells of the meeting
    partners = [] if trigger.word in ASSEMBLING else partners
    together = () if partners else assembled(sentence, trigger)
    if together:
        report.parties.update(dict.fromkeys(together))
        report.specific, report.anonymous = True, False
        return report
    if not partners and not _stands_alone(sentence, trigger, verb):
        return None
    subject = subject_before(sentence, trigger.start, codes_of(partners))
    if (
        verb.takes == "destination"
        and not any(one.people for one in subject)
        and not _TRAVELLING.search(text, subject[-1].end if subject else trigger.start, trigger.start)
    ):
        return None
    guests = visitors(sentence, subject) if verb.kind == "visit" else subject
    if verb.takes == "destination":
        report.apart = visits_apart(guests, stops, sentence)
        guests = [one for one in guests if one.codes == guests[0].codes] if report.apart else guests
    report.add([*guests, *partners])
    by_phone = words.pattern("virtual", r"(?i)\b(?:{}|phone|telephone)\b").search(
        text, trigger.start, min(sentence.end, trigger.end + 120)
    )
    if (
        verb.kind == "call"
        and trigger.word in ("spoke", "speak", "speaks", "spoke with", "spoke to", "called")
        and not by_phone
    ):
        report.loose = True
    sentence.by_act(report)
    if len(report.parties) == 1 and _of_a_group(sentence, subject, trigger):
        report.kind, report.anonymous = "conference", False
    report.specific = (len(report.parties) >= 2 or report.kind == "conference") and not _SEVERAL.search(
        text, trigger.start, min(sentence.end, report.end + 50)
    )
    if verb.takes == "destination":
        report.place = sentence.place_at(partners[0].start)
    return report if report.specific else None


def _stands_alone(sentence: MeetingSentence, trigger: Trigger, verb: Verb) -> bool:
    """Whether a verb tells of a meeting without an object."""
    if verb.takes == "destination" or trigger.word in _WELCOMING or trigger.word in ASSEMBLING:
        return False
    return _intransitive(sentence, trigger) or sentence.consults(trigger.start) is not None


def _intransitive(sentence: MeetingSentence, trigger: Trigger) -> bool:
    """Recognise "the two presidents met in Bali": both participants before the verb."""
    if trigger.word not in ("met", "meet", "spoke", "speak", "are meeting"):
        return False
    subject = subject_before(sentence, trigger.start)
    codes = codes_of(subject)
    gap = sentence.text[subject[-1].end : trigger.start] if subject else ""
    return (
        (len(codes) >= 2 or _of_a_group(sentence, subject, trigger))
        and len(gap) < 40
        and not re.search(r"[,.;:]|\b(?:of|in|that|which)\b", gap)
    )


#: "The leaders of the G7 met": those of all its members.
_LEADERS_OF = re.compile(
    r"(?i)\b(?:leaders|ministers|members|heads\s+of\s+state|representatives)\s+(?:of|from)\s+(?:the\s+)?$"
)
_BY_LEADERS = re.compile(r"(?:\s+[\w’'-]+){0,2}\s+(?:leaders|ministers|members)\s+(?:\w+\s+)?$")


def _of_a_group(sentence: MeetingSentence, subject: list[Actor], trigger: Trigger) -> bool:
    """Whether the subject are the leaders of one organisation of states: "the leaders of the G7 met today"."""
    if len(subject) != 1 or len(subject[0].codes) != 1 or is_state(subject[0].codes[0]):
        return False
    before = sentence.text[max(sentence.start, subject[0].start - 40) : subject[0].start]
    return bool(_LEADERS_OF.search(before) or _BY_LEADERS.fullmatch(sentence.text, subject[0].end, trigger.start))


#: Before these a meeting verb has another object: "structures meet these challenges".
_OTHER_OBJECT = re.compile(
    r"\s+(?:the|these|those|this|their|our|its|your|any|all|such|every|each|an?|one|both|new|[\w-]+ing)\s+(?!(?:two|three|leaders?|president|"
    r"prime|king|queen|chancellor|foreign|minister|secretary|visiting)\b)[a-z]"
)


def _will(sentence: MeetingSentence, trigger: Trigger) -> bool:
    """Whether a bare verb is what somebody invited, or somebody who "will", goes to do: "will lead a team to visit"."""
    return (
        bool(sentence.inviting)
        or re.search(r"\bwill\b", sentence.text[max(sentence.start, trigger.start - 120) : trigger.start]) is not None
    )


#: Bare verbs: they tell of a meeting only behind "will", "is to" and the like.
_BARE = frozenset("meet speak visit".split())
#: "Let the two speak", "worked together to meet", "envisage to meet periodically": no particular meeting.
_NOT_PLANNED = re.compile(
    r"(?i)\blet\s+[^.,;]{0,40}$|(?<!\bis )(?<!\bare )(?<!\bplan )(?<!plans )(?<!planned )(?<!planning )(?<!scheduled )"
    r"(?<!expected )(?<!going )(?<!agreed )(?<!due )(?<!set )(?<!intends )(?<!intend )(?<!about )(?<!forward )(?<!continue )"
    r"(?<!was )(?<!were )(?<!decided )(?<!ought )\bto\s+$"
)
#: What somebody is only able or allowed to do: "unlikely to be able to travel to".
_ABLE = re.compile(r"(?i)\b(?:able|unable|allowed|permitted|unlikely|free)\s+to\s+$")
#: Verbs that take other objects than people.
_WITH_OBJECTS = frozenset("met meet meets received".split())


def _no_meeting(sentence: MeetingSentence, trigger: Trigger) -> bool:
    """Whether a verb has another object ("meet these challenges"), or is bare and nobody is said to be going to do it."""
    text = sentence.text
    if trigger.word in _WITH_OBJECTS and _OTHER_OBJECT.match(text, trigger.end):
        return True
    if _ABLE.search(text, max(sentence.start, trigger.start - 40), trigger.start):
        return True
    return (
        trigger.word in _BARE
        and not _will(sentence, trigger)
        and _NOT_PLANNED.search(text, max(sentence.start, trigger.start - 60), trigger.start) is not None
    )
