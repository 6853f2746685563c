"""Matters at home and abroad: what a government does at home is no act towards another.

A press secretary speaks of everything that a government does. An act that names nobody abroad counts only where the words around
it are of a matter abroad: its own clause, its sentence, or the nearest before that tells.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from onrecord.annotation_types import NO_PARTY, Mention
from onrecord.errors import LexiconError
from onrecord.languages.facts import ActContext, ActFact
from onrecord.languages.turn_analysis import TurnAnalysis
from onrecord.lexicon.tables import SOME, rows

TABLE = Path(__file__).parents[1] / "home_and_abroad.csv"
COLUMNS = {
    "side": ("home|abroad", "home or abroad"), "kind": ("word|issue", "word or issue"), "words": SOME, "example": SOME,
    "reason": SOME,
}  # fmt: skip
#: So many sentences before an act may say what it is about.
_BEFORE = 8
#: Where no words say who was met, its own sentence and so many before tell in all.
_OF_UNNAMED = 2
#: What a government promises is told by the sentence itself: the one before may be of another matter.
_OF_PROMISES = 1
#: Acts that name behind their trigger whom they are towards.
_DIRECTED = frozenset(("request", "consult", "support"))
#: Kinds of names that stand for a party or its people.
_NAMES = ("country", "territory", "organisation", "person", "office")
#: Whoever is asked stands directly behind the trigger of a request.
_ASKED_WITHIN = 45


#: Behind thanks and praise these mean whoever is in the room, or what was just said.
_COURTESY = re.compile(
    r"(?:(?:thank|appreciate|applaud|congratulate|invite)\w*\W*\b(?:you|your|y’all)|appreciate\w* (?:that|it)(?=\s*[.,;—]))\b",
    re.IGNORECASE,
)
#: Who is met or called, where no name tells.
_PARTNER = re.compile(r"\b(?:him|her|them|they|both|counterparts?|each other)\b", re.IGNORECASE)
#: Whom a government asks at home.
_PUBLIC = frozenset(("PEOPLE", "FIRM", "MEDIA"))


class Signs(NamedTuple):
    """Where a stretch of text tells of matters abroad, and where of matters at home."""

    abroad: list[int]
    home: list[int]


class Matters:
    """The matters of one turn; ``before`` are the turns of the exchange before it, the nearest last."""

    def __init__(self, turn: TurnAnalysis, context: ActContext) -> None:
        self._turn, self._context = turn, context
        self._signs: dict[tuple[int, int, int], Signs] = {}

    def concern(self, fact: ActFact) -> bool:
        """Whether an act is towards another party, or on a matter abroad; an answer refused always counts."""
        context = self._context
        if fact.type == "decline" or not context.at_home_too or context.joint or context.met:
            return True
        if context.principal is None or context.principal != context.host:  # a guest speaks: of his hosts, too
            return True
        if not NO_PARTY.union((context.principal,)).issuperset(fact.actors):
            return True
        return not self._is_to_the_room(fact) and self._is_abroad(fact)

    def _is_to_the_room(self, fact: ActFact) -> bool:
        """Whether an act is towards those in the room ("I thank you"), or asks a public that is not named."""
        asked = {"request": _PUBLIC, "consult": _PUBLIC - {"PEOPLE"}}.get(fact.type)
        if asked and fact.targets and asked.issuperset(fact.targets):
            return True
        behind = _COURTESY.match(self._turn.text, fact.trigger[0])
        return behind is not None and not self._context.together and fact.type in ("support", "propose")

    def _is_abroad(self, fact: ActFact) -> bool:
        start, end = self._sentence(fact.trigger[0])
        own = self._told(self._turn, *_stretch(fact))
        if fact.type in _DIRECTED and own.home and _asked_at_home(own, fact.trigger[1]):
            return False
        if own.abroad or own.home:
            return bool(own.abroad)
        unnamed = fact.type == "consult" and not _PARTNER.search(self._turn.text, *_stretch(fact))
        farthest = _OF_PROMISES if fact.type in ("commit", "offer") else _OF_UNNAMED if unnamed else None
        for one in islice(self._nearest(start, end), farthest):
            if one.abroad or one.home:
                return bool(one.abroad)
        return bool(self._context.together)

    def _sentence(self, at: int) -> tuple[int, int]:
        sentences = self._turn.sentences
        index = max(0, bisect_left(sentences, (at + 1,)) - 1)
        return sentences[index] if sentences else (0, len(self._turn.text))

    def _nearest(self, start: int, end: int) -> Iterator[Signs]:
        """The signs of the sentence, of those before it, and of those of the turns before, the nearest first."""
        yield self._told(self._turn, start, end)
        left = _BEFORE
        turns = [(self._turn, start), *((turn, len(turn.text)) for turn in reversed(self._context.before))]
        if not self._context.answering:  # each paragraph of a statement may be of another matter
            paragraph = self._turn.text.rfind("\n", 0, start) + 1
            first = bisect_left(self._turn.sentences, (paragraph,))
            here = bisect_left(self._turn.sentences, (start,))
            yield from (self._told(self._turn, *one) for one in reversed(self._turn.sentences[first:here]))
            return
        for turn, stop in turns:
            sentences = turn.sentences
            for index in range(bisect_left(sentences, (stop,)) - 1, -1, -1):
                yield self._told(turn, *sentences[index])
                left -= 1
                if not left:
                    return

    def _told(self, turn: TurnAnalysis, start: int, end: int) -> Signs:
        key = id(turn), start, end
        if key not in self._signs:
            self._signs[key] = _read_signs(turn, start, end, self._context.principal)
        return self._signs[key]


def _stretch(fact: ActFact) -> tuple[int, int]:
    """Where the clause of an act begins and ends, its trigger included."""
    return min(fact.span[0], fact.trigger[0]), max(fact.span[1], fact.trigger[1])


def _asked_at_home(own: Signs, behind: int) -> bool:
    """Whether who is asked, directly behind the trigger of a request, is at home: "we hope that Congress will"."""
    first = min((at for at in own.home if at >= behind), default=behind + _ASKED_WITHIN)
    return first < behind + _ASKED_WITHIN and not any(behind <= at <= first for at in own.abroad)


def _read_signs(turn: TurnAnalysis, start: int, end: int, principal: str | None) -> Signs:
    words = _words()
    abroad: list[int] = []
    home: list[int] = []
    for found in words.pattern.finditer(turn.text, start, end):
        (abroad if found.lastgroup == "abroad" else home).append(found.start())
    for name in _within(turn.own_mentions, start, end):
        if _is_abroad(name, principal, words.abroad_issues):
            abroad.append(name.start)
        elif (name.kind == "place" and principal in name.codes) or (
            name.kind == "issue" and _is_issue(name, words.home_issues)
        ):
            home.append(name.start)
    return Signs(abroad, home)


def _within(mentions: Sequence[Mention], start: int, end: int) -> Iterator[Mention]:
    for index in range(bisect_left(mentions, start, key=lambda one: one.start), len(mentions)):
        if mentions[index].start >= end:
            return
        yield mentions[index]


def _is_abroad(name: Mention, principal: str | None, issues: frozenset[str]) -> bool:
    if name.kind == "issue":
        return _is_issue(name, issues)
    if name.kind == "place":
        return principal not in name.codes
    if name.kind not in _NAMES or principal in name.codes:
        return False
    return bool(set(name.codes) - NO_PARTY) or (name.kind == "organisation" and name.codes == ("OTHER",))


def _is_issue(name: Mention, issues: frozenset[str]) -> bool:
    return bool(name.id) and str(name.id).partition("/")[0] in issues


class _Words(NamedTuple):
    pattern: re.Pattern[str]
    abroad_issues: frozenset[str]
    home_issues: frozenset[str]


@cache
def _words() -> _Words:
    """The words and issues of ``home_and_abroad.csv``. Raises LexiconError naming a wrong row."""
    words: dict[str, list[str]] = {"abroad": [], "home": []}
    issues: dict[str, list[str]] = {"abroad": [], "home": []}
    for line, row in rows(TABLE, COLUMNS):
        some = row["words"].split("|")
        if not all(some):
            raise LexiconError("a word is empty", where=f"{TABLE}, line {line}")
        (issues if row["kind"] == "issue" else words)[row["side"]] += some
    groups = "|".join(rf"(?P<{side}>{_by_first_letter(some)})" for side, some in words.items())
    first = "".join(sorted({word[0].lower() for some in words.values() for word in some}))
    pattern = re.compile(rf"\b(?=[{re.escape(first)}])(?:{groups})\b", re.IGNORECASE)
    return _Words(pattern, frozenset(issues["abroad"]), frozenset(issues["home"]))


def _by_first_letter(words: list[str]) -> str:
    """A pattern of the words, the longest first, by their first letters: nine times as fast as all in one row."""
    found: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        found.setdefault(word[0].lower(), []).append(re.escape(word[1:]))
    return "|".join(rf"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in found.items())
