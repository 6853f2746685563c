"""The front page: what the desk contains, where it has gaps, and the latest statements."""

from __future__ import annotations

from collections import Counter

import msgspec

from onrecord.asking import Coverage, coverage
from onrecord.desk.listing import Row
from onrecord.desk.store import Desk
from onrecord.web.page import NoParameters, Page

_LATEST = 12


class IssuerHeld(msgspec.Struct, frozen=True, kw_only=True):
    """The documents of an issuer on the desk. ``months`` counts them by month, YYYY-MM; ``missing`` is the number of weekdays
    without any between the first and the last day."""

    issuer: str
    documents: int
    first: str | None
    last: str | None
    missing: int
    months: dict[str, int]


class FrontPage(msgspec.Struct, frozen=True, kw_only=True):
    """The contents of the desk. ``latest`` are the newest statements, ``undated`` is the number without a day."""

    held: Coverage
    issuers: tuple[IssuerHeld, ...]
    undated: int
    latest: tuple[Row, ...]


def front_page(desk: Desk, params: NoParameters) -> FrontPage:
    """The front page."""
    holding = coverage(desk)
    months = desk.remembered("documents by month", lambda: _by_month(desk))
    issuers = tuple(
        IssuerHeld(
            issuer=issuer, documents=count, first=first, last=last, missing=holding.missing.get(issuer, 0),
            months=dict(months.get(issuer, {})),
        )
        for issuer, (count, first, last) in holding.issuers.items()
    )  # fmt: skip
    undated = desk.remembered("undated documents", lambda: _undated(desk))
    return FrontPage(
        held=holding, issuers=issuers, undated=undated, latest=tuple(desk.rows(newest=True, limit=_LATEST))
    )


def _by_month(desk: Desk) -> dict[str, Counter[str]]:
    query = "SELECT issuer, substr(day, 1, 7), count(*) FROM document WHERE length(day) >= 7 GROUP BY 1, 2"
    found: dict[str, Counter[str]] = {}
    for issuer, month, count in desk.record.execute(query):
        found.setdefault(issuer, Counter())[month] = count
    return found


def _undated(desk: Desk) -> int:
    return int(desk.record.execute("SELECT count(*) FROM document WHERE day IS NULL").fetchone()[0])


PAGE = Page(
    path="/",
    template="front.html",
    summary="What the desk contains, and the latest statements",
    parameters=NoParameters,
    answer=front_page,
)
