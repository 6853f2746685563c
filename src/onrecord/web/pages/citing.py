"""Cite: a turn or a sentence in forms to quote it by, with links to it here, at the publisher's and in its source."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from onrecord.desk.store import Desk
from onrecord.errors import QueryError, UnknownDocument
from onrecord.languages.sentences import sentences
from onrecord.record import Document, Turn
from onrecord.sharing.citations import Citation, cite
from onrecord.web.addresses import statement
from onrecord.web.page import Page
from onrecord.web.pages.source import span_of


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is cited: a turn, a sentence of it, a stretch of the text, or without any the document."""

    turn: Annotated[str, Meta(max_length=300, description="The part of a turn's id behind its document's.")] | None = (
        None
    )
    sentence: Annotated[int, Meta(ge=1, le=100_000, description="A sentence of the turn, counted from 1.")] | None = (
        None
    )
    at: Annotated[str, Meta(pattern=r"^\d{1,9}-\d{1,9}$", description="Code points start-end of the text.")] | None = (
        None
    )


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of the turn, with its stretch of the document's text."""

    number: int
    start: int
    end: int
    words: str


class CitationPage(msgspec.Struct, frozen=True, kw_only=True):
    """A citation, and the sentences of the turn that may be cited alone. ``[start, end)`` is what is cited; ``path`` its page."""

    citation: Citation
    document: str
    title: str
    language: str
    turn: str | None
    start: int
    end: int
    path: str
    sentences: tuple[Sentence, ...]


def cited(desk: Desk, asked: Asked, id: str) -> CitationPage:
    """The citation asked for. Raises UnknownDocument, QueryError."""
    document = desk.document(id)
    turn = _turn(document, asked.turn) if asked.turn else None
    start, end = span_of(document, asked.at)
    if turn is None and asked.at:
        turn = next((one for one in document if one.start <= start < one.end), None)
    found = _sentences(document, turn.start, turn.end) if turn else ()
    if turn is not None and not asked.at:
        start, end = turn.start, turn.end
    path = statement(document.id, turn.id if turn else None)
    if asked.sentence is not None:
        if not 0 < asked.sentence <= len(found):
            raise QueryError(
                f"the turn has {len(found)} sentences, not {asked.sentence}",
                hint="Name a turn and one of its sentences",
            )
        chosen = found[asked.sentence - 1]
        start, end, path = chosen.start, chosen.end, f"{path}-s{chosen.number}"
    elif asked.at:
        path = f"{statement(document.id, turn.id if turn else None, mark=asked.at)}"
    return CitationPage(
        citation=cite(document.span(start, end), turn=turn, permalink=path), document=document.id, title=document.title,
        language=document.language, turn=asked.turn, start=start, end=end, path=path, sentences=found,
    )  # fmt: skip


def _turn(document: Document, place: str) -> Turn:
    found = next((turn for turn in document if turn.id == f"{document.id}/{place}"), None)
    if found is None:
        raise UnknownDocument(f"no turn {place[:100]!r} in {document.id}", hint="Open it from the statement")
    return found


def _sentences(document: Document, start: int, end: int) -> tuple[Sentence, ...]:
    text = document.text[start:end]
    return tuple(
        Sentence(number=number, start=start + begin, end=start + close, words=text[begin:close])
        for number, (begin, close) in enumerate(sentences(text), start=1)
    )


PAGE = Page(
    path="/statements/{id}/cite",
    template="cite.html",
    summary="A turn or a sentence as text, BibTeX and CSL-JSON, with links to it",
    asked=Asked,
    answer=cited,
)
