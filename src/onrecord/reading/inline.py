"""Read one Markdown block: resolve emphasis, links, tags, escapes and entities, and split it at hard breaks."""

from __future__ import annotations

import re

from onrecord.reading.lines import Line, LineBuilder

_MARKUP = re.compile(r"[\\*_~<\[\]!]")
_ESCAPED = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_MARKS = re.compile(r"\*+|_+|~~")
_AUTO = re.compile(r"<(?:[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]{0,2000}|[^\s<>@/]{1,100}@[^\s<>@]{1,200})>")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})(?:\s[^<>]*|/)?>")
_BRACKET = re.compile(r"\\.|!?\[|\]", re.S)
_TARGET = re.compile(
    r"\]\(\s{0,9}(?:<[^<>\n]{0,2000}>|[^\s()]{0,2000}(?:\([^\s()]{0,200}\)[^\s()]{0,2000}){0,8})"
    r"(?:\s{1,9}(?:\"[^\"]{0,500}\"|'[^']{0,500}'))?\s{0,9}\)"
)
_DELIMITER = re.compile(r"\\.|\*+|_+|~~|<[^<>\s]{0,2000}>", re.S)
#: Words separated by single spaces: every character corresponds to one in the source.
_EVEN = re.compile(r"\S++(?: \S++)*+")
#: Tags that begin or end a block where raw HTML is between the paragraphs.
_BLOCK = frozenset(
    "p div table thead tbody tr td th ul ol li dl dt dd figure figcaption blockquote h1 h2 h3 h4 h5 h6 hr center".split()
)
_NAMED = frozenset("td th li figcaption h1 h2 h3 h4 h5 h6 blockquote dt dd".split())


class _Words(LineBuilder):
    """Collects words whose rows are to be joined."""

    __slots__ = ()

    def join(self, piece: str, source: int, bold: bool, link: bool) -> None:
        """Add words; the end of a row becomes one space, so that a run can include it."""
        if self.damaged or "&" in piece:
            self.add(piece.replace("\n", " "), source, bold, link)
            return
        before, at = self.size, 0
        size, space, runs, parts = self.size, self.space, self.runs, self.parts
        piece = piece.replace("\n", " ")
        for match in _EVEN.finditer(piece):
            start, end = match.span()
            if start > at and not space:
                runs.append((size, source + at, source + start, bold))
                parts.append(" ")
                size += 1
            runs.append((size, source + start, source + end, bold))
            parts.append(piece[start:end])
            size += end - start
            space, at = False, end
        self.size, self.space = size, space
        if at < len(piece):
            self._space(source + at, source + len(piece), bold)
        if link:
            self.linked += self.size - before

    def exact(self, piece: str, source: int, bold: bool, link: bool) -> None:
        """Add words literally, without resolving entities."""
        self.entities = False
        self.add(piece, source, bold, link)
        self.entities = True


class Inline:
    """Reads blocks of one source into ``lines``."""

    __slots__ = ("_builder", "_lines", "_source")

    def __init__(self, source: str, lines: list[Line], damaged: bool) -> None:
        self._source = source
        self._lines = lines
        self._builder = _Words(damaged=damaged)

    def read(self, begin: int, end: int, tag: str) -> None:
        """Append the lines of the block ``source[begin:end]``."""
        words = self._source[begin:end]
        if _MARKUP.search(words) is None:
            self._plain(words, begin, tag)
            return
        state = _State(tag, begin)
        if "](" in words:
            state.links = _links(words)
        if "*" in words or "_" in words or "~~" in words:
            state.marks = _emphasis(words)
        at = 0
        while True:  # two spaces at a row's end break the line
            cut = words.find("  \n", at)
            at = self._marked(words, at, len(words) if cut < 0 else cut, state)
            self._line(state)
            if cut < 0:
                return
            at = max(at, cut + 3)

    def _plain(self, words: str, begin: int, tag: str) -> None:
        """Read a block without markup other than line breaks, as most blocks are."""
        builder, lines = self._builder, self._lines
        at, fresh = 0, True
        while at >= 0:
            cut = words.find("  \n", at)
            builder.join(words[at:cut] if cut >= 0 else words[at:], begin + at, False, False)
            line = builder.line(tag, None, fresh)
            if line is not None:
                lines.append(line)
                fresh = False
            at = cut + 3 if cut >= 0 else -1

    def _marked(self, words: str, at: int, stop: int, state: _State) -> int:
        """Read ``words[at:stop]``, which holds markup; returns where it ended, after ``stop`` for a tag that goes on."""
        builder, begin = self._builder, state.begin
        for match in _MARKUP.finditer(words, at, stop):
            start = match.start()
            if start < at:  # inside markup that is read
                continue
            sign = match.group()
            bold, link = state.bold > 0, state.link > 0
            if sign == "!" and words[start + 1 : start + 2] != "[":
                continue
            if start > at:
                builder.join(words[at:start], begin + at, bold, link)
            at = start + 1
            if sign == "\\":
                follower = words[at : at + 1]
                if follower == "\n":
                    self._line(state)
                elif follower in _ESCAPED:
                    builder.exact(follower, begin + at, bold, link)
                    at += 1
                else:
                    builder.exact("\\", begin + start, bold, link)
            elif sign in "*_~":
                mark = _MARKS.match(words, start)
                if mark is None:  # a single tilde
                    builder.exact(sign, begin + start, bold, link)
                    continue
                at = mark.end()
                kept, change = state.marks.get(start, (at - start, 0))
                if kept:
                    builder.exact(words[at - kept : at], begin + at - kept, bold, link)
                state.bold += change
            elif sign == "<":
                at = self._tag(words, start, state)
            else:
                at = self._bracket(words, start, state)
        if at < stop:
            builder.join(words[at:stop], begin + at, state.bold > 0, state.link > 0)
            at = stop
        return at

    def _bracket(self, words: str, start: int, state: _State) -> int:
        """Read a bracket of a link or image, or one of the text. Returns where it ends, or the address of its link."""
        sign = words[start]
        end = start + (2 if sign == "!" else 1)
        if start not in state.links:
            self._builder.exact(words[start:end], state.begin + start, state.bold > 0, state.link > 0)
        elif sign == "[":
            state.link += 1
        else:  # an image shows no words
            if sign == "]":
                state.link = max(0, state.link - 1)
            return state.links[start][1]
        return end

    def _tag(self, words: str, start: int, state: _State) -> int:
        """Read what ``<`` opens at ``start``: an address, a tag, or a plain "<". Returns where it ends."""
        begin = state.begin
        auto = _AUTO.match(words, start)
        if auto is not None:
            self._builder.exact(auto.group()[1:-1], begin + start + 1, state.bold > 0, True)
            return auto.end()
        tag = _TAG.match(words, start)
        if tag is None:
            self._builder.exact("<", begin + start, state.bold > 0, state.link > 0)
            return start + 1
        name, closing = tag[2].lower(), bool(tag[1])
        if name == "br":
            self._line(state)
        elif name in _BLOCK:
            self._line(state)
            state.fresh = True
            state.tag = name if name in _NAMED and not closing else state.block
        elif name in ("b", "strong"):
            state.bold = max(0, state.bold + (-1 if closing else 1))
        elif name == "a":
            state.link = 0 if closing else 1
        return tag.end()

    def _line(self, state: _State) -> None:
        line = self._builder.line(state.tag, None, state.fresh)
        if line is not None:
            self._lines.append(line)
            state.fresh = False


class _State:
    """The state that carries over from one row of a block to the next, and the markup found in the whole block beforehand."""

    __slots__ = ("begin", "block", "bold", "fresh", "link", "links", "marks", "tag")

    def __init__(self, tag: str, begin: int) -> None:
        self.block = self.tag = tag
        self.begin = begin
        self.fresh = True
        self.bold = self.link = 0
        self.links: dict[int, tuple[int, int]] = {}
        self.marks: dict[int, tuple[int, int]] = {}


def _links(words: str) -> dict[int, tuple[int, int]]:
    """Where links open and close: the position of each bracket, with the closing bracket and the end of the address."""
    found: dict[int, tuple[int, int]] = {}
    opened: list[int] = []
    at = 0
    for match in _BRACKET.finditer(words):
        start = match.start()
        if start < at or match.group()[0] == "\\":
            continue
        if match.group() != "]":
            opened.append(start)
        elif opened:
            first = opened.pop()
            target = _TARGET.match(words, start)
            if target is not None:
                at = target.end()
                found[first] = found[start] = (start, at)
    return found


def _divides(sign: str) -> bool:
    """Whether the character separates words for emphasis; a no-break space does not."""
    return sign.isspace() and sign not in "\xa0\u202f\u2007"


def _emphasis(words: str) -> dict[int, tuple[int, int]]:
    """For each run of emphasis marks, by its position: how many are shown literally, and by how much the bold level changes."""
    openers: dict[str, list[int]] = {"*": [], "_": [], "~": []}
    left: dict[int, int] = {}
    change: dict[int, int] = {}
    for match in _DELIMITER.finditer(words):
        sign = match.group()[0]
        if sign in "\\<":
            continue
        start, end = match.span()
        before = words[start - 1] if start else " "
        after = words[end] if end < len(words) else " "
        opens = not _divides(after) and (sign != "_" or not before.isalnum())
        closes = not _divides(before) and (sign != "_" or not after.isalnum())
        left[start], change[start] = end - start, 0
        stack = openers[sign]
        while closes and left[start] and stack:
            other = stack[-1]
            size = 2 if sign == "~" or (left[start] >= 2 and left[other] >= 2) else 1
            left[start] -= size
            left[other] -= size
            if size == 2 and sign != "~":
                change[other] += 1
                change[start] -= 1
            if not left[other]:
                stack.pop()
        if opens and left[start]:
            stack.append(start)
    # An unmatched single mark is part of the text; two or more are remains of a conversion: no text of
    # 11,000 shows two literally, while 600 have such remains.
    return {place: (kept if kept == 1 else 0, change[place]) for place, kept in left.items()}
