"""Convert HTML to lines with offsets.

The page is split at every "<" and each piece is processed once, in order, as a browser's tokenizer would: that keeps every
offset, tolerates every kind of broken nesting, and is fast, since the splitting is done in C. The position of the words
decides what they are, so only the stack of open containers is kept, not a tree.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from onrecord.errors import TooLarge
from onrecord.reading.lines import Element, Line, LineBuilder

# A tag whose quotes are not plain: a quoted value may hold ">" and a little "<", so that one lost quote does not
# swallow the page.
_CAREFUL = re.compile(
    r"""/?[a-zA-Z](?:[^<>"']++|"[^"<>]*+(?:[<>][^"]{0,300}+)?"|'[^'<>]*+(?:[<>][^']{0,300}+)?'){0,64}+>"""
)
_ID = re.compile(r"""\bid\s*=\s*["']?([^\s"'>]+)""", re.I)
_CLASS = re.compile(r"""\bclass\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.I)
_NAMED = re.compile(r"""\b(?:name|property)\s*=\s*["']?([\w:.-]+)""", re.I)
_CONTENT = re.compile(r"""\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)

_PASSED, _LEAF, _CONTAINER, _BREAK, _BOLD, _LINK, _META, _RAW = range(8)
_KINDS = {
    **dict.fromkeys("span font img input i em u s sub sup link o:p strike small big wbr area".split(), _PASSED),
    **dict.fromkeys("p h1 h2 h3 h4 h5 h6 title li dt dd pre figcaption caption option legend label".split(), _LEAF),
    **dict.fromkeys(
        "div section article main aside header footer nav body head html ul ol dl table tbody thead tr td th form "
        "fieldset blockquote figure details center".split(),
        _CONTAINER,
    ),
    # What shows nothing, or is no markup inside.
    **dict.fromkeys("script style noscript template svg iframe textarea select".split(), _RAW),
    "rt": _RAW, "rp": _RAW,
    "br": _BREAK, "hr": _BREAK, "b": _BOLD, "strong": _BOLD, "a": _LINK, "meta": _META,
}  # fmt: skip
#: The reading of a character, set above it, and the brackets for programs that cannot set it there.
_ABOVE = frozenset(("rt", "rp"))
#: By what is between "<" and the first space or ">": the common spellings, so that most tags are one look-up.
_TAGS = {
    spelling: (kind, name, closing)
    for name, kind in _KINDS.items()
    for closing, opened in ((False, name), (True, f"/{name}"))
    for spelling in (opened, opened.upper(), f"{opened}/")
}
#: Containers nested deeper than this become siblings: no real page nests so deep, and a chain of a million would overflow the
#: stack.
_DEEP = 200
#: Entries of the stack for the containers inside one that is passed over.
_PLACEHOLDERS = {name: Element(name, "", "", None) for name, kind in _KINDS.items() if kind == _CONTAINER}
#: Characters, besides letters, that may follow "<" in a tag.
_OPENS = frozenset("/!?")
#: More tags than any real page has (at most 30,000): a file with more would take gigabytes of memory.
_MOST_TAGS = 3_000_000
#: How many pieces a tag may be cut into by a "<" inside its quotes.
_CUTS = 4


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
        "pass_over", "passed", "pieces", "source", "stack", "tag",
    )  # fmt: skip

    def __init__(
        self, source: str, pass_over: frozenset[str], never_over: frozenset[str], inline_over: frozenset[str]
    ) -> None:
        self.source, self.pieces = source, _pieces(source)
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
        """Process the pieces in order. ``position`` is that of the "<" in front of the piece."""
        pieces, builder, known_tag, inline_over = self.pieces, self.builder, _TAGS.get, self.inline_over
        add = builder.add
        if pieces[0]:
            add(pieces[0], 0)
        position = len(pieces[0])
        number, count = 1, len(pieces)
        while number < count:
            piece = pieces[number]
            number += 1
            told, closed, words = piece.partition(">")
            known = known_tag(told)  # half of the tags have no attributes
            at = position + 2 + len(told)  # where the words after the tag begin
            if known is None and "'" not in told and not told.count('"') & 1:
                known = known_tag(told.partition(" ")[0])
            if known is None or not closed:
                number, told, at, words, known = _tag(pieces, number, position, piece, told, closed, words)
            kind, name, closing = known
            begun, position = position, at + len(words)

            if kind == _LINK:
                self.link = not closing
            elif kind == _PASSED:
                if inline_over:
                    number, at, words = _after_span(pieces, number, told, begun, at, words, inline_over, self.passed)
                    position = at + len(words)
            elif kind == _LEAF:
                self._begin_block()
                if not closing:
                    self.tag = name
                    if "id" in told or "class" in told or "ID" in told or "CLASS" in told:
                        self.leaf = _element(name, told, self.inside)
            elif kind == _CONTAINER:
                self._begin_block()
                if closing:
                    self._close(name)
                elif over := self._open(name, told):
                    number, at, words = self._pass_over(over, number, begun, at, words)
                    position = at + len(words)
            elif kind == _RAW and not closing:
                number, at, words = after_raw(pieces, number, name, at, words)
                position = at + len(words)
            else:
                self._note(kind, name, closing, told)
            if words and not (builder.space and words.isspace()):
                add(words, at, self.bold > 0, self.link)
        self._end_line()
        return Marked(self.lines, self.meta, self.passed)

    def _note(self, kind: int, name: str, closing: bool, told: str) -> None:
        """Bold that begins or ends, a break, a meta element."""
        if kind == _BOLD:
            self.bold = max(0, self.bold - 1) if closing else self.bold + 1
        elif kind == _BREAK:
            ended = self._end_line()
            self.fresh = not ended or name == "hr"  # an empty row between two breaks ends a paragraph
        elif kind == _META:
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
        return over if over and not _named(self.inside, self.never_over) else ""

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

    def _pass_over(self, name: str, number: int, begun: int, at: int, words: str) -> tuple[int, int, str]:
        """Go to the end of the container just opened, and note its place and how many stretches of words it shows.

        Gives the number of the next piece, where the words after the container begin, and these words.
        """
        pieces, stack, open_tags, known_tag = self.pieces, self.stack, self.open_tags, _TAGS.get
        depth, paragraphs, noted = len(stack), 0, _told(words)
        position = at + len(words)
        while number < len(pieces):
            piece = pieces[number]
            number += 1
            told, closed, words = piece.partition(">")
            known = known_tag(told)
            at = position + 2 + len(told)
            if known is None and "'" not in told and not told.count('"') & 1:
                known = known_tag(told.partition(" ")[0])
            if known is None or not closed:
                number, told, at, words, known = _tag(pieces, number, position, piece, told, closed, words)
            kind, tag, closing = known
            before = position
            if kind == _CONTAINER:
                paragraphs, noted = paragraphs + noted, False
                if not closing:
                    if "=" in told and _holds(told, self.never_over):
                        self._resume(tag, told)  # the article, inside a menu that is never closed
                        self.passed.append(Passed(name, begun, before, paragraphs))
                        return number, at, words
                    stack.append(_PLACEHOLDERS[tag])
                    open_tags[tag] = open_tags.get(tag, 0) + 1
                elif open_tags.get(tag):
                    self._pop(tag)
                    if len(stack) < depth:
                        self._resume()
                        self.passed.append(Passed(name, begun, at, paragraphs))
                        return number, at, words
            elif kind in (_LEAF, _BREAK):
                paragraphs, noted = paragraphs + noted, False
            elif kind == _RAW and not closing:
                number, at, words = after_raw(pieces, number, tag, at, words)
            position = at + len(words)
            if words and not noted and not words.isspace():
                noted = _told(words)
        self.passed.append(Passed(name, begun, len(self.source), paragraphs + noted))
        return number, at, ""

    def _resume(self, name: str = "", told: str = "") -> None:
        """Begin anew after a container that was passed over, inside the container ``name`` where one ended it."""
        if name:
            self.stack.append(_element(name, told, None))
            self.open_tags[name] = self.open_tags.get(name, 0) + 1
        self.inside = self.stack[-1] if self.stack else None
        self.fresh, self.leaf, self.tag, self.bold, self.link = True, None, "body", 0, False


def _holds(told: str, names: frozenset[str]) -> bool:
    for name in names:  # noqa: SIM110 - a generator costs more than the search
        if name in told:
            return True
    return False


_Tag = tuple[int, str, bool]
#: What shows nothing and changes nothing.
_NO_TAG: _Tag = (_PASSED, "", False)


def _tag(
    pieces: list[str], number: int, position: int, piece: str, told: str, closed: str, words: str
) -> tuple[int, str, int, str, _Tag]:
    """The tag of a piece that is not one of the common spellings: with attributes, in mixed case, with ">" or "<" inside its
    quotes; a comment, a declaration, or no tag at all.

    Gives the number of the next piece, what the tag says, where the words after it begin, these words, and its kind, name and
    whether it closes.
    """
    if not closed or (told.count('"') & 1) or "'" in told:
        number, told, closed, words = mended(pieces, number, piece, told, closed, words)
    known = _TAGS.get(told.partition(" ")[0]) or _spelled_oddly(told)
    at = position + 1 + len(told) + len(closed)
    if known is not None and closed:
        return number, told, at, words, known
    if piece[:1] == "!":
        number, at, words = after_declaration(pieces, number, position, piece, at, words)
    elif piece[:1] != "?":  # no tag: "3 < 4"
        number, words = no_tag(pieces, number, piece)
        at = position
    return number, told, at, words, _NO_TAG


def _pieces(source: str) -> list[str]:
    """The source, split at every "<"."""
    if len(source) > _MOST_TAGS and (tags := source.count("<")) > _MOST_TAGS:
        raise TooLarge(f"{tags:,} tags, more than the {_MOST_TAGS:,} a page can have")
    return source.split("<")


def _after_span(
    pieces: list[str],
    number: int,
    told: str,
    begun: int,
    at: int,
    words: str,
    names: frozenset[str],
    passed: list[Passed],
) -> tuple[int, int, str]:
    """What follows an inline tag: where it opens a span with one of the names, what is after that span.

    Gives the number of the next piece, where the words begin, and the words. The span is noted in ``passed``; one that is
    never closed ends before the next block.
    """
    name = _named(_element("span", told, None), names) if told.startswith("span ") else ""
    if not name:
        return number, at, words
    opened, at, words = 1, at + len(words), ""
    while number < len(pieces) and opened:
        inner, _, behind = pieces[number].partition(">")
        kind, tag, closing = _TAGS.get(inner.partition(" ")[0]) or (_PASSED, "", False)
        if kind in (_LEAF, _CONTAINER):
            break
        opened += (-1 if closing else 1) if tag == "span" else 0
        at += 1 + len(pieces[number])
        number += 1
        if not opened:
            at, words = at - len(behind), behind
    passed.append(Passed(name, begun, at, 1))
    return number, at, words


def _named(element: Element, names: frozenset[str]) -> str:
    """The first of the names that is the id or a class of a container, or an empty string."""
    if element.id in names:
        return element.id
    return next((c for c in element.classes.split() if c in names), "") if element.classes else ""


def _spelled_oddly(told: str) -> tuple[int, str, bool] | None:
    """A tag in mixed case, or with a slash or a line break right after its name."""
    match = re.match(r"/?[a-zA-Z][a-zA-Z0-9:]*", told)
    return _TAGS.get(match.group().lower(), (_PASSED, "", False)) if match else None


def mended(pieces: list[str], number: int, piece: str, told: str, closed: str, words: str) -> tuple[int, str, str, str]:
    """A tag with ">" or "<" inside its quotes, reassembled; unchanged if its quotes do not close."""
    whole = piece
    for following in range(number, min(number + _CUTS, len(pieces)) + 1):
        match = _CAREFUL.match(whole)
        if match is not None:
            return following, whole[: match.end() - 1], ">", whole[match.end() :]
        if closed or following == len(pieces) or not piece[:1].isalpha():
            break
        whole += "<" + pieces[following]
    return number, told, closed, words


def _told(words: str) -> bool:
    """Whether words show anything once entities are resolved: ``&nbsp;`` alone does not."""
    return bool(words) and not words.isspace() and ("&" not in words or bool(html.unescape(words).strip()))


def no_tag(pieces: list[str], number: int, piece: str) -> tuple[int, str]:
    """The words that a "<" begins where it opens no tag, with all the following pieces that plainly open none."""
    first = number
    while number < len(pieces) and not pieces[number][:1].isalpha() and pieces[number][:1] not in _OPENS:
        number += 1
    return number, "<" + (piece if first == number else "<".join((piece, *pieces[first:number])))


def after_declaration(
    pieces: list[str], number: int, position: int, piece: str, at: int, words: str
) -> tuple[int, int, str]:
    """What is after a comment, which may hold tags, or after a doctype."""
    if not piece.startswith("!--"):
        return number, at, words
    start = position + 1
    end = piece.find("-->", 2)
    while end < 0:
        start += len(piece) + 1
        if number == len(pieces):  # never closed: it runs to the end of the page
            return number, start - 1, ""
        piece = pieces[number]
        number += 1
        end = piece.find("-->")
    return number, start + end + 3, piece[end + 3 :]


def after_raw(pieces: list[str], number: int, name: str, at: int, words: str) -> tuple[int, int, str]:
    """What is after an element whose content is no markup; one that is never closed runs to the end of the page.

    Of the readings above characters, whose end may be left out, only the words up to the next tag are not shown.
    """
    if name in _ABOVE:
        return number, at + len(words), ""
    position = at + len(words)
    ends = f"/{name}"
    while number < len(pieces):
        piece = pieces[number]
        number += 1
        if piece[: len(ends)].lower() == ends:
            end = piece.find(">")
            if end < 0:
                return number, position + 1 + len(piece), ""
            return number, position + end + 2, piece[end + 1 :]
        position += len(piece) + 1
    return number, position, ""


def _element(name: str, told: str, parent: Element | None) -> Element:
    if " " not in told and told.isprintable():  # no attributes
        return Element(name, "", "", parent)
    found_id = _ID.search(told) if "id" in told or "ID" in told else None
    found_class = _CLASS.search(told) if "class" in told or "CLASS" in told else None
    classes = (found_class[1] or found_class[2] or found_class[3] or "") if found_class else ""
    return Element(name, found_id[1] if found_id else "", classes, parent)
