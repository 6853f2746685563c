"""Which of many wordings have words in common: for each, how often the earlier ones share its words.

Comparing every pair would take the square of their number; nearly all pairs have nothing in common and are never
looked at.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence, Set

import numpy as np
from numpy.typing import NDArray


def earlier_overlaps(
    wordings: Sequence[Set[str]], groups: Sequence[tuple[Hashable, ...]], *, least: int, share: float
) -> Iterator[list[int]]:
    """For each wording in order, the numbers of the earlier ones in one of its groups that overlap with it.

    Two wordings overlap when they share at least ``least`` words and at least this ``share`` of the shorter one's
    words. ``groups`` has a tuple for each wording, all of one length; two wordings are in one group when their tuples
    agree at any position.
    """
    heads, postings, seen, numbers = _postings(wordings)
    sizes = np.fromiter(map(len, wordings), np.intp, len(wordings))
    group_columns = [_numbered(column) for column in zip(*groups, strict=True)]
    for number, own in enumerate(numbers):
        earlier = [postings[heads[word] : seen[word]] for word in own if seen[word] > heads[word]]
        for word in own:
            seen[word] += 1
        if len(earlier) < least:
            yield []
            continue
        common = np.bincount(np.concatenate(earlier))
        found = np.flatnonzero(common >= least)
        found = found[common[found] >= share * np.minimum(sizes[found], sizes[number])]
        grouped = np.zeros(len(found), np.bool_)
        for group in group_columns:
            grouped |= group[found] == group[number]
        yield found[grouped].tolist()


def _postings(wordings: Sequence[Set[str]]) -> tuple[list[int], NDArray[np.intp], list[int], list[list[int]]]:
    """An inverted index: for each word where its postings begin; the postings (numbers of wordings, word after word);
    a copy of the beginnings to count with; and the words of each wording as numbers."""
    vocabulary: dict[str, int] = {}
    numbers = [[vocabulary.setdefault(word, len(vocabulary)) for word in own] for own in wordings]
    words = np.fromiter((word for own in numbers for word in own), np.intp)
    wording_of = np.repeat(np.arange(len(wordings)), [len(own) for own in numbers])
    heads = np.concatenate(([0], np.cumsum(np.bincount(words, minlength=len(vocabulary))))).tolist()
    return heads, wording_of[np.argsort(words, kind="stable")], heads[:-1], numbers


def _numbered(things: Sequence[Hashable]) -> NDArray[np.intp]:
    known: dict[Hashable, int] = {}
    return np.fromiter((known.setdefault(one, len(known)) for one in things), np.intp, len(things))
