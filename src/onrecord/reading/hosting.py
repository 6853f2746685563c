"""Hosts: named officials who only moderate a session for others and answer nothing themselves."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from onrecord.reading.callers import called
from onrecord.reading.exchange import is_managing, manages_room
from onrecord.reading.transcript import Segment

#: Calls that make a host; somebody who calls once may only pass on a question.
_CALLS = 2


def mark_hosts(segments: list[Segment]) -> None:
    """Give hosts the voice of a moderator, in place: they make statements, and whom they call on asks until the next call.

    A host calls on reporters twice or more, says nothing substantive right after a question, and somebody else answers.
    """
    officials = [segment for segment in segments if _is_official(segment)]
    answering = _answering(segments)
    if not answering or all(segment.speaker in answering for segment in officials):
        return
    names = {segment.speaker.lower() for segment in officials if segment.speaker}
    others = names | {part for name in names for part in name.split()}
    calls = Counter[str | None]()
    for segment, following in pairwise(segments):
        silent = _is_official(segment) and segment.speaker not in answering
        if silent and following.voice in ("reporter", "operator"):
            calls[segment.speaker] += called(segment.words, others, moderated=True) is not None
    for segment in officials:
        if calls[segment.speaker] >= _CALLS:
            segment.voice = "moderator"


def _answering(segments: list[Segment]) -> set[str | None]:
    """The officials who say something substantive right after a question."""
    found: set[str | None] = set()
    for before, segment in pairwise(segments[:-1]):
        if before.voice == "reporter" and _is_official(segment) and segment.speaker not in found:
            words = segment.words
            if not (manages_room(words) or is_managing(words)):
                found.add(segment.speaker)
    return found


def _is_official(segment: Segment) -> bool:
    return segment.voice in ("podium", "official") and bool(segment.speaker)
