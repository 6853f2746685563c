"""Turns that a page prints under the wrong label, recognised by the turns before and after them."""

from __future__ import annotations

from collections import Counter

from onrecord.reading.transcript import Segment
from onrecord.record import Role

#: Most words of a question printed under the answerer's label; longer turns are answers that end in a question.
_QUESTION_WORDS = 60
#: Most words of a reporter's remark; longer turns that ask nothing are answers under the wrong label.
_ANSWER_WORDS = 60
#: At least this share of the answers is given by one person.
_ONE_ANSWERS = 0.8
#: Turns before and behind a turn that are around it, where two officials share a session.
_AROUND = 12


def restore_labels(segments: list[Segment]) -> None:
    """Assign turns printed under the other side's label to their speakers, in place."""
    _restore_questions(segments)
    _restore_answers(segments)


def same_speaker(before: Segment | None, segment: Segment) -> bool:
    """Whether two segments are of one named speaker."""
    return before is not None and before.speaker == segment.speaker and not segment.anonymous


def _restore_questions(segments: list[Segment]) -> None:
    """A question printed under the answerer's label is a reporter's.

    It is between two turns under the same name, on a page on which reporters ask, and consists of a question only.
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

    So is the announcement at the beginning of a page. This applies only if one person, whose name is known, answers: on the
    whole page or around the turn.
    """
    page = _answerer(segments)
    for i, (before, segment, after) in enumerate(zip([None, *segments], segments, segments[1:], strict=False)):
        if not segment.voice == after.voice == "reporter" or segment.speaker is not None:
            continue
        words = segment.words
        if "?" in words or len(words.split()) <= _ANSWER_WORDS:
            continue
        if before is None or (before.voice == "reporter" and "?" in before.words):
            answerer = page or _answerer(segments[max(0, i - _AROUND) : i + _AROUND])
            if answerer is not None:
                _give(segment, "podium", answerer.speaker, answerer.role)


def _answerer(segments: list[Segment]) -> Segment | None:
    """A turn of the one person who gives nearly all of the answers, or None."""
    officials = [s for s in segments if s.voice == "podium" and s.speaker]
    counts = Counter(s.speaker for s in officials)
    name, count = counts.most_common(1)[0] if counts else (None, 0)
    return next((s for s in officials if s.speaker == name), None) if count >= _ONE_ANSWERS * counts.total() else None


def _give(segment: Segment, voice: str, speaker: str | None, role: Role | None) -> None:
    reporter = voice == "reporter"
    segment.voice, segment.speaker, segment.role, segment.anonymous = voice, speaker, role, reporter
    mark = segment.marks[0]
    mark.voice = "reporter" if reporter else "podium"
    mark.speaker, mark.role, mark.apart = speaker, role, reporter
