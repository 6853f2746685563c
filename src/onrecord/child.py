"""A process of our own that answers over its standard input and output, and ends when its input does.

So it outlives nobody: also when the program that started it is killed, it goes. (The pools of the standard library were
tried: their processes wait for ever after such an end, they cannot say which request took a process down, and they run
the caller's own script a second time.)
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import IO

_START = (
    "import importlib, json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "importlib.import_module(sys.argv[2]).main(*sys.argv[3:])"
)
#: How long a message is stands before it, in eight bytes.
_HEAD = struct.Struct(">Q")


class Ended(Exception):
    """The process died or took too long; the message says which. ``code`` is its exit code, None where it took too long."""

    def __init__(self, told: str, code: int | None = None) -> None:
        super().__init__(told)
        self.code = code


class Child:
    """A process that runs ``main(*told)`` of a module, which hands each request to :func:`answer_requests`."""

    def __init__(self, module: str, *told: str) -> None:
        command = [sys.executable, "-c", _START, json.dumps(sys.path), module, *told]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        # A thread, since on Windows nothing else can wait for a pipe no longer than so many seconds.
        self._thread = threading.Thread(target=self._listen, name="child", daemon=True)
        self._thread.start()

    def ask(self, request: bytes, patience: float) -> bytes:
        """The answer to a request, waited for so many seconds. Raises Ended."""
        assert self.process.stdin is not None
        try:
            _send(self.process.stdin, request)
            answer = self._answers.get(timeout=patience)
        except queue.Empty:
            raise Ended(f"it took more than {patience:g} seconds") from None
        except OSError:
            answer = None
        if answer is None:
            code = self._exit_code()
            raise Ended(f"it took the process down{_signal_name(code)}", code)
        return answer

    def end(self) -> None:
        """Have the process gone."""
        self.process.kill()
        self.process.wait()
        self._thread.join()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            with contextlib.suppress(OSError):
                pipe.close()

    def _listen(self) -> None:
        """Pass on each answer, and None when there will be no more."""
        assert self.process.stdout is not None
        answer: bytes | None = b""
        while answer is not None:
            answer = _received(self.process.stdout)
            self._answers.put(answer)

    def _exit_code(self) -> int:
        """How the process ended; one that shut its output and lives on is ended."""
        try:
            return self.process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


def answer_requests(answer: Callable[[bytes], bytes]) -> None:
    """What the process does: answer each request, until there is nobody to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; who started it decides what happens
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what is printed must not get between the answers
    with contextlib.suppress(OSError):
        while (request := _received(requests)) is not None:
            _send(answers, answer(request))


def _send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(_HEAD.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def _received(pipe: IO[bytes]) -> bytes | None:
    """The next message, or None where the other side has gone."""
    try:
        head = pipe.read(_HEAD.size)
        if len(head) < _HEAD.size:
            return None
        (size,) = _HEAD.unpack(head)
        message = pipe.read(size)
    except (OSError, ValueError):
        return None
    return message if len(message) == size else None


def _signal_name(code: int) -> str:
    """By which signal a process ended, where it did."""
    try:
        return f" ({signal.Signals(-code).name})" if code < 0 else ""
    except ValueError:
        return f" (signal {-code})"
