"""Rows with a question and its answer each, put together where they are of one conference: of one page, day and title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from onrecord.captures.opened import LARGEST
from onrecord.errors import OnRecordError
from onrecord.reading.fields import find_field

#: By these parts rows are of one conference: all that a table has are equal.
_TOLD_BY = ("address", "date", "title")
Conference = tuple[str, ...]


class Row(NamedTuple):
    """A row: its bytes, its number in the file, and the conference it is of, or None where the table does not tell."""

    data: bytes
    number: int
    conference: Conference | None


def conference_of(fields: Mapping[str, str], asked: Mapping[str, str]) -> Conference | None:
    """The page, the day and the title that a row is of; None where it names no page, and not both a day and a title."""
    held = {part: find_field(part, fields, asked) for part in _TOLD_BY}
    told = tuple(fields[name].strip() if name is not None else "" for name in held.values())
    address, day, title = told
    return told if address or (day and title) else None


def together(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows in order, those of one conference that follow on each other together, up to the size of a statement.

    Where the rows break off, those before are still yielded.
    """
    held: list[Row] = []
    size = 0
    breaks_off: list[OnRecordError] = []
    for row in _until_error(rows, breaks_off):
        same = held and row.conference is not None and row.conference == held[-1].conference
        if held and (not same or size + len(row.data) > LARGEST // 2):
            yield held
            held, size = [], 0
        held.append(row)
        size += len(row.data)
    if held:
        yield held
    for error in breaks_off:
        raise error


def _until_error(rows: Iterable[Row], breaks_off: list[OnRecordError]) -> Iterator[Row]:
    try:
        yield from rows
    except OnRecordError as error:
        breaks_off.append(error)


def place_of(rows: list[Row], noun: str) -> str:
    """The place of rows in their file: ``row=2``, ``row=2-5``."""
    first, last = rows[0].number, rows[-1].number
    return f"{noun}={first}" if first == last else f"{noun}={first}-{last}"
