"""Trace a phrase: every use of it, exact and near, first and last day, and the wordings it had."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from onrecord.asking.alignment import NEAR, align
from onrecord.asking.conditions import desk_values
from onrecord.asking.scope import SearchScope, first_day, last_day
from onrecord.asking.search_coverage import coverage
from onrecord.asking.trace_results import DocumentRun, PhraseUse, Trace, summarise
from onrecord.desk.snapshot import one_state
from onrecord.desk.store import Desk
from onrecord.desk.wording_index import WordingIndex, open_wordings
from onrecord.errors import QueryError
from onrecord.languages.folding import folded
from onrecord.languages.tokens import words
from onrecord.partial_dates import lies_within

#: Kinds of turns to trace: what the podium says, or everything; any single kind of turn is possible too.
PODIUM, ALL = "podium", "all"


@one_state
def trace(
    desk: Desk,
    phrase: str,
    *,
    near: float = NEAR,
    issuer: str | None = None,
    kind: str = PODIUM,
    since: str | None = None,
    until: str | None = None,
    most_wordings: int | None = None,
    both_scripts: bool = False,
) -> Trace:
    """Every use of a phrase or a sentence on the desk, by day.

    ``near`` is the share of its words that a near wording contains in order (see :mod:`onrecord.asking.alignment`); 1.0
    finds exact uses alone. Exact uses may run across punctuation. ``kind`` is a kind of turn, ``podium`` for answers and
    statements, or ``all``: what reporters say is no use by the government. ``most_wordings`` limits
    the wordings, the exact one and the commonest first. ``both_scripts`` finds simplified and traditional characters
    alike.

    Raises QueryError for a phrase without a word, an issuer that the desk does not have, or a day that cannot be
    understood.
    """
    if not words(phrase):
        raise QueryError(f"{phrase!r} contains no word", hint="Give the words as they were said")
    if not 0.5 <= near <= 1.0:
        raise QueryError(f"near is a share from 0.5 to 1.0, not {near}", hint="0.75 is usual")
    issuers = desk_values(desk, "issuer", "document", (issuer,) if issuer else ())
    wanted = _Wanted(issuers[0] if issuers else None, _kinds(kind), first_day(since), last_day(until))
    index = desk.remembered("documents in series", lambda: _document_index(desk))
    variants = _variants(phrase, both_scripts)
    found: dict[tuple[str, int, int], PhraseUse] = {}
    for variant in variants:
        said = words(variant)
        for use in _uses(desk, index, said, _aligned(desk, said, near), wanted):
            place = (use.turn, use.start, use.end)
            if place not in found or (use.exact and not found[place].exact):
                found[place] = use
    uses = sorted(found.values(), key=lambda use: (use.day or "9999", use.document, use.start))
    held = coverage(desk, SearchScope(issuer=issuers, since=since, until=until), words=phrase)
    return summarise(variants, near, uses, held, _runs(index, uses), most_wordings)


def _kinds(kind: str) -> tuple[str, ...] | None:
    if kind == ALL:
        return None
    return ("answer", "statement") if kind == PODIUM else (kind,)


def _variants(phrase: str, both_scripts: bool) -> tuple[str, ...]:
    """The phrase as given, and with ``both_scripts`` in the other script too."""
    if not both_scripts:
        return (phrase,)
    from onrecord.languages.scripts import in_both_scripts

    return in_both_scripts(phrase)


def _aligned(desk: Desk, said: list[str], near: float) -> list[_AlignedTurn]:
    """The sentences that say these words exactly or nearly, with the places of the words."""
    found: list[_AlignedTurn] = []
    for segment in wordings_of(desk).segments:
        aligned = list(align(segment, said, near))
        some = [one.sentence for one in aligned]
        turns, places = segment.arrays["turns"][some].tolist(), segment.arrays["places"][some].tolist()
        found += [
            _AlignedTurn(turn, start, end, one.first, one.last, one.shared, one.exact)
            for one, turn, (start, end) in zip(aligned, turns, places, strict=True)
        ]
    return found


def wordings_of(desk: Desk) -> WordingIndex:
    """The wording index of a desk, opened again if the record or its files change."""
    return desk.remembered("wordings", lambda: open_wordings(desk.folder, desk.record), WordingIndex.unchanged)


class _Wanted(NamedTuple):
    """The filters of a trace, the days as whole days."""

    issuer: str | None
    kinds: tuple[str, ...] | None
    since: str | None
    until: str | None


class _AlignedTurn(NamedTuple):
    """Words ``[first, last)`` of the sentence at ``[start, end)`` of a turn, given by its row."""

    turn: int
    start: int
    end: int
    first: int
    last: int
    shared: int
    exact: bool


class _DocumentPosition(NamedTuple):
    """A document's series and its place in it; undated documents come after the places of the series."""

    issuer: str
    day: str | None
    language: str
    series: int
    place: int


class _DocumentIndex(NamedTuple):
    """The documents by id, and the days of each series: the dated documents of one issuer, kind and language, in order."""

    documents: dict[str, _DocumentPosition]
    days: list[list[str]]


def _document_index(desk: Desk) -> _DocumentIndex:
    documents: dict[str, _DocumentPosition] = {}
    days: list[list[str]] = []
    query = "SELECT issuer, kind, language, day, id FROM document ORDER BY issuer, kind, language, day, id"
    last = None
    for issuer, kind, language, day, id in desk.record.execute(query):
        if (issuer, kind, language) != last:
            last = issuer, kind, language
            days.append([])
        documents[id] = _DocumentPosition(issuer, day, language, len(days) - 1, len(days[-1]))
        if day is not None:
            days[-1].append(day)
    return _DocumentIndex(documents, days)


def _uses(
    desk: Desk, index: _DocumentIndex, said: list[str], found: list[_AlignedTurn], wanted: _Wanted
) -> Iterator[PhraseUse]:
    exactly = _exactly(said)
    turns: dict[int, Any] = {}
    for some, marks in _batches(sorted({one.turn for one in found})):
        query = f'SELECT rowid, id, document, kind, speaker, outlet, start, "end" FROM turn WHERE rowid IN ({marks})'
        turns |= {row["rowid"]: row for row in desk.record.execute(query, some)}
    by_document: dict[str, list[_AlignedTurn]] = {}
    for one in found:
        turn = turns.get(one.turn)  # a turn that was read again is in a newer segment
        if turn is not None and _is_wanted(turn["kind"], index.documents.get(turn["document"]), wanted):
            by_document.setdefault(turn["document"], []).append(one)
    # Each text is read once and whole: SQLite reads all of a text even for a part of it.
    for documents, marks in _batches(list(by_document)):
        for id, text in desk.record.execute(f"SELECT id, text FROM document WHERE id IN ({marks})", documents):
            position = index.documents[id]
            for one in by_document[id]:
                use = _use(one, turns[one.turn], position, text, exactly)
                if use is not None:
                    yield use


def _batches(those: list[Any]) -> Iterator[tuple[list[Any], str]]:
    """A few at a time, with a question mark for each: SQLite takes only some thousands."""
    for begin in range(0, len(those), 500):
        few = those[begin : begin + 500]
        yield few, ", ".join("?" * len(few))


def _use(
    one: _AlignedTurn, turn: Any, position: _DocumentPosition, text: str, exactly: re.Pattern[str] | None
) -> PhraseUse | None:
    _, id, document, kind, speaker, outlet, begin, end = turn
    sentence = text[begin + one.start : min(begin + one.end, end)]
    plain = folded(sentence)
    place = _exact(plain, exactly) if one.exact and exactly else None
    if place is None:
        place = _place(plain, words(sentence), one.first, one.last)
    if place is None:
        return None
    return PhraseUse(
        turn=id,
        document=document,
        day=position.day,
        issuer=position.issuer,
        language=position.language,
        kind=kind,
        speaker=speaker,
        outlet=outlet,
        wording=sentence[place[0] : place[1]],
        sentence=sentence,
        start=one.start + place[0],
        end=one.start + place[1],
        exact=one.exact,
        shared=one.shared,
    )


def _exactly(said: list[str]) -> re.Pattern[str] | None:
    """A pattern for words in a row in a folded sentence, without tokenising it; None where it would be unsafe: for numbers,
    which contain points and commas, and where Chinese is mixed with another script."""
    text = "".join(said)
    if any(letter.isdecimal() for letter in text):
        return None
    if all("\u4e00" <= word <= "\u9fff" and len(word) == 1 for word in said):
        return re.compile(r"[\W_]*".join(said))
    return re.compile(r"[\W_]+".join(map(re.escape, said))) if max(text) < "\u3400" else None


def _exact(plain: str, exactly: re.Pattern[str]) -> tuple[int, int] | None:
    """The place of the first match, None where it may be a part of longer words."""
    match = exactly.search(plain)
    if match is None:
        return None
    start, end = match.span()
    if plain[start] < "\u3400" and (plain[start - 1 : start].isalnum() or plain[end : end + 1].isalnum()):
        return None
    return start, end


def _place(plain: str, said: list[str], first: int, last: int) -> tuple[int, int] | None:
    """The place of words ``[first, last)`` in a sentence. Each is searched for after the one before, which takes half the
    time of tokenising all of them."""
    if last > len(said):
        return None
    start = end = 0
    for word in said[: first + 1]:
        start = plain.index(word, end)
        end = start + len(word)
    for word in said[first + 1 : last]:
        end = plain.index(word, end) + len(word)
    return start, end


def _runs(index: _DocumentIndex, uses: list[PhraseUse]) -> tuple[DocumentRun, ...]:
    """The runs of exact uses, by day."""
    using = {use.document for use in uses if use.exact and use.day is not None}
    places = sorted(
        (position.series, position.place, position.issuer) for position in map(index.documents.__getitem__, using)
    )
    found: list[DocumentRun] = []
    # In a run of consecutive documents, place minus number stays the same.
    for _, row in groupby(enumerate(places), key=lambda one: (one[1][0], one[1][1] - one[0])):
        run = [place for _, place in row]
        series, first, issuer = run[0]
        days = index.days[series]
        found.append(DocumentRun(issuer=issuer, first=days[first], last=days[run[-1][1]], documents=len(run)))
    return tuple(sorted(found, key=lambda run: (run.first, run.issuer)))


def _is_wanted(kind: str, position: _DocumentPosition | None, wanted: _Wanted) -> bool:
    return (
        position is not None  # it was added after the index was made
        and (wanted.issuer is None or position.issuer == wanted.issuer)
        and (wanted.kinds is None or kind in wanted.kinds)
        and lies_within(position.day, wanted.since, wanted.until)
    )
