"""Acts of a desk: who did what with words, to whom, about what; each with its words and where they stand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from onrecord.asking.conditions import ASKED, Told, Where, codes_of, issues_of, tables, told
from onrecord.asking.find import Held, held
from onrecord.desk.store import Desk
from onrecord.lexicon.codes import act_type
from onrecord.marks import Act, Polarity, Stretch, Time, Voice
from onrecord.record import Document


class ActFilters(Told, frozen=True, kw_only=True):
    """Which acts. Parties and issues are codes or names; an issue includes those under it.

    ``actor`` is who acts, ``target`` whom it is directed at, ``outlet`` whose question it was said in answer to.
    """

    actor: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    issue: tuple[str, ...] = ()
    voice: Voice | None = None
    polarity: Polarity | None = None
    time: Time | None = None
    document: tuple[str, ...] = ()


class FoundAct(msgspec.Struct, frozen=True, kw_only=True):
    """An act with who said it when, and in which words. ``outlet`` is who asked.

    ``start``, ``end``, ``trigger_start`` and ``trigger_end`` are code points of the document's text, of which ``words`` and
    ``trigger`` are the exact characters.
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
    """The answer: how many acts in all, those asked for, what was searched, and how many documents nobody has annotated."""

    count: int
    acts: tuple[FoundAct, ...]
    held: Held
    unannotated: int

    def frame(self) -> Any:
        """The acts as a polars data frame. Needs polars: ``pip install 'onrecord[tables]'``."""
        import polars

        return polars.DataFrame([msgspec.structs.asdict(act) for act in self.acts])


def acts(
    desk: Desk,
    filters: ActFilters | None = None,
    *,
    order: Literal["oldest", "newest"] = "newest",
    limit: int | None = None,
    offset: int = 0,
) -> Acts:
    """The acts of a desk that the filters let through, by day, in the order of the page; ``limit=0`` only counts, and ``offset``
    leaves out so many of the first.

    >>> acts(desk, ActFilters(actor=("China",), type=("oppose",), issue=("taiwan",))).count    # doctest: +SKIP

    Raises QueryError for a name that is not known, with the nearest that are.
    """
    where = act_conditions(desk, filters or ActFilters())
    (count,) = desk.record.execute(f"SELECT count(*) {tables('act', where)} {where}", where.values).fetchone()
    found = () if limit == 0 else tuple(_rows(desk, where, order, limit, offset))
    return Acts(count=count, acts=found, held=held(desk), unannotated=unannotated(desk))


def act_conditions(desk: Desk, filters: ActFilters) -> Where:
    """The conditions of the filters on acts. Raises QueryError."""
    where = told(desk, filters)
    for role, words in (("actor", filters.actor), ("target", filters.target)):
        if words:
            codes = codes_of(words)
            marks = ", ".join("?" * len(codes))
            where.add(f"act.id IN (SELECT act FROM act_party WHERE code IN ({marks}) AND role = '{role}')", *codes)
    if filters.issue:
        issues = issues_of(filters.issue)
        where.add(f"act.id IN (SELECT act FROM act_issue WHERE issue IN ({', '.join('?' * len(issues))}))", *issues)
    where.one_of("act.type", tuple(act_type(one) for one in filters.type))
    for column in ("voice", "polarity", "time"):
        value = getattr(filters, column)
        where.one_of(f"act.{column}", (value,) if value else ())
    where.one_of("act.document", filters.document)
    return where


def unannotated(desk: Desk) -> int:
    """How many documents of the desk nobody has annotated: what they say is in no answer."""
    query = "SELECT (SELECT count(*) FROM document) - (SELECT count(*) FROM annotation)"
    return desk.remembered("unannotated", lambda: int(desk.record.execute(query).fetchone()[0]))


def _rows(desk: Desk, where: Where, order: str, limit: int | None, offset: int) -> Iterator[FoundAct]:
    way = "DESC" if order == "newest" else "ASC"
    by_day = f"document.day IS NULL, document.day {way}, act.document, act.trigger_start"
    query = f"SELECT act.rowid {tables('act', where, by_day)} {where} ORDER BY {by_day} LIMIT ? OFFSET ?"
    rows = [row[0] for row in desk.record.execute(query, [*where.values, -1 if limit is None else limit, offset])]
    columns = (
        f"act.rowid AS row, act.*, document.day, document.issuer, turn.speaker, {ASKED} AS outlet, "
        "substr(document.text, act.trigger_start + 1, act.trigger_end - act.trigger_start) AS trigger, "
        'substr(document.text, act.start + 1, act."end" - act.start) AS words'
    )
    for start in range(0, len(rows), 500):
        some = rows[start : start + 500]
        these = Where()
        these.one_of("act.rowid", tuple(some))
        told = {
            row["row"]: row
            for row in desk.record.execute(f"SELECT {columns} {tables('act', these, columns)} {these}", some)
        }
        lists = _lists(desk.record, [told[row]["id"] for row in some])
        for row in some:
            same: dict[str, Any] = {name: told[row][name] for name in FoundAct.__struct_fields__ if name not in _LISTED}
            same |= {name: tuple(lists.get((same["id"], name), ())) for name in _LISTED}
            yield FoundAct(**same)


_LISTED = ("actors", "targets", "issues")


def _lists(record: sqlite3.Connection, ids: list[str]) -> dict[tuple[str, str], list[str]]:
    """Actors, targets and issues of the acts of these ids."""
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
    """The acts of one document that is annotated and need stand on no desk, in the same form."""
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
