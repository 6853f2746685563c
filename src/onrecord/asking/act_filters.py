"""Filters on acts: as SQL conditions, and as the turns whose acts match, which the text index is then asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord.annotation_types import Polarity, Time, Voice
from onrecord.asking.conditions import SqlConditions, issue_ids, party_codes, scope_conditions
from onrecord.asking.recent_answers import cached_answer
from onrecord.asking.scope import SearchScope
from onrecord.desk.store import Desk
from onrecord.desk.text_entries import ACT_FIELDS
from onrecord.desk.text_index import TextIndex
from onrecord.languages.code_lookup import act_type, issue_id, with_parents

TurnRows = NDArray[np.int64]


class ActFilters(SearchScope, frozen=True, kw_only=True):
    """Which acts. Parties and issues are codes or names; an issue includes those under it.

    ``actor`` is who acts, ``target`` at whom the act is directed, ``outlet`` whose question it was said in answer to.
    """

    actor: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    issue: tuple[str, ...] = ()
    voice: Voice | None = None
    polarity: Polarity | None = None
    time: Time | None = None
    document: tuple[str, ...] = ()


def act_conditions(desk: Desk, filters: ActFilters) -> SqlConditions:
    """The conditions of the filters on acts. Raises QueryError for unknown names."""
    where = scope_conditions(desk, filters)
    for role, words in (("actor", filters.actor), ("target", filters.target)):
        if words:
            codes = party_codes(words)
            marks = ", ".join("?" * len(codes))
            where.add(f"act.id IN (SELECT act FROM act_party WHERE code IN ({marks}) AND role = '{role}')", *codes)
    if filters.issue:
        issues = issue_ids(filters.issue)
        where.add(f"act.id IN (SELECT act FROM act_issue WHERE issue IN ({', '.join('?' * len(issues))}))", *issues)
    where.one_of("act.type", tuple(act_type(one) for one in filters.type))
    for column in ("voice", "polarity", "time"):
        value = getattr(filters, column)
        where.one_of(f"act.{column}", (value,) if value else ())
    where.one_of("act.document", filters.document)
    return where


class ActTurns(msgspec.Struct, frozen=True):
    """The row numbers of the turns whose acts match. ``by`` has them by type of act and by issue, an issue with those
    it belongs under."""

    turns: TurnRows
    by: dict[str, dict[str, TurnRows]]

    def counts(self, rows: Sequence[int] | None = None) -> dict[str, dict[str, int]]:
        """How many of these turns have each value; with ``rows``, how many of the turns in those rows."""
        if rows is None:
            return {field: {value: len(turns) for value, turns in values.items()} for field, values in self.by.items()}
        among = np.zeros(max(max(rows, default=0), self.turns.max(initial=0)) + 1, bool)
        among[rows] = True
        return {
            field: {value: count for value, turns in values.items() if (count := int(among[turns].sum()))}
            for field, values in self.by.items()
        }


def act_index_query(desk: Desk, index: TextIndex, filters: ActFilters) -> Any | None:
    """The index's query for exactly the turns whose acts match; None where the filters ask for no act.

    Raises QueryError.
    """
    used = [name for name in ("actor", "target", "type", "issue") if getattr(filters, name)]
    if used == ["type"]:
        return index.one_of("act", map(act_type, filters.type))
    if used == ["issue"]:  # the index has an issue with every turn about an issue under it
        return index.one_of("issue", map(issue_id, filters.issue))
    return index.rows(turns_with_acts(desk, filters).turns.tolist()) if used else None


def turns_with_acts(desk: Desk, filters: ActFilters) -> ActTurns:
    """The turns whose acts match; without filters all turns that have acts. Raises QueryError."""
    key = repr((filters.actor, filters.target, filters.type, filters.issue))
    return cached_answer(desk, "turns with acts", key, lambda: _turns_with_acts(desk, filters))


def _turns_with_acts(desk: Desk, filters: ActFilters) -> ActTurns:
    where = act_conditions(desk, filters)
    query = (
        "SELECT turn.rowid, act.type, act_issue.issue FROM act JOIN turn ON turn.id = act.turn "
        f"LEFT JOIN act_issue ON act_issue.act = act.id {where}"
    )
    found: dict[str, dict[str, set[int]]] = {field: {} for field in ACT_FIELDS}
    turns: set[int] = set()
    cursor = desk.record.cursor()
    cursor.row_factory = None  # plain tuples: there may be a hundred thousand
    for turn, type, issue in cursor.execute(query, where.values):
        turns.add(turn)
        found["act"].setdefault(type, set()).add(turn)
        if issue is not None:
            found["issue"].setdefault(issue, set()).add(turn)
    found["issue"] = _under_parents(found["issue"].items())
    return ActTurns(
        _rows(turns),
        {field: {value: _rows(some) for value, some in values.items()} for field, values in found.items()},
    )


def _rows(some: set[int]) -> TurnRows:
    return np.fromiter(some, np.int64, len(some))


def _under_parents(issues: Iterable[tuple[str, set[int]]]) -> dict[str, set[int]]:
    """The turns of each issue counted for the issues above it too."""
    found: dict[str, set[int]] = {}
    for issue, turns in issues:
        for one in with_parents(issue):
            found.setdefault(one, set()).update(turns)
    return found
