"""Mentions counted: how often a desk names each actor, person, place, mechanism or issue, in how many documents, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, get_args

import msgspec

from onrecord.asking.acts import unannotated
from onrecord.asking.conditions import Told, Where, tables, told
from onrecord.asking.find import Held, held
from onrecord.desk.store import Desk
from onrecord.lexicon.codes import display_name, mention_id, unknown
from onrecord.marks import MentionKind
from onrecord.record import Document

KINDS: tuple[MentionKind, ...] = get_args(MentionKind)


class MentionFilters(Told, frozen=True, kw_only=True):
    """Which mentions. ``id`` is a code, an id or a name; ``kind`` is country, person, issue …; ``turn`` is who names it:
    question, answer, statement, note."""

    id: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    turn: tuple[str, ...] = ()


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """What is named, how often and in how many documents, first and last when."""

    kind: str
    id: str
    name: str
    count: int
    documents: int
    first: str | None
    last: str | None


class Mentions(msgspec.Struct, frozen=True, kw_only=True):
    """The answer: how many mentions in all, each thing named with its count, most first, and what was searched.

    ``left_open`` are the mentions of which the words do not tell whom they name ("we", "the two sides", a bare surname).
    """

    count: int
    left_open: int
    named: tuple[Named, ...]
    held: Held
    unannotated: int

    def frame(self) -> Any:
        """The counts as a polars data frame. Needs polars: ``pip install 'onrecord[tables]'``."""
        import polars

        return polars.DataFrame([msgspec.structs.asdict(one) for one in self.named])


def mentions(desk: Desk, filters: MentionFilters | None = None) -> Mentions:
    """The mentions of a desk that the filters let through, counted by what they name.

    Raises QueryError for a name that is not known, with the nearest that are.
    """
    if filters is None or filters == MentionFilters():
        return desk.remembered("mentions", lambda: _counted(desk, MentionFilters()))
    return _counted(desk, filters)


def _counted(desk: Desk, filters: MentionFilters) -> Mentions:
    found: dict[tuple[str, str], list[Any]] = {}
    left_open = 0
    for kind, id, count, day in by_document(desk, filters):
        if id is None:
            left_open += count
            continue
        held_so_far = found.setdefault((kind, id), [0, 0, day, day])
        held_so_far[0] += count
        held_so_far[1] += 1
        if day is not None:
            held_so_far[2] = min(day, held_so_far[2] or day)
            held_so_far[3] = max(day, held_so_far[3] or day)
    named = [
        Named(kind=kind, id=id, name=display_name(id), count=n, documents=m, first=a, last=b)
        for (kind, id), (n, m, a, b) in found.items()
    ]
    return Mentions(
        count=sum(one.count for one in named) + left_open,
        left_open=left_open,
        named=_sorted(named),
        held=held(desk),
        unannotated=unannotated(desk),
    )


def by_document(desk: Desk, filters: MentionFilters) -> Iterator[tuple[str, str | None, int, str | None]]:
    """Kind and id of what is named, how often in one document, and the document's day. Raises QueryError."""
    where = told(desk, filters)
    ids, kinds = tuple(mention_id(one) for one in filters.id), tuple(_kind(one) for one in filters.kind)
    if filters.turn or filters.speaker or filters.outlet:
        where.one_of("turn.kind", filters.turn)
        where.one_of("mention.id", ids)
        where.one_of("mention.kind", kinds)
        # From the turns to their mentions, which stand in a row of the index; the other way each would look for its turn.
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
    if days is not None and len(days) * 5 < len(desk):  # few documents: each is looked up
        first = "FROM document CROSS JOIN mentioned ON mentioned.document = document.id"
    else:
        where = Where()
    where.one_of("mentioned.id", ids)
    where.one_of("mentioned.kind", kinds)
    query = f"SELECT mentioned.kind, nullif(mentioned.id, ''), mentioned.document, mentioned.count {first} {where}"
    yield from _with_days(desk, query, where, days)


def _with_days(
    desk: Desk, query: str, where: Where, days: dict[str, str | None] | None
) -> Iterator[tuple[str, str | None, int, str | None]]:
    if days is None:
        days = desk.remembered("days of documents", lambda: {one.id: one.day for one in desk.listed()})
    for kind, id, document, count in desk.record.execute(query, where.values):
        if document in days:
            yield kind, id, count, days[document]


def mentions_of(document: Document) -> tuple[Named, ...]:
    """What one annotated document names, in the same form."""
    counts: dict[tuple[str, str], int] = {}
    for mention in document.mentions:
        if mention.id is not None:
            counts[mention.kind, mention.id] = counts.get((mention.kind, mention.id), 0) + 1
    return _sorted(
        Named(
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


def _sorted(named: Iterable[Named]) -> tuple[Named, ...]:
    return tuple(sorted(named, key=lambda one: (-one.count, one.kind, one.id)))


def _kind(words: str) -> str:
    if words.lower() in KINDS:
        return words.lower()
    raise unknown("kind of mention", words, {kind: kind for kind in KINDS}, f"The kinds are {', '.join(KINDS)}")
