"""Several sides' accounts of one meeting: what all of them say, what is told differently, and what is found in one alone.

::

    found = compare_accounts([ours, theirs])         # annotated documents
    for link in found.links:
        print(link.one, link.other, link.probability, link.differences)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec
import numpy as np

from onrecord import languages
from onrecord.comparing.differences import Difference, differences
from onrecord.comparing.judged_links import JudgedLink, PlacedLink, place
from onrecord.comparing.point_features import FEATURES, Account, Matrix, are_comparable, features
from onrecord.comparing.points import Point, points, said_words
from onrecord.comparing.word_table import WordTable
from onrecord.errors import LexiconError
from onrecord.lexicon.tables import read_toml
from onrecord.record import Document

Answer = Literal["linked", "perhaps", "only"]
_TABLE = Path(__file__).with_name("linking.toml")
#: So many candidates are offered for a point.
CANDIDATES = 3
#: Kinds of documents that are an account as a whole. In others what is said beside the meeting may stand too.
_ACCOUNTS = ("readout", "joint-statement")
#: In these people are asked and answer: what is not said there about a meeting says nothing.
CONVERSATIONS = ("press-conference", "interview")
#: Points that share so many of their words and differ for none of these reasons say the same.
_SAME_WORDS, _SUBSTANCE = 0.3, ("speaker", "hedge", "condition", "number")


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The weights of the features, and the probabilities from which points are linked, offered, or said to stand alone."""

    intercept: float
    link: float
    near: float
    perhaps: float
    alone: float
    weights: dict[str, float]

    def probabilities(self, values: Matrix) -> Matrix:
        """The probability that two points say the same, for an array whose last axis are the :data:`FEATURES`."""
        total = self.intercept + values @ np.array([self.weights[name] for name in FEATURES])
        found: Matrix = 1.0 / (1.0 + np.exp(-total))
        return found


@cache
def bundled_weights() -> Weights:
    """The weights of ``linking.toml``. Raises :class:`~onrecord.errors.LexiconError` where a feature has none."""
    found = read_toml(_TABLE, Weights)
    if set(found.weights) != set(FEATURES):
        raise LexiconError(f"there must be a weight for each of {', '.join(FEATURES)}", where=str(_TABLE))
    return found


class ComparedPoint(msgspec.Struct, frozen=True, kw_only=True):
    """A point of an account, ``[start, end)`` of its text.

    ``answer`` is ``linked`` where another account has it, ``perhaps`` where candidates are offered, ``only`` where it is found in
    none of the others: in these texts. ``certain`` says that the program stands behind an ``only``; it never does
    across languages for which it has no table of words. ``aside`` marks a question, a
    spokesperson's own remark, or what does not belong to the meeting: that others lack it says nothing.
    ``voices`` are the codes of the parties that say it.
    """

    account: int
    start: int
    end: int
    answer: Answer
    certain: bool
    aside: bool
    voices: tuple[str, ...]
    issues: tuple[str, ...]
    probability: float


class PointLink(msgspec.Struct, frozen=True, kw_only=True):
    """Two points of different accounts, by their places in the list of points. ``linked`` is false for a candidate.

    ``same`` says that nothing of substance differs; ``differences`` says what differs, by reason. ``rank`` is 0 for the likeliest
    candidate of the first point. ``judged`` is a person's judgement, which decides.
    """

    one: int
    other: int
    probability: float
    linked: bool
    same: bool
    rank: int
    differences: tuple[Difference, ...] = ()
    judged: JudgedLink | None = None


class Space(msgspec.Struct, frozen=True, kw_only=True):
    """How an account divides its words: by who says them (codes; several are joint), as shares; and its words for the talk."""

    by_voice: dict[str, float]
    talk: tuple[str, ...]


class AccountComparison(msgspec.Struct, frozen=True, kw_only=True):
    """The comparison: the points of all accounts in order, the links between them, the parties that all name, and the space.

    ``parted`` are pairs of points, by their places, that a person parted; ``stale`` judgements are of words that are gone.
    """

    points: tuple[ComparedPoint, ...]
    links: tuple[PointLink, ...]
    parties: tuple[str, ...]
    space: tuple[Space, ...]
    parted: tuple[tuple[int, int, JudgedLink], ...] = ()
    stale: tuple[JudgedLink, ...] = ()


def compare_accounts(
    documents: Sequence[Document],
    weights: Weights | None = None,
    table: WordTable | None = None,
    judged: Sequence[JudgedLink] = (),
) -> AccountComparison:
    """Compare two or more annotated documents that give an account of the same meeting.

    ``weights`` default to the bundled ones, ``table`` (words of two languages) to the bundled table of each pair of languages.
    ``judged`` are links that a person made or parted, the oldest first.
    """
    weights = weights or bundled_weights()
    told = [points(document) for document in documents]
    placed, stale = place(judged, documents, told)
    parties = common_parties(documents)
    first = np.cumsum([0, *map(len, told)])
    best, untold, linked = (np.zeros(int(first[-1])) for _ in range(3))
    links: list[PointLink] = []
    for a, b in combinations(range(len(documents)), 2):
        if not told[a] or not told[b]:
            continue
        sides = [Account(told[at], documents[at].language) for at in (a, b)]
        likely = weights.probabilities(features(sides[0], sides[1], table))
        decided = {(one.one[1], one.other[1]): one for one in placed if (one.one[0], one.other[0]) == (a, b)}
        for spot, one in decided.items():
            likely[spot] *= one.judged.status == "linked"  # the next likeliest takes the place of what is parted
        for at, axis in ((a, 1), (b, 0)):
            here = slice(int(first[at]), int(first[at + 1]))
            best[here] = np.maximum(best[here], likely.max(axis))
            untold[here] += not are_comparable(sides[0].language, sides[1].language, table)
        reasons = _Reasons((documents[a], documents[b]), (told[a], told[b]), parties)
        for link in _links(likely, weights, decided, reasons):
            links.append(msgspec.structs.replace(link, one=link.one + int(first[a]), other=link.other + int(first[b])))
            if link.linked:
                linked[[links[-1].one, links[-1].other]] = True
    every = [(account, point) for account, some in enumerate(told) for point in some]
    found = []
    for at, (account, point) in enumerate(every):
        aside = _is_aside(documents[account], point, parties)
        found.append(
            ComparedPoint(
                account=account,
                start=point.start,
                end=point.end,
                answer="linked" if linked[at] else "perhaps" if best[at] >= weights.perhaps else "only",
                certain=not (linked[at] or untold[at] or aside) and bool(best[at] < weights.alone),
                aside=aside,
                voices=tuple(sorted(point.voices)),
                issues=tuple(sorted(point.issues)),
                probability=round(float(best[at]), 3),
            )
        )
    return AccountComparison(
        points=tuple(found),
        links=tuple(links),
        parties=tuple(sorted(parties)),
        space=tuple(_space(document, some) for document, some in zip(documents, told, strict=True)),
        parted=tuple(
            (int(first[one.one[0]]) + one.one[1], int(first[one.other[0]]) + one.other[1], one.judged)
            for one in placed
            if one.judged.status == "parted"
        ),
        stale=tuple(stale),
    )


def common_parties(documents: Sequence[Document]) -> frozenset[str]:
    """The parties of the meeting: the two states and organisations that all accounts name most."""
    counts = [Counter(code for one in document.mentions for code in one.codes) for document in documents]
    shared = set(counts[0]).intersection(*counts[1:]) if counts else set()
    return frozenset(sorted(shared, key=lambda code: (-sum(count[code] for count in counts), code))[:2])


class _Reasons(NamedTuple):
    """What tells how two points of two accounts differ."""

    documents: tuple[Document, Document]
    told: tuple[Sequence[Point], Sequence[Point]]
    parties: frozenset[str]

    def of(self, one: int, other: int) -> tuple[Difference, ...]:
        return differences(self.documents, (self.told[0][one], self.told[1][other]), self.parties)


def _links(
    likely: Matrix, weights: Weights, decided: Mapping[tuple[int, int], PlacedLink], reasons: _Reasons
) -> Iterator[PointLink]:
    """The links and candidates between two accounts, in order of the first, the likeliest first. Links that a person made leave
    those of the program as they are."""
    near = np.maximum(likely.max(1)[:, None], likely.max(0)[None, :]) * weights.near
    sure = (likely >= weights.link) & (likely >= near)
    for spot, one in decided.items():
        sure[spot] = one.judged.status == "linked"
    for row in range(len(likely)):
        order = np.argsort(-likely[row], kind="stable")
        for rank, other in enumerate(order.tolist()):
            linked = bool(sure[row, other])
            if not linked and (rank >= CANDIDATES or likely[row, other] < weights.perhaps):
                continue
            differ = reasons.of(row, other)
            yield PointLink(
                one=row,
                other=other,
                probability=round(float(likely[row, other]), 3),
                linked=linked,
                same=not any(reason.reason in _SUBSTANCE for reason in differ),
                rank=rank,
                differences=differ,
                judged=decided[row, other].judged if (row, other) in decided else None,
            )


def _is_aside(document: Document, point: Point, parties: frozenset[str]) -> bool:
    return point.aside or document.kind in CONVERSATIONS or not _belongs(document, point, parties)


def _belongs(document: Document, point: Point, parties: frozenset[str]) -> bool:
    """Whether a point belongs to the account of the meeting: in a document that tells of more, its paragraph must name both
    parties."""
    if document.kind in _ACCOUNTS or len(parties) < 2:
        return True
    start = document.text.rfind("\n", 0, point.start) + 1
    end = document.text.find("\n", point.end)
    end = end if end >= 0 else len(document.text)
    named = {code for one in document.mentions if start <= one.start < end for code in one.codes}
    return parties <= named


def _space(document: Document, some: Sequence[Point]) -> Space:
    amounts: Counter[str] = Counter()
    for point in some:
        amounts[", ".join(sorted(point.voices))] += len(point.units)
    total = max(1, sum(amounts.values()))
    code = languages.find(document.language).code
    return Space(
        by_voice={voice: round(amount / total, 3) for voice, amount in amounts.most_common()},
        talk=tuple(dict.fromkeys(word.lower() for word in said_words(document.text, code, "talk"))),
    )
