"""A desk as a web archive and back, and earlier captures from one: the same record, each wording at its time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from invented_site import Asked, Given, Site, VirtualClock
from onrecord.collecting.client import Client
from onrecord.collecting.warc import read_warc, write_warc
from onrecord.collecting.wayback import captures_by_index, captures_by_timemap, store_captures
from onrecord.desk import Desk, check, open_desk
from onrecord.errors import FetchFailed, NotAStatement, ReadingError
from test_collecting import HOST, NOT_THERE, Ministry, page, run

for needed in ("protego", "feedparser", "warcio"):
    pytest.importorskip(needed, reason=f"{needed} is not installed: install onrecord[collect]")
DAY = date(2031, 5, 16)
#: What is compared: all but when a row came to the desk, and by which run.
TABLES = {
    "document": "id, title, day, published, issuer, house, kind, language, address, text, capture, offsets",
    "turn": "*",
    "version": "document, position, capture, first_seen, last_seen, state, doubt, words, turns",
    "capture": "*",
    "sighting": "*",
    "alias": "*",
    "visit": "number, address, final_address, permanent, at, status, etag, modified, capture, document, version, outcome, error",
}


def record_of(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    # When a page was saved by hand nobody knows: its version begins when it came to the desk.
    unknown = " WHERE capture IN (SELECT capture FROM sighting WHERE fetched IS NOT NULL)"
    return {
        table: sorted(
            map(tuple, desk.record.execute(f"SELECT {columns} FROM {table}{unknown if table == 'version' else ''}")),
            key=repr,
        )
        for table, columns in TABLES.items()
    }


@pytest.fixture
def collected(tmp_path: Path) -> Iterator[Desk]:
    """A desk with new, changed, doubtful, unchanged, refused, missing and failed visits, and a file added by hand."""
    ministry = Ministry(VirtualClock("2031-05-16T18:00:00+00:00"), date(2031, 5, 9), 20)
    ministry.faults |= {
        ministry.path(date(2031, 5, 12)): [Given(NOT_THERE), Given(status=500), Given(drop=True)],
        ministry.path(date(2031, 5, 13)): [Given("")],
        ministry.path(date(2031, 5, 14)): [Given(status=301, headers={"Location": "/archive/t14.shtml"})] * 9,
    }
    ministry.site.pages["/archive/t14.shtml"] = Given(page(14, date(2031, 5, 14), "It has moved."))
    file = tmp_path / "by-hand.html"
    file.write_text(page(5, date(2031, 4, 1), "This page was saved by hand."), encoding="utf-8")
    with open_desk(tmp_path / "collected", write=True, create_new=True) as desk:
        from onrecord.captures.opening import open_source

        desk.add(open_source(file))
        run(desk, ministry, since="2031-05-09")
        for moment, words in (
            ("17T14", "Our position has changed."),
            ("18T14", ""),
            ("20T14", "Our position on matter 16."),
        ):
            ministry.edits[DAY] = (ministry.clock.now(), words or ministry.words(DAY))
            if not words:
                whole = page(16, DAY, ministry.words(DAY))
                ministry.faults[ministry.path(DAY)] = [Given(whole[: len(whole) // 2].replace("Arcadia", "Ruritania"))]
            ministry.clock.set(f"2031-05-{moment}:00:00+00:00")
            run(desk, ministry, since="2031-05-09")
        yield desk
    ministry.close()


def test_a_web_archive_gives_the_same_record_again(collected: Desk, tmp_path: Path) -> None:
    outcomes = {row[0] for row in collected.record.execute("SELECT DISTINCT outcome FROM visit")}
    assert {
        "new",
        "changed",
        "unchanged",
        "not-modified",
        "listing",
        "gone",
        "refused",
        "failed",
        "in-doubt",
    } - outcomes == {"unchanged"}
    written = write_warc(collected, tmp_path / "desk.warc.gz")
    assert written.records.keys() == {"response", "revisit", "metadata", "resource"}
    with open_desk(tmp_path / "again", write=True, create_new=True) as again:
        read_warc(again, tmp_path / "desk.warc.gz")
        assert list(check(again)) == []
        first, second = record_of(collected), record_of(again)
        for table in TABLES:
            assert first[table] == second[table], table
        write_warc(again, tmp_path / "again.warc.gz")
    assert (tmp_path / "desk.warc.gz").read_bytes() == (tmp_path / "again.warc.gz").read_bytes()


def test_reading_it_twice_adds_no_document(collected: Desk, tmp_path: Path) -> None:
    held = len(collected)
    write_warc(collected, tmp_path / "desk.warc")
    read_warc(collected, tmp_path / "desk.warc")
    assert list(check(collected)) == []
    assert len(collected) == held


def test_other_programs_read_it(collected: Desk, tmp_path: Path) -> None:
    from warcio.archiveiterator import ArchiveIterator

    from onrecord.desk import add_all

    write_warc(collected, tmp_path / "desk.warc.gz")
    with (tmp_path / "desk.warc.gz").open("rb") as stream:
        types = [record.rec_type for record in ArchiveIterator(stream, check_digests="raise")]
    assert types[0] == "warcinfo"
    with open_desk(tmp_path / "added", write=True, create_new=True) as desk:
        add_all(desk, [tmp_path / "desk.warc.gz"], processes=1)
        assert {one.day for one in desk.listed()} == {one.day for one in collected.listed()}


def test_a_web_archive_of_another_program(tmp_path: Path) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    def add(writer: Any, type: str, status: str, data: bytes, at: str) -> None:
        http = StatusAndHeaders(status, [("Content-Type", "text/html; charset=utf-8"), ("ETag", '"1"')], "HTTP/1.1")
        record = writer.create_warc_record(
            HOST + "/t1.shtml", type, payload=BytesIO(data), http_headers=http, warc_headers_dict={"WARC-Date": at}
        )
        writer.write_record(record)

    with (tmp_path / "other.warc.gz").open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        body = page(1, DAY, "No change.").encode()
        add(writer, "response", "200 OK", body, "2031-05-16T18:00:00Z")
        add(writer, "request", "200 OK", b"", "2031-05-16T18:00:00Z")
        add(writer, "response", "404 Not Found", b"gone", "2031-05-17T18:00:00Z")
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        archived = read_warc(desk, tmp_path / "other.warc.gz")
        assert archived.outcomes == {"new": 1, "gone": 1}
        assert [tuple(row) for row in desk.record.execute("SELECT outcome, etag, at FROM visit ORDER BY number")] == [
            ("new", '"1"', "2031-05-16T18:00:00+00:00"),
            ("gone", '"1"', "2031-05-17T18:00:00+00:00"),
        ]
        whole = (tmp_path / "other.warc.gz").read_bytes()
        first = whole.index(b"\x1f\x8b\x08", 10)  # each record is compressed by itself
        (tmp_path / "cut.warc.gz").write_bytes(whole[: first - 60])
        with pytest.raises(ReadingError):
            read_warc(desk, tmp_path / "cut.warc.gz")


# --- the Wayback Machine ----------------------------------------------------------------------------------------------

URL = f"{HOST}/mfa_eng/t16.shtml"
TIMES = {
    "20310516130000": "No change.",
    "20310517090000": "A change of position.",
    "20310520090000": "A second change.",
}


def archive(asked: Asked) -> Given:
    url = urlsplit(asked.path)
    if url.path == "/cdx/search/cdx":
        query = parse_qs(url.query)
        rows = [["20310101000000", URL, "404"], *([at, URL, "200"] for at in TIMES if at >= query.get("from", [""])[0])]
        start = int(query.get("resumeKey", ["0"])[0])
        more = [[], [str(start + 2)]] if start + 2 < len(rows) else []
        return Given(json.dumps([["timestamp", "original", "statuscode"], *rows[start : start + 2], *more]))
    if url.path.startswith("/web/timemap/link/"):
        stamp: Callable[[str], str] = lambda at: f"{datetime.strptime(at, '%Y%m%d%H%M%S'):%a, %d %b %Y %H:%M:%S GMT}"  # noqa: E731
        lines = [f'<{URL}>; rel="original"', f'<{url.path}>; rel="self"; type="application/link-format"']
        lines += [f'</web/{at}/{URL}>; rel="first memento"; datetime="{stamp(at)}"' for at in TIMES]
        return Given(",\n".join(lines))
    at = url.path.split("/")[2].removesuffix("id_") if url.path.startswith("/web/") else ""
    return Given(page(16, DAY, TIMES[at])) if "id_" in url.path and at in TIMES else Given(status=404)


@pytest.fixture
def machine() -> Iterator[tuple[Site, Client]]:
    clock = VirtualClock()
    site = Site(clock, "User-agent: *\nAllow: /")
    site.answer = archive  # type: ignore[method-assign]
    with Client("desk@ministry.example", clock, random=Random(1)) as client:
        yield site, client
    site.close()


@pytest.mark.parametrize("by", ["index", "timemap"])
def test_every_wording_that_an_archive_holds_becomes_a_version(
    machine: tuple[Site, Client], tmp_path: Path, by: str
) -> None:
    site, client = machine
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:

        def bring() -> Any:
            if by == "index":
                return store_captures(desk, client, captures_by_index(client, URL, base=site.base))
            return store_captures(desk, client, captures_by_timemap(client, f"{site.base}/web/timemap/link/{URL}"))

        imported = bring()
        assert imported.outcomes == {"new": 1, "changed": 2}
        versions = desk.record.execute("SELECT first_seen, state FROM version ORDER BY first_seen").fetchall()
        assert [tuple(row) for row in versions] == [
            ("2031-05-16T13:00:00+00:00", "earlier"),
            ("2031-05-17T09:00:00+00:00", "earlier"),
            ("2031-05-20T09:00:00+00:00", "shown"),
        ]
        (document,) = desk
        assert "A second change" in document.text
        assert document.heading.address == URL
        count = len(site.log)
        again = bring()
        assert (again.known, again.outcomes) == (3, {})
        assert all("id_" not in one.path for one in site.log[count:])
        assert list(check(desk)) == []
        write_warc(desk, tmp_path / "desk.warc.gz")  # the bytes came from one address, the page is that of another
        with open_desk(tmp_path / "again", write=True, create_new=True) as other:
            assert read_warc(other, tmp_path / "desk.warc.gz").outcomes == imported.outcomes
            assert record_of(other) == record_of(desk)


def test_an_archive_is_asked_for_days_and_told_apart_from_other_sites(machine: tuple[Site, Client]) -> None:
    site, client = machine
    found = list(captures_by_index(client, URL, base=site.base, since="2031-05-17"))
    assert found[0].at == datetime(2031, 5, 17, 9, tzinfo=UTC)
    site.answer = lambda asked: Given("<html>no index</html>")  # type: ignore[method-assign]
    with pytest.raises(NotAStatement, match="no index of an archive"):
        list(captures_by_index(client, URL, base=site.base))
    site.answer = lambda asked: Given(status=503)  # type: ignore[method-assign]
    with pytest.raises(FetchFailed, match="503"):
        list(captures_by_index(client, URL, base=site.base))
