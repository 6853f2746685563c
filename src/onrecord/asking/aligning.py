"""Alignment of wordings: which sentences say nearly these words, and what differs, word by word.

A sentence is *near* a phrase of ``n`` words when some stretch of it, at most ``n + max(2, n / 2)`` words long, holds at
least three quarters of the words in the same order. Phrases of fewer than four words are looked for exactly only: of
three, one may not be missing without the sense. Chinese counts characters.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel, LCSseq
from rapidfuzz.process import cdist

from onrecord.desk.wording_index import Segment, Sieve
from onrecord.languages.tokens import Token, tokens

#: The share of a phrase's words, in order, from which on a sentence is near.
NEAR = 0.75
#: The shortest phrase that has near wordings.
SHORTEST = 4


class Aligned(NamedTuple):
    """A sentence of a segment and the stretch ``[first, last)`` of its words that says the phrase. ``shared`` is how
    many words stand there in order; ``exact`` that they are the phrase."""

    sentence: int
    first: int
    last: int
    shared: int
    exact: bool


def least_shared(size: int, near: float = NEAR) -> int:
    """How many of ``size`` words a near wording shares."""
    return size if size < SHORTEST else max(1, math.ceil(near * size - 1e-9))


def window(size: int) -> int:
    """The longest stretch in which a phrase of ``size`` words is looked for."""
    return size + max(2, size // 2)


def sharing(segment: Segment, some: NDArray[np.intp], phrase: str, least: int) -> Iterator[tuple[int, str, int]]:
    """Of some sentences those that share ``least`` words with a phrase in order, wherever they stand: ``(sentence, its
    characters, how many are shared)``. All near sentences are among them; :func:`nearest` tells which are near."""
    if not len(some):
        return
    told = segment.sentences(some)
    # One call for all of them: the loop over sentences runs in C, and most are done with here.
    shared = cdist([phrase], told, scorer=LCSseq.similarity, score_cutoff=least, dtype=np.int32)[0]
    enough = np.flatnonzero(shared >= least)
    for at, place, count in zip(some[enough].tolist(), enough.tolist(), shared[enough].tolist(), strict=True):
        yield at, told[place], count


def align(segment: Segment, said: list[str], near: float = NEAR) -> Iterator[Aligned]:
    """Every sentence of the segment that says the words exactly or nearly, in order."""
    least = least_shared(len(said), near)
    phrase = segment.characters(said)
    some, _ = Sieve(segment).holding(said, least)
    for at, sentence, _ in sharing(segment, some, phrase, least):
        place = sentence.find(phrase)
        if place >= 0:
            yield Aligned(at, place, place + len(phrase), len(phrase), True)
            continue
        found = nearest(phrase, sentence, least)
        if found is not None:
            yield Aligned(at, *found, False)


def nearest(phrase: str, sentence: str, least: int) -> tuple[int, int, int] | None:
    """The stretch of a sentence that shares the most with a phrase, as ``(first, last, shared)``; the shortest of the
    best; None where none shares ``least``. Both are strings of one character a word."""
    if least > len(sentence) or LCSseq.similarity(phrase, sentence, score_cutoff=least) < least:
        return None
    width = window(len(phrase))
    best: tuple[int, int, int] | None = None
    # A stretch that begins with a word of the phrase is as good as the one a word earlier.
    begins = [0] if len(sentence) <= width else _places(set(phrase), sentence)
    for begin in begins:
        stretch = sentence[begin : begin + width]
        shared = LCSseq.similarity(phrase, stretch, score_cutoff=max(least, best[2] if best else 0))
        if shared < least or (best is not None and shared < best[2]):
            continue
        first, last = _tight(phrase, sentence, begin, begin + len(stretch))
        if best is None or shared > best[2] or last - first < best[1] - best[0]:
            best = (first, last, shared)
    return best


def _places(some: set[str], sentence: str) -> list[int]:
    """Where in a sentence some words stand, in order."""
    if len(some) * 8 > len(sentence):
        return [at for at, word in enumerate(sentence) if word in some]
    places = []  # few words in a long sentence: to look for each is quicker
    for word in some:
        at = sentence.find(word)
        while at >= 0:
            places.append(at)
            at = sentence.find(word, at + 1)
    return sorted(places)


def _tight(phrase: str, sentence: str, begin: int, end: int) -> tuple[int, int]:
    """The part of a stretch from the first word that is aligned to the last; where words of the phrase are missing at
    either end, as many words of the sentence are taken to stand for them."""
    aligned = [op for op in LCSseq.opcodes(phrase, sentence[begin:end]) if op.tag == "equal"]
    first = begin + aligned[0].dest_start - aligned[0].src_start
    last = begin + aligned[-1].dest_end + len(phrase) - aligned[-1].src_end
    return max(0, first), min(len(sentence), last)


class Edit(NamedTuple):
    """A piece of a comparison, as printed: words kept, dropped (``before`` only), added (``after`` only) or changed."""

    how: Literal["same", "dropped", "added", "changed"]
    before: str
    after: str


def compare(before: str, after: str) -> tuple[Edit, ...]:
    """What became of words, in order, with as few words changed as can be.

    Words are compared folded and told as printed, with the punctuation and the space behind them, so that the pieces
    put together are the texts.
    """
    numbers: dict[str, int] = {}

    def characters(placed: list[Token]) -> str:
        return "".join(chr(0x10000 + numbers.setdefault(token.word, len(numbers))) for token in placed)

    old, new = tokens(before), tokens(after)
    edits: list[Edit] = []
    for op in Indel.opcodes(characters(old), characters(new)):
        gone = _printed(before, old, op.src_start, op.src_end)
        come = _printed(after, new, op.dest_start, op.dest_end)
        if op.tag == "equal":
            edits.append(Edit("same", gone, come))
        elif edits and edits[-1].how != "same":  # words out and words in side by side are one change
            last = edits.pop()
            gone, come = last.before + gone, last.after + come
            edits.append(Edit("changed" if gone and come else "dropped" if gone else "added", gone, come))
        else:
            edits.append(Edit("dropped" if gone else "added", gone, come))
    return tuple(edits)


def _printed(text: str, placed: list[Token], first: int, last: int) -> str:
    if first == last:
        return ""
    start = placed[first].start if first else 0
    return text[start : placed[last].start if last < len(placed) else len(text)]
