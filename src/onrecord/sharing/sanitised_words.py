"""Text of a capture as inert HTML, with the requested words inside ``mark``."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterable

from onrecord.reading.decoding import Characters
from onrecord.reading.lines import ENTITIES

#: Characters not allowed in a page, and those that are white space in Python but not in HTML: the reader folds them to spaces.
_ODD = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: The maximum length of an entity, and of a character in bytes.
_ENTITY = 40
_LETTER = 4


def shown(text: str) -> str:
    """Text with control characters and undecoded bytes replaced by U+FFFD."""
    return _ODD.sub(lambda match: " " if match[0].isspace() else "\ufffd", text)


def in_order(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The non-empty ranges in ascending order, merged if they touch."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted((start, end) for start, end in ranges if start < end):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def in_characters(characters: Characters, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Convert ascending ranges of bytes to ranges of characters."""
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
        else:  # an encoding whose parts decode differently from the whole
            at = bisect_left(range(len(text)), edge, key=characters.byte)
            done = characters.byte(at)
        found.append(at)
    return list(zip(found[::2], found[1::2], strict=True))


class Words:
    """Writes parts of a source, in order, as escaped text.

    ``ranges`` are the characters to mark, in ascending order. With ``entities`` the source is HTML, where ``&amp;`` means ``&``.
    """

    __slots__ = ("_at", "_begun", "_entities", "_ranges")

    def __init__(self, ranges: list[tuple[int, int]], *, entities: bool) -> None:
        self._ranges = ranges
        self._entities = entities
        self._at = 0
        self._begun = False

    def write(self, words: str, start: int) -> str:
        """Write the text at ``start``, with marked ranges inside ``mark``."""
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
        """Write only the marked ranges inside a part that is not displayed: marked words are never left out.

        ``offset`` is the position where ``source`` begins.
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
        """The position to cut at, which is never inside an entity."""
        at = min(max(at, 0), len(words))
        if self._entities and 0 < at < len(words):
            amp = words.rfind("&", max(0, at - _ENTITY), at)
            match = ENTITIES.match(words, amp) if amp >= 0 else None
            if match is not None and match.end() > at:
                return match.start() if before else match.end()
        return at
