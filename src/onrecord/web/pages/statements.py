"""The list of statements, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import msgspec

from onrecord.asking import Coverage, coverage
from onrecord.asking.conditions import check_days, desk_issuer, desk_languages
from onrecord.asking.options import DOCUMENT_KIND
from onrecord.desk.listing import Row
from onrecord.desk.store import Desk
from onrecord.web.addresses import statement_url
from onrecord.web.page import Entry, Page, Paging, paging
from onrecord.web.parameters import LAST_PAGE, Day, Name, PageNumber, described

_SIZE = 50


class StatementsParameters(msgspec.Struct, frozen=True, kw_only=True):
    """The filters."""

    issuer: Name | None = None
    kind: Annotated[Name, described(DOCUMENT_KIND)] | None = None
    language: Name | None = None
    since: Day | None = None
    until: Day | None = None
    page: PageNumber = 1


class StatementsPage(msgspec.Struct, frozen=True, kw_only=True):
    """The statements of this page, newest first. ``kinds`` and ``languages`` are those that occur on the desk."""

    rows: tuple[Row, ...]
    paging: Paging
    kinds: tuple[str, ...]
    languages: tuple[str, ...]
    held: Coverage


def statements_page(desk: Desk, params: StatementsParameters) -> StatementsPage:
    """List the statements. Raises QueryError for an invalid day."""
    wanted = _wanted(desk, params)
    count = desk.count(**wanted)
    rows = desk.rows(**wanted, newest=True, limit=_SIZE, offset=(params.page - 1) * _SIZE)
    return StatementsPage(
        rows=tuple(rows),
        paging=paging(params.page, count, _SIZE, LAST_PAGE),
        kinds=desk.remembered("kinds of documents", lambda: _values(desk, "kind")),
        languages=desk.remembered("languages", lambda: _values(desk, "language")),
        held=coverage(desk),
    )


def _wanted(desk: Desk, params: StatementsParameters) -> dict[str, Any]:
    check_days(params.since, params.until)
    named = {name: getattr(params, name) for name in ("kind", "since", "until")}
    languages = desk_languages(desk, (params.language,) if params.language else ())
    return named | {"issuer": desk_issuer(desk, params.issuer), "language": params.language if languages else None}


def _values(desk: Desk, column: str) -> tuple[str, ...]:
    return tuple(row[0] for row in desk.record.execute(f"SELECT DISTINCT {column} FROM document ORDER BY 1"))


def entries(answer: StatementsPage) -> Iterator[Entry]:
    """A feed entry for each statement."""
    for row in answer.rows:
        yield Entry(
            id=row.id, title=row.title, path=statement_url(row.id), updated=row.day or "", author=row.issuer,
            words=f"{row.kind}, {row.turns} turns, {row.questions} questions",
        )  # fmt: skip


def rows(answer: StatementsPage) -> Iterator[dict[str, object]]:
    """A row for each statement of this page."""
    return (msgspec.structs.asdict(row) for row in answer.rows)


def all_rows(desk: Desk, params: StatementsParameters) -> Iterator[dict[str, object]]:
    """A row for each statement of all pages."""
    return (msgspec.structs.asdict(row) for row in desk.rows(**_wanted(desk, params), newest=True))


PAGE = Page(
    path="/statements",
    template="statements.html",
    summary="The statements of the desk, newest first",
    parameters=StatementsParameters,
    answer=statements_page,
    entries=entries,
    rows=rows,
    all_rows=all_rows,
)
