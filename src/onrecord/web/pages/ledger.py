"""The ledger: what was agreed, promised, offered or only discussed, and its status in later accounts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from onrecord.asking import (
    JUDGEMENT_STATUSES,
    Coverage,
    Ledger,
    LedgerLine,
    UndertakingStatus,
    coverage,
    ledger,
    ledger_row,
)
from onrecord.desk.store import Desk
from onrecord.marks import Strength
from onrecord.web.addresses import statement_url
from onrecord.web.page import Entry, Page, Paging, paging
from onrecord.web.parameters import LAST_PAGE, Day, Name, PageNumber, Values

_SIZE = 30


class LedgerParameters(msgspec.Struct, frozen=True, kw_only=True):
    """The filters."""

    between: Values = ()
    issue: Name | None = None
    strength: Annotated[tuple[Strength, ...], Meta(max_length=6)] = ()
    status: (
        Annotated[UndertakingStatus, Meta(description="Only with this status according to later accounts.")] | None
    ) = None
    issuer: Name | None = None
    since: Day | None = None
    until: Day | None = None
    sort: Annotated[Literal["newest", "oldest"], Meta(description="Order by the day of the first mention.")] = "newest"
    page: PageNumber = 1


class LedgerPage(msgspec.Struct, frozen=True, kw_only=True):
    """The undertakings of this page; ``strengths`` and ``statuses`` count all results."""

    between: tuple[str, ...]
    issue: str | None
    lines: tuple[LedgerLine, ...]
    paging: Paging
    strengths: dict[str, int]
    statuses: dict[str, int]
    verdicts: tuple[str, ...]
    held: Coverage


def ledger_page(desk: Desk, params: LedgerParameters) -> LedgerPage:
    """Search the undertakings. Raises QueryError."""
    found = _ledger(desk, params)
    wanted = _wanted(found, params)
    strengths: dict[str, int] = {}
    statuses: dict[str, int] = {}
    for line in wanted:
        strengths[line.first.strength] = strengths.get(line.first.strength, 0) + 1
        statuses[line.status] = statuses.get(line.status, 0) + 1
    return LedgerPage(
        between=found.between,
        issue=found.issue,
        lines=tuple(wanted[(params.page - 1) * _SIZE : params.page * _SIZE]),
        paging=paging(params.page, len(wanted), _SIZE, LAST_PAGE),
        strengths=strengths,
        statuses=statuses,
        verdicts=JUDGEMENT_STATUSES,
        held=coverage(desk),
    )


def _ledger(desk: Desk, params: LedgerParameters) -> Ledger:
    return ledger(
        desk, between=params.between, issue=params.issue, since=params.since, until=params.until, strength=params.strength,
        issuer=params.issuer,
    )  # fmt: skip


def _wanted(found: Ledger, params: LedgerParameters) -> list[LedgerLine]:
    """The lines with the requested status, in the requested order."""
    wanted = [line for line in found.lines if params.status is None or line.status == params.status]
    if params.sort == "newest":
        dated = [line for line in wanted if line.first.day]
        wanted = [*reversed(dated), *(line for line in wanted if not line.first.day)]
    return wanted


def entries(answer: LedgerPage) -> Iterator[Entry]:
    """A feed entry for each undertaking, from its latest mention."""
    for line in answer.lines:
        said = line.last
        yield Entry(
            id=said.undertaking, title=f"{said.strength}: {' + '.join(said.by)}", path=statement_url(said.document, said.turn),
            updated=said.day or "", author=said.issuer, words=said.words,
        )  # fmt: skip


def rows(answer: LedgerPage) -> Iterator[dict[str, object]]:
    """A row for each undertaking of this page."""
    return map(ledger_row, answer.lines)


def all_rows(desk: Desk, params: LedgerParameters) -> Iterator[dict[str, object]]:
    """A row for each undertaking of all pages."""
    return map(ledger_row, _wanted(_ledger(desk, params), params))


PAGE = Page(
    path="/ledger",
    template="ledger.html",
    summary="Undertakings: what was agreed, promised, offered or discussed, with its status in later accounts",
    parameters=LedgerParameters,
    answer=ledger_page,
    entries=entries,
    rows=rows,
    all_rows=all_rows,
    slow=True,
    narrow="Name two parties, an issue or fewer years",
)
