"""What takes long to make of a whole record, kept in a file beside it until the record or the program changes.

A file ``index/cache/NAME.msgpack`` begins with a line of JSON that says what it was made of, how long it is and its checksum;
whatever does not fit that line is made anew. It may be deleted at any time. Where it cannot be written (a medium that is
read-only, a full disk) it is not kept. Of several processes that make the same the file of the last one stays, always whole.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

Made = TypeVar("Made")

#: What a process that was ended while it wrote has left is taken away after so many seconds.
_LEFT = 3600


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """What an answer was made of: the last change and the last annotation of the record, and by which program.

    Numbers alone would fit another record too: one that was put back from a copy, or made anew of other pages. So the document
    of the last change and the time of the last annotation stand with them.
    """

    change: int | None
    changed: str | None
    annotation: int | None
    annotated: str | None
    program: str
    rules: int
    layout: int


class _Head(msgspec.Struct, frozen=True):
    stamp: Stamp
    size: int
    checksum: int


def stamp_of(record: sqlite3.Connection, layout: int) -> Stamp:
    """What is made of the record's documents and annotations now. ``layout`` is that of the answer."""
    from onrecord.annotation.annotating import VERSION
    from onrecord.version import __version__

    change = record.execute("SELECT number, document FROM change ORDER BY number DESC LIMIT 1").fetchone()
    annotation = record.execute("SELECT number, made FROM annotation ORDER BY number DESC LIMIT 1").fetchone()
    (number, document), (made, when) = change or (None, None), annotation or (None, None)
    return Stamp(
        change=number, changed=document, annotation=made, annotated=when, program=__version__, rules=VERSION, layout=layout
    )  # fmt: skip


def read_cached(folder: Path, name: str, type: type[Made], stamp: Stamp) -> Made | None:
    """What the file of that name holds; None where it does not fit the stamp, is damaged or is not there.

    ``folder`` is the desk's. The answer is of a ``type`` that msgspec can write and read, and never None.
    """
    with contextlib.suppress(OSError, ValueError):  # that msgspec cannot read it is a ValueError too
        line, _, body = _file(folder, name).read_bytes().partition(b"\n")
        if msgspec.json.decode(line, type=_Head) == _Head(stamp, len(body), zlib.crc32(body)):
            return msgspec.msgpack.decode(body, type=type)
    return None


def write_cached(folder: Path, name: str, made: object, stamp: Stamp) -> None:
    """Write what was made to the file of that name, in place of what it held; where that cannot be, nothing happens."""
    path = _file(folder, name)
    body = msgspec.msgpack.encode(made)
    head = msgspec.json.encode(_Head(stamp, len(body), zlib.crc32(body)))
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        for left in path.parent.glob("*.part"):
            with contextlib.suppress(OSError):
                if left.stat().st_mtime < time.time() - _LEFT:
                    left.unlink()
        handle, part = tempfile.mkstemp(prefix=f"{name}.", suffix=".part", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(head + b"\n")
                file.write(body)
            Path(part).chmod(0o644)  # as other files beside the record: who may read the desk reads it too
            Path(part).replace(path)
        finally:
            Path(part).unlink(missing_ok=True)


def _file(folder: Path, name: str) -> Path:
    return folder / "index" / "cache" / f"{name}.msgpack"


def clear_cache(folder: Path) -> None:
    """Remove every file that is kept, so that each is made anew when it is asked for."""
    for path in (folder / "index" / "cache").glob("*"):
        with contextlib.suppress(OSError):
            path.unlink()


def damaged_files(folder: Path) -> Iterator[Path]:
    """The files whose bytes are not those that their first line tells of."""
    for path in sorted((folder / "index" / "cache").glob("*.msgpack")):
        try:
            line, _, body = path.read_bytes().partition(b"\n")
            head = msgspec.json.decode(line, type=_Head)
        except (OSError, ValueError):
            yield path
        else:
            if (head.size, head.checksum) != (len(body), zlib.crc32(body)):
                yield path
