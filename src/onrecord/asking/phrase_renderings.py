"""How a phrase is rendered in another language, over time: from the statements that a desk holds in both.

Of the sentences that say the same as one with the phrase, the words are taken that the table of words knows for it, else
those that occur there far more often than elsewhere; and of each sentence the stretch with the best of them: the rendering.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from onrecord import languages
from onrecord.asking.scope import SearchScope
from onrecord.asking.search_coverage import Coverage, coverage
from onrecord.asking.statement_versions import AlignedDocuments, aligned_documents
from onrecord.comparing.units import Unit, units
from onrecord.comparing.word_table import bundled
from onrecord.desk.snapshot import one_state
from onrecord.desk.store import Desk
from onrecord.errors import QueryError

#: A word belongs to the renderings where it is so many times as frequent beside the phrase as elsewhere, and stands there twice.
_TIMES, _LEAST = 6.0, 2
#: Words that the table of words gives for a word of the phrase, from this strength on, come first; the others stand in.
_KNOWN = 0.1
#: The words of one rendering stand no further apart, in characters.
_APART = {True: 12, False: 2}


class RenderedUse(msgspec.Struct, frozen=True, kw_only=True):
    """A use of the phrase: where it stands, and what stands for it. Spans are ``[start, end)`` in the texts of the documents."""

    document: str
    start: int
    end: int
    day: str
    other: str
    other_start: int
    other_end: int
    quote: str
    rendering: str | None


class Rendering(msgspec.Struct, frozen=True, kw_only=True):
    """A rendering with its number of uses, its share of all, the first and the last day, and the uses by year. ``words`` is None
    where nothing in the other version could be found that stands for the phrase."""

    words: str | None
    count: int
    share: float
    first: str
    last: str
    years: dict[str, int]
    uses: tuple[RenderedUse, ...]


class Renderings(msgspec.Struct, frozen=True, kw_only=True):
    """The renderings of a phrase, the most frequent first, from documents held in both languages (``documents`` of them).

    ``uses`` counts the uses of the phrase in these, ``unpaired`` those that stand in no sentence with a counterpart.
    """

    phrase: str
    languages: tuple[str, str]
    uses: int
    unpaired: int
    documents: int
    renderings: tuple[Rendering, ...]
    held: Coverage

    def rows(self) -> Iterator[dict[str, Any]]:
        """A flat row for each use."""
        for one in self.renderings:
            for use in one.uses:
                yield msgspec.structs.asdict(use) | {"rendering": one.words}


class _Place(NamedTuple):
    """A use and the stretch of the other version that says the same."""

    document: str
    start: int
    end: int
    day: str
    other: str
    first: int
    text: str
    units: tuple[Unit, ...]


@one_state
def renderings(
    desk: Desk,
    phrase: str,
    *,
    language: str | None = None,
    into: str | None = None,
    tell: Callable[[int, int], None] | None = None,
) -> Renderings:
    """How a phrase is rendered on a desk. ``language`` is that of the phrase, by default the one that uses it most; ``into`` that
    of the renderings, by default the one with most documents. Raises QueryError where the desk holds nothing in two languages.
    """
    every = aligned_documents(desk, tell)
    source = languages.find(language).code if language else _language_of(desk, phrase, every)
    pairs = [one for one in every if source in one.languages]
    others = Counter(one.languages[one.languages[0] == source] for one in pairs)
    if not others:
        raise QueryError(
            "the desk holds no statement in two languages" + (f", of which one is {source}" if source else ""),
            hint="Add the pages of both languages: they are paired by issuer, day and kind",
        )
    target = languages.find(into).code if into else others.most_common(1)[0][0]
    pairs = [one for one in pairs if target in one.languages]
    places: list[_Place] = []
    elsewhere: Counter[str] = Counter()
    total = unpaired = 0
    for pair in pairs:
        found, lost = _places(desk, pair, phrase, source, elsewhere)
        places += found
        unpaired += lost
        total += len(pair.pairs)
    spans = _rendered(places, phrase, elsewhere, total, (source, target))
    uses = [_use(place, span) for place, span in zip(places, spans, strict=True)]
    return Renderings(
        phrase=phrase,
        languages=(source, target),
        uses=len(places) + unpaired,
        unpaired=unpaired,
        documents=len(pairs),
        renderings=tuple(_grouped(uses)),
        held=coverage(desk, SearchScope(language=(source,))),
    )


def _language_of(desk: Desk, phrase: str, pairs: Sequence[AlignedDocuments]) -> str:
    """The language in which most of the documents with a phrase are; empty where none has it and there is no language."""
    held = {id for pair in pairs for id in (pair.one, pair.other)}
    query = "SELECT id, language FROM document WHERE instr(lower(text), lower(?))"
    found = Counter(
        languages.find(row["language"]).code for row in desk.record.execute(query, (phrase,)) if row["id"] in held
    )
    others = Counter(code for pair in pairs for code in pair.languages)
    return next((code for code, _ in [*found.most_common(1), *others.most_common(1)]), "")


def _places(
    desk: Desk, pair: AlignedDocuments, phrase: str, source: str, elsewhere: Counter[str]
) -> tuple[list[_Place], int]:
    """The uses of a phrase in one document with what stands for them, and how many have no counterpart; counts all words of the
    other version in ``elsewhere``."""
    side = pair.languages.index(source)
    own, other = (desk.document(id) for id in ((pair.one, pair.other), (pair.other, pair.one))[side])
    found = []
    hits = [match.span() for match in _pattern(phrase).finditer(own.text)]
    for stretch in pair.pairs:
        (start, end), (first, last) = (stretch[:2], stretch[2:])[:: 1 if side == 0 else -1]
        said = tuple(units(other.text[first:last], first))
        elsewhere.update({unit.key for unit in said})
        found += [
            _Place(own.id, *hit, pair.day, other.id, first, other.text[first:last], said)
            for hit in hits
            if start <= hit[0] and hit[1] <= end
        ]
    inside = sum(any(turn.start <= hit[0] < turn.end for turn in own.turns) for hit in hits)
    return found, max(0, inside - len({(place.start, place.end) for place in found}))


def _pattern(phrase: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, phrase.split()))
    edges = [
        r"\b" if letter.isascii() and letter.isalnum() else "" for letter in (phrase.strip()[:1], phrase.strip()[-1:])
    ]
    return re.compile(edges[0] + words + edges[1], re.I)


def _rendered(
    places: Sequence[_Place], phrase: str, elsewhere: Counter[str], total: int, codes: tuple[str, str]
) -> list[tuple[int, int] | None]:
    """What stands for each use: a span of the other text, or None."""
    beside = Counter(key for place in places for key in {unit.key for unit in place.units})
    table = bundled(*codes)
    known = {
        partner: strength for unit in units(phrase) for partner, strength in table.partners.get(unit.key, {}).items()
    }
    often = {}
    for key, count in beside.items():
        here = (count + 0.5) / (len(places) + 1)
        there = (elsewhere[key] - count + 0.5) / max(1, total - len(places) + 1)
        if count >= _LEAST and here / there >= _TIMES:
            often[key] = math.log(here / there)
    known = {key: strength for key, strength in known.items() if strength >= _KNOWN}
    apart = _APART[languages.find(codes[1]).words.spaced]
    return [_stretch(place, known, apart) or _stretch(place, often, apart) for place in places]


def _stretch(place: _Place, scores: dict[str, float], apart: int) -> tuple[int, int] | None:
    """The stretch of a sentence with the best words, none of them far from the next."""
    best: tuple[float, tuple[int, int] | None] = (0.0, None)
    run: list[Unit] = []
    for unit in [*(unit for unit in place.units if unit.key in scores), None]:
        if unit is not None and (not run or unit.start - run[-1].end <= apart):
            run.append(unit)
            continue
        worth = sum(scores[key] for key in {one.key for one in run})
        if run and worth > best[0]:
            best = worth, (run[0].start, run[-1].end)
        run = [unit] if unit is not None else []
    return best[1]


def _use(place: _Place, span: tuple[int, int] | None) -> RenderedUse:
    first, last = span or (place.first, place.first + len(place.text))
    words = " ".join(place.text[first - place.first : last - place.first].lower().split()) if span else None
    return RenderedUse(
        document=place.document, start=place.start, end=place.end, day=place.day, other=place.other, other_start=first,
        other_end=last, quote=" ".join(place.text.split()), rendering=words,
    )  # fmt: skip


def _grouped(uses: Sequence[RenderedUse]) -> list[Rendering]:
    """The uses by rendering: forms of the same words are one, shown as most of them are printed."""
    by_stem: dict[tuple[str, ...] | None, list[RenderedUse]] = defaultdict(list)
    for use in uses:
        by_stem[tuple(unit.key for unit in units(use.rendering)) if use.rendering else None].append(use)
    found = []
    for some in by_stem.values():
        days = sorted(use.day for use in some)
        shown = Counter(use.rendering for use in some).most_common(1)[0][0]
        found.append(
            Rendering(
                words=shown,
                count=len(some),
                share=round(len(some) / len(uses), 4),
                first=days[0],
                last=days[-1],
                years=dict(sorted(Counter(day[:4] for day in days).items())),
                uses=tuple(some),
            )
        )
    return sorted(found, key=lambda one: (one.words is None, -one.count, one.words or ""))
