"""Read a document in a separate process with limits on memory and time.

Used for formats whose libraries control their own memory use (PDF, Word) and for files larger than any known page. One
child process reads the documents one after another and exits with this process.
"""

from __future__ import annotations

import atexit
import threading
import warnings

import msgspec

from onrecord import errors
from onrecord.captures.opened import Opened
from onrecord.child import Child, Ended, answer_requests
from onrecord.limits import Limits
from onrecord.offsets import OffsetMap
from onrecord.record import Capture, Document


class _Work(msgspec.Struct, array_like=True):
    opened: Opened
    house: str | None
    encoding: str | None


class _Done(msgspec.Struct, array_like=True):
    """The result: a document in serialized parts or an error (name, what, where, hint), and warnings with their category."""

    capture: Capture | None = None
    document: bytes = b""
    offsets: bytes = b""
    extract: bytes | None = None
    error: tuple[str, str, str, str] | None = None
    warned: list[tuple[str, str]] = msgspec.field(default_factory=list)


class _Process:
    """The child process, started on first use; it reads one document at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._limits: Limits | None = None

    def ask(self, work: _Work, limits: Limits) -> _Done:
        with self._lock:
            if self._child is not None and (self._limits != limits or self._child.process.poll() is not None):
                self.end()
            if self._child is None:
                self._child = Child(__name__, str(limits.memory))
                self._limits = limits
                atexit.register(self.end)
            try:
                answer = self._child.ask(msgspec.msgpack.encode(work), limits.seconds)
            except Ended as ended:
                self.end()
                raise limits.error_of(ended, work.opened.capture.source) from None
            except (
                BaseException
            ):  # interrupted while waiting: a late answer would be mistaken for that of the next request
                self.end()
                raise
            done = msgspec.msgpack.decode(answer, type=_Done)
            if done.error is not None and done.error[0] == errors.LimitReached.__name__:
                self.end()  # the process may not release the memory it allocated
            return done

    def end(self) -> None:
        atexit.unregister(self.end)
        if self._child is not None:
            self._child.end()
            self._child = None


_PROCESS = _Process()


def read_bounded(opened: Opened, *, house: str | None = None, encoding: str | None = None) -> Document:
    """Read a capture as :func:`onrecord.document_reader.read_opened` does, within :class:`~onrecord.limits.Limits`.

    Raises the same errors, and :class:`~onrecord.errors.LimitReached`.
    """
    done = _PROCESS.ask(_Work(opened, house, encoding), Limits.from_environment())
    for category, message in done.warned:
        warnings.warn(message, _category(category), stacklevel=3)
    if done.error is not None:
        name, what, where, hint = done.error
        kind = getattr(errors, name, errors.ReadingError)
        raise kind(what, where=where, hint=hint)
    assert done.capture is not None
    document, offsets = Document.from_json(done.document), OffsetMap.from_bytes(done.offsets)
    if done.extract is None:
        return document.with_capture(done.capture, opened.data, offsets)
    return document.with_capture(done.capture, done.extract, offsets, opened.data)


def _category(name: str) -> type[Warning]:
    from onrecord import document_reader

    found = getattr(document_reader, name, None)
    return found if isinstance(found, type) and issubclass(found, Warning) else UserWarning


def main(memory: str) -> None:
    """Run the child process: read one document per request. ``memory`` is the limit in megabytes."""
    import onrecord.document_reader  # noqa: F401 - loaded first, so that the program's own memory does not count

    limits = Limits(memory=int(memory))

    def read(request: bytes) -> bytes:
        work = msgspec.msgpack.decode(request, type=_Work)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            done = _read(work, limits)
        done.warned = [(one.category.__name__, str(one.message)) for one in caught]
        return msgspec.msgpack.encode(done)

    limits.apply_to_this_process()
    answer_requests(read)


def _read(work: _Work, limits: Limits) -> _Done:
    from onrecord.document_reader import read_opened

    error: errors.OnRecordError
    try:
        document = read_opened(work.opened, house=work.house, encoding=work.encoding)
        extract = None if document.offsets.unit == "byte" else document.data
        return _Done(document.capture, document.to_json(), document.offsets.to_bytes(), extract)
    except errors.OnRecordError as raised:
        error = raised
    except MemoryError:
        error = limits.memory_error(work.opened.capture.source)
    except Exception as fault:
        error = errors.reader_fault(fault, work.opened.capture.source)
    return _Done(error=(error.name, error.what, error.where, error.hint))
