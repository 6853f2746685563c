"""Write annotations (mentions, acts, meetings, undertakings) to rows of the record, and read them back."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from onrecord import languages
from onrecord.annotation_types import Act, Annotation, Meeting, Mention, Stretch, Undertaking
from onrecord.record import Document

_MENTION = ("document", "kind", "id", "name", "start", "end", "stands_for")
_ACT = (
    "id", "document", "turn", "type", "plover", "polarity", "time", "voice", "trigger_start", "trigger_end", "start", "end",
    "rule", "hedge",
)  # fmt: skip
_MEETING = ("id", "document", "turn", "kind", "parties", "first_day", "last_day", "place_id", "told")
_UNDERTAKING = (
    "id", "document", "turn", "act", "strength", "form", "mechanism", "mechanism_id", "deadline", "hedge", "start", "end",
)  # fmt: skip
#: In the order of deletion: tables with foreign keys first; rows that belong to an act or undertaking are deleted with it.
_TABLES = ("undertaking", "meeting", "act", "mentioned", "mention", "annotation")


class Annotated(NamedTuple):
    """The annotation of one document as stored in the record."""

    annotation: Annotation | None
    mentions: tuple[Mention, ...]
    acts: tuple[Act, ...]
    meetings: tuple[Meeting, ...]
    undertakings: tuple[Undertaking, ...]


def delete_annotation(record: sqlite3.Connection, document: str) -> None:
    """Delete the annotation of a document. Judgements stay: they were written by people."""
    for table in _TABLES:
        record.execute(f"DELETE FROM {table} WHERE document = ?", (document,))


def write_annotation(record: sqlite3.Connection, document: Document, now: str) -> None:
    """Write the annotation of a document whose turns are in the record already and that has no annotation there.

    ``now`` is the time in ISO 8601. Nothing is written for a document that is not annotated.
    """
    made = document.annotation
    if made is None:
        return
    id = document.id
    record.execute(
        "INSERT INTO annotation (document, method, version, made) VALUES (?, ?, ?, ?)",
        (id, made.method, made.version, now),
    )
    mentions = (
        (id, one.kind, one.id, one.name, one.start, one.end, "|".join(one.stands_for)) for one in document.mentions
    )
    insert(record, "mention", _MENTION, mentions)
    counts = Counter((one.kind, one.id or "") for one in document.mentions)
    rows = ((id, *named, count) for named, count in sorted(counts.items()))
    insert(record, "mentioned", ("document", "kind", "id", "count"), rows)
    write_acts(record, id, document.acts)
    meetings = (
        (
            one.id, id, one.turn, one.kind, "|".join(one.parties), one.first_day, one.last_day, one.place_id,
            msgspec.json.encode(one).decode(),
        )
        for one in document.meetings
    )  # fmt: skip
    insert(record, "meeting", _MEETING, meetings)
    undertakings = (
        (
            one.id, id, one.turn, one.act, one.strength, one.form, one.mechanism, one.mechanism_id, one.deadline, one.hedge,
            one.start, one.end,
        )
        for one in document.undertakings
    )  # fmt: skip
    insert(record, "undertaking", _UNDERTAKING, undertakings)
    parties = _listed(document.undertakings, ("by", "by"), ("to", "to"))
    insert(record, "undertaking_party", ("undertaking", "role", "code", "position"), parties)
    insert(record, "undertaking_issue", ("undertaking", "issue", "position"), _issues(document.undertakings))


def write_acts(record: sqlite3.Connection, document: str, acts: Sequence[Act]) -> None:
    """Write acts of a document."""
    rows = (
        (
            one.id, document, one.turn, one.type, one.plover, one.polarity, one.time, one.voice, one.trigger.start,
            one.trigger.end, one.start, one.end, one.rule, one.hedge,
        )
        for one in acts
    )  # fmt: skip
    insert(record, "act", _ACT, rows)
    insert(
        record,
        "act_party",
        ("act", "role", "code", "position"),
        _listed(acts, ("actor", "actors"), ("target", "targets")),
    )
    insert(record, "act_issue", ("act", "issue", "position"), _issues(acts))


def write_answer_types(record: sqlite3.Connection, document: Document) -> None:
    """Write the answer type of each turn."""
    query = "UPDATE turn SET answer_type = ?1 WHERE id = ?2 AND answer_type IS NOT ?1"
    record.executemany(query, ((turn.answer_type, turn.id) for turn in document.turns))


def insert(
    record: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]
) -> None:
    """Insert rows with these columns."""
    names = ", ".join(f'"{column}"' for column in columns)
    record.executemany(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})", rows)


def _listed(found: Iterable[Act | Undertaking], *roles: tuple[str, str]) -> Iterator[tuple[str, str, str, int]]:
    for one in found:
        for role, field in roles:
            for position, code in enumerate(getattr(one, field)):
                yield one.id, role, code, position


def _issues(found: Iterable[Act | Undertaking]) -> Iterator[tuple[str, str, int]]:
    return ((one.id, issue, position) for one in found for position, issue in enumerate(one.issues))


def read_annotation(record: sqlite3.Connection, document: str) -> Annotated:
    """Read the annotation of a document, in the order in which it was found."""
    made = record.execute(
        "SELECT method, version, language FROM annotation JOIN document ON document.id = annotation.document WHERE document = ?",
        (document,),
    ).fetchone()
    if made is None:
        return Annotated(None, (), (), (), ())
    mentions = tuple(_mention(row) for row in _rows(record, "mention", _MENTION, document))
    lists = _lists(record, document, "act", ("act_party", "role, code"), ("act_issue", "'issue', issue"))
    acts = tuple(_act(row, lists) for row in _rows(record, "act", _ACT, document))
    meetings = tuple(
        msgspec.json.decode(one["told"], type=Meeting)
        for one in _rows(record, "meeting", ("document", "told"), document)
    )
    lists = _lists(
        record, document, "undertaking", ("undertaking_party", "role, code"), ("undertaking_issue", "'issue', issue")
    )
    undertakings = tuple(_undertaking(row, lists) for row in _rows(record, "undertaking", _UNDERTAKING, document))
    annotation = Annotation(method=made[0], version=made[1], not_covered=languages.find(made[2]).not_covered)
    return Annotated(annotation, mentions, acts, meetings, undertakings)


def _rows(record: sqlite3.Connection, table: str, columns: tuple[str, ...], document: str) -> Iterator[dict[str, Any]]:
    """The rows of a document as dictionaries, without the column ``document``."""
    columns = tuple(column for column in columns if column != "document")
    names = ", ".join(f'"{column}"' for column in columns)
    query = f"SELECT {names} FROM {table} WHERE document = ? ORDER BY rowid"
    return (dict(zip(columns, row, strict=True)) for row in record.execute(query, (document,)))


Lists = dict[tuple[str, str], list[str]]


def _lists(record: sqlite3.Connection, document: str, noun: str, *tables: tuple[str, str]) -> Lists:
    """The parties and issues of all acts or undertakings of a document, keyed by id and role."""
    found: Lists = {}
    for table, columns in tables:
        query = f"SELECT id, {columns} FROM {noun} JOIN {table} ON {noun} = id WHERE document = ? ORDER BY id, position"
        for id, role, value in record.execute(query, (document,)):
            found.setdefault((id, role), []).append(value)
    return found


def _list(lists: Lists, id: str, role: str) -> tuple[str, ...]:
    return tuple(lists.get((id, role), ()))


def _mention(row: dict[str, Any]) -> Mention:
    codes = row.pop("stands_for")
    return Mention(**row, stands_for=tuple(codes.split("|")) if codes else ())


def _act(row: dict[str, Any], lists: Lists) -> Act:
    trigger = Stretch(row.pop("trigger_start"), row.pop("trigger_end"))
    actors, targets, issues = (_list(lists, row["id"], role) for role in ("actor", "target", "issue"))
    return Act(**row, trigger=trigger, actors=actors, targets=targets, issues=issues)


def _undertaking(row: dict[str, Any], lists: Lists) -> Undertaking:
    by, to, issues = (_list(lists, row["id"], role) for role in ("by", "to", "issue"))
    return Undertaking(**row, by=by, to=to, issues=issues)


def rename_annotations(document: Document, old: str) -> Document:
    """Replace the prefix ``old``, the document's former id, by its present id in the ids of all its annotations."""
    id = document.id

    def new(former: str) -> str:
        return id + former[len(old) :] if former.startswith(old) else former

    return msgspec.structs.replace(
        document,
        acts=tuple(msgspec.structs.replace(one, id=new(one.id), turn=new(one.turn)) for one in document.acts),
        meetings=tuple(msgspec.structs.replace(one, id=new(one.id), turn=new(one.turn)) for one in document.meetings),
        undertakings=tuple(
            msgspec.structs.replace(one, id=new(one.id), turn=new(one.turn), act=new(one.act))
            for one in document.undertakings
        ),
    )
