"""Actors: for each country, organisation, person and outlet what it was asked, said, agreed and declined."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from onrecord import languages
from onrecord.asking import (
    ActFilters,
    AnswerFilters,
    AnswerGroup,
    AnswerRow,
    Coverage,
    FoundAct,
    Hit,
    JoinedMeeting,
    LedgerLine,
    MeetingFilters,
    MentionCount,
    SearchResult,
    TrendPeriod,
    TrendSeries,
    TurnFilters,
    acts,
    answers,
    coverage,
    find,
    ledger,
    meetings,
    mentions,
    trends,
)
from onrecord.asking.conditions import is_held
from onrecord.asking.meeting_search import all_meetings, select
from onrecord.desk.store import Desk
from onrecord.errors import QueryError, UnknownDocument
from onrecord.languages.code_lookup import OTHERS, display_name
from onrecord.lexicon.outlets import outlet_name
from onrecord.lexicon.world import actor_codes, display_names
from onrecord.web.page import NoParameters, Page
from onrecord.web.parameters import Name

_FEW, _SOME, _MANY = 6, 15, 60


class ActorsParameters(msgspec.Struct, frozen=True, kw_only=True):
    """The filter."""

    q: Annotated[Name, Meta(description="Only actors whose name contains this, or whose code is this.")] = ""


class Outlet(msgspec.Struct, frozen=True, kw_only=True):
    """An outlet with the number of its questions on the desk, and the days of the first and the last."""

    id: str
    name: str
    questions: int
    first: str | None
    last: str | None


class ActorsPage(msgspec.Struct, frozen=True, kw_only=True):
    """The actors mentioned most, by kind, and the outlets that ask most."""

    states: tuple[MentionCount, ...]
    organisations: tuple[MentionCount, ...]
    people: tuple[MentionCount, ...]
    outlets: tuple[Outlet, ...]
    held: Coverage


def actors_page(desk: Desk, params: ActorsParameters) -> ActorsPage:
    """List the actors and outlets."""
    named = mentions(desk).named
    words = params.q.casefold()

    def some(*kinds: str) -> tuple[MentionCount, ...]:
        return tuple(
            one for one in named if one.kind in kinds and (words in one.name.casefold() or words == one.id.casefold())
        )[:_MANY]

    asking = desk.remembered("outlets by questions", lambda: _outlets(desk))
    return ActorsPage(
        states=some("country", "territory"),
        organisations=some("organisation"),
        people=some("person"),
        outlets=tuple(one for one in asking if words in one.name.casefold() or words == one.id.casefold())[:_MANY],
        held=coverage(desk),
    )


def _outlets(desk: Desk) -> tuple[Outlet, ...]:
    query = (
        "SELECT coalesce(turn.outlet_id, turn.outlet), count(*), min(document.day), max(document.day) FROM turn "
        "JOIN document ON document.id = turn.document WHERE turn.kind = 'question' AND turn.outlet IS NOT NULL "
        "GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return tuple(
        Outlet(id=id, name=outlet_name(id), questions=count, first=first, last=last)
        for id, count, first, last in desk.record.execute(query)
    )


class ActorPage(msgspec.Struct, frozen=True, kw_only=True):
    """A state, organisation or person: its acts, acts directed at it, its meetings and undertakings.

    ``names`` are its names in other languages, by code. ``acts_by_type`` counts its own acts, ``received_by_type`` the acts
    directed at it; persons have neither. ``says`` are a person's own latest turns.
    """

    id: str
    name: str
    names: dict[str, str]
    kind: str
    named: MentionCount | None
    periods: tuple[TrendPeriod, ...]
    mentions: TrendSeries | None
    acts_by_type: dict[str, int]
    received_by_type: dict[str, int]
    latest_acts: tuple[FoundAct, ...]
    latest_received: tuple[FoundAct, ...]
    meetings: tuple[JoinedMeeting, ...]
    meetings_count: int
    undertakings: tuple[LedgerLine, ...]
    undertakings_count: int
    says: tuple[Hit, ...]
    says_count: int
    held: Coverage


def _meetings_with(desk: Desk, id: str, acting: bool) -> tuple[JoinedMeeting, ...]:
    """The meetings of a party, or of a person; none for somebody who is in no meeting."""
    if acting:
        return meetings(desk, MeetingFilters(between=(id,))).meetings
    return select(all_meetings(desk), MeetingFilters(person=id))  # unlike a search, no error for somebody unknown


def actor_page(desk: Desk, params: NoParameters, id: str) -> ActorPage:
    """The page of an actor, by its code or id. Raises UnknownDocument for an unknown id."""
    if id not in display_names(languages.DEFAULT) and id not in OTHERS:
        raise UnknownDocument(f"no actor {id[:100]!r}", hint="The index of actors lists those that are named")
    name = display_name(id)
    named = next((one for one in mentions(desk).named if one.id == id), None)
    acting = id in actor_codes() or id in OTHERS
    counted = trends(desk, [f'mention:"{id}"'], by="year") if named else None
    own = acts(desk, ActFilters(actor=(id,)), limit=_SOME).acts if acting else ()
    received = acts(desk, ActFilters(target=(id,)), limit=_SOME).acts if acting else ()
    met = _meetings_with(desk, id, acting)
    lines = ledger(desk, between=(id,)).lines if acting else ()
    said = _said(desk, name) if not acting else None
    return ActorPage(
        id=id,
        name=name,
        names=_other_names(id, name),
        kind=named.kind if named else "",
        named=named,
        periods=counted.periods if counted else (),
        mentions=counted.series[0] if counted else None,
        acts_by_type=_by_type(desk, id, "actor") if acting else {},
        received_by_type=_by_type(desk, id, "target") if acting else {},
        latest_acts=own,
        latest_received=received,
        meetings=_latest(met, lambda one: one.first_day)[:_FEW],
        meetings_count=len(met),
        undertakings=_latest(lines, lambda one: one.first.day)[:_FEW],
        undertakings_count=len(lines),
        says=said.hits if said else (),
        says_count=said.count if said else 0,
        held=coverage(desk),
    )


def _latest(found: tuple[Any, ...], day: Any) -> tuple[Any, ...]:
    """The items that have a day, latest first."""
    return tuple(one for one in reversed(found) if day(one))


def _by_type(desk: Desk, code: str, role: str) -> dict[str, int]:
    query = (
        "SELECT act.type, count(*) FROM act_party JOIN act ON act.id = act_party.act "
        "WHERE act_party.code = ? AND act_party.role = ? GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return {row[0]: row[1] for row in desk.record.execute(query, (code, role))}


def _other_names(id: str, name: str) -> dict[str, str]:
    """The names of an actor in the languages of the world tables, where they differ from the English one."""
    named = {language.code: display_name(id, language.code) for language in languages.with_rules()}
    return {code: words for code, words in named.items() if words not in (name, id)}


def _said(desk: Desk, name: str) -> SearchResult | None:
    """The latest turns of the speaker with this name; None if the desk has none."""
    if not is_held(desk, "speaker", "turn", name):
        return None
    return find(desk, "", TurnFilters(speaker=(name,)), order="newest", limit=_FEW)


class OutletPage(msgspec.Struct, frozen=True, kw_only=True):
    """An outlet: how it was answered, which issues it asked about, and its latest questions."""

    id: str
    name: str
    questions: int
    answers: AnswerGroup | None
    types: tuple[str, ...]
    issues: tuple[AnswerGroup, ...]
    latest: tuple[Hit, ...]
    not_answered: tuple[AnswerRow, ...]
    by_year: dict[str, int]
    held: Coverage


def outlet_page(desk: Desk, params: NoParameters, id: str) -> OutletPage:
    """The page of an outlet, by its id or name as printed. Raises UnknownDocument."""
    from onrecord.asking import facets

    wanted = TurnFilters(outlet=(id,), kind=("question",))
    unasked = UnknownDocument(f"no question of an outlet {id[:100]!r}", hint="The index of actors lists those that ask")
    try:
        found = find(desk, "", wanted, order="newest", limit=_SOME)
    except QueryError as error:  # not the name of any outlet
        raise unasked from error
    if not found.count:
        raise unasked
    given = answers(desk, AnswerFilters(outlet=(id,)), by="outlet", limit=_FEW)
    issues = answers(desk, AnswerFilters(outlet=(id,)), by="issue", limit=0)
    group = given.groups[0] if given.groups else None
    return OutletPage(
        id=id,
        name=outlet_name(id),
        questions=found.count,
        answers=group,
        types=tuple(type for type, count in group.counts.items() if count) if group else (),
        issues=tuple(one for one in issues.groups if one.key)[:_SOME],
        latest=found.hits,
        not_answered=given.rows,
        by_year=facets(desk, "", wanted).by_year,
        held=found.held,
    )


INDEX = Page(
    path="/actors",
    template="actors.html",
    summary="The actors mentioned most, and the outlets that ask most",
    parameters=ActorsParameters,
    answer=actors_page,
    slow=True,
)
PAGE = Page(
    path="/actors/{id}",
    template="actor.html",
    summary="A state, organisation or person: mentions, acts, undertakings, meetings",
    parameters=NoParameters,
    answer=actor_page,
    slow=True,
)
OUTLET = Page(
    path="/outlets/{id:path}",
    template="outlet.html",
    summary="An outlet: its questions and how they were answered",
    parameters=NoParameters,
    answer=outlet_page,
    slow=True,
)
