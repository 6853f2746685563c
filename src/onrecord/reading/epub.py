"""EPUB books: their chapters in the order of reading, as one page of HTML, and what the book says of itself.

A book is a zip archive of web pages. ``META-INF/container.xml`` names the package, the package its files (``manifest``) and the
order in which they are read (``spine``). Places count in characters of the page made of them.
"""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote

from onrecord.errors import Damaged, NotAStatement
from onrecord.reading import xml_strings
from onrecord.reading.decoding import decode
from onrecord.reading.docx import refuse_bombs

MIMETYPE = b"mimetypeapplication/epub+zip"
_BODY = re.compile(r"<body\b[^<>]*>(.*?)(?:</body\s*>|\Z)", re.S | re.I)
_PAGES = ("application/xhtml+xml", "text/html", "application/xml")
_META = {"title": "title", "date": "date", "creator": "author", "language": "language", "publisher": "publisher"}


def is_epub(data: bytes) -> bool:
    """Whether bytes are an EPUB book, by the first member of the archive."""
    return data.startswith(b"PK\x03\x04") and MIMETYPE in data[:200]


def read_epub(data: bytes, *, where: str = "") -> tuple[str, dict[str, str]]:
    """The chapters of a book as one page of HTML, and its ``title``, ``date`` and ``language``. Tables of contents are left out.

    Raises :class:`~onrecord.errors.Damaged` for a book that does not open, is locked (DRM) or would unpack to more than 100 MB,
    :class:`~onrecord.errors.NotAStatement` for one without a chapter.
    """
    refuse_bombs(data, where, "EPUB book")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            names = frozenset(book.namelist())
            if "META-INF/encryption.xml" in names and b"EncryptedData" in book.read("META-INF/encryption.xml"):
                raise Damaged("a locked EPUB book (DRM)", where=where, hint="Read a copy without the lock")
            package = _package_of(_text(book, "META-INF/container.xml"))
            told = _text(book, package)
            chapters = [_body(_text(book, name)) for name in _spine(told, package) if name in names]
    except (KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError) as error:
        if isinstance(error, Damaged):
            raise
        raise Damaged(f"no EPUB book that opens: {error}", where=where) from None
    if not any(chapter.strip() for chapter in chapters):
        raise NotAStatement("an EPUB book without a chapter", where=where, hint="Save its text and read that")
    meta: dict[str, str] = {}
    for field in xml_strings.leaves(told):
        words = xml_strings.words_of(told, field.start, field.end)
        name = _META.get(field.name)
        if name and words:
            meta.setdefault(name, words[:10] if name == "date" else words)
    title = html.escape(meta.get("title", ""))
    return f"<html><head><title>{title}</title></head><body>\n" + "\n".join(chapters) + "\n</body></html>\n", meta


def _text(book: zipfile.ZipFile, name: str) -> str:
    data = book.read(name)
    return decode(data).text.encode("utf-8", "replace").decode() if data.strip() else ""


def _package_of(container: str) -> str:
    """The name of the package. Raises ValueError where the container names none."""
    for told in _elements(container, "rootfile"):
        if told.get("full-path"):
            return told["full-path"]
    raise ValueError("its container names no package")


def _spine(package: str, name: str) -> Iterator[str]:
    """The names of the chapters, in the order of reading."""
    folder = posixpath.dirname(name)
    files = {
        told.get("id", ""): posixpath.normpath(posixpath.join(folder, unquote(told.get("href", ""))))
        for told in _elements(package, "item")
        if told.get("media-type") in _PAGES and "nav" not in told.get("properties", "").split()
    }
    for told in _elements(package, "itemref"):
        if told.get("linear") != "no" and told.get("idref") in files:
            yield files[told["idref"]]


def _elements(text: str, name: str) -> Iterator[dict[str, str]]:
    for match in xml_strings.TOKEN.finditer(text):
        if match["name"] is not None and not match["closing"] and xml_strings.local_name(match["name"]) == name:
            yield xml_strings.attributes(match["attributes"])


def _body(page: str) -> str:
    found = _BODY.search(page)
    return found[1] if found is not None else page
