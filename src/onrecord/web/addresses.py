"""URLs of the pages that other pages link to."""

from __future__ import annotations

from urllib.parse import quote, urlencode

#: The kinds of mention that have a page of their own.
_WITH_PAGE = frozenset(("country", "territory", "organisation", "person"))


def anchor(turn: str) -> str:
    """The HTML id of a turn on the page of its document: the part of the turn's id after the document's id."""
    return turn.partition("/")[2]


def statement_url(document: str, turn: str | None = None, **parameters: str) -> str:
    """The URL of a document, or of a turn on its page."""
    query = urlencode({name: value for name, value in parameters.items() if value})
    fragment = f"#{quote(anchor(turn))}" if turn else ""
    return f"/statements/{quote(document, safe='')}{'?' + query if query else ''}{fragment}"


def entity_url(kind: str, id: str | None) -> str:
    """The URL of the page about a mentioned actor, or of the search for an issue; empty for a mention without a page."""
    if id is None:
        return ""
    if kind in _WITH_PAGE:
        return f"/actors/{quote(id, safe='')}"
    return f"/find?{urlencode({'issue': id})}" if kind == "issue" else ""
