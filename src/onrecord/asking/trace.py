"""Trace a phrase: every use of it, exact and near, when first, when last, and in which wordings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

import msgspec

from onrecord.asking.aligning import NEAR, SHORTEST, Edit, align, compare
from onrecord.asking.find import Held, held
from onrecord.desk.store import Desk
from onrecord.desk.wording_index import WordingIndex, open_wordings
from onrecord.errors import QueryError
from onrecord.languages.folding import folded
from onrecord.languages.tokens import words
from onrecord.lexicon.ladder import Move, Stands, highest, moves, rungs


class Use(msgspec.Struct, frozen=True, kw_only=True):
    """One use. ``wording`` is what was said, as printed, at ``[start, end)`` of the turn's text; ``sentence`` the whole
    sentence. ``shared`` is how many words of the phrase stand there in order."""

    turn: str
    document: str
    day: str | None
    issuer: str
    language: str
    kind: str
    speaker: str | None
    outlet: str | None
    wording: str
    sentence: str
    start: int
    end: int
    exact: bool
    shared: int


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """A way in which the phrase was worded: how often, first and last day, and what differs from the phrase.

    ``rungs`` are the highest it stands on of each ladder of diplomatic language, with their places in ``words``;
    ``moves`` how far that is from where the phrase stands."""

    words: str
    exact: bool
    count: int
    first: str | None
    last: str | None
    edits: tuple[Edit, ...]
    rungs: tuple[Stands, ...] = ()
    moves: tuple[Move, ...] = ()


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """Documents in a row, of one issuer, kind and language as the desk holds them, that all use the phrase exactly."""

    issuer: str
    first: str
    last: str
    documents: int


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """What a desk holds of a phrase. ``first`` and ``last`` are of the exact uses, and always against ``held``.

    ``by_year`` has ``(exact, near)`` for every year from the first use to the last, the gaps among them.
    """

    phrase: str
    near: float | None
    exact: int
    nearly: int
    first: str | None
    last: str | None
    by_year: dict[str, tuple[int, int]]
    runs: tuple[Run, ...]
    speakers: dict[str, int]
    wordings: tuple[Wording, ...]
    wordings_count: int
    uses: tuple[Use, ...]
    held: Held

    def frame(self) -> Any:
        """The uses as a polars data frame. Needs polars: ``pip install 'onrecord[tables]'``."""
        import polars

        return polars.DataFrame([msgspec.structs.asdict(use) for use in self.uses])


def trace(
    desk: Desk,
    phrase: str,
    *,
    near: float = NEAR,
    issuer: str | None = None,
    kind: str | None = None,
    since: str | None = None,
    until: str | None = None,
    most_wordings: int | None = None,
) -> Trace:
    """Every use of a phrase or a sentence on the desk, by day.

    ``most_wordings`` is how many wordings are told, the exact one and the commonest first; all of them without it.

    ``near`` is the share of its words that a near wording holds in order (see :mod:`onrecord.asking.aligning`); 1.0
    finds exact uses alone. Exact uses may run across punctuation. Raises QueryError for a phrase without a word.
    """
    said = words(phrase)
    if not said:
        raise QueryError(f"{phrase!r} holds no word", hint="Give the words as they were said")
    if not 0.5 <= near <= 1.0:
        raise QueryError(f"near is a share from 0.5 to 1.0, not {near}", hint="0.75 is usual")
    found: list[_Found] = []
    for segment in wordings_of(desk).segments:
        aligned = list(align(segment, said, near))
        some = [one.sentence for one in aligned]
        turns, places = segment.arrays["turns"][some].tolist(), segment.arrays["places"][some].tolist()
        found += [
            _Found(turn, start, end, one.first, one.last, one.shared, one.exact)
            for one, turn, (start, end) in zip(aligned, turns, places, strict=True)
        ]
    wanted = {"issuer": issuer, "kind": kind, "since": since, "until": until}
    shelf = desk.remembered("shelf", lambda: _shelf(desk))
    uses = sorted(_uses(desk, shelf, said, found, wanted), key=lambda use: (use.day or "9999", use.document, use.start))
    return _told(phrase, said, near, uses, held(desk), _runs(shelf, uses), most_wordings)


def wordings_of(desk: Desk) -> WordingIndex:
    """The wording index of a desk, opened once for as long as the record does not change."""
    return desk.remembered("wordings", lambda: open_wordings(desk.folder, desk.record))


class _Found(NamedTuple):
    """Words ``[first, last)`` of a sentence that stands at ``[start, end)`` in a turn, known by its row."""

    turn: int
    start: int
    end: int
    first: int
    last: int
    shared: int
    exact: bool


class _Shelved(NamedTuple):
    """Where a document stands: in which series, and at which place of it; an undated one at none."""

    issuer: str
    day: str | None
    language: str
    series: int
    place: int


class _Shelf(NamedTuple):
    """The documents by id, and the days of each series: of one issuer, kind and language, by day."""

    documents: dict[str, _Shelved]
    days: list[list[str]]


def _shelf(desk: Desk) -> _Shelf:
    documents: dict[str, _Shelved] = {}
    days: list[list[str]] = []
    query = "SELECT issuer, kind, language, day, id FROM document ORDER BY issuer, kind, language, day, id"
    last = None
    for issuer, kind, language, day, id in desk.record.execute(query):
        if (issuer, kind, language) != last:
            last = issuer, kind, language
            days.append([])
        documents[id] = _Shelved(issuer, day, language, len(days) - 1, len(days[-1]))
        if day is not None:
            days[-1].append(day)
    return _Shelf(documents, days)


def _uses(
    desk: Desk, shelf: _Shelf, said: list[str], found: list[_Found], wanted: dict[str, str | None]
) -> Iterator[Use]:
    exactly = _exactly(said)
    turns: dict[int, Any] = {}
    for some, marks in _some(sorted({one.turn for one in found})):
        query = f'SELECT rowid, id, document, kind, speaker, outlet, start, "end" FROM turn WHERE rowid IN ({marks})'
        turns |= {row["rowid"]: row for row in desk.record.execute(query, some)}
    by_document: dict[str, list[_Found]] = {}
    for one in found:
        turn = turns.get(one.turn)  # a turn that was read again since stands in a newer segment
        if turn is not None and _is_wanted(turn["kind"], shelf.documents.get(turn["document"]), wanted):
            by_document.setdefault(turn["document"], []).append(one)
    # Each text is read once and whole: SQLite reads all of a text for a part of it too.
    for documents, marks in _some(list(by_document)):
        for id, text in desk.record.execute(f"SELECT id, text FROM document WHERE id IN ({marks})", documents):
            shelved = shelf.documents[id]
            for one in by_document[id]:
                use = _use(one, turns[one.turn], shelved, text, exactly)
                if use is not None:
                    yield use


def _some(those: list[Any]) -> Iterator[tuple[list[Any], str]]:
    """A few at a time, with a question mark for each: SQLite takes no more than some thousands."""
    for begin in range(0, len(those), 500):
        few = those[begin : begin + 500]
        yield few, ", ".join("?" * len(few))


def _use(one: _Found, turn: Any, shelved: _Shelved, text: str, exactly: re.Pattern[str] | None) -> Use | None:
    _, id, document, kind, speaker, outlet, begin, end = turn
    sentence = text[begin + one.start : min(begin + one.end, end)]
    plain = folded(sentence)
    place = _exact(plain, exactly) if one.exact and exactly else None
    if place is None:
        place = _place(plain, words(sentence), one.first, one.last)
    if place is None:
        return None
    return Use(
        turn=id,
        document=document,
        day=shelved.day,
        issuer=shelved.issuer,
        language=shelved.language,
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
    """What finds words in a row, as folded, without taking the sentence to words; None where that is not sure: for numbers,
    which hold points and commas, and where Chinese is mixed with other writing."""
    text = "".join(said)
    if any(letter.isdecimal() for letter in text):
        return None
    if all("\u4e00" <= word <= "\u9fff" and len(word) == 1 for word in said):
        return re.compile(r"[\W_]*".join(said))
    return re.compile(r"[\W_]+".join(map(re.escape, said))) if max(text) < "\u3400" else None


def _exact(plain: str, exactly: re.Pattern[str]) -> tuple[int, int] | None:
    """The place of the first such words, None where they may be a part of longer ones."""
    match = exactly.search(plain)
    if match is None:
        return None
    start, end = match.span()
    if plain[start] < "\u3400" and (plain[start - 1 : start].isalnum() or plain[end : end + 1].isalnum()):
        return None
    return start, end


def _place(plain: str, said: list[str], first: int, last: int) -> tuple[int, int] | None:
    """The place of words ``[first, last)`` in a sentence. Each is looked for behind the one before: quicker by half than
    to place all of them."""
    if last > len(said):
        return None
    start = end = 0
    for word in said[: first + 1]:
        start = plain.index(word, end)
        end = start + len(word)
    for word in said[first + 1 : last]:
        end = plain.index(word, end) + len(word)
    return start, end


def _runs(shelf: _Shelf, uses: list[Use]) -> tuple[Run, ...]:
    """The runs of exact uses, by day."""
    using = {use.document for use in uses if use.exact and use.day is not None}
    places = sorted(
        (shelved.series, shelved.place, shelved.issuer) for shelved in map(shelf.documents.__getitem__, using)
    )
    found: list[Run] = []
    # Of documents in a row the place grows as their number does.
    for _, row in groupby(enumerate(places), key=lambda one: (one[1][0], one[1][1] - one[0])):
        run = [place for _, place in row]
        series, first, issuer = run[0]
        days = shelf.days[series]
        found.append(Run(issuer=issuer, first=days[first], last=days[run[-1][1]], documents=len(run)))
    return tuple(sorted(found, key=lambda run: (run.first, run.issuer)))


def _with_gaps(by_year: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """The years in order, those without a use between the first and the last among them."""
    years = [int(year) for year in by_year if year != "undated"]
    told = {
        str(year): by_year.get(str(year), (0, 0)) for year in range(min(years, default=0), max(years, default=-1) + 1)
    }
    return told | ({"undated": by_year["undated"]} if "undated" in by_year else {})


def _is_wanted(kind: str, shelved: _Shelved | None, wanted: dict[str, str | None]) -> bool:
    return (
        shelved is not None  # it came since the shelf was looked over
        and (wanted["issuer"] is None or shelved.issuer == wanted["issuer"])
        and (wanted["kind"] is None or kind == wanted["kind"])
        and (wanted["since"] is None or (shelved.day or "") >= wanted["since"])
        and (wanted["until"] is None or (shelved.day or "9999") <= wanted["until"])
    )


def _wording(phrase: str, group: list[Use]) -> Wording:
    usual = Counter(use.wording for use in group).most_common(1)[0][0]
    days = [use.day for use in group if use.day]
    return Wording(
        words=usual,
        exact=group[0].exact,
        count=len(group),
        first=min(days, default=None),
        last=max(days, default=None),
        edits=compare(phrase, usual),
        rungs=tuple(highest(rungs(usual, group[0].language)).values()),
        moves=moves(phrase, usual, group[0].language),
    )


def _told(
    phrase: str, said: list[str], near: float, uses: list[Use], frame: Held, runs: tuple[Run, ...], most: int | None
) -> Trace:
    days = [use.day for use in uses if use.exact and use.day]
    by_year: dict[str, tuple[int, int]] = {}
    for use in uses:
        year = use.day[:4] if use.day else "undated"
        exact, nearly = by_year.get(year, (0, 0))
        by_year[year] = (exact + use.exact, nearly + (not use.exact))
    printed: dict[str, list[Use]] = {}
    for use in uses:
        printed.setdefault(use.wording, []).append(use)
    groups: dict[tuple[str, ...], list[Use]] = {}
    for wording, same in printed.items():
        groups.setdefault(tuple(words(wording)), []).extend(same)
    ranked = sorted(
        groups.values(),
        key=lambda group: (not group[0].exact, -len(group), min((use.day for use in group if use.day), default="")),
    )
    wordings = [_wording(phrase, group) for group in ranked[:most]]
    exact = sum(use.exact for use in uses)
    return Trace(
        phrase=phrase,
        near=near if len(said) >= SHORTEST and near < 1.0 else None,
        exact=exact,
        nearly=len(uses) - exact,
        first=min(days, default=None),
        last=max(days, default=None),
        by_year=_with_gaps(by_year),
        runs=runs,
        speakers=dict(Counter(use.speaker or use.outlet or "unnamed" for use in uses if use.exact).most_common()),
        wordings=tuple(wordings),
        wordings_count=len(ranked),
        uses=tuple(uses),
        held=frame,
    )
