"""What a page is: an address, what may be asked of it, a function that answers, and how the answer is set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, get_type_hints

import msgspec

from onrecord.desk.store import Desk


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of a feed. ``path`` is the page it leads to, ``updated`` an ISO 8601 time or day."""

    id: str
    title: str
    path: str
    updated: str
    author: str
    words: str


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the desk.

    ``path`` has its variables in braces, and ``answer`` takes a desk, what was asked (a struct of the type ``asked``),
    and the variables by name. Its return annotation is the published shape of the JSON, but for a page with
    ``json_object``, which makes another object of the answer. ``entries`` are those of the page's Atom feed, ``rows``
    those of its CSV, for pages that have them; ``all_rows`` makes every row of a long list, of which the page shows a
    part.

    ``slow`` says that an answer may take over a fifth of a second: it is worked out in a worker process. With
    ``slow_with`` only a query that has one of these names is. A ``heavy`` page always takes long, and only a few of
    them are worked out at once. ``narrow`` is what a reader can do where the answer takes too long.
    """

    path: str
    template: str
    summary: str
    asked: type[msgspec.Struct]
    answer: Callable[..., Any]
    json_object: Callable[[Any], Any] | None = None
    entries: Callable[[Any], Iterable[Entry]] | None = None
    rows: Callable[[Any], Iterable[Mapping[str, object]]] | None = None
    all_rows: Callable[[Desk, Any], Iterable[Mapping[str, object]]] | None = None
    slow: bool = False
    slow_with: tuple[str, ...] = ()
    heavy: bool = False
    narrow: str = ""

    @property
    def shape(self) -> Any:
        """The type of what the page tells as JSON."""
        return get_type_hints(self.json_object or self.answer)["return"]

    def ask(self, desk: Desk, asked: msgspec.Struct, variables: Mapping[str, str]) -> Any:
        """The answer."""
        return self.answer(desk, asked, **variables)


class Nothing(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of a page that takes no query."""


class Paging(msgspec.Struct, frozen=True, kw_only=True):
    """Where in a long list a page stands: ``first`` and ``last`` count from 1, ``pages`` is how many can be asked for."""

    page: int
    pages: int
    count: int
    first: int
    last: int


def paging(page: int, count: int, size: int, last_page: int) -> Paging:
    """The place of page number ``page`` in a list of ``count``, ``size`` to a page.

    >>> paging(2, 45, 20, 500)
    Paging(page=2, pages=3, count=45, first=21, last=40)
    """
    pages = max(1, min(last_page, -(-count // size)))
    first = min(count, (page - 1) * size + 1)
    return Paging(page=page, pages=pages, count=count, first=first, last=min(count, page * size))
