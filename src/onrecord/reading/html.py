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
    lines: list[Line] = []
    meta: dict[str, str] = {}
    passed: list[Passed] = []
    passing, passed_name, passed_start, paragraphs, noted = -1, "", 0, 0, False
    builder = LineBuilder()
    add, known_tag = builder.add, _TAGS.get
    inside: Element | None = None
    stack: list[Element] = []
    open_tags: dict[str, int] = {}
    tag = "body"
    leaf: Element | None = None  # set while a leaf with an id or class of its own is open
    fresh, bold, link = True, 0, False

    pieces = _pieces(source)
    if pieces[0]:
        add(pieces[0], 0)
    position = len(pieces[0])  # of the "<" in front of the piece
    number, count = 1, len(pieces)
    while number < count:
        piece = pieces[number]
        number += 1
        told, closed, words = piece.partition(">")
        known = known_tag(told)  # half of the tags have no attributes
        if known is None or not closed:
            if not closed or (told.count('"') & 1) or "'" in told:
                number, told, closed, words = mended(pieces, number, piece, told, closed, words)
            known = known_tag(told.partition(" ")[0]) or _spelled_oddly(told)
        at = position + 1 + len(told) + len(closed)  # where the words after the tag begin
        if known is None or not closed:
            if piece[:1] == "!":
                number, at, words = after_declaration(pieces, number, position, piece, at, words)
            elif piece[:1] != "?":  # no tag: "3 < 4"
                number, words = no_tag(pieces, number, piece)
                at = position
            kind = _PASSED
        else:
            kind, name, closing = known
        begun, position = position, at + len(words)

        if passing >= 0:
            if kind == _RAW and not closing:
                number, at, words = after_raw(pieces, number, name, at, words)
                position = at + len(words)
            elif _LEAF <= kind <= _BREAK:
                paragraphs += noted
                noted = False
                if (
                    kind == _CONTAINER
                    and not closing
                    and not ("=" in told and any(kept in told for kept in never_over))
                ):
                    stack.append(_PLACEHOLDERS[name])
                    open_tags[name] = open_tags.get(name, 0) + 1
                elif kind == _CONTAINER and closing and open_tags.get(name):
                    _close(stack, open_tags, name)
                elif kind == _CONTAINER and not closing:  # the article, inside a menu that is never closed
                    stack.append(_element(name, told, None))
                    open_tags[name] = open_tags.get(name, 0) + 1
                    passed.append(Passed(passed_name, passed_start, begun, paragraphs))
                    passing, inside = -1, stack[-1]
                if passing >= len(stack):
                    passed.append(Passed(passed_name, passed_start, at, paragraphs))
                    passing, inside = -1, stack[-1] if stack else None
            if passing >= 0:
                noted = noted or _told(words)
                continue
            fresh, leaf, tag, bold, link, kind = True, None, "body", 0, False, _PASSED

        if kind == _LINK:
            link = not closing
        elif kind == _BOLD:
            bold = max(0, bold - 1) if closing else bold + 1
        elif kind == _PASSED:
            if inline_over:
                number, at, words = _after_span(pieces, number, told, begun, at, words, inline_over, passed)
                position = at + len(words)
        elif kind == _RAW:
            if not closing:
                number, at, words = after_raw(pieces, number, name, at, words)
                position = at + len(words)
        elif kind == _META:
            named, content = _NAMED.search(told), _CONTENT.search(told)
            if named and content:
                meta.setdefault(named[1].lower(), html.unescape(content[1] or content[2] or "").strip())
        elif kind == _BREAK:
            line = builder.line(tag, leaf or inside, fresh)
            if line is not None:
                lines.append(line)
            fresh = line is None or name == "hr"  # an empty row between two breaks ends a paragraph
        else:  # a block begins or ends: what was collected so far is a line
            if builder.parts:
                line = builder.line(tag, leaf or inside, fresh)
                if line is not None:
                    lines.append(line)
            fresh = True
            leaf = None
            tag = "body"
            if kind == _LEAF:
                if not closing:
                    tag = name
                    if "id" in told or "class" in told or "ID" in told or "CLASS" in told:
                        leaf = _element(name, told, inside)
            elif not closing:
                inside = _element(name, told, stack[min(len(stack), _DEEP) - 1] if stack else None)
                if pass_over and (name_passed := _named(inside, pass_over)) and not _named(inside, never_over):
                    passing, passed_name, passed_start, paragraphs, noted = len(stack), name_passed, begun, 0, False
                stack.append(inside)
                open_tags[name] = open_tags.get(name, 0) + 1
                if passing >= 0:
                    noted = _told(words)
                    continue
            elif open_tags.get(name):
                _close(stack, open_tags, name)
                inside = stack[-1] if stack else None
                bold = 0
        if words and not (builder.space and words.isspace()):
            add(words, at, bold > 0, link)
    line = builder.line(tag, leaf or inside, fresh)
    if line is not None:
        lines.append(line)
    if passing >= 0:
        passed.append(Passed(passed_name, passed_start, len(source), paragraphs + noted))
    return Marked(lines, meta, passed)


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


def _close(stack: list[Element], open_tags: dict[str, int], name: str) -> None:
    """Close the innermost container of a name, and with it all that were left open inside."""
    ended = ""
    while ended != name:
        ended = stack.pop().tag
        open_tags[ended] -= 1


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
