"""The ledger: what was agreed, promised, offered or only discussed, and its status in later accounts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from onrecord.annotation_types import Strength
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
from onrecord.asking.options import ONE_SIDED
from onrecord.desk.store import Desk
from onrecord.web.addresses import statement_url
from onrecord.web.page import Entry, Page, Paging, paging
from onrecord.web.parameters import LAST_PAGE, Day, Name, PageNumber, Values, described

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
    one_sided: Annotated[bool, described(ONE_SIDED)] = False
    sort: Annotated[
        Literal["strongest", "newest", "oldest"],
        Meta(description="What was agreed first, or order by the day of the first mention."),
    ] = "strongest"
    page: PageNumber = 1


class LedgerPage(msgspec.Struct, frozen=True, kw_only=True):
    """The undertakings of this page; ``strengths`` and ``statuses`` count all results, ``left_out`` the one-sided ones that
    are not among them.
    """

    between: tuple[str, ...]
    issue: str | None
    lines: tuple[LedgerLine, ...]
    paging: Paging
    strengths: dict[str, int]
    statuses: dict[str, int]
    left_out: int
    verdicts: tuple[str, ...]
    held: Coverage


def ledger_page(desk: Desk, params: LedgerParameters) -> LedgerPage:
    """Search the undertakings. Raises QueryError."""
    found = _ledger(desk, params)
    wanted = _wanted(found, params)
    every = wanted if params.one_sided else _wanted(found, msgspec.structs.replace(params, one_sided=True))
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
        left_out=len(every) - len(wanted),
        verdicts=JUDGEMENT_STATUSES,
        held=coverage(desk),
    )


def _ledger(desk: Desk, params: LedgerParameters) -> Ledger:
    return ledger(
        desk, between=params.between, issue=params.issue, since=params.since, until=params.until, strength=params.strength,
        issuer=params.issuer,
    )  # fmt: skip


def _wanted(found: Ledger, params: LedgerParameters) -> list[LedgerLine]:
    """The lines with the requested status and form, in the requested order."""
    some = tuple(
        line
        for line in found.lines
        if (params.one_sided or not line.one_sided) and params.status in (None, line.status)
    )
    if params.sort == "strongest":
        return [*msgspec.structs.replace(found, lines=some).strongest(len(some)).lines]
    if params.sort == "oldest":
        return [*some]
    dated = [line for line in some if line.first.day]
    return [*reversed(dated), *(line for line in some if not line.first.day)]


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
