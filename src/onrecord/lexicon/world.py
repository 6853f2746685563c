"""World knowledge: states, organisations, people, offices, places, issues and mechanisms, with their names in several languages.

The tables are ``states.csv``, ``organisations.csv``, ``people.csv``, ``offices.csv``, ``places.csv``, ``mechanisms.csv`` and
``issues.csv``. Each usual name is a value of a cell, so a new name is one word in a table; :mod:`onrecord.languages` maps
columns to languages.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from onrecord.annotation_types import NO_PARTY
from onrecord.lexicon.former_states import former_states
from onrecord.lexicon.tables import ANY, CODE, CODES, DAY, MANY, QID, SLUG, SOME, rows

_STATES = {
    "id": CODE, "iso2": (r"(?:[A-Z]{2})?", "two capitals, or empty"), "qid": QID,
    "kind": ("state|territory", "state or territory"), "name": SOME, "name_zh": ANY, "aliases": MANY, "demonyms": MANY,
    "metonyms": MANY, "capital": ANY, "capital_zh": ANY, "aliases_zh": MANY, "short_zh": MANY, "metonyms_zh": MANY, "source": ANY,
}  # fmt: skip
_ORGANISATIONS = {
    "id": (r"\S+", "a code"), "kind": SOME, "part_of": ANY, "actor": CODE, "name": SOME, "name_zh": ANY, "aliases": MANY,
    "aliases_zh": MANY, "metonyms": MANY, "demonyms": MANY, "qid": QID, "source": ANY,
}  # fmt: skip
_PLACES = {
    "id": (r"\S+", "a code"), "kind": SOME, "name": SOME, "name_zh": ANY, "aliases": MANY, "aliases_zh": MANY, "state": ANY,
    "actor": ANY, "qid": QID, "source": ANY,
}  # fmt: skip
_PEOPLE = {
    "id": SLUG, "name": SOME, "name_zh": ANY, "aliases": MANY, "surname": ANY, "aliases_zh": MANY, "state": CODE,
    "office": SLUG, "from": DAY, "to": DAY, "qid": QID, "source": ANY,
}  # fmt: skip
_OFFICES = {
    "id": SLUG, "kind": SOME, "name": SOME, "aliases": MANY, "name_zh": ANY, "aliases_zh": MANY,
    "belongs_to": (r"[A-Z-]*", "a code, or empty"), "source": ANY,
}  # fmt: skip
_ISSUES = {
    "id": SLUG, "parent": ANY, "name": SOME, "name_zh": ANY, "words": MANY, "words_zh": MANY, "source": ANY,
}  # fmt: skip
_MECHANISMS = {
    "id": SLUG, "kind": SOME, "name": SOME, "name_zh": ANY, "aliases": MANY, "aliases_zh": MANY, "parties": CODES,
    "source": ANY,
}  # fmt: skip
_TABLES = {
    "states": _STATES, "organisations": _ORGANISATIONS, "places": _PLACES, "people": _PEOPLE, "offices": _OFFICES,
    "issues": _ISSUES, "mechanisms": _MECHANISMS,
}  # fmt: skip


class Holding(NamedTuple):
    """An office held by a person: ``since`` and ``until`` are ISO 8601 days, months or years; empty if open."""

    person: str
    name: str
    name_zh: str
    state: str
    office: str
    since: str
    until: str


def world_rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of a table: ``states``, ``organisations``, ``places``, ``people``, ``offices``, ``issues`` or ``mechanisms``.

    Current states come first, then territories, then former states, so that a shared name, such as that of a capital, is
    resolved to the current state first.

    Raises :class:`~onrecord.errors.LexiconError` naming an invalid row.
    """
    held = (row for _, row in rows(f"{table}.csv", _TABLES[table]))
    if table == "states":
        return iter(sorted(held, key=lambda row: (row["id"] in former_states(), row["kind"] != "state")))
    return held


def held_on(held: Holding, day: str | None) -> bool:
    """Whether an office was held on a day in ISO 8601; not on an unknown day."""
    return day is not None and (not held.since or held.since <= day) and (not held.until or day <= held.until + "~")


@cache
def holdings() -> dict[str, tuple[Holding, ...]]:
    """The offices of each person by the person's id, in the order of the table."""
    found: dict[str, list[Holding]] = {}
    for row in world_rows("people"):
        found.setdefault(row["id"], []).append(
            Holding(row["id"], row["name"], row["name_zh"], row["state"], row["office"], row["from"], row["to"])
        )
    return {person: tuple(held) for person, held in found.items()}


@cache
def display_names(language: str) -> dict[str, str]:
    """The display name of every code and id in a language, in English if the tables have none in it."""
    column = f"name_{language}"
    found: dict[str, str] = {}
    for table, forms in _TABLES.items():
        own = column if column in forms else "name"
        for row in world_rows(table):
            found.setdefault(row["id"], row[own] or row["name"])
    return found


@cache
def actor_codes() -> frozenset[str]:
    """All codes of actors."""
    organisations = (row["actor"] for row in world_rows("organisations"))
    return NO_PARTY.union((row["id"] for row in world_rows("states")), organisations)


@cache
def issue_parents() -> dict[str, str]:
    """The parent of each issue that has one."""
    return {row["id"]: row["parent"] for row in world_rows("issues") if row["parent"]}
