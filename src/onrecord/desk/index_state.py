"""Which state of the record an index was made of, and how that compares with the state that is being asked."""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

from onrecord.desk.connection import connect, failing_clearly, is_full
from onrecord.desk.index_files import Made, Manifest, has_manifest, read_manifest, verified
from onrecord.errors import DeskFull, DeskReadOnly, IndexUnavailable, OnRecordError, SnapshotOutdated


class IndexRebuilt(UserWarning):
    """An index whose files were damaged is built anew; nothing was answered from it."""


class Fit(Enum):
    """How an index compares with the record: of the same state, of an earlier or a later one, or of another record."""

    CURRENT = "current"
    BEHIND = "behind"
    AHEAD = "ahead"
    FOREIGN = "foreign"


def made_of(record: sqlite3.Connection, *, annotations: bool) -> Made:
    """The state of the record that the connection sees; without ``annotations`` only that of its documents."""
    change = record.execute("SELECT number, document FROM change ORDER BY number DESC LIMIT 1").fetchone()
    annotation = None
    if annotations:
        annotation = record.execute("SELECT number, made FROM annotation ORDER BY number DESC LIMIT 1").fetchone()
    (number, document), (last, when) = change or (0, None), annotation or (0, None)
    return Made(change=number, changed=document, annotation=last, annotated=when)


def fit(desk: Path, record: sqlite3.Connection, made: Made, *, annotations: bool) -> Fit:
    """How an index made of ``made`` compares with the state that the connection sees."""
    now = made_of(record, annotations=annotations)
    if made == now:
        return Fit.CURRENT
    if made.change <= now.change and made.annotation <= now.annotation:
        return Fit.BEHIND if _has_been(record, made, now) else Fit.FOREIGN
    if record.in_transaction:  # an earlier state is being asked: does the index fit the latest?
        latest = connect(desk, write=False)
        try:
            told = made_of(latest, annotations=annotations)
            later = made.change <= told.change and made.annotation <= told.annotation
            return Fit.AHEAD if later and _has_been(latest, made, told) else Fit.FOREIGN
        finally:
            latest.close()
    return Fit.FOREIGN


def _has_been(record: sqlite3.Connection, made: Made, now: Made) -> bool:
    """Whether the record was once in that state: other pages leave other changes under the same numbers."""
    if made.change:
        row = record.execute("SELECT document FROM change WHERE number = ?", (made.change,)).fetchone()
        if row is None or row[0] != made.changed:
            return False
    return made.annotation != now.annotation or made.annotated == now.annotated


def sound(folder: Path, layout: str) -> Manifest | None:
    """The manifest of an index of that layout whose files are as they were written."""
    manifest = verified(folder)
    return manifest if manifest is not None and manifest.layout == layout else None


def warn_of_damage(folder: Path, layout: str) -> None:
    """Warn that an index is built anew because it is damaged, not because it is missing or of another version."""
    manifest = read_manifest(folder)
    if has_manifest(folder) and (manifest is None or manifest.layout == layout):
        warnings.warn(f"{folder}: the index was damaged and is built anew", IndexRebuilt, stacklevel=4)


def outdated(folder: Path) -> SnapshotOutdated:
    """The error of who asks an earlier state than the index is of."""
    return SnapshotOutdated("the record was changed while it was asked", where=str(folder))


@contextmanager
def one_transaction(record: sqlite3.Connection) -> Iterator[None]:
    """All that is read inside is of one state of the record."""
    if record.in_transaction:
        yield
        return
    record.execute("BEGIN")
    try:
        yield
    finally:
        if record.in_transaction:
            record.execute("ROLLBACK")


@contextmanager
def building_clearly(folder: Path) -> Iterator[None]:
    """Turn what a full or a read-only disk raises while an index is built into errors that say so.

    Tantivy raises ValueError with the system's words; NumPy and Python OSError; a damaged record may raise anything.
    """
    try:
        with failing_clearly(folder):
            yield
    except DeskReadOnly as error:
        raise IndexUnavailable(
            "no index fits the record, and the desk may not be written to", where=str(folder)
        ) from error
    except OnRecordError:
        raise
    except Exception as error:
        if is_full(error):
            raise DeskFull("no room left to build the index", where=str(folder)) from error
        raise IndexUnavailable(f"the index cannot be built: {error}", where=str(folder)) from error
