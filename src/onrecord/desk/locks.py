"""Locks between processes: one writer of a desk, one builder of an index. The system releases them when a process ends."""

from __future__ import annotations

import contextlib
import errno
import os
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import portalocker

from onrecord.errors import DeskBusy

#: Seconds between two attempts to take a lock that another process holds.
_PAUSE = 0.05
#: Seconds after which whoever waits for another process's index gives up: ten times what 100 million words take.
PATIENCE = 3600.0


class IndexBusy(UserWarning):
    """Another process is building the index; this one waits for it."""


class FileLock:
    """An exclusive lock on a file, which stays in place when the lock is released. Not reentrant.

    Raises OSError where the file cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def acquire(self) -> bool:
        """Take the lock if nobody holds it; whether it was taken."""
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
        try:
            portalocker.lock(handle, portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING)
        except portalocker.AlreadyLocked:
            os.close(handle)
            return False
        except portalocker.LockException as error:
            os.close(handle)
            raise OSError(errno.ENOLCK, f"the file system cannot lock files: {error}", str(self.path)) from error
        self._handle = handle
        with contextlib.suppress(OSError):  # the holder's number helps whoever waits; on a full disk it is left out
            os.ftruncate(handle, 0)
            os.write(handle, str(os.getpid()).encode())
        return True

    def holder(self) -> str:
        """The number of the process that holds the lock, as far as it can be told."""
        try:
            return self.path.read_bytes()[:32].decode(errors="replace").strip() or "unknown"
        except OSError:  # a locked file cannot be read on Windows
            return "unknown"

    def release(self) -> None:
        """Let another take it; a second time does nothing."""
        handle, self._handle = self._handle, None
        if handle is not None:
            portalocker.unlock(handle)
            os.close(handle)


@contextmanager
def building(index: Path, patience: float = PATIENCE) -> Iterator[None]:
    """The right to write the index in the folder ``index``; waits, with a warning, while another process has it.

    Raises OSError where the folder cannot be written, DeskBusy after ``patience`` seconds.
    """
    index.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(index.with_name(f"{index.name}.lock"))
    begun = time.monotonic()
    told = False
    while not lock.acquire():
        if time.monotonic() - begun > patience:
            raise DeskBusy(f"process {lock.holder()} has been building the index for long", where=str(index))
        if not told:
            warnings.warn(f"process {lock.holder()} is building the index; waiting for it", IndexBusy, stacklevel=3)
            told = True
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        lock.release()
