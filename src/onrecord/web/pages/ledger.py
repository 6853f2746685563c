"""The ledger: what was agreed, promised, offered or only discussed, with what later accounts say of it."""

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
from onrecord.web.addresses import statement
from onrecord.web.asked import LAST_PAGE, PageNumber, Values
from onrecord.web.page import Entry, Page, Paging, paging

_SIZE = 30
_Day = Annotated[str, Meta(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$", description="A year, a month or a day, included.")]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Which undertakings."""

    between: Annotated[Values, Meta(description="Parties that all take part, by code or name.")] = ()
    issue: Annotated[str, Meta(max_length=200, description="About this issue, or one under it.")] | None = None
    strength: Annotated[tuple[Strength, ...], Meta(max_length=6, description="How strongly it is said.")] = ()
    status: Annotated[UndertakingStatus, Meta(description="What later accounts say.")] | None = None
    issuer: Annotated[str, Meta(max_length=200, description="Said at least once by this issuer.")] | None = None
    since: _Day | None = None
    until: _Day | None = None
    sort: Annotated[Literal["newest", "oldest"], Meta(description="By the day it was said first.")] = "newest"
    page: PageNumber = 1


class LedgerPage(msgspec.Struct, frozen=True, kw_only=True):
    """The undertakings of this page; ``strengths`` and ``statuses`` count all that were found."""

    between: tuple[str, ...]
    issue: str | None
    lines: tuple[LedgerLine, ...]
    paging: Paging
    strengths: dict[str, int]
    statuses: dict[str, int]
    verdicts: tuple[str, ...]
    held: Coverage


def lines(desk: Desk, asked: Asked) -> LedgerPage:
    """The undertakings asked for. Raises QueryError."""
    found = _ledger(desk, asked)
    wanted = _wanted(found, asked)
    strengths: dict[str, int] = {}
    statuses: dict[str, int] = {}
    for line in wanted:
        strengths[line.first.strength] = strengths.get(line.first.strength, 0) + 1
        statuses[line.status] = statuses.get(line.status, 0) + 1
    return LedgerPage(
        between=found.between,
        issue=found.issue,
        lines=tuple(wanted[(asked.page - 1) * _SIZE : asked.page * _SIZE]),
        paging=paging(asked.page, len(wanted), _SIZE, LAST_PAGE),
        strengths=strengths,
        statuses=statuses,
        verdicts=JUDGEMENT_STATUSES,
        held=coverage(desk),
    )


def _ledger(desk: Desk, asked: Asked) -> Ledger:
    return ledger(
        desk, between=asked.between, issue=asked.issue, since=asked.since, until=asked.until, strength=asked.strength,
        issuer=asked.issuer,
    )  # fmt: skip


def _wanted(found: Ledger, asked: Asked) -> list[LedgerLine]:
    """The lines that have the status asked for, in the order asked for."""
    wanted = [line for line in found.lines if asked.status is None or line.status == asked.status]
    if asked.sort == "newest":
        dated = [line for line in wanted if line.first.day]
        wanted = [*reversed(dated), *(line for line in wanted if not line.first.day)]
    return wanted


def entries(it: LedgerPage) -> Iterator[Entry]:
    """An undertaking an entry, as it was said last."""
    for line in it.lines:
        said = line.last
        yield Entry(
            id=said.undertaking, title=f"{said.strength}: {' + '.join(said.by)}", path=statement(said.document, said.turn),
            updated=said.day or "", author=said.issuer, words=said.words,
        )  # fmt: skip


def rows(it: LedgerPage) -> Iterator[dict[str, object]]:
    """An undertaking a row."""
    return map(ledger_row, it.lines)


def all_rows(desk: Desk, asked: Asked) -> Iterator[dict[str, object]]:
    """Every undertaking asked for, whatever the page."""
    return map(ledger_row, _wanted(_ledger(desk, asked), asked))


PAGE = Page(
    path="/ledger",
    template="ledger.html",
    summary="What was agreed, promised, offered or discussed, and what later accounts say of it",
    asked=Asked,
    answer=lines,
    entries=entries,
    rows=rows,
    all_rows=all_rows,
    slow=True,
    narrow="Name two parties, an issue or fewer years",
)
