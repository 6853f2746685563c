"""Acts: who did what with words, to whom, about what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from onrecord.asking import ActFilters, Coverage, FoundAct, acts
from onrecord.desk.store import Desk
from onrecord.marks import ActType
from onrecord.web.addresses import statement
from onrecord.web.asked import LAST_PAGE, Day, PageNumber, Values
from onrecord.web.page import Entry, Page, Paging, paging

_SIZE = 40


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Which acts. Several values of one name are alternatives."""

    actor: Annotated[Values, Meta(description="Of this party, by code or name.")] = ()
    target: Annotated[Values, Meta(description="Directed at this party.")] = ()
    type: Annotated[tuple[ActType, ...], Meta(max_length=17, description="Of this type.")] = ()
    issue: Annotated[Values, Meta(description="About this issue, or one under it.")] = ()
    issuer: Annotated[Values, Meta(description="In statements of this issuer.")] = ()
    speaker: Annotated[Values, Meta(description="Said by this speaker.")] = ()
    outlet: Annotated[Values, Meta(description="In answer to this outlet.")] = ()
    since: Day | None = None
    until: Day | None = None
    sort: Annotated[Literal["newest", "oldest"], Meta(description="In which order.")] = "newest"
    page: PageNumber = 1


class ActsPage(msgspec.Struct, frozen=True, kw_only=True):
    """The acts of this page."""

    acts: tuple[FoundAct, ...]
    paging: Paging
    unannotated: int
    held: Coverage


def done(desk: Desk, asked: Asked) -> ActsPage:
    """The acts asked for. Raises QueryError."""
    found = acts(desk, _filters(asked), order=asked.sort, limit=_SIZE, offset=(asked.page - 1) * _SIZE)
    return ActsPage(
        acts=found.acts,
        paging=paging(asked.page, found.count, _SIZE, LAST_PAGE),
        unannotated=found.unannotated,
        held=found.held,
    )


def _filters(asked: Asked) -> ActFilters:
    return ActFilters(
        **{name: getattr(asked, name) for name in Asked.__struct_fields__ if name not in ("sort", "page")}
    )


def entries(it: ActsPage) -> Iterator[Entry]:
    """An act an entry."""
    for act in it.acts:
        yield Entry(
            id=act.id, title=f"{act.type}: {', '.join(act.actors) or 'nobody known'}", updated=act.day or "",
            path=statement(act.document, act.turn, mark=f"{act.start}-{act.end}"),
            author=act.speaker or act.issuer, words=act.words,
        )  # fmt: skip


def rows(it: ActsPage) -> Iterator[dict[str, object]]:
    """An act a row."""
    return (msgspec.structs.asdict(act) for act in it.acts)


def all_rows(desk: Desk, asked: Asked) -> Iterator[dict[str, object]]:
    """Every act asked for, whatever the page."""
    found = acts(desk, _filters(asked), order=asked.sort)
    return (msgspec.structs.asdict(act) for act in found.acts)


PAGE = Page(
    path="/acts", template="acts.html", summary="Who did what with words, to whom, about what", asked=Asked, answer=done,
    entries=entries, rows=rows, all_rows=all_rows, slow=True, narrow="Name a party, a type, an issue or fewer years",
)  # fmt: skip
