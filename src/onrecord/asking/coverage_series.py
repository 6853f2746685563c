"""The documents of each issuer and language, with what its card expects and what the record of visits says: for coverage."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from onrecord import houses
from onrecord.asking.scope import Filters
from onrecord.desk.listing import Listed
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


class Expected(NamedTuple):
    """A day on which the card of a house expects documents, and whether one of them is missing."""

    day: str
    missing: bool


class Series(NamedTuple):
    """The documents of an issuer in a language that have a day or a month, and the days of what the issuer lists only.

    The language is empty where nothing of the issuer is held. ``listed`` is counted with the first language of the issuer.
    """

    issuer: str
    language: str
    documents: list[Listed]
    listed: Counter[str]

    @property
    def sources(self) -> list[Source]:
        """The lists of the issuer by which a document is expected on certain days."""
        try:
            told = houses.find(self.issuer).card.sources
        except UnknownHouse:
            return []
        return [one for one in told if one.expects and covers(one.language, self.language)]

    @property
    def bounds(self) -> tuple[str, str] | None:
        """The first and the last day held; of a month its first day."""
        begins = [first_day_of(one.day or "") for one in self.documents]
        return (min(begins), max(begins)) if begins else None

    def expected(self) -> Iterator[Expected]:
        """The days between the first and the last day held on which a document is expected."""
        sources, bounds = self.sources, self.bounds
        if not sources or bounds is None:
            return
        kinds: dict[str, set[str]] = defaultdict(set)
        for one in self.documents:
            if (on := whole_day(one.day)) is not None:
                kinds[on].add(one.kind)
        day, last = map(date.fromisoformat, bounds)
        while day <= last:
            wanted = {one.expects for one in sources if one.expects_on(day)}
            if wanted:
                yield Expected(day.isoformat(), not wanted <= kinds[day.isoformat()])
            day += timedelta(days=1)


class Visited(NamedTuple):
    """What the record of visits says: documents whose pages are gone, and how many versions of each are in doubt."""

    removed: set[str]
    in_doubt: Counter[str]


def visited(desk: Desk) -> Visited:
    """What the record of visits says of documents; nothing on a desk of an older program."""
    if not has_versions(desk.record):
        return Visited(set(), Counter())
    last = "SELECT max(number) FROM visit WHERE document IS NOT NULL AND outcome != 'failed' GROUP BY document"
    gone = desk.record.execute(f"SELECT document FROM visit WHERE outcome = 'gone' AND number IN ({last})")
    doubts = desk.record.execute("SELECT document FROM version WHERE state = 'in-doubt'")
    return Visited({row[0] for row in gone}, Counter(row[0] for row in doubts))


def series_of(desk: Desk, wanted: MonthFilters) -> list[Series]:
    """The series of a desk that the filters select, by issuer and language; the days of the filters do not count."""
    found: dict[tuple[str, str], list[Listed]] = defaultdict(list)
    for one in desk.listed():
        if one.day is not None and period_of(one.day, "month") and _is_wanted(one.issuer, one.language, wanted):
            found[one.issuer, one.language].append(one)
    listed = _listed_only(desk)
    for issuer in listed.keys() - {issuer for issuer, _ in found}:
        if _is_wanted(issuer, "", wanted):
            found[issuer, ""] = []
    series = []
    for (issuer, language), documents in sorted(found.items()):
        series.append(Series(issuer, language, documents, listed.pop(issuer, Counter())))
    return series


def _is_wanted(issuer: str, language: str, wanted: MonthFilters) -> bool:
    spoken = not wanted.language or any(covers(tag, language) for tag in wanted.language)
    return spoken and (not wanted.issuer or issuer in wanted.issuer)


def _listed_only(desk: Desk) -> dict[str, Counter[str]]:
    """The days of the statements that each issuer lists and the desk does not hold."""
    listed: dict[str, Counter[str]] = defaultdict(Counter)
    if has_versions(desk.record):
        query = "SELECT issuer, day FROM queue WHERE document IS NULL AND length(day) >= 10"
        for issuer, day in desk.record.execute(query):
            listed[issuer][day[:10]] += 1
    return listed
