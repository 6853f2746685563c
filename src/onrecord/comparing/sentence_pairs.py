"""Align the sentences of two language versions of one text by dynamic programming over the whole text.

A step pairs up to six sentences of the one with one of the other, or leaves some out. It is worth the words that are found in
the other language, less what a pair by chance would share, less the difference in length (Gale and Church 1993). The ends of
turns are soft marks: a step that ends a turn in both versions gains, in one of them alone it loses.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.comparing.units import Unit
from onrecord.comparing.word_table import WordTable

#: How many sentences of each version one step pairs.
STEPS = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (1, 4), (4, 1), (1, 5), (5, 1), (1, 6), (6, 1))
_MOST = 6
#: What a step costs for every sentence beyond one a side, and a sentence that is left out.
_JOINED, _LEFT_OUT = 0.35, 0.115
#: The share of words that two sentences have in common by chance, and what the words and the lengths weigh.
_CHANCE, _LENGTH = 0.27, 0.06
#: The ends of turns: in both versions, in one alone; and turns of another kind.
_BOTH_END, _ONE_ENDS, _OTHER_KIND, _SAME_OUTLET = 0.5, 0.8, 1.0, 0.5
#: Lengths (in units) differ by so much of their square root by chance.
_SPREAD = 1.6


class Sentence(NamedTuple):
    """A sentence: its span, its units, the number of its turn, whether it ends it, the kind of the turn and its outlet."""

    start: int
    end: int
    units: tuple[Unit, ...]
    turn: int
    ends_turn: bool
    kind: str = ""
    outlet: str | None = None


class Step(NamedTuple):
    """Sentences ``[one, one_end)`` of the first version with ``[other, other_end)`` of the second; one of them may be empty.
    ``shared`` is the share of their words that are found in the other language."""

    one: int
    one_end: int
    other: int
    other_end: int
    shared: float


class Shared:
    """Which words of each sentence are found in which sentences of the other version, and how well: the basis of alignment.

    ``best[side]`` has a row for each unit of that side (in order) and a column for each sentence of the other: the strength of
    its best partner there. ``weight[side]`` says how much each unit tells, ``starts[side]`` where each sentence's units begin.
    """

    def __init__(self, sides: tuple[Sequence[Sentence], Sequence[Sentence]], table: WordTable) -> None:
        self.sides, self.table = sides, table
        keys = [list(dict.fromkeys(unit.key for one in side for unit in one.units)) for side in sides]
        places = [{key: at for at, key in enumerate(some)} for some in keys]
        holds = []
        for sentences, place in zip(sides, places, strict=True):
            held = np.zeros((len(place), len(sentences)), np.float32)
            for at, one in enumerate(sentences):
                held[[place[unit.key] for unit in one.units], at] = 1.0
            holds.append(held)
        pairs = table.strengths(keys[0], keys[1])
        self.best: list[NDArray[np.float32]] = []
        self.weight: list[NDArray[np.float32]] = []
        self.starts: list[NDArray[np.intp]] = []
        for side in (0, 1):
            rows, columns = (pairs[0], pairs[1]) if side == 0 else (pairs[1], pairs[0])
            by_key = np.zeros((len(keys[side]), len(sides[1 - side])), np.float32)
            for row, column, value in zip(rows.tolist(), columns.tolist(), pairs[2].tolist(), strict=True):
                np.maximum(by_key[row], value * holds[1 - side][column], out=by_key[row])
            tells = np.array(
                [word.weight * word.found for word in (table.word(side, key) for key in keys[side])], np.float32
            )
            order = np.array([places[side][unit.key] for one in sides[side] for unit in one.units], np.intp)
            self.best.append(by_key[order] if len(order) else np.zeros((0, len(sides[1 - side])), np.float32))
            self.weight.append(tells[order] if len(order) else np.zeros(0, np.float32))
            self.starts.append(np.cumsum([0, *(len(one.units) for one in sides[side])]).astype(np.intp))
        self._found: dict[tuple[int, int], NDArray[np.float64]] = {}

    def masses(self, side: int) -> NDArray[np.float64]:
        """How much the words of each sentence tell."""
        return _sums(self.weight[side], self.starts[side])

    def found(self, side: int, width: int) -> NDArray[np.float64]:
        """A row for each sentence of one side: how much of it is found in the ``width`` sentences of the other that begin at each
        column."""
        if (side, width) not in self._found:
            best = self.best[side]
            count = best.shape[1] - width + 1
            wide = best[:, :count]
            for more in range(1, width):
                wide = np.maximum(wide, best[:, more : more + count])
            self._found[side, width] = _sums(wide * self.weight[side][:, None], self.starts[side])
        return self._found[side, width]


def _sums(values: NDArray[np.float32], starts: NDArray[np.intp]) -> NDArray[np.float64]:
    """Sums of the rows of each sentence; a sentence without rows has nothing."""
    found = np.zeros((len(starts) - 1, *values.shape[1:]))
    told = np.flatnonzero(starts[1:] > starts[:-1])
    if len(told):
        found[told] = np.add.reduceat(values, starts[:-1][told], axis=0, dtype=np.float64)
    return found


def align(shared: Shared) -> list[Step]:
    """The steps through both versions, in order: every sentence is in one of them."""
    one, other = shared.sides
    scores = {step: _score(shared, step) for step in STEPS if step[0] <= len(one) and step[1] <= len(other)}
    ends = _turn_ends(one, other)
    kinds = _turn_kinds(one, other)
    left_out = [_LEFT_OUT * np.sqrt(1 + shared.masses(side)) for side in (0, 1)]
    total = np.full((len(one) + 1, len(other) + 1), -np.inf)
    came = np.full((len(one) + 1, len(other) + 1), -1, np.int16)
    skipped = np.r_[0.0, np.cumsum(left_out[1])]
    for i in range(len(one) + 1):
        row, way = total[i], came[i]
        if i == 0:
            row[0] = 0.0
        else:
            row[:] = total[i - 1] - left_out[0][i - 1]
            way[:] = len(STEPS)
        for number, step in enumerate(STEPS):
            a, b = step
            if i < a or b > len(other):
                continue
            worth = (
                total[i - a, : len(other) + 1 - b]
                + scores[step][i - a]
                + kinds[i - a, : len(other) + 1 - b]
                + ends[i, b:]
            )
            better = worth > row[b:]
            row[b:][better] = worth[better]
            way[b:][better] = number
        # Sentences of the other version that are left out, any number in a row.
        best = np.maximum.accumulate(row + skipped) - skipped
        longer = best > row + 1e-9
        row[longer] = best[longer]
        way[longer] = len(STEPS) + 1
    return _back(came, scores, shared)


def _score(shared: Shared, step: tuple[int, int]) -> NDArray[np.float64]:
    """What a step is worth, by the first sentence of each version."""
    a, b = step
    masses = [_windows(shared.masses(side), width) for side, width in ((0, a), (1, b))]
    told = _share(shared, step)
    both = masses[0][:, None] + masses[1][None, :]
    lengths = [_windows(np.diff(shared.starts[side]).astype(float), width) for side, width in ((0, a), (1, b))]
    ratio = max(1.0, shared.starts[1][-1]) / max(1.0, shared.starts[0][-1])
    expected = lengths[0][:, None] * ratio
    differs = np.abs(lengths[1][None, :] - expected) / (_SPREAD * np.sqrt(1 + expected + lengths[1][None, :]))
    worth = np.sqrt(1 + both) * (told - _CHANCE) - _LENGTH * np.minimum(differs, 6.0) ** 2
    result: NDArray[np.float64] = worth - _JOINED * (a + b - 2)
    return result


def _share(shared: Shared, step: tuple[int, int]) -> NDArray[np.float64]:
    """The share of the words of a step that are found in the other language, by the first sentence of each version."""
    a, b = step
    first = _windows(shared.found(0, b), a)
    second = _windows(shared.found(1, a), b).T
    both = _windows(shared.masses(0), a)[:, None] + _windows(shared.masses(1), b)[None, :]
    return (first + second) / np.maximum(both, 1e-6)


def _windows(values: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """Sums of so many rows each, by the first of them."""
    total: NDArray[np.float64] = np.concatenate([np.zeros((1, *values.shape[1:])), np.cumsum(values, 0)])
    found: NDArray[np.float64] = total[width:] - total[:-width]
    return found


def _turn_ends(one: Sequence[Sentence], other: Sequence[Sentence]) -> NDArray[np.float64]:
    """What it is worth that a step ends before a sentence of each version."""
    first, second = (np.array([True, *(sentence.ends_turn for sentence in side)]) for side in (one, other))
    both = first[:, None] & second[None, :]
    alone = first[:, None] ^ second[None, :]
    worth: NDArray[np.float64] = _BOTH_END * both - _ONE_ENDS * alone
    return worth


def _turn_kinds(one: Sequence[Sentence], other: Sequence[Sentence]) -> NDArray[np.float64]:
    """What it is worth that a step begins at a sentence of each version, by the kinds and outlets of their turns."""
    worth = np.zeros((len(one) + 1, len(other) + 1))
    for field, same, differs in (("kind", 0.0, -_OTHER_KIND), ("outlet", _SAME_OUTLET, -_SAME_OUTLET)):
        names = {
            name: at
            for at, name in enumerate(dict.fromkeys(getattr(x, field) for side in (one, other) for x in side), 1)
        }
        first, second = (
            np.array([names[getattr(x, field)] if getattr(x, field) else 0 for x in side]) for side in (one, other)
        )
        known = (first[:, None] > 0) & (second[None, :] > 0)
        equal = first[:, None] == second[None, :]
        worth[:-1, :-1] += known * np.where(equal, same, differs)
    return worth


def _back(came: NDArray[np.int16], scores: dict[tuple[int, int], NDArray[np.float64]], shared: Shared) -> list[Step]:
    i, j = came.shape[0] - 1, came.shape[1] - 1
    shares = {step: _share(shared, step) for step in scores}
    found = []
    while i or j:
        number = int(came[i, j])
        a, b = (1, 0) if number == len(STEPS) else (0, 1) if number > len(STEPS) else STEPS[number]
        told = float(shares[a, b][i - a, j - b]) if a and b else 0.0
        found.append(Step(i - a, i, j - b, j, told))
        i, j = i - a, j - b
    return found[::-1]
