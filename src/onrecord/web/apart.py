"""Long questions, worked out in a process of its own: what takes a second must not keep everybody waiting.

(Threads share one interpreter: while one of them compared a long briefing with the record, each other page took
seconds.) The process is started when it is first needed, speaks over its standard input and output, and ends when its
input does.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from onrecord.errors import DeskError
from onrecord.web.answering import Question, answer
from onrecord.web.setting import make_ready

#: Seconds that one question may take. The longest real briefing, of 900 sentences, takes four.
PATIENCE = 120.0
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from onrecord.web.apart import main; main(sys.argv[2])"
)


class Apart:
    """The process that answers long questions about the desk in ``folder``, one at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._to: Connection | None = None
        self._from: Connection | None = None

    def ask(self, question: Question) -> tuple[int, bytes]:
        """The status and the body. Raises DeskError where the process dies of it, or never comes to an end."""
        with self._lock:
            self._start()
            assert self._to is not None and self._from is not None
            try:
                self._to.send_bytes(msgspec.msgpack.encode(question))
                if self._from.poll(PATIENCE):
                    status, body = msgspec.msgpack.decode(self._from.recv_bytes(), type=tuple[int, bytes])
                    return status, body
            except (EOFError, OSError):
                pass
            self._end()
            raise DeskError(
                "the question could not be worked out", hint="Ask for less of it, and please report the address"
            )

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _start(self) -> None:
        if self._process is not None and self._process.poll() is None:
            return
        self._end()
        command = [sys.executable, "-c", _START, json.dumps(sys.path), str(self.folder)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdin is not None and self._process.stdout is not None
        self._to = Connection(os.dup(self._process.stdin.fileno()), readable=False)
        self._from = Connection(os.dup(self._process.stdout.fileno()), writable=False)
        self._process.stdin.close()
        self._process.stdout.close()

    def _end(self) -> None:
        for end in (self._to, self._from):
            if end is not None:
                end.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = self._to = self._from = None


def main(folder: str) -> None:
    """Answer until nobody asks any more."""
    import signal

    from onrecord.desk.store import open_desk

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then ends this too
    asked = Connection(os.dup(0), writable=False)
    told = Connection(os.dup(1), readable=False)
    os.dup2(2, 1)  # what anything prints is no answer
    make_ready()
    with open_desk(folder) as desk:
        while True:
            try:
                question = msgspec.msgpack.decode(asked.recv_bytes(), type=Question)
            except (EOFError, OSError):
                return
            told.send_bytes(msgspec.msgpack.encode(answer(question, desk)))
            if gc.get_freeze_count() == 0:  # the tables and indexes stay: they need not be gone through for garbage
                gc.freeze()
