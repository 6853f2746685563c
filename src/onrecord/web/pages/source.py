"""The source: the archived capture with the words marked, as a sanitised page that cannot run or load anything."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable
from typing import Annotated

import msgspec
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response

from onrecord.desk.store import Desk
from onrecord.errors import OnRecordError, QueryError
from onrecord.offsets import Place
from onrecord.record import Capture, Document
from onrecord.sharing.sanitised import STYLE, Source, sanitised_page, source_excerpt
from onrecord.web.desk_pool import DeskPool
from onrecord.web.page import Page
from onrecord.web.parameters import SPAN_PATTERN, Span

_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
#: The policy of the captured page: no scripts, no requests, no frames; the only allowed style is ours.
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; sandbox; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)


class SourceParameters(msgspec.Struct, frozen=True, kw_only=True):
    """Which words."""

    at: (
        Annotated[Span, Meta(description="A span of the text: start-end in code points. Default: the whole text.")]
        | None
    ) = None
    version: Annotated[int, Meta(ge=1, le=100_000, description="Of this version; by default of the newest.")] | None = (
        None
    )


class Sighting(msgspec.Struct, frozen=True, kw_only=True):
    """Where and when the bytes of a capture were fetched."""

    source: str
    fetched: str | None


class SourcePage(msgspec.Struct, frozen=True, kw_only=True):
    """A span of text with its place in the capture. ``added`` is when the capture was added to the desk."""

    document: str
    title: str
    day: str | None
    language: str
    address: str | None
    start: int
    end: int
    words: str
    turn: str | None
    capture: Capture
    place: Place
    source: Source
    sightings: tuple[Sighting, ...]
    added: str | None
    versions: int


def source_page(desk: Desk, params: SourceParameters, id: str) -> SourcePage:
    """Locate words of the document with this id in its capture. Raises UnknownDocument, QueryError."""
    document = desk.document(id) if params.version is None else desk.version(id, params.version)
    start, end = span_of(document, params.at)
    turn = next((turn.id for turn in document if turn.start <= start < turn.end), None) if params.at else None
    query = "SELECT source, fetched FROM sighting WHERE capture = ? ORDER BY rowid LIMIT 20"
    first_added = "SELECT min(added) FROM version WHERE capture = ?"
    (added,) = desk.record.execute(first_added, (document.capture.sha256,)).fetchone()
    seen = desk.record.execute(query, (document.capture.sha256,)).fetchall()
    return SourcePage(
        document=document.id, title=document.title, day=document.date, language=document.language,
        address=document.heading.address, start=start, end=end, words=document.text[start:end] if params.at else "", turn=turn,
        capture=document.capture, place=document.offsets.place(document.text, start, end),
        source=source_excerpt(document, start, end),
        sightings=tuple(Sighting(source=public(row["source"]), fetched=row["fetched"]) for row in seen),
        added=added,
        versions=desk.row(document.id).versions,
    )  # fmt: skip


def public(source: str) -> str:
    """The origin of a capture to publish: a URL, or only the name of a file, since folders are private."""
    return source if source.startswith(("http://", "https://")) else source.rpartition("/")[2]


def span_of(document: Document, at: str | None) -> tuple[int, int]:
    """The requested span of the text, or all of it. Raises QueryError for an invalid span."""
    if at is None:
        return 0, len(document.text)
    start, end = (int(edge) for edge in at.split("-"))
    if not start < end <= len(document.text):
        raise QueryError(
            f"at={at} is not a span of a text of {len(document.text)} characters",
            hint="Open the source from a statement",
        )
    return start, end


def captured_page(desks: DeskPool) -> Callable[[Request], Awaitable[Response]]:
    """The request handler of the captured page, which the source page shows in a frame."""

    async def handle(request: Request) -> Response:
        at = request.query_params.get("at") or None

        def answer(desk: Desk) -> tuple[int, str]:
            try:
                if at is not None and not re.fullmatch(SPAN_PATTERN, at):
                    raise QueryError(f"at={at[:40]!r} is not a span of text", hint="Open the source from a statement")
                id, version = request.path_params["id"], request.query_params.get("version") or ""
                document = desk.version(id, int(version)) if re.fullmatch(r"\d{1,6}", version) else desk.document(id)
                start, end = span_of(document, at)
                page = sanitised_page(document, start, end) if at else sanitised_page(document)
                # Without a focusable element the keyboard skips the frame, and it cannot be scrolled.
                return 200, page.replace("</head><body>", '</head><body tabindex="0">', 1)
            except QueryError as error:
                return 400, f"{error}\n"
            except OnRecordError as error:
                return 404, f"{error.what}\n"

        status, body = await desks.ask(answer)
        type = "text/html" if status == 200 else "text/plain"
        headers = {"content-security-policy": POLICY, "cache-control": "no-cache"}
        return Response(body, status, headers, media_type=f"{type}; charset=utf-8")

    return handle


PAGE = Page(
    path="/statements/{id}/source",
    template="source.html",
    summary="The archived capture with the words marked, its hash, and when and from where it was fetched",
    parameters=SourceParameters,
    answer=source_page,
)
