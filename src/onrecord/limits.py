"""Limits on the memory and time for reading one document.

A PDF of two kilobytes can allocate gigabytes, and this cannot be predicted. Files that are not known to be harmless are
therefore read in a child process with these limits; a document that exceeds them raises an error and the run continues.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from onrecord.errors import LimitReached, ReadingError

if TYPE_CHECKING:
    from onrecord.child import Ended

#: Megabytes above the memory of the process at its start, and seconds. The largest real page takes 60 MB and 0.2 s, a PDF
#: of 500 pages 150 MB and 5 s.
_MEMORY, _SECONDS = 1000, 60.0
#: The exit code of a process that caught a MemoryError.
OUT_OF_MEMORY = 77
#: Exit codes of a process that ran out of memory: it aborts, its allocator traps, or the system kills it.
_FOR_MEMORY = frozenset(
    -number for name in ("SIGABRT", "SIGTRAP", "SIGILL", "SIGKILL") if (number := getattr(signal, name, 0))
)


class _TimeUp(BaseException):
    """Raised by the timer; not an Exception, so that no reader takes it for its own."""


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

    @contextmanager
    def applied(self, where: str) -> Iterator[None]:
        """Apply the limits to this process while the block runs: seconds of CPU time, and on Linux memory.

        For commands, which start no other threads: it costs microseconds, where a child process costs a tenth of a second.
        Without effect outside the main thread and on Windows. ``where`` is the source. Raises LimitReached.
        """
        with ExitStack() as stack:
            if threading.current_thread() is threading.main_thread():
                _limit_time(self.seconds, stack)
                _limit_memory(self, stack)
            try:
                yield
            except _TimeUp:
                stack.close()
                raise LimitReached(f"reading it takes more than {self.seconds:g} seconds", where=where) from None
            except MemoryError:
                stack.close()
                raise self.memory_error(where) from None

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


def _limit_time(seconds: float, stack: ExitStack) -> None:
    """Raise _TimeUp in this thread after so many seconds of CPU time, and every second after that, until the stack ends."""

    def stop(number: int, frame: object) -> None:
        raise _TimeUp

    if hasattr(signal, "setitimer"):
        stack.callback(signal.signal, signal.SIGVTALRM, signal.signal(signal.SIGVTALRM, stop) or signal.SIG_DFL)
        stack.callback(signal.setitimer, signal.ITIMER_VIRTUAL, 0)
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 1.0)


def _limit_memory(limits: Limits, stack: ExitStack) -> None:
    """Limit the memory of this process until the stack ends."""
    try:
        import resource
    except ImportError:
        return
    stack.callback(resource.setrlimit, resource.RLIMIT_AS, resource.getrlimit(resource.RLIMIT_AS))
    limits.apply_to_this_process()


def _number(name: str, default: float) -> float:
    try:
        value = float(os.environ.get(name, ""))
    except ValueError:
        return default
    return value if 0 < value < 1e9 else default
