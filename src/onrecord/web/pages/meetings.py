"""Meetings: who met whom, where and when, with every account of the meeting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from onrecord.annotation_types import MeetingKind
from onrecord.asking import Coverage, JoinedMeeting, MeetingFilters, Meetings, coverage, meetings
from onrecord.asking.conditions import check_days, party_codes
from onrecord.asking.options import MEETING_KIND
from onrecord.desk.store import Desk
from onrecord.web.page import Page, Paging, paging
from onrecord.web.parameters import LAST_PAGE, Day, Name, PageNumber, Values, described

_SIZE = 30


class MeetingsParameters(msgspec.Struct, frozen=True, kw_only=True):
    """The filters."""

    between: Values = ()
    kind: Annotated[tuple[MeetingKind, ...], Meta(max_length=5), described(MEETING_KIND)] = ()
    place: Name | None = None
    person: Name | None = None
    since: Day | None = None
    until: Day | None = None
    page: PageNumber = 1


class MeetingsPage(msgspec.Struct, frozen=True, kw_only=True):
    """The meetings of this page, latest first, undated ones last."""

    meetings: tuple[JoinedMeeting, ...]
    between: tuple[str, ...]
    paging: Paging
    held: Coverage


def meetings_page(desk: Desk, params: MeetingsParameters) -> MeetingsPage:
    """Search the meetings. Raises QueryError."""
    between, found = _found(desk, params)
    ordered = _latest_first(found)
    return MeetingsPage(
        meetings=tuple(ordered[(params.page - 1) * _SIZE : params.page * _SIZE]),
        between=between,
        paging=paging(params.page, len(ordered), _SIZE, LAST_PAGE),
        held=coverage(desk),
    )


def _found(desk: Desk, params: MeetingsParameters) -> tuple[tuple[str, ...], tuple[JoinedMeeting, ...]]:
    """The codes of the parties, and the meetings."""
    check_days(params.since, params.until)
    between = party_codes(params.between)
    filters = MeetingFilters(
        between=between,
        kind=params.kind,
        since=params.since,
        until=params.until,
        place=params.place,
        person=params.person,
    )
    return between, meetings(desk, filters).meetings


def _latest_first(found: tuple[JoinedMeeting, ...]) -> list[JoinedMeeting]:
    dated = [one for one in found if one.first_day]
    return [*reversed(dated), *(one for one in found if not one.first_day)]


def rows(answer: MeetingsPage) -> Iterator[dict[str, object]]:
    """A row for each meeting of this page."""
    return Meetings(meetings=answer.meetings, held=answer.held).rows()


def all_rows(desk: Desk, params: MeetingsParameters) -> Iterator[dict[str, object]]:
    """A row for each meeting of all pages."""
    _, found = _found(desk, params)
    return Meetings(meetings=tuple(_latest_first(found)), held=coverage(desk)).rows()


PAGE = Page(
    path="/meetings",
    template="meetings.html",
    summary="Meetings: who met whom, where and when, with all accounts",
    parameters=MeetingsParameters,
    answer=meetings_page,
    rows=rows,
    all_rows=all_rows,
    slow=True,
    narrow="Name two parties, a person or fewer years",
)
