"""Walk an issuer's list page by page: how far, and how it is known that it ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Literal
from urllib.parse import urlencode, urljoin

import msgspec

from onrecord.collecting.listings import Entry, Listed
from onrecord.errors import SourceError
from onrecord.houses.sources import Source

#: WordPress compares ``modified_after`` with the site's own time of day, whatever the zone; a day covers every zone.
_OVERLAP = timedelta(days=1)
#: No list is walked further than this.
_PAGES = 2_000

#: How a walk ended: at the day asked for, at the end of the list, where all was known, at the most pages that the site
#: serves or the caller allows, or at a page that could not be had.
Ended = Literal["day", "end", "known", "site", "limit", "trouble"]


class EndOfList(Exception):
    """A page of a list that says it is not there."""


class Walked(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a walk: how it ended, the oldest day that it saw, the pages and entries of it, and what went wrong."""

    ended: Ended
    pages: int
    entries: int
    oldest: date | None = None
    trouble: str | None = None

    @property
    def complete(self) -> bool:
        """Whether everything that the issuer lists from the day on was seen."""
        return self.ended in ("day", "end")


def page_addresses(source: Source, since: date | None, after: datetime | None) -> Iterator[str]:
    """The addresses of the pages of a list, in order; ``since`` and ``after`` narrow those that can be narrowed.

    ``after`` asks WordPress for what was published or changed from that moment on, ``since`` for what was published from
    that day on.
    """
    if source.form == "wordpress":
        query = {"per_page": str(source.size or 100)}
        if after is not None:
            query |= {"orderby": "modified", "modified_after": f"{after - _OVERLAP:%Y-%m-%dT%H:%M:%S}"}
        elif since is not None:
            query |= {"after": f"{since - _OVERLAP}T23:59:59"}
        for number in range(1, _PAGES):
            yield f"{source.url}?{urlencode(query | ({'page': str(number)} if number > 1 else {}))}"
        return
    yield source.url
    if source.pages:
        for number in range(source.second, source.second + _PAGES):
            yield urljoin(source.url, source.pages.replace("{n}", str(number)))


def walk(
    source: Source,
    ask: Callable[[str], Listed | None],
    take: Callable[[list[Entry]], int],
    *,
    since: date | None = None,
    after: datetime | None = None,
    max_pages: int | None = None,
) -> Walked:
    """Walk a list from its newest page on.

    ``ask`` gets a page, None if it has not changed since it was last read, and raises EndOfList or a SourceError. ``take``
    gets the entries of a page and says how many of them are new or changed. With ``after``, the moment of an earlier walk that
    was complete, the walk ends at a page without any; else it goes on to the day ``since`` or to the end.

    An empty page, or one that is not there, is asked for once more before it counts as the end.
    """
    seen = _Seen(source, since, after)
    more: list[str] = []  # the sitemaps that a sitemap names, as they are met
    for url in chain(page_addresses(source, since, after), more):
        if source.most and seen.pages >= source.most:
            return seen.ended("site")
        if max_pages is not None and seen.pages >= max_pages:
            return seen.ended("limit")
        try:
            listed = _asked_twice(ask, url)
        except EndOfList:
            return seen.ended("end") if seen.pages else seen.ended("trouble", f"{url}: there is no list")
        except SourceError as error:
            return seen.ended("trouble", str(error))
        more += [] if listed is None else [one for one in listed.lists if one not in more]
        ended = seen.page(listed, 0 if listed is None else take(listed.entries))
        if ended is not None:
            return seen.ended(ended, f"{url}: the list is empty" if ended == "trouble" else None)
    return seen.ended("end")


class _Seen:
    """What a walk has seen so far."""

    def __init__(self, source: Source, since: date | None, after: datetime | None) -> None:
        self.pages = self.entries = 0
        self._oldest: date | None = None
        self._source, self._since, self._after = source, since, after

    def ended(self, how: Ended, trouble: str | None = None) -> Walked:
        return Walked(ended=how, pages=self.pages, entries=self.entries, oldest=self._oldest, trouble=trouble)

    def page(self, listed: Listed | None, new: int) -> Ended | None:
        """How the walk ends at a page with so many ``new`` entries, or None if it goes on."""
        self.pages += 1
        if listed is None:
            return "known" if self._after is not None else None
        posts = self._source.form == "wordpress"  # it gives what was asked for, which may be nothing
        self.entries += len(listed.entries)
        days = [entry.on for entry in listed.entries if entry.on is not None]
        self._oldest = min([*days, *([self._oldest] if self._oldest else [])], default=None)
        if listed.lists or self._source.form == "sitemap":  # in no order: each is read
            return None
        if not listed.entries:
            return "trouble" if self.pages == 1 and not posts else "end"
        if listed.pages is not None and self.pages >= listed.pages:
            return "end"
        if self._after is not None and not new and not posts:
            return "known"
        return "day" if self._since is not None and days and max(days) < self._since else None


def _asked_twice(ask: Callable[[str], Listed | None], url: str) -> Listed | None:
    try:
        listed = ask(url)
        if listed is None or listed.entries or listed.lists:
            return listed
    except EndOfList:
        pass
    return ask(url)
