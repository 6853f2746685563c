"""The day of a pasted text or an unknown page: told by its headline, its fields, the lines above the words, or beside them."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from onrecord.houses.phrases import EDGES, Phrases
from onrecord.partial_dates import whole_day
from onrecord.reading.dates import date_in_field, find_days, last_weekday, nearest_year, order_of, weekday_in
from onrecord.reading.lines import Line
from onrecord.reading.main_content import Content
from onrecord.reading.page import Page
from onrecord.reading.page_labels import find_page_labels
from onrecord.reading.site_page import stamp_of
from onrecord.record import DateSource

#: Lines above or at the beginning of the words that may tell the day, and their length.
_DAY_LINES, _DAY_LENGTH = 6, 120
#: Lines of the head, and the length of one that tells a weekday.
_HEAD_LINES, _SHORT_LINE = 4, 60
#: At its edge a browser prints when the page was printed.
_PRINTED = re.compile(r"^\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}:\d\d\b")
_SENTENCE_END = re.compile(r"[.?!…。？！؟।۔።:：][\"”’)\]]*$")
_phrases = Phrases(__file__, re.I)


def day_of(
    page: Page, title: str, body: list[Line], first: int, labelled: Collection[int]
) -> tuple[str | None, DateSource | None]:
    """The day that the headline, a field or the lines above the words tell, and which. ``first`` is the first labelled line.

    ``labelled`` are the lines with a label, by identity: what somebody says of a day is not the day of the statement.
    """
    order = order_of("\n".join(line.text for line in page.lines))
    for day in find_days(title, order):
        if day.iso:
            return day.iso, "title"
    fields = (page.parts.get("date", ""), *(page.meta.get(key, "") for key in ("date", "day", "published")))
    told = [found for words in fields if (found := date_in_field(words, order))]
    for one in told:  # "created" is the day of a file, not of an event
        if whole_day(one):
            return one, "front-matter"
    published = _phrases.pattern("days.published")
    above = [
        line
        for line in body[: max(_DAY_LINES, min(first, 2 * _DAY_LINES))]
        if id(line) not in labelled
        if len(line.text) < _DAY_LENGTH and not _PRINTED.search(line.text)
    ]
    above.sort(key=lambda one: (one.tag in EDGES, published.match(one.text) is not None))  # the event's day comes first
    for line in above:
        for day in find_days(line.text, order):
            if day.iso and published.match(line.text) is not None:
                inferred = _before_published(above, day.iso)
                return (inferred, "inferred") if inferred else (day.iso, "text")
            if day.iso:
                return day.iso, "text"
    told += [found for found in [date_in_field(page.parts.get("year", "") or page.meta.get("year", ""))] if found]
    return (max(told, key=len), "front-matter") if told else (None, None)  # of a month or a year no more is known


def _before_published(above: list[Line], published: str) -> str | None:
    """The day that lines of the head tell by a weekday, or by a day and a month, before the day on which they were published."""
    on = date.fromisoformat(published)
    for line in above[:_HEAD_LINES]:
        if _SENTENCE_END.search(line.text) or len(line.text) > _SHORT_LINE or find_page_labels([line])[0] is not None:
            continue
        days = [found for day in find_days(line.text, "day-first") if (found := nearest_year(day, [on])) is not None]
        if days:
            return days[0].isoformat()
        weekday = weekday_in(line.text)
        if weekday is not None and not any(day.iso for day in find_days(line.text)):
            return last_weekday(weekday, on).isoformat()
    return None


def day_beside(page: Page, content: Content) -> tuple[str | None, DateSource | None]:
    """The day that a web page prints above its article, outside of it, or else the stamp in its markup."""
    begun = content.article[0].source[0] if content.article else 0
    for line in reversed(
        [line for _, line in content.outside if line.source[0] < begun and len(line.text) <= _DAY_LENGTH]
    ):
        for day in find_days(line.text, "day-first"):
            if day.iso:
                return day.iso, "text"
    stamp = stamp_of(page)
    return (stamp, "page-stamp") if stamp else (None, None)
