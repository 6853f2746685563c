"""Redline a statement: which sentences were said before, reworded or new, compared with the record or one statement."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from onrecord.asking import MarkedSentence, Redline, baseline_document, redline
from onrecord.desk.listing import Row
from onrecord.desk.store import Desk
from onrecord.web.page import Page

#: How many earlier statements the page offers for comparison.
_OFFERED = 15


class RedlineParameters(msgspec.Struct, frozen=True, kw_only=True):
    """The baseline of the comparison."""

    against: (
        Annotated[
            str,
            Meta(
                max_length=300,
                description="Compare with this document: an id, `last` for the previous one, `same-issue` for the most similar.",
            ),
        ]
        | None
    ) = None


class RedlinePage(msgspec.Struct, frozen=True, kw_only=True):
    """A redline, grouped by turn, and earlier statements to compare with."""

    redline: Redline
    turns: tuple[tuple[str, tuple[MarkedSentence, ...]], ...]
    language: str
    issuer: str
    earlier: tuple[Row, ...]


def redline_page(desk: Desk, params: RedlineParameters, id: str) -> RedlinePage:
    """Redline the document with this id. Raises UnknownDocument."""
    document = desk.document(id)
    found = redline(desk, document, against=baseline_document(desk, document, params.against))
    turns: list[tuple[str, list[MarkedSentence]]] = []
    for one in found.sentences:
        if not turns or turns[-1][0] != one.turn:
            turns.append((one.turn, []))
        turns[-1][1].append(one)
    earlier = desk.rows(
        issuer=document.issuer,
        kind=document.kind,
        language=document.language,
        until=document.date,
        newest=True,
        limit=_OFFERED + 5,
    )
    return RedlinePage(
        redline=found,
        turns=tuple((turn, tuple(some)) for turn, some in turns),
        language=document.language,
        issuer=document.issuer,
        earlier=tuple(row for row in earlier if row.id != document.id and row.day != document.date)[:_OFFERED],
    )


def redline_of(answer: RedlinePage) -> Redline:
    """The redline alone, as ``onrecord redline --format json`` prints it."""
    return answer.redline


PAGE = Page(
    path="/statements/{id}/redline",
    template="redline.html",
    summary="Compare a statement with the record: said before, reworded, new",
    parameters=RedlineParameters,
    answer=redline_page,
    json_object=redline_of,
    heavy=True,
    narrow="Compare the statement with one earlier statement instead of the whole record",
)
