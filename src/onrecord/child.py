"""A process of our own that answers over its standard input and output, and ends when its input does.

So it outlives nobody: also when the program that started it is killed, it goes. (The pools of the standard library were
tried: their processes wait for ever after such an end, they cannot say which request took a process down, and they run
the caller's own script a second time.)
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection

_START = (
    "import importlib, json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "importlib.import_module(sys.argv[2]).main(*sys.argv[3:])"
)


class Ended(Exception):
    """The process died or took too long; the message says which."""


class Child:
    """A process that runs ``main(*told)`` of a module, which hands each request to :func:`answer_requests`."""

    def __init__(self, module: str, *told: str) -> None:
        command = [sys.executable, "-c", _START, json.dumps(sys.path), module, *told]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.process.stdin is not None and self.process.stdout is not None
        self._to = Connection(os.dup(self.process.stdin.fileno()), readable=False)
        self._from = Connection(os.dup(self.process.stdout.fileno()), writable=False)
        self.process.stdin.close()
        self.process.stdout.close()

    def ask(self, request: bytes, patience: float) -> bytes:
        """The answer to a request, waited for so many seconds. Raises Ended."""
        try:
            self._to.send_bytes(request)
            if not self._from.poll(patience):
                raise Ended(f"it took more than {patience:.0f} seconds")
            return self._from.recv_bytes()
        except (OSError, EOFError):
            raise Ended("it took the process down") from None

    def end(self) -> None:
        """Have the process gone."""
        self.process.kill()
        self.process.wait()
        for connection in (self._to, self._from):
            with contextlib.suppress(OSError):
                connection.close()


def answer_requests(answer: Callable[[bytes], bytes]) -> None:
    """What the process does: answer each request, until there is nobody to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; who started it decides what happens
    requests = Connection(os.dup(0), writable=False)
    answers = Connection(os.dup(1), readable=False)
    os.dup2(2, 1)  # what is printed must not get between the answers
    with contextlib.suppress(OSError, EOFError):
        while True:
            answers.send_bytes(answer(requests.recv_bytes()))
