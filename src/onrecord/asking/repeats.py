"""Repeated word sequences of many documents, and which of them stand for themselves.

Found length by length: a sequence of ``n + 1`` words can only stand in enough documents where both sequences of ``n``
words in it do, so that each round looks only at the places left over by the one before (the a-priori principle of
Agrawal and Srikant, VLDB 1994). All is done on whole arrays; memory is a few numbers a place and round.

A sequence is *maximal* when no longer one that is kept holds it in nearly as many documents: "mutual respect and
win-win" is left out where "mutual respect and win-win cooperation" stands in four fifths of its documents or more.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

#: From this share of its documents on, a longer sequence stands for the shorter one in it.
NEARLY = 0.8

Numbers = NDArray[np.int64]
#: Numbers of words, sentences and places: half the memory, and no desk holds two thousand million words.
Small = NDArray[np.int32]


class Said(NamedTuple):
    """Sentences one after the other, by day of their documents: for each word its ``numbers``, ``sentences`` the sentence
    it stands in, ``documents`` its document; ``periods`` the period of each document, -1 for none."""

    numbers: Small
    sentences: Small
    documents: Small
    periods: Numbers


class Round(NamedTuple):
    """The sequences of one length that enough documents hold: in how many of each period, ``documents[sequence,
    period]``; how often they are used in all; the sequences of the round before that they begin and end with; the
    ``places`` where they begin, in order, with the ``sequences`` that stand there."""

    size: int
    documents: Numbers
    uses: Numbers
    beginning: Small
    ending: Small
    places: Small
    sequences: Small

    def __len__(self) -> int:
        return len(self.uses)


class Kept(NamedTuple):
    """The maximal sequences of a length. ``places`` are those of each in order, from ``heads[i]`` to ``heads[i + 1]``;
    ``cohesion`` is how much more often its words stand together than chance has it (see :func:`cohesion`), ``freedom``
    how freely it is put between other words (see :func:`freedom`), both from 0 to 1."""

    size: int
    documents: Numbers
    uses: Numbers
    heads: Numbers
    places: Small
    cohesion: NDArray[np.float64]
    freedom: NDArray[np.float64]


def rounds(said: Said, least: int, periods: int = 1) -> list[Round]:
    """All sequences that stand in ``least`` documents of a period or more, from single words on."""
    everywhere = np.arange(len(said.numbers), dtype=np.int32)
    found = [_round(1, said, everywhere, said.numbers, said.numbers, said.numbers, least, periods)]
    while len(found[-1]):
        last = found[-1]
        at = np.flatnonzero(
            (np.diff(last.places) == 1) & (said.sentences[last.places[:-1]] == said.sentences[last.places[1:]])
        )
        beginning, ending = last.sequences[at], last.sequences[at + 1]
        pairs = beginning.astype(np.int64) * len(last) + ending
        found.append(_round(last.size + 1, said, last.places[at], pairs, beginning, ending, least, periods))
    return found[:-1]


def _round(
    size: int,
    said: Said,
    places: Small,
    keys: Small | Numbers,
    beginning: Small,
    ending: Small,
    least: int,
    periods: int,
) -> Round:
    """The sequences told by the keys at the places, those in too few documents left out."""
    if not len(places):
        none = np.empty(0, np.int32)
        return Round(size, np.empty((0, periods), np.int64), np.empty(0, np.int64), none, none, none, none)
    order = np.argsort(keys, kind="stable")  # stable: by key, and among equals by place and so by document
    sorted_keys, documents = keys[order], said.documents[places[order]]
    is_new = np.concatenate(([True], sorted_keys[1:] != sorted_keys[:-1]))
    is_first = is_new | np.concatenate(([True], documents[1:] != documents[:-1]))  # in its document
    numbers = np.cumsum(is_new) - 1
    count = int(numbers[-1]) + 1
    in_period = said.periods[documents]
    counts = np.stack(
        [np.bincount(numbers[is_first & (in_period == period)], minlength=count) for period in range(periods)], axis=1
    )
    lasting = counts.max(axis=1) >= least
    renumbered = np.cumsum(lasting) - 1
    heads = order[is_new][lasting]
    sequences = np.empty(len(places), np.int32)
    sequences[order] = np.where(lasting[numbers], renumbered[numbers], -1)
    here = sequences >= 0
    return Round(
        size,
        counts[lasting],
        np.bincount(numbers, minlength=count)[lasting],
        beginning[heads],
        ending[heads],
        places[here],
        sequences[here],
    )


def maximal(
    said: Said,
    found: list[Round],
    *,
    shortest: int,
    never_first: Numbers | None = None,
    never_last: Numbers | None = None,
    nearly: float = NEARLY,
) -> list[Kept]:
    """The maximal sequences of ``shortest`` words or more, by length.

    What begins with a word of ``never_first`` or ends with one of ``never_last`` ("of the international") is not kept,
    and so stands for no other.
    """
    kept: list[Kept] = []
    covered = np.zeros(len(found[-1]) if found else 0, np.int64)  # documents of the fullest longer sequence kept
    is_barred = np.zeros((2, int(said.numbers.max(initial=0)) + 1), bool)
    for barred, some in zip(is_barred, (never_first, never_last), strict=True):
        if some is not None:
            barred[some[some < len(barred)]] = True
    for number in range(len(found) - 1, -1, -1):
        one = found[number]
        documents = one.documents.sum(axis=1)
        is_kept = np.zeros(len(one), bool)
        if one.size >= shortest:
            anywhere = np.empty(len(one), np.int32)
            anywhere[one.sequences] = one.places
            barred = is_barred[0][said.numbers[anywhere]] | is_barred[1][said.numbers[anywhere + one.size - 1]]
            is_kept = ~barred & (covered < nearly * documents)
            if is_kept.any():
                kept.append(_kept(said, found, number, np.flatnonzero(is_kept)))
        if number:
            told = np.where(is_kept, np.maximum(documents, covered), covered)
            covered = np.zeros(len(found[number - 1]), np.int64)
            np.maximum.at(covered, one.beginning, told)
            np.maximum.at(covered, one.ending, told)
    return kept[::-1]


def _kept(said: Said, found: list[Round], number: int, kept: Numbers) -> Kept:
    one = found[number]
    renumbered = np.full(len(one), -1, np.int64)
    renumbered[kept] = np.arange(len(kept))
    sequences = renumbered[one.sequences]
    here = sequences >= 0
    sequences, places = sequences[here], one.places[here]
    places = places[np.argsort(sequences, kind="stable")]
    heads = np.concatenate(([0], np.cumsum(np.bincount(sequences, minlength=len(kept)))))
    return Kept(
        one.size,
        one.documents[kept],
        one.uses[kept],
        heads,
        places,
        cohesion(found, number, kept, len(said.numbers)),
        freedom(said, heads, places, one.size),
    )


def cohesion(found: list[Round], number: int, which: Numbers, words: int) -> NDArray[np.float64]:
    """How firmly sequences hold together: the normalised pointwise mutual information (Bouma, GSCL 2009) of their two
    parts, wherever they hold together least; below 0 told as 0, and 1 where the parts stand nowhere else."""
    beginnings, endings = [], []  # how often the parts are used, by length
    first: NDArray[Any] = which.astype(np.int32)
    last: NDArray[Any] = which.astype(np.int32)
    for at in range(number, 0, -1):
        first, last = found[at].beginning[first], found[at].ending[last]
        beginnings.append(found[at - 1].uses[first])
        endings.append(found[at - 1].uses[last])
    together = found[number].uses[which].astype(np.float64)
    if not beginnings:
        return np.ones(len(which))
    information = np.log(words / together)
    weakest = np.ones(len(which))
    for begins, ends in zip(beginnings, endings[::-1], strict=True):  # n - 1 words and the last one, n - 2 and two …
        mutual = np.log(words * together / (begins.astype(np.float64) * ends))
        weakest = np.minimum(weakest, np.divide(mutual, information, out=np.ones_like(mutual), where=information > 0))
    return np.clip(weakest, 0.0, 1.0)


def freedom(said: Said, heads: Numbers, places: Small, size: int) -> NDArray[np.float64]:
    """How freely sequences are put: the share of their uses that do not have the most usual word before them, or after
    them, whichever is less. The edge of a sentence is no word."""
    sequences = np.repeat(np.arange(len(heads) - 1), np.diff(heads))
    uses = np.diff(heads)
    least = np.ones(len(uses))
    for step, edge in ((-1, places), (1, places + size - 1)):
        beside = np.clip(edge + step, 0, len(said.numbers) - 1)
        inside = (said.sentences[beside] == said.sentences[edge]) & (beside != edge)
        words = int(said.numbers.max(initial=0)) + 1
        pairs, counts = np.unique(sequences[inside] * words + said.numbers[beside[inside]], return_counts=True)
        usual: NDArray[Any] = np.zeros(len(uses), np.int64)
        np.maximum.at(usual, pairs // words, counts)
        least = np.minimum(least, 1 - usual / uses)
    return least
