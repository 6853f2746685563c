"""The rows of letters of a PDF's pages, as the text layer has them: their pieces, their words with positions, their size."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any, Literal

import msgspec

#: The character that pdfium returns for a hyphen at the end of a row.
_HYPHENS = (0xFFFE, 0x02)
Edge = Literal["header", "footer", "footnote", "margin"]


class Word(msgspec.Struct, frozen=True, gc=False):
    """A word of a row: where it begins in the row's text, its length, and its left and right edge in points."""

    at: int
    length: int
    left: float
    right: float


class Row(msgspec.Struct, gc=False):
    """A row of letters: ``pieces`` of text with whether they are bold, its words, and its place on the page in points.

    ``column`` is 1 for a row of a right column, whose edges are then counted as if it was in the left one. ``label`` says that it
    is in a narrow column of names beside the words.
    """

    pieces: list[tuple[str, bool]]
    page: int
    left: float
    right: float
    y: float
    size: float
    words: list[Word] = []
    start: int = 0
    column: int = 0
    edge: Edge | None = None
    label: bool = False

    @property
    def text(self) -> str:
        """The letters of the row."""
        return "".join(piece for piece, _ in self.pieces)

    def divided(self, at: int) -> tuple[Row, Row]:
        """The row divided in two at the character ``at``; the white space between belongs to neither."""
        before, behind = [word for word in self.words if word.at < at], [word for word in self.words if word.at >= at]
        first: list[tuple[str, bool]] = []
        second: list[tuple[str, bool]] = []
        begun = 0
        for piece, bold in self.pieces:
            cut = max(0, min(len(piece), at - begun))
            first.append((piece[:cut], bold))
            second.append((piece[cut:], bold))
            begun += len(piece)
        ends = before[-1].at + before[-1].length
        return (
            Row(_cut(first, ends), self.page, self.left, before[-1].right, self.y, self.size, before),
            Row(
                [piece for piece in second if piece[0]],
                self.page,
                behind[0].left,
                self.right,
                self.y,
                self.size,
                [msgspec.structs.replace(word, at=word.at - at) for word in behind],
            ),
        )


def _cut(pieces: list[tuple[str, bool]], length: int) -> list[tuple[str, bool]]:
    """The first characters of some pieces."""
    found = []
    for piece, bold in pieces:
        if length > 0 and piece:
            found.append((piece[:length], bold))
        length -= len(piece)
    return found


def rows_of(page: Any, number: int, raw: Any) -> Iterator[Row]:
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


def _row(layer: Any, characters: list[tuple[int, int]], number: int, raw: Any) -> Iterator[Row]:
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
    # Letters beyond the basic plane come as surrogate pairs.
    whole = [(told.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"), b) for told, b in pieces]
    yield Row(whole, number, x.value, max(right.value, x.value), y.value, size, _words(layer, characters, raw))


def _words(layer: Any, characters: list[tuple[int, int]], raw: Any) -> list[Word]:
    """The words of a row with their edges."""
    found: list[Word] = []
    x, y = ctypes.c_double(), ctypes.c_double()
    left, bottom, right, top = (ctypes.c_double() for _ in range(4))
    begun = -1
    shift = 0  # beyond the basic plane two codes make one character
    for place, (_, code) in enumerate((*characters, (-1, 32))):
        shift += 0xDC00 <= code < 0xE000
        if not chr(code).isspace():
            begun = place if begun < 0 else begun
        elif begun >= 0:
            raw.FPDFText_GetCharOrigin(layer, characters[begun][0], x, y)
            raw.FPDFText_GetCharBox(layer, characters[place - 1][0], left, right, bottom, top)
            found.append(Word(begun - shift, place - begun, x.value, max(right.value, x.value)))
            begun = -1
    return found


def _size(layer: Any, i: int, raw: Any) -> float:
    """The height of letters in points: that of the font times the scale of the page."""
    matrix = raw.FS_MATRIX()
    scale = math.hypot(matrix.b, matrix.d) if raw.FPDFText_GetMatrix(layer, i, matrix) else 1.0
    return abs(raw.FPDFText_GetFontSize(layer, i)) * (scale or 1.0) or 1.0


def _is_bold(layer: Any, i: int, raw: Any) -> bool:
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(layer, i, name, 128, flags)
    told = name.raw[: max(0, min(length, 128) - 1)].lower()
    return b"bold" in told or b"black" in told or b"heavy" in told
