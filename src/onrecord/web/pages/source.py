"""The source: the capture as it was archived, the very words marked in it, rendered so that it can do nothing."""

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
from onrecord.web.desks import Desks
from onrecord.web.page import Page

_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
#: What the captured page may do, which is nothing: no script, no address, no frame of its own, its only style our own.
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; sandbox; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
_SPAN = r"^\d{1,9}-\d{1,9}$"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Which words."""

    at: (
        Annotated[
            str, Meta(pattern=_SPAN, description="Code points start-end of the document's text; all of it without.")
        ]
        | None
    ) = None


class Sighting(msgspec.Struct, frozen=True, kw_only=True):
    """Where and when the bytes of a capture were seen."""

    source: str
    fetched: str | None


class SourcePage(msgspec.Struct, frozen=True, kw_only=True):
    """Words with the place in the capture that says them. ``added`` is when the capture came to the desk."""

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


def sourced(desk: Desk, asked: Asked, id: str) -> SourcePage:
    """The words of the document of this id, in its capture. Raises UnknownDocument, QueryError."""
    document = desk.document(id)
    start, end = span_of(document, asked.at)
    turn = next((turn.id for turn in document if turn.start <= start < turn.end), None) if asked.at else None
    query = "SELECT source, fetched FROM sighting WHERE capture = ? ORDER BY rowid LIMIT 20"
    kept_since = "SELECT min(added) FROM version WHERE capture = ?"
    (added,) = desk.record.execute(kept_since, (document.capture.sha256,)).fetchone()
    seen = desk.record.execute(query, (document.capture.sha256,)).fetchall()
    return SourcePage(
        document=document.id, title=document.title, day=document.date, language=document.language,
        address=document.heading.address, start=start, end=end, words=document.text[start:end] if asked.at else "", turn=turn,
        capture=document.capture, place=document.offsets.place(document.text, start, end),
        source=source_excerpt(document, start, end),
        sightings=tuple(Sighting(source=public(row["source"]), fetched=row["fetched"]) for row in seen),
        added=added,
        versions=desk.row(document.id).versions,
    )  # fmt: skip


def public(source: str) -> str:
    """Where bytes came from; of a file its name alone, since the folders are its owner's."""
    return source if source.startswith(("http://", "https://")) else source.rpartition("/")[2]


def span_of(document: Document, at: str | None) -> tuple[int, int]:
    """The stretch of the text that is asked for, or all of it. Raises QueryError for one that is none."""
    if at is None:
        return 0, len(document.text)
    start, end = (int(edge) for edge in at.split("-"))
    if not start < end <= len(document.text):
        raise QueryError(
            f"at={at} is no stretch of a text of {len(document.text)} characters",
            hint="Open the source from a statement",
        )
    return start, end


def captured_page(desks: Desks) -> Callable[[Request], Awaitable[Response]]:
    """The handler of the captured page itself, which the page of the source shows in a frame."""

    async def handle(request: Request) -> Response:
        at = request.query_params.get("at") or None

        def answer(desk: Desk) -> tuple[int, str]:
            try:
                if at is not None and not re.fullmatch(_SPAN, at):
                    raise QueryError(f"at={at[:40]!r} is no stretch of text", hint="Open the source from a statement")
                document = desk.document(request.path_params["id"])
                start, end = span_of(document, at)
                page = sanitised_page(document, start, end) if at else sanitised_page(document)
                # A frame in which nothing can have the focus is passed over by the keyboard, and could not be scrolled.
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
    summary="The capture as archived, the words marked, with its hash, and when and from where it was fetched",
    asked=Asked,
    answer=sourced,
)
