"""Facets: how many of the turns found have each issuer, speaker, outlet, language, kind, issue, act and year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import msgspec

from onrecord.asking.act_filters import turns_with_acts
from onrecord.asking.same_people import full_name, names_of_people
from onrecord.asking.turn_search import TurnFilters, resolve_query, text_index
from onrecord.desk.snapshot import one_state
from onrecord.desk.store import Desk
from onrecord.desk.text_entries import ACT_FIELDS
from onrecord.desk.text_index import counts
from onrecord.languages.tags import covered

#: What turns are counted by besides their days; each is a field of TurnFilters that takes these values.
FIELDS = ("issuer", "speaker", "outlet", "language", "kind", "issue", "act")
_UNDATED = "0"


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    """A value of a filter, its name for people to read, and how many of the turns found have it."""

    value: str
    name: str
    count: int


class Facets(msgspec.Struct, frozen=True, kw_only=True):
    """How many turns were found, and the commonest values of each of :data:`FIELDS`.

    ``by_year`` and ``by_month`` (YYYY-MM) run without gaps from the first to the last with turns; ``undated`` comes
    last, where there are turns whose year, or month, is not known.
    """

    count: int
    fields: dict[str, tuple[Facet, ...]]
    by_year: dict[str, int]
    by_month: dict[str, int]


@one_state
def facets(
    desk: Desk,
    query: str = "",
    filters: TurnFilters | None = None,
    *,
    most: int = 12,
    across: bool = False,
    pattern: str | None = None,
    both_scripts: bool = False,
) -> Facets:
    """Count the turns that :func:`~onrecord.asking.find` finds for the same question, by ``most`` values of each field.

    A value counts what would be found with its filter added, as long as its field is not filtered yet. ``issue`` and
    ``act`` count a turn once for each value it has, so their sum may be more or less than the number of turns: an issue
    includes those under it, and a turn may contain several acts or none. Where filters ask for acts, the values are
    those of the matching acts: ``act:agree`` counts a turn for the issues of its agreements alone.

    >>> facets(desk, "sanctions").fields["issue"][0]                                          # doctest: +SKIP
    Facet(value='taiwan', name='Taiwan', count=41)

    A language counts with the scripts and regions under it: ``zh`` with ``zh-Hant``, as asking for it finds them; a speaker with
    all names of the person.

    Raises QueryError.
    """
    asked = resolve_query(desk, query, filters, across=across, pattern=pattern, both_scripts=both_scripts)
    wanted = asked.filters
    index = text_index(desk)
    by_acts = wanted.actor or wanted.target or wanted.act or wanted.issue
    acts = turns_with_acts(desk, wanted.acts) if by_acts else None
    fields = FIELDS if acts is None else tuple(field for field in FIELDS if field not in ACT_FIELDS)
    found = counts(index, asked.exact, (*fields, "month"))
    months = found["month"]
    count = sum(months.values())
    if acts is not None:
        # If all of them are found nothing else narrows the search, and asking for the rows costs as much as counting.
        rows = index.search(asked.exact, limit=max(1, count))[1] if count < len(acts.turns) else None
        found |= acts.counts(rows)
    people = names_of_people(desk)
    found["speaker"] = _by_person(found["speaker"], people)
    tags = found["language"]
    found["language"] = {one: sum(tags[tag] for tag in covered(one, tags)) for one in tags}
    names = _NAMES | {"speaker": partial(full_name, people)}
    return Facets(
        count=count,
        fields={field: _commonest(found[field], names.get(field, str), most) for field in FIELDS},
        by_year=_by_year(months),
        by_month=_by_month(months),
    )


def _by_person(found: Mapping[str, int], people: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """The counts of speakers by person: asking for a name finds all names of the person."""
    joined: dict[str, int] = {}
    for speaker, count in found.items():
        name = people.get(speaker, (speaker,))[0]
        joined[name] = joined.get(name, 0) + count
    return joined


def _commonest(found: Mapping[str, int], name: Callable[[str], str], most: int) -> tuple[Facet, ...]:
    ranked = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Facet(value=value, name=name(value), count=count) for value, count in ranked[:most])


def _issue_name(id: str) -> str:
    from onrecord.languages.code_lookup import display_name

    return display_name(id)


def _outlet_name(id: str) -> str:
    from onrecord.lexicon.outlets import outlet_name

    return outlet_name(id)


_NAMES: dict[str, Callable[[str], str]] = {"issue": _issue_name, "outlet": _outlet_name}


def _by_year(months: Mapping[str, int]) -> dict[str, int]:
    years: dict[str, int] = {}
    for month, count in months.items():
        years[month[:4]] = years.get(month[:4], 0) + count
    dated = [int(year) for year in years if year != _UNDATED]
    span = range(min(dated), max(dated) + 1) if dated else ()
    return {f"{year:04}": years.get(f"{year:04}", 0) for year in span} | _undated(months)


def _by_month(months: Mapping[str, int]) -> dict[str, int]:
    dated = [divmod(int(month) - 1, 100) for month in months if not _has_no_month(month)]
    numbers = [year * 12 + month for year, month in dated]  # months counted from year 0, January being 0
    span = (divmod(number, 12) for number in range(min(numbers), max(numbers) + 1)) if numbers else ()
    counted = {f"{year:04}-{month + 1:02}": months.get(f"{year}{month + 1:02}", 0) for year, month in span}
    without = sum(count for month, count in months.items() if _has_no_month(month))
    return counted | ({"undated": without} if without else {})


def _has_no_month(month: str) -> bool:
    """Whether a number YYYYMM has no month: that of a turn of which only the year is known, or nothing."""
    return month.endswith("00") or month == _UNDATED


def _undated(months: Mapping[str, int]) -> dict[str, int]:
    return {"undated": months[_UNDATED]} if _UNDATED in months else {}
