"""The desk as a reader sees it: documents and turns, each bound to the bytes it came from."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec

from onrecord.captures.keeping import Captures
from onrecord.captures.opening import Opened
from onrecord.desk.connecting import CAPTURES, WriterLock, connect, create, failing_clearly, is_desk, is_ours
from onrecord.desk.rows import read_document
from onrecord.desk.writing import Added, Writer
from onrecord.errors import DeskError, UnknownDocument
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


def open_desk(folder: str | Path, *, write: bool = False, create_new: bool = False) -> Desk:
    """Open the desk in ``folder``; with ``create_new`` make it where there is none.

    Raises NotADesk, DeskTooNew, and with ``write`` DeskBusy where another process writes.
    """
    path = Path(folder)
    if create_new and not is_desk(path):
        create(path)
    return Desk(path, write=write)


class Desk:
    """A desk that is open. Use it in a ``with`` block, or :meth:`close` it."""

    def __init__(self, folder: Path, *, write: bool = False) -> None:
        self.folder = folder
        self.captures = Captures(folder / CAPTURES)
        self._recent = lru_cache(maxsize=4)(self._extract)  # the turns of one document ask for the same bytes
        # What is another's gets no lock beside it: connecting refuses it.
        self._lock = WriterLock(folder) if write and is_ours(folder) else None
        self._writer: Writer | None = None
        self._remembered: dict[str, tuple[tuple[int | None, ...], Any]] = {}
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
        changes = "(SELECT max(number) FROM change), (SELECT max(number) FROM annotation)"
        change = tuple(self.record.execute(f"SELECT {changes}").fetchone())
        if name not in self._remembered or self._remembered[name][0] != change:
            self._remembered[name] = (change, make())
        return self._remembered[name][1]  # type: ignore[no-any-return]

    def __len__(self) -> int:
        return int(self._ask("SELECT count(*) FROM document")[0][0])

    def rows(
        self, *, issuer: str | None = None, since: str | None = None, until: str | None = None, kind: str | None = None
    ) -> list[Row]:
        """The list of documents, by day; undated ones last."""
        where, values = _conditions(issuer=issuer, since=since, until=until, kind=kind)
        columns = ", ".join(Row.__struct_fields__)
        query = f"SELECT {columns} FROM documents {where} ORDER BY day IS NULL, day, id"
        return [Row(**dict(row)) for row in self._ask(query, values)]

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

    def _ask(self, query: str, values: Sequence[str] = ()) -> list[sqlite3.Row]:
        with failing_clearly(self.folder):
            return self.record.execute(query, values).fetchall()

    def _load(self, id: str) -> Document:
        with failing_clearly(self.folder):
            document, capture, offsets = read_document(self.record, id)
        return document.holding(
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
