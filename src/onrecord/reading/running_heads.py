"""What pages leave in a text that was taken from them: running heads with page numbers, and footnotes below the words."""

from __future__ import annotations

import re
from collections import defaultdict

from onrecord.reading.lines import Line

#: A running head: a number at one of its edges and words, no longer than this.
_NUMBERED = re.compile(
    r"(?:[|–—-] ?)?(\d{1,4})(?: ?[|–—-])?\s+(\S.{2,90})|(\S.{2,90}?)\s+(?:[|–—-] ?)?(?:p\.? ?|page )?(\d{1,4})(?: ?[|–—-])?"
)
_SENTENCE = re.compile(r"[.?!…。？！:：;,][\"”’»)]*$")
#: A note below the words: its mark and its words; and the mark behind a word to which it belongs.
_NOTE = re.compile(r"(?:\[(\d{1,2})\]|\((\d{1,2})\)|(\d{1,2})|([*†‡§]{1,3}))\s*(?=[^\W\d_a-z]|[\"“«])")
#: Lines above a note in which its mark is looked for.
_NEAR = 40
_LETTERS = 3


def running_heads(lines: list[Line], labelled: set[int]) -> dict[int, str]:
    """By the identity of their lines: running heads, which recur with rising page numbers, and footnotes.

    Those in ``labelled`` are neither.
    """
    return _heads([line for line in lines if id(line) not in labelled]) | _notes(lines, labelled)


def _heads(lines: list[Line]) -> dict[int, str]:
    by_words: dict[str, list[tuple[int, Line]]] = defaultdict(list)
    for line in lines:
        match = _NUMBERED.fullmatch(line.text) if len(line.text) <= 100 else None
        if match is None:
            continue
        words = (match[2] or match[3]).casefold()
        if sum(letter.isalpha() for letter in words) > _LETTERS and not _SENTENCE.search(line.text):
            by_words[words].append((int(match[1] or match[4]), line))
    found: dict[int, str] = {}
    for recurring in by_words.values():
        numbers = [number for number, _ in recurring]
        if len(numbers) > 1 and numbers == sorted(set(numbers)):
            found |= {id(line): "page-number" for _, line in recurring}
    return found


def _notes(lines: list[Line], labelled: set[int]) -> dict[int, str]:
    """The lines that are notes: a mark begins them which stands behind a word of a line above."""
    found: dict[int, str] = {}
    for i, line in enumerate(lines):
        match = _NOTE.match(line.text)
        if match is None or id(line) in labelled:
            continue
        bracketed, plain = match[1] or match[2], match[3] or match[4]
        behind = re.compile(rf"\S ?[\[(]{bracketed}[\])]") if bracketed else _behind(plain)
        if any(behind.search(one.text) for one in lines[max(0, i - _NEAR) : i] if id(one) not in found):
            found[id(line)] = "footnote"
    return found


def _behind(mark: str) -> re.Pattern[str]:
    """A mark right behind a word or the sign that ends it: "the ferries.1"."""
    return re.compile(rf"(?:[^\W\d_]{{2}}|[^\W\d_][.,;:?!”\"’)]){re.escape(mark)}(?=[\s.,;:)]|$)")
