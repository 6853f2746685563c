"""Read sources in child processes: a process that crashes or hangs costs one page, not the run.

The protocol of a child process is in :mod:`onrecord.child`.
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
from onrecord.errors import OnRecordError, annotation_fault, reader_fault
from onrecord.limits import OUT_OF_MEMORY, Limits
from onrecord.record import Capture, Document

#: Sources per batch, and batches in flight: enough to keep the cores busy while the writer waits for the disk, and few
#: enough to bound the memory.
_BATCH, _WAITING = 8, 6
_BATCH_BYTES = 4_000_000


class ReadJob(msgspec.Struct, array_like=True, tag="read"):
    """A source to read and annotate, with the house and the encoding to use instead of detection, if given.

    ``stored`` means that the source is a capture of the desk, and house and encoding are those recorded there.
    """

    opened: Opened
    house: str | None = None
    encoding: str | None = None
    stored: bool = False
    annotate: bool = True

    @property
    def source(self) -> str:
        """The source's URI, as it appears in a Trouble."""
        return self.opened.capture.source

    @property
    def size(self) -> int:
        """The size in bytes."""
        return self.opened.capture.size


class AnnotateJob(msgspec.Struct, array_like=True, tag="annotate"):
    """A document on the desk to annotate: its id, and the document as JSON."""

    source: str
    document: bytes

    @property
    def size(self) -> int:
        """The size in bytes."""
        return len(self.document)


Job = TypeVar("Job", ReadJob, AnnotateJob)


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """A source that could not be processed: the error's name, the source, and a message with the next step."""

    error: str
    where: str
    message: str


class JobResult(msgspec.Struct, array_like=True):
    """The result of a job: a document in serialized parts, or the error; and warnings. ``breaks_off`` says that
    the page was truncated."""

    capture: Capture | None = None
    document: bytes = b""
    offsets: bytes = b""
    packed: bytes = b""
    trouble: Trouble | None = None
    warnings: list[str] = msgspec.field(default_factory=list)
    breaks_off: bool = False


def trouble_of(error: Exception, source: str) -> Trouble:
    """Describe an error for a summary. An exception that is not an OnRecordError is reported as a fault of the reader."""
    if not isinstance(error, OnRecordError):
        error = reader_fault(error, source)
    where = error.where or encodable(source)
    return Trouble(error=error.name, where=where, message=f"{error.what}. {error.hint}".strip())


def run_job(job: ReadJob | AnnotateJob, *, limited: bool = False) -> JobResult:
    """Read a source or annotate a document; any error becomes the result's trouble.

    ``limited`` means that limits apply to this process; otherwise some sources are read in a child process with limits.
    """
    from onrecord.reader import BreaksOff, read_opened, read_within_limits

    if isinstance(job, AnnotateJob):
        return _annotate(job)
    opened = job.opened
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            read = read_opened if limited else read_within_limits
            document = read(opened, house=job.house, encoding=job.encoding)
            annotated = _annotated(document) if job.annotate else document
            return JobResult(
                capture=document.capture,
                document=annotated.to_json(),
                offsets=document.offsets.to_bytes(),
                packed=compress(opened.data),
                warnings=[str(one.message) for one in caught],
                breaks_off=any(issubclass(one.category, BreaksOff) for one in caught),
            )
        except MemoryError:
            raise
        except Exception as error:  # a bug in a reader, which may be a plug-in, must cost one page, not the run
            return JobResult(trouble=trouble_of(error, opened.capture.source))


def _annotated(document: Document) -> Document:
    """Annotate a document; if the rules fail, warn and return it without annotation."""
    from onrecord.annotation.annotating import annotate

    try:
        return annotate(document)
    except MemoryError:
        raise
    except Exception as error:
        warnings.warn(f"{document.id}: it was not annotated: {type(error).__name__}: {error}", stacklevel=2)
        return document


def _annotate(job: AnnotateJob) -> JobResult:
    from onrecord.annotation.annotating import annotate

    try:
        return JobResult(document=annotate(Document.from_json(job.document)).to_json())
    except MemoryError:
        raise
    except Exception as error:
        return JobResult(trouble=trouble_of(annotation_fault(error, job.source), job.source))


class Readers:
    """A pool of reading processes, each started on first use. Use it in a ``with`` block."""

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

    def run(self, batch: Sequence[ReadJob | AnnotateJob]) -> Future[list[JobResult]]:
        """Submit a batch of jobs; the future holds one result per job, in order."""
        return self._threads.submit(self._run, batch)

    def _run(self, batch: Sequence[ReadJob | AnnotateJob]) -> list[JobResult]:
        try:
            return self._send(batch)
        except Ended:  # run each job alone to find the one that caused it
            return [self._run_alone(job) for job in batch]

    def _run_alone(self, job: ReadJob | AnnotateJob) -> JobResult:
        try:
            return self._send([job])[0]
        except Ended as ended:
            if isinstance(job, ReadJob) and job.annotate and not self._ending:
                # The annotation may be the cause; the document itself must not be lost.
                result = self._run_alone(msgspec.structs.replace(job, annotate=False))
                result.warnings.append(f"{job.source}: it was not annotated: {ended}")
                return result
            return JobResult(trouble=trouble_of(self._limits.error_of(ended, job.source), job.source))

    def _send(self, batch: Sequence[ReadJob | AnnotateJob]) -> list[JobResult]:
        if self._ending:
            raise Ended("the run was stopped")
        reader: Child | None = getattr(self._mine, "reader", None)
        if reader is None:
            reader = self._mine.reader = Child(__name__, str(self._limits.memory))
            self._all.add(reader)
        if self._ending:  # checked again: this reader may have been started while the others were being stopped
            reader.process.kill()
        try:
            answer = reader.ask(msgspec.msgpack.encode(batch), self._limits.seconds)
            return msgspec.msgpack.decode(answer, type=list[JobResult])
        except Ended:
            self._mine.reader = None
            self._all.discard(reader)
            reader.end()
            raise


def run_jobs(jobs: Iterator[Job], processes: int) -> Generator[tuple[Job, JobResult], None, None]:
    """Run all jobs and yield each with its result, in order; with ``processes=1``, in this process."""
    if processes <= 1:
        for job in jobs:
            yield job, run_job(job)
        return
    waiting: deque[tuple[list[Job], Future[list[JobResult]]]] = deque()
    with Readers(processes) as readers:
        for batch in _batches(jobs):
            waiting.append((batch, readers.run(batch)))
            if len(waiting) >= _WAITING:
                done, future = waiting.popleft()
                yield from zip(done, future.result(), strict=True)
        while waiting:
            done, future = waiting.popleft()
            yield from zip(done, future.result(), strict=True)


def _batches(jobs: Iterator[Job]) -> Iterator[list[Job]]:
    batch: list[Job] = []
    size = 0
    for job in jobs:
        batch.append(job)
        size += job.size
        if len(batch) == _BATCH or size > _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def main(memory: str) -> None:
    """Run a child process: answer one batch of jobs per request. ``memory`` is the limit in megabytes."""
    import onrecord.annotation.annotating
    import onrecord.reader  # noqa: F401 - loaded first, so that the program's own memory does not count

    limits = Limits(memory=int(memory))

    def answer(request: bytes) -> bytes:
        batch = msgspec.msgpack.decode(request, type=list[ReadJob | AnnotateJob])
        try:
            return msgspec.msgpack.encode([run_job(job, limited=True) for job in batch])
        except MemoryError:
            # The process may not release the memory it allocated, so it exits; the exit code gives the reason.
            os._exit(OUT_OF_MEMORY)

    limits.apply_to_this_process()
    answer_requests(answer)
