"""A capture together with its bytes, and the size limit."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

import msgspec

from onrecord.record import Capture

#: The size limit in bytes; the largest known page has 1.6 MB. A larger file is an archive or a mistake.
LARGEST = 50_000_000


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A capture with its bytes. ``name`` is the file name, ``declared_encoding`` the charset of the HTTP header.

    ``part_of`` says of which file of several statements it is one.
    """

    capture: Capture
    data: bytes
    name: str = ""
    declared_encoding: str | None = None
    part_of: str = ""


def capture_of(data: bytes, source: str, *, fetched: str | None = None, media_type: str | None = None) -> Capture:
    """Describe these bytes as a capture. ``source`` is a URI, ``fetched`` a time in ISO 8601."""
    return Capture(
        sha256=sha256(data).hexdigest(), size=len(data), source=source, fetched=fetched, media_type=media_type
    )


def moment(fetched: str) -> datetime:
    """Parse the ISO 8601 time at which a capture was fetched; a time without a zone is taken as UTC."""
    parsed = datetime.fromisoformat(fetched)
    return parsed if parsed.tzinfo is not None else parsed.replace(tzinfo=UTC)
