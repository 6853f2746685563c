"""The desk as a web application: each page behind its address, in the form asked for."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from onrecord.desk.store import Desk
from onrecord.errors import OnRecordError, UnknownDocument
from onrecord.web.answering import Question, answer, wrong
from onrecord.web.apart import Apart
from onrecord.web.desks import Desks
from onrecord.web.formats import TYPES, accepted, divided
from onrecord.web.guarding import Guard
from onrecord.web.judging import judge_route
from onrecord.web.openapi import description
from onrecord.web.page import Page
from onrecord.web.pages import PAGES
from onrecord.web.pages.source import inert
from onrecord.web.recent import Recent

_STATIC = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


def make_app(folder: Path, *, hosts: Iterable[str] = (), token: str | None = None) -> Starlette:
    """The application for the desk in ``folder``.

    ``hosts`` are names by which it may be called besides ``localhost`` and plain IP addresses. With a ``token``
    statuses may be set by whoever knows it; without one nothing can be changed.
    """
    desks, recent, apart = Desks(folder), Recent(), {page.path: Apart(folder) for page in PAGES if page.long}

    @asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        yield
        for process in apart.values():
            process.close()
        desks.close()

    routes = [
        Route(page.path, _handler(page, desks, recent, apart, token is not None), name=page.template) for page in PAGES
    ]
    routes += [
        Route("/statements/{id}/capture", inert(desks), name="capture"),
        Route("/static/{name}", _static, name="static"),
        Route("/openapi", lambda request: JSONResponse(description(PAGES)), name="openapi"),
        Route("/favicon.ico", _favicon, name="favicon"),
    ]
    if token is not None:
        routes.append(judge_route(desks, token))
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, hosts=tuple(hosts)), Middleware(_Ends)],
        exception_handlers={404: _not_found, 405: _not_allowed},
        lifespan=running,
    )
    app.state.desks, app.state.apart = desks, apart
    return app


class _Ends:
    """Takes the end that names a form off the path, so that one route serves all forms."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith("/static/"):
            path, form = divided(scope["path"])
            scope = {**scope, "path": path, "onrecord.form": form}
        await self.app(scope, receive, send)


def _handler(
    page: Page, desks: Desks, recent: Recent, apart: dict[str, Apart], edit: bool
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

        def work(desk: Desk) -> tuple[int, bytes]:
            return recent.get(
                key, desk.state, lambda: apart[page.path].ask(question) if page.long else answer(question, desk)
            )

        try:
            status, body = await desks.ask(work, waiting=page.long)
        except OnRecordError as error:
            return await _failed(request, error)
        return _response(request, status, body, form)

    return handle


def _response(request: Request, status: int, body: bytes, form: str) -> Response:
    """The body with what a browser needs to keep it; nothing where it has it already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {"etag": tag, "vary": "Accept", "cache-control": "no-cache"}
    if status == 200 and tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
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
    status, body = await desks.ask(lambda desk: wrong(error, desk, question))
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
