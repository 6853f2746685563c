"""Scan XML with positions: its fields by name, and the words of an element with the position of each character.

The text is scanned tag by tag, so that every offset is kept, an incomplete file is read as far as it
goes, and nothing that a document type declares is ever expanded.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.reading.wrapped import Piece

#: Markup: comments, processing instructions, a document type (with its declarations), CDATA sections, tags.
TOKEN = re.compile(
    r"<!--(?:.*?-->|.*)|<\?(?:.*?\?>|.*)|<!\[CDATA\[(?P<raw>.*?)(?:\]\]>|\Z)|<!DOCTYPE(?:[^<>\[]|\[[^\]]*+(?:\]|\Z))*+>?"
    r"""|<(?P<closing>/?)(?P<name>[A-Za-z_:][\w:.-]*+)(?P<attributes>(?:[^<>"']|"[^"]*"|'[^']*')*+)(?P<empty>(?<=/))?>""",
    re.S,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);")
_ATTRIBUTE = re.compile(r"""(?<![\w:.-])([\w:.-]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)')""")
_BLANK = re.compile(r"[\ufeff\s]*")
#: More fields than any statement's file has; the rest is ignored. Longer values are text, not fields.
_MOST, _LONGEST = 2_000, 20_000


class Field(NamedTuple):
    """An element without elements inside, by its local name in lower case: ``[start, end)`` is its content."""

    name: str
    start: int
    end: int


def local_name(name: str) -> str:
    """The name of an element without its prefix, in lower case."""
    return name.rpartition(":")[2].lower()


def attributes(told: str) -> dict[str, str]:
    """The attributes of a tag by their local names."""
    return {name.rpartition(":")[2]: unescape(double or single) for name, double, single in _ATTRIBUTE.findall(told)}


def unescape(text: str) -> str:
    """The characters that the five entities of XML and references by number stand for; no other entity is expanded."""
    return _ENTITY.sub(lambda match: _character(match.group()), text) if "&" in text else text


def _character(entity: str) -> str:
    said = html.unescape(entity)
    return "\ufffd" if "\ud800" <= said <= "\udfff" else said


def root_of(text: str) -> str:
    """The local name of the root element, or nothing where the text does not begin as XML does."""
    at = _BLANK.match(text).end()  # type: ignore[union-attr]
    while (match := TOKEN.match(text, at)) is not None:
        if match["name"] is not None:
            return "" if match["closing"] else local_name(match["name"])
        at = _BLANK.match(text, match.end()).end()  # type: ignore[union-attr]
    return ""


def leaves(text: str, start: int = 0, end: int | None = None) -> list[Field]:
    """The elements of ``text[start:end]`` that hold text and no elements, in order."""
    found: list[Field] = []
    name, begun = "", -1
    for match in TOKEN.finditer(text, start, len(text) if end is None else end):
        if match["name"] is None:
            continue
        if not match["closing"]:
            name, begun = ("", -1) if match["attributes"].endswith("/") else (local_name(match["name"]), match.end())
        elif begun >= 0 and local_name(match["name"]) == name:
            found.append(Field(name, begun, match.start()))
            begun = -1
        else:
            begun = -1
        if len(found) >= _MOST:
            break
    return found


def elements(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where the elements of a local name stand, ``[start, end)`` with their tags; one inside another is part of it."""
    depth = begun = 0
    for match in TOKEN.finditer(text):
        if match["name"] is None or local_name(match["name"]) != name:
            continue
        if match["closing"]:
            depth -= 1
            if depth == 0:
                yield begun, match.end()
            depth = max(0, depth)
        elif not match["attributes"].endswith("/"):
            begun = begun if depth else match.start()
            depth += 1


def inside(text: str, start: int, end: int) -> tuple[int, int]:
    """The content of the element ``text[start:end]``, without its tags."""
    opened = TOKEN.match(text, start)
    closes = text.rfind("</", start, end)
    first = opened.end() if opened is not None else start
    return first, max(first, closes) if closes >= 0 else end


def words_of(text: str, start: int, end: int) -> str:
    """What the content ``text[start:end]`` of an element says."""
    return "".join(words for words, _, _ in pieces(text, start, end)).strip()


def links(text: str, end: int) -> dict[str, str]:
    """The address that an empty element ``link`` before ``end`` names, as entries of Atom have it."""
    for match in TOKEN.finditer(text, 0, end):
        if match["name"] is not None and local_name(match["name"]) == "link":
            told = attributes(match["attributes"])
            if "href" in told and told.get("rel", "alternate") == "alternate":
                return {"link": told["href"]}
    return {}


def content(text: str, start: int, end: int) -> Iterator[Piece]:
    """The words of an element's content ``text[start:end]`` in pieces; content that is markup itself is left as it stands."""
    if any(match["name"] is not None for match in TOKEN.finditer(text, start, end)):
        return iter([(text[start:end], start, end)])
    return pieces(text, start, end)


def pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    """The words of the content ``text[start:end]`` in pieces: without comments, CDATA sections unchanged."""
    at = start
    for match in TOKEN.finditer(text, start, end):
        yield from _plain(text, at, match.start())
        if match["raw"]:
            yield match["raw"], match.start("raw"), match.end("raw")
        at = match.end()
    yield from _plain(text, at, end)


def _plain(text: str, start: int, end: int) -> Iterator[Piece]:
    at = start
    for match in _ENTITY.finditer(text, start, end):
        if match.start() > at:
            yield text[at : match.start()], at, match.start()
        yield _character(match.group()), match.start(), match.end()
        at = match.end()
    if at < end:
        yield text[at:end], at, end


def fields_of(text: str, fields: list[Field]) -> dict[str, str]:
    """What the fields say, by name; of one that recurs the values in order, with commas between them."""
    found: dict[str, str] = {}
    for field in fields:
        if field.end - field.start > _LONGEST:
            continue
        said = " ".join(words_of(text, field.start, field.end).split())
        if said:
            found[field.name] = f"{found[field.name]}, {said}" if field.name in found else said
    return found
