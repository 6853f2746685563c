"""Former states and the days of their existence, which decide whether a capital or a prefix is theirs or another state's."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from onrecord.lexicon.tables import CODE, DAY, SOME, rows

_FORMER = {"id": CODE, "since": DAY, "until": DAY, "reason": SOME}


class FormerState(NamedTuple):
    """A former state; ``since`` and ``until`` are the first and the last day of its existence, ISO 8601."""

    id: str
    since: str
    until: str


@cache
def former_states() -> dict[str, FormerState]:
    """The former states of ``states.csv`` by code (ISO 3166-3)."""
    return {
        row["id"]: FormerState(row["id"], row["since"], row["until"]) for _, row in rows("former_states.csv", _FORMER)
    }


def existed(code: str, day: str | None) -> bool:
    """Whether a state existed on a day (ISO 8601, may be truncated to a month or year); without a day, whether it exists today.

    >>> existed("SUN", "1985-03-11"), existed("SUN", "2020"), existed("FRA", None)
    (True, False, True)
    """
    former = former_states().get(code)
    if former is None:
        return True
    return day is not None and former.since <= day + "~" and day <= former.until + "~"
