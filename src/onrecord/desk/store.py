"""The class Desk: read access to documents and turns, each linked to its source bytes, and to the writer."""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar, Unpack

from onrecord.captures.keeping import Captures
from onrecord.captures.opening import Opened
from onrecord.desk.cache import Stamp, computing_alone, read_cached, stamp_of, write_cached
from onrecord.desk.connection import CAPTURES, WriterLock, connect, create, failing_clearly, is_desk, is_ours
from onrecord.desk.digests import is_as_written
from onrecord.desk.listing import Listed, ListFilters, Row, neighbours, selected, series_of
from onrecord.desk.memory import Memory
from onrecord.desk.pages import Added
from onrecord.desk.rows import read_document
from onrecord.desk.snapshot import in_snapshot, snapshot
from onrecord.desk.updating import Updatable, update_result
from onrecord.desk.versions import Version, earlier_turn, read_reading, versions_of
from onrecord.desk.visits import Asked
from onrecord.desk.writing import Writer
from onrecord.errors import DamagedDocument, DeskError, UnknownDocument
from onrecord.offsets import OffsetMap, Unit
from onrecord.record import Capture, Document, Turn

Result = TypeVar("Result")


def open_desk(
    folder: str | Path, *, write: bool = False, create_new: bool = False, memory: Memory | None = None
) -> Desk:
    """Open the desk in ``folder``; with ``create_new``, create it if there is none.

    Raises NotADesk, DeskTooNew, and with ``write`` DeskBusy if another process is writing.
    """
    path = Path(folder)
    if create_new and not is_desk(path):
        create(path)
    return Desk(path, write=write, memory=memory)


class Desk:
    """An open desk. Use it in a ``with`` block, or :meth:`close` it."""

    def __init__(self, folder: Path, *, write: bool = False, memory: Memory | None = None) -> None:
        self.folder = folder
        self.captures = Captures(folder / CAPTURES)
        self._recent = lru_cache(maxsize=4)(self._extract)  # the turns of one document use the same bytes
        # No lock file beside a database that is not a desk's record: connect() rejects it.
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
        """Commit pending writes, close the record and release the lock. Calling it again has no effect."""
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
        """The writer. Raises DeskError if the desk was opened for reading."""
        if self._writer is None:
            raise DeskError("the desk is open for reading", where=str(self.folder), hint="Open it with write=True")
        return self._writer

    @property
    def writable(self) -> bool:
        """Whether the desk was opened for writing."""
        return self._writer is not None

    def snapshot(self) -> AbstractContextManager[None]:
        """A context manager: all reads inside see one state of the record, whatever other processes write meanwhile.

        :meth:`in_snapshot` does the same for a function, and calls it again if that state is outdated.
        """
        return snapshot(self)

    def in_snapshot(self, ask: Callable[[], Result]) -> Result:
        """Call ``ask`` on one state of the record; see :func:`onrecord.desk.snapshot.in_snapshot`."""
        return in_snapshot(self, ask)

    def add(self, source: Document | Opened, *, asked: Asked | None = None) -> Added:
        """Add a document, or a capture to be read first; its bytes and its rows are written together or not at all.

        The document is annotated if it is not yet. ``asked`` is the visit that brought it. When this returns, everything is on
        the disk. For many sources :func:`onrecord.desk.add_all` is faster.
        """
        from onrecord.annotation.annotating import annotate

        breaks_off = False
        if isinstance(source, Opened):
            source, breaks_off = _read(source)
        if source.annotation is None:
            source = annotate(source)
        added = self.writer.add(source, asked=asked, breaks_off=breaks_off)
        self.writer.commit()
        return added

    def remembered(
        self, name: str, compute: Callable[[], Result], valid: Callable[[Result], bool] | None = None
    ) -> Result:
        """The result of ``compute``, kept in memory until the record changes, and as long as it is ``valid``."""
        return self._memory.get(name, self.state, compute, valid)

    def cached(self, name: str, type: type[Result], make: Callable[[], Result], *, layout: int) -> Result:
        """The result of ``make``, kept in memory and in a file until the record's documents or annotations change.

        See :mod:`onrecord.desk.cache`. Raise ``layout`` whenever the result's format or meaning changes. A result must
        not depend on judgements: they change without invalidating it.
        """
        stamp = stamp_of(self.record, layout)
        return self._memory.get(f"cached {name}", stamp, lambda: self._cached(name, type, make, stamp))

    def _cached(self, name: str, type: type[Result], make: Callable[[], Result], stamp: Stamp) -> Result:
        stored = read_cached(self.folder, name, type, stamp)
        if stored is not None:
            return stored
        with computing_alone(self.folder, name):
            stored = read_cached(self.folder, name, type, stamp)  # another process may have computed it meanwhile
            if stored is not None:
                return stored
            pending = self.writable and self.record.in_transaction  # uncommitted writes may be rolled back
            result = make()
            if not pending and stamp_of(self.record, stamp.layout) == stamp:
                write_cached(self.folder, name, result, stamp)
            return result

    def updated(
        self,
        name: str,
        type: type[Result],
        make: Callable[[], Result],
        update: Callable[[Result, list[str]], Result],
        *,
        layout: int,
    ) -> Result:
        """Like :meth:`cached`, but a result of an earlier state is made current by ``update``, if there is one.

        ``update`` gets that result, which it must not alter, and the ids of the documents changed or annotated since. It
        must return what ``make`` would return.
        """
        stamp = stamp_of(self.record, layout)
        pending = self.writable and self.record.in_transaction  # uncommitted writes may be rolled back
        how = Updatable(name, type, make, update)

        def compute() -> Result:
            return update_result(self.folder, self.record, self._memory.bases, how, stamp, pending)

        return self._memory.get(f"cached {name}", stamp, compute)

    @property
    def state(self) -> tuple[int | None, ...]:
        """The state of the record: the numbers of its last change, annotation, and judgements."""
        changes = (
            "(SELECT max(number) FROM change), (SELECT max(number) FROM annotation), (SELECT max(rowid) FROM judgement)"
        )
        if self._ask(
            "SELECT 1 FROM sqlite_schema WHERE name = 'link_judgement'"
        ):  # a desk of an earlier version has none
            changes += ", (SELECT max(number) FROM link_judgement)"
        return tuple(self.record.execute(f"SELECT {changes}").fetchone())

    def __len__(self) -> int:
        return int(self._ask("SELECT count(*) FROM document")[0][0])

    def rows(
        self, *, newest: bool = False, limit: int | None = None, offset: int = 0, **filters: Unpack[ListFilters]
    ) -> list[Row]:
        """The list of documents by day, with ``newest`` in descending order; undated ones last.

        ``filters`` are those of :class:`~onrecord.desk.listing.ListFilters`: ``issuer``, ``since``, ``until``, ``kind``,
        ``language``.
        """
        found = selected(self.listed(), **filters)
        if newest:
            dated = [one for one in found if one.day]
            found = [*reversed(dated), *(one for one in found if not one.day)]
        return self._rows([one.id for one in found[offset : None if limit is None else offset + limit]])

    def row(self, id: str) -> Row:
        """The list entry of one document. Raises UnknownDocument."""
        rows = self._rows([id])
        if not rows:
            raise UnknownDocument(f"no document {id!r}", where=str(self.folder))
        return rows[0]

    def count(self, **filters: Unpack[ListFilters]) -> int:
        """How many documents :meth:`rows` would list."""
        return len(selected(self.listed(), **filters))

    def listed(self) -> list[Listed]:
        """All documents in the order of :meth:`rows`, by what a list is narrowed by; made once until the record changes. (SQLite
        would read every document's words on the way.)"""
        query = "SELECT id, day, issuer, kind, language FROM document ORDER BY day IS NULL, day, id"
        return self.remembered("documents by day", lambda: [Listed(*row) for row in self._ask(query)])

    def beside(self, document: Document) -> tuple[str | None, str | None]:
        """The ids of the previous and next document of the same issuer, kind and language; None for undated documents."""
        return neighbours(self.remembered("series of documents", lambda: series_of(self.listed())), document)

    def _rows(self, ids: list[str]) -> list[Row]:
        columns = ", ".join(Row.__struct_fields__)
        found: dict[str, Row] = {}
        for start in range(0, len(ids), 500):
            some = ids[start : start + 500]
            query = f"SELECT {columns} FROM documents WHERE id IN ({', '.join('?' * len(some))})"
            found |= {row["id"]: Row(**dict(row)) for row in self._ask(query, some)}
        return [found[id] for id in ids if id in found]

    def documents(self, **filters: Unpack[ListFilters]) -> Iterator[Document]:
        """Yield the documents by day; ``filters`` as for :meth:`rows`."""
        for one in selected(self.listed(), **filters):
            yield self._load(one.id)

    def __iter__(self) -> Iterator[Document]:
        return self.documents()

    def document(self, id: str) -> Document:
        """The document with this id, or with the only id that has this prefix.

        Raises UnknownDocument if there is none, or more than one.
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
        """The turn with this id: of its document, or of an earlier version of it that had the words. Raises UnknownDocument."""
        document = self.document(id.partition("/")[0])
        for turn in document:
            if turn.id == id:
                return turn
        for turn in self.earlier_reading(id) or ():
            if turn.id == id:
                return turn
        raise UnknownDocument(f"no turn {id!r}", where=str(self.folder))

    def earlier_reading(self, turn: str) -> Document | None:
        """What its document said when it had a turn that it no longer has; None if it never had one with this id."""
        found = earlier_turn(self.record, turn)
        if found is None:
            return None
        stored = read_reading(self.record, found[0].document, number=found[1])
        return None if stored is None else self._attached(stored.document, stored.capture, stored.offsets)

    def versions(self, id: str) -> list[Version]:
        """The versions of a document in the order of time. Raises UnknownDocument."""
        return versions_of(self.record, self.document(id).id)

    def version(self, id: str, position: int) -> Document:
        """What a document said in the version at this position. Raises UnknownDocument."""
        document = self.document(id)
        for one in versions_of(self.record, document.id):
            if one.position == position:
                if one.state == "shown":
                    return document
                stored = read_reading(self.record, document.id, version=position)
                if stored is not None:
                    return self._attached(stored.document, stored.capture, stored.offsets)
                return self._from_capture(one)
        raise UnknownDocument(f"{document.id} has no version {position}", where=str(self.folder))

    def _from_capture(self, version: Version) -> Document:
        """A version of a desk of an older program, which kept no readings: read from its capture now."""
        from onrecord.desk.former_versions import read_version

        return read_version(self.record, self.captures, version)

    def turns(self, **filters: Unpack[ListFilters]) -> Iterator[Turn]:
        """Yield all turns of :meth:`documents`, in order."""
        for document in self.documents(**filters):
            yield from document

    def _ask(self, query: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        with failing_clearly(self.folder):
            return self.record.execute(query, values).fetchall()

    def _load(self, id: str) -> Document:
        with self.snapshot():
            document, capture, offsets = read_document(self.record, id)
            # Not checked on a desk that is open for writing: reading a damaged document again repairs it.
            if not self.writable and not is_as_written(self.record, document):
                raise DamagedDocument("its record is damaged: it does not match its digest", where=id)
        return self._attached(document, capture, offsets)

    def _attached(self, document: Document, capture: Capture, offsets: OffsetMap) -> Document:
        return document.with_capture(
            capture,
            lambda: self._recent(capture, offsets.unit),
            offsets,
            None if offsets.unit == "byte" else lambda: self.captures.get(capture.sha256),
        )

    def _extract(self, capture: Capture, unit: Unit) -> bytes:
        """The data that offsets refer to: the stored bytes, or the text extracted from them again."""
        data = self.captures.get(capture.sha256)
        if unit == "byte":
            return data
        from onrecord.reading.page import Page

        return Page(capture, data, name=capture.source.rsplit("/", 1)[-1]).extract


def _read(opened: Opened) -> tuple[Document, bool]:
    """Read a capture, and tell whether its page breaks off; warnings are passed on."""
    from onrecord.reader import BreaksOff, read_within_limits

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        document = read_within_limits(opened)
    for one in caught:
        warnings.warn(one.message, stacklevel=4)
    return document, any(issubclass(one.category, BreaksOff) for one in caught)
