"""Trends: several terms counted over time. Periods without documents are gaps, not zeros."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from onrecord.asking import Coverage, PeriodLength, SearchScope, TrendPeriod, TrendSeries, coverage, trends
from onrecord.desk.store import Desk
from onrecord.errors import QueryError
from onrecord.web.page import Page
from onrecord.web.parameters import Day, Values, Words

#: Readers cannot distinguish more lines in one chart.
_MOST = 6
_PERIODS = {"day": 3000, "month": 1200, "year": 1000}


class TrendsParameters(msgspec.Struct, frozen=True, kw_only=True):
    """The terms and the filters."""

    term: Annotated[
        tuple[Words, ...],
        Meta(max_length=_MOST, description="A query, act:oppose issue:taiwan, mention:Japan, answer:decline …"),
    ] = ()
    by: Annotated[PeriodLength, Meta(description="Length of the periods.")] = "year"
    issuer: Values = ()
    language: Values = ()
    since: Day | None = None
    until: Day | None = None


class TrendsPage(msgspec.Struct, frozen=True, kw_only=True):
    """The counts; see :class:`onrecord.asking.Trends`. Empty if no term was given."""

    by: PeriodLength
    periods: tuple[TrendPeriod, ...]
    series: tuple[TrendSeries, ...]
    counted: str
    not_shown: tuple[str, ...]
    held: Coverage


def trends_page(desk: Desk, params: TrendsParameters) -> TrendsPage:
    """Count the terms. Raises QueryError."""
    if not params.term:
        return TrendsPage(by=params.by, periods=(), series=(), counted="", not_shown=(), held=coverage(desk))
    filters = SearchScope(issuer=params.issuer, language=params.language, since=params.since, until=params.until)
    found = trends(desk, params.term, filters, by=params.by)
    if len(found.periods) > _PERIODS[params.by]:
        raise QueryError(
            f"{len(found.periods)} {params.by}s are too many to show", hint="Count by month or year, or narrow the days"
        )
    return TrendsPage(
        by=found.by,
        periods=found.periods,
        series=found.series,
        counted=found.counted,
        not_shown=found.not_shown,
        held=found.held,
    )


def rows(answer: TrendsPage) -> Iterator[dict[str, object]]:
    """A row for each period of each term."""
    for place, period in enumerate(answer.periods):
        for series in answer.series:
            yield {
                "period": period.name, "term": series.term, "what": series.what, "count": series.counts[place],
                "documents": period.documents, "days_held": period.days, "weekdays_missing": period.missing,
            }  # fmt: skip


PAGE = Page(
    path="/trends",
    template="trends.html",
    summary="Trends: several terms counted over time",
    parameters=TrendsParameters,
    answer=trends_page,
    rows=rows,
    slow=True,
    narrow="Count fewer terms, by year, or in fewer years",
)
