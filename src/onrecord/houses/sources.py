"""Where an issuer lists what it publishes, and how its site says that it gives nothing: the tables of a card."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

import msgspec

#: The forms of a list that :mod:`onrecord.collecting.listings` reads.
Form = Literal["feed", "wordpress", "listing", "sitemap"]


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place where an issuer lists its statements: an entry ``[[sources]]`` of ``card.toml``.

    ``form`` says what it is: a ``feed`` (RSS, Atom), the posts of ``wordpress`` as JSON, a ``listing`` (a web page with
    links) or a ``sitemap``. ``every`` is how often it is worth asking (``1h``, ``1d``). From day ``opened`` to day
    ``closed`` the issuer listed there. Of the links of a listing those are taken whose whole address matches ``items``.

    Further pages are at ``pages``, an address relative to ``url`` with ``{n}`` for the number; the second page has the
    number ``second``, and a full page ``size`` items. The site serves no more than ``most`` pages, where that is known: what is
    older is not listed any more. A page behind the last answers ``end``: ``error`` (status 400, 404 or 410), a ``missing``
    page with status 200, or an ``empty`` list.

    ``expects`` is the kind of document that is published on the ``days`` (``mon-fri`` or ``daily``) in ``language``, but for
    the ``recesses`` (``2020-01-24/2020-01-31``, first and last day): a day without one is told as missing.
    """

    id: str
    url: str
    form: Form
    every: str = "1h"
    opened: str = ""
    closed: str = ""
    items: str = ""
    pages: str = ""
    second: int = 2
    size: int = 0
    most: int = 0
    end: Literal["error", "missing", "empty"] = "error"
    language: str = ""
    expects: str = ""
    days: Literal["", "mon-fri", "daily"] = ""
    recesses: list[str] = msgspec.field(default_factory=list)

    def __post_init__(self) -> None:
        re.compile(self.items)
        period(self.every)
        for recess in self.recesses:
            first, _, last = recess.partition("/")
            if date.fromisoformat(first) > date.fromisoformat(last):
                raise ValueError(f"the recess {recess!r} ends before it begins")
        if self.days and not self.expects:
            raise ValueError(f"the source {self.id!r} has days but does not say which kind of document it expects")

    def is_open(self, first: date, last: date) -> bool:
        """Whether the issuer listed there on any day from ``first`` to ``last``."""
        return (not self.opened or self.opened <= last.isoformat()) and (
            not self.closed or self.closed >= first.isoformat()
        )

    def expects_on(self, day: date) -> bool:
        """Whether a document is expected on a day."""
        if not self.days or (self.days == "mon-fri" and day.weekday() >= 5) or not self.is_open(day, day):
            return False
        return not any(one.partition("/")[0] <= day.isoformat() <= one.partition("/")[2] for one in self.recesses)


class Signs(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a site's pages say when they are no statement, though they come with status 200: words of their markup.

    ``wall`` is that of a wall against programs, ``missing`` of a page that is not there. Those that many sites share are in
    ``collecting/signs.toml``.
    """

    wall: list[str] = msgspec.field(default_factory=list)
    missing: list[str] = msgspec.field(default_factory=list)


_UNITS = {"m": 60, "h": 3600, "d": 86400}


def period(words: str) -> int:
    """The seconds of a period: ``30m``, ``1h``, ``1d``. Raises ValueError."""
    match = re.fullmatch(r"(\d{1,4})\s?([mhd])", words)
    if match is None or not int(match[1]):
        raise ValueError(f"{words!r} is no period: a number and m, h or d, as in 30m, 1h, 1d")
    return int(match[1]) * _UNITS[match[2]]
