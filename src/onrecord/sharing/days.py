"""Format days and times for readers."""

from __future__ import annotations

_MONTHS = "January February March April May June July August September October November December".split()


def moment(time: str) -> str:
    """Format a time of the record, which is in UTC, to the minute.

    >>> moment("2026-02-09T22:42:08+00:00")
    '2026-02-09 22:42 UTC'
    """
    return f"{time[:16].replace('T', ' ')} UTC"


def day(iso: str | None) -> str:
    """Format a day, a month or a year; other text is unchanged.

    >>> day("2021-03-22"), day("2021-03"), day(None)
    ('22 March 2021', 'March 2021', 'undated')
    """
    if not iso:
        return "undated"
    parts = iso[:10].split("-")
    if len(parts) == 1 or not all(part.isdigit() for part in parts):
        return iso
    month = _MONTHS[int(parts[1]) - 1] if 0 < int(parts[1]) <= 12 else parts[1]
    return f"{int(parts[2])} {month} {parts[0]}" if len(parts) > 2 else f"{month} {parts[0]}"
