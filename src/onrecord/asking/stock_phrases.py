"""Stock phrases (formulas) of a slice of the record, found without being named, and their changes between two periods.

A formula is a maximal repeated word sequence in the podium's sentences (see :mod:`onrecord.asking.repeated_sequences`)
that no table excludes (``lexicon/formulas.toml``: boilerplate, names). Formulas are ranked by how fixed they are (in how
many documents they occur, how firmly their words belong together, how freely the whole is placed) and by how informative:
how rare their words are in the slice. Of formulas with nearly the same words only the best is listed.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord.asking.alignment import compare
from onrecord.asking.conditions import resolved
from onrecord.asking.corpus_slice import CorpusSlice, languages, podium_slice
from onrecord.asking.formula_results import ComparedPeriod, Formula, Formulas, Replacement
from onrecord.asking.formula_table import aside
from onrecord.asking.repeated_sequences import MaximalSequences, SequenceRound, maximal_sequences, repeated_sequences
from onrecord.asking.scope import SearchScope, first_day, last_day
from onrecord.asking.search_coverage import coverage
from onrecord.desk.snapshot import one_state
from onrecord.desk.store import Desk
from onrecord.errors import QueryError
from onrecord.languages import find as find_language

#: The fewest documents of a formula, and the fewest words (in Chinese, characters): below, repeats are chance.
LEAST = 5
SHORTEST, SHORTEST_CHINESE = 3, 4
#: A formula is born or dies between two periods when its share of their documents rises or falls by this factor.
TURN = 10.0
#: A formula replaced another when they share this part of their words in order, and this part of their information.
ALIKE, ALIKE_TELLING = 0.6, 0.4
#: Two formulas count as near duplicates when the shorter has this share of its words in the other.
_NEAR_DUPLICATE = 0.75
#: The bits of information of a word, at most (in one document of sixteen or fewer: rarer words are names and figures) and
#: at least (in all documents: a formula may occur in every one).
_RAREST, _USUAL = 4.0, 0.25
#: The bits that two formulas must share to count as a replacement: "at this point" and "at this moment" do not.
_COMMON = 4.0
#: How many births and deaths are compared for replacements, and how many formulas can be requested.
_PAIRED, _MOST = 600, 1000
_PERIOD = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:\.\.(\d{4}(?:-\d\d(?:-\d\d)?)?))?")


@one_state
def formulas(
    desk: Desk,
    *,
    issuer: str | None = None,
    language: str | None = None,
    since: str | None = None,
    until: str | None = None,
    between: tuple[str, str] | None = None,
    least: int = LEAST,
    shortest: int | None = None,
    names: bool = False,
    limit: int = 30,
) -> Formulas:
    """The formulas of the podium: for each language the ``limit`` best ones (1 to 1000), best first.

    ``between`` names two periods, each a year, a month, a day or two of these joined by ``..``: a formula must then occur
    in ``least`` documents of one of them, and births and deaths between them are listed too. Uses outside both periods
    count for the first and last use: what was said before the first period was not born after it. ``shortest`` is the
    fewest words, by default 3, in Chinese 4 characters. ``names`` includes names. ``since`` and ``until`` are a year, a
    month or a day.

    Raises QueryError for a period that cannot be understood or has no document, or an issuer or language that the desk
    does not have.
    """
    if least < 2 or not 1 <= limit <= _MOST:
        raise QueryError(
            f"least is 2 or more and limit 1 to {_MOST}, not {least} and {limit}", hint="5 and 30 are usual"
        )
    periods = [_period(words) for words in between or ()]
    days = [(period.since, period.until) for period in periods]
    listed: list[_LanguageFormulas] = []
    searched = resolved(
        desk,
        SearchScope(
            issuer=(issuer,) if issuer else (), language=(language,) if language else (), since=since, until=until
        ),
    )
    since, until = first_day(since), last_day(until)
    documents = words = 0
    for one in languages(desk):
        if searched.language and one not in searched.language:
            continue
        slice = podium_slice(
            desk, one, issuer=next(iter(searched.issuer), None), since=since, until=until, periods=days
        )
        if slice is None:
            continue
        documents += len(slice.days)
        words += len(slice.said.numbers)
        periods = [
            msgspec.structs.replace(period, documents=period.documents + int((slice.said.periods == at).sum()))
            for at, period in enumerate(periods)
        ]
        listed.append(_list(desk, slice, len(periods), least, shortest, names, limit))
    for period in periods:
        if not period.documents:
            raise QueryError(
                f"no document of the slice is of {period.since} to {period.until}",
                where=str(desk.folder),
                hint="`onrecord show` lists the documents with their days",
            )
    return Formulas(
        formulas=tuple(_formula(desk, one) for some in listed for one in some.formulas),
        births=tuple(_formula(desk, one) for some in listed for one in some.births[:limit]),
        deaths=tuple(_formula(desk, one) for some in listed for one in some.deaths[:limit]),
        replacements=tuple(pair for some in listed for pair in _replacements(desk, some, limit)),
        periods=tuple(periods),
        least=least,
        documents=documents,
        words=words,
        held=coverage(desk, searched),
    )


class _RankedFormula(NamedTuple):
    """The sequence number ``at`` among the maximal ones of a length; ``bits`` are the information of each of its words."""

    slice: CorpusSlice
    sequences: MaximalSequences
    at: int
    weight: float
    words: tuple[str, ...]
    bits: tuple[float, ...]


class _LanguageFormulas(NamedTuple):
    """The formulas of a language, best first; more births and deaths than are listed, to be paired."""

    formulas: list[_RankedFormula]
    births: list[_RankedFormula]
    deaths: list[_RankedFormula]


_Ranked = list[tuple[float, int, int]]  # weight, length's number, sequence


def _period(words: str) -> ComparedPeriod:
    match = _PERIOD.fullmatch(words)
    if match is None:
        raise QueryError(
            f"a period is a year, a month or days, not {words!r}", hint="For example 2018, 2018-05 or 2018-05..2019-01"
        )
    return ComparedPeriod(first_day(match[1]) or "", last_day(match[2] or match[1]) or "")


def _list(
    desk: Desk, slice: CorpusSlice, periods: int, least: int, shortest: int | None, names: bool, limit: int
) -> _LanguageFormulas:
    said, table = slice.said, aside(slice.language)
    found = repeated_sequences(said, least, max(1, periods))
    if not found:
        return _LanguageFormulas([], [], [])
    numbers = {word: number for number, word in enumerate(slice.vocabulary)}
    usual = SHORTEST if find_language(slice.language).words.spaced else SHORTEST_CHINESE
    sequences = maximal_sequences(
        said,
        found,
        shortest=shortest or usual,
        never_first=np.array([numbers[word] for word in table.never_first if word in numbers], np.int64),
        never_last=np.array([numbers[word] for word in table.never_last if word in numbers], np.int64),
    )
    bits = _information(slice, found[0])
    summed = np.concatenate(([0.0], np.cumsum(bits[said.numbers])))
    ranked: _Ranked = []
    for number, one in enumerate(sequences):
        weights = _weights(one, summed)
        ranked += [(float(weights[at]), number, int(at)) for at in np.flatnonzero(weights > 0)]
    ranked.sort(key=lambda one: (-one[0], one[1], one[2]))

    def best(some: _Ranked, limit: int) -> list[_RankedFormula]:
        return _best(desk, slice, sequences, bits, some, names, limit)

    if periods != 2:
        return _LanguageFormulas(best(ranked, limit), [], [])
    born, dead = _born_and_died(slice, sequences, least)
    return _LanguageFormulas(
        best(ranked, limit),
        best([one for one in ranked if born[one[1]][one[2]]], max(limit, _PAIRED)),
        best([one for one in ranked if dead[one[1]][one[2]]], max(limit, _PAIRED)),
    )


def _information(slice: CorpusSlice, single: SequenceRound) -> NDArray[np.float64]:
    """The information of each word of the vocabulary in bits, by how few documents contain it."""
    bits = np.full(len(slice.vocabulary), _RAREST)
    documents = single.documents.sum(axis=1)[single.sequences]
    counted = max(1, int((slice.said.periods >= 0).sum()))
    bits[slice.said.numbers[single.places]] = np.log2(counted / documents).clip(_USUAL, _RAREST)
    return bits


def _weights(sequences: MaximalSequences, summed: NDArray[np.float64]) -> NDArray[np.float64]:
    """How fixed and how informative formulas are. Tuned by reading the first hundred in each language of the Chinese foreign
    ministry's conferences of 2017 to 2020: without the roots, names of one event and bare connectives rank first."""
    first = sequences.places[sequences.heads[:-1]]
    information = np.log2(1 + summed[first + sequences.size] - summed[first])
    weights: NDArray[np.float64] = (
        np.sqrt(sequences.documents.sum(axis=1) * sequences.freedom) * sequences.cohesion * information
    )
    return weights


def _born_and_died(
    slice: CorpusSlice, sequences: list[MaximalSequences], least: int
) -> tuple[list[NDArray[np.bool_]], list[NDArray[np.bool_]]]:
    """Masks of the formulas of each length that were born, and of those that died."""
    periods, documents_of = slice.said.periods, slice.said.documents
    counted = np.bincount(periods + 1, minlength=3)[1:]
    if not counted.all():  # without documents of a language in one of the periods, births and deaths are unknown
        none = [np.zeros(len(one.uses), bool) for one in sequences]
        return none, none
    inside = np.flatnonzero(periods >= 0)
    opening, closing = inside[0], inside[-1]
    born, dead = [], []
    for one in sequences:
        before, after = (one.documents / counted).T
        first, last = documents_of[one.places[one.heads[:-1]]], documents_of[one.places[one.heads[1:] - 1]]
        # A formula said before the first period only came back; one said after the second has not died.
        born.append((one.documents[:, 1] >= least) & (after >= TURN * before) & (first >= opening))
        dead.append((one.documents[:, 0] >= least) & (before >= TURN * after) & (last <= closing))
    return born, dead


def _best(
    desk: Desk,
    slice: CorpusSlice,
    sequences: list[MaximalSequences],
    bits: NDArray[np.float64],
    ranked: _Ranked,
    names: bool,
    limit: int,
) -> list[_RankedFormula]:
    """The best ones that no table excludes and that are no near duplicates of better ones."""
    from rapidfuzz.distance import LCSseq

    table = aside(slice.language)
    chosen: list[_RankedFormula] = []
    taken: list[str] = []
    for weight, number, at in ranked:
        one = sequences[number]
        places = one.places[one.heads[at] : one.heads[at + 1]]
        said = slice.words(int(places[0]), one.size)
        if table.is_boilerplate(said) or (not names and table.is_name(said)):
            continue
        numbers = slice.said.numbers[places[0] : places[0] + one.size].tolist()
        spoken = "".join(chr(0x10000 + number) for number in numbers)
        if any(_is_near_duplicate(LCSseq, spoken, other) for other in taken):
            continue
        if not names:
            printed = [slice.place(desk, int(place), one.size)[1] for place in (places[0], places[-1])]
            if table.is_name(said, *printed):
                continue
        chosen.append(_RankedFormula(slice, one, at, weight, said, tuple(bits[numbers].tolist())))
        taken.append(spoken)
        if len(chosen) == limit:
            break
    return chosen


def _is_near_duplicate(scorer: Any, one: str, other: str) -> bool:
    least = max(2, int(np.ceil(_NEAR_DUPLICATE * min(len(one), len(other)))))
    return bool(scorer.similarity(one, other, score_cutoff=least) >= least)


def _formula(desk: Desk, one: _RankedFormula) -> Formula:
    slice, sequences = one.slice, one.sequences
    places = sequences.places[sequences.heads[one.at] : sequences.heads[one.at + 1]]
    documents = slice.said.documents[places].tolist()
    dated = [place for place, document in zip(places.tolist(), documents, strict=True) if slice.days[document]]
    first, _ = slice.place(desk, int(places[0]), sequences.size)
    last, printed = slice.place(desk, dated[-1] if dated else int(places[-1]), sequences.size)
    years = Counter(slice.days[document][:4] or "undated" for document in sorted(set(documents)))
    before, after = sequences.documents[one.at].tolist() if sequences.documents.shape[1] == 2 else (None, None)
    return Formula(
        words=printed,
        language=slice.language,
        length=sequences.size,
        documents=len(set(documents)),
        uses=len(documents),
        first=first,
        last=last,
        by_year=dict(years),
        before=before,
        after=after,
        cohesion=round(float(sequences.cohesion[one.at]), 3),
        freedom=round(float(sequences.freedom[one.at]), 3),
        weight=round(one.weight, 3),
    )


def _replacements(desk: Desk, listed: _LanguageFormulas, limit: int) -> list[Replacement]:
    """Pairs of similar deaths and births, each in one pair at most; those with most in common first."""
    from rapidfuzz.distance import LCSseq

    pairs: list[tuple[float, int, int, float]] = []
    for d, died in enumerate(listed.deaths):
        for b, born in enumerate(listed.births):
            longer = max(len(died.words), len(born.words))
            least = int(np.ceil(ALIKE * longer - 1e-9))
            shared = LCSseq.similarity(died.words, born.words, score_cutoff=least)
            if not shared or shared < least:
                continue
            common = sum(
                sum(died.bits[op.src_start : op.src_end])
                for op in LCSseq.opcodes(died.words, born.words)
                if op.tag == "equal"
            )
            if common < max(_COMMON, ALIKE_TELLING * max(sum(died.bits), sum(born.bits))):
                continue
            pairs.append((-common * shared / longer, d, b, shared / longer))
    replacements: list[Replacement] = []
    dead: set[int] = set()
    alive: set[int] = set()
    for _, d, b, alike in sorted(pairs):
        if d in dead or b in alive:
            continue
        dead.add(d)
        alive.add(b)
        before, after = _formula(desk, listed.deaths[d]), _formula(desk, listed.births[b])
        replacements.append(Replacement(before, after, round(alike, 3), compare(before.words, after.words)))
        if len(replacements) == limit:
            break
    return replacements
