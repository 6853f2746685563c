"""Links between points that a person made or parted, and where they stand in the texts that are compared."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Literal, NamedTuple

import msgspec

from onrecord.comparing.points import Point
from onrecord.record import Document, fold

LinkStatus = Literal["linked", "parted"]


class JudgedPoint(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch ``[start, end)`` of a document's text that was judged, with its words then (``quote``)."""

    document: str
    start: int
    end: int
    quote: str


class JudgedLink(msgspec.Struct, frozen=True, kw_only=True):
    """A person's judgement that two points say the same (``linked``) or do not (``parted``).

    ``day`` is the day of judging, ``digest`` the SHA-256 of the words of both. It is ``stale`` where the words of one are no
    longer found in its text; the judgement then has no effect.
    """

    one: JudgedPoint
    other: JudgedPoint
    status: LinkStatus
    note: str
    judge: str
    day: str
    digest: str
    stale: bool = False


class PlacedLink(NamedTuple):
    """A judgement of the points ``one`` and ``other`` of two accounts: the number of each account, and its place there."""

    one: tuple[int, int]
    other: tuple[int, int]
    judged: JudgedLink


def digest_of_points(one: str, other: str) -> str:
    """The SHA-256 of the words of two points, white space folded, a line for each."""
    return sha256(f"{fold(one)}\n{fold(other)}".encode("utf-8", "surrogatepass")).hexdigest()


def place(
    judged: Sequence[JudgedLink], documents: Sequence[Document], told: Sequence[Sequence[Point]]
) -> tuple[list[PlacedLink], list[JudgedLink]]:
    """The judgements that concern points of these documents, the last of each pair; and those whose words are gone.

    A judged stretch is the point that it shares most with: how texts are divided into points may have changed since.
    """
    accounts = {document.id: at for at, document in enumerate(documents)}
    placed: dict[tuple[tuple[int, int], tuple[int, int]], PlacedLink] = {}
    stale: list[JudgedLink] = []
    for one in judged:
        if one.one.document not in accounts or one.other.document not in accounts:
            continue
        spots = [_spot(point, accounts, documents, told) for point in (one.one, one.other)]
        if spots[0] is None or spots[1] is None:
            stale.append(msgspec.structs.replace(one, stale=True))
            continue
        first, second = sorted((spots[0], spots[1]))
        placed[first, second] = PlacedLink(first, second, one)
    return list(placed.values()), stale


def _spot(
    point: JudgedPoint, accounts: Mapping[str, int], documents: Sequence[Document], told: Sequence[Sequence[Point]]
) -> tuple[int, int] | None:
    account = accounts[point.document]
    span = current_span(point, documents[account].text)
    if span is None:
        return None
    shares = [min(span[1], one.end) - max(span[0], one.start) for one in told[account]]
    best = max(range(len(shares)), key=lambda at: shares[at], default=None)
    return (account, best) if best is not None and shares[best] > 0 else None


def current_span(point: JudgedPoint, text: str) -> tuple[int, int] | None:
    """Where the words of a judged point stand in a text now: at their old place, else at the nearest; None if they are gone."""
    if fold(text[point.start : point.end]) == fold(point.quote):
        return point.start, point.end
    pattern = r"\s+".join(map(re.escape, point.quote.split()))
    places = [match.span() for match in re.finditer(pattern, text)] if pattern else []
    return min(places, key=lambda span: abs(span[0] - point.start), default=None)
