"""The definition of a page: URL path, query parameters, a function that computes the answer, and output formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, get_type_hints

import msgspec

from onrecord.desk.store import Desk


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of a feed. ``path`` is the page it links to, ``updated`` an ISO 8601 time or day."""

    id: str
    title: str
    path: str
    updated: str
    author: str
    words: str


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the web interface.

    ``path`` is the URL path, with variables in braces. ``answer`` takes a desk, the query parameters (a struct of the type
    ``parameters``) and the path variables by name. Its return annotation is the published schema of the JSON, unless the page
    has ``json_object``, which converts the answer to another object. ``entries`` gives the entries of the Atom feed and
    ``rows`` the rows of the CSV file of the items on the page; ``all_rows`` gives the rows of all pages of a long list.

    ``slow`` says that an answer may take more than a fifth of a second: a worker process computes it. With ``slow_with`` this
    holds only for queries that have one of these parameters. A ``heavy`` page always takes long, and only a few run at once.
    ``narrow`` tells the reader what to do if the answer takes too long.
    """

    path: str
    template: str
    summary: str
    parameters: type[msgspec.Struct]
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
    def json_type(self) -> Any:
        """The type of the page's JSON."""
        return get_type_hints(self.json_object or self.answer)["return"]


class NoParameters(msgspec.Struct, frozen=True, kw_only=True):
    """The parameters of a page that has none."""


class Paging(msgspec.Struct, frozen=True, kw_only=True):
    """The position of a page in a long list: ``first`` and ``last`` are item numbers from 1, ``pages`` is the number of pages."""

    page: int
    pages: int
    count: int
    first: int
    last: int


def paging(page: int, count: int, size: int, last_page: int) -> Paging:
    """The position of page number ``page`` in a list of ``count`` items, ``size`` per page.

    >>> paging(2, 45, 20, 500)
    Paging(page=2, pages=3, count=45, first=21, last=40)
    """
    pages = max(1, min(last_page, -(-count // size)))
    first = min(count, (page - 1) * size + 1)
    return Paging(page=page, pages=pages, count=count, first=first, last=min(count, page * size))
