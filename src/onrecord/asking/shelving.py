"""The lines of a ledger by what they are asked for: parties, issues, days, strength and issuer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.asking.linking import Said

Numbers = NDArray[np.intp]
Marks = NDArray[np.bool_]


class Shelves:
    """Lines, each told by its mentions, by number. What is asked of the mentions of a line must all hold of one of them."""

    def __init__(self, lines: Sequence[Sequence[Said]]) -> None:
        self._lines = len(lines)
        mentions = [one for line in lines for one in line]
        self._line = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
        self._days, self._day = _sorted([one.day or "" for one in mentions])
        self._strengths, self._strength = _sorted([one.strength for one in mentions])
        self._issuers, self._issuer = _sorted([one.issuer for one in mentions])
        self._issues = _shelved(mentions, lambda one: {head for issue in one.issues for head in _heads(issue)})
        self._parties = _shelved(mentions, lambda one: one.parties)
        self._of = {one.undertaking: number for one, number in zip(mentions, self._line.tolist(), strict=True)}

    def line_of(self, undertaking: str) -> int | None:
        """The number of the line with this mention."""
        return self._of.get(undertaking)

    def between(self, parties: Iterable[str]) -> tuple[Marks, Marks]:
        """Marks on the lines in all of whose mentions all of these take part, and on those where they do in some alone."""
        taking_part = self._everywhere()
        for code in parties:
            taking_part &= self._among(self._parties.get(code))
        some, not_all = self._having(taking_part), self._having(~taking_part)
        return some & ~not_all, some & not_all

    def wanted(
        self, issue: str | None, since: str | None, until: str | None, strength: Sequence[str], issuer: str | None
    ) -> Marks:
        """Marks on the lines one of whose mentions is about this issue, of these days, of such a strength and of this issuer."""
        found = self._everywhere()
        if issue is not None:
            found &= self._among(self._issues.get(issue))
        if since is not None:
            found &= self._day >= np.searchsorted(self._days, since)
        if until is not None:  # what has no day is before none
            found &= (self._day < np.searchsorted(self._days, until, side="right")) & (self._days != "")[self._day]
        if strength:
            found &= np.isin(self._strengths, list(strength))[self._strength]
        if issuer is not None:
            found &= (self._issuers == issuer)[self._issuer]
        return self._having(found)

    def _everywhere(self) -> Marks:
        return np.ones(len(self._line), np.bool_)

    def _among(self, mentions: Numbers | None) -> Marks:
        found = np.zeros(len(self._line), np.bool_)
        if mentions is not None:
            found[mentions] = True
        return found

    def _having(self, mentions: Marks) -> Marks:
        """Marks on the lines with one of these mentions."""
        found = np.zeros(self._lines, np.bool_)
        found[self._line[mentions]] = True
        return found


def _sorted(values: Sequence[str]) -> tuple[NDArray[np.str_], Numbers]:
    """The different values in order, and for each its number among them."""
    different = sorted({*values})
    numbers = {value: number for number, value in enumerate(different)}
    return np.array(different, np.str_), np.fromiter(map(numbers.__getitem__, values), np.intp, len(values))


def _shelved(mentions: Sequence[Said], keys: Callable[[Said], Iterable[str]]) -> dict[str, Numbers]:
    found: dict[str, list[int]] = {}
    for number, one in enumerate(mentions):
        for key in keys(one):
            found.setdefault(key, []).append(number)
    return {key: np.array(numbers, np.intp) for key, numbers in found.items()}


def _heads(issue: str) -> list[str]:
    """An issue with those that it stands under."""
    parts = issue.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]
