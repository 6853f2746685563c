"""Convert HTML to lines with offsets.

The page is split at every "<" and each piece is processed once, in order, as a browser's tokenizer would: that keeps every
offset, tolerates every kind of broken nesting, and is fast, since the splitting is done in C. The position of the words
decides what they are, so only the stack of open containers is kept, not a tree.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from onrecord.reading.lines import Element, Line, LineBuilder
from onrecord.reading.tags import (
    BOLD,
    BREAK,
    CONTAINER,
    KINDS,
    LEAF,
    LINK,
    META,
    PASSED,
    RAW,
    SHORT,
    UNCLEAR,
    after_raw,
    hides,
    pieces_of,
    read_piece,
    read_short,
    read_unclear,
    starts_of,
    tag_of,
)

_ID = re.compile(r"""\bid\s*=\s*["']?([^\s"'>]+)""", re.I)
_CLASS = re.compile(r"""\bclass\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.I)
_NAMED = re.compile(r"""\b(?:name|property)\s*=\s*["']?([\w:.-]+)""", re.I)
_CONTENT = re.compile(r"""\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)

#: The name under which what a page hides is passed over, and the inline elements that may hide words.
HIDDEN = "hidden"
_INLINE = frozenset("span font em i u s sub sup small big strike".split())
#: Containers nested deeper than this become siblings: no real page nests so deep, and a chain of a million would overflow the
#: stack.
_DEEP = 200
#: Entries of the stack for the containers inside one that is passed over.
_PLACEHOLDERS = {name: Element(name, "", "", None) for name, kind in KINDS.items() if kind == CONTAINER}


class Passed(NamedTuple):
    """A container that was passed over: by which of the names asked for, ``[start, end)`` in the source, and how many
    stretches of words it shows."""

    name: str
    start: int
    end: int
    paragraphs: int


class Marked(NamedTuple):
    """A page of HTML read: its ``lines``, ``meta`` by lower-case name, and the containers ``passed`` over."""

    lines: list[Line]
    meta: dict[str, str]
    passed: list[Passed]


def read_html(
    source: str,
    pass_over: frozenset[str] = frozenset(),
    never_over: frozenset[str] = frozenset(),
    inline_over: frozenset[str] = frozenset(),
) -> Marked:
    """Return all lines that the page shows, in order; scripts, styles and comments are not shown.

    Nor is what the page hides (:func:`~onrecord.reading.tags.hides`): it is passed over under the name ``hidden``.

    Containers with one of the ids or classes of ``pass_over`` (menus, footers) are not parsed, only recorded with
    their place; one that holds a container with a name of ``never_over`` ends there, so that on a page whose menu is
    never closed the article is not lost with it. A ``span`` with a class of ``inline_over`` (a tooltip in the middle of a
    sentence) is left out of its line in the same way, and at most to the end of that line.

    Raises :class:`~onrecord.errors.TooLarge` where there are more than 3 million "<".
    """
    return _Reader(source, pass_over, never_over, inline_over).read()


class _Reader:
    """What is open at a place of the page: its containers, the leaf, bold and link; and what was found up to there."""

    __slots__ = (
        "bold", "builder", "fresh", "inline_over", "inside", "leaf", "lines", "link", "meta", "never_over", "open_tags",
        "pass_over", "passed", "pieces", "stack", "starts", "tag",
    )  # fmt: skip

    def __init__(
        self, source: str, pass_over: frozenset[str], never_over: frozenset[str], inline_over: frozenset[str]
    ) -> None:
        self.pieces = pieces_of(source)
        self.starts = starts_of(self.pieces)
        self.pass_over, self.never_over, self.inline_over = pass_over, never_over, inline_over
        self.lines: list[Line] = []
        self.meta: dict[str, str] = {}
        self.passed: list[Passed] = []
        self.builder = LineBuilder()
        self.inside: Element | None = None
        self.stack: list[Element] = []
        self.open_tags: dict[str, int] = {}
        self.tag = "body"
        self.leaf: Element | None = None  # set while a leaf with an id or class of its own is open
        self.fresh, self.bold, self.link = True, 0, False

    def read(self) -> Marked:
        """Process the pieces in order."""
        pieces, starts, builder, inline_over = self.pieces, self.starts, self.builder, self.inline_over
        add = builder.add
        if pieces[0]:
            add(pieces[0], 0)
        number, count = 1, len(pieces)
        while number < count:
            first = number
            piece = pieces[number]
            kind, name, closing, told, words = read_short(piece) if len(piece) <= SHORT else read_piece(piece)
            number += 1
            if kind == UNCLEAR:
                number, (kind, name, closing), told, words = read_unclear(pieces, number, told, words)
            if kind == LINK:
                self.link = not closing
            elif kind == PASSED:
                if inline_over or "style" in told or "hidden" in told:
                    number, words = self._after_span(first, number, name, told, words)
            elif kind == LEAF:
                self._begin_block()
                if not closing:
                    number, words = self._open_leaf(first, number, name, told, words)
            elif kind == CONTAINER:
                self._begin_block()
                if closing:
                    self._close(name)
                elif over := self._open(name, told):
                    number, words = self._pass_over(over, first, number, words)
            elif kind == RAW:
                if not closing:
                    number, words = after_raw(pieces, number, name)
            else:
                self._note(kind, name, closing, told)
            if words and not (builder.space and words.isspace()):
                add(words, starts[number] - len(words), self.bold > 0, self.link)
        self._end_line()
        return Marked(self.lines, self.meta, self.passed)

    def _note(self, kind: int, name: str, closing: bool, told: str) -> None:
        """Bold that begins or ends, a break, a meta element."""
        if kind == BOLD:
            self.bold = max(0, self.bold - 1) if closing else self.bold + 1
        elif kind == BREAK:
            ended = self._end_line()
            self.fresh = not ended or name == "hr"  # an empty row between two breaks ends a paragraph
        elif kind == META:
            named, content = _NAMED.search(told), _CONTENT.search(told)
            if named and content:
                self.meta.setdefault(named[1].lower(), html.unescape(content[1] or content[2] or "").strip())

    def _end_line(self) -> bool:
        """Make what was collected so far a line; whether there was any."""
        line = self.builder.line(self.tag, self.leaf or self.inside, self.fresh)
        if line is not None:
            self.lines.append(line)
        return line is not None

    def _begin_block(self) -> None:
        """A block begins or ends: what was collected so far is a line."""
        if self.builder.parts:
            self._end_line()
        self.fresh = True
        self.leaf = None
        self.tag = "body"

    def _open(self, name: str, told: str) -> str:
        """Open a container; gives the name for which it is to be passed over, or nothing."""
        stack = self.stack
        self.inside = _element(name, told, stack[min(len(stack), _DEEP) - 1] if stack else None)
        stack.append(self.inside)
        self.open_tags[name] = self.open_tags.get(name, 0) + 1
        over = _named(self.inside, self.pass_over) if self.pass_over else ""
        if not over and (" style" in told or "hidden" in told) and hides(name, told):
            over = HIDDEN
        return over if over and not _named(self.inside, self.never_over) else ""

    def _open_leaf(self, first: int, number: int, name: str, told: str, words: str) -> tuple[int, str]:
        """Open a paragraph, unless it is not shown. Gives the number of the next piece, and the words before it."""
        self.tag = name
        if "id" in told or "class" in told or "ID" in told or "CLASS" in told:
            self.leaf = _element(name, told, self.inside)
        if (" style" in told or "hidden" in told) and hides(name, told):
            return self._after_leaf(first, number, name)
        return number, words

    def _close(self, name: str) -> None:
        """Close the innermost container of a name, and with it all that were left open inside; nothing where none is open."""
        if not self.open_tags.get(name):
            return
        self._pop(name)
        self.inside = self.stack[-1] if self.stack else None
        self.bold = 0

    def _pop(self, name: str) -> None:
        ended = ""
        while ended != name:
            ended = self.stack.pop().tag
            self.open_tags[ended] -= 1

    def _pass_over(self, name: str, first: int, number: int, words: str) -> tuple[int, str]:
        """Go to the end of the container just opened, which begins at the piece ``first``, and note its place and how many
        stretches of words it shows.

        Gives the number of the next piece, and the words after the container.
        """
        pieces, stack, open_tags = self.pieces, self.stack, self.open_tags
        depth, paragraphs, noted = len(stack), 0, _shows(words)
        begun, count = self.starts[first], len(pieces)
        while number < count:
            first = number
            piece = pieces[number]
            kind, tag, closing, told, words = read_short(piece) if len(piece) <= SHORT else read_piece(piece)
            number += 1
            if kind == UNCLEAR:
                number, (kind, tag, closing), told, words = read_unclear(pieces, number, told, words)
            if kind == RAW:
                if not closing:
                    number, words = after_raw(pieces, number, tag)
            elif kind >= LEAF:
                paragraphs, noted = paragraphs + noted, False
                if kind != CONTAINER:
                    pass
                elif not closing:
                    if "=" in told and _holds(told, self.never_over):
                        self._resume(tag, told)  # the article, inside a menu that is never closed
                        self.passed.append(Passed(name, begun, self.starts[first], paragraphs))
                        return number, words
                    stack.append(_PLACEHOLDERS[tag])
                    open_tags[tag] = open_tags.get(tag, 0) + 1
                elif open_tags.get(tag):
                    self._pop(tag)
                    if len(stack) < depth:
                        self._resume()
                        self.passed.append(Passed(name, begun, self.starts[number] - len(words), paragraphs))
                        return number, words
            if not noted and words and not words.isspace():
                noted = _shows(words)
        self.passed.append(Passed(name, begun, self.starts[count], paragraphs + noted))
        return number, ""

    def _resume(self, name: str = "", told: str = "") -> None:
        """Begin anew after a container that was passed over, inside the container ``name`` where one ended it."""
        if name:
            self.stack.append(_element(name, told, None))
            self.open_tags[name] = self.open_tags.get(name, 0) + 1
        self.inside = self.stack[-1] if self.stack else None
        self.fresh, self.leaf, self.tag, self.bold, self.link = True, None, "body", 0, False

    def _after_span(self, first: int, number: int, name: str, told: str, words: str) -> tuple[int, str]:
        """What follows an inline tag: where it opens a span with one of the names of ``inline_over``, or hides its words, what
        is after it.

        Gives the number of the next piece, and the words. The span is noted as passed; one that is never closed ends before the
        next block.
        """
        over = _named(_element("span", told, None), self.inline_over) if told.startswith("span ") else ""
        if not over and name in _INLINE and hides(name, told):
            over = HIDDEN
        if not over:
            return number, words
        opened, words = 1, ""
        while number < len(self.pieces) and opened:
            told, _, behind = self.pieces[number].partition(">")
            kind, tag, closing = tag_of(told)
            if kind in (LEAF, CONTAINER):
                break
            opened += (-1 if closing else 1) if tag == name else 0
            number += 1
            if not opened:
                words = behind
        self.passed.append(Passed(over, self.starts[first], self.starts[number] - len(words), 1))
        return number, words

    def _after_leaf(self, first: int, number: int, name: str) -> tuple[int, str]:
        """What follows a paragraph that is not shown, up to its end or the next block.

        Gives the number of the next piece, and the words.
        """
        words = ""
        while number < len(self.pieces):
            told, _, behind = self.pieces[number].partition(">")
            kind, tag, closing = tag_of(told)
            if kind == CONTAINER or (kind == LEAF and not (closing and tag == name)):
                break
            number += 1
            if kind == LEAF:
                words = behind
                self.tag, self.leaf = "body", None
                break
        self.passed.append(Passed(HIDDEN, self.starts[first], self.starts[number] - len(words), 1))
        return number, words


def _holds(told: str, names: frozenset[str]) -> bool:
    for name in names:  # noqa: SIM110 - a generator costs more than the search
        if name in told:
            return True
    return False


def _shows(words: str) -> bool:
    """Whether words show anything once entities are resolved: ``&nbsp;`` alone does not."""
    return bool(words) and not words.isspace() and ("&" not in words or bool(html.unescape(words).strip()))


def _named(element: Element, names: frozenset[str]) -> str:
    """The first of the names that is the id or a class of a container, or an empty string."""
    if element.id in names:
        return element.id
    return next((c for c in element.classes.split() if c in names), "") if element.classes else ""


def _element(name: str, told: str, parent: Element | None) -> Element:
    if " " not in told and told.isprintable():  # no attributes
        return Element(name, "", "", parent)
    found_id = _ID.search(told) if "id" in told or "ID" in told else None
    found_class = _CLASS.search(told) if "class" in told or "CLASS" in told else None
    classes = (found_class[1] or found_class[2] or found_class[3] or "") if found_class else ""
    return Element(name, found_id[1] if found_id else "", classes, parent)
