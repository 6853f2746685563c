"""Full-text search: matching turns as a concordance (KWIC), with facet counts and counts by year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from onrecord.asking import Coverage, EarlierHit, Facet, Hit, TurnFilters, facets, find
from onrecord.asking.options import TURN_KIND
from onrecord.desk.listing import Row
from onrecord.desk.store import Desk
from onrecord.web.addresses import statement_url
from onrecord.web.page import Entry, Page, Paging, paging
from onrecord.web.parameters import LAST_PAGE, Day, PageNumber, Values, Words, described
from onrecord.web.title_search import query_day, statements_by_title, statements_of_day

_SIZE = 20
_TITLED, _OF_DAY = 5, 50
#: Characters of context left and right of a hit.
_LEFT, _RIGHT = 90, 150


class FindParameters(msgspec.Struct, frozen=True, kw_only=True):
    """The query and filters. Several values of one parameter are alternatives."""

    q: Annotated[
        Words, Meta(description='Words, "exact phrases", AND, OR, NOT, NEAR/5, prefix*, ( ), filters: actor:CHN.')
    ] = ""
    issuer: Values = ()
    document_kind: Values = ()
    kind: Annotated[Values, described(TURN_KIND)] = ()
    language: Values = ()
    speaker: Values = ()
    role: Values = ()
    outlet: Values = ()
    actor: Values = ()
    target: Values = ()
    act: Values = ()
    issue: Values = ()
    year: Annotated[str, Meta(pattern=r"^\d{4}$", description="Only from this year.")] | None = None
    since: Day | None = None
    until: Day | None = None
    sort: Annotated[Literal["relevance", "newest", "oldest"], Meta(description="Order of the turns.")] = "relevance"
    page: PageNumber = 1


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the concordance: the first hit in a turn with its left and right context.

    ``start`` and ``end`` are offsets in the turn's text in code points; ``more`` is the number of further hits in the turn. For
    a query without words, ``hit`` is empty and ``right`` is the beginning of the turn.
    """

    turn: str
    document: str
    day: str | None
    issuer: str
    title: str
    kind: str
    speaker: str | None
    outlet: str | None
    left: str
    hit: str
    right: str
    start: int
    end: int
    more: int


class EarlierLine(Line, frozen=True, kw_only=True):
    """A line of a turn that its document had in an earlier version and has no longer, last seen at the time ``until``."""

    version: int
    until: str


class FindPage(msgspec.Struct, frozen=True, kw_only=True):
    """The number of turns found, the lines of this page, facet counts (a turn counts once for each of its values), and
    counts by year.

    ``earlier`` are the first of the ``earlier_count`` turns that documents had in earlier versions and have no longer.

    If the query is a date, ``of_day`` are the statements of that day. ``titled`` are the newest statements whose titles
    contain the query's words. Both are only on the first page, ``titled`` only of a search without filters.
    """

    count: int
    of_day: tuple[Row, ...]
    titled: tuple[Row, ...]
    titled_count: int
    lines: tuple[Line, ...]
    earlier_count: int
    earlier: tuple[EarlierLine, ...]
    facets: dict[str, tuple[Facet, ...]]
    by_year: dict[str, int]
    paging: Paging
    held: Coverage


def find_page(desk: Desk, params: FindParameters) -> FindPage:
    """Search the desk. Raises QueryError."""
    filters = filters_of(params)
    found = find(desk, params.q, filters, order=params.sort, limit=_SIZE, offset=(params.page - 1) * _SIZE)
    counted = facets(desk, params.q, filters)
    day = query_day(params.q)
    plain = params.q and params.page == 1 and filters == TurnFilters() and not day
    titled, titled_count = statements_by_title(desk, params.q, _TITLED) if plain else ((), 0)
    return FindPage(
        count=found.count,
        of_day=statements_of_day(desk, day, _OF_DAY) if day and params.page == 1 else (),
        titled=titled,
        titled_count=titled_count,
        lines=tuple(_line(hit) for hit in found.hits),
        earlier_count=found.earlier_count,
        earlier=tuple(_earlier_line(hit) for hit in found.earlier) if params.page == 1 else (),
        facets=counted.fields,
        by_year=counted.by_year,
        paging=paging(params.page, found.count, _SIZE, LAST_PAGE),
        held=found.held,
    )


def filters_of(params: FindParameters) -> TurnFilters:
    """The filters for :func:`~onrecord.asking.find`; ``year`` narrows ``since`` and ``until``."""
    named = {name: getattr(params, name) for name in TurnFilters.__struct_fields__ if name not in ("since", "until")}
    since, until = params.since, params.until
    if params.year:
        since, until = max(since or "", f"{params.year}-01-01"), min(until or "9999", f"{params.year}-12-31")
    return TurnFilters(**named, since=since, until=until)


def _line(hit: Hit) -> Line:
    text = hit.text
    start, end = hit.places[0] if hit.places else (0, 0)
    left = text[max(0, start - _LEFT) : start]
    if start > _LEFT:  # begin at a word boundary
        left = left[left.find(" ") + 1 :] if " " in left else left
    right = text[end : end + _RIGHT]
    if end + _RIGHT < len(text):
        right = right[: right.rfind(" ")] if " " in right else right
    same = {
        name: getattr(hit, name) for name in ("turn", "document", "day", "issuer", "title", "kind", "speaker", "outlet")
    }
    return Line(
        **same,
        left=_flat(left),
        hit=_flat(text[start:end]),
        right=_flat(right),
        start=start,
        end=end,
        more=max(0, len(hit.places) - 1),
    )


def _earlier_line(hit: EarlierHit) -> EarlierLine:
    return EarlierLine(**msgspec.structs.asdict(_line(hit)), version=hit.version, until=hit.until)


def _flat(words: str) -> str:
    """The words in one line, with the spaces at the edges."""
    return " ".join(words.split("\n"))


def entries(answer: FindPage) -> Iterator[Entry]:
    """A feed entry for each turn."""
    for line in answer.lines:
        words = f"{line.left}{line.hit}{line.right}"
        yield Entry(
            id=line.turn, title=line.title, path=statement_url(line.document, line.turn), updated=line.day or "",
            author=line.speaker or line.outlet or line.issuer, words=words,
        )  # fmt: skip


def rows(answer: FindPage) -> Iterator[dict[str, object]]:
    """A row for each year: the numbers of the chart."""
    return ({"year": year, "turns": count} for year, count in answer.by_year.items())


PAGE = Page(
    path="/find",
    template="find.html",
    summary="Search turns: a concordance, with counts by issuer, speaker, outlet, year, issue and act",
    parameters=FindParameters,
    answer=find_page,
    entries=entries,
    rows=rows,
    slow=True,
    narrow="Search for rarer words, leave out NEAR, or narrow the search: issuer:cn-mfa since:2021-01-01 until:2021-12-31",
)
