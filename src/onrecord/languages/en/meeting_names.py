"""The name of a meeting in English: the words before its noun, with a determiner or an owner, and those that go on behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.languages.en.dates import find_dates
from onrecord.languages.en.meeting_days import before_days, naming_days
from onrecord.languages.en.meeting_telling import ORDINAL
from onrecord.languages.meeting_report import MeetingSentence
from onrecord.languages.meeting_words import MeetingWords, Noun, Trigger
from onrecord.languages.participants import Actor

#: How a name continues after its noun: "of the Forum on Cooperation", "(FOCAC)".
_EXTENSION = re.compile(
    r"(?:\s+(?:of|on|for)\s+(?:the\s+)?[A-Z][\w&’'-]*(?:\s+(?:(?:and|of|on|for|the)\s+)*(?:[A-Z][\w&’'-]*|\d\d))*)?"
    r"(?:\s+\([A-Z][\w +-]{1,14}\))?"
)
_ROUND = re.compile(r"(?:(?:the|a|another)\s+)?(?:(?:[\w-]+)\s+)?round\s+of\s+(?:the\s+)?(?:[a-z]+\s+)?$", re.I)
_WORD = re.compile(r"[^\W_]+")
#: Words that are common in names of meetings.
_COMMON = frozenset(
    "the of for on and in a an s bilateral official state virtual video phone telephone working formal leaders held".split()
)
_BRACKETED = re.compile(r"\([A-Z][A-Z0-9+-]{1,8}\)")
#: No actor's name with its office is longer.
NEAR = 500


class BeforeNoun(NamedTuple):
    """What stands before a noun: its name from ``begin``, with its determiner or owner from ``first``."""

    begin: int
    first: int
    determiner: str
    owner: str
    named: bool


def before_noun(sentence: MeetingSentence, words: MeetingWords, trigger: Trigger, noun: Noun) -> BeforeNoun:
    """Return what belongs to the meeting of the words before its noun: a name, days, an owner, a round."""
    text, sets = sentence.text, words.sets
    begin = first = trigger.start
    determiner = owner = ""
    named = False
    dates = naming_days(sentence, max(sentence.start, begin - 140), begin)
    for plain, at in _words_before(text, max(sentence.start, begin - 140), begin):
        low = plain.lower().replace("’", "'")
        day = next((start for start, end in dates if start <= at < end), None)
        if day is not None:  # "their April 2, 2024, telephone call"
            begin = first = day
            continue
        if _BRACKETED.fullmatch(plain):  # "the Norway-Chile-Peru (NCP) meeting"
            begin = first = at
            continue
        if plain[-1] in ',;:.)”"—' and not (plain[-1] == "." and (len(plain) < 6 or "." in plain[:-1])):
            break
        if low in sets["determiners"]:
            determiner, first = low, at
            break
        if low.endswith(("'s", "s'")) and low not in sets["modifiers"]:
            owner, first = "'s", at
            break
        if low in sets["ordinals"] and not ORDINAL.fullmatch(low):
            first = at
        elif low == "and" and (noun.kind in ("visit", "call") or begin == trigger.start):
            break
        elif low in sets["modifiers"] or ORDINAL.fullmatch(low) or _names(sentence, plain, at):
            begin = first = at
            named = named or low not in ("and", "round")
        else:
            break
    while text[begin : begin + 4].lower() == "and ":
        begin += 4
    for days in find_dates(text[max(sentence.start, begin - 20) : trigger.start], sentence.today):
        reached = max(sentence.start, begin - 20) + days.end
        if begin < reached <= trigger.start:  # "the November 15, 2021 virtual meeting"
            begin = reached + len(text[reached : trigger.start]) - len(text[reached : trigger.start].lstrip(" ,"))
    rounds = _ROUND.search(text, max(sentence.start, first - 40), first)
    if rounds:
        return BeforeNoun(rounds.start(), rounds.start(), "the", owner, True)
    return BeforeNoun(begin, first, determiner, owner, named)


def end_of_name(sentence: MeetingSentence, trigger: Trigger, noun: Noun) -> int:
    """The end of a name that may continue after its noun: "Forum on Cooperation"."""
    end = trigger.end
    if not (sentence.text[trigger.start].isupper() or noun.kind == "conference"):
        return end
    longer = _EXTENSION.match(sentence.text, end, sentence.end)
    if longer is None or any(
        actor.people and actor.start < longer.end() and actor.start >= end
        for actor in sentence.actors_in(end, longer.end())
    ):
        return end
    return before_days(sentence, end, longer.end())


def marks_of(text: str, begin: int, end: int, others: Sequence[Trigger | Actor]) -> frozenset[str]:
    """The words that tell a name from others: those outside the trigger and the actors in it."""
    own = text[begin:end]
    for one in others:
        first, last = max(0, one.start - begin), max(0, one.end - begin)
        own = own[:first] + " " * (min(last, len(own)) - first) + own[last:]
    return frozenset(_WORD.findall(own.lower())) - _COMMON


def _words_before(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Yield the words of a span and where they begin, the last word first."""
    for word in reversed(text[start:end].split()):
        end = text.rindex(word, start, end)
        yield word, end


def _names(sentence: MeetingSentence, plain: str, at: int) -> bool:
    """Whether a word before a noun belongs to its name: capitalised, not part of a person's name, not first in the sentence."""
    if not (plain[0].isupper() or plain[0].isdigit() or plain[0] in '“"'):
        return False
    end = at + len(plain)
    if at == sentence.start and not any(actor.start == at for actor in sentence.actors_in(at, end)):
        return False
    return not any(
        actor.people and actor.start < end and at < actor.end for actor in sentence.actors_in(at - NEAR, end)
    )
