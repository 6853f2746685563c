"""A statement: its turns as a transcript, with annotations in the text and the margin on request."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

import msgspec
from markupsafe import Markup
from msgspec import Meta

from onrecord.annotation_types import Act, Meeting, Undertaking
from onrecord.asking import TurnFilters, accuracy_caution, language_versions, parse
from onrecord.asking.text_match import spans
from onrecord.asking.turn_search import with_filters
from onrecord.asking.version_history import SaidUntil, said_until
from onrecord.desk.listing import Row
from onrecord.desk.store import Desk
from onrecord.desk.versions import Version, earlier_words
from onrecord.errors import QueryError
from onrecord.languages.code_lookup import display_name
from onrecord.languages.sentences import sentences
from onrecord.record import Document, Turn
from onrecord.web.addresses import anchor, entity_url
from onrecord.web.highlighting import Highlight, highlighted
from onrecord.web.page import Page
from onrecord.web.parameters import Span, Words

Shown = Literal["mentions", "acts", "undertakings", "links"]


class StatementParameters(msgspec.Struct, frozen=True, kw_only=True):
    """What to show besides the text."""

    show: Annotated[tuple[Shown, ...], Meta(description="Annotations to show in the text and the margin.")] = ()
    find: Annotated[Words, Meta(description="A query whose matches are highlighted.")] = ""
    mark: Annotated[Span, Meta(description="A span to highlight: start-end in code points.")] | None = None
    version: Annotated[int, Meta(ge=1, le=100_000, description="Show this version; by default the newest.")] | None = (
        None
    )


class SentenceView(NamedTuple):
    """A sentence of a turn: its number, from 1, and its text as HTML."""

    number: int
    html: Markup


class TurnView(NamedTuple):
    """A turn for display: paragraphs of sentences, and annotations for the margin."""

    turn: Turn
    anchor: str
    paragraphs: list[list[SentenceView]]
    acts: list[Act]
    undertakings: list[Undertaking]


class GoneTurn(NamedTuple):
    """A turn that an earlier version had and the document has no longer: its anchor stays, so that links to it lead here."""

    anchor: str
    words: str
    said: SaidUntil


class StatementPage(msgspec.Struct, frozen=True, kw_only=True):
    """A document, with the statements before and after it, and ``also`` those that say the same in another language."""

    document: Document
    turns: list[TurnView]
    meetings: list[tuple[Meeting, str]]
    before: Row | None
    after: Row | None
    versions: list[Version]
    version: Version | None
    gone: list[GoneTurn]
    hits: int
    also: tuple[Row, ...]
    caution: str | None = None


def statement_page(desk: Desk, params: StatementParameters, id: str) -> StatementPage:
    """The document with this id, or the only one whose id begins so. Raises UnknownDocument, QueryError."""
    newest = desk.document(id)
    versions = desk.versions(newest.id)
    document = newest if params.version is None else desk.version(newest.id, params.version)
    marks = [*_requested_highlights(document, params), *_annotation_highlights(document, params.show)]
    hits = sum(mark.name == "hit" for mark in marks)
    marks.sort(key=lambda mark: mark.start)
    before, after = (desk.row(beside) if beside else None for beside in desk.beside(document))
    return StatementPage(
        document=document,
        turns=[_turn_view(document, turn, marks, params.show) for turn in document],
        meetings=[(one, anchor(one.turn)) for one in document.meetings],
        before=before,
        after=after,
        versions=[one for one in versions if one.state != "in-doubt"],
        version=next((one for one in versions if one.position == params.version), None),
        gone=_gone_turns(desk, document.id) if params.version is None else [],
        hits=hits,
        also=language_versions(desk, document.id, sure=True),
        caution=_caution(document) if "acts" in params.show else None,
    )


def _caution(document: Document) -> str | None:
    return accuracy_caution("acts", issuer=document.issuer, language=document.language, kind=document.kind)


def _turn_view(document: Document, turn: Turn, marks: list[Highlight], show: tuple[str, ...]) -> TurnView:
    text = document.text
    own = [mark for mark in marks if mark.start < turn.end and mark.end > turn.start]
    paragraphs: list[list[SentenceView]] = []
    last = turn.start
    for number, (start, end) in enumerate(sentences(text[turn.start : turn.end]), start=1):
        begin, close = turn.start + start, turn.start + end
        if not paragraphs or "\n" in text[last:begin]:
            paragraphs.append([])
        paragraphs[-1].append(
            SentenceView(number, highlighted(text, begin, close, own) if own else highlighted(text, begin, close, ()))
        )
        last = close
    return TurnView(
        turn=turn,
        anchor=anchor(turn.id),
        paragraphs=paragraphs,
        acts=[one for one in document.acts if one.turn == turn.id] if "acts" in show else [],
        undertakings=[one for one in document.undertakings if one.turn == turn.id] if "undertakings" in show else [],
    )


def _requested_highlights(document: Document, params: StatementParameters) -> list[Highlight]:
    """The highlights that the URL requests: matches of a query, a span of the text."""
    found = []
    if params.find:
        words, _ = with_filters(params.find, TurnFilters())
        tree = parse(words) if words else None
        for turn in document if tree is not None else ():
            places = spans(tree, turn.text) if tree is not None else []
            found += [Highlight(turn.start + start, turn.start + end, "mark", "hit") for start, end in places]
    if params.mark:
        start, end = (int(edge) for edge in params.mark.split("-"))
        if not start < end <= len(document.text):
            raise QueryError(
                f"mark={params.mark} is not a span of a text of {len(document.text)} characters", hint="Leave it out"
            )
        found.append(Highlight(start, end, "mark", "hit"))
    return found


def _annotation_highlights(document: Document, show: tuple[str, ...]) -> list[Highlight]:
    """The annotations to highlight."""
    found = []
    if "mentions" in show:
        for one in document.mentions:
            if one.kind == "reference" and one.id is None and not one.stands_for:
                continue
            title = f"{one.kind}: {display_name(one.id) if one.id else ', '.join(one.stands_for) or 'unresolved'}"
            found.append(Highlight(one.start, one.end, "a", f"named {one.kind}", entity_url(one.kind, one.id), title))
    if "acts" in show:
        for act in document.acts:
            found.append(Highlight(act.start, act.end, "span", "act"))
            found.append(Highlight(act.trigger.start, act.trigger.end, "span", "trigger", "", act.type))
    if "undertakings" in show:
        found += [
            Highlight(one.start, one.end, "span", "undertaking", "", one.strength) for one in document.undertakings
        ]
    return found


def _gone_turns(desk: Desk, id: str) -> list[GoneTurn]:
    """The turns of earlier versions that the document has no longer."""
    found = []
    for turn, words in earlier_words(desk.record, id):
        said = said_until(desk, turn)
        if said is not None:
            found.append(GoneTurn(anchor(turn), words, said))
    return found


def document_of(answer: StatementPage) -> Document:
    """Only the document, as ``onrecord read`` prints it."""
    return answer.document


PAGE = Page(
    path="/statements/{id}",
    template="statement.html",
    summary="A statement: its turns, with mentions, acts and undertakings",
    parameters=StatementParameters,
    answer=statement_page,
    json_object=document_of,
    slow_with=("find", "show"),
    narrow="Leave out the highlights",
)
