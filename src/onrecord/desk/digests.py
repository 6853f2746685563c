"""A digest of each document as it was written, by which ``check`` and readers know that the record still says the same.

SQLite notices damage to its own structure, and the check compares words with the page. This covers the rest: a day, a
title, a speaker, an actor of an act.
"""

from __future__ import annotations

import sqlite3
from hashlib import sha256

import msgspec

from onrecord.record import Document


def digest_of(document: Document) -> str:
    """The SHA-256 of all that is read and annotated in a document. Which version of the rules did so is no part of it."""
    parts = (
        document.heading, document.turns, document.furniture, document.unread, document.mentions, document.acts,
        document.meetings, document.undertakings,
    )  # fmt: skip
    return sha256(msgspec.json.encode(parts)).hexdigest()


def write_digest(record: sqlite3.Connection, document: Document) -> None:
    """Note what was just written of a document."""
    record.execute(
        "INSERT OR REPLACE INTO document_digest (document, sha256) VALUES (?, ?)", (document.id, digest_of(document))
    )


def is_as_written(record: sqlite3.Connection, document: Document) -> bool:
    """Whether a document that was read from the record is as it was written; True where no digest was kept."""
    try:
        row = record.execute("SELECT sha256 FROM document_digest WHERE document = ?", (document.id,)).fetchone()
    except sqlite3.OperationalError:  # an older desk, read where it cannot be brought up
        return True
    return row is None or row[0] == digest_of(document)
