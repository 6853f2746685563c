"""From a document's text back to the bytes it came from.

A text is made of *runs*. A run either says its bytes letter for letter, so that every character has its own byte
range, or stands for them as a whole: a space for a folded line break, ``&`` for ``&amp;``. Between runs there may be
markup, which belongs to no character. The map keeps where each run starts in the text and its byte range; which of
the two kinds it is follows from the lengths. Line breaks that divide paragraphs have no source. Where an encoding does
not give every character bytes of its own (:attr:`onrecord.reading.decoding.Characters.per_character`), a run holds one
character.
"""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal

import msgspec

from onrecord.errors import RecordError

Unit = Literal["byte", "character"]

_SAFE = "surrogateescape"
#: Encodings in which an ASCII letter takes more than one byte.
_WIDE = frozenset(("utf-16-le", "utf-16-be", "utf-32-le"))


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A place in a capture: bytes ``[start, end)``; or characters of the text extracted from a PDF or Word file.

    ``page`` counts from 1 and is set where the format has pages; ``start`` and ``end`` then count over the whole file
    and ``page_start`` and ``page_end`` on that page (the end on the page where the span ends).
    """

    unit: Unit
    start: int
    end: int
    page: int | None = None
    page_start: int | None = None
    page_end: int | None = None


class OffsetMap:
    """Runs of a text with their byte ranges, in order of the text.

    ``text_starts``, ``source_starts`` and ``source_ends`` are arrays of one entry a run. ``encoding`` is the capture's;
    ``utf-32-le`` scaled to characters serves the formats that have no bytes of text (``unit`` is then ``character``).
    """

    __slots__ = ("encoding", "page_starts", "source_ends", "source_starts", "text_starts", "unit")

    def __init__(
        self,
        encoding: str,
        text_starts: array[int],
        source_starts: array[int],
        source_ends: array[int],
        *,
        unit: Unit = "byte",
        page_starts: tuple[int, ...] = (),
    ) -> None:
        self.encoding = encoding
        self.text_starts = text_starts
        self.source_starts = source_starts
        self.source_ends = source_ends
        self.unit = unit
        self.page_starts = page_starts

    def __len__(self) -> int:
        return len(self.text_starts)

    def width(self, words: str) -> int | None:
        """How many units of the source the words take when written letter for letter.

        None where the encoding cannot write them: they come from a character reference, as ``&#20013;`` in a page of
        cp1252, or replace bytes that did not decode.
        """
        if self.unit == "character" or (words.isascii() and self.encoding not in _WIDE):
            return len(words)
        try:
            return len(words.encode(self.encoding, _SAFE))
        except UnicodeError:
            return None

    def runs(self, text: str) -> Iterator[tuple[int, int, int, int]]:
        """Each run as ``(text_start, text_end, source_start, source_end)``."""
        for i, start in enumerate(self.text_starts):
            end = self.text_starts[i + 1] if i + 1 < len(self.text_starts) else len(text)
            end = start + len(text[start:end].rstrip("\n"))
            yield start, end, self.source_starts[i], self.source_ends[i]

    def locate(self, text: str, position: int) -> tuple[int, int]:
        """The source range of the character at ``position``.

        Raises :class:`~onrecord.errors.RecordError` for a position outside the text.
        """
        if not 0 <= position < len(text):
            raise RecordError(f"position {position} is outside a text of {len(text)} characters")
        i = bisect_right(self.text_starts, position) - 1
        if i < 0:
            raise RecordError(f"the character at {position} has no source")
        start, first, last = self.text_starts[i], self.source_starts[i], self.source_ends[i]
        end = self.text_starts[i + 1] if i + 1 < len(self.text_starts) else len(text)
        words = text[start:end].rstrip("\n")
        if position >= start + len(words):  # a division between paragraphs: the edge of the run before it
            return last, last
        if self.width(words) != last - first:
            return first, last
        before, own = self.width(text[start:position]), self.width(text[position])
        if before is None or own is None:  # an encoding that writes a letter and its accent as one
            return first, last
        return first + before, first + before + own

    def place(self, text: str, start: int, end: int) -> Place:
        """The place in the capture that ``text[start:end]`` came from.

        Raises :class:`~onrecord.errors.RecordError` for a span that is empty or outside the text.
        """
        if not 0 <= start < end <= len(text):
            raise RecordError(f"[{start}, {end}) is no span of a text of {len(text)} characters")
        first = self.locate(text, start)[0]
        last = self.locate(text, end - 1)[1]
        if not self.page_starts:
            return Place(unit=self.unit, start=first, end=last)
        page, last_page = bisect_right(self.page_starts, first), bisect_right(self.page_starts, max(first, last - 1))
        return Place(
            unit=self.unit,
            start=first,
            end=last,
            page=page,
            page_start=first - self.page_starts[page - 1],
            page_end=last - self.page_starts[last_page - 1],
        )

    def to_bytes(self) -> bytes:
        """The map in a form to store: a line of JSON, then the three arrays of 32-bit numbers, compressed."""
        head = msgspec.json.encode({"encoding": self.encoding, "unit": self.unit, "pages": self.page_starts})
        body = self.text_starts.tobytes() + self.source_starts.tobytes() + self.source_ends.tobytes()
        return zlib.compress(head + b"\n" + body, 1)

    @classmethod
    def from_bytes(cls, data: bytes) -> OffsetMap:
        """The map that :meth:`to_bytes` wrote. Raises :class:`~onrecord.errors.RecordError` where it is damaged."""
        try:
            head, body = zlib.decompress(data).split(b"\n", 1)
            told = msgspec.json.decode(head)
            size = len(body) // 3
            if size * 3 != len(body):
                raise ValueError("its three columns differ in length")
            "".encode(told["encoding"])
            columns = [array("I"), array("I"), array("I")]
            for i, column in enumerate(columns):
                column.frombytes(body[i * size : (i + 1) * size])
            return cls(told["encoding"], *columns, unit=told["unit"], page_starts=tuple(told["pages"]))
        except (ValueError, LookupError, TypeError, zlib.error, msgspec.DecodeError) as error:
            raise RecordError(f"the map of offsets is damaged: {error}") from None
