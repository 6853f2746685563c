"""A question to a page, and its answer in the form asked for; apart from the server, so that any process can work it out."""

from __future__ import annotations

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
from onrecord.web.asked import read_query
from onrecord.web.formats import as_atom, as_csv, as_json
from onrecord.web.page import Page
from onrecord.web.pages import PAGES
from onrecord.web.setting import set_page

_STATUSES = ((UnknownDocument, 404), (UnknownProposal, 404), (QueryError, 400), (DeskBusy, 503), (ExtraMissing, 501))


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
    page = _pages()[question.page]
    try:
        asked = read_query(page.asked, parse_qsl(question.query, keep_blank_values=True))
        found = page.ask(desk, asked, question.variables)
        if question.form == "json":
            return 200, as_json(page.told(found) if page.told else found)
        if question.form == "csv" and page.rows:
            return 200, as_csv(page.rows(found))
        if question.form == "atom" and page.entries:
            path = question.path + (f"?{question.query}" if question.query else "")
            title = f"On Record: {page.summary}"
            return 200, as_atom(page.entries(found), title=title, base=question.base, path=path)
        body = set_page(
            page.template, desk, path=question.path, query=question.query, asked=asked, it=found, page=page,
            edit=question.edit,
        )  # fmt: skip
        return 200, body
    except OnRecordError as error:
        return wrong(error, desk, question)


def wrong(error: OnRecordError, desk: Desk, question: Question) -> tuple[int, bytes]:
    """The status and the body of an answer that says what is wrong."""
    status = next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)
    # What an error is about, without the folders of this machine.
    where = error.where if not isinstance(error, DeskError | SourceError) else ""
    if question.form == "json":
        return status, as_json({"error": error.name, "message": error.what, "where": where, "hint": error.hint})
    asked = dict(parse_qsl(question.query)).get("q", "")
    body = set_page(
        "error.html", desk, path=question.path, query=question.query, error=error, where=where, status=status, q=asked
    )
    return status, body


@cache
def _pages() -> dict[str, Page]:
    return {page.path: page for page in PAGES}
