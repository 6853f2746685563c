"""PDF to lines: the text layer's rows put together to paragraphs again, each character with its page and place.

What a PDF holds are rows of letters at points on a page. Where a paragraph ends is told by how the rows stand: a wider
gap, an indent, a row that is short and ends a sentence. Running heads and page numbers are told by their coming back
on page after page at the same height.
"""

from __future__ import annotations

import ctypes
import math
import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Any, Literal

import msgspec

from onrecord.errors import Damaged, NotText, TooLarge
from onrecord.reading.lines import Line, LineBuilder

#: More pages than any transcript has; each is read before the first word can be shown.
_MOST_PAGES = 3000
#: A running head stands in the upper eighth of a page, a foot in the lower (letter and A4 pages with one-inch margins
#: and heads of up to three rows).
_EDGE = 0.125
_PAGE_NUMBER = re.compile(
    r"(?i)[\s\-–—|]*(?:page\s+|p\.\s*|第\s*)?\d{1,4}(?:\s*(?:of|/|页?\s*共)\s*\d{1,4})?\s*页?[\s\-–—|]*"
)
_REFERENCE = re.compile(r"\s*(?:\d{1,3}|[*†‡§]+|\[\d+\])(?:\s|$|(?=[A-Z]))")
_DIGITS = re.compile(r"\d+")
_ENDS_SENTENCE = re.compile(r"[.?!。？！][\"”’')\]）】]*\s*$")
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
_LAST_WORD = re.compile(r"[^\W\d_]+-$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CREATED = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")
#: What office programs write into the title by themselves.
_NO_TITLE = re.compile(r"(?i)^(?:microsoft (?:word|powerpoint) - )|\.(?:docx?|rtf|indd|pdf)$|^untitled.*|^slide \d+$")
#: pdfium's own sign for a hyphen at the end of a row.
_HYPHENS = (0xFFFE, 0x02)

Edge = Literal["header", "footer", "footnote"]


class _Row(msgspec.Struct, gc=False):
    """A row of letters: ``pieces`` of text with whether they are bold, and its place on the page in points."""

    pieces: list[tuple[str, bool]]
    page: int
    left: float
    right: float
    y: float
    size: float
    start: int = 0
    edge: Edge | None = None

    @property
    def text(self) -> str:
        return "".join(piece for piece, _ in self.pieces)


def read_pdf(data: bytes, *, where: str = "") -> tuple[str, list[Line], dict[str, str], tuple[int, ...]]:
    """The text layer, its lines, the file's properties, and the first character of each page.

    The text has a line break behind every row and a form feed between pages; the lines' runs count in its characters.
    Running heads and feet are lines with the tag ``header`` or ``footer``, notes at the foot of a page ``footnote``;
    everything else has ``p``. Those in the middle of a paragraph are listed behind it.

    Raises :class:`~onrecord.errors.Damaged` for a file that does not open or needs a password,
    :class:`~onrecord.errors.NotText` for pages that are only pictures.
    """
    import pypdfium2
    from pypdfium2 import raw

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise Damaged(
                "encrypted: it opens with a password only", where=where, hint="Save a copy without the password"
            ) from None
        raise Damaged(f"no PDF that opens: {error}", where=where) from None
    try:
        if len(pdf) > _MOST_PAGES:
            raise TooLarge(f"{len(pdf)} pages", where=where)
        meta = _properties(pdf.get_metadata_dict())
        pages, bare, width = [], [], 0.0
        for number in range(len(pdf)):
            try:
                page = pdf[number]
            except pypdfium2.PdfiumError:
                raise Damaged(f"page {number + 1} of {len(pdf)} does not open", where=where) from None
            rows, height = list(_rows(page, number, raw)), page.get_height()
            width = max(width, page.get_width())
            if not rows and next(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]), None) is not None:
                bare.append(number + 1)
            pages.append((rows, height))
            page.close()
    finally:
        pdf.close()
    if not any(rows for rows, _ in pages):
        raise NotText(
            "a scan: its pages are pictures without a text layer" if bare else "a PDF without a word in it",
            where=where,
            hint="Run text recognition over it (for example `ocrmypdf in.pdf out.pdf`) and read the result",
        )
    if bare:
        told = ", ".join(map(str, bare))
        meta["pages_without_text"] = told
        warnings.warn(f"{where}: page {told} is a picture without a text layer and was not read", stacklevel=4)
    _name_edges(pages)
    _name_footnotes([rows for rows, _ in pages])
    text, page_starts = _lay_out([rows for rows, _ in pages])
    return text, _lines([row for rows, _ in pages for row in rows], text, width), meta, page_starts


def _properties(told: dict[str, str]) -> dict[str, str]:
    meta = {name.lower(): value.strip() for name, value in told.items() if value and value.strip()}
    title = _NO_TITLE.sub("", meta.pop("title", "")).strip()
    created = _CREATED.match(meta.pop("creationdate", ""))
    if title:
        meta["title"] = title
    if created:
        meta["created"] = "-".join(part for part in created.groups() if part)
    return meta


def _rows(page: Any, number: int, raw: Any) -> Iterator[_Row]:
    """The rows of a page in the order in which the file draws them."""
    layer = page.get_textpage()
    try:
        begun: list[tuple[int, int]] = []
        for i in range(layer.count_chars()):
            code = raw.FPDFText_GetUnicode(layer, i)
            if code in (10, 13) or code in _HYPHENS:
                if code in _HYPHENS:
                    begun.append((i, ord("-")))
                yield from _row(layer, begun, number, raw)
                begun = []
            elif code:
                begun.append((i, code))
        yield from _row(layer, begun, number, raw)
    finally:
        layer.close()


def _row(layer: Any, characters: list[tuple[int, int]], number: int, raw: Any) -> Iterator[_Row]:
    while characters and chr(characters[-1][1]).isspace():
        characters.pop()
    shown = [i for i, code in characters if not chr(code).isspace()]
    if not shown:
        return
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(layer, shown[0], x, y)
    left, bottom, right, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(layer, shown[-1], left, right, bottom, top)
    size = max(_size(layer, shown[0], raw), _size(layer, shown[-1], raw))  # the first may be a raised figure
    pieces: list[tuple[str, bool]] = []
    piece, bold, word = "", False, False
    for i, code in characters:
        letter = chr(code) if code >= 32 or code == 9 else " "
        if not word and not letter.isspace() and (heavy := _is_bold(layer, i, raw)) != bold:
            if piece:
                pieces.append((piece, bold))
            piece, bold = "", heavy
        word = not letter.isspace()
        piece += letter
    pieces.append((piece, bold))
    # Letters beyond the first plane come as two halves.
    whole = [(told.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"), b) for told, b in pieces]
    yield _Row(whole, number, x.value, max(right.value, x.value), y.value, size)


def _size(layer: Any, i: int, raw: Any) -> float:
    """The height of letters in points: the font's own times what the page scales it by."""
    matrix = raw.FS_MATRIX()
    scale = math.hypot(matrix.b, matrix.d) if raw.FPDFText_GetMatrix(layer, i, matrix) else 1.0
    return abs(raw.FPDFText_GetFontSize(layer, i)) * (scale or 1.0) or 1.0


def _is_bold(layer: Any, i: int, raw: Any) -> bool:
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(layer, i, name, 128, flags)
    told = name.raw[: max(0, min(length, 128) - 1)].lower()
    return b"bold" in told or b"black" in told or b"heavy" in told


def _name_edges(pages: list[tuple[list[_Row], float]]) -> None:
    """Mark the rows that come back at the same height near the edge of page after page, numbers aside."""
    seen: dict[tuple[Edge, str, int], set[int]] = defaultdict(set)
    standing: list[tuple[_Row, tuple[Edge, str, int]]] = []
    for rows, height in pages:
        for row in rows:
            edge: Edge | None = (
                "header" if row.y > height * (1 - _EDGE) else "footer" if row.y < height * _EDGE else None
            )
            if edge is not None:
                where = (edge, _DIGITS.sub("#", row.text.strip()), round(row.y / 6))
                seen[where].add(row.page)
                standing.append((row, where))
    for row, (edge, words, _) in standing:
        # The rounded height may fall to either side of a step; heads of left and right pages take turns.
        pages_with = set().union(*(seen.get((edge, words, round(row.y / 6) + step), set()) for step in (-1, 0, 1)))
        numbered = _PAGE_NUMBER.fullmatch(row.text) and (len(words) > 3 or len(pages) == 1)
        if len(pages_with) >= max(2, len(pages) / 3) or numbered:
            row.edge = edge


def _name_footnotes(pages: list[list[_Row]]) -> None:
    """Mark the rows in smaller letters with which a page ends, from one that begins with a mark of reference."""
    body = [row.size for rows in pages for row in rows if row.edge is None]
    usual = median(body) if body else 0.0
    for rows in pages:
        notes: list[_Row] = []
        for row in reversed([row for row in rows if row.edge is None]):
            if row.size > usual * 0.92:
                break
            notes.append(row)
        while notes and not _REFERENCE.match(notes[-1].text):
            notes.pop()
        for row in notes:
            row.edge = "footnote"


def _lay_out(pages: list[list[_Row]]) -> tuple[str, tuple[int, ...]]:
    """The text of all rows, each told where it starts in it, and the start of each page."""
    parts: list[str] = []
    starts = []
    size = 0
    for i, rows in enumerate(pages):
        if i:
            parts.append("\f")
            size += 1
        starts.append(size)
        for row in rows:
            row.start = size
            parts.append(row.text + "\n")
            size += len(parts[-1])
    return "".join(parts), tuple(starts)


def _lines(rows: list[_Row], text: str, width: float) -> list[Line]:
    body = [row for row in rows if row.edge is None]
    layout = _Layout(body, width)
    builder = LineBuilder(entities=False)
    divided = _DividedWords(body, text)
    lines: list[Line] = []
    aside = LineBuilder(entities=False)  # heads and feet in the middle of a paragraph are listed behind it
    kept: list[str] = []
    waiting: list[Line] = []
    before: _Row | None = None

    def flush() -> None:
        if kept and (line := aside.line(kept[-1], None, True)) is not None:
            waiting.append(line)
        kept.clear()

    def close() -> None:
        flush()
        line = builder.line("p", None, True)
        if line is not None:
            lines.append(line)
        lines.extend(waiting)
        waiting.clear()

    for i, row in enumerate(rows):
        if row.edge is not None:
            goes_on = i > 0 and rows[i - 1].edge == row.edge == "footnote" and not _REFERENCE.match(row.text)
            if not goes_on:
                flush()
            _add(aside, row, 0)
            aside.add("\n", row.start + len(row.text))
            kept.append(row.edge)
            continue
        if before is not None and layout.divided(before, row):
            close()
            before = None
        if before is None:  # nothing is in the middle: what stands above the paragraph is listed above it
            flush()
            lines.extend(waiting)
            waiting.clear()
        _add(builder, row, 0 if before is None else _join(builder, before, row, divided))
        before = row
    close()
    return lines


def _add(builder: LineBuilder, row: _Row, skip: int) -> None:
    """Add a row but for its first ``skip`` characters, which stand joined to the row before."""
    at = row.start
    for piece, bold in row.pieces:
        if skip < len(piece):
            builder.add(piece[skip:], at + skip, bold)
        skip = max(0, skip - len(piece))
        at += len(piece)


def _join(builder: LineBuilder, before: _Row, row: _Row, divided: _DividedWords) -> int:
    """Join a row to the one before it; how many of its characters were taken for that.

    A word divided by a hyphen becomes one, and stands as a whole for both its parts and what is between them.
    """
    end = before.start + len(before.text)
    said = before.text
    head, tail = _LAST_WORD.search(said), _FIRST_WORD.match(row.text)
    if head and tail and builder.parts and builder.parts[-1].endswith(head[0]):
        whole = divided.said(head[0][:-1], tail[0])
        bold = builder.runs[-1][3]
        _take_back(builder, len(head[0]))
        builder.whole(whole, end - len(head[0]), row.start + len(tail[0]), bold)
        return len(tail[0])
    if _HAN.match(said[-1]) and _HAN.match(row.text) and builder.parts and builder.parts[-1].endswith(said[-1]):
        bold = builder.runs[-1][3]
        _take_back(builder, 1)
        builder.whole(said[-1] + row.text[0], end - 1, row.start + 1, bold)
        return 1
    builder.add("\n", end)
    return 0


class _DividedWords:
    """Words with a hyphen at the end of a row: divided to fit, or written with it ("well-known")?

    The document itself tells: by how it writes the word elsewhere, and by whether it divides any word that it writes
    as one elsewhere. The Federal Reserve's transcripts divide none; newspapers and translations set in columns do.
    """

    def __init__(self, rows: list[_Row], text: str) -> None:
        self.words = Counter(word.casefold() for word in _WORD.findall(text))
        ends = [
            (head[0][:-1] + tail[0]).casefold()
            for before, row in pairwise(rows)
            if (head := _LAST_WORD.search(before.text)) and (tail := _FIRST_WORD.match(row.text))
        ]
        self.divides = len(ends) < 3 or any(self.words[joined] for joined in ends)

    def said(self, head: str, tail: str) -> str:
        """The word whose two parts stand on two rows."""
        joined, hyphened = head + tail, f"{head}-{tail}"
        as_one, as_two = self.words[joined.casefold()], self.words[hyphened.casefold()]
        if as_one or as_two:
            return joined if as_one >= as_two else hyphened
        # Each part counts once for this very place; more often, and it is a word of its own.
        both_known = self.words[head.casefold()] > 1 and self.words[tail.casefold()] > 1
        return hyphened if not self.divides or tail[0].isupper() or both_known else joined


def _take_back(builder: LineBuilder, length: int) -> None:
    """Take the last characters of the last piece off the builder again: they are about to be said as a whole."""
    last = builder.parts[-1]
    start, source_start, source_end, bold = builder.runs[-1]
    builder.size -= length
    if len(last) == length:
        builder.parts.pop()
        builder.runs.pop()
    else:
        builder.parts[-1] = last[:-length]
        builder.runs[-1] = (start, source_start, source_end - length, bold)


class _Layout:
    """What is usual in a document: the distance of rows, the left margin, how far rows reach."""

    def __init__(self, rows: list[_Row], width: float) -> None:
        gaps = [a.y - b.y for a, b in pairwise(rows) if a.page == b.page and 0 < a.y - b.y < 72]
        self.pitch = median(gaps) if gaps else 14.0
        lefts = Counter(round(row.left) for row in rows)
        self.left = min((left for left, n in lefts.items() if n >= len(rows) / 5), default=0)
        self.right = sorted(row.right for row in rows)[len(rows) * 9 // 10] if rows else 0.0
        if len(rows) < 15:  # too few to show how far rows reach: the margins are taken to be equal
            self.right = max(self.right, width - self.left)

    def divided(self, before: _Row, row: _Row) -> bool:
        """Whether a paragraph ends between two rows that follow each other."""
        indent = row.left - before.left
        step = max(4.0, row.size * 0.4)
        if abs(row.size - before.size) > 0.1 * before.size:
            return True
        if row.page == before.page:
            gap = before.y - row.y
            if gap > self.pitch * 1.35 or gap < -self.pitch * 3:  # an empty row; or a new column
                return True
            if abs(gap) < 0.3 * row.size:  # two pieces of one row
                return False
        ends = bool(_ENDS_SENTENCE.search(before.text))
        # A row is short when the first word of the next would have had room in it.
        room = self.right - before.right
        first = row.text.split(maxsplit=1)[0]
        width = len(first) * (row.right - row.left) / max(1, len(row.text))
        short = room > width + row.size * 0.5
        if short and ends:
            return True
        if indent > step and row.left > self.left + step:
            return True  # an indented first row, or a block set in
        return short and room > (self.right - self.left) * 0.4  # a heading, or a line of an address
