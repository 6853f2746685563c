"""What each segment of a transcript is, by the codebook's rules on question, answer and statement, and who asks."""

from __future__ import annotations

import re

from onrecord.houses.us_whitehouse.phrases import phrases
from onrecord.houses.us_whitehouse.speech import Segment
from onrecord.reading.callers import Asker, addressed, called, introduced
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


def is_managing(words: str) -> bool:
    """Whether the words only move things on: thanks, "go ahead", "let's go to …", "we have to stop"."""
    if len(words.split()) > _MANAGING_WORDS:
        return False
    pattern = phrases().managing
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
    return is_managing(words) and "?" not in words and phrases().closing.search(words) is not None


def _only_greets(words: str) -> bool:
    if len(words) > 60 or "?" in words:
        return False
    return all(
        phrases().greeting.fullmatch(one.strip(" .,!?")) for one in _SENTENCES.split(words) if one.strip(" .,!?")
    )


def name_askers(segments: list[Segment], *, on_a_call: bool, interviewer: str | None = None) -> None:
    """Give the reporters the names and outlets that the page tells, in place.

    On a call the name holds until the next call; in a room it is that of the next question alone. An ``interviewer``
    asks all of them.
    """
    if interviewer is not None:
        for segment in segments:
            if segment.voice == "reporter" and segment.marks[0].speaker is None:
                segment.marks[0].speaker = interviewer
        return
    speakers = {s.speaker.lower() for s in segments if s.voice in ("podium", "official") and s.speaker}
    others = speakers | {part for speaker in speakers for part in speaker.split()}
    if not on_a_call:  # a gaggle by telephone does not say so in its headline
        calls = (s for s in segments if s.voice in ("moderator", "operator"))
        on_a_call = sum(called(s.words, others, moderated=True) is not None for s in calls) > 1
    holding: Asker | None = None
    fresh = False  # nobody has asked since the call
    moderated = False  # the call was a moderator's or operator's: it holds until their next one
    for i, segment in enumerate(segments):
        words = segment.words
        if segment.voice != "reporter":
            moderates = segment.voice in ("moderator", "operator")
            asker = called(words, others, moderated=moderates) if i + 1 < len(segments) else None
            if asker is not None:
                if holding is None or not _says_again(asker, holding):
                    holding, moderated = asker, moderates
                fresh = True
            elif segment.voice in ("podium", "official", "voice", "manager") and not on_a_call:
                holding = None if not fresh or segment.voice != "manager" else holding
            continue
        if segment.marks[0].speaker is not None:  # an interviewer, named by the label
            continue
        told = introduced(words, others)
        if told is not None and (told.name or told.outlet):
            holding = _joined(holding if fresh else None, told)
            moderated = moderated and fresh
        elif not fresh and (not on_a_call or (not moderated and phrases().fresh.match(words))):
            holding = None
        if (holding is None or not fresh) and i + 1 < len(segments) and segments[i + 1].voice in ("podium", "official"):
            name = addressed(segments[i + 1].words, others)
            if name and (
                holding is None or name not in (holding.name or "")
            ):  # somebody else's turn: "Hi, Ann, how are you?"
                holding, moderated = Asker(name, None), False
        if holding is not None:
            segment.marks[0].speaker, segment.marks[0].outlet = holding.name, holding.outlet
        fresh = False
        if not on_a_call:
            holding = None


def _says_again(asker: Asker, holding: Asker) -> bool:
    """Whether a call only repeats the one before it, in fewer words: "Ann Example at Example News." "Ann?"."""
    return (
        asker.outlet is None and asker.name is not None and set(asker.name.split()) <= set((holding.name or "").split())
    )


def _joined(call: Asker | None, told: Asker) -> Asker:
    """The call and the self-introduction in one: the fuller name, whichever tells the outlet."""
    if call is None or not call.name:
        return told
    if not told.name or (call.name.split()[-1] == told.name.split()[-1] and len(call.name) >= len(told.name)):
        return Asker(call.name, told.outlet or call.outlet)
    return Asker(told.name, told.outlet or call.outlet)
