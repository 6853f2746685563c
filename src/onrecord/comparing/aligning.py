"""Align the passages of two versions: which stayed, which say nearly the same, which are gone, new, or stand elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import chain
from typing import NamedTuple

from rapidfuzz.distance import Indel

from onrecord.comparing.passages import Passage

#: Two passages at one place are one, reworded, if they are at least so much alike (twice the shared words in order, by all
#: words); below, one was dropped and another added. Two readers of the chains of two issuers drew the line there.
ALIKE = 0.4
#: A passage of fewer words may be said again anywhere: it is not told as moved.
_MOVED = 5
#: Of a stretch of more pairs of passages only those near each other are compared.
_MANY, _NEAR = 40_000, 40


class Match(NamedTuple):
    """Passages ``[before, before_end)`` of the one version and ``[after, after_end)`` of the other; one of the two may be
    empty. ``moved`` says that the same words stand elsewhere."""

    before: int
    before_end: int
    after: int
    after_end: int
    moved: bool = False


def align(old: Sequence[Passage], new: Sequence[Passage]) -> list[Match]:
    """What differs between two lists of passages, in the order of the newer one."""
    stretches = [one for one in differing(old, new) if _said(old[one[0] : one[1]]) != _said(new[one[2] : one[3]])]
    moves = _moves(old, new, stretches)  # found first: what stands elsewhere word for word is nothing's rewording
    here, there = {one.before for one in moves}, {one.after for one in moves}
    found = list(moves)
    for i, j, k, m in stretches:
        found += _align_stretch(
            old, new, [a for a in range(i, j) if a not in here], [b for b in range(k, m) if b not in there], (i, k)
        )
    return _joined(sorted(found, key=lambda one: (one.after, one.before)))


def _moves(
    old: Sequence[Passage], new: Sequence[Passage], stretches: Sequence[tuple[int, int, int, int]]
) -> list[Match]:
    """The passages of some words that stand elsewhere, word for word."""
    gone: dict[tuple[str, ...], list[int]] = {}
    for i, j, _, _ in stretches:
        for a in range(i, j):
            if len(old[a].words) >= _MOVED:
                gone.setdefault(old[a].key, []).append(a)
    found = []
    for _, _, k, m in stretches:
        for b in range(k, m):
            if places := gone.get(new[b].key):
                a = places.pop(0)
                found.append(Match(a, a + 1, b, b + 1, moved=True))
    return found


def differing(old: Sequence[Passage], new: Sequence[Passage]) -> list[tuple[int, int, int, int]]:
    """The stretches ``(i, j, k, m)`` in which ``old[i:j]`` stands where ``new[k:m]`` stands now."""
    one, other = [passage.key for passage in old], [passage.key for passage in new]
    head = 0
    while head < min(len(one), len(other)) and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < min(len(one), len(other)) - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    middle = SequenceMatcher(None, one[head : len(one) - tail], other[head : len(other) - tail], autojunk=False)
    return [(i + head, j + head, k + head, m + head) for tag, i, j, k, m in middle.get_opcodes() if tag != "equal"]


def _said(some: Sequence[Passage]) -> list[str]:
    return list(chain.from_iterable(passage.key for passage in some))


def _align_stretch(
    old: Sequence[Passage], new: Sequence[Passage], gone: list[int], come: list[int], at: tuple[int, int]
) -> list[Match]:
    """Pair the passages ``gone`` and ``come`` of a stretch that begins ``at``, the most alike first; what has no partner is
    dropped or added."""
    coded = _Coded()
    before, after = [coded(old[a].key) for a in gone], [coded(new[b].key) for b in come]
    near = max(len(before), len(after)) if len(before) * len(after) <= _MANY else _NEAR
    rated = []
    for a, one in enumerate(before):
        for b in range(max(0, a - near), min(len(after), a + near + 1)):
            alike = Indel.normalized_similarity(one, after[b], score_cutoff=ALIKE)
            if alike >= ALIKE:
                rated.append((-alike, abs(a - b), a, b))
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, a, b in sorted(rated):
        if a not in partner and b not in taken:
            partner[a] = b
            taken.add(b)
    pairs = _widened(before, after, partner)
    found = [Match(gone[a], gone[a_end - 1] + 1, come[b], come[b_end - 1] + 1) for a, a_end, b, b_end in pairs]
    found = [one for one in found if _said(old[one.before : one.before_end]) != _said(new[one.after : one.after_end])]
    # Where a passage that is gone would stand now, and one that is new would have stood: after its neighbour's partner.
    left_old = sorted(set(range(len(before))) - {one for a, a_end, _, _ in pairs for one in range(a, a_end)})
    left_new = sorted(set(range(len(after))) - {one for _, _, b, b_end in pairs for one in range(b, b_end)})
    for a in left_old:
        place = max((come[b_end - 1] + 1 for _, a_end, _, b_end in pairs if a_end <= a), default=at[1])
        found.append(Match(gone[a], gone[a] + 1, place, place))
    for b in left_new:
        place = max((gone[a_end - 1] + 1 for _, a_end, _, b_end in pairs if b_end <= b), default=at[0])
        found.append(Match(place, place, come[b], come[b] + 1))
    return found


def _widened(before: list[str], after: list[str], partner: dict[int, int]) -> list[tuple[int, int, int, int]]:
    """The pairs, each widened by a neighbour without a partner where the two are then more alike: a sentence was divided, or two
    were joined."""
    found = []
    taken_old, taken_new = set(partner), set(partner.values())
    for a, b in sorted(partner.items()):
        first, last, begin, end = a, a + 1, b, b + 1
        while last < len(before) and last not in taken_old and _gains(before, after, (first, last, begin, end), old=1):
            taken_old.add(last)
            last += 1
        while end < len(after) and end not in taken_new and _gains(before, after, (first, last, begin, end), new=1):
            taken_new.add(end)
            end += 1
        while first and first - 1 not in taken_old and _gains(before, after, (first, last, begin, end), old=-1):
            taken_old.add(first := first - 1)
        while begin and begin - 1 not in taken_new and _gains(before, after, (first, last, begin, end), new=-1):
            taken_new.add(begin := begin - 1)
        found.append((first, last, begin, end))
    return found


def _gains(before: list[str], after: list[str], at: tuple[int, int, int, int], *, old: int = 0, new: int = 0) -> bool:
    """Whether two stretches become more alike when the one is widened by a passage, in front (-1) or behind (1)."""
    first, last, begin, end = at
    one, other = "".join(before[first:last]), "".join(after[begin:end])
    wider = "".join(before[first - (old < 0) : last + (old > 0)]), "".join(after[begin - (new < 0) : end + (new > 0)])
    return float(Indel.normalized_similarity(*wider)) > float(Indel.normalized_similarity(one, other))


def _joined(found: list[Match]) -> list[Match]:
    """Join passages next to each other that were all dropped, or all added, or moved together."""
    joined: list[Match] = []
    for one in found:
        last = joined[-1] if joined else None
        alike = last is not None and _shape(last) == _shape(one) != (True, True, False)
        if last is not None and alike and (one.before, one.after) == (last.before_end, last.after_end):
            joined[-1] = Match(last.before, one.before_end, last.after, one.after_end, one.moved)
        else:
            joined.append(one)
    return joined


def _shape(match: Match) -> tuple[bool, bool, bool]:
    return match.before < match.before_end, match.after < match.after_end, match.moved


class _Coded:
    """Writes words as single characters, so that the distance of two passages is that of two strings."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __call__(self, said: Sequence[str]) -> str:
        return "".join(chr(0x10000 + self._numbers.setdefault(word, len(self._numbers))) for word in said)


def likeness(old: Sequence[Passage], new: Sequence[Passage]) -> float:
    """How much two lists of passages are alike, from 0 to 1: twice the shared words in order, by all words."""
    coded = _Coded()
    return float(Indel.normalized_similarity(coded(_said(old)), coded(_said(new))))
