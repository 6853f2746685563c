"""Which of many wordings have words in common: by counting, for each, how often the earlier ones stand with its words.

To compare every pair would take the square of their number; nearly all have nothing in common, and are never looked at.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence, Set

import numpy as np
from numpy.typing import NDArray


def sharing(
    wordings: Sequence[Set[str]], groups: Sequence[tuple[Hashable, ...]], *, least: int, share: float
) -> Iterator[list[int]]:
    """For each wording in order the numbers of the earlier ones that it shares ``least`` words with at least, and at least this
    ``share`` of the shorter's words, of those that are in one of its groups with it.

    ``groups`` are for each wording as many things; two are together where one of them is the same, at the same place.
    """
    heads, postings, seen, numbers = _postings(wordings)
    sizes = np.fromiter(map(len, wordings), np.intp, len(wordings))
    together = [_numbered(column) for column in zip(*groups, strict=True)]
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
        shared = np.zeros(len(found), np.bool_)
        for group in together:
            shared |= group[found] == group[number]
        yield found[shared].tolist()


def _postings(wordings: Sequence[Set[str]]) -> tuple[list[int], NDArray[np.intp], list[int], list[list[int]]]:
    """Where the wordings of each word begin, the wordings of one word after the other, the same beginnings, words as numbers."""
    vocabulary: dict[str, int] = {}
    numbers = [[vocabulary.setdefault(word, len(vocabulary)) for word in own] for own in wordings]
    said = np.fromiter((word for own in numbers for word in own), np.intp)
    stands = np.repeat(np.arange(len(wordings)), [len(own) for own in numbers])
    heads = np.concatenate(([0], np.cumsum(np.bincount(said, minlength=len(vocabulary))))).tolist()
    return heads, stands[np.argsort(said, kind="stable")], heads[:-1], numbers


def _numbered(things: Sequence[Hashable]) -> NDArray[np.intp]:
    known: dict[Hashable, int] = {}
    return np.fromiter((known.setdefault(one, len(known)) for one in things), np.intp, len(things))
