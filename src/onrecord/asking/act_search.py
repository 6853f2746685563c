"""Search speech acts: who did what by speaking, to whom, on what issue, with the exact words and their place."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from onrecord.annotation_types import Act, Stretch
from onrecord.asking.act_filters import ActFilters, act_conditions
from onrecord.asking.conditions import SqlConditions, tables
from onrecord.asking.search_coverage import Coverage, coverage, unannotated
from onrecord.desk.snapshot import one_state
from onrecord.desk.store import Desk
from onrecord.desk.text_entries import ASKING_OUTLET
from onrecord.record import Document


class FoundAct(msgspec.Struct, frozen=True, kw_only=True):
    """An act with who said it when, and in which words. ``outlet`` is who asked.

    ``start``, ``end``, ``trigger_start`` and ``trigger_end`` are code points of the document's text; ``words`` and
    ``trigger`` are the exact characters between them.
    """

    id: str
    day: str | None
    issuer: str
    document: str
    turn: str
    speaker: str | None
    outlet: str | None
    type: str
    plover: str | None
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    issues: tuple[str, ...]
    polarity: str
    time: str
    voice: str
    hedge: str | None
    trigger: str
    words: str
    start: int
    end: int
    trigger_start: int
    trigger_end: int
    rule: str

    @property
    def act(self) -> Act:
        """The act alone, as a document holds it."""
        same: dict[str, Any] = {name: getattr(self, name) for name in Act.__struct_fields__ if name != "trigger"}
        return Act(**same, trigger=Stretch(self.trigger_start, self.trigger_end))


class Acts(msgspec.Struct, frozen=True, kw_only=True):
    """The answer: the number of all matching acts, those asked for, what was searched (``held``), and how many
    documents have no annotation yet."""

    count: int
    acts: tuple[FoundAct, ...]
    held: Coverage
    unannotated: int

    def frame(self) -> Any:
        """The acts as a polars data frame. Needs polars: ``pip install 'onrecord[tables]'``."""
        import polars

        return polars.DataFrame([msgspec.structs.asdict(act) for act in self.acts])


@one_state
def acts(
    desk: Desk,
    filters: ActFilters | None = None,
    *,
    order: Literal["oldest", "newest"] = "newest",
    limit: int | None = None,
    offset: int = 0,
) -> Acts:
    """The acts of a desk that match the filters, by day and then in the order of the page.

    ``limit=0`` only counts; ``offset`` skips that many.

    >>> acts(desk, ActFilters(actor=("China",), type=("oppose",), issue=("taiwan",))).count    # doctest: +SKIP

    Raises QueryError for an unknown name, with the nearest known ones.
    """
    where = act_conditions(desk, filters or ActFilters())
    (count,) = desk.record.execute(f"SELECT count(*) {tables('act', where)} {where}", where.values).fetchone()
    found = () if limit == 0 else tuple(_rows(desk, where, order, limit, offset))
    return Acts(count=count, acts=found, held=coverage(desk, filters), unannotated=unannotated(desk))


def _rows(desk: Desk, where: SqlConditions, order: str, limit: int | None, offset: int) -> Iterator[FoundAct]:
    way = "DESC" if order == "newest" else "ASC"
    by_day = f"document.day IS NULL, document.day {way}, act.document, act.trigger_start"
    query = f"SELECT act.rowid {tables('act', where, by_day)} {where} ORDER BY {by_day} LIMIT ? OFFSET ?"
    rows = [row[0] for row in desk.record.execute(query, [*where.values, -1 if limit is None else limit, offset])]
    columns = (
        f"act.rowid AS row, act.*, document.day, document.issuer, turn.speaker, {ASKING_OUTLET} AS outlet, "
        "substr(document.text, act.trigger_start + 1, act.trigger_end - act.trigger_start) AS trigger, "
        'substr(document.text, act.start + 1, act."end" - act.start) AS words'
    )
    for start in range(0, len(rows), 500):
        some = rows[start : start + 500]
        these = SqlConditions()
        these.one_of("act.rowid", tuple(some))
        by_row = {
            row["row"]: row
            for row in desk.record.execute(f"SELECT {columns} {tables('act', these, columns)} {these}", some)
        }
        lists = _parties_and_issues(desk.record, [by_row[row]["id"] for row in some])
        for row in some:
            same: dict[str, Any] = {
                name: by_row[row][name] for name in FoundAct.__struct_fields__ if name not in _LISTS
            }
            same |= {name: tuple(lists.get((same["id"], name), ())) for name in _LISTS}
            yield FoundAct(**same)


_LISTS = ("actors", "targets", "issues")


def _parties_and_issues(record: sqlite3.Connection, ids: list[str]) -> dict[tuple[str, str], list[str]]:
    """Actors, targets and issues of the acts with these ids."""
    found: dict[tuple[str, str], list[str]] = {}
    marks = ", ".join("?" * len(ids))
    for query in (
        f"SELECT act, role || 's', code FROM act_party WHERE act IN ({marks}) ORDER BY act, role, position",
        f"SELECT act, 'issues', issue FROM act_issue WHERE act IN ({marks}) ORDER BY act, position",
    ):
        for act, name, value in record.execute(query, ids):
            found.setdefault((act, name), []).append(value)
    return found


def acts_of(document: Document) -> tuple[FoundAct, ...]:
    """The acts of one annotated document, which need not be on a desk, in the same form."""
    turns = {turn.id: turn for turn in document.turns}
    found = []
    for act in document.acts:
        turn = turns[act.turn]
        question = turns.get(turn.answers or "")
        same = {name: getattr(act, name) for name in Act.__struct_fields__ if name != "trigger"}
        found.append(
            FoundAct(
                **same,
                day=document.date,
                issuer=document.issuer,
                document=document.id,
                speaker=turn.speaker,
                outlet=(question.outlet_id or question.outlet) if question else None,
                trigger=document.text[act.trigger.start : act.trigger.end],
                words=document.text[act.start : act.end],
                trigger_start=act.trigger.start,
                trigger_end=act.trigger.end,
            )
        )
    return tuple(found)
