"""The desk as a reader sees it: documents and turns, each bound to the bytes it came from."""

from __future__ import annotations

import sqlite3
import threading
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar, cast

import msgspec

from onrecord.captures.keeping import Captures
from onrecord.captures.opening import Opened
from onrecord.desk.cache import Stamp, read_cached, stamp_of, write_cached
from onrecord.desk.connection import CAPTURES, WriterLock, connect, create, failing_clearly, is_desk, is_ours
from onrecord.desk.digests import is_as_written
from onrecord.desk.rows import read_document
from onrecord.desk.snapshot import in_snapshot, snapshot
from onrecord.desk.writing import Added, Writer
from onrecord.errors import DamagedDocument, DeskError, UnknownDocument
from onrecord.offsets import Unit
from onrecord.record import Capture, Document, Turn

Made = TypeVar("Made")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the list of documents."""

    id: str
    day: str | None
    issuer: str
    kind: str
    title: str
    language: str
    turns: int
    questions: int
    versions: int
    unread: int


class Listed(NamedTuple):
    """A document by what lists are narrowed by."""

    id: str
    day: str | None
    issuer: str
    kind: str
    language: str


class Memory:
    """What was made of a record, each thing kept for its last two states.

    Desks of one folder that are open in several threads may share one: what two of them ask for is made once, and the second
    waits for it. While the record is written to, one thread may still answer of the state before.
    """

    def __init__(self) -> None:
        self._made: dict[str, tuple[tuple[object, Any], ...]] = {}
        self._making: dict[str, threading.RLock] = {}
        self._lock = threading.Lock()

    def get(self, name: str, state: object, make: Callable[[], Made]) -> Made:
        """What was made under this name of the record in this state, made now where nobody has."""
        for of, made in self._made.get(name, ()):
            if of == state:
                return cast(Made, made)
        with self._lock:
            making = self._making.setdefault(name, threading.RLock())
        with making:
            for of, made in self._made.get(name, ()):
                if of == state:
                    return cast(Made, made)
            made = make()
            self._made[name] = ((state, made), *self._made.get(name, ())[:1])
            return made


def open_desk(
    folder: str | Path, *, write: bool = False, create_new: bool = False, memory: Memory | None = None
) -> Desk:
    """Open the desk in ``folder``; with ``create_new`` make it where there is none.

    Raises NotADesk, DeskTooNew, and with ``write`` DeskBusy where another process writes.
    """
    path = Path(folder)
    if create_new and not is_desk(path):
        create(path)
    return Desk(path, write=write, memory=memory)


class Desk:
    """A desk that is open. Use it in a ``with`` block, or :meth:`close` it."""

    def __init__(self, folder: Path, *, write: bool = False, memory: Memory | None = None) -> None:
        self.folder = folder
        self.captures = Captures(folder / CAPTURES)
        self._recent = lru_cache(maxsize=4)(self._extract)  # the turns of one document ask for the same bytes
        # What is another's gets no lock beside it: connecting refuses it.
        self._lock = WriterLock(folder) if write and is_ours(folder) else None
        self._writer: Writer | None = None
        self._memory = memory or Memory()
        try:
            self.record = connect(folder, write=write)
            self.record.row_factory = sqlite3.Row
            if write:
                with failing_clearly(folder):
                    (folder / CAPTURES).mkdir(exist_ok=True)
                    self._writer = Writer(self.record, self.captures, folder)
        except BaseException:
            if self._lock is not None:
                self._lock.release()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Write what is pending and let go of the desk; a second time does nothing."""
        writer, self._writer = self._writer, None
        try:
            if writer is not None:
                writer.commit()
        finally:
            self.record.close()
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    @property
    def writer(self) -> Writer:
        """The writing side. Raises DeskError where the desk was opened for reading."""
        if self._writer is None:
            raise DeskError("the desk is open for reading", where=str(self.folder), hint="Open it with write=True")
        return self._writer

    @property
    def writable(self) -> bool:
        """Whether the desk was opened for writing."""
        return self._writer is not None

    def snapshot(self) -> AbstractContextManager[None]:
        """A ``with`` block in which all that is asked is answered as of one state of the record, whoever writes meanwhile.

        :meth:`in_snapshot` does the same for a function and asks it again where that state is past.
        """
        return snapshot(self)

    def in_snapshot(self, ask: Callable[[], Made]) -> Made:
        """What ``ask`` answers, as of one state of the record; see :func:`onrecord.desk.snapshot.in_snapshot`."""
        return in_snapshot(self, ask)

    def add(self, source: Document | Opened) -> Added:
        """Add one document that was read, or a capture that is still to be read: its bytes and its record, or neither.

        It is annotated where it is not yet. When this returns all is on the disk. For many,
        :func:`onrecord.desk.add_all` is quicker.
        """
        from onrecord.annotation.annotating import annotate

        if isinstance(source, Opened):
            from onrecord.reader import read_opened

            source = read_opened(source)
        if source.annotation is None:
            source = annotate(source)
        added = self.writer.add(source)
        self.writer.commit()
        return added

    def remembered(self, name: str, make: Callable[[], Made]) -> Made:
        """What ``make`` makes of the record, made once and kept until the record changes."""
        return self._memory.get(name, self.state, make)

    def cached(self, name: str, type: type[Made], make: Callable[[], Made], *, layout: int) -> Made:
        """What ``make`` makes of the record's documents and annotations, kept in memory and in a file beside the
        record until they change; see :mod:`onrecord.desk.cache`. ``layout`` is raised whenever what is made is no
        longer what it was. What people judge is no part of it: that changes without its being made anew.
        """
        stamp = stamp_of(self.record, layout)
        return self._memory.get(f"cached {name}", stamp, lambda: self._cached(name, type, make, stamp))

    def _cached(self, name: str, type: type[Made], make: Callable[[], Made], stamp: Stamp) -> Made:
        held = read_cached(self.folder, name, type, stamp)
        if held is not None:
            return held
        pending = self.writable and self.record.in_transaction  # what is being written may yet be taken back
        made = make()
        if not pending and stamp_of(self.record, stamp.layout) == stamp:
            write_cached(self.folder, name, made, stamp)
        return made

    @property
    def state(self) -> tuple[int | None, ...]:
        """What the record is as of: the numbers of its last change, annotation and judgement."""
        changes = (
            "(SELECT max(number) FROM change), (SELECT max(number) FROM annotation), (SELECT max(rowid) FROM judgement)"
        )
        return tuple(self.record.execute(f"SELECT {changes}").fetchone())

    def __len__(self) -> int:
        return int(self._ask("SELECT count(*) FROM document")[0][0])

    def rows(
        self,
        *,
        issuer: str | None = None,
        since: str | None = None,
        until: str | None = None,
        kind: str | None = None,
        language: str | None = None,
        newest: bool = False,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Row]:
        """The list of documents, by day, or with ``newest`` backwards; undated ones last."""
        found = self._listed(issuer, since, until, kind, language)
        if newest:
            dated = [one for one in found if one.day]
            found = [*reversed(dated), *(one for one in found if not one.day)]
        return self._rows([one.id for one in found[offset : None if limit is None else offset + limit]])

    def row(self, id: str) -> Row:
        """The line of one document. Raises UnknownDocument."""
        rows = self._rows([id])
        if not rows:
            raise UnknownDocument(f"no document {id!r}", where=str(self.folder))
        return rows[0]

    def count(
        self,
        *,
        issuer: str | None = None,
        since: str | None = None,
        until: str | None = None,
        kind: str | None = None,
        language: str | None = None,
    ) -> int:
        """How many documents :meth:`rows` would list."""
        return len(self._listed(issuer, since, until, kind, language))

    def _listed(
        self, issuer: str | None, since: str | None, until: str | None, kind: str | None, language: str | None
    ) -> list[Listed]:
        return [
            one
            for one in self.listed()
            if (issuer is None or one.issuer == issuer)
            and (kind is None or one.kind == kind)
            and (language is None or one.language == language)
            and (since is None or (one.day is not None and one.day >= since))
            and (until is None or (one.day is not None and one.day <= until))
        ]

    def listed(self) -> list[Listed]:
        """All documents in the order of :meth:`rows`, by what a list is narrowed by; made once until the record changes. (SQLite
        would read every document's words on the way.)"""
        query = "SELECT id, day, issuer, kind, language FROM document ORDER BY day IS NULL, day, id"
        return self.remembered("documents by day", lambda: [Listed(*row) for row in self._ask(query)])

    def beside(self, document: Document) -> tuple[str | None, str | None]:
        """The ids of the documents before and after one of the same issuer, kind and language; undated ones have none."""
        series = self.remembered("series of documents", self._series)
        key = (document.issuer, document.kind, document.language)
        own = series.get(key, [])
        place = bisect_left(own, (document.date or "", document.id))
        if place >= len(own) or own[place][1] != document.id:
            return None, None
        return own[place - 1][1] if place else None, own[place + 1][1] if place + 1 < len(own) else None

    def _series(self) -> dict[tuple[str, str, str], list[tuple[str, str]]]:
        found: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
        for one in self.listed():
            if one.day:
                found.setdefault((one.issuer, one.kind, one.language), []).append((one.day, one.id))
        return found

    def _rows(self, ids: list[str]) -> list[Row]:
        columns = ", ".join(Row.__struct_fields__)
        found: dict[str, Row] = {}
        for start in range(0, len(ids), 500):
            some = ids[start : start + 500]
            query = f"SELECT {columns} FROM documents WHERE id IN ({', '.join('?' * len(some))})"
            found |= {row["id"]: Row(**dict(row)) for row in self._ask(query, some)}
        return [found[id] for id in ids if id in found]

    def documents(
        self, *, issuer: str | None = None, since: str | None = None, until: str | None = None, kind: str | None = None
    ) -> Iterator[Document]:
        """The documents, by day, one at a time."""
        where, values = _conditions(issuer=issuer, since=since, until=until, kind=kind)
        query = f"SELECT id FROM document {where} ORDER BY day IS NULL, day, id"
        for row in self._ask(query, values):
            yield self._load(row["id"])

    def __iter__(self) -> Iterator[Document]:
        return self.documents()

    def document(self, id: str) -> Document:
        """The document of that id, or of the only id that begins so.

        Raises UnknownDocument where there is none, or more than one.
        """
        if self._ask("SELECT 1 FROM document WHERE id = ?", [id]):
            return self._load(id)
        query = "SELECT id FROM document WHERE id >= ?1 AND id < ?1 || char(1114111) ORDER BY id LIMIT 6"
        ids = [row["id"] for row in self._ask(query, [id])]
        if len(ids) == 1:
            return self._load(ids[0])
        if ids:
            raise UnknownDocument(
                f"{id!r} begins the ids of several documents", where=str(self.folder), hint=", ".join(ids)
            )
        raise UnknownDocument(f"no document {id!r}", where=str(self.folder))

    def turn(self, id: str) -> Turn:
        """The turn of that id. Raises UnknownDocument."""
        document = self.document(id.partition("/")[0])
        for turn in document:
            if turn.id == id:
                return turn
        raise UnknownDocument(f"no turn {id!r}", where=str(self.folder))

    def turns(self, **conditions: str | None) -> Iterator[Turn]:
        """All turns of :meth:`documents`, in order."""
        for document in self.documents(**conditions):
            yield from document

    def _ask(self, query: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        with failing_clearly(self.folder):
            return self.record.execute(query, values).fetchall()

    def _load(self, id: str) -> Document:
        with self.snapshot():
            document, capture, offsets = read_document(self.record, id)
            # A desk that is open for writing lets it pass: to read a document again is what mends it.
            if not self.writable and not is_as_written(self.record, document):
                raise DamagedDocument("the record of it is damaged: it is not as it was written", where=id)
        return document.with_capture(
            capture,
            lambda: self._recent(capture, offsets.unit),
            offsets,
            None if offsets.unit == "byte" else lambda: self.captures.get(capture.sha256),
        )

    def _extract(self, capture: Capture, unit: Unit) -> bytes:
        """What the offsets count in: the bytes kept, or the text extracted from them anew."""
        data = self.captures.get(capture.sha256)
        if unit == "byte":
            return data
        from onrecord.reading.page import Page

        return Page(capture, data, name=capture.source.rsplit("/", 1)[-1]).extract


def _conditions(*, issuer: str | None, since: str | None, until: str | None, kind: str | None) -> tuple[str, list[str]]:
    told = (("issuer = ?", issuer), ("day >= ?", since), ("day <= ?", until), ("kind = ?", kind))
    asked = [(condition, value) for condition, value in told if value is not None]
    where = "WHERE " + " AND ".join(condition for condition, _ in asked) if asked else ""
    return where, [value for _, value in asked]
