"""The wording index: every sentence as a row of word numbers, and for every word the sentences it stands in.

It answers one question fast and completely: which sentences hold at least so many of these words, in this order? A
sentence that shares ``k`` of a phrase's ``n`` words lacks at most ``n - k`` of them, so that it holds all but ``n - k``
of the rarer ones too: counting those, and asking after the commonest by a bit each, leaves few sentences to look at, and
misses none.

The arrays lie in segments on the disk, mapped into memory, never changed: what is added to the record becomes a new
segment, and when there are many the index is built anew.
"""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.desk.index_files import (
    Manifest,
    new_part,
    read_manifest,
    remove_unused,
    sync_part,
    write_manifest,
)
from onrecord.desk.index_state import (
    Fit,
    building_clearly,
    fit,
    made_of,
    one_transaction,
    outdated,
    sound,
    warn_of_damage,
)
from onrecord.desk.locks import building
from onrecord.errors import IndexDamaged
from onrecord.languages.sentences import sentences
from onrecord.languages.tokens import is_han, words

LAYOUT = "2"
#: More segments than this are made one: each is asked in turn.
_SEGMENTS = 8
_ARRAYS = {
    "numbers": np.uint32,
    "starts": np.uint64,
    "turns": np.uint32,
    "places": np.uint32,
    "postings": np.uint32,
    "heads": np.uint64,
}
#: Word numbers become characters, so that a sentence is a string that can be searched and aligned in C: numbers from
#: this one on, above the surrogates.
_FIRST = 0x10000

#: So many of the commonest Han characters, and of the other words, have a bit each in a number a sentence. With two or
#: four numbers a sentence a redline takes the same (measured on 10 million words).
_COMMON = 64
#: Words are counted while that takes so many entries of their lists, or so many times those that must be counted. Measured
#: likewise: from half of this to three times as much a redline takes the same within a tenth; with no more than must be,
#: half as long again.
_ENTRIES, _TIMES = 20_000, 2

Progress = Callable[[int, int], None]


class Segment:
    """Some sentences: ``numbers`` of their words one after the other, ``starts`` where each begins, ``turns`` the row
    of its turn, ``places`` its ``[start, end)`` in the turn's text; ``heads`` and ``postings`` the way back from a
    word's number to its sentences."""

    def __init__(self, folder: Path) -> None:
        # As plain arrays: to slice a memmap takes several times as long.
        self.arrays: dict[str, NDArray[Any]] = {
            name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False).view(np.ndarray)
            for name in _ARRAYS
        }
        self.vocabulary = {
            word: number for number, word in enumerate((folder / "words.txt").read_text(encoding="utf-8").split("\n"))
        }
        self.heads: list[int] = self.arrays["heads"].tolist()
        self._making = threading.Lock()
        self._text: str | None = None
        self._common: tuple[dict[int, int], NDArray[np.uint64]] | None = None

    def __len__(self) -> int:
        return len(self.arrays["turns"])

    def characters(self, said: list[str]) -> str:
        """Words as characters; one that no sentence here holds becomes a character that none has."""
        return "".join(
            chr(_FIRST + number) if (number := self.vocabulary.get(word)) is not None else "\0" for word in said
        )

    @property
    def text(self) -> str:
        """All sentences one after the other, a character a word: four bytes each, made when first asked for."""
        if self._text is None:
            with self._making:
                if self._text is None:
                    numbers = (self.arrays["numbers"] + np.uint32(_FIRST)).astype("<u4", copy=False)
                    self._text = str(numbers.data, "utf-32-le")
        return self._text

    @property
    def common(self) -> tuple[dict[int, int], NDArray[np.uint64]]:
        """The bit of each of the commonest words by its number, and for every sentence the bits of its words; made when
        first asked for. A Han character and another word share a bit: few sentences hold both."""
        if self._common is None:
            with self._making:
                if self._common is None:
                    self._common = self._mark_common()
        return self._common

    def _mark_common(self) -> tuple[dict[int, int], NDArray[np.uint64]]:
        heads, postings = self.heads, self.arrays["postings"]
        han = np.fromiter(map(is_han, self.vocabulary), bool, len(self.vocabulary))
        by_size = np.argsort(-np.diff(self.arrays["heads"].astype(np.int64)), kind="stable")
        bits: dict[int, int] = {}
        marks = np.zeros(len(self), np.uint64)
        for kind in (by_size[han[by_size]], by_size[~han[by_size]]):
            for bit, number in enumerate(kind[:_COMMON].tolist()):
                bits[number] = bit
                marks[postings[heads[number] : heads[number + 1]]] |= np.uint64(1 << bit)
        return bits, marks

    def sentence(self, at: int) -> str:
        """A sentence as characters."""
        starts = self.arrays["starts"]
        return self.text[int(starts[at]) : int(starts[at + 1])]

    def sentences(self, some: NDArray[np.intp]) -> list[str]:
        """Several sentences as characters."""
        starts = self.arrays["starts"]
        text = self.text
        return [text[start:end] for start, end in zip(starts[some].tolist(), starts[some + 1].tolist(), strict=True)]


class Sieve:
    """Asks a segment, phrase after phrase, which of its sentences may hold enough of the words.

    ``among`` marks, a boolean a sentence, those that are asked after; all where it is None. A sieve is for one thread:
    the counts of one phrase are made where those of the last were.
    """

    def __init__(self, segment: Segment, among: NDArray[np.bool_] | None = None) -> None:
        self.segment = segment
        self._among = among
        self._counts: NDArray[Any] = np.zeros(len(segment), np.uint8)

    def holding(self, said: list[str], least: int) -> tuple[NDArray[np.intp], NDArray[Any]]:
        """The sentences that may hold ``least`` of the words in order, and how many each holds at most: all that do are
        among them, and some that do not.

        A sentence lacks at most ``len(said) - least`` of the words. So it holds one at least of the rarest that are one
        more than that; of some more that are counted it holds all but so many; and so of all, where the commonest are
        told by their bits, and of the few between it is taken to hold every one.
        """
        missing = len(said) - least
        times: dict[int, int] = {}
        for word in said:
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
        left, held = self._count(lists, needed or entries, counted - missing, len(said))
        if self._among is not None:
            left, held = _those(self._among.take(left), left, held)
        if times and len(left):
            left, held = self._with_common(left, held, times, least)
        order = left.argsort()
        left, held = left.take(order), held.take(order)
        fresh = np.ones(len(left), bool)  # a sentence stands in several lists
        np.not_equal(left[1:], left[:-1], out=fresh[1:])
        return _those(fresh, left, held)

    def _count(
        self, lists: list[NDArray[np.uint32]], needed: int, least: int, most: int
    ) -> tuple[NDArray[np.intp], NDArray[Any]]:
        """Of the first ``needed`` entries of the lists those that stand ``least`` times in all of them, with how often;
        none stands there more than ``most`` times."""
        entries = np.concatenate(lists, dtype=np.intp, casting="safe")
        if most >= 1 << 8 * self._counts.itemsize:  # a phrase of 256 words or more
            self._counts = np.zeros(len(self.segment), np.min_scalar_type(most))
        counts = self._counts
        np.add.at(counts, entries, counts.dtype.type(1))
        if needed * 8 > len(counts):  # so many that all sentences are quicker looked through
            left = (counts >= least).nonzero()[0]
            found = left, counts.take(left)
        else:
            left = entries[:needed]
            held = counts.take(left)
            found = _those(held >= least, left, held)
        if len(entries) * 100 > len(counts):  # below, it is quicker to clear these alone
            counts.fill(0)
        else:
            counts[entries] = 0
        return found

    def _with_common(
        self, left: NDArray[np.intp], held: NDArray[Any], times: dict[int, int], least: int
    ) -> tuple[NDArray[np.intp], NDArray[Any]]:
        """Of the sentences left, which hold ``held`` of the words counted, those that may hold ``least`` with the others."""
        bits, marks = self.segment.common
        asked = [0] * max(
            times.values()
        )  # the bits of the words that stand in the phrase once at least, twice at least …
        sure = 0
        for number, often in times.items():
            if number in bits:
                for more in range(often):
                    asked[more] |= 1 << bits[number]
            else:
                sure += often
        marked = marks.take(left)
        held = held + held.dtype.type(sure)
        for some in filter(None, asked):
            held += _ones(marked & np.uint64(some))
        return _those(held >= least, left, held)


def _those(
    which: NDArray[np.bool_], left: NDArray[np.intp], held: NDArray[Any]
) -> tuple[NDArray[np.intp], NDArray[Any]]:
    places = which.nonzero()[0]
    return left.take(places), held.take(places)


def _ones(bits: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """How many bits are set in each."""
    ones: NDArray[np.uint8]
    if hasattr(np, "bitwise_count"):  # from NumPy 2 on
        ones = np.bitwise_count(bits)
    else:
        ones = _ONES.take(bits.view(np.uint16).reshape(-1, 4)).sum(axis=1, dtype=np.uint8)
    return ones


#: How many bits are set in each number of 16 bits.
_ONES = np.array([number.bit_count() for number in range(1 << 16)], np.uint8)


class WordingIndex:
    """The segments of a desk. Make it with :func:`open_wordings`, which sees to it that they are sound and complete."""

    def __init__(self, folder: Path, record: sqlite3.Connection) -> None:
        self.folder = folder
        self.record = record
        self._segments: list[Segment] | None = None
        self._manifest: Manifest | None = None
        self._opening = threading.Lock()

    @property
    def segments(self) -> list[Segment]:
        """The segments, oldest first. A turn that was read again stands in the newest of them alone, by its row.

        Raises SnapshotOutdated where a later state of the record has taken their place meanwhile.
        """
        with self._opening:  # or two threads have their own, and each the text of all sentences
            if self._segments is None:
                if self._manifest is None:
                    self.catch_up()
                    assert self._manifest is not None
                try:
                    self._segments = [Segment(self.folder / name) for name in self._manifest.parts]
                except (OSError, ValueError) as error:
                    if read_manifest(self.folder) != self._manifest:
                        raise outdated(self.folder) from error
                    raise IndexDamaged(f"the index could not be read: {error}", where=str(self.folder)) from error
            return self._segments

    def manifest(self) -> Manifest | None:
        """What the index on the disk consists of; None where it is missing, damaged or of another version."""
        return sound(self.folder, LAYOUT)

    def catch_up(self, on_progress: Progress | None = None) -> None:
        """Bring the index to the state of the record that is being asked; build it anew where it is not sound or in too many
        pieces.

        One process builds at a time, the others wait for it. Raises SnapshotOutdated where an earlier state is being asked
        than the index is of, DeskFull, and IndexUnavailable where it cannot be built.
        """
        if self._take(self.manifest()) is Fit.CURRENT:
            return
        with building_clearly(self.folder), building(self.folder), one_transaction(self.record):
            manifest = self.manifest()
            fits = self._take(manifest)
            if fits is Fit.CURRENT:  # another process has built it meanwhile
                return
            if manifest is None:
                warn_of_damage(self.folder, LAYOUT)
            if manifest is None or fits is Fit.FOREIGN or len(manifest.parts) >= _SEGMENTS:
                self._write(None, None, on_progress)
            else:
                query = "SELECT DISTINCT document FROM change WHERE number > ?"
                changed = [row[0] for row in self.record.execute(query, (manifest.made.change,))]
                self._write(manifest, changed, on_progress)

    def rebuild(self, on_progress: Progress | None = None) -> None:
        """Build the index anew, beside the old one, which it then takes the place of. Raises as :meth:`catch_up`."""
        with building_clearly(self.folder), building(self.folder), one_transaction(self.record):
            self._write(None, None, on_progress)

    def _take(self, manifest: Manifest | None) -> Fit | None:
        """Use the index of that manifest if it is of the state that is being asked; how it fits."""
        if manifest is None:
            return None
        fits = fit(self.folder.parent.parent, self.record, manifest.made, annotations=False)
        if fits is Fit.AHEAD:
            raise outdated(self.folder)
        if fits is Fit.CURRENT:
            self._manifest, self._segments = manifest, None
        return fits

    def _write(self, before: Manifest | None, documents: list[str] | None, on_progress: Progress | None) -> None:
        """Write a segment of these documents beside those of before, or one of all in their place."""
        self.folder.mkdir(parents=True, exist_ok=True)
        named = read_manifest(self.folder)
        remove_unused(self.folder, named.parts if named is not None else ())  # of builds that were cut short
        made = made_of(self.record, annotations=False)
        part = new_part(self.folder)
        try:
            _build(part, self.record, documents, on_progress)
            files = sync_part(self.folder, part)
            kept = before.files if before is not None else {}
            (turns,) = self.record.execute("SELECT count(*) FROM turn").fetchone()
            manifest = Manifest(
                layout=LAYOUT,
                made=made,
                turns=turns,
                parts=[*(before.parts if before is not None else ()), part.name],
                files=kept | files,
            )
            write_manifest(self.folder, manifest)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        self._manifest, self._segments = manifest, None


def wording_folder(desk_folder: Path) -> Path:
    """Where a desk's wording index stands."""
    return desk_folder / "index" / "wording"


def open_wordings(desk_folder: Path, record: sqlite3.Connection, on_progress: Progress | None = None) -> WordingIndex:
    """The wording index of a desk, sound and up to date. Raises as :meth:`WordingIndex.catch_up`."""
    index = WordingIndex(wording_folder(desk_folder), record)
    index.catch_up(on_progress)
    return index


def _build(folder: Path, record: sqlite3.Connection, documents: list[str] | None, on_progress: Progress | None) -> None:
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
                said = words(text[start:end])
                if said:
                    waiting.extend([vocabulary.setdefault(word, len(vocabulary)) for word in said])
                    lengths.append(len(said))
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
    # Each word's sentences: pairs of (word, sentence), sorted, each once.
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
    """Write an array as ``numpy.save`` does, which does not tell why it failed where no room is left."""
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, np.lib.format.header_data_from_array_1_0(array))
        file.write(np.ascontiguousarray(array).data.cast("B") if array.size else b"")


def _turns(record: sqlite3.Connection, documents: list[str] | None) -> Iterator[list[tuple[int, str]]]:
    """The turns of each document as ``(row, text)``; notes, which nobody speaks, left out."""
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
