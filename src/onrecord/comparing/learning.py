"""Learn a table of words in two languages from texts that say the same in both, by counting which words occur together.

IBM model 1 (Brown, Della Pietra, Della Pietra and Mercer 1993) in both directions; the strength of a pair is the geometric mean
of the two probabilities.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.comparing.sentence_pairs import Sentence, Shared, align
from onrecord.comparing.word_table import Word, WordTable, empty

#: A word is learnt from so many passages, a pair from so many in which both occur.
LEAST_USES, LEAST_TOGETHER = 4, 3
#: A pair is kept from this strength on, and of one word so many.
LEAST_STRENGTH, MOST_PARTNERS = 0.08, 6
_ROUNDS = 6
_NOTHING = 0.02  # the share of a word's mass that goes to no partner
_SPREAD = 1.6  # the strength of one partner of a word that has a second: pairs of characters share a word's mass


def learn_from_versions(
    languages: tuple[str, str], versions: Sequence[tuple[Sequence[Sentence], Sequence[Sentence]]], rounds: int = 2
) -> WordTable:
    """Learn a table from language versions of statements, each given by its sentences: they are aligned by lengths and numbers
    first, and then ``rounds`` times by what was learnt."""
    table = empty(languages)
    for _ in range(rounds + 1):
        table = learn(languages, (pair for sides in versions for pair in _passages(sides, table)))
    return table


def _passages(
    sides: tuple[Sequence[Sentence], Sequence[Sentence]], table: WordTable
) -> Iterator[tuple[list[str], list[str]]]:
    for step in align(Shared(sides, table)):
        if step.one < step.one_end and step.other < step.other_end:
            yield (
                [unit.key for one in sides[0][step.one : step.one_end] for unit in one.units],
                [unit.key for one in sides[1][step.other : step.other_end] for unit in one.units],
            )


def learn(languages: tuple[str, str], passages: Iterable[tuple[Sequence[str], Sequence[str]]]) -> WordTable:
    """Learn a table from pairs of passages, each given by its units. Numbers are left out: they need no table."""
    held = [tuple(sorted({key for key in side if key[0] != "#"}) for side in pair) for pair in passages]
    uses = [Counter(key for pair in held for key in pair[side]) for side in (0, 1)]
    known = [sorted(key for key, count in counts.items() if count >= LEAST_USES) for counts in uses]
    places = [{key: at for at, key in enumerate(keys)} for keys in known]
    sides = [
        [np.array([place[key] for key in pair[side] if key in place], np.int64) for pair in held]
        for side, place in enumerate(places)
    ]
    size = max(1, len(known[1]))
    codes, which = _together(sides, size)
    if not len(codes):
        return WordTable(languages, ({}, {}), {})
    pairs, at = np.unique(codes, return_inverse=True)
    one, other = pairs // size, pairs % size
    forward = _probabilities(at, which * size + other[at], one, len(known[0]))
    backward = _probabilities(at, which * len(known[0]) + one[at], other, len(known[1]))
    strength = np.minimum(1.0, _SPREAD * np.sqrt(forward * backward))
    found = [_found(at, which, ends[at], strength, len(keys)) for ends, keys in ((one, known[0]), (other, known[1]))]
    partners: dict[str, dict[str, float]] = {}
    for place in np.flatnonzero(strength >= LEAST_STRENGTH).tolist():
        partners.setdefault(known[0][one[place]], {})[known[1][other[place]]] = float(strength[place])
    for key, ranked in partners.items():
        partners[key] = dict(sorted(ranked.items(), key=lambda pair: -pair[1])[:MOST_PARTNERS])
    kept = set(partners), {partner for ranked in partners.values() for partner in ranked}
    words = tuple(
        {
            key: Word(float(np.log(len(held) / uses[side][key])), float(found[side][at] / uses[side][key]))
            for at, key in enumerate(known[side])
            if key in kept[side]
        }
        for side in (0, 1)
    )
    return WordTable(languages, (words[0], words[1]), partners)


def _together(sides: Sequence[Sequence[NDArray[np.int64]]], size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The pairs of words that occur together often enough, once for every passage: their codes, and the passages."""
    codes, which = [], []
    for number, (some, others) in enumerate(zip(*sides, strict=True)):
        codes.append((some[:, None] * size + others[None, :]).ravel())
        which.append(np.full(len(some) * len(others), number, np.int32))
    if not codes:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    every, passages = np.concatenate(codes), np.concatenate(which)
    del codes, which
    order = np.argsort(every, kind="stable")
    every, passages = every[order], passages[order]
    starts = np.flatnonzero(np.r_[True, every[1:] != every[:-1]])
    counts = np.diff(np.r_[starts, len(every)])
    kept = np.repeat(counts >= LEAST_TOGETHER, counts)
    return every[kept], passages[kept].astype(np.int64)


def _probabilities(
    at: NDArray[np.intp], explained: NDArray[np.int64], given: NDArray[np.int64], size: int
) -> NDArray[np.float64]:
    """The probability of the second word of each pair given its first (``given``, below ``size``), by expectation and
    maximisation: within a passage a second word is explained by the first words there, in proportion to their probabilities.

    ``at`` is the pair of each link between two words of a passage, ``explained`` the second word with its passage.
    """
    _, group = np.unique(explained, return_inverse=True)
    probability = np.ones(len(given)) / np.bincount(given, minlength=size)[given]
    for _ in range(_ROUNDS):
        mass = probability[at]
        shares = mass / (np.bincount(group, mass) + _NOTHING)[group]
        counts = np.bincount(at, shares, minlength=len(given))
        probability = counts / np.bincount(given, counts, minlength=size)[given]
    return probability


def _found(
    at: NDArray[np.intp], which: NDArray[np.int64], word: NDArray[np.int64], strength: NDArray[np.float64], size: int
) -> NDArray[np.float64]:
    """How often each word is found in the other language, summed over its passages: the strength of its best partner there."""
    order = np.lexsort((which, word))
    word, which, told = word[order], which[order], strength[at[order]]
    starts = np.flatnonzero(np.r_[True, (word[1:] != word[:-1]) | (which[1:] != which[:-1])])
    return np.bincount(word[starts], np.maximum.reduceat(told, starts), minlength=size).astype(np.float64)
