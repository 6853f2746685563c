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
#: Seconds to wait for another process to build an index: ten times what 100 million words take.
TIMEOUT = 3600.0


class IndexBusy(UserWarning):
    """Another process is building the index; this one waits for it."""


class FileLock:
    """An exclusive lock on a file; the file stays when the lock is released. Not reentrant.

    Raises OSError if the file cannot be created.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def acquire(self) -> bool:
        """Try to take the lock without waiting; return whether it was taken."""
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
        with contextlib.suppress(OSError):  # the process id is for messages only; a full disk may prevent it
            os.ftruncate(handle, 0)
            os.write(handle, str(os.getpid()).encode())
        return True

    def holder(self) -> str:
        """The id of the process that holds the lock, or "unknown"."""
        try:
            return self.path.read_bytes()[:32].decode(errors="replace").strip() or "unknown"
        except OSError:  # a locked file cannot be read on Windows
            return "unknown"

    def release(self) -> None:
        """Release the lock. Calling it again has no effect."""
        handle, self._handle = self._handle, None
        if handle is not None:
            portalocker.unlock(handle)
            os.close(handle)


@contextmanager
def building(index: Path, timeout: float = TIMEOUT) -> Iterator[None]:
    """Hold the lock for writing the index in the folder ``index``; wait, with a warning, while another process holds it.

    Raises OSError if the folder is not writable, DeskBusy after ``timeout`` seconds.
    """
    index.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(index.with_name(f"{index.name}.lock"))
    begun = time.monotonic()
    warned = False
    while not lock.acquire():
        if time.monotonic() - begun > timeout:
            raise DeskBusy(f"process {lock.holder()} is still building the index", where=str(index))
        if not warned:
            warnings.warn(f"process {lock.holder()} is building the index; waiting for it", IndexBusy, stacklevel=3)
            warned = True
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        lock.release()
