"""Words of a capture as text that can do nothing, and those asked for inside ``mark``."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterable

from onrecord.reading.decoding import Characters
from onrecord.reading.lines import ENTITIES

#: What no page may hold, and what Python counts as white space and HTML does not: the reader folds it to a space.
_ODD = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: No entity is longer, and no letter takes more bytes.
_ENTITY = 40
_LETTER = 4


def shown(text: str) -> str:
    """Text without what cannot be shown: a replacement character stands for every control and undecoded byte."""
    return _ODD.sub(lambda match: " " if match[0].isspace() else "\ufffd", text)


def in_order(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges that hold something, ascending, joined where they touch."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted((start, end) for start, end in ranges if start < end):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def in_characters(characters: Characters, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges of bytes, ascending, as ranges of characters."""
    data, text, encoding = characters.data, characters.text, characters.encoding
    errors = "replace" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
    at, done = 0, characters.mark
    found = []
    for place in (edge for one in ranges for edge in one):
        edge = max(done, min(place, len(data)))
        for byte in range(edge, max(done, edge - _LETTER) - 1, -1):
            try:
                words = data[done:byte].decode(encoding, errors)
            except UnicodeError:
                continue
            if text.startswith(words, at):
                at, done = at + len(words), byte
                break
        else:  # bytes that do not decode in parts as they do together
            at = bisect_left(range(len(text)), edge, key=characters.byte)
            done = characters.byte(at)
        found.append(at)
    return list(zip(found[::2], found[1::2], strict=True))


class Words:
    """Writes stretches of a source, asked for in the order of the source, as escaped text.

    ``ranges`` are the characters to mark, ascending. With ``entities`` the source is HTML, where ``&amp;`` says ``&``.
    """

    __slots__ = ("_at", "_begun", "_entities", "_ranges")

    def __init__(self, ranges: list[tuple[int, int]], *, entities: bool) -> None:
        self._ranges = ranges
        self._entities = entities
        self._at = 0
        self._begun = False

    def write(self, words: str, start: int) -> str:
        """The words that stand at ``start``, those of a range inside ``mark``."""
        ranges, end = self._ranges, start + len(words)
        while self._at < len(ranges) and ranges[self._at][1] <= start:
            self._at += 1
        if self._at == len(ranges) or ranges[self._at][0] >= end:
            return self._escaped(words)
        parts: list[str] = []
        done = 0
        for number in range(self._at, len(ranges)):
            if ranges[number][0] >= end:
                break
            first = max(done, self._edge(words, ranges[number][0] - start, before=True))
            last = max(first, self._edge(words, ranges[number][1] - start, before=False))
            parts += (self._escaped(words[done:first]), self._mark(words[first:last]))
            done = last
        parts.append(self._escaped(words[done:]))
        return "".join(parts)

    def write_hidden(self, source: str, start: int, end: int, offset: int = 0) -> str:
        """Of a stretch that is not shown, the ranges that lie in it whole: marked words are never left out.

        ``offset`` is where ``source`` begins.
        """
        ranges = self._ranges
        parts: list[str] = []
        while self._at < len(ranges) and ranges[self._at][1] <= end:
            first, last = ranges[self._at]
            if first >= start:
                parts.append(self._mark(source[first - offset : last - offset]))
            self._at += 1
        return "".join(parts)

    def _mark(self, words: str) -> str:
        if not words:
            return ""
        opening = '<mark class="words">' if self._begun else '<mark class="words" id="words">'
        self._begun = True
        return f"{opening}{self._escaped(words)}</mark>"

    def _escaped(self, words: str) -> str:
        if self._entities and "&" in words:
            words = ENTITIES.sub(lambda match: html.unescape(match[0]), words)
        return html.escape(words, quote=False)

    def _edge(self, words: str, at: int, *, before: bool) -> int:
        """Where to cut for a place in the words: an entity is in one piece."""
        at = min(max(at, 0), len(words))
        if self._entities and 0 < at < len(words):
            amp = words.rfind("&", max(0, at - _ENTITY), at)
            match = ENTITIES.match(words, amp) if amp >= 0 else None
            if match is not None and match.end() > at:
                return match.start() if before else match.end()
        return at
