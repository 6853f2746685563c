"""The edits between the versions of a document: found when a page changes, stored, and read back."""

from __future__ import annotations

import sqlite3
from hashlib import sha256
from itertools import pairwise

import msgspec

from onrecord.comparing.version_edits import METHOD, Edit, Side, edits
from onrecord.desk.versions import Version, has_versions, read_reading, versions_of
from onrecord.record import Document


class StoredEdit(msgspec.Struct, frozen=True, kw_only=True):
    """An edit of the record: what changed from one version to another, and when the later one was first seen.

    ``number`` rises in the order in which edits are found. ``to_document`` differs from ``document`` only where another statement
    stands at the address now.
    """

    number: int
    id: str
    document: str
    from_version: int
    to_document: str
    to_version: int
    seen: str
    edit: Edit


_COLUMNS = (
    "number, id, document, from_version, to_document, to_version, seen, kind, rank, touches, before, after, before_start, "
    "before_end, after_start, after_end, before_turn, after_turn, note"
)


def write_edits(
    record: sqlite3.Connection, before: Document, old: Version, after: Document, new: Version, *, replaced: bool = False
) -> int:
    """Find and store the edits from one version to another, in place of those stored before; return how many there are.

    ``replaced`` says that the newer one is another statement at the same address.
    """
    pair = (old.document, old.position, new.document, new.position)
    where = "document = ? AND from_version = ? AND to_document = ? AND to_version = ?"
    found = [_replaced(before, after)] if replaced else edits(before, after)
    record.execute(f"DELETE FROM edit WHERE {where}", pair)
    record.executemany(
        "INSERT INTO edit (id, document, from_version, to_document, to_version, seen, kind, rank, touches, before, after, "
        "before_start, before_end, after_start, after_end, before_turn, after_turn, note) "
        f"VALUES ({', '.join('?' * 18)}) ON CONFLICT (id) DO NOTHING",
        [(_id(one, *pair), *pair, new.first_seen, *_row(one)) for one in found],
    )
    record.execute("INSERT OR REPLACE INTO compared VALUES (?, ?, ?, ?, ?)", (*pair, METHOD))
    return len(found)


def _replaced(before: Document, after: Document) -> Edit:
    sides = [Side(words=one.text, start=0, end=len(one.text)) if one.text else None for one in (before, after)]
    return Edit(kind="replaced", rank=9.0, touches=("text",), before=sides[0], after=sides[1], note=after.title)


def _id(edit: Edit, document: str, from_version: int, to_document: str, to_version: int) -> str:
    places = [(side.words, side.start) for side in (edit.before, edit.after) if side is not None]
    digest = sha256(msgspec.json.encode([edit.kind, places])).hexdigest()[:10]
    beyond = "" if document == to_document else f"{to_document}."
    return f"{document}/{from_version}-{beyond}{to_version}/{digest}"


def _row(edit: Edit) -> tuple[object, ...]:
    old, new = edit.before, edit.after
    return (
        edit.kind, edit.rank, "|".join(edit.touches), old and old.words, new and new.words, old and old.start, old and old.end,
        new and new.start, new and new.end, old and old.turn, new and new.turn, edit.note,
    )  # fmt: skip


def stored_edits(
    record: sqlite3.Connection, *, document: str | None = None, since: str | None = None, after_number: int = 0
) -> list[StoredEdit]:
    """The edits of a document, or of all, first seen since a time and found after a number, in the order of being found."""
    if not has_versions(record):
        return []
    query = (
        f"SELECT {_COLUMNS} FROM edit WHERE number > ? AND seen >= ? AND (? IS NULL OR document = ?3) ORDER BY number"
    )
    return [_stored(tuple(row)) for row in record.execute(query, (after_number, since or "", document))]


def _stored(row: tuple[object, ...]) -> StoredEdit:
    number, id, document, from_version, to_document, to_version, seen, kind, rank, touches = row[:10]
    before, after, before_start, before_end, after_start, after_end, before_turn, after_turn, note = row[10:]
    edit = {
        "kind": kind,
        "rank": rank,
        "touches": str(touches).split("|") if touches else [],
        "before": None if before is None else _side(before, before_start, before_end, before_turn),
        "after": None if after is None else _side(after, after_start, after_end, after_turn),
        "note": note,
    }
    fields = {
        "number": number, "id": id, "document": document, "from_version": from_version, "to_document": to_document,
        "to_version": to_version, "seen": seen, "edit": edit,
    }  # fmt: skip
    return msgspec.convert(fields, StoredEdit)


def _side(words: object, start: object, end: object, turn: object) -> dict[str, object]:
    return {"words": words, "start": start, "end": end, "turn": turn}


def compare_versions(record: sqlite3.Connection, document: str) -> int:
    """Find the edits between versions of a document that follow each other and were not compared yet, or by an earlier method.

    What was stored between two versions that another has come between is removed. Returns how many pairs were compared.
    """
    versions = [one for one in versions_of(record, document) if one.state != "in-doubt"]
    pairs = {(old.position, new.position): (old, new) for old, new in pairwise(versions)}
    query = "SELECT from_version, to_version, method FROM compared WHERE document = ?1 AND to_document = ?1"
    done = {(row[0], row[1]): row[2] for row in record.execute(query, (document,)).fetchall()}
    for gone in done.keys() - pairs.keys():
        for table in ("edit", "compared"):
            where = "document = ?1 AND to_document = ?1 AND from_version = ?2 AND to_version = ?3"
            record.execute(f"DELETE FROM {table} WHERE {where}", (document, *gone))
    compared = 0
    for pair, (old, new) in pairs.items():
        if done.get(pair) == METHOD:
            continue
        before, after = read_version(record, old), read_version(record, new)
        if before is not None and after is not None:
            write_edits(record, before, old, after, new)
            compared += 1
    return compared


def read_version(record: sqlite3.Connection, version: Version) -> Document | None:
    """What a document said in a version, if that is stored."""
    from onrecord.desk.rows import read_document

    if version.state == "shown":
        return read_document(record, version.document)[0]
    stored = read_reading(record, version.document, version=version.position)
    return None if stored is None else stored.document
