"""Open the record: its schema brought up to date, one writer at a time, readers never kept waiting."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from onrecord.desk.index_files import sync_folder
from onrecord.desk.locks import FileLock
from onrecord.errors import DeskBusy, DeskError, DeskFull, DeskReadOnly, DeskTooNew, NotADesk, RecordError

RECORD = "record.sqlite"
CAPTURES = "captures"
_LOCK = "writer.lock"
#: What a creation that was cut short leaves behind begins so.
_BEGUN = f".{RECORD}."
#: "OnRc", by which the file is known as a desk's record.
_APPLICATION = 0x4F6E5263
#: The schema that holds annotations: documents of an older desk have none yet.
_ANNOTATED = 3
#: The oldest schema that is read without being brought up to date.
_READABLE = 3
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN = (errno.EROFS, errno.EACCES, errno.EPERM)
#: SQLite says SQLITE_FULL where the system says that no room is left, and one of the others where a quota or a limit on
#: the size of a file stops it: SQLITE_IOERR_WRITE, _FSYNC, _SHMSIZE.
_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_SHMSIZE)


class DeskBroughtUp(UserWarning):
    """A desk of an older version that can now hold more than it does: the message says what to run."""


def migrations() -> list[tuple[int, str]]:
    """Each migration's number and its SQL, in order."""
    found = [entry for entry in files("onrecord.desk").joinpath("migrations").iterdir() if entry.name.endswith(".sql")]
    return sorted((int(entry.name[:4]), entry.read_text(encoding="utf-8")) for entry in found)


def is_desk(folder: Path) -> bool:
    """Whether a record lies in the folder; :func:`connect` says whether it is a desk's, and sound."""
    return (folder / RECORD).is_file()


def is_ours(folder: Path) -> bool:
    """Whether the record says of itself that it is a desk's, told without touching anything beside it."""
    with contextlib.suppress(OSError), (folder / RECORD).open("rb") as file:
        head = file.read(100)
        return head.startswith(b"SQLite format 3\0") and int.from_bytes(head[68:72]) == _APPLICATION
    return False


def connect(folder: Path, *, write: bool) -> sqlite3.Connection:
    """A connection to the record of a desk that exists.

    Raises NotADesk where there is none or the file is damaged, DeskTooNew where a newer version wrote it.
    """
    path = folder / RECORD
    if not is_desk(folder):
        raise NotADesk("there is no desk here", where=str(folder))
    with failing_clearly(folder):
        record = _open(path, write)
        try:
            (application,) = record.execute("PRAGMA application_id").fetchone()
            if application != _APPLICATION:
                raise NotADesk("this SQLite file is not a desk's record", where=str(path))
            if write:
                record.execute("PRAGMA journal_mode = WAL")
                # A commit returns when the log is on the disk. (Beside the captures, each of which is synced before the
                # commit that names it, that costs nothing to speak of.) On macOS only the second flushes the drive.
                record.execute("PRAGMA synchronous = FULL")
                record.execute("PRAGMA fullfsync = ON")
            _bring_up_to_date(record, folder, write)
        except BaseException:
            record.close()
            raise
    return record


def _open(path: Path, write: bool) -> sqlite3.Connection:
    address = path.resolve().as_uri()
    record = _connection(f"{address}?mode={'rw' if write else 'ro'}")
    try:
        record.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError:
        record.close()
        log = path.with_name(f"{RECORD}-wal")
        if write or os.access(path.parent, os.W_OK) or (log.exists() and log.stat().st_size):
            raise
        # SQLite keeps a small file beside the record for its readers. On a medium that is read-only it cannot, and need
        # not: nobody can write there.
        record = _connection(f"{address}?immutable=1")
    except BaseException:
        record.close()
        raise
    return record


def _connection(address: str) -> sqlite3.Connection:
    # A connection is used by one thread at a time; the one that closes it may be another.
    record = sqlite3.connect(address, uri=True, isolation_level=None, timeout=30, check_same_thread=False)
    record.execute("PRAGMA foreign_keys = ON")
    return record


def _bring_up_to_date(record: sqlite3.Connection, folder: Path, write: bool) -> None:
    (version,) = record.execute("PRAGMA user_version").fetchone()
    newest = migrations()[-1][0]
    if version > newest:
        raise DeskTooNew(f"the desk has schema {version}, this program knows up to {newest}", where=str(folder))
    if version < newest:
        if not write and version >= _READABLE:
            return
        if not write:
            raise DeskError(
                f"the desk has schema {version} and must be brought to {newest}",
                where=str(folder),
                hint="Run `onrecord annotate`, which does it",
            )
        _migrate(record, version)
        if version < _ANNOTATED and record.execute("SELECT 1 FROM document").fetchone():
            warnings.warn(
                f"{folder}: the desk was brought from schema {version} to {newest}; run `onrecord annotate` so that its "
                "documents can be asked for acts, mentions and kinds of answers",
                DeskBroughtUp,
                stacklevel=4,
            )


def create(folder: Path) -> None:
    """Make a desk in an empty or a new folder.

    Raises NotADesk where the folder holds something else, DeskBusy where another process is making one there.
    """
    if folder.exists() and not folder.is_dir():
        raise NotADesk("this is a file, not a folder", where=str(folder))
    with failing_clearly(folder):
        ours = (_LOCK, CAPTURES)
        others = folder.is_dir() and any(
            entry.name not in ours and not entry.name.startswith(_BEGUN) for entry in folder.iterdir()
        )
        if others and not is_desk(folder):  # a desk that another has made since this process was told there is none
            raise NotADesk(
                "the folder holds something else", where=str(folder), hint="Name an empty folder for a new desk"
            )
        (folder / CAPTURES).mkdir(parents=True, exist_ok=True)
        lock = WriterLock(folder)
        try:
            if not is_desk(folder):  # another may have made it while this process asked for the lock
                _create(folder)
        finally:
            lock.release()


def _create(folder: Path) -> None:
    """Make the record beside its place and move it there whole, so that a crash leaves no half-made desk.

    It is made without a write-ahead log: what a full disk keeps in the log would stay behind when the file is moved.
    """
    for entry in folder.iterdir():
        if entry.name.startswith(_BEGUN):
            entry.unlink()
    part = folder / f"{_BEGUN}{os.getpid()}"
    record = sqlite3.connect(part, isolation_level=None)
    try:
        record.execute("PRAGMA page_size = 8192")
        record.execute(f"PRAGMA application_id = {_APPLICATION}")
        _migrate(record, 0)
    finally:
        record.close()
    part.replace(folder / RECORD)
    sync_folder(folder)


def _migrate(record: sqlite3.Connection, version: int) -> None:
    for number, script in migrations():
        if number > version:
            record.executescript(f"BEGIN;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;")


def copy_record(source: sqlite3.Connection, path: Path, on_progress: Callable[[int, int], None]) -> None:
    """Copy the record into one file, durably, as of the state that ``source`` sees: begin a transaction first, so that what
    another process writes meanwhile does not make the copy begin anew."""
    source.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    path.unlink(missing_ok=True)
    copy = sqlite3.connect(path, isolation_level=None)
    try:
        source.backup(copy, pages=5000, progress=lambda _, left, total: on_progress(total - left, total), sleep=0)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, that is read on any medium
    finally:
        copy.close()
    with path.open("rb+") as file:
        os.fsync(file.fileno())


class WriterLock:
    """The right to write to a desk. The system gives it back when the process ends, however it ends.

    Raises DeskBusy where another process has it, DeskReadOnly where nobody may write there.
    """

    def __init__(self, folder: Path) -> None:
        self._lock = FileLock(folder / _LOCK)
        with failing_clearly(folder):
            taken = self._lock.acquire()
        if not taken:
            raise DeskBusy(f"process {self._lock.holder()} is writing to the desk", where=str(folder))

    def release(self) -> None:
        """Let another write."""
        self._lock.release()


@contextmanager
def failing_clearly(folder: Path) -> Iterator[None]:
    """Turn what a full disk or a damaged record raise into errors that say so."""
    where = str(folder)
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _meaning(error, where) from error
    except OSError as error:
        if is_full(error):
            raise DeskFull("no room left to write", where=where) from error
        if may_not_write(error):
            raise DeskReadOnly("the desk may not be written to", where=where) from error
        raise


def is_full(error: Exception) -> bool:
    """Whether a failure to write says that no room is left. Libraries that are not written in Python tell it in words."""
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno in _NO_ROOM
    return any(os.strerror(code) in str(error) for code in _NO_ROOM)


def may_not_write(error: Exception) -> bool:
    """Whether a failure to write says that nothing may be written there."""
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno in _FORBIDDEN
    return any(os.strerror(code) in str(error) for code in _FORBIDDEN)


def _meaning(error: sqlite3.DatabaseError, where: str) -> DeskError | RecordError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    if code in _FULL:
        return DeskFull(f"no room left to write the record ({error})", where=where)
    match code & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return DeskBusy("another program keeps the record locked", where=where)
        case sqlite3.SQLITE_CONSTRAINT:
            return RecordError(f"the document does not fit the record: {error}", where=where)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_AUTH:
            return DeskReadOnly(f"the record may not be opened or written to: {error}", where=where)
        case sqlite3.SQLITE_IOERR:
            return DeskError(f"the disk fails: {error}", where=where, hint="Check the disk, then run `onrecord check`")
    return NotADesk(
        f"the record is damaged: {error}",
        where=where,
        hint=f"Put {RECORD} back from a copy, or move it away and add the pages again; the captures stay as they are",
    )
