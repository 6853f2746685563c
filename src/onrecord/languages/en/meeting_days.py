"""Days and places among the words of a meeting in English: in its name, and between it and those who meet."""

from __future__ import annotations

import re

from onrecord.languages.en.dates import find_dates
from onrecord.languages.meeting_report import MeetingSentence

#: Before a day that is part of a meeting's name: "their April 2 call", "President Rudolf’s May 3 visit".
_NAMING_DAY = re.compile(r"(?:\b(?:the|their|his|her|its|our|this|that|recent|successful)|[’']s?)\s+$", re.I)
#: The words before a place where something happens; the second value is the number of characters searched.
_IN_PLACE = re.compile(r"(?:^|[\s,])(?:in|at)\s+(?:the\s+)?$")
_LEAD = 40


def without_days(sentence: MeetingSentence, start: int, end: int) -> str:
    """The words of a span without its days and places, white space folded."""
    gap = sentence.text[start:end]
    if not gap or gap.isspace():
        return " " if gap else ""
    for mention in reversed(sentence.mentions_in(start, end)):  # "met in Manila with": the place is skipped like a day
        if mention.end < end and mention.kind in ("place", "country", "territory"):
            before = gap[: mention.start - start]
            lead = _IN_PLACE.search(before, max(0, len(before) - _LEAD))
            if lead and len(gap) == end - start:
                gap = gap[: lead.start()] + " " + gap[mention.end - start :]
    for report in reversed(find_dates(gap, sentence.today)):
        before = re.sub(r"\b(?:on|from|in|late|early)\s*$", "", gap[: report.start])
        gap = before + gap[report.end :]
    return re.sub(r"\s+", " ", gap)


def before_days(sentence: MeetingSentence, start: int, end: int) -> int:
    """The end of a name that continues with a day: "Conference on May 4"."""
    for days in find_dates(sentence.text[start : min(sentence.end, end + 12)], sentence.today):
        if start + days.start < end:
            return start + len(
                re.sub(r"\s+(?:on|for|of|in)\s*(?:the\s*)?$", "", sentence.text[start : start + days.start].rstrip())
            )
    return end


def naming_days(sentence: MeetingSentence, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the days named directly in the words before a noun, not those of a phrase of their own ("on May 4")."""
    return [
        (start + days.start, start + days.end)
        for days in find_dates(sentence.text[start:end], sentence.today)
        if _NAMING_DAY.search(sentence.text, max(start, start + days.start - 24), start + days.start)
    ]
