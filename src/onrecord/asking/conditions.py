"""What acts, answers and mentions can be narrowed by, and the SQL for it. Names are resolved; unknown ones are errors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

from onrecord.desk.store import Desk
from onrecord.errors import QueryError
from onrecord.lexicon.codes import actor_code, issue_id, unknown, with_children

_JOINS = {
    "act": (
        ("turn.", "question."),
        "JOIN turn ON turn.id = act.turn",
        "JOIN document ON document.id = act.document",
    ),
    "turn": ((), "", "JOIN document ON document.id = turn.document"),
}
#: Whose question a turn is, or answers.
ASKED = "coalesce(question.outlet_id, question.outlet, turn.outlet_id, turn.outlet)"


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Where something is said. Several values of one field are alternatives; fields narrow each other.

    ``outlet`` is whose question it is, or answers: an id or a name. ``since`` and ``until`` are days, YYYY-MM-DD, both
    included; with one of them what is undated is left out.
    """

    issuer: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None


class Where:
    """Conditions of a query with their values, gathered one by one."""

    def __init__(self) -> None:
        self.conditions: list[str] = []
        self.values: list[object] = []

    def add(self, condition: str, *values: object) -> None:
        """A condition, and the values of its question marks."""
        self.conditions.append(condition)
        self.values += values

    def one_of(self, column: str, values: Sequence[object]) -> None:
        """The column has one of these values; without any, anything goes."""
        if values:
            self.add(f"{column} IN ({', '.join('?' * len(values))})", *values)

    def __str__(self) -> str:
        return "WHERE " + " AND ".join(self.conditions) if self.conditions else ""


def tables(first: Literal["act", "turn"], where: Where, *told: str) -> str:
    """``FROM`` the table, with those that the conditions and the columns ``told`` speak of: each costs a look-up a row."""
    spoken = " ".join((*where.conditions, *told))
    needs, turn, document = _JOINS[first]
    parts = [f"FROM {first}"]
    if any(name in spoken for name in needs):
        parts.append(turn)
    if "document." in spoken:
        parts.append(document)
    if "question." in spoken:
        parts.append("LEFT JOIN turn AS question ON question.id = turn.answers")
    return " ".join(parts)


def told(desk: Desk, filters: Told) -> Where:
    """The conditions of ``filters`` on ``turn``, its ``document`` and the ``question`` it answers.

    Raises QueryError for what the desk does not know.
    """
    where = Where()
    where.one_of("document.issuer", on_desk(desk, "issuer", "document", filters.issuer))
    where.one_of("document.language", on_desk(desk, "language", "document", filters.language))
    where.one_of("turn.speaker", on_desk(desk, "speaker", "turn", filters.speaker))
    _asked_by(where, outlets_of(desk, filters.outlet))
    if filters.since is not None:
        where.add("document.day >= ?", day(filters.since))
    if filters.until is not None:
        where.add("document.day <= ?", day(filters.until))
    return where


def _asked_by(where: Where, outlets: tuple[str, ...]) -> None:
    """The turn, or the question it answers, is of one of these outlets."""
    from onrecord.lexicon.outlets import by_id

    if not outlets or not all(by_id(one) for one in outlets):
        where.one_of(ASKED, outlets)  # one without an id is known by its printed name alone, which no index holds
        return
    marks = ", ".join("?" * len(outlets))
    where.add(
        f"turn.rowid IN (SELECT rowid FROM turn WHERE outlet_id IN ({marks}) UNION ALL SELECT answer.rowid FROM turn AS asked "
        f"CROSS JOIN turn AS answer ON answer.answers = asked.id WHERE asked.outlet_id IN ({marks}))",
        *outlets,
        *outlets,
    )


def days(*asked: str | None) -> None:
    """Check days of filters, those that are given. Raises QueryError."""
    for one in asked:
        if one is not None:
            day(one)


def day(words: str) -> str:
    """A day as it is written in filters. Raises QueryError."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", words):
            return date.fromisoformat(words).isoformat()
    except ValueError:  # the fortieth of a month
        pass
    raise QueryError(f"a day is YYYY-MM-DD, not {words!r}", hint="For example 2021-03-22")


def codes_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """The codes of parties. Raises QueryError."""
    return tuple(dict.fromkeys(actor_code(one) for one in words))


def issues_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of issues, with those under them. Raises QueryError."""
    return tuple(dict.fromkeys(id for one in words for id in with_children(issue_id(one))))


def on_desk(desk: Desk, column: str, table: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Values of a column as the desk has them, whatever their case. Raises QueryError for one that it has not."""
    if not words:
        return ()
    query = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL"
    held: dict[str, str] = desk.remembered(
        f"every {column}", lambda: {str(row[0]).casefold(): str(row[0]) for row in desk.record.execute(query)}
    )
    for one in words:
        if one.casefold() not in held:
            raise unknown(f"{column} of the desk", one, {value: value for value in held.values()})
    return tuple(held[one.casefold()] for one in words)


def outlets_of(desk: Desk, words: tuple[str, ...]) -> tuple[str, ...]:
    """Outlets by their ids, where they have one. Raises QueryError for one that neither the tables nor the desk know."""
    return tuple(_outlet(desk, one) for one in words)


def _outlet(desk: Desk, words: str) -> str:
    from onrecord.lexicon.outlets import by_id, outlet_ids, outlets

    id = words.lower() if by_id(words.lower()) else outlet_ids()(words)
    if id is not None:
        return id
    if desk.record.execute("SELECT 1 FROM turn WHERE outlet = ? LIMIT 1", (words,)).fetchone():
        return words
    raise unknown("outlet", words, {outlet.name: outlet.id for outlet in outlets()})
