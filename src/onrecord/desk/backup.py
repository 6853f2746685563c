"""Back up a desk while it is in use, and restore a backup.

A backup is itself a desk without the index, which can be rebuilt from the record: ``record.sqlite`` as of one moment, the
captures it refers to, and ``backup.json`` with the record's SHA-256. Every command reads it with ``--desk BACKUP``.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path

import msgspec

from onrecord.captures.keeping import Captures
from onrecord.desk.checking import Fault, check
from onrecord.desk.connection import CAPTURES, RECORD, connect, copy_record, failing_clearly, is_desk
from onrecord.desk.index_files import sync_folder
from onrecord.desk.store import open_desk
from onrecord.errors import DamagedBackup, NotADesk

_ABOUT = "backup.json"

Progress = Callable[[str, int, int], None]


class About(msgspec.Struct, frozen=True, kw_only=True):
    """The content of ``backup.json``: when the backup was made, by which version, its counts, and its record's SHA-256."""

    made: str
    program: str
    documents: int
    captures: int
    sha256: str


class Copied(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a copy: the number of documents and captures, how many captures are hard links to the original, the
    size of the record in bytes, and the faults of the copy."""

    folder: str
    documents: int
    captures: int
    linked: int
    record_bytes: int
    faults: tuple[Fault, ...]


def back_up(desk: Path, destination: Path, *, link: bool = True, on_progress: Progress | None = None) -> Copied:
    """Copy a desk, as of one moment, to an empty or new folder, and check the copy. Another process may write meanwhile.

    With ``link`` captures are hard-linked instead of copied where the file system supports it: captures never change, so
    links take no space, but they do not protect against a disk failure. Faults of the desk are copied and reported.
    ``on_progress`` receives the step, the units done and the total. Raises NotADesk if there is no desk or the destination
    is not empty, DeskFull, DeskReadOnly.
    """
    from onrecord.version import __version__

    _need_empty(destination)
    source = connect(desk, write=False)
    try:
        with failing_clearly(destination):
            destination.mkdir(parents=True, exist_ok=True)
            part = destination / f".{RECORD}.part"
            source.execute("BEGIN")  # everything read from here on belongs to one state
            copy_record(source, part, lambda done, total: _tell(on_progress, "record", done, total))
            digests = [row[0] for row in source.execute("SELECT sha256 FROM capture ORDER BY sha256")]
            (documents,) = source.execute("SELECT count(*) FROM document").fetchone()
            linked = _copy_captures(desk, destination, digests, link, on_progress)
            about = About(
                made=datetime.now(UTC).isoformat(timespec="seconds"),
                program=__version__,
                documents=documents,
                captures=len(digests),
                sha256=_sha256(part),
            )
            (destination / _ABOUT).write_bytes(msgspec.json.format(msgspec.json.encode(about)))
            _sync(destination / _ABOUT)
            part.replace(destination / RECORD)
            sync_folder(destination)
    finally:
        source.close()
    return _checked(destination, about, linked, on_progress)


def restore(backup: Path, desk: Path, *, on_progress: Progress | None = None) -> Copied:
    """Copy a backup as a desk to an empty or new folder, and check it. Indexes are built on the first query.

    A folder with only the record of a desk, without ``backup.json``, is not a backup. Raises NotADesk if there is no backup
    or the folder is not empty, DamagedBackup if its record is not the one that was backed up, DeskFull, DeskReadOnly.
    """
    _need_empty(desk)
    if not is_desk(backup):
        raise NotADesk(
            "there is no backup here", where=str(backup), hint="Give the folder that `onrecord backup` created"
        )
    try:
        about = msgspec.json.decode((backup / _ABOUT).read_bytes(), type=About)
    except (OSError, ValueError) as error:
        raise DamagedBackup(f"its {_ABOUT} cannot be read: {error}", where=str(backup)) from error
    if _sha256(backup / RECORD) != about.sha256:
        raise DamagedBackup(f"its {RECORD} is not the one that was backed up", where=str(backup))
    source = connect(backup, write=False)
    try:
        digests = [row[0] for row in source.execute("SELECT sha256 FROM capture ORDER BY sha256")]
    finally:
        source.close()
    with failing_clearly(desk):
        desk.mkdir(parents=True, exist_ok=True)
        _copy_captures(backup, desk, digests, False, on_progress)
        part = desk / f".{RECORD}.part"
        shutil.copyfile(backup / RECORD, part)
        _sync(part)
        part.replace(desk / RECORD)
        sync_folder(desk)
    return _checked(desk, about, 0, on_progress)


def _need_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotADesk("the folder is not empty", where=str(folder), hint="Choose an empty or a new folder")


def _copy_captures(
    desk: Path, destination: Path, digests: Iterable[str], link: bool, on_progress: Progress | None
) -> int:
    """Copy or link captures durably and return how many were linked. A missing one is skipped; the check reports it."""
    source, copy = Captures(desk / CAPTURES), Captures(destination / CAPTURES)
    copy.folder.mkdir(exist_ok=True)
    wanted = list(digests)
    linked = 0
    folders: set[Path] = {copy.folder}
    for done, digest in enumerate(wanted, start=1):
        path = copy.path(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        folders.update((path.parent, path.parent.parent))
        with contextlib.suppress(FileNotFoundError):
            if link and _linked(source.path(digest), path):
                linked += 1
            else:
                shutil.copyfile(source.path(digest), path)
                _sync(path)
        _tell(on_progress, "captures", done, len(wanted))
    for folder in folders:
        sync_folder(folder)
    return linked


def _linked(path: Path, link: Path) -> bool:
    try:
        link.hardlink_to(path)
    except FileNotFoundError:
        raise
    except OSError:  # another file system, or one without hard links
        return False
    return True


def _checked(folder: Path, about: About, linked: int, on_progress: Progress | None) -> Copied:
    with open_desk(folder) as copy:
        faults = tuple(check(copy, lambda done, total: _tell(on_progress, "check", done, total)))
    return Copied(
        folder=str(folder),
        documents=about.documents,
        captures=about.captures,
        linked=linked,
        record_bytes=(folder / RECORD).stat().st_size,
        faults=tuple(fault for fault in faults if fault.what != "orphan"),
    )


def _tell(on_progress: Progress | None, what: str, done: int, total: int) -> None:
    if on_progress is not None:
        on_progress(what, done, total)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
