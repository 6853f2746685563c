"""Check the versions of the documents of a desk, and what they said before against the bytes that it was read from."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from onrecord.desk.verification import Source, mismatched_runs
from onrecord.desk.versions import has_versions, read_reading
from onrecord.errors import OnRecordError
from onrecord.offsets import OffsetMap
from onrecord.record import words_digest

#: The links of a record that keeps versions as stretches of time: what is wrong, and the query for where.
_LINKS = {
    "shows no version, or another capture than its version": (
        "SELECT id FROM document EXCEPT SELECT document FROM version JOIN document ON id = document "
        "WHERE state = 'shown' AND version.capture = document.capture"
    ),
    "shows several versions": "SELECT document FROM version WHERE state = 'shown' GROUP BY document HAVING count(*) > 1",
    "nothing was read from these bytes, and no visit brought them": (
        "SELECT sha256 FROM capture EXCEPT SELECT capture FROM version EXCEPT SELECT capture FROM same_words "
        "EXCEPT SELECT capture FROM visit EXCEPT SELECT capture FROM reading"
    ),
    "a version whose words are known has no reading": (
        "SELECT document || ', version ' || position FROM version WHERE state != 'shown' AND words IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM reading WHERE reading.document = version.document AND reading.version = position)"
    ),
    "a version ends before it begins": (
        "SELECT document || ', version ' || position FROM version WHERE last_seen < first_seen"
    ),
    "is kept as an earlier turn although its document has it": (
        "SELECT id FROM earlier_turn WHERE id IN (SELECT id FROM turn)"
    ),
}
_FORMER_LINKS = {
    "no document was read from these bytes": "SELECT sha256 FROM capture EXCEPT SELECT capture FROM version"
}


class WrongVersion(NamedTuple):
    """Something wrong with a version, and where: the id of a document or turn, or a digest."""

    where: str
    detail: str


def version_links(record: sqlite3.Connection) -> dict[str, str]:
    """The queries for broken links among versions: what is wrong, and where."""
    return _LINKS if has_versions(record) else _FORMER_LINKS


def wrong_readings(
    record: sqlite3.Connection, counted: Callable[[str, OffsetMap], bytes | None]
) -> Iterator[WrongVersion]:
    """What is wrong with the readings that documents do not show. ``counted`` gives the data of a capture that offsets refer to,
    or None where the capture is damaged, which is reported elsewhere."""
    if not has_versions(record):
        return
    for number, document in record.execute("SELECT number, document FROM reading ORDER BY number").fetchall():
        try:
            yield from _wrong_reading(record, number, document, counted)
        except (OnRecordError, ValueError, zlib.error) as error:
            yield WrongVersion(document, f"reading {number} of an earlier version cannot be read: {error}")


def _wrong_reading(
    record: sqlite3.Connection, number: int, id: str, counted: Callable[[str, OffsetMap], bytes | None]
) -> Iterator[WrongVersion]:
    stored = read_reading(record, id, number=number)
    if stored is None:
        yield WrongVersion(id, f"reading {number} has no capture")
        return
    document, offsets = stored.document, stored.offsets
    data = counted(stored.capture.sha256, offsets)
    source = None if data is None else Source(data, offsets)
    if source is not None:
        for detail in mismatched_runs(document.text, offsets, source):
            yield WrongVersion(id, f"version {stored.version}: {detail}")
    words = {turn.id: document.text[turn.start : turn.end] for turn in document.turns}
    for turn, said in words.items():
        if words_digest(said) != turn.partition("/")[2].partition(".")[0]:
            yield WrongVersion(turn, f"version {stored.version}: its words do not match its id")
    query = "SELECT id, text FROM earlier_turn WHERE reading = ?"
    for turn, said in record.execute(query, (number,)).fetchall():
        if words.get(turn) != said:
            yield WrongVersion(turn, f"version {stored.version} does not have these words")
