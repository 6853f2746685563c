"""Literals of Python bytes and strings (``b'…\\xe2\\x80\\x99…'``), as in files that were written with ``str(data)``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.offsets import Wrapping
from onrecord.reading.wrapped import Piece

#: A literal that is a whole row; ``repr`` writes no line break.
_LITERAL = re.compile(r"""^[ \t]*(b?)('(?:[^'\\\n]|\\.)*+'|"(?:[^"\\\n]|\\.)*+")[ \t]*\r?$""", re.M)
_BYTES_IN_A_ROW = re.compile(r"""\n[ \t]*b['"]""")
_ESCAPES = re.compile(r"(?:\\x[0-9a-fA-F]{2})++|\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)")
_SINGLE = dict(zip("abfnrtv0\\'\"", "\a\b\f\n\r\t\v\0\\'\"", strict=True))
#: Characters within which literals begin below a heading.
_BELOW = 20_000
#: A literal without escapes of up to this length may be words in quotation marks and is kept as it is.
_QUOTED = re.compile(r"\\(?:[nrt'\"\\]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})")


def wrapping_of(text: str) -> Wrapping | None:
    """Whether a text consists mostly of Python literals: bytes in rows of their own, or a single string."""
    if "\\" not in text:
        return None
    begins = (text[:200].lstrip() or text.lstrip())[:1]
    if begins not in ("'", '"', "b") and not _BYTES_IN_A_ROW.search(text, 0, min(len(text) // 2, _BELOW)):
        return None  # quick exit: literals that make up more than half of a text begin in its first half
    found = [match for match in _LITERAL.finditer(text) if _QUOTED.search(match[2])]
    printed = sum(len(match[2]) for match in found if match[1])
    if printed > len(text) / 2:
        return "python-bytes"
    if len(found) == 1 and not found[0][1] and found[0].group().strip() == text.strip():
        return "python-str"
    return None


def pieces(text: str, wrapping: Wrapping) -> Iterator[Piece]:
    """The words of a text in pieces: the values of the literals, and the rows around them unchanged."""
    at = 0
    for match in _LITERAL.finditer(text):
        if bool(match[1]) != (wrapping == "python-bytes"):
            continue
        if match.start() > at:
            yield text[at : match.start()], at, match.start()
        yield from _inside(text, match.start(2) + 1, match.end(2) - 1, wrapping == "python-bytes")
        at = match.end()
    if at < len(text):
        yield text[at:], at, len(text)


def _inside(text: str, start: int, end: int, as_bytes: bool) -> Iterator[Piece]:
    at = start
    for match in _ESCAPES.finditer(text, start, end):
        if match.start() > at:
            yield text[at : match.start()], at, match.start()
        at = match.start()
        for words, length in _unescaped(match.group(), as_bytes):
            yield words, at, at + length
            at += length
    if at < end:
        yield text[at:end], at, end


def _unescaped(escape: str, as_bytes: bool) -> Iterator[tuple[str, int]]:
    """The characters of a run of escapes, each with the length of what stands for it; a byte that fits none is U+FFFD."""
    kind = escape[1]
    if kind == "x":
        data = bytes.fromhex(escape.replace("\\x", ""))
        if not as_bytes:
            yield from ((chr(byte), 4) for byte in data)
            return
        for character in data.decode("utf-8", "surrogateescape"):
            lost = "\udc80" <= character <= "\udcff"
            yield "\ufffd" if lost else character, 4 if lost else 4 * len(character.encode())
    elif kind in "uU" and len(escape) > 2 and not as_bytes:
        code = int(escape[2:], 16)
        lost = code > 0x10FFFF or 0xD800 <= code < 0xE000
        yield "\ufffd" if lost else chr(code), len(escape)
    else:  # an unknown escape stands for itself
        yield _SINGLE.get(kind, escape), len(escape)
