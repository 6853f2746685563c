"""Redline a statement against the record: what was said before, what was reworded, what is new, what is missing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

import msgspec
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from onrecord.asking.aligning import SHORTEST, Edit, candidates, compare, least_shared, nearest
from onrecord.asking.find import Held, held
from onrecord.asking.trace import wordings_of
from onrecord.desk.store import Desk
from onrecord.desk.wordings import Segment
from onrecord.language.sentences import sentences
from onrecord.language.tokens import tokens, words
from onrecord.lexicon.ladder import Move, moves
from onrecord.record import Document, Turn

#: A whole sentence is reworded more freely than a phrase: from eight words on three fifths of them in order are enough
#: (read on the conferences of July 2020: at three quarters half of the rewordings are missed, below three fifths
#: sentences meet that have nothing but their connectives in common); shorter ones as for a phrase.
NEAR, NEAR_SHORT, _LONG = 0.6, 0.75, 8
_EDGE = 2
#: A sentence that is new weighs less than one that was changed: the news is in the change.
_NEW = 0.2
#: A rung up or down weighs so much; going onto a ladder or off it, whose target may lie in another sentence, as two.
_RUNG, _ON_OR_OFF = 1.0, 2
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
    segments = wordings_of(desk).segments
    earlier = _Earlier(desk, document, against)
    marked = []
    for turn, start, sentence in _of_the_podium(document):
        one = _mark(turn.id, start, start + len(sentence), sentence, segments, earlier, near)
        marked.append(_on_the_ladders(one, document.language))
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


def _mark(
    turn: str, start: int, end: int, sentence: str, segments: list[Segment], earlier: _Earlier, near: float
) -> Marked:
    """What the record has to say of one sentence."""
    said = words(sentence)
    marked = Marked(turn=turn, start=start, end=end, sentence=sentence, verdict="short")
    if len(said) < SHORTEST:
        return marked
    near = near if len(said) >= _LONG else max(near, NEAR_SHORT)
    best = _best(said, near, segments, earlier)
    if best is None:
        weight, touches = weigh(said)
        return replace(marked, verdict="new", weight=weight * _NEW, touches=touches)
    told, row = earlier.sentence(segments[best.segment], best.sentence)
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


def _best(said: list[str], near: float, segments: list[Segment], earlier: _Earlier) -> _Best | None:
    """The words themselves where they were said before, their latest use; or else the wording that shares the most of
    them, the latest of the best."""
    least = least_shared(len(said), near)
    exact: list[tuple[str, int, int, int]] = []
    nearly: dict[int, list[tuple[int, int, str]]] = {}
    phrases = [segment.characters(said) for segment in segments]
    for number, segment in enumerate(segments):
        for at, sentence, shared in candidates(segment, said, near, among=earlier.among(segment)):
            place = sentence.find(phrases[number])
            if place >= 0:
                exact.append((earlier.day(segment, at), number, at, place))
            elif not exact:
                nearly.setdefault(shared, []).append((number, at, sentence))
    if exact:
        day, number, at, place = max(exact)
        return _Best(number, at, place, place + len(said), True, len(exact), min(exact)[0])
    best: tuple[int, str, int, int, int, int, str] | None = None
    looked_at: list[tuple[str, int, int, str]] = []
    for shared in sorted(nearly, reverse=True):
        if best is not None and shared < best[0]:
            break  # none that follows can share as much
        dated = sorted((earlier.day(segments[of], at), of, at, sentence) for of, at, sentence in nearly[shared])
        for day, number, at, sentence in reversed(dated):
            looked_at.append((day, number, at, sentence))
            if best is not None and (shared, day) <= best[:2]:
                continue
            found = nearest(phrases[number], sentence, max(least, best[0] if best else 0))
            if found is not None and (best is None or (found[2], day) > best[:2]):
                best = (found[2], day, number, at, found[0], found[1], sentence[found[0] : found[1]])
    if best is None:
        return None
    _, _, number, at, first, last, worded = best
    uses = [day for day, of, _, sentence in looked_at if of == number and worded in sentence]
    return _Best(number, at, first, last, False, len(uses), min(uses))


def _on_the_ladders(marked: Marked, language: str) -> Marked:
    """A reworded sentence with the rungs that it moved by."""
    if marked.verdict != "reworded":
        return marked
    moved = moves("".join(edit.before for edit in marked.edits), marked.sentence, language)
    weight = sum(_ON_OR_OFF if move.up is None else abs(move.up) for move in moved) * _RUNG
    return replace(marked, moves=moved, weight=marked.weight + weight) if moved else marked


class _Earlier:
    """The turns that count as earlier: of a day before the document's, in its language, or of one document."""

    def __init__(self, desk: Desk, document: Document, against: Document | None) -> None:
        self.desk = desk
        self._days = desk.remembered(f"days {document.language}", lambda: _days(desk, document.language))
        if against is not None:
            self._counts = np.zeros(len(self._days), bool)
            self._counts[self._rows(against.id)] = True
        else:
            before = (document.date or "9999").encode()
            self._counts = (self._days != b"") & (self._days < before)
            self._counts[self._rows(document.id)] = False
        self._among: dict[int, NDArray[np.bool_]] = {}

    def _rows(self, document: str) -> NDArray[np.int64]:
        found = self.desk.record.execute(
            "SELECT rowid FROM turn WHERE document = ? AND kind != 'question'", (document,)
        )
        rows = np.array([row[0] for row in found], np.int64)
        return rows[rows < len(self._days)]  # none that was added since the days were noted

    def among(self, segment: Segment) -> NDArray[np.bool_]:
        """Which sentences of a segment count as earlier, a boolean each."""
        if id(segment) not in self._among:
            turns = segment.arrays["turns"]  # among them some of rows that are gone since
            self._among[id(segment)] = self._counts[np.minimum(turns, len(self._counts) - 1)] & (
                turns < len(self._counts)
            )
        return self._among[id(segment)]

    def day(self, segment: Segment, at: int) -> str:
        """The day of a sentence, empty where it has none."""
        return bytes(self._days[segment.arrays["turns"][at]]).decode()

    def sentence(self, segment: Segment, at: int) -> tuple[str, Any]:
        row = self.desk.record.execute(
            "SELECT turn.id AS turn, document.day, turn.speaker, "
            'substr(document.text, turn.start + 1, turn."end" - turn.start) AS text '
            f"FROM {_TURNS} WHERE turn.rowid = ?",
            (int(segment.arrays["turns"][at]),),
        ).fetchone()
        start, end = (int(edge) for edge in segment.arrays["places"][at])
        return row["text"][start:end], row


def _days(desk: Desk, language: str) -> NDArray[np.bytes_]:
    """The day of every turn of a language that is no question, by its row; empty where there is none."""
    query = f"SELECT turn.rowid, document.day FROM {_TURNS} WHERE turn.kind != 'question' AND language = ?"
    last = desk.record.execute("SELECT coalesce(max(rowid), 0) FROM turn").fetchone()[0]
    days = np.zeros(last + 1, "S10")
    for row, day in desk.record.execute(query, (language,)):
        days[row] = day or ""
    return days


def _dropped(document: Document, against: Document, near: float) -> list[Dropped]:
    here = [
        words(turn.text[start:end])
        for turn in document
        if turn.kind != "question"
        for start, end in sentences(turn.text)
    ]
    found = []
    for turn, _, sentence in _of_the_podium(against):
        said = words(sentence)
        if len(said) < SHORTEST:
            continue
        least = least_shared(len(said), near)
        if not any(LCSseq.similarity(said, other, score_cutoff=least) >= least for other in here):
            weight, touches = weigh(said)
            found.append(Dropped(sentence=sentence, turn=turn.id, weight=weight, touches=touches))
    return found


@cache
def _telling() -> list[tuple[str, float, re.Pattern[str]]]:
    told: dict[str, Any] = tomllib.loads(files("onrecord.lexicon").joinpath("telling.toml").read_text(encoding="utf-8"))
    return [
        (name, float(entry["weight"]), re.compile("|".join(rf"(?<![a-z]){word}(?![a-z])" for word in entry["words"])))
        for name, entry in told.items()
    ]


def weigh(changed: list[str]) -> tuple[float, tuple[str, ...]]:
    """How telling it is that these words changed, and what they touch: the table is ``lexicon/telling.toml``."""
    if not changed:
        return 0.0, ()
    text = " ".join(changed)
    joined = text if text.isascii() else text + " " + text.replace(" ", "")
    touched = [(name, weight) for name, weight, pattern in _telling() if pattern.search(joined)]
    if any(word[0].isdigit() for word in changed):
        touched.append(("numbers", 3.0))
    return 0.1 + sum(weight for _, weight in touched), tuple(name for name, _ in touched)
