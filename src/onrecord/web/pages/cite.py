"""Cite a turn or a sentence: citation formats, and links to it on the desk, at the publisher and in the source."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from onrecord.asking.version_history import SaidUntil, said_until
from onrecord.desk.store import Desk
from onrecord.errors import QueryError, UnknownDocument
from onrecord.languages.sentences import sentences
from onrecord.record import Document, Turn
from onrecord.sharing.citations import Citation, cite
from onrecord.web.addresses import statement_url
from onrecord.web.page import Page
from onrecord.web.pages.source import span_of
from onrecord.web.parameters import Span


class CiteParameters(msgspec.Struct, frozen=True, kw_only=True):
    """What to cite: a turn, a sentence of it, a span of the text, or by default the document."""

    turn: Annotated[str, Meta(max_length=300, description="A turn's id without its document's id.")] | None = None
    sentence: Annotated[int, Meta(ge=1, le=100_000, description="A sentence of the turn, numbered from 1.")] | None = (
        None
    )
    at: Annotated[Span, Meta(description="A span of the text: start-end in code points.")] | None = None


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of the turn, with its span in the document's text."""

    number: int
    start: int
    end: int
    words: str


class CitationPage(msgspec.Struct, frozen=True, kw_only=True):
    """A citation, and the sentences of the turn to cite alone. ``[start, end)`` is the cited span, ``path`` its URL; ``said``
    says what became of a turn that only an earlier version has."""

    citation: Citation
    document: str
    title: str
    language: str
    turn: str | None
    start: int
    end: int
    path: str
    sentences: tuple[Sentence, ...]
    said: SaidUntil | None


def cite_page(desk: Desk, params: CiteParameters, id: str) -> CitationPage:
    """Cite a document, turn, sentence or span. Raises UnknownDocument, QueryError."""
    document = desk.document(id)
    turn = _turn(desk, document, params.turn) if params.turn else None
    if turn is not None:
        document = turn.span.document  # of an earlier version, where only that had it
    start, end = span_of(document, params.at)
    if turn is None and params.at:
        turn = next((one for one in document if one.start <= start < one.end), None)
    found = _sentences(document, turn.start, turn.end) if turn else ()
    if turn is not None and not params.at:
        start, end = turn.start, turn.end
    path = statement_url(document.id, turn.id if turn else None)
    if params.sentence is not None:
        if not 0 < params.sentence <= len(found):
            raise QueryError(
                f"the turn has {len(found)} sentences, not {params.sentence}",
                hint="Name a turn and one of its sentences",
            )
        chosen = found[params.sentence - 1]
        start, end, path = chosen.start, chosen.end, f"{path}-s{chosen.number}"
    elif params.at:
        path = f"{statement_url(document.id, turn.id if turn else None, mark=params.at)}"
    return CitationPage(
        citation=cite(document.span(start, end), turn=turn, permalink=path), document=document.id, title=document.title,
        language=document.language, turn=params.turn, start=start, end=end, path=path, sentences=found,
        said=said_until(desk, turn.id) if turn else None,
    )  # fmt: skip


def _turn(desk: Desk, document: Document, place: str) -> Turn:
    try:
        return desk.turn(f"{document.id}/{place}")
    except UnknownDocument:
        raise UnknownDocument(f"no turn {place[:100]!r} in {document.id}", hint="Open it from the statement") from None


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
    parameters=CiteParameters,
    answer=cite_page,
)
