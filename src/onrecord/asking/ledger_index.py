"""An index of the lines of a ledger by parties, issues, days, strength and issuer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.asking.undertaking_threads import UndertakingMention

Numbers = NDArray[np.intp]
Mask = NDArray[np.bool_]


class LedgerIndex:
    """Lines by number, each given by its mentions. A line matches when one of its mentions meets all conditions."""

    def __init__(self, lines: Sequence[Sequence[UndertakingMention]]) -> None:
        self._lines = len(lines)
        mentions = [one for line in lines for one in line]
        self._line = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
        self._days, self._day = _sorted([one.day or "" for one in mentions])
        self._strengths, self._strength = _sorted([one.strength for one in mentions])
        self._issuers, self._issuer = _sorted([one.issuer for one in mentions])
        self._issues = _numbers_by_key(
            mentions, lambda one: {head for issue in one.issues for head in _with_parents(issue)}
        )
        self._parties = _numbers_by_key(mentions, lambda one: one.parties)
        self._of = {one.undertaking: number for one, number in zip(mentions, self._line.tolist(), strict=True)}

    def line_of(self, undertaking: str) -> int | None:
        """The number of the line that has this mention."""
        return self._of.get(undertaking)

    def between(self, parties: Iterable[str]) -> tuple[Mask, Mask]:
        """Masks of lines: those where all these parties take part in every mention, and those where in some mentions only."""
        taking_part = self._all()
        for code in parties:
            taking_part &= self._among(self._parties.get(code))
        some, not_all = self._having(taking_part), self._having(~taking_part)
        return some & ~not_all, some & not_all

    def wanted(
        self, issue: str | None, since: str | None, until: str | None, strength: Sequence[str], issuer: str | None
    ) -> Mask:
        """Mask of the lines with a mention that is about this issue, on these days, of this strength and by this issuer."""
        found = self._all()
        if issue is not None:
            found &= self._among(self._issues.get(issue))
        if since is not None:
            found &= self._day >= np.searchsorted(self._days, since)
        if until is not None:  # a mention without a day is not before any day
            found &= (self._day < np.searchsorted(self._days, until, side="right")) & (self._days != "")[self._day]
        if strength:
            found &= np.isin(self._strengths, list(strength))[self._strength]
        if issuer is not None:
            found &= (self._issuers == issuer)[self._issuer]
        return self._having(found)

    def _all(self) -> Mask:
        return np.ones(len(self._line), np.bool_)

    def _among(self, mentions: Numbers | None) -> Mask:
        found = np.zeros(len(self._line), np.bool_)
        if mentions is not None:
            found[mentions] = True
        return found

    def _having(self, mentions: Mask) -> Mask:
        """Mask of the lines with one of these mentions."""
        found = np.zeros(self._lines, np.bool_)
        found[self._line[mentions]] = True
        return found


def _sorted(values: Sequence[str]) -> tuple[NDArray[np.str_], Numbers]:
    """The distinct values in order, and for each given value its number among them."""
    different = sorted({*values})
    numbers = {value: number for number, value in enumerate(different)}
    return np.array(different, np.str_), np.fromiter(map(numbers.__getitem__, values), np.intp, len(values))


def _numbers_by_key(
    mentions: Sequence[UndertakingMention], keys: Callable[[UndertakingMention], Iterable[str]]
) -> dict[str, Numbers]:
    found: dict[str, list[int]] = {}
    for number, one in enumerate(mentions):
        for key in keys(one):
            found.setdefault(key, []).append(number)
    return {key: np.array(numbers, np.intp) for key, numbers in found.items()}


def _with_parents(issue: str) -> list[str]:
    """An issue with those above it."""
    parts = issue.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]
