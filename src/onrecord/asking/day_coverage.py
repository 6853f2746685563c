"""What a desk holds by issuer, language and day: a calendar of held, expected, missing, removed and doubtful days."""

from __future__ import annotations

from collections import Counter

import msgspec

from onrecord.asking.coverage_series import MonthFilters, Series, Visited, series_of, visited
from onrecord.asking.scope import first_day, last_day
from onrecord.desk.snapshot import one_state
from onrecord.desk.store import Desk
from onrecord.partial_dates import whole_day


class DayHeld(msgspec.Struct, frozen=True, kw_only=True):
    """A day of an issuer in a language: how many documents of it are held, whether one is expected by the card of the house,
    and whether such a one is missing. ``removed`` counts documents whose page is gone from its address, ``in_doubt`` versions
    that are not shown, ``listed`` statements that the issuer lists and the desk does not hold."""

    day: str
    held: int = 0
    expected: bool = False
    missing: bool = False
    removed: int = 0
    in_doubt: int = 0
    listed: int = 0


class DaysHeld(msgspec.Struct, frozen=True, kw_only=True):
    """The days of an issuer in a language about which there is anything to say, in order.

    ``first`` and ``last`` are the first and the last day held, None where nothing is; ``expects`` whether the card of the house
    says on which days to expect a document; ``by_month`` counts documents of which only the month is known.
    """

    issuer: str
    language: str
    first: str | None
    last: str | None
    expects: bool
    days: tuple[DayHeld, ...]
    by_month: int = 0


@one_state
def coverage_by_day(desk: Desk, filters: MonthFilters | None = None) -> list[DaysHeld]:
    """The days of each issuer and language. Raises QueryError for a day that is none."""
    wanted = filters or MonthFilters()
    since, until = first_day(wanted.since) or "", last_day(wanted.until) or "9999"
    told = visited(desk)
    return [_days(series, told, since, until) for series in series_of(desk, wanted)]


def _days(series: Series, told: Visited, since: str, until: str) -> DaysHeld:
    held, removed, in_doubt = Counter[str](), Counter[str](), Counter[str]()
    by_month = 0
    for one in series.documents:
        day = whole_day(one.day)
        if day is None:
            by_month += 1
            continue
        held[day] += 1
        removed[day] += one.id in told.removed
        in_doubt[day] += told.in_doubt[one.id]
    expected = {one.day: one.missing for one in series.expected()}
    first, last = series.bounds or (None, None)
    return DaysHeld(
        issuer=series.issuer,
        language=series.language,
        first=first,
        last=last,
        expects=bool(series.sources),
        by_month=by_month,
        days=tuple(
            DayHeld(
                day=day, held=held[day], expected=day in expected, missing=expected.get(day, False), removed=removed[day],
                in_doubt=in_doubt[day], listed=series.listed[day],
            )
            for day in sorted(held.keys() | expected.keys() | series.listed.keys())
            if since <= day <= until
        ),
    )  # fmt: skip
