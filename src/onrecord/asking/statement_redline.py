"""Redline a statement against the record: what was said before, what was reworded, what is new, what was dropped."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

import msgspec
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cdist

from onrecord import languages
from onrecord.asking.alignment import SHORTEST, Edit, compare, least_shared, nearest_stretch, sentences_sharing
from onrecord.asking.conditions import covered_languages
from onrecord.asking.phrase_trace import wordings_of
from onrecord.asking.salience import salience_of
from onrecord.asking.scope import SearchScope
from onrecord.asking.search_coverage import Coverage, coverage
from onrecord.comparing.ladder import Move, alarming, moves
from onrecord.desk.snapshot import one_state
from onrecord.desk.store import Desk
from onrecord.desk.wording_segments import Segment, Sieve
from onrecord.languages.sentences import sentences
from onrecord.languages.tokens import tokens, words
from onrecord.partial_dates import first_day_of, last_day_of
from onrecord.record import Document, Turn

#: A whole sentence is reworded more freely than a phrase: from eight words on, three fifths of them in order are enough.
#: (Measured on the conferences of July 2020: at three quarters half of the rewordings are missed; below three fifths
#: sentences match that share only their connectives.) Shorter sentences need the share of a phrase.
NEAR, NEAR_SHORT, _LONG = 0.6, 0.75, 8
_EDGE = 2
#: How many sentences are compared first, those that contain most of the words: the best is often among them.
_AT_ONCE = 50
#: A new sentence weighs less than a changed one: the news is in the change.
_NEW = 0.2
#: The weight of a rung up or down; moving onto a ladder or off it counts as two rungs.
_RUNG, _ON_OR_OFF = 1.0, 2
#: The weight of an alarming rung in a new sentence, and that of each of its ranks.
_ALARM, _RANK = 5.0, 0.5
#: A wording older than this belongs to another course of events: no move on a ladder is claimed from it.
_SAME_COURSE = timedelta(days=366)
#: No day.
_NEVER = 2**32 - 1
_TURNS = "turn JOIN document ON document.id = turn.document"
_Stretch = tuple[int, int]
#: The stretches of earlier sentences that are said again, by turn and sentence.
_Stretches = dict[tuple[str, str], list[_Stretch]]
SentenceVerdict = Literal["said-before", "reworded", "new", "short"]


class EarlierUse(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier wording: its latest use, and how often it was used since ``first``."""

    sentence: str
    turn: str
    day: str | None
    speaker: str | None
    times: int
    first: str | None


class MarkedSentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of the podium with its verdict.

    ``[start, end)`` is its place in the document's text; ``edits`` turn the nearest earlier wording into it; ``weight``
    is how telling the change is, and ``touches`` why; ``moves`` are its moves on the ladders of diplomatic language.
    """

    turn: str
    start: int
    end: int
    sentence: str
    verdict: SentenceVerdict
    earlier: EarlierUse | None = None
    edits: tuple[Edit, ...] = ()
    weight: float = 0.0
    touches: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()


class DroppedSentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of the document compared with that has no near wording in this document, or the part of a sentence that is
    left out where the rest of it is said again."""

    sentence: str
    turn: str
    weight: float
    touches: tuple[str, ...]


class Redline(msgspec.Struct, frozen=True, kw_only=True):
    """A document compared with everything of earlier days on the desk, or with one document (``against``)."""

    document: str
    title: str
    day: str | None
    against: str | None
    sentences: tuple[MarkedSentence, ...]
    dropped: tuple[DroppedSentence, ...]
    telling: tuple[int, ...]
    held: Coverage

    def count(self, verdict: SentenceVerdict) -> int:
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


@one_state
def redline(desk: Desk, document: Document, *, against: Document | None = None, near: float = NEAR) -> Redline:
    """Compare each sentence of the podium with everything of earlier days on the desk in the same language.

    With ``against`` it is compared with that document alone, and sentences of that document without a near wording here
    are ``dropped``. ``telling`` lists the ten most telling changes first, by their place in ``sentences``.
    """
    earlier = _EarlierSentences(desk, document, against)
    marked: list[MarkedSentence] = []
    said_again: _Stretches = {}
    known: dict[str, MarkedSentence] = {}  # a sentence that the document repeats is looked up once
    for turn, start, sentence in _podium_sentences(document):
        end = start + len(sentence)
        if sentence in known:
            one = replace(known[sentence], turn=turn.id, start=start, end=end)
        else:
            found, stretch = _mark(turn.id, start, end, sentence, earlier, near)
            one = known[sentence] = _on_the_ladders(found, document, turn)
            if one.earlier and stretch:
                said_again.setdefault((one.earlier.turn, one.earlier.sentence), []).append(stretch)
        marked.append(one)
    first = {one.sentence: at for at, one in reversed(list(enumerate(marked)))}  # what is repeated is news once
    order = sorted((-marked[at].weight, at) for at in first.values() if marked[at].weight > 0)
    return Redline(
        document=document.id,
        title=document.title,
        day=document.date,
        against=against.id if against else None,
        sentences=tuple(marked),
        dropped=tuple(_dropped(document, against, near, said_again)) if against else (),
        telling=tuple(at for _, at in order[:10]),
        held=_held(desk, document.language),
    )


def _held(desk: Desk, language: str) -> Coverage:
    """The documents in a language; nothing where the desk has none."""
    if covered_languages(desk, language):
        return coverage(desk, SearchScope(language=(language,)))
    return Coverage(documents=0, turns=0, issuers={})


def _podium_sentences(document: Document) -> Iterator[tuple[Turn, int, str]]:
    """The sentences of the podium: the turn, where the sentence begins in the document's text, its words."""
    for turn in document:
        if turn.kind in ("answer", "statement"):
            for start, end in sentences(turn.text):
                yield turn, turn.start + start, turn.text[start:end]


def _mark(
    turn: str, start: int, end: int, sentence: str, earlier: _EarlierSentences, near: float
) -> tuple[MarkedSentence, _Stretch | None]:
    """One sentence with its verdict, and the characters ``[first, last)`` of the earlier sentence that say it."""
    said = words(sentence)
    marked = MarkedSentence(turn=turn, start=start, end=end, sentence=sentence, verdict="short")
    if len(said) < SHORTEST:
        return marked, None
    near = near if len(said) >= _LONG else max(near, NEAR_SHORT)
    best = _nearest_wording(said, near, earlier)
    if best is None:
        weight, touches = salience_of(said)
        return replace(marked, verdict="new", weight=weight * _NEW, touches=touches), None
    before_text, row = earlier.sentence(best.segment, best.sentence)
    before = EarlierUse(
        sentence=before_text,
        turn=row["turn"],
        day=row["day"],
        speaker=row["speaker"],
        times=best.times,
        first=best.since,
    )
    placed = tokens(before_text)
    # One or two words left over at either end belong to the wording; more are another clause.
    start_before = placed[best.first].start if best.first > _EDGE else 0
    end_before = placed[best.last].start if best.last + _EDGE < len(placed) else len(before_text)
    if best.exact:
        return replace(marked, verdict="said-before", earlier=before), (start_before, end_before)
    edits = compare(before_text[start_before:end_before], sentence)
    changed = [word for edit in edits if edit.how != "same" for word in words(edit.before) + words(edit.after)]
    weight, touches = salience_of(changed)
    reworded = replace(marked, verdict="reworded", earlier=before, edits=edits, weight=weight, touches=touches)
    return reworded, (start_before, end_before)


class _NearestWording(NamedTuple):
    """The nearest earlier wording: the stretch ``[first, last)`` of a sentence of a segment, whether it is exact, how often
    it was used, and since when."""

    segment: int
    sentence: int
    first: int
    last: int
    exact: bool
    times: int
    since: str


def _nearest_wording(said: list[str], near: float, earlier: _EarlierSentences) -> _NearestWording | None:
    """The latest use of exactly these words, or else the wording that shares most of them, the latest of the best."""
    least = least_shared(len(said), near)
    exact: list[tuple[str, int, int, int]] = []
    nearly: list[tuple[int, str, int, int, str]] = []
    best: tuple[int, str, int, int, int] | None = None
    stretch = 0, 0
    holding = [sieve.holding(said, least) for sieve in earlier.sieves]
    if not any(len(some) for some, _ in holding):
        return None
    phrases = [segment.characters(said) for segment in earlier.segments]
    for level, parts in _levels(holding, least):
        fresh: list[tuple[int, str, int, int, str]] = []
        for number, some in enumerate(parts):
            for at, sentence, shared in sentences_sharing(earlier.segments[number], some, phrases[number], least):
                place = sentence.find(phrases[number])
                if place >= 0:
                    exact.append((earlier.day(number, at), number, at, place))
                elif not exact:
                    fresh.append((shared, earlier.day(number, at), number, at, sentence))
        if exact:  # all of them contain every word, so no other level has one
            day, number, at, place = max(exact)
            return _NearestWording(number, at, place, place + len(said), True, len(exact), min(exact)[0])
        nearly += fresh
        for shared, day, number, at, sentence in sorted(fresh, reverse=True):
            if best is not None and (shared, day, shared, number, at) < best:
                continue
            found = nearest_stretch(phrases[number], sentence, max(least, best[0] if best else 0))
            if found is not None and (best is None or (found[2], day, shared, number, at) > best):
                best, stretch = (found[2], day, shared, number, at), found[:2]
        if best is not None and best[0] >= level:
            break  # none of the rest can share as much
    if best is None:
        return None
    most, _, _, number, at = best
    worded = earlier.segments[number].sentence(at)[stretch[0] : stretch[1]]
    uses = [day for shared, day, of, _, sentence in nearly if shared >= most and of == number and worded in sentence]
    return _NearestWording(number, at, *stretch, False, len(uses), min(uses))


def _levels(
    holding: list[tuple[NDArray[np.intp], NDArray[Any]]], least: int
) -> Iterator[tuple[int, list[NDArray[np.intp]]]]:
    """The sentences of each segment in groups by the most words they can share, best first: small groups, then larger ones.
    Each group comes with the least number of words that its sentences can share."""
    most = np.concatenate([bounds for _, bounds in holding])
    above = int(most.max()) + 1
    while above > least:
        level, wanted = above - 1, np.count_nonzero(most >= above) * 2 + _AT_ONCE
        while level > least and np.count_nonzero(most >= level) < wanted:
            level -= 1
        yield level, [some[(bounds >= level) & (bounds < above)] for some, bounds in holding]
        above = level


def _on_the_ladders(marked: MarkedSentence, document: Document, turn: Turn) -> MarkedSentence:
    """A reworded sentence with its moves on the ladders; a new one weighs more where it stands on an alarming rung.

    No move down or off a ladder is claimed where another sentence of the turn stands as high as the wording before.
    """
    if marked.verdict == "new":
        weight = sum(_ALARM + one.rank * _RANK for one in alarming(marked.sentence, document.language))
        return replace(marked, weight=marked.weight + weight) if weight else marked
    if marked.verdict != "reworded" or not _on_one_matter(marked, document):
        return marked
    before = "".join(edit.before for edit in marked.edits)
    moved = moves(before, marked.sentence, document.language)
    if any(move.before and (move.up or -1) < 0 for move in moved):
        whole = {move.ladder: move for move in moves(before, turn.text, document.language)}
        moved = tuple(
            move for move in moved
            if not move.before or (move.up or -1) > 0 or (move.ladder in whole and (whole[move.ladder].up or -1) < 0)
        )  # fmt: skip
    weight = sum(_ON_OR_OFF if move.up is None else abs(move.up) for move in moved) * _RUNG
    return replace(marked, moves=moved, weight=marked.weight + weight) if moved else marked


def _on_one_matter(marked: MarkedSentence, document: Document) -> bool:
    """Whether a sentence and its earlier wording are of one matter: they name the same polities, and not a year lies between."""
    if marked.earlier and marked.earlier.day and document.date:
        last, now = (
            date.fromisoformat(day(told))
            for day, told in ((last_day_of, marked.earlier.day), (first_day_of, document.date))
        )
        if now - last > _SAME_COURSE:
            return False
    names = languages.find(document.language).names

    def named(text: str) -> set[str]:
        hits = names.find(text)
        return {name.id for hit in hits for name in hit.names if name.codes and name.form != "shield"}

    return named("".join(edit.before for edit in marked.edits)) == named(marked.sentence)


class _Days(NamedTuple):
    """When the sentences of a language that are not questions were said: the days in order, and the number of the day for
    each turn (by its row) and for each sentence of each segment; ``_NEVER`` for none."""

    days: list[str]
    of_turns: NDArray[np.uint32]
    segments: list[Segment]
    of_sentences: list[NDArray[np.uint32]]


class _EarlierSentences:
    """The sentences that count as earlier: those of days before the document's in its language, or those of one document."""

    def __init__(self, desk: Desk, document: Document, against: Document | None) -> None:
        self.desk = desk
        self._days = desk.remembered(f"days {document.language}", lambda: _days(desk, document.language))
        if against is not None:
            counts = [self._of(segment, self._rows(against.id)) for segment in self._days.segments]
        else:
            before = bisect_left(self._days.days, first_day_of(document.date) if document.date else "9999")
            counts = [of_sentences < before for of_sentences in self._days.of_sentences]
            own = self._rows(document.id)
            if np.any(self._days.of_turns[own] < before):  # the desk has it with another, earlier day
                for some, segment in zip(counts, self._days.segments, strict=True):
                    some[self._of(segment, own)] = False
        self.segments = self._days.segments
        self.sieves = [Sieve(segment, some) for segment, some in zip(self._days.segments, counts, strict=True)]

    def _rows(self, document: str) -> NDArray[np.int64]:
        found = self.desk.record.execute(
            "SELECT rowid FROM turn WHERE document = ? AND kind != 'question'", (document,)
        )
        rows = np.array([row[0] for row in found], np.int64)
        return rows[rows < len(self._days.of_turns)]  # without those added since the days were collected

    def _of(self, segment: Segment, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Mask of the sentences of a segment that are in these turns."""
        wanted = np.zeros(len(self._days.of_turns) + 1, bool)  # one more, for turns that were removed since
        wanted[rows] = True
        return wanted.take(segment.arrays["turns"], mode="clip")

    def day(self, number: int, at: int) -> str:
        """The day of a sentence of a segment, empty for none."""
        day = self._days.of_sentences[number][at]
        return self._days.days[day] if day != _NEVER else ""

    def sentence(self, number: int, at: int) -> tuple[str, Any]:
        """A sentence of a segment as printed, and the row of its turn with day and speaker."""
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
    # a statement of a year is earlier than what was said after the year
    dated = [(row, last_day_of(day)) for row, day in desk.record.execute(query, (language,)).fetchall() if day]
    last = desk.record.execute("SELECT coalesce(max(rowid), 0) FROM turn").fetchone()[0]
    days = sorted({day for _, day in dated})
    places = {day: place for place, day in enumerate(days)}
    of_turns = np.full(last + 2, _NEVER, np.uint32)  # one more, for turns that were removed since
    of_turns[[row for row, _ in dated]] = [places[day] for _, day in dated]
    segments = wordings_of(desk).segments
    of_sentences = [of_turns.take(segment.arrays["turns"], mode="clip") for segment in segments]
    return _Days(days, of_turns[:-1], segments, of_sentences)


def _dropped(document: Document, against: Document, near: float, said_again: _Stretches) -> list[DroppedSentence]:
    """What the document compared with says and this one does not: sentences, and what is left of those said again in part."""
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
    for turn, _, sentence in _podium_sentences(against):
        for part in _left_over(sentence, said_again.get((turn.id, sentence), [])):
            said = words(part)
            if len(said) < SHORTEST:
                continue
            least = least_shared(len(said), near)
            shared = cdist([characters(said)], here, scorer=LCSseq.similarity, score_cutoff=least, dtype=np.int32)
            if not np.any(shared >= least):
                weight, touches = salience_of(said)
                found.append(DroppedSentence(sentence=part, turn=turn.id, weight=weight, touches=touches))
    return found


def _left_over(sentence: str, stretches: list[_Stretch]) -> Iterator[str]:
    """The parts of a sentence outside of some stretches, without white space and punctuation at their ends."""
    at = 0
    for start, end in [*sorted(stretches), (len(sentence), len(sentence))]:
        if start > at:
            part = sentence[at:start]
            yield part if not stretches else part.strip(" \n,;:，；：、")
        at = max(at, end)
