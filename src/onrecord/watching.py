"""Saved questions that are answered over what is new: each answer is told once, as an Atom feed or a mail.

::

    save(desk, Watch(name="pulses", kind="edits", question={"min_rank": 0.5}))
    for entry in news(desk, "pulses"):                   # what was not told yet; the next call gives what comes after
        print(entry.title)
    Path("pulses.atom").write_bytes(atom(desk, "pulses"))

What the desk holds when a question is saved counts as told.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any, Literal, TypeVar
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

import msgspec

from onrecord.asking import LedgerFilters, TurnFilters, find, ledger, trace
from onrecord.control_pictures import encodable, show_controls
from onrecord.desk import Desk
from onrecord.desk.versions import need_versions
from onrecord.desk.visits import now
from onrecord.errors import QueryError, UnknownWatch

Filters = TypeVar("Filters", TurnFilters, LedgerFilters)
WatchKind = Literal["find", "trace", "edits", "ledger"]
_ATOM = "http://www.w3.org/2005/Atom"
#: Characters that XML cannot hold.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Entries that a feed shows, the last ones first.
_SHOWN = 100


class Watch(msgspec.Struct, frozen=True, kw_only=True):
    """A saved question. ``question`` has, by kind:

    ``find``: ``query`` and the filters of :class:`~onrecord.asking.TurnFilters`; ``trace``: ``phrase``, ``near`` and ``issuer``;
    ``edits``: ``min_rank`` and ``issuer``; ``ledger``: the filters of :class:`~onrecord.asking.LedgerFilters`.
    """

    name: str
    kind: WatchKind
    question: dict[str, Any]
    added: str = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One answer. ``id`` is that of the turn, edit or undertaking, ``day`` that of the document, ``address`` its page."""

    id: str
    title: str
    text: str
    document: str
    day: str | None = None
    address: str | None = None
    at: str = ""


def save(desk: Desk, watch: Watch) -> int:
    """Save a question, in place of an earlier one of that name; return how many answers the desk has now, which count as told.

    Raises QueryError for a question that cannot be understood; nothing is saved then.
    """
    entries = list(answer(desk, watch))
    at = now()
    with desk.writer.transaction():
        desk.record.execute("DELETE FROM told WHERE watch = ?", (watch.name,))
        desk.record.execute(
            "INSERT OR REPLACE INTO watch (name, kind, question, added) VALUES (?, ?, ?, ?)",
            (watch.name, watch.kind, msgspec.json.encode(watch.question).decode(), at),
        )
        _tell(desk.record, watch.name, [msgspec.structs.replace(one, at="") for one in entries], at)
    return len(entries)


def watches(desk: Desk) -> list[Watch]:
    """The saved questions, by name. Raises DeskOutdated."""
    need_versions(desk.record, "saved questions")
    rows = desk.record.execute("SELECT name, kind, question, added FROM watch ORDER BY name").fetchall()
    return [Watch(name=row[0], kind=row[1], question=msgspec.json.decode(row[2]), added=row[3]) for row in rows]


def watch_named(desk: Desk, name: str) -> Watch:
    """The saved question of that name. Raises UnknownWatch."""
    for one in watches(desk):
        if one.name == name:
            return one
    known = ", ".join(one.name for one in watches(desk)) or "none"
    raise UnknownWatch(f"no saved question {name!r}", hint=f"Saved: {known}")


def forget(desk: Desk, name: str) -> None:
    """Delete a saved question and what it told. Raises UnknownWatch."""
    watch_named(desk, name)
    with desk.writer.transaction():
        desk.record.execute("DELETE FROM told WHERE watch = ?", (name,))
        desk.record.execute("DELETE FROM watch WHERE name = ?", (name,))


def news(desk: Desk, name: str, deliver: Callable[[list[Entry]], None] = lambda entries: None) -> list[Entry]:
    """The answers that were not told yet. They count as told when ``deliver`` has returned; if it raises, they do not.

    Raises UnknownWatch and QueryError.
    """
    watch = watch_named(desk, name)
    known = {row[0] for row in desk.record.execute("SELECT entry FROM told WHERE watch = ?", (name,))}
    at = now()
    fresh = {one.id: msgspec.structs.replace(one, at=at) for one in answer(desk, watch) if one.id not in known}
    deliver(list(fresh.values()))
    with desk.writer.transaction():
        _tell(desk.record, name, list(fresh.values()), at)
    return list(fresh.values())


def told(desk: Desk, name: str, *, most: int = _SHOWN) -> list[Entry]:
    """What was told since the question was saved, the last first. Raises UnknownWatch."""
    watch = watch_named(desk, name)
    query = "SELECT content FROM told WHERE watch = ? AND json_extract(content, '$.at') != '' ORDER BY at DESC, entry LIMIT ?"
    rows = desk.record.execute(query, (watch.name, most)).fetchall()
    return [msgspec.json.decode(row[0], type=Entry) for row in rows]


def _tell(record: sqlite3.Connection, name: str, entries: Sequence[Entry], at: str) -> None:
    rows = [(name, one.id, at, msgspec.json.encode(one).decode()) for one in entries]
    record.executemany("INSERT OR IGNORE INTO told (watch, entry, at, content) VALUES (?, ?, ?, ?)", rows)


# --- the kinds of questions -------------------------------------------------------------------------------------------


def answer(desk: Desk, watch: Watch) -> Iterator[Entry]:
    """All that the desk answers now, told or not."""
    try:
        yield from _ANSWERS[watch.kind](desk, dict(watch.question))
    except (TypeError, msgspec.ValidationError) as error:
        raise QueryError(f"the saved question {watch.name!r} cannot be understood: {error}") from None


def _filters(question: dict[str, Any], type: type[Filters]) -> Filters:
    """The filters of a question. Raises TypeError and msgspec.ValidationError."""
    unknown = question.keys() - set(type.__struct_fields__)
    if unknown:
        raise TypeError(f"there is no filter {', '.join(sorted(unknown))}")
    return msgspec.convert(question, type)


def _find(desk: Desk, question: dict[str, Any]) -> Iterator[Entry]:
    query = question.pop("query", "")
    found = find(desk, query, _filters(question, TurnFilters), order="newest", limit=None)
    for hit in found.hits:
        who = hit.speaker or hit.outlet or hit.kind
        yield Entry(
            id=hit.turn,
            title=f"{hit.day or 'no day'} {hit.issuer}: {who}",
            text=hit.text,
            document=hit.document,
            day=hit.day,
        )


def _trace(desk: Desk, question: dict[str, Any]) -> Iterator[Entry]:
    found = trace(desk, question.pop("phrase", ""), **question)
    for use in found.uses:
        yield Entry(
            id=use.turn, title=f"{use.day or 'no day'} {use.issuer}: {found.phrase}", text=use.sentence, document=use.document,
            day=use.day,
        )  # fmt: skip


def _edits(desk: Desk, question: dict[str, Any]) -> Iterator[Entry]:
    least, issuer = float(question.pop("min_rank", 0.0)), question.pop("issuer", None)
    if question:
        raise TypeError(f"edits have no filter {', '.join(question)}")
    query = (
        "SELECT edit.id, edit.kind, before, after, edit.document, day, title, address, touches FROM edit "
        "JOIN document ON document.id = edit.document WHERE rank >= ? AND (? IS NULL OR issuer = ?) ORDER BY number"
    )
    for row in desk.record.execute(query, (least, issuer, issuer)).fetchall():
        touches = f" ({row['touches'].replace('|', ', ')})" if row["touches"] else ""
        yield Entry(
            id=row["id"],
            title=f"{row['kind']}{touches}: {row['title']}",
            text="\n\n".join(f"{mark} {words}" for mark, words in (("−", row["before"]), ("+", row["after"])) if words),
            document=row["document"],
            day=row["day"],
            address=row["address"],
        )


def _ledger(desk: Desk, question: dict[str, Any]) -> Iterator[Entry]:
    for line in ledger(desk, _filters(question, LedgerFilters)).lines:
        for one in line.mentions:
            yield Entry(
                id=one.undertaking, title=f"{one.day or 'no day'} {one.issuer}: {one.strength}, {line.status}", text=one.words,
                document=one.document, day=one.day,
            )  # fmt: skip


_ANSWERS: dict[str, Callable[[Desk, dict[str, Any]], Iterator[Entry]]] = {
    "find": _find,
    "trace": _trace,
    "edits": _edits,
    "ledger": _ledger,
}


# --- as a feed and as a mail ------------------------------------------------------------------------------------------


def entry_id(watch: str, entry: str) -> str:
    """The id of an entry in a feed: the same whenever and wherever it is written."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'onrecord:watch:{watch}:{entry}')}"


def atom(desk: Desk, name: str) -> bytes:
    """What a saved question has told, as an Atom feed (RFC 4287), the last first; ids of entries never change."""
    watch, entries = watch_named(desk, name), told(desk, name)
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed")

    def add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
        made = ElementTree.SubElement(parent, f"{{{_ATOM}}}{tag}", attributes)
        made.text = _NOT_XML.sub("\ufffd", show_controls(encodable(text))) or None
        return made

    add(feed, "id", entry_id(name, ""))
    add(feed, "title", f"On Record: {name}")
    add(feed, "updated", entries[0].at if entries else watch.added)
    add(add(feed, "author"), "name", "On Record")
    for one in entries:
        entry = add(feed, "entry")
        add(entry, "id", entry_id(name, one.id))
        add(entry, "title", one.title)
        add(entry, "updated", one.at)
        if one.address:
            add(entry, "link", rel="alternate", href=one.address)
        add(entry, "content", f"{one.text}\n\n{one.id}", type="text")
    return bytes(ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True))


def digest(name: str, entries: Sequence[Entry], *, sender: str, to: str) -> EmailMessage:
    """New answers as one mail in plain text, to be written to a file or handed to a mail server."""
    mail = EmailMessage()
    mail["Subject"] = f"On Record: {len(entries)} new for {name}"
    mail["From"], mail["To"] = sender, to
    if entries:
        mail["Date"] = format_datetime(datetime.fromisoformat(entries[0].at))
        mail["Message-ID"] = f"<{uuid5(NAMESPACE_URL, name + ''.join(one.id for one in entries))}@onrecord>"
    blocks = [f"{one.title}\n\n{show_controls(encodable(one.text))}\n\n{one.id}" for one in entries]
    mail.set_content(("\n\n" + "-" * 72 + "\n\n").join(blocks) + "\n")
    return mail
