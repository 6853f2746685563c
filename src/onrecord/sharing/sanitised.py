"""Display a capture with words marked, sanitised so that it cannot run or load anything.

Two views: the archived page, rebuilt from allowed elements (:func:`sanitised_page`), and the source text around the words
(:func:`source_excerpt`). A page is self-contained: no scripts, no external references, and all text escaped, however hostile
the capture.

>>> import onrecord
>>> document = onrecord.read(b"Ministry of Examples, Press Conference\\n\\nTimes: Why?\\n\\nA. Minister: Because.")
>>> answer = document.turns[1]
>>> '<mark class="words" id="words">Because.</mark>' in sanitised_page(document, answer.start, answer.end)
True
>>> source = source_excerpt(document, answer.start, answer.end)
>>> source.marked, source.start, source.line
('Because.', 66, 5)
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal

import msgspec

from onrecord.offsets import Unit
from onrecord.reading.decoding import Characters, decode
from onrecord.reading.page import LOOKS_LIKE_HTML
from onrecord.record import Document
from onrecord.sharing.sanitised_html import rebuild
from onrecord.sharing.sanitised_words import Words, in_characters, in_order, shown

#: How a capture is displayed: as HTML, or as plain text (text, Markdown, the text of PDF and Word files).
Kind = Literal["html", "text"]

#: The maximum number of characters displayed; the largest of the real pages has 1.6 MB.
LIMIT = 2_000_000
STYLE = """
:root { color-scheme: light dark }
body { font: 17px/1.6 Georgia, "Songti SC", "Noto Serif CJK SC", serif; max-width: 46em; margin: 1.5em auto; padding: 0 1em;
  color: CanvasText; background: Canvas; overflow-wrap: anywhere }
mark { color: #1b1b1b; background: #ffe08a; box-decoration-break: clone; -webkit-box-decoration-break: clone }
#words { scroll-margin-top: 30vh }
pre { white-space: pre-wrap; font: inherit; margin: 0 }
table { border-collapse: collapse; max-width: 100% } td, th { vertical-align: top; padding: .1em .4em; text-align: start }
h1, h2, h3, h4, h5, h6 { font-size: 1.1em; line-height: 1.35 } h1 { font-size: 1.3em }
ul, ol { padding-inline-start: 1.5em }
.link { text-decoration: underline dotted }
.aside, .cut { font: 13px/1.5 system-ui, sans-serif; opacity: .7 }
.cut { border-block: 1px dashed; padding: .4em 0 }
"""
#: Defence in depth: even if a tag slipped through, a browser would neither load nor run it.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
#: The maximum length of a title in characters.
_TITLE = 200
#: How far from the intended cut to look for a tag to cut at.
_NEAR = 10_000
#: The beginning of a block.
_BEGINS = re.compile(r"<(?:p|div|table|tr|li|ul|h[1-6]|section|article)\b", re.I)
#: The beginning or end of content that is not displayed.
_UNSEEN = re.compile(
    r"(<!--|<(?:script|style|svg|template|noscript)\b)|-->|</(?:script|style|svg|template|noscript)\b[^>]*>", re.I
)
_MARKDOWN = (".md", ".markdown")


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """The source text around marked words: ``before``, ``marked`` and ``after``.

    ``[start, end)`` is the place of the marked words and ``[first, last)`` that of all three parts, in bytes of the capture or,
    depending on ``unit``, in characters of the extracted text. ``line`` counts from 1; without marked words it is the first
    line shown. ``more_before`` and ``more_after`` say whether the capture continues there, ``cut`` whether the marked words do.
    Undecodable bytes become U+FFFD, control characters except white space their pictures (U+2400 to U+2421). ``page`` counts
    from 1, in formats with pages.
    """

    unit: Unit
    encoding: str | None
    before: str
    marked: str
    after: str
    start: int
    end: int
    first: int
    last: int
    line: int
    more_before: bool
    more_after: bool
    cut: bool = False
    page: int | None = None


def sanitised_page(document: Document, start: int = 0, end: int = 0, *, style: str = STYLE) -> str:
    """The document's capture as an inert HTML page, with the words ``document.text[start:end]`` marked.

    The first mark has the id ``words``. An empty span marks nothing. Raises :class:`~onrecord.errors.NoBytes` without
    the capture, :class:`~onrecord.errors.RecordError` for a span outside the text.
    """
    return as_page(
        document.data,
        document.offsets.encoding,
        document.offsets.unit,
        _places(document, start, end),
        kind="text" if document.capture.source.lower().endswith(_MARKDOWN) else None,
        title=document.title,
        style=style,
    )


def source_excerpt(document: Document, start: int = 0, end: int = 0, *, around: int = 3000) -> Source:
    """The source of the words ``document.text[start:end]``, with ``around`` characters of context on each side.

    Raises what :func:`sanitised_page` raises.
    """
    offsets = document.offsets
    source = as_source(document.data, offsets.encoding, offsets.unit, _places(document, start, end), around=around)
    if not offsets.page_starts:
        return source
    return msgspec.structs.replace(source, page=max(1, bisect_right(offsets.page_starts, source.start)))


def as_page(
    data: bytes,
    encoding: str | None,
    unit: Unit,
    marks: Sequence[tuple[int, int]] = (),
    *,
    kind: Kind | None = None,
    title: str = "",
    style: str = STYLE,
    limit: int = LIMIT,
) -> str:
    """A capture as a complete, inert HTML page, with the ranges ``marks`` marked.

    The marks count in bytes, or with the ``unit`` "character" in characters of ``data``, which is then UTF-8. Markup in
    a range is not marked. ``kind`` is the format of the capture, by default detected as in reading. Of a capture with
    more than ``limit`` characters the page shows a part around the first mark, and says so. ``style`` is the page's only
    stylesheet; it is trusted.

    Raises what :func:`~onrecord.reading.decoding.decode` raises.
    """
    text, ranges, _ = _read(data, encoding, unit, marks)
    if unit == "character":
        kind = "text"
    elif kind is None:
        kind = _kind(text)
    ranges = _joined(text, ranges)
    start, end = _window(text, ranges, kind, limit)
    if kind == "html":
        body = rebuild(text, start, end, Words(ranges, entities=True))
    else:
        body = _plain(text, start, end, Words(ranges, entities=False), paged=unit == "character")
    heading = html.escape(" ".join(title[:_TITLE].split()) or "A capture")
    return shown(
        "".join(
            (
                '<!doctype html><html><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">',
                f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
                '<meta name="viewport" content="width=device-width">',
                f"<title>{heading}</title><style>{style}</style></head><body>",
                _cut(start, "before"),
                body,
                _cut(len(text) - end, "after"),
                "</body></html>",
            )
        )
    )


def as_source(
    data: bytes, encoding: str | None, unit: Unit, marks: Sequence[tuple[int, int]] = (), *, around: int = 3000
) -> Source:
    """The source from the first to the last of the ranges ``marks``, with up to ``around`` characters each side.

    Begins and ends at line ends if there are any within that distance. Raises as :func:`as_page` does.
    """
    text, ranges, characters = _read(data, encoding, unit, marks)
    start, stop = (ranges[0][0], ranges[-1][1]) if ranges else (0, 0)
    end = min(stop, start + LIMIT)
    first, last = max(0, start - around), min(len(text), end + around)
    if end < stop:
        last = end
    if first > 0 and text[first - 1] != "\n":
        first = text.find("\n", first, start) + 1 or first
    if end < last < len(text) and text[last - 1] != "\n":
        last = text.rfind("\n", end, last) + 1 or last
    places = characters.bytes_at([first, start, end, last]) if characters else [first, start, end, last]
    return Source(
        unit=unit,
        encoding=characters.encoding if characters else None,
        before=_pictured(text[first:start]),
        marked=_pictured(text[start:end]),
        after=_pictured(text[end:last]),
        first=places[0],
        start=places[1],
        end=places[2],
        last=places[3],
        line=_lines(text, start) + 1,
        more_before=first > 0,
        more_after=last < len(text),
        cut=end < stop,
    )


def _places(document: Document, start: int, end: int) -> list[tuple[int, int]]:
    """The places of the words in the capture: one range for each run of text, so that markup between runs is not marked."""
    if start == end:
        return []
    offsets, text = document.offsets, document.text
    offsets.place(text, start, end)  # raises for an invalid span
    first = bisect_right(offsets.text_starts, start) - 1
    last = bisect_right(offsets.text_starts, end - 1)
    places = list(zip(offsets.source_starts[first:last], offsets.source_ends[first:last], strict=True))
    places[0] = (offsets.locate(text, start)[0], places[0][1])
    places[-1] = (places[-1][0], offsets.locate(text, end - 1)[1])
    return places


def _read(
    data: bytes, encoding: str | None, unit: Unit, marks: Sequence[tuple[int, int]]
) -> tuple[str, list[tuple[int, int]], Characters | None]:
    """The decoded text, and the ranges to mark in characters."""
    if unit == "character":
        text = data.decode("utf-8", "surrogatepass")
        return text, in_order((start, min(end, len(text))) for start, end in marks), None
    characters = decode(data, encoding=encoding)
    return characters.text, in_characters(characters, in_order(marks)), characters


def _joined(text: str, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges, merged if only white space separates them."""
    joined: list[tuple[int, int]] = []
    for start, end in ranges:
        if joined and (start <= joined[-1][1] or text[joined[-1][1] : start].isspace()):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _kind(text: str) -> Kind:
    if text.lstrip("\ufeff").startswith("---") and "\n---" in text:
        return "text"
    return "html" if LOOKS_LIKE_HTML.search(text, 0, 4096) else "text"


def _window(text: str, ranges: list[tuple[int, int]], kind: Kind, limit: int) -> tuple[int, int]:
    """The range of characters to display: all, or the allowed number around the first mark."""
    if len(text) <= limit:
        return 0, len(text)
    first, last = (ranges[0][0], ranges[-1][1]) if ranges else (0, 0)
    before = max((limit - (last - first)) // 2, limit // 10)
    start = max(0, min(first - before, len(text) - limit))
    end, near = start + limit, min(_NEAR, limit // 20)
    if start and kind == "text":
        start = text.find("\n", start, min(first, start + near)) + 1 or start
    elif start:
        unseen = _UNSEEN.search(text, start, first)
        if unseen is not None and unseen[1] is None:  # the cut would be inside a comment or a script
            start = unseen.end()
        begins = _BEGINS.search(text, start, min(first, start + near))
        start = begins.start() if begins is not None else start
    if end < len(text):
        end = max(min(last, end), text.rfind("\n" if kind == "text" else "<", end - near, end), end - near)
    return start, end


def _plain(text: str, start: int, end: int, words: Words, *, paged: bool) -> str:
    """Plain text, with page numbers between the pages of a PDF."""
    parts, page = [], text.count("\f", 0, start) + 1
    paged = paged and "\f" in text
    for piece in text[start:end].split("\f"):
        if paged:
            parts.append(f'<p class="aside">page {page}</p>')
        # Browsers drop a line break directly after <pre>.
        parts.append(f"<pre>\n{words.write(piece, start)}</pre>")
        start += len(piece) + 1
        page += 1
    return "".join(parts)


def _cut(left_out: int, where: str) -> str:
    if not left_out:
        return ""
    return f'<p class="cut">Cut here: {left_out:,} characters of the capture stand {where} and are not shown.</p>'


def _lines(text: str, end: int) -> int:
    """The number of line ends before a place."""
    return text.count("\n", 0, end) + text.count("\r", 0, end) - text.count("\r\n", 0, end)


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def _pictured(text: str) -> str:
    return _CONTROL.sub(lambda match: _picture(match[0]), text)


def _picture(control: str) -> str:
    code = ord(control)
    return "\ufffd" if code > 0x7F else "\u2421" if code == 0x7F else chr(0x2400 + code)
