"""Ranges of days by the calendar: the week, weekend or month an expression means, relative to the day of the statement.

Every function returns the range and whether it is exact: False for a period that contains the days without naming them.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

Range = tuple[date, date]
#: The days, and whether they are exact; None if they cannot be resolved.
Resolved = tuple[Range, bool] | None


class DayRange(NamedTuple):
    """Days named at ``[start, end)`` of a text: from ``first`` to ``last``, both included, ISO 8601.

    ``exact`` is False for a period that contains the days without naming them: "last week", "in May".
    """

    first: str
    last: str
    start: int
    end: int
    exact: bool


def resolved_days(
    words: str,
    pattern: re.Pattern[str],
    resolve: Callable[[re.Match[str]], Resolved],
    *,
    yields_to_date: re.Pattern[str] | None = None,
) -> list[DayRange]:
    """Resolve every match of a language's pattern in the words; dates that do not exist are left out.

    A match of ``yields_to_date`` is dropped if a date follows directly: "Wednesday, January 17" is the 17th.
    """
    found: list[DayRange] = []
    for match in pattern.finditer(words):
        try:
            resolved = resolve(match)
        except (ValueError, OverflowError):  # 30 February, the year 0
            continue
        if resolved is None:
            continue
        (first, last), exact = resolved
        if (
            found
            and yields_to_date is not None
            and found[-1].end + 2 >= match.start()
            and yields_to_date.fullmatch(words, found[-1].start, found[-1].end)
        ):
            del found[-1]
        found.append(DayRange(first.isoformat(), last.isoformat(), match.start(), match.end(), exact))
    return found


def whole_year(year: int) -> Resolved:
    """All days of a year."""
    return (date(year, 1, 1), date(year, 12, 31)), False


def single(day: date) -> Resolved:
    """One day."""
    return (day, day), True


def nearest(month: int, day: int, today: date) -> date:
    """The given day and month in the year that brings it nearest to the statement."""
    tried: list[date] = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            tried.append(date(year, month, day))
        except ValueError:  # 29 February
            continue
    return min(tried, key=lambda one: abs((one - today).days))


def one_day(year: int | None, month: int | None, day: int, today: date | None) -> Resolved:
    """A day of a month, in the given year or the nearest."""
    if month is None or (year is None and today is None):
        return None
    if year is not None:
        return single(date(year, month, day))
    return single(nearest(month, day, today)) if today else None


def stretch(
    year: int | None, month: int | None, first: int, other: int | None, last: int, today: date | None
) -> Resolved:
    """The days from the first to the last; one day if the last does not form a range with it."""
    begins = one_day(year, month, first, today)
    if begins is None:
        return None
    start = begins[0][0]
    if other is None and last < first:  # "May 12, 2018 to 7" is not a range
        return begins
    end = date(start.year, other or start.month, last)
    if end < start:
        end = date(start.year + 1, other or start.month, last)
    return ((start, end), True) if (end - start).days <= 100 else begins


def following(first: date, day: int) -> date:
    """The next day with that number, on or after a day."""
    return first.replace(day=day) if day >= first.day else months_on(first, 1).replace(day=day)


def months_on(day: date, count: int) -> date:
    """The first day of the month ``count`` months later."""
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


def by_number(day: int, today: date, future: bool) -> Resolved:
    """A day given only by its number: in the month that brings it nearest, ahead if ``future``, else past."""
    candidates = []
    for count in (-1, 0, 1):
        month = months_on(today, count)
        if day <= monthrange(month.year, month.month)[1]:
            candidates.append(month.replace(day=day))
    fitting = [one for one in candidates if (one >= today if future else one <= today)]
    chosen = min(fitting or candidates, key=lambda one: abs((one - today).days), default=None)
    return single(chosen) if chosen else None


def ago(count: int, unit: str, today: date) -> Resolved:
    """``count`` days, weeks, months or years before."""
    if unit == "d":
        return single(today - timedelta(count))
    if unit == "w":
        return (week_of(today - timedelta(7 * count))), False
    month = months_on(today, -count if unit == "m" else -12 * count)
    return (month, month.replace(day=monthrange(month.year, month.month)[1])), False


def from_today(shift: int, today: date) -> Resolved:
    """``shift`` days after."""
    return single(today + timedelta(shift))


def week_of(day: date) -> Range:
    """The week that contains a day."""
    monday = day - timedelta(day.weekday())
    return monday, monday + timedelta(6)


def weekend(shift: int | None, today: date, future: bool) -> Resolved:
    """A weekend: ``shift`` is -1 for the last, 0 for this, 1 for the next; None if only the tense decides."""
    saturday = week_of(today)[0] + timedelta(5)
    if shift == -1 or (shift is None and not future and today.weekday() < 5):
        saturday -= timedelta(7)
    elif shift == 1:
        saturday += timedelta(7)
    return (saturday, saturday + timedelta(1)), True


def weekday(weekday: int, shift: str | None, week: bool, today: date, future: bool) -> Resolved:
    """A weekday: "last Friday" is the latest past one, "next Friday" that of the coming week; 上周五 is of the week before."""
    monday = week_of(today)[0]
    if shift == "next":
        return single(monday + timedelta(7 + weekday))
    if shift == "last" and week:
        return single(monday + timedelta(weekday - 7))
    if shift == "this":
        return single(monday + timedelta(weekday))
    if shift == "coming" or (shift is None and future):
        return single(today + timedelta((weekday - today.weekday()) % 7))
    back = (today.weekday() - weekday) % 7
    if shift in ("last", "this past") and back == 0:
        back = 7
    return single(today - timedelta(back))


def period(shift: str, unit: str, today: date) -> Range:
    """A week, month or year: last, this, next, earlier this, later this."""
    step = {"last": -1, "this past": -1, "next": 1, "coming": 1}.get(shift, 0)
    if unit == "w":
        first, last = week_of(today + timedelta(7 * step))
    elif unit == "m":
        first = months_on(today, step)
        last = first.replace(day=monthrange(first.year, first.month)[1])
    else:
        first, last = date(today.year + step, 1, 1), date(today.year + step, 12, 31)
    if shift == "earlier this":
        last = today
    elif shift == "later this":
        first = today
    return first, last


_PARTS: dict[str, tuple[int, int]] = {
    "early": (1, 10), "mid": (11, 20), "late": (21, 31), "初": (1, 10), "上旬": (1, 10), "中旬": (11, 20), "中": (11, 20),
    "下旬": (21, 31), "底": (21, 31), "末": (21, 31), "beginning of": (1, 10), "end of": (21, 31),
}  # fmt: skip


def whole_month(
    year: int | None, month: int, shift: str | None, part: str | None, today: date | None, future: bool
) -> Range:
    """A month or a third of it, in the given year or the nearest."""
    if year is None:
        if today is None:
            raise ValueError("no year")
        year = today.year
        if shift == "last" and month >= today.month:
            year -= 1
        elif shift == "next" and month <= today.month:
            year += 1
        elif shift is None:
            year = nearest(month, 15, today).year
            if future and date(year, month, monthrange(year, month)[1]) < today:
                year += 1
    length = monthrange(year, month)[1]
    first, last = _PARTS.get(part.removeprefix("the "), (1, 31)) if part else (1, 31)
    return date(year, month, first), date(year, month, min(last, length))
