"""Questions that may take long, answered in worker processes: none of them keeps the other readers waiting.

Threads would share one interpreter: while one of them compared a long briefing with the record, every other page took
seconds. And a thread cannot be stopped, while a process that has run past its deadline is killed and replaced.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from functools import partial
from pathlib import Path

import msgspec

from onrecord.child import Child, Ended, answer_requests
from onrecord.web.answering import Question, Unavailable, answer

#: Seconds that one question may take. The longest real briefing, of 900 sentences, is redlined in four.
DEADLINE = 20.0
#: Seconds for a preparation step, and for the first question to a page after the record has changed: it may have to
#: make again what is made once for the whole desk.
PREPARING = 300.0
FIRST = 120.0
#: Seconds that a question waits for a worker to be free.
WAITING = 15.0
#: After so many seconds a question runs at a lower priority than those of other readers.
SLOW = 0.5
_LOW_PRIORITY = 10


class QuestionTooLong(Unavailable):
    """A question was stopped at its deadline, or its worker died of it."""

    hint = "Narrow it, for example to fewer days or one issuer"


class WorkersBusy(Unavailable):
    """Every worker is busy with another long question."""

    hint = "Try again in a few seconds"


def worker_count() -> int:
    """One more than there are processors, so that a question that runs to its deadline leaves the others theirs."""
    return max(3, min(6, (os.cpu_count() or 1) + 1))


class Worker:
    """A process that answers one question at a time; started when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.child: Child | None = None
        self._state: object = None  # what the record was as of when the pages in _warm were first asked for
        self._warm: set[str] = set()
        self._prepared = False

    def start(self) -> None:
        """Start the process where there is none, and wait until it has loaded its program. Raises Ended."""
        if self.child is not None and self.child.process.poll() is not None:
            self.end()
        if self.child is None:
            self.child = Child(__name__, str(self.folder))
            self.child.ask(msgspec.msgpack.encode(-1), PREPARING)

    def ask(self, question: Question, state: object, deadline: float) -> tuple[int, bytes]:
        """The status and the body. Raises Ended where the process dies or the deadline passes."""
        self.start()
        assert self.child is not None
        if state != self._state:
            self._state, self._prepared = state, False
            self._warm.clear()
        warm = self._prepared or question.page in self._warm
        body = self.child.ask(msgspec.msgpack.encode(question), deadline if warm else max(FIRST, deadline))
        self._warm.add(question.page)
        return msgspec.msgpack.decode(body, type=tuple[int, bytes])

    def prepare(self, step: int) -> None:
        """Carry out a step of :data:`~onrecord.web.preparation.FOR_WORKERS`. Raises Ended."""
        self.start()
        assert self.child is not None
        self.child.ask(msgspec.msgpack.encode(step), PREPARING)

    def is_prepared(self, state: object) -> None:
        """Every step was carried out for this state of the record: no later question has an excuse to be slow."""
        self._state, self._prepared = state, True

    def end(self) -> None:
        """End the process."""
        child, self.child = self.child, None
        self._warm.clear()
        self._prepared = False
        if child is not None:
            child.end()


class WorkerPool:
    """The workers for the desk in ``folder``.

    ``deadline`` is how many seconds a question may take, ``waiting`` how many it waits for a free worker.
    """

    def __init__(
        self, folder: Path, count: int | None = None, *, deadline: float = DEADLINE, waiting: float = WAITING
    ) -> None:
        self.deadline, self.waiting = deadline, waiting
        self.workers = [Worker(folder) for _ in range(count or worker_count())]
        self._free = list(reversed(self.workers))  # the last used is used next: its caches are the warmest
        self._heavy = 0
        self._closed = False
        self._changed = threading.Condition()

    def ask(self, question: Question, state: object = None, *, heavy: bool = False) -> tuple[int, bytes]:
        """The status and the body of the answer.

        ``state`` is what the record is as of. Of the questions that are always ``heavy`` so many run at once that two workers are
        left to the others. Raises WorkersBusy, and QuestionTooLong where the deadline passes or the worker dies.
        """
        worker = self._take(heavy)
        try:
            answered = worker.ask(question, state, self.deadline)
        except Ended as ended:
            worker.end()
            threading.Thread(target=self._replace, args=(worker, state, heavy), name="replacing", daemon=True).start()
            raise QuestionTooLong(f"this question was stopped: {ended}") from None
        except BaseException:
            worker.end()
            self._release(worker, heavy)
            raise
        self._release(worker, heavy)
        return answered

    def prepare(self, state: object = None) -> Iterator[str]:
        """Prepare the workers for a state of the record, each step named before it is done. A worker takes questions between."""
        from onrecord.web.preparation import FOR_WORKERS

        for number, worker in enumerate(self.workers, start=1):
            for step, (name, _) in enumerate(FOR_WORKERS):
                yield f"{name} ({number} of {len(self.workers)})"
                if not self._take_this(worker):
                    return
                try:
                    worker.prepare(step)
                except Ended:
                    worker.end()
                    break
                finally:
                    self._release(worker, False)
            else:
                worker.is_prepared(state)

    def close(self) -> None:
        """End the processes."""
        with self._changed:
            self._closed = True
        for worker in self.workers:
            worker.end()

    def _take(self, heavy: bool) -> Worker:
        most_heavy = max(1, len(self.workers) - 2)
        with self._changed:
            free = self._changed.wait_for(
                lambda: self._free and not (heavy and self._heavy >= most_heavy), timeout=self.waiting
            )
            if not free or self._closed:
                raise WorkersBusy("the desk is busy with other long questions")
            self._heavy += heavy
            return self._free.pop()

    def _take_this(self, worker: Worker) -> bool:
        with self._changed:
            if not self._changed.wait_for(lambda: worker in self._free or self._closed, timeout=PREPARING):
                return False
            if self._closed:
                return False
            self._free.remove(worker)
            return True

    def _release(self, worker: Worker, heavy: bool) -> None:
        with self._changed:
            self._heavy -= heavy
            self._free.append(worker)
            self._changed.notify_all()

    def _replace(self, worker: Worker, state: object, heavy: bool) -> None:
        """Start a new process in place of one that was killed, and prepare it before it takes questions."""
        from onrecord.web.preparation import FOR_WORKERS

        with self._changed:
            self._heavy -= heavy
            self._changed.notify_all()
        try:
            for step in range(len(FOR_WORKERS)):
                if self._closed:
                    return
                worker.prepare(step)
            worker.is_prepared(state)
        except Ended:
            worker.end()
        self._release(worker, False)


class _Thread:
    """A thread that works out answers, with a desk of its own; retired after a slow one, since it keeps the low priority."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(1, thread_name_prefix="answering")
        self.id = self.pool.submit(threading.get_native_id).result()

    def slow_down(self) -> None:
        """Leave the processor to others first. (On Linux priorities belong to threads, elsewhere to whole processes.)"""
        if sys.platform == "linux":
            os.setpriority(os.PRIO_PROCESS, self.id, _LOW_PRIORITY)


def main(folder: str) -> None:
    """Answer questions about a desk until nobody asks any more."""
    from onrecord.desk.store import Desk, Memory, open_desk
    from onrecord.web.preparation import FOR_WORKERS
    from onrecord.web.rendering import compile_templates

    compile_templates()
    memory, own = Memory(), threading.local()
    thread = _Thread()

    def desk() -> Desk:
        if getattr(own, "desk", None) is None:
            own.desk = open_desk(Path(folder), memory=memory)
        opened: Desk = own.desk
        return opened

    def close() -> None:
        if getattr(own, "desk", None) is not None:
            own.desk.close()

    def carry_out(request: Question | int) -> bytes:
        if isinstance(request, Question):
            return msgspec.msgpack.encode(answer(request, desk()))
        if request >= 0:
            FOR_WORKERS[request][1](desk())
        return b""

    def work(request: bytes) -> bytes:
        nonlocal thread
        future = thread.pool.submit(partial(carry_out, msgspec.msgpack.decode(request, type=Question | int)))
        slow = False
        try:
            body = future.result(SLOW)
        except NotYet:
            slow = True
            thread.slow_down()
            body = future.result()
        if slow:
            thread.pool.submit(close)
            thread.pool.shutdown(wait=False)
            thread = _Thread()
        if gc.get_freeze_count() == 0:  # the tables and indexes stay: they need not be gone through for garbage
            gc.freeze()
        return body

    answer_requests(work)
