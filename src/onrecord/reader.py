"""Read a source into a document: open it and read it, in this process or in a child process with limits."""

from __future__ import annotations

from onrecord.captures.opened import Opened
from onrecord.containers import open_one
from onrecord.document_reader import BreaksOff, UnusualCount, read_opened
from onrecord.errors import OnRecordError, reader_fault
from onrecord.reading.page import format_of
from onrecord.record import Document

__all__ = ["BreaksOff", "UnusualCount", "read", "read_opened", "read_within_limits"]

#: Text of up to this many bytes with up to this many "<" is read in this process: more than any real page has, yet quick
#: to read. (The largest real page has 1.6 MB, the one with the most tags 30,000.)
_HARMLESS, _TAGS = 2_000_000, 100_000


def read(
    source: object,
    *,
    house: str | None = None,
    encoding: str | None = None,
    item: int | None = None,
    mapping: str = "",
) -> Document:
    """Read one statement.

    ``source`` is a path, an ``http(s)`` URL, ``"-"`` for standard input, or the bytes themselves. ``house`` and
    ``encoding`` replace automatic detection. Of a file of several statements (a table, a feed, an archive) ``item`` chooses one,
    from 1 on; ``mapping`` names the fields of a table (``text=answer,speaker=who``).

    PDF and Word files, and files larger than any known page, are read in a
    separate process with limits on memory and time (:mod:`onrecord.limits`).

    >>> import onrecord
    >>> document = onrecord.read(b"Ministry of Examples, Press Conference\\n\\nTimes: Why?\\n\\nA. Minister: Because.")
    >>> [(turn.kind, turn.text) for turn in document]
    [('question', 'Why?'), ('answer', 'Because.')]

    Raises the errors of :mod:`onrecord.errors`.
    """
    opened = open_one(source, item=item, encoding=encoding, mapping=mapping)
    return read_within_limits(opened, house=house, encoding=encoding)


def read_within_limits(opened: Opened, *, house: str | None = None, encoding: str | None = None) -> Document:
    """Read an opened capture: in this process if it is harmless, otherwise in a child process with limits.

    An unexpected exception of a reader, which may be a plug-in, is raised as ReadingError.
    """
    if _is_harmless(opened):
        try:
            return read_opened(opened, house=house, encoding=encoding)
        except (OnRecordError, MemoryError):
            raise
        except Exception as fault:
            raise reader_fault(fault, opened.capture.source) from fault
    from onrecord.bounded import read_bounded

    return read_bounded(opened, house=house, encoding=encoding)


def _is_harmless(opened: Opened) -> bool:
    data = opened.data
    return len(data) <= _HARMLESS and data.count(b"<") <= _TAGS and format_of(data, opened.name) is None
