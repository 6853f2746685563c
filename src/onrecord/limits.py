"""Limits on the memory and time for reading one document.

A PDF of two kilobytes can allocate gigabytes, and this cannot be predicted. Files that are not known to be harmless are
therefore read in a child process with these limits; a document that exceeds them raises an error and the run continues.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

import msgspec

from onrecord.child import Ended
from onrecord.errors import LimitReached, ReadingError

#: Megabytes above the memory of the process at its start, and seconds. The largest real page takes 60 MB and 0.2 s, a PDF
#: of 500 pages 150 MB and 5 s.
_MEMORY, _SECONDS = 1000, 60.0
#: The exit code of a process that caught a MemoryError.
OUT_OF_MEMORY = 77
#: Exit codes of a process that ran out of memory: it aborts, its allocator traps, or the system kills it.
_FOR_MEMORY = frozenset(
    -number for name in ("SIGABRT", "SIGTRAP", "SIGILL", "SIGKILL") if (number := getattr(signal, name, 0))
)


class Limits(msgspec.Struct, frozen=True):
    """``memory`` in megabytes above that of the process itself, ``seconds`` for one document."""

    memory: int = _MEMORY
    seconds: float = _SECONDS

    @classmethod
    def from_environment(cls) -> Limits:
        """The default limits, overridden by ``ONRECORD_READ_MEMORY`` (megabytes) and ``ONRECORD_READ_SECONDS``."""
        memory, seconds = _number("ONRECORD_READ_MEMORY", _MEMORY), _number("ONRECORD_READ_SECONDS", _SECONDS)
        return cls(int(memory), seconds)

    def apply_to_this_process(self) -> None:
        """Set the memory limit of this process; without effect on Windows and macOS, which have no such limit."""
        try:
            import resource

            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
            size = pages * resource.getpagesize() + self.memory * 1_000_000
            _, hard = resource.getrlimit(resource.RLIMIT_AS)
            resource.setrlimit(resource.RLIMIT_AS, (size if hard < 0 else min(size, hard), hard))
        except (ImportError, OSError, ValueError):
            return

    def memory_error(self, where: str) -> LimitReached:
        """The error of a document that exceeds the memory limit. ``where`` is its source."""
        return LimitReached(f"reading it takes more than {self.memory:,} MB of memory", where=where)

    def error_of(self, ended: Ended, where: str) -> ReadingError:
        """The error of a document whose reading process ended. ``where`` is its source."""
        if ended.code is None:
            return LimitReached(f"reading it takes more than {self.seconds:g} seconds", where=where)
        if ended.code == OUT_OF_MEMORY:
            return self.memory_error(where)
        if ended.code in _FOR_MEMORY:
            return LimitReached(
                f"{ended}, most likely because reading it takes more than {self.memory:,} MB of memory", where=where
            )
        return ReadingError(f"the reader failed: {ended}", where=where, hint="Please report this page")


def _number(name: str, default: float) -> float:
    try:
        value = float(os.environ.get(name, ""))
    except ValueError:
        return default
    return value if 0 < value < 1e9 else default
