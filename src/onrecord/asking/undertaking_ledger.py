"""The ledger: what was undertaken between parties, by issue, with what later documents say of it.

Mentions of one undertaking are joined into a line by parties, issue and wording. The status of a line is what the documents
on the desk say (announced, reaffirmed, reported done, not mentioned later). Whether a promise was kept is for a
person to judge; see :mod:`onrecord.asking.judgement_store`.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from typing import Any, TypedDict, Unpack, get_args

import msgspec
import numpy as np

from onrecord.annotation_types import Strength, Undertaking
from onrecord.asking.conditions import desk_issuer, party_codes
from onrecord.asking.full_ledger import LedgerLine, full_ledger, line_of_mentions, line_order
from onrecord.asking.judgement_store import Judgement, judgements
from onrecord.asking.ledger_index import LedgerFilters, is_under
from onrecord.asking.scope import first_day, last_day
from onrecord.asking.search_coverage import Coverage, coverage
from onrecord.asking.undertaking_threads import UndertakingMention, join_threads
from onrecord.desk.snapshot import one_state
from onrecord.desk.store import Desk
from onrecord.languages.code_lookup import issue_id
from onrecord.record import Document


class Ledger(msgspec.Struct, frozen=True, kw_only=True):
    """The result: the lines by day, the filters, and what was searched (``held``): ``annotated`` documents of it."""

    between: tuple[str, ...]
    issue: str | None
    since: str | None
    until: str | None
    lines: tuple[LedgerLine, ...]
    annotated: int
    held: Coverage | None = None

    def strongest(self, count: int) -> Ledger:
        """The ledger with ``count`` of its lines alone: what was agreed first, then committed and so on, the newest first."""
        order = get_args(Strength)
        newest = sorted(self.lines, key=lambda line: line.last.day or "", reverse=True)
        return msgspec.structs.replace(
            self, lines=tuple(sorted(newest, key=lambda line: order.index(line.first.strength))[:count])
        )

    def by_issue(self) -> dict[str, list[LedgerLine]]:
        """The lines by their first issue, or the issue of the filter; by ``""`` where the words name no issue."""
        found: dict[str, list[LedgerLine]] = {}
        for line in self.lines:
            named = next((one for one in line.issues if self.issue and is_under(one, self.issue)), None)
            found.setdefault(named or next(iter(line.issues), ""), []).append(line)
        return dict(sorted(found.items(), key=lambda one: (one[0] == "", one[0])))

    def frame(self) -> Any:
        """The lines as a polars data frame. Needs polars: ``pip install 'onrecord[tables]'``."""
        import polars

        return polars.DataFrame([ledger_row(line) for line in self.lines])


#: The columns of :func:`ledger_row`.
LEDGER_COLUMNS = (
    "day", "strength", "form", "by", "to", "hedge", "words", "issues", "mechanism", "deadline", "status", "last_day", "mentions",
    "done_in", "not_mentioned_in", "judged", "speaker", "undertaking", "turn", "document",
)  # fmt: skip


def ledger_row(line: LedgerLine) -> dict[str, object]:
    """A line as a flat row of a table, several values separated by ``|``."""
    first = line.first
    judged = "; ".join(
        f"{one.status} ({one.judge}, {one.day}{', stale' if one.stale else ''})" for one in line.judgements
    )
    return {
        "day": first.day, "strength": first.strength, "form": first.form, "by": "|".join(first.by), "to": "|".join(first.to),
        "hedge": first.hedge, "words": first.words, "issues": "|".join(line.issues), "mechanism": first.mechanism,
        "deadline": first.deadline, "status": line.status, "last_day": line.last.day, "mentions": len(line.mentions),
        "done_in": "|".join(dict.fromkeys(one.document for one in line.done)),
        "not_mentioned_in": line.silent.document if line.silent else None,
        "judged": judged, "speaker": first.speaker, "undertaking": first.undertaking, "turn": first.turn,
        "document": first.document,
    }  # fmt: skip


class LedgerKeywords(TypedDict, total=False):
    """The fields of :class:`LedgerFilters` as keywords of :func:`ledger`."""

    between: Sequence[str]
    issue: str | None
    since: str | None
    until: str | None
    strength: Sequence[str]
    form: Sequence[str]
    issuer: str | None


@one_state
def ledger(desk: Desk, filters: LedgerFilters | None = None, **keywords: Unpack[LedgerKeywords]) -> Ledger:
    """The undertakings on a desk that match the filters, joined with their later mentions.

    The filters are given as one :class:`LedgerFilters`, or as keywords of the same names. With ``between``, a line has
    only the mentions in which all these parties take part, and its status follows from these alone.

    The whole ledger of a desk is made once and stored, in about a second for a thousand documents; each question then
    takes milliseconds.

    Raises QueryError for a party, an issue, an issuer or a day that cannot be understood, TypeError for both forms of filters.
    """
    if filters is not None and keywords:
        raise TypeError("give the filters of a ledger as LedgerFilters or as keywords, not both")
    wanted = filters or _filters(keywords)
    parties = party_codes(wanted.between)
    asked = issue_id(wanted.issue) if wanted.issue else None
    resolved = msgspec.structs.replace(
        wanted,
        issue=asked,
        since=first_day(wanted.since),
        until=last_day(wanted.until),
        issuer=desk_issuer(desk, wanted.issuer),
    )
    everything = full_ledger(desk)
    matching = everything.index.wanted(resolved)
    within, partly = everything.index.between(parties) if parties else (matching, None)
    numbers = np.flatnonzero(matching & within).tolist()
    lines = [everything.lines[number] for number in numbers]
    judged = judgements(desk.record)
    for undertaking in judged:
        number = everything.index.line_of(undertaking)
        place = bisect_left(numbers, number) if number is not None else len(numbers)
        if place < len(numbers) and numbers[place] == number:
            lines[place] = _with_judgements(lines[place], judged)
    for number in np.flatnonzero(matching & partly).tolist() if partly is not None else ():
        for line in everything.among(number, frozenset(parties)):
            if any(map(resolved.met_by, line.mentions)):
                insort(lines, _with_judgements(line, judged), key=line_order)
    annotated = desk.remembered(
        "annotated", lambda: desk.record.execute("SELECT count(*) FROM annotation").fetchone()[0]
    )
    return Ledger(
        between=parties,
        issue=asked,
        since=wanted.since,
        until=wanted.until,
        lines=tuple(lines),
        annotated=annotated,
        held=coverage(desk),
    )


def _several(values: Sequence[str]) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else tuple(values)


def _filters(keywords: LedgerKeywords) -> LedgerFilters:
    several = {"between", "strength", "form"}
    given: dict[str, Any] = {**keywords}
    fields: dict[str, Any] = {name: _several(one) if name in several else one for name, one in given.items()}
    return LedgerFilters(**fields)


def _with_judgements(line: LedgerLine, judged: dict[str, list[Judgement]]) -> LedgerLine:
    own = tuple(one for mention in line.mentions for one in judged.get(mention.undertaking, ()))
    return msgspec.structs.replace(line, judgements=own) if own else line


def ledger_of(
    document: Document, *, between: Sequence[str] = (), issue: str | None = None, strength: Sequence[str] = ()
) -> Ledger:
    """The undertakings of one annotated document, which need not be on a desk. Raises QueryError."""
    parties = party_codes(_several(between))
    asked = issue_id(issue) if issue else None
    said = [_mention_of(one, document) for one in document.undertakings if set(parties) <= {*one.by, *one.to}]
    wanted = LedgerFilters(issue=asked, strength=_several(strength))
    threads = (thread for thread in join_threads(said) if any(map(wanted.met_by, thread)))
    lines = [line_of_mentions(thread, (), None) for thread in threads]
    return Ledger(
        between=parties, issue=asked, since=None, until=None, lines=tuple(sorted(lines, key=line_order)), annotated=1
    )


def _mention_of(one: Undertaking, document: Document) -> UndertakingMention:
    return UndertakingMention(
        undertaking=one.id, document=document.id, day=document.date, issuer=document.issuer, language=document.language,
        turn=one.turn, speaker=next((turn.speaker for turn in document.turns if turn.id == one.turn), None),
        strength=one.strength, form=one.form, by=one.by, to=one.to, issues=one.issues, mechanism=one.mechanism,
        mechanism_id=one.mechanism_id, deadline=one.deadline, hedge=one.hedge, words=document.text[one.start : one.end],
        start=one.start, end=one.end,
    )  # fmt: skip
