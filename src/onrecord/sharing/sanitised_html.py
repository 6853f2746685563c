"""A page of HTML built anew from what is allowed: its structure and its words, nothing that loads, runs or leads away.

Nothing of the source is copied but escaped words, three kinds of attributes whose values are checked, and the addresses
of links as words to read. The tags are the reader's (:mod:`onrecord.reading.html`), so that what it read is shown; they
are nested here as a browser would nest them, so that none has anything left to mend: what mends itself can be made to
mean something else.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import NamedTuple

from onrecord.reading.html import after_declaration, after_raw, mended
from onrecord.sharing.sanitised_words import Words

_SAME = (
    "p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead tbody tfoot tr td th blockquote pre figure figcaption "
    "article section main aside header footer nav"
).split()
#: What a block is written as; what is not here has no tag of its own.
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
#: What is no markup inside and not shown: the reader's list.
_RAW = frozenset("script style noscript template svg iframe textarea select".split())
#: What a reader of the page would have seen and cannot see here.
_ASIDES = {
    **dict.fromkeys("textarea select".split(), "form field"),
    **dict.fromkeys("iframe frame object embed applet".split(), "embedded page"),
    "video": "video",
    "audio": "sound",
}
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_SECTIONS = frozenset("thead tbody tfoot".split())
_CELLS = frozenset("td th caption".split())
#: Inside these nothing stands but their own parts; a browser puts other things elsewhere.
_GRID = frozenset(("table", "tr", *_SECTIONS))
_PARTS = _GRID | _CELLS
#: Which open items a new one ends.
_ITEMS = {"li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd")}
#: Blocks nested deeper are left out and their words kept: of 3,500 real pages none has more than 13, and browsers stop at 512.
_DEEP = 100
#: Inline tags open at once, each kind once.
_MOST_INLINE = 8
#: The longest address or description that is shown, in characters, and the longest tag that is looked through for one.
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
    """The stretch ``source[start:end]`` of a page as the inside of a ``body``: well-formed, inert, its words marked."""
    page = _Page(words)
    pieces = source[start:end].split("<")
    page.say(pieces[0], start)
    position = start + len(pieces[0])  # of the "<" in front of the piece
    number, count = 1, len(pieces)
    while number < count:
        piece = pieces[number]
        number += 1
        told, closed, said = piece.partition(">")
        if not closed or (told.count('"') & 1) or "'" in told:
            number, told, closed, said = mended(pieces, number, piece, told, closed, said)
        tag = _NAME.match(told) if closed else None
        at = position + 1 + len(told) + len(closed)  # where the words behind the tag begin
        if tag is not None:
            name, closing = tag[2].lower(), bool(tag[1])
            if name in _RAW and not closing:
                number, at, said = after_raw(pieces, number, name, at, said)
        elif piece[:1] == "!":
            number, at, said = after_declaration(pieces, number, position, piece, at, said)
        elif piece[:1] != "?":  # no tag: "3 < 4"
            at, said = position, "<" + piece
        page.pass_over(source, position, at)
        if tag is not None:
            page.tag(name, closing, told)
        if said:
            page.say(said, at)
        position = at + len(said)
    return page.end()


class _Open(NamedTuple):
    """An open block: as the source calls it, as it is written, and for a cell the inline tags that were open before it."""

    name: str
    tag: str
    inline: tuple[_Inline, ...] | None


class _Inline:
    """An open inline tag, and how it is opened now, and again in the next block."""

    __slots__ = ("again", "opening", "tag")

    def __init__(self, tag: str, opening: str, again: str) -> None:
        self.tag = tag
        self.opening = opening
        self.again = again


class _Page:
    """The page so far. Blocks are a stack; inline tags are a state that is written where words are, and ends with the block,
    so that ``<b><p>`` and ``<p><b></p>`` come out nested."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._parts: list[str] = []
        self._stack: list[_Open] = []
        self._tag = ""  # of the innermost block
        self._open: Counter[str] = Counter()
        self._buried: Counter[str] = Counter()  # open, too deep to be written
        self._wanted: list[_Inline] = []
        self._written: list[_Inline] = []
        self._inline: dict[str, list[_Inline | None]] = {}
        self._fresh = True  # a block has just begun or ended: white space here belongs to no words
        self._untold = False  # inside the title, which the page's own heading says again

    def say(self, said: str, at: int) -> None:
        """Words of the source that stand at ``at``."""
        if self._untold:
            self.pass_over(said, at, at + len(said), at)
        elif not said.isspace():
            self._flow()
            self._parts.append(self._words.write(said, at))
        elif self._tag not in _GRID:
            self._parts.append(said if self._fresh else self._words.write(said, at))

    def pass_over(self, source: str, start: int, end: int, offset: int = 0) -> None:
        """A stretch of the source that is not shown, unless it is asked for."""
        asked = self._words.write_hidden(source, start, end, offset)
        if asked:
            self._flow()
            self._parts.append(asked)

    def tag(self, name: str, closing: bool, told: str) -> None:
        """A tag of the source: its name and all that stands between its brackets."""
        if name in _BLOCKS:
            self._untold = False
            if closing:
                self._close(name)
            else:
                self._begin(name, told)
        elif name in _INLINE:
            if closing:
                self._end_inline(name)
            else:
                self._begin_inline(name, told)
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
            self._image(told)
        elif name == "input":
            if not _UNSEEN_FIELD.search(told, 0, _LONGEST_TAG):
                self._aside("form field")
        elif name in _ASIDES:
            self._aside(_ASIDES[name])

    def end(self) -> str:
        """The page, with what is open closed."""
        while self._stack:
            self._pop()
        self._settle()
        return "".join(self._parts)

    # Blocks.

    def _begin(self, name: str, told: str) -> None:
        tag = _BLOCKS[name]
        attributes = _attributes(told, cell=name in _CELLS) if "=" in told else ""
        if name in ("html", "body") and not attributes:
            return
        if len(self._stack) >= _DEEP:
            self._buried[name] += 1
            self._parts.append("\n")
            return
        if tag in _PARTS:
            if tag == "table":
                self._into_flow(nests=False)
            elif not self._open["table"]:  # a row without a table, as where the source is cut
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
        if inline is not None:  # bold that is not ended in a cell ends with it
            self._wanted = [one for one in self._wanted if one in inline]

    def _close(self, name: str) -> None:
        """An end tag: closes the innermost block of the name and what is open in it, or nothing."""
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
        """Go to where a block may stand: out of a paragraph, into a cell; what nests in no row ends the table around it."""
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
        """Go to where a part of a table may stand, through rows that the source leaves out."""
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

    # What stands in a line.

    def _flow(self) -> None:
        """Go to where words may stand, with the inline tags that they are to stand in."""
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

    def _begin_inline(self, name: str, told: str) -> None:
        tag = _INLINE[name]
        attributes = _attributes(told) if "=" in told else ""
        opening = again = f"<{tag}{attributes}>"
        plain = not attributes
        if name == "a":
            self._end_inline(name)
            address = _value(_HREF, told)
            plain = address is None
            again = '<span class="link">'  # the address is said once: a link may go over a thousand paragraphs
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

    def _image(self, told: str) -> None:
        alt = _value(_ALT, told)
        if alt is None:
            self._aside("image")
        elif alt:  # without words it is an ornament
            self._aside(f"image: {alt}")

    def _aside(self, what: str) -> None:
        self._flow()
        self._parts.append(f'<span class="aside">[{html.escape(what)}]</span>')


def _attributes(told: str, cell: bool = False) -> str:
    """The attributes that are kept, each with a space before it."""
    kept: dict[str, str] = {}
    for match in _KEPT.finditer(told, 0, _LONGEST_TAG):
        name = match[1].lower()
        if (cell or name in ("lang", "dir")) and _VALUES[name].fullmatch(match[2]):
            kept.setdefault(name, match[2])
    return "".join(f' {name}="{value}"' for name, value in kept.items())


def _value(pattern: re.Pattern[str], told: str) -> str | None:
    """An attribute's value as words to read, or None without the attribute."""
    match = pattern.search(told, 0, _LONGEST_TAG)
    if match is None:
        return None
    value = " ".join(html.unescape(match[1] or match[2] or match[3] or "").split())
    return value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
