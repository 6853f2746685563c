"""Cache results that are slow to compute from a whole record, in files, until the record or the program changes.

A file ``index/cache/NAME.msgpack`` starts with a line of JSON: the state it was computed from, its length and its
checksum; a file that does not match this line is computed again. Files may be deleted at any time. If a file cannot be
written (read-only medium, full disk), the result is not cached. Writes are atomic. One process computes a result while
others that need it wait (:func:`computing_alone`), so that the workers of a server do not all compute the same after a change.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

from onrecord.desk.locks import FileLock

Result = TypeVar("Result")

#: Seconds after which temporary files of a process that was killed while writing are removed.
_STALE = 3600
#: Seconds to wait for another process that computes a result, and between two looks; then it is computed twice.
_WAITING, _PAUSE = 60.0, 0.05


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """The state a result was computed from: the last change and annotation of the record, and the program's versions.

    The numbers alone could match a different record, such as one restored from a copy or built from other pages.
    Therefore the stamp includes the document of the last change and the time of the last annotation.
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
    """The stamp for a result computed now from documents and annotations. ``layout`` is the result's format version."""
    from onrecord.annotation.annotating import VERSION
    from onrecord.version import __version__

    change = record.execute("SELECT number, document FROM change ORDER BY number DESC LIMIT 1").fetchone()
    annotation = record.execute("SELECT number, made FROM annotation ORDER BY number DESC LIMIT 1").fetchone()
    (number, document), (made, when) = change or (None, None), annotation or (None, None)
    return Stamp(
        change=number, changed=document, annotation=made, annotated=when, program=__version__, rules=VERSION, layout=layout
    )  # fmt: skip


def read_cached(folder: Path, name: str, type: type[Result], stamp: Stamp) -> Result | None:
    """Load the cached result of this name; None if it does not match the stamp, is damaged or is missing.

    ``folder`` is the desk's. ``type`` must be one that msgspec can encode; a result is never None.
    """
    with contextlib.suppress(OSError, ValueError):  # msgspec's errors are ValueErrors
        line, _, body = _file(folder, name).read_bytes().partition(b"\n")
        if msgspec.json.decode(line, type=_Head) == _Head(stamp, len(body), zlib.crc32(body)):
            return msgspec.msgpack.decode(body, type=type)
    return None


def write_cached(folder: Path, name: str, result: object, stamp: Stamp) -> None:
    """Replace the cached result of this name; if the file cannot be written, do nothing."""
    path = _file(folder, name)
    body = msgspec.msgpack.encode(result)
    head = msgspec.json.encode(_Head(stamp, len(body), zlib.crc32(body)))
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        for left in path.parent.glob("*.part"):
            with contextlib.suppress(OSError):
                if left.stat().st_mtime < time.time() - _STALE:
                    left.unlink()
        handle, part = tempfile.mkstemp(prefix=f"{name}.", suffix=".part", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(head + b"\n")
                file.write(body)
            Path(part).chmod(0o644)  # like the record: everyone who may read the desk may read it
            Path(part).replace(path)
        finally:
            Path(part).unlink(missing_ok=True)


@contextmanager
def computing_alone(folder: Path, name: str) -> Iterator[None]:
    """Hold the lock for computing the result of this name, after waiting for another process that holds it.

    It only saves work: without a lock (read-only medium, full disk, or after a minute) the block runs all the same.
    """
    path = _file(folder, name).with_suffix(".lock")
    held: FileLock | None = FileLock(path)
    ends = time.monotonic() + _WAITING
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        while held is not None and not held.acquire():
            if time.monotonic() > ends:
                held = None
            time.sleep(_PAUSE)
    except OSError:
        held = None
    try:
        yield
    finally:
        if held is not None:
            held.release()


def _file(folder: Path, name: str) -> Path:
    return folder / "index" / "cache" / f"{name}.msgpack"


def clear_cache(folder: Path) -> None:
    """Delete all cached results; each is computed again when it is needed."""
    for path in (folder / "index" / "cache").glob("*"):
        if path.suffix != ".lock":
            with contextlib.suppress(OSError):
                path.unlink()


def damaged_files(folder: Path) -> Iterator[Path]:
    """The cache files whose bytes do not match their first line."""
    for path in sorted((folder / "index" / "cache").glob("*.msgpack")):
        try:
            line, _, body = path.read_bytes().partition(b"\n")
            head = msgspec.json.decode(line, type=_Head)
        except (OSError, ValueError):
            yield path
        else:
            if (head.size, head.checksum) != (len(body), zlib.crc32(body)):
                yield path
