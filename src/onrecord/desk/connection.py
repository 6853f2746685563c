"""Open the record: migrate its schema, allow one writer at a time, and never block readers."""

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
#: Prefix of the temporary file of an interrupted creation.
_TEMPORARY = f".{RECORD}."
#: The SQLite application id of a desk's record: "OnRc".
_APPLICATION = 0x4F6E5263
#: The first schema with annotations.
_ANNOTATED = 3
#: The oldest schema that can be read without migration.
_READABLE = 3
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN = (errno.EROFS, errno.EACCES, errno.EPERM)
#: SQLite returns SQLITE_FULL if the disk is full, and one of the others if a quota or a file size limit is reached.
_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_SHMSIZE)


class DeskMigrated(UserWarning):
    """A desk of an older version was migrated and now supports more; the message says what to run."""


def migrations() -> list[tuple[int, str]]:
    """The number and the SQL of each migration, in order."""
    found = [entry for entry in files("onrecord.desk").joinpath("migrations").iterdir() if entry.name.endswith(".sql")]
    return sorted((int(entry.name[:4]), entry.read_text(encoding="utf-8")) for entry in found)


def is_desk(folder: Path) -> bool:
    """Whether the folder contains a record file; :func:`connect` verifies that it is a desk's record and readable."""
    return (folder / RECORD).is_file()


def is_ours(folder: Path) -> bool:
    """Whether the record has the application id of a desk; read from the file header, without opening the database."""
    with contextlib.suppress(OSError), (folder / RECORD).open("rb") as file:
        head = file.read(100)
        return head.startswith(b"SQLite format 3\0") and int.from_bytes(head[68:72]) == _APPLICATION
    return False


def connect(folder: Path, *, write: bool) -> sqlite3.Connection:
    """Connect to the record of an existing desk.

    Raises NotADesk if there is none or the file is damaged, DeskTooNew if a newer version wrote it.
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
                # A commit returns when the log is on the disk. (Captures are synced before each commit, so this adds
                # little.) On macOS only fullfsync flushes the drive.
                record.execute("PRAGMA synchronous = FULL")
                record.execute("PRAGMA fullfsync = ON")
            _migrate_if_older(record, folder, write)
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
        # SQLite creates a shared-memory file next to the record for its readers. On a read-only medium it cannot, and
        # need not, because nobody can write there.
        record = _connection(f"{address}?immutable=1")
    except BaseException:
        record.close()
        raise
    return record


def _connection(address: str) -> sqlite3.Connection:
    # A connection is used by one thread at a time, but another thread may close it.
    record = sqlite3.connect(address, uri=True, isolation_level=None, timeout=30, check_same_thread=False)
    record.execute("PRAGMA foreign_keys = ON")
    return record


def _migrate_if_older(record: sqlite3.Connection, folder: Path, write: bool) -> None:
    (version,) = record.execute("PRAGMA user_version").fetchone()
    newest = migrations()[-1][0]
    if version > newest:
        raise DeskTooNew(f"the desk has schema {version}, this program supports up to {newest}", where=str(folder))
    if version < newest:
        if not write and version >= _READABLE:
            return
        if not write:
            raise DeskError(
                f"the desk has schema {version} and must be migrated to {newest}",
                where=str(folder),
                hint="Run `onrecord annotate`, which migrates it",
            )
        _migrate(record, version)
        if version < _ANNOTATED and record.execute("SELECT 1 FROM document").fetchone():
            warnings.warn(
                f"{folder}: the desk was migrated from schema {version} to {newest}; run `onrecord annotate` to find the "
                "acts, mentions and answer types of its documents",
                DeskMigrated,
                stacklevel=4,
            )


def create(folder: Path) -> None:
    """Create a desk in an empty or new folder.

    Raises NotADesk if the folder contains something else, DeskBusy if another process is creating a desk there.
    """
    if folder.exists() and not folder.is_dir():
        raise NotADesk("this is a file, not a folder", where=str(folder))
    with failing_clearly(folder):
        ours = (_LOCK, CAPTURES)
        others = folder.is_dir() and any(
            entry.name not in ours and not entry.name.startswith(_TEMPORARY) for entry in folder.iterdir()
        )
        if others and not is_desk(folder):  # checked again: another process may just have created the desk
            raise NotADesk(
                "the folder contains something else", where=str(folder), hint="Choose an empty folder for a new desk"
            )
        (folder / CAPTURES).mkdir(parents=True, exist_ok=True)
        lock = WriterLock(folder)
        try:
            if not is_desk(folder):  # another process may have created it before this one got the lock
                _create(folder)
        finally:
            lock.release()


def _create(folder: Path) -> None:
    """Create the record as a temporary file and rename it, so that a crash leaves no incomplete desk.

    It is created without a write-ahead log, because data left in the log by a full disk would be lost by the rename.
    """
    for entry in folder.iterdir():
        if entry.name.startswith(_TEMPORARY):
            entry.unlink()
    part = folder / f"{_TEMPORARY}{os.getpid()}"
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
    """Copy the record durably into the file ``path``, as of the state that ``source`` sees.

    Begin a transaction on ``source`` first; otherwise a write by another process restarts the copy.
    """
    source.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    path.unlink(missing_ok=True)
    copy = sqlite3.connect(path, isolation_level=None)
    try:
        source.backup(copy, pages=5000, progress=lambda _, left, total: on_progress(total - left, total), sleep=0)
        copy.execute("PRAGMA journal_mode = DELETE")  # a single file, readable on any medium
    finally:
        copy.close()
    with path.open("rb+") as file:
        os.fsync(file.fileno())


class WriterLock:
    """The exclusive lock of the writer of a desk. The system releases it when the process ends in any way.

    Raises DeskBusy if another process holds it, DeskReadOnly without permission to write.
    """

    def __init__(self, folder: Path) -> None:
        self._lock = FileLock(folder / _LOCK)
        with failing_clearly(folder):
            taken = self._lock.acquire()
        if not taken:
            raise DeskBusy(f"process {self._lock.holder()} is writing to the desk", where=str(folder))

    def release(self) -> None:
        """Release the lock."""
        self._lock.release()


@contextmanager
def savepoint(record: sqlite3.Connection) -> Iterator[None]:
    """Keep all writes inside, or roll back all of them."""
    record.execute("SAVEPOINT whole")
    try:
        yield
    except BaseException:
        if record.in_transaction:  # on a full disk SQLite has rolled back already
            record.execute("ROLLBACK TO whole")
            record.execute("RELEASE whole")
        raise
    record.execute("RELEASE whole")


@contextmanager
def failing_clearly(folder: Path) -> Iterator[None]:
    """Convert exceptions of SQLite and the system (disk full, no permission, damaged record) into errors of the program."""
    where = str(folder)
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _converted(error, where) from error
    except OSError as error:
        if is_full(error):
            raise DeskFull("no space left to write", where=where) from error
        if may_not_write(error):
            raise DeskReadOnly("no permission to write to the desk", where=where) from error
        raise


def is_full(error: Exception) -> bool:
    """Whether an exception means that the disk is full; some native libraries give only the system's message."""
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno in _NO_SPACE
    return any(os.strerror(code) in str(error) for code in _NO_SPACE)


def may_not_write(error: Exception) -> bool:
    """Whether an exception means that there is no permission to write."""
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno in _FORBIDDEN
    return any(os.strerror(code) in str(error) for code in _FORBIDDEN)


def _converted(error: sqlite3.DatabaseError, where: str) -> DeskError | RecordError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    if code in _FULL:
        return DeskFull(f"no space left to write the record ({error})", where=where)
    match code & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return DeskBusy("another program has locked the record", where=where)
        case sqlite3.SQLITE_CONSTRAINT:
            return RecordError(f"the document does not fit the record: {error}", where=where)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_AUTH:
            return DeskReadOnly(f"no permission to open or write the record: {error}", where=where)
        case sqlite3.SQLITE_IOERR:
            return DeskError(
                f"the disk reports an error: {error}", where=where, hint="Check the disk, then run `onrecord check`"
            )
    return NotADesk(
        f"the record is damaged: {error}",
        where=where,
        hint=f"Restore {RECORD} from a backup, or move it away and add the pages again; the captures are not affected",
    )
