"""Check the annotations of a document against its words: every span lies in its turn, every id matches its words."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from typing import NamedTuple

import msgspec

from onrecord.annotation_types import Meeting
from onrecord.record import words_digest


class Wrong(NamedTuple):
    """A fault of an annotation: its id, and a description."""

    where: str
    detail: str


#: Documents with rows in a table of annotations but without a row in ``annotation``.
WITHOUT_ANNOTATION = "SELECT document FROM {table} EXCEPT SELECT document FROM annotation"
TABLES = ("mention", "mentioned", "act", "meeting", "undertaking")


def wrong_annotations(record: sqlite3.Connection, id: str, text: str, faulty: Collection[str] = ()) -> Iterator[Wrong]:
    """Yield every fault of a document's annotations. ``record`` must return rows by column name.

    Annotations in ``faulty`` turns are skipped, because the faults of these turns are already reported.
    """
    turns = {
        row["id"]: (row["start"], row["end"])
        for row in record.execute('SELECT id, start, "end" FROM turn WHERE document = ? ORDER BY position', (id,))
    }
    if not faulty:
        yield from _mentions(record, id, text, sorted(turns.values()))
    counted = "SELECT kind, coalesce(id, '') AS id, count(*) FROM mention WHERE document = ?1 GROUP BY 1, 2"
    stored = "SELECT kind, id, count FROM mentioned WHERE document = ?1"
    if record.execute(
        f"SELECT * FROM ({counted} EXCEPT {stored}) UNION ALL SELECT * FROM ({stored} EXCEPT {counted})", (id,)
    ).fetchone():
        yield Wrong(id, "its stored counts of mentions are wrong")
    acts: dict[str, str] = {}
    for row in record.execute("SELECT * FROM act WHERE document = ? ORDER BY rowid", (id,)):
        acts[row["id"]] = row["turn"]
        if row["turn"] in faulty:
            continue
        yield from _act(row, text, turns)
    for row in record.execute("SELECT * FROM undertaking WHERE document = ? ORDER BY rowid", (id,)):
        if row["turn"] not in faulty:
            yield from _within(row["id"], row["turn"], (row["start"], row["end"]), turns)
        if row["act"] not in acts:
            yield Wrong(row["id"], f"refers to the act {row['act']}, which is not in its document")
    for row in record.execute("SELECT * FROM meeting WHERE document = ? ORDER BY rowid", (id,)):
        if not faulty:
            yield from _meeting(row, turns)


def _mentions(record: sqlite3.Connection, id: str, text: str, turns: list[tuple[int, int]]) -> Iterator[Wrong]:
    rows = record.execute('SELECT rowid, name, start, "end" FROM mention WHERE document = ? ORDER BY start', (id,))
    at = 0
    for row in rows:
        start, end = row["start"], row["end"]
        while at < len(turns) and turns[at][1] < end:
            at += 1
        if not start < end or at == len(turns) or start < turns[at][0]:
            yield Wrong(id, f"the mention {row['name']!r} at [{start}, {end}) is in no turn")
        elif text[start:end] != row["name"]:
            yield Wrong(id, f"the mention {row['name']!r}: the text says {text[start:end][:40]!r} at [{start}, {end})")


def _act(row: sqlite3.Row, text: str, turns: dict[str, tuple[int, int]]) -> Iterator[Wrong]:
    span, trigger = (row["start"], row["end"]), (row["trigger_start"], row["trigger_end"])
    wrong = [*_within(row["id"], row["turn"], span, turns), *_within(row["id"], row["turn"], trigger, turns)]
    yield from wrong
    stem, _, digest = row["id"].rpartition("-")
    words = text[slice(*span)] + "\0" + text[slice(*trigger)]
    if not wrong and (stem != f"{row['turn']}:{row['type']}" or digest.partition(".")[0] != words_digest(words, 8)):
        yield Wrong(row["id"], f"the words at [{span[0]}, {span[1]}) do not match its id")


def _meeting(row: sqlite3.Row, turns: dict[str, tuple[int, int]]) -> Iterator[Wrong]:
    try:
        meeting = msgspec.json.decode(row["told"], type=Meeting)
    except msgspec.DecodeError as error:
        yield Wrong(row["id"], f"its JSON cannot be decoded: {error}")
        return
    yield from _within(row["id"], row["turn"], (meeting.start, meeting.end), turns)
    spans = [(one.start, one.end) for one in meeting.spans] + [(one.start, one.end) for one in meeting.people]
    for first, last in spans:
        if not any(start <= first < last <= end for start, end in turns.values()):
            yield Wrong(row["id"], f"[{first}, {last}) is in no turn")


def _within(where: str, turn: str, span: tuple[int, int], turns: dict[str, tuple[int, int]]) -> Iterator[Wrong]:
    if turn not in turns:
        yield Wrong(where, f"refers to the turn {turn}, which is not in its document")
    elif not turns[turn][0] <= span[0] < span[1] <= turns[turn][1]:
        yield Wrong(where, f"[{span[0]}, {span[1]}) is not inside its turn")
