"""A phrase's life: when first, when last, by whom, and how its wording changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from onrecord.asking import Coverage, DocumentRun, PhraseUse, PhraseWording, coverage, trace
from onrecord.asking.conditions import check_days, desk_values
from onrecord.desk.store import Desk
from onrecord.web.addresses import statement
from onrecord.web.asked import LAST_PAGE, Day, PageNumber, Words
from onrecord.web.page import Entry, Page, Paging, paging

_SIZE, _WORDINGS, _LATEST = 30, 15, 30


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The phrase, and where it is looked for."""

    q: Annotated[Words, Meta(description="The words as they were said: a few, or a sentence.")] = ""
    near: Annotated[
        float, Meta(ge=0.5, le=1.0, description="The share of the words, in order, that makes a wording near.")
    ] = 0.75
    issuer: Annotated[str, Meta(max_length=200, description="Only uses by this issuer.")] | None = None
    kind: (
        Annotated[Literal["question", "answer", "statement", "note"], Meta(description="Only in turns of this kind.")]
        | None
    ) = None
    since: Day | None = None
    until: Day | None = None
    page: PageNumber = 1


class TracePage(msgspec.Struct, frozen=True, kw_only=True):
    """What the desk holds of a phrase, its uses a page at a time, the earliest first; see :class:`onrecord.asking.Trace`.

    ``latest`` are its last uses, for a feed. ``wordings_count`` is how many there are, ``wordings`` the first of
    them. All is empty where no phrase was asked for.
    """

    phrase: str
    near: float | None
    exact: int
    nearly: int
    first: PhraseUse | None
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


def tracing(desk: Desk, asked: Asked) -> TracePage:
    """The trace of a phrase. Raises QueryError for one without a word, or what the desk does not have."""
    if not asked.q:
        return TracePage(
            phrase="", near=None, exact=0, nearly=0, first=None, last=None, by_year={}, runs=(), speakers={}, wordings=(),
            wordings_count=0, uses=(), latest=(), paging=paging(1, 0, _SIZE, LAST_PAGE), held=coverage(desk),
        )  # fmt: skip
    check_days(asked.since, asked.until)
    issuers = desk_values(desk, "issuer", "document", (asked.issuer,) if asked.issuer else ())
    found = trace(
        desk,
        asked.q,
        near=asked.near,
        issuer=issuers[0] if issuers else None,
        kind=asked.kind,
        since=asked.since,
        until=asked.until,
        most_wordings=_WORDINGS,
    )
    place = paging(asked.page, len(found.uses), _SIZE, LAST_PAGE)
    exact = [use for use in found.uses if use.exact and use.day] or [use for use in found.uses if use.exact]
    return TracePage(
        phrase=found.phrase, near=found.near, exact=found.exact, nearly=found.nearly, first=exact[0] if exact else None,
        last=exact[-1] if exact else None, by_year=found.by_year, runs=found.runs,
        speakers=dict(list(found.speakers.items())[:12]), wordings=found.wordings, wordings_count=found.wordings_count,
        uses=found.uses[(asked.page - 1) * _SIZE : asked.page * _SIZE],
        latest=tuple(use for use in found.uses if use.day)[-_LATEST:], paging=place, held=found.held,
    )  # fmt: skip


def entries(it: TracePage) -> Iterator[Entry]:
    """A use an entry, the last ones of all."""
    for use in it.latest:
        yield Entry(
            id=f"{use.turn}:{use.start}", title=f"{use.day or 'undated'}: {use.wording}", updated=use.day or "",
            path=statement(use.document, use.turn, find=f'"{use.wording}"'), author=use.speaker or use.outlet or use.issuer,
            words=use.sentence,
        )  # fmt: skip


def rows(it: TracePage) -> Iterator[dict[str, object]]:
    """A year a row."""
    for year, (exact, nearly) in it.by_year.items():
        yield {"phrase": it.phrase, "year": year, "exact": exact, "near": nearly}


PAGE = Page(
    path="/trace",
    template="trace.html",
    summary="A phrase's life: first and last use, by year, its wordings, who used it",
    asked=Asked,
    answer=tracing,
    entries=entries,
    rows=rows,
    slow=True,
    narrow="Trace fewer words, exact uses alone, or the uses of one issuer or of fewer years",
)
