"""What a desk holds that can be compared: accounts of one meeting by several sides."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from onrecord import languages
from onrecord.annotation_types import MeetingKind
from onrecord.asking.held_versions import HeldAccount, held_account
from onrecord.asking.meeting_accounts import JoinedMeeting
from onrecord.asking.meeting_search import MeetingFilters, all_meetings, meetings
from onrecord.desk.listing import Listed
from onrecord.desk.snapshot import one_state
from onrecord.desk.store import Desk
from onrecord.errors import AmbiguousId, NotComparable, UnknownDocument

#: Kinds of documents that are an account as a whole come before others of their issuer.
_ACCOUNTS = ("readout", "joint-statement")
#: So many candidates are listed where the beginning of an id is that of several meetings.
_MOST = 10


class ComparableMeeting(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting with accounts by several issuers: the statements to compare, and those that are left out because their issuer has
    a better one.

    ``meeting`` is the id by which ``compare --meeting`` names it.
    """

    meeting: str
    kind: MeetingKind
    name: str
    parties: tuple[str, ...]
    first_day: str | None
    last_day: str | None
    documents: tuple[HeldAccount, ...]
    left_out: tuple[str, ...] = ()


@one_state
def comparable_meetings(desk: Desk, filters: MeetingFilters | None = None) -> tuple[ComparableMeeting, ...]:
    """The meetings of which several issuers give an account, the latest first. Raises QueryError."""
    listed = _by_id(desk)
    found = [_comparable(one, listed) for one in meetings(desk, filters).meetings]
    several = [one for one in found if one is not None]
    return tuple(sorted(several, key=lambda one: (one.first_day or "", one.meeting), reverse=True))


@one_state
def accounts_of_meeting(desk: Desk, id: str) -> ComparableMeeting:
    """The accounts of one meeting, by the id of any of its reports or the beginning of one, such as that of a document.

    Raises UnknownDocument for an unknown id, AmbiguousId, and NotComparable where only one issuer gives an account.
    """
    wanted = _named(desk, id)
    listed = _by_id(desk)
    found = [one for one in (_comparable(meeting, listed) for meeting in wanted) if one is not None]
    if not found:
        raise NotComparable(
            f"the desk holds an account of {id!r} by one issuer alone",
            where=", ".join(wanted[0].documents[:3]),
            hint="Add the other side's account, or name two documents",
        )
    if len(found) > 1:
        lines = [f"  {one.meeting}  {one.first_day or 'undated'}  {one.name}" for one in found[:_MOST]]
        raise AmbiguousId(
            f"{len(found):,} meetings have an id that begins with {id!r}. Give more of it:\n" + "\n".join(lines)
        )
    return found[0]


def _named(desk: Desk, id: str) -> list[JoinedMeeting]:
    """The meetings with a report of this id, or with reports whose ids begin so."""
    every = all_meetings(desk)
    for exact in (True, False):
        found = [one for one in every if any(_is_named(report.meeting.id, id, exact) for report in one.accounts)]
        if found:
            return found
    raise UnknownDocument(f"no meeting {id!r}", where=str(desk.folder), hint="`onrecord meetings` prints the ids")


def _is_named(one: str, asked: str, exact: bool) -> bool:
    return one == asked if exact else one.startswith(asked)


def _by_id(desk: Desk) -> dict[str, Listed]:
    return desk.remembered("documents by id", lambda: {one.id: one for one in desk.listed()})


def _comparable(one: JoinedMeeting, listed: dict[str, Listed]) -> ComparableMeeting | None:
    """The accounts of a meeting to compare: of each issuer and kind of document one; None for a single issuer."""
    near = one.own_accounts
    documents = [listed[id] for id in dict.fromkeys(report.document for report in near) if id in listed]
    if not one.is_told_by_several:
        return None
    chosen = _chosen(documents)
    taken = {document.id for document in chosen}
    return ComparableMeeting(
        meeting=next(report.meeting.id for report in near if report.document in taken),
        kind=one.kind,
        name=one.name,
        parties=one.parties,
        first_day=one.first_day,
        last_day=one.last_day,
        documents=tuple(map(held_account, chosen)),
        left_out=tuple(document.id for document in documents if document.id not in taken),
    )


def _chosen(documents: Sequence[Listed]) -> list[Listed]:
    """Of each issuer and kind one document, in the language that most share; whole accounts first."""
    counts: dict[str, int] = {}
    for one in documents:
        counts[_code(one)] = counts.get(_code(one), 0) + 1
    ranked = sorted(documents, key=lambda one: (one.kind not in _ACCOUNTS, -counts[_code(one)], one.day or "9", one.id))
    found: dict[tuple[str, str], Listed] = {}
    for one in ranked:
        found.setdefault((one.issuer, one.kind), one)
    return list(found.values())


def _code(one: Listed) -> str:
    return languages.find(one.language).code
