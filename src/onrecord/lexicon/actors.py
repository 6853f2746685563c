"""What the tables of states and organisations answer: the codes of actors, which states are no more, and whose an issuer is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from onrecord.lexicon.tables import ANY, CODE, DAY, MANY, QID, SOME, rows
from onrecord.marks import NO_PARTY

STATES = {
    "id": CODE, "iso2": (r"(?:[A-Z]{2})?", "two capitals, or empty"), "qid": QID,
    "kind": ("state|territory", "state or territory"), "name": SOME, "name_zh": ANY, "aliases": MANY, "demonyms": MANY,
    "metonyms": MANY, "capital": ANY, "capital_zh": ANY, "aliases_zh": MANY, "short_zh": MANY, "metonyms_zh": MANY, "source": ANY,
}  # fmt: skip
ORGANISATIONS = {
    "id": (r"\S+", "a code"), "kind": SOME, "part_of": ANY, "actor": CODE, "name": SOME, "name_zh": ANY, "aliases": MANY,
    "aliases_zh": MANY, "metonyms": MANY, "demonyms": MANY, "qid": QID, "source": ANY,
}  # fmt: skip
_FORMER = {"id": CODE, "since": DAY, "until": DAY, "reason": SOME}
_ISSUERS = {"prefix": (r"[a-z]+", "small letters"), "code": CODE, "reason": SOME}
#: Kinds of organisations that issue statements for themselves; the offices of a state have the state's prefix.
_ISSUING = ("intergovernmental", "un-body", "bank")


class FormerState(NamedTuple):
    """A state that is no more; ``since`` and ``until`` are the first and the last day of it, ISO 8601."""

    id: str
    since: str
    until: str


@cache
def former_states() -> dict[str, FormerState]:
    """The states of ``states.csv`` that are no more, by their code (ISO 3166-3)."""
    return {
        row["id"]: FormerState(row["id"], row["since"], row["until"]) for _, row in rows("former_states.csv", _FORMER)
    }


def existed(code: str, day: str | None) -> bool:
    """Whether a state existed on a day (ISO 8601, or the beginning of one); without a day, whether it exists today.

    >>> existed("SUN", "1985-03-11"), existed("SUN", "2020"), existed("FRA", None)
    (True, False, True)
    """
    former = former_states().get(code)
    if former is None:
        return True
    return day is not None and former.since <= day + "~" and day <= former.until + "~"


def state_rows() -> Iterator[dict[str, str]]:
    """The rows of ``states.csv``: states of today first, then territories, then states that are no more.

    A name that several have, such as a capital, is so found with the one of today first.
    """
    held = [row for _, row in rows("states.csv", STATES)]
    yield from sorted(held, key=lambda row: (row["id"] in former_states(), row["kind"] != "state"))


def organisation_rows() -> Iterator[dict[str, str]]:
    """The rows of ``organisations.csv``."""
    return (row for _, row in rows("organisations.csv", ORGANISATIONS))


@cache
def state_codes() -> frozenset[str]:
    """The codes of all states and territories, those that are no more among them."""
    return frozenset(row["id"] for row in state_rows())


@cache
def actor_codes() -> frozenset[str]:
    """Every code that an actor may have: states, organisations, and those that are neither (the press, companies, a public)."""
    return NO_PARTY.union(state_codes(), (row["actor"] for row in organisation_rows()))


def is_state(code: str) -> bool:
    """Whether a code is a state's or territory's and no organisation's.

    >>> is_state("KEN"), is_state("EAC"), is_state("XKX")
    (True, False, True)
    """
    return code in state_codes()


def issuing_actor(prefix: str, day: str | None = None) -> str | None:
    """The code of the state or organisation whose issuers begin with a prefix (``cn`` in ``cn-mfa``), ``None`` if unknown.

    A prefix is asked for in ``issuers.csv``, then among the two-letter codes of the states of today, then of those that existed
    on ``day``, then among the ids of organisations.

    >>> issuing_actor("au"), issuing_actor("africanunion"), issuing_actor("who"), issuing_actor("un")
    ('AUS', 'AU', 'WHO', 'UN')
    """
    today, former, others = _issuers()
    if prefix in today:
        return today[prefix]
    living = (code for code in former.get(prefix, ()) if existed(code, day))
    return next(living, None) or others.get(prefix)


@cache
def _issuers() -> tuple[dict[str, str], dict[str, list[str]], dict[str, str]]:
    today: dict[str, str] = {}
    former: dict[str, list[str]] = {}
    for row in state_rows():
        prefix = row["iso2"].lower()
        if row["id"] in former_states():
            former.setdefault(prefix, []).append(row["id"])
        elif prefix:
            today[prefix] = row["id"]
    today |= {row["prefix"]: row["code"] for _, row in rows("issuers.csv", _ISSUERS)}
    others = {
        row["id"].lower(): row["actor"]
        for row in organisation_rows()
        if row["kind"] in _ISSUING and row["actor"] not in NO_PARTY
    }
    return today, former, others
