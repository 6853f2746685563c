"""The ledger: what was undertaken between parties, by issue, with what later accounts say of it.

Mentions of one undertaking are joined to a line by parties, issue and wording. A line's status is what the documents say
(announced, reaffirmed, reported done, dropped from later accounts) as far as the desk holds them; whether it was kept is for a
person to judge, and kept with name, day and the hash of the words that were judged.
"""

from __future__ import annotations

import re
import sqlite3
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Any, Literal

import msgspec
import numpy as np

from onrecord.asking.find import Held, held
from onrecord.asking.judging import VERDICTS, Judgement, Verdict, digest_of, judge, judgements, unplaced
from onrecord.asking.linking import Accounts, Said, link
from onrecord.asking.reporting import Reported, Reports, Sentence, reports
from onrecord.asking.shelving import Shelves
from onrecord.desk.store import Desk
from onrecord.errors import QueryError
from onrecord.lexicon.codes import actor_code, issue_id
from onrecord.marks import Undertaking
from onrecord.record import Document

__all__ = [
    "COLUMNS", "VERDICTS", "Dropped", "Judgement", "Ledger", "Line", "Status", "Verdict", "Whole", "day_of", "digest_of",
    "gather", "judge", "judgements", "ledger", "ledger_of", "row", "unplaced", "whole",
]  # fmt: skip

Status = Literal["announced", "reaffirmed", "reported done", "dropped from later accounts"]
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


class Dropped(msgspec.Struct, frozen=True, kw_only=True):
    """The first later account between the parties on the same matters that no longer holds it."""

    day: str | None
    document: str


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """An undertaking with all its mentions, the first one first.

    ``status`` is as said in the documents. ``mentions[0].day`` is the first *on this desk*.
    """

    status: Status
    issues: tuple[str, ...]
    mentions: tuple[Said, ...]
    done: tuple[Reported, ...] = ()
    dropped: Dropped | None = None
    judgements: tuple[Judgement, ...] = ()

    @property
    def first(self) -> Said:
        """Where it was said first."""
        return self.mentions[0]

    @property
    def last(self) -> Said:
        """Where it was said last."""
        return self.mentions[-1]


class Ledger(msgspec.Struct, frozen=True, kw_only=True):
    """The answer: its lines by issue and day, and what was asked of what. ``annotated`` documents were read for it."""

    between: tuple[str, ...]
    issue: str | None
    since: str | None
    until: str | None
    lines: tuple[Line, ...]
    annotated: int
    held: Held | None = None

    def by_issue(self) -> dict[str, list[Line]]:
        """The lines under their first issue, or the one asked for; ``""`` where the words name none."""
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            named = next((one for one in line.issues if self.issue and _is_of(one, self.issue)), None)
            found.setdefault(named or next(iter(line.issues), ""), []).append(line)
        return dict(sorted(found.items(), key=lambda one: (one[0] == "", one[0])))

    def frame(self) -> Any:
        """The lines as a polars data frame. Needs polars: ``pip install 'onrecord[tables]'``."""
        import polars

        return polars.DataFrame([row(line) for line in self.lines])


#: The columns of :func:`row`.
COLUMNS = (
    "day", "strength", "form", "by", "to", "hedge", "words", "issues", "mechanism", "deadline", "status", "last_day", "mentions",
    "done_in", "dropped_in", "judged", "undertaking", "turn", "document",
)  # fmt: skip


def row(line: Line) -> dict[str, object]:
    """A line as a flat row for a table."""
    first = line.first
    judged = "; ".join(
        f"{one.status} ({one.judge}, {one.day}{', stale' if one.stale else ''})" for one in line.judgements
    )
    return {
        "day": first.day, "strength": first.strength, "form": first.form, "by": "|".join(first.by), "to": "|".join(first.to),
        "hedge": first.hedge, "words": first.words, "issues": "|".join(line.issues), "mechanism": first.mechanism,
        "deadline": first.deadline, "status": line.status, "last_day": line.last.day, "mentions": len(line.mentions),
        "done_in": "|".join(dict.fromkeys(one.document for one in line.done)),
        "dropped_in": line.dropped.document if line.dropped else None,
        "judged": judged, "undertaking": first.undertaking, "turn": first.turn, "document": first.document,
    }  # fmt: skip


def ledger(
    desk: Desk,
    *,
    between: Sequence[str] = (),
    issue: str | None = None,
    since: str | None = None,
    until: str | None = None,
    strength: Sequence[str] = (),
    issuer: str | None = None,
) -> Ledger:
    """The undertakings on a desk, joined with their later mentions.

    ``between`` are codes or names of parties that all take part; a line then has those mentions alone of which this is true, and
    its status is that of these. ``issue`` is an issue or the head of several ("health" holds "health/…" too). ``since`` and
    ``until`` ask for lines said at least once within them (a year, a month or a day, both included); what was said before or
    after still tells the status. Raises QueryError for a party, an issue or a day that is none.

    The whole ledger of a desk is made once and kept, in about a second for a thousand documents; a question is then a matter of
    milliseconds.
    """
    parties = tuple(dict.fromkeys(actor_code(one) for one in between))
    asked = issue_id(issue) if issue else None
    conditions = (asked, day_of(since), day_of(until, end=True), strength, issuer)
    everything = whole(desk)
    marks = everything.shelves.wanted(*conditions)
    within, partly = everything.shelves.between(parties) if parties else (marks, None)
    numbers = np.flatnonzero(marks & within).tolist()
    lines = [everything.lines[number] for number in numbers]
    judged = judgements(desk.record)
    for undertaking in judged:
        number = everything.shelves.line_of(undertaking)
        place = bisect_left(numbers, number) if number is not None else len(numbers)
        if place < len(numbers) and numbers[place] == number:
            lines[place] = _judged(lines[place], judged)
    for number in np.flatnonzero(marks & partly).tolist() if partly is not None else ():
        for line in everything.among(number, frozenset(parties)):
            if _wanted(line.mentions, *conditions):
                insort(lines, _judged(line, judged), key=_place)
    annotated = desk.remembered(
        "annotated", lambda: desk.record.execute("SELECT count(*) FROM annotation").fetchone()[0]
    )
    return Ledger(
        between=parties, issue=asked, since=since, until=until, lines=tuple(lines), annotated=annotated, held=held(desk)
    )  # fmt: skip


#: Raised whenever the same record gives other lines than before.
_LAYOUT = 4


class Whole(msgspec.Struct, frozen=True, dict=True):
    """All lines of a desk by day, without what people judge of them, and the sentences that say that something came about."""

    lines: tuple[Line, ...]
    came_about: tuple[Sentence, ...]

    @cached_property
    def shelves(self) -> Shelves:
        """The lines by what they are asked for."""
        return Shelves([line.mentions for line in self.lines])

    @cached_property
    def _reports(self) -> Reports:
        return Reports(self.came_about)

    @cached_property
    def _accounts(self) -> Accounts:
        return Accounts(one for line in self.lines for one in line.mentions)

    @cached_property
    def among(self) -> Callable[[int, frozenset[str]], list[Line]]:
        """:meth:`_among`, remembered: on a page of a country a few dozen lines are asked for so."""
        return lru_cache(maxsize=10_000)(self._among)

    def _among(self, number: int, parties: frozenset[str]) -> list[Line]:
        """The lines that those mentions of one make in which all of these take part.

        "China will fight terrorism with all" joins what China undertakes with one and with another: who asks for one of the
        two is not told of the other.
        """
        own = [one for one in self.lines[number].mentions if parties <= one.parties]
        threads = link(own) if len(own) > 1 else [own]
        return [_told(thread, self._reports, self._accounts) for thread in threads]


def whole(desk: Desk) -> Whole:
    """The whole ledger of a desk, kept until its documents or annotations change."""
    return desk.cached("ledger", Whole, lambda: _whole(desk), layout=_LAYOUT)


def _whole(desk: Desk) -> Whole:
    said = gather(desk.record)
    told, accounts = reports(desk.record, said), Accounts(said)
    lines = _sorted(_told(thread, told, accounts) for thread in link(said))
    return Whole(lines=tuple(lines), came_about=told.found)


def _told(thread: Sequence[Said], told: Reports, accounts: Accounts) -> Line:
    done = tuple(told.of(thread))
    gone = None if done else accounts.dropped_in(thread)
    return _line(thread, done, Dropped(day=gone[0], document=gone[1]) if gone else None)


def _judged(line: Line, judged: dict[str, list[Judgement]]) -> Line:
    own = tuple(one for mention in line.mentions for one in judged.get(mention.undertaking, ()))
    return msgspec.structs.replace(line, judgements=own) if own else line


def ledger_of(
    document: Document, *, between: Sequence[str] = (), issue: str | None = None, strength: Sequence[str] = ()
) -> Ledger:
    """The undertakings of one annotated document that need stand on no desk."""
    parties = tuple(dict.fromkeys(actor_code(one) for one in between))
    asked = issue_id(issue) if issue else None
    said = [_said(one, document) for one in document.undertakings if set(parties) <= {*one.by, *one.to}]
    threads = (thread for thread in link(said) if _wanted(thread, asked, None, None, strength, None))
    lines = [_line(thread, (), None) for thread in threads]
    return Ledger(between=parties, issue=asked, since=None, until=None, lines=tuple(_sorted(lines)), annotated=1)


def _said(one: Undertaking, document: Document) -> Said:
    return Said(
        undertaking=one.id, document=document.id, day=document.date, issuer=document.issuer, language=document.language,
        turn=one.turn,
        strength=one.strength, form=one.form, by=one.by, to=one.to, issues=one.issues, mechanism=one.mechanism,
        mechanism_id=one.mechanism_id, deadline=one.deadline, hedge=one.hedge, words=document.text[one.start : one.end],
        start=one.start, end=one.end,
    )  # fmt: skip


def _sorted(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=_place)


def _place(line: Line) -> tuple[str, str, int]:
    return line.first.day or "9999", line.first.document, line.first.start


def _line(thread: Sequence[Said], done: tuple[Reported, ...], gone: Dropped | None) -> Line:
    status: Status = "announced"
    if done:
        status = "reported done"
    elif gone is not None:
        status = "dropped from later accounts"
    elif len({one.document for one in thread}) > 1 and thread[-1].day != thread[0].day:
        status = "reaffirmed"
    return Line(
        status=status, issues=tuple(dict.fromkeys(issue for one in thread for issue in one.issues)), mentions=tuple(thread),
        done=done,
        dropped=gone,
    )  # fmt: skip


def _wanted(
    thread: Sequence[Said],
    issue: str | None,
    since: str | None,
    until: str | None,
    strength: Sequence[str],
    issuer: str | None,
) -> bool:
    if issue is since is until is issuer is None and not strength:
        return True
    return any(
        (issue is None or any(_is_of(own, issue) for own in one.issues))
        and (since is None or (one.day or "") >= since)
        and (until is None or (one.day or "9999") <= until)
        and (not strength or one.strength in strength)
        and (issuer is None or one.issuer == issuer)
        for one in thread
    )


def _is_of(issue: str, asked: str) -> bool:
    return issue == asked or issue.startswith(asked + "/")


# ---- rows


def gather(record: sqlite3.Connection) -> list[Said]:
    """The undertakings of a record, by day."""
    query = (
        "SELECT one.id, one.document, document.day, document.issuer, document.language, one.turn, one.strength, one.form, "
        "one.mechanism, one.mechanism_id, one.deadline, one.hedge, one.start, one.\"end\", "
        "substr(document.text, one.start + 1, one.\"end\" - one.start), "
        "(SELECT group_concat(role || code, '|') "
        "FROM (SELECT role, code FROM undertaking_party WHERE undertaking = one.id ORDER BY role, position)), "
        "(SELECT group_concat(issue, '|') "
        "FROM (SELECT issue FROM undertaking_issue WHERE undertaking = one.id ORDER BY position)) "
        "FROM undertaking AS one JOIN document ON document.id = one.document "
        "ORDER BY document.day IS NULL, document.day, one.document, one.start"
    )  # fmt: skip
    found = []
    for told in record.execute(query):
        (id, document, day, issuer, language, turn, strength, form, mechanism, mechanism_id, deadline, hedge, start, end, words,
         codes, issues) = tuple(told)  # fmt: skip
        own = (codes or "").split("|")
        found.append(
            Said(
                undertaking=id,
                document=document,
                day=day,
                issuer=issuer,
                language=language,
                turn=turn,
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


# ---- what was asked


def day_of(asked: str | None, *, end: bool = False) -> str | None:
    """A day, month or year as the first or, with ``end``, the last that it may mean. Raises QueryError."""
    if asked is None:
        return None
    if not _DAY.fullmatch(asked):
        raise QueryError(f"a day is YYYY, YYYY-MM or YYYY-MM-DD, not {asked!r}", hint="2021, 2021-03 or 2021-03-22")
    return asked + "-99-99"[len(asked) - 4 :] if end and len(asked) < 10 else asked
