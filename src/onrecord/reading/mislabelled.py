"""Turns that a page prints under the wrong label, told by what stands before and behind them."""

from __future__ import annotations

from collections import Counter

from onrecord.reading.transcript import Segment
from onrecord.record import Role

#: Longer turns under the answerer's label that end in a question mark are speech.
_QUESTION_WORDS = 60
#: Shorter turns under a reporter's label that ask nothing are a reporter's remarks.
_ANSWER_WORDS = 60
#: From this share of the answers on, one person gives them.
_ONE_ANSWERS = 0.8


def restore_labels(segments: list[Segment]) -> None:
    """Give turns printed under the other side's label to who says them, in place."""
    _restore_questions(segments)
    _restore_answers(segments)


def same_speaker(before: Segment | None, segment: Segment) -> bool:
    """Whether two segments are of one named speaker."""
    return before is not None and before.speaker == segment.speaker and not segment.anonymous


def _restore_questions(segments: list[Segment]) -> None:
    """A question printed under the answerer's label is a reporter's.

    It stands between two turns under the same name, on a page where reporters ask, and does nothing but ask.
    """
    asked = False
    for before, segment, after in zip(segments, segments[1:], segments[2:], strict=False):
        asked = asked or before.voice == "reporter"
        same = (
            before.voice == segment.voice == after.voice == "podium"
            and same_speaker(before, segment)
            and same_speaker(segment, after)
        )
        if not asked or not same or not segment.marks[0].start:
            continue
        words = segment.words.rstrip(' ”"')
        if words.endswith("?") and len(words.split()) <= _QUESTION_WORDS:
            _give(segment, "reporter", None, "reporter")


def _restore_answers(segments: list[Segment]) -> None:
    """A long turn that asks nothing, printed under a reporter's label between a question and the next, is the answer.

    So is the announcement with which a page begins. Only where one person answers, who can be named.
    """
    officials = [s for s in segments if s.voice == "podium" and s.speaker]
    counts = Counter(s.speaker for s in officials)
    answerer = counts.most_common(1)[0][0] if counts else None
    if answerer is None or counts[answerer] < _ONE_ANSWERS * counts.total():
        return
    role = next(s.role for s in officials if s.speaker == answerer)
    for before, segment, after in zip([None, *segments], segments, segments[1:], strict=False):
        if not segment.voice == after.voice == "reporter" or segment.speaker is not None:
            continue
        words = segment.words
        if "?" in words or len(words.split()) <= _ANSWER_WORDS:
            continue
        if before is None or (before.voice == "reporter" and "?" in before.words):
            _give(segment, "podium", answerer, role)


def _give(segment: Segment, voice: str, speaker: str | None, role: Role | None) -> None:
    reporter = voice == "reporter"
    segment.voice, segment.speaker, segment.role, segment.anonymous = voice, speaker, role, reporter
    mark = segment.marks[0]
    mark.voice = "reporter" if reporter else "podium"
    mark.speaker, mark.role, mark.apart = speaker, role, reporter
