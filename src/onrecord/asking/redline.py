"""Redline a statement against the record: what was said before, what was reworded, what is new, what is missing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import msgspec
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cdist

from onrecord.asking.aligning import SHORTEST, Edit, compare, least_shared, nearest, sharing
from onrecord.asking.find import Held, held
from onrecord.asking.trace import wordings_of
from onrecord.asking.weighing import weigh
from onrecord.desk.store import Desk
from onrecord.desk.wording_index import Segment, Sieve
from onrecord.languages.sentences import sentences
from onrecord.languages.tokens import tokens, words
from onrecord.lexicon.ladder import Move, moves
from onrecord.record import Document, Turn

#: A whole sentence is reworded more freely than a phrase: from eight words on three fifths of them in order are enough
#: (read on the conferences of July 2020: at three quarters half of the rewordings are missed, below three fifths
#: sentences meet that have nothing but their connectives in common); shorter ones as for a phrase.
NEAR, NEAR_SHORT, _LONG = 0.6, 0.75, 8
_EDGE = 2
#: How many sentences are looked at first, those that hold the most of the words: the best is often among them.
_AT_ONCE = 50
#: A sentence that is new weighs less than one that was changed: the news is in the change.
_NEW = 0.2
#: A rung up or down weighs so much; going onto a ladder or off it, whose target may lie in another sentence, as two.
_RUNG, _ON_OR_OFF = 1.0, 2
#: No day.
_NEVER = 2**32 - 1
_TURNS = "turn JOIN document ON document.id = turn.document"
Verdict = Literal["said-before", "reworded", "new", "short"]


class Earlier(msgspec.Struct, frozen=True, kw_only=True):
    """What was said earlier: the latest use and how often in all."""

    sentence: str
    turn: str
    day: str | None
    speaker: str | None
    times: int
    first: str | None


class Marked(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of the podium. ``[start, end)`` is its place in the document's text; ``edits`` what became of the
    nearest earlier wording; ``weight`` how telling the change is, and ``touches`` why; ``moves`` how it moved on the
    ladders of diplomatic language."""

    turn: str
    start: int
    end: int
    sentence: str
    verdict: Verdict
    earlier: Earlier | None = None
    edits: tuple[Edit, ...] = ()
    weight: float = 0.0
    touches: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()


class Dropped(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of the document compared with that has no near wording in this one."""

    sentence: str
    turn: str
    weight: float
    touches: tuple[str, ...]


class Redline(msgspec.Struct, frozen=True, kw_only=True):
    """A document against what the desk holds of earlier days, and against one document where asked."""

    document: str
    title: str
    day: str | None
    against: str | None
    sentences: tuple[Marked, ...]
    dropped: tuple[Dropped, ...]
    telling: tuple[int, ...]
    held: Held

    def count(self, verdict: Verdict) -> int:
        """How many sentences have this verdict."""
        return sum(one.verdict == verdict for one in self.sentences)

    def frame(self) -> Any:
        """The sentences as a polars data frame. Needs polars: ``pip install 'onrecord[tables]'``."""
        import polars

        return polars.DataFrame(
            [
                {
                    "turn": one.turn,
                    "start": one.start,
                    "end": one.end,
                    "sentence": one.sentence,
                    "verdict": one.verdict,
                    "weight": one.weight,
                    "touches": list(one.touches),
                    "earlier": one.earlier.sentence if one.earlier else None,
                    "earlier_turn": one.earlier.turn if one.earlier else None,
                    "earlier_day": one.earlier.day if one.earlier else None,
                    "earlier_speaker": one.earlier.speaker if one.earlier else None,
                    "times": one.earlier.times if one.earlier else 0,
                }
                for one in self.sentences
            ],
            schema_overrides={"touches": polars.List(polars.String)},
            infer_schema_length=None,
        )


def redline(desk: Desk, document: Document, *, against: Document | None = None, near: float = NEAR) -> Redline:
    """Mark each sentence of the podium against everything on the desk of earlier days in the same language.

    With ``against`` it is compared with that document alone, whose sentences that have no near wording here are told
    as ``dropped``. The ten most telling changes are listed first in ``telling``, by their place in ``sentences``.
    """
    earlier = _Earlier(desk, document, against)
    marked: list[Marked] = []
    known: dict[str, Marked] = {}  # a sentence that the document says again is looked up once
    for turn, start, sentence in _of_the_podium(document):
        end = start + len(sentence)
        if sentence in known:
            one = replace(known[sentence], turn=turn.id, start=start, end=end)
        else:
            found = _mark(turn.id, start, end, sentence, earlier, near)
            one = known[sentence] = _on_the_ladders(found, document.language)
        marked.append(one)
    order = sorted((-one.weight, at) for at, one in enumerate(marked) if one.weight > 0)
    return Redline(
        document=document.id,
        title=document.title,
        day=document.date,
        against=against.id if against else None,
        sentences=tuple(marked),
        dropped=tuple(_dropped(document, against, near)) if against else (),
        telling=tuple(at for _, at in order[:10]),
        held=held(desk),
    )


def _of_the_podium(document: Document) -> Iterator[tuple[Turn, int, str]]:
    """The sentences that the podium says: the turn, where in the document's text the sentence begins, its words."""
    for turn in document:
        if turn.kind in ("answer", "statement"):
            for start, end in sentences(turn.text):
                yield turn, turn.start + start, turn.text[start:end]


def _mark(turn: str, start: int, end: int, sentence: str, earlier: _Earlier, near: float) -> Marked:
    """What the record has to say of one sentence."""
    said = words(sentence)
    marked = Marked(turn=turn, start=start, end=end, sentence=sentence, verdict="short")
    if len(said) < SHORTEST:
        return marked
    near = near if len(said) >= _LONG else max(near, NEAR_SHORT)
    best = _best(said, near, earlier)
    if best is None:
        weight, touches = weigh(said)
        return replace(marked, verdict="new", weight=weight * _NEW, touches=touches)
    told, row = earlier.sentence(best.segment, best.sentence)
    before = Earlier(
        sentence=told, turn=row["turn"], day=row["day"], speaker=row["speaker"], times=best.times, first=best.since
    )
    if best.exact:
        return replace(marked, verdict="said-before", earlier=before)
    placed = tokens(told)
    # A word or two left over at either end belong to the wording; more are another clause.
    start_told = placed[best.first].start if best.first > _EDGE else 0
    end_told = placed[best.last].start if best.last + _EDGE < len(placed) else len(told)
    edits = compare(told[start_told:end_told], sentence)
    changed = [word for edit in edits if edit.how != "same" for word in words(edit.before) + words(edit.after)]
    weight, touches = weigh(changed)
    return replace(marked, verdict="reworded", earlier=before, edits=edits, weight=weight, touches=touches)


class _Best(NamedTuple):
    """The nearest earlier wording: stretch ``[first, last)`` of a sentence of a segment, how many words it shares, the
    day of its latest use, how often it was used in all, and since when."""

    segment: int
    sentence: int
    first: int
    last: int
    exact: bool
    times: int
    since: str


def _best(said: list[str], near: float, earlier: _Earlier) -> _Best | None:
    """The words themselves where they were said before, their latest use; or else the wording that shares the most of
    them, the latest of the best."""
    least = least_shared(len(said), near)
    exact: list[tuple[str, int, int, int]] = []
    nearly: list[tuple[int, str, int, int, str]] = []
    best: tuple[int, str, int, int, int] | None = None
    stretch = 0, 0
    held = [sieve.holding(said, least) for sieve in earlier.sieves]
    if not any(len(some) for some, _ in held):
        return None
    phrases = [segment.characters(said) for segment in earlier.segments]
    for level, parts in _levels(held, least):
        fresh: list[tuple[int, str, int, int, str]] = []
        for number, some in enumerate(parts):
            for at, sentence, shared in sharing(earlier.segments[number], some, phrases[number], least):
                place = sentence.find(phrases[number])
                if place >= 0:
                    exact.append((earlier.day(number, at), number, at, place))
                elif not exact:
                    fresh.append((shared, earlier.day(number, at), number, at, sentence))
        if exact:  # all of them hold every word: no other level has one
            day, number, at, place = max(exact)
            return _Best(number, at, place, place + len(said), True, len(exact), min(exact)[0])
        nearly += fresh
        for shared, day, number, at, sentence in sorted(fresh, reverse=True):
            if best is not None and (shared, day, shared, number, at) < best:
                continue
            found = nearest(phrases[number], sentence, max(least, best[0] if best else 0))
            if found is not None and (best is None or (found[2], day, shared, number, at) > best):
                best, stretch = (found[2], day, shared, number, at), found[:2]
        if best is not None and best[0] >= level:
            break  # none of those left can share as much
    if best is None:
        return None
    most, _, _, number, at = best
    worded = earlier.segments[number].sentence(at)[stretch[0] : stretch[1]]
    uses = [day for shared, day, of, _, sentence in nearly if shared >= most and of == number and worded in sentence]
    return _Best(number, at, *stretch, False, len(uses), min(uses))


def _levels(
    held: list[tuple[NDArray[np.intp], NDArray[Any]]], least: int
) -> Iterator[tuple[int, list[NDArray[np.intp]]]]:
    """The sentences of each segment by how many of the words they hold at most, those that hold the most first: few at a
    time, then more. With each how many words those hold that come now, or more."""
    most = np.concatenate([bounds for _, bounds in held])
    above = int(most.max()) + 1
    while above > least:
        level, wanted = above - 1, np.count_nonzero(most >= above) * 2 + _AT_ONCE
        while level > least and np.count_nonzero(most >= level) < wanted:
            level -= 1
        yield level, [some[(bounds >= level) & (bounds < above)] for some, bounds in held]
        above = level


def _on_the_ladders(marked: Marked, language: str) -> Marked:
    """A reworded sentence with the rungs that it moved by."""
    if marked.verdict != "reworded":
        return marked
    moved = moves("".join(edit.before for edit in marked.edits), marked.sentence, language)
    weight = sum(_ON_OR_OFF if move.up is None else abs(move.up) for move in moved) * _RUNG
    return replace(marked, moves=moved, weight=marked.weight + weight) if moved else marked


class _Days(NamedTuple):
    """When the sentences of a language were said that are no question: the days there are, in order, and which of them it
    was, by the row of the turn and by the sentence of each segment; ``_NEVER`` where there is none."""

    days: list[str]
    of_turns: NDArray[np.uint32]
    segments: list[Segment]
    of_sentences: list[NDArray[np.uint32]]


class _Earlier:
    """The sentences that count as earlier: of a day before the document's, in its language, or of one document."""

    def __init__(self, desk: Desk, document: Document, against: Document | None) -> None:
        self.desk = desk
        self._days = desk.remembered(f"days {document.language}", lambda: _days(desk, document.language))
        if against is not None:
            counts = [self._of(segment, self._rows(against.id)) for segment in self._days.segments]
        else:
            before = bisect_left(self._days.days, document.date or "9999")
            counts = [of_sentences < before for of_sentences in self._days.of_sentences]
            own = self._rows(document.id)
            if np.any(self._days.of_turns[own] < before):  # it had another day when it came to the desk
                for some, segment in zip(counts, self._days.segments, strict=True):
                    some[self._of(segment, own)] = False
        self.segments = self._days.segments
        self.sieves = [Sieve(segment, some) for segment, some in zip(self._days.segments, counts, strict=True)]

    def _rows(self, document: str) -> NDArray[np.int64]:
        found = self.desk.record.execute(
            "SELECT rowid FROM turn WHERE document = ? AND kind != 'question'", (document,)
        )
        rows = np.array([row[0] for row in found], np.int64)
        return rows[rows < len(self._days.of_turns)]  # none that was added since the days were noted

    def _of(self, segment: Segment, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which sentences of a segment are of these turns."""
        wanted = np.zeros(len(self._days.of_turns) + 1, bool)  # one more, for the turns that are gone since
        wanted[rows] = True
        return wanted.take(segment.arrays["turns"], mode="clip")

    def day(self, number: int, at: int) -> str:
        """The day of a sentence of a segment, empty where it has none."""
        day = self._days.of_sentences[number][at]
        return self._days.days[day] if day != _NEVER else ""

    def sentence(self, number: int, at: int) -> tuple[str, Any]:
        """A sentence of a segment as printed, with what its turn is and of which day."""
        arrays = self._days.segments[number].arrays
        start, end = arrays["places"][at].tolist()
        row = self.desk.record.execute(
            "SELECT turn.id AS turn, document.day, turn.speaker, "
            'substr(document.text, turn.start + 1 + ?1, max(min(?2, turn."end" - turn.start) - ?1, 0)) AS text '
            f"FROM {_TURNS} WHERE turn.rowid = ?3",
            (start, end, int(arrays["turns"][at])),
        ).fetchone()
        return row["text"], row


def _days(desk: Desk, language: str) -> _Days:
    query = f"SELECT turn.rowid, document.day FROM {_TURNS} WHERE turn.kind != 'question' AND language = ?"
    dated = [row for row in desk.record.execute(query, (language,)).fetchall() if row[1]]
    last = desk.record.execute("SELECT coalesce(max(rowid), 0) FROM turn").fetchone()[0]
    days = sorted({day for _, day in dated})
    places = {day: place for place, day in enumerate(days)}
    of_turns = np.full(last + 2, _NEVER, np.uint32)  # one more, for the turns that are gone since
    of_turns[[row for row, _ in dated]] = [places[day] for _, day in dated]
    segments = wordings_of(desk).segments
    of_sentences = [of_turns.take(segment.arrays["turns"], mode="clip") for segment in segments]
    return _Days(days, of_turns[:-1], segments, of_sentences)


def _dropped(document: Document, against: Document, near: float) -> list[Dropped]:
    numbers: dict[str, int] = {}

    def characters(said: list[str]) -> str:
        return "".join(chr(0x10000 + numbers.setdefault(word, len(numbers))) for word in said)

    here = list(
        {
            characters(words(turn.text[start:end]))
            for turn in document
            if turn.kind != "question"
            for start, end in sentences(turn.text)
        }
    )
    found = []
    for turn, _, sentence in _of_the_podium(against):
        said = words(sentence)
        if len(said) < SHORTEST:
            continue
        least = least_shared(len(said), near)
        shared = cdist([characters(said)], here, scorer=LCSseq.similarity, score_cutoff=least, dtype=np.int32)
        if not np.any(shared >= least):
            weight, touches = weigh(said)
            found.append(Dropped(sentence=sentence, turn=turn.id, weight=weight, touches=touches))
    return found
