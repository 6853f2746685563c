"""How often the program's claims are right, as measured."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from onrecord.asking import AccuracyFigure, measured_accuracy
from onrecord.asking.accuracy_figures import CLAIMS
from onrecord.desk.store import Desk
from onrecord.web.page import Page


class AccuracyParameters(msgspec.Struct, frozen=True, kw_only=True):
    """The page has no parameters."""


class AccuracyPage(msgspec.Struct, frozen=True, kw_only=True):
    """The figures on texts that the rules were not built on, and what each kind of claim says."""

    figures: tuple[AccuracyFigure, ...]
    claims: dict[str, str]


def accuracy_page(desk: Desk, params: AccuracyParameters) -> AccuracyPage:
    """The figures, the same on every desk."""
    return AccuracyPage(figures=tuple(measured_accuracy()), claims=CLAIMS)


def rows(answer: AccuracyPage) -> Iterator[dict[str, object]]:
    """A row for each figure."""
    return (msgspec.structs.asdict(one) for one in answer.figures)


PAGE = Page(
    path="/accuracy",
    template="accuracy.html",
    summary="How often the program's claims are right, measured on labelled texts",
    parameters=AccuracyParameters,
    answer=accuracy_page,
    rows=rows,
)
