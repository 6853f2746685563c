"""What was changed after publication: the most important edits first, each as a redline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from onrecord.asking import Coverage, EditFilters, ListedEdit, edit_list, edit_row
from onrecord.asking.alignment import Edit as Piece
from onrecord.asking.alignment import compare
from onrecord.asking.options import EDIT_KIND, TOUCHES
from onrecord.desk.store import Desk
from onrecord.web.addresses import statement_url
from onrecord.web.page import Entry, Page, Paging, paging
from onrecord.web.parameters import LAST_PAGE, Day, PageNumber, Values, described

_SIZE = 30


class EditsParameters(msgspec.Struct, frozen=True, kw_only=True):
    """The filters. Several values of one parameter are alternatives."""

    issuer: Values = ()
    kind: Annotated[Values, described(EDIT_KIND)] = ()
    touches: Annotated[Values, described(TOUCHES)] = ()
    since: Day | None = None
    until: Day | None = None
    min_rank: Annotated[float, Meta(ge=0, le=10, description="Leave out what matters less.")] = 0.0
    sort: Annotated[Literal["rank", "newest"], Meta(description="Order of the edits.")] = "rank"
    page: PageNumber = 1


class EditLine(msgspec.Struct, frozen=True, kw_only=True):
    """An edit, and the pieces of its redline."""

    edit: ListedEdit
    pieces: tuple[Piece, ...]


class EditsPage(msgspec.Struct, frozen=True, kw_only=True):
    """The edits of this page; ``documents`` is how many of the desk have several versions."""

    edits: tuple[EditLine, ...]
    documents: int
    paging: Paging
    held: Coverage


def edits_page(desk: Desk, params: EditsParameters) -> EditsPage:
    """List the edits. Raises QueryError."""
    found = edit_list(desk, _filters(params), order=params.sort, limit=_SIZE, offset=(params.page - 1) * _SIZE)
    return EditsPage(
        edits=edit_lines(found.edits),
        documents=found.documents,
        paging=paging(params.page, found.count, _SIZE, LAST_PAGE),
        held=found.held,
    )


def _filters(params: EditsParameters) -> EditFilters:
    return EditFilters(
        issuer=params.issuer, kind=params.kind, touches=params.touches, since=params.since, until=params.until,
        min_rank=params.min_rank,
    )  # fmt: skip


def edit_lines(edits: Iterable[ListedEdit]) -> tuple[EditLine, ...]:
    """Edits with their redlines. Of another text, and of words that only moved, there is none."""
    return tuple(
        EditLine(
            edit=one,
            pieces=()
            if one.kind in ("replaced", "moved")
            else compare(one.before.words if one.before else "", one.after.words if one.after else ""),
        )
        for one in edits
    )


def entries(answer: EditsPage) -> Iterator[Entry]:
    """A feed entry for each edit."""
    for line in answer.edits:
        one = line.edit
        side = one.after or one.before
        yield Entry(
            id=one.id, title=f"{one.kind}: {one.title}", updated=one.seen,
            path=f"{statement_url(one.document)}/versions", author=one.issuer, words=side.words if side else "",
        )  # fmt: skip


def rows(answer: EditsPage) -> Iterator[dict[str, object]]:
    """A row for each edit of this page."""
    return (edit_row(line.edit) for line in answer.edits)


def all_rows(desk: Desk, params: EditsParameters) -> Iterator[dict[str, object]]:
    """A row for each edit of all pages."""
    return map(edit_row, edit_list(desk, _filters(params), order=params.sort, limit=None).edits)


PAGE = Page(
    path="/edits",
    template="edits.html",
    summary="What was changed after publication: sentences reworded, dropped, added, the most important first",
    parameters=EditsParameters,
    answer=edits_page,
    entries=entries,
    rows=rows,
    all_rows=all_rows,
    slow=True,
)
