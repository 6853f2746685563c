"""Write to the record: each document atomically, many in one transaction, and captures are on the disk before it commits."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.captures.keeping import Captures, compress
from onrecord.captures.opened import Opened
from onrecord.control_pictures import encodable
from onrecord.desk import version_rows
from onrecord.desk.accepted_acts import write_accepted_acts
from onrecord.desk.annotations import delete_annotation, write_annotation, write_answer_types
from onrecord.desk.connection import failing_clearly, savepoint
from onrecord.desk.digests import write_digest
from onrecord.desk.pages import Added, Outcome, Pages, page_of
from onrecord.desk.rows import ReadingOptions, read_document
from onrecord.desk.visits import Asked, VisitOutcome, insert_visit, now, utc
from onrecord.record import Capture, Document

_VISITED: dict[Outcome, VisitOutcome] = {
    "new": "new", "changed": "changed", "in-doubt": "in-doubt", "replaced": "replaced", "unchanged": "unchanged",
    "same-words": "unchanged", "read-again": "unchanged",
}  # fmt: skip
#: A transaction is committed after this many documents or seconds: a commit waits some milliseconds for the disk, and
#: uncommitted documents must be read again after a crash.
_DOCUMENTS, _SECONDS = 100, 0.5


class Writer:
    """The single writer of a desk."""

    def __init__(self, record: sqlite3.Connection, captures: Captures, folder: Path) -> None:
        self.record = record
        self.captures = captures
        self.folder = folder
        self.pages = Pages(record, captures)
        self._pending = 0
        self._since = 0.0
        record.execute("PRAGMA cache_size = -64000")

    @property
    def mended(self) -> int:
        """How many captures were damaged on the disk and have been repaired."""
        return self.pages.mended

    def holds(self, opened: Opened, asked: Asked | None = None) -> str | None:
        """The id of the document read from these bytes; record the sighting and the visit, and repair a damaged capture.

        None if the bytes must be read: they are new, or a page has returned to an earlier state.
        """
        capture = opened.capture
        held = version_rows.holding(self.record, capture.sha256)
        if held is None or (not held.is_shown and self.pages.is_newer(held.shown, capture)):
            return None
        with failing_clearly(self.folder):
            self._begin()
            self.pages.repair(capture.sha256, opened.data)
            self.pages.see_again(held, capture, asked)
            self._end()
        return held.document

    def add(
        self,
        document: Document,
        packed: bytes | None = None,
        *,
        again: bool = False,
        options: ReadingOptions | None = None,
        asked: Asked | None = None,
        breaks_off: bool = False,
    ) -> Added:
        """Add a document with its capture.

        ``packed`` is the capture if it is compressed already; ``options`` are the house and the encoding that the caller
        gave, stored for later readings; ``asked`` is the visit that brought it, recorded with what came of it; ``breaks_off``
        says that the page was truncated. Adding the same bytes changes nothing, unless ``again`` asks to replace the stored
        content. Other bytes of the same page with other words become a new version of the same document, which shows the
        newer one; what it said before is kept (:mod:`onrecord.desk.versions`).

        Raises DeskFull, and RecordError for an inconsistent document; the record is then unchanged.
        """
        with failing_clearly(self.folder):
            self._begin()
            with savepoint(self.record):
                page = page_of(document, options, breaks_off=breaks_off)
                added = self.pages.add(page, packed, again=again, asked=asked)
                self.pages.visit(asked, document.capture, _VISITED[added.outcome], added.id, added.version)
            self._end()
        return added

    def visited(
        self,
        asked: Asked,
        outcome: VisitOutcome,
        *,
        kept: Opened | None = None,
        capture: str | None = None,
        document: str | None = None,
        error: str | None = None,
        message: str | None = None,
    ) -> int:
        """Record a visit that brought no document, and return its number.

        ``kept`` are bytes to keep (a listing, a wall); ``capture`` is the SHA-256 of bytes on the desk that a 304 confirms: the
        version they belong to was then seen at that time, too. ``document`` is what the address is known to hold.
        """
        with failing_clearly(self.folder):
            self._begin()
            with savepoint(self.record):
                version = None
                if kept is not None:
                    capture = kept.capture.sha256
                    self.pages.keep(kept.capture, compress(kept.data), None)
                held = version_rows.holding(self.record, capture) if capture is not None else None
                if held is not None and outcome in ("not-modified", "unchanged"):
                    seen = held.nearest(utc(asked.at))
                    document, version = held.document, seen.position
                    version_rows.extend(self.record, seen, utc(asked.at))
                number = insert_visit(
                    self.record, asked, outcome, capture=capture, document=document, version=version, error=error,
                    message=message,
                )  # fmt: skip
            self._end()
        return number

    def annotate(self, document: Document) -> None:
        """Replace the annotation of a document on the desk; its words stay unchanged.

        Raises RecordError if the annotation is inconsistent; the record is then unchanged.
        """
        with failing_clearly(self.folder):
            self._begin()
            with savepoint(self.record):
                delete_annotation(self.record, document.id)
                write_annotation(self.record, document, now())
                accepted = write_accepted_acts(self.record, document.id)
                write_answer_types(self.record, document)
                write_digest(self.record, read_document(self.record, document.id)[0] if accepted else document)
            self._end()

    def accept(self, document: str, position: int) -> None:
        """Show the version in doubt at this position: a person says that it is not worse. Raises UnknownDocument."""
        with failing_clearly(self.folder):
            self._begin()
            with savepoint(self.record):
                self.pages.accept(document, position)
            self._end()

    def fill_readings(self) -> int:
        """Read the earlier versions of a desk that an older program wrote, and store them; return how many."""
        from onrecord.desk.former_versions import fill_readings

        with failing_clearly(self.folder):
            self._begin()
            filled = fill_readings(self.record, self.captures)
            self._end()
        return filled

    def record_failure(self, capture: Capture, error: str, message: str) -> None:
        """Record that a source could not be read, replacing an earlier entry for it."""
        with failing_clearly(self.folder):
            self._begin()
            self.record.execute(
                "INSERT OR REPLACE INTO refused (source, sha256, error, message, met) VALUES (?, ?, ?, ?, ?)",
                (encodable(capture.source), capture.sha256, error, encodable(message), now()),
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

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit all writes inside together at once, or none of them, after what was pending.

        Raises DeskFull, DeskReadOnly and DeskBusy.
        """
        self.commit()
        with failing_clearly(self.folder), self.record:
            self.record.execute("BEGIN IMMEDIATE")
            yield

    def try_commit(self) -> None:
        """Commit after a failed run, ignoring further errors, so that the first error is the one reported."""
        with contextlib.suppress(Exception):
            self.commit()

    def _begin(self) -> None:
        if not self.record.in_transaction:
            self.record.execute("BEGIN IMMEDIATE")
            self._since = time.monotonic()

    def _end(self) -> None:
        self._pending += 1
        if self._pending >= _DOCUMENTS or time.monotonic() - self._since > _SECONDS:
            self.commit()
