"""Open the record: its schema brought up to date, one writer at a time, readers never kept waiting."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from onrecord.errors import DeskBusy, DeskError, DeskFull, DeskTooNew, NotADesk

RECORD = "record.sqlite"
CAPTURES = "captures"
_LOCK = "writer.lock"
#: "OnRc", by which the file is known as a desk's record.
_APPLICATION = 0x4F6E5263
_FULL = ("database or disk is full", "disk I/O error")


def migrations() -> list[tuple[int, str]]:
    """Each migration's number and its SQL, in order."""
    found = [entry for entry in files("onrecord.desk").joinpath("migrations").iterdir() if entry.name.endswith(".sql")]
    return sorted((int(entry.name[:4]), entry.read_text(encoding="utf-8")) for entry in found)


def connect(folder: Path, *, write: bool) -> sqlite3.Connection:
    """A connection to the record of a desk that exists.

    Raises NotADesk where there is none or the file is damaged, DeskTooNew where a newer version wrote it.
    """
    path = folder / RECORD
    if not path.is_file():
        raise NotADesk("there is no desk here", where=str(folder))
    mode = "rw" if write else "ro"
    try:
        record = sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=30)
        record.execute("PRAGMA foreign_keys = ON")
        if write:
            record.execute("PRAGMA journal_mode = WAL")
        (application,) = record.execute("PRAGMA application_id").fetchone()
        (version,) = record.execute("PRAGMA user_version").fetchone()
        record.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.DatabaseError as error:
        if write and any(words in str(error) for words in _FULL):  # SQLite makes room for its journal first
            raise DeskFull("no room left to open the record for writing", where=str(folder)) from error
        raise NotADesk(f"the record cannot be opened: {error}", where=str(path)) from None
    if application != _APPLICATION:
        raise NotADesk("this SQLite file is not a desk's record", where=str(path))
    newest = migrations()[-1][0]
    if version > newest:
        raise DeskTooNew(f"the desk has schema {version}, this program knows up to {newest}", where=str(folder))
    if version < newest:
        if not write:
            raise DeskError(
                f"the desk has schema {version} and must be brought to {newest}",
                where=str(folder),
                hint="Run `onrecord add`",
            )
        _migrate(record, version)
    return record


def create(folder: Path) -> None:
    """Make a desk in an empty or a new folder. Raises NotADesk where the folder holds something else."""
    if folder.exists() and not folder.is_dir():
        raise NotADesk("this is a file, not a folder", where=str(folder))
    begun = f".{RECORD}."  # what a creation that was cut short leaves behind
    if folder.is_dir():
        for entry in folder.iterdir():
            if entry.name.startswith(begun):
                entry.unlink()
    if folder.is_dir() and any(entry.name not in (_LOCK, CAPTURES) for entry in folder.iterdir()):
        raise NotADesk("the folder holds something else", where=str(folder), hint="Name an empty folder for a new desk")
    with failing_clearly(folder):
        (folder / CAPTURES).mkdir(parents=True, exist_ok=True)
        # The record is made beside its place and moved there whole, so that a crash leaves no half-made desk. It is made
        # without a write-ahead log: what a full disk keeps in the log would stay behind when the file is moved.
        part = folder / f"{begun}{os.getpid()}"
        record = sqlite3.connect(part, isolation_level=None)
        try:
            record.execute("PRAGMA page_size = 8192")
            record.execute(f"PRAGMA application_id = {_APPLICATION}")
            _migrate(record, 0)
        finally:
            record.close()
        part.replace(folder / RECORD)


def _migrate(record: sqlite3.Connection, version: int) -> None:
    for number, script in migrations():
        if number > version:
            record.executescript(f"BEGIN;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;")


class WriterLock:
    """The right to write to a desk. The kernel gives it back when the process ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        with failing_clearly(folder):
            self._handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.pread(self._handle, 32, 0).decode(errors="replace").strip()
            os.close(self._handle)
            raise DeskBusy(f"process {holder or 'unknown'} is writing to the desk", where=str(folder)) from None
        with contextlib.suppress(OSError):  # who writes is a courtesy to the next one, not needed on a full disk
            os.ftruncate(self._handle, 0)
            os.pwrite(self._handle, str(os.getpid()).encode(), 0)

    def release(self) -> None:
        """Let another write."""
        os.close(self._handle)


@contextmanager
def failing_clearly(folder: Path) -> Iterator[None]:
    """Turn what a full disk or a damaged record raise into errors that say so."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if any(words in str(error) for words in _FULL):
            raise DeskFull("no room left to write the record", where=str(folder)) from error
        raise NotADesk(f"the record is damaged: {error}", where=str(folder), hint="Run `onrecord check`") from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DeskFull("no room left to write", where=str(folder)) from error
        if isinstance(error, PermissionError):
            raise DeskError(
                "the desk may not be written to", where=str(folder), hint="Change its permissions"
            ) from error
        raise
