"""Tables of the lexicon: CSV files whose columns are named and whose cells are checked when they are loaded."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from onrecord.errors import LexiconError

FOLDER = Path(__file__).parent

#: Forms of cells that several tables share: a pattern, and what it asks for in words.
ANY = (r"[^\n\x1f]*", "words, or empty")
SOME = (r"\S[^\n\x1f]*", "words")
MANY = (r"(?:[^|\n\x1f]+(?:\|[^|\n\x1f]+)*)?", "values divided by |, or empty")
SLUG = (r"[A-Za-z0-9]+(?:[-/.][A-Za-z0-9]+)*", "letters and digits joined by hyphens")
CODE = (r"[A-Z][A-Za-z0-9+-]*", "a code such as CHN or ASEAN")
CODES = (r"(?:[A-Z][A-Za-z0-9+-]*(?:\|[A-Z][A-Za-z0-9+-]*)*)?", "codes divided by |, or empty")
QID = (r"(?:Q[1-9]\d*)?", "a Wikidata item such as Q148, or empty")
DAY = (r"(?:\d{4}(?:-\d\d(?:-\d\d)?)?)?", "a year, a month or a day, or empty")


def rows(table: str | Path, forms: Mapping[str, tuple[str, str]]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table with the number of their line, each cell checked against the form of its column.

    ``table`` is a file of this folder, or a path. Raises :class:`~onrecord.errors.LexiconError` naming file and line.
    """
    path = FOLDER / table if isinstance(table, str) else table
    columns = list(forms)
    whole = re.compile("\x1f".join(f"(?:{pattern})" for pattern, _ in forms.values()))
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        if next(reader, None) != columns:
            raise LexiconError(f"its columns are {', '.join(columns)}", where=f"{path.name}, line 1")
        for cells in reader:
            if len(cells) != len(columns) or not whole.fullmatch("\x1f".join(cells)):
                raise _fault(cells, forms, f"{path.name}, line {reader.line_num}")
            yield reader.line_num, dict(zip(columns, cells, strict=True))


def _fault(cells: list[str], forms: Mapping[str, tuple[str, str]], where: str) -> LexiconError:
    """What is wrong with a row."""
    if len(cells) != len(forms):
        return LexiconError(f"a row has {len(forms)} cells, not {len(cells)}", where=where)
    for cell, (column, (pattern, asked)) in zip(cells, forms.items(), strict=True):
        if not re.fullmatch(pattern, cell):
            return LexiconError(f"{column} is {asked}, not {cell!r}", where=where)
    return LexiconError("a cell holds a control character", where=where)


def many(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, divided by ``|``."""
    if "|" not in cell:
        return (cell,) if cell else ()
    return tuple(value for value in cell.split("|") if value)
