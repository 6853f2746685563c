"""Filters as SQL conditions. Names are resolved to codes and ids; an unknown name is an error that offers the nearest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeVar

import msgspec

from onrecord.asking.same_people import desk_speakers
from onrecord.asking.scope import SearchScope, first_day, last_day
from onrecord.desk.store import Desk
from onrecord.desk.text_entries import ASKING_OUTLET
from onrecord.languages.code_lookup import actor_code, issue_id, unknown, with_children
from onrecord.languages.tags import covered
from onrecord.partial_dates import within_in_sql

_JOINS = {
    "act": (
        ("turn.", "question."),
        "JOIN turn ON turn.id = act.turn",
        "JOIN document ON document.id = act.document",
    ),
    "turn": ((), "", "JOIN document ON document.id = turn.document"),
}
Scope = TypeVar("Scope", bound=SearchScope)


class SqlConditions:
    """The WHERE part of a query with its values, collected one by one."""

    def __init__(self) -> None:
        self.conditions: list[str] = []
        self.values: list[object] = []

    def add(self, condition: str, *values: object) -> None:
        """Add a condition with the values of its question marks."""
        self.conditions.append(condition)
        self.values += values

    def one_of(self, column: str, values: Sequence[object]) -> None:
        """Require that the column has one of these values; no values require nothing."""
        if values:
            self.add(f"{column} IN ({', '.join('?' * len(values))})", *values)

    def __str__(self) -> str:
        return "WHERE " + " AND ".join(self.conditions) if self.conditions else ""


def tables(first: Literal["act", "turn"], where: SqlConditions, *columns: str) -> str:
    """The FROM part: ``first``, joined only with the tables that the conditions and columns use, since each join costs
    a look-up for every row."""
    used = " ".join((*where.conditions, *columns))
    needs, turn, document = _JOINS[first]
    parts = [f"FROM {first}"]
    if any(name in used for name in needs):
        parts.append(turn)
    if "document." in used:
        parts.append(document)
    if "question." in used:
        parts.append("LEFT JOIN turn AS question ON question.id = turn.answers")
    return " ".join(parts)


def scope_conditions(desk: Desk, scope: SearchScope) -> SqlConditions:
    """The conditions of ``scope`` on ``turn``, its ``document`` and the ``question`` it answers.

    Raises QueryError for names that the desk does not have.
    """
    where = SqlConditions()
    where.one_of("document.issuer", desk_values(desk, "issuer", "document", scope.issuer))
    where.one_of("document.language", desk_languages(desk, scope.language))
    where.one_of("turn.speaker", desk_speakers(desk, scope.speaker))
    _asked_by(where, outlet_ids_of(desk, scope.outlet))
    for condition, values in within_in_sql("document.day", first_day(scope.since), last_day(scope.until)):
        where.add(condition, *values)
    return where


def resolved(desk: Desk, scope: Scope) -> Scope:
    """The scope with issuers, languages, speakers and outlets as the desk spells them; a speaker in all scripts.

    Raises QueryError for names that the desk does not have: a search for a misspelt name must not find nothing.
    """
    if not (scope.issuer or scope.language or scope.speaker or scope.outlet):
        return scope
    return msgspec.structs.replace(
        scope,
        issuer=desk_values(desk, "issuer", "document", scope.issuer),
        language=desk_languages(desk, scope.language),
        speaker=desk_speakers(desk, scope.speaker),
        outlet=outlet_ids_of(desk, scope.outlet),
    )


def _asked_by(where: SqlConditions, outlets: tuple[str, ...]) -> None:
    """Require that the turn, or the question it answers, is of one of these outlets."""
    from onrecord.lexicon.outlets import by_id

    if not outlets or not all(by_id(one) for one in outlets):
        where.one_of(ASKING_OUTLET, outlets)  # an outlet without an id has only its printed name, which is not indexed
        return
    marks = ", ".join("?" * len(outlets))
    where.add(
        f"turn.rowid IN (SELECT rowid FROM turn WHERE outlet_id IN ({marks}) UNION ALL SELECT answer.rowid FROM turn AS asked "
        f"CROSS JOIN turn AS answer ON answer.answers = asked.id WHERE asked.outlet_id IN ({marks}))",
        *outlets,
        *outlets,
    )


def check_days(*words: str | None) -> None:
    """Check the days of filters. Raises QueryError for one that is no year, month or day."""
    for one in words:
        first_day(one)


def party_codes(words: tuple[str, ...]) -> tuple[str, ...]:
    """The codes of parties given by code or name. Raises QueryError."""
    return tuple(dict.fromkeys(actor_code(one) for one in words))


def issue_ids(words: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of issues and of those under them. Raises QueryError."""
    return tuple(dict.fromkeys(id for one in words for id in with_children(issue_id(one))))


def desk_values(desk: Desk, column: str, table: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Values of a column as the desk spells them, whatever their case. Raises QueryError for one it does not have."""
    if not words:
        return ()
    known = _known(desk, column, table)
    for one in words:
        if one.casefold() not in known:
            raise unknown(f"{column} of the desk", one, {value: value for value in known.values()})
    return tuple(known[one.casefold()] for one in words)


def is_held(desk: Desk, column: str, table: str, words: str) -> bool:
    """Whether a column of the desk has this value, whatever its case."""
    return words.casefold() in _known(desk, column, table)


def desk_issuer(desk: Desk, words: str | None) -> str | None:
    """An issuer as the desk spells it. None stays None. Raises QueryError for one that it does not have."""
    return next(iter(desk_values(desk, "issuer", "document", (words,) if words else ())), None)


def desk_languages(desk: Desk, words: tuple[str, ...]) -> tuple[str, ...]:
    """The languages of the desk in the ranges asked for: ``zh`` stands for ``zh`` and ``zh-Hant``. Raises QueryError."""
    found = {one: covered_languages(desk, one) for one in words}
    for one, tags in found.items():
        if not tags:
            known = _known(desk, "language", "document").values()
            raise unknown("language of the desk", one, {value: value for value in known})
    return tuple(dict.fromkeys(tag for tags in found.values() for tag in tags))


def covered_languages(desk: Desk, asked: str) -> tuple[str, ...]:
    """The languages of the desk in the range asked for; none where it has no such."""
    return covered(asked, _known(desk, "language", "document").values())


def _known(desk: Desk, column: str, table: str) -> dict[str, str]:
    """The values of a column, by their lower case."""
    query = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL"
    return desk.remembered(
        f"every {column}", lambda: {str(row[0]).casefold(): str(row[0]) for row in desk.record.execute(query)}
    )


def outlet_ids_of(desk: Desk, words: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of outlets, or the printed name where an outlet has no id. Raises QueryError for an unknown outlet."""
    return tuple(_outlet(desk, one) for one in words)


def _outlet(desk: Desk, words: str) -> str:
    from onrecord.lexicon.outlets import by_id, outlet_ids, outlets

    id = words.lower() if by_id(words.lower()) else outlet_ids()(words)
    if id is not None:
        return id
    printed = _known(desk, "outlet", "turn").get(words.casefold())
    if printed is not None:
        return printed
    raise unknown("outlet", words, {outlet.name: outlet.id for outlet in outlets()})
