"""All undertakings of a record as lines: made from nothing, or from the lines of before where some documents changed.

Mentions of one undertaking are joined into a line by parties, issue and wording (:mod:`onrecord.asking.undertaking_threads`).
A change of documents touches the lines that mention them, the lines that could be joined with these, the lines of parties of
whom the documents report that something was done, and the lines of parties of whom they are joint accounts. All others stay.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Literal

import msgspec

from onrecord.asking.fulfilment import FulfilmentReport, FulfilmentReports, FulfilmentSentence, find_fulfilment
from onrecord.asking.judgement_store import Judgement
from onrecord.asking.ledger_index import LedgerIndex
from onrecord.asking.related_mentions import RelatedMentions
from onrecord.asking.undertaking_threads import (
    LaterAccounts,
    UndertakingMention,
    is_joint,
    join_threads,
    mention_order,
)
from onrecord.desk.store import Desk

UndertakingStatus = Literal["announced", "reaffirmed", "reported done", "not mentioned later"]


class LaterAccount(msgspec.Struct, frozen=True, kw_only=True):
    """The first later account of the same mechanism between the same parties that is silent on an undertaking."""

    day: str | None
    document: str


class LedgerLine(msgspec.Struct, frozen=True, kw_only=True):
    """An undertaking with all its mentions, the first one first.

    ``status`` is what the documents say. ``mentions[0].day`` is the first day *on this desk*.
    """

    status: UndertakingStatus
    issues: tuple[str, ...]
    mentions: tuple[UndertakingMention, ...]
    done: tuple[FulfilmentReport, ...] = ()
    silent: LaterAccount | None = None
    judgements: tuple[Judgement, ...] = ()

    @property
    def first(self) -> UndertakingMention:
        """Where it was said first."""
        return self.mentions[0]

    @property
    def last(self) -> UndertakingMention:
        """Where it was said last."""
        return self.mentions[-1]

    @property
    def one_sided(self) -> bool:
        """Whether all mentions tell what one side undertakes alone."""
        return all(one.form == "one-sided" for one in self.mentions)


#: The version of the stored ledger: raised whenever the same record gives other lines than before.
_LAYOUT = 7


class FullLedger(msgspec.Struct, frozen=True, dict=True):
    """All lines of a desk by day, without judgements, and the sentences that report that something was done."""

    lines: tuple[LedgerLine, ...]
    came_about: tuple[FulfilmentSentence, ...]

    @cached_property
    def index(self) -> LedgerIndex:
        """The lines by party, issue, day, strength and issuer."""
        return LedgerIndex([line.mentions for line in self.lines])

    @cached_property
    def reports(self) -> FulfilmentReports:
        """The sentences that report something done, by party."""
        return FulfilmentReports(self.came_about)

    @cached_property
    def related(self) -> RelatedMentions:
        """All mentions, to find those that could be joined with a new one."""
        return RelatedMentions(one for line in self.lines for one in line.mentions)

    @cached_property
    def among(self) -> Callable[[int, frozenset[str]], list[LedgerLine]]:
        """:meth:`_among`, cached: the page of a country asks for a few dozen lines again and again."""
        return lru_cache(maxsize=10_000)(self._among)

    def _among(self, number: int, parties: frozenset[str]) -> list[LedgerLine]:
        """The lines made of those mentions of one line in which all these parties take part.

        "China will fight terrorism with all" joins what China undertakes with one party and with another: a question
        about one of the two gets nothing of the other.
        """
        own = [one for one in self.lines[number].mentions if parties <= one.parties]
        threads = join_threads(own) if len(own) > 1 else [own]
        whole = self.lines[number]
        found = []
        for thread in threads:
            done = tuple(self.reports.of(thread))
            found.append(
                line_of_mentions(thread, done, whole.silent if thread[-1] == whole.last and not done else None)
            )
        return found


def full_ledger(desk: Desk) -> FullLedger:
    """The whole ledger of a desk, stored, and updated when documents or annotations change."""
    return desk.updated(
        "ledger", FullLedger, lambda: make_ledger(desk.record),
        lambda before, documents: update_ledger(before, desk.record, documents), layout=_LAYOUT,
    )  # fmt: skip


def make_ledger(record: sqlite3.Connection) -> FullLedger:
    """The whole ledger of a record."""
    said = load_undertakings(record)
    reports, accounts = FulfilmentReports(find_fulfilment(record)), LaterAccounts(said, record)
    lines = [_line_of_thread(thread, reports, accounts) for thread in join_threads(said)]
    return FullLedger(lines=tuple(sorted(lines, key=line_order)), came_about=reports.found)


def update_ledger(before: FullLedger, record: sqlite3.Connection, documents: Sequence[str]) -> FullLedger:
    """The ledger after these documents were added, changed, removed or annotated again: as :func:`make_ledger` makes it."""
    changed = frozenset(documents)
    said, found = load_undertakings(record, documents), find_fulfilment(record, documents)
    gone = [one for line in before.lines for one in line.mentions if one.document in changed]
    reports, related = before.reports.replaced(changed, found), before.related.replaced(changed, said)
    touched, joined = touched_lines(before, related, gone, said)
    kept = [line for number, line in enumerate(before.lines) if number not in touched]
    accounts = LaterAccounts(itertools.chain(joined, (one for line in kept for one in line.mentions)), record)
    told_again = {one.parties for one in (*gone, *said) if is_joint(one)}
    fresh = FulfilmentReports(found)
    lines = [_line_of_thread(thread, reports, accounts) for thread in join_threads(joined)]
    for line in kept:
        done = (*(one for one in line.done if one.document not in changed), *fresh.of(line.mentions))
        done = tuple(sorted(done, key=lambda one: (one.day or "", one.document, one.start)))
        if done == line.done and not (line.last.parties in told_again and is_joint(line.last)):
            lines.append(line)
        else:
            lines.append(_line_with(line.mentions, done, accounts))
    updated = FullLedger(lines=tuple(sorted(lines, key=line_order)), came_about=reports.found)
    updated.__dict__.update(reports=reports, related=related)  # what took long to make is used again
    return updated


def touched_lines(
    before: FullLedger, related: RelatedMentions, gone: Iterable[UndertakingMention], said: Sequence[UndertakingMention]
) -> tuple[set[int], list[UndertakingMention]]:
    """The lines to be made again, by number, and all mentions of which they are made, in order.

    These are all that could be joined with one of them, directly or through others: no mention outside could have been, so
    that joining these alone gives what joining all would give.
    """
    touched: set[int] = set()
    joined = {one.undertaking: one for one in said}
    left_out = {one.undertaking for one in gone}
    waiting = [*said]

    def take_line_of(one: UndertakingMention) -> None:
        number = before.index.line_of(one.undertaking)
        if number is not None and number not in touched:
            touched.add(number)
            own = [one for one in before.lines[number].mentions if one.undertaking not in left_out]
            joined.update((one.undertaking, one) for one in own)
            waiting.extend(own)

    for one in gone:
        take_line_of(one)
    while waiting:
        for other in related.same_as(waiting.pop()):
            if other.undertaking not in joined:
                take_line_of(other)
    return touched, sorted(joined.values(), key=mention_order)


def _line_of_thread(
    thread: Sequence[UndertakingMention], reports: FulfilmentReports, accounts: LaterAccounts
) -> LedgerLine:
    return _line_with(thread, tuple(reports.of(thread)), accounts)


def _line_with(
    thread: Sequence[UndertakingMention], done: tuple[FulfilmentReport, ...], accounts: LaterAccounts
) -> LedgerLine:
    silent = None if done else accounts.silent_on(thread)
    return line_of_mentions(thread, done, LaterAccount(day=silent[0], document=silent[1]) if silent else None)


def line_order(line: LedgerLine) -> tuple[str, str, int, str]:
    """The order of lines: by the first mention."""
    return mention_order(line.first)


def line_of_mentions(
    thread: Sequence[UndertakingMention], done: tuple[FulfilmentReport, ...], silent: LaterAccount | None
) -> LedgerLine:
    """The line of mentions that are joined, with its status."""
    status: UndertakingStatus = "announced"
    if done:
        status = "reported done"
    elif len({one.document for one in thread}) > 1 and thread[-1].day != thread[0].day:
        status = "reaffirmed"
    elif silent is not None:
        status = "not mentioned later"
    return LedgerLine(
        status=status, issues=tuple(dict.fromkeys(issue for one in thread for issue in one.issues)), mentions=tuple(thread),
        done=done,
        silent=silent,
    )  # fmt: skip


def load_undertakings(record: sqlite3.Connection, documents: Sequence[str] | None = None) -> list[UndertakingMention]:
    """All mentions of undertakings in a record, or in these documents, by day."""
    if documents is None:
        return _load_undertakings(record, "", ())
    found = [one for id in documents for one in _load_undertakings(record, "WHERE one.document = ?", (id,))]
    return sorted(found, key=mention_order)


def _load_undertakings(record: sqlite3.Connection, where: str, values: tuple[str, ...]) -> list[UndertakingMention]:
    query = (
        "SELECT one.id, one.document, document.day, document.issuer, document.language, one.turn, one.strength, one.form, "
        "one.mechanism, one.mechanism_id, one.deadline, one.hedge, turn.speaker, one.start, one.\"end\", "
        "substr(document.text, one.start + 1, one.\"end\" - one.start), "
        "(SELECT group_concat(role || code, '|') "
        "FROM (SELECT role, code FROM undertaking_party WHERE undertaking = one.id ORDER BY role, position)), "
        "(SELECT group_concat(issue, '|') "
        "FROM (SELECT issue FROM undertaking_issue WHERE undertaking = one.id ORDER BY position)) "
        f"FROM undertaking AS one JOIN document ON document.id = one.document JOIN turn ON turn.id = one.turn {where} "
        "ORDER BY document.day IS NULL, document.day, one.document, one.start, one.id"
    )  # fmt: skip
    found = []
    for row in record.execute(query, values):
        (id, document, day, issuer, language, turn, strength, form, mechanism, mechanism_id, deadline, hedge, speaker, start, end,
         words, codes, issues) = tuple(row)  # fmt: skip
        own = (codes or "").split("|")
        found.append(
            UndertakingMention(
                undertaking=id,
                document=document,
                day=day,
                issuer=issuer,
                language=language,
                turn=turn,
                speaker=speaker,
                strength=strength,
                form=form,
                by=tuple(code[2:] for code in own if code.startswith("by")),
                to=tuple(code[2:] for code in own if code.startswith("to")),
                issues=tuple(issues.split("|")) if issues else (),
                mechanism=mechanism,
                mechanism_id=mechanism_id,
                deadline=deadline,
                hedge=hedge,
                words=words,
                start=start,
                end=end,
            )
        )
    return found
