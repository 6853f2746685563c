"""What a desk holds by issuer, language and month: held, expected, missing, removed and in doubt."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta

import msgspec

from onrecord import houses
from onrecord.asking.scope import Filters, first_day, last_day
from onrecord.desk.listing import Listed
from onrecord.desk.snapshot import one_state
from onrecord.desk.store import Desk
from onrecord.desk.versions import has_versions
from onrecord.errors import UnknownHouse
from onrecord.houses.sources import Source
from onrecord.languages.tags import covers
from onrecord.partial_dates import first_day_of, period_of, whole_day


class MonthFilters(Filters, frozen=True, kw_only=True):
    """Which issuers, languages and months. ``since`` and ``until`` are a year, a month or a day."""

    issuer: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None


class MonthHeld(msgspec.Struct, frozen=True, kw_only=True):
    """What is held of an issuer in a language in a month (``YYYY-MM``), between the first and the last day held.

    ``held`` counts documents, ``days`` days with any. ``expected`` counts the days on which the card of the house expects a
    document, None where it expects none by day; ``missing`` are those of them without one. ``removed`` counts documents whose
    page is gone from its address, ``in_doubt`` versions that are not shown, ``listed`` statements that the issuer lists and the
    desk does not hold (counted with the issuer's first language).
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
    series: dict[tuple[str, str], list[Listed]] = defaultdict(list)
    for one in desk.listed():
        asked_for = not wanted.language or any(covers(tag, one.language) for tag in wanted.language)
        asked_for = asked_for and (not wanted.issuer or one.issuer in wanted.issuer)
        if asked_for and one.day is not None and period_of(one.day, "month"):
            series[one.issuer, one.language].append(one)
    removed, in_doubt, listed = _of_visits(desk)
    found: list[MonthHeld] = []
    told: set[str] = set()
    for (issuer, language), some in sorted(series.items()):
        found += _months(issuer, language, some, removed, in_doubt, Counter() if issuer in told else listed[issuer])
        told.add(issuer)
    return [one for one in found if since <= one.month <= until]


def _of_visits(desk: Desk) -> tuple[set[str], Counter[str], dict[str, Counter[str]]]:
    """The documents whose pages are gone, how many versions of each are in doubt, and the months of what an issuer lists only."""
    listed: dict[str, Counter[str]] = defaultdict(Counter)
    if not has_versions(desk.record):
        return set(), Counter(), listed
    last = "SELECT max(number) FROM visit WHERE document IS NOT NULL AND outcome != 'failed' GROUP BY document"
    gone = {
        row[0]
        for row in desk.record.execute(f"SELECT document FROM visit WHERE outcome = 'gone' AND number IN ({last})")
    }
    doubts = Counter(row[0] for row in desk.record.execute("SELECT document FROM version WHERE state = 'in-doubt'"))
    query = "SELECT issuer, substr(day, 1, 7) FROM queue WHERE document IS NULL AND day IS NOT NULL"
    for issuer, month in desk.record.execute(query):
        listed[issuer][month] += 1
    return gone, doubts, listed


def _months(
    issuer: str, language: str, some: list[Listed], removed: set[str], in_doubt: Counter[str], listed: Counter[str]
) -> list[MonthHeld]:
    by_month: dict[str, list[Listed]] = defaultdict(list)
    for one in some:
        by_month[(one.day or "")[:7]].append(one)
    begins = [first_day_of(one.day or "") for one in some]
    first, last = min(begins), max(begins)
    sources = [one for one in _sources(issuer) if one.expects and covers(one.language, language)]
    expected: dict[str, list[str]] = defaultdict(list)
    missing: dict[str, list[str]] = defaultdict(list)
    months = {first[:7]}
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        month = day.isoformat()[:7]
        months.add(month)
        kinds = {one.expects for one in sources if one.expects_on(day)}
        if kinds:
            expected[month].append(day.isoformat())
            if not kinds <= {one.kind for one in by_month[month] if one.day == day.isoformat()}:
                missing[month].append(day.isoformat())
        day += timedelta(days=1)
    days = {month: len({whole_day(one.day) for one in by_month[month]} - {None}) for month in months}
    return [
        MonthHeld(
            issuer=issuer,
            language=language,
            month=month,
            held=len(by_month[month]),
            days=days[month],
            expected=len(expected[month]) if sources else None,
            missing=tuple(missing[month]),
            removed=sum(one.id in removed for one in by_month[month]),
            in_doubt=sum(in_doubt[one.id] for one in by_month[month]),
            listed=listed[month],
        )
        for month in sorted(months)
    ]


def _sources(issuer: str) -> tuple[Source, ...]:
    """Where an issuer lists its statements, as the card of its house has it."""
    try:
        return tuple(houses.find(issuer).card.sources)
    except UnknownHouse:
        return ()
