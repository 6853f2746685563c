"""The versions of a document: stretches of time in which it had one wording, and the readings that it no longer shows.

The version shown has its rows in ``document``, ``turn`` and so on. When a page changes, what it said before is stored whole
as a *reading* (the document with its annotations, and the map to the bytes of its capture), and each turn id that the page no
longer has is kept in ``earlier_turn``: an id resolves for ever.
"""

from __future__ import annotations

import sqlite3
import zlib
from hashlib import sha256
from typing import Literal, NamedTuple

import msgspec

from onrecord.desk.visits import utc
from onrecord.errors import DeskOutdated
from onrecord.offsets import OffsetMap
from onrecord.record import Capture, Document, Turn, fold

VersionState = Literal["shown", "earlier", "in-doubt"]
#: The first schema that keeps versions so.
_VERSIONED = 5


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of time in which a document had one wording.

    ``position`` numbers the versions in the order in which they came to the desk and never changes. ``capture`` is the SHA-256 of
    the bytes that its words were read from. ``first_seen`` and ``last_seen`` are times of fetching, or of adding where no time
    of fetching is known. ``doubt`` says why a version in doubt is not shown.
    """

    document: str
    position: int
    capture: str
    added: str
    first_seen: str
    last_seen: str
    state: VersionState
    doubt: str | None = None
    words: str | None = None
    turns: str | None = None


class StoredReading(NamedTuple):
    """A reading that a document no longer shows: its number, the version it belongs to, and what it says."""

    number: int
    version: int
    document: Document
    capture: Capture
    offsets: OffsetMap


class EarlierTurn(msgspec.Struct, frozen=True, kw_only=True):
    """A turn whose id a document no longer has; ``version`` is the last one that had it."""

    id: str
    document: str
    version: int
    kind: str
    speaker: str | None
    outlet: str | None
    text: str


def has_versions(record: sqlite3.Connection) -> bool:
    """Whether the record keeps versions; one of an older program does after it was opened for writing once."""
    return int(record.execute("PRAGMA user_version").fetchone()[0]) >= _VERSIONED


def need_versions(record: sqlite3.Connection, what: str) -> None:
    """Raise DeskOutdated if the record is that of an older program, which kept no versions, visits and saved questions."""
    if not has_versions(record):
        raise DeskOutdated(f"the desk was written by an older version of this program, which kept no {what}")


def versions_of(record: sqlite3.Connection, document: str) -> list[Version]:
    """The versions of a document in the order of time. Empty if there is no such document."""
    if not has_versions(record):
        return _former_versions(record, document)
    columns = ", ".join(Version.__struct_fields__)
    query = f"SELECT {columns} FROM version WHERE document = ? ORDER BY first_seen, position"
    return [
        Version(**dict(zip(Version.__struct_fields__, row, strict=True))) for row in record.execute(query, (document,))
    ]


def _former_versions(record: sqlite3.Connection, document: str) -> list[Version]:
    query = (
        "SELECT position, version.capture, version.added, document.capture FROM version JOIN document ON id = document "
        "WHERE document = ? ORDER BY position"
    )
    return [
        Version(
            document=document, position=position, capture=capture, added=added, first_seen=added, last_seen=added,
            state="shown" if capture == shown else "earlier",
        )
        for position, capture, added, shown in record.execute(query, (document,))
    ]  # fmt: skip


def version_at(versions: list[Version], time: str) -> Version | None:
    """The version that stood at a time: the last one seen by then, or the first if the time is before all. A day means its end.

    Versions in doubt do not count. Raises ValueError for what is no time.
    """
    asked = utc(f"{time}T23:59:59+00:00" if len(time) == 10 else time)
    settled = [one for one in versions if one.state != "in-doubt"]
    begun = [one for one in settled if one.first_seen <= asked]
    return begun[-1] if begun else settled[0] if settled else None


def wording_digests(document: Document) -> tuple[str, str]:
    """The SHA-256 of the words of a document (title and text, white space folded), and that of its turns with who speaks."""
    words = sha256(f"{fold(document.title)}\n{fold(document.text)}".encode("utf-8", "surrogatepass")).hexdigest()
    rows = [(turn.kind, turn.speaker, turn.outlet, turn.id.partition("/")[2]) for turn in document.turns]
    return words, sha256(msgspec.json.encode(rows)).hexdigest()


def write_reading(record: sqlite3.Connection, document: Document, offsets: OffsetMap, version: int, reader: str) -> int:
    """Store a reading that the document does not show, or no longer; return its number."""
    content = zlib.compress(document.to_json())
    row = record.execute(
        "INSERT INTO reading (document, version, capture, reader, content, offsets) VALUES (?, ?, ?, ?, ?, ?) RETURNING number",
        (
            document.id, version, document.heading.capture.removeprefix("sha256:"), reader, content, offsets.to_bytes(),
        ),
    ).fetchone()  # fmt: skip
    return int(row[0])


def read_reading(
    record: sqlite3.Connection, document: str, *, version: int | None = None, number: int | None = None
) -> StoredReading | None:
    """The last stored reading of a version, or the one with this number; None if there is none."""
    if not has_versions(record):
        return None
    condition, value = ("number = ?", number) if number is not None else ("version = ?", version)
    row = record.execute(
        "SELECT number, version, reading.capture, content, offsets, size, media_type, encoding FROM reading "
        f"JOIN capture ON sha256 = reading.capture WHERE document = ? AND {condition} ORDER BY number DESC LIMIT 1",
        (document, value),
    ).fetchone()
    if row is None:
        return None
    sighting = record.execute(
        "SELECT source, fetched FROM sighting WHERE capture = ? ORDER BY rowid LIMIT 1", (row[2],)
    ).fetchone()
    capture = Capture(
        sha256=row[2],
        size=row[5],
        source=sighting[0] if sighting else "",
        fetched=sighting[1] if sighting else None,
        media_type=row[6],
        encoding=row[7],
    )
    content = Document.from_json(zlib.decompress(row[3]))
    return StoredReading(row[0], row[1], content, capture, OffsetMap.from_bytes(row[4]))


def keep_turns(record: sqlite3.Connection, reading: int, document: Document, version: int) -> None:
    """Keep the turns of a stored reading whose ids its document does not have now."""
    has = {row[0] for row in record.execute("SELECT id FROM turn WHERE document = ?", (document.id,))}
    lost = [turn for turn in document.turns if turn.id not in has]
    record.executemany(
        "INSERT INTO earlier_turn (id, document, version, reading, kind, speaker, role, outlet, outlet_id, text) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        [_row(turn, document, version, reading) for turn in lost],
    )


def _row(turn: Turn, document: Document, version: int, reading: int) -> tuple[object, ...]:
    words = document.text[turn.start : turn.end]
    return (
        turn.id, document.id, version, reading, turn.kind, turn.speaker, turn.role, turn.outlet, turn.outlet_id, words,
    )  # fmt: skip


def forget_found_turns(record: sqlite3.Connection, document: str) -> None:
    """Remove from the earlier turns of a document those that it has again."""
    record.execute(
        "DELETE FROM earlier_turn WHERE document = ?1 AND id IN (SELECT id FROM turn WHERE document = ?1)", (document,)
    )


def earlier_turn(record: sqlite3.Connection, id: str) -> tuple[EarlierTurn, int] | None:
    """The earlier turn with this id, and the number of the reading that has it."""
    if not has_versions(record):
        return None
    columns = ", ".join(EarlierTurn.__struct_fields__)
    row = record.execute(f"SELECT {columns}, reading FROM earlier_turn WHERE id = ?", (id,)).fetchone()
    if row is None:
        return None
    return EarlierTurn(**dict(zip(EarlierTurn.__struct_fields__, tuple(row)[:-1], strict=True))), int(row[-1])


def earlier_words(record: sqlite3.Connection, document: str) -> list[tuple[str, str]]:
    """The turns that a document had in earlier versions and has no longer: the id and the words of each."""
    if not has_versions(record):
        return []
    query = "SELECT id, text FROM earlier_turn WHERE document = ? ORDER BY version, number"
    return [(row[0], row[1]) for row in record.execute(query, (document,))]
