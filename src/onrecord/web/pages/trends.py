"""Trends: several terms counted over time, side by side, gaps shown as gaps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from onrecord.asking import Coverage, PeriodLength, SearchScope, TrendPeriod, TrendSeries, coverage, trends
from onrecord.desk.store import Desk
from onrecord.errors import QueryError
from onrecord.web.asked import Day, Values, Words
from onrecord.web.page import Page

#: More lines than these nobody tells apart.
_MOST = 6
_PERIODS = {"day": 3000, "month": 1200, "year": 1000}


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The terms, and what they are narrowed to."""

    term: Annotated[
        tuple[Words, ...],
        Meta(max_length=_MOST, description="A query, act:oppose issue:taiwan, mention:Japan, answer:decline …"),
    ] = ()
    by: Annotated[PeriodLength, Meta(description="The periods counted.")] = "year"
    issuer: Annotated[Values, Meta(description="Of this issuer.")] = ()
    language: Annotated[Values, Meta(description="In this language.")] = ()
    since: Day | None = None
    until: Day | None = None


class TrendsPage(msgspec.Struct, frozen=True, kw_only=True):
    """The terms counted; see :class:`onrecord.asking.Trends`. Empty where none was asked for."""

    by: PeriodLength
    periods: tuple[TrendPeriod, ...]
    series: tuple[TrendSeries, ...]
    counted: str
    not_shown: tuple[str, ...]
    held: Coverage


def counted(desk: Desk, asked: Asked) -> TrendsPage:
    """The terms asked for. Raises QueryError."""
    if not asked.term:
        return TrendsPage(by=asked.by, periods=(), series=(), counted="", not_shown=(), held=coverage(desk))
    filters = SearchScope(issuer=asked.issuer, language=asked.language, since=asked.since, until=asked.until)
    found = trends(desk, asked.term, filters, by=asked.by)
    if len(found.periods) > _PERIODS[asked.by]:
        raise QueryError(
            f"{len(found.periods)} {asked.by}s are too many to show", hint="Count by month or year, or narrow the days"
        )
    return TrendsPage(
        by=found.by,
        periods=found.periods,
        series=found.series,
        counted=found.counted,
        not_shown=found.not_shown,
        held=found.held,
    )


def rows(it: TrendsPage) -> Iterator[dict[str, object]]:
    """A period of a term a row."""
    for place, period in enumerate(it.periods):
        for series in it.series:
            yield {
                "period": period.name, "term": series.term, "what": series.what, "count": series.counts[place],
                "documents": period.documents, "days_held": period.days, "weekdays_missing": period.missing,
            }  # fmt: skip


PAGE = Page(
    path="/trends",
    template="trends.html",
    summary="Terms counted over time, side by side",
    asked=Asked,
    answer=counted,
    rows=rows,
    slow=True,
    narrow="Count fewer terms, by year, or in fewer years",
)
