"""What each segment of a transcript is, by the codebook's rules on question, answer and statement, and who asks."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import msgspec

from onrecord.reading.callers import called
from onrecord.reading.transcript import Segment
from onrecord.record import TurnKind

#: Longer turns do more than move things on.
_MANAGING_WORDS = 45
#: Before the first question reporters greet and remark in a few words; what the podium then says at length are its
#: announcements, not an answer (2025-01-06: "Yeah, it's cold.").
_SMALL_TALK = 10
_ANNOUNCES = 60
_ASKS = re.compile(
    r"(?i)\?|\b(?:ask|questions?|what|how|why|when|who|which|are you|will you|do you|did you|can you|could you)\b"
)
#: "Ann Example of Example News." is a call and nothing else.
_CALL_WORDS = 12
_SENTENCES = re.compile(r"(?<=[.?!…])[”’\"]?\s+|(?<=\))\s+|\s+—\s+")


class _Managing(msgspec.Struct, frozen=True):
    managing: re.Pattern[str]
    closing: re.Pattern[str]
    greeting: re.Pattern[str]
    fresh: re.Pattern[str]
    on_a_call: re.Pattern[str]


@cache
def managing_words() -> _Managing:
    """The English words that move an exchange on, compiled from ``exchange.toml``."""
    table = tomllib.loads((Path(__file__).parent / "exchange.toml").read_text(encoding="utf-8"))["managing"]

    def compiled(patterns: list[str]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.I | re.S)

    return _Managing(
        managing=compiled(table["sentences"]),
        closing=compiled(table["closing"]),
        greeting=compiled(table["greeting"]),
        fresh=compiled([table["fresh"]]),
        on_a_call=compiled([table["on_a_call"]]),
    )


def is_managing(words: str) -> bool:
    """Whether the words only move things on: thanks, "go ahead", "let's go to …", "we have to stop"."""
    if len(words.split()) > _MANAGING_WORDS:
        return False
    pattern = managing_words().managing
    return all(pattern.fullmatch(one.strip(" .,!?…—-")) for one in _SENTENCES.split(words) if one.strip(" .,!?…—-"))


def settle(segments: list[Segment]) -> None:
    """Set the kind of every segment's first mark, in place."""
    exchange = False  # a question has been asked since the podium last spoke unasked
    before: Segment | None = None
    answering: str | None = None  # who answered last
    last_podium: TurnKind = "statement"
    asked = False  # more than small talk
    for segment in segments:
        kind: TurnKind
        if segment.voice == "reporter":
            kind = "question"
            words = segment.words
            small_talk = not asked and len(words.split()) <= _SMALL_TALK and not _ASKS.search(words)
            exchange = exchange or not (small_talk and _only_greets(words))
            asked = asked or not small_talk
        elif segment.voice in ("moderator", "operator", "manager", "voice"):
            kind = "statement"
        elif segment.voice == "interpreter":
            kind = "statement" if before is None else (before.marks[0].kind or "statement")
        elif before is not None and before.voice == "reporter":
            hand_over = answering not in (None, segment.speaker) and is_closing(segment.words)
            announces = not asked and len(segment.words.split()) > _ANNOUNCES
            kind = "statement" if not exchange or hand_over or announces else "answer"
            exchange = exchange and not announces
        elif not exchange or ((is_managing(segment.words) or _calls(segment.words)) and not _same(before, segment)):
            kind = "statement"
        elif before is not None and before.voice in ("podium", "official"):
            kind = "answer" if _passes_on(before, segment) else last_podium
        else:
            kind = "answer"
        if segment.voice in ("podium", "official"):
            last_podium = kind
            if kind == "answer":
                answering = segment.speaker
        segment.marks[0].kind = kind
        before = segment


def _calls(words: str) -> bool:
    return len(words.split()) <= _CALL_WORDS and called(words, ()) is not None


def _passes_on(before: Segment, segment: Segment) -> bool:
    """Whether a few words only passed the question on to the one who speaks now: "Dr. Example?"."""
    words = before.words
    if len(words.split()) > _CALL_WORDS or "thank" in words.lower() or segment.speaker is None:
        return False
    return any(name in words for name in segment.speaker.split() if len(name) > 2)


def _same(before: Segment | None, segment: Segment) -> bool:
    return before is not None and before.speaker == segment.speaker and not segment.anonymous


def is_closing(words: str) -> bool:
    """Whether the words thank a colleague or end the session, and do nothing else."""
    return is_managing(words) and "?" not in words and managing_words().closing.search(words) is not None


def _only_greets(words: str) -> bool:
    if len(words) > 60 or "?" in words:
        return False
    return all(
        managing_words().greeting.fullmatch(one.strip(" .,!?")) for one in _SENTENCES.split(words) if one.strip(" .,!?")
    )
