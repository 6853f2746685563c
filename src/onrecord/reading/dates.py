"""Days as titles and pages print them, in English and Chinese."""

from __future__ import annotations

import re
from datetime import date

import msgspec

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_FORMS = [
    # May 16, 2018 · June11, 2018 · September 28 · May 16th 2018
    re.compile(r"(?i)\b" + _MONTH.replace(r"\b", "") + r"\s*(?P<day>\d{1,2})(?:st|nd|rd|th)?\b(?:\s*,?\s*(?P<year>\d{4})\b)?"),
    # 16 May 2018 · 16 May
    re.compile(r"(?i)\b(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+" + _MONTH + r"(?:\s*,?\s*(?P<year>\d{4})\b)?"),
    # 2019年3月26日 · 3月26日
    re.compile(r"(?:(?P<year>\d{4})\s*年\s*)?(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日"),
    # 2019-03-26 · 2019/3/26
    re.compile(r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)"),
    # 3/26/19 · 3/26/2019, month first
    re.compile(r"(?<!\d)(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}|\d{2})(?!\d)"),
]  # fmt: skip


class Day(msgspec.Struct, frozen=True):
    """A day as printed: ``year`` is None where it is left out. ``start`` and ``end`` are its place in the words."""

    year: int | None
    month: int
    day: int
    start: int
    end: int

    def on(self, year: int) -> date | None:
        """The day in that year, or None for 29 February in a year that has none."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None

    @property
    def iso(self) -> str | None:
        """ISO 8601, or None without a year."""
        found = self.on(self.year) if self.year else None
        return found.isoformat() if found else None


def find_days(words: str) -> list[Day]:
    """All days in the words, in order; those that no calendar has are left out."""
    found: list[Day] = []
    for form in _FORMS:
        for match in form.finditer(words):
            told = match.groupdict()
            month = int(told["month"]) if told.get("month") else _MONTHS[_name(match)]
            year = int(told["year"]) if told.get("year") else None
            if year is not None and year < 100:
                year += 2000
            day = Day(year, month, int(told["day"]), *match.span())
            if day.on(year or 2000) and not any(d.start < day.end and day.start < d.end for d in found):
                found.append(day)
    return sorted(found, key=lambda day: day.start)


def _name(match: re.Match[str]) -> str:
    return next(group.lower().rstrip(".") for group in match.groups() if group and group.lower().rstrip(".") in _MONTHS)


def nearest_year(day: Day, evidence: list[date]) -> date | None:
    """The day in the year that brings it nearest to a day it is known to lie close to, or None without evidence."""
    candidates = [
        (abs((on - other).days), on)
        for other in evidence
        for year in (other.year - 1, other.year, other.year + 1)
        if (on := day.on(year)) is not None
    ]
    return min(candidates)[1] if candidates else None
