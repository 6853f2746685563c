"""Compare the state of the record from which an index was built with the state that a query reads."""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

from onrecord.desk.connection import connect, failing_clearly, is_full
from onrecord.desk.index_files import Manifest, RecordState, has_manifest, read_manifest, verified
from onrecord.errors import DeskFull, DeskReadOnly, IndexUnavailable, OnRecordError, SnapshotOutdated


class IndexRebuilt(UserWarning):
    """An index with damaged files is rebuilt; no answer was taken from it."""


class Fit(Enum):
    """How an index relates to the record: same state, earlier state, later state, or another record."""

    CURRENT = "current"
    BEHIND = "behind"
    AHEAD = "ahead"
    FOREIGN = "foreign"


def state_of(record: sqlite3.Connection, *, annotations: bool) -> RecordState:
    """The state of the record that the connection sees; without ``annotations``, only that of its documents."""
    change = record.execute("SELECT number, document FROM change ORDER BY number DESC LIMIT 1").fetchone()
    annotation = None
    if annotations:
        annotation = record.execute("SELECT number, made FROM annotation ORDER BY number DESC LIMIT 1").fetchone()
    (number, document), (last, when) = change or (0, None), annotation or (0, None)
    return RecordState(change=number, changed=document, annotation=last, annotated=when)


def fit(desk: Path, record: sqlite3.Connection, made: RecordState, *, annotations: bool) -> Fit:
    """How an index built from the state ``made`` relates to the state that the connection sees."""
    now = state_of(record, annotations=annotations)
    if made == now:
        return Fit.CURRENT
    if made.change <= now.change and made.annotation <= now.annotation:
        return Fit.BEHIND if was_once(record, made, now) else Fit.FOREIGN
    if record.in_transaction:  # this transaction may see an earlier state: compare with the latest
        latest = connect(desk, write=False)
        try:
            newest = state_of(latest, annotations=annotations)
            later = made.change <= newest.change and made.annotation <= newest.annotation
            return Fit.AHEAD if later and was_once(latest, made, newest) else Fit.FOREIGN
        finally:
            latest.close()
    return Fit.FOREIGN


def was_once(record: sqlite3.Connection, made: RecordState, now: RecordState) -> bool:
    """Whether the record was once in that state; a record of other pages has other documents under the same numbers."""
    if made.change:
        row = record.execute("SELECT document FROM change WHERE number = ?", (made.change,)).fetchone()
        if row is None or row[0] != made.changed:
            return False
    if made.annotation == now.annotation:
        return made.annotated == now.annotated
    row = record.execute("SELECT made FROM annotation WHERE number = ?", (made.annotation,)).fetchone()
    return row is None or row[0] == made.annotated  # a document that was annotated again has a new number


def changed_since(record: sqlite3.Connection, made: RecordState) -> list[str]:
    """The ids of the documents changed or annotated since that state, in order, without duplicates."""
    query = (
        "SELECT document FROM change WHERE number > ? UNION SELECT document FROM annotation WHERE number > ? "
        "ORDER BY document"
    )
    return [row[0] for row in record.execute(query, (made.change, made.annotation))]


def intact_manifest(folder: Path, layout: str) -> Manifest | None:
    """The manifest of an index with this layout and intact files; None otherwise."""
    manifest = verified(folder)
    return manifest if manifest is not None and manifest.layout == layout else None


def warn_of_damage(folder: Path, layout: str) -> None:
    """Warn if an index is rebuilt because it is damaged, not because it is missing or of another version."""
    manifest = read_manifest(folder)
    if has_manifest(folder) and (manifest is None or manifest.layout == layout):
        warnings.warn(f"{folder}: the index was damaged and is rebuilt", IndexRebuilt, stacklevel=4)


def outdated(folder: Path) -> SnapshotOutdated:
    """The error for a query on an earlier state than that of the index."""
    return SnapshotOutdated("the record was changed during the query", where=str(folder))


@contextmanager
def one_transaction(record: sqlite3.Connection) -> Iterator[None]:
    """Run all reads inside on one state of the record."""
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
    """Convert exceptions of a full or read-only disk during a build into errors of the program.

    Tantivy raises ValueError with the system's message, NumPy and Python raise OSError, a damaged record may raise anything.
    """
    try:
        with failing_clearly(folder):
            yield
    except DeskReadOnly as error:
        raise IndexUnavailable(
            "no index matches the record, and the desk is not writable", where=str(folder)
        ) from error
    except OnRecordError:
        raise
    except Exception as error:
        if is_full(error):
            raise DeskFull("no space left to build the index", where=str(folder)) from error
        raise IndexUnavailable(f"the index cannot be built: {error}", where=str(folder)) from error
