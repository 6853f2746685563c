"""Rows as CSV: one way for the command line and the web."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

import msgspec

Row = Mapping[str, object] | msgspec.Struct


def write_rows(rows: Iterable[Row], out: TextIO, columns: Sequence[str] | None = None) -> None:
    """Rows with a heading, several values in a cell divided by ``|``.

    Without ``columns`` they are those of the first row, and nothing is written where there is none.
    """
    writer = None
    if columns is not None:
        writer = csv.DictWriter(out, columns)
        writer.writeheader()
    for row in rows:
        told = msgspec.structs.asdict(row) if isinstance(row, msgspec.Struct) else row
        if writer is None:
            writer = csv.DictWriter(out, list(told))
            writer.writeheader()
        writer.writerow({name: _cell(told.get(name)) for name in writer.fieldnames})


def _cell(value: object) -> object:
    return "|".join(map(str, value)) if isinstance(value, tuple | list) else value
