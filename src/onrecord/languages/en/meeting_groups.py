"""Meetings of a group in English: "we, the leaders of …, convened", "the Task Force met", "the summit, at which they agreed"."""

from __future__ import annotations

import re
from itertools import pairwise

from onrecord.languages.en.dates import find_dates
from onrecord.languages.en.undertaking_words import english
from onrecord.languages.meeting_report import AND, MeetingReport, MeetingSentence, codes_of
from onrecord.languages.meeting_words import Trigger
from onrecord.languages.participants import Actor, first_joined

#: Verbs that tell of a meeting only with all who gather as their subject.
ASSEMBLING = frozenset(("gathered", "gather", "have convened", "have gathered", "have met", "convened", "convene"))
_MEETING = ASSEMBLING | {"met", "meet"}
#: Those who gathered as a subject: "we", "the leaders", "the two presidents", "we, the leaders of A and B,".
_ALL = re.compile(
    r"\b(?:we|they|(?:the|our|both|all)(?:\s+(?:two|three|four|five|respective|foreign|defense|finance|trade))*\s+"
    r"(?:leaders|ministers|presidents|secretaries|sides|parties|participants|members|partners|governments|delegations|heads\s+of\s+state))"
    r"(?:,?\s+(?:and\s+)?(?:the\s+)?(?:leaders|heads|member\s+states|members|governments|representatives|ministers|presidents|foreign)\b[^.;:]{0,400})?(?:,\s*|\s+)"
    r"(?:(?:have|had|today|again|recently|also|jointly)\s+)*$",
    re.IGNORECASE,
)
#: What one convenes is another's meeting; what is met is a need.
_OBJECT = re.compile(r"\s+(?:an?|the|this|these|our|their|its|all|those|with)\s", re.IGNORECASE)
#: "Convened for the first meeting": the meeting is told by its noun.
_FOR_MEETING = re.compile(
    r"\s+(?:for|in|at)\s+(?:the|their|our|an?)\s+[^,.;]{0,60}?\b(?:meeting|summit|session|dialogue|conference)\b"
)
#: The name of a body that ends directly before the verb.
_BODY = re.compile(
    r"(?P<name>(?:\b(?:[A-Z][\w.’'&–-]*|\d{4}|of|on|for|and|the)\s+){0,10}\b(?P<head>[A-Z]\w+))(?:\s+(?P<rest>(?:on|for)\s+(?:[A-Z]\w+\s*|and\s+|of\s+){1,6}))?\s*$"
)
_WHERE = re.compile(r",?\s+(?:(?:in|at|during)\s+which|where)\s+")
_FAR = 500
#: Those who act at a conference are named so near, after an office so long at most.
_NEAR_WHERE = 160
_LONGEST_TITLE = 40
#: "During his visit to Arcadia, King Rudolf": the visitor is named behind.
_AHEAD = re.compile(r"\s+(?:to|in|of)\s+[^,.;]{2,80},\s+(?:the\s+)?")
_INTRODUCING = re.compile(r"(?:During|On|After|Before|In|Throughout|Following)\b")
#: The day that follows a meeting stands so near.
_DAY_NEAR = 30


def assembled(sentence: MeetingSentence, trigger: Trigger) -> tuple[str, ...]:
    """Those who gather by a verb without an object: all for whom the document speaks, or the parties of the body that meets."""
    if trigger.word not in _MEETING or _OBJECT.match(sentence.text, trigger.end):
        return ()
    if trigger.word in ASSEMBLING and _FOR_MEETING.match(sentence.text, trigger.end, sentence.end):
        return ()
    before = sentence.text[max(sentence.start, trigger.start - _FAR) : trigger.start]
    if len(sentence.gathered) > 1 and _ALL.search(before):
        return sentence.gathered
    body = _BODY.search(before)
    if body is None or not any(word.lower() in english().bodies for word in (body["head"], *body["name"].split())):
        return ()
    named = _parties(sentence, trigger.start - len(before) + body.start(), trigger.start)
    if len(named) > 1:
        return named
    return sentence.gathered if not named or set(named) <= set(sentence.gathered) else ()


def _parties(sentence: MeetingSentence, start: int, end: int) -> tuple[str, ...]:
    codes = [code for actor in sentence.actors_in(start, end) if actor.end <= end for code in actor.codes]
    return tuple(dict.fromkeys(codes))


def acting_there(sentence: MeetingSentence, end: int) -> list[Actor]:
    """Two or more who are said to act at the conference whose name ends at ``end``: "the summit, at which A and B agreed"."""
    where = _WHERE.match(sentence.text, end, sentence.end)
    if where is None:
        return []
    named = [one for one in sentence.actors_in(where.end(), where.end() + _NEAR_WHERE) if one.people]
    near = bool(named) and named[0].start - where.end() < _LONGEST_TITLE
    return named if near and len(codes_of(named)) > 1 else []


def person_ahead(sentence: MeetingSentence, end: int) -> list[Actor]:
    """The visitor named behind "during his visit to Arcadia,", where a sentence begins with it."""
    comma = _AHEAD.match(sentence.text, end, sentence.end)
    if comma is None or not re.match(
        r"(?:During|On|After|Before|In|Throughout|Following)\b", sentence.text[sentence.start : end]
    ):
        return []
    first = next((one for one in sentence.actors_in(comma.end(), comma.end() + 100) if one.people), None)
    return [first] if first is not None and first.start - comma.end() < 60 and first.codes else []


def pair_of_body(sentence: MeetingSentence, before: int) -> list[Actor]:
    """The two states in the name of the body that holds "its first meeting": "the Arcadia-Ruritania mechanism on trade"."""
    actors = [one for one in sentence.free(before) if one.codes and not one.people]
    for one, other in pairwise(actors):
        if sentence.text[one.end : other.start] in ("-", "–", "—", "/"):
            return [one, other]
    return [one for one in actors if len(one.codes) == 2][:1]


#: "The leaders' Tuesday call", "the two sides' first meeting".
_THEIRS = re.compile(
    r"\b(?:[Tt]he|[Tt]heir|[Oo]ur)\s+(?:two\s+|three\s+|four\s+)?(?:leaders|presidents|ministers|secretaries|sides|parties|principals|premiers)[’']"
    r"(?:\s+[\w-]+,?){0,4}\s+$"
)
#: A session of theirs that is held: "the first meeting will take place in Strelsau".
_WHICH = re.compile(
    r"\b[Tt]he(?:ir|ir\s+own)?\s+(?:first|second|third|fourth|fifth|inaugural|next|\d+(?:st|nd|rd|th))\s+(?:round\s+of\s+(?:the\s+)?|[A-Z]\w+\s+){0,2}$"
)
_TAKES_PLACE = re.compile(
    r"(?:\s+(?:of|on)\s+(?:the|this|our)\s+[^,.;]{2,60}?)?\s+(?:(?:will|is\s+to|was|were)\s+(?:be\s+)?(?:held|convened|hosted|take\s+place|convene)|took\s+place|convened)\b"
)
#: "We, the leaders of A and B, convened for the first leaders' meeting".
_CONVENED_FOR = re.compile(
    r"\b(?:convened|gathered|met|assembled)\s+(?:virtually\s+|in\s+person\s+|today\s+)?(?:for|in|at)\s+(?:the|our|their|an?)\s+[^,.;]{0,40}$"
)
#: Those whose meeting it was are named so near behind it: "During the leaders' Tuesday call, President A and Prime Minister B".
_NAMED_BEHIND = 60
_LONGEST_OWNER = 60


def all_who_gathered(sentence: MeetingSentence, report: MeetingReport) -> tuple[str, ...]:
    """The parties of a meeting whose words name nobody: those named behind "the leaders' call", or all who speak."""
    text, gathered = sentence.text, sentence.gathered
    if _THEIRS.search(text, max(sentence.start, report.at - _LONGEST_OWNER), report.at):
        behind = [one for one in sentence.actors_in(report.name_end, report.name_end + 2 * _NAMED_BEHIND) if one.people]
        named = first_joined(text, behind, AND)
        near = bool(named) and named[0].start - report.name_end < _NAMED_BEHIND
        if near and len(codes_of(named)) > 1:
            return tuple(code for one in named for code in one.codes)
        return gathered
    if not set(report.parties) <= set(gathered):
        return ()
    convened = _CONVENED_FOR.search(text, max(sentence.start, report.at - _FAR), report.at)
    if convened is not None and _ALL.search(text[max(sentence.start, convened.start() - _FAR) : convened.start()]):
        return gathered
    which = _WHICH.search(text, max(sentence.start, report.at - _LONGEST_OWNER), report.at)
    if which is not None and report.kind != "visit" and _TAKES_PLACE.match(text, report.name_end, sentence.end):
        return gathered
    return gathered if names_own_body(sentence, report) else ()


def names_own_body(sentence: MeetingSentence, report: MeetingReport) -> bool:
    """Whether a dated meeting is one of the body of all who speak: "the Task Force meeting in May 2022"."""
    if len(sentence.gathered) < 2 or not set(report.parties) <= set(sentence.gathered):
        return False
    words = sentence.text[report.begin : report.name_end].lower().split()
    if english().bodies.isdisjoint(words[:-1]):
        return False
    return bool(find_dates(sentence.text[report.name_end : report.name_end + _DAY_NEAR], sentence.today))


def visitors(sentence: MeetingSentence, subject: list[Actor]) -> list[Actor]:
    """Who visits, of those named before the verb: where a sentence tells who invites, the last of them, and not the hosts."""
    if not sentence.inviting or len(codes_of(subject)) < 2:
        return subject
    return [one for one in subject if one.codes == subject[-1].codes]
