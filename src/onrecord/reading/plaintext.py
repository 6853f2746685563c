"""Plain text to lines: an empty line divides paragraphs; a line break within one is kept, or folded if hard-wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.reading.divided_words import SOFT_HYPHEN, DividedWords
from onrecord.reading.lines import Line, LineBuilder

_PARAGRAPH = re.compile(r"[^\r\n\f]+(?:\r?\n(?![ \t\u3000]*\r?(?:\n|\Z))[^\r\n\f]+)*")
_ROW = re.compile(r"[^\r\n\f]+")
#: A word hyphenated at the end of a row: a hyphen right after a letter, and a letter at the beginning of the next row.
_DIVIDED = re.compile(r"(?<![^\W\d_])([^\W\d_]++)-[ \t]*\r?\n[ \t]*(?=([^\W\d_]++))")
_CUT = re.compile(r"[^\W\d_]-[ \t]*\r?\n[ \t]*[^\W\d_]")


def hard_wrapped(text: str) -> bool:
    """Whether rows are hard-wrapped: nearly all rows except the last of a paragraph are about equally long."""
    inner = [
        len(row) for paragraph in _PARAGRAPH.findall(text) if "\n" in paragraph for row in paragraph.splitlines()[:-1]
    ]
    if len(inner) < 4:
        return False
    width = sorted(inner)[len(inner) * 9 // 10]
    return 40 <= width <= 110 and sum(row > width * 0.75 for row in inner) > len(inner) * 0.8


def read_plaintext(text: str, *, damaged: bool = False) -> list[Line]:
    """The lines of a pasted text. ``damaged`` says that some bytes did not decode."""
    builder = LineBuilder(entities=False, damaged=damaged)
    wrapped = hard_wrapped(text)
    found = list(_DIVIDED.finditer(text))
    divided = DividedWords(text, ((match[1], match[2]) for match in found)) if found else None
    lines: list[Line] = []
    for paragraph in _PARAGRAPH.finditer(text):
        fresh = True
        for start, end in [paragraph.span()] if wrapped else _rows(text, *paragraph.span()):
            _add(builder, text, start, end, divided)
            line = builder.line("p", None, fresh)
            if line is not None:
                lines.append(line)
                fresh = False
    return lines


def _rows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The rows of a paragraph; one that ends in a hyphenated word continues in the next."""
    begun = -1
    for row in _ROW.finditer(text, start, end):
        begun = row.start() if begun < 0 else begun
        if not _CUT.match(text, row.end() - 2):
            yield begun, row.end()
            begun = -1
    if begun >= 0:
        yield begun, end


def _add(builder: LineBuilder, text: str, start: int, end: int, divided: DividedWords | None) -> None:
    """Add rows; if a word is hyphenated between two, a soft hyphen replaces the hyphen and the end of the row."""
    at = start
    if divided is not None:
        for match in _DIVIDED.finditer(text, start, end):
            hyphen = match.end(1)
            builder.add(text[at:hyphen], at)
            one = divided.is_one(match[1], match[2])
            builder.whole(SOFT_HYPHEN if one else "-", hyphen, match.start(2))
            at = match.start(2)
    builder.add(text[at:end], at)
