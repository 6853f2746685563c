"""Parse JSON with positions: its scalars by name, and the words of a string with the position of each character."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.reading.wrapped import Piece

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\],:]|[^\s{}\[\],:"]++', re.S)
_SPACE = re.compile(r"\s*")
_ESCAPES = re.compile(r"(?:\\u[0-9a-fA-F]{4})++|\\.")
#: More values than any statement's file has; the rest is ignored.
_MOST = 20_000


class Value(NamedTuple):
    """A scalar of a JSON text: what it says, and the characters of its token, quotation marks included."""

    words: str
    start: int
    end: int
    is_string: bool


def parsed(text: str) -> object:
    """The JSON value of a text, or None if it is not JSON or nested too deeply."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def scalars(text: str, start: int = 0) -> dict[str, Value]:
    """The strings, numbers and truth values of a JSON object at ``start`` by their names: ``details.body``, ``links.0.title``.

    The text must be valid JSON. If a name occurs twice, the last counts, as in other JSON parsers.
    """
    found: dict[str, Value] = {}
    path: list[str | int] = []  # for each open container the name or number of the next value
    key = False  # the next string is a name
    for match in _TOKEN.finditer(text, start):
        token = match.group()
        sign = token[0]
        if sign in "{[":
            path.append("" if sign == "{" else 0)
            key = sign == "{"
        elif sign in "}]":
            path.pop()
            if not path:
                break
        elif sign == ",":
            last = path[-1]
            key = isinstance(last, str)
            if not isinstance(last, str):
                path[-1] = last + 1
        elif sign == ":":
            key = False
        elif key:
            path[-1] = _said(token)
        elif len(found) < _MOST and token != "null":
            words = _said(token) if sign == '"' else token
            found[".".join(map(str, path))] = Value(words, match.start(), match.end(), sign == '"')
    return found


def _said(token: str) -> str:
    return token[1:-1] if "\\" not in token else str(json.loads(token, strict=False))


def pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    """The words of the string token ``text[start:end]`` in pieces; half of a surrogate pair becomes U+FFFD."""
    at = start + 1
    for match in _ESCAPES.finditer(text, at, end - 1):
        if match.start() > at:
            yield text[at : match.start()], at, match.start()
        at = match.start()
        for words, length in _unescaped(match.group()):
            yield words, at, at + length
            at += length
    if at < end - 1:
        yield text[at : end - 1], at, end - 1


def _unescaped(escapes: str) -> Iterator[tuple[str, int]]:
    """The characters of a run of escapes, each with the length of its escape."""
    if escapes[1] != "u":
        yield json.loads(f'"{escapes}"'), 2
        return
    at = 0
    while at < len(escapes):
        code = int(escapes[at + 2 : at + 6], 16)
        low = int(escapes[at + 8 : at + 12], 16) if at + 12 <= len(escapes) else 0
        if 0xD800 <= code < 0xDC00 <= low < 0xE000:
            yield chr(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)), 12
            at += 12
        else:
            yield "\ufffd" if 0xD800 <= code < 0xE000 else chr(code), 6
            at += 6


def starts(text: str) -> Iterator[int]:
    """Where the objects begin that stand one behind the other in a text, up to the first that is none."""
    decoder = json.JSONDecoder(strict=False)
    at = text.find("{")
    while at >= 0:
        try:
            _, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        yield at
        following = _SPACE.match(text, end)
        at = following.end() if following is not None and text.startswith("{", following.end()) else -1


def slices(text: str) -> Iterator[tuple[int, int]]:
    """Where the objects of a JSON array stand: ``[start, end)`` of each member that is an object. The text must be valid."""
    depth = begun = 0
    for match in _TOKEN.finditer(text):
        sign = match.group()[0]
        if sign in "{[":
            depth += 1
            if depth == 2:
                begun = match.start()
        elif sign in "}]":
            depth -= 1
            if depth == 1 and sign == "}":
                yield begun, match.end()
