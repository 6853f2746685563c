"""Word sequences that many documents repeat, and which of them are maximal.

They are found length by length: a sequence of ``n + 1`` words can occur in enough documents only if both sequences of
``n`` words in it do, so each round looks only at the places left by the round before (the a-priori principle of Agrawal
and Srikant, VLDB 1994). All steps work on whole arrays; memory is a few numbers for each place and round.

A sequence is *maximal* if no longer maximal one contains it in nearly as many documents: "mutual respect and win-win" is
left out if "mutual respect and win-win cooperation" occurs in at least four fifths of its documents.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

#: From this share of its documents on, a longer sequence replaces the shorter one in it.
NEARLY = 0.8

Numbers = NDArray[np.int64]
#: Numbers of words, sentences and places: half the memory of Numbers, and no desk has two thousand million words.
Small = NDArray[np.int32]


class TokenArrays(NamedTuple):
    """Sentences one after the other, ordered by the day of their documents, as arrays.

    For each word: ``numbers`` its number in a vocabulary, ``sentences`` the number of its sentence, ``documents`` that
    of its document. For each document: ``periods`` its period, -1 for none.
    """

    numbers: Small
    sentences: Small
    documents: Small
    periods: Numbers


class SequenceRound(NamedTuple):
    """The sequences of one length that enough documents contain.

    ``documents[sequence, period]`` counts documents, ``uses`` all uses; ``beginning`` and ``ending`` are the sequences of
    the round before with which each begins and ends; ``places`` are where they begin, in order, and ``sequences`` which
    one begins there.
    """

    size: int
    documents: Numbers
    uses: Numbers
    beginning: Small
    ending: Small
    places: Small
    sequences: Small

    def __len__(self) -> int:
        return len(self.uses)


class MaximalSequences(NamedTuple):
    """The maximal sequences of one length. Those of sequence ``i`` begin at ``places[heads[i] : heads[i + 1]]``.

    ``cohesion`` is how much more often its words occur together than by chance (see :func:`cohesion`), ``freedom`` how
    freely it combines with other words (see :func:`freedom`), both from 0 to 1.
    """

    size: int
    documents: Numbers
    uses: Numbers
    heads: Numbers
    places: Small
    cohesion: NDArray[np.float64]
    freedom: NDArray[np.float64]


def repeated_sequences(said: TokenArrays, least: int, periods: int = 1) -> list[SequenceRound]:
    """All sequences in at least ``least`` documents of one period, from single words on."""
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
    said: TokenArrays,
    places: Small,
    keys: Small | Numbers,
    beginning: Small,
    ending: Small,
    least: int,
    periods: int,
) -> SequenceRound:
    """The sequences given by their keys at the places, without those in too few documents."""
    if not len(places):
        none = np.empty(0, np.int32)
        return SequenceRound(size, np.empty((0, periods), np.int64), np.empty(0, np.int64), none, none, none, none)
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
    return SequenceRound(
        size,
        counts[lasting],
        np.bincount(numbers, minlength=count)[lasting],
        beginning[heads],
        ending[heads],
        places[here],
        sequences[here],
    )


def maximal_sequences(
    said: TokenArrays,
    found: list[SequenceRound],
    *,
    shortest: int,
    never_first: Numbers | None = None,
    never_last: Numbers | None = None,
    nearly: float = NEARLY,
) -> list[MaximalSequences]:
    """The maximal sequences of at least ``shortest`` words, by length.

    A sequence that begins with a word of ``never_first`` or ends with one of ``never_last`` ("of the international") is
    not taken, and so replaces no other.
    """
    taken: list[MaximalSequences] = []
    covered = np.zeros(len(found[-1]) if found else 0, np.int64)  # documents of the commonest longer sequence taken
    is_barred = np.zeros((2, int(said.numbers.max(initial=0)) + 1), bool)
    for barred, some in zip(is_barred, (never_first, never_last), strict=True):
        if some is not None:
            barred[some[some < len(barred)]] = True
    for number in range(len(found) - 1, -1, -1):
        one = found[number]
        documents = one.documents.sum(axis=1)
        is_taken = np.zeros(len(one), bool)
        if one.size >= shortest:
            anywhere = np.empty(len(one), np.int32)
            anywhere[one.sequences] = one.places
            barred = is_barred[0][said.numbers[anywhere]] | is_barred[1][said.numbers[anywhere + one.size - 1]]
            is_taken = ~barred & (covered < nearly * documents)
            if is_taken.any():
                taken.append(_maximal(said, found, number, np.flatnonzero(is_taken)))
        if number:
            passed_on = np.where(is_taken, np.maximum(documents, covered), covered)
            covered = np.zeros(len(found[number - 1]), np.int64)
            np.maximum.at(covered, one.beginning, passed_on)
            np.maximum.at(covered, one.ending, passed_on)
    return taken[::-1]


def _maximal(said: TokenArrays, found: list[SequenceRound], number: int, which: Numbers) -> MaximalSequences:
    one = found[number]
    renumbered = np.full(len(one), -1, np.int64)
    renumbered[which] = np.arange(len(which))
    sequences = renumbered[one.sequences]
    here = sequences >= 0
    sequences, places = sequences[here], one.places[here]
    places = places[np.argsort(sequences, kind="stable")]
    heads = np.concatenate(([0], np.cumsum(np.bincount(sequences, minlength=len(which)))))
    return MaximalSequences(
        one.size,
        one.documents[which],
        one.uses[which],
        heads,
        places,
        cohesion(found, number, which, len(said.numbers)),
        freedom(said, heads, places, one.size),
    )


def cohesion(found: list[SequenceRound], number: int, which: Numbers, words: int) -> NDArray[np.float64]:
    """How firmly the words of sequences belong together: the normalised pointwise mutual information (Bouma, GSCL 2009) of
    their two parts at the weakest split; at least 0, and 1 where the parts occur nowhere else."""
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


def freedom(said: TokenArrays, heads: Numbers, places: Small, size: int) -> NDArray[np.float64]:
    """How freely sequences combine: the share of their uses without the most usual word before them, or after them,
    whichever is less. The edge of a sentence is no word."""
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
