"""What each turn is where Chinese is spoken, and who asks: by the words with which a room is managed and reporters are called."""

from __future__ import annotations

import re
from pathlib import Path

from onrecord.houses.phrases import Phrases
from onrecord.lexicon.outlets import outlet_ids
from onrecord.reading.transcript import Segment
from onrecord.record import TurnKind

phrases = Phrases(str(Path(__file__)), re.I)
_CLAUSES = re.compile(r"[。！？!?；;，,\n]+")
#: Longer turns do more than manage the room.
_MANAGING = 90
_BEGINNING, _END = 60, 24


def manages_room(words: str) -> bool:
    """Whether the words do nothing but give the floor, call for questions, thank or close; assent alone (對。) does not."""
    if len(words) > _MANAGING:
        return False
    clauses = [one for one in (part.strip(" 「」") for part in _CLAUSES.split(words)) if one]
    room = [phrases.pattern("room.sentences").fullmatch(one) is not None for one in clauses]
    filler = phrases.pattern("room.filler")
    return any(room) and all(is_room or filler.fullmatch(one) for one, is_room in zip(clauses, room, strict=True))


def settle_chinese(segments: list[Segment]) -> None:
    """Set the kind of every segment's first mark, in place: question, answer, or statement where nobody has asked."""
    asked = False
    before: Segment | None = None
    host = _host(segments)
    for i, segment in enumerate(segments):
        kind: TurnKind = "statement"
        if segment.voice == "reporter":
            kind = "question"
        elif segment.voice == "interpreter":
            kind = _rendered(before, segment, segments[i + 1] if i + 1 < len(segments) else None)
        elif segment.voice == "podium" and asked and not manages_room(segment.words):
            leads = segment.speaker == host and (before is None or before.voice != "reporter")
            kind = "statement" if leads and len(segment.words) <= _MANAGING else "answer"
        segment.marks[0].kind = kind
        asked = asked or kind == "question"
        before = segment
    _split_closing(segments)


def _host(segments: list[Segment]) -> str | None:
    """Who leads a press conference: the one who opens it and welcomes those who came."""
    first = segments[0] if segments else None
    leads = first is not None and first.voice == "podium" and phrases.pattern("room.host").search(first.words.strip())
    return first.speaker if first is not None and leads else None


def _rendered(before: Segment | None, segment: Segment, after: Segment | None) -> TurnKind:
    """What an interpreter says is a question where it asks, or the podium goes on with an answer; else what was said before."""
    answered = after is not None and after.voice == "podium" and (before is None or before.voice != "reporter")
    if answered or segment.words.rstrip().endswith(("？", "?")):
        return "question"
    return (before.marks[0].kind or "statement") if before is not None else "statement"


def _split_closing(segments: list[Segment]) -> None:
    """Closing words in a paragraph of their own after the last answer are a statement, in place."""
    last = segments[-1] if segments else None
    if last is None or last.voice != "podium" or last.marks[0].kind != "answer" or len(last.marks) < 3:
        return
    mark = last.marks[-1]
    if mark.line.fresh and phrases.pattern("room.closing").search(mark.line.text) and manages_room(mark.line.text):
        mark.voice, mark.kind, mark.apart = "podium", "statement", True
        mark.speaker, mark.role = last.speaker, last.role


def name_chinese_askers(segments: list[Segment]) -> None:
    """Give reporters without an outlet the one that they name themselves, or by which they were called just before."""
    called: str | None = None
    for segment in segments:
        if segment.voice != "reporter":
            called = _called(segment.words.strip()) if segment.voice in ("moderator", "podium") else None
            continue
        mark = segment.marks[0]
        if mark.speaker is None and mark.outlet is None:
            mark.outlet, mark.speaker = _introduced(segment.words.strip()[:_BEGINNING]) or (called, None)
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
