"""Cache results that are slow to compute from a whole record, in files, until the record or the program changes.

A file ``index/cache/NAME.msgpack`` starts with a line of JSON: the state it was computed from, its length and its
checksum; a file that does not match this line is computed again. One of an earlier state of the same record can be updated
by the documents that changed since (:func:`changes`). Files may be deleted at any time. If a file cannot be
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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

from onrecord.desk.index_files import RecordState
from onrecord.desk.index_state import changed_since, was_once
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

    @property
    def state(self) -> RecordState:
        """The state of the record."""
        return RecordState(
            change=self.change or 0, changed=self.changed, annotation=self.annotation or 0, annotated=self.annotated
        )


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


def changes(record: sqlite3.Connection, before: Stamp, now: Stamp) -> list[str] | None:
    """The ids of the documents changed or annotated between two states of a record, ``now`` being that which the connection sees.

    None if the record was not in that state before, or if the program, its rules or the result's format have changed: a
    result must then be computed from nothing.
    """
    state = {"change": now.change, "changed": now.changed, "annotation": now.annotation, "annotated": now.annotated}
    earlier, later = before.state, now.state
    if msgspec.structs.replace(before, **state) != now or before.change is None:
        return None
    if earlier.change > later.change or earlier.annotation > later.annotation or not was_once(record, earlier, later):
        return None
    return changed_since(record, earlier)


def read_cached(folder: Path, name: str, type: type[Result], stamp: Stamp) -> Result | None:
    """Load the cached result of this name; None if it does not match the stamp, is damaged or is missing.

    ``folder`` is the desk's. ``type`` must be one that msgspec can encode; a result is never None.
    """
    stored = read_any_cached(folder, name, type, lambda of: of == stamp)
    return None if stored is None else stored[1]


def read_any_cached(
    folder: Path, name: str, type: type[Result], wanted: Callable[[Stamp], bool]
) -> tuple[Stamp, Result] | None:
    """Load the cached result of this name with its stamp if that is ``wanted``; see :func:`read_cached`."""
    with contextlib.suppress(OSError, ValueError):  # msgspec's errors are ValueErrors
        line, _, body = _file(folder, name).read_bytes().partition(b"\n")
        head = msgspec.json.decode(line, type=_Head)
        if wanted(head.stamp) and (head.size, head.checksum) == (len(body), zlib.crc32(body)):
            return head.stamp, msgspec.msgpack.decode(body, type=type)
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
