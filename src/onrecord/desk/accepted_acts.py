"""Acts proposed by a second reader and accepted by a person: stored with the document's acts under the rule ``proposed``."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import msgspec

from onrecord.annotation.proposing import Proposal, overlapped
from onrecord.annotation_types import Act, Stretch
from onrecord.desk.annotations import read_annotation, write_acts
from onrecord.record import Turn


def act_json(proposal: Proposal, turn: Turn) -> str:
    """Encode the act as stored in the record: offsets relative to its turn, which may move when the page is read again."""
    return msgspec.json.encode(_moved(proposal.act, -turn.start)).decode()


def place_act(stored: Act, quote: str, text: str, turns: Sequence[tuple[str, int, int]]) -> Act | None:
    """Locate a proposed act in the text; ``None`` if its turn is gone or no longer contains the quote.

    ``turns`` are the ids and offsets ``(id, start, end)`` of the document's turns.
    """
    for id, start, end in turns:
        if id == stored.turn:
            act = _moved(stored, start)
            if act.end <= end and text[act.start : act.end] == quote:
                return act
    return None


def write_accepted_acts(record: sqlite3.Connection, document: str) -> int:
    """Add the accepted acts of an annotated document to those found by the rules; return how many were added.

    An act is skipped if its words are gone or if the rules now find it themselves.
    """
    query = "SELECT told, quote FROM proposal WHERE document = ? AND state = 'accepted' ORDER BY rowid"
    accepted = record.execute(query, (document,)).fetchall()
    if not accepted:
        return 0
    annotated = read_annotation(record, document)
    if annotated.annotation is None:
        return 0
    text, turns = text_and_turns(record, document)
    acts = list(annotated.acts)
    added: list[Act] = []
    for encoded, quote in accepted:
        act = place_act(msgspec.json.decode(encoded, type=Act), quote, text, turns)
        if act is not None and not overlapped(act, acts):
            acts.append(act)
            added.append(act)
    write_acts(record, document, added)
    return len(added)


def text_and_turns(record: sqlite3.Connection, document: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The text of a document, and its turns as ``(id, start, end)``."""
    (text,) = record.execute("SELECT text FROM document WHERE id = ?", (document,)).fetchone()
    turns = record.execute('SELECT id, start, "end" FROM turn WHERE document = ?', (document,)).fetchall()
    return text, [(row[0], row[1], row[2]) for row in turns]


def _moved(act: Act, by: int) -> Act:
    trigger = Stretch(act.trigger.start + by, act.trigger.end + by)
    return msgspec.structs.replace(act, start=act.start + by, end=act.end + by, trigger=trigger)
