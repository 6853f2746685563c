"""The list of a desk's documents: its rows, what it is narrowed by, and the series in which a document stands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple, TypedDict

import msgspec

from onrecord.languages.tags import covers
from onrecord.partial_dates import lies_within
from onrecord.record import Document


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list of documents."""

    id: str
    day: str | None
    issuer: str
    kind: str
    title: str
    language: str
    turns: int
    questions: int
    versions: int
    unread: int


class Listed(NamedTuple):
    """The fields of a document by which lists are filtered."""

    id: str
    day: str | None
    issuer: str
    kind: str
    language: str


class ListFilters(TypedDict, total=False):
    """Which documents: of this issuer, kind and language, from the day ``since`` to the day ``until``, both included.

    A language includes those under it: ``zh`` stands for ``zh-Hant`` too. With either day undated documents are left out.
    """

    issuer: str | None
    since: str | None
    until: str | None
    kind: str | None
    language: str | None


def selected(
    listed: Iterable[Listed],
    *,
    issuer: str | None = None,
    since: str | None = None,
    until: str | None = None,
    kind: str | None = None,
    language: str | None = None,
) -> list[Listed]:
    """Those that match the filters, in the same order."""
    return [
        one
        for one in listed
        if (issuer is None or one.issuer == issuer)
        and (kind is None or one.kind == kind)
        and (language is None or covers(language, one.language))
        and lies_within(one.day, since, until)
    ]


#: The days and ids of the dated documents of an issuer, kind and language, in order.
Series = dict[tuple[str, str, str], list[tuple[str, str]]]


def series_of(listed: Iterable[Listed]) -> Series:
    """The series of documents that belong after one another; ``listed`` are all, by day."""
    found: Series = {}
    for one in listed:
        if one.day:
            found.setdefault((one.issuer, one.kind, one.language), []).append((one.day, one.id))
    return found


def neighbours(series: Series, document: Document) -> tuple[str | None, str | None]:
    """The ids of the documents before and after one in its series."""
    own = series.get((document.issuer, document.kind, document.language), [])
    place = bisect_left(own, (document.date or "", document.id))
    if place >= len(own) or own[place][1] != document.id:
        return None, None
    return own[place - 1][1] if place else None, own[place + 1][1] if place + 1 < len(own) else None
