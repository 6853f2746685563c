"""The result of a search for stock phrases: formulas, births, deaths and replacements, with their rows for tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from onrecord.asking.alignment import Edit
from onrecord.asking.corpus_slice import TurnPlace
from onrecord.asking.search_coverage import Coverage


class ComparedPeriod(msgspec.Struct, frozen=True):
    """The days from ``since`` to ``until``, both included, and how many documents of the slice they have."""

    since: str
    until: str
    documents: int = 0


class Formula(msgspec.Struct, frozen=True, kw_only=True):
    """A stock phrase as printed at its last use.

    ``length`` is in words; ``documents`` counts all documents that contain it, ``uses`` all its uses. ``before`` and
    ``after`` count the documents of the two periods, where two were given. ``cohesion``, ``freedom`` and ``weight`` say
    why it ranks where it does.
    """

    words: str
    language: str
    length: int
    documents: int
    uses: int
    first: TurnPlace
    last: TurnPlace
    by_year: dict[str, int]
    before: int | None
    after: int | None
    cohesion: float
    freedom: float
    weight: float


class Replacement(msgspec.Struct, frozen=True):
    """A formula that died and a similar one that was born: ``alike`` is the share of words in common, in order."""

    before: Formula
    after: Formula
    alike: float
    edits: tuple[Edit, ...]

    @property
    def when(self) -> str:
        """The year of the last use of the one and the first of the other, or both years."""
        years = sorted({(self.before.last.day or "?")[:4], (self.after.first.day or "?")[:4]})
        return "–".join(years)


class Formulas(msgspec.Struct, frozen=True, kw_only=True):
    """The result. ``documents`` and ``words`` count what was searched. With two ``periods`` there are ``births`` and
    ``deaths``, and the ``replacements`` among them."""

    formulas: tuple[Formula, ...]
    births: tuple[Formula, ...]
    deaths: tuple[Formula, ...]
    replacements: tuple[Replacement, ...]
    periods: tuple[ComparedPeriod, ...]
    least: int
    documents: int
    words: int
    held: Coverage

    def frame(self) -> Any:
        """All formulas as a polars data frame. Needs polars: ``pip install 'onrecord[tables]'``."""
        import polars

        return polars.DataFrame(list(self.rows()))

    def rows(self) -> Iterator[dict[str, Any]]:
        """A flat row for each formula; ``what`` says why it is listed, ``replaced`` which formula a replacement replaced."""
        for what, some in (("formula", self.formulas), ("birth", self.births), ("death", self.deaths)):
            for one in some:
                yield {"what": what, **_row(one), "replaced": None}
        for pair in self.replacements:
            yield {"what": "replacement", **_row(pair.after), "replaced": pair.before.words}


def _row(formula: Formula) -> dict[str, Any]:
    row = msgspec.structs.asdict(formula)
    del row["by_year"]
    for edge in ("first", "last"):
        place = row.pop(edge)
        row |= {f"{edge}_day": place.day, f"{edge}_turn": place.turn, f"{edge}_start": place.start}
    return row
