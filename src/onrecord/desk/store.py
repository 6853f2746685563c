"""The desk as a reader sees it: documents and turns, each bound to the bytes it came from."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from onrecord.captures.keeping import Captures
from onrecord.desk.connecting import CAPTURES, WriterLock, connect, create
from onrecord.desk.writing import Added, Writer
from onrecord.errors import DeskError, UnknownDocument
from onrecord.offsets import OffsetMap
from onrecord.record import Capture, Document, Furniture, Heading, Turn, Unread


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
    if create_new and not (path / "record.sqlite").exists():
        create(path)
    return Desk(path, write=write)


class Desk:
    """A desk that is open. Use it in a ``with`` block, or :meth:`close` it."""

    def __init__(self, folder: Path, *, write: bool = False) -> None:
        self.folder = folder
        self.captures = Captures(folder / CAPTURES)
        self._lock = WriterLock(folder) if write and (folder / CAPTURES).is_dir() else None
        try:
            self.record = connect(folder, write=write)
        except BaseException:
            if self._lock is not None:
                self._lock.release()
            raise
        self.record.row_factory = sqlite3.Row
        self._writer = Writer(self.record, self.captures, folder) if self._lock is not None else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Write what is pending and let go of the desk."""
        try:
            if self._writer is not None:
                self._writer.commit()
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

    def add(self, document: Document) -> Added:
        """Add a document that was just read: its capture and its record, both or neither."""
        return self.writer.add(document)

    def __len__(self) -> int:
        return int(self.record.execute("SELECT count(*) FROM document").fetchone()[0])

    def rows(
        self, *, issuer: str | None = None, since: str | None = None, until: str | None = None, kind: str | None = None
    ) -> list[Row]:
        """The list of documents, by day; undated ones last."""
        where, values = _conditions(issuer=issuer, since=since, until=until, kind=kind)
        columns = ", ".join(Row.__struct_fields__)
        query = f"SELECT {columns} FROM documents {where} ORDER BY day IS NULL, day, id"
        return [Row(**dict(row)) for row in self.record.execute(query, values)]

    def documents(
        self, *, issuer: str | None = None, since: str | None = None, until: str | None = None, kind: str | None = None
    ) -> Iterator[Document]:
        """The documents, by day, one at a time."""
        for row in self.rows(issuer=issuer, since=since, until=until, kind=kind):
            yield self._load(row.id)

    def __iter__(self) -> Iterator[Document]:
        return self.documents()

    def document(self, id: str) -> Document:
        """The document of that id, or of the only id that begins so.

        Raises UnknownDocument where there is none, or more than one.
        """
        if self.record.execute("SELECT 1 FROM document WHERE id = ?", (id,)).fetchone():
            return self._load(id)
        pattern = id.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
        query = r"SELECT id FROM document WHERE id LIKE ? ESCAPE '\' ORDER BY id LIMIT 6"
        ids = [row["id"] for row in self.record.execute(query, (pattern,))]
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

    def _load(self, id: str) -> Document:
        row = self.record.execute(
            "SELECT document.*, capture.size, capture.media_type, capture.encoding, sighting.source, sighting.fetched "
            "FROM document JOIN capture ON capture.sha256 = document.capture "
            "LEFT JOIN sighting ON sighting.capture = document.capture WHERE document.id = ? ORDER BY sighting.rowid LIMIT 1",
            (id,),
        ).fetchone()
        heading = Heading(
            id=row["id"],
            title=row["title"],
            date=row["day"],
            date_from=row["day_from"],
            published=row["published"],
            issuer=row["issuer"],
            house=row["house"],
            kind=row["kind"],
            language=row["language"],
            excerpt=bool(row["excerpt"]),
            address=row["address"],
            text=row["text"],
            capture=f"sha256:{row['capture']}",
        )
        document = Document(
            heading=heading,
            turns=tuple(Turn(**turn) for turn in self._of(id, Turn, "turn", "position")),
            furniture=tuple(Furniture(**piece) for piece in self._of(id, Furniture, "furniture", "rowid")),
            unread=tuple(Unread(**one) for one in self._of(id, Unread, "unread", "rowid")),
        )
        capture = Capture(
            sha256=row["capture"],
            size=row["size"],
            source=row["source"] or "",
            fetched=row["fetched"],
            media_type=row["media_type"],
            encoding=row["encoding"],
        )
        offsets = OffsetMap.from_bytes(row["offsets"])
        return document.holding(capture, lambda: self._extract(capture, offsets), offsets)

    def _of(self, id: str, noun: type[msgspec.Struct], table: str, order: str) -> Iterator[dict[str, Any]]:
        columns = ", ".join(f'"{field}"' for field in noun.__struct_fields__)
        query = f"SELECT {columns} FROM {table} WHERE document = ? ORDER BY {order}"
        return (dict(row) for row in self.record.execute(query, (id,)))

    def _extract(self, capture: Capture, offsets: OffsetMap) -> bytes:
        """What the offsets count in: the bytes kept, or the text extracted from them anew."""
        data = self.captures.get(capture.sha256)
        if offsets.unit == "byte":
            return data
        from onrecord.reading.page import Page

        return Page(capture, data, name=capture.source.rsplit("/", 1)[-1]).extract


def _conditions(*, issuer: str | None, since: str | None, until: str | None, kind: str | None) -> tuple[str, list[str]]:
    told = (("issuer = ?", issuer), ("day >= ?", since), ("day <= ?", until), ("kind = ?", kind))
    asked = [(condition, value) for condition, value in told if value is not None]
    where = "WHERE " + " AND ".join(condition for condition, _ in asked) if asked else ""
    return where, [value for _, value in asked]
