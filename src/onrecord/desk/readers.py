"""Read sources in processes of their own: one that dies or never ends costs its page, not the run.

A process is started with ``python -c``, speaks over its standard input and output, and ends when its input does. So it
outlives nobody: also when the program that started it is killed, it goes. (The pools of the standard library were tried:
their processes wait for ever after such an end, they cannot say which page took a process down, and they run the
caller's own script a second time.)
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import warnings
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self, TypeVar

import msgspec

from onrecord.captures.keeping import compress
from onrecord.captures.opening import Opened
from onrecord.errors import OnRecordError, ReadingError
from onrecord.record import Capture, Document

#: Seconds that one handful may take. The largest real page, 1.6 MB, takes a fifth of a second.
PATIENCE = 120.0
#: How many sources are handed to a process at once, and how many such handfuls wait: enough to keep both cores busy
#: while the writer is at the disk, and few enough that memory stays flat however many there are.
_HANDFUL, _WAITING = 8, 6
_HANDFUL_BYTES = 4_000_000
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from onrecord.desk.readers import main; main()"


class Work(msgspec.Struct, array_like=True, tag="read"):
    """A source to read and annotate, with the house and the encoding to read it by, where they are named.

    ``stored`` says that the source is a capture of the desk itself, and the names the desk's own.
    """

    opened: Opened
    house: str | None = None
    encoding: str | None = None
    stored: bool = False
    annotate: bool = True

    @property
    def source(self) -> str:
        """Where from, as a trouble tells it."""
        return self.opened.capture.source

    @property
    def size(self) -> int:
        """In bytes."""
        return self.opened.capture.size


class Words(msgspec.Struct, array_like=True, tag="annotate"):
    """A document of the desk to annotate: its id, and itself as JSON."""

    source: str
    document: bytes

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.document)


Asked = TypeVar("Asked", Work, Words)


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """A source that could not be added: the error's name, the source, and what to do."""

    error: str
    where: str
    message: str


class ReadOne(msgspec.Struct, array_like=True):
    """What became of one source: a document in parts that travel cheaply, or the trouble."""

    capture: Capture | None = None
    document: bytes = b""
    offsets: bytes = b""
    packed: bytes = b""
    trouble: Trouble | None = None
    warnings: list[str] = msgspec.field(default_factory=list)


def trouble_of(error: OnRecordError, source: str) -> Trouble:
    """The error as a summary keeps it."""
    return Trouble(error=error.name, where=error.where or source, message=f"{error.what}. {error.hint}".strip())


def read_one(work: Work | Words) -> ReadOne:
    """Read a source, or annotate a document; whatever goes wrong with it is its trouble."""
    from onrecord.reader import read_opened

    if isinstance(work, Words):
        return _annotate_one(work)
    opened = work.opened
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            document = read_opened(opened, house=work.house, encoding=work.encoding)
            annotated = _annotated(document) if work.annotate else document
            return ReadOne(
                capture=document.capture,
                document=annotated.to_json(),
                offsets=document.offsets.to_bytes(),
                packed=compress(opened.data),
                warnings=[str(one.message) for one in caught],
            )
        except OnRecordError as error:
            return ReadOne(trouble=trouble_of(error, opened.capture.source))
        except (
            Exception
        ) as error:  # a fault of a reader, which may be another's plug-in, must cost one page, not the run
            found = ReadingError(f"the reader failed: {type(error).__name__}: {error}", hint="Please report this page")
            return ReadOne(trouble=trouble_of(found, opened.capture.source))


def _annotated(document: Document) -> Document:
    """The document annotated; rules that fail on it are warned of, and must not cost its words."""
    from onrecord.annotation.annotating import annotate

    try:
        return annotate(document)
    except Exception as error:
        warnings.warn(f"{document.id}: it was not annotated: {type(error).__name__}: {error}", stacklevel=2)
        return document


def _annotate_one(words: Words) -> ReadOne:
    from onrecord.annotation.annotating import annotate

    try:
        return ReadOne(document=annotate(Document.from_json(words.document)).to_json())
    except Exception as error:
        found = ReadingError(
            f"it was not annotated: {type(error).__name__}: {error}", hint="Please report this page; its words are kept"
        )
        return ReadOne(trouble=trouble_of(found, words.source))


class _Ended(Exception):
    """The process died or took too long."""


class _Reader:
    """One process that reads."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _START, json.dumps(sys.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self.process.stdin is not None and self.process.stdout is not None
        self._to = Connection(os.dup(self.process.stdin.fileno()), readable=False)
        self._from = Connection(os.dup(self.process.stdout.fileno()), writable=False)
        self.process.stdin.close()
        self.process.stdout.close()

    def read(self, request: bytes, patience: float) -> list[ReadOne]:
        """Raises _Ended."""
        try:
            self._to.send_bytes(request)
            if not self._from.poll(patience):
                raise _Ended(f"it took more than {patience:.0f} seconds")
            return msgspec.msgpack.decode(self._from.recv_bytes(), type=list[ReadOne])
        except (OSError, EOFError):
            raise _Ended("it took the process down") from None

    def end(self) -> None:
        """Have the process gone."""
        self.process.kill()
        self.process.wait()
        for connection in (self._to, self._from):
            with contextlib.suppress(OSError):
                connection.close()


class Readers:
    """Several processes that read, each started when it is first needed. Use it in a ``with`` block."""

    def __init__(self, processes: int, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._threads = ThreadPoolExecutor(processes, thread_name_prefix="reader")
        self._mine = threading.local()
        self._all: set[_Reader] = set()
        self._ending = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for reader in list(self._all):
            reader.process.kill()
        self._threads.shutdown(wait=True)
        for reader in list(self._all):
            reader.end()

    def read(self, handful: Sequence[Work | Words]) -> Future[list[ReadOne]]:
        """Have a handful of sources read: one answer each, in order."""
        return self._threads.submit(self._read, handful)

    def _read(self, handful: Sequence[Work | Words]) -> list[ReadOne]:
        try:
            return self._ask(handful)
        except _Ended:  # one of them is to blame: each alone tells which
            return [self._alone(work) for work in handful]

    def _alone(self, work: Work | Words) -> ReadOne:
        try:
            return self._ask([work])[0]
        except _Ended as ended:
            if isinstance(work, Work) and work.annotate and not self._ending:
                # The annotation may be to blame, which must not cost the words.
                one = self._alone(msgspec.structs.replace(work, annotate=False))
                one.warnings.append(f"{work.source}: it was not annotated: {ended}")
                return one
            found = ReadingError(f"the reader failed: {ended}", hint="Please report this page")
            return ReadOne(trouble=trouble_of(found, work.source))

    def _ask(self, handful: Sequence[Work | Words]) -> list[ReadOne]:
        if self._ending:
            raise _Ended("the run was stopped")
        reader: _Reader | None = getattr(self._mine, "reader", None)
        if reader is None:
            reader = self._mine.reader = _Reader()
            self._all.add(reader)
        if self._ending:  # asked once more: the reader may have been started while the others were being stopped
            reader.process.kill()
        try:
            return reader.read(msgspec.msgpack.encode(handful), self._patience)
        except _Ended:
            self._mine.reader = None
            self._all.discard(reader)
            reader.end()
            raise


def read_all(sources: Iterator[Asked], processes: int) -> Generator[tuple[Asked, ReadOne], None, None]:
    """Every source read or annotated, in order; with one process, in this one."""
    if processes <= 1:
        for work in sources:
            yield work, read_one(work)
        return
    waiting: deque[tuple[list[Asked], Future[list[ReadOne]]]] = deque()
    with Readers(processes) as readers:
        for handful in _handfuls(sources):
            waiting.append((handful, readers.read(handful)))
            if len(waiting) >= _WAITING:
                done, future = waiting.popleft()
                yield from zip(done, future.result(), strict=True)
        while waiting:
            done, future = waiting.popleft()
            yield from zip(done, future.result(), strict=True)


def _handfuls(sources: Iterator[Asked]) -> Iterator[list[Asked]]:
    handful: list[Asked] = []
    size = 0
    for work in sources:
        handful.append(work)
        size += work.size
        if len(handful) == _HANDFUL or size > _HANDFUL_BYTES:
            yield handful
            handful, size = [], 0
    if handful:
        yield handful


def main() -> None:
    """What a process does: take a handful, give the answers, until there is nobody to give them to."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the writer decides what happens
    requests = Connection(os.dup(0), writable=False)
    answers = Connection(os.dup(1), readable=False)
    os.dup2(2, 1)  # what a reader prints must not get between the answers
    with contextlib.suppress(OSError, EOFError):
        while True:
            handful = msgspec.msgpack.decode(requests.recv_bytes(), type=list[Work | Words])
            answers.send_bytes(msgspec.msgpack.encode([read_one(work) for work in handful]))
