"""Meetings of a desk or of one document: those that match the filters, each with every account of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from onrecord.asking.conditions import party_codes
from onrecord.asking.meeting_accounts import JoinedMeeting, accounts_of, join_accounts, joined_again, stored_accounts
from onrecord.asking.scope import Filters, first_day, last_day
from onrecord.asking.search_coverage import Coverage, coverage, unannotated
from onrecord.desk.snapshot import one_state
from onrecord.desk.store import Desk
from onrecord.languages.code_lookup import unknown
from onrecord.partial_dates import first_day_of, last_day_of
from onrecord.record import Document


class MeetingFilters(Filters, frozen=True, kw_only=True):
    """Which meetings: ``between`` all of these parties (codes or names), of these kinds, on these days, at a place, with
    a person.

    ``since`` and ``until`` are a year, a month or a day, both included; a meeting without a day is taken by the days of
    the statements. ``place`` and ``person`` are an id, or words that the name contains.
    """

    between: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    place: str | None = None
    person: str | None = None


class Meetings(msgspec.Struct, frozen=True, kw_only=True):
    """The result: the meetings by day, those without a day last, and what was searched (``held``).

    ``unannotated`` documents have no annotation yet, so their meetings are missing.
    """

    meetings: tuple[JoinedMeeting, ...]
    held: Coverage | None
    unannotated: int = 0

    def frame(self) -> Any:
        """The meetings as a polars data frame. Needs polars: ``pip install 'onrecord[tables]'``."""
        import polars

        return polars.DataFrame(list(self.rows()))

    def rows(self) -> Iterator[dict[str, Any]]:
        """A flat row for each meeting, several values separated by ``|``."""
        for one in self.meetings:
            fields = msgspec.structs.asdict(one)
            del fields["accounts"]
            yield fields | {
                "parties": "|".join(one.parties),
                "people": "|".join(person.name for person in one.people),
                "decided_by": "|".join(one.decided_by),
                "accounts": len(one.accounts),
                "documents": "|".join(one.documents),
                "turns": "|".join(dict.fromkeys(account.meeting.turn for account in one.accounts)),
            }


@one_state
def meetings(desk: Desk, filters: MeetingFilters | None = None) -> Meetings:
    """The meetings that the documents of a desk report, each with all accounts of it.

    Raises QueryError for a party or a day that cannot be understood, or a place or person of no meeting.
    """
    wanted = filters or MeetingFilters()
    found: Sequence[JoinedMeeting] = all_meetings(desk)
    if wanted.between:
        by_party = desk.remembered("meetings by party", lambda: _by_party(all_meetings(desk)))
        fewest = min((by_party.get(code, []) for code in party_codes(wanted.between)), key=len)
        found = [found[number] for number in fewest]
    selected = select(found, wanted)
    if not selected:
        _check_names(desk, wanted)
    return Meetings(meetings=selected, held=coverage(desk), unannotated=unannotated(desk))


def _check_names(desk: Desk, wanted: MeetingFilters) -> None:
    """Raise QueryError for a place or a person of no meeting on the desk, with the nearest that are of one."""
    if not (wanted.place or wanted.person):
        return
    told = [account.meeting for one in all_meetings(desk) for account in one.accounts]
    people = {named.name: named.id or named.name for meeting in told for named in meeting.people}
    places = {meeting.place: meeting.place_id or meeting.place for meeting in told if meeting.place}
    for noun, asked, known in (("place", wanted.place, places), ("person", wanted.person, people)):
        name = _name(asked)
        if name and not any(_name_matches(name, one, id) for one, id in known.items()):
            raise unknown(f"{noun} of a meeting", asked or "", known)


#: Raised whenever the same record gives other meetings than before.
_LAYOUT = 2


def all_meetings(desk: Desk) -> tuple[JoinedMeeting, ...]:
    """All meetings of a desk by day; stored, and updated when documents or annotations change."""
    return desk.updated(
        "meetings", tuple[JoinedMeeting, ...], lambda: tuple(join_accounts(stored_accounts(desk.record))),
        lambda before, documents: update_meetings(before, desk.record, documents), layout=_LAYOUT,
    )  # fmt: skip


def update_meetings(
    before: Sequence[JoinedMeeting], record: sqlite3.Connection, documents: Sequence[str]
) -> tuple[JoinedMeeting, ...]:
    """The meetings after these documents were added, changed, removed or annotated again: as made from all accounts."""
    return joined_again(before, {*documents}, [one for id in documents for one in stored_accounts(record, id)])


def _by_party(found: Sequence[JoinedMeeting]) -> dict[str, list[int]]:
    by_party: dict[str, list[int]] = {}
    for number, one in enumerate(found):
        for code in dict.fromkeys(one.parties):
            by_party.setdefault(code, []).append(number)
    return by_party


def meetings_of(document: Document, filters: MeetingFilters | None = None) -> Meetings:
    """The meetings that one annotated document reports; it need not be on a desk."""
    return Meetings(meetings=select(join_accounts(accounts_of(document)), filters or MeetingFilters()), held=None)


def select(gathered: Iterable[JoinedMeeting], wanted: MeetingFilters) -> tuple[JoinedMeeting, ...]:
    """Those that match the filters. Raises QueryError."""
    if wanted == MeetingFilters():
        return tuple(gathered)
    between, place, person = set(party_codes(wanted.between)), _name(wanted.place), _name(wanted.person)
    since, until = first_day(wanted.since), last_day(wanted.until)
    return tuple(
        one
        for one in gathered
        if between <= set(one.parties)
        and (not wanted.kind or one.kind in wanted.kind)
        and ((since is None and until is None) or _within(one, since, until))
        and (
            not place
            or any(_name_matches(place, account.meeting.place, account.meeting.place_id) for account in one.accounts)
        )
        and (
            not person
            or any(
                _name_matches(person, named.name, named.id)
                for account in one.accounts
                for named in account.meeting.people
            )
        )
    )


def _within(one: JoinedMeeting, since: str | None, until: str | None) -> bool:
    """Whether a meeting may have been on these days: by its own days, or else by those of the statements."""
    stated = [account.day for account in one.accounts if account.day]
    first = one.first_day or min(map(first_day_of, stated), default=None)
    last = one.last_day or max(map(last_day_of, stated), default=None)
    return not ((since and (last is None or last < since)) or (until and (first is None or first > until)))


def _name(asked: str | None) -> tuple[str, str] | None:
    """The words of a name as names and as ids spell them."""
    if not asked:
        return None
    words = _folded(asked).strip()
    return words, words.replace(" ", "-")


_folded = lru_cache(maxsize=50_000)(str.casefold)


def _name_matches(asked: tuple[str, str], name: str | None, id: str | None) -> bool:
    return bool(name and asked[0] in _folded(name)) or bool(id and asked[1] == _folded(id))
