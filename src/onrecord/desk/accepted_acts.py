"""Acts that a second reader proposed and a person accepted: they stand among their document's, by the rule ``proposed``."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import msgspec

from onrecord.annotation.proposing import Proposal, overlapped
from onrecord.desk.annotations import read_annotation, write_acts
from onrecord.marks import Act, Stretch
from onrecord.record import Turn


def act_json(proposal: Proposal, turn: Turn) -> str:
    """The act as the record keeps it: its places counted from its turn, which may stand elsewhere when it is read again."""
    return msgspec.json.encode(_moved(proposal.act, -turn.start)).decode()


def place_act(told: Act, quote: str, text: str, turns: Sequence[tuple[str, int, int]]) -> Act | None:
    """The act of a proposal at its place in the text, ``None`` where its turn is gone or no longer says the words.

    ``turns`` are ids and places of the document's turns.
    """
    for id, start, end in turns:
        if id == told.turn:
            act = _moved(told, start)
            if act.end <= end and text[act.start : act.end] == quote:
                return act
    return None


def write_accepted_acts(record: sqlite3.Connection, document: str) -> int:
    """Write the accepted acts of a document that is annotated beside those of the rules; how many were put.

    One whose words are gone is left out, and so is one that the rules find themselves by now.
    """
    query = "SELECT told, quote FROM proposal WHERE document = ? AND state = 'accepted' ORDER BY rowid"
    accepted = record.execute(query, (document,)).fetchall()
    if not accepted:
        return 0
    annotated = read_annotation(record, document)
    if annotated.annotation is None:
        return 0
    text, turns = text_and_turns(record, document)
    held = list(annotated.acts)
    put: list[Act] = []
    for told, quote in accepted:
        act = place_act(msgspec.json.decode(told, type=Act), quote, text, turns)
        if act is not None and not overlapped(act, held):
            held.append(act)
            put.append(act)
    write_acts(record, document, put)
    return len(put)


def text_and_turns(record: sqlite3.Connection, document: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The text of a document of the record, and its turns with their places."""
    (text,) = record.execute("SELECT text FROM document WHERE id = ?", (document,)).fetchone()
    turns = record.execute('SELECT id, start, "end" FROM turn WHERE document = ?', (document,)).fetchall()
    return text, [(row[0], row[1], row[2]) for row in turns]


def _moved(act: Act, by: int) -> Act:
    trigger = Stretch(act.trigger.start + by, act.trigger.end + by)
    return msgspec.structs.replace(act, start=act.start + by, end=act.end + by, trigger=trigger)
