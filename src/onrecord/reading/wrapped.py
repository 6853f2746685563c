"""A text inside an encoding of strings, with the reverse mapping: which bytes stand for its n-th character?

A statement may be wrapped: in a string of JSON, in a Python literal, in XML, in a cell of a table. Its
characters are then written in escapes (``\\u2019``, ``\\xe2\\x80\\x99``, ``&amp;``, ``""``). :class:`Wrapped` is the decoded text
behind them. It consists of pieces: a piece is either a literal copy of its bytes, or stands for them as a whole. Bytes
between pieces (quotation marks, the names of fields) belong to no character.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from onrecord.offsets import Wrapping
from onrecord.reading.decoding import Characters

#: ``(words, start, end)``: words of the inner text, and the characters of the outer text that stand for them. They are a
#: literal copy if both are equally long.
Piece = tuple[str, int, int]
#: Literal pieces are kept in stretches of up to this many characters, so that a place is found by encoding a short one.
_STRETCH = 256


class Wrapped(Characters):
    """The characters of an inner text, at their bytes in the capture. ``wrapping`` names the encoding of strings.

    ``pieces`` are in order of the outer text, which ``outer`` holds.
    """

    __slots__ = ("_ends", "_positions", "_starts", "wrapping")

    def __init__(self, outer: Characters, pieces: Iterable[Piece], wrapping: Wrapping) -> None:
        self.data, self.encoding, self.mark = outer.data, outer.encoding, outer.mark
        self.damaged = outer.damaged
        self.wrapping = wrapping
        self._table = None
        stretch = 1 if outer.per_character else _STRETCH
        parts: list[str] = []
        self._positions = array("I")
        edges: list[int] = []
        size = 0
        for words, start, end in pieces:
            for part, first, last in _stretches(words, start, end, stretch):
                parts.append(part)
                self._positions.append(size)
                edges += (first, last)
                size += len(part)
        self.text = "".join(parts)
        places = outer.bytes_at(edges)
        self._starts, self._ends = array("I", places[::2]), array("I", places[1::2])

    @property
    def per_character(self) -> bool:
        """False: a literal stretch can be encoded again, see :meth:`divided`."""
        return False

    def byte(self, position: int) -> int:
        """The byte at which what stands for the character at ``position`` starts; at the end of the text, where it ends."""
        if not self._positions:
            return self.mark
        if position >= len(self.text):
            return self._ends[-1]
        return self._locate(position)[0]

    def byte_after(self, position: int) -> int:
        """The byte at which what stands for the character before ``position`` ends."""
        return self._locate(position - 1)[1] if 0 < position <= len(self.text) else self.byte(position)

    def bytes_at(self, positions: list[int]) -> list[int]:
        """The byte of each position."""
        return [self.byte(position) for position in positions]

    def ranges_at(self, edges: list[int]) -> list[int]:
        """The bytes of starts and ends, which alternate in ``edges``."""
        return [self.byte_after(edge) if i & 1 else self.byte(edge) for i, edge in enumerate(edges)]

    def divided(self, text: str, runs: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
        """The runs with those divided that copy the inner text: each is then a literal copy of its bytes or an escape."""
        ends = [*(run[0] for run in runs[1:]), len(text)][: len(runs)]
        for (start, first, last), end in zip(runs, ends, strict=True):
            words = text[start:end].rstrip("\n")
            if len(words) != last - first or words != self.text[first:last]:
                yield start, first, last
                continue
            at = first
            for piece in range(bisect_right(self._positions, first), bisect_right(self._positions, last - 1) + 1):
                follows = min(last, self._positions[piece] if piece < len(self._positions) else last)
                if at < follows:
                    yield start + at - first, at, follows
                at = follows

    def _locate(self, position: int) -> tuple[int, int]:
        """The bytes of the character at a position: of all its piece where that is no literal copy."""
        piece = bisect_right(self._positions, position) - 1
        begins = self._positions[piece]
        ends = self._positions[piece + 1] if piece + 1 < len(self._positions) else len(self.text)
        first, last = self._starts[piece], self._ends[piece]
        if ends - begins == 1:
            return first, last
        if last - first == ends - begins:  # one byte a character
            return first + position - begins, first + position - begins + 1
        before, own, whole = (
            len(words.encode(self.encoding, "surrogateescape"))
            for words in (self.text[begins:position], self.text[position], self.text[begins:ends])
        )
        return (first + before, first + before + own) if whole == last - first else (first, last)


def _stretches(words: str, start: int, end: int, longest: int) -> Iterator[Piece]:
    """A piece in stretches, if it is a literal copy."""
    if len(words) != end - start:
        if words:
            yield words, start, end
        return
    for at in range(0, len(words), longest):
        part = words[at : at + longest]
        yield part, start + at, start + at + len(part)
