"""How specific the words about an English meeting are: whether they identify one meeting, refer back to one, or neither."""

from __future__ import annotations

import re

from onrecord.languages.meeting_report import MeetingReport, MeetingSentence
from onrecord.languages.meeting_words import MeetingWords, Trigger

#: "The president-elect of the 73rd Session": the meeting is part of somebody's title.
_OFFICE_HOLDER = re.compile(
    r"(?i)\b(?:president(?:-elect)?|chair(?:man|person|woman)?|members?|secretary-general)\s+of\s+(?:the\s*)?$"
)
#: What goes on is no session: "their ongoing talks".
_GOING_ON = re.compile(r"(?i)\bongoing\s+(?:[\w-]+\s+){0,2}$")
_SOMEWHERE = re.compile(r"\b(?:in|at)\s+[A-Z]|\b(?:today|yesterday|this\s+week)\b")
_ATTRIBUTE = re.compile(r"(?:consensus|spirit|outcomes?|agreements?|understandings?)\b[^,.;]{0,60}$")


def judge_specificity(
    sentence: MeetingSentence,
    words: MeetingWords,
    report: MeetingReport,
    trigger: Trigger,
    holding: bool,
    determiner: str,
    owner: str,
    first: int,
    end: int,
) -> None:
    """Decide whether the words identify a meeting, refer back to one, or speak of meeting in general."""
    text = sentence.text
    vague = bool(words.pattern("vague_after", r"(?i)\s+{}\b").match(text, end))
    if not determiner and not owner and not holding and report.loose:
        vague = vague or bool(
            words.pattern("vague_before", r"(?i)\b{}\s*$").search(text, max(sentence.start, first - 20), first)
        )
    vague = vague or bool(_OFFICE_HOLDER.search(text, max(sentence.start, first - 40), first + len(determiner)))
    vague = vague or bool(
        re.search(r"(?i)\brounds\s+of\s+$", text[max(sentence.start, report.begin - 20) : report.begin])
    )
    if report.loose and _GOING_ON.search(text, max(sentence.start, report.at - 40), report.at):
        vague = vague or not _SOMEWHERE.search(text, report.at, min(sentence.end, report.at + 100))
    if report.loose and not report.named:
        vague = vague or bool(
            words.pattern("wishing", r"(?i)\b{}\b").search(text, max(sentence.start, report.at - 60), report.at)
        )
    several = len(report.parties) >= 2
    if several and not vague:
        report.specific = not report.loose or bool(
            determiner in ("the", "this", "that", "his", "her", "their") or owner or holding or report.named
        )
    elif report.parties and report.named and report.kind == "conference" and not vague:
        report.specific = (
            text[trigger.start].isupper() or report.name[0].isupper() or bool(re.search(r"[A-Z]{2,}", report.name))
        )
    report.pointed = determiner in ("this", "that", "these", "those")
    report.pointing = not report.specific and determiner in words.sets["pointing"] and not vague
    report.topic = not _ATTRIBUTE.search(text, max(sentence.start, report.at - 70), report.at)
