"""Trends: acts, mentions, answers or words counted by day, month or year, several side by side, gaps told for what they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, Literal

import msgspec

from onrecord.asking.acts import ActFilters, act_conditions, unannotated
from onrecord.asking.answers import TYPES, AnswerFilters, answer_conditions
from onrecord.asking.conditions import Told, Where, days, on_desk, outlets_of, tables
from onrecord.asking.find import Filters, Held, counts_by, held
from onrecord.asking.mentions import MentionFilters, by_document
from onrecord.asking.query import divide
from onrecord.desk.store import Desk, Listed
from onrecord.errors import QueryError
from onrecord.lexicon.codes import unknown

By = Literal["day", "month", "year"]
What = Literal["acts", "mentions", "answers", "turns"]

_TERM = re.compile(r"(mention|answer):(.*)", re.S)
_ACTING = ("actor", "target", "act", "issue")
#: In days: three centuries hold all that is on record.
_LONGEST = 110_000
_WIDTH = {"day": 10, "month": 7, "year": 4}


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """A day, month or year, with what the desk holds of it: documents, days that have some, and weekdays that have none."""

    name: str
    documents: int
    days: int
    missing: int


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """A term counted: what of it, and how often in each period. ``None`` is a period of which the desk holds nothing."""

    term: str
    what: What
    counts: tuple[int | None, ...]
    total: int
    undated: int


class Trends(msgspec.Struct, frozen=True, kw_only=True):
    """The answer. ``periods`` go without a break from the first that the desk holds, or was asked for, to the last."""

    by: By
    periods: tuple[Period, ...]
    series: tuple[Series, ...]
    held: Held
    unannotated: int

    @property
    def counted(self) -> str:
        """What the numbers are, in words."""
        told = {
            "acts": "acts, each by its trigger",
            "mentions": "mentions, each naming of it",
            "answers": "turns that answer a question so",
            "turns": "turns that hold the words, once each",
        }
        return "; ".join(told[what] for what in dict.fromkeys(series.what for series in self.series))

    @property
    def not_shown(self) -> tuple[str, ...]:
        """What the numbers do not say."""
        lacking = sum(period.documents == 0 for period in self.periods)
        notes = ["A number goes with how much was said and is held, not only with what was said of it."]
        if lacking:
            notes.append(f"{lacking} of {len(self.periods)} {self.by}s are not held and show as gaps, not as none.")
        partly = sum(period.documents > 0 and period.missing > 0 for period in self.periods)
        if partly and self.by != "day":
            notes.append(f"{partly} {self.by}s have weekdays that the desk does not hold.")
        undated = sum(series.undated for series in self.series)
        if undated:
            notes.append(f"{undated} in undated documents are left out.")
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


def trends(desk: Desk, terms: Iterable[str], filters: Told | None = None, *, by: By = "month") -> Trends:
    """Each term counted by ``day``, ``month`` or ``year``, within the filters.

    A term is a query of :func:`~onrecord.asking.find.find`, and counts turns (``"win-win cooperation"``); or filters of acts
    alone, and counts acts (``actor:China act:oppose issue:taiwan``); or ``mention:`` and a name (``mention:Japan``); or
    ``answer:`` and a kind (``answer:decline outlet:afp``), with filters behind it.

    Raises QueryError.
    """
    wanted = filters or Told()
    if by not in _WIDTH:
        raise QueryError(f"periods are day, month or year, not {by!r}", hint="--by month")
    days(wanted.since, wanted.until)
    counted = [(term, *_count(desk, term.strip(), wanted, by)) for term in terms]
    if not counted:
        raise QueryError(
            "nothing was asked for", hint="Name a term: a query, act:oppose, mention:China, answer:decline"
        )
    periods = _periods(desk, wanted, by)
    series = []
    for term, what, found, scope in counted:
        # A term may narrow to one issuer.
        own = periods if _narrows_as(scope, wanted) else _periods(desk, scope, by)
        held_of = {one.name: one.documents for one in own}
        counts = tuple(found.get(one.name, 0) if held_of.get(one.name) else None for one in periods)
        undated = found.get("undated", 0)
        series.append(Series(term=term, what=what, counts=counts, total=sum(filter(None, counts)), undated=undated))
    return Trends(by=by, periods=periods, series=tuple(series), held=held(desk), unannotated=unannotated(desk))


def _narrows_as(scope: Told, other: Told) -> bool:
    """Whether two filters let the same documents through."""
    return all(getattr(scope, name) == getattr(other, name) for name in ("issuer", "language", "since", "until"))


def _count(desk: Desk, term: str, filters: Told, by: By) -> tuple[What, Counter[str], Told]:
    """What a term counts, how often in each period, and what it is narrowed to."""
    special = _TERM.fullmatch(term)
    if special is not None:
        value, asked = divide(_quoted(special[2]))
        value = value.strip('"“”')
        if special[1] == "mention":
            named = MentionFilters(**_narrowed(filters, asked), id=(value,))
            return "mentions", _mentions(desk, named, by), named
        if value not in TYPES:
            raise unknown("kind of answer", value, {type: type for type in TYPES}, f"The kinds are {', '.join(TYPES)}")
        issue = asked.pop("issue", ())
        answering = AnswerFilters(**_narrowed(filters, asked), issue=issue)
        where = answer_conditions(desk, answering)
        where.one_of("turn.answer_type", (value,))
        return "answers", _by_day(desk, "turn", where, by), answering
    words, asked = divide(term)
    if not words and any(name in asked for name in _ACTING):
        parts: dict[str, Any] = {{"act": "type"}.get(name, name): asked.pop(name, ()) for name in _ACTING}
        acting = ActFilters(**_narrowed(filters, asked), **parts)
        return "acts", _by_day(desk, "act", act_conditions(desk, acting), by), acting
    own = {name: values for name, values in asked.items() if name in Told.__struct_fields__}
    scope = Told(**_narrowed(filters, own))
    given = msgspec.structs.asdict(scope) | {name: values for name, values in asked.items() if name not in own}
    given["outlet"] = outlets_of(desk, scope.outlet)
    return "turns", Counter(counts_by(desk, words, Filters(**given), by=by)), scope


def _quoted(words: str) -> str:
    """``mention:the White House``: words up to the first filter are one name."""
    head = re.split(r"\s(?=[a-z_]+:)", words, maxsplit=1)
    name = head[0].strip().strip('"')
    return " ".join([f'"{name}"' if name else "", *head[1:]])


def _narrowed(filters: Told, asked: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """The filters of all terms with those of one. Raises QueryError for one that does not apply."""
    given = msgspec.structs.asdict(filters)
    for name, values in asked.items():
        if name not in given:
            raise QueryError(f"{name}: does not narrow this", hint=f"What does: {', '.join(given)}")
        given[name] = values[-1] if name in ("since", "until") else values
    return given


def _by_day(desk: Desk, table: Literal["act", "turn"], where: Where, by: By) -> Counter[str]:
    period = f"coalesce(substr(document.day, 1, {_WIDTH[by]}), 'undated')"
    query = f"SELECT {period}, count(*) {tables(table, where, period)} {where} GROUP BY 1"
    return Counter({row[0]: row[1] for row in desk.record.execute(query, where.values)})


def _mentions(desk: Desk, filters: MentionFilters, by: By) -> Counter[str]:
    found: Counter[str] = Counter()
    for _, _, count, told in by_document(desk, filters):
        found[told[: _WIDTH[by]] if told else "undated"] += count
    return found


def _periods(desk: Desk, filters: Told, by: By) -> tuple[Period, ...]:
    """Every period from the first to the last, with what the desk holds of it from the issuers and in the languages asked for."""
    if _narrows_as(filters, Told()):
        return desk.remembered(f"periods by {by}", lambda: _counted(desk.listed(), filters, by))
    issuers = on_desk(desk, "issuer", "document", filters.issuer)
    languages = on_desk(desk, "language", "document", filters.language)
    listed = [
        one
        for one in desk.listed()
        if (not issuers or one.issuer in issuers) and (not languages or one.language in languages)
    ]
    return _counted(listed, filters, by)


def _counted(listed: Iterable[Listed], filters: Told, by: By) -> tuple[Period, ...]:
    documents = Counter(date.fromisoformat(one.day) for one in listed if one.day)
    if not documents:
        return ()
    first = date.fromisoformat(filters.since) if filters.since else min(documents)
    last = date.fromisoformat(filters.until) if filters.until else max(documents)
    if (last - first).days > _LONGEST:
        raise QueryError(f"{first} to {last} is too long to count through", hint="Narrow it: --since, --until")
    found: dict[str, list[int]] = {}
    for offset in range((last - first).days + 1):
        now = first + timedelta(offset)
        counts = found.setdefault(now.isoformat()[: _WIDTH[by]], [0, 0, 0])
        count = documents.get(now, 0)
        counts[0] += count
        counts[1] += count > 0
        counts[2] += not count and now.weekday() < 5
    return tuple(Period(name=name, documents=n, days=days, missing=m) for name, (n, days, m) in found.items())
