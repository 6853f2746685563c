"""Write rows as CSV, for the command line and the web.

Spreadsheets evaluate a cell that begins like a formula, such as ``=HYPERLINK(…)`` in a statement (CSV injection). So a text
cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break gets an apostrophe in front, which spreadsheets read as
"this is text". Numbers stay numbers, including ``-3`` and ``+1.5``. Programs that need the exact text should use JSON.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

import msgspec

Row = Mapping[str, object] | msgspec.Struct

#: Characters that begin a formula in spreadsheets; in East Asian editions their full-width forms too.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")


def write_rows(rows: Iterable[Row], out: TextIO, columns: Sequence[str] | None = None) -> None:
    """Write rows with a header; several values in a cell are separated by ``|``, and no cell is a formula.

    Without ``columns`` they are those of the first row; without rows nothing is written.
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
    """Protect text so that no spreadsheet evaluates it as a formula.

    >>> spreadsheet_safe("=1+1"), spreadsheet_safe("-3"), spreadsheet_safe("- no comment")
    ("'=1+1", '-3', "'- no comment")
    """
    return f"'{words}" if _FORMULA.match(words) and not _NUMBER.fullmatch(words) else words
