"""From bytes to a document: opens a source and reads it, in this process or in one with limits of memory and time."""

from __future__ import annotations

from onrecord.captures.opened import Opened
from onrecord.captures.opening import open_source
from onrecord.document_reader import BreaksOff, UnusualCount, read_opened
from onrecord.reading.page import format_of
from onrecord.record import Document

__all__ = ["BreaksOff", "UnusualCount", "read", "read_opened", "read_within_limits"]

#: Bytes of text that are read in this process: more than any real page has, and nothing that takes long or much.
_HARMLESS = 2_000_000


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
