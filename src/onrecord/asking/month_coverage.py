"""What a desk holds by issuer, language and month: held, expected, missing, removed and in doubt.

What was searched for an answer: :mod:`onrecord.asking.search_coverage`.
"""

from __future__ import annotations

from collections import defaultdict

import msgspec

from onrecord.asking.coverage_series import MonthFilters, Series, Visited, series_of, visited
from onrecord.asking.scope import first_day, last_day
from onrecord.desk.listing import Listed
from onrecord.desk.snapshot import one_state
from onrecord.desk.store import Desk
from onrecord.partial_dates import whole_day


class MonthHeld(msgspec.Struct, frozen=True, kw_only=True):
    """What is held of an issuer in a language in a month (``YYYY-MM``), between the first and the last day held.

    ``held`` counts documents, ``days`` days with any. ``expected`` counts the days on which the card of the house expects a
    document, None where it expects none by day; ``missing`` are those of them without one. ``removed`` counts documents whose
    page is gone from its address, ``in_doubt`` versions that are not shown, ``listed`` statements that the issuer lists and the
    desk does not hold (counted with the issuer's first language; the language is empty where nothing of the issuer is held).
    """

    issuer: str
    language: str
    month: str
    held: int
    days: int
    expected: int | None
    missing: tuple[str, ...] = ()
    removed: int = 0
    in_doubt: int = 0
    listed: int = 0


@one_state
def coverage_by_month(desk: Desk, filters: MonthFilters | None = None) -> list[MonthHeld]:
    """The months of each issuer and language, in order, also those without a document.

    Raises QueryError for a day that is none.
    """
    wanted = filters or MonthFilters()
    since, until = (first_day(wanted.since) or "")[:7], (last_day(wanted.until) or "9999")[:7]
    told = visited(desk)
    found = [month for series in series_of(desk, wanted) for month in _months(series, told)]
    return [one for one in found if since <= one.month <= until]


def _months(series: Series, told: Visited) -> list[MonthHeld]:
    by_month: dict[str, list[Listed]] = defaultdict(list)
    for one in series.documents:
        by_month[(one.day or "")[:7]].append(one)
    expected: dict[str, list[str]] = defaultdict(list)
    missing: dict[str, list[str]] = defaultdict(list)
    for day, is_missing in series.expected():
        expected[day[:7]].append(day)
        if is_missing:
            missing[day[:7]].append(day)
    return [
        MonthHeld(
            issuer=series.issuer,
            language=series.language,
            month=month,
            held=len(by_month[month]),
            days=len({whole_day(one.day) for one in by_month[month]} - {None}),
            expected=len(expected[month]) if series.sources else None,
            missing=tuple(missing[month]),
            removed=sum(one.id in told.removed for one in by_month[month]),
            in_doubt=sum(told.in_doubt[one.id] for one in by_month[month]),
            listed=sum(count for day, count in series.listed.items() if day.startswith(month)),
        )
        for month in _all_months(series)
    ]


def _all_months(series: Series) -> list[str]:
    """The months from the first to the last day held, and those in which something is only listed."""
    months = {day[:7] for day in series.listed}
    if series.bounds is not None:
        month, last = (day[:7] for day in series.bounds)
        while month <= last:
            months.add(month)
            year, number = int(month[:4]), int(month[5:])
            month = f"{year + number // 12:04}-{number % 12 + 1:02}"
    return sorted(months)
