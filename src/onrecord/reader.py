"""From bytes to a document: the one way through, from a capture to a house to the words."""

from __future__ import annotations

import warnings

from onrecord import houses
from onrecord.captures.opened import Opened
from onrecord.captures.opening import open_source
from onrecord.errors import NoTurns, UnknownHouse
from onrecord.lexicon.outlets import outlet_ids
from onrecord.reading.composing import compose
from onrecord.reading.page import Page, format_of
from onrecord.record import Document

#: Bytes of text that are read in this process: more than any real page has, and nothing that takes long or much.
_HARMLESS = 2_000_000


class UnusualCount(UserWarning):
    """A page with more turns than its house has ever been seen to hold: look at it before you trust it."""


class BreaksOff(UserWarning):
    """A page that never ends: what it says may be a part only. Fetch it again."""


def read(source: object, *, house: str | None = None, encoding: str | None = None) -> Document:
    """Read one statement.

    ``source`` is a path, an ``http(s)`` URL, ``"-"`` for standard input, or the bytes themselves. ``house`` names the
    house style instead of recognising it; ``encoding`` the encoding instead of finding it. PDF and Word files, and what is
    larger than any page, are read in a process of their own with limits of memory and time (:mod:`onrecord.limits`).

    >>> import onrecord
    >>> document = onrecord.read(b"Ministry of Examples, Press Conference\\n\\nTimes: Why?\\n\\nA. Minister: Because.")
    >>> [(turn.kind, turn.text) for turn in document]
    [('question', 'Why?'), ('answer', 'Because.')]

    Raises the errors of :mod:`onrecord.errors`.
    """
    return read_within_limits(open_source(source), house=house, encoding=encoding)


def read_within_limits(opened: Opened, *, house: str | None = None, encoding: str | None = None) -> Document:
    """Read a capture that is already open: in this process where that is harmless, else in one that has limits."""
    if opened.capture.size <= _HARMLESS and format_of(opened.data, opened.name) is None:
        return read_opened(opened, house=house, encoding=encoding)
    from onrecord.bounded import read_bounded

    return read_bounded(opened, house=house, encoding=encoding)


def read_opened(opened: Opened, *, house: str | None = None, encoding: str | None = None) -> Document:
    """Read a capture that is already open in this process, without limits."""
    capture = opened.capture
    page = Page(capture, opened.data, encoding=encoding, declared=opened.declared_encoding, name=opened.name)
    name = house or houses.recognise(page)
    chosen = houses.find(name)
    try:
        reading = chosen.read(page)
    except UnknownHouse as error:
        error.where = error.where or capture.source
        raise
    if page.breaks_off:
        warnings.warn(f"{capture.source}: the page breaks off, the last words may be missing", BreaksOff, stacklevel=3)
    document = compose(page, reading, house=name, outlet_id=outlet_ids())
    _expect(chosen, document, capture.source)
    return document


def _expect(house: houses.House, document: Document, where: str) -> None:
    """Zero turns are never taken silently; too many are worth a word."""
    expected = house.card.expect.get(document.kind, {"least": 1})
    spoken = sum(turn.kind != "note" for turn in document.turns)
    if spoken < expected.get("least", 1):
        raise NoTurns(
            f"a {document.kind} of {house.card.id} has at least {expected['least']} turns, this page has {spoken}",
            where=where,
        )
    if spoken > expected.get("usual", spoken):
        warnings.warn(
            f"{where}: {spoken} turns, more than the {expected['usual']} usual for a {document.kind}",
            UnusualCount,
            stacklevel=3,
        )
