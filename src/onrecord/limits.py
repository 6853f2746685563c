"""How much memory and time the reading of one document may take.

A PDF of two kilobytes can ask for gigabytes, and nobody can tell beforehand. So what is not plainly harmless is read in a
process of its own that may take no more than this; beyond it the document is refused by name and everything else goes on.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

import msgspec

from onrecord.child import Ended
from onrecord.errors import LimitReached, ReadingError

#: Megabytes beyond what the process takes when it starts, and seconds. The largest real page takes 60 MB and a fifth of a
#: second, a PDF of 500 pages 150 MB and five seconds.
_MEMORY, _SECONDS = 1000, 60.0
#: The exit code of a process that was refused memory and says so.
OUT_OF_MEMORY = 77
#: How a process ends that asked for memory and got none: by its own hand, by a trap of its allocator, or by the system's.
_FOR_MEMORY = frozenset(
    -number for name in ("SIGABRT", "SIGTRAP", "SIGILL", "SIGKILL") if (number := getattr(signal, name, 0))
)


class Limits(msgspec.Struct, frozen=True):
    """``memory`` in megabytes beyond what the process itself takes, ``seconds`` for one document."""

    memory: int = _MEMORY
    seconds: float = _SECONDS

    @classmethod
    def from_environment(cls) -> Limits:
        """The limits with those replaced that ``ONRECORD_READ_MEMORY`` and ``ONRECORD_READ_SECONDS`` name."""
        memory, seconds = _number("ONRECORD_READ_MEMORY", _MEMORY), _number("ONRECORD_READ_SECONDS", _SECONDS)
        return cls(int(memory), seconds)

    def apply_to_this_process(self) -> None:
        """Let this process take no more memory than that, where the system has such a limit: not on Windows and macOS."""
        try:
            import resource

            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
            size = pages * resource.getpagesize() + self.memory * 1_000_000
            _, hard = resource.getrlimit(resource.RLIMIT_AS)
            resource.setrlimit(resource.RLIMIT_AS, (size if hard < 0 else min(size, hard), hard))
        except (ImportError, OSError, ValueError):
            return

    def memory_error(self, where: str) -> LimitReached:
        """The error of a document that asked for more memory."""
        return LimitReached(f"reading it takes more than {self.memory:,} MB of memory", where=where)

    def error_of(self, ended: Ended, where: str) -> ReadingError:
        """The error of a document on which the process ended that read it."""
        if ended.code is None:
            return LimitReached(f"reading it takes more than {self.seconds:g} seconds", where=where)
        if ended.code == OUT_OF_MEMORY:
            return self.memory_error(where)
        if ended.code in _FOR_MEMORY:
            return LimitReached(
                f"{ended}, most likely because reading it takes more than {self.memory:,} MB of memory", where=where
            )
        return ReadingError(f"the reader failed: {ended}", where=where, hint="Please report this page")


def _number(name: str, usual: float) -> float:
    try:
        told = float(os.environ.get(name, ""))
    except ValueError:
        return usual
    return told if 0 < told < 1e9 else usual
