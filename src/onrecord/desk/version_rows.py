"""Write the rows of versions: which stretch of time had which words, in which bytes."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from onrecord.desk.versions import Version, VersionState, versions_of


class Held(NamedTuple):
    """A document that some bytes belong to: its versions, and those of them that were seen in these bytes."""

    document: str
    versions: list[Version]
    seen_in: list[Version]

    @property
    def shown(self) -> Version:
        """The version that the document shows."""
        return next(one for one in self.versions if one.state == "shown")

    @property
    def is_shown(self) -> bool:
        """Whether the document shows what was read from these bytes."""
        return any(one.state == "shown" for one in self.seen_in)

    def nearest(self, time: str) -> Version:
        """The version in these bytes that had last begun at a time, or the first."""
        begun = [one for one in self.seen_in if one.first_seen <= time]
        return begun[-1] if begun else self.seen_in[0]


def holding(record: sqlite3.Connection, capture: str) -> Held | None:
    """The document that these bytes belong to, as those of one of its versions."""
    query = (
        "SELECT document, position FROM version WHERE capture = ?1 "
        "UNION SELECT document, version FROM same_words WHERE capture = ?1"
    )
    rows = record.execute(query, (capture,)).fetchall()
    if not rows:
        return None
    document = rows[0][0]
    positions = {row[1] for row in rows if row[0] == document}
    versions = versions_of(record, document)
    return Held(document, versions, [one for one in versions if one.position in positions])


def insert_version(record: sqlite3.Connection, version: Version) -> int:
    """Add a version with the next free position; return the position. The one in ``version`` does not count."""
    row = record.execute(
        "INSERT INTO version (document, position, capture, added, first_seen, last_seen, state, doubt, words, turns) "
        "SELECT ?1, 1 + coalesce(max(position), 0), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 FROM version WHERE document = ?1 "
        "RETURNING position",
        (
            version.document, version.capture, version.added, version.first_seen, version.last_seen, version.state,
            version.doubt, version.words, version.turns,
        ),
    ).fetchone()  # fmt: skip
    return int(row[0])


def set_state(record: sqlite3.Connection, version: Version, state: VersionState) -> None:
    """Change what a version is: shown, earlier, in doubt."""
    record.execute(
        "UPDATE version SET state = ?, doubt = NULL WHERE document = ? AND position = ?",
        (state, version.document, version.position),
    )


def set_reading(record: sqlite3.Connection, version: Version, capture: str, digests: tuple[str, str]) -> None:
    """Change the bytes that the words of a version were read from, and the digests of its words and turns."""
    record.execute(
        "UPDATE version SET capture = ?, words = ?, turns = ? WHERE document = ? AND position = ?",
        (capture, *digests, version.document, version.position),
    )


def extend(record: sqlite3.Connection, version: Version, time: str) -> None:
    """Record that a version was seen at this time, too."""
    if version.first_seen <= time <= version.last_seen:
        return
    record.execute(
        "UPDATE version SET first_seen = min(first_seen, ?1), last_seen = max(last_seen, ?1) "
        "WHERE document = ?2 AND position = ?3",
        (time, version.document, version.position),
    )


def add_same_words(record: sqlite3.Connection, version: Version, capture: str) -> None:
    """Record other bytes in which a version was seen."""
    record.execute(
        "INSERT OR IGNORE INTO same_words (capture, document, version) VALUES (?, ?, ?)",
        (capture, version.document, version.position),
    )
