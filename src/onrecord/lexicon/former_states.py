"""States that are no more: their days, by which a capital or a prefix is theirs or another state's."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from onrecord.lexicon.tables import CODE, DAY, SOME, rows

_FORMER = {"id": CODE, "since": DAY, "until": DAY, "reason": SOME}


class FormerState(NamedTuple):
    """A state that is no more; ``since`` and ``until`` are the first and the last day of it, ISO 8601."""

    id: str
    since: str
    until: str


@cache
def former_states() -> dict[str, FormerState]:
    """The states of ``states.csv`` that are no more, by their code (ISO 3166-3)."""
    return {
        row["id"]: FormerState(row["id"], row["since"], row["until"]) for _, row in rows("former_states.csv", _FORMER)
    }


def existed(code: str, day: str | None) -> bool:
    """Whether a state existed on a day (ISO 8601, or the beginning of one); without a day, whether it exists today.

    >>> existed("SUN", "1985-03-11"), existed("SUN", "2020"), existed("FRA", None)
    (True, False, True)
    """
    former = former_states().get(code)
    if former is None:
        return True
    return day is not None and former.since <= day + "~" and day <= former.until + "~"
