"""A digest of each document, with which ``check`` and readers detect that its rows have been altered.

SQLite detects damage to its own structure, and ``check`` compares words with the page. The digest covers the rest: a day,
a title, a speaker, an actor of an act.
"""

from __future__ import annotations

import sqlite3
from hashlib import sha256

import msgspec

from onrecord.record import Document


def digest_of(document: Document) -> str:
    """The SHA-256 of a document with its annotations, without the version of the rules that produced them."""
    parts = (
        document.heading, document.turns, document.furniture, document.unread, document.mentions, document.acts,
        document.meetings, document.undertakings,
    )  # fmt: skip
    return sha256(msgspec.json.encode(parts)).hexdigest()


def write_digest(record: sqlite3.Connection, document: Document) -> None:
    """Store the digest of a document that was just written."""
    record.execute(
        "INSERT OR REPLACE INTO document_digest (document, sha256) VALUES (?, ?)", (document.id, digest_of(document))
    )


def is_as_written(record: sqlite3.Connection, document: Document) -> bool:
    """Whether a document read from the record matches its stored digest; True if no digest is stored."""
    try:
        row = record.execute("SELECT sha256 FROM document_digest WHERE document = ?", (document.id,)).fetchone()
    except sqlite3.OperationalError:  # an older desk that is read without migration
        return True
    return row is None or row[0] == digest_of(document)
