"""Answers: which questions are answered, declined or referred elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from onrecord.asking import ANSWER_TYPES, AnswerFilters, AnswerGroup, AnswerRow, Coverage, answers, group_row
from onrecord.desk.store import Desk
from onrecord.web.page import Page
from onrecord.web.parameters import Day, Values

_ROWS = 40


class AnswersParameters(msgspec.Struct, frozen=True, kw_only=True):
    """The filters and the grouping."""

    by: Annotated[Literal["outlet", "speaker", "issue"], Meta(description="Group the answers by this.")] = "outlet"
    outlet: Values = ()
    speaker: Values = ()
    issue: Values = ()
    issuer: Values = ()
    language: Values = ()
    since: Day | None = None
    until: Day | None = None


class AnswersPage(msgspec.Struct, frozen=True, kw_only=True):
    """The groups, largest first, and the newest answers that are not full answers."""

    by: str
    types: tuple[str, ...]
    count: int
    unclassified: int
    groups: tuple[AnswerGroup, ...]
    rows: tuple[AnswerRow, ...]
    rows_count: int
    held: Coverage


def answers_page(desk: Desk, params: AnswersParameters) -> AnswersPage:
    """Count the answers. Raises QueryError."""
    found = answers(desk, _filters(params), by=params.by, limit=_ROWS)
    types = tuple(type for type in ANSWER_TYPES if any(group.counts.get(type) for group in found.groups))
    return AnswersPage(
        by=found.by, types=types, count=found.count, unclassified=found.unclassified, groups=found.groups[:100], rows=found.rows,
        rows_count=found.rows_count, held=found.held,
    )  # fmt: skip


def _filters(params: AnswersParameters) -> AnswerFilters:
    return AnswerFilters(
        **{name: getattr(params, name) for name in AnswersParameters.__struct_fields__ if name != "by"}
    )


def rows(answer: AnswersPage) -> Iterator[dict[str, object]]:
    """A row for each group of this page."""
    return map(group_row, answer.groups)


def all_rows(desk: Desk, params: AnswersParameters) -> Iterator[dict[str, object]]:
    """A row for each group, including those beyond the hundred that the page shows."""
    return map(group_row, answers(desk, _filters(params), by=params.by, limit=0).groups)


PAGE = Page(
    path="/answers",
    template="answers.html",
    summary="Questions answered, declined or referred elsewhere, by outlet, speaker or issue",
    parameters=AnswersParameters,
    answer=answers_page,
    rows=rows,
    all_rows=all_rows,
    slow=True,
    narrow="Name an outlet, a speaker, an issue or fewer years",
)
