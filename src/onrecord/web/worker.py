"""Worker processes for slow pages, so that other readers do not wait.

Threads share one interpreter: while one of them compares a long briefing with the record, every other page takes seconds.
A request that exceeds its deadline is stopped by an exception in the thread that answers it, and the process goes on with all
it has loaded. If that does not help, because a library is busy, the process is killed and replaced.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from functools import partial
from pathlib import Path

import msgspec

from onrecord.child import Child, Ended, answer_requests
from onrecord.errors import QuestionTooLong, WorkersBusy
from onrecord.web.answering import PageRequest, answer

#: Time limit of a request in seconds. A redline of the longest real briefing, with 900 sentences, takes four.
DEADLINE = 20.0
#: Time limits in seconds of a preparation step, and of the first request for a page after the record has changed, which may
#: have to recompute summaries of the whole desk.
PREPARING = 300.0
FIRST = 120.0
#: Seconds that a process has to stop a request after its deadline, before it is killed.
GRACE = 3.0
#: Seconds that a request waits for a free worker.
WAITING = 15.0
#: After this many seconds a request gets a lower priority than those of other readers.
SLOW = 0.5
_LOW_PRIORITY = 10


def worker_count() -> int:
    """One more than there are processors, so that a request that runs to its deadline leaves workers for the others."""
    return max(3, min(6, (os.cpu_count() or 1) + 1))


class Question(msgspec.Struct, frozen=True, array_like=True):
    """What a process is asked: a page, or the number of a preparation step (-1 for none), within so many seconds.

    ``aside`` steps run with a low priority, because others are waiting for the processor.
    """

    asked: PageRequest | int
    deadline: float
    aside: bool = False


class Overdue(Exception):
    """A request was stopped at its deadline; its process goes on."""


class Worker:
    """A process that answers one request at a time; starts on first use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.child: Child | None = None
        self._state: object = None  # the state of the record for which the pages in _warm have been requested
        self._warm: set[str] = set()
        self._prepared = False

    def start(self) -> None:
        """Start the process if it is not running, and wait until it is ready. Raises Ended."""
        if self.child is not None and self.child.process.poll() is not None:
            self.end()
        if self.child is None:
            self.child = Child(__name__, str(self.folder))
            self.child.ask(msgspec.msgpack.encode(Question(-1, PREPARING)), PREPARING)

    def ask(self, request: PageRequest, state: object, deadline: float) -> tuple[int, bytes]:
        """The HTTP status and the body. Raises Overdue at the deadline, Ended if the process dies or does not stop then."""
        self.start()
        assert self.child is not None
        if state != self._state:
            self._state, self._prepared = state, False
            self._warm.clear()
        warm = self._prepared or request.page in self._warm
        seconds = deadline if warm else max(FIRST, deadline)
        body = self.child.ask(msgspec.msgpack.encode(Question(request, seconds)), seconds + GRACE)
        if not body:
            raise Overdue(f"it took more than {seconds:g} seconds")
        self._warm.add(request.page)
        return msgspec.msgpack.decode(body, type=tuple[int, bytes])

    def prepare(self, step: int, *, aside: bool = False) -> None:
        """Carry out a step of :data:`~onrecord.web.preparation.FOR_WORKERS`; ``aside`` with a low priority. Raises Ended."""
        self.start()
        assert self.child is not None
        self.child.ask(msgspec.msgpack.encode(Question(step, PREPARING, aside)), PREPARING + GRACE)

    def set_prepared(self, state: object) -> None:
        """Note that every step is done for this state of the record: later requests get the normal deadline."""
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

    ``deadline`` is the time limit of a request, ``waiting`` the time it waits for a free worker, both in seconds.
    """

    def __init__(
        self, folder: Path, count: int | None = None, *, deadline: float = DEADLINE, waiting: float = WAITING
    ) -> None:
        self.deadline, self.waiting = deadline, waiting
        self.workers = [Worker(folder) for _ in range(count or worker_count())]
        self._free = list(
            reversed(self.workers)
        )  # last in, first out: the caches of the last used worker are the warmest
        self._heavy = 0
        self._closed = False
        self._changed = threading.Condition()

    def ask(self, request: PageRequest, state: object = None, *, heavy: bool = False) -> tuple[int, bytes]:
        """The HTTP status and the body.

        ``state`` identifies the state of the record. ``heavy`` requests always leave two workers for others. Raises WorkersBusy,
        and QuestionTooLong if the request exceeds the deadline or its worker dies.
        """
        worker = self._take(heavy)
        try:
            answered = worker.ask(request, state, self.deadline)
        except Overdue as overdue:
            self._release(worker, heavy)
            raise QuestionTooLong(f"this request was stopped: {overdue}") from None
        except Ended as ended:
            worker.end()
            threading.Thread(target=self._replace, args=(worker, state, heavy), name="replacing", daemon=True).start()
            raise QuestionTooLong(f"this request was stopped: {ended}") from None
        except BaseException:
            worker.end()
            self._release(worker, heavy)
            raise
        self._release(worker, heavy)
        return answered

    def prepare(self, state: object = None) -> Iterator[str]:
        """Prepare the workers for a state of the record; yields the name of each step. Workers answer requests between steps."""
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
                worker.set_prepared(state)

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
                raise WorkersBusy("the desk is busy with other long requests")
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
        """Start a new process in place of a killed one, and prepare it before it answers requests."""
        from onrecord.web.preparation import FOR_WORKERS

        with self._changed:
            self._heavy -= heavy
            self._changed.notify_all()
        try:
            for step in range(len(FOR_WORKERS)):
                if self._closed:
                    return
                worker.prepare(step, aside=True)
            worker.set_prepared(state)
        except Ended:
            worker.end()
        self._release(worker, False)


class Stopped(BaseException):
    """A request was stopped at its deadline. Not an Exception, so that only the thread's last function catches it."""


class _Thread:
    """A thread that computes answers, with a desk of its own; discarded after a slow answer, since it keeps the low priority."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(1, thread_name_prefix="answering")
        self.id = self.pool.submit(threading.get_native_id).result()
        self._python_id = self.pool.submit(threading.get_ident).result()

    def slow_down(self) -> None:
        """Lower the priority of this thread. Only on Linux: elsewhere priorities belong to whole processes."""
        if sys.platform == "linux":
            os.setpriority(os.PRIO_PROCESS, self.id, _LOW_PRIORITY)

    def stop(self) -> None:
        """Raise Stopped in this thread, at the next step of the interpreter."""
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._python_id), ctypes.py_object(Stopped))


def main(folder: str) -> None:
    """Answer requests until the server closes the pipe."""
    from onrecord.desk.memory import Memory
    from onrecord.desk.store import Desk, open_desk
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

    def carry_out(asked: PageRequest | int) -> bytes:
        if isinstance(asked, PageRequest):
            return msgspec.msgpack.encode(answer(asked, desk()))
        if asked >= 0:
            FOR_WORKERS[asked][1](desk())
        return b""

    def work(request: bytes) -> bytes:
        nonlocal thread
        question = msgspec.msgpack.decode(request, type=Question)
        if question.deadline <= 0:  # its time was over before it began
            return b""
        future = thread.pool.submit(partial(carry_out, question.asked))
        slow = False
        try:
            body = future.result(0 if question.aside else min(SLOW, question.deadline))
        except FutureTimeout:
            slow = True
            thread.slow_down()
            body = _within(future, question.deadline - SLOW, thread)
        if slow:
            thread.pool.submit(close)
            thread.pool.shutdown(wait=False)
            thread = _Thread()
        if gc.get_freeze_count() == 0:  # tables and indexes stay: garbage collection need not traverse them
            gc.freeze()
        return body

    answer_requests(work)


def _within(future: Future[bytes], seconds: float, thread: _Thread) -> bytes:
    """The result of a thread, or nothing if it had to be stopped after so many seconds."""
    with contextlib.suppress(FutureTimeout):
        return future.result(max(0.0, seconds))
    thread.stop()
    try:
        return future.result()
    except Stopped:
        return b""
