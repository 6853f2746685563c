"""Days of the solar Hijri calendar, which Iran and Afghanistan print: 22 Ordibehesht 1404 is 12 May 2025."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split()
#: Years of statements: those from 1420 are not distinguished from years of the lunar calendar, which are not read.
YEARS = range(1300, 1420)
NAMED_DAY = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})\s+(?P<month>{'|'.join(_MONTHS)})(?:\s+(?:ماه\s+)?(?P<year>\d{{4}}))(?!\d)"
)
#: Days of the months before each month: the first six have 31 days, the others 30.
_BEFORE = [31 * min(i, 6) + 30 * max(0, i - 6) for i in range(12)]
#: 1 Farvardin 1300 was 21 March 1921; in a cycle of 33 years these are leap years.
_FIRST, _CYCLE, _LEAP = date(1921, 3, 21), 33, frozenset((1, 5, 9, 13, 17, 22, 26, 30))


def month_number(name: str) -> int:
    """The number of a month by its name."""
    return _MONTHS.index(name) + 1


def gregorian(year: int, month: int, day: int) -> date | None:
    """The day in the Gregorian calendar, None for a day that does not exist; ``year`` is one of :data:`YEARS`.

    >>> gregorian(1404, 2, 22), gregorian(1403, 12, 30), gregorian(1404, 12, 30)
    (datetime.date(2025, 5, 12), datetime.date(2025, 3, 20), None)
    """
    length = 31 if month <= 6 else 30 if month < 12 or year % _CYCLE in _LEAP else 29
    if year not in YEARS or not 1 <= month <= 12 or not 1 <= day <= length:
        return None
    leaps = sum(one % _CYCLE in _LEAP for one in range(YEARS.start, year))
    return _FIRST + timedelta((year - YEARS.start) * 365 + leaps + _BEFORE[month - 1] + day - 1)
