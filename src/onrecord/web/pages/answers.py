"""Answers: who is answered, and who is declined or referred elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from onrecord.asking import ANSWER_TYPES, AnswerFilters, AnswerGroup, AnswerRow, Coverage, answers, group_row
from onrecord.desk.store import Desk
from onrecord.web.asked import Day, Values
from onrecord.web.page import Page

_ROWS = 40


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Whose questions, whose answers, how grouped."""

    by: Annotated[Literal["outlet", "speaker", "issue"], Meta(description="What the answers are grouped by.")] = (
        "outlet"
    )
    outlet: Annotated[Values, Meta(description="To questions of this outlet.")] = ()
    speaker: Annotated[Values, Meta(description="Of this speaker.")] = ()
    issue: Annotated[Values, Meta(description="To questions that name this issue.")] = ()
    issuer: Annotated[Values, Meta(description="In statements of this issuer.")] = ()
    language: Annotated[Values, Meta(description="In this language.")] = ()
    since: Day | None = None
    until: Day | None = None


class AnswersPage(msgspec.Struct, frozen=True, kw_only=True):
    """The groups, the largest first, and the newest answers that are no full ones."""

    by: str
    types: tuple[str, ...]
    count: int
    unclassified: int
    groups: tuple[AnswerGroup, ...]
    rows: tuple[AnswerRow, ...]
    rows_count: int
    held: Coverage


def answered(desk: Desk, asked: Asked) -> AnswersPage:
    """The answers asked for. Raises QueryError."""
    found = answers(desk, _filters(asked), by=asked.by, limit=_ROWS)
    types = tuple(type for type in ANSWER_TYPES if any(group.counts.get(type) for group in found.groups))
    return AnswersPage(
        by=found.by, types=types, count=found.count, unclassified=found.unclassified, groups=found.groups[:100], rows=found.rows,
        rows_count=found.rows_count, held=found.held,
    )  # fmt: skip


def _filters(asked: Asked) -> AnswerFilters:
    return AnswerFilters(**{name: getattr(asked, name) for name in Asked.__struct_fields__ if name != "by"})


def rows(it: AnswersPage) -> Iterator[dict[str, object]]:
    """A group a row."""
    return map(group_row, it.groups)


def all_rows(desk: Desk, asked: Asked) -> Iterator[dict[str, object]]:
    """Every group, also those beyond the hundred that the page shows."""
    return map(group_row, answers(desk, _filters(asked), by=asked.by, limit=0).groups)


PAGE = Page(
    path="/answers", template="answers.html", summary="Who is answered, who is declined or referred elsewhere", asked=Asked,
    answer=answered, rows=rows, all_rows=all_rows, slow=True, narrow="Name an outlet, a speaker, an issue or fewer years",
)  # fmt: skip
