"""How two accounts of one point differ, told by reason: who says it, what is done, how firmly, on what condition, which names and
numbers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal

import msgspec

from onrecord import languages
from onrecord.comparing.ladder import Ladders, Stands, highest, load
from onrecord.comparing.points import Point, said_words
from onrecord.lexicon.tables import FOLDER
from onrecord.record import Document

Reason = Literal["speaker", "act", "hedge", "condition", "item", "name", "number"]


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A difference between two accounts of a point: what each has (codes, types of acts, words, ids); None where one has nothing.

    ``up`` of a hedge is how many steps of the ladder of commitment the second is above the first.
    """

    reason: Reason
    one: str | None
    other: str | None
    up: int | None = None


@cache
def commitments() -> Ladders:
    """The ladder of commitment: will, intends, is ready, hopes."""
    return load(FOLDER / "commitment.toml")


def differences(
    documents: tuple[Document, Document], points: tuple[Point, Point], parties: frozenset[str]
) -> tuple[Difference, ...]:
    """The differences between two points, the weightiest kinds first. ``parties`` are those of the meeting, whom all name."""
    one, other = points
    found = []
    if one.voices and other.voices and one.voices != other.voices:
        found.append(Difference(reason="speaker", one=_joined(one.voices), other=_joined(other.voices)))
    if one.acts and other.acts and not one.acts & other.acts:
        found.append(Difference(reason="act", one=_joined(one.acts), other=_joined(other.acts)))
    found += _hedges(documents, points)
    found += _conditions(documents, points)
    for reason, mine, theirs in (
        ("number", one.numbers - _dates(documents), other.numbers - _dates(documents)),
        ("name", one.names - parties, other.names - parties),
        ("item", one.issues, other.issues),
    ):
        here, there = sorted(mine - theirs), sorted(theirs - mine)
        if here or there:
            plain = [", ".join(key.removeprefix("#") for key in some) or None for some in (here, there)]
            found.append(Difference(reason=reason, one=plain[0], other=plain[1]))  # type: ignore[arg-type]
    return tuple(found)


def _dates(documents: tuple[Document, Document]) -> frozenset[str]:
    """The numbers of the days of the documents: year, month, day."""
    return frozenset(f"#{int(part)}" for one in documents if one.date for part in one.date.split("-"))


def _joined(some: frozenset[str]) -> str:
    return ", ".join(sorted(some))


def _hedges(documents: tuple[Document, Document], points: tuple[Point, Point]) -> Iterator[Difference]:
    stands = [highest(_firmness(document, point)) for document, point in zip(documents, points, strict=True)]
    for ladder in dict.fromkeys([*stands[0], *stands[1]]):
        one, other = (side.get(ladder) for side in stands)
        if (one.rank if one else 0) != (other.rank if other else 0):
            up = other.rank - one.rank if one and other else None
            yield Difference(
                reason="hedge", one=one.words if one else None, other=other.words if other else None, up=up
            )


def _firmness(document: Document, point: Point) -> list[Stands]:
    """The rungs of a point; a capital inside it marks a name, such as the month of May."""
    text = document.text[point.start : point.end]
    found = commitments().rungs_of(text, languages.find(document.language).code)
    return [one for one in found if one.start == 0 or not text[one.start].isupper()]


def _conditions(documents: tuple[Document, Document], points: tuple[Point, Point]) -> Iterator[Difference]:
    said = [
        said_words(document.text[point.start : point.end], languages.find(document.language).code, "conditions")
        for document, point in zip(documents, points, strict=True)
    ]
    if bool(said[0]) != bool(said[1]):
        yield Difference(reason="condition", one=", ".join(said[0]) or None, other=", ".join(said[1]) or None)
