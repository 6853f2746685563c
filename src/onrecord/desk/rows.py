"""Write documents to rows of the record, and read them back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import msgspec

from onrecord.desk.annotations import delete_annotation, insert, read_annotation, rename_annotations
from onrecord.offsets import OffsetMap
from onrecord.record import Capture, Document, Furniture, Heading, Turn, Unread

#: The house and the encoding that the user gave when adding a document; None for automatic detection.
ReadingOptions = tuple[str | None, str | None]

_TURN = (
    "id", "document", "position", "kind", "speaker", "role", "outlet", "outlet_id", "start", "end", "byte_start",
    "byte_end", "answers", "answer_type",
)  # fmt: skip
_FURNITURE = ("document", *Furniture.__struct_fields__)
_UNREAD = ("document", *Unread.__struct_fields__)


def write_document(
    record: sqlite3.Connection, document: Document, options: ReadingOptions | None, now: str, *, again: bool
) -> None:
    """Write a document's row and its turns, furniture and unread paragraphs; with ``again``, replace those under its id.

    Without ``options`` the stored options are kept. ``now`` is the time in ISO 8601. ``again`` also deletes the annotation of
    the previous words; :func:`~onrecord.desk.annotations.write_annotation` writes the new one.
    """
    from onrecord.version import __version__

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
        "capture": head.capture.removeprefix("sha256:"),
        "offsets": document.offsets.to_bytes(),
        "reader": __version__,
        "asked_house": options[0] if options else None,
        "asked_encoding": options[1] if options else None,
        "added": now,
    }
    # Row numbers are never reused: the indexes refer to turns by them, and still contain deleted turns.
    (last,) = record.execute("SELECT coalesce(max(rowid), 0) FROM turn").fetchone()
    if again:
        delete_annotation(record, head.id)
        for table in ("turn", "furniture", "unread"):
            record.execute(f"DELETE FROM {table} WHERE document = ?", (head.id,))
        constant = ("id", "added") if options else ("id", "added", "asked_house", "asked_encoding")
        changed = ", ".join(f"{name} = :{name}" for name in row if name not in constant)
        record.execute(f"UPDATE document SET {changed} WHERE id = :id", row)
    else:
        values = ", ".join(f":{name}" for name in row)
        record.execute(f"INSERT INTO document ({', '.join(row)}) VALUES ({values})", row)
    turns = ((last + n, *_turn(document, n, turn)) for n, turn in enumerate(document.turns, start=1))
    insert(record, "turn", ("rowid", *_TURN), turns)
    furniture = ((head.id, *msgspec.structs.astuple(piece)) for piece in document.furniture)
    insert(record, "furniture", _FURNITURE, furniture)
    insert(record, "unread", _UNREAD, ((head.id, *msgspec.structs.astuple(one)) for one in document.unread))


def _turn(document: Document, position: int, turn: Turn) -> tuple[object, ...]:
    place = document.offsets.place(document.text, turn.start, turn.end)
    return (
        turn.id, document.id, position, turn.kind, turn.speaker, turn.role, turn.outlet, turn.outlet_id, turn.start,
        turn.end, place.start, place.end, turn.answers, turn.answer_type,
    )  # fmt: skip


def with_id(document: Document, id: str) -> Document:
    """Replace the id of a document, and the prefix of the ids of its turns and annotations, by its id on the desk."""
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
    return rename_annotations(named, document.id).with_capture_of(document)


def read_document(record: sqlite3.Connection, id: str) -> tuple[Document, Capture, OffsetMap]:
    """Read the document with this id, its capture and its offset map, all in one transaction.

    Raises RecordError if the stored data are inconsistent.
    """
    alone = not record.in_transaction
    if alone:
        record.execute("BEGIN")
    try:
        row = record.execute(
            "SELECT document.*, capture.size, capture.media_type, capture.encoding, sighting.source, sighting.fetched "
            "FROM document LEFT JOIN capture ON capture.sha256 = document.capture "
            "LEFT JOIN sighting ON sighting.capture = document.capture WHERE document.id = ? ORDER BY sighting.rowid LIMIT 1",
            (id,),
        ).fetchone()
        turns = tuple(Turn(**turn) for turn in _of(record, id, Turn, "turn", "position"))
        furniture = tuple(Furniture(**piece) for piece in _of(record, id, Furniture, "furniture", "rowid"))
        unread = tuple(Unread(**one) for one in _of(record, id, Unread, "unread", "rowid"))
        annotated = read_annotation(record, id)
    finally:
        if alone:
            record.execute("ROLLBACK")
    heading = Heading(
        id=row["id"],
        title=row["title"],
        date=row["day"],
        date_from=row["day_from"],
        published=row["published"],
        issuer=row["issuer"],
        house=row["house"],
        kind=row["kind"],
        language=row["language"],
        excerpt=bool(row["excerpt"]),
        address=row["address"],
        text=row["text"],
        capture=f"sha256:{row['capture']}",
    )
    capture = Capture(
        sha256=row["capture"],
        size=row["size"] or 0,
        source=row["source"] or "",
        fetched=row["fetched"],
        media_type=row["media_type"],
        encoding=row["encoding"],
    )
    document = Document(heading=heading, turns=turns, furniture=furniture, unread=unread, **annotated._asdict())
    return document, capture, OffsetMap.from_bytes(row["offsets"])


def _of(
    record: sqlite3.Connection, id: str, noun: type[msgspec.Struct], table: str, order: str
) -> Iterator[dict[str, Any]]:
    columns = ", ".join(f'"{field}"' for field in noun.__struct_fields__)
    query = f"SELECT {columns} FROM {table} WHERE document = ? ORDER BY {order}"
    return (dict(row) for row in record.execute(query, (id,)))
