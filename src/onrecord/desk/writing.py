"""Write to the record: each document atomically, many in one transaction, and captures are on the disk before it commits."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

from onrecord.captures.keeping import Captures, compress
from onrecord.captures.opened import Opened, moment
from onrecord.desk.accepted_acts import write_accepted_acts
from onrecord.desk.annotations import delete_annotation, rename_annotations, write_annotation, write_answer_types
from onrecord.desk.connection import failing_clearly
from onrecord.desk.digests import write_digest
from onrecord.desk.rows import ReadingOptions, read_document, write_document
from onrecord.errors import DamagedCapture
from onrecord.record import Capture, Document, Turn

Outcome = Literal["new", "unchanged", "new-capture", "read-again"]
#: A transaction is committed after this many documents or seconds: a commit waits some milliseconds for the disk, and
#: uncommitted documents must be read again after a crash.
_DOCUMENTS, _SECONDS = 100, 0.5


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of adding a document, and its id on the desk.

    ``unannotated`` gives the reason if the document was stored but its annotation could not be.
    """

    outcome: Outcome
    id: str
    unannotated: str | None = None


class _Stored(msgspec.Struct, frozen=True):
    """A document on the desk that a capture belongs to, and the SHA-256 of its current capture."""

    id: str
    current: str


class Writer:
    """The single writer of a desk. ``mended`` counts captures that were damaged on the disk and have been repaired."""

    def __init__(self, record: sqlite3.Connection, captures: Captures, folder: Path) -> None:
        self.record = record
        self.captures = captures
        self.folder = folder
        self.mended = 0
        self._pending = 0
        self._since = 0.0
        record.execute("PRAGMA cache_size = -64000")

    def holds(self, opened: Opened) -> str | None:
        """The id of the document read from these bytes; record the sighting and repair a damaged capture.

        None if the bytes must be read: they are new, or a page has returned to an earlier state.
        """
        capture = opened.capture
        stored = self._document_of(capture.sha256)
        if stored is None or (stored.current != capture.sha256 and self._is_newer(stored, capture)):
            return None
        with failing_clearly(self.folder):
            self._begin()
            self._repair(capture.sha256, opened.data)
            self._add_sighting(capture)
            self._end()
        return stored.id

    def add(
        self,
        document: Document,
        packed: bytes | None = None,
        *,
        again: bool = False,
        options: ReadingOptions | None = None,
    ) -> Added:
        """Add a document with its capture.

        ``packed`` is the capture if it is compressed already; ``options`` are the house and the encoding that the caller
        gave, stored for later readings. Adding the same bytes changes nothing, unless ``again`` asks to replace the stored
        content. Other bytes of the same page become a new capture of the same document, whose content is that of the newer
        capture.

        Raises DeskFull, and RecordError for an inconsistent document; the record is then unchanged.
        """
        with failing_clearly(self.folder):
            self._begin()
            with self._savepoint():
                added = self._add(document, packed, again, options)
            self._end()
        return added

    def annotate(self, document: Document) -> None:
        """Replace the annotation of a document on the desk; its words stay unchanged.

        Raises RecordError if the annotation is inconsistent; the record is then unchanged.
        """
        with failing_clearly(self.folder):
            self._begin()
            with self._savepoint():
                delete_annotation(self.record, document.id)
                write_annotation(self.record, document, _now())
                accepted = write_accepted_acts(self.record, document.id)
                write_answer_types(self.record, document)
                write_digest(self.record, read_document(self.record, document.id)[0] if accepted else document)
            self._end()

    def record_failure(self, capture: Capture, error: str, message: str) -> None:
        """Record that a source could not be read, replacing an earlier entry for it."""
        with failing_clearly(self.folder):
            self._begin()
            self.record.execute(
                "INSERT OR REPLACE INTO refused (source, sha256, error, message, met) VALUES (?, ?, ?, ?, ?)",
                (_plain(capture.source), capture.sha256, error, _plain(message), _now()),
            )
            self._end()

    def commit(self) -> None:
        """Commit all pending writes to the disk. If this fails, everything since the last commit is rolled back."""
        self._pending = 0
        if not self.record.in_transaction:
            return
        with failing_clearly(self.folder):
            try:
                self.captures.sync()
                self.record.execute("COMMIT")
            except BaseException:
                if self.record.in_transaction:
                    self.record.execute("ROLLBACK")
                raise

    def try_commit(self) -> None:
        """Commit after a failed run, ignoring further errors, so that the first error is the one reported."""
        with contextlib.suppress(Exception):
            self.commit()

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        """Keep all writes inside, or roll back all of them."""
        self.record.execute("SAVEPOINT whole")
        try:
            yield
        except BaseException:
            if self.record.in_transaction:  # on a full disk SQLite has rolled back already
                self.record.execute("ROLLBACK TO whole")
                self.record.execute("RELEASE whole")
            raise
        self.record.execute("RELEASE whole")

    def _begin(self) -> None:
        if not self.record.in_transaction:
            self.record.execute("BEGIN IMMEDIATE")
            self._since = time.monotonic()

    def _end(self) -> None:
        self._pending += 1
        if self._pending >= _DOCUMENTS or time.monotonic() - self._since > _SECONDS:
            self.commit()

    def _add(self, document: Document, packed: bytes | None, again: bool, options: ReadingOptions | None) -> Added:
        capture = document.capture
        stored = self._document_of(capture.sha256)
        if stored is not None:
            is_current = stored.current == capture.sha256
            newer = not is_current and self._is_newer(stored, capture)
            self._repair(capture.sha256, document.original)
            self._add_sighting(capture)
            if not newer and not (is_current and again):
                return Added(outcome="unchanged", id=stored.id)
            unannotated = self._write(document, stored.id, options, again=True)
            return Added(outcome="read-again", id=stored.id, unannotated=unannotated)
        known = self._same_page(document, capture)
        self._add_capture(document, capture, packed)
        if known is None:
            id = self._unused_id(document.id)
            unannotated = self._write(document, id, options, again=False)
            self._add_version(id, capture.sha256)
            return Added(outcome="new", id=id, unannotated=unannotated)
        self._add_version(known.id, capture.sha256)
        unannotated = None
        if self._is_newer(known, capture, default=True):
            unannotated = self._write(document, known.id, options, again=True)
        return Added(outcome="new-capture", id=known.id, unannotated=unannotated)

    def _write(self, document: Document, id: str, options: ReadingOptions | None, *, again: bool) -> str | None:
        """Write a document under its id on the desk; return the error of its annotation, if any."""
        named = _with_id(document, id)
        write_document(self.record, named, options, _now(), again=again)
        unannotated = None
        accepted = 0
        try:
            with self._savepoint():
                write_annotation(self.record, named, _now())
                accepted = write_accepted_acts(self.record, id)
        except sqlite3.IntegrityError as error:  # a bug in the rules: store the document without annotation
            unannotated = f"{id}: its annotation contradicts itself and was not stored: {error}"
        differs = accepted or unannotated is not None  # then the record differs from the document
        write_digest(self.record, read_document(self.record, id)[0] if differs else named)
        return unannotated

    def _document_of(self, digest: str) -> _Stored | None:
        """The document that a capture belongs to, as one of its versions."""
        row = self.record.execute(
            "SELECT id, document.capture FROM version JOIN document ON id = document WHERE version.capture = ?",
            (digest,),
        ).fetchone()
        return None if row is None else _Stored(row[0], row[1])

    def _is_newer(self, stored: _Stored, capture: Capture, *, default: bool = False) -> bool:
        """Whether a capture is newer than the current one of the document.

        The times decide if both are known. A file is newer if the current capture came from the same path, because the
        file has been overwritten since. Otherwise the order is unknown and ``default`` is returned.
        """
        rows = self.record.execute(
            "SELECT source, fetched FROM sighting WHERE capture = ?", (stored.current,)
        ).fetchall()
        times = [moment(row[1]) for row in rows if row[1]]
        if capture.fetched and times:
            return moment(capture.fetched) >= max(times)
        if capture.source.startswith("file:") and any(row[0] == _plain(capture.source) for row in rows):
            return True
        return default

    def _add_capture(self, document: Document, capture: Capture, packed: bytes | None) -> None:
        self.captures.put(capture.sha256, compress(document.original) if packed is None else packed)
        encoding = document.offsets.encoding if document.offsets.unit == "byte" else None
        self.record.execute(
            "INSERT OR IGNORE INTO capture (sha256, size, media_type, encoding) VALUES (?, ?, ?, ?)",
            (capture.sha256, capture.size, capture.media_type, encoding),
        )
        self._add_sighting(capture)

    def _add_sighting(self, capture: Capture) -> None:
        source = _plain(capture.source)
        self.record.execute(
            "INSERT INTO sighting (capture, source, fetched) SELECT ?1, ?2, ?3 WHERE NOT EXISTS "
            "(SELECT 1 FROM sighting WHERE capture = ?1 AND source = ?2 AND fetched IS ?3)",
            (capture.sha256, source, capture.fetched),
        )
        self.record.execute("DELETE FROM refused WHERE source = ?", (source,))

    def _repair(self, digest: str, data: bytes) -> None:
        """Write a capture again if its file is missing or damaged."""
        try:
            self.captures.get(digest)
        except DamagedCapture:
            self.captures.put(digest, compress(data))
            self.mended += 1

    def _same_page(self, document: Document, capture: Capture) -> _Stored | None:
        """The document read from other bytes of the same page.

        Pages are matched by address; a file without one by its path, if the issuer and the day or title are the same.
        """
        head = document.heading
        if head.address is not None:
            query = "SELECT id, capture FROM document WHERE address = ? ORDER BY added, id LIMIT 1"
            row = self.record.execute(query, (head.address,)).fetchone()
        elif capture.source.startswith("file:"):
            row = self.record.execute(
                "SELECT document.id, document.capture FROM sighting JOIN version ON version.capture = sighting.capture "
                "JOIN document ON document.id = version.document "
                "WHERE sighting.source = ? AND address IS NULL AND issuer = ? AND (day IS ? OR title = ?) LIMIT 1",
                (_plain(capture.source), head.issuer, head.date, head.title),
            ).fetchone()
        else:
            row = None
        return None if row is None else _Stored(row[0], row[1])

    def _unused_id(self, id: str) -> str:
        """The id itself, or with a number appended if another document has it."""
        free, number = id, 1
        while self.record.execute("SELECT 1 FROM document WHERE id = ?", (free,)).fetchone():
            number += 1
            free = f"{id}-{number}"
        return free

    def _add_version(self, id: str, digest: str) -> None:
        self.record.execute(
            "INSERT INTO version (document, position, capture, added) "
            "SELECT ?1, 1 + coalesce(max(position), 0), ?2, ?3 FROM version WHERE document = ?1",
            (id, digest, _now()),
        )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _plain(words: str) -> str:
    """Escape undecodable bytes, which a file name may contain, so that the database can store the words."""
    return words.encode("utf-8", "backslashreplace").decode("utf-8")


def _with_id(document: Document, id: str) -> Document:
    """Replace the id of a document, and the prefix of the ids of its turns and annotations, by its id on the desk."""
    if document.id == id:
        return document
    cut = len(document.id)

    def renamed(turn: Turn) -> Turn:
        answers = id + turn.answers[cut:] if turn.answers else None
        return msgspec.structs.replace(turn, id=id + turn.id[cut:], answers=answers)

    named = msgspec.structs.replace(
        document,
        heading=msgspec.structs.replace(document.heading, id=id),
        turns=tuple(renamed(turn) for turn in document.turns),
    )
    return rename_annotations(named, document.id).with_capture_of(document)
