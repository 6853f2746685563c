"""Find: the turns that hold some words as a concordance, counted by what can narrow them, and over time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from onrecord.asking import Coverage, Facet, Hit, TurnFilters, facets, find
from onrecord.desk.store import Desk, Row
from onrecord.web.addresses import statement
from onrecord.web.asked import LAST_PAGE, Day, PageNumber, Values, Words
from onrecord.web.page import Entry, Page, Paging, paging
from onrecord.web.title_search import day_asked, statements_by_title, statements_of_day

_SIZE = 20
_TITLED, _OF_DAY = 5, 50
#: Characters shown on either side of a hit.
_LEFT, _RIGHT = 90, 150


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The words, and what turns must be besides holding them. Several values of one name are alternatives."""

    q: Annotated[
        Words, Meta(description='Words, "exact phrases", AND, OR, NOT, NEAR/5, prefix*, ( ), filters: actor:CHN.')
    ] = ""
    issuer: Annotated[Values, Meta(description="Of this issuer.")] = ()
    document_kind: Annotated[Values, Meta(description="In documents of this kind.")] = ()
    kind: Annotated[Values, Meta(description="question, answer, statement or note.")] = ()
    language: Annotated[Values, Meta(description="en, zh …")] = ()
    speaker: Annotated[Values, Meta(description="Of this speaker.")] = ()
    role: Annotated[Values, Meta(description="Of this role: spokesperson, reporter …")] = ()
    outlet: Annotated[Values, Meta(description="Questions of this outlet, by its id.")] = ()
    actor: Annotated[Values, Meta(description="With an act of this party.")] = ()
    target: Annotated[Values, Meta(description="With an act at this party.")] = ()
    act: Annotated[Values, Meta(description="With an act of this type.")] = ()
    issue: Annotated[Values, Meta(description="With an act about this issue or one under it.")] = ()
    year: Annotated[str, Meta(pattern=r"^\d{4}$", description="Of this year.")] | None = None
    since: Day | None = None
    until: Day | None = None
    sort: Annotated[Literal["relevance", "newest", "oldest"], Meta(description="In which order.")] = "relevance"
    page: PageNumber = 1


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A hit as a line of a concordance: the words left of it, itself, those right of it, of one turn.

    ``start`` and ``end`` are code points of the turn's text; ``more`` counts further places in the turn. Without words that were
    asked for, ``hit`` is empty and ``right`` how the turn begins.
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


class FindPage(msgspec.Struct, frozen=True, kw_only=True):
    """The answer: how many turns, the lines of this page, counts by what can narrow them (each turn once for each
    value it has), and by year.

    ``of_day`` are the statements of the day that the query is, ``titled`` the newest of those whose titles have its
    words; both only on the first page of a search that nothing narrows.
    """

    count: int
    of_day: tuple[Row, ...]
    titled: tuple[Row, ...]
    titled_count: int
    lines: tuple[Line, ...]
    facets: dict[str, tuple[Facet, ...]]
    by_year: dict[str, int]
    paging: Paging
    held: Coverage


def finding(desk: Desk, asked: Asked) -> FindPage:
    """The turns found. Raises QueryError."""
    filters = filters_of(asked)
    found = find(desk, asked.q, filters, order=asked.sort, limit=_SIZE, offset=(asked.page - 1) * _SIZE)
    counted = facets(desk, asked.q, filters)
    day = day_asked(asked.q)
    plain = asked.q and asked.page == 1 and filters == TurnFilters() and not day
    titled, titled_count = statements_by_title(desk, asked.q, _TITLED) if plain else ((), 0)
    return FindPage(
        count=found.count,
        of_day=statements_of_day(desk, day, _OF_DAY) if day and asked.page == 1 else (),
        titled=titled,
        titled_count=titled_count,
        lines=tuple(_line(hit) for hit in found.hits),
        facets=counted.fields,
        by_year=counted.by_year,
        paging=paging(asked.page, found.count, _SIZE, LAST_PAGE),
        held=found.held,
    )


def filters_of(asked: Asked) -> TurnFilters:
    """What is asked as the filters of :func:`~onrecord.asking.find`; a year narrows the days."""
    named = {name: getattr(asked, name) for name in TurnFilters.__struct_fields__ if name not in ("since", "until")}
    since, until = asked.since, asked.until
    if asked.year:
        since, until = max(since or "", f"{asked.year}-01-01"), min(until or "9999", f"{asked.year}-12-31")
    return TurnFilters(**named, since=since, until=until)


def _line(hit: Hit) -> Line:
    text = hit.text
    start, end = hit.places[0] if hit.places else (0, 0)
    left = text[max(0, start - _LEFT) : start]
    if start > _LEFT:  # begin with a whole word
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


def _flat(words: str) -> str:
    """The words in one line, spaces at the edges kept."""
    return " ".join(words.split("\n"))


def entries(it: FindPage) -> Iterator[Entry]:
    """A turn an entry."""
    for line in it.lines:
        words = f"{line.left}{line.hit}{line.right}"
        yield Entry(
            id=line.turn, title=line.title, path=statement(line.document, line.turn), updated=line.day or "",
            author=line.speaker or line.outlet or line.issuer, words=words,
        )  # fmt: skip


def rows(it: FindPage) -> Iterator[dict[str, object]]:
    """A year a row: the numbers of the chart."""
    return ({"year": year, "turns": count} for year, count in it.by_year.items())


PAGE = Page(
    path="/find",
    template="find.html",
    summary="Turns that hold some words, as a concordance, counted by issuer, speaker, outlet, year, issue and act",
    asked=Asked,
    answer=finding,
    entries=entries,
    rows=rows,
    slow=True,
    narrow="Ask for rarer words, leave out NEAR, or narrow the search: issuer:cn-mfa since:2021-01-01 until:2021-12-31",
)
