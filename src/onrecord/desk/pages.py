"""Write pages to the record: new documents, new versions of known ones, versions in doubt, and statements that replaced another.

All of it happens inside a transaction of :class:`onrecord.desk.writing.Writer`.
"""

from __future__ import annotations

import sqlite3
from typing import Literal

import msgspec

from onrecord.captures.keeping import Captures, compress
from onrecord.captures.opened import moment
from onrecord.containers.feeds import item_id
from onrecord.control_pictures import encodable
from onrecord.desk import version_rows
from onrecord.desk.accepted_acts import write_accepted_acts
from onrecord.desk.annotations import write_annotation
from onrecord.desk.connection import savepoint
from onrecord.desk.digests import write_digest
from onrecord.desk.edit_rows import compare_versions, write_edits
from onrecord.desk.former_versions import read_version
from onrecord.desk.identity import ALIKE, Likeness, add_alias, documents_at, doubt_of, likeness
from onrecord.desk.rows import ReadingOptions, read_document, with_id, write_document
from onrecord.desk.versions import (
    Version,
    VersionState,
    forget_found_turns,
    keep_turns,
    read_reading,
    versions_of,
    wording_digests,
    write_reading,
)
from onrecord.desk.visits import Asked, VisitOutcome, insert_visit, now, utc
from onrecord.errors import DamagedCapture, OnRecordError, UnknownDocument
from onrecord.offsets import OffsetMap
from onrecord.record import Capture, Document
from onrecord.version import __version__

#: What adding a document did. ``changed``: the page has new words. ``same-words``: other bytes with the words it had.
#: ``in-doubt``: worse than what was read before, kept and not shown. ``replaced``: a new document, at the address of another.
Outcome = Literal["new", "unchanged", "same-words", "changed", "in-doubt", "replaced", "read-again"]


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of adding a document, its id on the desk, and the position of the version that was seen.

    ``unannotated`` gives the reason if the document was stored but its annotation could not be; ``doubt`` why a version is in
    doubt; ``replaces`` the id of the document that stood at the address before.
    """

    outcome: Outcome
    id: str
    version: int = 1
    unannotated: str | None = None
    doubt: str | None = None
    replaces: str | None = None


class Page(msgspec.Struct, frozen=True):
    """A page that is added: what was read from it, and how."""

    document: Document
    options: ReadingOptions | None
    seen: str
    digests: tuple[str, str]
    breaks_off: bool = False

    @property
    def sha256(self) -> str:
        """The SHA-256 of its bytes."""
        return self.document.capture.sha256

    def version(self, id: str, state: VersionState, doubt: str | None = None) -> Version:
        """A version of a document that this page is the first to show."""
        return Version(
            document=id, position=0, capture=self.sha256, added=now(), first_seen=self.seen, last_seen=self.seen,
            state=state, doubt=doubt, words=self.digests[0], turns=self.digests[1],
        )  # fmt: skip


def page_of(document: Document, options: ReadingOptions | None, *, breaks_off: bool = False) -> Page:
    """A page to add: what was read from it, when it was seen, and the digests of its words."""
    return Page(document, options, _seen(document.capture), wording_digests(document), breaks_off)


class Pages:
    """Writes pages to a record and to its captures. ``mended`` counts captures that were damaged and have been repaired."""

    def __init__(self, record: sqlite3.Connection, captures: Captures) -> None:
        self.record = record
        self.captures = captures
        self.mended = 0

    def add(self, page: Page, packed: bytes | None, *, again: bool, asked: Asked | None) -> Added:
        """Add a page; ``packed`` is its capture if it is compressed already. See :meth:`onrecord.desk.writing.Writer.add`."""
        document, capture = page.document, page.document.capture
        held = version_rows.holding(self.record, capture.sha256)
        if held is not None:
            self.repair(capture.sha256, document.original)
            return self._add_held(page, held, again)
        guid = (asked.guid if asked is not None else None) or item_id(document.original)
        before, alike = self._same_page(document, asked, guid)
        self.keep(capture, compress(document.original) if packed is None else packed, document.offsets)
        if before is None:
            return self._add_new(page, asked, guid)
        if alike.whole < ALIKE and doubt_of(before, document, breaks_off=page.breaks_off) is None:
            return self._add_new(page, asked, guid, replaces=before.id)
        added = self._add_other_bytes(page, before)
        self._add_aliases(document, added.id, asked, guid, page.seen)
        return added

    def _add_new(self, page: Page, asked: Asked | None, guid: str | None, replaces: str | None = None) -> Added:
        id = self._unused_id(page.document.id)
        unannotated = self._write(page.document, id, page.options, again=False)
        version = version_rows.insert_version(self.record, page.version(id, "shown"))
        self._add_aliases(page.document, id, asked, guid, page.seen)
        if replaces is not None:
            self._tell_replaced(replaces, id)
        outcome: Outcome = "new" if replaces is None else "replaced"
        return Added(outcome=outcome, id=id, version=version, unannotated=unannotated, replaces=replaces)

    def _tell_replaced(self, replaced: str, id: str) -> None:
        """Store the edit that says that another statement stands at the address of a document now."""
        old = next(one for one in versions_of(self.record, replaced) if one.state == "shown")
        new = next(one for one in versions_of(self.record, id) if one.state == "shown")
        before, after = (read_document(self.record, one)[0] for one in (replaced, id))
        write_edits(self.record, before, old, after, new, replaced=True)

    def _add_held(self, page: Page, held: version_rows.Held, again: bool) -> Added:
        """Add bytes that the desk has: seen again, read again, or of a page that has gone back to what it was."""
        capture = page.document.capture
        if held.is_shown or not self.is_newer(held.shown, capture):
            seen = self.see_again(held, capture, None, visit=False)
            if not (held.is_shown and again):
                outcome: Outcome = "in-doubt" if seen.state == "in-doubt" else "unchanged"
                return Added(outcome=outcome, id=held.document, version=seen.position, doubt=seen.doubt)
            return self._read_again(page, held.shown)
        self._add_sighting(capture)
        doubted = [one for one in held.seen_in if one.state == "in-doubt"]
        if not doubted:
            return self._show(page, held.shown)
        if capture.fetched is None or page.seen <= doubted[-1].last_seen:
            return Added(outcome="in-doubt", id=held.document, version=doubted[-1].position, doubt=doubted[-1].doubt)
        return self._settle(page, held.shown, doubted[-1])

    def _add_other_bytes(self, page: Page, before: Document) -> Added:
        """Add other bytes of a page: the same words in other markup, a new version, an older one, or one in doubt."""
        versions = versions_of(self.record, before.id)
        shown = next(one for one in versions if one.state == "shown")
        if page.digests[0] == (shown.words or wording_digests(before)[0]):
            version_rows.add_same_words(self.record, shown, page.sha256)
            version_rows.extend(self.record, shown, page.seen)
            return Added(outcome="same-words", id=before.id, version=shown.position)
        if self._said_the_same(shown, page):
            return self._read_again(page, shown)
        if not self.is_newer(shown, page.document.capture, default=True):
            return self._add_older(page, versions)
        doubted = [one for one in versions if one.state == "in-doubt" and one.words == page.digests[0]]
        if doubted and page.document.capture.fetched and page.seen > doubted[-1].last_seen:
            version_rows.add_same_words(self.record, doubted[-1], page.sha256)
            return self._settle(page, shown, doubted[-1])
        doubt = doubt_of(before, page.document, breaks_off=page.breaks_off)
        if doubt is None:
            return self._show(page, shown)
        version = page.version(before.id, "in-doubt", doubt)
        return Added(outcome="in-doubt", id=before.id, version=self._put_aside(page, version), doubt=doubt)

    def _said_the_same(self, shown: Version, page: Page) -> bool:
        """Whether a document that an earlier program read says what a page says, read by this one: then no words have changed."""
        (reader,) = self.record.execute("SELECT reader FROM document WHERE id = ?", (shown.document,)).fetchone()
        if reader == __version__:
            return False
        try:
            return wording_digests(read_version(self.record, self.captures, shown))[0] == page.digests[0]
        except OnRecordError:
            return False

    def _add_older(self, page: Page, versions: list[Version]) -> Added:
        """Add an older state of a page than the one it shows, as an archive has it."""
        id = versions[0].document
        before = [one for one in versions if one.first_seen <= page.seen and one.state != "in-doubt"]
        after = [one for one in versions if one.first_seen > page.seen and one.state != "in-doubt"]
        for neighbour in (*before[-1:], *after[:1]):
            if neighbour.words == page.digests[0]:
                version_rows.add_same_words(self.record, neighbour, page.sha256)
                version_rows.extend(self.record, neighbour, page.seen)
                return Added(outcome="same-words", id=id, version=neighbour.position)
        position = self._put_aside(page, page.version(id, "earlier"))
        compare_versions(self.record, id)
        return Added(outcome="changed", id=id, version=position)

    def _put_aside(self, page: Page, version: Version) -> int:
        """Store a version that the document does not show; return its position."""
        position = version_rows.insert_version(self.record, version)
        named = with_id(page.document, version.document)
        reading = write_reading(self.record, named, page.document.offsets, position, __version__)
        keep_turns(self.record, reading, named, position)
        return position

    def _show(self, page: Page, shown: Version, settled: Version | None = None) -> Added:
        """Show a page instead of the version shown until now, which is kept: as a new version, or one that was in doubt."""
        before, reading = self._keep_shown(shown)
        version_rows.set_state(self.record, shown, "earlier")
        if settled is None:
            position = version_rows.insert_version(self.record, page.version(before.id, "shown"))
        else:
            position = settled.position
            version_rows.set_state(self.record, settled, "shown")
            version_rows.set_reading(self.record, settled, page.sha256, page.digests)
            version_rows.extend(self.record, settled, page.seen)
        unannotated = self._write(page.document, before.id, page.options, again=True)
        keep_turns(self.record, reading, before, shown.position)
        forget_found_turns(self.record, before.id)
        compare_versions(self.record, before.id)
        return Added(outcome="changed", id=before.id, version=position, unannotated=unannotated)

    def _settle(self, page: Page, shown: Version, doubted: Version) -> Added:
        """Show a version that was in doubt and is seen a second time; another statement becomes a document of its own."""
        before = read_document(self.record, shown.document)[0]
        if likeness(before, page.document).whole < ALIKE:
            return self._add_new(page, None, None, replaces=shown.document)
        return self._show(page, shown, doubted)

    def accept(self, document: str, position: int) -> None:
        """Show the version in doubt at this position. Raises UnknownDocument where there is none."""
        versions = versions_of(self.record, document)
        doubted = next((one for one in versions if one.position == position and one.state == "in-doubt"), None)
        stored = read_reading(self.record, document, version=position)
        if doubted is None or stored is None:
            raise UnknownDocument(
                f"{document} has no version {position} in doubt", hint="`onrecord versions ID` lists them"
            )
        said = stored.document.with_capture(stored.capture, b"", stored.offsets, b"")
        page = Page(said, None, doubted.last_seen, wording_digests(said))
        self._show(page, next(one for one in versions if one.state == "shown"), doubted)

    def _read_again(self, page: Page, shown: Version) -> Added:
        """Replace what a document shows by another reading of the same words; ids that are lost by it are kept."""
        before, reading = self._keep_shown(shown)
        if shown.capture != page.sha256:
            version_rows.add_same_words(self.record, shown, shown.capture)
        version_rows.set_reading(self.record, shown, page.sha256, page.digests)
        unannotated = self._write(page.document, before.id, page.options, again=True)
        keep_turns(self.record, reading, before, shown.position)
        forget_found_turns(self.record, before.id)
        compare_versions(self.record, before.id)
        query = "DELETE FROM reading WHERE number = ?1 AND NOT EXISTS (SELECT 1 FROM earlier_turn WHERE reading = ?1)"
        self.record.execute(query, (reading,))
        return Added(outcome="read-again", id=before.id, version=shown.position, unannotated=unannotated)

    def _keep_shown(self, shown: Version) -> tuple[Document, int]:
        """Store what a document shows as a reading, before something else is written in its place."""
        before, _, offsets = read_document(self.record, shown.document)
        (reader,) = self.record.execute("SELECT reader FROM document WHERE id = ?", (shown.document,)).fetchone()
        return before, write_reading(self.record, before, offsets, shown.position, reader)

    def _write(self, document: Document, id: str, options: ReadingOptions | None, *, again: bool) -> str | None:
        """Write a document under its id on the desk; return the error of its annotation, if any."""
        named = with_id(document, id)
        write_document(self.record, named, options, now(), again=again)
        unannotated = None
        accepted = 0
        try:
            with savepoint(self.record):
                write_annotation(self.record, named, now())
                accepted = write_accepted_acts(self.record, id)
        except sqlite3.IntegrityError as error:  # a bug in the rules: store the document without annotation
            unannotated = f"{id}: its annotation contradicts itself and was not stored: {error}"
        differs = accepted or unannotated is not None  # then the record differs from the document
        write_digest(self.record, read_document(self.record, id)[0] if differs else named)
        return unannotated

    def is_newer(self, shown: Version, capture: Capture, *, default: bool = False) -> bool:
        """Whether a capture is newer than the version shown.

        The times decide if both are known. A file is newer if the current capture came from the same path, because the
        file has been overwritten since. Otherwise the order is unknown and ``default`` is returned.
        """
        query = (
            "SELECT source, fetched FROM sighting WHERE capture = ?1 OR capture IN "
            "(SELECT capture FROM same_words WHERE document = ?2 AND version = ?3)"
        )
        rows = self.record.execute(query, (shown.capture, shown.document, shown.position)).fetchall()
        times = [moment(row[1]) for row in rows if row[1]]
        if capture.fetched and times:
            return moment(capture.fetched) >= max(times)
        if capture.source.startswith("file:") and any(row[0] == encodable(capture.source) for row in rows):
            return True
        return default

    def keep(self, capture: Capture, packed: bytes, offsets: OffsetMap | None) -> None:
        """Store the bytes of a capture, and where they came from."""
        self.captures.put(capture.sha256, packed)
        encoding = offsets.encoding if offsets is not None and offsets.unit == "byte" else None
        self.record.execute(
            "INSERT OR IGNORE INTO capture (sha256, size, media_type, encoding) VALUES (?, ?, ?, ?)",
            (capture.sha256, capture.size, capture.media_type, encoding),
        )
        self._add_sighting(capture)

    def see_again(
        self, held: version_rows.Held, capture: Capture, asked: Asked | None, *, visit: bool = True
    ) -> Version:
        """Record that bytes of the desk were seen once more."""
        self._add_sighting(capture)
        seen = held.shown if held.is_shown and capture.fetched is None else held.nearest(_seen(capture))
        if capture.fetched is not None:
            version_rows.extend(self.record, seen, _seen(capture))
        if visit:
            self.visit(asked, capture, "unchanged", held.document, seen.position)
        return seen

    def visit(self, asked: Asked | None, capture: Capture, outcome: VisitOutcome, document: str, version: int) -> None:
        """Record the visit that brought a capture, once. What has no time of fetching was not visited."""
        if asked is None:
            if capture.fetched is None:
                return
            asked = Asked(address=capture.source, at=capture.fetched)
            query = "SELECT 1 FROM visit WHERE address = ? AND at = ? AND capture = ?"
            if self.record.execute(query, (encodable(asked.address), utc(asked.at), capture.sha256)).fetchone():
                return
        insert_visit(self.record, asked, outcome, capture=capture.sha256, document=document, version=version)

    def _add_aliases(self, document: Document, id: str, asked: Asked | None, guid: str | None, seen: str) -> None:
        """Record the other addresses under which a page was found, and the id that its feed gives it."""
        own = document.heading.address
        if guid is not None and guid != own:
            add_alias(self.record, guid, id, "guid", seen)
        if asked is None:
            return
        if asked.final_address is not None and asked.permanent:
            add_alias(self.record, asked.address, id, "redirect", seen)
        where = asked.final_address or asked.address
        if own is not None and where != own:
            add_alias(self.record, where, id, "canonical", seen)

    def _add_sighting(self, capture: Capture) -> None:
        source = encodable(capture.source)
        self.record.execute(
            "INSERT INTO sighting (capture, source, fetched) SELECT ?1, ?2, ?3 WHERE NOT EXISTS "
            "(SELECT 1 FROM sighting WHERE capture = ?1 AND source = ?2 AND fetched IS ?3)",
            (capture.sha256, source, capture.fetched),
        )
        self.record.execute("DELETE FROM refused WHERE source = ?", (source,))

    def repair(self, digest: str, data: bytes) -> None:
        """Write a capture again if its file is missing or damaged."""
        try:
            self.captures.get(digest)
        except DamagedCapture:
            self.captures.put(digest, compress(data))
            self.mended += 1

    def _same_page(self, document: Document, asked: Asked | None, guid: str | None) -> tuple[Document | None, Likeness]:
        """The document that a page belongs to, as it stands, and how much the page is like it.

        Pages are matched by the id of their feed, by address, or by an alias; a file without an address by its path, if the
        issuer and the day or title are the same. Of several documents at one address it is the one that is most alike.
        """
        best: tuple[Document | None, Likeness] = (None, Likeness(-1.0, -1.0, 0.0))
        for id in self._candidates(document, asked, guid):
            before = read_document(self.record, id)[0]
            alike = likeness(before, document)
            if alike.whole > best[1].whole:
                best = before, alike
        return best

    def _candidates(self, document: Document, asked: Asked | None, guid: str | None) -> list[str]:
        head, source = document.heading, document.capture.source
        addresses = [] if asked is None else [asked.final_address, asked.address]
        found = [
            id for one in (guid, head.address, *addresses) if one is not None for id in documents_at(self.record, one)
        ]
        if head.address is None and source.startswith("file:"):
            query = (
                "SELECT document.id FROM sighting JOIN version ON version.capture = sighting.capture "
                "JOIN document ON document.id = version.document "
                "WHERE sighting.source = ? AND address IS NULL AND issuer = ? AND (day IS ? OR title = ?) LIMIT 1"
            )
            values = (encodable(source), head.issuer, head.date, head.title)
            found += [row[0] for row in self.record.execute(query, values)]
        return list(dict.fromkeys(found))

    def _unused_id(self, id: str) -> str:
        """The id itself, or with a number appended if another document has it."""
        free, number = id, 1
        while self.record.execute("SELECT 1 FROM document WHERE id = ?", (free,)).fetchone():
            number += 1
            free = f"{id}-{number}"
        return free


def _seen(capture: Capture) -> str:
    return utc(capture.fetched) if capture.fetched else now()
