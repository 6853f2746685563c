"""How specific the words about an English meeting are: whether they identify one meeting, refer back to one, or neither."""

from __future__ import annotations

import re

from onrecord.languages.meeting_report import MeetingReport, MeetingSentence
from onrecord.languages.meeting_words import MeetingWords, Trigger

#: "The president-elect of the 73rd Session": the meeting is a part of somebody's title.
_HOLDER = re.compile(
    r"(?i)\b(?:president(?:-elect)?|chair(?:man|person|woman)?|members?|secretary-general)\s+of\s+(?:the\s*)?$"
)
_ATTRIBUTE = re.compile(r"(?:consensus|spirit|outcomes?|agreements?|understandings?)\b[^,.;]{0,60}$")


def judge_specificity(
    sentence: MeetingSentence,
    words: MeetingWords,
    told: MeetingReport,
    trigger: Trigger,
    holding: bool,
    determiner: str,
    owner: str,
    first: int,
    end: int,
) -> None:
    """Whether the words say which meeting it is, point at one, or speak of meeting in general."""
    text = sentence.text
    vague = bool(words.pattern("vague_after", r"(?i)\s+{}\b").match(text, end))
    if not determiner and not owner and not holding and told.loose:
        vague = vague or bool(
            words.pattern("vague_before", r"(?i)\b{}\s*$").search(text, max(sentence.start, first - 20), first)
        )
    vague = vague or bool(_HOLDER.search(text, max(sentence.start, first - 40), first + len(determiner)))
    vague = vague or bool(re.search(r"(?i)\brounds\s+of\s+$", text[max(sentence.start, told.begin - 20) : told.begin]))
    if told.loose and not told.named:
        vague = vague or bool(
            words.pattern("wishing", r"(?i)\b{}\b").search(text, max(sentence.start, told.at - 60), told.at)
        )
    several = len(told.parties) >= 2
    if several and not vague:
        told.specific = not told.loose or bool(
            determiner in ("the", "this", "that", "his", "her", "their") or owner or holding or told.named
        )
    elif told.parties and told.named and told.kind == "conference" and not vague:
        told.specific = (
            text[trigger.start].isupper() or told.name[0].isupper() or bool(re.search(r"[A-Z]{2,}", told.name))
        )
    told.pointed = determiner in ("this", "that", "these", "those")
    told.pointing = not told.specific and determiner in words.sets["pointing"] and not vague
    told.topic = not _ATTRIBUTE.search(text, max(sentence.start, told.at - 70), told.at)
