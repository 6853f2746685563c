"""Content negotiation and output formats: HTML for people, JSON, an Atom feed or CSV for programs, all at one address.

The end of the path decides (``.json``, ``.atom``, ``.csv``), or without one what the client says it accepts.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import msgspec

from onrecord.sharing.tables import write_rows
from onrecord.web.page import Entry

TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "atom": "application/atom+xml",
    "csv": "text/csv; charset=utf-8",
}
_ATOM = "http://www.w3.org/2005/Atom"
#: What XML cannot say, whatever it is escaped by.
_UNSPEAKABLE = {
    code: "\ufffd" for code in (*range(0x20), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)) if code not in (9, 10, 13)
}


def divided(path: str) -> tuple[str, str | None]:
    """A path without the extension that names a format, and the format.

    >>> divided("/find.json"), divided("/statements/cn-mfa-2021-03-22-2b61bcb3"), divided("/index.json")
    (('/find', 'json'), ('/statements/cn-mfa-2021-03-22-2b61bcb3', None), ('/', 'json'))
    """
    stem, dot, end = path.rpartition(".")
    if dot and end in TYPES and not stem.endswith("/"):
        return ("/" if stem == "/index" else stem), end
    return path, None


def accepted(accept: str, offered: Sequence[str]) -> str:
    """The format that a client prefers of those offered; the first where it has no preference.

    >>> accepted("application/json", ["html", "json"]), accepted("text/html,*/*;q=0.8", ["html", "json"])
    ('json', 'html')
    """
    wanted: list[tuple[float, int, str]] = []
    for part in accept.split(","):
        name, *more = (one.strip() for one in part.split(";"))
        quality = next((one[2:] for one in more if one.startswith("q=")), "1")
        try:
            share = float(quality)
        except ValueError:
            share = 0.0
        for place, form in enumerate(offered):
            type = TYPES[form].partition(";")[0]
            if share > 0 and name.lower() in (type, "*/*", f"{type.partition('/')[0]}/*"):
                wanted.append((-share, place, form))
    return min(wanted)[2] if wanted else offered[0]


def as_json(answer: Any) -> bytes:
    """The answer as JSON; whatever stands in it as published by the page's shape."""
    return msgspec.json.encode(answer) + b"\n"


def as_csv(rows: Iterable[Mapping[str, object]]) -> bytes:
    """Rows as CSV, as :mod:`onrecord.sharing.tables` writes them."""
    out = io.StringIO()
    write_rows(rows, out)
    return out.getvalue().encode("utf-8", "replace")


def as_atom(entries: Iterable[Entry], *, title: str, base: str, page: str, feed: str) -> bytes:
    """An Atom feed (RFC 4287) of what a page shows, the newest first.

    ``base`` is the address of the desk; ``page`` and ``feed`` are the paths of the page and of the feed itself, with their query.
    """
    root = ElementTree.Element("feed", {"xmlns": _ATOM})

    def add(parent: ElementTree.Element, name: str, words: str = "", **attributes: str) -> ElementTree.Element:
        child = ElementTree.SubElement(parent, name, attributes)
        child.text = words.translate(_UNSPEAKABLE) or None
        return child

    newest_first = sorted(entries, key=lambda one: one.updated, reverse=True)
    add(root, "title", title)
    add(root, "id", base + page)
    add(root, "link", rel="self", type="application/atom+xml", href=base + feed)
    add(root, "link", rel="alternate", type="text/html", href=base + page)
    add(root, "updated", _moment(newest_first[0].updated if newest_first else "1970-01-01"))
    add(add(root, "author"), "name", "On Record")
    for one in newest_first:
        entry = add(root, "entry")
        add(entry, "title", one.title)
        add(entry, "id", f"urn:onrecord:{one.id}")
        add(entry, "link", href=base + one.path)
        add(entry, "updated", _moment(one.updated))
        add(add(entry, "author"), "name", one.author)
        add(entry, "summary", one.words)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + bytes(ElementTree.tostring(root, encoding="utf-8"))


def _moment(day: str) -> str:
    """A day or a time as Atom wants it, with a time zone."""
    try:
        moment = datetime.fromisoformat(day)
    except ValueError:
        moment = datetime(1970, 1, 1)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()
