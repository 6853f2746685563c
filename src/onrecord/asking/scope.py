"""What a search covers: whose statements, in which language, by whom, on which days. The base of all filters."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import cache
from typing import Any, get_origin, get_type_hints

import msgspec

from onrecord.errors import QueryError

_DAY = re.compile(r"(\d{4})(?:[-/.](\d\d?)(?:[-/.](\d\d?))?)?")
_RELATIVE = re.compile(r"(this|last) (day|week|month|year)|(today|yesterday)", re.I)


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """The base of all filters. A single string counts as one value where a field takes several.

    Raises TypeError for a value that is neither text nor a sequence of texts.
    """

    def __post_init__(self) -> None:
        for name in _several(type(self)):
            value = getattr(self, name)
            if type(value) is not tuple or not all(isinstance(one, str) for one in value):
                msgspec.structs.force_setattr(self, name, _as_tuple(name, value))


class SearchScope(Filters, frozen=True, kw_only=True):
    """Where something is said. Several values of one field are alternatives; the fields narrow each other.

    ``outlet`` is the outlet that asks, or whose question is answered: an id or a name. ``since`` and ``until`` are a
    year, a month or a day (``2021``, ``2021-03``, ``2021-03-22``, ``March 2021``, ``last month``), both included; with
    either of them, undated documents are left out.
    """

    issuer: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None


@cache
def _several(type: type[Filters]) -> tuple[str, ...]:
    """The fields that take several values."""
    return tuple(name for name, hint in get_type_hints(type).items() if get_origin(hint) is tuple)


def _as_tuple(name: str, value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list | tuple | set | frozenset) and all(isinstance(one, str) for one in value):
        return tuple(value)
    raise TypeError(f"{name} takes a text or several, not {value!r}")


def first_day(words: str | None) -> str | None:
    """The first day of a year, month or day: ``2021`` is ``2021-01-01``. None stays None. Raises QueryError."""
    return None if words is None else _days(words)[0]


def last_day(words: str | None) -> str | None:
    """The last day of a year, month or day: ``2021-02`` is ``2021-02-28``. None stays None. Raises QueryError."""
    return None if words is None else _days(words)[1]


def _days(words: str) -> tuple[str, str]:
    relative = _RELATIVE.fullmatch(words.strip())
    return _relative_days(relative, date.today()) if relative else _fixed_days(words)


def _relative_days(match: re.Match[str], today: date) -> tuple[str, str]:
    """The first and the last day of "last month", "this week" (from Monday), "yesterday"."""
    which, unit = (match[1] or "this").lower(), (match[2] or "day").lower()
    back = which == "last" or (match[3] or "").lower() == "yesterday"
    if unit in ("day", "week"):
        length = 7 if unit == "week" else 1
        first = today - timedelta(today.weekday() if unit == "week" else 0) - timedelta(length * back)
        return first.isoformat(), (first + timedelta(length - 1)).isoformat()
    if unit == "month":
        first = (today.replace(day=1) - timedelta(back)).replace(day=1)
        return _fixed_days(first.isoformat()[:7])
    return _fixed_days(f"{today.year - back:04}")


@cache
def _fixed_days(words: str) -> tuple[str, str]:
    match = _DAY.fullmatch(words.strip())
    if match is None:
        named = _named(words)
        if named is not None:
            return named
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in match.groups())
        first = date(year or 0, month or 1, day or 1)
        length = calendar.monthrange(first.year, month or 12)[1]
        return first.isoformat(), date(first.year, month or 12, day or length).isoformat()
    except ValueError:  # not written so, or no such month or day
        raise QueryError(
            f"a day is YYYY-MM-DD, YYYY-MM or YYYY, not {words!r}",
            hint="For example 2021, 2021-03, 2021-03-22, March 2021 or last month",
        ) from None


def _named(words: str) -> tuple[str, str] | None:
    """The first and last day of a day or a month whose month is named: "22 March 2021", "March 2021", "2021年3月"."""
    from onrecord.reading.dates import find_days

    whole = [one for one in find_days(words, "unknown") if (one.start, one.end) == (0, len(words.strip())) and one.iso]
    if whole:
        return whole[0].iso or "", whole[0].iso or ""
    for with_day in (f"1 {words.strip()}", f"{words.strip()}1日"):  # a month alone
        month = [
            one for one in find_days(with_day, "unknown") if (one.start, one.end) == (0, len(with_day)) and one.iso
        ]
        if month:
            return _fixed_days((month[0].iso or "")[:7])
    return None
