"""Find turns by words, phrases and filters, counted exactly, with the places of the words in each turn."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import msgspec

from onrecord.asking.act_filters import ActFilters, act_index_query
from onrecord.asking.conditions import resolved
from onrecord.asking.index_query import needs_texts, tree_query
from onrecord.asking.options import DOCUMENT_KIND, ROLE, TURN_KIND
from onrecord.asking.query import Either, Node, parse, split_filters
from onrecord.asking.recent_answers import cached_answer
from onrecord.asking.scope import SearchScope, first_day, last_day
from onrecord.asking.search_coverage import Coverage, coverage
from onrecord.asking.text_match import PlacedWords, matches, pattern_of, spans
from onrecord.desk.snapshot import one_state
from onrecord.desk.store import Desk
from onrecord.desk.text_entries import date_of_number
from onrecord.desk.text_index import TextIndex, counts, open_earlier_index, open_index
from onrecord.errors import QueryError
from onrecord.partial_dates import Precision, period_of

Order = Literal["relevance", "newest", "oldest"]


class TurnFilters(SearchScope, frozen=True, kw_only=True):
    """What a turn must be besides containing the words. Several values of one field are alternatives.

    ``kind`` is the kind of turn. ``actor``, ``target``, ``act`` and ``issue`` require an act of this party, directed at
    that one, of this type, about that issue: all of one and the same act.
    """

    document_kind: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    issue: tuple[str, ...] = ()

    @property
    def acts(self) -> ActFilters:
        """The filters on acts alone."""
        return ActFilters(actor=self.actor, target=self.target, type=self.act, issue=self.issue)


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A turn that was found. ``places`` are where the words stand, ``[start, end)`` in ``text``."""

    turn: str
    document: str
    day: str | None
    issuer: str
    title: str
    kind: str
    speaker: str | None
    outlet: str | None
    text: str
    places: tuple[tuple[int, int], ...]


class EarlierHit(Hit, frozen=True, kw_only=True):
    """A turn that was found in an earlier version of its document, which does not say so any more.

    ``version`` is the last one that had it, ``until`` when that was last seen.
    """

    version: int
    until: str


class SearchResult(msgspec.Struct, frozen=True, kw_only=True):
    """The answer: the number of all matching turns, the hits asked for, and what was searched (``held``).

    ``earlier_count`` is how many more match that their documents had in an earlier version and have no longer; ``earlier`` are
    the first of them.
    """

    query: str
    count: int
    hits: tuple[Hit, ...]
    held: Coverage
    earlier_count: int = 0
    earlier: tuple[EarlierHit, ...] = ()

    def frame(self) -> Any:
        """The hits as a polars data frame. Needs polars: ``pip install 'onrecord[tables]'``."""
        import polars

        rows = [
            {key: value for key, value in msgspec.structs.asdict(hit).items() if key != "places"} for hit in self.hits
        ]
        return polars.DataFrame(rows)


@one_state
def find(
    desk: Desk,
    query: str = "",
    filters: TurnFilters | None = None,
    *,
    order: Order = "relevance",
    limit: int | None = 20,
    offset: int = 0,
    across: bool = False,
    pattern: str | None = None,
    both_scripts: bool = False,
) -> SearchResult:
    """The turns of a desk that match ``query`` (see :mod:`onrecord.asking.query`) and the filters.

    ``across`` lets phrases run over punctuation; ``both_scripts`` finds simplified and traditional characters alike.
    ``pattern`` is a regular expression that the text must match too. The count is exact. ``limit=0`` only counts, and
    ``limit=None`` returns all; ``offset`` skips that many. Filters may stand in the query too:
    ``sanctions actor:USA act:accuse``.

    Raises QueryError.
    """
    asked = resolve_query(desk, query, filters, across=across, pattern=pattern, both_scripts=both_scripts)
    by_day = None if order == "relevance" else order
    index = text_index(desk)
    most = max(1, index.searcher().num_docs) if limit is None else offset + limit if limit else 0
    count, rows = index.search(asked.exact, limit=most, by_day=by_day)
    hits = tuple(_hits(desk, rows[offset:], asked.tree, across, asked.expression))
    held = coverage(desk, scope_of(asked.filters), kinds=asked.filters.document_kind, words=asked.words)
    earlier_count, earlier = _earlier(desk, asked, across, limit)
    return SearchResult(
        query=query, count=count, hits=hits, held=held, earlier_count=earlier_count, earlier=tuple(earlier)
    )


def scope_of(filters: TurnFilters) -> SearchScope:
    """The part of the filters that selects documents: issuers, languages and days."""
    return SearchScope(issuer=filters.issuer, language=filters.language, since=filters.since, until=filters.until)


class ResolvedQuery(NamedTuple):
    """A parsed question: its words, also as a tree, its filters, and the index's query for exactly the turns that match."""

    words: str
    tree: Node | None
    expression: re.Pattern[str] | None
    filters: TurnFilters
    exact: Any


def resolve_query(
    desk: Desk,
    query: str,
    filters: TurnFilters | None,
    *,
    across: bool = False,
    pattern: str | None = None,
    both_scripts: bool = False,
) -> ResolvedQuery:
    """Parse a question with the arguments of :func:`find`. Raises QueryError."""
    words, wanted = with_filters(query, filters or TurnFilters())
    wanted = resolved(desk, wanted)
    tree = _tree(words, both_scripts) if words else None
    expression = pattern_of(pattern) if pattern else None
    index = text_index(desk)
    wide = _index_query(desk, index, tree, wanted, across)
    if expression is None and (tree is None or not needs_texts(tree, across)):
        return ResolvedQuery(words, tree, expression, wanted, wide)
    key = repr((words, wanted, across, pattern, both_scripts))
    rows = cached_answer(desk, "turns read", key, lambda: _matching_rows(desk, index, wide, tree, across, expression))
    exact = index.combine([("must", wide), ("must", index.rows(rows))])  # the words still decide the order of relevance
    return ResolvedQuery(words, tree, expression, wanted, exact)


def _matching_rows(
    desk: Desk, index: TextIndex, wide: Any, tree: Node | None, across: bool, expression: re.Pattern[str] | None
) -> array[int]:
    """The rows whose texts match, of those that the index finds, which are a few too many."""
    _, rows = index.search(wide, limit=max(1, index.searcher().num_docs))
    found = (
        row
        for row, text in _texts(desk, rows)
        if (tree is None or matches(tree, PlacedWords(text, across)))
        and (expression is None or expression.search(text))
    )
    return array("q", found)  # it is cached: a list would take four times as much


def with_filters(query: str, filters: TurnFilters) -> tuple[str, TurnFilters]:
    """The words of a query, and the filters together with those in the query. Raises QueryError."""
    words, inside = split_filters(query)
    if not inside:
        return query.strip(), filters
    for option, name in ((DOCUMENT_KIND, "document_kind"), (TURN_KIND, "kind"), (ROLE, "role")):
        if name in inside:
            inside[name] = option.values(inside[name])
    given: dict[str, Any] = {
        name: (*getattr(filters, name), *values) for name, values in inside.items() if name not in ("since", "until")
    }
    given |= {name: values[-1] for name, values in inside.items() if name in ("since", "until")}
    return words, msgspec.structs.replace(filters, **given)


def _tree(query: str, both_scripts: bool) -> Node:
    if not both_scripts:
        return parse(query)
    from onrecord.languages.scripts import in_both_scripts

    trees = tuple(dict.fromkeys(parse(one) for one in in_both_scripts(query)))
    return trees[0] if len(trees) == 1 else Either(trees)


@one_state
def counts_by(
    desk: Desk,
    query: str = "",
    filters: TurnFilters | None = None,
    *,
    by: Literal["day", "month", "year", "issuer"],
    both_scripts: bool = False,
) -> dict[str, int]:
    """How many turns match, by day, month (``YYYY-MM``), year or issuer, in order; those without one under "undated".

    A turn of which only the year is known counts in its year, and has no month and no day.

    Counts what the index finds: raises QueryError for NEAR, which only reading the texts decides.
    """
    words, wanted = with_filters(query, filters or TurnFilters())
    wanted = resolved(desk, wanted)
    tree = _tree(words, both_scripts) if words else None
    if tree is not None and needs_texts(tree, False):
        raise QueryError("NEAR cannot be counted by month", where=query, hint="Count its hits: --format csv")
    index = text_index(desk)
    field = "issuer" if by == "issuer" else "day"
    found = counts(index, _index_query(desk, index, tree, wanted, False), [field])[field]
    totals: dict[str, int] = {}
    for value, count in found.items():
        key = value if by == "issuer" else _period(value, by)
        totals[key] = totals.get(key, 0) + count
    return dict(sorted(totals.items()))


def _period(number: str, by: Precision) -> str:
    return period_of(date_of_number(int(number)), by) or "undated"


def text_index(desk: Desk) -> TextIndex:
    """The full-text index of the desk, brought up to date with its record, and opened again if its files change."""
    return desk.remembered("text index", lambda: open_index(desk.folder, desk.record), TextIndex.unchanged)


def _earlier(desk: Desk, asked: ResolvedQuery, across: bool, limit: int | None) -> tuple[int, list[EarlierHit]]:
    """How many turns of earlier versions match, and the first of them. What performed an act there is not known any more."""
    index = desk.remembered("index of earlier turns", lambda: open_earlier_index(desk.folder, desk.record))
    if index is None or asked.filters.acts != ActFilters():
        return 0, []
    wide = _index_query(desk, index, asked.tree, asked.filters, across)
    count, rows = index.search(wide, limit=max(1, index.searcher().num_docs))
    if not count:
        return 0, []
    columns = (
        "turn.id AS turn, turn.document, document.day, document.issuer, document.title, turn.kind, turn.speaker, turn.outlet, "
        "turn.text, turn.version, version.last_seen AS until"
    )
    tables = (
        "earlier_turn AS turn JOIN document ON document.id = turn.document "
        "JOIN version ON version.document = turn.document AND version.position = turn.version"
    )
    found = []
    for row in rows:
        query = f"SELECT {columns} FROM {tables} WHERE turn.number = ?"
        fields = dict(desk.record.execute(query, (row,)).fetchone())
        if asked.tree is not None and not matches(asked.tree, PlacedWords(fields["text"], across)):
            continue
        if asked.expression is not None and asked.expression.search(fields["text"]) is None:
            continue
        places = spans(asked.tree, fields["text"], across) if asked.tree is not None else []
        found.append(EarlierHit(**fields, places=tuple(places)))
    return len(found), found if limit is None else found[:limit]


def _index_query(desk: Desk, index: TextIndex, tree: Node | None, filters: TurnFilters, across: bool) -> Any:
    """The index's query for the words, as wide as :func:`tree_query` makes it, and exactly for the filters."""
    parts = [("must", index.everything() if tree is None else tree_query(index, tree, across))]
    for field in ("issuer", "document_kind", "kind", "language", "speaker", "role", "outlet"):
        values = getattr(filters, field)
        if values:
            parts.append(("must", index.one_of(field, values)))
    if filters.since or filters.until:
        parts.append(("must", index.days(first_day(filters.since), last_day(filters.until))))
    with_acts = act_index_query(desk, index, filters.acts)
    if with_acts is not None:
        parts.append(("must", with_acts))
    return parts[0][1] if len(parts) == 1 else index.combine(parts)


def _texts(desk: Desk, rows: list[int]) -> Iterator[tuple[int, str]]:
    for some, found in _fetch(desk, rows, 'substr(document.text, turn.start + 1, turn."end" - turn.start) AS text'):
        for row in some:
            yield row, found[row]["text"]


def _hits(
    desk: Desk, rows: list[int], tree: Node | None, across: bool, expression: re.Pattern[str] | None
) -> Iterator[Hit]:
    columns = (
        "turn.id AS turn, turn.document, document.day, document.issuer, document.title, turn.kind, turn.speaker, turn.outlet, "
        'substr(document.text, turn.start + 1, turn."end" - turn.start) AS text'
    )
    for some, found in _fetch(desk, rows, columns):
        for row in some:
            fields = dict(found[row])
            del fields["rowid"]
            places = spans(tree, fields["text"], across) if tree is not None else []
            if expression is not None:
                places = sorted({*places, *(match.span() for match in expression.finditer(fields["text"]))})
            yield Hit(**fields, places=tuple(places))


def _fetch(desk: Desk, rows: list[int], columns: str) -> Iterator[tuple[list[int], dict[int, Any]]]:
    """The columns of these rows, a few hundred at a time: the rows that are there, and each by its number."""
    for start in range(0, len(rows), 500):
        some = rows[start : start + 500]
        marks = ", ".join("?" * len(some))
        tables = "turn JOIN document ON document.id = turn.document"
        query = f"SELECT turn.rowid, {columns} FROM {tables} WHERE turn.rowid IN ({marks})"
        found = {row["rowid"]: row for row in desk.record.execute(query, some)}
        yield [row for row in some if row in found], found
