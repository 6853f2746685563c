"""Long questions, worked out in a process of its own: what takes a second must not keep everybody waiting.

(Threads share one interpreter: while one of them compared a long briefing with the record, each other page took
seconds.)
"""

from __future__ import annotations

import gc
import threading
from pathlib import Path

import msgspec

from onrecord.child import Child, Ended, answer_requests
from onrecord.errors import DeskError
from onrecord.web.answering import Question, answer

#: Seconds that one question may take. The longest real briefing, of 900 sentences, takes four.
PATIENCE = 120.0


class Apart:
    """The process that answers long questions about the desk in ``folder``, one at a time; started when it is needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._child: Child | None = None

    def ask(self, question: Question) -> tuple[int, bytes]:
        """The status and the body. Raises DeskError where the process dies of it, or never comes to an end."""
        with self._lock:
            if self._child is None or self._child.process.poll() is not None:
                self._end()
                self._child = Child(__name__, str(self.folder))
            try:
                told = self._child.ask(msgspec.msgpack.encode(question), PATIENCE)
            except Ended as ended:
                self._end()
                hint = "Ask for less of it, and please report the address"
                raise DeskError(f"the question could not be worked out: {ended}", hint=hint) from None
        return msgspec.msgpack.decode(told, type=tuple[int, bytes])

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()


def main(folder: str) -> None:
    """Answer questions about a desk until nobody asks any more."""
    from onrecord.desk.store import open_desk
    from onrecord.web.setting import make_ready

    make_ready()
    with open_desk(Path(folder)) as desk:

        def work(request: bytes) -> bytes:
            told = msgspec.msgpack.encode(answer(msgspec.msgpack.decode(request, type=Question), desk))
            if gc.get_freeze_count() == 0:  # the tables and indexes stay: they need not be gone through for garbage
                gc.freeze()
            return told

        answer_requests(work)
