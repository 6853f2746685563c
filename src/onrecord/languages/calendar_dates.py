"""Dates as printed, found by a language's table of months and forms: "16 de mayo de 2018", "2019年3月26日"."""

from __future__ import annotations

import re
from functools import cached_property
from typing import NamedTuple

from onrecord.languages.folding import case_key
from onrecord.languages.word_tables import Calendar

_PARTS = {"{day}": r"(?P<day>\d{1,2})", "{number}": r"(?P<number>\d{1,2})", "{year}": r"(?P<year>\d{4})"}


class CalendarDate(NamedTuple):
    """A date printed at ``[start, end)``; ``year`` is None if it is not printed."""

    year: int | None
    month: int
    day: int
    start: int
    end: int


class CalendarDates:
    """Finds dates by the forms of a calendar; finds none if the table has no forms."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar

    @cached_property
    def _months(self) -> dict[str, int]:
        """The month of each name, as :func:`~onrecord.languages.folding.case_key` spells it."""
        cells = enumerate(self._calendar.months, start=1)
        return {case_key(name.replace("_", " ")): number for number, cell in cells for name in cell.split()}

    @cached_property
    def _forms(self) -> list[re.Pattern[str]]:
        names = (name.replace("_", " ") for cell in self._calendar.months for name in cell.split())
        months = sorted(names, key=len, reverse=True)
        named = "|".join(" ".join(map(re.escape, name.split())) for name in months)
        parts = {**_PARTS, "{month}": rf"(?P<month>{named})(?![^\W\d_])"}
        found = []
        for form in self._calendar.forms:
            pattern = form
            for name, part in parts.items():
                pattern = pattern.replace(name, part)
            found.append(re.compile(r"(?<!\d)(?:" + pattern.replace(" ", r"\s+") + r")(?!\d)", re.IGNORECASE))
        return found

    def find(self, text: str) -> list[CalendarDate]:
        """Return the dates in a text, in order without overlap; an earlier form of the table takes precedence."""
        found: list[CalendarDate] = []
        for form in self._forms:
            for match in form.finditer(text):
                parts = {name: value for name, value in match.groupdict().items() if value}
                named = " ".join(case_key(parts.get("month", "")).split())
                month = int(parts["number"]) if "number" in parts else self._months[named]
                year = int(parts["year"]) if "year" in parts else None
                date = CalendarDate(year, month, int(parts["day"]), *match.span())
                in_calendar = 1 <= month <= 12 and 1 <= date.day <= 31
                if in_calendar and not any(one.start < date.end and date.start < one.end for one in found):
                    found.append(date)
        return sorted(found, key=lambda one: one.start)
