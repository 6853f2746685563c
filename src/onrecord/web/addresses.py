"""Where things stand on the desk: the addresses that pages link to."""

from __future__ import annotations

from urllib.parse import quote, urlencode

#: What has a page of its own among the actors.
_WITH_PAGE = frozenset(("country", "territory", "organisation", "person"))


def anchor(turn: str) -> str:
    """A turn's place on the page of its document: the part of its id behind the document's."""
    return turn.partition("/")[2]


def statement(document: str, turn: str | None = None, **query: str) -> str:
    """The address of a document, or of a turn on its page."""
    asked = urlencode({name: value for name, value in query.items() if value})
    place = f"#{quote(anchor(turn))}" if turn else ""
    return f"/statements/{quote(document, safe='')}{'?' + asked if asked else ''}{place}"


def thing(kind: str, id: str | None) -> str:
    """The page of what is mentioned: of an actor, or all that is said of an issue; nothing where there is none."""
    if id is None:
        return ""
    if kind in _WITH_PAGE:
        return f"/actors/{quote(id, safe='')}"
    return f"/find?{urlencode({'issue': id})}" if kind == "issue" else ""
