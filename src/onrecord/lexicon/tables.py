"""Load lexicon tables: CSV files with named columns and validated cells, and TOML files with a schema."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from onrecord.errors import LexiconError

_Shape = TypeVar("_Shape")
FOLDER = Path(__file__).parent

#: Cell formats that several tables share: a pattern, and its description for error messages.
ANY = (r"[^\n]*", "words, or empty")
SOME = (r"\S[^\n]*", "words")
MANY = (r"(?:[^|\n]+(?:\|[^|\n]+)*)?", "values divided by |, or empty")
SLUG = (r"[A-Za-z0-9]+(?:[-/.][A-Za-z0-9]+)*", "letters and digits joined by hyphens")
CODE = (r"[A-Z][A-Za-z0-9+-]*", "a code such as CHN or ASEAN")
CODES = (r"(?:[A-Z][A-Za-z0-9+-]*(?:\|[A-Z][A-Za-z0-9+-]*)*)?", "codes divided by |, or empty")
QID = (r"(?:Q[1-9]\d*)?", "a Wikidata item such as Q148, or empty")
DAY = (r"(?:\d{4}(?:-\d\d(?:-\d\d)?)?)?", "a year, a month or a day, or empty")


def read_table(path: Path, forms: Mapping[str, tuple[str, str]]) -> tuple[list[list[str]], list[int]]:
    """The rows of a table without its header, in any CSV dialect of spreadsheets, with their line numbers.

    Skips empty rows. Raises :class:`~onrecord.errors.LexiconError` for a wrong header, or a row that is too short or too long;
    :func:`first_wrong` checks the cells.
    """
    reader = csv.reader(path.read_text(encoding="utf-8-sig").split("\n"))
    if next(reader, None) != list(forms):
        raise LexiconError(
            f"the first row must be {','.join(forms)}: its columns, in this order", where=f"{path}, line 1"
        )
    found, places = [], []
    for row in reader:
        if not row:
            continue
        if len(row) != len(forms):
            raise LexiconError(
                f"a row has {len(forms)} columns, this one {len(row)}: {','.join(row[:2])}",
                where=f"{path}, row {reader.line_num}",
            )
        found.append(row)
        places.append(reader.line_num)
    return found, places


def first_wrong(found: Sequence[Sequence[str]], forms: Mapping[str, tuple[str, str]]) -> tuple[int, str] | None:
    """The first row with an invalid cell, and its column; ``None`` if all are valid.

    Checks a column as one string, and its cells only if that fails: no cell contains a line break.
    """
    for (column, (form, _)), cells in zip(forms.items(), zip(*found, strict=True), strict=False):
        if re.fullmatch(rf"(?:(?:{form})\n)*", "\n".join(cells) + "\n") is None:
            return next(i for i, cell in enumerate(cells) if not re.fullmatch(form, cell)), column
    return None


def rows(table: str | Path, forms: Mapping[str, tuple[str, str]]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table with their line numbers, with all cells validated.

    ``table`` is a file of this folder, or a path. Raises :class:`~onrecord.errors.LexiconError` naming file and line.
    """
    path = FOLDER / table if isinstance(table, str) else table
    found, places = read_table(path, forms)
    wrong = first_wrong(found, forms)
    if wrong is not None:
        at, column = wrong
        raise LexiconError(
            f"{column} is {forms[column][1]}, not {found[at][list(forms).index(column)]!r}",
            where=f"{path.name}, line {places[at]}",
        )
    columns = tuple(forms)
    for place, row in zip(places, found, strict=True):
        yield place, dict(zip(columns, row, strict=True))


def read_toml(path: Path, shape: type[_Shape]) -> _Shape:
    """A TOML table of this type. Raises :class:`~onrecord.errors.LexiconError` naming the file and the fault."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8-sig")), shape)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise LexiconError(str(error), where=str(path)) from error


def many(cell: str) -> tuple[str, ...]:
    """The values of a cell with several values, separated by ``|``."""
    if "|" not in cell:
        return (cell,) if cell else ()
    return tuple(value for value in cell.split("|") if value)
