"""Convert PDF to lines: the rows of the text layer are joined to paragraphs, each character with its page and position.

A PDF holds rows of letters at points on a page. The layout of the rows shows where a paragraph ends: a wider
gap, an indent, a short row that ends a sentence. Running heads and page numbers are recognised because they recur
on page after page at the same height.
"""

from __future__ import annotations

import operator
import re
import warnings
from collections import Counter, defaultdict
from itertools import pairwise
from statistics import median

from onrecord.errors import Damaged, NotText, TooLarge
from onrecord.reading.divided_words import DividedWords
from onrecord.reading.lines import Line, LineBuilder
from onrecord.reading.pdf_columns import in_columns, with_labels, without_margin
from onrecord.reading.pdf_rows import Edge, Row, rows_of

#: More pages than any transcript has; all are read before the first word can be shown.
_MOST_PAGES = 3000
#: A running head is in the upper eighth of a page, a foot in the lower (letter and A4 pages with one-inch margins
#: and heads of up to three rows).
_EDGE = 0.125
_PAGE_NUMBER = re.compile(
    r"(?i)[\s\-–—|]*(?:page\s+|p\.\s*|第\s*)?\d{1,4}(?:\s*(?:of|/|页?\s*共)\s*\d{1,4})?\s*页?[\s\-–—|]*"
)
#: The address of whoever made the transcript, alone at the edge of a page and so many letters' heights away from all else.
_CONTACT = re.compile(r"\(\d{3}\) ?\d{3}-\d{4}|\b\d{3}-\d{3}-\d{4}\b|\+\d[\d ()-]{7,}\d|https?://|\bwww\.|\S+@\S+\.\w")
_APART = 2.5
_REFERENCE = re.compile(r"\s*(?:\d{1,3}|[*†‡§]+|\[\d+\])(?:\s|$|(?=[A-Z]))")
_DIGITS = re.compile(r"\d+")
_ENDS_SENTENCE = re.compile(r"[.?!。？！][\"”’')\]）】]*\s*$")
#: A label in capitals at the head of a row that follows the end of a sentence: a turn opens a paragraph.
_CAPITAL_LABEL = re.compile(r"(?=[^a-z:]{1,60}:\s)[A-Z][^\n:]*[A-Z)\]]:\s|[QA]:\s")
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
_LAST_WORD = re.compile(r"[^\W\d_]+-$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_CREATED = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")
#: What office programs put into the title automatically.
_NO_TITLE = re.compile(r"(?i)^(?:microsoft (?:word|powerpoint) - )|\.(?:docx?|rtf|indd|pdf)$|^untitled.*|^slide \d+$")


def read_pdf(data: bytes, *, where: str = "") -> tuple[str, list[Line], dict[str, str], tuple[int, ...]]:
    """The text layer, its lines, the file's properties, and the first character of each page.

    The text has a line break after every row and a form feed between pages; the lines' runs count in its characters.
    Running heads and feet are lines with the tag ``header`` or ``footer``, notes at the foot of a page ``footnote``;
    numbers of rows in the margin have ``margin``, everything else ``p``. Of two columns the left one comes first. Edges in the
    middle of a paragraph are listed after it.

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
        raise Damaged(f"no PDF that opens: {str(error).rstrip('.')}", where=where) from None
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
            rows, height = list(rows_of(page, number, raw)), page.get_height()
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
    columns = [_laid_out(rows) for rows, _ in pages]
    _name_footnotes(columns)
    text, page_starts = _lay_out(columns)
    return text, _lines([row for rows in columns for row in rows], text, width), meta, page_starts


def _properties(told: dict[str, str]) -> dict[str, str]:
    meta = {name.lower(): value.strip() for name, value in told.items() if value and value.strip()}
    title = _NO_TITLE.sub("", meta.pop("title", "")).strip()
    created = _CREATED.match(meta.pop("creationdate", ""))
    if title:
        meta["title"] = title
    if created:
        meta["created"] = "-".join(part for part in created.groups() if part)
    return meta


def _name_edges(pages: list[tuple[list[Row], float]]) -> None:
    """Mark the rows that recur at the same height near the edge of page after page, apart from their numbers."""
    seen: dict[tuple[Edge, str, int], set[int]] = defaultdict(set)
    standing: list[tuple[Row, tuple[Edge, str, int]]] = []
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
        # The rounded height may fall to either side of a step; heads of left and right pages alternate.
        pages_with = set().union(*(seen.get((edge, words, round(row.y / 6) + step), set()) for step in (-1, 0, 1)))
        numbered = _PAGE_NUMBER.fullmatch(row.text) and (len(words) > 3 or len(pages) == 1)
        if (
            len(pages_with) >= max(2, len(pages) / 3)
            or numbered
            or (_CONTACT.search(row.text) and _is_apart(row, pages))
        ):
            row.edge = edge


def _is_apart(row: Row, pages: list[tuple[list[Row], float]]) -> bool:
    """Whether a row stands alone at the edge of its page."""
    own = next(rows for rows, _ in pages if any(one is row for one in rows))
    return all(one is row or abs(one.y - row.y) > _APART * row.size for one in own)


def _laid_out(rows: list[Row]) -> list[Row]:
    """The rows of a page in reading order, the numbers of its margin last."""
    body = [row for row in rows if row.edge is None]
    told = without_margin(body)
    ordered = with_labels(in_columns([row for row in told if row.edge is None]))
    if len(told) == len(body) and all(map(operator.is_, ordered, body)):
        return rows
    above = [row for row in rows if row.edge == "header"]
    below = [row for row in rows if row.edge is not None and row.edge != "header"]
    return [*above, *ordered, *(row for row in told if row.edge is not None), *below]


def _name_footnotes(pages: list[list[Row]]) -> None:
    """Mark the rows in smaller letters at the end of a page, starting at one that begins with a reference mark."""
    body = [row.size for rows in pages for row in rows if row.edge is None]
    usual = median(body) if body else 0.0
    for rows in pages:
        notes: list[Row] = []
        for row in reversed([row for row in rows if row.edge is None]):
            if row.size > usual * 0.92:
                break
            notes.append(row)
        while notes and not _REFERENCE.match(notes[-1].text):
            notes.pop()
        for row in notes:
            row.edge = "footnote"


def _lay_out(pages: list[list[Row]]) -> tuple[str, tuple[int, ...]]:
    """The text of all rows, and the start of each page; sets where each row starts in it."""
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


def _lines(rows: list[Row], text: str, width: float) -> list[Line]:
    body = [row for row in rows if row.edge is None]
    layout = _Layout(body, width)
    builder = LineBuilder(entities=False)
    divided = _divided_words(body, text)
    lines: list[Line] = []
    aside = LineBuilder(entities=False)  # heads and feet in the middle of a paragraph are listed after it
    kept: list[str] = []
    waiting: list[Line] = []
    before: Row | None = None

    def flush() -> None:
        if kept and (line := aside.line(kept[-1], None, True)) is not None:
            waiting.append(line)
        kept.clear()

    def close() -> None:
        flush()
        line = builder.line("td" if before is not None and before.label else "p", None, True)
        if line is not None:
            lines.append(line)
        lines.extend(waiting)
        waiting.clear()

    for i, row in enumerate(rows):
        if row.edge is not None:
            goes_on = i > 0 and rows[i - 1].edge == row.edge
            goes_on = goes_on and (row.edge == "margin" or (row.edge == "footnote" and not _REFERENCE.match(row.text)))
            if not goes_on:
                flush()
            _add(aside, row, 0)
            aside.add("\n", row.start + len(row.text))
            kept.append(row.edge)
            continue
        if before is not None and layout.divided(before, row):
            close()
            before = None
        if before is None:  # nothing is in the middle: what is above the paragraph is listed above it
            flush()
            lines.extend(waiting)
            waiting.clear()
        _add(builder, row, 0 if before is None else _join(builder, before, row, divided))
        before = row
    close()
    return lines


def _add(builder: LineBuilder, row: Row, skip: int) -> None:
    """Add a row without its first ``skip`` characters, which were joined to the row before."""
    at = row.start
    for piece, bold in row.pieces:
        if skip < len(piece):
            builder.add(piece[skip:], at + skip, bold)
        skip = max(0, skip - len(piece))
        at += len(piece)


def _join(builder: LineBuilder, before: Row, row: Row, divided: DividedWords) -> int:
    """Join a row to the one before it; return how many of its characters were used for that.

    A hyphenated word becomes one, and corresponds as a whole to both its parts and what is between them.
    """
    end = before.start + len(before.text)
    said = before.text
    head, tail = _LAST_WORD.search(said), _FIRST_WORD.match(row.text)
    if head and tail and builder.parts and builder.parts[-1].endswith(head[0]):
        whole = (head[0][:-1] if divided.is_one(head[0][:-1], tail[0]) else head[0]) + tail[0]
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


def _divided_words(rows: list[Row], text: str) -> DividedWords:
    ends = [
        (head[0][:-1], tail[0])
        for before, row in pairwise(rows)
        if (head := _LAST_WORD.search(before.text)) and (tail := _FIRST_WORD.match(row.text))
    ]
    return DividedWords(text, ends)


def _take_back(builder: LineBuilder, length: int) -> None:
    """Remove the last characters of the last piece from the builder: they are added again as part of a whole word."""
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
    """The usual layout of a document: the distance of rows, the left margin, how far rows reach."""

    def __init__(self, rows: list[Row], width: float) -> None:
        gaps = [a.y - b.y for a, b in pairwise(rows) if a.page == b.page and 0 < a.y - b.y < 72]
        self.pitch = median(gaps) if gaps else 14.0
        lefts = Counter(round(row.left) for row in rows)
        self.left = min((left for left, n in lefts.items() if n >= len(rows) / 5), default=0)
        self.right = sorted(row.right for row in rows)[len(rows) * 9 // 10] if rows else 0.0
        if len(rows) < 15:  # too few to show how far rows reach: the margins are assumed to be equal
            self.right = max(self.right, width - self.left)

    def divided(self, before: Row, row: Row) -> bool:
        """Whether a paragraph ends between two consecutive rows."""
        if row.label or before.label:
            return True
        indent = row.left - before.left
        step = max(4.0, row.size * 0.4)
        if abs(row.size - before.size) > 0.1 * before.size:
            return True
        if row.page == before.page:
            gap = before.y - row.y
            below_left = row.column > before.column and gap < 0  # at the top of the right column, as on a new page
            if gap > self.pitch * 1.35 or (gap < -self.pitch * 3 and not below_left):  # an empty row; or another box
                return True
            if abs(gap) < 0.3 * row.size:  # two pieces of one row
                return False
        ends = bool(_ENDS_SENTENCE.search(before.text))
        # A row is short if the first word of the next would have fitted in it.
        room = self.right - before.right
        first = row.text.split(maxsplit=1)[0]
        width = len(first) * (row.right - row.left) / max(1, len(row.text))
        short = room > width + row.size * 0.5
        if (short and ends) or ((short or ends) and _CAPITAL_LABEL.match(row.text)):
            return True
        if indent > step and row.left > self.left + step:
            return True  # an indented first row, or an indented block
        goes_on = not ends and row.text[:1].islower()  # a short row inside a sentence
        return short and not goes_on and room > (self.right - self.left) * 0.4  # a heading, or a line of an address
