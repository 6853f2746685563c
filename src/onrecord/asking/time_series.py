"""Trends: acts, mentions, answers or words counted by day, month or year, side by side, with gaps shown as gaps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, Literal

import msgspec

from onrecord.asking.act_filters import ActFilters, act_conditions
from onrecord.asking.answer_counts import ANSWER_TYPES, AnswerFilters, answer_conditions
from onrecord.asking.conditions import SqlConditions, check_days, desk_languages, desk_values, outlet_ids_of, tables
from onrecord.asking.mention_counts import MentionFilters, counts_by_document
from onrecord.asking.query import split_filters
from onrecord.asking.scope import SearchScope, first_day, last_day
from onrecord.asking.search_coverage import Coverage, coverage, unannotated
from onrecord.asking.turn_search import TurnFilters, counts_by
from onrecord.desk.listing import Listed
from onrecord.desk.snapshot import one_state
from onrecord.desk.store import Desk
from onrecord.errors import QueryError
from onrecord.languages.code_lookup import unknown
from onrecord.partial_dates import WIDTH, Precision, first_day_of, last_day_of, lies_within, period_of, whole_day

PeriodLength = Precision
CountedThing = Literal["acts", "mentions", "answers", "turns"]

_TERM = re.compile(r"(mention|answer):(.*)", re.S)
_ACT_FILTERS = ("actor", "target", "act", "issue")
#: The most days: three centuries include everything on record.
_LONGEST = 110_000


class TrendPeriod(msgspec.Struct, frozen=True, kw_only=True):
    """A day, month or year: its documents on the desk, days with documents, and weekdays without.

    A document of which only the year is known counts in its year, and in no month and no day.
    """

    name: str
    documents: int
    days: int
    missing: int


class TrendSeries(msgspec.Struct, frozen=True, kw_only=True):
    """A term with its count in each period, ``None`` where the desk has no document of that period.

    ``undated`` is the count in documents without a date, or whose date is not known to the period (``by``).
    """

    term: str
    what: CountedThing
    counts: tuple[int | None, ...]
    total: int
    undated: int


class Trends(msgspec.Struct, frozen=True, kw_only=True):
    """The result. ``periods`` run without gaps from the first on the desk, or the first requested, to the last."""

    by: PeriodLength
    periods: tuple[TrendPeriod, ...]
    series: tuple[TrendSeries, ...]
    held: Coverage
    unannotated: int

    @property
    def counted(self) -> str:
        """What was counted, in words."""
        counted = {
            "acts": "acts, each once",
            "mentions": "mentions, each occurrence",
            "answers": "turns that answer a question in this way",
            "turns": "turns with these words, each once",
        }
        return "; ".join(counted[what] for what in dict.fromkeys(series.what for series in self.series))

    @property
    def not_shown(self) -> tuple[str, ...]:
        """What the numbers do not show."""
        lacking = sum(period.documents == 0 for period in self.periods)
        notes = ["Numbers depend on how much was said and is on the desk, not only on the term."]
        if lacking:
            notes.append(
                f"{lacking} of {len(self.periods)} {self.by}s have no documents on the desk and are gaps, not zeros."
            )
        partly = sum(period.documents > 0 and period.missing > 0 for period in self.periods)
        if partly and self.by != "day":
            notes.append(f"{partly} {self.by}s have weekdays without documents on the desk.")
        undated = sum(series.undated for series in self.series)
        if undated:
            known = "undated documents" if self.by == "year" else f"documents whose {self.by} is not known"
            notes.append(f"{undated} in {known} are not counted.")
        if self.unannotated:
            notes.append(f"{self.unannotated} documents are not annotated: run `onrecord annotate`.")
        return tuple(notes)

    def rows(self) -> Iterator[dict[str, object]]:
        """A flat row for each period and term."""
        for place, period in enumerate(self.periods):
            for series in self.series:
                yield {
                    "period": period.name, "term": series.term, "what": series.what, "count": series.counts[place],
                    "documents": period.documents, "days_held": period.days, "weekdays_missing": period.missing,
                }  # fmt: skip

    def frame(self) -> Any:
        """The rows as a polars data frame. Needs polars: ``pip install 'onrecord[tables]'``."""
        import polars

        return polars.DataFrame(list(self.rows()))


@one_state
def trends(
    desk: Desk,
    terms: Iterable[str],
    filters: SearchScope | None = None,
    *,
    by: PeriodLength = "month",
    both_scripts: bool = False,
) -> Trends:
    """Each term counted by ``day``, ``month`` or ``year``, within the filters.

    A term is one of these, with filters after it:

    - a query of :func:`~onrecord.asking.find`, which counts turns: ``"win-win cooperation"``
    - filters of acts alone, which count acts: ``actor:China act:oppose issue:taiwan``
    - ``mention:`` and a name, which counts mentions: ``mention:Japan``
    - ``answer:`` and a kind of answer, which counts answers: ``answer:decline outlet:afp``

    ``both_scripts`` counts words in simplified and traditional characters alike. Raises QueryError.
    """
    wanted = filters or SearchScope()
    if by not in WIDTH:
        raise QueryError(f"periods are day, month or year, not {by!r}", hint="--by month")
    check_days(wanted.since, wanted.until)
    counted = [(term, *_count(desk, term.strip(), wanted, by, both_scripts)) for term in terms]
    if not counted:
        raise QueryError(
            "there is no term to count", hint="Give one: a query, act:oppose, mention:China, answer:decline"
        )
    periods = _periods(desk, wanted, by)
    series = []
    for term, what, found, scope in counted:
        # A term may have an issuer of its own.
        own = periods if _same_documents(scope, wanted) else _periods(desk, scope, by)
        documents = {one.name: one.documents for one in own}
        counts = tuple(found.get(one.name, 0) if documents.get(one.name) else None for one in periods)
        undated = found.get("undated", 0)
        series.append(
            TrendSeries(term=term, what=what, counts=counts, total=sum(filter(None, counts)), undated=undated)
        )
    return Trends(
        by=by, periods=periods, series=tuple(series), held=coverage(desk, wanted), unannotated=unannotated(desk)
    )


def _same_documents(scope: SearchScope, other: SearchScope) -> bool:
    """Whether two scopes select the same documents."""
    return all(getattr(scope, name) == getattr(other, name) for name in ("issuer", "language", "since", "until"))


def _count(
    desk: Desk, term: str, filters: SearchScope, by: PeriodLength, both_scripts: bool
) -> tuple[CountedThing, Counter[str], SearchScope]:
    """What a term counts, its count in each period, and its scope."""
    special = _TERM.fullmatch(term)
    if special is not None:
        value, asked = split_filters(_quoted(special[2]))
        value = value.strip('"“”')
        if special[1] == "mention":
            named = MentionFilters(**_merged_filters(filters, asked), id=(value,))
            return "mentions", _mentions(desk, named, by), named
        if value not in ANSWER_TYPES:
            raise unknown(
                "kind of answer",
                value,
                {type: type for type in ANSWER_TYPES},
                f"The kinds are {', '.join(ANSWER_TYPES)}",
            )
        issue = asked.pop("issue", ())
        answering = AnswerFilters(**_merged_filters(filters, asked), issue=issue)
        where = answer_conditions(desk, answering)
        where.one_of("turn.answer_type", (value,))
        return "answers", _by_day(desk, "turn", where, by), answering
    words, asked = split_filters(term)
    if not words and any(name in asked for name in _ACT_FILTERS):
        parts: dict[str, Any] = {{"act": "type"}.get(name, name): asked.pop(name, ()) for name in _ACT_FILTERS}
        acting = ActFilters(**_merged_filters(filters, asked), **parts)
        return "acts", _by_day(desk, "act", act_conditions(desk, acting), by), acting
    own = {name: values for name, values in asked.items() if name in SearchScope.__struct_fields__}
    scope = SearchScope(**_merged_filters(filters, own))
    given = msgspec.structs.asdict(scope) | {name: values for name, values in asked.items() if name not in own}
    given["outlet"] = outlet_ids_of(desk, scope.outlet)
    return "turns", Counter(counts_by(desk, words, TurnFilters(**given), by=by, both_scripts=both_scripts)), scope


def _quoted(words: str) -> str:
    """Quote the words before the first filter: in ``mention:the White House`` they are one name."""
    head = re.split(r"\s(?=[a-z_]+:)", words, maxsplit=1)
    name = head[0].strip().strip('"')
    return " ".join([f'"{name}"' if name else "", *head[1:]])


def _merged_filters(filters: SearchScope, asked: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """The filters of all terms combined with those of one. Raises QueryError for a filter that does not apply."""
    given = msgspec.structs.asdict(filters)
    for name, values in asked.items():
        if name not in given:
            raise QueryError(f"{name}: cannot be combined with this term", hint=f"These can: {', '.join(given)}")
        given[name] = values[-1] if name in ("since", "until") else values
    return given


def _by_day(desk: Desk, table: Literal["act", "turn"], where: SqlConditions, by: PeriodLength) -> Counter[str]:
    known = f"CASE WHEN length(document.day) >= {WIDTH[by]} THEN substr(document.day, 1, {WIDTH[by]}) END"
    period = f"coalesce({known}, 'undated')"
    query = f"SELECT {period}, count(*) {tables(table, where, period)} {where} GROUP BY 1"
    return Counter({row[0]: row[1] for row in desk.record.execute(query, where.values)})


def _mentions(desk: Desk, filters: MentionFilters, by: PeriodLength) -> Counter[str]:
    found: Counter[str] = Counter()
    for _, _, count, day in counts_by_document(desk, filters):
        found[period_of(day, by) or "undated"] += count
    return found


def _periods(desk: Desk, filters: SearchScope, by: PeriodLength) -> tuple[TrendPeriod, ...]:
    """Every period from the first to the last, with the documents of the scope's issuers and languages."""
    if _same_documents(filters, SearchScope()):
        return desk.remembered(f"periods by {by}", lambda: _counted(desk.listed(), filters, by))
    issuers = desk_values(desk, "issuer", "document", filters.issuer)
    languages = desk_languages(desk, filters.language)
    listed = [
        one
        for one in desk.listed()
        if (not issuers or one.issuer in issuers) and (not languages or one.language in languages)
    ]
    return _counted(listed, filters, by)


def _counted(listed: Iterable[Listed], filters: SearchScope, by: PeriodLength) -> tuple[TrendPeriod, ...]:
    dates = Counter(one.day for one in listed if period_of(one.day, by))
    if not dates:
        return ()
    since, until = first_day(filters.since), last_day(filters.until)
    first = date.fromisoformat(since or min(first_day_of(one) for one in dates if one))
    last = date.fromisoformat(until or max(last_day_of(one) for one in dates if one))
    if (last - first).days > _LONGEST:
        raise QueryError(f"{first} to {last} is too long a time", hint="Narrow it: --since, --until")
    found: dict[str, list[int]] = {}
    for offset in range((last - first).days + 1):
        now = first + timedelta(offset)
        counts = found.setdefault(now.isoformat()[: WIDTH[by]], [0, 0, 0])
        count = dates.get(now.isoformat(), 0)
        counts[0] += count
        counts[1] += count > 0
        counts[2] += not count and now.weekday() < 5
    for one, count in dates.items():
        if one and not whole_day(one) and lies_within(one, since, until):
            found[one[: WIDTH[by]]][0] += count
    return tuple(
        TrendPeriod(name=name, documents=n, days=check_days, missing=m) for name, (n, check_days, m) in found.items()
    )
