"""The web application: routes each URL to its page and answers in the requested format."""

from __future__ import annotations

import functools
import hashlib
import string
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from onrecord.desk.store import Desk
from onrecord.errors import OnRecordError, QuestionTooLong, UnknownDocument
from onrecord.web.answering import PageRequest, answer, error_answer
from onrecord.web.cache import AnswerCache
from onrecord.web.desk_pool import DeskPool
from onrecord.web.formats import TYPES, as_json, preferred_format, split_format
from onrecord.web.guard import Guard
from onrecord.web.judgements import judge_route
from onrecord.web.openapi import description
from onrecord.web.page import Page
from onrecord.web.pages import PAGES
from onrecord.web.pages.source import captured_page
from onrecord.web.worker import WorkerPool

#: Minimum size in bytes of responses that are compressed.
_WORTH_COMPRESSING = 2_000
#: Characters of a raw query that are not quoted: everything but the bytes that a client should have encoded.
_ASCII = string.punctuation + " "
_STATIC = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


def make_app(folder: Path, *, hosts: Iterable[str] = (), token: str | None = None) -> Starlette:
    """The application for the desk in ``folder``.

    ``hosts`` are allowed host names besides ``localhost`` and plain IP addresses. Whoever knows the ``token`` can set the
    status of undertakings; without a token the application is read-only.
    """
    desks, cache, workers = DeskPool(folder), AnswerCache(), WorkerPool(folder)

    @asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        yield
        workers.close()
        desks.close()

    routes = [
        Route(page.path, _handler(page, desks, cache, workers, token is not None), name=page.template) for page in PAGES
    ]
    routes += [
        Route("/statements/{id}/capture", captured_page(desks), name="capture"),
        Route("/static/{name}", _static, name="static"),
        Route("/openapi", _openapi, name="openapi"),
        Route("/favicon.ico", _favicon, name="favicon"),
    ]
    if token is not None:
        routes.append(judge_route(desks, token))
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(Guard, hosts=tuple(hosts)),
            Middleware(GZipMiddleware, minimum_size=_WORTH_COMPRESSING, compresslevel=5),
            Middleware(_NormalizeUrl),
        ],
        exception_handlers={404: _not_found, 405: _not_allowed},
        lifespan=running,
    )
    app.state.desks, app.state.workers = desks, workers
    return app


class _NormalizeUrl:
    """Middleware that removes the format extension from the path, so that one route serves all formats, and quotes bytes that
    a URL must not contain."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope = {**scope, "query_string": quote(scope["query_string"], safe=_ASCII).encode("ascii")}
            if not scope["path"].startswith("/static/"):
                path, format = split_format(scope["path"])
                scope |= {"path": path, "onrecord.format": format}
        await self.app(scope, receive, send)


def _handler(
    page: Page, desks: DeskPool, cache: AnswerCache, workers: WorkerPool, edit: bool
) -> Callable[[Request], Awaitable[Response]]:
    offered = ["html", "json"]
    offered += ["atom"] if page.entries else []
    offered += ["csv"] if page.rows else []

    async def handle(request: Request) -> Response:
        format = request.scope["onrecord.format"] or preferred_format(request.headers.get("accept", "*/*"), offered)
        if format not in offered:
            return await _not_found(request)
        page_request = PageRequest(
            page=page.path, path=request.url.path, query=request.url.query, path_variables=request.path_params, format=format,
            base=f"{request.url.scheme}://{request.url.netloc}" if format == "atom" else "", edit=edit,
        )  # fmt: skip
        key = (format, page_request.path, page_request.query, page_request.base)

        slow = page.slow or page.heavy or any(name in request.query_params for name in page.slow_with)
        slow = slow or (format == "csv" and page.all_rows is not None)

        def work(desk: Desk) -> tuple[int, bytes]:
            state = desk.state
            return cache.get(
                key,
                state,
                lambda: workers.ask(page_request, state, heavy=page.heavy) if slow else answer(page_request, desk),
            )

        try:
            status, body = await desks.ask(work, waiting=slow)
        except QuestionTooLong as error:
            return await _failed(request, QuestionTooLong(error.what, hint=page.narrow or error.hint))
        except OnRecordError as error:
            return await _failed(request, error)
        return _response(request, status, body, format)

    return handle


async def _openapi(_: Request) -> Response:
    return Response(_description(), media_type="application/json")


@functools.cache
def _description() -> bytes:
    return as_json(description(PAGES))


def _response(request: Request, status: int, body: bytes, format: str) -> Response:
    """The response with an ETag for the browser's cache, or 304 if the browser has this version."""
    # A weak tag, since the same answer may be sent compressed.
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {"etag": tag, "vary": "Accept", "cache-control": "no-cache"}
    if status == 200 and tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if status == 503:
        headers |= {"retry-after": "10", "cache-control": "no-store"}
    if format == "csv":
        name = request.url.path.strip("/").replace("/", "-") or "desk"
        headers["content-disposition"] = (
            f'attachment; filename="{name.encode("ascii", "replace").decode().replace(chr(34), "")}.csv"'
        )
    # Errors are HTML pages except for JSON: a program that requests a table reads the status.
    return Response(body, status, headers, media_type=TYPES[format if status == 200 or format == "json" else "html"])


async def _not_found(request: Request, _: Any = None) -> Response:
    return await _failed(
        request, UnknownDocument(f"nothing is at {request.url.path[:200]!r}", hint="Start from the front page")
    )


async def _not_allowed(request: Request, _: Any = None) -> Response:
    return Response("this page is read-only\n", 405, {"allow": "GET, HEAD"}, media_type="text/plain")


async def _failed(request: Request, error: OnRecordError) -> Response:
    format = request.scope.get("onrecord.format") or preferred_format(
        request.headers.get("accept", "*/*"), ["html", "json"]
    )
    format = format if format == "json" else "html"
    page_request = PageRequest(
        page="", path=request.url.path, query=request.url.query, path_variables={}, format=format
    )
    desks: DeskPool = request.app.state.desks
    status, body = await desks.ask(lambda desk: error_answer(error, desk, page_request))
    return _response(request, status, body, format)


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    body = _STATIC_FILES.get(name)
    if body is None:
        return await _not_found(request)
    # Pages link to it with a digest of its content, so browsers may cache it.
    return Response(body, headers={"cache-control": "max-age=86400"}, media_type=_STATIC[name.rpartition(".")[2]])


async def _favicon(_: Request) -> Response:
    return Response(_STATIC_FILES["mark.svg"], headers={"cache-control": "max-age=86400"}, media_type=_STATIC["svg"])


_STATIC_FILES = {
    entry.name: entry.read_bytes()
    for entry in files("onrecord.web").joinpath("static").iterdir()
    if entry.name.rpartition(".")[2] in _STATIC
}
