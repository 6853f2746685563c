"""Answers of one moment: all that is read for an answer comes from one state of the record, whoever writes meanwhile."""

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
#: An answer is begun anew as often as this when the record is changed, and its index with it, before it is asked.
_TIMES = 20
#: Seconds that a record is examined for damage after an exception.
_EXAMINED = 5.0


@contextmanager
def snapshot(desk: OpenRecord) -> Iterator[None]:
    """One read transaction for all that is asked of the desk inside; inside another it does nothing.

    A desk that is open for writing sees its own changes alone, and needs none. Raises what
    :func:`~onrecord.desk.connection.failing_clearly` makes of what the record raises, and DamagedRecord where something
    else is raised and the record turns out to be damaged.
    """
    record = desk.record
    if record.in_transaction or desk.writable:
        with failing_clearly(desk.folder):
            yield
        return
    with failing_clearly(desk.folder), _explained(desk):
        record.execute("BEGIN")
        try:
            record.execute("SELECT 1 FROM change LIMIT 1").fetchone()  # only reading begins the transaction
            yield
        finally:
            if record.in_transaction:
                _end(record)


@contextmanager
def _explained(desk: OpenRecord) -> Iterator[None]:
    """Turn an exception that no sound record leads to into an error that says what is wrong with this one.

    A bit of a day that is another makes it no day, and a ValueError somewhere; a fault of the program does too. So the
    record is examined, for some seconds at most.
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
    """What is wrong with the record, as far as that is found in time."""
    record = desk.record
    ends = time.monotonic() + _EXAMINED
    record.set_progress_handler(lambda: time.monotonic() > ends, 100_000)
    try:
        (told,) = record.execute("PRAGMA quick_check(1)").fetchone()
        if told != "ok":
            return str(told)
        for (id,) in record.execute("SELECT id FROM document").fetchall():
            if time.monotonic() > ends:
                return None
            if not is_as_written(record, read_document(record, id)[0]):
                return f"{id} is not as it was written"
    except sqlite3.DatabaseError as error:
        # What Python itself raises of text that is no UTF-8 has no code.
        return None if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT else str(error)
    except Exception as error:  # the document cannot even be read
        return str(error)
    finally:
        record.set_progress_handler(None, 0)
    return None


def _end(record: sqlite3.Connection) -> None:
    """End a transaction that has written nothing, also where a row is still to be fetched or the record is damaged."""
    try:
        record.execute("COMMIT")
    except sqlite3.DatabaseError:
        if record.in_transaction:
            record.execute("ROLLBACK")


def in_snapshot(desk: OpenRecord, ask: Callable[[], Answer]) -> Answer:
    """What ``ask`` answers, all of it read in one :func:`snapshot`.

    An answer that comes too late, because the index is already that of a later state, is asked again of the latest one.
    Inside another snapshot it is asked once. Raises SnapshotOutdated where the record changes without pause.
    """
    if desk.record.in_transaction:
        return ask()
    for _ in range(_TIMES - 1):
        try:
            with snapshot(desk):
                return ask()
        except SnapshotOutdated:
            continue
    with snapshot(desk):
        return ask()


def one_state(ask: Callable[Concatenate[Desk, P], Answer]) -> Callable[Concatenate[Desk, P], Answer]:
    """Have a function whose first argument is a desk answer as of one state of it: see :func:`in_snapshot`."""

    @functools.wraps(ask)
    def asked(desk: Desk, /, *told: P.args, **more: P.kwargs) -> Answer:
        return in_snapshot(desk, lambda: ask(desk, *told, **more))

    return asked
