"""How much an edit matters: what it touches, and a rank from 0 to 10.

An undertaking lost or weakened stands above numbers, dates, names and negations, these above sentences dropped or added, then
speakers, then spelling, then furniture. The weights are set by hand; the rank of an edit is a sum, so that a sentence dropped
with a number and an undertaking in it stands above each alone. ``bench/edits.py`` measures the order against the importance that
careful readers gave to the edits of real pages.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Literal, NamedTuple, get_args

import msgspec

from onrecord import languages
from onrecord.annotation.principal import principal_of
from onrecord.annotation_types import Mention, Strength
from onrecord.comparing.ladder import Ladders, Stands, highest, ladders, load
from onrecord.comparing.passages import Word
from onrecord.comparing.words import Changes
from onrecord.languages.tokens import is_han
from onrecord.lexicon.tables import FOLDER, read_toml
from onrecord.record import Document

Touch = Literal[
    "undertaking lost", "undertaking weakened", "undertaking", "number", "date", "negation", "actor", "name", "act",
    "sentence", "speaker", "spelling", "furniture", "order", "text",
]  # fmt: skip
#: What an edit may touch: an undertaking that is gone, weaker or otherwise changed; a number; a date; a negation; a state or
#: organisation; another name; an act; a whole sentence; who speaks; spelling alone; furniture; the order; the whole text.
TOUCHES: tuple[Touch, ...] = get_args(Touch)
#: What each adds to the rank. Set by hand, in steps of a half, on 253 edits that a careful reader weighed: see bench/edits.py.
_WEIGHTS: dict[Touch, float] = {
    "undertaking lost": 3.0, "undertaking weakened": 3.0, "undertaking": 1.5, "number": 2.5, "date": 1.0, "negation": 1.0,
    "actor": 2.0, "name": 0.5, "act": 0.5, "speaker": 2.5, "text": 3.0,
}  # fmt: skip
#: A whole sentence is full of names and numbers, which say less than one that is exchanged; one dropped says more than one added.
_WHOLE: dict[Touch, float] = {
    "undertaking lost": 3.0, "undertaking": 1.5, "number": 1.0, "date": 0.0, "actor": 0.5, "name": 0.0, "act": 0.5,
}  # fmt: skip
_DROPPED, _ADDED = 1.0, 0.0
#: What a sentence adds in which something changes: one that performs an act or undertakes something, or speaks of a state or
#: organisation other than the issuer's own.
_ACTING, _ABROAD = 0.5, 0.5
_BASE, _SPELLING, _FURNITURE, _FUNCTION = 1.0, 0.6, 0.2, 0.8
#: The most that the sheer number of changed words adds, and at how many it is reached.
_MANY_WORDS, _ALL_AT = 2.0, 24
#: A line of at most so many words without a verb or an end mark is a heading, a caption, a name, a link.
_LINE = 14
#: Titles that share less than this of their words are those of two texts.
_OTHER_TITLE = 0.4
_STRENGTHS: tuple[Strength, ...] = get_args(Strength)


class Changed(NamedTuple):
    """An edit to judge: its kind, all words of either side, and what changed of them. ``furniture`` says that no side is speech
    or a sentence."""

    kind: str
    before: Sequence[Word]
    after: Sequence[Word]
    changes: Changes
    furniture: bool = False


class Judged(NamedTuple):
    """The rank of an edit, what it touches, and how it moved on a ladder."""

    rank: float
    touches: tuple[Touch, ...]
    note: str | None


class _Cue(msgspec.Struct, forbid_unknown_fields=True):
    words: str
    example: tuple[str, str]
    reason: str


@cache
def _cues(language: str, name: str) -> frozenset[str]:
    table: dict[str, dict[str, Any]] = read_toml(FOLDER / "change_words.toml", dict[str, dict[str, _Cue]])
    cue = table.get(language.partition("-")[0], {}).get(name)
    return frozenset(cue.words.split()) if cue is not None else frozenset()


@cache
def _commitments() -> Ladders:
    return load(FOLDER / "commitment.toml")


def judge(before: Document, after: Document, changed: Changed) -> Judged:
    """What an edit touches, and how much it matters."""
    if changed.furniture:
        return Judged(_FURNITURE + 0.02 * min(10, _amount(changed)), ("furniture",), None)
    gone = _content(changed.changes.gone, before.language)
    come = _content(changed.changes.come, after.language)
    touches = _touches(before, after, changed, gone, come)
    changes = changed.changes.changes
    if (
        changes
        and all(one.is_spelling for one in changes)
        and not {"number", "negation", "speaker"}.intersection(touches)
    ):
        return Judged(_SPELLING, ("spelling",), None)
    note, weakened = _moves(before, after, changed)
    if weakened and not any(one.startswith("undertaking ") for one in touches):
        touches = ("undertaking weakened", *(one for one in touches if one != "undertaking"))
    if not touches and not gone and not come:
        return Judged(_FUNCTION, (), note)
    return Judged(round(min(10.0, _rank(before, after, changed, touches, max(len(gone), len(come)))), 3), touches, note)


def _rank(before: Document, after: Document, changed: Changed, touches: Sequence[Touch], words: int) -> float:
    amount = _MANY_WORDS * min(1.0, math.log1p(words) / math.log1p(_ALL_AT))
    if changed.kind in ("added", "dropped"):
        whole = _DROPPED if changed.kind == "dropped" else _ADDED
        return _BASE + whole + amount + sum(_WHOLE.get(one, 0.0) for one in touches)
    return _BASE + amount + sum(_WEIGHTS.get(one, 0.0) for one in touches) + _context(before, after, changed)


def _context(before: Document, after: Document, changed: Changed) -> float:
    """What the sentence adds in which something changes."""
    if changed.kind == "title":
        return 0.0
    sides = ((before, changed.before), (after, changed.after))
    acts = any(_within(one.start, one.end, words) for document, words in sides for one in document.acts)
    own = principal_of(after)
    abroad = any(code != own for document, words in sides for one in _named(document, words) for code in one.codes)
    return _ACTING * acts + _ABROAD * abroad


def _amount(changed: Changed) -> int:
    return max(len(changed.changes.gone), len(changed.changes.come))


def is_line(document: Document, words: Sequence[Word]) -> bool:
    """Whether some words are a heading, a caption, a name or a link: a line that is no sentence."""
    if len(words) > _LINE:
        return False
    end = words[-1].end
    ends = document.text[end : end + 2].strip(" )\"'”’")[:1] in (".", "!", "?", "。", "！", "？", ";", ":")
    return not ends or not any(word.said.islower() or is_han(word.said) for word in words[1:])


def _content(words: Sequence[Word], language: str) -> list[str]:
    """The words that say something, folded: no function words."""
    common = languages.find(language).function_words | _cues(language, "common")
    return [folded for word in words if (folded := word.said.casefold()) not in common]


def _touches(
    before: Document, after: Document, changed: Changed, gone: list[str], come: list[str]
) -> tuple[Touch, ...]:
    found: list[Touch] = ["speaker"] if changed.kind == "speaker" else []
    if changed.kind != "title":
        found += _undertakings(before, after, changed, said=bool(gone or come))
    language = after.language
    if _differ(gone, come, lambda word: word[0].isdigit() or word in _cues(language, "numbers")):
        found.append("number")
    if _differ(gone, come, lambda word: word in _months(language)):
        found.append("date")
    folded = [[word.said.casefold() for word in side] for side in (changed.changes.gone, changed.changes.come)]
    if changed.kind == "reworded" and _differ(folded[0], folded[1], lambda word: word in _cues(language, "negations")):
        found.append("negation")
    found += _names(before, after, changed)
    if changed.kind in ("added", "dropped"):
        found.append("sentence")
    if changed.kind == "title" and _is_other(changed):
        found.append("text")
    triggers = (before.acts, changed.changes.gone), (after.acts, changed.changes.come)
    if changed.kind != "title" and any(
        _within(one.trigger.start, one.trigger.end, words) for acts, words in triggers for one in acts
    ):
        found.append("act")
    return tuple(found)


def _is_other(changed: Changed) -> bool:
    """Whether a title is that of another text."""
    kept = len(changed.before) - len(changed.changes.gone)
    return 2 * kept < _OTHER_TITLE * (len(changed.before) + len(changed.after))


def _differ(gone: Sequence[str], come: Sequence[str], wanted: Any) -> bool:
    return Counter(filter(wanted, gone)) != Counter(filter(wanted, come))


@cache
def _months(language: str) -> frozenset[str]:
    calendar = languages.find(language).words.calendar
    return frozenset(name for cell in (*calendar.months, *calendar.weekdays) for name in cell.split() if len(name) > 3)


def _within(start: int, end: int, words: Sequence[Word]) -> bool:
    return any(start < word.end and word.start < end for word in words)


def _undertakings(before: Document, after: Document, changed: Changed, *, said: bool) -> Iterator[Touch]:
    """Whether an undertaking is lost, weaker, or otherwise changed. ``said``: words that carry matter changed."""
    old = [one for one in before.undertakings if _within(one.start, one.end, changed.before)]
    new = [one for one in after.undertakings if _within(one.start, one.end, changed.after)]
    if len(new) < len(old):
        yield "undertaking lost"
    elif old and _firmest(new) < _firmest(old):
        yield "undertaking weakened"
    elif said and (
        any(_within(one.start, one.end, changed.changes.gone) for one in old)
        or any(_within(one.start, one.end, changed.changes.come) for one in new)
    ):
        yield "undertaking"


def _firmest(some: Sequence[Any]) -> int:
    return max(len(_STRENGTHS) - _STRENGTHS.index(one.strength) for one in some)


def _names(before: Document, after: Document, changed: Changed) -> Iterator[Touch]:
    """Whether a state or organisation, or another name, came or went."""
    if changed.kind == "title":
        gone, come = (_capitals(side) for side in (changed.changes.gone, changed.changes.come))
        if gone != come:
            yield "name"
        return
    actors = [
        {code for one in _named(document, words) for code in one.codes}
        for document, words in ((before, changed.before), (after, changed.after))
    ]
    if actors[0] != actors[1]:
        yield "actor"
    firsts = {side[0].start for side in (changed.before, changed.after) if side}
    gone, come = (
        _capitals([word for word in side if word.start not in firsts])
        for side in (changed.changes.gone, changed.changes.come)
    )
    if gone != come:
        yield "name"


def _capitals(words: Sequence[Word]) -> Counter[str]:
    return Counter(word.said.casefold() for word in words if word.said[0].isupper())


def _named(document: Document, words: Sequence[Word]) -> list[Mention]:
    return [one for one in document.mentions if _within(one.start, one.end, words)] if words else []


def _moves(before: Document, after: Document, changed: Changed) -> tuple[str | None, bool]:
    """How the words moved on a ladder, and whether that weakens a commitment."""
    if changed.kind == "title" or not (changed.before and changed.after):
        return None, False
    said = [
        (document, document.text[words[0].start : words[-1].end], words[0].start, changes)
        for document, words, changes in (
            (before, changed.before, changed.changes.gone),
            (after, changed.after, changed.changes.come),
        )
    ]
    told, weakened = [], False
    for which in (_commitments(), ladders()):
        old, new = (
            _changed_rungs(which.rungs_of(text, document.language), start, changes)
            for document, text, start, changes in said
        )
        for name in sorted(old.keys() | new.keys()):
            one, other = old.get(name), new.get(name)
            if one is None or other is None or one.rank == other.rank:
                continue
            told.append(f"{name}: {one.words} → {other.words}, {'up' if other.rank > one.rank else 'down'}")
            weakened = weakened or (name == "commitment" and other.rank < one.rank)
    return "; ".join(told) or None, weakened


def _changed_rungs(standing: list[Stands], start: int, changes: Sequence[Word]) -> dict[str, Stands]:
    return highest([one for one in standing if _within(one.start + start, one.end + start, changes)])
