"""A slice of the record as arrays: what the podium said in one language, word by word, ordered by day."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord.asking.phrase_trace import wordings_of
from onrecord.asking.repeated_sequences import Numbers, TokenArrays
from onrecord.desk.store import Desk
from onrecord.desk.wording_segments import Segment
from onrecord.languages.tokens import tokens
from onrecord.partial_dates import lies_within, within_in_sql


class TurnPlace(msgspec.Struct, frozen=True):
    """A place in a turn: ``[start, end)`` of the turn's text."""

    day: str | None
    turn: str
    start: int
    end: int


class CorpusSlice(NamedTuple):
    """What the podium said. ``vocabulary`` has the word of each number in ``said``.

    For each sentence, ``heads`` has the index of its first word, ``turns`` the row of its turn and ``places`` its
    ``[start, end)`` there; ``days`` has the day of each document, or "".
    """

    language: str
    said: TokenArrays
    vocabulary: list[str]
    heads: Numbers
    turns: Numbers
    places: Numbers
    days: list[str]

    def words(self, at: int, size: int) -> tuple[str, ...]:
        """``size`` words from index ``at`` on."""
        return tuple(self.vocabulary[number] for number in self.said.numbers[at : at + size].tolist())

    def place(self, desk: Desk, at: int, size: int) -> tuple[TurnPlace, str]:
        """The place of ``size`` words from index ``at`` on in the record, and how they are printed there."""
        sentence = int(self.said.sentences[at])
        row = desk.record.execute(
            'SELECT turn.id, document.day, substr(document.text, turn.start + 1, turn."end" - turn.start) '
            "FROM turn JOIN document ON document.id = turn.document WHERE turn.rowid = ?",
            (int(self.turns[sentence]),),
        ).fetchone()
        begin, close = (int(edge) for edge in self.places[sentence])
        placed = tokens(row[2][begin:close])
        word = at - int(self.heads[sentence])
        start, end = begin + placed[word].start, begin + placed[word + size - 1].end
        return TurnPlace(row[1], row[0], start, end), row[2][start:end]


def languages(desk: Desk) -> list[str]:
    """The languages of the desk's documents."""
    return [row[0] for row in desk.record.execute("SELECT DISTINCT language FROM document ORDER BY language")]


def podium_slice(
    desk: Desk,
    language: str,
    *,
    issuer: str | None,
    since: str | None,
    until: str | None,
    periods: list[tuple[str, str]],
) -> CorpusSlice | None:
    """The answers and statements in a language, by day, undated documents last; None where there are none.

    ``periods`` are pairs of days, both included; without any, all documents are in the one period 0.
    """
    given: list[tuple[str, tuple[str, ...]]] = [("document.issuer = ?", (issuer,))] if issuer is not None else []
    given += within_in_sql("document.day", since, until)
    asked = "".join(f" AND {condition}" for condition, _ in given)
    rows = desk.record.execute(
        "SELECT turn.rowid, document.rowid, document.day FROM turn JOIN document ON document.id = turn.document "
        f"WHERE turn.kind IN ('answer', 'statement') AND document.language = ?{asked} "
        "ORDER BY document.day IS NULL, document.day, document.rowid",
        (language, *(value for _, values in given for value in values)),
    ).fetchall()
    if not rows:
        return None
    order: dict[int, int] = {}
    days: list[str] = []
    document_of = np.full(max(row[0] for row in rows) + 1, -1, np.int64)
    for turn, document, day in rows:
        if document not in order:
            order[document] = len(order)
            days.append(day or "")
        document_of[turn] = order[document]
    vocabulary: dict[str, int] = {}
    # A turn that was read again counts in the newest segment alone.
    parts = [_of_segment(segment, document_of, vocabulary) for segment in reversed(wordings_of(desk).segments)]
    documents, lengths, numbers, turns, places = (np.concatenate(column) for column in zip(*parts, strict=True))
    if not len(numbers):
        return None
    by_day = np.argsort(documents, kind="stable")
    starts = np.concatenate(([0], np.cumsum(lengths)))[:-1]
    documents, lengths = documents[by_day], lengths[by_day]
    said = TokenArrays(
        numbers[_runs(starts[by_day], lengths)],
        np.repeat(np.arange(len(by_day), dtype=np.int32), lengths),
        np.repeat(documents.astype(np.int32), lengths),
        np.array([_period(day, periods) for day in days]),
    )
    heads = np.concatenate(([0], np.cumsum(lengths)))
    return CorpusSlice(language, said, list(vocabulary), heads, turns[by_day], places[by_day], days)


def _period(day: str, periods: list[tuple[str, str]]) -> int:
    if not periods:
        return 0
    return next((at for at, (since, until) in enumerate(periods) if lies_within(day or None, since, until)), -1)


def _of_segment(segment: Segment, document_of: Numbers, vocabulary: dict[str, int]) -> tuple[NDArray[Any], ...]:
    """The selected sentences of a segment: documents, lengths, the numbers of their words in the common vocabulary, turns
    and places. Their turns are removed from ``document_of``."""
    turns = segment.arrays["turns"].astype(np.int64)
    documents = np.where(turns < len(document_of), document_of[np.minimum(turns, len(document_of) - 1)], -1)
    here = np.flatnonzero(documents >= 0)
    starts = segment.arrays["starts"].astype(np.int64)
    lengths = np.diff(starts)[here]
    renumbered = np.array([vocabulary.setdefault(word, len(vocabulary)) for word in segment.vocabulary], np.int32)
    numbers = renumbered[segment.arrays["numbers"][_runs(starts[:-1][here], lengths)]]
    document_of[turns[here]] = -1
    return documents[here], lengths, numbers, turns[here], segment.arrays["places"][here].astype(np.int64)


def _runs(starts: Numbers, lengths: Numbers) -> Numbers:
    """All indices of the runs with these starts and lengths."""
    offsets = np.concatenate(([0], np.cumsum(lengths)))
    return np.repeat(starts - offsets[:-1], lengths) + np.arange(offsets[-1], dtype=np.int64)
