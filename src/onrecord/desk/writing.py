"""Write to the record: each document whole or not at all, many in one transaction, captures on the disk before it."""

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
from onrecord.desk.annotations import forget_annotation, rename_marks, write_annotation, write_answer_types
from onrecord.desk.connection import failing_clearly
from onrecord.desk.digests import write_digest
from onrecord.desk.rows import Asked, read_document, write_document
from onrecord.errors import DamagedCapture
from onrecord.record import Capture, Document, Turn

Outcome = Literal["new", "unchanged", "new-capture", "read-again"]
#: A transaction is closed after so many documents, or so many seconds: a commit costs some milliseconds of waiting for
#: the disk, and what is not committed is read again after a crash.
_DOCUMENTS, _SECONDS = 100, 0.5


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a document that was added, and its id on the desk.

    ``unannotated`` says why what was annotated in it could not be kept, though the document was.
    """

    outcome: Outcome
    id: str
    unannotated: str | None = None


class _Held(msgspec.Struct, frozen=True):
    """A document on the desk that a capture belongs to, and the capture that it shows."""

    id: str
    shows: str


class Writer:
    """The one writer of a desk. ``mended`` counts captures that were damaged on the disk and are whole again."""

    def __init__(self, record: sqlite3.Connection, captures: Captures, folder: Path) -> None:
        self.record = record
        self.captures = captures
        self.folder = folder
        self.mended = 0
        self._pending = 0
        self._since = 0.0
        record.execute("PRAGMA cache_size = -64000")

    def holds(self, opened: Opened) -> str | None:
        """The id of the document that these bytes were read into; the sighting is noted, a damaged capture mended.

        None where they must be read: they are new, or a page has gone back to an earlier state.
        """
        capture = opened.capture
        held = self._holder(capture.sha256)
        if held is None or (held.shows != capture.sha256 and self._is_newer(held, capture)):
            return None
        with failing_clearly(self.folder):
            self._begin()
            self._mend(capture.sha256, opened.data)
            self._sight(capture)
            self._end()
        return held.id

    def add(
        self,
        document: Document,
        packed: bytes | None = None,
        *,
        again: bool = False,
        asked: Asked | None = None,
    ) -> Added:
        """Add a document with its capture.

        ``packed`` is the capture compressed already; ``asked`` are the house and the encoding that the caller named for
        it, to be used again when it is read again. The same bytes change nothing, unless ``again`` asks for the new
        reading to take the place of the old. Other bytes of the same page are a new capture of the same document, which
        then shows the newer of the two.

        Raises DeskFull, and RecordError for a document that contradicts itself; the record is then as it was before.
        """
        with failing_clearly(self.folder):
            self._begin()
            with self._whole():
                added = self._add(document, packed, again, asked)
            self._end()
        return added

    def annotate(self, document: Document) -> None:
        """Write what is annotated in a document of the desk, in place of what was; its words are not touched.

        Raises RecordError where the annotation contradicts itself; the record is then as it was before.
        """
        with failing_clearly(self.folder):
            self._begin()
            with self._whole():
                forget_annotation(self.record, document.id)
                write_annotation(self.record, document, _now())
                accepted = write_accepted_acts(self.record, document.id)
                write_answer_types(self.record, document)
                write_digest(self.record, read_document(self.record, document.id)[0] if accepted else document)
            self._end()

    def refuse(self, capture: Capture, error: str, message: str) -> None:
        """Note that a source could not be read, in place of what was noted of it before."""
        with failing_clearly(self.folder):
            self._begin()
            self.record.execute(
                "INSERT OR REPLACE INTO refused (source, sha256, error, message, met) VALUES (?, ?, ?, ?, ?)",
                (_plain(capture.source), capture.sha256, error, _plain(message), _now()),
            )
            self._end()

    def commit(self) -> None:
        """Have all that was added on the disk. Where that fails, nothing since the last commit is kept."""
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

    def settle(self) -> None:
        """Keep what can be kept when a run ends badly: another failure to write adds nothing to the first."""
        with contextlib.suppress(Exception):
            self.commit()

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """All that is written inside, or nothing of it."""
        self.record.execute("SAVEPOINT whole")
        try:
            yield
        except BaseException:
            if self.record.in_transaction:  # on a full disk SQLite has taken all of it back already
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

    def _add(self, document: Document, packed: bytes | None, again: bool, asked: Asked | None) -> Added:
        capture = document.capture
        held = self._holder(capture.sha256)
        if held is not None:
            shown = held.shows == capture.sha256
            newer = not shown and self._is_newer(held, capture)
            self._mend(capture.sha256, document.original)
            self._sight(capture)
            if not newer and not (shown and again):
                return Added(outcome="unchanged", id=held.id)
            unannotated = self._write(document, held.id, asked, again=True)
            return Added(outcome="read-again", id=held.id, unannotated=unannotated)
        known = self._same_page(document, capture)
        self._keep(document, capture, packed)
        if known is None:
            id = self._free(document.id)
            unannotated = self._write(document, id, asked, again=False)
            self._version(id, capture.sha256)
            return Added(outcome="new", id=id, unannotated=unannotated)
        self._version(known.id, capture.sha256)
        unannotated = None
        if self._is_newer(known, capture, unless_known=True):
            unannotated = self._write(document, known.id, asked, again=True)
        return Added(outcome="new-capture", id=known.id, unannotated=unannotated)

    def _write(self, document: Document, id: str, asked: Asked | None, *, again: bool) -> str | None:
        """Write a document under its id on the desk; what went wrong with its annotation, if anything did."""
        named = _named(document, id)
        write_document(self.record, named, asked, _now(), again=again)
        unannotated = None
        accepted = 0
        try:
            with self._whole():
                write_annotation(self.record, named, _now())
                accepted = write_accepted_acts(self.record, id)
        except sqlite3.IntegrityError as error:  # a fault of the rules: it must not cost the words
            unannotated = f"{id}: what was annotated in it contradicts itself and was left out: {error}"
        differs = accepted or unannotated is not None  # then the record holds something else than the document
        write_digest(self.record, read_document(self.record, id)[0] if differs else named)
        return unannotated

    def _holder(self, digest: str) -> _Held | None:
        row = self.record.execute(
            "SELECT id, document.capture FROM version JOIN document ON id = document WHERE version.capture = ?",
            (digest,),
        ).fetchone()
        return None if row is None else _Held(row[0], row[1])

    def _is_newer(self, held: _Held, capture: Capture, *, unless_known: bool = False) -> bool:
        """Whether a capture was seen after the one that the document shows.

        Times tell where both have one. A file tells when it is the very file that held what is shown: it has been
        written over since. Otherwise nobody knows, and ``unless_known`` decides.
        """
        rows = self.record.execute("SELECT source, fetched FROM sighting WHERE capture = ?", (held.shows,)).fetchall()
        times = [moment(row[1]) for row in rows if row[1]]
        if capture.fetched and times:
            return moment(capture.fetched) >= max(times)
        if capture.source.startswith("file:") and any(row[0] == _plain(capture.source) for row in rows):
            return True
        return unless_known

    def _keep(self, document: Document, capture: Capture, packed: bytes | None) -> None:
        self.captures.put(capture.sha256, compress(document.original) if packed is None else packed)
        encoding = document.offsets.encoding if document.offsets.unit == "byte" else None
        self.record.execute(
            "INSERT OR IGNORE INTO capture (sha256, size, media_type, encoding) VALUES (?, ?, ?, ?)",
            (capture.sha256, capture.size, capture.media_type, encoding),
        )
        self._sight(capture)

    def _sight(self, capture: Capture) -> None:
        source = _plain(capture.source)
        self.record.execute(
            "INSERT INTO sighting (capture, source, fetched) SELECT ?1, ?2, ?3 WHERE NOT EXISTS "
            "(SELECT 1 FROM sighting WHERE capture = ?1 AND source = ?2 AND fetched IS ?3)",
            (capture.sha256, source, capture.fetched),
        )
        self.record.execute("DELETE FROM refused WHERE source = ?", (source,))

    def _mend(self, digest: str, data: bytes) -> None:
        """Put a capture back that is missing from the disk or damaged there."""
        try:
            self.captures.get(digest)
        except DamagedCapture:
            self.captures.put(digest, compress(data))
            self.mended += 1

    def _same_page(self, document: Document, capture: Capture) -> _Held | None:
        """The document that other bytes of this page were read into.

        A page is known by its address; a file without one by its path, if it still is about the same day and issuer.
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
        return None if row is None else _Held(row[0], row[1])

    def _free(self, id: str) -> str:
        """The id itself, or with a number behind it where another document has it."""
        free, number = id, 1
        while self.record.execute("SELECT 1 FROM document WHERE id = ?", (free,)).fetchone():
            number += 1
            free = f"{id}-{number}"
        return free

    def _version(self, id: str, digest: str) -> None:
        self.record.execute(
            "INSERT INTO version (document, position, capture, added) "
            "SELECT ?1, 1 + coalesce(max(position), 0), ?2, ?3 FROM version WHERE document = ?1",
            (id, digest, _now()),
        )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _plain(words: str) -> str:
    """Words that a database can hold: a file's name may have bytes that are no characters."""
    return words.encode("utf-8", "backslashreplace").decode("utf-8")


def _named(document: Document, id: str) -> Document:
    """The document under the id it has on the desk, its turns' ids with it."""
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
    return rename_marks(named, document.id).with_capture_of(document)
