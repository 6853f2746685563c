"""Which turns hold acts that filters of acts let through, and what those acts do and are about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord.desk.store import Desk
from onrecord.desk.text_index import MARKS, TextIndex
from onrecord.lexicon.codes import act_type, issue_id, with_parents

if TYPE_CHECKING:
    from onrecord.asking.find import Filters

Made = TypeVar("Made")
Rows = NDArray[np.int64]
#: So many answers of a kind are remembered: a reader goes from page to page of one question, and then asks another.
_KEPT = 16


class Acting(msgspec.Struct, frozen=True):
    """The turns, by their row numbers, whose acts are let through; by ``act`` and by ``issue`` those of each value that such
    an act has, an issue with those that it belongs under."""

    turns: Rows
    by: dict[str, dict[str, Rows]]

    def counts(self, rows: Sequence[int] | None = None) -> dict[str, dict[str, int]]:
        """How many of these turns, or of all, fall to each value."""
        if rows is None:
            return {field: {value: len(turns) for value, turns in values.items()} for field, values in self.by.items()}
        among = np.zeros(max(max(rows, default=0), self.turns.max(initial=0)) + 1, bool)
        among[rows] = True
        return {
            field: {value: count for value, turns in values.items() if (count := int(among[turns].sum()))}
            for field, values in self.by.items()
        }


def acting_query(desk: Desk, index: TextIndex, wanted: Filters) -> Any | None:
    """The index's query for the turns whose acts are let through, exactly; None where no act is asked for.

    Raises QueryError.
    """
    asked = [name for name in ("actor", "target", "act", "issue") if getattr(wanted, name)]
    if asked == ["act"]:
        return index.one_of("act", map(act_type, wanted.act))
    if asked == ["issue"]:  # it stands in the index with each turn about what belongs under it
        return index.one_of("issue", map(issue_id, wanted.issue))
    return index.rows(acting(desk, wanted).turns.tolist()) if asked else None


def acting(desk: Desk, wanted: Filters) -> Acting:
    """The turns whose acts are let through, all that have acts where none are asked for. Raises QueryError."""
    key = repr((wanted.actor, wanted.target, wanted.act, wanted.issue))
    return kept(desk, "acting turns", key, lambda: _acting(desk, wanted))


def _acting(desk: Desk, wanted: Filters) -> Acting:
    from onrecord.asking.acts import ActFilters, act_conditions

    where = act_conditions(
        desk, ActFilters(actor=wanted.actor, target=wanted.target, type=wanted.act, issue=wanted.issue)
    )
    query = (
        "SELECT turn.rowid, act.type, act_issue.issue FROM act JOIN turn ON turn.id = act.turn "
        f"LEFT JOIN act_issue ON act_issue.act = act.id {where}"
    )
    found: dict[str, dict[str, set[int]]] = {field: {} for field in MARKS}
    turns: set[int] = set()
    cursor = desk.record.cursor()
    cursor.row_factory = None  # plain tuples: there may be a hundred thousand
    for turn, type, issue in cursor.execute(query, where.values):
        turns.add(turn)
        found["act"].setdefault(type, set()).add(turn)
        if issue is not None:
            found["issue"].setdefault(issue, set()).add(turn)
    found["issue"] = _with_those_above(found["issue"].items())
    return Acting(
        _rows(turns),
        {field: {value: _rows(some) for value, some in values.items()} for field, values in found.items()},
    )


def _rows(some: set[int]) -> Rows:
    return np.fromiter(some, np.int64, len(some))


def _with_those_above(issues: Iterable[tuple[str, set[int]]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for issue, turns in issues:
        for one in with_parents(issue):
            found.setdefault(one, set()).update(turns)
    return found


def kept(desk: Desk, what: str, key: str, make: Callable[[], Made]) -> Made:
    """What was made for a question of this kind, kept for the last few until the record changes."""
    held: dict[str, Made] = desk.remembered(what, dict)
    made = held.get(key)
    if made is None:
        made = make()
        if len(held) >= _KEPT:
            held.clear()
        held[key] = made
    return made
