"""The front page: what the desk holds and does not, and what came last."""

from __future__ import annotations

from collections import Counter

import msgspec

from onrecord.asking import Coverage, coverage
from onrecord.desk.store import Desk, Row
from onrecord.web.page import Nothing, Page

_LATEST = 12


class IssuerHeld(msgspec.Struct, frozen=True, kw_only=True):
    """What is held of an issuer. ``months`` counts documents by month, YYYY-MM; ``missing`` are weekdays between without any."""

    issuer: str
    documents: int
    first: str | None
    last: str | None
    missing: int
    months: dict[str, int]


class FrontPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the desk holds. ``latest`` are the newest statements by their day, ``undated`` those without one."""

    held: Coverage
    issuers: tuple[IssuerHeld, ...]
    undated: int
    latest: tuple[Row, ...]


def front(desk: Desk, asked: Nothing) -> FrontPage:
    """The front page of a desk."""
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
    query = "SELECT issuer, substr(day, 1, 7), count(*) FROM document WHERE day IS NOT NULL GROUP BY 1, 2"
    found: dict[str, Counter[str]] = {}
    for issuer, month, count in desk.record.execute(query):
        found.setdefault(issuer, Counter())[month] = count
    return found


def _undated(desk: Desk) -> int:
    return int(desk.record.execute("SELECT count(*) FROM document WHERE day IS NULL").fetchone()[0])


PAGE = Page(
    path="/",
    template="front.html",
    summary="What the desk holds, and the latest statements",
    asked=Nothing,
    answer=front,
)
