"""The record of visits: what was asked of which address, when, and what came of it.

A visit is never changed or deleted. It says what the versions of a document alone cannot: that a page was asked and had not
changed, that it went back to earlier words, that it was gone. :meth:`onrecord.desk.writing.Writer.add` records the visit
that brought a page together with the page; :meth:`~onrecord.desk.writing.Writer.visited` records all others.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from onrecord.captures.opened import moment
from onrecord.control_pictures import encodable

#: What came of a visit. ``new``: a document that the desk did not hold. ``changed``: new words of a document. ``unchanged``: the
#: words it had. ``not-modified``: the server said so (304). ``in-doubt``: read, but worse than before. ``replaced``: another
#: statement stands at the address. ``listing``: a feed, listing or sitemap. ``gone``: 404, 410, or a page that says so.
#: ``refused``: bytes that are no statement (a wall, an error page). ``failed``: no answer, or a failure of the server.
#: ``disallowed``: robots.txt forbids it.
VisitOutcome = Literal[
    "new", "changed", "unchanged", "not-modified", "in-doubt", "replaced", "listing", "gone", "refused", "failed",
    "disallowed",
]  # fmt: skip


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One asking of an address and the headers of the answer.

    ``at`` is an ISO 8601 time; ``final_address`` where redirects led, ``permanent`` whether all of them were permanent: the
    address is then an alias of the document. ``guid`` is the id that a feed gives the item, ``run`` the number of the run,
    ``source`` the id of the source that listed the address.
    """

    address: str
    at: str
    status: int | None = None
    etag: str | None = None
    modified: str | None = None
    final_address: str | None = None
    permanent: bool = False
    guid: str | None = None
    run: int | None = None
    source: str | None = None


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """A recorded visit: see the columns of the table ``visit``. ``capture`` is a SHA-256."""

    number: int
    run: int | None
    source: str | None
    address: str
    final_address: str | None
    permanent: bool
    at: str
    status: int | None
    etag: str | None
    modified: str | None
    capture: str | None
    document: str | None
    version: int | None
    outcome: VisitOutcome
    error: str | None
    message: str | None


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where an issuer lists its statements. ``id`` is the issuer and a name (``us-whitehouse/feed``)."""

    id: str
    issuer: str
    kind: str
    address: str
    settings: dict[str, Any] = {}


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One collecting. ``ended`` and ``summary`` are None while it runs, and where it was cut off."""

    number: int
    issuer: str
    options: dict[str, Any]
    began: str
    ended: str | None
    summary: dict[str, Any] | None


def utc(time: str) -> str:
    """An ISO 8601 time as the record stores it: in UTC, to the second. A time without a zone is taken as UTC."""
    return moment(time).astimezone(UTC).isoformat(timespec="seconds")


def now() -> str:
    """The present time, as the record stores it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def insert_visit(
    record: sqlite3.Connection,
    asked: Asked,
    outcome: VisitOutcome,
    *,
    capture: str | None = None,
    document: str | None = None,
    version: int | None = None,
    error: str | None = None,
    message: str | None = None,
) -> int:
    """Add a visit to the record, inside the caller's transaction; return its number."""
    row = record.execute(
        "INSERT INTO visit (run, source, address, final_address, permanent, at, status, etag, modified, capture, document, "
        "version, outcome, error, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number",
        (
            asked.run, asked.source, encodable(asked.address), asked.final_address, int(asked.permanent), utc(asked.at),
            asked.status, asked.etag, asked.modified, capture, document, version, outcome, error,
            None if message is None else encodable(message),
        ),
    ).fetchone()  # fmt: skip
    return int(row[0])


def visits(
    record: sqlite3.Connection, *, address: str | None = None, document: str | None = None, run: int | None = None
) -> list[Visit]:
    """The visits of an address, a document or a run, in the order in which they were made."""
    given = [(name, value) for name, value in (("address", address), ("document", document), ("run", run)) if value]
    where = " AND ".join(f"{name} = ?" for name, _ in given) or "1"
    found = record.execute(f"SELECT * FROM visit WHERE {where} ORDER BY number", [value for _, value in given])
    return [_visit(row, found.description) for row in found.fetchall()]


def last_visit(record: sqlite3.Connection, address: str, *, with_capture: bool = False) -> Visit | None:
    """The last visit of an address; ``with_capture``, the last that brought bytes, whose ETag a conditional request sends."""
    condition = "AND capture IS NOT NULL AND outcome NOT IN ('refused', 'gone')" if with_capture else ""
    found = record.execute(
        f"SELECT * FROM visit WHERE address = ? {condition} ORDER BY number DESC LIMIT 1", (address,)
    )
    row = found.fetchone()
    return None if row is None else _visit(row, found.description)


def _visit(row: Sequence[Any], description: Sequence[Sequence[Any]]) -> Visit:
    fields = dict(zip((column[0] for column in description), row, strict=True))
    fields["permanent"] = bool(fields["permanent"])
    return Visit(**fields)


def put_source(record: sqlite3.Connection, source: Source) -> None:
    """Store a source, or what its card says of it now."""
    record.execute(
        "INSERT INTO source (id, issuer, kind, address, settings, added) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, address = excluded.address, settings = excluded.settings",
        (source.id, source.issuer, source.kind, source.address, msgspec.json.encode(source.settings).decode(), now()),
    )


def sources(record: sqlite3.Connection, issuer: str | None = None) -> list[Source]:
    """The sources of an issuer, or of all."""
    where, values = ("WHERE issuer = ?", [issuer]) if issuer else ("", [])
    query = f"SELECT id, issuer, kind, address, settings FROM source {where} ORDER BY id"
    return [
        Source(id=row[0], issuer=row[1], kind=row[2], address=row[3], settings=msgspec.json.decode(row[4]))
        for row in record.execute(query, values)
    ]


def begin_run(record: sqlite3.Connection, issuer: str, options: dict[str, Any]) -> int:
    """Record that a run begins; return its number."""
    row = record.execute(
        "INSERT INTO run (issuer, options, began) VALUES (?, ?, ?) RETURNING number",
        (issuer, msgspec.json.encode(options).decode(), now()),
    ).fetchone()
    return int(row[0])


def end_run(record: sqlite3.Connection, number: int, summary: dict[str, Any]) -> None:
    """Record that a run ended, and with what."""
    record.execute(
        "UPDATE run SET ended = ?, summary = ? WHERE number = ?",
        (now(), msgspec.json.encode(summary).decode(), number),
    )


def runs(record: sqlite3.Connection, issuer: str | None = None) -> list[Run]:
    """The runs of an issuer, or of all, the last one first."""
    where, values = ("WHERE issuer = ?", [issuer]) if issuer else ("", [])
    query = f"SELECT number, issuer, options, began, ended, summary FROM run {where} ORDER BY number DESC"
    return [
        Run(
            number=row[0],
            issuer=row[1],
            options=msgspec.json.decode(row[2]),
            began=row[3],
            ended=row[4],
            summary=None if row[5] is None else msgspec.json.decode(row[5]),
        )
        for row in record.execute(query, values)
    ]
