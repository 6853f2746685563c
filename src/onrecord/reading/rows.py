"""A row of a table in text (CSV, TSV): its header, its cells with their positions, and their values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.reading.wrapped import Piece

#: Delimiters of cells, the usual one first.
DIVIDERS = (",", "\t", ";", "|")
_DOUBLED = re.compile('""')


class Cell(NamedTuple):
    """A cell: the characters of its content, without quotation marks, and whether it was quoted."""

    start: int
    end: int
    quoted: bool


def cells(text: str, start: int, divider: str) -> tuple[list[Cell], int]:
    """The cells of the row that begins at ``start``, and where the next row begins; by the rules of RFC 4180."""
    found: list[Cell] = []
    plain = re.compile(rf"[^{re.escape(divider)}\r\n]*")
    at = start
    while True:
        quoted = text.startswith('"', at)
        if quoted:
            end = _closes(text, at + 1)
            found.append(Cell(at + 1, end, True))
            at = plain.match(text, end + 1).end()  # type: ignore[union-attr]
        else:
            end = plain.match(text, at).end()  # type: ignore[union-attr]
            found.append(Cell(at, end, False))
            at = end
        if at < len(text) and text[at] == divider:
            at += 1
            continue
        return found, at + 2 if text.startswith("\r\n", at) else min(len(text), at + 1)


def _closes(text: str, at: int) -> int:
    """The position of the quotation mark that closes a cell, or the end of the text."""
    while True:
        at = text.find('"', at)
        if at < 0:
            return len(text)
        if text.startswith('""', at):
            at += 2
        else:
            return at


def words_of(text: str, cell: Cell) -> str:
    """The value of a cell."""
    said = text[cell.start : cell.end]
    return said.replace('""', '"') if cell.quoted else said


def pieces(text: str, cell: Cell) -> Iterator[Piece]:
    """The words of a cell in pieces."""
    at = cell.start
    for match in _DOUBLED.finditer(text, cell.start, cell.end) if cell.quoted else ():
        if match.start() > at:
            yield text[at : match.start()], at, match.start()
        yield '"', match.start(), match.end()
        at = match.end()
    if at < cell.end:
        yield text[at : cell.end], at, cell.end


def table(text: str) -> tuple[list[str], list[list[Cell]]] | None:
    """The names and the cells of the rows below the header of a table; None for text in which a row has other cells."""
    for divider in sorted(DIVIDERS, key=lambda one: -text.partition("\n")[0].count(one)):
        head, begins = cells(text, len(text) - len(text.lstrip("\ufeff")), divider)
        if len(head) < 2 or begins >= len(text):
            return None
        found = list(_rows(text, begins, divider))
        if found and all(len(row) == len(head) for row in found):
            return [words_of(text, cell).strip() for cell in head], found
    return None


def _rows(text: str, begins: int, divider: str) -> Iterator[list[Cell]]:
    while begins < len(text):
        row, ends = cells(text, begins, divider)
        if len(row) > 1 or text[begins:ends].strip():
            yield row
        begins = ends
