"""Mentions counted: how often a desk names each actor, person, place, mechanism or issue, in how many documents, when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, get_args

import msgspec

from onrecord.annotation_types import MentionKind
from onrecord.asking.conditions import SqlConditions, scope_conditions, tables
from onrecord.asking.scope import SearchScope
from onrecord.asking.search_coverage import Coverage, coverage, unannotated
from onrecord.desk.snapshot import one_state
from onrecord.desk.store import Desk
from onrecord.languages.code_lookup import display_name, mention_id, unknown
from onrecord.record import Document

KINDS: tuple[MentionKind, ...] = get_args(MentionKind)


class MentionFilters(SearchScope, frozen=True, kw_only=True):
    """Which mentions. ``id`` is a code, an id or a name; ``kind`` is country, person, issue …; ``turn`` is the kind of turn
    that names it: question, answer, statement or note."""

    id: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    turn: tuple[str, ...] = ()


class MentionCount(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is named: how often, in how many documents, on which first and last day."""

    kind: str
    id: str
    name: str
    count: int
    documents: int
    first: str | None
    last: str | None


class Mentions(msgspec.Struct, frozen=True, kw_only=True):
    """The result: the number of all mentions, what they name, most frequent first, and what was searched (``held``).

    ``left_open`` counts mentions whose words do not say whom they name ("we", "the two sides", a bare surname).
    """

    count: int
    left_open: int
    named: tuple[MentionCount, ...]
    held: Coverage
    unannotated: int

    def frame(self) -> Any:
        """The counts as a polars data frame. Needs polars: ``pip install 'onrecord[tables]'``."""
        import polars

        return polars.DataFrame([msgspec.structs.asdict(one) for one in self.named])


@one_state
def mentions(desk: Desk, filters: MentionFilters | None = None) -> Mentions:
    """The mentions of a desk that match the filters, counted by what they name.

    Raises QueryError for an unknown name, with the nearest known ones.
    """
    if filters is None or filters == MentionFilters():
        return desk.remembered("mentions", lambda: _all_counted(desk))
    return _counted(desk, filters)


def _all_counted(desk: Desk) -> Mentions:
    """All mentions, counted by SQLite: in Python it takes twice as long."""
    query = (
        "SELECT mentioned.kind, mentioned.id, sum(count), count(*), min(day), max(day) "
        "FROM document CROSS JOIN mentioned ON mentioned.document = document.id GROUP BY 1, 2"
    )
    found = {(row[0], row[1]): row[2:] for row in map(tuple, desk.record.execute(query))}
    return _mentions(desk, MentionFilters(), found)


def _counted(desk: Desk, filters: MentionFilters) -> Mentions:
    found: dict[tuple[str, str], list[Any]] = {}
    for kind, id, count, day in counts_by_document(desk, filters):
        counted = found.setdefault((kind, id or ""), [0, 0, day, day])
        counted[0] += count
        counted[1] += 1
        if day is not None:
            counted[2] = min(day, counted[2] or day)
            counted[3] = max(day, counted[3] or day)
    return _mentions(desk, filters, found)


def _mentions(desk: Desk, filters: MentionFilters, found: Mapping[tuple[str, str], Sequence[Any]]) -> Mentions:
    """The result for counts, documents, first and last days by kind and id; an empty id counts what the words leave open."""
    named = [
        MentionCount(kind=kind, id=id, name=display_name(id), count=n, documents=m, first=a, last=b)
        for (kind, id), (n, m, a, b) in found.items()
        if id
    ]
    return Mentions(
        count=sum(counted[0] for counted in found.values()),
        left_open=sum(counted[0] for (_, id), counted in found.items() if not id),
        named=_sorted(named),
        held=coverage(desk, filters),
        unannotated=unannotated(desk),
    )


def counts_by_document(desk: Desk, filters: MentionFilters) -> Iterator[tuple[str, str | None, int, str | None]]:
    """For each document: kind and id of what is named, how often, and the document's day. Raises QueryError."""
    where = scope_conditions(desk, filters)
    ids, kinds = tuple(mention_id(one) for one in filters.id), tuple(_kind(one) for one in filters.kind)
    if filters.turn or filters.speaker or filters.outlet:
        where.one_of("turn.kind", filters.turn)
        where.one_of("mention.id", ids)
        where.one_of("mention.kind", kinds)
        # From turns to mentions, which are next to each other in the index; else each mention would look for its turn.
        inside = 'mention.document = turn.document AND mention.start >= turn.start AND mention.start < turn."end"'
        tables_of = f"{tables('turn', where)} CROSS JOIN mention ON {inside}"
        query = f"SELECT mention.kind, mention.id, mention.document, count(*) {tables_of} {where} GROUP BY 1, 2, 3"
        yield from _with_days(desk, query, where, None)
        return
    days = None
    if where.conditions:
        these = f"SELECT id, day FROM document {where}"
        days = {row[0]: row[1] for row in desk.record.execute(these, where.values)}
    first = "FROM mentioned"
    if days is not None and len(days) * 5 < len(desk):  # few documents: look up each of them
        first = "FROM document CROSS JOIN mentioned ON mentioned.document = document.id"
    else:
        where = SqlConditions()
    where.one_of("mentioned.id", ids)
    where.one_of("mentioned.kind", kinds)
    query = f"SELECT mentioned.kind, nullif(mentioned.id, ''), mentioned.document, mentioned.count {first} {where}"
    yield from _with_days(desk, query, where, days)


def _with_days(
    desk: Desk, query: str, where: SqlConditions, days: dict[str, str | None] | None
) -> Iterator[tuple[str, str | None, int, str | None]]:
    if days is None:
        days = desk.remembered("days of documents", lambda: {one.id: one.day for one in desk.listed()})
    for kind, id, document, count in desk.record.execute(query, where.values):
        if document in days:
            yield kind, id, count, days[document]


def mentions_of(document: Document) -> tuple[MentionCount, ...]:
    """What one annotated document names, in the same form; the document need not be on a desk."""
    counts: dict[tuple[str, str], int] = {}
    for mention in document.mentions:
        if mention.id is not None:
            counts[mention.kind, mention.id] = counts.get((mention.kind, mention.id), 0) + 1
    return _sorted(
        MentionCount(
            kind=kind,
            id=id,
            name=display_name(id),
            count=count,
            documents=1,
            first=document.date,
            last=document.date,
        )
        for (kind, id), count in counts.items()
    )


def _sorted(named: Iterable[MentionCount]) -> tuple[MentionCount, ...]:
    return tuple(sorted(named, key=lambda one: (-one.count, one.kind, one.id)))


def _kind(words: str) -> str:
    if words.lower() in KINDS:
        return words.lower()
    raise unknown("kind of mention", words, {kind: kind for kind in KINDS}, f"The kinds are {', '.join(KINDS)}")
