"""On Record reads official statements into a checkable record.

Data flow: :mod:`onrecord.captures` opens bytes, :mod:`onrecord.reading` and :mod:`onrecord.houses` parse them into a
:class:`Document` of turns (:mod:`onrecord.record`), :mod:`onrecord.annotation` annotates it, :mod:`onrecord.desk` stores it
and :mod:`onrecord.asking` answers queries.

>>> import onrecord                                                     # doctest: +SKIP
>>> document = onrecord.read("page.shtml")                              # doctest: +SKIP
>>> for turn in document:                                               # doctest: +SKIP
...     print(turn.kind, turn.outlet or turn.speaker, turn.text, turn.span.source())
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.annotation_types import Act, Meeting, Mention, Undertaking
from onrecord.errors import OnRecordError
from onrecord.offsets import Place
from onrecord.reader import read
from onrecord.record import Capture, Document, Furniture, Heading, Span, Turn, Unread, json_schema
from onrecord.version import __version__

if TYPE_CHECKING:
    from onrecord.desk import Desk

__all__ = [
    "Act",
    "Capture",
    "Desk",
    "Document",
    "Furniture",
    "Heading",
    "Meeting",
    "Mention",
    "OnRecordError",
    "Place",
    "Span",
    "Turn",
    "Undertaking",
    "Unread",
    "__version__",
    "annotate",
    "json_schema",
    "open",
    "read",
]


def __getattr__(name: str) -> Any:
    if name == "Desk":  # lazy import: reading a page needs no database
        from onrecord.desk import Desk

        return Desk
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def annotate(document: Document) -> Document:
    """Return the document with mentions, acts, meetings, undertakings and answer types; see :mod:`onrecord.annotation`."""
    from onrecord.annotation.annotating import annotate

    return annotate(document)


def open(folder: str | Path, *, write: bool = False, create_new: bool = False) -> Desk:
    """Open the desk in ``folder`` for reading, or with ``write`` for reading and writing; see :mod:`onrecord.desk`.

    Raises :class:`~onrecord.errors.NotADesk`, :class:`~onrecord.errors.DeskTooNew`, and with ``write``
    :class:`~onrecord.errors.DeskBusy` if another process is writing.
    """
    from onrecord.desk import open_desk

    return open_desk(folder, write=write, create_new=create_new)
