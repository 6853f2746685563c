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
    """The two versions to compare; by default the last two."""

    old: Annotated[_Position, Meta(description="The number of the older version.")] | None = None
    new: Annotated[_Position, Meta(description="The number of the newer version.")] | None = None


class VersionsPage(msgspec.Struct, frozen=True, kw_only=True):
    """The history of a statement, its edits, and the redline asked for: None of a statement with one version."""

    history: History
    edits: tuple[EditLine, ...]
    redline: VersionRedline | None


def versions_page(desk: Desk, params: VersionsParameters, id: str) -> VersionsPage:
    """The versions of the document with this id, or the only one whose id begins so. Raises UnknownDocument, QueryError."""
    found = history(desk, id)
    settled = [one.position for one in found.versions if one.state != "in-doubt"]
    old = params.old if params.old is not None else settled[-2] if len(settled) > 1 else None
    new = params.new if params.new is not None else settled[-1]
    return VersionsPage(
        history=found,
        edits=edit_lines(found.edits),
        redline=version_redline(desk, found.document, str(old), str(new)) if old is not None else None,
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
