"""How often the program's claims are right: figures measured on labelled texts, by issuer, language and kind of text.

The table ``accuracy.csv`` beside this module is written by ``bench/accuracy.py``; those of the structure of pages (who speaks
when) come from the cards of the houses, which ``bench/structure.py`` writes. A figure counts only if the rules were not changed
after somebody had seen the labels: all others show how well the rules fit what their makers looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec

from onrecord import houses
from onrecord.errors import QueryError
from onrecord.lexicon.tables import DAY, SLUG, SOME, rows

_TABLE = Path(__file__).with_name("accuracy.csv")
_NUMBER = (r"\d+", "a number")
_COLUMNS = {
    "run": _NUMBER, "claim": SLUG, "issuer": SLUG, "language": SLUG, "kind": SLUG, "texts": _NUMBER, "labelled": _NUMBER,
    "found": _NUMBER, "right": _NUMBER, "seen": ("yes|no", "yes or no"), "day": DAY, "version": SOME, "drawn": SOME,
}  # fmt: skip
#: What each kind of claim says, in the order of the list.
CLAIMS = {
    "turns": "who speaks when: kind, beginning and end of a turn",
    "acts": "what was done in words, and by whom: type and actors",
    "undertakings": "what was promised or agreed, by whom and to whom",
    "meetings": "who met whom, when and where",
}


class AccuracyFigure(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured of one kind of claim on texts of one kind.

    ``labelled`` is what a person found in ``texts`` texts, ``found`` what the program claimed, ``right`` what both say.
    ``precision`` is the share of the claims that are right, ``recall`` the share of the labels that were found, both from 0.0 to
    1.0, None where nothing was claimed or labelled, or not counted; ``f1`` is their harmonic mean. ``seen`` says that the rules
    were changed after somebody had seen these labels, ``drawn`` where the texts are from and who labelled them.
    """

    claim: str
    issuer: str
    language: str
    kind: str
    texts: int
    labelled: int
    found: int | None
    right: int | None
    precision: float | None
    recall: float | None
    f1: float
    seen: bool
    day: str
    version: str
    drawn: str


def measured_accuracy(
    *, claim: str | None = None, issuer: str | None = None, all_texts: bool = False
) -> list[AccuracyFigure]:
    """The figures, by claim, issuer, language and kind of text; those on texts that had been seen only with ``all_texts``.

    Figures of one run of the benchmark are added up; of several runs the latest is returned, with those before it while they
    have fewer than 100 labels together. Raises :class:`~onrecord.errors.QueryError` for an unknown claim or issuer.
    """
    if claim is not None and claim not in CLAIMS:
        raise QueryError(f"there is no claim {claim!r}", hint=f"Claims that are measured: {', '.join(CLAIMS)}")
    if issuer is not None:
        houses.find(issuer)
    chosen = [
        one
        for one in (*_structure(), *_table())
        if claim in (None, one.claim) and issuer in (None, one.issuer) and (all_texts or not one.seen)
    ]
    order = list(CLAIMS)
    return sorted(chosen, key=lambda one: (order.index(one.claim), one.issuer, one.language, one.kind, one.seen))


#: Fewer labels than these say little: figures of earlier runs are added.
_LABELS = 100
#: Below this share of right claims, on at least so many of them, readers are told to check before they rely on one.
_CAUTION, _ENOUGH = 0.75, 20


def accuracy_caution(claim: str, *, issuer: str, language: str, kind: str) -> str | None:
    """What to tell a reader of claims in a kind of text of which many were wrong when measured on unseen texts; else None."""
    for one in measured_accuracy(claim=claim):
        same = (one.issuer, one.language, one.kind) == (issuer, language.partition("-")[0], kind)
        if same and one.precision is not None and (one.found or 0) >= _ENOUGH and one.precision < _CAUTION:
            text = f"{issuer} {one.language} {kind}"
            return f"Of the {claim} found in unseen texts of this kind ({text}) {one.precision:.0%} were right: check the words"
    return None


def markdown_table(figures: Iterable[AccuracyFigure]) -> str:
    """The figures as a table in Markdown, as ``docs/accuracy.md`` shows them."""
    lines = ["| claim | kind of text | texts | labelled | precision | recall | F1 | measured |", "|" + "---|" * 8]
    for one in figures:
        shares = ("–" if share is None else f"{share:.2f}" for share in (one.precision, one.recall, one.f1))
        texts = f"{one.issuer} {one.language} {one.kind}"
        lines.append(f"| {one.claim} | {texts} | {one.texts} | {one.labelled} | {' | '.join(shares)} | {one.day} |")
    return "\n".join(lines) + "\n"


@cache
def _table() -> tuple[AccuracyFigure, ...]:
    """The figures of the table: of each kind of claim and text those of the latest runs that make up enough labels, added up."""
    groups: defaultdict[tuple[str, ...], list[dict[str, str]]] = defaultdict(list)
    for _, row in rows(_TABLE, _COLUMNS):
        groups[row["claim"], row["issuer"], row["language"], row["kind"], row["seen"]].append(row)
    found = []
    for (claim, issuer, language, kind, seen), some in groups.items():
        latest = _latest(some)
        texts, labelled, claimed, right = (
            sum(int(row[name]) for row in latest) for name in ("texts", "labelled", "found", "right")
        )
        found.append(
            AccuracyFigure(
                claim=claim, issuer=issuer, language=language, kind=kind, texts=texts, labelled=labelled, found=claimed,
                right=right, precision=right / claimed if claimed else None, recall=right / labelled if labelled else None,
                f1=2 * right / (labelled + claimed) if labelled + claimed else 1.0, seen=seen == "yes",
                day=latest[-1]["day"], version=latest[-1]["version"],
                drawn="; ".join(dict.fromkeys(row["drawn"] for row in latest)),
            )
        )  # fmt: skip
    return tuple(found)


def _latest(some: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows of the latest run, and of the runs before it until there are enough labels."""
    latest: list[dict[str, str]] = []
    for run in sorted({int(row["run"]) for row in some}, reverse=True):
        latest = [row for row in some if int(row["run"]) == run] + latest
        if sum(int(row["labelled"]) for row in latest) >= _LABELS:
            break
    return latest


def _structure() -> Iterable[AccuracyFigure]:
    """The figures of the cards: F1 of turns, without the counts behind it."""
    for house in houses.usable().values():
        card = house.card
        one = card.accuracy
        if one is not None:
            yield AccuracyFigure(
                claim="turns", issuer=card.id, language="/".join(card.languages), kind="any", texts=one.pages,
                labelled=one.turns, found=None, right=None, precision=None, recall=None, f1=one.f1, seen=one.seen, day=one.day,
                version=one.version, drawn=one.texts,
            )  # fmt: skip
