"""The passages of a document: its sentences with their words, and what each belongs to (a turn, a label, furniture)."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from onrecord import languages
from onrecord.languages.tokens import tokens
from onrecord.record import Document, Turn

#: The number of an item of a list, which the page's markup may as well make: whether it is printed is no change of words.
_NUMBERED = re.compile(r"\(?\d{1,2}(?:[.)]+|(?=\n))\s*")


class Word(NamedTuple):
    """A word as printed and its span in the text."""

    said: str
    start: int
    end: int


class Passage(NamedTuple):
    """A sentence: its span, its words as printed, and the turn it stands in, if any. ``furniture`` names what it is else."""

    start: int
    end: int
    words: tuple[Word, ...]
    turn: Turn | None
    furniture: str | None

    @property
    def key(self) -> tuple[str, ...]:
        """The words alone, by which passages are compared: case counts, punctuation and white space do not."""
        return tuple(word.said for word in self.words)


def words_of(text: str, start: int = 0) -> tuple[Word, ...]:
    """The words of a text as printed, with their spans moved by ``start``."""
    return tuple(Word(text[token.start : token.end], token.start + start, token.end + start) for token in tokens(text))


def passages(document: Document) -> list[Passage]:
    """The passages of a document in order: every sentence of its text that has words, with its label where it opens a turn."""
    text = document.text
    starts = [turn.start for turn in document.turns]
    named = sorted((one.start, one.end, one.name) for one in document.furniture if one.start is not None and one.end)
    begins = [start for start, _, _ in named]
    found = []
    for start, end in languages.find(document.language).split_sentences(text):
        numbered = _NUMBERED.match(text, start, end)
        words = words_of(text[start:end], start)
        if numbered is not None and (start == 0 or text[start - 1] == "\n"):
            words = tuple(word for word in words if word.start >= numbered.end())
        if not words:
            continue
        # The last turn that begins before the passage ends: a label and the first words of its turn are one passage.
        at = bisect_right(starts, words[-1].start) - 1
        turn = document.turns[at] if at >= 0 and document.turns[at].end > words[0].start else None
        near = bisect_right(begins, words[0].start) - 1
        furniture = named[near][2] if near >= 0 and named[near][1] > words[0].start else None
        found.append(Passage(start, end, words, turn, None if turn is not None else furniture))
    return found
