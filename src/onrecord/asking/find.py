"""Find turns: by words, phrases and what they are, counted exactly, with the words around each hit."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

import msgspec

from onrecord.asking.acting import acting_query, kept
from onrecord.asking.matching import Words, matches, pattern_of, spans
from onrecord.asking.query import Either, Near, Node, Phrase, Without, divide, parse
from onrecord.desk.store import Desk
from onrecord.desk.text_index import TextIndex, counts, open_index
from onrecord.errors import QueryError
from onrecord.languages.tokens import BREAK

Order = Literal["relevance", "newest", "oldest"]


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What a turn must be besides holding the words. Several values of one field are alternatives.

    ``since`` and ``until`` are days, YYYY-MM-DD, both included. ``actor``, ``target``, ``act`` and ``issue`` let only turns
    through that hold an act of this party, at that one, of this type, about that issue, all of one and the same act.
    """

    issuer: tuple[str, ...] = ()
    document_kind: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    issue: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None


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


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """What was searched: documents and turns of the desk, by issuer with the first and last day held.

    ``missing`` is how many weekdays between the two have no document, by issuer: recesses and holidays, and what the
    desk does not hold.
    """

    documents: int
    turns: int
    issuers: dict[str, tuple[int, str | None, str | None]]
    missing: dict[str, int] = {}

    def __str__(self) -> str:
        told = []
        for issuer, (count, first, last) in self.issuers.items():
            gaps = f", {self.missing[issuer]} weekdays between without any" if self.missing.get(issuer) else ""
            told.append(f"{issuer} {count} ({first or 'undated'} to {last or 'undated'}{gaps})")
        return ", ".join(told) or "nothing"


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """An answer: how many turns in all, the hits asked for, and what was searched."""

    query: str
    count: int
    hits: tuple[Hit, ...]
    held: Held

    def frame(self) -> Any:
        """The hits as a polars data frame. Needs polars: ``pip install 'onrecord[tables]'``."""
        import polars

        rows = [
            {key: value for key, value in msgspec.structs.asdict(hit).items() if key != "places"} for hit in self.hits
        ]
        return polars.DataFrame(rows)


def find(
    desk: Desk,
    query: str = "",
    filters: Filters | None = None,
    *,
    order: Order = "relevance",
    limit: int = 20,
    offset: int = 0,
    across: bool = False,
    pattern: str | None = None,
    both_scripts: bool = False,
) -> Found:
    """The turns of a desk that answer ``query`` (see :mod:`onrecord.asking.query`) and the filters.

    ``across`` lets phrases run over punctuation; ``both_scripts`` finds simplified and traditional characters alike.
    ``pattern`` is a regular expression that the text must match too. The count is exact. ``limit=0`` only counts, and ``offset``
    leaves out so many of the first.
    Filters may stand in the query too: ``sanctions actor:USA act:accuse``.

    Raises QueryError.
    """
    asked = ask(desk, query, filters, across=across, pattern=pattern, both_scripts=both_scripts)
    by_day = None if order == "relevance" else order
    count, rows = text_index(desk).search(asked.exact, limit=offset + limit if limit else 0, by_day=by_day)
    hits = tuple(_hits(desk, rows[offset:], asked.tree, across, asked.expression))
    return Found(query=query, count=count, hits=hits, held=held(desk))


class Asked(NamedTuple):
    """A question as it is understood: its words, its filters, and what the index is to be asked for just the turns that answer
    it."""

    tree: Node | None
    expression: re.Pattern[str] | None
    filters: Filters
    exact: Any


def ask(
    desk: Desk,
    query: str,
    filters: Filters | None,
    *,
    across: bool = False,
    pattern: str | None = None,
    both_scripts: bool = False,
) -> Asked:
    """Understand a question as :func:`find` is asked it. Raises QueryError."""
    words, wanted = with_filters(query, filters or Filters())
    tree = _tree(words, both_scripts) if words else None
    expression = pattern_of(pattern) if pattern else None
    index = text_index(desk)
    wide = _asked(desk, index, tree, wanted, across)
    if expression is None and (tree is None or not _needs_reading(tree, across)):
        return Asked(tree, expression, wanted, wide)
    key = repr((words, wanted, across, pattern, both_scripts))
    rows = kept(desk, "turns read", key, lambda: _read(desk, index, wide, tree, across, expression))
    exact = index.combine([("must", wide), ("must", index.rows(rows))])  # the words go on to say what comes first
    return Asked(tree, expression, wanted, exact)


def _read(
    desk: Desk, index: TextIndex, wide: Any, tree: Node | None, across: bool, expression: re.Pattern[str] | None
) -> array[int]:
    """The turns that answer, of those that the index finds, which are a little too many: the texts decide."""
    _, rows = index.search(wide, limit=max(1, index.searcher().num_docs))
    found = (
        row
        for row, text in _texts(desk, rows)
        if (tree is None or matches(tree, Words(text, across))) and (expression is None or expression.search(text))
    )
    return array("q", found)  # it is kept: a list would take four times as much


def with_filters(query: str, filters: Filters) -> tuple[str, Filters]:
    """The words of a query, and the filters with those added that stand in it. Raises QueryError."""
    words, asked = divide(query)
    if not asked:
        return query.strip(), filters
    given: dict[str, Any] = {
        name: (*getattr(filters, name), *values) for name, values in asked.items() if name not in ("since", "until")
    }
    given |= {name: values[-1] for name, values in asked.items() if name in ("since", "until")}
    return words, msgspec.structs.replace(filters, **given)


def _tree(query: str, both_scripts: bool) -> Node:
    if not both_scripts:
        return parse(query)
    from onrecord.languages.scripts import in_both_scripts

    trees = tuple(dict.fromkeys(parse(one) for one in in_both_scripts(query)))
    return trees[0] if len(trees) == 1 else Either(trees)


def counts_by(
    desk: Desk, query: str = "", filters: Filters | None = None, *, by: Literal["day", "month", "year", "issuer"]
) -> dict[str, int]:
    """How many turns answer the query, by day, month (``YYYY-MM``), year or issuer, in order; undated ones under "undated".

    Counts what the index finds: raises QueryError for NEAR, which only reading the texts decides.
    """
    words, wanted = with_filters(query, filters or Filters())
    tree = parse(words) if words else None
    if tree is not None and _needs_reading(tree, False):
        raise QueryError("NEAR cannot be counted by month", where=query, hint="Count its hits: --format csv")
    index = text_index(desk)
    field = "issuer" if by == "issuer" else "day"
    found = counts(index, _asked(desk, index, tree, wanted, False), [field])[field]
    told: dict[str, int] = {}
    for value, count in found.items():
        key = value if by == "issuer" else _period(value, by)
        told[key] = told.get(key, 0) + count
    return dict(sorted(told.items()))


def _period(day: str, by: str) -> str:
    if day == "0":
        return "undated"
    parts = {"year": (day[:4],), "month": (day[:4], day[4:6]), "day": (day[:4], day[4:6], day[6:])}
    return "-".join(parts[by])


def held(desk: Desk) -> Held:
    """What the desk holds: the frame of every answer."""
    return desk.remembered("held", lambda: _held(desk))


def _held(desk: Desk) -> Held:
    issuers = {}
    documents = 0
    for issuer, count, first, last in desk.record.execute(
        "SELECT issuer, count(*), min(day), max(day) FROM document GROUP BY issuer ORDER BY issuer"
    ):
        issuers[issuer] = (count, first, last)
        documents += count
    (turns,) = desk.record.execute("SELECT count(*) FROM turn").fetchone()
    missing = {issuer: gaps for issuer in issuers if (gaps := _missing(desk, issuer))}
    return Held(documents=documents, turns=turns, issuers=issuers, missing=missing)


def _missing(desk: Desk, issuer: str) -> int:
    """How many weekdays between the first and the last day held have no document."""
    query = "SELECT DISTINCT day FROM document WHERE issuer = ? AND day IS NOT NULL"
    days = {date.fromisoformat(row[0]) for row in desk.record.execute(query, (issuer,))}
    if not days:
        return 0
    span = (max(days) - min(days)).days
    between = (min(days) + timedelta(offset) for offset in range(span))
    return sum(day.weekday() < 5 and day not in days for day in between)


def text_index(desk: Desk) -> TextIndex:
    """The full-text index of the desk, brought to where its record is."""
    return desk.remembered("text index", lambda: open_index(desk.folder, desk.record))


def _asked(desk: Desk, index: TextIndex, tree: Node | None, filters: Filters, across: bool) -> Any:
    """The index's query for the words, as wide as :func:`_query` is, and for the filters, exactly."""
    parts = [("must", index.everything() if tree is None else _query(index, tree, across))]
    for field in ("issuer", "document_kind", "kind", "language", "speaker", "role", "outlet"):
        values = getattr(filters, field)
        if values:
            parts.append(("must", index.one_of(field, values)))
    if filters.since or filters.until:
        parts.append(("must", index.days(_number(filters.since), _number(filters.until))))
    acting = acting_query(desk, index, filters)
    if acting is not None:
        parts.append(("must", acting))
    return parts[0][1] if len(parts) == 1 else index.combine(parts)


def _number(day: str | None) -> int | None:
    if day is None:
        return None
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        raise QueryError(f"a day is YYYY-MM-DD, not {day!r}", hint="For example 2021-03-22")
    return int(day.replace("-", ""))


def _query(index: TextIndex, node: Node, across: bool) -> Any:
    """The index's query for a tree: exact, or for what :func:`_needs_reading` names a little too wide."""
    if isinstance(node, Phrase):
        if node.prefix:
            return index.prefix(node.words[0])
        if across and len(node.words) > 1:
            return index.combine([("must", index.word(word)) for word in node.words if word is not BREAK])
        return index.phrase(node.words)
    if isinstance(node, Near):
        return index.combine([("must", _query(index, node.left, across)), ("must", _query(index, node.right, across))])
    if isinstance(node, Either):
        return index.combine([("should", _query(index, part, across)) for part in node.parts])
    if isinstance(node, Without):
        if _needs_reading(node.part, across):  # too wide inside a NOT would exclude too much: exclude by reading
            return index.everything()
        return index.combine([("must", index.everything()), ("must not", _query(index, node.part, across))])
    parts = []
    for part in node.parts:
        if isinstance(part, Without) and not _needs_reading(part.part, across):
            parts.append(("must not", _query(index, part.part, across)))
        else:
            parts.append(("must", _query(index, part, across)))
    return index.combine(parts)


def _needs_reading(node: Node, across: bool) -> bool:
    """Whether the index alone cannot answer exactly: nearness, and phrases across punctuation."""
    if isinstance(node, Phrase):
        return across and len(node.words) > 1
    if isinstance(node, Near):
        return True
    if isinstance(node, Without):
        return _needs_reading(node.part, across)
    return any(_needs_reading(part, across) for part in node.parts)


def _texts(desk: Desk, rows: list[int]) -> Iterator[tuple[int, str]]:
    for some, found in _fetched(desk, rows, 'substr(document.text, turn.start + 1, turn."end" - turn.start) AS text'):
        for row in some:
            yield row, found[row]["text"]


def _hits(
    desk: Desk, rows: list[int], tree: Node | None, across: bool, expression: re.Pattern[str] | None
) -> Iterator[Hit]:
    columns = (
        "turn.id AS turn, turn.document, document.day, document.issuer, document.title, turn.kind, turn.speaker, turn.outlet, "
        'substr(document.text, turn.start + 1, turn."end" - turn.start) AS text'
    )
    for some, found in _fetched(desk, rows, columns):
        for row in some:
            told = dict(found[row])
            del told["rowid"]
            places = spans(tree, told["text"], across) if tree is not None else []
            if expression is not None:
                places = sorted({*places, *(match.span() for match in expression.finditer(told["text"]))})
            yield Hit(**told, places=tuple(places))


def _fetched(desk: Desk, rows: list[int], columns: str) -> Iterator[tuple[list[int], dict[int, Any]]]:
    for start in range(0, len(rows), 500):
        some = rows[start : start + 500]
        marks = ", ".join("?" * len(some))
        tables = "turn JOIN document ON document.id = turn.document"
        query = f"SELECT turn.rowid, {columns} FROM {tables} WHERE turn.rowid IN ({marks})"
        found = {row["rowid"]: row for row in desk.record.execute(query, some)}
        yield [row for row in some if row in found], found
