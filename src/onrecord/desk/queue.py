"""The queue of addresses to ask: each with the time at which it is due. A run that was cut off goes on with it."""

from __future__ import annotations

import sqlite3
from typing import Any, Literal

import msgspec

QueueState = Literal["waiting", "settled", "gone", "given-up"]


class Queued(msgspec.Struct, kw_only=True):
    """An address of the queue: see the columns of the table ``queue``. Times as :func:`onrecord.desk.visits.utc` gives them."""

    address: str
    issuer: str
    listed: str
    last_listed: str
    due: str
    source: str | None = None
    document: str | None = None
    guid: str | None = None
    title: str | None = None
    day: str | None = None
    tries: int = 0
    readings: int = 0
    state: QueueState = "waiting"
    error: str | None = None
    note: dict[str, Any] | None = None


_COLUMNS = Queued.__struct_fields__


def put_queued(record: sqlite3.Connection, queued: Queued) -> None:
    """Store an address of the queue, or replace what is stored of it, inside the caller's transaction."""
    fields = msgspec.structs.asdict(queued)
    fields["note"] = None if queued.note is None else msgspec.json.encode(queued.note).decode()
    names = ", ".join(_COLUMNS)
    record.execute(
        f"INSERT OR REPLACE INTO queue ({names}) VALUES ({', '.join(f':{name}' for name in _COLUMNS)})", fields
    )


def queued(record: sqlite3.Connection, address: str) -> Queued | None:
    """What the queue has of an address."""
    found = _read(record, "WHERE address = ?", [address])
    return found[0] if found else None


def due(record: sqlite3.Connection, issuer: str, time: str, *, limit: int = -1) -> list[Queued]:
    """The waiting addresses of an issuer that are due by then, the longest due first."""
    where = "WHERE state = 'waiting' AND issuer = ? AND due <= ? ORDER BY due, address LIMIT ?"
    return _read(record, where, [issuer, time, limit])


def all_queued(record: sqlite3.Connection, issuer: str) -> list[Queued]:
    """All addresses of an issuer, whatever their state."""
    return _read(record, "WHERE issuer = ? ORDER BY due, address", [issuer])


def _read(record: sqlite3.Connection, where: str, values: list[object]) -> list[Queued]:
    found = []
    for row in record.execute(f"SELECT {', '.join(_COLUMNS)} FROM queue {where}", values):
        fields = dict(zip(_COLUMNS, row, strict=True))
        fields["note"] = None if fields["note"] is None else msgspec.json.decode(fields["note"])
        found.append(Queued(**fields))
    return found
