"""English meeting rules: how invitations, places, decisions and days of speech relate to a meeting in a sentence."""

from __future__ import annotations

import re
from itertools import pairwise

from onrecord.annotation_types import Mention
from onrecord.languages.day_ranges import DayRange
from onrecord.languages.en.dates import find_dates
from onrecord.languages.en.meeting_days import without_days
from onrecord.languages.en.meeting_places import place_of
from onrecord.languages.en.meeting_words import meeting_words
from onrecord.languages.en.meetings import read_english
from onrecord.languages.en.participants import ACTOR_RULES
from onrecord.languages.meeting_report import AND, MeetingReport, MeetingSentence
from onrecord.languages.meeting_rules import MeetingRules
from onrecord.languages.meeting_words import Trigger
from onrecord.languages.participants import Actor, joined

#: Between the name of a session and its day.
_ON_ITS_DAY = re.compile(
    r"(?:\s*\([^()]{2,20}\))?,?\s*(?:(?:that\s+was\s+|which\s+was\s+|was\s+)?(?:held|convened|hosted)\s*)?(?:virtually\s*|by\s+video\w*\s*)?"
    r"(?:(?:in|at)\s+(?:the\s+)?(?:[A-Z][\w.’'-]*,?\s*){1,5})?(?:on|in|of|from|this|last)?\s*"
)
_JUST = re.compile(
    r"(?i)(?<!the )(?<!this )(?<!that )(?<!our )(?<!their )\bjust\s+"
    r"(?:finished|concluded|wrapped\s+up|completed|ended)\s+(?:(?:the|a|an|his|her|their|our)\s+)?$"
)
_IN_OFFICE = re.compile(r"\b(?:taking|took|assuming|assumed|entering)\s+office\s+(?:on\s+|in\s+|since\s+)?$")
_SIDE = re.compile(r"\s+(?:side|government|authorities)\b")
_DURING = r"(?i)(?<!\w){}\s+(?:the|this|that|his|her|their|both)\s+(?:\S+\s+){0,3}$"


class EnglishMeetings(MeetingRules):
    """The meeting rules of English."""

    word_form = r"(?i)\b{}\b"
    decided_form = r"(?i)\b{}\s+(?:the\s+)?"
    ended = re.compile(r"(?i)\b(?:concluded|was held|were held|ended)\b")
    coming = re.compile(r"(?i)\b(?:upcoming|forthcoming)\b")
    beside = re.compile(r"\b(?:sidelines?|margins?)\s+of\s+(?:the\s+|this\s+year[’']s\s+)?$")
    remark = re.compile(r"\bis\b|[，,]")
    begins = re.compile(
        r"(?i)\b(?:begins?|began|beginning|starts?|started|starting|kick(?:s|ed)?\s+off|arriv(?:e|es|ed|ing)|depart(?:s|ed)?|"
        r"leading\s+a\s+delegation|sen(?:ds|t)\s+(?:\w+\s+){0,3}(?:delegation|envoys?))\b"
    )
    joins_days = re.compile(r"\s+and\s+(?:on\s+)?")
    title_of = re.compile(r"(?:/[A-Z]\w*)?\s+[Ss]herpas?\b")
    of_states = re.compile(r"(?i)(?:(?:the|both|our|these)\s+)?(?:two\s+)?(?:countries|heads\s+of\s+state|nations)\b")
    separately = re.compile(r"(?i)\brespectively\b")
    find_dates = staticmethod(find_dates)

    def __init__(self) -> None:
        super().__init__(meeting_words(), ACTOR_RULES)

    def read(self, sentence: MeetingSentence, trigger: Trigger) -> MeetingReport | None:
        """Use possessives, prepositions, subject and object."""
        return read_english(sentence, self.words, trigger)

    def note_invitations(self, sentence: MeetingSentence) -> None:
        """Recognise "at the invitation of"."""
        leading = self.words.pattern("invitation", r"(?i)\b{}\s+(?:the\s+)?")
        for match in leading.finditer(sentence.text, sentence.start, sentence.end):
            actors = [actor for actor in sentence.actors if actor.start >= match.end()]
            if actors and actors[0].start - match.end() <= 40:
                group = joined(sentence.text, actors, AND)[0]
                # "At the invitation of President A, President B": the actor after a bare comma does not invite
                breaks = (n for n, pair in enumerate(pairwise(group)) if not _joins_inviters(sentence.text, *pair))
                last = next(breaks, len(group) - 1)
                codes = tuple(dict.fromkeys(code for actor in group[: last + 1] for code in actor.codes))
                side = _SIDE.match(sentence.text, group[last].end)
                sentence.inviting.append((match.start(), side.end() if side else group[last].end, codes))

    def is_day_of_speech(self, sentence: MeetingSentence, first: int, last: int) -> bool:
        """Recognise "said yesterday", "yesterday told"."""
        text, saying = sentence.text, self.pattern("saying")
        before = text[max(sentence.start, first - 40) : first]
        if _IN_OFFICE.search(before):
            return True  # "his first visit after taking office last May"
        return bool(re.search(saying.pattern + r"(?:\s+\w+){0,1}\s+(?:on\s+)?$", before)) or bool(
            re.match(
                r",?\s+(?:(?:I|we)\s+(?:am|are)\s+announcing|we\s+announced?|that|told|said|announced)\b", text[last:]
            )
        )

    def place(self, sentence: MeetingSentence, report: MeetingReport) -> Mention | None:
        """Take a place after the meeting with "in" or "at"."""
        return place_of(sentence, report, without_days)

    def day_of(self, sentence: MeetingSentence, report: MeetingReport) -> DayRange | None:
        """Take the day of the statement for what has "just finished"."""
        if sentence.today is None or report.kind not in ("meeting", "call", "dialogue"):
            return None
        just = _JUST.search(sentence.text, max(sentence.start, report.begin - 40), report.begin)
        day = sentence.today.isoformat()
        at = report.begin - sentence.start
        return DayRange(day, day, at, at, False) if just is not None else None

    def is_dated(self, sentence: MeetingSentence, report: MeetingReport) -> bool:
        """Recognise "the 6th Arcadia-Ruritania Summit (held in Strelsau) on May 4" and "in May 2021"."""
        if report.days is None or not (report.named or report.marks or sentence.text[report.at].isupper()):
            return False
        day = sentence.start + report.days.start
        return report.name_end <= day and _ON_ITS_DAY.fullmatch(sentence.text, report.name_end, day) is not None

    def decider(self, sentence: MeetingSentence, decided: re.Match[str]) -> Actor | None:
        """Take the actor after "decided by"."""
        return next((actor for actor in sentence.actors if -5 <= actor.start - decided.end() <= 12), None)

    def is_during(self, sentence: MeetingSentence, report: MeetingReport) -> bool:
        """Recognise "during the talks", "after the visit"."""
        return bool(self.words.pattern("during", _DURING).search(sentence.text, sentence.start, report.at))


def _joins_inviters(text: str, one: Actor, other: Actor) -> bool:
    return "," not in text[one.end : other.start]
