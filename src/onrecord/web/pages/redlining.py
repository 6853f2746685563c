"""A statement redlined: each sentence said before, reworded or new, against the record or one earlier statement."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from onrecord.asking import MarkedSentence, Redline, baseline_document, redline
from onrecord.desk.store import Desk, Row
from onrecord.web.page import Page

#: So many earlier statements are offered to compare with.
_OFFERED = 15


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What the statement is compared with."""

    against: (
        Annotated[
            str,
            Meta(
                max_length=300,
                description="A document's id, `last` for the one before, `same-issue` for the most alike.",
            ),
        ]
        | None
    ) = None


class RedlinePage(msgspec.Struct, frozen=True, kw_only=True):
    """A redline, its turns apart, and the earlier statements that may be chosen to compare with."""

    redline: Redline
    turns: tuple[tuple[str, tuple[MarkedSentence, ...]], ...]
    language: str
    issuer: str
    earlier: tuple[Row, ...]


def redlining(desk: Desk, asked: Asked, id: str) -> RedlinePage:
    """The redline of the document of this id. Raises UnknownDocument."""
    document = desk.document(id)
    found = redline(desk, document, against=baseline_document(desk, document, asked.against))
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


def redline_of(it: RedlinePage) -> Redline:
    """The redline alone, as ``onrecord redline --format json`` prints it."""
    return it.redline


PAGE = Page(
    path="/statements/{id}/redline",
    template="redline.html",
    summary="A statement against the record: said before, reworded, new",
    asked=Asked,
    answer=redlining,
    json_object=redline_of,
    heavy=True,
    narrow="Compare the statement with one earlier statement instead of the whole record",
)
