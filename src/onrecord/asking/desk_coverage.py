"""What a desk holds, by issuer and day: every answer carries it, since an answer is only as good as what was searched."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from onrecord.desk.snapshot import one_state
from onrecord.desk.store import Desk


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """The documents and turns of a desk; for each issuer the number of documents with the first and the last day.

    ``missing`` counts, by issuer, the weekdays between those two days without a document: recesses and holidays, and
    what the desk lacks.
    """

    documents: int
    turns: int
    issuers: dict[str, tuple[int, str | None, str | None]]
    missing: dict[str, int] = {}

    def __str__(self) -> str:
        parts = []
        for issuer, (count, first, last) in self.issuers.items():
            gaps = f", {self.missing[issuer]:,} weekdays between without any" if self.missing.get(issuer) else ""
            parts.append(f"{issuer} {count:,} ({first or 'undated'} to {last or 'undated'}{gaps})")
        return ", ".join(parts) or "nothing"


@one_state
def coverage(desk: Desk) -> Coverage:
    """What the desk holds."""
    return desk.remembered("coverage", lambda: _coverage(desk))


def unannotated(desk: Desk) -> int:
    """How many documents of the desk have no annotation yet: what they say is in no answer about acts or meetings."""
    query = "SELECT (SELECT count(*) FROM document) - (SELECT count(*) FROM annotation)"
    return desk.remembered("unannotated", lambda: int(desk.record.execute(query).fetchone()[0]))


def _coverage(desk: Desk) -> Coverage:
    issuers = {}
    documents = 0
    for issuer, count, first, last in desk.record.execute(
        "SELECT issuer, count(*), min(day), max(day) FROM document GROUP BY issuer ORDER BY issuer"
    ):
        issuers[issuer] = (count, first, last)
        documents += count
    (turns,) = desk.record.execute("SELECT count(*) FROM turn").fetchone()
    missing = {issuer: gaps for issuer in issuers if (gaps := _missing_weekdays(desk, issuer))}
    return Coverage(documents=documents, turns=turns, issuers=issuers, missing=missing)


def _missing_weekdays(desk: Desk, issuer: str) -> int:
    query = "SELECT DISTINCT day FROM document WHERE issuer = ? AND day IS NOT NULL"
    days = {date.fromisoformat(row[0]) for row in desk.record.execute(query, (issuer,))}
    if not days:
        return 0
    between = (min(days) + timedelta(offset) for offset in range((max(days) - min(days)).days))
    return sum(day.weekday() < 5 and day not in days for day in between)
