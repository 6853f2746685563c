"""Add many statements: read side by side in several processes, written by one, going on past what cannot be read."""

from __future__ import annotations

import warnings
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

import msgspec

from onrecord.captures.keeping import compress
from onrecord.captures.opening import Opened, find_sources, open_source
from onrecord.desk.store import Desk
from onrecord.errors import DeskError, OnRecordError, ReadingError
from onrecord.offsets import OffsetMap
from onrecord.record import Capture, Document

#: How many sources are handed to a process at once, and how many such handfuls wait: enough to keep both cores busy
#: while the writer is at the disk, and few enough that memory stays flat however many there are.
_HANDFUL, _WAITING = 8, 6


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """A source that could not be added: the error's name, the source, and what to do."""

    error: str
    where: str
    message: str


class Summary(msgspec.Struct, kw_only=True):
    """What became of all the sources."""

    sources: int = 0
    new: int = 0
    unchanged: int = 0
    new_captures: int = 0
    read_again: int = 0
    turns: int = 0
    paragraphs: int = 0
    unread: int = 0
    bytes: int = 0
    issuers: dict[str, int] = msgspec.field(default_factory=dict)
    troubles: list[Trouble] = msgspec.field(default_factory=list)
    warnings: list[str] = msgspec.field(default_factory=list)

    @property
    def errors(self) -> Counter[str]:
        """How many sources failed, by the error's name."""
        return Counter(trouble.error for trouble in self.troubles)


class _ReadOne(msgspec.Struct, array_like=True):
    """What a process hands back for one source: a document in parts that travel cheaply, or the trouble."""

    capture: Capture | None = None
    document: bytes = b""
    offsets: bytes = b""
    packed: bytes = b""
    trouble: Trouble | None = None
    warnings: list[str] = msgspec.field(default_factory=list)


Progress = Callable[[Summary, str], None]


def add_all(
    desk: Desk,
    names: Iterable[object],
    *,
    house: str | None = None,
    encoding: str | None = None,
    processes: int = 2,
    again: bool = False,
    on_progress: Progress | None = None,
) -> Summary:
    """Add everything that ``names`` stand for: files, folders, patterns, addresses, ``"-"``.

    What is on the desk already is passed over unread, unless ``again`` asks for a new reading. Errors are collected in
    the summary and the rest goes on; only what the desk itself raises (no room, damaged) ends the run, with all that
    was added before it kept.
    """
    summary = Summary()
    tell = on_progress or (lambda summary, source: None)
    writer = desk.writer
    fresh = _fresh(desk, names, summary, tell, again)
    try:
        for opened, one in _read_all(fresh, house, encoding, processes):
            summary.warnings += one.warnings
            if one.trouble is not None:
                summary.troubles.append(one.trouble)
            else:
                document = _rebuilt(one, opened)
                added = writer.add(document, one.packed, again=again)
                _count(summary, document, added.outcome)
            tell(summary, opened.capture.source)
    finally:
        writer.commit()
    return summary


def _fresh(desk: Desk, names: Iterable[object], summary: Summary, tell: Progress, again: bool) -> Iterator[Opened]:
    """The sources that must be read: opened, and not on the desk already."""
    for found in find_sources(names):
        summary.sources += 1
        try:
            if found.error is not None:
                raise found.error
            opened = open_source(found.source)
        except OnRecordError as error:
            summary.troubles.append(_trouble(error, found.source))
            tell(summary, found.source)
            continue
        capture = opened.capture
        summary.bytes += capture.size
        if not again and desk.writer.holds(capture.sha256, capture.source, capture.fetched) is not None:
            summary.unchanged += 1
            tell(summary, found.source)
            continue
        yield opened


def _read_all(
    sources: Iterator[Opened], house: str | None, encoding: str | None, processes: int
) -> Iterator[tuple[Opened, _ReadOne]]:
    """Every source read, in order."""
    if processes <= 1:
        for opened in sources:
            yield opened, _read_one(opened, house, encoding)
        return
    # "spawn" starts clean processes: a fork would share the open database with them.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting: deque[tuple[list[Opened], Future[list[_ReadOne]]]] = deque()
        try:
            for handful in _handfuls(sources):
                waiting.append((handful, pool.submit(_read_handful, handful, house, encoding)))
                if len(waiting) >= _WAITING:
                    yield from _taken(*waiting.popleft(), house, encoding)
            while waiting:
                yield from _taken(*waiting.popleft(), house, encoding)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _taken(
    handful: list[Opened], future: Future[list[_ReadOne]], house: str | None, encoding: str | None
) -> Iterator[tuple[Opened, _ReadOne]]:
    try:
        yield from zip(handful, future.result(), strict=True)
    except BrokenProcessPool:  # a process died, as one does that runs out of memory: its handful is read here
        for opened in handful:
            yield opened, _read_one(opened, house, encoding)


def _handfuls(sources: Iterator[Opened]) -> Iterator[list[Opened]]:
    handful: list[Opened] = []
    for opened in sources:
        handful.append(opened)
        if len(handful) == _HANDFUL or sum(one.capture.size for one in handful) > 4_000_000:
            yield handful
            handful = []
    if handful:
        yield handful


def _read_handful(handful: list[Opened], house: str | None, encoding: str | None) -> list[_ReadOne]:
    return [_read_one(opened, house, encoding) for opened in handful]


def _read_one(opened: Opened, house: str | None, encoding: str | None) -> _ReadOne:
    from onrecord.reader import read_opened

    source = opened.capture.source
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            document = read_opened(opened, house=house, encoding=encoding)
        except OnRecordError as error:
            return _ReadOne(trouble=_trouble(error, source))
        except (
            RecursionError,
            MemoryError,
            ValueError,
            LookupError,
            TypeError,
            AttributeError,
            AssertionError,
        ) as error:
            # A fault of a reader must cost one page, not the run; it is counted by its own name.
            found = ReadingError(f"the reader failed: {type(error).__name__}: {error}", hint="Please report this page")
            return _ReadOne(trouble=_trouble(found, source))
    return _ReadOne(
        capture=document.capture,
        document=document.to_json(),
        offsets=document.offsets.to_bytes(),
        packed=compress(opened.data),
        warnings=[str(one.message) for one in caught],
    )


def _rebuilt(one: _ReadOne, opened: Opened) -> Document:
    assert one.capture is not None
    return Document.from_json(one.document).holding(one.capture, b"", OffsetMap.from_bytes(one.offsets), opened.data)


def _trouble(error: OnRecordError, source: str) -> Trouble:
    if isinstance(error, DeskError):
        raise error
    return Trouble(error=error.name, where=error.where or source, message=f"{error.what}. {error.hint}".strip())


def _count(summary: Summary, document: Document, outcome: str) -> None:
    if outcome == "unchanged":  # the same bytes twice among the sources of one run
        summary.unchanged += 1
        return
    if outcome == "new":
        summary.new += 1
    elif outcome == "new-capture":
        summary.new_captures += 1
    else:
        summary.read_again += 1
    summary.turns += len(document.turns)
    summary.paragraphs += document.text.count("\n\n") + bool(document.text)
    summary.unread += len(document.unread)
    summary.issuers[document.issuer] = summary.issuers.get(document.issuer, 0) + 1
