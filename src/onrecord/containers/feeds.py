"""Feeds: each item of RSS and each entry of Atom, the bytes of its element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from onrecord.captures.opened import LARGEST, Opened
from onrecord.containers.items import NOTHING_BEHIND, File
from onrecord.errors import ReadingError, TooLarge
from onrecord.reading.decoding import decode

_CHUNK = 1 << 20
_OPENS = re.compile(rb"<!\[CDATA\[|<!--|<(?P<name>(?:\w+:)?(?:item|entry))(?=[\s>])", re.I)
#: The id of an item; in RSS before or after its text, in Atom before.
_ID = re.compile(
    rb"<(?P<tag>guid|(?:\w+:)?id)(?=[\s>])[^>]*>(?P<id>[^<]{1,2000}|<!\[CDATA\[.{1,2000}?\]\]>)</(?P=tag)\s*>",
    re.I | re.S,
)
_CLOSES = {b"<![CDATA[": b"]]>", b"<!--": b"-->"}


def feed_items(stream: BinaryIO, file: File) -> Iterator[Opened]:
    """The items of a feed in order."""
    encoding = decode(file.head, encoding=file.encoding, where=file.uri).encoding
    stream.seek(0)
    buffer, number = b"", 0
    while chunk := stream.read(_CHUNK):
        buffer += chunk
        at = 0
        while (found := _element(buffer, at)) is not None:
            begun, at = found
            number += 1
            yield file.item(
                buffer[begun:at], f"item={number}", media_type="application/xml", encoding=encoding, suffix="item.xml"
            )
        opens = _OPENS.search(buffer, at)
        buffer = buffer[opens.start() if opens is not None else max(at, len(buffer) - 40) :]
        if len(buffer) > LARGEST:
            raise TooLarge(
                f"item {number + 1} has more than the {LARGEST / 1e6:.0f} MB a statement can have; {NOTHING_BEHIND}",
                where=file.uri,
            )
    if _OPENS.search(buffer) is not None:
        raise ReadingError(f"the feed breaks off in item {number + 1}", where=file.uri, hint="Fetch it again")


def item_id(data: bytes) -> str | None:
    """The id that a feed gives an item: ``guid`` of RSS, ``id`` of Atom. It stays when the item's address changes. None for bytes
    that are no item of a feed."""
    if _OPENS.match(data.lstrip()[:40]) is None:
        return None
    found = _ID.search(data)
    words = found["id"].strip().removeprefix(b"<![CDATA[").removesuffix(b"]]>").strip() if found is not None else b""
    return words.decode("utf-8", "replace") or None


def _element(buffer: bytes, at: int) -> tuple[int, int] | None:
    """Where the next item begins and ends, or None if it does not end yet. What a comment or raw text holds is no item."""
    opens = _OPENS.search(buffer, at)
    while opens is not None and opens["name"] is None:
        ends = buffer.find(_CLOSES[opens.group().upper()], opens.end())
        if ends < 0:
            return None
        opens = _OPENS.search(buffer, ends)
    if opens is None:
        return None
    closes = re.compile(rb"<!\[CDATA\[|<!--|</" + re.escape(opens["name"]) + rb"\s*>", re.I)
    at = opens.end()
    while (match := closes.search(buffer, at)) is not None:
        if match.group().upper() not in _CLOSES:
            return opens.start(), match.end()
        at = buffer.find(_CLOSES[match.group().upper()], match.end())
        if at < 0:
            return None
    return None
