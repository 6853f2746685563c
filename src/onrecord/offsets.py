"""Map positions in a document's text to byte ranges of the source.

A text consists of *runs*. A run is either a literal copy of its bytes, so that every character has its own byte range, or
a replacement for them as a whole: a space for a folded line break, ``&`` for ``&amp;``. Markup between runs belongs to no
character. The map stores the start of each run in the text and its byte range; the kind of a run follows from the
lengths. Line breaks between paragraphs have no source. In encodings where characters share bytes
(:attr:`onrecord.reading.decoding.Characters.per_character` is false), each run contains one character.
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
#: The encoding of strings inside which a text stands: its characters are written in escapes, see
#: :mod:`onrecord.reading.wrapped`.
Wrapping = Literal["json", "python-bytes", "python-str", "xml", "csv", "subtitles"]

_SAFE = "surrogateescape"
#: Encodings in which an ASCII character takes more than one byte.
_WIDE = frozenset(("utf-16-le", "utf-16-be", "utf-32-le"))


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A place in a capture: bytes ``[start, end)``, or characters of the text extracted from a PDF or Word file.

    ``page`` counts from 1 and is set if the format has pages; ``start`` and ``end`` then refer to the whole file,
    ``page_start`` to that page and ``page_end`` to the page on which the span ends.
    """

    unit: Unit
    start: int
    end: int
    page: int | None = None
    page_start: int | None = None
    page_end: int | None = None


class OffsetMap:
    """The runs of a text with their byte ranges, in text order.

    ``text_starts``, ``source_starts`` and ``source_ends`` are arrays with one entry per run. ``encoding`` is the capture's.
    Formats whose bytes are not text (PDF, Word) use ``utf-32-le`` and count in characters (``unit`` is ``character``).
    ``wrapping`` is set where the text stands inside an encoding of strings: a run is then a literal copy or an escape.
    """

    __slots__ = ("encoding", "page_starts", "source_ends", "source_starts", "text_starts", "unit", "wrapping")

    def __init__(
        self,
        encoding: str,
        text_starts: array[int],
        source_starts: array[int],
        source_ends: array[int],
        *,
        unit: Unit = "byte",
        page_starts: tuple[int, ...] = (),
        wrapping: Wrapping | None = None,
    ) -> None:
        self.encoding = encoding
        self.text_starts = text_starts
        self.source_starts = source_starts
        self.source_ends = source_ends
        self.unit = unit
        self.page_starts = page_starts
        self.wrapping = wrapping

    def __len__(self) -> int:
        return len(self.text_starts)

    def width(self, words: str) -> int | None:
        """The number of source units that the words occupy when encoded literally.

        None if the encoding cannot represent them: they come from a character reference, such as ``&#20013;`` in a cp1252
        page, or replace bytes that could not be decoded.
        """
        if self.unit == "character" or (words.isascii() and self.encoding not in _WIDE):
            return len(words)
        try:
            return len(words.encode(self.encoding, _SAFE))
        except UnicodeError:
            return None

    def runs(self, text: str) -> Iterator[tuple[int, int, int, int]]:
        """Yield each run as ``(text_start, text_end, source_start, source_end)``."""
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
        if position >= start + len(words):  # a paragraph break: the end of the preceding run
            return last, last
        if self.width(words) != last - first:
            return first, last
        before, own = self.width(text[start:position]), self.width(text[position])
        if before is None or own is None:  # an encoding that combines a letter and its accent
            return first, last
        return first + before, first + before + own

    def place(self, text: str, start: int, end: int) -> Place:
        """The place in the capture from which ``text[start:end]`` was read.

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
        """Serialize the map: a line of JSON, then the three arrays of 32-bit numbers, compressed with zlib."""
        header = {"encoding": self.encoding, "unit": self.unit, "pages": self.page_starts}
        head = msgspec.json.encode(header | ({"wrapping": self.wrapping} if self.wrapping else {}))
        body = self.text_starts.tobytes() + self.source_starts.tobytes() + self.source_ends.tobytes()
        return zlib.compress(head + b"\n" + body, 1)

    @classmethod
    def from_bytes(cls, data: bytes) -> OffsetMap:
        """Load a map written by :meth:`to_bytes`. Raises :class:`~onrecord.errors.RecordError` if it is damaged."""
        try:
            head, body = zlib.decompress(data).split(b"\n", 1)
            header = msgspec.json.decode(head)
            size = len(body) // 3
            if size * 3 != len(body):
                raise ValueError("its three columns differ in length")
            "".encode(header["encoding"])
            columns = [array("I"), array("I"), array("I")]
            for i, column in enumerate(columns):
                column.frombytes(body[i * size : (i + 1) * size])
            return cls(
                header["encoding"],
                *columns,
                unit=header["unit"],
                page_starts=tuple(header["pages"]),
                wrapping=header.get("wrapping"),
            )
        except (ValueError, LookupError, TypeError, zlib.error, msgspec.DecodeError) as error:
            raise RecordError(f"the map of offsets is damaged: {error}") from None
