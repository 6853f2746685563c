"""Two language versions of one statement: which turns and sentences say the same, and what one of them alone has.

::

    versions = align_versions(english, chinese)      # two documents
    for pair in versions.sentences:
        print(pair.one, pair.other, pair.wording)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from onrecord import languages
from onrecord.comparing.left_out import Settled, settle
from onrecord.comparing.sentence_pairs import Sentence, Shared, Step, align
from onrecord.comparing.units import units
from onrecord.comparing.word_table import WordTable, bundled
from onrecord.comparing.wording import Change, Wording, changes, wording
from onrecord.record import Document

Interval = tuple[int, int]
#: Documents of one issuer, day and kind are versions of one statement where so much of their words is found in each other: of 376
#: days in two languages the least was 0.45, of accounts of one meeting by two sides the most 0.24.
LEAST_SHARED = 0.33


class TurnPair(msgspec.Struct, frozen=True, kw_only=True):
    """Turns of the two versions that say the same, as intervals of their texts; one of them is empty where one version alone has
    the turn."""

    one: tuple[Interval, ...]
    other: tuple[Interval, ...]


class SentencePair(msgspec.Struct, frozen=True, kw_only=True):
    """Sentences of the two versions that say the same. ``shared`` is the share of their words that are found in the other
    language, from 0 to 1; ``moved`` says that they stand in another order.

    One side is empty where no counterpart was found; ``certain`` then says that one version alone has the whole turn. A single
    sentence may be rendered so freely, or joined to its neighbour, that none of its words are found: the less are
    (``shared``), the likelier it was left out.
    """

    one: tuple[Interval, ...]
    other: tuple[Interval, ...]
    shared: float
    wording: Wording = "same"
    changes: tuple[Change, ...] = ()
    moved: bool = False
    certain: bool = True


class LanguageVersions(msgspec.Struct, frozen=True, kw_only=True):
    """The alignment of two language versions.

    ``shared`` is the share of all words that are found in the other language: versions of one statement reach a third, texts that
    only speak of the same matter a tenth. ``untold`` says that there is no table of words for these languages, so that only
    numbers, and words in the same letters, could be found.
    """

    languages: tuple[str, str]
    shared: float
    untold: bool
    turns: tuple[TurnPair, ...]
    sentences: tuple[SentencePair, ...]


def sentences_of(document: Document) -> list[Sentence]:
    """The sentences of the turns of a document, in order, with their units."""
    split = languages.find(document.language).split_sentences
    found = []
    for number, turn in enumerate(document.turns):
        spans = split(turn.text)
        for at, (start, end) in enumerate(spans):
            found.append(
                Sentence(
                    turn.start + start,
                    turn.start + end,
                    tuple(units(turn.text[start:end], turn.start + start)),
                    number,
                    at + 1 == len(spans),
                    "question" if turn.kind == "question" else "podium",
                    (turn.outlet_id or None) if at == 0 else None,
                )
            )
    return found


def align_versions(one: Document, other: Document, table: WordTable | None = None) -> LanguageVersions:
    """Align two language versions of a statement. ``table`` defaults to the bundled one of their languages."""
    shared, settled = _settled(one, other, table)
    return _told(one, other, shared, settled)


def are_versions(one: Document, other: Document, table: WordTable | None = None) -> LanguageVersions | None:
    """The alignment of two documents, if they say the same in two languages; None if they do not."""
    if languages.find(one.language) is languages.find(other.language):
        return None
    shared, settled = _settled(one, other, table)
    same_page = one.issuer == other.issuer and one.date == other.date and one.issuer != "unknown"
    if _share_of_all(shared, [step.step for step in settled]) < LEAST_SHARED and (
        shared.table.partners or not same_page
    ):
        return None
    return _told(one, other, shared, settled)


def _settled(one: Document, other: Document, table: WordTable | None) -> tuple[Shared, list[Settled]]:
    if table is None:
        table = bundled(languages.find(one.language).code, languages.find(other.language).code)
    shared = Shared((sentences_of(one), sentences_of(other)), table)
    return shared, settle(shared, align(shared))


def _told(one: Document, other: Document, shared: Shared, settled: Sequence[Settled]) -> LanguageVersions:
    steps = [some.step for some in settled]
    return LanguageVersions(
        languages=(one.language, other.language),
        shared=_share_of_all(shared, steps),
        untold=not shared.table.partners,
        turns=_turn_pairs(shared, steps),
        sentences=tuple(_sentence_pairs(shared, settled, (one.text, other.text))),
    )


def _share_of_all(shared: Shared, steps: Iterable[Step]) -> float:
    masses = [shared.masses(side) for side in (0, 1)]
    found = sum(
        step.shared * float(masses[0][step.one : step.one_end].sum() + masses[1][step.other : step.other_end].sum())
        for step in steps
    )
    return round(found / max(float(masses[0].sum() + masses[1].sum()), 1e-6), 3)


def _sentence_pairs(shared: Shared, settled: Iterable[Settled], texts: tuple[str, str]) -> Iterator[SentencePair]:
    for step, moved, certain in settled:
        paired = step.one < step.one_end and step.other < step.other_end
        found = changes(shared, step, texts, shared.table.languages) if paired else ()
        yield SentencePair(
            one=_intervals(shared.sides[0][step.one : step.one_end]),
            other=_intervals(shared.sides[1][step.other : step.other_end]),
            shared=round(step.shared, 3),
            wording=wording(found),
            changes=found,
            moved=moved,
            certain=certain,
        )


def _intervals(some: Sequence[Sentence]) -> tuple[Interval, ...]:
    return tuple((one.start, one.end) for one in some)


def _turn_pairs(shared: Shared, steps: Sequence[Step]) -> tuple[TurnPair, ...]:
    """Turns that have a part of their words in each other's sentences, in order of the first version."""
    masses = [shared.masses(side) for side in (0, 1)]
    linked: dict[tuple[int, int], float] = {}
    for step in steps:
        if step.one < step.one_end and step.other < step.other_end:
            sides = [(0, step.one, step.one_end), (1, step.other, step.other_end)]
            inside: list[dict[int, float]] = [{}, {}]
            for side, first, last in sides:
                for at in range(first, last):
                    turn = shared.sides[side][at].turn
                    inside[side][turn] = inside[side].get(turn, 0.0) + float(masses[side][at]) + 0.1
            for a, mass in inside[0].items():
                for b, more in inside[1].items():
                    linked[a, b] = linked.get((a, b), 0.0) + min(mass, more)
    ends = [_turn_spans(side) for side in shared.sides]
    partners: dict[int, list[int]] = {}
    best: dict[tuple[int, int], float] = {}
    for (a, b), mass in linked.items():
        best[0, a] = max(best.get((0, a), 0.0), mass)
        best[1, b] = max(best.get((1, b), 0.0), mass)
    for (a, b), mass in sorted(linked.items()):
        if mass >= 0.25 * best[0, a] or mass >= 0.25 * best[1, b]:
            partners.setdefault(a, []).append(b)
    found = []
    taken: set[int] = set()
    for a, span in ends[0].items():
        some = partners.get(a, [])
        taken.update(some)
        found.append(TurnPair(one=(span,), other=tuple(ends[1][b] for b in some)))
    found += [TurnPair(one=(), other=(span,)) for b, span in ends[1].items() if b not in taken]
    return tuple(found)


def _turn_spans(side: Sequence[Sentence]) -> dict[int, Interval]:
    spans: dict[int, Interval] = {}
    for one in side:
        spans[one.turn] = (spans.get(one.turn, (one.start, 0))[0], one.end)
    return spans
