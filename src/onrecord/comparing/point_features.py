"""How alike two points of two accounts are: a few features, each of which explains itself.

``words`` and ``context`` compare the units of two points and of their sentences: by the bilingual table across languages, by the
letters of long words where there is none. A word that many points of an account have tells little. ``rank`` and
``rank_back`` say how each stands among the other's candidates.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist

from onrecord import languages
from onrecord.comparing.points import Point
from onrecord.comparing.word_table import WordTable, bundled, weights

#: The features in the order of their weights.
FEATURES = ("words", "context", "rarest", "issues", "numbers", "other_voice", "rank", "rank_back")
#: Long words in the same letters are the same in many languages ("fentanyl", "fentanilo"): the similarity of Jaro and Winkler.
_LETTERS, _ALIKE, _STRENGTH = 5, 0.86, 0.7
#: What the words of a language that only join others weigh, and a word of which nothing is known.
_FUNCTION, _UNKNOWN = 0.3, 6.0

#: From this likeness on (of words and context together) a rank counts in full.
_MUCH = 0.1

Matrix = NDArray[np.float64]


class Account:
    """The points of one account and their words: ``holds`` has a row for each point and a column for each word."""

    def __init__(self, points: Sequence[Point], language: str) -> None:
        self.points, self.language = points, languages.find(language).code
        self.keys = list(dict.fromkeys(unit.key for one in points for unit in one.units))
        place = {key: at for at, key in enumerate(self.keys)}
        self.holds = np.zeros((len(points), len(self.keys)))
        for at, one in enumerate(points):
            self.holds[at, [place[unit.key] for unit in one.units]] = 1.0
        sentences = sorted({one.sentence for one in points})
        self.sentence_of = np.array([sentences.index(one.sentence) for one in points], np.intp)
        self.sentences = np.zeros((len(sentences), len(self.keys)))
        np.maximum.at(self.sentences, self.sentence_of, self.holds)
        self.weight = self._weights()

    def _weights(self) -> Matrix:
        known = weights(self.language)
        stems = function_words(self.language)
        general = np.array(
            [_FUNCTION if key in stems else min(known.get(key, _UNKNOWN), _UNKNOWN) for key in self.keys]
        )
        count = max(1, len(self.sentences))
        here = np.log((1 + count) / self.sentences.sum(0).clip(1)) / np.log(1 + count)
        weight: Matrix = general / _UNKNOWN * here
        return weight


@cache
def function_words(language: str) -> frozenset[str]:
    """The function words of a language as units."""
    from onrecord.comparing.units import units

    return frozenset(unit.key for word in languages.find(language).function_words for unit in units(word))


def features(one: Account, other: Account, table: WordTable | None = None) -> Matrix:
    """The features of every pair of points: an array of points, points of the other account, and features."""
    same = strengths(one, other, table or bundled(one.language, other.language))
    words = _Overlap(one.holds, other.holds, (one.weight, other.weight), same)
    context = _Overlap(one.sentences, other.sentences, (one.weight, other.weight), same)
    wide = context.both[np.ix_(one.sentence_of, other.sentence_of)]
    total = words.both + wide
    pairs = {
        "words": words.both,
        "context": wide,
        "rarest": words.rarest,
        "issues": _rare_overlap(one, other, lambda point: point.issues),
        "numbers": _rare_overlap(one, other, lambda point: point.numbers),
        "other_voice": _other_voices(one, other),
        "rank": _ranks(total),
        "rank_back": _ranks(total.T).T,
    }
    return np.stack([pairs[name] for name in FEATURES], -1)


def are_comparable(one: str, other: str, table: WordTable | None = None) -> bool:
    """Whether there is what it takes to find the words of one language in another: the same language, or a table."""
    return one == other or bool((table or bundled(one, other)).partners)


def strengths(one: Account, other: Account, table: WordTable) -> Matrix:
    """How far each word of one account is a word of the other, from 0 to 1."""
    found = np.zeros((len(one.keys), len(other.keys)))
    rows, columns, values = table.strengths(one.keys, other.keys)
    np.maximum.at(found, (rows, columns), values)
    place = {key: at for at, key in enumerate(other.keys)}
    for at, key in enumerate(one.keys):
        if key in place and not (key in function_words(one.language) and one.language != other.language):
            found[at, place[key]] = 1.0
    if not table.partners:
        sides = [
            [at for at, key in enumerate(side.keys) if len(key) >= _LETTERS and key.isalpha() and key.isascii()]
            for side in (one, other)
        ]
        if sides[0] and sides[1]:
            alike = cdist(
                [one.keys[at] for at in sides[0]],
                [other.keys[at] for at in sides[1]],
                scorer=JaroWinkler.similarity,
                score_cutoff=_ALIKE,
            )
            block = np.ix_(*sides)
            found[block] = np.maximum(found[block], np.where(alike > 0, _STRENGTH, 0.0))
    return found


class _Overlap:
    """The share of two stretches' words that are found in each other, for every pair of stretches of two accounts.

    ``there`` is the share of the one's words, ``here`` of the other's, ``both`` their geometric mean; ``rarest`` is the weight of
    the rarest word that they share.
    """

    def __init__(self, one: Matrix, other: Matrix, weights: tuple[Matrix, Matrix], same: Matrix) -> None:
        best, back = np.zeros((same.shape[0], len(other))), np.zeros((same.shape[1], len(one)))
        for row, column in zip(*(places.tolist() for places in np.nonzero(same)), strict=True):
            value = same[row, column]
            np.maximum(best[row], value * other[:, column], out=best[row])
            np.maximum(back[column], value * one[:, row], out=back[column])
        self.there = _divided((one * weights[0]) @ best, (one * weights[0]).sum(1)[:, None])
        self.here = _divided((other * weights[1]) @ back, (other * weights[1]).sum(1)[:, None]).T
        self.both = np.sqrt(self.there * self.here)
        self.rarest = np.zeros((len(one), len(other)))
        for place, row in enumerate(one):
            held = np.flatnonzero(row)
            if len(held):
                self.rarest[place] = (weights[0][held, None] * best[held]).max(0)


def _divided(some: Matrix, by: Matrix) -> Matrix:
    found: Matrix = some / np.maximum(by, 1e-9)
    return found


def _rare_overlap(one: Account, other: Account, of: Callable[[Point], frozenset[str]]) -> Matrix:
    """What two points are about alike; what many points are about counts little."""
    keys, other_keys = ([of(point) for point in side.points] for side in (one, other))
    every = sorted(frozenset().union(*keys, *other_keys))
    total = len(one.points) + len(other.points)
    if not every:
        return np.zeros((len(one.points), len(other.points)))
    place = {key: at for at, key in enumerate(every)}
    sides = [np.zeros((len(some), len(every))) for some in (keys, other_keys)]
    for side, some in zip(sides, (keys, other_keys), strict=True):
        for at, held in enumerate(some):
            side[at, [place[key] for key in held]] = 1.0
    tells = np.log(total / (sides[0].sum(0) + sides[1].sum(0))) / np.log(max(total, 3))
    found: Matrix = (sides[0] * tells) @ sides[1].T
    return found


def _other_voices(one: Account, other: Account) -> Matrix:
    """Whether two points are said by quite different parties."""
    kinds = list(dict.fromkeys(point.voices for side in (one, other) for point in side.points))
    apart = np.array([[bool(a and b and a.isdisjoint(b)) for b in kinds] for a in kinds], float)
    at = [np.array([kinds.index(point.voices) for point in side.points], np.intp) for side in (one, other)]
    return apart.reshape(len(kinds), len(kinds))[np.ix_(*at)]


def _ranks(values: Matrix) -> Matrix:
    """One by the rank of each value in its row; the best of nothing much is no rank."""
    if not values.size:
        return values
    order = np.argsort(np.argsort(-values, 1, kind="stable"), 1, kind="stable")
    return np.minimum(values / _MUCH, 1.0) / (1 + order)
