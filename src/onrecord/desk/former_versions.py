"""Versions of a desk that an earlier program wrote: it kept their captures, but not what it had read from them.

They are read from the captures again; :func:`fill_readings` stores them, once the desk is written to.
"""

from __future__ import annotations

import contextlib
import sqlite3

from onrecord.captures.keeping import Captures
from onrecord.captures.opened import Opened
from onrecord.desk.connection import savepoint
from onrecord.desk.edit_rows import compare_versions
from onrecord.desk.rows import read_document, with_id
from onrecord.desk.version_rows import set_reading
from onrecord.desk.versions import Version, keep_turns, versions_of, wording_digests, write_reading
from onrecord.errors import OnRecordError
from onrecord.houses import FALLBACK
from onrecord.record import Capture, Document
from onrecord.version import __version__


def read_version(record: sqlite3.Connection, captures: Captures, version: Version) -> Document:
    """Read a version from its capture again, by the house that reads the document. Raises the errors of reading."""
    from onrecord.annotation.annotating import annotate
    from onrecord.reader import read_within_limits

    row = record.execute(
        "SELECT house, asked_house, asked_encoding, size, media_type, encoding FROM document, capture "
        "WHERE id = ? AND sha256 = ?",
        (version.document, version.capture),
    ).fetchone()
    sighting = record.execute(
        "SELECT source, fetched FROM sighting WHERE capture = ? ORDER BY rowid LIMIT 1", (version.capture,)
    ).fetchone()
    source, fetched = sighting or ("", None)
    capture = Capture(
        sha256=version.capture, size=row[3], source=source, fetched=fetched, media_type=row[4], encoding=row[5]
    )
    opened = Opened(
        capture=capture,
        data=captures.get(version.capture),
        name=source.rsplit("/", 1)[-1],
        declared_encoding=row[5],
    )
    house = row[1] or (row[0] if row[0] != FALLBACK else None)
    return with_id(annotate(read_within_limits(opened, house=house, encoding=row[2])), version.document)


def fill_readings(record: sqlite3.Connection, captures: Captures) -> int:
    """Store what the earlier versions of an older desk said, inside the caller's transaction; return how many were read.

    What cannot be read stays as it is: its capture is kept.
    """
    query = "SELECT DISTINCT document FROM version WHERE words IS NULL AND state != 'shown'"
    filled = 0
    for (document,) in record.execute(query).fetchall():
        for version in versions_of(record, document):
            if version.words is None:
                with contextlib.suppress(OnRecordError), savepoint(record):
                    _fill(record, captures, version)
                    filled += 1
        compare_versions(record, document)
    return filled


def _fill(record: sqlite3.Connection, captures: Captures, version: Version) -> None:
    if version.state == "shown":
        said = read_document(record, version.document)[0]
    else:
        said = read_version(record, captures, version)
        reading = write_reading(record, said, said.offsets, version.position, __version__)
        keep_turns(record, reading, said, version.position)
    set_reading(record, version, version.capture, wording_digests(said))
