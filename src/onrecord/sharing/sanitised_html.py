"""Rebuild an HTML page from allowed elements: structure and text, but nothing that loads, runs or links elsewhere.

The output contains only escaped text, three kinds of attributes with checked values, and the URLs of links as text. The
parser is that of :mod:`onrecord.reading.html`, so that the page shows what was read. Elements are nested as a browser would
nest them, because the error correction of browsers can change the meaning of malformed markup.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import NamedTuple

from onrecord.reading.tags import after_declaration, after_raw, mended, starts_of
from onrecord.sharing.sanitised_words import Words

_SAME = (
    "p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead tbody tfoot tr td th blockquote pre figure figcaption "
    "article section main aside header footer nav"
).split()
#: The output tag of each block element; others have none.
_BLOCKS = {
    **{name: name for name in _SAME},
    **dict.fromkeys(
        "html body form fieldset address center details summary dialog legend option hgroup".split(), "div"
    ),
    "dir": "ul",
    "menu": "ul",
}
_INLINE = {
    **{name: name for name in "b strong i em u s del ins sub sup small code cite q abbr bdi bdo".split()},
    **dict.fromkeys("span font a".split(), "span"),
    **dict.fromkeys("tt kbd samp".split(), "code"),
    "strike": "s",
    "acronym": "abbr",
    "var": "i",
    "dfn": "i",
}
#: Elements whose content is not markup and not displayed, as in reading.
_RAW = frozenset("script style noscript template svg iframe textarea select".split())
#: Visible elements that cannot be displayed here.
_ASIDES = {
    **dict.fromkeys("textarea select".split(), "form field"),
    **dict.fromkeys("iframe frame object embed applet".split(), "embedded page"),
    "video": "video",
    "audio": "sound",
}
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_SECTIONS = frozenset("thead tbody tfoot".split())
_CELLS = frozenset("td th caption".split())
#: Elements that may contain only their own parts; browsers move other content out.
_GRID = frozenset(("table", "tr", *_SECTIONS))
_PARTS = _GRID | _CELLS
#: The open elements that a new one closes.
_ITEMS = {"li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd")}
#: Deeper blocks lose their tags but not their text: of 3,500 real pages none nests deeper than 13, and browsers stop at 512.
_DEEP = 100
#: Maximum number of open inline tags, each kind once.
_MOST_INLINE = 8
#: Maximum lengths in characters of a displayed URL or description, and of a tag that is searched for one.
_LONGEST = 300
_LONGEST_TAG = 5000

_NAME = re.compile(r"(/?)([a-zA-Z][a-zA-Z0-9:]*)")
_KEPT = re.compile(r"""[\s"'/](lang|dir|colspan|rowspan)\s*=\s*["']?([A-Za-z0-9-]{1,35})(?![A-Za-z0-9-])""", re.I)
_VALUES = {
    "lang": re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}"),
    "dir": re.compile(r"(?i:ltr|rtl|auto)"),
    "colspan": re.compile(r"[1-9][0-9]?"),
    "rowspan": re.compile(r"[1-9][0-9]?"),
}
_VALUE = r"""\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
_HREF = re.compile(r"""[\s"'/]href""" + _VALUE, re.I)
_ALT = re.compile(r"""[\s"'/]alt""" + _VALUE, re.I)
_UNSEEN_FIELD = re.compile(r"""[\s"'/]type\s*=\s*["']?hidden\b""", re.I)


def rebuild(source: str, start: int, end: int, words: Words) -> str:
    """The part ``source[start:end]`` of a page as the content of a ``body`` element: well-formed, inert, with words marked."""
    page = _Page(words)
    pieces = source[start:end].split("<")
    starts = starts_of(pieces)
    page.say(pieces[0], start)
    number, count = 1, len(pieces)
    while number < count:
        begun, piece = start + starts[number], pieces[number]
        number += 1
        raw_tag, closed, said = piece.partition(">")
        if not closed or (raw_tag.count('"') & 1) or "'" in raw_tag:
            number, raw_tag, closed, said = mended(pieces, number, piece, raw_tag, closed, said)
        tag = _NAME.match(raw_tag) if closed else None
        if tag is not None:
            name, closing = tag[2].lower(), bool(tag[1])
            if name in _RAW and not closing:
                number, said = after_raw(pieces, number, name)
        elif piece[:1] == "!":
            number, said = after_declaration(pieces, number, piece, said)
        elif piece[:1] != "?":  # not a tag: "3 < 4"
            said = "<" + piece
        at = start + starts[number] - len(said)  # where the text after the tag begins
        page.pass_over(source, begun, at)
        if tag is not None:
            page.tag(name, closing, raw_tag)
        if said:
            page.say(said, at)
    return page.end()


class _Open(NamedTuple):
    """An open block: its tag in the source and in the output, and for a cell the inline tags open before it."""

    name: str
    tag: str
    inline: tuple[_Inline, ...] | None


class _Inline:
    """An open inline tag, with the markup that opens it now, and again in the next block."""

    __slots__ = ("again", "opening", "tag")

    def __init__(self, tag: str, opening: str, again: str) -> None:
        self.tag = tag
        self.opening = opening
        self.again = again


class _Page:
    """The page under construction. Blocks are a stack; inline tags are a state that is written around text and ends with the
    block, so that ``<b><p>`` and ``<p><b></p>`` are nested correctly."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._parts: list[str] = []
        self._stack: list[_Open] = []
        self._tag = ""  # of the innermost block
        self._open: Counter[str] = Counter()
        self._buried: Counter[str] = Counter()  # open, but nested too deeply to be written
        self._wanted: list[_Inline] = []
        self._written: list[_Inline] = []
        self._inline: dict[str, list[_Inline | None]] = {}
        self._fresh = True  # directly after the beginning or end of a block: white space is not part of the text
        self._untold = False  # inside the title, which the page's own heading repeats

    def say(self, said: str, at: int) -> None:
        """Write text of the source at the position ``at``."""
        if self._untold:
            self.pass_over(said, at, at + len(said), at)
        elif not said.isspace():
            self._flow()
            self._parts.append(self._words.write(said, at))
        elif self._tag not in _GRID:
            self._parts.append(said if self._fresh else self._words.write(said, at))

    def pass_over(self, source: str, start: int, end: int, offset: int = 0) -> None:
        """Skip a part of the source, but write its marked words."""
        asked = self._words.write_hidden(source, start, end, offset)
        if asked:
            self._flow()
            self._parts.append(asked)

    def tag(self, name: str, closing: bool, raw_tag: str) -> None:
        """Process a tag of the source: its name and the text between its brackets."""
        if name in _BLOCKS:
            self._untold = False
            if closing:
                self._close(name)
            else:
                self._begin(name, raw_tag)
        elif name in _INLINE:
            if closing:
                self._end_inline(name)
            else:
                self._begin_inline(name, raw_tag)
        elif name == "title":
            self._untold = not closing
        elif closing:
            pass
        elif name == "br":
            if self._tag not in _GRID:
                self._parts.append("<br>")
        elif name == "hr":
            self._into_flow()
            self._parts.append("<hr>")
        elif name == "img":
            self._image(raw_tag)
        elif name == "input":
            if not _UNSEEN_FIELD.search(raw_tag, 0, _LONGEST_TAG):
                self._aside("form field")
        elif name in _ASIDES:
            self._aside(_ASIDES[name])

    def end(self) -> str:
        """Close all open elements and return the page."""
        while self._stack:
            self._pop()
        self._settle()
        return "".join(self._parts)

    # Blocks.

    def _begin(self, name: str, raw_tag: str) -> None:
        tag = _BLOCKS[name]
        attributes = _attributes(raw_tag, cell=name in _CELLS) if "=" in raw_tag else ""
        if name in ("html", "body") and not attributes:
            return
        if len(self._stack) >= _DEEP:
            self._buried[name] += 1
            self._parts.append("\n")
            return
        if tag in _PARTS:
            if tag == "table":
                self._into_flow(nests=False)
            elif not self._open["table"]:  # a row without a table, if the source was cut
                if tag in _SECTIONS:
                    return
                self._into_flow()
                tag = "div"
            else:
                self._into_grid(tag)
        else:
            self._into_flow()
            if tag in _HEADINGS and self._tag in _HEADINGS:
                self._pop()
            elif tag in _ITEMS:
                self._end_item(_ITEMS[tag])
        self._push(name, tag, attributes)

    def _push(self, name: str, tag: str, attributes: str = "") -> None:
        self._settle()
        self._fresh = True
        self._stack.append(_Open(name, tag, tuple(self._wanted) if tag in _CELLS else None))
        self._open[name] += 1
        self._tag = tag
        self._parts.append(f"<{tag}{attributes}>\n" if tag == "pre" else f"<{tag}{attributes}>")

    def _pop(self) -> None:
        self._settle()
        self._fresh = True
        name, tag, inline = self._stack.pop()
        self._open[name] -= 1
        self._parts.append(f"</{tag}>")
        self._tag = self._stack[-1].tag if self._stack else ""
        if inline is not None:  # bold that is not closed in a cell ends with it
            self._wanted = [one for one in self._wanted if one in inline]

    def _close(self, name: str) -> None:
        """Process an end tag: close the innermost block of this name and everything open inside it, if there is one."""
        names = _HEADINGS if name in _HEADINGS else (name,)
        if self._buried[name]:
            self._buried[name] -= 1
            self._parts.append("\n")
            return
        if not any(self._open[one] for one in names):
            return
        for at in range(len(self._stack) - 1, -1, -1):
            opened = self._stack[at]
            if opened.name in names:
                while len(self._stack) > at:
                    self._pop()
                return
            if opened.tag == "table" or (opened.tag in _CELLS and name not in _PARTS):
                return  # an end tag inside a cell closes nothing outside its table

    def _into_flow(self, *, nests: bool = True) -> None:
        """Move to where a block is allowed: out of a paragraph, into a cell; content outside a row ends its table."""
        self._settle()
        if self._tag == "p":
            self._pop()
        if self._tag in _GRID:
            if nests:
                self._into_cell()
            else:
                self._close_to("table")
                self._pop()

    def _into_grid(self, tag: str) -> None:
        """Move to where a part of a table is allowed, and open rows that the source omits."""
        if tag == "tr":
            self._close_to("table", *_SECTIONS)
        elif tag in ("td", "th"):
            self._close_to("table", "tr", *_SECTIONS)
        else:
            self._close_to("table")
            return
        if self._tag == "table":
            self._push("tbody", "tbody")
        if tag != "tr" and self._tag != "tr":
            self._push("tr", "tr")

    def _into_cell(self) -> None:
        self._into_grid("td")
        self._push("td", "td")

    def _close_to(self, *tags: str) -> None:
        while self._tag not in tags:
            self._pop()

    def _end_item(self, tags: tuple[str, ...]) -> None:
        if not any(self._open[tag] for tag in tags):
            return
        for at in range(len(self._stack) - 1, -1, -1):
            tag = self._stack[at].tag
            if tag in tags:
                while len(self._stack) > at:
                    self._pop()
                return
            if tag not in ("p", "div"):
                return

    # Inline content.

    def _flow(self) -> None:
        """Move to where text is allowed, and open its inline tags."""
        if self._tag in _GRID:
            self._into_cell()
        self._fresh = False
        wanted, written = self._wanted, self._written
        if wanted == written:
            return
        same = 0
        while same < len(written) and same < len(wanted) and written[same] is wanted[same]:
            same += 1
        self._settle(same)
        for one in wanted[same:]:
            self._parts.append(one.opening)
            one.opening = one.again
            written.append(one)

    def _settle(self, keep: int = 0) -> None:
        while len(self._written) > keep:
            self._parts.append(f"</{self._written.pop().tag}>")

    def _begin_inline(self, name: str, raw_tag: str) -> None:
        tag = _INLINE[name]
        attributes = _attributes(raw_tag) if "=" in raw_tag else ""
        opening = again = f"<{tag}{attributes}>"
        plain = not attributes
        if name == "a":
            self._end_inline(name)
            address = _value(_HREF, raw_tag)
            plain = address is None
            again = '<span class="link">'  # write the URL only once: a link may span a thousand paragraphs
            opening = f'<span class="link" title="{html.escape(address or "")}">'
        one = None
        if len(self._wanted) < _MOST_INLINE and not (
            plain and (tag == "span" or any(other.again == again for other in self._wanted))
        ):
            one = _Inline(tag, opening, again)
            self._wanted.append(one)
        self._inline.setdefault(name, []).append(one)

    def _end_inline(self, name: str) -> None:
        begun = self._inline.get(name)
        if begun:
            one = begun.pop()
            if one in self._wanted:
                self._wanted.remove(one)

    def _image(self, raw_tag: str) -> None:
        alt = _value(_ALT, raw_tag)
        if alt is None:
            self._aside("image")
        elif alt:  # without a description it is decoration
            self._aside(f"image: {alt}")

    def _aside(self, what: str) -> None:
        self._flow()
        self._parts.append(f'<span class="aside">[{html.escape(what)}]</span>')


def _attributes(raw_tag: str, cell: bool = False) -> str:
    """The allowed attributes, each with a space before it."""
    kept: dict[str, str] = {}
    for match in _KEPT.finditer(raw_tag, 0, _LONGEST_TAG):
        name = match[1].lower()
        if (cell or name in ("lang", "dir")) and _VALUES[name].fullmatch(match[2]):
            kept.setdefault(name, match[2])
    return "".join(f' {name}="{value}"' for name, value in kept.items())


def _value(pattern: re.Pattern[str], raw_tag: str) -> str | None:
    """An attribute's value as text, or None without the attribute."""
    match = pattern.search(raw_tag, 0, _LONGEST_TAG)
    if match is None:
        return None
    value = " ".join(html.unescape(match[1] or match[2] or match[3] or "").split())
    return value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
