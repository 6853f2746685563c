"""Content negotiation and output formats: HTML, JSON, Atom and CSV at one URL.

The extension of the path chooses the format (``.json``, ``.atom``, ``.csv``), else the ``Accept`` header.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import msgspec

from onrecord.partial_dates import first_day_of, is_date
from onrecord.sharing.tables import write_rows
from onrecord.web.page import Entry

TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "atom": "application/atom+xml",
    "csv": "text/csv; charset=utf-8",
}
_ATOM = "http://www.w3.org/2005/Atom"
#: Replacements of characters that XML cannot contain, even escaped.
_NOT_IN_XML = {
    code: "\ufffd" for code in (*range(0x20), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)) if code not in (9, 10, 13)
}


def split_format(path: str) -> tuple[str, str | None]:
    """Split a path into the path without a format extension, and the format.

    >>> split_format("/find.json"), split_format("/statements/cn-mfa-2021-03-22-2b61bcb3"), split_format("/index.json")
    (('/find', 'json'), ('/statements/cn-mfa-2021-03-22-2b61bcb3', None), ('/', 'json'))
    """
    stem, dot, end = path.rpartition(".")
    if dot and end in TYPES and not stem.endswith("/"):
        return ("/" if stem == "/index" else stem), end
    return path, None


def preferred_format(accept: str, offered: Sequence[str]) -> str:
    """The offered format that the ``Accept`` header prefers; the first one without a preference.

    >>> preferred_format("application/json", ["html", "json"]), preferred_format("text/html,*/*;q=0.8", ["html", "json"])
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
    """The answer as JSON, in the published schema of the page."""
    return msgspec.json.encode(answer) + b"\n"


def as_csv(rows: Iterable[Mapping[str, object]]) -> bytes:
    """Rows as CSV, as :mod:`onrecord.sharing.tables` writes them."""
    out = io.StringIO()
    write_rows(rows, out)
    return out.getvalue().encode("utf-8", "replace")


def as_atom(entries: Iterable[Entry], *, title: str, base: str, page: str, feed: str) -> bytes:
    """An Atom feed (RFC 4287) of the items of a page, newest first.

    ``base`` is the URL of the desk; ``page`` and ``feed`` are the paths of the page and of the feed, with their query.
    """
    root = ElementTree.Element("feed", {"xmlns": _ATOM})

    def add(parent: ElementTree.Element, name: str, words: str = "", **attributes: str) -> ElementTree.Element:
        child = ElementTree.SubElement(parent, name, attributes)
        child.text = words.translate(_NOT_IN_XML) or None
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
    """A day or a time in the form of RFC 3339, with a time zone, as Atom requires; of a month or year its beginning."""
    try:
        moment = datetime.fromisoformat(first_day_of(day) if is_date(day) else day)
    except ValueError:
        moment = datetime(1970, 1, 1)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()
