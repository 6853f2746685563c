"""On Record reads official statements into a checkable record.

The way through, in the order of the data: bytes are opened (:mod:`onrecord.captures`), read as a house style has them
(:mod:`onrecord.reading`, :mod:`onrecord.houses`) into a :class:`Document` of turns (:mod:`onrecord.record`), and kept on
a desk (:mod:`onrecord.desk`).

>>> import onrecord                                                     # doctest: +SKIP
>>> document = onrecord.read("page.shtml")                              # doctest: +SKIP
>>> for turn in document:                                               # doctest: +SKIP
...     print(turn.kind, turn.outlet or turn.speaker, turn.text, turn.span.source())
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import OnRecordError
from onrecord.reader import read
from onrecord.record import Capture, Document, Furniture, Heading, Span, Turn, Unread, json_schema

__all__ = [
    "Capture",
    "Document",
    "Furniture",
    "Heading",
    "OnRecordError",
    "Span",
    "Turn",
    "Unread",
    "annotate",
    "json_schema",
    "open",
    "read",
]
__version__ = "0.1.0"

if TYPE_CHECKING:
    from onrecord.desk import Desk


def annotate(document: Document) -> Document:
    """The document with its mentions, acts, meetings, undertakings and kinds of answers; see :mod:`onrecord.annotation`."""
    from onrecord.annotation.annotating import annotate

    return annotate(document)


def open(folder: str | Path, *, write: bool = False, create_new: bool = False) -> Desk:
    """Open the desk in ``folder``: to read it, or with ``write`` to add to it; see :mod:`onrecord.desk`.

    Raises :class:`~onrecord.errors.NotADesk`, :class:`~onrecord.errors.DeskTooNew`, and with ``write``
    :class:`~onrecord.errors.DeskBusy` where another process writes.
    """
    from onrecord.desk import open_desk

    return open_desk(folder, write=write, create_new=create_new)
