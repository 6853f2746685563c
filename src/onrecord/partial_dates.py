"""Dates known to the day, the month or the year: ``1970-05-04``, ``1970-05``, ``1970`` (ISO 8601, and EDTF level 0).

As text they sort by time, a month or a year before its own days. A date that is not known to the day never stands for a day
of its own: it falls within a range only if all of its days do.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Literal

Precision = Literal["year", "month", "day"]

#: A date of any precision, for JSON Schema.
PATTERN = r"^\d{4}(-\d\d(-\d\d)?)?$"
_DATE = re.compile(PATTERN)
_PRECISIONS: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}
#: How much of a date its year, its month and its day take.
WIDTH: dict[Precision, int] = {precision: width for width, precision in _PRECISIONS.items()}


def is_date(words: str) -> bool:
    """Whether the words are a date of the calendar, known to the day, the month or the year.

    >>> is_date("1970"), is_date("1970-02-30"), is_date("1970-5")
    (True, False, False)
    """
    if _DATE.match(words) is None or not words.isascii():
        return False
    try:
        date.fromisoformat(first_day_of(words))
    except ValueError:
        return False
    return True


def precision_of(words: str) -> Precision:
    """What is known of a date: its ``year``, its ``month`` or its ``day``."""
    return _PRECISIONS[len(words)]


def whole_day(words: str | None) -> str | None:
    """The date where it is known to the day, otherwise None.

    >>> whole_day("1970-05-04"), whole_day("1970-05"), whole_day(None)
    ('1970-05-04', None, None)
    """
    return words if words is not None and len(words) == WIDTH["day"] else None


def first_day_of(words: str) -> str:
    """The first day that a date may be: ``1970`` is from ``1970-01-01`` on."""
    return words + "-01-01"[len(words) - 4 :]


def last_day_of(words: str) -> str:
    """The last day that a date may be: ``1972-02`` is up to ``1972-02-29``."""
    if len(words) == WIDTH["day"]:
        return words
    if len(words) == WIDTH["year"]:
        return words + "-12-31"
    year, month = (int(part) for part in words.split("-"))
    return f"{words}-{calendar.monthrange(year, month)[1]}"


def period_of(words: str | None, by: Precision) -> str | None:
    """The day, month or year of a date; None where the date is not known so exactly.

    >>> period_of("1970-05", "year"), period_of("1970-05", "day")
    ('1970', None)
    """
    return words[: WIDTH[by]] if words is not None and len(words) >= WIDTH[by] else None


def first_text(since: str) -> str:
    """The first, as text, of all dates that lie on a day or after it: the year itself where the day begins one.

    >>> first_text("1970-01-01"), first_text("1970-05-01"), first_text("1970-05-04")
    ('1970', '1970-05', '1970-05-04')
    """
    return since[:4] if since.endswith("-01-01") else since[:7] if since.endswith("-01") else since


def running_on(until: str) -> tuple[str, ...]:
    """The year and the month that begin on a day or before it, and end after it: they are not up to that day.

    >>> running_on("1970-05-31"), running_on("1970-05-04"), running_on("1970-12-31")
    (('1970',), ('1970', '1970-05'), ())
    """
    return tuple(words for words in (until[:4], until[:7]) if last_day_of(words) > until)


def lies_within(words: str | None, since: str | None, until: str | None) -> bool:
    """Whether all days that a date may be lie in a range of days, both included; an unknown date lies in none.

    >>> lies_within("1970", "1970-01-01", "1970-12-31"), lies_within("1970", "1970-05-01", None), lies_within(None, None, None)
    (True, False, True)
    """
    if words is None:
        return since is None and until is None
    return (since is None or first_day_of(words) >= since) and (until is None or last_day_of(words) <= until)


def within_in_sql(column: str, since: str | None, until: str | None) -> list[tuple[str, tuple[str, ...]]]:
    """:func:`lies_within` as conditions in SQL on a column, each with its values; they can use an index of the column."""
    found: list[tuple[str, tuple[str, ...]]] = []
    if since is not None:
        found.append((f"{column} >= ?", (first_text(since),)))
    if until is not None:
        found.append((f"{column} <= ?", (until,)))
        running = running_on(until)
        if running:
            found.append((f"{column} NOT IN ({', '.join('?' * len(running))})", running))
    return found
