"""Acts: what governments and organisations do with words, read by the rules of the document's language.

A language's reader (:mod:`onrecord.annotation.english`, :mod:`onrecord.annotation.chinese`) finds acts in one turn; what every
language shares is here: which turns are read, PLOVER codes, issues, voice and ids. Only the podium's words are read.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from onrecord.annotation.podium import podium_of
from onrecord.languages import ruled
from onrecord.marks import PLOVER, Act, ActType, Mention, Polarity, Stretch, Time
from onrecord.record import Document, Turn, words_digest


class Found(NamedTuple):
    """An act in the words of one turn, its places counted from the turn's first character."""

    type: ActType
    rule: str
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    polarity: Polarity
    time: Time
    trigger: tuple[int, int]
    span: tuple[int, int]
    hedge: str | None = None


class View(NamedTuple):
    """What a reader knows beside the words: the podium's code, and the other actors spoken of before, nearest last."""

    podium: str | None
    others: tuple[str, ...] = ()


Reader = Callable[[str, Sequence[Mention], View], list[Found]]


def find_acts(document: Document, mentions: Sequence[Mention]) -> tuple[Act, ...]:
    """The acts of a document, in order. ``mentions`` are those of :func:`~onrecord.annotation.mentions.find_mentions`.

    No act stands in a question or a note; every act and its trigger stand inside one turn, and every actor has a code.
    """
    read = _reader(document.language)
    if read is None or not document.turns:
        return ()
    podium = podium_of(document)
    starts = [mention.start for mention in mentions]
    found: list[Act] = []
    seen: dict[str, int] = {}
    others: dict[str, None] = {}
    for turn in document.turns:
        own = mentions[bisect_left(starts, turn.start) : bisect_right(starts, turn.end - 1)]
        if turn.kind in ("answer", "statement"):
            within = [mention.moved(-turn.start) for mention in own]
            issues = [mention for mention in own if mention.kind == "issue"]
            for one in read(turn.text, within, View(podium, tuple(others))):
                found.append(act_of(one, turn, issues, podium, seen))
        elif turn.kind == "question":
            others.clear()
        for mention in own:
            for code in mention.codes:
                if code != podium:
                    others.pop(code, None)
                    others[code] = None
    return tuple(found)


def _reader(language: str) -> Reader | None:
    if ruled(language) == "en":
        from onrecord.annotation.english import read_acts

        return read_acts
    if ruled(language) == "zh":
        from onrecord.annotation.chinese import read_acts as read_chinese

        return read_chinese
    return None


def act_of(one: Found, turn: Turn, mentions: Sequence[Mention], podium: str | None, seen: dict[str, int]) -> Act:
    """The act found in a turn, at its place in the document; ``seen`` counts how often its words were met before."""
    start, end = turn.start + one.span[0], turn.start + one.span[1]
    about = turn.start + one.trigger[0]  # what stands before the trigger may belong to an act joined to it
    issues = dict.fromkeys(
        mention.id
        for mention in mentions
        if mention.kind == "issue" and mention.id and about <= mention.start and mention.end <= end
    )
    trigger = Stretch(about, turn.start + one.trigger[1])
    text = turn.span.document.text
    words = text[start:end] + "\0" + text[trigger.start : trigger.end]
    stem = f"{turn.id}:{one.type}-{words_digest(words, 8)}"
    count = seen[stem] = seen.get(stem, 0) + 1
    return Act(
        id=stem + (f".{count}" if count > 1 else ""), type=one.type, plover=PLOVER[one.type],
        actors=one.actors, targets=one.targets,
        issues=tuple(issues), polarity=one.polarity, time=one.time,
        voice="own" if podium is not None and podium in one.actors else "reported",
        trigger=trigger, start=start, end=end, turn=turn.id,
        rule=one.rule, hedge=one.hedge,
    )  # fmt: skip
