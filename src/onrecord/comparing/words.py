"""Which words differ between two passages, and whether they differ in more than spelling."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA, Indel

from onrecord.comparing.passages import Word


class Change(NamedTuple):
    """Words of one version that stand where words of the other stood; one of the two may be empty."""

    gone: tuple[Word, ...]
    come: tuple[Word, ...]

    @property
    def is_spelling(self) -> bool:
        """Whether the same words are spelled, divided, or written in capitals otherwise; or a misprint was put right."""
        if not self.gone or not self.come:
            return False
        one, other = (_letters(side) for side in self)
        if one == other:
            return True
        if any(letter.isdigit() for letter in one + other) or len(self.gone) != len(self.come):
            return False
        # One letter in a short word makes another word ("now", "not"): a misprint is told in longer ones alone.
        pairs = [(_letters([a]), _letters([b])) for a, b in zip(self.gone, self.come, strict=True)]
        return all(a == b or (min(len(a), len(b)) >= 4 and OSA.distance(a, b) <= 1 + (len(a) > 7)) for a, b in pairs)


class Changes(NamedTuple):
    """All changes between two passages."""

    changes: tuple[Change, ...]

    @property
    def gone(self) -> tuple[Word, ...]:
        """The words that are no longer there."""
        return tuple(word for one in self.changes for word in one.gone)

    @property
    def come(self) -> tuple[Word, ...]:
        """The words that are new."""
        return tuple(word for one in self.changes for word in one.come)


def _letters(words: Sequence[Word]) -> str:
    """The letters of some words alone, without case, accents and ligatures."""
    plain = unicodedata.normalize("NFKD", "".join(word.said for word in words)).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def changed_words(before: Sequence[Word], after: Sequence[Word]) -> Changes:
    """The changes that turn one passage into another, with as few words as possible; words next to each other are one change."""
    numbers: dict[str, int] = {}
    one, other = (
        "".join(chr(0x10000 + numbers.setdefault(word.said, len(numbers))) for word in said) for said in (before, after)
    )
    found: list[Change] = []
    open_change = False
    for op in Indel.opcodes(one, other):
        if op.tag == "equal":
            open_change = False
            continue
        gone, come = tuple(before[op.src_start : op.src_end]), tuple(after[op.dest_start : op.dest_end])
        if open_change:
            last = found.pop()
            gone, come = last.gone + gone, last.come + come
        found.append(Change(gone, come))
        open_change = True
    return Changes(tuple(found))
