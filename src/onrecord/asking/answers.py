"""Who answers whom, and who declines or refers what: answers by kind, for each outlet, speaker or issue that was asked."""

from __future__ import annotations

from typing import Any, Literal, get_args

import msgspec

from onrecord.asking.acts import unannotated
from onrecord.asking.conditions import ASKED, Told, Where, issues_of, tables, told
from onrecord.asking.find import Held, held
from onrecord.desk.store import Desk
from onrecord.errors import QueryError
from onrecord.lexicon.codes import display_name, unknown
from onrecord.marks import AnswerType

By = Literal["outlet", "speaker", "issue"]
#: The kinds of answers, the full one first. A turn that answers nothing ("Go ahead.") is of none.
TYPES: tuple[AnswerType, ...] = get_args(AnswerType)


class AnswerFilters(Told, frozen=True, kw_only=True):
    """Which answers. ``issue`` is what the question names, with those under it; ``type`` the kind of answer."""

    issue: tuple[str, ...] = ()
    type: tuple[str, ...] = ()


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """The answers to one outlet, of one speaker or about one issue. ``key`` is ``None`` where the record names none.

    ``counts`` are by kind of answer, ``shares`` their parts of ``total``, which are the answers of a kind at all.
    """

    key: str | None
    name: str
    total: int
    counts: dict[str, int]
    shares: dict[str, float]


class AnswerRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row behind the counts: a question with the turn that answers it, and what kind of answer that is."""

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
    """The answer. ``groups`` count every answer that the filters let through but for its ``type``; ``rows`` are those of it.

    By issue, an answer counts for each issue that its question names, so that the groups' totals add up to more than
    ``count``. ``unclassified`` turns answer nothing, or are in a language without rules.
    """

    by: str
    count: int
    unclassified: int
    groups: tuple[Group, ...]
    rows: tuple[AnswerRow, ...]
    rows_count: int
    held: Held
    unannotated: int

    def frame(self) -> Any:
        """The groups as a polars data frame. Needs polars: ``pip install 'onrecord[tables]'``."""
        import polars

        return polars.DataFrame([group_row(group) for group in self.groups])


def group_row(group: Group) -> dict[str, object]:
    """A group as a flat row."""
    shares = {f"{kind}_share": round(share, 4) for kind, share in group.shares.items()}
    return {"key": group.key, "name": group.name, "total": group.total, **group.counts, **shares}


def answers(
    desk: Desk,
    filters: AnswerFilters | None = None,
    *,
    by: By = "outlet",
    limit: int | None = None,
) -> Answers:
    """Answers by kind, grouped ``by`` the outlet that asked, the speaker who answered, or the issue that was asked about.

    ``filters.type`` narrows the rows, by default to all but full answers; ``limit`` is how many of them, the newest first.

    Raises QueryError for a name that is not known.
    """
    wanted = filters or AnswerFilters()
    types = tuple(_type(one) for one in wanted.type) or TYPES[1:]
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
        held=held(desk),
        unannotated=unannotated(desk),
    )


_NAMED = (
    "mention AS named ON named.document = question.document AND named.kind = 'issue' "
    'AND named.start >= question.start AND named.start < question."end"'
)


def answer_conditions(desk: Desk, filters: AnswerFilters) -> Where:
    """The conditions of the filters, but for the kind of answer, on turns that answer a question. Raises QueryError."""
    where = told(desk, filters)
    where.add("turn.answers IS NOT NULL")
    if filters.issue:
        issues = issues_of(filters.issue)
        marks = ", ".join("?" * len(issues))
        where.add(f"EXISTS (SELECT 1 FROM {_NAMED.replace(' ON ', ' WHERE ')} AND named.id IN ({marks}))", *issues)
    return where


def _type(words: str) -> str:
    if words.lower() in TYPES:
        return words.lower()
    raise unknown("kind of answer", words, {type: type for type in TYPES}, f"The kinds are {', '.join(TYPES)}")


def _groups(desk: Desk, where: Where, by: By) -> tuple[Group, ...]:
    keys = {"outlet": ASKED, "speaker": "turn.speaker", "issue": "named.id"}
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
        counts.setdefault(key, dict.fromkeys(TYPES, 0))[type] = count
    groups = []
    for key, found in counts.items():
        total = sum(found.values())
        shares = {type: count / total for type, count in found.items()}
        groups.append(Group(key=key, name=_name(by, key), total=total, counts=found, shares=shares))
    return tuple(sorted(groups, key=lambda group: (group.key is None, -group.total, group.name)))


def _name(by: By, key: str | None) -> str:
    if key is None:
        return {"outlet": "not named", "speaker": "not named", "issue": "no issue known"}[by]
    if by == "outlet":
        from onrecord.lexicon.outlets import by_id

        outlet = by_id(key)
        return outlet.name if outlet else key
    return display_name(key) if by == "issue" else key


def _rows(desk: Desk, where: Where, limit: int | None) -> list[AnswerRow]:
    said = 'substr(document.text, {0}.start + 1, {0}."end" - {0}.start) AS {1}'
    columns = (
        f"document.day, document.issuer, turn.document, {ASKED} AS outlet, turn.speaker, turn.answer_type AS type, "
        f"{said.format('question', 'question')}, {said.format('turn', 'answer')}, question.id AS question_turn, turn.id AS turn, "
        f"(SELECT group_concat(DISTINCT named.id) FROM {_NAMED.replace(' ON ', ' WHERE ')}) AS issues"
    )
    by_day = "document.day IS NULL, document.day DESC, turn.document, turn.position"
    query = f"SELECT turn.rowid {tables('turn', where, by_day)} {where} ORDER BY {by_day} LIMIT ?"
    chosen = [row[0] for row in desk.record.execute(query, [*where.values, -1 if limit is None else limit])]
    rows: dict[int, Any] = {}
    for start in range(0, len(chosen), 500):
        some = chosen[start : start + 500]
        these = Where()
        these.one_of("turn.rowid", some)
        query = f"SELECT turn.rowid AS row, {columns} {tables('turn', these, columns)} {these}"
        rows |= {row["row"]: row for row in desk.record.execute(query, some)}
    return [_row(rows[row]) for row in chosen]


def _row(told: Any) -> AnswerRow:
    same = {name: told[name] for name in AnswerRow.__struct_fields__ if name != "issues"}
    return AnswerRow(**same, issues=tuple(told["issues"].split(",")) if told["issues"] else ())
