"""Answer a request for a page in a given format. Independent of the HTTP server, so that worker processes use it too."""

from __future__ import annotations

import logging
from functools import cache
from urllib.parse import parse_qsl

import msgspec

from onrecord.desk.store import Desk
from onrecord.errors import (
    DeskBusy,
    DeskError,
    ExtraMissing,
    NotComparable,
    OnRecordError,
    QueryError,
    SourceError,
    Unavailable,
    UnknownDocument,
    UnknownProposal,
)
from onrecord.web.formats import as_atom, as_csv, as_json
from onrecord.web.page import Page
from onrecord.web.pages import PAGES
from onrecord.web.parameters import query_string, read_parameters
from onrecord.web.plain_errors import plain_hint, plain_validation
from onrecord.web.rendering import render

_log = logging.getLogger(__name__)


_STATUSES = (
    (UnknownDocument, 404), (UnknownProposal, 404), (QueryError, 400), (NotComparable, 400),
    (DeskBusy, 503), (Unavailable, 503), (ExtraMissing, 501),
)  # fmt: skip


class PageRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A request for a page: the page by its path pattern, path and query as received, and the format of the response.

    ``base`` is the scheme and host of the desk, for formats that contain absolute URLs. ``edit`` shows the form for judgements.
    """

    page: str
    path: str
    query: str
    path_variables: dict[str, str]
    format: str
    base: str = ""
    edit: bool = False


def answer(request: PageRequest, desk: Desk) -> tuple[int, bytes]:
    """The HTTP status and the body."""
    try:
        return 200, desk.in_snapshot(lambda: _body(request, desk))  # the page and what surrounds it, from one state
    except OnRecordError as error:
        return error_answer(error, desk, request)
    except RecursionError:
        nested = QueryError("the query is nested too deeply", hint="Use fewer parentheses")
        return error_answer(nested, desk, request)
    except Exception:
        _log.exception("%s failed", request.path)
        return error_answer(OnRecordError("the page failed because of an error in the program"), desk, request)


def _body(request: PageRequest, desk: Desk) -> bytes:
    page = _pages()[request.page]
    try:
        params = read_parameters(page.parameters, parse_qsl(request.query, keep_blank_values=True))
    except QueryError as error:
        raise QueryError(plain_validation(error.what), hint=error.hint) from None
    if request.format == "csv" and page.all_rows:
        return as_csv(page.all_rows(desk, params))
    found = page.answer(desk, params, **request.path_variables)
    if request.format == "json":
        return as_json(page.json_object(found) if page.json_object else found)
    if request.format == "csv" and page.rows:
        return as_csv(page.rows(found))
    if request.format == "atom" and page.entries:
        query = f"?{request.query}" if request.query else ""
        return as_atom(
            page.entries(found), title=feed_title(page, params), base=request.base, page=request.path + query,
            feed=f"{request.path}.atom{query}",
        )  # fmt: skip
    return render(
        page.template, desk, path=request.path, query=request.query, params=params, answer=found, page=page, edit=request.edit
    )  # fmt: skip


def feed_title(page: Page, params: msgspec.Struct) -> str:
    """The title of a feed: the page and its parameters, so that a feed reader can distinguish two feeds of one desk."""
    pairs = parse_qsl(query_string(params)[1:])
    named = [
        value if name == "q" else f"{name.replace('_', ' ')} {value}" for name, value in pairs if name not in _POSITION
    ]
    return f"On Record: {page.path.strip('/')}{', ' if named else ''}{', '.join(named)}"


#: Parameters that choose a part or an order of a list, not its content.
_POSITION = ("page", "sort")


def error_answer(error: OnRecordError, desk: Desk, request: PageRequest) -> tuple[int, bytes]:
    """The HTTP status and the body of an error response."""
    status = next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)
    # Local paths must not leave the machine.
    where = error.where if not isinstance(error, DeskError | SourceError) else ""
    hint = plain_hint(error, status)
    if request.format == "json":
        return status, as_json({"error": error.name, "message": error.what, "where": where, "hint": hint})
    searched = dict(parse_qsl(request.query)).get("q", "")
    body = render(
        "error.html", desk, path=request.path, query=request.query, what=error.what, hint=hint, where=where, status=status,
        q=searched,
    )  # fmt: skip
    return status, body


@cache
def _pages() -> dict[str, Page]:
    return {page.path: page for page in PAGES}
