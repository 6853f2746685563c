"""Lines: what a page shows, one stretch of words at a time, each character with its position in the source.

Every format is read into lines: a paragraph is one line, or several if line breaks divide it. White space is
folded as a browser folds it. A line's *runs* tie its text to the characters of the source.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise
from operator import itemgetter

import msgspec

#: Characters of a headline that are looked at; no real one is half as long, and some searches take the square of its length.
HEADLINE_LENGTH = 1_000

_ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?"
ENTITIES = re.compile(_ENTITY)
_COMMON = {"&nbsp;": "\u00a0", "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"'}
# What is not shown literally: entities, white space other than one space, and bytes that did not decode.
_PIECES = re.compile(rf"({_ENTITY})|([^\S ]\s*| \s+)|([\ud800-\udfff])")


class Element(msgspec.Struct, frozen=True, gc=False):
    """A container on the way from the root of a page to a line: its tag, ``id`` and ``class``."""

    tag: str
    id: str
    classes: str
    parent: Element | None


#: ``(start, source_start, source_end, bold)``: where the run starts in the line's text, which characters of the source
#: it stands for, and whether it is shown bold. A plain tuple: a page has some hundreds.
Run = tuple[int, int, int, bool]


class Line(msgspec.Struct, gc=False):
    """One line as shown. ``tag`` is the innermost block (``p``, ``li``, ``h1`` …), ``inside`` its containers.

    ``fresh`` says that the line opens a paragraph; otherwise it follows a line break within one. ``linked`` counts the
    characters that are part of a link.
    """

    text: str
    runs: list[Run]
    tag: str = "p"
    inside: Element | None = None
    fresh: bool = True
    linked: int = 0

    def bold(self, start: int = 0, end: int | None = None) -> float:
        """The share of ``text[start:end]`` that is bold, without white space: 0.0 to 1.0."""
        if start == 0 and end is None and len(self.runs) == 1:
            return float(self.runs[0][3])
        for run in self.runs:
            if run[3]:
                break
        else:
            return 0.0
        end = len(self.text) if end is None else end
        shown = total = 0
        last = len(self.text)
        for run in reversed(self.runs):
            begins = run[0]
            if begins < end and last > start:
                first, stop = max(begins, start), min(last, end)
                size = stop - first - self.text.count(" ", first, stop)
                total += size
                if run[3]:
                    shown += size
            last = begins
        return shown / total if total else 0.0

    def within(self, *names: str) -> bool:
        """Whether one of the containers has one of these ids, or one of these classes."""
        element = self.inside
        while element is not None:
            if element.id in names or (element.classes and any(c in names for c in element.classes.split())):
                return True
            element = element.parent
        return False

    def containers(self) -> set[str]:
        """The ids and classes of all containers."""
        found: set[str] = set()
        element = self.inside
        while element is not None:
            if element.id:
                found.add(element.id)
            if element.classes:
                found.update(element.classes.split())
            element = element.parent
        return found

    @property
    def source(self) -> tuple[int, int]:
        """The characters of the source that the line spans."""
        return self.runs[0][1], self.runs[-1][2]

    def part(self, start: int, end: int, *, fresh: bool | None = None) -> Line:
        """``text[start:end]``, not empty, without white space at its ends, as a line of its own.

        It opens a paragraph only if it begins the line and the line does, or as ``fresh`` says. A house uses this to divide a
        paragraph in which a label is after other words, or one that has lost the breaks inside it.
        """
        opens = self.fresh and start == 0 if fresh is None else fresh
        while start < end - 1 and self.text[start].isspace():
            start += 1
        while end - 1 > start and self.text[end - 1].isspace():
            end -= 1
        return Line(self.text[start:end], self._runs(start, end), self.tag, self.inside, opens)

    def _runs(self, start: int, end: int) -> list[Run]:
        """The runs of ``text[start:end]``, counted from its beginning."""
        runs: list[Run] = []
        for number in range(max(0, bisect_right(self.runs, start, key=itemgetter(0)) - 1), len(self.runs)):
            first, source, source_end, bold = self.runs[number]
            if first >= end:
                break
            last = self.runs[number + 1][0] if number + 1 < len(self.runs) else len(self.text)
            if last > start:
                whole = last - first != source_end - source  # not literal: an entity is not divided
                before, behind = (0, 0) if whole else (max(0, start - first), max(0, last - end))
                runs.append((max(first, start) - start, source + before, source_end - behind, bold))
        return runs

    def divided(self, places: Iterable[int]) -> list[Line]:
        """The line as several, cut at these places in its text, in order."""
        cuts = [0, *sorted({place for place in places if 0 < place < len(self.text)}), len(self.text)]
        if len(cuts) == 2:
            return [self]
        return [self.part(start, end) for start, end in pairwise(cuts) if self.text[start:end].strip()]

    def without(self, places: Iterable[tuple[int, int]]) -> Line:
        """The line without these stretches of its text, ``(start, end)`` in order: marks that are shown but not spoken.

        Something must be left. White space at the ends goes with them.
        """
        kept, at = list[tuple[int, int]](), 0
        for start, end in (*places, (len(self.text), len(self.text))):
            if self.text[at:start].strip():
                kept.append((at, start))
            at = end
        first, last = self.text[slice(*kept[0])], self.text[slice(*kept[-1])]
        kept[0] = (kept[0][1] - len(first.lstrip()), kept[0][1])
        kept[-1] = (kept[-1][0], kept[-1][1] - len(last) + len(last.rstrip()))
        words, runs = "", list[Run]()
        for start, end in kept:
            runs.extend((len(words) + run[0], *run[1:]) for run in self._runs(start, end))
            words += self.text[start:end]
        return Line(words, runs, self.tag, self.inside, self.fresh)


class LineBuilder:
    """Collects pieces of source text into one line, folding white space and resolving entities.

    ``damaged`` says that the source may hold bytes that did not decode (lone surrogates).
    """

    __slots__ = ("damaged", "entities", "linked", "parts", "runs", "size", "space")

    def __init__(self, *, entities: bool = True, damaged: bool = False) -> None:
        self.entities = entities
        self.damaged = damaged
        self.clear()

    def clear(self) -> None:
        """Discard what was collected."""
        self.parts: list[str] = []
        self.runs: list[Run] = []
        self.size = 0
        self.linked = 0
        self.space = True  # the line so far ends in a space, or is empty: the next white space is dropped

    def add(self, piece: str, source: int, bold: bool = False, link: bool = False) -> None:
        """Add ``piece``, which is at ``source``."""
        before = self.size
        # str.isprintable is one pass in C, and false for every white space but a space and for bytes that did not decode:
        # it separates the usual piece, which is shown literally, from the others ten times as fast as a pattern does.
        if piece.isprintable() and "  " not in piece:
            if "&" in piece or (self.space and piece[:1] == " "):
                self._core(piece, source, bold)
            elif piece:
                self.runs.append((before, source, source + len(piece), bold))
                self.parts.append(piece)
                self.size = before + len(piece)
                self.space = piece[-1] == " "
        elif (core := piece.strip()).isprintable() and "  " not in core:
            start = source + len(piece) - len(piece.lstrip())
            self._space(source, start, bold)
            if core:
                self._core(core, start, bold)
                self._space(start + len(core), source + len(piece), bold)
        else:
            at = 0
            for match in _PIECES.finditer(piece):
                start, end = match.span()
                self._verbatim(piece[at:start], source + at, bold)
                at = end
                if match.lastindex == 2:
                    self._space(source + start, source + end, bold)
                elif match.lastindex == 1:
                    self._entity(match.group(), source + start, bold)
                else:
                    self._put("\ufffd", source + start, source + end, bold)
                    self.space = False
            self._verbatim(piece[at:], source + at, bold)
        if link:
            self.linked += self.size - before

    def whole(self, words: str, start: int, end: int, bold: bool = False) -> None:
        """Add ``words`` that stand as a whole for ``[start, end)``: a word that was divided at the end of a row."""
        self._put(words, start, end, bold)
        self.space = False

    def _core(self, piece: str, source: int, bold: bool) -> None:
        """Add words divided by single spaces."""
        if "&" not in piece:
            self._verbatim(piece, source, bold)
            return
        at = 0
        for match in ENTITIES.finditer(piece):
            start, end = match.span()
            self._verbatim(piece[at:start], source + at, bold)
            self._entity(match.group(), source + start, bold)
            at = end
        self._verbatim(piece[at:], source + at, bold)

    def _space(self, start: int, end: int, bold: bool) -> None:
        if not self.space and start < end:
            self._put(" ", start, end, bold)
            self.space = True

    def _verbatim(self, text: str, source: int, bold: bool) -> None:
        if self.space and text[:1] == " ":
            text, source = text[1:], source + 1
        if text:
            self.runs.append((self.size, source, source + len(text), bold))
            self.parts.append(text)
            self.size += len(text)
            self.space = text[-1] == " "

    def _put(self, text: str, start: int, end: int, bold: bool) -> None:
        self.runs.append((self.size, start, end, bold))
        self.parts.append(text)
        self.size += len(text)

    def _entity(self, entity: str, source: int, bold: bool) -> None:
        text = (_COMMON.get(entity) or html.unescape(entity)) if self.entities else entity
        if text.isspace():
            if self.space:
                return
            text, self.space = " ", True
        else:
            self.space = False
        if text:
            self._put(text.replace("\n", " "), source, source + len(entity), bold)

    def line(self, tag: str, inside: Element | None, fresh: bool) -> Line | None:
        """The collected line, or None if nothing is shown; the builder is empty afterwards."""
        if self.space and self.parts:  # a space at the end of a line is not shown
            last = self.parts[-1]
            if last == " ":
                self.parts.pop()
                self.runs.pop()
            else:
                start, source_start, source_end, bold = self.runs[-1]
                self.parts[-1] = last[:-1]
                self.runs[-1] = (start, source_start, source_end - 1, bold)
        line = None
        if self.parts:
            line = Line("".join(self.parts), self.runs, tag, inside, fresh, self.linked)
        self.clear()
        return line
