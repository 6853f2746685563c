"""Plain text to lines: an empty line divides paragraphs; a line break within one is kept, or folded if hard-wrapped.

Text taken from a PDF has a form feed between pages: rows that recur beside it are running heads and feet. A name and a tab in
front of the words are the two cells of a row.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from onrecord.reading.divided_words import SOFT_HYPHEN, DividedWords
from onrecord.reading.lines import Line, LineBuilder

_PARAGRAPH = re.compile(r"[^\r\n\f]+(?:\r?\n(?![ \t\u3000]*\r?(?:\n|\Z))[^\r\n\f]+)*")
_ROW = re.compile(r"[^\r\n\f]+")
#: A word hyphenated at the end of a row: a hyphen right after a letter, and a letter at the beginning of the next row.
_DIVIDED = re.compile(r"(?<![^\W\d_])([^\W\d_]++)-[ \t]*\r?\n[ \t]*(?=([^\W\d_]++))")
_CUT = re.compile(r"[^\W\d_]-[ \t]*\r?\n[ \t]*[^\W\d_]")


_PAGE_NUMBER = re.compile(
    r"(?i)[\s–—|-]*(?:(?:page|p\.|seite|página|стр\.)\s*)?\d{1,4}(?:\s*(?:of|/|von|de|из)\s*\d{1,4})?[\s–—|-]*"
)
_DIGITS = re.compile(r"\d+")
#: The number of a row in the margin, as transcripts of courts have it; so many rows in order, in at least this share of all.
_ROW_NUMBER = re.compile(r"^[ \t]{0,8}(\d{1,2})(?:[ \t]{1,}(?=\S)|[ \t]*$)", re.M)
_NUMBERED, _NUMBERED_SHARE, _IN_ORDER = 8, 0.7, 0.8
#: A label and a tab before the words; so many rows, in at least this share of the paragraphs, make them cells.
_TABBED = re.compile(r"^[ ]*([^\W\d_][^\t\r\n\f:]{0,59}?)[ ]*\t+[ ]*(?=[^\t\r\n\f]+$)", re.M)
_CELLS, _CELL_SHARE = 3, 0.5


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
    numbers = _row_numbers(text)
    wrapped = not numbers and hard_wrapped(text)
    found = list(_DIVIDED.finditer(text))
    divided = DividedWords(text, ((match[1], match[2]) for match in found)) if found else None
    edges = _page_edges(text) if "\f" in text else {}
    cells = _cells(text) if "\t" in text else {}
    at_edges = sorted(edges)
    lines: list[Line] = []
    for paragraph in _PARAGRAPH.finditer(text):
        fresh = True
        first, last = (bisect_left(at_edges, place) for place in paragraph.span())
        inner = {start: edges[start] for start in at_edges[first:last]}
        for start, end, tag in _parts(text, paragraph.span(), wrapped, inner, cells):
            _add(builder, text, numbers.get(start, start), end, divided)
            line = builder.line(tag, None, fresh or tag == "td")
            if line is not None:
                lines.append(line)
                fresh = False
    return lines


def _parts(
    text: str, span: tuple[int, int], wrapped: bool, edges: dict[int, tuple[int, str]], cells: dict[int, int]
) -> Iterator[tuple[int, int, str]]:
    """The parts of a paragraph that are lines, each with its tag: ``header`` and ``footer``, ``td`` for a label, else ``p``.

    ``edges`` are the running heads and feet in the paragraph, in order: by their start their end and tag.
    """
    at, end = span
    for edge in [*edges, end]:
        rows = [(at, edge)] if wrapped and at < edge else _rows(text, at, edge)
        for start, stop in rows:
            words = cells.get(start, start)
            if words > start:
                yield start, words, "td"
            yield words, stop, "p"
        if edge < end:
            yield edge, edges[edge][0], edges[edge][1]
            at = edges[edge][0]


def _page_edges(text: str) -> dict[int, tuple[int, str]]:
    """The rows that recur at the top or foot of pages, or number them: by their start their end, and ``header`` or ``footer``."""
    rows: list[tuple[re.Match[str], str]] = []
    for page in re.finditer(r"[^\f]+", text):
        own = [row for row in _ROW.finditer(text, *page.span()) if row.group().strip()]
        if own:
            rows.append((own[0], "header"))
        if len(own) > 1:
            rows.append((own[-1], "footer"))
    seen = Counter((_plain(row), tag) for row, tag in rows)
    first = next((row for row, tag in rows), None)  # of the first page it is the title
    return {
        row.start(): (row.end(), tag)
        for row, tag in rows
        if row is not first and (seen[_plain(row), tag] > 1 or _PAGE_NUMBER.fullmatch(row.group()))
    }


def _row_numbers(text: str) -> dict[int, int]:
    """By the start of their rows where the words begin behind numbers in the margin; none where the rows are not numbered."""
    found = list(_ROW_NUMBER.finditer(text))
    if len(found) < _NUMBERED or len(found) < _NUMBERED_SHARE * sum(
        1 for row in _ROW.finditer(text) if row.group().strip()
    ):
        return {}
    numbers = [int(match[1]) for match in found]
    follows = sum(after == before + 1 or after == 1 for before, after in pairwise(numbers))
    return {match.start(): match.end() for match in found} if follows >= len(numbers) * _IN_ORDER else {}


def _plain(row: re.Match[str]) -> str:
    return _DIGITS.sub("#", " ".join(row.group().split()))


def _cells(text: str) -> dict[int, int]:
    """By the start of their rows the ends of labels that a tab divides from the words; none where no label recurs."""
    found = list(_TABBED.finditer(text))
    if len(found) < _CELLS or len(found) < _CELL_SHARE * len(_PARAGRAPH.findall(text)):
        return {}
    if max(Counter(match[1].casefold() for match in found).values()) < 2:
        return {}
    return {match.start(): match.end() for match in found}


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
