"""HTML to lines with offsets.

One regular expression cuts the page into tags and text in a single pass, as a browser's tokenizer would: that keeps
every offset and forgives every kind of broken nesting. Where the words stand decides what they are, so only the
containers with an ``id`` or ``class`` are remembered, not a tree.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from onrecord.reading.lines import Element, Line, LineBuilder

# What shows nothing, cut out first: comments, and elements whose content is no markup. An unclosed one runs to the end
# of the page, as HTML has it.
_HIDDEN = re.compile(
    r"<!--(?:.*?-->|.*)"
    r"|<(script|style|noscript|template|svg|iframe|textarea|select)\b[^>]*+>(?:.*?</\1\s*+>|.*)",
    re.S | re.I,
)
# Text and the tag behind it. Nothing is scanned twice. A quoted value may hold ">" and a little "<", so that one lost
# quote does not swallow the page.
_TAG = re.compile(
    r"([^<]*+)"
    r"(?:<(/?)([a-zA-Z][a-zA-Z0-9:]*+)"
    r"""((?:[^<>"']++|"[^"<>]*+(?:[<>][^"]{0,300}+)?"|'[^'<>]*+(?:[<>][^']{0,300}+)?'){0,64}+|[^<>]*+)>"""
    r"|<[/!?][^>]*+>|<|\Z)"
)
_ID = re.compile(r"""\bid\s*=\s*["']?([^\s"'>]+)""", re.I)
_CLASS = re.compile(r"""\bclass\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.I)
_NAMED = re.compile(r"""\b(?:name|property)\s*=\s*["']?([\w:.-]+)""", re.I)
_CONTENT = re.compile(r"""\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)

_LEAF, _CONTAINER, _BREAK, _BOLD, _LINK, _META = range(6)
_KINDS = {
    **dict.fromkeys("p h1 h2 h3 h4 h5 h6 title li dt dd pre figcaption caption option legend label".split(), _LEAF),
    **dict.fromkeys(
        "div section article main aside header footer nav body head html ul ol dl table tbody thead tr td th form "
        "fieldset blockquote figure details center".split(),
        _CONTAINER,
    ),
    "br": _BREAK, "hr": _BREAK, "b": _BOLD, "strong": _BOLD, "a": _LINK, "meta": _META,
}  # fmt: skip
#: Containers nested deeper than this stand side by side: no page does it, and a chain of a million would break the stack.
_DEEP = 200
_KINDS |= {name.upper(): kind for name, kind in _KINDS.items()}


class Marked:
    """A page of HTML read: its ``lines``, and ``meta`` by lower-case name."""

    __slots__ = ("lines", "meta")

    def __init__(self, lines: list[Line], meta: dict[str, str]) -> None:
        self.lines = lines
        self.meta = meta


def read_html(source: str, *, damaged: bool = False) -> Marked:
    """All lines that the page shows, in order; scripts and styles are not shown.

    ``damaged`` says that some bytes did not decode.
    """
    lines: list[Line] = []
    meta: dict[str, str] = {}
    builder = LineBuilder(damaged=damaged)
    inside: Element | None = None
    stack: list[Element] = []
    open_tags: dict[str, int] = {}
    tag = "body"
    leaf: Element | None = None  # set while a leaf with an id or class of its own is open
    fresh, bold, link = True, 0, 0
    add = builder.add

    for first, last in _shown(source):
        for match in _TAG.finditer(source, first, last):
            words, slash, name, attributes = match.groups()
            if words and not (builder.space and words.isspace()):
                add(words, match.start(), bold > 0, link > 0)
            if name is None:
                if match.end() == match.end(1) + 1:  # "<" that opens no tag
                    add("<", match.end(1), bold > 0, link > 0)
                continue
            kind = _KINDS.get(name)
            if kind is None and (kind := _KINDS.get(name.lower())) is None:
                continue
            if kind == _BOLD:
                bold = max(0, bold - 1) if slash else bold + 1
            elif kind == _LINK:
                link = 0 if slash else 1
            elif kind == _META:
                named, content = _NAMED.search(attributes), _CONTENT.search(attributes)
                if named and content:
                    meta.setdefault(named[1].lower(), html.unescape(content[1] or content[2] or "").strip())
            elif kind == _BREAK:
                line = builder.line(tag, leaf or inside, fresh)
                if line is not None:
                    lines.append(line)
                    fresh = False
                fresh = fresh or name.lower() == "hr"
            else:  # a block begins or ends: what was collected is a line
                if builder.parts:
                    line = builder.line(tag, leaf or inside, fresh)
                    if line is not None:
                        lines.append(line)
                fresh = True
                leaf = None
                tag = "body"
                if kind == _LEAF:
                    if not slash:
                        tag = name.lower()
                        if "id" in attributes or "class" in attributes:
                            leaf = _element(tag, attributes, inside)
                    continue
                name = name.lower()
                if not slash:
                    inside = _element(name, attributes, stack[min(len(stack), _DEEP) - 1] if stack else None)
                    stack.append(inside)
                    open_tags[name] = open_tags.get(name, 0) + 1
                elif open_tags.get(name):
                    closed = ""
                    while closed != name:
                        closed = stack.pop().tag
                        open_tags[closed] -= 1
                    inside = stack[-1] if stack else None
                    bold = 0
    line = builder.line(tag, leaf or inside, fresh)
    if line is not None:
        lines.append(line)
    return Marked(lines, meta)


def _shown(source: str) -> Iterator[tuple[int, int]]:
    """The stretches of the page between comments, scripts and styles."""
    at = 0
    for match in _HIDDEN.finditer(source):
        yield at, match.start()
        at = match.end()
    yield at, len(source)


def _element(name: str, attributes: str, parent: Element | None) -> Element:
    found_id = found_class = None
    if attributes:
        found_id, found_class = _ID.search(attributes), _CLASS.search(attributes)
    classes = (found_class[1] or found_class[2] or found_class[3] or "") if found_class else ""
    return Element(name, found_id[1] if found_id else "", classes, parent)
