"""A question to a page, and its answer in the form asked for; apart from the server, so that any process can work it out."""

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
    OnRecordError,
    QueryError,
    SourceError,
    UnknownDocument,
    UnknownProposal,
)
from onrecord.web.asked import read_query, write_query
from onrecord.web.formats import as_atom, as_csv, as_json
from onrecord.web.page import Page
from onrecord.web.pages import PAGES
from onrecord.web.plain_errors import plain_hint, plain_validation
from onrecord.web.rendering import render

_log = logging.getLogger(__name__)


class Unavailable(DeskError):
    """The question cannot be answered now: it takes too long, or the desk is busy."""


_STATUSES = (
    (UnknownDocument, 404), (UnknownProposal, 404), (QueryError, 400), (DeskBusy, 503), (Unavailable, 503), (ExtraMissing, 501),
)  # fmt: skip


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for: the page by its pattern, the address as it came, and the form that goes out.

    ``base`` is how the desk is called from outside, where the form needs it.
    """

    page: str
    path: str
    query: str
    variables: dict[str, str]
    form: str
    base: str = ""
    edit: bool = False


def answer(question: Question, desk: Desk) -> tuple[int, bytes]:
    """The status and the body."""
    try:
        return 200, desk.in_snapshot(lambda: _body(question, desk))  # the page and what is around it, of one state
    except OnRecordError as error:
        return error_answer(error, desk, question)
    except RecursionError:
        nested = QueryError("the question is nested too deeply", hint="Use fewer parentheses")
        return error_answer(nested, desk, question)
    except Exception:
        _log.exception("%s could not be made", question.path)
        return error_answer(OnRecordError("the page could not be made, by a fault of the program"), desk, question)


def _body(question: Question, desk: Desk) -> bytes:
    page = _pages()[question.page]
    try:
        asked = read_query(page.asked, parse_qsl(question.query, keep_blank_values=True))
    except QueryError as error:
        raise QueryError(plain_validation(error.what), hint=error.hint) from None
    if question.form == "csv" and page.all_rows:
        return as_csv(page.all_rows(desk, asked))
    found = page.ask(desk, asked, question.variables)
    if question.form == "json":
        return as_json(page.json_object(found) if page.json_object else found)
    if question.form == "csv" and page.rows:
        return as_csv(page.rows(found))
    if question.form == "atom" and page.entries:
        query = f"?{question.query}" if question.query else ""
        return as_atom(
            page.entries(found), title=feed_title(page, asked), base=question.base, page=question.path + query,
            feed=f"{question.path}.atom{query}",
        )  # fmt: skip
    return render(
        page.template, desk, path=question.path, query=question.query, asked=asked, it=found, page=page, edit=question.edit
    )  # fmt: skip


def feed_title(page: Page, asked: msgspec.Struct) -> str:
    """What a feed is of, so that two of one desk can be told apart in a reader: the page, and what was asked of it."""
    pairs = parse_qsl(write_query(asked)[1:])
    named = [
        value if name == "q" else f"{name.replace('_', ' ')} {value}" for name, value in pairs if name not in _PLACE
    ]
    return f"On Record: {page.path.strip('/')}{', ' if named else ''}{', '.join(named)}"


#: What says which part of a list is shown, and not of what.
_PLACE = ("page", "sort")


def error_answer(error: OnRecordError, desk: Desk, question: Question) -> tuple[int, bytes]:
    """The status and the body of an answer that says what is wrong."""
    status = next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)
    # What an error is about, without the folders of this machine.
    where = error.where if not isinstance(error, DeskError | SourceError) else ""
    hint = plain_hint(error, status)
    if question.form == "json":
        return status, as_json({"error": error.name, "message": error.what, "where": where, "hint": hint})
    asked = dict(parse_qsl(question.query)).get("q", "")
    body = render(
        "error.html", desk, path=question.path, query=question.query, what=error.what, hint=hint, where=where, status=status,
        q=asked,
    )  # fmt: skip
    return status, body


@cache
def _pages() -> dict[str, Page]:
    return {page.path: page for page in PAGES}
