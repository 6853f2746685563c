"""The rows of a PDF's page by column: divided at the gutter, without the numbers in the margin.

A file may draw two columns row by row, so that the text layer has the words of both in one row. The gutter is a
strip that is empty from the first row to the last. Line numbers, as reporting companies print them in the margin,
are recognised because they count up from row to row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

import msgspec

from onrecord.reading.pdf_rows import Row

#: A gutter lies between these shares of the text's width, and is at least so many letters' heights wide.
_FIRST, _LAST, _NARROWEST = 0.3, 0.7, 0.9
#: Rows on each side that make columns, and the largest share of rows (headings) that may cross the gutter.
_FEWEST, _CROSSING = 4, 0.2
#: Median letters of the left column's pieces: a column of labels or figures has fewer.
_LONG = 20
#: Names beside words, their longest, how far they stand apart in letters' heights, and the share of rows that are aligned so.
_FEWEST_NAMES, _LONGEST_NAME, _BESIDE, _ALIGNED = 2, 40, 1.2, 0.9
#: Numbers that make a numbered margin, and the smallest share of rows that have one.
_NUMBERS, _NUMBERED = 4, 0.6


def in_columns(rows: list[Row]) -> list[Row]:
    """The rows of a page; of two columns first the left one, separately between headings that cross both."""
    gutter = _gutter(rows)
    if gutter is None:
        return rows
    start, end = gutter
    left_edge = min(row.left for row in rows)
    shift = min((row.left for row in rows if row.left >= end - 1), default=end) - left_edge
    found: list[Row] = []
    left: list[Row] = []
    right: list[Row] = []

    def close() -> None:
        found.extend((*left, *right))
        left.clear()
        right.clear()

    for row in sorted(rows, key=lambda one: (-round(one.y), one.left)):
        pieces = list(_divided(row, start, end))
        if len(pieces) == 1 and row.left < start and row.right > end:
            close()
            found.append(row)
            continue
        for piece in pieces:
            if piece.left >= (start + end) / 2:
                right.append(
                    msgspec.structs.replace(piece, left=piece.left - shift, right=piece.right - shift, column=1)
                )
            else:
                left.append(piece)
    close()
    return found


def _gutter(rows: list[Row]) -> tuple[float, float] | None:
    """The strip between two columns, or None."""
    if len(rows) < _FEWEST:
        return None
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    size = median(row.size for row in rows)
    width = right - left
    gaps = Counter(
        round(word.left)
        for row in rows
        for before, word in pairwise(row.words)
        if word.left - before.right >= size * _NARROWEST
    )
    gaps.update(round(row.left) for row in rows)
    for begins, count in gaps.most_common(6):  # where the right column begins
        if not left + width * _FIRST <= begins <= left + width * _LAST or count < _FEWEST:
            continue
        ends = _left_ends(rows, begins, size)
        beside = [row for row in rows if any(abs(word.left - begins) <= 2 for word in row.words)]
        crossing = [row for row in rows if _crosses(row, ends, begins)]
        own = [
            one for row in rows for one in _divided(row, ends, begins - 1) if one.left < ends and one not in crossing
        ]
        long = len(own) >= _FEWEST and median(len(one.text) for one in own) >= _LONG
        if (
            len(beside) >= _FEWEST
            and long
            and len(crossing) <= len(rows) * _CROSSING
            and begins - ends >= size * _NARROWEST
        ):
            return ends, begins - 0.5
    return None


def _left_ends(rows: list[Row], begins: float, size: float) -> float:
    """How far the left column reaches: the words before a right column that begins at ``begins``, without headings."""
    reach = sorted(
        max((word.right for word in row.words if word.left < begins - size), default=0.0)
        for row in rows
        if not any(word.left < begins - 2 < word.right - 2 for word in row.words)
    )
    reach = [one for one in reach if one]
    return reach[-1] if reach else begins


def _crosses(row: Row, start: float, end: float) -> bool:
    return any(word.left < end - 1 and word.right > start + 1 for word in row.words)


def _divided(row: Row, start: float, end: float) -> Iterator[Row]:
    """A row, divided in two if it has words on both sides of the gutter and none in it."""
    right = next((word for word in row.words if word.left >= end - 1), None)
    if right is None or right.at == 0 or _crosses(row, start, end):
        yield row
        return
    yield from row.divided(right.at)


def with_labels(rows: list[Row]) -> list[Row]:
    """The rows of a page; in a narrow column of names beside the words each name is a row of its own, before its words."""
    begins = _words_begin(rows)
    if begins is None:
        return rows
    found: list[Row] = []
    for row in rows:
        at = _beside(row, begins)
        if at is None:
            found.append(row)
            continue
        name, words = row.divided(at)
        found += [msgspec.structs.replace(name, label=True), words]
    return found


def _words_begin(rows: list[Row]) -> float | None:
    """Where the words begin beside a column of names, or None: names stand in it now and then, all other rows begin there."""
    places = Counter(
        round(word.left)
        for row in rows
        for before, word in pairwise(row.words)
        if word.left - before.right >= row.size * _BESIDE
    )
    for begins, count in places.most_common(2):
        named = [row for row in rows if _beside(row, begins) is not None]
        if count < _FEWEST_NAMES or len(named) < _FEWEST_NAMES:
            continue
        lefts = {round(row.left) for row in named}
        inside = rows[rows.index(named[0]) : rows.index(named[-1]) + 1]
        words = [row for row in inside if abs(row.left - begins) <= 2]
        if len(lefts) == 1 and words and len(words) + len(named) >= _ALIGNED * len(inside):
            return begins
    return None


def _beside(row: Row, begins: float) -> int | None:
    """Where the words begin in a row with a name before them, or None for any other row."""
    for before, word in pairwise(row.words):
        if abs(word.left - begins) <= 2 and word.left - before.right >= row.size * _BESIDE:
            name = row.text[: word.at].strip()
            return word.at if len(name) <= _LONGEST_NAME and name[:1].isalpha() and name[-1:] not in ".?!," else None
    return None


def without_margin(rows: list[Row]) -> list[Row]:
    """The rows of a page, with the numbers in its left margin as separate rows marked ``margin``."""
    body = [row for row in rows if row.edge is None]
    numbered = [row for row in body if row.words and _number(row) is not None]
    if len(numbered) < max(_NUMBERS, len(body) * _NUMBERED):
        return rows
    counted = [number for row in numbered if (number := _number(row)) is not None]
    steps = sum(after - before == 1 for before, after in pairwise(counted))
    if steps < 0.9 * (len(counted) - 1):
        return rows
    chosen = {id(row) for row in numbered}
    found: list[Row] = []
    for row in rows:
        if id(row) not in chosen:
            found.append(row)
            continue
        first, *others = row.divided(row.words[1].at) if len(row.words) > 1 else (row,)
        found.append(msgspec.structs.replace(first, edge="margin"))
        found.extend(others)
    return found


def _number(row: Row) -> int | None:
    """The number at the beginning of a row, separate from its words."""
    first = row.words[0]
    told = row.text[: first.length]
    if not told.isdecimal() or len(told) > 3:
        return None
    apart = len(row.words) == 1 or row.words[1].left - first.right > row.size * 0.6
    return int(told) if apart else None
