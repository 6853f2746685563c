"""What the desk holds and lacks: by issuer and language, and a calendar of the days of one issuer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Annotated

import msgspec
from msgspec import Meta

from onrecord.asking import DayHeld, MonthFilters, MonthHeld, coverage_by_day, coverage_by_month
from onrecord.desk.store import Desk
from onrecord.web.page import Page
from onrecord.web.parameters import Name

_Year = Annotated[int, Meta(ge=1000, le=9999, description="The year of the calendar; by default the last one held.")]


class CoverageParameters(msgspec.Struct, frozen=True, kw_only=True):
    """The issuer whose days are shown, the language, and the year."""

    issuer: Name | None = None
    language: Name | None = None
    year: _Year | None = None


class SeriesHeld(msgspec.Struct, frozen=True, kw_only=True):
    """The sums of an issuer in a language over all months; ``expected`` is None where no document is expected by day."""

    issuer: str
    language: str
    first: str | None
    last: str | None
    held: int
    days: int
    expected: int | None
    missing: int
    in_doubt: int
    removed: int
    listed: int


class IssuerDays(msgspec.Struct, frozen=True, kw_only=True):
    """The days of an issuer in a language in a year, and its months. ``first`` and ``last`` are those held in all years."""

    issuer: str
    language: str
    year: int
    first: str | None
    last: str | None
    expects: bool
    days: tuple[DayHeld, ...]
    months: tuple[MonthHeld, ...]


class CoveragePage(msgspec.Struct, frozen=True, kw_only=True):
    """What is held: all issuers and languages, and for one issuer the days of a year. ``years`` are those with any."""

    series: tuple[SeriesHeld, ...]
    calendars: tuple[IssuerDays, ...] = ()
    years: tuple[int, ...] = ()
    year: int | None = None


def coverage_page(desk: Desk, params: CoverageParameters) -> CoveragePage:
    """What the desk holds and lacks."""
    filters = _filters(params)
    months = coverage_by_month(desk, filters)
    series = tuple(
        _sums(issuer, language, list(some))
        for (issuer, language), some in groupby(months, key=lambda one: (one.issuer, one.language))
    )
    if params.issuer is None:
        return CoveragePage(series=series)
    years = sorted({int(one.month[:4]) for one in months})
    if not years:
        return CoveragePage(series=series)
    year = params.year if params.year is not None else years[-1]
    of_year = msgspec.structs.replace(filters, since=f"{year:04}", until=f"{year:04}")
    calendars = tuple(
        IssuerDays(
            issuer=one.issuer, language=one.language, year=year, first=one.first, last=one.last, expects=one.expects,
            days=one.days,
            months=tuple(
                month for month in months if month.language == one.language and month.month.startswith(f"{year:04}")
            ),
        )
        for one in coverage_by_day(desk, of_year)
    )  # fmt: skip
    return CoveragePage(series=series, calendars=calendars, years=tuple(years), year=year)


def _filters(params: CoverageParameters) -> MonthFilters:
    return MonthFilters(
        issuer=(params.issuer,) if params.issuer else (), language=(params.language,) if params.language else ()
    )


def _sums(issuer: str, language: str, months: list[MonthHeld]) -> SeriesHeld:
    held = [one.month for one in months if one.held]
    expected = [one.expected for one in months if one.expected is not None]
    return SeriesHeld(
        issuer=issuer,
        language=language,
        first=min(held, default=None),
        last=max(held, default=None),
        held=sum(one.held for one in months),
        days=sum(one.days for one in months),
        expected=sum(expected) if expected else None,
        missing=sum(len(one.missing) for one in months),
        in_doubt=sum(one.in_doubt for one in months),
        removed=sum(one.removed for one in months),
        listed=sum(one.listed for one in months),
    )


def rows(answer: CoveragePage) -> Iterator[dict[str, object]]:
    """A row for each issuer and language."""
    return (msgspec.structs.asdict(one) for one in answer.series)


def all_rows(desk: Desk, params: CoverageParameters) -> Iterator[dict[str, object]]:
    """A row for each issuer, language and month."""
    found = coverage_by_month(desk, _filters(params))
    return (msgspec.structs.asdict(one) | {"missing": " ".join(one.missing)} for one in found)


PAGE = Page(
    path="/coverage",
    template="coverage.html",
    summary="What the desk holds and lacks, by issuer, language, month and day",
    parameters=CoverageParameters,
    answer=coverage_page,
    rows=rows,
    all_rows=all_rows,
    slow=True,
)
