"""One desk open in several threads, each with its own connection and all with one memory."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from onrecord.desk.store import Desk, Memory, open_desk

Answer = TypeVar("Answer")
#: Most of the work is Python's own, which threads do not share out: more of them make every page slower and none
#: faster. A few let a short question pass a long one.
THREADS = 4
#: Threads that only wait for another process; who asks a long question waits in line, and nobody behind them.
WAITING = 16


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
        """The answer to a question, worked out in one of the threads, or in one of those that wait for another process."""
        pool = self._waiting if waiting else self._pool
        return await asyncio.get_running_loop().run_in_executor(pool, lambda: question(self.desk()))

    def close(self) -> None:
        """Let go of the desk."""
        self._pool.shutdown(cancel_futures=True)
        self._waiting.shutdown(cancel_futures=True)
        for desk in self._opened:
            desk.close()
        self._opened.clear()
