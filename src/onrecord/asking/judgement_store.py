"""Judgements of undertakings by people, stored with name, day and a hash of the words; the software itself judges none."""

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

JudgementStatus = Literal["kept", "partly kept", "not kept", "overtaken", "unclear"]
JUDGEMENT_STATUSES: tuple[JudgementStatus, ...] = ("kept", "partly kept", "not kept", "overtaken", "unclear")


_COLUMNS = ("undertaking", "status", "note", "judge", "day", "digest")


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """A person's judgement of an undertaking. It is ``stale`` where the words have changed since."""

    undertaking: str
    status: str
    note: str
    judge: str
    day: str
    digest: str
    stale: bool = False


def digest_of(words: str) -> str:
    """The SHA-256 of the words with white space folded: it shows whether they are still those that were judged."""
    return sha256(fold(words).encode("utf-8", "surrogatepass")).hexdigest()


def judge(desk: Desk, undertaking: str, status: str, note: str, judge: str, day: str | None = None) -> Judgement:
    """Store a person's judgement of an undertaking. ``day`` is the day of judging, by default today.

    Raises QueryError for an unknown undertaking or status or an empty name, DeskError where the desk is open for reading.
    """
    if status not in JUDGEMENT_STATUSES:
        raise QueryError(
            f"a status is one of {', '.join(JUDGEMENT_STATUSES)}, not {status!r}",
            hint="Put a status of two words in quotation marks",
        )
    if not judge.strip() or not note.strip():
        raise QueryError(
            "a judgement needs a name and a note", hint='--judge "Your Name" --note "why, and where it says so"'
        )
    today = day_of_judging(day)
    writer = desk.writer
    words = _words(desk.record, undertaking)
    if words is None:
        raise QueryError(f"no undertaking {undertaking!r} on this desk", hint="`onrecord ledger` prints the ids")
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


def day_of_judging(day: str | None) -> str:
    """A day as given, by default today. Raises QueryError for what is no day."""
    today = day or datetime.date.today().isoformat()
    try:
        datetime.date.fromisoformat(today)
    except ValueError:
        raise QueryError(f"a day is YYYY-MM-DD, not {today!r}", hint="For example 2021-03-22") from None
    return today


def _words(record: sqlite3.Connection, undertaking: str) -> str | None:
    found = record.execute(
        'SELECT substr(text, start + 1, "end" - start) FROM undertaking JOIN document ON document.id = document '
        "WHERE undertaking.id = ?",
        (undertaking,),
    ).fetchone()
    return None if found is None else str(found[0])


def judgements(record: sqlite3.Connection) -> dict[str, list[Judgement]]:
    """The judgements of each undertaking by its id, oldest first; stale where the words have changed."""
    found: dict[str, list[Judgement]] = {}
    for row in record.execute(
        "SELECT judgement.undertaking, status, note, judge, judgement.day, digest, "
        'substr(document.text, undertaking.start + 1, undertaking."end" - undertaking.start) FROM judgement '
        "JOIN undertaking ON undertaking.id = judgement.undertaking JOIN document ON document.id = undertaking.document "
        "ORDER BY judgement.day, judgement.rowid"
    ):
        *values, words = tuple(row)
        judged = dict(zip(_COLUMNS, values, strict=True))
        stale = digest_of(words) != judged["digest"]
        found.setdefault(judged["undertaking"], []).append(Judgement(**judged, stale=stale))
    return found


def unplaced_judgements(record: sqlite3.Connection) -> list[Judgement]:
    """Judgements of undertakings that the current rules no longer find: they stay stored and are reported."""
    query = (
        "SELECT undertaking, status, note, judge, day, digest FROM judgement "
        "WHERE undertaking NOT IN (SELECT id FROM undertaking) ORDER BY day, rowid"
    )
    return [Judgement(**dict(zip(_COLUMNS, tuple(row), strict=True)), stale=True) for row in record.execute(query)]
