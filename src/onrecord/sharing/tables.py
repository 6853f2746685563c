"""Rows as CSV: one way for the command line and the web.

Spreadsheets run a cell that begins like a formula, whoever wrote it: ``=HYPERLINK(…)`` in a statement would be one. So
a cell of words that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break gets an apostrophe in front, which
spreadsheets take as "these are words". Numbers stay numbers, also ``-3`` and ``+1.5``. Who reads the file with a
program and wants the words exactly takes JSON.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

import msgspec

Row = Mapping[str, object] | msgspec.Struct

#: What begins a formula in spreadsheets; of East Asian editions in its full-width form too.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")


def write_rows(rows: Iterable[Row], out: TextIO, columns: Sequence[str] | None = None) -> None:
    """Rows with a heading, several values in a cell divided by ``|``, no cell a formula.

    Without ``columns`` they are those of the first row, and nothing is written where there is none.
    """
    writer = None
    if columns is not None:
        writer = csv.DictWriter(out, columns)
        writer.writeheader()
    for row in rows:
        values = msgspec.structs.asdict(row) if isinstance(row, msgspec.Struct) else row
        if writer is None:
            writer = csv.DictWriter(out, list(values))
            writer.writeheader()
        writer.writerow({name: _cell(values.get(name)) for name in writer.fieldnames})


def _cell(value: object) -> object:
    if isinstance(value, tuple | list):
        value = "|".join(map(str, value))
    return spreadsheet_safe(value) if isinstance(value, str) else value


def spreadsheet_safe(words: str) -> str:
    """The words so that no spreadsheet takes them for a formula.

    >>> spreadsheet_safe("=1+1"), spreadsheet_safe("-3"), spreadsheet_safe("- no comment")
    ("'=1+1", '-3', "'- no comment")
    """
    return f"'{words}" if _FORMULA.match(words) and not _NUMBER.fullmatch(words) else words
