"""A capture with its bytes at hand, and how large one can be."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

import msgspec

from onrecord.record import Capture

#: No statement is larger, in bytes; the largest of the real pages is 1.6 MB. What is larger is an archive or a mistake.
LARGEST = 50_000_000


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A capture with its bytes at hand. ``name`` is the file's name, ``declared_encoding`` what a server's header said."""

    capture: Capture
    data: bytes
    name: str = ""
    declared_encoding: str | None = None


def capture_of(data: bytes, source: str, *, fetched: str | None = None, media_type: str | None = None) -> Capture:
    """The capture that these bytes are."""
    return Capture(
        sha256=sha256(data).hexdigest(), size=len(data), source=source, fetched=fetched, media_type=media_type
    )


def moment(fetched: str) -> datetime:
    """The time in ISO 8601 at which a capture was fetched; one that names no zone is taken to be UTC."""
    told = datetime.fromisoformat(fetched)
    return told if told.tzinfo is not None else told.replace(tzinfo=UTC)
