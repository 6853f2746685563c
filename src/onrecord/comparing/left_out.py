"""What an alignment left out: joined to its neighbour, paired with what stands in its place or elsewhere, or said by one alone.

The steps of :func:`onrecord.comparing.sentence_pairs.align` leave out sentences in four cases that are no omissions: a free
rendering shares no word, its counterpart was joined to another sentence, it was joined to its neighbour, it stands in another
place.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from onrecord.comparing.sentence_pairs import Shared, Step

#: So much of a sentence's words must be found in the sentences beside it that it is joined to them, and so much elsewhere that it
#: is paired with sentences there.
_JOINS, _ELSEWHERE = 0.35, 0.5
#: A sentence is taken from those it was joined to for one that is left out beside them if the two share at least so much, and the
#: join loses no more than so much. Of 86 such pairs on 370 days nearly eighty were right; of those that share less, as many wrong
#: as right.
_TAKES, _LOSES = 0.02, 0.01
#: So many sentences of the other version are one place in which the words of a sentence are looked for.
_WINDOW = 3


class Settled(NamedTuple):
    """A step; ``moved`` where the words stand in another order, ``certain`` where a whole turn is left out.

    Of a single sentence the words alone do not tell whether it is left out or rendered freely: of forty such claims on real pages
    a third at most were right.
    """

    step: Step
    moved: bool = False
    certain: bool = True


def settle(shared: Shared, steps: Sequence[Step]) -> list[Settled]:
    """The steps with what was left out settled: every sentence is still in one of them."""
    found: list[Step] = []
    for alone, group in groupby(steps, _is_alone):
        some = list(group)
        found += _facing(shared, some) if alone else some
    found = _joined(shared, _taken_apart(shared, found))
    return _elsewhere(shared, found)


def _is_alone(step: Step) -> bool:
    return step.one == step.one_end or step.other == step.other_end


def _facing(shared: Shared, gaps: list[Step]) -> list[Step]:
    """Pair what both versions left out at one place, if turns of one kind go on there: it is one thing in other words."""
    (a, b), (c, d) = (gaps[0].one, gaps[-1].one_end), (gaps[0].other, gaps[-1].other_end)
    if a == b or c == d:
        return gaps
    pieces: list[Step] = []
    kinds = [
        [(one.turn, one.kind) for one in side[i:j]] for side, (i, j) in zip(shared.sides, ((a, b), (c, d)), strict=True)
    ]
    runs = [[(key, len(list(some))) for key, some in groupby(side)] for side in kinds]
    if [key[1] for key, _ in runs[0]] != [key[1] for key, _ in runs[1]]:
        return gaps
    for (_, wide), (_, other_wide) in zip(*runs, strict=True):
        if wide == other_wide:
            pieces += [Step(a + at, a + at + 1, c + at, c + at + 1, 0.0) for at in range(wide)]
        else:
            pieces.append(Step(a, a + wide, c, c + other_wide, 0.0))
        a, c = a + wide, c + other_wide
    return [step._replace(shared=share(shared, step)) for step in pieces]


def share(shared: Shared, step: Step) -> float:
    """The share of the words of a step that are found in the other language."""
    found = mass = 0.0
    for side, (first, last), (begin, end) in _both_ways(step):
        rows = slice(shared.starts[side][first], shared.starts[side][last])
        weight = shared.weight[side][rows]
        mass += float(weight.sum())
        if end > begin:
            found += float((shared.best[side][rows, begin:end].max(1, initial=0.0) * weight).sum())
    return found / max(mass, 1e-6)


def _both_ways(step: Step) -> tuple[tuple[int, tuple[int, int], tuple[int, int]], ...]:
    one, other = (step.one, step.one_end), (step.other, step.other_end)
    return (0, one, other), (1, other, one)


def _taken_apart(shared: Shared, steps: list[Step]) -> list[Step]:
    """Pair a sentence that is left out with the nearest of several that were joined to its neighbour, where hardly any of its
    words are found in that neighbour, or the neighbour has them without it."""
    found = list(steps)
    for at, step in enumerate(found):
        if not _is_alone(step):
            continue
        side = 0 if step.one < step.one_end else 1
        splits = (
            _split(shared, step, side, found[near], near < at) for near in (at - 1, at + 1) if 0 <= near < len(found)
        )
        best = min((split for split in splits if split is not None), key=lambda split: split.told, default=None)
        if best is not None and best.is_better:
            found[at - 1 if best.before else at + 1], found[at] = best.rest, best.pair
    return found


class _Split(NamedTuple):
    """A join without its last sentence, and that one paired with what is left out behind it; or its first, ``before`` it.

    ``told`` is the share of its words that are found in the join, ``loss`` how much of what the join shares is lost with it.
    """

    told: float
    loss: float
    rest: Step
    pair: Step
    before: bool

    @property
    def is_better(self) -> bool:
        """Whether the sentence belongs to what is left out rather than to the join."""
        return (self.told < _JOINS or self.loss <= _LOSES) and self.pair.shared >= _TAKES


def _split(shared: Shared, step: Step, side: int, beside: Step, before: bool) -> _Split | None:
    """Divide a join that stands ``before`` a step that is left out, or behind it; None where there is nothing to divide."""
    own, mine, theirs = _range(step, side), _range(beside, side), _range(beside, 1 - side)
    sentences = shared.sides[side]
    if _is_alone(beside) or theirs[1] - theirs[0] < 2:
        return None
    if sentences[own[0]].turn != sentences[mine[1] - 1 if before else mine[0]].turn:
        return None
    last = theirs[1] - 1 if before else theirs[0]
    kept = (theirs[0], last) if before else (last + 1, theirs[1])
    taken = _paired(shared, side, own, (last, last + 1))
    alone = Step(0, 0, last, last + 1, 0.0) if side == 0 else Step(last, last + 1, 0, 0, 0.0)
    rest = _paired(shared, side, mine, kept)
    return _Split(_found_beside(shared, alone, 1 - side, beside), beside.shared - rest.shared, rest, taken, before)


def _paired(shared: Shared, side: int, own: tuple[int, int], other: tuple[int, int]) -> Step:
    """A step of the sentences ``own`` of one side with ``other`` of the other."""
    step = Step(*own, *other, 0.0) if side == 0 else Step(*other, *own, 0.0)
    return step._replace(shared=share(shared, step))


def _joined(shared: Shared, steps: list[Step]) -> list[Step]:
    """Join a sentence that is left out to the step beside it in its turn, where enough of its words are found there."""
    found: list[Step] = []
    waiting = list(steps)
    while waiting:
        step = waiting.pop(0)
        before = found[-1] if found else None
        after = waiting[0] if waiting else None
        if not _is_alone(step):
            found.append(step)
            continue
        side = 0 if step.one < step.one_end else 1
        options = [
            (_found_beside(shared, step, side, beside), beside) for beside in (before, after) if beside is not None
        ]
        best, beside = max(options, key=lambda one: one[0], default=(0.0, None))
        if beside is None or best < _JOINS:
            found.append(step)
        elif beside is before:
            found[-1] = _union(shared, beside, step)
        else:
            waiting[0] = _union(shared, step, beside)
    return found


def _found_beside(shared: Shared, step: Step, side: int, beside: Step) -> float:
    """The share of a sentence's words that are found in a step beside it; nothing in another turn."""
    if _is_alone(beside):
        return 0.0
    own = shared.sides[side]
    (first, _), (near, near_end) = _range(step, side), _range(beside, side)
    if own[first].turn not in (own[near].turn, own[near_end - 1].turn):
        return 0.0
    rows = slice(shared.starts[side][first], shared.starts[side][_range(step, side)[1]])
    begin, end = _range(beside, 1 - side)
    weight = shared.weight[side][rows]
    told = shared.best[side][rows, begin:end].max(1, initial=0.0)
    return float((told * weight).sum() / max(float(weight.sum()), 1e-6))


def _range(step: Step, side: int) -> tuple[int, int]:
    return (step.one, step.one_end) if side == 0 else (step.other, step.other_end)


def _union(shared: Shared, first: Step, second: Step) -> Step:
    sides = [[span for span in (_range(first, side), _range(second, side)) if span[0] < span[1]] for side in (0, 1)]
    ends = [(min(span[0] for span in some), max(span[1] for span in some)) for some in sides]
    joined = Step(*ends[0], *ends[1], 0.0)
    return joined._replace(shared=share(shared, joined))


def _elsewhere(shared: Shared, steps: list[Step]) -> list[Settled]:
    """Pair sentences that are left out at different places where they say the same; what is left is said by one version alone."""
    alone = [
        [step for step in steps if _is_alone(step) and _range(step, side)[0] < _range(step, side)[1]] for side in (0, 1)
    ]
    rated = sorted(
        (
            (share(shared, pair), a, b)
            for a, one in enumerate(alone[0])
            for b, other in enumerate(alone[1])
            for pair in (Step(one.one, one.one_end, other.other, other.other_end, 0.0),)
        ),
        reverse=True,
    )
    partner: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for told, a, b in rated:
        if told >= _ELSEWHERE and a not in partner and b not in taken:
            partner[a] = (b, told)
            taken.add(b)
    found = []
    for step in steps:
        if not _is_alone(step):
            found.append(Settled(step))
        elif step in alone[0] and (at := alone[0].index(step)) in partner:
            other = alone[1][partner[at][0]]
            found.append(
                Settled(Step(step.one, step.one_end, other.other, other.other_end, partner[at][1]), moved=True)
            )
        elif step in alone[1] and alone[1].index(step) in taken:
            continue
        else:
            place = found_anywhere(shared, step)
            found.append(Settled(step._replace(shared=place), certain=_is_whole_turn(shared, steps, step)))
    return found


def _is_whole_turn(shared: Shared, steps: Sequence[Step], step: Step) -> bool:
    """Whether nothing of the turn of a sentence has a counterpart."""
    side = 0 if step.one < step.one_end else 1
    turn = shared.sides[side][_range(step, side)[0]].turn
    return all(
        _is_alone(other)
        for other in steps
        if any(one.turn == turn for one in shared.sides[side][slice(*_range(other, side))])
    )


def found_anywhere(shared: Shared, step: Step) -> float:
    """The largest share of the words of a sentence that is left out which one place of the other version has."""
    side = 0 if step.one < step.one_end else 1
    first, last = _range(step, side)
    rows = slice(shared.starts[side][first], shared.starts[side][last])
    weight = shared.weight[side][rows]
    best = shared.best[side][rows]
    width = min(_WINDOW, best.shape[1])
    if not width or not len(weight):
        return 0.0
    wide = np.max([best[:, at : best.shape[1] - width + 1 + at] for at in range(width)], axis=0)
    return float((wide * weight[:, None]).sum(0).max() / max(float(weight.sum()), 1e-6))
