"""What each turn is where Chinese is spoken, and who asks: by the words with which a room is managed and reporters are called."""

from __future__ import annotations

import re
from pathlib import Path

from onrecord.houses.phrases import Phrases
from onrecord.lexicon.outlets import outlet_ids
from onrecord.reading.transcript import Segment
from onrecord.record import TurnKind

phrases = Phrases(str(Path(__file__)), re.I)
_SENTENCES = re.compile(r"[。！？!?；;，,\n]+")
#: Longer turns do more than manage the room.
_MANAGING = 90
_BEGINNING, _END = 60, 24


def manages_room(words: str) -> bool:
    """Whether the words do nothing but give the floor, call for questions, thank or close."""
    if len(words) > _MANAGING:
        return False
    sentences = [one.strip(" 「」") for one in _SENTENCES.split(words)]
    pattern = phrases.pattern("room.sentences")
    return all(pattern.fullmatch(one) for one in sentences if one)


def settle_chinese(segments: list[Segment]) -> None:
    """Set the kind of every segment's first mark, in place: question, answer, or statement where nobody has asked."""
    asked = False
    before: Segment | None = None
    for segment in segments:
        kind: TurnKind = "statement"
        if segment.voice == "reporter":
            kind, asked = "question", True
        elif segment.voice == "interpreter" and before is not None and before.marks[0].kind is not None:
            kind = before.marks[0].kind  # what was said before is said again
        elif segment.voice == "podium" and asked and not _only_manages(segment, before):
            kind = "answer"
        segment.marks[0].kind = kind
        before = segment
    _split_closing(segments)


def _split_closing(segments: list[Segment]) -> None:
    """Closing words in a paragraph of their own behind the last answer are a statement, in place."""
    last = segments[-1] if segments else None
    if last is None or last.voice != "podium" or last.marks[0].kind != "answer" or len(last.marks) < 2:
        return
    mark = last.marks[-1]
    if mark.line.fresh and phrases.pattern("room.closing").search(mark.line.text) and manages_room(mark.line.text):
        mark.voice, mark.kind, mark.apart = "podium", "statement", True
        mark.speaker, mark.role = last.speaker, last.role


def _only_manages(segment: Segment, before: Segment | None) -> bool:
    words = segment.words
    if before is not None and before.voice == "reporter" and phrases.pattern("room.thanks").fullmatch(words):
        return False  # assent, or thanks for the question
    return manages_room(words)


def name_chinese_askers(segments: list[Segment]) -> None:
    """Give reporters without an outlet the one that they name themselves, or by which they were called just before."""
    called: str | None = None
    for segment in segments:
        if segment.voice != "reporter":
            called = _called(segment.words) if segment.voice in ("moderator", "podium") else None
            continue
        mark = segment.marks[0]
        if mark.speaker is None and mark.outlet is None:
            mark.outlet, mark.speaker = _introduced(segment.words[:_BEGINNING]) or (called, None)
        called = None


def _introduced(words: str) -> tuple[str, str | None] | None:
    for pattern in phrases.table["askers"]["introduced"]:
        told = re.match(pattern, words)
        if told is not None and outlet_ids()(told["outlet"].strip()) is not None:
            return told["outlet"].strip(), told.groupdict().get("name")
    return None


def _called(words: str) -> str | None:
    told = phrases.pattern("askers.called").search(words[-_END:])
    return told["outlet"] if told is not None and outlet_ids()(told["outlet"]) is not None else None
