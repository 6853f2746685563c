"""Hosts: named officials who only run a session for others, as a moderator does, and answer nothing themselves."""

from __future__ import annotations

from collections import Counter

from onrecord.reading.callers import called
from onrecord.reading.exchange import is_managing, manages_room
from onrecord.reading.transcript import Segment

#: One who calls on somebody once may pass on a question.
_CALLS = 2


def mark_hosts(segments: list[Segment]) -> None:
    """Give hosts the voice of a moderator, in place: what they say is a statement, whom they call on asks until the next call.

    A host calls on reporters twice or more, says nothing of the matter right behind a question, and somebody else answers.
    """
    officials = [s for s in segments if s.voice in ("podium", "official") and s.speaker]
    names = {s.speaker.lower() for s in officials if s.speaker}
    others = names | {part for name in names for part in name.split()}
    calls, answers = Counter[str](), Counter[str]()
    for i, segment in enumerate(segments[:-1]):
        if segment.voice not in ("podium", "official") or segment.speaker is None:
            continue
        asked = segments[i - 1].voice == "reporter" if i else False
        if asked and not (manages_room(segment.words) or is_managing(segment.words)):
            answers[segment.speaker] += 1
        following = segments[i + 1].voice in ("reporter", "operator")
        calls[segment.speaker] += following and called(segment.words, others, moderated=True) is not None
    if not answers:
        return
    for segment in officials:
        if segment.speaker and calls[segment.speaker] >= _CALLS and not answers[segment.speaker]:
            segment.voice = "moderator"
