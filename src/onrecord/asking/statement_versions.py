"""The same statement in other languages on a desk: which documents they are, and their alignment, sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from onrecord import languages
from onrecord.comparing.language_versions import LEAST_SHARED, LanguageVersions, align_versions, sentences_of
from onrecord.comparing.learning import learn_from_versions
from onrecord.comparing.word_table import WordTable
from onrecord.desk.listing import Listed, Row
from onrecord.desk.snapshot import one_state
from onrecord.desk.store import Desk
from onrecord.errors import QueryError
from onrecord.record import Document

#: Change this when alignments change.
_LAYOUT = 2


class AlignedDocuments(msgspec.Struct, frozen=True, kw_only=True):
    """Two language versions on a desk, and the intervals of their texts that say the same: start and end in the one, then in the
    other."""

    one: str
    other: str
    languages: tuple[str, str]
    day: str
    pairs: tuple[tuple[int, int, int, int], ...]


@one_state
def language_versions(desk: Desk, id: str, *, sure: bool = False) -> tuple[Row, ...]:
    """The documents that say the same as this one in another language: of its issuer, day and kind. Raises UnknownDocument.

    Where there are several, their words decide; with ``sure``, which takes less time, none is then given.
    """
    own = desk.row(id)
    if not own.day:
        return ()
    same_day = desk.rows(issuer=own.issuer, kind=own.kind, since=own.day, until=own.day)
    others: dict[str, list[Row]] = {}
    for row in same_day:
        if _code(row.language) != _code(own.language):
            others.setdefault(_code(row.language), []).append(row)
    alone = sum(_code(row.language) == _code(own.language) for row in same_day) == 1
    found = []
    for rows in others.values():
        if alone and len(rows) == 1:
            found += rows
        elif not sure and (best := _best(desk, id, rows)) is not None:
            found.append(best)
    return tuple(found)


def _code(language: str) -> str:
    return languages.find(language).code


def _best(desk: Desk, id: str, rows: list[Row]) -> Row | None:
    """The one of several documents whose words are found most in this one."""
    document = desk.document(id)
    rated = [(align_versions(document, desk.document(row.id)).shared, row.id) for row in rows]
    shared, best = max(rated)
    return next(row for row in rows if row.id == best) if shared >= LEAST_SHARED else None


def aligned_documents(desk: Desk, tell: Callable[[int, int], None] | None = None) -> tuple[AlignedDocuments, ...]:
    """All documents of a desk that are held in two languages, aligned; kept until the record changes. ``tell`` is told how many
    of how many are done."""
    return desk.cached(
        "language versions", tuple[AlignedDocuments, ...], lambda: _align_all(desk, tell), layout=_LAYOUT
    )


def _align_all(desk: Desk, tell: Callable[[int, int], None] | None) -> tuple[AlignedDocuments, ...]:
    by_place: dict[tuple[str, str, str], list[Listed]] = {}
    for one in desk.listed():
        if one.day:
            by_place.setdefault((one.issuer, one.kind, one.day), []).append(one)
    wanted = [rows for rows in by_place.values() if len({_code(row.language) for row in rows}) > 1]
    found: list[AlignedDocuments] = []
    for done, rows in enumerate(wanted):
        if tell is not None:
            tell(done, len(wanted))
        found += _align_day(desk, rows)
    return tuple(found)


def _align_day(desk: Desk, rows: list[Listed]) -> list[AlignedDocuments]:
    """The versions among the documents of one day, every document with its best partner in each other language."""
    found = []
    codes = sorted({_code(row.language) for row in rows})
    for at, first in enumerate(codes):
        for second in codes[at + 1 :]:
            one, other = (
                [desk.document(row.id) for row in rows if _code(row.language) == code] for code in (first, second)
            )
            rated = [(align_versions(a, b), a, b) for a in one for b in other]
            taken: set[str] = set()
            for versions, a, b in sorted(rated, key=lambda pair: -pair[0].shared):
                if versions.shared >= LEAST_SHARED and not {a.id, b.id} & taken:
                    taken |= {a.id, b.id}
                    found.append(_aligned(versions, a, b))
    return found


def _aligned(versions: LanguageVersions, one: Document, other: Document) -> AlignedDocuments:
    return AlignedDocuments(
        one=one.id,
        other=other.id,
        languages=(_code(one.language), _code(other.language)),
        day=one.date or "",
        pairs=tuple(
            (pair.one[0][0], pair.one[-1][1], pair.other[0][0], pair.other[-1][1])
            for pair in versions.sentences
            if pair.one and pair.other
        ),
    )


def learn_word_table(desk: Desk, one: str, other: str) -> tuple[WordTable, int]:
    """Learn a table of words from the statements that the desk holds in two languages, given by their codes; also how many.

    Statements are paired by issuer, day and kind where each language has one. Raises QueryError where there is none.
    """
    by_place: dict[tuple[str, str, str], dict[str, list[str]]] = {}
    for row in desk.listed():
        if row.day and (code := _code(row.language)) in (one, other):
            by_place.setdefault((row.issuer, row.kind, row.day), {}).setdefault(code, []).append(row.id)
    pairs = [
        (found[one][0], found[other][0]) for found in by_place.values() if sorted(map(len, found.values())) == [1, 1]
    ]
    if not pairs:
        raise QueryError(f"the desk holds no statement in both {one} and {other}", hint="Add pages in both languages")
    versions = [(sentences_of(desk.document(a)), sentences_of(desk.document(b))) for a, b in pairs]
    return learn_from_versions((one, other), versions), len(pairs)
