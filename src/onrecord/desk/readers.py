"""Read sources in processes of their own: one that dies or never ends costs its page, not the run.

What a process is and how it ends: :mod:`onrecord.child`.
"""

from __future__ import annotations

import os
import threading
import warnings
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self, TypeVar

import msgspec

from onrecord.captures.keeping import compress
from onrecord.captures.opened import Opened
from onrecord.child import Child, Ended, answer_requests
from onrecord.control_pictures import encodable
from onrecord.errors import OnRecordError, ReadingError, reader_fault
from onrecord.limits import OUT_OF_MEMORY, Limits
from onrecord.record import Capture, Document

#: How many sources are handed to a process at once, and how many such handfuls wait: enough to keep both cores busy
#: while the writer is at the disk, and few enough that memory stays flat however many there are.
_HANDFUL, _WAITING = 8, 6
_HANDFUL_BYTES = 4_000_000


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


def trouble_of(error: Exception, source: str) -> Trouble:
    """The error as a summary keeps it. One that is not the program's own is a fault of a reader, and told as such."""
    if not isinstance(error, OnRecordError):
        error = reader_fault(error, source)
    where = error.where or encodable(source)
    return Trouble(error=error.name, where=where, message=f"{error.what}. {error.hint}".strip())


def read_one(work: Work | Words, *, limited: bool = False) -> ReadOne:
    """Read a source, or annotate a document; whatever goes wrong with it is its trouble.

    ``limited`` says that this process has limits of its own: without them some sources are read in one that has.
    """
    from onrecord.reader import read_opened, read_within_limits

    if isinstance(work, Words):
        return _annotate_one(work)
    opened = work.opened
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            read = read_opened if limited else read_within_limits
            document = read(opened, house=work.house, encoding=work.encoding)
            annotated = _annotated(document) if work.annotate else document
            return ReadOne(
                capture=document.capture,
                document=annotated.to_json(),
                offsets=document.offsets.to_bytes(),
                packed=compress(opened.data),
                warnings=[str(one.message) for one in caught],
            )
        except MemoryError:
            raise
        except Exception as error:  # a fault of a reader, which may be a plug-in, must cost one page, not the run
            return ReadOne(trouble=trouble_of(error, opened.capture.source))


def _annotated(document: Document) -> Document:
    """The document annotated; rules that fail on it are warned of, and must not cost its words."""
    from onrecord.annotation.annotating import annotate

    try:
        return annotate(document)
    except MemoryError:
        raise
    except Exception as error:
        warnings.warn(f"{document.id}: it was not annotated: {type(error).__name__}: {error}", stacklevel=2)
        return document


def _annotate_one(words: Words) -> ReadOne:
    from onrecord.annotation.annotating import annotate

    try:
        return ReadOne(document=annotate(Document.from_json(words.document)).to_json())
    except MemoryError:
        raise
    except Exception as error:
        found = ReadingError(
            f"it was not annotated: {type(error).__name__}: {error}", hint="Please report this page; its words are kept"
        )
        return ReadOne(trouble=trouble_of(found, words.source))


class Readers:
    """Several processes that read, each started when it is first needed. Use it in a ``with`` block."""

    def __init__(self, processes: int, limits: Limits | None = None) -> None:
        self._limits = limits or Limits.from_environment()
        self._threads = ThreadPoolExecutor(processes, thread_name_prefix="reader")
        self._mine = threading.local()
        self._all: set[Child] = set()
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
        except Ended:  # one of them is to blame: each alone tells which
            return [self._alone(work) for work in handful]

    def _alone(self, work: Work | Words) -> ReadOne:
        try:
            return self._ask([work])[0]
        except Ended as ended:
            if isinstance(work, Work) and work.annotate and not self._ending:
                # The annotation may be to blame, which must not cost the words.
                one = self._alone(msgspec.structs.replace(work, annotate=False))
                one.warnings.append(f"{work.source}: it was not annotated: {ended}")
                return one
            return ReadOne(trouble=trouble_of(self._limits.error_of(ended, work.source), work.source))

    def _ask(self, handful: Sequence[Work | Words]) -> list[ReadOne]:
        if self._ending:
            raise Ended("the run was stopped")
        reader: Child | None = getattr(self._mine, "reader", None)
        if reader is None:
            reader = self._mine.reader = Child(__name__, str(self._limits.memory))
            self._all.add(reader)
        if self._ending:  # asked once more: the reader may have been started while the others were being stopped
            reader.process.kill()
        try:
            told = reader.ask(msgspec.msgpack.encode(handful), self._limits.seconds)
            return msgspec.msgpack.decode(told, type=list[ReadOne])
        except Ended:
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


def main(memory: str) -> None:
    """What a process does: take a handful, give the answers, until there is nobody to give them to."""
    import onrecord.annotation.annotating
    import onrecord.reader  # noqa: F401 - what the program itself takes is no part of the limit

    limits = Limits(memory=int(memory))

    def work(request: bytes) -> bytes:
        handful = msgspec.msgpack.decode(request, type=list[Work | Words])
        try:
            return msgspec.msgpack.encode([read_one(work, limited=True) for work in handful])
        except MemoryError:
            # What was taken may not be given back, so the process ends; its exit code tells the reason.
            os._exit(OUT_OF_MEMORY)

    limits.apply_to_this_process()
    answer_requests(work)
