"""Tables of the lexicon: CSV files whose columns are named and whose cells are checked when they are loaded."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from onrecord.errors import LexiconError

FOLDER = Path(__file__).parent

#: Forms of cells that several tables share: a pattern, and what it asks for in words.
ANY = (r"[^\n]*", "words, or empty")
SOME = (r"\S[^\n]*", "words")
MANY = (r"(?:[^|\n]+(?:\|[^|\n]+)*)?", "values divided by |, or empty")
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
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames is None or list(reader.fieldnames) != list(forms):
            raise LexiconError(f"its columns are {', '.join(forms)}", where=f"{path.name}, line 1")
        checks = {column: re.compile(pattern) for column, (pattern, _) in forms.items()}
        for row in reader:
            where = f"{path.name}, line {reader.line_num}"
            if None in row or None in row.values():
                raise LexiconError(f"a row has {len(forms)} cells", where=where)
            for column, check in checks.items():
                if not check.fullmatch(row[column]):
                    raise LexiconError(f"{column} is {forms[column][1]}, not {row[column]!r}", where=where)
            yield reader.line_num, row


def many(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, divided by ``|``."""
    return tuple(value.strip() for value in cell.split("|") if value.strip())
