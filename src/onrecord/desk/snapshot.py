"""Snapshots: all reads for an answer see one state of the record, whatever other processes write meanwhile."""

from __future__ import annotations

import functools
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from onrecord.desk.connection import failing_clearly
from onrecord.desk.digests import is_as_written
from onrecord.desk.rows import read_document
from onrecord.errors import DamagedRecord, OnRecordError, SnapshotOutdated


class OpenRecord(Protocol):
    """What a snapshot needs of a desk (:class:`onrecord.desk.store.Desk`): its record, its folder, and who may write."""

    @property
    def record(self) -> sqlite3.Connection: ...  # noqa: D102
    @property
    def folder(self) -> Path: ...  # noqa: D102
    @property
    def writable(self) -> bool: ...  # noqa: D102


P = ParamSpec("P")
Desk = TypeVar("Desk", bound=OpenRecord)
Answer = TypeVar("Answer")
#: Attempts at an answer when the record and its index are changed in between.
_ATTEMPTS = 20
#: Seconds for which the record is examined for damage after an exception.
_EXAMINATION = 5.0


@contextmanager
def snapshot(desk: OpenRecord) -> Iterator[None]:
    """Run all reads inside in one transaction; nested snapshots have no effect.

    A desk that is open for writing sees only its own changes and needs no snapshot. SQLite errors are converted by
    :func:`~onrecord.desk.connection.failing_clearly`. Raises DamagedRecord if another exception occurs and the record
    turns out to be damaged.
    """
    record = desk.record
    if record.in_transaction or desk.writable:
        with failing_clearly(desk.folder):
            yield
        return
    with failing_clearly(desk.folder), _explained(desk):
        record.execute("BEGIN")
        try:
            record.execute("SELECT 1 FROM change LIMIT 1").fetchone()  # SQLite starts the transaction at the first read
            yield
        finally:
            if record.in_transaction:
                _end(record)


@contextmanager
def _explained(desk: OpenRecord) -> Iterator[None]:
    """Turn an unexpected exception into DamagedRecord if the record is damaged.

    A flipped bit in a date makes it invalid and raises a ValueError somewhere; a bug of the program does too. The record
    is therefore examined, for a few seconds at most.
    """
    try:
        yield
    except (OnRecordError, sqlite3.Error, OSError):
        raise
    except Exception as error:
        if what := _damage(desk):
            raise DamagedRecord(f"the record is damaged: {what}", where=str(desk.folder)) from error
        raise


def _damage(desk: OpenRecord) -> str | None:
    """Describe the damage of the record, if any is found in time."""
    record = desk.record
    ends = time.monotonic() + _EXAMINATION
    record.set_progress_handler(lambda: time.monotonic() > ends, 100_000)
    try:
        (result,) = record.execute("PRAGMA quick_check(1)").fetchone()
        if result != "ok":
            return str(result)
        for (id,) in record.execute("SELECT id FROM document").fetchall():
            if time.monotonic() > ends:
                return None
            if not is_as_written(record, read_document(record, id)[0]):
                return f"{id} does not match its digest"
    except sqlite3.DatabaseError as error:
        # An error that Python itself raises for text that is not UTF-8 has no SQLite code.
        return None if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT else str(error)
    except Exception as error:  # the document cannot be read
        return str(error)
    finally:
        record.set_progress_handler(None, 0)
    return None


def _end(record: sqlite3.Connection) -> None:
    """End a read transaction, even if a statement is still open or the record is damaged."""
    try:
        record.execute("COMMIT")
    except sqlite3.DatabaseError:
        if record.in_transaction:
            record.execute("ROLLBACK")


def in_snapshot(desk: OpenRecord, ask: Callable[[], Answer]) -> Answer:
    """Call ``ask`` in one :func:`snapshot` and return its result.

    If the index already belongs to a later state than the snapshot, ``ask`` is called again in a new snapshot. Inside
    another snapshot it is called once. Raises SnapshotOutdated if the record keeps changing.
    """
    if desk.record.in_transaction:
        return ask()
    for _ in range(_ATTEMPTS - 1):
        try:
            with snapshot(desk):
                return ask()
        except SnapshotOutdated:
            continue
    with snapshot(desk):
        return ask()


def one_state(ask: Callable[Concatenate[Desk, P], Answer]) -> Callable[Concatenate[Desk, P], Answer]:
    """Decorate a function whose first argument is a desk so that it runs in :func:`in_snapshot`."""

    @functools.wraps(ask)
    def wrapper(desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
        return in_snapshot(desk, lambda: ask(desk, *args, **kwargs))

    return wrapper
