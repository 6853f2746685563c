"""Whether an English sentence tells that a meeting is held or attended, or only names a mechanism or conference."""

from __future__ import annotations

import re

from onrecord.languages.en.meeting_groups import acting_there
from onrecord.languages.meeting_report import MeetingReport, MeetingSentence

#: A bare verb after a meeting: it takes or took place.
_HAPPENS = re.compile(
    r"(?:\s+(?:on|in|at|this|last|next|which|that|recently|just)\b[^.;]{0,60}?)?[\s,]+(?:(?:which|that|has|have|had|will|would|was|were|"
    r"is|are|be|been|to|just|recently|successfully|also|officially|soon|jointly|again|being|scheduled)\s+)*(?:held|open(?:s|ed|ing)?|"
    r"conclud(?:es|ed|ing)|took\s+place|tak(?:e|es|ing)\s+place|end(?:s|ed)|beg[ia]n(?:s|ning)?|kick(?:s|ed)\s+off|conven(?:e|es|ed)|start(?:s|ed)|"
    r"wrapped\s+up|closed|ongoing|under\s*way|going\s+on)\b"
)
#: Before these words a meeting is only referred to by its document or what came of it.
_DOCUMENT_OF = re.compile(
    r"(?i)\b(?:statements?|communiqu[eé]s?|declarations?|documents?|joint\s+statement|agenda|outcomes?|results?|consensus|chair|framework|mechanism|"
    r"spirit|theme|success|members?|host|participants?|preparations?|resolutions?)\s+(?:of|from|for|at|reached\s+at|issued\s+at)\s+(?:the\s*)?$"
)
#: A sentence that begins with the meeting tells of those who act there: "At the 2021 Strelsau Summit, the king announced".
_AT_MEETING = re.compile(r"(?:^|[.,;\s])(?:At|During|In)\s+(?:the\s*)?$")
#: "This will be the third meeting": the one just told.
_THIS_IS = re.compile(
    r"\b(?:[Tt]his|[Ii]t|[Tt]hat)\s+(?:will\s+be|is|was|would\s+be|marks|marked|(?:is|was)\s+(?:said|expected|believed|reported)\s+to\s+be)"
    r"\s+(?:also\s+)?$"
)
#: "Remarks on the summit", "a promise made at the summit": neither holds it nor takes part.
_NOT_HOLDING = re.compile(r"(?i)(?:on|ma[dk]e|making|launch\w*|joined|start\w*)(?:\s+(?:on|in|for|at|up|off))?\s*$")
#: What is only intended, or held again and again, is no particular session.
_INTENDED = re.compile(
    r"(?i)\b(?:explor\w+|consider\w*|commitment to|committed to|regularly|discussed|support\w*|possibility of|idea of|"
    r"interest in|wish\w* to|want\w* to|hope\w* to|need to|ready to|willing to|propos\w+)\s+(?:\w+\s+)?$"
)
#: More than one, none of them told of.
_SOME = re.compile(
    r"(?i)(?:\b(?:a\s+number\s+of|those|these|any|other|more|some|all|frequent|regular|continued|many|further|such|multiple|several|"
    r"various)\s+)+(?:\w+\s+)?$"
)
#: What may or could be held is not held.
_PERHAPS = re.compile(
    r"(?i)\b(?:(?:possibility|prospects?|idea|question|likelihood|chances?)\s+of|(?:may|might|could|can|should)|(?:would\s+like|wants?|wanted|hopes?|hoped|wish(?:es)?|propos\w+)\s+to)\s+(?:\w+\s+)?$"
)
_NUMBERED = re.compile(r"\b\d+(?:st|nd|rd|th)\b")
ORDINAL = re.compile(
    r"(?i)\d+(?:st|nd|rd|th)|(?:twenty-|thirty-)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|inaugural)|\d{4}"
)
_ORDINAL_BEFORE = re.compile(rf"(?i)\b(?:{ORDINAL.pattern[4:]})\b|\bround\b")


def judge_told(sentence: MeetingSentence, report: MeetingReport, first: int, determiner: str, holding: str) -> None:
    """Decide whether a mechanism or conference is held, or somebody takes part in it, or it is only named.

    The words of the meeting, with their determiner, begin at ``first``; ``holding`` are the words of holding directly before.
    """
    text = sentence.text
    begin, named_from = max(sentence.start, first - 60), max(sentence.start, first - 12)
    end = max(report.name_end, report.end)
    held = bool(holding.strip()) and not _NOT_HOLDING.match(holding)
    numbers = frozenset(found.lower() for found in _NUMBERED.findall(text[named_from : report.name_end]))
    told = held or bool(_HAPPENS.match(text, report.name_end, sentence.end) or _HAPPENS.match(text, end, sentence.end))
    report.marks |= numbers
    report.named = report.named or bool(numbers)
    if report.kind == "conference":
        report.told = (
            told
            or bool(acting_there(sentence, report.name_end))
            or _acts_there(sentence, report, first, determiner, end)
        )
    elif report.loose and report.named:
        report.told = told or bool(_ORDINAL_BEFORE.search(text, named_from, report.name_end))
    if not held and _DOCUMENT_OF.search(text, begin, first + len(determiner)):
        report.told = False
    if held and not _is_held(report, text, begin, first - len(holding), bool(numbers)):
        report.told = report.specific = False
    if text[report.name_end - 1] == "s" and _SOME.search(text, begin, report.begin):
        report.specific = report.pointing = False
    if _THIS_IS.search(text, begin, first):
        report.specific, report.pointing, report.pointed = False, True, True


def _is_held(report: MeetingReport, text: str, begin: int, end: int, numbered: bool) -> bool:
    """Whether the words before "hold" do not make it a mere possibility or intention."""
    return not (
        _PERHAPS.search(text, begin, end) or (report.loose and not numbered and _INTENDED.search(text, begin, end))
    )


def _acts_there(sentence: MeetingSentence, report: MeetingReport, first: int, determiner: str, end: int) -> bool:
    """Whether a sentence begins with the conference, and goes on with somebody who acts there."""
    if not _AT_MEETING.search(sentence.text, max(sentence.start, first - 12), first + len(determiner)):
        return False
    return any(
        actor.codes and (actor.people or actor.country or len(actor.codes) > 1)
        for actor in sentence.actors_in(report.name_end, end + 90)
    )
