"""The versions of a statement: when each wording was seen, and a redline of any two."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from onrecord.asking import History, VersionRedline, history, version_redline
from onrecord.desk.store import Desk
from onrecord.web.page import Page
from onrecord.web.pages.edits import EditLine, edit_lines

_Position = Annotated[int, Meta(ge=1, le=100_000)]


class VersionsParameters(msgspec.Struct, frozen=True, kw_only=True):
    """The two versions to compare; by default the last two. ``step`` names them by their order in time."""

    old: Annotated[_Position, Meta(description="The number of the older version.")] | None = None
    new: Annotated[_Position, Meta(description="The number of the newer version.")] | None = None
    step: (
        Annotated[_Position, Meta(description="Compare the version at this place in time with the one before.")] | None
    ) = None


class VersionsPage(msgspec.Struct, frozen=True, kw_only=True):
    """The history of a statement, its edits, and the redline asked for: None of a statement with one version, and of its first.

    ``order`` are the numbers of the versions that are not in doubt, in the order of time; ``step`` is the place of the newer
    version in it, from 1 on.
    """

    history: History
    edits: tuple[EditLine, ...]
    redline: VersionRedline | None
    order: tuple[int, ...]
    step: int


def versions_page(desk: Desk, params: VersionsParameters, id: str) -> VersionsPage:
    """The versions of the document with this id, or the only one whose id begins so. Raises UnknownDocument, QueryError."""
    found = history(desk, id)
    order = tuple(one.position for one in found.versions if one.state != "in-doubt")
    step = min(params.step if params.step is not None else len(order), len(order))
    new = params.new if params.new is not None else order[step - 1]
    step = order.index(new) + 1 if new in order else step
    old = params.old if params.old is not None else order[step - 2] if step > 1 else None
    return VersionsPage(
        history=found,
        edits=edit_lines(found.edits),
        redline=version_redline(desk, found.document, str(old), str(new)) if old is not None else None,
        order=order,
        step=step,
    )


def rows(answer: VersionsPage) -> Iterator[dict[str, object]]:
    """A row for each version."""
    return (msgspec.structs.asdict(one) for one in answer.history.versions)


PAGE = Page(
    path="/statements/{id}/versions",
    template="versions.html",
    summary="The versions of a statement: when each wording was seen, and a redline of any two",
    parameters=VersionsParameters,
    answer=versions_page,
    rows=rows,
    slow=True,
)
