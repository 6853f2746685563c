"""An index of the lines of a ledger by parties, issues, days, strength and issuer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from onrecord.asking.scope import Filters
from onrecord.asking.undertaking_threads import UndertakingMention
from onrecord.partial_dates import lies_within

Numbers = NDArray[np.intp]
Mask = NDArray[np.bool_]


class LedgerFilters(Filters, frozen=True, kw_only=True):
    """Which undertakings. ``between`` are codes or names of parties that all take part; ``issue`` includes those under it.

    ``since`` and ``until`` are a year, a month or a day, both included: they select lines that are mentioned at least
    once within them; what was said before or after still counts for the status. ``form`` is any of joint, reciprocal and
    one-sided.
    """

    between: tuple[str, ...] = ()
    issue: str | None = None
    since: str | None = None
    until: str | None = None
    strength: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    issuer: str | None = None

    def met_by(self, one: UndertakingMention) -> bool:
        """Whether one mention meets all of them but ``between``; the issue is an id, ``since`` and ``until`` are days."""
        return (
            (self.issue is None or any(is_under(own, self.issue) for own in one.issues))
            and lies_within(one.day, self.since, self.until)
            and (not self.strength or one.strength in self.strength)
            and (not self.form or one.form in self.form)
            and (self.issuer is None or one.issuer == self.issuer)
        )


def is_under(issue: str, asked: str) -> bool:
    """Whether an issue is the one asked for or stands under it."""
    return issue == asked or issue.startswith(asked + "/")


class LedgerIndex:
    """Lines by number, each given by its mentions. A line matches when one of its mentions meets all conditions."""

    def __init__(self, lines: Sequence[Sequence[UndertakingMention]]) -> None:
        self._lines = len(lines)
        mentions = [one for line in lines for one in line]
        self._line = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
        self._days, self._day = _sorted([one.day or "" for one in mentions])
        self._strengths, self._strength = _sorted([one.strength for one in mentions])
        self._forms, self._form = _sorted([one.form for one in mentions])
        self._issuers, self._issuer = _sorted([one.issuer for one in mentions])
        self._issues = _numbers_by_key(mentions, lambda one: _with_parents(one.issues))
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

    def wanted(self, asked: LedgerFilters) -> Mask:
        """Mask of the lines with a mention that meets the filters, see :meth:`LedgerFilters.met_by`."""
        found = self._all()
        if asked.issue is not None:
            found &= self._among(self._issues.get(asked.issue))
        if asked.since is not None or asked.until is not None:
            within = [lies_within(day or None, asked.since, asked.until) for day in self._days.tolist()]
            found &= np.array(within, np.bool_)[self._day]
        if asked.strength:
            found &= np.isin(self._strengths, list(asked.strength))[self._strength]
        if asked.form:
            found &= np.isin(self._forms, list(asked.form))[self._form]
        if asked.issuer is not None:
            found &= (self._issuers == asked.issuer)[self._issuer]
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


@lru_cache(maxsize=10_000)
def _with_parents(issues: tuple[str, ...]) -> frozenset[str]:
    """Issues with those above them."""
    parts = (issue.split("/") for issue in issues)
    return frozenset("/".join(one[:count]) for one in parts for count in range(1, len(one) + 1))
