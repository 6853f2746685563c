"""Check a desk: every hash, every span against the bytes, every link; each fault told by what it is and where.

The bytes are compared with the text by means of their own, apart from the readers: where a run of the text says its
bytes letter for letter they are decoded and compared; where it stands for something (a space for a line break, "&" for
"&amp;") what the bytes hold must be able to mean it. The words of a turn are compared with the digest in its id.
"""

from __future__ import annotations

import html
import re
import sqlite3
from collections.abc import Callable, Iterator
from typing import Literal

import msgspec

from onrecord.desk.store import Desk
from onrecord.errors import OnRecordError
from onrecord.offsets import OffsetMap
from onrecord.record import Document, words_digest

What = Literal["capture", "offsets", "turn", "link", "record", "orphan"]
_MARKUP = re.compile(r"<[^<>]*>|</?[a-zA-Z][^>]*>")
_ESCAPE = re.compile(r"\\([^\w\s])")


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """Something wrong with a desk: what kind of thing, which one, and what about it.

    ``orphan`` is no fault but a remark: a capture on the disk that no document names, as a crash leaves behind.
    """

    what: What
    where: str
    detail: str


def check(desk: Desk, on_progress: Callable[[int, int], None] | None = None) -> Iterator[Fault]:
    """Every fault of the desk, one at a time. ``on_progress`` is told ``(documents checked, all)``."""
    yield from _record(desk.record)
    named = {row["sha256"] for row in desk.record.execute("SELECT sha256 FROM capture")}
    main = {row["capture"] for row in desk.record.execute("SELECT capture FROM document")}
    total = len(desk)
    for done, row in enumerate(desk.record.execute("SELECT id FROM document ORDER BY id").fetchall(), start=1):
        yield from _document(desk, row["id"])
        if on_progress is not None:
            on_progress(done, total)
    for digest in sorted(named - main):  # earlier captures of a document
        yield from _capture(desk, digest)
    for digest in sorted(set(desk.captures) - named):
        yield Fault(what="orphan", where=digest, detail="kept, but no document names it; adding its page again will")


def _record(record: sqlite3.Connection) -> Iterator[Fault]:
    for (told,) in record.execute("PRAGMA integrity_check(20)").fetchall():
        if told != "ok":
            yield Fault(what="record", where="record.sqlite", detail=told)
    for table, rowid, parent, _ in record.execute("PRAGMA foreign_key_check").fetchall():
        yield Fault(what="link", where=f"{table} row {rowid}", detail=f"points to a {parent} that is not there")
    query = "SELECT id FROM document EXCEPT SELECT id FROM version JOIN document ON id = document AND version.capture = document.capture"
    for (id,) in record.execute(query):
        yield Fault(what="link", where=id, detail="its capture is not among its versions")
    query = "SELECT id FROM turn WHERE answers IS NOT NULL AND answers NOT IN (SELECT id FROM turn)"
    for (id,) in record.execute(query):
        yield Fault(what="link", where=id, detail="answers a question that is not there")


def _capture(desk: Desk, digest: str) -> Iterator[Fault]:
    try:
        desk.captures.get(digest)
    except OnRecordError as error:
        yield Fault(what="capture", where=digest, detail=error.what)


def _document(desk: Desk, id: str) -> Iterator[Fault]:
    (digest,) = desk.record.execute("SELECT capture FROM document WHERE id = ?", (id,)).fetchone()
    try:
        document = desk.document(id)
    except OnRecordError as error:  # the document cannot even be put together
        yield from _capture(desk, digest)
        yield Fault(what="offsets" if "map" in error.what else "turn", where=error.where or id, detail=error.what)
        return
    try:
        data = document.data
    except OnRecordError as error:
        yield Fault(what="capture", where=digest, detail=error.what)
        data = None
    places = desk.record.execute(
        "SELECT id, byte_start, byte_end FROM turn WHERE document = ? ORDER BY position", (id,)
    ).fetchall()
    whole = True
    if data is not None:
        for fault in _runs(document, data):
            whole = False
            yield fault
    for turn, place in zip(document.turns, places, strict=True):
        where = turn.id
        if words_digest(turn.text) != turn.id.rsplit("/", 1)[-1].split(".")[0]:
            yield Fault(
                what="turn", where=where, detail=f"[{turn.start}, {turn.end}) holds other words than its id was made of"
            )
            continue
        try:
            found = document.offsets.place(document.text, turn.start, turn.end)
        except OnRecordError as error:
            yield Fault(what="offsets", where=where, detail=error.what)
            continue
        if whole and (found.start, found.end) != (place["byte_start"], place["byte_end"]):
            detail = f"its bytes are [{found.start}, {found.end}), the record has [{place['byte_start']}, {place['byte_end']})"
            yield Fault(what="turn", where=where, detail=detail)


def _runs(document: Document, data: bytes) -> Iterator[Fault]:
    """The text against the bytes, run by run; the first that does not fit is told, and how many more."""
    offsets, text = document.offsets, document.text
    wrong: list[str] = []
    covered = before = 0
    source = data.decode("utf-8", "surrogatepass") if offsets.unit == "character" else None
    for start, end, first, last in offsets.runs(text):
        if not (covered <= start < end <= len(text) and before <= first <= last <= len(data)):
            wrong.append(f"the run at {start} is out of order")
            continue
        if text[covered:start].strip("\n"):
            wrong.append(f"the words at {covered} have no source")
        covered, before = end, first
        words = text[start:end]
        said = source[first:last] if source is not None else _decoded(data[first:last], offsets)
        if said != words and not _means(said, words):
            wrong.append(f"the text says {words[:40]!r} at {start}, the bytes [{first}, {last}) say {said[:40]!r}")
    if text[covered:].strip("\n"):
        wrong.append(f"the words at {covered} have no source")
    if wrong:
        more = f"; and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        yield Fault(what="offsets", where=document.id, detail=wrong[0] + more)


def _decoded(data: bytes, offsets: OffsetMap) -> str:
    return data.decode(offsets.encoding, "surrogateescape" if not offsets.encoding.startswith("utf-16") else "replace")


def _means(said: str, words: str) -> bool:
    """Whether source characters can stand for these words as a whole: folded space, an entity, an escape, lost bytes."""
    if words == "\ufffd":
        return any("\udc80" <= c <= "\udcff" or c == "\ufffd" for c in said)
    plain = html.unescape(_ESCAPE.sub(r"\1", _MARKUP.sub("", said)))
    if words == " ":
        return not plain.strip(" \t\r\n\f\v>\u00a0\u3000") or plain.isspace()
    return " ".join(plain.split()) == " ".join(words.split()) or plain == words
