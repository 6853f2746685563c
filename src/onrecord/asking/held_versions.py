"""Statements that a desk holds in several languages."""

from __future__ import annotations

import msgspec

from onrecord import languages
from onrecord.desk.listing import Listed
from onrecord.desk.snapshot import one_state
from onrecord.desk.store import Desk


class HeldAccount(msgspec.Struct, frozen=True, kw_only=True):
    """A statement on the desk that can be compared with others."""

    id: str
    day: str | None
    issuer: str
    kind: str
    language: str


class ComparableVersions(msgspec.Struct, frozen=True, kw_only=True):
    """A statement that the desk holds in several languages: the only one of its issuer, day and kind in each."""

    day: str
    issuer: str
    kind: str
    documents: tuple[HeldAccount, ...]


@one_state
def comparable_versions(desk: Desk) -> tuple[ComparableVersions, ...]:
    """The statements that the desk holds in several languages, the latest first."""
    by_place: dict[tuple[str, str, str], dict[str, list[Listed]]] = {}
    for one in desk.listed():
        if one.day:
            code = languages.find(one.language).code
            by_place.setdefault((one.day, one.issuer, one.kind), {}).setdefault(code, []).append(one)
    return tuple(
        ComparableVersions(
            day=day,
            issuer=issuer,
            kind=kind,
            documents=tuple(held_account(some[0]) for _, some in sorted(found.items())),
        )
        for (day, issuer, kind), found in sorted(by_place.items(), reverse=True)
        if len(found) > 1 and all(len(some) == 1 for some in found.values())
    )


def held_account(one: Listed) -> HeldAccount:
    """The entry of a document."""
    return HeldAccount(id=one.id, day=one.day, issuer=one.issuer, kind=one.kind, language=one.language)
