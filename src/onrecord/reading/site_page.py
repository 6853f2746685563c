"""A whole page of a known issuer's site: its article, its title and when it was published, as sites of today mark them.

The article is found as on a page of an unknown house (:mod:`onrecord.reading.main_content`). The title is the heading of the
article, or ``og:title``; the stamp is ``article:published_time`` (both of the Open Graph protocol), a ``time`` element, or a day
printed beside the heading.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import msgspec

from onrecord.reading.dates import date_in_field, day_of_stamp, find_days, iso_day
from onrecord.reading.lines import Line
from onrecord.reading.main_content import main_content
from onrecord.reading.page import Page
from onrecord.reading.turns import Mark
from onrecord.record import fold

_WHOLE = re.compile(r"<(?:html|body)\b", re.I)
_TIME = re.compile(r"<time\b[^<>]{0,300}?\bdatetime=[\"']?(\d{4}-\d\d-\d\d(?:T[\d:.+Z-]{5,25})?)", re.I)
_STAMPS = (
    "article:published_time",
    "og:article:published_time",
    "dcterms.issued",
    "dc.date",
    "date",
    "publish-date",
    "datepublished",
)
#: A day stands so near to the heading, on a line of its own.
_BESIDE, _DAY_LINE = 3, 40


class SitePage(msgspec.Struct, kw_only=True):
    """What a page of a site says. ``stamp`` is a time or a day in ISO 8601, or empty; ``marks`` are those of its title;
    ``outside`` is what is around, with the name of the furniture: a site that is made anew changes it, and no words."""

    title: str
    stamp: str
    article: list[Line]
    marks: list[Mark]
    outside: list[tuple[str, Line]]

    def day(self, zone: str) -> date | None:
        """The day of publication in a time zone of the IANA database."""
        return iso_day(self.stamp) if len(self.stamp) == 10 else day_of_stamp(self.stamp, zone)


def site_page(page: Page, is_label: Callable[[list[Line]], list[bool]]) -> SitePage | None:
    """The article of a web page; None for what is no page by itself: an item of a feed, a part of one, another format.

    ``is_label`` tells of lines whether they have a label.
    """
    if page.format != "html" or page.wrapping is not None or page.fields or not _WHOLE.search(page.text, 0, 4096):
        return None
    lines = [line for line in page.lines if line.tag != "title"]
    told = page.head_meta.get("og:title", "") or page.given_title
    content = main_content(lines, page.text, told, is_label, keep_links=True)
    titles = [content.title] if content.title is not None else []
    return SitePage(
        title=fold(content.title.text if content.title is not None else told),
        stamp=page.head_meta.get("article:published_time", "") or _printed(page, lines, content.title),
        article=content.article,
        marks=[Mark(line=line, voice="furniture", name="title") for line in titles],
        outside=sorted([*content.outside, *(("head", line) for line in content.head)], key=lambda one: one[1].source),
    )


def stamp_of(page: Page) -> str | None:
    """The day of publication in the markup of a page, ISO 8601: a ``time`` element or one of the usual names of metadata."""
    time = _TIME.search(page.text)
    told = [time[1]] if time is not None else []
    told += [page.meta.get(name, "") for name in _STAMPS]
    return next((found for one in told if (found := date_in_field(one, "day-first"))), None)


def _printed(page: Page, lines: list[Line], heading: Line | None) -> str:
    """The stamp in the markup, or the day on a line of its own beside the heading."""
    if (time := _TIME.search(page.text)) is not None:
        return time[1]
    if heading is None or heading not in lines:
        return ""
    at = lines.index(heading)
    for line in (*lines[at + 1 : at + 1 + _BESIDE], *reversed(lines[max(0, at - _BESIDE) : at])):
        if len(line.text) <= _DAY_LINE:
            for day in find_days(line.text):
                if day.year is not None:
                    return date(day.year, day.month, day.day).isoformat()
    return ""
