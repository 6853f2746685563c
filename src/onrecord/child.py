"""A child process that answers requests over standard input and output, and exits when its input is closed.

It therefore exits even when its parent is killed. (The process pools of the standard library do not fit: their workers
hang after the parent is killed, they do not report which request crashed a worker, and they import the caller's script
again.)
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
#: Every message is preceded by its length, a big-endian 64-bit integer.
_HEAD = struct.Struct(">Q")


class Ended(Exception):
    """The process died or timed out; the message says which. ``code`` is its exit code, None after a timeout."""

    def __init__(self, message: str, code: int | None = None) -> None:
        super().__init__(message)
        self.code = code


class Child:
    """A process that runs ``main(*arguments)`` of a module, which serves requests with :func:`answer_requests`."""

    def __init__(self, module: str, *arguments: str) -> None:
        command = [sys.executable, "-c", _START, json.dumps(sys.path), module, *arguments]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        # A thread, because Windows offers no other way to read from a pipe with a timeout.
        self._thread = threading.Thread(target=self._listen, name="child", daemon=True)
        self._thread.start()

    def ask(self, request: bytes, timeout: float) -> bytes:
        """Send a request and return the answer. Raises Ended if none arrives within ``timeout`` seconds."""
        assert self.process.stdin is not None
        try:
            _send(self.process.stdin, request)
            answer = self._answers.get(timeout=timeout)
        except queue.Empty:
            raise Ended(f"it took more than {timeout:g} seconds") from None
        except OSError:
            answer = None
        if answer is None:
            code = self._exit_code()
            raise Ended(f"it crashed the process{_signal_name(code)}", code)
        return answer

    def end(self) -> None:
        """Kill the process and close its pipes."""
        self.process.kill()
        self.process.wait()
        self._thread.join()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            with contextlib.suppress(OSError):
                pipe.close()

    def _listen(self) -> None:
        """Queue each answer, and None at the end of the output."""
        assert self.process.stdout is not None
        answer: bytes | None = b""
        while answer is not None:
            answer = _received(self.process.stdout)
            self._answers.put(answer)

    def _exit_code(self) -> int:
        """The exit code of the process; one that closed its output but still runs is killed."""
        try:
            return self.process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


def answer_requests(answer: Callable[[bytes], bytes]) -> None:
    """Run in the child process: answer each request until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole process group; the parent handles it
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # printed output must not mix with the answers
    with contextlib.suppress(OSError):
        while (request := _received(requests)) is not None:
            _send(answers, answer(request))


def _send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(_HEAD.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def _received(pipe: IO[bytes]) -> bytes | None:
    """The next message, or None if the other side has closed the pipe."""
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
    """The signal that ended a process, in brackets; empty if it exited by itself."""
    try:
        return f" ({signal.Signals(-code).name})" if code < 0 else ""
    except ValueError:
        return f" (signal {-code})"
