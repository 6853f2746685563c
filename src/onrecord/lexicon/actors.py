"""Lookups in the tables of states and organisations: which codes are states, and which actor an issuer belongs to."""

from __future__ import annotations

from functools import cache

from onrecord.annotation_types import NO_PARTY
from onrecord.lexicon.former_states import existed, former_states
from onrecord.lexicon.tables import CODE, SOME, many, rows
from onrecord.lexicon.world import world_rows

_ISSUERS = {"prefix": (r"[a-z]+", "small letters"), "code": CODE, "reason": SOME}
#: Kinds of organisations that issue statements for themselves; the offices of a state have the state's prefix.
_ISSUING = ("intergovernmental", "un-body", "bank")


@cache
def state_codes() -> frozenset[str]:
    """The codes of all states and territories, including former states."""
    return frozenset(row["id"] for row in world_rows("states"))


def is_state(code: str) -> bool:
    """Whether a code is that of a state or territory, not of an organisation.

    >>> is_state("KEN"), is_state("EAC"), is_state("XKX")
    (True, False, True)
    """
    return code in state_codes()


#: Territories whose meetings with their own state are domestic.
_TERRITORIES = {"PRI": "USA", "GUM": "USA", "ASM": "USA", "VIR": "USA", "MNP": "USA", "HKG": "CHN", "MAC": "CHN"}


def sovereign(code: str) -> str:
    """The state that a territory belongs to, if its dealings with that state are domestic; else the code itself.

    >>> sovereign("PRI"), sovereign("KEN")
    ('USA', 'KEN')
    """
    return _TERRITORIES.get(code, code)


def issuing_actor(prefix: str, day: str | None = None) -> str | None:
    """The code of the state or organisation whose issuers begin with a prefix (``cn`` in ``cn-mfa``), ``None`` if unknown.

    Looks up ``issuers.csv``, then the two-letter codes of current states, then of states that existed on ``day``, then the ids
    of organisations.

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
    for row in world_rows("states"):
        prefix = row["iso2"].lower()
        if row["id"] in former_states():
            former.setdefault(prefix, []).append(row["id"])
        elif prefix:
            today[prefix] = row["id"]
    today |= {row["prefix"]: row["code"] for _, row in rows("issuers.csv", _ISSUERS)}
    others = {
        row["id"].lower(): row["actor"]
        for row in world_rows("organisations")
        if row["kind"] in _ISSUING and row["actor"] not in NO_PARTY
    }
    return today, former, others


#: Groups with a list of members that has long stayed the same; Russia was in the Group of Eight.
_MEMBERS = {"G7": ("CAN", "FRA", "DEU", "ITA", "JPN", "GBR", "USA")}


def each_once(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The codes, each party once: informal groups of states as their members, the Group of Seven without its members.

    >>> each_once(("USA", "G7")), each_once(("USA", "JPN")), each_once(("USA", "AUKUS"))
    (('G7',), ('USA', 'JPN'), ('USA', 'AUS', 'GBR'))
    """
    groups = {code: members for code, members in group_members().items() if all(map(is_state, members))}
    found = dict.fromkeys(one for code in codes for one in groups.get(code, (code,)))
    inside = {one for code in found for one in _MEMBERS.get(code, ())}
    return tuple(code for code in found if code not in inside)


@cache
def group_members() -> dict[str, tuple[str, ...]]:
    """The members of the informal groups among the mechanisms, by the code of the group: the Quad, AUKUS.

    >>> group_members()["QUAD"]
    ('AUS', 'IND', 'JPN', 'USA')
    """
    actors = {row["actor"] for row in world_rows("organisations")}
    members = ((row["id"].upper(), many(row["parties"])) for row in world_rows("mechanisms"))
    return {code: parties for code, parties in members if code in actors and len(parties) > 1}
