"""Alignment of wordings: which sentences say nearly these words, and what differs, word by word.

A sentence is *near* a phrase of ``n`` words when some stretch of it, at most ``n + max(2, n / 2)`` words long, contains at
least three quarters of the words in the same order. Phrases of fewer than four words are found exactly only: if one of
three words is missing, so is the sense. Chinese counts characters.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel, LCSseq
from rapidfuzz.process import cdist

from onrecord.desk.wording_segments import Segment, Sieve
from onrecord.languages.tokens import Token, tokens

#: The share of a phrase's words, in order, that makes a sentence near.
NEAR = 0.75
#: The shortest phrase that has near wordings.
SHORTEST = 4


class AlignedSentence(NamedTuple):
    """A sentence of a segment and the stretch ``[first, last)`` of its words that says the phrase. ``shared`` counts the
    words of the phrase there in order; ``exact`` means that they are the phrase itself."""

    sentence: int
    first: int
    last: int
    shared: int
    exact: bool


def least_shared(size: int, near: float = NEAR) -> int:
    """How many of ``size`` words a near wording must share."""
    return size if size < SHORTEST else max(1, math.ceil(near * size - 1e-9))


def window(size: int) -> int:
    """The longest stretch, in words, in which a phrase of ``size`` words is searched for."""
    return size + max(2, size // 2)


def sentences_sharing(
    segment: Segment, some: NDArray[np.intp], phrase: str, least: int
) -> Iterator[tuple[int, str, int]]:
    """Those of some sentences that share ``least`` words with a phrase in order, anywhere in the sentence: ``(sentence, its
    characters, how many are shared)``. They include all near sentences; :func:`nearest_stretch` decides which are near."""
    if not len(some):
        return
    characters = segment.sentences(some)
    # One call for all of them: the loop over sentences runs in C, and rules out most of them.
    shared = cdist([phrase], characters, scorer=LCSseq.similarity, score_cutoff=least, dtype=np.int32)[0]
    enough = np.flatnonzero(shared >= least)
    for at, place, count in zip(some[enough].tolist(), enough.tolist(), shared[enough].tolist(), strict=True):
        yield at, characters[place], count


def align(segment: Segment, said: list[str], near: float = NEAR) -> Iterator[AlignedSentence]:
    """Every sentence of the segment that says the words exactly or nearly, in order."""
    least = least_shared(len(said), near)
    phrase = segment.characters(said)
    some, _ = Sieve(segment).holding(said, least)
    for at, sentence, _ in sentences_sharing(segment, some, phrase, least):
        place = sentence.find(phrase)
        if place >= 0:
            yield AlignedSentence(at, place, place + len(phrase), len(phrase), True)
            continue
        found = nearest_stretch(phrase, sentence, least)
        if found is not None:
            yield AlignedSentence(at, *found, False)


def nearest_stretch(phrase: str, sentence: str, least: int) -> tuple[int, int, int] | None:
    """The stretch of a sentence that shares most with a phrase, the shortest of the best, as ``(first, last, shared)``; None
    where none shares ``least`` words. Both are strings with one character for each word."""
    if least > len(sentence) or LCSseq.similarity(phrase, sentence, score_cutoff=least) < least:
        return None
    width = window(len(phrase))
    best: tuple[int, int, int] | None = None
    # A stretch that begins with a word of the phrase is as good as the stretch one word earlier.
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
    """The places of some words in a sentence, in order."""
    if len(some) * 8 > len(sentence):
        return [at for at, word in enumerate(sentence) if word in some]
    places = []  # few words in a long sentence: searching for each is quicker
    for word in some:
        at = sentence.find(word)
        while at >= 0:
            places.append(at)
            at = sentence.find(word, at + 1)
    return sorted(places)


def _tight(phrase: str, sentence: str, begin: int, end: int) -> tuple[int, int]:
    """The part of a stretch from the first aligned word to the last; where words of the phrase are missing at either end, as
    many words of the sentence take their place."""
    aligned = [op for op in LCSseq.opcodes(phrase, sentence[begin:end]) if op.tag == "equal"]
    first = begin + aligned[0].dest_start - aligned[0].src_start
    last = begin + aligned[-1].dest_end + len(phrase) - aligned[-1].src_end
    return max(0, first), min(len(sentence), last)


class Edit(NamedTuple):
    """A piece of a comparison, as printed: words the same, dropped (``before`` only), added (``after`` only) or changed."""

    how: Literal["same", "dropped", "added", "changed"]
    before: str
    after: str


def compare(before: str, after: str) -> tuple[Edit, ...]:
    """The edits that turn one text into another, in order, with as few changed words as possible.

    Words are compared folded and returned as printed, with the punctuation and the space after them, so that the pieces
    joined together are the texts.
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
        elif edits and edits[-1].how != "same":  # words dropped and added next to each other are one change
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
