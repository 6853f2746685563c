"""Verify that the bytes of a span contain its words, independently of the readers that wrote the span.

A run of a text is either a literal copy of its bytes, which are then decoded and compared; or it replaces them as a whole
(a space for a line break, "&" for "&amp;"), and then it must be a possible rendering of these bytes. A longer span is
decoded as a whole, its markup is removed by patterns simpler than those of the readers, and the rest is compared without
white space.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator

from onrecord.desk.unescaping import unescape
from onrecord.offsets import OffsetMap
from onrecord.reading.decoding import MARKS, Characters

_ESCAPE = re.compile(r"\\([^\w\s])")
_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<r[tp]\b[^<>]{0,200}>[^<]*|<(script|style|noscript|template|svg|iframe|textarea|select)\b[^>]{0,2000}>.*?(?:</\1\s*>|\Z)",
    re.S | re.I,
)
#: A title element is content at the beginning of a page, and markup inside the article.
_TITLE = re.compile(r"<title\b[^<>]*>.*?(?:</title\s*>|\Z)", re.S | re.I)
_TAG = re.compile(r"""<[/!?]?[a-zA-Z](?:[^<>"']|"[^"<>]*"|'[^'<>]*')*>""")
#: A tag with an unbalanced quote, or with ">" inside a quoted value: used if the plain pattern fails.
_LOOSE_TAG = re.compile(
    r"""<[/!?]?[a-zA-Z](?:[^<>"']++|"[^"]{0,500}"|'[^']{0,500}'|["']){0,64}+>|<[/!?]?[a-zA-Z][^<>]*>"""
)
#: A tag that ends at the first ">", for tags with broken quotes: see :func:`_without_broken_tags`.
_BROKEN_TAG = re.compile(r"</?[a-zA-Z][^>]*>|<[!?][^<>]*>?")
#: The beginning of a declaration that never ends.
_UNENDED = re.compile(r"<[!?][^<>]*")
#: A tag as the standard ends it: a quote opens a value only after "=", elsewhere it is part of a name.
_VALUED_TAG = re.compile(
    r"""</?[a-zA-Z](?=[^>]{0,5000}+>)(?>[^>=]++|=\s*+(?:"[^"]{0,500}"|'[^']{0,500}')|=){0,2000}+>"""
)
_IMAGE = re.compile(r"!\[[^\[\]]*\]\((?:<[^<>\n]*>|[^()\n]*)\)")
_AUTO = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>]*|[^\s<>@/]+@[^\s<>@]+)>")
#: Text that may be markup or content: the number of a list item, or the address of a link, which is content if no opening
#: bracket precedes it.
_AMBIGUOUS = re.compile(
    r"^[ \t>]*(?P<number>\d{1,9}[.)])(?=\s)"
    r"|\](?P<address>\(\s{0,9}(?:<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\))",
    re.M,
)
#: A word divided at the end of a row has in its text a hyphen that shows as nothing, or a plain one.
_SOFT_HYPHEN = "\u00ad"
_ROW_END = re.compile(r"-[ \t]*\r?\n[ \t]*")
_LOST = re.compile("[\udc80-\udcff]")
#: Markup characters of Markdown. Both sides are compared without them, because the same character may be markup in one
#: place and content in another; the check of the runs covers their positions.
_MARKDOWN = str.maketrans("", "", "\\*_~[]!#>|-+=:<")


class Source:
    """The data that the offsets of a document refer to: bytes, or the characters extracted from a PDF or Word file."""

    def __init__(self, data: bytes, offsets: OffsetMap) -> None:
        self._data = data
        self._characters = data.decode("utf-8", "surrogatepass") if offsets.unit == "character" else None
        self._encoding = offsets.encoding
        self._wrapping = offsets.wrapping
        self._errors = "replace" if offsets.encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
        self._runs = list(zip(offsets.source_starts, offsets.source_ends, strict=True))
        self._by_place = sorted((first, last, i) for i, (first, last) in enumerate(self._runs))
        self._table: Characters | None = None
        if self._characters is None and offsets.encoding != "utf-8":
            mark_size = next(
                (len(mark) for mark, codec in MARKS if codec == offsets.encoding and data.startswith(mark)), 0
            )
            decoded = Characters(data, offsets.encoding, mark_size)
            self._table = decoded if decoded.per_character else None

    def __len__(self) -> int:
        return len(self._data if self._characters is None else self._characters)

    def at(self, start: int, end: int) -> str:
        """The characters at ``[start, end)``, their escapes undone; an undecodable byte becomes a lone surrogate."""
        decoded = self.literal(start, end)
        return decoded if self._wrapping is None else unescape(decoded, self._wrapping)

    def literal(self, start: int, end: int) -> str:
        """The characters at ``[start, end)`` as they stand there."""
        if self._characters is not None:
            return self._characters[start:end]
        if self._table is not None:  # in this encoding a slice of the bytes may not be decodable by itself
            return self._table.slice(start, end)
        return self._data[start:end].decode(self._encoding, self._errors)

    def contains(self, words: str, start: int, end: int, gaps: Iterable[tuple[int, int]] = ()) -> bool:
        """Whether the source at ``[start, end)``, without the intervals in ``gaps``, contains exactly these words."""
        if not 0 <= start <= end <= len(self):
            return False
        gaps, expected = sorted(gaps), _without_spaces(words)
        parts, at = [], start
        for first, last in gaps:
            if at <= first and last <= end:
                parts.append((at, first))
                at = last
        parts.append((at, end))
        # An element of XML that holds markup and no escapes is read as it stands.
        forms = (self.at, self.literal) if self._wrapping == "xml" else (self.at,)
        return any(
            any(rendering == expected for rendering in _renderings(decoded))
            or _matches_markdown(decoded, expected.translate(_MARKDOWN))
            for decoded in ("".join(form(*part) for part in parts) for form in forms)
        ) or any(self._runs_match(expected, start, end, gaps, form) for form in forms)

    def _runs_match(
        self, expected: str, start: int, end: int, gaps: list[tuple[int, int]], form: Callable[[int, int], str]
    ) -> bool:
        """Whether the runs within ``[start, end)`` contain the words, with nothing but markup between them.

        For pages whose tags are broken in several ways, so that no single pattern removes all of them, and for words that a doubt
        about them names as unread, too. ``form`` gives the characters of a run.
        """
        within = self._by_place[max(0, bisect_left(self._by_place, (start,)) - 1) :]
        found = [(i, first, last) for first, last, i in within if first < end and last > start]
        if not found:
            return False
        own = range(found[0][0], found[-1][0] + 1)  # in text order, like the words
        # A heading between the words on the page is at the beginning of the text.
        gaps = sorted(gaps + [(first, last) for i, first, last in found if i not in own])
        parts, at = [], start
        for run_start, run_end in self._runs[own.start : own.stop]:
            begins, ends = max(run_start, start), min(run_end, end)
            if begins >= ends:
                continue
            if begins < at or not self._is_markup(at, begins, gaps):
                return False
            parts.append(form(begins, ends))
            at = ends
        if not self._is_markup(at, end, gaps):
            return False
        shown = "".join(html.unescape(_HIDDEN.sub("", part)) for part in parts)  # a space may stand for a comment
        return expected in (
            _without_spaces("".join(parts)),
            _without_spaces("".join(map(html.unescape, parts))),
        ) or expected.translate(_MARKDOWN) == _without_spaces(shown).translate(_MARKDOWN)

    def _is_markup(self, start: int, end: int, gaps: list[tuple[int, int]]) -> bool:
        """Whether the source at ``[start, end)``, outside the gaps, contains no visible words."""
        parts, at = [], start
        for begins, ends in gaps:
            if at < end and ends > at and begins < end:
                parts.append(self.at(at, max(at, begins)))
                at = ends
        decoded = "".join(parts) + self.at(at, max(at, end))
        visible = _HIDDEN.sub("", decoded)
        if not visible.strip():
            return True
        stripped = [pattern.sub("", visible) for pattern in (_TAG, _LOOSE_TAG, _VALUED_TAG)]
        stripped.append(_AMBIGUOUS.sub("", _IMAGE.sub("", _TAG.sub("", _without_hidden(decoded)))))
        stripped += [_without_broken_tags(words) for words in (visible, _TITLE.sub("", visible))]
        stripped.append(_LOOSE_TAG.sub("", decoded))
        return not all(_plain(words) for words in stripped)


def _renderings(decoded: str) -> Iterator[str]:
    """The characters as plain text and as HTML, without white space."""
    yield _without_spaces(decoded)
    visible = _HIDDEN.sub("", decoded)
    yield _without_spaces(html.unescape(_TAG.sub("", visible)))
    yield _without_spaces(html.unescape(_LOOSE_TAG.sub("", visible)))
    yield _without_spaces(html.unescape(_VALUED_TAG.sub("", visible)))
    yield _without_spaces(html.unescape(_LOOSE_TAG.sub("", _TITLE.sub("", visible))))


def _matches_markdown(decoded: str, expected: str) -> bool:
    """Whether the characters, read as Markdown, contain the words."""
    visible = _TAG.sub("", _IMAGE.sub("", _AUTO.sub(r"\1", _without_hidden(decoded))))
    at = last = 0
    for match in _AMBIGUOUS.finditer(visible):
        words = _plain(visible[last : match.start()])
        if not expected.startswith(words, at):
            return False
        at, last = at + len(words), match.end()
        ambiguous = _plain(match["number"] or match["address"])
        if expected.startswith(ambiguous, at):
            at += len(ambiguous)
    return expected[at:] == _plain(visible[last:])


def _without_hidden(decoded: str) -> str:
    """The characters without what is not shown; where it holds the end of a row, what follows it begins a row."""
    return _HIDDEN.sub(lambda hidden: "\n" if "\n" in hidden.group() else "", decoded)


def _without_broken_tags(words: str) -> str:
    """The words without tags of any length, each of which ends at the first ">".

    The pattern is not tried behind the last ">", where it would look for an end from every "<": the time is linear.
    """
    last = words.rfind(">") + 1
    return _BROKEN_TAG.sub("", words[:last]) + _UNENDED.sub("", words[last:])


def _plain(decoded: str) -> str:
    return _without_spaces(html.unescape(decoded)).translate(_MARKDOWN)


def _without_spaces(words: str) -> str:
    return "".join(_LOST.sub("\ufffd", words).replace(_SOFT_HYPHEN, "-").split())


def mismatched_runs(text: str, offsets: OffsetMap, source: Source) -> Iterator[str]:
    """Yield a description of the first run that does not match its source and the number of others; nothing if all match."""
    wrong: list[str] = []
    covered = before = 0
    for start, end, first, last in offsets.runs(text):
        # The order of paragraphs may differ from the page, because the text begins with the title.
        ordered = before <= first or "\n" in text[covered:start]
        if not (covered <= start < end <= len(text) and ordered and first <= last <= len(source)):
            wrong.append(f"the run at {start} is out of order")
            continue
        if text[covered:start].strip("\n"):
            wrong.append(f"the words at {covered} have no source")
        covered, before = end, last
        words, decoded = text[start:end], source.at(first, last)
        if decoded != words and not _can_render(decoded, words) and source.literal(first, last) != words:
            wrong.append(f"the text has {words[:40]!r} at {start}, the bytes [{first}, {last}) have {decoded[:40]!r}")
    if text[covered:].strip("\n"):
        wrong.append(f"the words at {covered} have no source")
    if wrong:
        yield wrong[0] + (f"; and {len(wrong) - 1} more" if len(wrong) > 1 else "")


def _can_render(decoded: str, words: str) -> bool:
    """Whether the words can be a rendering of the source: folded space, an entity, an escape, an undecodable byte."""
    if words == "\ufffd" and any("\udc80" <= c <= "\udcff" or c == "\ufffd" for c in decoded):
        return True
    if words in (_SOFT_HYPHEN, "-") and _ROW_END.fullmatch(decoded):
        return True
    plain = html.unescape(_ESCAPE.sub(r"\1", _TAG.sub("", _HIDDEN.sub("", decoded))))
    if words == " ":
        return not plain.strip(" \t\r\n\f\v>\u00a0\u3000") or plain.isspace()
    return " ".join(plain.split()) == " ".join(words.split()) or plain == words
