"""Convert Markdown to lines with offsets: the front matter, then paragraphs, list items, headings and quotes.

Rows of a paragraph are joined, two spaces or a backslash at the end of a row break the line, emphasis marks and tags are
removed and the words between them kept. What is not shown is blanked out first, in a copy of the same length, so that
every offset stays the same.
"""

from __future__ import annotations

import re
from typing import Any

from onrecord.errors import Damaged
from onrecord.reading.inline import Inline
from onrecord.reading.lines import Line

_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S | re.M)
#: Longest front matter, in characters. Real ones have a dozen entries; a larger one is a mistake or malicious.
_FRONT_SIZE = 65_536
_LIST_SIZE = 10_000

_HIDDEN = re.compile(r"<!--(?:.*?-->|.*)|<(script|style|template)\b[^<>]*>(?:.*?</\1\s*>|.*)", re.S | re.I)
_QUOTE = re.compile(r"^ {0,3}>(?:[ >]{0,100})", re.M)
_ROW_END = re.compile(r"(\\| {0,3})\r\n")
_SHOWN = re.compile(r"[^\n]")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|(?P<number>\d{1,9})[.)])(?:[ \t]+|$)")
#: An item right under another's words; a number at the beginning of a wrapped row, which is indented, is none.
_NEXT_ITEM = re.compile(
    r"[ \t]*(?:[-*+][ \t]+|(?P<number>\d{1,3})[.)](?:[ \t]{2,}|(?<=^\d[.)])[ \t]|(?<=^\d\d[.)])[ \t]))(?=\S)"
)
#: The first item right under a paragraph.
_FIRST_ITEM = re.compile(r"[-*+] (?: {2})?(?=\S)")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}\s*$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})\s*$")
_TABLE_RULE = frozenset("|:+- \t\x0b")
#: Characters at the beginning of a row that may be markup.
_ODD = frozenset("#>-*+_=| \t0123456789")


def read_markdown(text: str, *, damaged: bool = False, where: str = "") -> tuple[list[Line], dict[str, str]]:
    """The lines of a text, and its front matter with every value as written (days stay ISO 8601).

    ``damaged`` says that some bytes did not decode. Raises :class:`~onrecord.errors.Damaged` for a front matter that is
    no YAML; the message names the line.
    """
    front = _FRONT.match(text)
    meta: dict[str, str] = {}
    start = 0
    if front is not None:
        told = _front_matter(front[1], where)
        if told is not None:
            meta, start = told, front.end()
    return _Blocks(text, start, damaged).lines, meta


def _front_matter(yaml_text: str, where: str) -> dict[str, str] | None:
    """The keys and values, or None if the text between the two rules is not a mapping, but prose between two dividers."""
    import yaml

    if len(yaml_text) > _FRONT_SIZE:
        raise Damaged(f"a front matter of {len(yaml_text)} characters", where=where)
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the base loader leaves every value a string
    try:
        told = yaml.load(yaml_text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 2 if mark is not None else 1  # the first line is the rule above
        raise Damaged(f"line {line} of the front matter: {error.problem}", where=where) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Damaged(f"the front matter: {error}", where=where) from None
    if not isinstance(told, dict):
        return None
    meta = {}
    for key, value in told.items():
        if not isinstance(key, str):
            continue
        if isinstance(value, str):
            meta[key.lower()] = value
        elif isinstance(value, list):
            words = [one for one in value if isinstance(one, str)]
            if sum(map(len, words)) <= _LIST_SIZE:  # an alias may stand for a long value, and cost nothing to write
                meta[key.lower()] = ", ".join(words)
    return meta


def _blank(match: re.Match[str]) -> str:
    return _SHOWN.sub(" ", match.group())


def _row_end(match: re.Match[str]) -> str:
    """The end of a row, normalised to one newline and of the same length; a mark that breaks the line stays last."""
    breaks = match[1]
    return "\x0b" + breaks + "\n" if breaks != " " else " \x0b\n"


class _Blocks:
    """Cuts a text into blocks, row by row, and collects their lines."""

    def __init__(self, text: str, start: int, damaged: bool) -> None:
        self.lines: list[Line] = []
        source = text
        if "<!--" in source or re.search(r"(?i)<(?:script|style|template)\b", source):
            source = source[:start] + _HIDDEN.sub(_blank, source[start:])
        self._quoted: frozenset[int] = frozenset()  # where the rows of quotes begin
        if "\n>" in source or "\n >" in source or source.startswith(">", start):
            self._quoted = frozenset(match.start() for match in _QUOTE.finditer(source, start))
            source = source[:start] + _QUOTE.sub(_blank, source[start:])
        if "\r" in source:
            source = _ROW_END.sub(_row_end, source).replace("\r", "\n")
        self._source = source
        self._inline = Inline(source, self.lines, damaged)
        self._tag = "p"
        self._number = 0  # of the last item of a numbered list
        self._read(start)

    def _read(self, at: int) -> None:
        begin, in_list = -1, False
        end = at
        for row in self._source[at:].split("\n"):
            after = at + len(row) + 1
            if not row or row.isspace():
                if begin >= 0:
                    self._close(begin, end)
                    begin = -1
                at = after
                continue
            if at in self._quoted and begin >= 0 and begin not in self._quoted:
                self._close(begin, end)
                begin, in_list = -1, False
            if row[0] in _ODD and (begin < 0 or in_list or row[0] in "#-*+=|_ "):
                odd = self._odd(row, at, begin, end, in_list)
                if odd is not None:
                    begin, in_list = odd
                    at, end = after, after - 1
                    continue
            if begin < 0:
                begin = at
                in_list = in_list and row[0] in " \t" and at not in self._quoted
                self._tag = "li" if in_list else "p"
            at, end = after, after - 1
        if begin >= 0:
            self._close(begin, end)

    def _odd(self, row: str, at: int, begin: int, end: int, in_list: bool) -> tuple[int, bool] | None:
        """A row that is markup: closes what is open and returns where the next block begins and whether in a list."""
        if begin >= 0 and self._tag != "li" and _UNDERLINE.match(row):
            self._tag = "h1" if "=" in row else "h2"
            self._close(begin, end)
            return -1, False
        if _RULE.match(row):
            if begin >= 0:
                self._close(begin, end)
            return -1, False
        heading = _HEADING.match(row)
        if heading is not None:
            if begin >= 0:
                self._close(begin, end)
            self._tag = f"h{len(heading[1])}"
            words = row.rstrip()
            bare = words.rstrip("#")
            closed = len(bare.rstrip() if bare[-1:] in (" ", "\t") else words)
            if closed > heading.end():
                self._close(at + heading.end(), at + closed)
            return -1, False
        item = (_ITEM if begin < 0 else _NEXT_ITEM if in_list else _FIRST_ITEM).match(row)
        if item is not None and (self._counts_on(item.groupdict().get("number")) or begin >= 0 or in_list):
            if begin >= 0:
                self._close(begin, end)
            self._tag = "li"
            return (at + item.end() if item.end() < len(row) else -1), True
        if row[0] == "|":
            if begin >= 0:
                self._close(begin, end)
            if not _TABLE_RULE.issuperset(row) or "-" not in row:
                self._cells(row, at)
            return -1, False
        return None

    def _counts_on(self, number: str | None) -> bool:
        """Whether an item may open a list, or go on with the last one: a paragraph that begins "2010. I heard of it" does not."""
        if number is None:
            return True
        counts = int(number) in (0, 1, self._number + 1)
        self._number = int(number) if counts else self._number
        return counts

    def _cells(self, row: str, at: int) -> None:
        """The cells of a row of a table, one line each."""
        for cell in re.finditer(r"(?:[^|\\]|\\.)+", row):
            if not cell.group().isspace():
                self._inline.read(at + cell.start(), at + cell.end(), "td")

    def _close(self, begin: int, end: int) -> None:
        tag = self._tag
        if tag == "p" and begin in self._quoted:
            tag = "blockquote"
        self._inline.read(begin, end, tag)
