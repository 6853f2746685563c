"""Check a desk: every hash, every span against its bytes, every link; each fault is reported with its kind and place.

The record is compared with the bytes by independent code (:mod:`onrecord.desk.verification`), not by the readers that
wrote it, and row by row, so that one damaged row does not hide others.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import msgspec

from onrecord.desk.cache import damaged_files
from onrecord.desk.checking_annotations import TABLES, WITHOUT_ANNOTATION, wrong_annotations
from onrecord.desk.checking_versions import version_links, wrong_readings
from onrecord.desk.digests import is_as_written
from onrecord.desk.index_files import Manifest, faults_of_files, has_manifest, read_manifest
from onrecord.desk.index_state import Fit, fit
from onrecord.desk.rows import read_document
from onrecord.desk.store import Desk
from onrecord.desk.text_entries import EARLIER_TURNS, TURNS
from onrecord.desk.text_entries import layout as text_layout
from onrecord.desk.text_index import earlier_index_folder, index_folder
from onrecord.desk.verification import Source, mismatched_runs
from onrecord.desk.wording_index import LAYOUT as WORDING_LAYOUT
from onrecord.desk.wording_index import wording_folder
from onrecord.errors import OnRecordError, RecordError
from onrecord.offsets import OffsetMap
from onrecord.record import Capture, words_digest

What = Literal[
    "capture", "offsets", "turn", "paragraph", "annotation", "version", "link", "record", "index", "orphan"
]  # fmt: skip

_LINKS = {
    "its capture is not among its versions": (
        "SELECT id FROM document EXCEPT "
        "SELECT id FROM version JOIN document ON id = document AND version.capture = document.capture"
    ),
    "answers a turn that does not exist or is not a question": (
        "SELECT id FROM turn AS answer WHERE answers IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM turn WHERE id = answer.answers AND document = answer.document AND kind = 'question')"
    ),
    "the source of these bytes is not recorded": "SELECT sha256 FROM capture EXCEPT SELECT capture FROM sighting",
    **{f"has a row in {table} but no annotation": WITHOUT_ANNOTATION.format(table=table) for table in TABLES},
    "its versions are not numbered 1, 2, 3 …": (
        "SELECT document FROM version GROUP BY document HAVING min(position) != 1 OR max(position) != count(*)"
    ),
}


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """A fault of a desk: ``what`` kind of item, ``where`` (its id or path), and a description.

    ``orphan`` is only a remark: a capture on the disk that no document refers to, or files of an unfinished index, as a
    crash leaves them.
    """

    what: What
    where: str
    detail: str


def check(desk: Desk, on_progress: Callable[[int, int], None] | None = None) -> Iterator[Fault]:
    """Yield every fault of the desk, in one snapshot. ``on_progress`` receives ``(documents checked, all documents)``."""
    yield from _record(desk, on_progress)
    yield from _index(desk)


def _index(desk: Desk) -> Iterator[Fault]:
    """Check the indexes and the cache: every byte is compared with its checksum."""
    for folder in (index_folder(desk.folder), earlier_index_folder(desk.folder), wording_folder(desk.folder)):
        manifest = read_manifest(folder)
        for name, detail in faults_of_files(folder):
            unfinished = manifest is None and not has_manifest(folder)
            hint = "it is built when it is needed" if unfinished else "`onrecord rebuild` rebuilds it"
            yield Fault(what="orphan" if unfinished else "index", where=str(folder / name), detail=f"{detail}; {hint}")
        if manifest is not None and manifest.layout in (text_layout(), WORDING_LAYOUT):
            yield from _index_state(desk, folder, manifest)
    for path in damaged_files(desk.folder):
        yield Fault(
            what="index",
            where=str(path),
            detail="its checksum differs; it is computed again when it is needed",
        )


def _index_state(desk: Desk, folder: Path, manifest: Manifest) -> Iterator[Fault]:
    """Check that an index belongs to this record. An outdated index is not a fault: the next query updates it."""
    words = folder != wording_folder(desk.folder)
    entries = EARLIER_TURNS if folder == earlier_index_folder(desk.folder) else TURNS
    with contextlib.suppress(sqlite3.DatabaseError):  # reported already
        fits = fit(desk.folder, desk.record, manifest.made, annotations=words)
        (turns,) = desk.record.execute(entries.counting).fetchone()
        if fits is Fit.FOREIGN:
            yield Fault(
                what="index", where=str(folder), detail="belongs to another record; it is rebuilt when it is needed"
            )
        elif fits is Fit.CURRENT and manifest.turns != turns:
            detail = f"has {manifest.turns} turns, the record {turns}; `onrecord rebuild` rebuilds it"
            yield Fault(what="index", where=str(folder), detail=detail)


def _record(desk: Desk, on_progress: Callable[[int, int], None] | None) -> Iterator[Fault]:
    record = desk.record
    alone = not record.in_transaction
    try:
        if alone:
            record.execute("BEGIN")
        yield from _links(record)
        yield from _readings(desk)
        named = {row[0] for row in record.execute("SELECT sha256 FROM capture")}
        shown = {row[0] for row in record.execute("SELECT capture FROM document")}
        ids = [row[0] for row in record.execute("SELECT id FROM document ORDER BY id")]
        for done, id in enumerate(ids, start=1):
            faults = 0
            for fault in _faults_of(desk, id):
                faults += 1
                yield fault
            if not faults:
                yield from _as_written(desk, id)
            if on_progress is not None:
                on_progress(done, len(ids))
        for digest in sorted(named - shown):  # earlier captures of a document
            yield from _capture(desk, digest)[1]
        for digest in sorted(set(desk.captures) - named):
            yield Fault(
                what="orphan",
                where=digest,
                detail="stored, but no document refers to it; add its page again to link it",
            )
    except sqlite3.DatabaseError as error:
        yield Fault(what="record", where=str(desk.folder / "record.sqlite"), detail=f"cannot be read further: {error}")
    finally:
        if alone and record.in_transaction:
            record.execute("ROLLBACK")  # nothing was written, and a damaged record may fail to commit


def _links(record: sqlite3.Connection) -> Iterator[Fault]:
    for (result,) in record.execute("PRAGMA integrity_check(20)").fetchall():
        if result != "ok":
            yield Fault(what="record", where="record.sqlite", detail=result)
    for table, rowid, parent, _ in record.execute("PRAGMA foreign_key_check").fetchall():
        where = f"{table} row {rowid}" if rowid is not None else table
        yield Fault(what="link", where=where, detail=f"refers to a {parent} that does not exist")
    for detail, query in (_LINKS | version_links(record)).items():
        for (id,) in record.execute(query).fetchall():
            yield Fault(what="link", where=id, detail=detail)


def _readings(desk: Desk) -> Iterator[Fault]:
    """Check what documents said before."""

    def counted(digest: str, offsets: OffsetMap) -> bytes | None:
        data, _ = _capture(desk, digest)
        return None if data is None else _counted(desk, digest, data, offsets)

    for wrong in wrong_readings(desk.record, counted):
        yield Fault(what="version", where=wrong.where, detail=wrong.detail)


def _counted(desk: Desk, digest: str, data: bytes, offsets: OffsetMap) -> bytes:
    """The data that the offsets refer to: the bytes, or the extracted text of a PDF or Word file."""
    if offsets.unit == "byte":
        return data
    from onrecord.reading.page import Page

    query = "SELECT source FROM sighting WHERE capture = ? ORDER BY rowid LIMIT 1"
    found = desk.record.execute(query, (digest,)).fetchone()
    name = found[0] if found else ""
    capture = Capture(sha256=digest, size=len(data), source=name)
    return Page(capture, data, name=name.rsplit("/", 1)[-1]).extract


def _capture(desk: Desk, digest: str) -> tuple[bytes | None, list[Fault]]:
    """The bytes of a capture if it is readable, and its faults."""
    try:
        data = desk.captures.get(digest)
    except RecordError as error:
        return None, [Fault(what="capture", where=digest, detail=error.what)]
    row = desk.record.execute("SELECT size FROM capture WHERE sha256 = ?", (digest,)).fetchone()
    if row is not None and row[0] != len(data):
        return data, [Fault(what="capture", where=digest, detail=f"has {len(data)} bytes, the record says {row[0]}")]
    return data, []


def _faults_of(desk: Desk, id: str) -> Iterator[Fault]:
    """The faults of one document. A document too damaged to be checked does not stop the check."""
    try:
        yield from _Checked(desk, id).faults()
    except sqlite3.DatabaseError:
        raise
    except Exception as error:
        yield Fault(what="record", where=id, detail=f"cannot be checked: {type(error).__name__}: {error}")


def _as_written(desk: Desk, id: str) -> Iterator[Fault]:
    """Compare a document with its digest; this finds altered days, titles and names, which no other check covers."""
    try:
        whole = is_as_written(desk.record, read_document(desk.record, id)[0])
    except (RecordError, ValueError, TypeError) as error:
        yield Fault(what="record", where=id, detail=f"cannot be read: {error}")
    else:
        if not whole:
            yield Fault(what="record", where=id, detail="does not match its digest")


class _Checked:
    """The check of one document."""

    def __init__(self, desk: Desk, id: str) -> None:
        self.desk = desk
        self.id = id
        self.row: sqlite3.Row = desk.record.execute("SELECT * FROM document WHERE id = ?", (id,)).fetchone()
        self.text: str = self.row["text"]

    def faults(self) -> Iterator[Fault]:
        data, wrong = _capture(self.desk, self.row["capture"])
        yield from wrong
        try:
            offsets = OffsetMap.from_bytes(self.row["offsets"])
        except RecordError as error:
            offsets = None
            yield self._fault("offsets", error.what)
        source = None
        if data is not None and offsets is not None:
            try:
                source = Source(_counted(self.desk, self.row["capture"], data, offsets), offsets)
            except OnRecordError as error:
                yield self._fault("capture", f"its text cannot be extracted again: {error.what}")
        whole = True
        if source is not None and offsets is not None:
            for detail in mismatched_runs(self.text, offsets, source):
                whole = False
                yield self._fault("offsets", detail)
        faulty = []
        for fault in self._turns(offsets if whole else None, source if whole else None):
            faulty.append(fault.where)
            yield fault
        yield from self._paragraphs(source if whole else None)
        for wrong_one in wrong_annotations(self.desk.record, self.id, self.text, faulty):
            yield self._fault("annotation", wrong_one.detail, wrong_one.where)

    def _fault(self, what: What, detail: str, where: str = "") -> Fault:
        return Fault(what=what, where=where or self.id, detail=detail)

    def _of(self, table: str, order: str) -> list[sqlite3.Row]:
        query = f"SELECT * FROM {table} WHERE document = ? ORDER BY {order}"
        return self.desk.record.execute(query, (self.id,)).fetchall()

    def _turns(self, offsets: OffsetMap | None, source: Source | None) -> Iterator[Fault]:
        text = self.text
        gaps = [(row["byte_start"], row["byte_end"]) for t in ("furniture", "unread") for row in self._of(t, "rowid")]
        before = 0
        for number, row in enumerate(self._of("turn", "position"), start=1):
            id, start, end = row["id"], row["start"], row["end"]
            place = (row["byte_start"], row["byte_end"])
            if row["position"] != number:
                yield self._fault("turn", f"has position {row['position']}, expected {number}", id)
            if not before <= start < end <= len(text):
                yield self._fault("turn", f"[{start}, {end}) is out of order or outside the text", id)
                continue
            before = end
            words = text[start:end]
            document, _, digest = id.partition("/")
            if document != self.id or words_digest(words) != digest.partition(".")[0]:
                yield self._fault("turn", f"the words at [{start}, {end}) do not match its id", id)
                continue
            if offsets is None or source is None:
                continue
            found = offsets.place(text, start, end)
            if (found.start, found.end) != place:
                detail = f"its bytes are [{found.start}, {found.end}), the record has [{place[0]}, {place[1]})"
                yield self._fault("turn", detail, id)
            elif not source.contains(words, *place, gaps):
                yield self._fault("turn", f"the bytes [{place[0]}, {place[1]}) contain other words", id)

    def _paragraphs(self, source: Source | None) -> Iterator[Fault]:
        """Check that furniture and unread paragraphs are inside the page and match their bytes."""
        for table in ("furniture", "unread"):
            for row in self._of(table, "rowid"):
                name = row["name"] if table == "furniture" else row["why"]
                start, end, place = row["start"], row["end"], (row["byte_start"], row["byte_end"])
                if source is not None and not 0 <= place[0] <= place[1] <= len(source):
                    yield self._fault("paragraph", f"{table} {name!r}: the bytes {place} are outside the page")
                elif start is not None and not 0 <= start <= end <= len(self.text):
                    yield self._fault("paragraph", f"{table} {name!r}: [{start}, {end}) is outside the text")
                elif table == "unread" and source is not None and not source.contains(row["words"], *place):
                    yield self._fault("paragraph", f"{table} {name!r}: the bytes {place} contain other words")
