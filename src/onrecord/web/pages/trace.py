"""Trace a phrase: first and last use, speakers, and how its wording changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from onrecord.asking import Coverage, DocumentRun, PhraseUse, PhraseWording, coverage, trace
from onrecord.asking.conditions import check_days
from onrecord.asking.options import TRACED_KIND
from onrecord.desk.store import Desk
from onrecord.web.addresses import statement_url
from onrecord.web.page import Entry, Page, Paging, paging
from onrecord.web.parameters import LAST_PAGE, Day, Name, PageNumber, Words, described

_SIZE, _WORDINGS, _LATEST = 30, 15, 30


class TraceParameters(msgspec.Struct, frozen=True, kw_only=True):
    """The phrase and the filters."""

    q: Annotated[Words, Meta(description="The phrase as it was said: a few words, or a sentence.")] = ""
    near: Annotated[
        float, Meta(ge=0.5, le=1.0, description="The share of the words, in order, that a near wording contains.")
    ] = 0.75
    issuer: Name | None = None
    kind: Annotated[Literal["podium", "all", "question", "answer", "statement", "note"], described(TRACED_KIND)] = (
        "podium"
    )
    since: Day | None = None
    until: Day | None = None
    page: PageNumber = 1


class TracePage(msgspec.Struct, frozen=True, kw_only=True):
    """The uses of a phrase, one page of them, earliest first; see :class:`onrecord.asking.Trace`.

    ``latest`` are the last uses, for the feed. ``wordings`` are the first of ``wordings_count``. Everything is empty if no
    phrase was given.
    """

    phrase: str
    near: float | None
    exact: int
    nearly: int
    first: PhraseUse | None
    first_in_any_wording: str | None
    last: PhraseUse | None
    by_year: dict[str, tuple[int, int]]
    runs: tuple[DocumentRun, ...]
    speakers: dict[str, int]
    wordings: tuple[PhraseWording, ...]
    wordings_count: int
    uses: tuple[PhraseUse, ...]
    latest: tuple[PhraseUse, ...]
    paging: Paging
    held: Coverage


def trace_page(desk: Desk, params: TraceParameters) -> TracePage:
    """Trace a phrase. Raises QueryError for a phrase without a word, or an issuer that the desk does not have."""
    if not params.q:
        return TracePage(
            phrase="", near=None, exact=0, nearly=0, first=None, first_in_any_wording=None, last=None, by_year={}, runs=(),
            speakers={}, wordings=(), wordings_count=0, uses=(), latest=(), paging=paging(1, 0, _SIZE, LAST_PAGE),
            held=coverage(desk),
        )  # fmt: skip
    check_days(params.since, params.until)
    found = trace(
        desk,
        params.q,
        near=params.near,
        issuer=params.issuer,
        kind=params.kind,
        since=params.since,
        until=params.until,
        most_wordings=_WORDINGS,
    )
    place = paging(params.page, len(found.uses), _SIZE, LAST_PAGE)
    exact = [use for use in found.uses if use.exact and use.day] or [use for use in found.uses if use.exact]
    return TracePage(
        phrase=found.phrase, near=found.near, exact=found.exact, nearly=found.nearly, first=exact[0] if exact else None,
        first_in_any_wording=found.first_in_any_wording,
        last=exact[-1] if exact else None, by_year=found.by_year, runs=found.runs,
        speakers=dict(list(found.speakers.items())[:12]), wordings=found.wordings, wordings_count=found.wordings_count,
        uses=found.uses[(params.page - 1) * _SIZE : params.page * _SIZE],
        latest=tuple(use for use in found.uses if use.day)[-_LATEST:], paging=place, held=found.held,
    )  # fmt: skip


def entries(answer: TracePage) -> Iterator[Entry]:
    """A feed entry for each of the latest uses."""
    for use in answer.latest:
        yield Entry(
            id=f"{use.turn}:{use.start}", title=f"{use.day or 'undated'}: {use.wording}", updated=use.day or "",
            path=statement_url(use.document, use.turn, find=f'"{use.wording}"'), author=use.speaker or use.outlet or use.issuer,
            words=use.sentence,
        )  # fmt: skip


def rows(answer: TracePage) -> Iterator[dict[str, object]]:
    """A row for each year."""
    for year, (exact, nearly) in answer.by_year.items():
        yield {"phrase": answer.phrase, "year": year, "exact": exact, "near": nearly}


PAGE = Page(
    path="/trace",
    template="trace.html",
    summary="Trace a phrase: first and last use, uses by year, wordings, speakers",
    parameters=TraceParameters,
    answer=trace_page,
    entries=entries,
    rows=rows,
    slow=True,
    narrow="Trace fewer words, only exact uses, one issuer or fewer years",
)
