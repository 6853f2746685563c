"""What people hold of undertakings: kept with name, day and the hash of the words that were judged; the software judges none."""

from __future__ import annotations

import datetime
import sqlite3
from hashlib import sha256
from typing import Literal

import msgspec

from onrecord.desk.connection import failing_clearly
from onrecord.desk.store import Desk
from onrecord.errors import QueryError
from onrecord.record import fold

Verdict = Literal["kept", "partly kept", "not kept", "overtaken", "unclear"]
VERDICTS: tuple[Verdict, ...] = ("kept", "partly kept", "not kept", "overtaken", "unclear")


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What a person holds of an undertaking. ``stale`` where the words are no longer those that were judged."""

    undertaking: str
    status: str
    note: str
    judge: str
    day: str
    digest: str
    stale: bool = False


def digest_of(words: str) -> str:
    """The SHA-256 of the words, runs of white space folded: by it a judgement knows whether they are still the same."""
    return sha256(fold(words).encode("utf-8", "surrogatepass")).hexdigest()


def judge(desk: Desk, undertaking: str, status: str, note: str, judge: str, day: str | None = None) -> Judgement:
    """Keep what a person holds of an undertaking. ``day`` is the day of judging, today where it is left out.

    Raises QueryError for an unknown undertaking or status or an empty name, DeskError where the desk is open for reading.
    """
    if status not in VERDICTS:
        raise QueryError(
            f"a status is one of {', '.join(VERDICTS)}, not {status!r}", hint="Quotation marks hold two words together"
        )
    if not judge.strip() or not note.strip():
        raise QueryError(
            "a judgement has a name and a note", hint='--judge "Your Name" --note "why, and where it says so"'
        )
    today = day or datetime.date.today().isoformat()
    try:
        datetime.date.fromisoformat(today)
    except ValueError:
        raise QueryError(f"a day is YYYY-MM-DD, not {today!r}", hint="2021-03-22") from None
    writer = desk.writer
    words = _words(desk.record, undertaking)
    if words is None:
        raise QueryError(
            f"no undertaking {undertaking!r} on this desk", hint="`onrecord ledger` prints the ids of those it holds"
        )
    made = Judgement(
        undertaking=undertaking,
        status=status,
        note=note.strip(),
        judge=judge.strip(),
        day=today,
        digest=digest_of(words),
    )
    writer.commit()
    with failing_clearly(desk.folder):
        desk.record.execute(
            "INSERT INTO judgement (undertaking, status, note, judge, day, digest) VALUES (?, ?, ?, ?, ?, ?)",
            (made.undertaking, made.status, made.note, made.judge, made.day, made.digest),
        )
    return made


def _words(record: sqlite3.Connection, undertaking: str) -> str | None:
    found = record.execute(
        'SELECT substr(text, start + 1, "end" - start) FROM undertaking JOIN document ON document.id = document '
        "WHERE undertaking.id = ?",
        (undertaking,),
    ).fetchone()
    return None if found is None else str(found[0])


def judgements(record: sqlite3.Connection) -> dict[str, list[Judgement]]:
    """The judgements of undertakings by their ids, oldest first, stale where the words have changed."""
    found: dict[str, list[Judgement]] = {}
    for told in record.execute(
        "SELECT judgement.undertaking, status, note, judge, judgement.day, digest, "
        'substr(document.text, undertaking.start + 1, undertaking."end" - undertaking.start) FROM judgement '
        "JOIN undertaking ON undertaking.id = judgement.undertaking JOIN document ON document.id = undertaking.document "
        "ORDER BY judgement.day, judgement.rowid"
    ):
        *own, words = tuple(told)
        judged = dict(zip(("undertaking", "status", "note", "judge", "day", "digest"), own, strict=True))
        stale = digest_of(words) != judged["digest"]
        found.setdefault(judged["undertaking"], []).append(Judgement(**judged, stale=stale))
    return found


def unplaced(record: sqlite3.Connection) -> list[Judgement]:
    """Judgements whose undertaking is no longer found in the words: they stay, and are told."""
    query = (
        "SELECT undertaking, status, note, judge, day, digest FROM judgement "
        "WHERE undertaking NOT IN (SELECT id FROM undertaking) ORDER BY day, rowid"
    )
    keys = ("undertaking", "status", "note", "judge", "day", "digest")
    return [Judgement(**dict(zip(keys, tuple(told), strict=True)), stale=True) for told in record.execute(query)]
