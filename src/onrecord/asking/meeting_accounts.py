"""Meetings across documents: the accounts of one meeting in several statements, joined.

The meetings in each document are found before (:mod:`onrecord.annotation.meetings`). Two accounts are of the same meeting
when the parties agree, the kinds can mean the same thing ("talks", 会谈, a dialogue), the days touch or are near, and
neither places nor people contradict each other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date, timedelta
from functools import cache
from typing import Any

import msgspec

from onrecord import languages
from onrecord.annotation.meeting_matching import NEAR, compatible_kinds, days_apart
from onrecord.annotation_types import Meeting, MeetingKind, Participant
from onrecord.partial_dates import whole_day
from onrecord.record import Document

#: An account without a day belongs to the nearest meeting of its parties within so many days before the statement, or
#: after it if the meeting is yet to come. Chosen, not tuned: no page says how far an undated account is from its meeting.
UNDATED = 31
#: Two undated accounts are of one meeting if their statements are no more days apart than this.
UNDATED_BOTH = 7

#: A statement gives an account of a meeting up to so many days after it. Those of the labelled pairs are at most four days late.
LATEST = 7


class MeetingAccount(msgspec.Struct, frozen=True, kw_only=True):
    """What one document says of a meeting. ``quote`` is the first place that says it, word for word."""

    document: str
    day: str | None
    issuer: str
    title: str
    language: str
    quote: str
    meeting: Meeting


class JoinedMeeting(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting with all accounts of it, the earliest statement first.

    ``first_day`` and ``last_day`` are those of the account that gives the narrowest dates.
    """

    kind: MeetingKind
    name: str
    parties: tuple[str, ...]
    people: tuple[Participant, ...]
    place: str | None
    place_id: str | None
    first_day: str | None
    last_day: str | None
    invited_by: str | None
    decided_by: tuple[str, ...]
    future: bool
    accounts: tuple[MeetingAccount, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the documents that report it."""
        return tuple(dict.fromkeys(account.document for account in self.accounts))

    @property
    def own_accounts(self) -> list[MeetingAccount]:
        """The accounts by statements of its days or soon after: others announce the meeting, or look back on it in passing."""
        return [account for account in self.accounts if _is_of_its_days(self, account)]

    @property
    def is_told_by_several(self) -> bool:
        """Whether several issuers give an account of it, which can be compared."""
        return not self.future and len({account.issuer for account in self.own_accounts}) > 1


def _is_of_its_days(one: JoinedMeeting, account: MeetingAccount) -> bool:
    """Without days there is nothing to tell by but that an account speaks of what is past."""
    said, first, last = whole_day(account.day), whole_day(one.first_day), whole_day(one.last_day)
    if not said or not first or not last:
        return not account.meeting.future
    return first <= said and (date.fromisoformat(said) - date.fromisoformat(last)).days <= LATEST


def joined_again(
    before: Sequence[JoinedMeeting], documents: Set[str], accounts: Sequence[MeetingAccount]
) -> tuple[JoinedMeeting, ...]:
    """The meetings where ``accounts`` replace those of these documents.

    Accounts are joined only with those of exactly the same parties: other meetings stay as they are.
    """
    parties = {frozenset(one.meeting.parties) for one in accounts}
    parties.update(
        frozenset(joined.parties) for joined in before if any(one.document in documents for one in joined.accounts)
    )
    kept = []
    again = [*accounts]
    for joined in before:
        if frozenset(joined.parties) in parties:
            again += [one for one in joined.accounts if one.document not in documents]
        else:
            kept.append(joined)
    return tuple(sorted([*kept, *join_accounts(again)], key=_meeting_order))


def accounts_of(document: Document) -> Iterator[MeetingAccount]:
    """The accounts of one annotated document."""
    head = document.heading
    for one in document.meetings:
        yield MeetingAccount(
            document=head.id, day=head.date, issuer=head.issuer, title=head.title, language=head.language,
            quote=document.text[one.start : one.end], meeting=one,
        )  # fmt: skip


def stored_accounts(record: sqlite3.Connection, document: str | None = None) -> Iterator[MeetingAccount]:
    """The accounts of a record, or of one of its documents."""
    rows = record.execute(
        "SELECT document.id, day, issuer, title, language, told, "
        "substr(text, json_extract(told, '$.start') + 1, json_extract(told, '$.end') - json_extract(told, '$.start')) AS quote "
        f"FROM meeting JOIN document ON document.id = meeting.document {'WHERE document.id = ?' if document else ''}",
        (document,) if document else (),
    )
    for id, day, issuer, title, language, told, quote in rows:
        yield MeetingAccount(
            document=id, day=day, issuer=issuer, title=title, language=language, quote=quote,
            meeting=msgspec.json.decode(told, type=Meeting),
        )  # fmt: skip


def join_accounts(accounts: Iterable[MeetingAccount]) -> list[JoinedMeeting]:
    """Accounts joined into meetings, by day, whatever their order. Dated accounts are joined first, so that undated ones find
    their meeting."""
    buckets: dict[frozenset[str], list[MeetingAccount]] = {}
    for account in accounts:
        buckets.setdefault(frozenset(account.meeting.parties), []).append(account)
    found = []
    for bucket in buckets.values():
        groups: list[list[MeetingAccount]] = []
        for account in sorted(bucket, key=_joining_order):
            fitting = [group for group in groups if all(_one_meeting(other, account) for other in group)]
            if fitting:
                min(fitting, key=lambda group: _distance(group, account)).append(account)
            else:
                groups.append([account])
        found += [_joined(group) for group in groups]
    return sorted(found, key=_meeting_order)


def _joining_order(one: MeetingAccount) -> tuple[Any, ...]:
    meeting = one.meeting
    return meeting.first_day is None, _width(meeting), one.day or "", one.document, meeting.start, meeting.id


def _meeting_order(one: JoinedMeeting) -> tuple[Any, ...]:
    first = one.accounts[0]
    day = one.first_day or first.day or ""
    return one.first_day is None, day, one.kind, one.parties, first.document, first.meeting.start, first.meeting.id


def _width(meeting: Meeting) -> int:
    """How many days lie between the first and the last day that an account gives."""
    if meeting.first_day is None or meeting.last_day is None:
        return 0
    return (date.fromisoformat(meeting.last_day) - date.fromisoformat(meeting.first_day)).days


def _distance(group: list[MeetingAccount], account: MeetingAccount) -> int:
    """How many days an account is from the accounts of a meeting."""
    days = _days(account.meeting) or _stated(account)
    others = [_days(other.meeting) or _stated(other) for other in group]
    return min((days_apart(days, other) for other in others if days and other), default=9999)


def _days(meeting: Meeting) -> tuple[str, str] | None:
    return (meeting.first_day, meeting.last_day) if meeting.first_day and meeting.last_day else None


def _stated(account: MeetingAccount) -> tuple[str, str] | None:
    """The day of a statement, where it is known to the day, as the first and the last."""
    day = whole_day(account.day)
    return (day, day) if day else None


def _one_meeting(one: MeetingAccount, other: MeetingAccount) -> bool:
    """Whether two accounts can be of the same meeting."""
    mine, others = one.meeting, other.meeting
    if not compatible_kinds(mine.kind, others.kind) or (one.document == other.document and mine.id != others.id):
        return False  # the document itself keeps them apart
    days, other_days = _days(mine), _days(others)
    if days and other_days:
        if days_apart(days, other_days) > NEAR:
            return False
    elif not _undated(one, other):
        return False
    if not same_place(mine, others) or _names_differ(mine, others):
        return False
    for party in mine.parties:
        names = [
            {person.id or person.name for person in meeting.people if person.party == party}
            for meeting in (mine, others)
        ]
        if names[0] and names[1] and not names[0] & names[1] and one.language == other.language:
            return False
    return True


def _undated(one: MeetingAccount, other: MeetingAccount) -> bool:
    """Whether an account without a day can be of a meeting, judged by the days of the statements."""
    mine, others = _stated(one), _stated(other)
    if mine is None or others is None:
        return mine is None and others is None and one.document == other.document
    if _days(one.meeting) is None and _days(other.meeting) is None:
        return days_apart(mine, others) <= UNDATED_BOTH
    dated, undated = (one, other) if _days(one.meeting) else (other, one)
    first, last = _days(dated.meeting) or ("", "")
    stated = date.fromisoformat((others if undated is other else mine)[0])
    near, far = (
        (stated, stated + timedelta(UNDATED))
        if undated.meeting.future
        else (stated - timedelta(UNDATED), stated + timedelta(1))
    )
    return first <= far.isoformat() and near.isoformat() <= last


def _names_differ(one: Meeting, other: Meeting) -> bool:
    """Whether two conferences have names in one script that share only the noun: the ASEAN forum is not the G20 summit."""
    if one.kind != "conference" or other.kind != "conference" or _han(one.name) != _han(other.name):
        return False
    if _han(one.name):
        return len(set(one.name) & set(other.name)) < 0.5 * min(len(set(one.name)), len(set(other.name)))
    mine, others = (set(meeting.name.lower().split()) for meeting in (one, other))
    return not (mine <= others or others <= mine or len(mine & others) > 2)


def _han(name: str) -> bool:
    return any("\u4e00" <= mark <= "\u9fff" for mark in name)


def same_place(one: Meeting, other: Meeting) -> bool:
    """Whether two places can be the same: one is unknown, they are equal, or one is the state of the other. A visit may
    have many places."""
    if one.kind == "visit" or one.place_id is None or other.place_id is None or one.place_id == other.place_id:
        return True
    states = _states()
    mine, others = states.get(one.place_id, {one.place_id}), states.get(other.place_id, {other.place_id})
    return bool(mine & others) and (one.place_id in others or other.place_id in mine)


@cache
def _states() -> dict[str, set[str]]:
    """The states of every place in the tables, by its id."""
    found: dict[str, set[str]] = {}
    for language in languages.with_rules():
        for meanings in language.names.meanings:
            for one in meanings:
                if one.kind == "place" and one.codes:
                    found.setdefault(one.id, set()).update(one.codes)
    return found


def _joined(group: list[MeetingAccount]) -> JoinedMeeting:
    group = sorted(
        group, key=lambda one: (one.day is None, one.day or "", one.document, one.meeting.start, one.meeting.id)
    )
    reported = [account.meeting for account in group]
    kinds = [meeting.kind for meeting in reported]
    called = [meeting.name for meeting in reported if meeting.name != meeting.kind]
    dated = sorted((meeting for meeting in reported if _days(meeting)), key=_width)
    first, last = (dated[0].first_day, dated[0].last_day) if dated else (None, None)
    people: dict[str, Participant] = {}
    for meeting in reported:
        for person in meeting.people:
            known = people.get(person.id or person.name)
            if known is None or (known.office is None and person.office):
                people[person.id or person.name] = person
    placed = next((meeting for meeting in reported if meeting.place and meeting.place_id != meeting.place), None)
    placed = placed or next((meeting for meeting in reported if meeting.place), None)
    return JoinedMeeting(
        kind=max(kinds, key=lambda kind: (kinds.count(kind), kind != "meeting")),
        name=max(called, key=lambda name: (called.count(name), len(name), name)) if called else reported[0].name,
        parties=reported[0].parties,
        people=tuple(people.values()),
        place=placed.place if placed else None,
        place_id=placed.place_id if placed else None,
        first_day=first,
        last_day=last,
        invited_by=next((meeting.invited_by for meeting in reported if meeting.invited_by), None),
        decided_by=next((meeting.decided_by for meeting in reported if meeting.decided_by), ()),
        future=all(meeting.future for meeting in reported),
        accounts=tuple(group),
    )
