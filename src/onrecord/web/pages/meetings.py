"""Meetings: who met whom, where and when, with every account of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from onrecord.asking import Coverage, JoinedMeeting, MeetingFilters, Meetings, coverage, meetings
from onrecord.asking.conditions import check_days, party_codes
from onrecord.desk.store import Desk
from onrecord.marks import MeetingKind
from onrecord.web.asked import LAST_PAGE, Day, PageNumber, Values
from onrecord.web.page import Page, Paging, paging

_SIZE = 30


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Which meetings."""

    between: Annotated[Values, Meta(description="Of all of these parties, by code or name.")] = ()
    kind: Annotated[tuple[MeetingKind, ...], Meta(max_length=5, description="Of this kind.")] = ()
    place: Annotated[str, Meta(max_length=200, description="At this place: an id or words of its name.")] | None = None
    person: Annotated[str, Meta(max_length=200, description="With this person: an id or words of the name.")] | None = (
        None
    )
    since: Day | None = None
    until: Day | None = None
    page: PageNumber = 1


class MeetingsPage(msgspec.Struct, frozen=True, kw_only=True):
    """The meetings of this page, the latest first, those without a day last."""

    meetings: tuple[JoinedMeeting, ...]
    between: tuple[str, ...]
    paging: Paging
    held: Coverage


def met(desk: Desk, asked: Asked) -> MeetingsPage:
    """The meetings asked for. Raises QueryError."""
    between, found = _found(desk, asked)
    ordered = _latest_first(found)
    return MeetingsPage(
        meetings=tuple(ordered[(asked.page - 1) * _SIZE : asked.page * _SIZE]),
        between=between,
        paging=paging(asked.page, len(ordered), _SIZE, LAST_PAGE),
        held=coverage(desk),
    )


def _found(desk: Desk, asked: Asked) -> tuple[tuple[str, ...], tuple[JoinedMeeting, ...]]:
    """The codes of the parties, and the meetings asked for."""
    check_days(asked.since, asked.until)
    between = party_codes(asked.between)
    filters = MeetingFilters(
        between=between, kind=asked.kind, since=asked.since, until=asked.until, place=asked.place, person=asked.person
    )
    return between, meetings(desk, filters).meetings


def _latest_first(found: tuple[JoinedMeeting, ...]) -> list[JoinedMeeting]:
    dated = [one for one in found if one.first_day]
    return [*reversed(dated), *(one for one in found if not one.first_day)]


def rows(it: MeetingsPage) -> Iterator[dict[str, object]]:
    """A meeting a row."""
    return Meetings(meetings=it.meetings, held=it.held).rows()


def all_rows(desk: Desk, asked: Asked) -> Iterator[dict[str, object]]:
    """Every meeting asked for, whatever the page."""
    _, found = _found(desk, asked)
    return Meetings(meetings=tuple(_latest_first(found)), held=coverage(desk)).rows()


PAGE = Page(
    path="/meetings", template="meetings.html", summary="Who met whom, where and when, with all accounts of it", asked=Asked,
    answer=met, rows=rows, all_rows=all_rows, slow=True, narrow="Name two parties, a person or fewer years",
)  # fmt: skip
