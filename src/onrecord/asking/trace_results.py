"""The result of tracing a phrase: uses, wordings and runs of documents, and the summary of the uses."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec

from onrecord.asking.alignment import SHORTEST, Edit, compare
from onrecord.asking.search_coverage import Coverage
from onrecord.comparing.ladder import Move, Stands, highest, moves, rungs
from onrecord.languages.tokens import words


class PhraseUse(msgspec.Struct, frozen=True, kw_only=True):
    """One use. ``wording`` is what was said, as printed, at ``[start, end)`` of the turn's text; ``sentence`` is the whole
    sentence. ``shared`` counts the words of the phrase that stand there in order."""

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


class PhraseWording(msgspec.Struct, frozen=True, kw_only=True):
    """A wording of the phrase: how often it was used, first and last day, and how it differs from the phrase.

    ``rungs`` are its highest rungs on each ladder of diplomatic language, with their places in ``words``; ``moves`` say
    how far these are from the rungs of the phrase.
    """

    words: str
    exact: bool
    count: int
    first: str | None
    last: str | None
    edits: tuple[Edit, ...]
    rungs: tuple[Stands, ...] = ()
    moves: tuple[Move, ...] = ()


class DocumentRun(msgspec.Struct, frozen=True, kw_only=True):
    """Consecutive documents of one issuer, kind and language on the desk that all use the phrase exactly."""

    issuer: str
    first: str
    last: str
    documents: int


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """The uses of a phrase on a desk. ``first`` and ``last`` are of the exact uses within what was searched (``held``),
    ``first_in_any_wording`` is that of the exact and near uses.

    ``by_year`` has ``(exact, near)`` for every year from the first use to the last, including years without any.
    """

    phrase: str
    near: float | None
    exact: int
    nearly: int
    first: str | None
    last: str | None
    first_in_any_wording: str | None
    by_year: dict[str, tuple[int, int]]
    runs: tuple[DocumentRun, ...]
    speakers: dict[str, int]
    wordings: tuple[PhraseWording, ...]
    wordings_count: int
    uses: tuple[PhraseUse, ...]
    held: Coverage

    def frame(self) -> Any:
        """The uses as a polars data frame. Needs polars: ``pip install 'onrecord[tables]'``."""
        import polars

        return polars.DataFrame([msgspec.structs.asdict(use) for use in self.uses])


def summarise(
    variants: tuple[str, ...],
    near: float,
    uses: list[PhraseUse],
    held: Coverage,
    runs: tuple[DocumentRun, ...],
    most: int | None,
) -> Trace:
    """Summarise the uses of a phrase: counts by year, speakers, and wordings with the exact one first.

    ``variants`` are the phrase as given and in the other script; ``most`` limits the wordings.
    """
    days = [use.day for use in uses if use.exact and use.day]
    by_year: dict[str, tuple[int, int]] = {}
    for use in uses:
        year = use.day[:4] if use.day else "undated"
        exact, nearly = by_year.get(year, (0, 0))
        by_year[year] = (exact + use.exact, nearly + (not use.exact))
    printed: dict[str, list[PhraseUse]] = {}
    for use in uses:
        printed.setdefault(use.wording, []).append(use)
    groups: dict[tuple[str, ...], list[PhraseUse]] = {}
    for wording, same in printed.items():
        groups.setdefault(tuple(words(wording)), []).extend(same)
    ranked = sorted(
        groups.values(),
        key=lambda group: (not group[0].exact, -len(group), min((use.day for use in group if use.day), default="")),
    )
    wordings = [_wording(variants, group) for group in ranked[:most]]
    exact = sum(use.exact for use in uses)
    return Trace(
        phrase=variants[0],
        near=near if len(words(variants[0])) >= SHORTEST and near < 1.0 else None,
        exact=exact,
        nearly=len(uses) - exact,
        first=min(days, default=None),
        last=max(days, default=None),
        first_in_any_wording=min((use.day for use in uses if use.day), default=None),
        by_year=_with_gaps(by_year),
        runs=runs,
        speakers=dict(Counter(use.speaker or use.outlet or "unnamed" for use in uses if use.exact).most_common()),
        wordings=tuple(wordings),
        wordings_count=len(ranked),
        uses=tuple(uses),
        held=held,
    )


def _with_gaps(by_year: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """The years in order, including those without a use between the first and the last."""
    years = [int(year) for year in by_year if year != "undated"]
    counted = {
        str(year): by_year.get(str(year), (0, 0)) for year in range(min(years, default=0), max(years, default=-1) + 1)
    }
    return counted | ({"undated": by_year["undated"]} if "undated" in by_year else {})


def _wording(variants: tuple[str, ...], group: list[PhraseUse]) -> PhraseWording:
    usual = Counter(use.wording for use in group).most_common(1)[0][0]
    days = [use.day for use in group if use.day]
    phrase = min(variants, key=lambda variant: _changed(variant, usual)) if len(variants) > 1 else variants[0]
    return PhraseWording(
        words=usual,
        exact=group[0].exact,
        count=len(group),
        first=min(days, default=None),
        last=max(days, default=None),
        edits=compare(phrase, usual),
        rungs=tuple(highest(rungs(usual, group[0].language)).values()),
        moves=moves(phrase, usual, group[0].language),
    )


def _changed(phrase: str, wording: str) -> int:
    return sum(len(edit.before) + len(edit.after) for edit in compare(phrase, wording) if edit.how != "same")
