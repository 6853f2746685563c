"""Judgements of links between points of two accounts, stored with name, day and a hash of the words."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from typing import Any

from onrecord.asking.judgement_store import day_of_judging
from onrecord.comparing.judged_links import JudgedLink, JudgedPoint, LinkStatus, digest_of_points
from onrecord.desk.connection import failing_clearly
from onrecord.desk.store import Desk
from onrecord.errors import QueryError

_POINT = re.compile(r"(?P<document>.+)@(?P<start>\d{1,9})-(?P<end>\d{1,9})")
_HINT = "A point is DOCUMENT@START-END, as `onrecord compare --whole` prints it"


def judge_link(
    desk: Desk, one: str, other: str, status: LinkStatus, judge: str, note: str = "", day: str | None = None
) -> JudgedLink:
    """Store a person's judgement that two points say the same (``linked``) or do not (``parted``).

    A point is given as ``DOCUMENT@START-END``, a stretch of the document's text in code points. ``day`` is the day of judging, by
    default today. Raises QueryError for what is no point, points of one document, or an empty name, UnknownDocument, and
    DeskError where the desk is open for reading.
    """
    if status not in ("linked", "parted"):
        raise QueryError(f"two points are linked or parted, not {status!r}", hint="--status linked, or --status parted")
    if not judge.strip():
        raise QueryError("a judgement needs a name", hint='--judge "Your Name"')
    today = day_of_judging(day)
    writer = desk.writer
    first, second = sorted((_point(desk, one), _point(desk, other)), key=lambda point: (point.document, point.start))
    if first.document == second.document:
        raise QueryError("points of two documents are linked or parted", where=first.document, hint=_HINT)
    made = JudgedLink(
        one=first, other=second, status=status, note=note.strip(), judge=judge.strip(), day=today,
        digest=digest_of_points(first.quote, second.quote),
    )  # fmt: skip
    writer.commit()
    with failing_clearly(desk.folder):
        desk.record.execute(
            "INSERT INTO link_judgement (one, one_start, one_end, one_quote, other, other_start, other_end, other_quote, "
            "status, note, judge, day, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                first.document, first.start, first.end, first.quote, second.document, second.start, second.end, second.quote,
                made.status, made.note, made.judge, made.day, made.digest,
            ),
        )  # fmt: skip
    return made


def _point(desk: Desk, name: str) -> JudgedPoint:
    found = _POINT.fullmatch(name.strip())
    if found is None:
        raise QueryError(f"{name[:200]!r} is no point", hint=_HINT)
    document = desk.document(found["document"])
    start, end = int(found["start"]), int(found["end"])
    quote = document.text[start:end]
    if not quote.strip() or end > len(document.text):
        raise QueryError(f"{name!r} has no words", where=document.id, hint=_HINT)
    return JudgedPoint(document=document.id, start=start, end=end, quote=quote)


def link_judgements(record: sqlite3.Connection, documents: Iterable[str]) -> tuple[JudgedLink, ...]:
    """The judgements of links between any two of these documents, oldest first. A desk of an earlier version has none."""
    ids = list(documents)
    if not record.execute("SELECT 1 FROM sqlite_schema WHERE name = 'link_judgement'").fetchone():
        return ()
    marks = ", ".join("?" * len(ids))
    query = (
        "SELECT one, one_start, one_end, one_quote, other, other_start, other_end, other_quote, status, note, judge, day, digest "
        f"FROM link_judgement WHERE one IN ({marks}) AND other IN ({marks}) ORDER BY number"
    )
    return tuple(_read(tuple(row)) for row in record.execute(query, (*ids, *ids)))


def _read(row: tuple[Any, ...]) -> JudgedLink:
    one, other = (
        JudgedPoint(document=some[0], start=some[1], end=some[2], quote=some[3]) for some in (row[:4], row[4:8])
    )
    status, note, judge, day, digest = row[8:]
    return JudgedLink(one=one, other=other, status=status, note=note, judge=judge, day=day, digest=digest)
