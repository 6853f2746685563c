"""The visits of a desk as a web archive (WARC 1.1, ISO 28500), and from one back onto a desk.

Every visit becomes a record: bytes that came are a ``response``, "not modified" a ``revisit``, and what brought nothing a
``metadata`` record. What WARC has no field for (what came of a visit, an error) stands in fields of our own, ``OnRecord-…``,
which other programs pass over. Captures that were added without a visit, from files, come first, as ``resource``. The
same desk is written as the same bytes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, cast
from urllib.parse import quote, unquote
from uuid import NAMESPACE_URL, uuid5

import msgspec

from onrecord.captures.opened import LARGEST, Opened, capture_of
from onrecord.collecting.storing import store_page
from onrecord.desk import Desk
from onrecord.desk.versions import need_versions
from onrecord.desk.visits import Asked, VisitOutcome, utc
from onrecord.errors import ArchivesMissing, DamagedCapture, ReadingError, TooLarge
from onrecord.version import __version__

Tell = Callable[[int, int], None]
_PROFILE = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
#: Outcomes of visits that brought a page which was read.
_READ = frozenset(("new", "changed", "unchanged", "in-doubt", "replaced"))


#: Characters of a field of our own that are written as they are.
_KEPT = " :/?&=+,;~@!$()*'\"<>[]{}|.-_"


class Archived(msgspec.Struct, kw_only=True):
    """What was written or read: records by type, what came of the visits that were read, and what went wrong."""

    records: dict[str, int] = msgspec.field(default_factory=dict)
    outcomes: dict[str, int] = msgspec.field(default_factory=dict)
    troubles: list[str] = msgspec.field(default_factory=list)

    def count(self, type: str) -> None:
        """Count a record."""
        self.records[type] = self.records.get(type, 0) + 1


def write_warc(desk: Desk, path: Path, *, issuer: str | None = None, tell: Tell = lambda done, total: None) -> Archived:
    """Write the visits and captures of a desk, or of one issuer, as a WARC file, compressed if its name ends in ``.gz``.

    A capture that is damaged is left out and told. The file appears when it is whole. ``tell`` is called with the records written
    and how many there are. Raises ArchivesMissing, DeskOutdated, and OSError where the file cannot be written.
    """
    need_versions(desk.record, "visits")
    try:
        from warcio.warcwriter import WARCWriter
    except ImportError:
        raise ArchivesMissing("warcio, which writes web archives, is not installed", where=str(path)) from None
    archived = Archived()
    part = path.with_name(f".{path.name}.part")
    with desk.snapshot(), _replacing(part, path) as stream:
        writer = WARCWriter(stream, gzip=path.suffix == ".gz", warc_version="WARC/1.1")
        info = {"software": f"onrecord/{__version__}", "format": "WARC File Format 1.1"}
        record = writer.create_warcinfo_record(None, info)
        _fix(record, _first_time(desk.record), "warcinfo")
        writer.write_record(record)
        saved, total = _files(desk, issuer), _count(desk, issuer)
        for one in saved:
            _write_file(desk, writer, one, archived)
        for number, visit in enumerate(_visits(desk, issuer), start=1):
            _write_visit(desk, writer, visit, archived)
            tell(number, total)
    return archived


@contextmanager
def _replacing(part: Path, path: Path) -> Iterator[BinaryIO]:
    """A file beside ``path`` that takes its place when it is whole."""
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _first_time(record: sqlite3.Connection) -> str:
    return str(record.execute("SELECT coalesce(min(at), '1970-01-01T00:00:00+00:00') FROM visit").fetchone()[0])


def _files(desk: Desk, issuer: str | None) -> list[sqlite3.Row]:
    """The sightings of captures that no visit tells of."""
    where = "AND capture IN (SELECT version.capture FROM version JOIN document ON id = document WHERE issuer = ?)"
    query = (
        "SELECT capture, source, fetched, media_type, encoding FROM sighting JOIN capture ON sha256 = capture WHERE NOT EXISTS "
        "(SELECT 1 FROM visit WHERE visit.capture = sighting.capture AND visit.at IS sighting.fetched) "
        f"{where if issuer else ''} ORDER BY sighting.rowid"
    )
    return desk.record.execute(query, [issuer] if issuer else []).fetchall()


#: The visits of an issuer.
_OF_ISSUER = (
    "WHERE run IN (SELECT number FROM run WHERE issuer = :issuer) OR document IN "
    "(SELECT id FROM document WHERE issuer = :issuer)"
)


def _count(desk: Desk, issuer: str | None) -> int:
    query = f"SELECT count(*) FROM visit {_OF_ISSUER if issuer else ''}"
    return int(desk.record.execute(query, {"issuer": issuer} if issuer else {}).fetchone()[0])


def _visits(desk: Desk, issuer: str | None) -> Iterator[sqlite3.Row]:
    query = (
        "SELECT visit.*, media_type, encoding FROM visit LEFT JOIN capture ON sha256 = capture "
        f"{_OF_ISSUER if issuer else ''} ORDER BY visit.number"
    )
    yield from desk.record.execute(query, {"issuer": issuer} if issuer else {})


def _write_file(desk: Desk, writer: Any, row: sqlite3.Row, archived: Archived) -> None:
    data = _bytes(desk, row["capture"], archived)
    if data is None:
        return
    record = writer.create_warc_record(
        row["source"], "resource", payload=BytesIO(data), warc_content_type=_content_type(row),
        warc_headers_dict={"OnRecord-Fetched": row["fetched"] or ""},
    )  # fmt: skip
    _fix(record, row["fetched"] or "1970-01-01T00:00:00+00:00", f"{row['source']} {row['capture']}")
    writer.write_record(record)
    archived.count("resource")


def _write_visit(desk: Desk, writer: Any, visit: sqlite3.Row, archived: Archived) -> None:
    from warcio.statusandheaders import StatusAndHeaders

    own = {name: visit[column] for name, column in _OWN.items() if visit[column] not in (None, "", 0)}
    own = {name: quote(str(value), safe=_KEPT) for name, value in own.items()}
    if (guid := _guid(desk, visit)) is not None:
        own["OnRecord-Guid"] = quote(guid, safe=_KEPT)
    if (source := _other_source(desk, visit)) is not None:
        own["OnRecord-Source"] = quote(source, safe=_KEPT)
    has_bytes = visit["capture"] is not None and visit["outcome"] != "not-modified"
    data = _bytes(desk, visit["capture"], archived) if has_bytes else b""
    if data is None:
        return
    headers = [("Content-Type", _content_type(visit))] if has_bytes else []
    headers += [(name, visit[key]) for name, key in (("ETag", "etag"), ("Last-Modified", "modified")) if visit[key]]
    type = "response" if has_bytes else "revisit" if visit["outcome"] == "not-modified" else "metadata"
    if type == "revisit":
        own |= {"WARC-Profile": _PROFILE, "OnRecord-Capture": visit["capture"] or ""}
    if type == "metadata":
        told = msgspec.json.encode({"status": visit["status"], "etag": visit["etag"], "modified": visit["modified"]})
        record = writer.create_warc_record(
            visit["address"], type, payload=BytesIO(told), warc_content_type="application/json", warc_headers_dict=own
        )
    else:
        if has_bytes:
            headers.append(("Content-Length", str(len(data))))
        http = StatusAndHeaders(
            f"{visit['status'] or 200} {'Not Modified' if type == 'revisit' else 'OK'}", headers, "HTTP/1.1"
        )
        record = writer.create_warc_record(
            visit["address"], type, payload=BytesIO(data), http_headers=http, warc_headers_dict=own
        )
    _fix(record, visit["at"], f"{visit['address']} {visit['number']}")
    writer.write_record(record)
    archived.count(type)


#: Fields of our own, and the columns of ``visit`` that they hold.
_OWN = {
    "OnRecord-Outcome": "outcome",
    "OnRecord-Error": "error",
    "OnRecord-Message": "message",
    "OnRecord-Final-Address": "final_address",
    "OnRecord-Permanent": "permanent",
}


def _guid(desk: Desk, visit: sqlite3.Row) -> str | None:
    """The id that a feed gave the document which a visit brought, as far as it was known by then."""
    if visit["outcome"] not in _READ:
        return None
    query = "SELECT address FROM alias WHERE document = ? AND how = 'guid' AND since <= ? ORDER BY since DESC, address LIMIT 1"
    row = desk.record.execute(query, (visit["document"], visit["at"])).fetchone()
    return None if row is None else str(row[0])


def _other_source(desk: Desk, visit: sqlite3.Row) -> str | None:
    """The address that a page was read as, where it is not the one that gave the bytes: those of another archive."""
    query = "SELECT source FROM sighting WHERE capture = ? AND fetched = ?"
    sources = {str(row[0]) for row in desk.record.execute(query, (visit["capture"], visit["at"]))}
    gave = visit["final_address"] or visit["address"]
    return None if gave in sources or visit["address"] not in sources else str(visit["address"])


def _fix(record: Any, at: str, name: str) -> None:
    """Give a record its time and an id that is the same whenever it is written."""
    record.rec_headers.replace_header("WARC-Date", at.replace("+00:00", "Z"))
    record.rec_headers.replace_header("WARC-Record-ID", f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{name} {at}')}>")


def _content_type(row: sqlite3.Row) -> str:
    base = row["media_type"] or "application/octet-stream"
    return f"{base}; charset={row['encoding']}" if row["encoding"] else base


def _bytes(desk: Desk, digest: str, archived: Archived) -> bytes | None:
    try:
        return desk.captures.get(digest)
    except DamagedCapture as error:
        archived.troubles.append(str(error))
        return None


def read_warc(desk: Desk, path: Path, *, tell: Tell = lambda done, total: None) -> Archived:
    """Put the records of a WARC file onto a desk, in order: each response with a page is read and stored as a visit.

    Of a file that another program wrote, the statuses tell what came of a visit. ``tell`` is called with the bytes read and how
    many there are. Raises ArchivesMissing, and ReadingError for a file that breaks off; what stands before is stored.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.bufferedreaders import ChunkedDataException
        from warcio.exceptions import ArchiveLoadFailed
        from warcio.statusandheaders import StatusAndHeadersParserException
    except ImportError:
        raise ArchivesMissing("warcio, which reads web archives, is not installed", where=str(path)) from None
    archived, digests, size = Archived(), dict[str, str](), path.stat().st_size
    with path.open("rb") as stream:
        try:
            for record in ArchiveIterator(cast(BinaryIO, stream)):
                tell(stream.tell(), size)
                if record.rec_type in ("response", "resource", "revisit", "metadata"):
                    _read_record(desk, record, digests, archived)
        except (TooLarge, ReadingError):
            raise
        except (ArchiveLoadFailed, StatusAndHeadersParserException) as error:
            raise ReadingError(
                f"this is no web archive, or it is damaged: {error}", where=str(path), hint="Write it again"
            ) from None
        except (ValueError, OSError, EOFError, KeyError, ChunkedDataException) as error:
            raise ReadingError(f"the archive breaks off: {error}", where=str(path), hint="Write it again") from None
        finally:
            desk.writer.commit()
    return archived


def _read_record(desk: Desk, record: Any, digests: dict[str, str], archived: Archived) -> None:
    fields = record.rec_headers.get_header
    uri, date = fields("WARC-Target-URI"), fields("WARC-Date")
    outcome = fields("OnRecord-Outcome") or ""
    if not uri or (record.rec_type == "metadata" and not outcome):
        return
    archived.count(record.rec_type)
    data = record.content_stream().read(LARGEST + 1)
    if len(data) > LARGEST:
        raise TooLarge(f"more than the {LARGEST / 1e6:.0f} MB a statement can have", where=uri)
    if getattr(record.raw_stream, "limit", 0):
        raise ValueError(f"the record of {uri} is shorter than it says")
    if record.rec_type == "resource":
        _read_file(desk, record, uri, data, archived)
        return
    asked, kind = _asked(record, uri, utc(date), data)
    payload = fields("WARC-Payload-Digest") or ""
    if record.rec_type == "revisit":
        digest = fields("OnRecord-Capture") or digests.get(payload)
        desk.writer.visited(asked, "not-modified", capture=digest)
        result: str = "not-modified"
    elif record.rec_type == "response" and (outcome in _READ or (not outcome and asked.status == 200)):
        opened = _opened(record, uri, utc(date), data)
        digests[payload] = opened.capture.sha256
        result = store_page(desk, opened, asked)
    else:
        result = kind
        kept = _opened(record, uri, utc(date), data) if data and record.rec_type == "response" else None
        told = {name: unquote(fields(f"OnRecord-{name}") or "") or None for name in ("Error", "Message")}
        desk.writer.visited(
            asked, kind, kept=kept, document=_document_at(desk, uri), error=told["Error"], message=told["Message"]
        )
    archived.outcomes[result] = archived.outcomes.get(result, 0) + 1


def _read_file(desk: Desk, record: Any, uri: str, data: bytes, archived: Archived) -> None:
    """A capture without a visit: added as from a file."""
    told = record.rec_headers.get_header("OnRecord-Fetched")
    opened = _opened(
        record, uri, told or None if told is not None else record.rec_headers.get_header("WARC-Date"), data
    )
    try:
        added: str = "unchanged" if desk.writer.holds(opened) is not None else desk.add(opened).outcome
    except ReadingError as error:
        added = "refused"
        desk.writer.record_failure(opened.capture, error.name, str(error))
    archived.outcomes[added] = archived.outcomes.get(added, 0) + 1


def _opened(record: Any, uri: str, fetched: str | None, data: bytes) -> Opened:
    headers = record.http_headers
    told = (headers.get_header("Content-Type") if headers else record.content_type) or ""
    base, _, parameters = told.partition(";")
    charset = parameters.partition("charset=")[2].strip(" \"'").partition(";")[0] or None
    told_of = (record.rec_headers.get_header(f"OnRecord-{name}") for name in ("Source", "Final-Address"))
    final = next((unquote(address) for address in told_of if address), uri)
    media = base.strip() if base.strip() != "application/octet-stream" else None
    capture = capture_of(data, final, fetched=fetched, media_type=media)
    return Opened(capture=capture, data=data, name=final.rsplit("/", 1)[-1], declared_encoding=charset)


def _asked(record: Any, uri: str, at: str, data: bytes) -> tuple[Asked, VisitOutcome]:
    """The visit that a record tells of, and what came of it."""
    fields, headers = record.rec_headers.get_header, record.http_headers
    told = msgspec.json.decode(data) if record.rec_type == "metadata" else {}
    status = int(headers.get_statuscode()) if headers else told.get("status")
    outcome = fields("OnRecord-Outcome") or ("gone" if status in (404, 410) else "failed")
    asked = Asked(
        address=uri,
        at=at,
        status=status,
        etag=headers.get_header("ETag") if headers else told.get("etag"),
        modified=headers.get_header("Last-Modified") if headers else told.get("modified"),
        final_address=unquote(fields("OnRecord-Final-Address") or "") or None,
        permanent=fields("OnRecord-Permanent") == "1",
        guid=unquote(fields("OnRecord-Guid") or "") or None,
    )
    return asked, cast(VisitOutcome, outcome)


def _document_at(desk: Desk, address: str) -> str | None:
    query = "SELECT document FROM visit WHERE address = ? AND document IS NOT NULL ORDER BY number DESC LIMIT 1"
    row = desk.record.execute(query, (address,)).fetchone()
    return None if row is None else str(row[0])
