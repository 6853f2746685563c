"""A comparison of accounts as a table: a row for each point, a column for each account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from onrecord.comparing.accounts import AccountComparison, PointLink
from onrecord.comparing.differences import Difference
from onrecord.comparing.judged_links import JudgedLink

Relation = Literal["both", "differs", "only"]


class AccountRow(msgspec.Struct, frozen=True, kw_only=True):
    """A point and where it stands in each account: the places of its points in the comparison's list, None for "found in none".

    ``relation`` is ``only`` where one account alone has it, ``differs`` where something of substance differs. ``certain``
    says that the program stands behind an ``only``. ``perhaps`` are points of the other accounts that may say the same, the
    likeliest first. ``judgements`` are those of people: that points of the row belong together, or that one of them and another
    point do not.
    """

    cells: tuple[int | None, ...]
    relation: Relation
    certain: bool = False
    perhaps: tuple[int, ...] = ()
    differences: tuple[Difference, ...] = ()
    judgements: tuple[JudgedLink, ...] = ()

    @property
    def said_by(self) -> int:
        """How many accounts have it."""
        return sum(cell is not None for cell in self.cells)


def rows(found: AccountComparison, accounts: int) -> tuple[AccountRow, ...]:
    """The rows in the order of the first account, then what only later ones have. Of two accounts every link is a row; of more, a
    point with its likeliest partner in each other account."""
    linked: dict[int, list[PointLink]] = {}
    offered: dict[int, list[tuple[float, int]]] = {}
    for link in found.links:
        if link.linked:
            linked.setdefault(link.one, []).append(link)
        else:
            offered.setdefault(link.one, []).append((-link.probability, link.other))
            offered.setdefault(link.other, []).append((-link.probability, link.one))
    parted: dict[int, list[JudgedLink]] = {}
    for one, other, judged in found.parted:
        parted.setdefault(one, []).append(judged)
        parted.setdefault(other, []).append(judged)
    placed: set[int] = set()
    result: list[AccountRow] = []
    for at, point in enumerate(found.points):
        links = linked.get(at, [])
        if accounts == 2:
            for link in links:
                placed.update((link.one, link.other))
                result.append(_row([link], accounts, found))
        elif links and at not in placed:
            best = _likeliest(links, found)
            placed.update([at, *(link.other for link in best)])
            result.append(_row(best, accounts, found))
        if at not in placed:
            cells = tuple(at if account == point.account else None for account in range(accounts))
            perhaps = tuple(other for _, other in sorted(offered.get(at, []))[:3])
            judgements = tuple(parted.get(at, []))
            result.append(
                AccountRow(cells=cells, relation="only", certain=point.certain, perhaps=perhaps, judgements=judgements)
            )
    return tuple(result)


def _likeliest(links: Sequence[PointLink], found: AccountComparison) -> list[PointLink]:
    """The likeliest link into each account."""
    best: dict[int, PointLink] = {}
    for link in sorted(links, key=lambda one: -one.probability):
        best.setdefault(found.points[link.other].account, link)
    return [best[account] for account in sorted(best)]


def _row(links: Sequence[PointLink], accounts: int, found: AccountComparison) -> AccountRow:
    cells: list[int | None] = [None] * accounts
    for link in links:
        for at in (link.one, link.other):
            cells[found.points[at].account] = at
    return AccountRow(
        cells=tuple(cells),
        relation="both" if all(link.same for link in links) else "differs",
        differences=tuple(difference for link in links for difference in link.differences),
        judgements=tuple(link.judged for link in links if link.judged is not None),
    )
