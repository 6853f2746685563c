"""Softer and harder renderings: where one language version says less, or more, than the other.

Two signs are told, each with its reason: the step on a ladder of diplomatic language (``ladder.toml``), and a word of degree
(``degrees.toml``) that is usually rendered and is not here. How rare that is for the word is learnt from all texts the table of
words was made from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np

from onrecord.comparing.ladder import Stands, rungs
from onrecord.comparing.sentence_pairs import Shared, Step
from onrecord.lexicon.tables import read_toml

Wording = Literal["same", "softer", "harder", "differs"]
_TABLE = Path(__file__).with_name("degrees.toml")
#: A word of degree counts where at least this share of its uses is rendered, and no word here renders it even so much.
_USUALLY, _HERE = 0.35, 0.08
#: A word of degree in the other version that renders nothing here so well may stand for it. Of 22 claims on days without labels
#: 12 were right, 10 without this, of a third more claims.
_TAKEN = 0.15
#: A step that one version alone takes counts from this rank on: below, the words often only note or hope.
_ALONE = 2
#: A word that tells less is no evidence that a step is rendered.
_TELLING = 2.0


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A reason why one version is milder: on a ladder, or a word of degree that has no counterpart.

    It is not ``certain`` where one version alone stands on a ladder: of such claims one of five was right when they were read, of
    the others nearly four of five.

    ``weaker`` is the number of the milder version (0 the first). ``words`` are those of the stronger one, ``instead`` what stands
    for them, if anything; ``usually`` is the share of the word's uses that are rendered, where that is known.
    """

    sign: Literal["ladder", "degree"]
    weaker: int
    words: str
    instead: str | None = None
    ladder: str | None = None
    usually: float | None = None
    certain: bool = True


class _Degrees(msgspec.Struct, forbid_unknown_fields=True):
    """Words of degree by language: those whose lack is claimed, and others that may stand for them."""

    claimed: dict[str, list[str]]
    may_render: dict[str, list[str]]


@cache
def _degrees(language: str) -> frozenset[str]:
    return frozenset(read_toml(_TABLE, _Degrees).claimed.get(language, ()))


@cache
def _renderers(language: str) -> frozenset[str]:
    return _degrees(language).union(read_toml(_TABLE, _Degrees).may_render.get(language, ()))


def changes(shared: Shared, step: Step, texts: Sequence[str], languages: tuple[str, str]) -> tuple[Change, ...]:
    """The reasons why one side of a step is milder than the other; ``texts`` are those of the two documents."""
    spans = [
        (side[first].start, side[last - 1].end)
        for side, (first, last) in zip(
            shared.sides, ((step.one, step.one_end), (step.other, step.other_end)), strict=True
        )
    ]
    said = [text[start:end] for text, (start, end) in zip(texts, spans, strict=True)]
    found = [
        change
        for change, (start, end) in _on_ladders(said, languages)
        if change.instead
        or not _is_rendered(
            shared, step, 1 - change.weaker, (start + spans[1 - change.weaker][0], end + spans[1 - change.weaker][0])
        )
    ]
    free = [_free_degrees(shared, step, side, texts[side], languages[side]) for side in (0, 1)]
    found += [
        change
        for side in (0, 1)
        if free[side] > free[1 - side]  # else each may stand for one of the others
        for change in _degree_words(shared, step, side, texts[side], languages[side])
    ]
    return tuple(found)


def wording(some: Sequence[Change]) -> Wording:
    """What the reasons come to: the first version is softer, harder, both (``differs``), or the same."""
    sides = {change.weaker for change in some}
    return "differs" if len(sides) > 1 else "same" if not sides else "harder" if 1 in sides else "softer"


def _is_rendered(shared: Shared, step: Step, side: int, span: tuple[int, int]) -> bool:
    """Whether any word of a span is rendered in the other side of a step."""
    first, last = (step.one, step.one_end) if side == 0 else (step.other, step.other_end)
    begin, end = (step.other, step.other_end) if side == 0 else (step.one, step.one_end)
    some = [unit for sentence in shared.sides[side][first:last] for unit in sentence.units]
    rows = [
        shared.starts[side][first] + at for at, unit in enumerate(some) if span[0] <= unit.start and unit.end <= span[1]
    ]
    return any(
        shared.best[side][row, begin:end].max(initial=0.0) > _HERE
        for row in rows
        if shared.table.word(side, some[row - shared.starts[side][first]].key).weight >= _TELLING
    )


def _on_ladders(said: Sequence[str], languages: tuple[str, str]) -> Iterator[tuple[Change, tuple[int, int]]]:
    """What differs on each ladder, with the span of the stronger words in its side."""
    stands: list[dict[str, list[Stands]]] = [
        _by_ladder(rungs(words, language)) for words, language in zip(said, languages, strict=True)
    ]
    for ladder in dict.fromkeys([*stands[0], *stands[1]]):
        one, other = _unequal(stands[0].get(ladder, []), stands[1].get(ladder, []))
        ranks = [stand.rank if stand else 0 for stand in (one, other)]
        if ranks[0] == ranks[1] or (not all(ranks) and max(ranks) < _ALONE):
            continue
        weaker = 0 if ranks[0] < ranks[1] else 1
        strong, weak = (other, one) if weaker == 0 else (one, other)
        assert strong is not None
        change = Change(
            sign="ladder", weaker=weaker, words=strong.words, instead=weak.words if weak else None, ladder=ladder,
            certain=weak is not None,
        )  # fmt: skip
        yield change, (strong.start, strong.end)


def _by_ladder(standing: Sequence[Stands]) -> dict[str, list[Stands]]:
    """The different steps on each ladder, the highest first."""
    found: dict[str, dict[int, Stands]] = {}
    for one in standing:
        found.setdefault(one.ladder, {}).setdefault(one.rank, one)
    return {ladder: [some[rank] for rank in sorted(some, reverse=True)] for ladder, some in found.items()}


def _unequal(one: Sequence[Stands], other: Sequence[Stands]) -> tuple[Stands | None, Stands | None]:
    """The highest steps of the two; of as many steps on both sides, the highest that differ."""
    if len(one) == len(other):
        return next(((a, b) for a, b in zip(one, other, strict=True) if a.rank != b.rank), (None, None))
    return (one[0] if one else None, other[0] if other else None)


def _free_degrees(shared: Shared, step: Step, side: int, text: str, language: str) -> int:
    """How many words of degree of a side render nothing of the other."""
    first, last = (step.one, step.one_end) if side == 0 else (step.other, step.other_end)
    begin, end = (step.other, step.other_end) if side == 0 else (step.one, step.one_end)
    row = int(shared.starts[side][first])
    words = _renderers(language)
    return sum(
        text[unit.start : unit.end].lower() in words
        and float(shared.best[side][row + at, begin:end].max(initial=0.0)) < _TAKEN
        for at, unit in enumerate(unit for sentence in shared.sides[side][first:last] for unit in sentence.units)
    )


def _degree_words(shared: Shared, step: Step, side: int, text: str, language: str) -> list[Change]:
    first, last = (step.one, step.one_end) if side == 0 else (step.other, step.other_end)
    begin, end = (step.other, step.other_end) if side == 0 else (step.one, step.one_end)
    degrees = _degrees(language)
    row = int(shared.starts[side][first])
    found = []
    for sentence in shared.sides[side][first:last]:
        for unit in sentence.units:
            if text[unit.start : unit.end].lower() in degrees:
                known = shared.table.word(side, unit.key)
                best = float(np.max(shared.best[side][row, begin:end], initial=0.0))
                if known.found >= _USUALLY and best <= _HERE:
                    found.append(
                        Change(sign="degree", weaker=1 - side, words=text[unit.start : unit.end], usually=known.found)
                    )
            row += 1
    return found
