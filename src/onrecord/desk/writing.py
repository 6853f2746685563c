"""Write to the record: each document whole or not at all, many in one transaction, captures on the disk before it."""

from __future__ import annotations

import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

from onrecord.captures.keeping import Captures, compress
from onrecord.desk.connecting import failing_clearly
from onrecord.record import Capture, Document, Turn

Outcome = Literal["new", "unchanged", "new-capture", "read-again"]
#: A transaction is closed after so many documents, or so many seconds: a commit costs some milliseconds of waiting for
#: the disk, and what is not committed is read again after a crash.
_DOCUMENTS, _SECONDS = 100, 0.5


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a document that was added, and its id on the desk."""

    outcome: Outcome
    id: str


class Writer:
    """The one writer of a desk."""

    def __init__(self, record: sqlite3.Connection, captures: Captures, folder: Path) -> None:
        self.record = record
        self.captures = captures
        self.folder = folder
        self._pending = 0
        self._since = 0.0
        record.execute("PRAGMA synchronous = NORMAL")
        record.execute("PRAGMA cache_size = -64000")

    def holds(self, digest: str, source: str, fetched: str | None = None) -> str | None:
        """The id of the document that a capture was read into, or None; the sighting is noted where there is one."""
        row = self.record.execute("SELECT document FROM version WHERE capture = ?", (digest,)).fetchone()
        if row is None:
            return None
        with failing_clearly(self.folder):
            self._begin()
            self._sight(digest, source, fetched)
            self._end()
        return str(row["document"])

    def add(self, document: Document, packed: bytes | None = None, *, again: bool = False) -> Added:
        """Add a document with its capture.

        ``packed`` is the capture compressed already. The same bytes change nothing, unless ``again`` asks for the new
        reading to take the place of the old. Other bytes of the same page are a new capture of the same document, which
        then shows the newer of the two.
        """
        capture = document.capture
        with failing_clearly(self.folder):
            self._begin()
            self.record.execute("SAVEPOINT document")
            try:
                added = self._add(document, capture, packed, again)
            except BaseException:
                self.record.execute("ROLLBACK TO document")
                self.record.execute("RELEASE document")
                raise
            self.record.execute("RELEASE document")
            self._end()
        return added

    def commit(self) -> None:
        """Have all that was added on the disk."""
        if self.record.in_transaction:
            with failing_clearly(self.folder):
                self.captures.sync()
                self.record.execute("COMMIT")
        self._pending = 0

    def _begin(self) -> None:
        if not self.record.in_transaction:
            self.record.execute("BEGIN IMMEDIATE")
            self._since = time.monotonic()

    def _end(self) -> None:
        self._pending += 1
        if self._pending >= _DOCUMENTS or time.monotonic() - self._since > _SECONDS:
            self.commit()

    def _add(self, document: Document, capture: Capture, packed: bytes | None, again: bool) -> Added:
        held = self.record.execute("SELECT document FROM version WHERE capture = ?", (capture.sha256,)).fetchone()
        if held is not None:
            self._sight(capture.sha256, capture.source, capture.fetched)
            if not again:
                return Added(outcome="unchanged", id=held["document"])
            self._replace(_named(document, held["document"]), capture)
            return Added(outcome="read-again", id=held["document"])
        known = self._same_page(document, capture)
        self._keep(document, capture, packed)
        if known is None:
            named = _named(document, self._free(document.id))
            self._insert(named, capture)
            self._version(named.id, capture.sha256, 1)
            return Added(outcome="new", id=named.id)
        id, fetched, versions = known
        self._version(id, capture.sha256, versions + 1)
        if fetched is None or capture.fetched is None or capture.fetched >= fetched:
            self._replace(_named(document, id), capture)
        return Added(outcome="new-capture", id=id)

    def _keep(self, document: Document, capture: Capture, packed: bytes | None) -> None:
        if packed is None:
            packed = compress(document.original)
        self.captures.put(capture.sha256, packed)
        encoding = document.offsets.encoding if document.offsets.unit == "byte" else None
        self.record.execute(
            "INSERT OR IGNORE INTO capture (sha256, size, media_type, encoding) VALUES (?, ?, ?, ?)",
            (capture.sha256, capture.size, capture.media_type, encoding),
        )
        self._sight(capture.sha256, capture.source, capture.fetched)

    def _sight(self, digest: str, source: str, fetched: str | None) -> None:
        self.record.execute(
            "INSERT INTO sighting (capture, source, fetched) SELECT ?1, ?2, ?3 WHERE NOT EXISTS "
            "(SELECT 1 FROM sighting WHERE capture = ?1 AND source = ?2 AND fetched IS ?3)",
            (digest, source, fetched),
        )

    def _same_page(self, document: Document, capture: Capture) -> tuple[str, str | None, int] | None:
        """The document that other bytes of this page were read into: ``(id, when fetched, how many captures)``.

        A page is known by its address; a file without one by its path, if it still is about the same day and issuer.
        """
        head = document.heading
        if head.address is not None:
            row = self.record.execute("SELECT id FROM document WHERE address = ?", (head.address,)).fetchone()
        elif capture.source.startswith("file:"):
            row = self.record.execute(
                "SELECT document.id FROM sighting JOIN version USING (capture) JOIN document ON document.id = version.document "
                "WHERE sighting.source = ? AND address IS NULL AND issuer = ? AND (day IS ? OR title = ?)",
                (capture.source, head.issuer, head.date, head.title),
            ).fetchone()
        else:
            row = None
        if row is None:
            return None
        (fetched,) = self.record.execute(
            "SELECT max(fetched) FROM sighting WHERE capture = (SELECT capture FROM document WHERE id = ?)",
            (row["id"],),
        ).fetchone()
        (versions,) = self.record.execute(
            "SELECT max(position) FROM version WHERE document = ?", (row["id"],)
        ).fetchone()
        return row["id"], fetched, versions

    def _free(self, id: str) -> str:
        """The id itself, or with a number behind it where another document has it."""
        free, number = id, 1
        while self.record.execute("SELECT 1 FROM document WHERE id = ?", (free,)).fetchone():
            number += 1
            free = f"{id}-{number}"
        return free

    def _version(self, id: str, digest: str, position: int) -> None:
        self.record.execute(
            "INSERT INTO version (document, position, capture) VALUES (?, ?, ?)", (id, position, digest)
        )

    def _replace(self, document: Document, capture: Capture) -> None:
        for table in ("turn", "furniture", "unread"):
            self.record.execute(f"DELETE FROM {table} WHERE document = ?", (document.id,))
        self._insert(document, capture, again=True)

    def _insert(self, document: Document, capture: Capture, *, again: bool = False) -> None:
        from onrecord import __version__

        head = document.heading
        row = {
            "id": head.id,
            "title": head.title,
            "day": head.date,
            "day_from": head.date_from,
            "published": head.published,
            "issuer": head.issuer,
            "house": head.house,
            "kind": head.kind,
            "language": head.language,
            "excerpt": int(head.excerpt),
            "address": head.address,
            "text": head.text,
            "capture": capture.sha256,
            "offsets": document.offsets.to_bytes(),
            "reader": __version__,
            "added": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        names = list(row)
        if again:
            changed = ", ".join(f"{name} = :{name}" for name in names if name not in ("id", "added"))
            self.record.execute(f"UPDATE document SET {changed} WHERE id = :id", row)
        else:
            self.record.execute(
                f"INSERT INTO document ({', '.join(names)}) VALUES ({', '.join(':' + name for name in names)})", row
            )
        self.record.executemany(
            'INSERT INTO turn (id, document, position, kind, speaker, role, outlet, outlet_id, start, "end", byte_start, '
            "byte_end, answers, answer_type) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [_turn_row(document, position, turn) for position, turn in enumerate(document.turns, start=1)],
        )
        self.record.executemany(
            'INSERT INTO furniture (document, name, start, "end", byte_start, byte_end, paragraphs) VALUES (?, ?, ?, ?, ?, ?, ?)',
            [(head.id, p.name, p.start, p.end, p.byte_start, p.byte_end, p.paragraphs) for p in document.furniture],
        )
        self.record.executemany(
            'INSERT INTO unread (document, why, words, start, "end", byte_start, byte_end) VALUES (?, ?, ?, ?, ?, ?, ?)',
            [(head.id, u.why, u.words, u.start, u.end, u.byte_start, u.byte_end) for u in document.unread],
        )


def _turn_row(document: Document, position: int, turn: Turn) -> tuple[object, ...]:
    place = document.offsets.place(document.text, turn.start, turn.end)
    return (
        turn.id, document.id, position, turn.kind, turn.speaker, turn.role, turn.outlet, turn.outlet_id, turn.start,
        turn.end, place.start, place.end, turn.answers, turn.answer_type,
    )  # fmt: skip


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
    return named.holding(document.capture, document.data, document.offsets, document.original)
