"""Who answers whom, and who declines or refers what: kinds of answers counted by outlet, speaker or issue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

import msgspec

from onrecord.annotation_types import AnswerType
from onrecord.asking.conditions import SqlConditions, issue_ids, scope_conditions, tables
from onrecord.asking.same_people import full_name, names_of_people
from onrecord.asking.scope import SearchScope
from onrecord.asking.search_coverage import Coverage, coverage, unannotated
from onrecord.desk.snapshot import one_state
from onrecord.desk.store import Desk
from onrecord.desk.text_entries import ASKING_OUTLET
from onrecord.errors import QueryError
from onrecord.languages.code_lookup import display_name, unknown

AnswerGrouping = Literal["outlet", "speaker", "issue"]
#: The kinds of answers, the full answer first. A turn that answers nothing ("Go ahead.") has none.
ANSWER_TYPES: tuple[AnswerType, ...] = get_args(AnswerType)


class AnswerFilters(SearchScope, frozen=True, kw_only=True):
    """Which answers. ``issue`` is an issue that the question names, or one under it; ``type`` is the kind of answer."""

    issue: tuple[str, ...] = ()
    type: tuple[str, ...] = ()


class AnswerGroup(msgspec.Struct, frozen=True, kw_only=True):
    """The answers to one outlet, by one speaker or about one issue. ``key`` is ``None`` where the record names none.

    ``counts`` are by kind of answer; ``shares`` are their parts of ``total``, the number of answers of any kind.
    """

    key: str | None
    name: str
    total: int
    counts: dict[str, int]
    shares: dict[str, float]


class AnswerRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row behind the counts: a question, the turn that answers it, and the kind of that answer."""

    day: str | None
    issuer: str
    document: str
    outlet: str | None
    speaker: str | None
    type: str
    issues: tuple[str, ...]
    question: str
    answer: str
    question_turn: str
    turn: str


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """The result. ``groups`` count all answers that match the filters other than ``type``; ``rows`` match ``type`` too.

    By issue, an answer counts for each issue that its question names, so the totals of the groups may add up to more
    than ``count``. ``unclassified`` turns answer nothing, or are in a language without rules.
    """

    by: str
    count: int
    unclassified: int
    groups: tuple[AnswerGroup, ...]
    rows: tuple[AnswerRow, ...]
    rows_count: int
    held: Coverage
    unannotated: int

    def frame(self) -> Any:
        """The groups as a polars data frame. Needs polars: ``pip install 'onrecord[tables]'``."""
        import polars

        return polars.DataFrame([group_row(group) for group in self.groups])


def group_row(group: AnswerGroup) -> dict[str, object]:
    """A group as a flat row."""
    shares = {f"{kind}_share": round(share, 4) for kind, share in group.shares.items()}
    return {"key": group.key, "name": group.name, "total": group.total, **group.counts, **shares}


@one_state
def answers(
    desk: Desk,
    filters: AnswerFilters | None = None,
    *,
    by: AnswerGrouping = "outlet",
    limit: int | None = None,
) -> Answers:
    """Answers by kind, grouped ``by`` the outlet that asked, the speaker who answered, or the issue that was asked about.

    ``filters.type`` selects the rows, by default all but full answers; ``limit`` is the number of rows, newest first.

    Raises QueryError for an unknown name.
    """
    wanted = filters or AnswerFilters()
    types = tuple(_type(one) for one in wanted.type) or ANSWER_TYPES[1:]
    where = answer_conditions(desk, wanted)
    groups = _groups(desk, where, by)
    query = f"SELECT count(*), count(turn.answer_type) {tables('turn', where)} {where}"
    every, typed = desk.record.execute(query, where.values).fetchone()
    where.one_of("turn.answer_type", types)
    (rows_count,) = desk.record.execute(f"SELECT count(*) {tables('turn', where)} {where}", where.values).fetchone()
    return Answers(
        by=by,
        count=typed,
        unclassified=every - typed,
        groups=groups,
        rows=() if limit == 0 else tuple(_rows(desk, where, limit)),
        rows_count=rows_count,
        held=coverage(desk, wanted),
        unannotated=unannotated(desk),
    )


_NAMED = (
    "mention AS named ON named.document = question.document AND named.kind = 'issue' "
    'AND named.start >= question.start AND named.start < question."end"'
)


def answer_conditions(desk: Desk, filters: AnswerFilters) -> SqlConditions:
    """The conditions of the filters other than ``type`` on turns that answer a question. Raises QueryError."""
    where = scope_conditions(desk, filters)
    where.add("turn.answers IS NOT NULL")
    if filters.issue:
        issues = issue_ids(filters.issue)
        marks = ", ".join("?" * len(issues))
        where.add(f"EXISTS (SELECT 1 FROM {_NAMED.replace(' ON ', ' WHERE ')} AND named.id IN ({marks}))", *issues)
    return where


def _type(words: str) -> str:
    if words.lower() in ANSWER_TYPES:
        return words.lower()
    raise unknown(
        "kind of answer", words, {type: type for type in ANSWER_TYPES}, f"The kinds are {', '.join(ANSWER_TYPES)}"
    )


def _groups(desk: Desk, where: SqlConditions, by: AnswerGrouping) -> tuple[AnswerGroup, ...]:
    keys = {"outlet": ASKING_OUTLET, "speaker": "turn.speaker", "issue": "named.id"}
    if by not in keys:
        raise QueryError(f"answers are grouped by outlet, speaker or issue, not by {by!r}", hint="--by outlet")
    joined = tables("turn", where, keys[by], "question." if by == "issue" else "")
    issues = f"LEFT JOIN {_NAMED}" if by == "issue" else ""
    query = (
        f"SELECT {keys[by]} AS key, turn.answer_type AS type, count(DISTINCT turn.id) AS count {joined} {issues} {where} "
        "AND turn.answer_type IS NOT NULL GROUP BY 1, 2"
    )
    counts: dict[str | None, dict[str, int]] = {}
    for key, type, count in desk.record.execute(query, where.values):
        counts.setdefault(key, dict.fromkeys(ANSWER_TYPES, 0))[type] = count
    people = names_of_people(desk) if by == "speaker" else {}
    if people:
        counts = _of_people(counts, people)
    groups = []
    for key, found in counts.items():
        total = sum(found.values())
        shares = {type: count / total for type, count in found.items()}
        groups.append(AnswerGroup(key=key, name=_name(by, key, people), total=total, counts=found, shares=shares))
    return tuple(sorted(groups, key=lambda group: (group.key is None, -group.total, group.name)))


def _of_people(
    counts: dict[str | None, dict[str, int]], people: Mapping[str, tuple[str, ...]]
) -> dict[str | None, dict[str, int]]:
    """The counts of speakers by person: of the names of one, the commonest on the desk."""
    joined: dict[str | None, dict[str, int]] = {}
    for speaker, found in counts.items():
        total = joined.setdefault(people[speaker][0] if speaker else None, dict.fromkeys(ANSWER_TYPES, 0))
        for type, count in found.items():
            total[type] += count
    return joined


def _name(by: AnswerGrouping, key: str | None, people: Mapping[str, tuple[str, ...]]) -> str:
    if key is None:
        return {"outlet": "not named", "speaker": "not named", "issue": "no issue known"}[by]
    if by == "outlet":
        from onrecord.lexicon.outlets import by_id

        outlet = by_id(key)
        return outlet.name if outlet else key
    return display_name(key) if by == "issue" else full_name(people, key)


def _rows(desk: Desk, where: SqlConditions, limit: int | None) -> list[AnswerRow]:
    said = 'substr(document.text, {0}.start + 1, {0}."end" - {0}.start) AS {1}'
    columns = (
        f"document.day, document.issuer, turn.document, {ASKING_OUTLET} AS outlet, turn.speaker, turn.answer_type AS type, "
        f"{said.format('question', 'question')}, {said.format('turn', 'answer')}, question.id AS question_turn, turn.id AS turn, "
        f"(SELECT group_concat(DISTINCT named.id) FROM {_NAMED.replace(' ON ', ' WHERE ')}) AS issues"
    )
    by_day = "document.day IS NULL, document.day DESC, turn.document, turn.position"
    query = f"SELECT turn.rowid {tables('turn', where, by_day)} {where} ORDER BY {by_day} LIMIT ?"
    chosen = [row[0] for row in desk.record.execute(query, [*where.values, -1 if limit is None else limit])]
    rows: dict[int, Any] = {}
    for start in range(0, len(chosen), 500):
        some = chosen[start : start + 500]
        these = SqlConditions()
        these.one_of("turn.rowid", some)
        query = f"SELECT turn.rowid AS row, {columns} {tables('turn', these, columns)} {these}"
        rows |= {row["row"]: row for row in desk.record.execute(query, some)}
    return [_row(rows[row]) for row in chosen]


def _row(columns: Any) -> AnswerRow:
    same = {name: columns[name] for name in AnswerRow.__struct_fields__ if name != "issues"}
    return AnswerRow(**same, issues=tuple(columns["issues"].split(",")) if columns["issues"] else ())
