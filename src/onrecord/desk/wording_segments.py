"""The segments of the wording index: sentences as sequences of word numbers, and posting lists from words to sentences.

A segment answers one query fast and completely: which sentences contain at least ``k`` of a phrase's ``n`` words in order?
Such a sentence lacks at most ``n - k`` of the words, and so at most ``n - k`` of any subset of them. Counting the postings
of the rarest words and testing one bit for each of the most frequent words therefore leaves few candidates and misses
none.

The arrays of a segment are files on the disk, mapped into memory and never changed.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.languages.sentences import sentences
from onrecord.languages.tokens import is_han, words

_ARRAYS = {
    "numbers": np.uint32,
    "starts": np.uint64,
    "turns": np.uint32,
    "places": np.uint32,
    "postings": np.uint32,
    "heads": np.uint64,
}
#: The code point of word number 0, above the surrogates. Words are encoded as characters, so that sentences are strings
#: that can be searched and aligned in C.
_FIRST = 0x10000

#: The number of most frequent Han characters, and likewise of other words, that have a bit in each sentence's 64-bit set.
#: Two or four such sets per sentence do not change the time of a redline (measured on 10 million words).
_COMMON = 64
#: Further words are counted up to this number of postings, or this multiple of those that must be counted. Measured
#: likewise: between half and three times these values the time of a redline varies by less than a tenth; counting only
#: what is necessary takes half as long again.
_ENTRIES, _TIMES = 20_000, 2

Progress = Callable[[int, int], None]


class Segment:
    """A set of sentences, as arrays.

    ``numbers`` are the word numbers of all sentences, ``starts`` the offset of each sentence in them, ``turns`` the row
    number of its turn, ``places`` its ``[start, end)`` in the turn's text. ``postings`` lists the sentences of each word;
    those of word ``n`` are ``postings[heads[n]:heads[n + 1]]``.
    """

    def __init__(self, folder: Path) -> None:
        # As plain arrays, because slicing a memmap is several times slower.
        self.arrays: dict[str, NDArray[Any]] = {
            name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False).view(np.ndarray)
            for name in _ARRAYS
        }
        self.vocabulary = {
            word: number for number, word in enumerate((folder / "words.txt").read_text(encoding="utf-8").split("\n"))
        }
        self.heads: list[int] = self.arrays["heads"].tolist()
        self._lock = threading.Lock()
        self._text: str | None = None
        self._common: tuple[dict[int, int], NDArray[np.uint64]] | None = None

    def __len__(self) -> int:
        return len(self.arrays["turns"])

    def characters(self, phrase: list[str]) -> str:
        """Encode words as characters; a word that is not in this segment becomes ``"\\0"``, which no sentence contains."""
        return "".join(
            chr(_FIRST + number) if (number := self.vocabulary.get(word)) is not None else "\0" for word in phrase
        )

    @property
    def text(self) -> str:
        """All sentences concatenated, one character per word (four bytes each); computed on first use."""
        if self._text is None:
            with self._lock:
                if self._text is None:
                    numbers = (self.arrays["numbers"] + np.uint32(_FIRST)).astype("<u4", copy=False)
                    self._text = str(numbers.data, "utf-32-le")
        return self._text

    @property
    def common(self) -> tuple[dict[int, int], NDArray[np.uint64]]:
        """The bit of each of the most frequent words, by word number, and for each sentence the bits of its words.

        Computed on first use. A Han character and another word may share a bit, because few sentences contain both.
        """
        if self._common is None:
            with self._lock:
                if self._common is None:
                    self._common = self._find_common()
        return self._common

    def _find_common(self) -> tuple[dict[int, int], NDArray[np.uint64]]:
        heads, postings = self.heads, self.arrays["postings"]
        han = np.fromiter(map(is_han, self.vocabulary), bool, len(self.vocabulary))
        by_size = np.argsort(-np.diff(self.arrays["heads"].astype(np.int64)), kind="stable")
        bits: dict[int, int] = {}
        sets = np.zeros(len(self), np.uint64)
        for kind in (by_size[han[by_size]], by_size[~han[by_size]]):
            for bit, number in enumerate(kind[:_COMMON].tolist()):
                bits[number] = bit
                sets[postings[heads[number] : heads[number + 1]]] |= np.uint64(1 << bit)
        return bits, sets

    def sentence(self, at: int) -> str:
        """A sentence, encoded as characters."""
        starts = self.arrays["starts"]
        return self.text[int(starts[at]) : int(starts[at + 1])]

    def sentences(self, some: NDArray[np.intp]) -> list[str]:
        """Several sentences, encoded as characters."""
        starts = self.arrays["starts"]
        text = self.text
        return [text[start:end] for start, end in zip(starts[some].tolist(), starts[some + 1].tolist(), strict=True)]


class Sieve:
    """Finds the sentences of a segment that may contain enough words of a phrase.

    ``among`` has one boolean per sentence and restricts the search; None searches all sentences. Not thread-safe, because
    the array of counts is reused for every phrase.
    """

    def __init__(self, segment: Segment, among: NDArray[np.bool_] | None = None) -> None:
        self.segment = segment
        self._among = among
        self._counts: NDArray[Any] = np.zeros(len(segment), np.uint8)

    def holding(self, phrase: list[str], least: int) -> tuple[NDArray[np.intp], NDArray[Any]]:
        """Find candidate sentences for ``least`` words of the phrase in order, and an upper bound of the words in each.

        The result contains every matching sentence, and some that do not match. A matching sentence lacks at most
        ``missing = len(phrase) - least`` words: it contains at least one of the ``missing + 1`` rarest words, and all but
        ``missing`` of the words that are counted. The most frequent words are tested by their bits; the few words between
        are assumed to be present.
        """
        missing = len(phrase) - least
        times: dict[int, int] = {}
        for word in phrase:
            number = self.segment.vocabulary.get(word)
            if number is None:
                missing -= 1
            else:
                times[number] = times.get(number, 0) + 1
        if missing < 0:
            return np.empty(0, np.intp), np.empty(0, np.uint8)
        heads = self.segment.heads
        by_rarity = sorted((heads[number + 1] - heads[number], number) for number in times)
        lists: list[NDArray[np.uint32]] = []
        counted = entries = needed = 0
        for size, number in by_rarity:
            if counted > missing:
                needed = needed or entries
                if entries + size > max(_ENTRIES, needed * _TIMES):
                    break
            often = times.pop(number)
            counted += often
            entries += size * often
            lists += [self.segment.arrays["postings"][heads[number] : heads[number + 1]]] * often
        left, held = self._count(lists, needed or entries, counted - missing, len(phrase))
        if self._among is not None:
            left, held = _select(self._among.take(left), left, held)
        if times and len(left):
            left, held = self._with_common(left, held, times, least)
        order = left.argsort()
        left, held = left.take(order), held.take(order)
        fresh = np.ones(len(left), bool)  # a sentence may be in several lists
        np.not_equal(left[1:], left[:-1], out=fresh[1:])
        return _select(fresh, left, held)

    def _count(
        self, lists: list[NDArray[np.uint32]], needed: int, least: int, most: int
    ) -> tuple[NDArray[np.intp], NDArray[Any]]:
        """Find, among the first ``needed`` entries of the lists, those that occur at least ``least`` times in all lists.

        Returns them with their counts; ``most`` is an upper bound of a count and determines the integer type.
        """
        entries = np.concatenate(lists, dtype=np.intp, casting="safe")
        if most >= 1 << 8 * self._counts.itemsize:  # a phrase of 256 words or more
            self._counts = np.zeros(len(self.segment), np.min_scalar_type(most))
        counts = self._counts
        np.add.at(counts, entries, counts.dtype.type(1))
        if needed * 8 > len(counts):  # so many that scanning all sentences is faster
            left = (counts >= least).nonzero()[0]
            found = left, counts.take(left)
        else:
            left = entries[:needed]
            held = counts.take(left)
            found = _select(held >= least, left, held)
        if len(entries) * 100 > len(counts):  # otherwise it is faster to clear only these
            counts.fill(0)
        else:
            counts[entries] = 0
        return found

    def _with_common(
        self, left: NDArray[np.intp], held: NDArray[Any], times: dict[int, int], least: int
    ) -> tuple[NDArray[np.intp], NDArray[Any]]:
        """Keep the sentences in ``left`` that may contain ``least`` words, given ``held`` words found by counting."""
        bits, sets = self.segment.common
        # Element i holds the bits of the words that occur more than i times in the phrase.
        wanted = [0] * max(times.values())
        assumed = 0
        for number, often in times.items():
            if number in bits:
                for more in range(often):
                    wanted[more] |= 1 << bits[number]
            else:
                assumed += often
        present = sets.take(left)
        held = held + held.dtype.type(assumed)
        for some in filter(None, wanted):
            held += _bit_counts(present & np.uint64(some))
        return _select(held >= least, left, held)


def _select(
    which: NDArray[np.bool_], left: NDArray[np.intp], held: NDArray[Any]
) -> tuple[NDArray[np.intp], NDArray[Any]]:
    places = which.nonzero()[0]
    return left.take(places), held.take(places)


def _bit_counts(bits: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """The number of set bits in each element."""
    ones: NDArray[np.uint8]
    if hasattr(np, "bitwise_count"):  # NumPy 2
        ones = np.bitwise_count(bits)
    else:
        ones = _ONES.take(bits.view(np.uint16).reshape(-1, 4)).sum(axis=1, dtype=np.uint8)
    return ones


#: The number of set bits in each 16-bit number.
_ONES = np.array([number.bit_count() for number in range(1 << 16)], np.uint8)


def build_segment(
    folder: Path, record: sqlite3.Connection, documents: list[str] | None, on_progress: Progress | None
) -> None:
    """Write the files of a segment with the sentences of all documents, or of ``documents``, to ``folder``."""
    vocabulary: dict[str, int] = {}
    numbers: list[NDArray[np.uint32]] = []
    lengths: list[int] = []
    turns: list[int] = []
    places: list[tuple[int, int]] = []
    total = len(documents) if documents is not None else record.execute("SELECT count(*) FROM document").fetchone()[0]
    waiting: list[int] = []
    for done, rows in enumerate(_turns(record, documents), start=1):
        for row, text in rows:
            for start, end in sentences(text):
                tokens = words(text[start:end])
                if tokens:
                    waiting.extend([vocabulary.setdefault(word, len(vocabulary)) for word in tokens])
                    lengths.append(len(tokens))
                    turns.append(row)
                    places.append((start, end))
        if len(waiting) > 1_000_000:
            numbers.append(np.array(waiting, np.uint32))
            waiting = []
        if on_progress is not None:
            on_progress(min(done, total), total)
    numbers.append(np.array(waiting, np.uint32))
    everything = np.concatenate(numbers)
    starts = np.zeros(len(lengths) + 1, np.uint64)
    np.cumsum(np.array(lengths, np.uint64), out=starts[1:])
    # The posting lists: sorted unique pairs of (word, sentence).
    sentence_of = np.repeat(np.arange(len(lengths), dtype=np.uint64), lengths)
    pairs = np.unique((everything.astype(np.uint64) << np.uint64(32)) | sentence_of)
    heads = np.searchsorted(pairs >> np.uint64(32), np.arange(len(vocabulary) + 1, dtype=np.uint64)).astype(np.uint64)
    arrays: dict[str, NDArray[Any]] = {
        "numbers": everything,
        "starts": starts,
        "turns": np.array(turns, np.uint32),
        "places": np.array(places, np.uint32).reshape(-1, 2),
        "postings": (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32),
        "heads": heads,
    }
    for name, array in arrays.items():
        _save(folder / f"{name}.npy", array)
    (folder / "words.txt").write_text("\n".join(vocabulary), encoding="utf-8")


def _save(path: Path, array: NDArray[Any]) -> None:
    """Write an array as ``numpy.save`` does, but raise the system's error when the disk is full."""
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, np.lib.format.header_data_from_array_1_0(array))
        file.write(np.ascontiguousarray(array).data.cast("B") if array.size else b"")


def _turns(record: sqlite3.Connection, documents: list[str] | None) -> Iterator[list[tuple[int, str]]]:
    """Yield the turns of each document as ``(row, text)``, without notes, which are not spoken."""
    query = "SELECT id, text FROM document"
    if documents is None:
        found = record.execute(f"{query} ORDER BY rowid")
    else:
        record.execute("CREATE TEMP TABLE IF NOT EXISTS wanted (id TEXT PRIMARY KEY)")
        record.execute("DELETE FROM wanted")
        record.executemany("INSERT INTO wanted VALUES (?)", [(id,) for id in documents])
        found = record.execute(f"{query} WHERE id IN (SELECT id FROM wanted) ORDER BY rowid")
    for id, text in found.fetchall() if documents is not None else found:
        rows = record.execute(
            "SELECT rowid, start, \"end\" FROM turn WHERE document = ? AND kind != 'note' ORDER BY position", (id,)
        )
        yield [(row, text[start:end]) for row, start, end in rows]
