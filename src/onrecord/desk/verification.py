"""Verify that the bytes of a span say its words, independently of the readers that wrote the span.

A run of a text is either its bytes letter for letter, then these are decoded and compared; or it stands for them as a
whole (a space for a line break, "&" for "&amp;"), then the bytes must be able to mean it. A stretch of many runs is
decoded as one piece, its markup is removed by patterns simpler than any reader's, and the rest is compared without white
space.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from onrecord.offsets import OffsetMap
from onrecord.reading.decoding import MARKS, Characters

_ESCAPE = re.compile(r"\\([^\w\s])")
_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|noscript|template|svg|iframe|textarea|select)\b[^>]{0,2000}>.*?(?:</\1\s*>|\Z)",
    re.S | re.I,
)
#: A title is shown where a page opens with it, and no words of the article where it stands among them.
_TITLE = re.compile(r"<title\b[^<>]*>.*?(?:</title\s*>|\Z)", re.S | re.I)
_TAG = re.compile(r"""<[/!?]?[a-zA-Z](?:[^<>"']|"[^"<>]*"|'[^'<>]*')*>""")
#: A tag in which a quote was lost, or that holds a ">" in one: tried where the plain pattern did not do.
_LOOSE_TAG = re.compile(
    r"""<[/!?]?[a-zA-Z](?:[^<>"']++|"[^"]{0,500}"|'[^']{0,500}'|["']){0,64}+>|<[/!?]?[a-zA-Z][^<>]*>"""
)
#: A tag that ends at the first ">", as one does whose quotes are broken.
_BROKEN_TAG = re.compile(r"</?[a-zA-Z][^>]{0,5000}>|<[!?][^<>]*>?")
_IMAGE = re.compile(r"!\[[^\[\]]*\]\((?:<[^<>\n]*>|[^()\n]*)\)")
_AUTO = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>]*|[^\s<>@/]+@[^\s<>@]+)>")
#: What is markup in one place and shown in another: the number before an item of a list, or the address of a link, which
#: is shown where no bracket opened it.
_EITHER = re.compile(
    r"^[ \t>]*(?P<number>\d{1,9}[.)])(?=\s)"
    r"|\](?P<address>\((?:<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\))",
    re.M,
)
_LOST = re.compile("[\udc80-\udcff]")
#: What Markdown sets around words. Both sides are compared without it, since what is markup in one place is a word's own
#: sign in another; that every sign stands where it belongs is told by the runs.
_MARKDOWN = str.maketrans("", "", "\\*_~[]!#>|-+=:<")


class Source:
    """What the offsets of a document count in: bytes, or the characters extracted from a PDF or Word file."""

    def __init__(self, data: bytes, offsets: OffsetMap) -> None:
        self._data = data
        self._characters = data.decode("utf-8", "surrogatepass") if offsets.unit == "character" else None
        self._encoding = offsets.encoding
        self._errors = "replace" if offsets.encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
        self._runs = list(zip(offsets.source_starts, offsets.source_ends, strict=True))
        self._by_place = sorted((first, last, i) for i, (first, last) in enumerate(self._runs))
        self._table: Characters | None = None
        if self._characters is None and offsets.encoding != "utf-8":
            marked = next(
                (len(mark) for mark, codec in MARKS if codec == offsets.encoding and data.startswith(mark)), 0
            )
            decoded = Characters(data, offsets.encoding, marked)
            self._table = decoded if decoded.per_character else None

    def __len__(self) -> int:
        return len(self._data if self._characters is None else self._characters)

    def at(self, start: int, end: int) -> str:
        """The characters at ``[start, end)``; a byte that is none stands as a lone surrogate."""
        if self._characters is not None:
            return self._characters[start:end]
        if self._table is not None:  # a slice of the bytes may not decode by itself
            return self._table.slice(start, end)
        return self._data[start:end].decode(self._encoding, self._errors)

    def says(self, words: str, start: int, end: int, holes: Iterable[tuple[int, int]] = ()) -> bool:
        """Whether the source at ``[start, end)`` says the words, what stands in the ``holes`` left out."""
        if not 0 <= start <= end <= len(self):
            return False
        parts, at = [], start
        for first, last in sorted(holes):
            if at <= first and last <= end:
                parts.append(self.at(at, first))
                at = last
        parts.append(self.at(at, end))
        said, wanted = "".join(parts), _squeezed(words)
        return (
            any(told == wanted for told in _html(said))
            or _markdown_says(said, wanted.translate(_MARKDOWN))
            or self._says_by_runs(wanted, start, end, sorted(holes))
        )

    def _says_by_runs(self, wanted: str, start: int, end: int, holes: list[tuple[int, int]]) -> bool:
        """Whether the runs within ``[start, end)`` say the words, and nothing but markup stands between them.

        For pages whose tags are broken in several ways, so that no one pattern takes off all of them.
        """
        within = self._by_place[max(0, bisect_left(self._by_place, (start,)) - 1) :]
        found = [(i, first, last) for first, last, i in within if first < end and last > start]
        if not found:
            return False
        own = range(found[0][0], found[-1][0] + 1)  # in order of the text, as the words are
        # A heading that stands among the words on the page begins the text.
        holes = sorted(holes + [(first, last) for i, first, last in found if i not in own])
        parts, at = [], start
        for run_start, run_end in self._runs[own.start : own.stop]:
            begins, ends = max(run_start, start), min(run_end, end)
            if begins >= ends:
                continue
            if begins < at or not self._is_markup(at, begins, holes):
                return False
            parts.append(self.at(begins, ends))
            at = ends
        if not self._is_markup(at, end, holes):
            return False
        return wanted in (_squeezed("".join(parts)), _squeezed("".join(map(html.unescape, parts))))

    def _is_markup(self, start: int, end: int, holes: list[tuple[int, int]]) -> bool:
        """Whether what stands at ``[start, end)``, but for what the holes cover, shows no words."""
        parts, at = [], start
        for begins, ends in holes:
            if at < end and ends > at and begins < end:
                parts.append(self.at(at, max(at, begins)))
                at = ends
        said = "".join(parts) + self.at(at, max(at, end))
        shown = _HIDDEN.sub("", said)
        if not shown.strip():
            return True
        stripped = [pattern.sub("", shown) for pattern in (_TAG, _LOOSE_TAG, _BROKEN_TAG)]
        stripped.append(_EITHER.sub("", _IMAGE.sub("", stripped[0])))
        stripped += [_BROKEN_TAG.sub("", _TITLE.sub("", shown)), _LOOSE_TAG.sub("", said)]
        return not all(_plain(words) for words in stripped)


def _html(said: str) -> Iterator[str]:
    """What the characters say as plain text, and as HTML."""
    yield _squeezed(said)
    shown = _HIDDEN.sub("", said)
    yield _squeezed(html.unescape(_TAG.sub("", shown)))
    yield _squeezed(html.unescape(_LOOSE_TAG.sub("", shown)))
    yield _squeezed(html.unescape(_LOOSE_TAG.sub("", _TITLE.sub("", shown))))


def _markdown_says(said: str, wanted: str) -> bool:
    """Whether the characters say the words as Markdown."""
    shown = _TAG.sub("", _IMAGE.sub("", _AUTO.sub(r"\1", _HIDDEN.sub("", said))))
    at = last = 0
    for match in _EITHER.finditer(shown):
        told = _plain(shown[last : match.start()])
        if not wanted.startswith(told, at):
            return False
        at, last = at + len(told), match.end()
        either = _plain(match["number"] or match["address"])
        if wanted.startswith(either, at):
            at += len(either)
    return wanted[at:] == _plain(shown[last:])


def _plain(said: str) -> str:
    return _squeezed(html.unescape(said)).translate(_MARKDOWN)


def _squeezed(words: str) -> str:
    return "".join(_LOST.sub("\ufffd", words).split())


def mismatched_runs(text: str, offsets: OffsetMap, source: Source) -> Iterator[str]:
    """Where a text does not say its source: the first run that differs, and how many more do; nothing where all fit."""
    wrong: list[str] = []
    covered = before = 0
    for start, end, first, last in offsets.runs(text):
        # A paragraph may stand elsewhere on the page than in the text, which begins with the title.
        ordered = before <= first or "\n" in text[covered:start]
        if not (covered <= start < end <= len(text) and ordered and first <= last <= len(source)):
            wrong.append(f"the run at {start} is out of order")
            continue
        if text[covered:start].strip("\n"):
            wrong.append(f"the words at {covered} have no source")
        covered, before = end, last
        words, said = text[start:end], source.at(first, last)
        if said != words and not _means(said, words):
            wrong.append(f"the text says {words[:40]!r} at {start}, the bytes [{first}, {last}) say {said[:40]!r}")
    if text[covered:].strip("\n"):
        wrong.append(f"the words at {covered} have no source")
    if wrong:
        yield wrong[0] + (f"; and {len(wrong) - 1} more" if len(wrong) > 1 else "")


def _means(said: str, words: str) -> bool:
    """Whether characters of a source can stand for these words as a whole: folded space, an entity, an escape, loss."""
    if words == "\ufffd" and any("\udc80" <= c <= "\udcff" or c == "\ufffd" for c in said):
        return True
    plain = html.unescape(_ESCAPE.sub(r"\1", _TAG.sub("", said)))
    if words == " ":
        return not plain.strip(" \t\r\n\f\v>\u00a0\u3000") or plain.isspace()
    return " ".join(plain.split()) == " ".join(words.split()) or plain == words
