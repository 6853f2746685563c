"""What a page says of itself: kind, the day of the event and how it is known, when it was published."""

from __future__ import annotations

import re
from datetime import date, timedelta

from onrecord.houses.us_whitehouse.phrases import phrases
from onrecord.reading.dates import find_days, nearest_year
from onrecord.reading.lines import Line
from onrecord.record import DateSource, DocumentKind

#: A page is published within days of the event; a day that lies further off is another one's.
_NEAR = 21
_YEAR_ENDS = re.compile(r"\d{4}\)")
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_WHEN = re.compile(
    r"(?i)\b(?:(?P<yesterday>yesterday|last night)|(?P<today>today|this (?:morning|afternoon|evening))"
    r"|(?:on |earlier |late )?(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b(?!,? \w+ \d))"
)
_SECTION_KINDS: dict[str, DocumentKind] = {
    "press-briefings": "press-conference",
    "speeches-remarks": "remarks",
    "remarks": "remarks",
}


def published_day(meta_date: str) -> date | None:
    """The day in the front matter."""
    for day in find_days(meta_date):
        return day.on(day.year) if day.year else None
    return None


def kind_of(title: str, section: str, questions: int) -> DocumentKind:
    """The kind by the headline, or else by the section; a transcript with questions under neither is a press conference."""
    spoken = title.lower().startswith("remarks")
    kind = phrases.kind(title, but=("joint-statement", "readout", "statement") if spoken else ())
    if kind is not None:
        return kind
    if section in _SECTION_KINDS:
        return "press-conference" if questions else _SECTION_KINDS[section]
    return "press-conference" if questions > 3 else "other"


def event_day(
    title: str, published: date | None, opening: list[Line], kind: DocumentKind, body: list[Line]
) -> tuple[str | None, DateSource | None]:
    """The day of the event: from the headline, a line on top of the page, or an account's first sentence.

    Without those it is the day of publication, and how that is known is left open (None).
    """
    for day in find_days(title):
        on = _near(day.on(day.year) if day.year else nearest_year(day, [published] if published else []), published)
        if on is not None:
            return on.isoformat(), "title"
    for line in opening:
        name = phrases.furniture(line.text)
        if name not in ("day", "release-line") and not _ends_in_a_year(line.text):
            continue
        for day in find_days(line.text):
            on = _near(day.on(day.year) if day.year else nearest_year(day, [published] if published else []), published)
            if on is not None:
                return on.isoformat(), "text"
    if kind == "readout" and body and published is not None:
        on = _told(body[0].text, published)
        if on is not None:
            return on.isoformat(), "text"
    return (published.isoformat(), None) if published else (None, None)


def _ends_in_a_year(words: str) -> bool:
    """Whether a bracket of a line ends in a year: "(Washington, May 4, 2021)"."""
    opened = words.find("(")
    return opened >= 0 and _YEAR_ENDS.search(words, opened) is not None


def _near(day: date | None, published: date | None) -> date | None:
    return day if day and (published is None or abs((day - published).days) <= _NEAR) else None


def _told(words: str, published: date) -> date | None:
    """The day of a meeting as the first sentence of an account tells it."""
    first = re.split(r"(?<=[a-z0-9)][.]) ", words)[0]
    days = find_days(first)
    if days:
        found = days[0]
        on = found.on(found.year) if found.year else nearest_year(found, [published])
        return on if on and 0 <= (published - on).days <= 7 else None
    when = _WHEN.search(first)
    if when is None or when["today"]:
        return None
    if when["yesterday"]:
        return published - timedelta(days=1)
    back = (published.weekday() - _WEEKDAYS.index(when["weekday"].lower())) % 7
    return published - timedelta(days=back)
