"""Trace a phrase: every use of it, exact and near, when first, when last, and in which wordings."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec

from onrecord.asking.aligning import NEAR, SHORTEST, Edit, align, compare
from onrecord.asking.find import Held, held
from onrecord.desk.store import Desk
from onrecord.desk.wordings import WordingIndex, open_wordings
from onrecord.errors import QueryError
from onrecord.language.tokens import tokens, words
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
) -> Trace:
    """Every use of a phrase or a sentence on the desk, by day.

    ``near`` is the share of its words that a near wording holds in order (see :mod:`onrecord.asking.aligning`); 1.0
    finds exact uses alone. Exact uses may run across punctuation. Raises QueryError for a phrase without a word.
    """
    said = words(phrase)
    if not said:
        raise QueryError(f"{phrase!r} holds no word", hint="Give the words as they were said")
    if not 0.5 <= near <= 1.0:
        raise QueryError(f"near is a share from 0.5 to 1.0, not {near}", hint="0.75 is usual")
    found: list[tuple[int, int, int, int, int, int, bool]] = []
    for segment in wordings_of(desk).segments:
        turns, places = segment.arrays["turns"], segment.arrays["places"]
        for one in align(segment, said, near):
            start, end = (int(edge) for edge in places[one.sentence])
            found.append((int(turns[one.sentence]), start, end, one.first, one.last, one.shared, one.exact))
    wanted = {"issuer": issuer, "kind": kind, "since": since, "until": until}
    uses = sorted(_uses(desk, found, wanted), key=lambda use: (use.day or "9999", use.document, use.start))
    return _told(phrase, said, near, uses, held(desk), _runs(desk, uses))


def wordings_of(desk: Desk) -> WordingIndex:
    """The wording index of a desk, opened once for as long as the record does not change."""
    return desk.remembered("wordings", lambda: open_wordings(desk.folder, desk.record))


def _uses(
    desk: Desk, found: list[tuple[int, int, int, int, int, int, bool]], wanted: dict[str, str | None]
) -> list[Use]:
    uses: list[Use] = []
    rows = sorted({one[0] for one in found})
    turns: dict[int, Any] = {}
    for begin in range(0, len(rows), 500):
        some = rows[begin : begin + 500]
        marks = ", ".join("?" * len(some))
        for row in desk.record.execute(
            "SELECT turn.rowid, turn.id AS turn, turn.document, document.day, document.issuer, document.language, turn.kind, "
            'turn.speaker, turn.outlet, substr(document.text, turn.start + 1, turn."end" - turn.start) AS text '
            f"FROM turn JOIN document ON document.id = turn.document WHERE turn.rowid IN ({marks})",
            some,
        ):
            turns[row["rowid"]] = row
    for number, start, end, first, last, shared, exact in found:
        row = turns.get(number)
        if row is None or not _is_wanted(row, wanted):
            continue  # a turn that was read again since stands in a newer segment
        sentence = row["text"][start:end]
        placed = tokens(sentence)
        if last > len(placed):
            continue
        begins, ends = placed[first].start, placed[last - 1].end
        told = {key: row[key] for key in ("turn", "document", "day", "issuer", "language", "kind", "speaker", "outlet")}
        uses.append(
            Use(
                **told,
                wording=sentence[begins:ends],
                sentence=sentence,
                start=start + begins,
                end=start + ends,
                exact=exact,
                shared=shared,
            )
        )
    return uses


def _runs(desk: Desk, uses: list[Use]) -> tuple[Run, ...]:
    """The runs of exact uses, by day."""
    using = {use.document for use in uses if use.exact}
    series = {
        tuple(row)
        for row in desk.record.execute("SELECT id, issuer, kind, language FROM document").fetchall()
        if row["id"] in using
    }
    found: list[Run] = []
    for issuer, kind, language in sorted({(issuer, kind, language) for _, issuer, kind, language in series}):
        query = "SELECT id, day FROM document WHERE issuer = ? AND kind = ? AND language = ? AND day IS NOT NULL ORDER BY day, id"
        run: list[str] = []
        for id, day in [*desk.record.execute(query, (issuer, kind, language)), ("", "")]:
            if id in using:
                run.append(day)
            elif run:
                found.append(Run(issuer=issuer, first=run[0], last=run[-1], documents=len(run)))
                run = []
    return tuple(sorted(found, key=lambda run: (run.first, run.issuer)))


def _with_gaps(by_year: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """The years in order, those without a use between the first and the last among them."""
    years = [int(year) for year in by_year if year != "undated"]
    told = {
        str(year): by_year.get(str(year), (0, 0)) for year in range(min(years, default=0), max(years, default=-1) + 1)
    }
    return told | ({"undated": by_year["undated"]} if "undated" in by_year else {})


def _is_wanted(row: Any, wanted: dict[str, str | None]) -> bool:
    return (
        (wanted["issuer"] is None or row["issuer"] == wanted["issuer"])
        and (wanted["kind"] is None or row["kind"] == wanted["kind"])
        and (wanted["since"] is None or (row["day"] or "") >= wanted["since"])
        and (wanted["until"] is None or (row["day"] or "9999") <= wanted["until"])
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


def _told(phrase: str, said: list[str], near: float, uses: list[Use], frame: Held, runs: tuple[Run, ...]) -> Trace:
    days = [use.day for use in uses if use.exact and use.day]
    by_year: dict[str, tuple[int, int]] = {}
    for use in uses:
        year = use.day[:4] if use.day else "undated"
        exact, nearly = by_year.get(year, (0, 0))
        by_year[year] = (exact + use.exact, nearly + (not use.exact))
    groups: dict[tuple[str, ...], list[Use]] = {}
    for use in uses:
        groups.setdefault(tuple(words(use.wording)), []).append(use)
    wordings = [_wording(phrase, group) for group in groups.values()]
    wordings.sort(key=lambda wording: (not wording.exact, -wording.count, wording.first or ""))
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
        uses=tuple(uses),
        held=frame,
    )
