"""One desk open in several threads: a connection for each thread, a cache of computed values shared by all."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from onrecord.desk.memory import Memory
from onrecord.desk.store import Desk, open_desk

Answer = TypeVar("Answer")
#: Most of the work holds the GIL: more threads make every page slower and none faster. A few let a short request overtake a
#: longer one.
THREADS = 4
#: Threads that only wait for worker processes.
WAITING = 32


class DeskPool:
    """The desk in ``folder``, open for reading in a pool of threads."""

    def __init__(self, folder: Path, threads: int = THREADS) -> None:
        self.folder = folder
        self.memory = Memory()
        self._own = threading.local()
        self._opened: list[Desk] = []
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="desk")
        self._waiting = ThreadPoolExecutor(WAITING, thread_name_prefix="waiting")

    def desk(self) -> Desk:
        """The desk of the current thread."""
        found: Desk | None = getattr(self._own, "desk", None)
        if found is None:
            found = self._own.desk = open_desk(self.folder, memory=self.memory)
            self._opened.append(found)
        return found

    async def ask(self, question: Callable[[Desk], Answer], *, waiting: bool = False) -> Answer:
        """Call ``question`` with a desk in a thread; with ``waiting`` in a thread for calls that wait for a worker process."""
        pool = self._waiting if waiting else self._pool
        return await asyncio.get_running_loop().run_in_executor(pool, lambda: question(self.desk()))

    def close(self) -> None:
        """Close every connection."""
        self._pool.shutdown(cancel_futures=True)
        self._waiting.shutdown(cancel_futures=True)
        for desk in self._opened:
            desk.close()
        self._opened.clear()
