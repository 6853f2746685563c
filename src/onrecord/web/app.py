"""The desk as a web application: each page behind its address, in the form asked for."""

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
from onrecord.errors import OnRecordError, UnknownDocument
from onrecord.web.answering import Question, answer, error_answer
from onrecord.web.cache import AnswerCache
from onrecord.web.desks import Desks
from onrecord.web.formats import TYPES, accepted, as_json, divided
from onrecord.web.guard import Guard
from onrecord.web.judgements import judge_route
from onrecord.web.openapi import description
from onrecord.web.page import Page
from onrecord.web.pages import PAGES
from onrecord.web.pages.source import captured_page
from onrecord.web.worker import QuestionTooLong, WorkerPool

#: Answers of so many bytes are compressed for who takes that.
_WORTH_COMPRESSING = 2_000
#: What of a query stays as it came: it is encoded already, but for bytes that should have been.
_ASCII = string.punctuation + " "
_STATIC = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


def make_app(folder: Path, *, hosts: Iterable[str] = (), token: str | None = None) -> Starlette:
    """The application for the desk in ``folder``.

    ``hosts`` are names by which it may be called besides ``localhost`` and plain IP addresses. With a ``token``
    statuses may be set by whoever knows it; without one nothing can be changed.
    """
    desks, cache, workers = Desks(folder), AnswerCache(), WorkerPool(folder)

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
            Middleware(_Address),
        ],
        exception_handlers={404: _not_found, 405: _not_allowed},
        lifespan=running,
    )
    app.state.desks, app.state.workers = desks, workers
    return app


class _Address:
    """Takes the end that names a form off the path, so that one route serves all forms, and bytes that no address may hold out of
    the query."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope = {**scope, "query_string": quote(scope["query_string"], safe=_ASCII).encode("ascii")}
            if not scope["path"].startswith("/static/"):
                path, form = divided(scope["path"])
                scope |= {"path": path, "onrecord.form": form}
        await self.app(scope, receive, send)


def _handler(
    page: Page, desks: Desks, cache: AnswerCache, workers: WorkerPool, edit: bool
) -> Callable[[Request], Awaitable[Response]]:
    offered = ["html", "json"]
    offered += ["atom"] if page.entries else []
    offered += ["csv"] if page.rows else []

    async def handle(request: Request) -> Response:
        form = request.scope["onrecord.form"] or accepted(request.headers.get("accept", "*/*"), offered)
        if form not in offered:
            return await _not_found(request)
        question = Question(
            page=page.path, path=request.url.path, query=request.url.query, variables=request.path_params, form=form,
            base=f"{request.url.scheme}://{request.url.netloc}" if form == "atom" else "", edit=edit,
        )  # fmt: skip
        key = (form, question.path, question.query, question.base)

        slow = page.slow or page.heavy or any(name in request.query_params for name in page.slow_with)
        slow = slow or (form == "csv" and page.all_rows is not None)

        def work(desk: Desk) -> tuple[int, bytes]:
            state = desk.state
            return cache.get(
                key,
                state,
                lambda: workers.ask(question, state, heavy=page.heavy) if slow else answer(question, desk),
            )

        try:
            status, body = await desks.ask(work, waiting=slow)
        except QuestionTooLong as error:
            return await _failed(request, QuestionTooLong(error.what, hint=page.narrow or error.hint))
        except OnRecordError as error:
            return await _failed(request, error)
        return _response(request, status, body, form)

    return handle


async def _openapi(_: Request) -> Response:
    return Response(_description(), media_type="application/json")


@functools.cache
def _description() -> bytes:
    return as_json(description(PAGES))


def _response(request: Request, status: int, body: bytes, form: str) -> Response:
    """The body with what a browser needs to keep it; nothing where it has it already."""
    # Weak, since the same answer may go out compressed.
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {"etag": tag, "vary": "Accept", "cache-control": "no-cache"}
    if status == 200 and tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if status == 503:
        headers |= {"retry-after": "10", "cache-control": "no-store"}
    if form == "csv":
        name = request.url.path.strip("/").replace("/", "-") or "desk"
        headers["content-disposition"] = (
            f'attachment; filename="{name.encode("ascii", "replace").decode().replace(chr(34), "")}.csv"'
        )
    # Only pages are errors as pages: a program that wants a table reads the status.
    return Response(body, status, headers, media_type=TYPES[form if status == 200 or form == "json" else "html"])


async def _not_found(request: Request, _: Any = None) -> Response:
    return await _failed(
        request, UnknownDocument(f"nothing is at {request.url.path[:200]!r}", hint="Start from the front page")
    )


async def _not_allowed(request: Request, _: Any = None) -> Response:
    return Response("the desk is open for reading\n", 405, {"allow": "GET, HEAD"}, media_type="text/plain")


async def _failed(request: Request, error: OnRecordError) -> Response:
    form = request.scope.get("onrecord.form") or accepted(request.headers.get("accept", "*/*"), ["html", "json"])
    form = form if form == "json" else "html"
    question = Question(page="", path=request.url.path, query=request.url.query, variables={}, form=form)
    desks: Desks = request.app.state.desks
    status, body = await desks.ask(lambda desk: error_answer(error, desk, question))
    return _response(request, status, body, form)


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    body = _STATIC_FILES.get(name)
    if body is None:
        return await _not_found(request)
    # Named by the version of its content in the page, so that a browser may keep it.
    return Response(body, headers={"cache-control": "max-age=86400"}, media_type=_STATIC[name.rpartition(".")[2]])


async def _favicon(_: Request) -> Response:
    return Response(_STATIC_FILES["mark.svg"], headers={"cache-control": "max-age=86400"}, media_type=_STATIC["svg"])


_STATIC_FILES = {
    entry.name: entry.read_bytes()
    for entry in files("onrecord.web").joinpath("static").iterdir()
    if entry.name.rpartition(".")[2] in _STATIC
}
