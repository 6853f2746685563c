"""One desk open in several threads, each with a connection of its own, all with one shared cache of what was computed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from onrecord.desk.store import Desk, Memory, open_desk

Answer = TypeVar("Answer")
#: Most of the work holds Python's global lock: more threads make every page slower and none faster. A few let a short
#: question pass a longer one.
THREADS = 4
#: Threads that only wait for a worker process.
WAITING = 32


class Desks:
    """The desk in ``folder``, open for reading in as many threads as work at once."""

    def __init__(self, folder: Path, threads: int = THREADS) -> None:
        self.folder = folder
        self.memory = Memory()
        self._own = threading.local()
        self._opened: list[Desk] = []
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="desk")
        self._waiting = ThreadPoolExecutor(WAITING, thread_name_prefix="waiting")

    def desk(self) -> Desk:
        """This thread's desk."""
        found: Desk | None = getattr(self._own, "desk", None)
        if found is None:
            found = self._own.desk = open_desk(self.folder, memory=self.memory)
            self._opened.append(found)
        return found

    async def ask(self, question: Callable[[Desk], Answer], *, waiting: bool = False) -> Answer:
        """The answer to a question, computed in one of the threads; with ``waiting`` in one of those that wait for a worker."""
        pool = self._waiting if waiting else self._pool
        return await asyncio.get_running_loop().run_in_executor(pool, lambda: question(self.desk()))

    def close(self) -> None:
        """Close every connection."""
        self._pool.shutdown(cancel_futures=True)
        self._waiting.shutdown(cancel_futures=True)
        for desk in self._opened:
            desk.close()
        self._opened.clear()
