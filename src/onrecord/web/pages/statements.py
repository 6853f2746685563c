"""The list of statements, by day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from onrecord.asking import Coverage, coverage
from onrecord.asking.conditions import check_days
from onrecord.desk.store import Desk, Row
from onrecord.web.addresses import statement
from onrecord.web.asked import LAST_PAGE, Day, PageNumber
from onrecord.web.page import Entry, Page, Paging, paging

_SIZE = 50
Name = Annotated[str, Meta(max_length=200)]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Which statements."""

    issuer: Annotated[Name, Meta(description="Only of this issuer: cn-mfa …")] | None = None
    kind: Annotated[Name, Meta(description="Only of this kind: press-conference …")] | None = None
    language: Annotated[Name, Meta(description="Only in this language: en, zh.")] | None = None
    since: Day | None = None
    until: Day | None = None
    page: PageNumber = 1


class StatementsPage(msgspec.Struct, frozen=True, kw_only=True):
    """The statements of a page of the list, the newest first. ``kinds`` are those the desk has, ``issuers`` and ``languages``
    likewise."""

    rows: tuple[Row, ...]
    paging: Paging
    kinds: tuple[str, ...]
    languages: tuple[str, ...]
    held: Coverage


def statements(desk: Desk, asked: Asked) -> StatementsPage:
    """The list. Raises QueryError for a day that is none."""
    wanted = _wanted(asked)
    count = desk.count(**wanted)
    rows = desk.rows(**wanted, newest=True, limit=_SIZE, offset=(asked.page - 1) * _SIZE)
    return StatementsPage(
        rows=tuple(rows),
        paging=paging(asked.page, count, _SIZE, LAST_PAGE),
        kinds=desk.remembered("kinds of documents", lambda: _values(desk, "kind")),
        languages=desk.remembered("languages", lambda: _values(desk, "language")),
        held=coverage(desk),
    )


def _wanted(asked: Asked) -> dict[str, Any]:
    check_days(asked.since, asked.until)
    return {name: getattr(asked, name) for name in ("issuer", "kind", "language", "since", "until")}


def _values(desk: Desk, column: str) -> tuple[str, ...]:
    return tuple(row[0] for row in desk.record.execute(f"SELECT DISTINCT {column} FROM document ORDER BY 1"))


def entries(it: StatementsPage) -> Iterator[Entry]:
    """A statement an entry."""
    for row in it.rows:
        yield Entry(
            id=row.id, title=row.title, path=statement(row.id), updated=row.day or "", author=row.issuer,
            words=f"{row.kind}, {row.turns} turns, {row.questions} questions",
        )  # fmt: skip


def rows(it: StatementsPage) -> Iterator[dict[str, object]]:
    """A statement a row."""
    return (msgspec.structs.asdict(row) for row in it.rows)


def all_rows(desk: Desk, asked: Asked) -> Iterator[dict[str, object]]:
    """Every statement asked for, whatever the page."""
    return (msgspec.structs.asdict(row) for row in desk.rows(**_wanted(asked), newest=True))


PAGE = Page(
    path="/statements",
    template="statements.html",
    summary="The statements of the desk by day",
    asked=Asked,
    answer=statements,
    entries=entries,
    rows=rows,
    all_rows=all_rows,
)
