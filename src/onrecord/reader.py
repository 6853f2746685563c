"""Read bytes into a document: open the capture, choose the house, parse the turns."""

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

#: Text of up to this many bytes is read in this process: larger than any real page, yet quick to read.
_HARMLESS = 2_000_000


class UnusualCount(UserWarning):
    """A page has more turns than any known page of its house: check it before you trust it."""


class BreaksOff(UserWarning):
    """A page is truncated, so words at its end may be missing: fetch it again."""


def read(source: object, *, house: str | None = None, encoding: str | None = None) -> Document:
    """Read one statement.

    ``source`` is a path, an ``http(s)`` URL, ``"-"`` for standard input, or the bytes themselves. ``house`` and
    ``encoding`` replace automatic detection. PDF and Word files, and files larger than any known page, are read in a
    separate process with limits on memory and time (:mod:`onrecord.limits`).

    >>> import onrecord
    >>> document = onrecord.read(b"Ministry of Examples, Press Conference\\n\\nTimes: Why?\\n\\nA. Minister: Because.")
    >>> [(turn.kind, turn.text) for turn in document]
    [('question', 'Why?'), ('answer', 'Because.')]

    Raises the errors of :mod:`onrecord.errors`.
    """
    return read_within_limits(open_source(source), house=house, encoding=encoding)


def read_within_limits(opened: Opened, *, house: str | None = None, encoding: str | None = None) -> Document:
    """Read an opened capture: in this process if it is harmless, otherwise in a child process with limits."""
    if opened.capture.size <= _HARMLESS and format_of(opened.data, opened.name) is None:
        return read_opened(opened, house=house, encoding=encoding)
    from onrecord.bounded import read_bounded

    return read_bounded(opened, house=house, encoding=encoding)


def read_opened(opened: Opened, *, house: str | None = None, encoding: str | None = None) -> Document:
    """Read an opened capture in this process, without limits."""
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
    """Raise NoTurns if the document has fewer turns than its house expects; warn if it has unusually many."""
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
