"""Speech acts: who did what by speaking, to whom, on what issue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from onrecord.annotation_types import ActType
from onrecord.asking import ActFilters, Coverage, FoundAct, acts
from onrecord.asking.options import ACT_TYPE
from onrecord.desk.store import Desk
from onrecord.web.addresses import statement_url
from onrecord.web.page import Entry, Page, Paging, paging
from onrecord.web.parameters import LAST_PAGE, Day, PageNumber, Values, described

_SIZE = 40


class ActsParameters(msgspec.Struct, frozen=True, kw_only=True):
    """The filters. Several values of one parameter are alternatives."""

    actor: Values = ()
    target: Values = ()
    type: Annotated[tuple[ActType, ...], Meta(max_length=17), described(ACT_TYPE)] = ()
    issue: Values = ()
    issuer: Values = ()
    speaker: Values = ()
    outlet: Values = ()
    since: Day | None = None
    until: Day | None = None
    sort: Annotated[Literal["newest", "oldest"], Meta(description="Order of the acts.")] = "newest"
    page: PageNumber = 1


class ActsPage(msgspec.Struct, frozen=True, kw_only=True):
    """The acts of this page."""

    acts: tuple[FoundAct, ...]
    paging: Paging
    unannotated: int
    held: Coverage


def acts_page(desk: Desk, params: ActsParameters) -> ActsPage:
    """Search the acts. Raises QueryError."""
    found = acts(desk, _filters(params), order=params.sort, limit=_SIZE, offset=(params.page - 1) * _SIZE)
    return ActsPage(
        acts=found.acts,
        paging=paging(params.page, found.count, _SIZE, LAST_PAGE),
        unannotated=found.unannotated,
        held=found.held,
    )


def _filters(params: ActsParameters) -> ActFilters:
    return ActFilters(
        **{name: getattr(params, name) for name in ActsParameters.__struct_fields__ if name not in ("sort", "page")}
    )


def entries(answer: ActsPage) -> Iterator[Entry]:
    """A feed entry for each act."""
    for act in answer.acts:
        yield Entry(
            id=act.id, title=f"{act.type}: {', '.join(act.actors) or 'unknown actor'}", updated=act.day or "",
            path=statement_url(act.document, act.turn, mark=f"{act.start}-{act.end}"),
            author=act.speaker or act.issuer, words=act.words,
        )  # fmt: skip


def rows(answer: ActsPage) -> Iterator[dict[str, object]]:
    """A row for each act of this page."""
    return (msgspec.structs.asdict(act) for act in answer.acts)


def all_rows(desk: Desk, params: ActsParameters) -> Iterator[dict[str, object]]:
    """A row for each act of all pages."""
    found = acts(desk, _filters(params), order=params.sort)
    return (msgspec.structs.asdict(act) for act in found.acts)


PAGE = Page(
    path="/acts",
    template="acts.html",
    summary="Speech acts: who agreed, opposed, warned …, directed at whom, on what issue",
    parameters=ActsParameters,
    answer=acts_page,
    entries=entries,
    rows=rows,
    all_rows=all_rows,
    slow=True,
    narrow="Name a party, a type, an issue or fewer years",
)
