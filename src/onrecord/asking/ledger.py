"""The ledger: what was undertaken between parties, by issue, with what later accounts say of it.

Mentions of one undertaking are joined to a line by parties, issue and wording. A line's status is what the documents say
(announced, reaffirmed, reported done, dropped from later accounts) as far as the desk holds them; whether it was kept is for a
person to judge, and kept with name, day and the hash of the words that were judged.
"""

from __future__ import annotations

import datetime
import re
import sqlite3
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any, Literal

import msgspec

from onrecord.asking.find import Held, held
from onrecord.asking.linking import Accounts, Said, link
from onrecord.asking.reporting import Reported, reports
from onrecord.desk.connecting import failing_clearly
from onrecord.desk.store import Desk
from onrecord.errors import QueryError
from onrecord.lexicon.codes import actor_code, issue_id
from onrecord.marks import Undertaking
from onrecord.record import Document, fold

Status = Literal["announced", "reaffirmed", "reported done", "dropped from later accounts"]
Verdict = Literal["kept", "partly kept", "not kept", "overtaken", "unclear"]
VERDICTS: tuple[Verdict, ...] = ("kept", "partly kept", "not kept", "overtaken", "unclear")
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What a person holds of an undertaking. ``stale`` where the words are no longer those that were judged."""

    undertaking: str
    status: str
    note: str
    judge: str
    day: str
    digest: str
    stale: bool = False


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

    ``between`` are codes or names of parties that all take part; ``issue`` an issue or the head of several ("health" holds
    "health/…" too). ``since`` and ``until`` ask for lines said at least once within them (a year, a month or a day, both
    included); what was said before or after still tells the status. A line is wanted where all of ``between`` take part in one of
    its mentions at least, and is told whole. Raises QueryError for a party, an issue or a day that is none.

    The whole ledger of a desk is made once and kept, which takes a minute for 16,000 documents; a question is then a matter of
    milliseconds.
    """
    parties = tuple(dict.fromkeys(actor_code(one) for one in between))
    asked = issue_id(issue) if issue else None
    first_day, last_day = day_of(since), day_of(until, end=True)
    found = [
        line
        for line in _within(desk, parties, asked)
        if _wanted(line.mentions, asked, first_day, last_day, strength, issuer)
    ]
    judged = judgements(desk.record)
    if judged:
        found = [_judged(line, judged) for line in found]
    annotated = desk.remembered(
        "annotated", lambda: desk.record.execute("SELECT count(*) FROM annotation").fetchone()[0]
    )
    return Ledger(
        between=parties, issue=asked, since=since, until=until, lines=tuple(found), annotated=annotated, held=held(desk)
    )  # fmt: skip


#: Raised whenever the same record gives other lines than before.
_LAYOUT = 1


def whole(desk: Desk) -> tuple[Line, ...]:
    """All lines of a desk by day, without what people judge of them; kept until its documents or annotations change."""
    return desk.kept("ledger", tuple[Line, ...], lambda: _whole(desk), layout=_LAYOUT)


def _whole(desk: Desk) -> tuple[Line, ...]:
    said = gather(desk.record)
    told = reports(desk.record, said)
    accounts = Accounts(said)
    lines = []
    for thread in link(said):
        done = tuple(told.of(thread))
        gone = None if done else accounts.dropped_in(thread)
        lines.append(_line(thread, done, Dropped(day=gone[0], document=gone[1]) if gone else None))
    return tuple(_sorted(lines))


def _within(desk: Desk, parties: tuple[str, ...], issue: str | None) -> Sequence[Line]:
    """The lines in one of whose mentions all of these take part, and that are about the issue; in order."""
    lines = whole(desk)
    shelves = desk.remembered("ledger by party and issue", lambda: _shelved(lines))
    chosen: list[list[int]] = [shelves.get(code, []) for code in parties]
    if issue is not None:
        chosen.append(sorted({number for key, own in shelves.items() if _is_of(key, issue) for number in own}))
    if not chosen:
        return lines
    wanted, fewest = frozenset(parties), min(chosen, key=len)
    return [
        line
        for line in map(lines.__getitem__, fewest)
        if any(wanted <= one.parties for one in line.mentions)
    ]


def _shelved(lines: Sequence[Line]) -> dict[str, list[int]]:
    """The numbers of the lines by the code of each party, and by each issue."""
    found: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        for key in {*line.issues, *(code for one in line.mentions for code in one.parties)}:
            found.setdefault(key, []).append(number)
    return found


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
    return sorted(lines, key=lambda line: (line.first.day or "9999", line.first.document, line.first.start))


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


# ---- what people judge


def digest_of(words: str) -> str:
    """The SHA-256 of the words, runs of white space folded: by it a judgement knows whether they are still the same."""
    return sha256(fold(words).encode("utf-8", "surrogatepass")).hexdigest()


def judge(desk: Desk, undertaking: str, status: str, note: str, judge: str, day: str | None = None) -> Judgement:
    """Keep what a person holds of an undertaking. ``day`` is the day of judging, today where it is left out.

    Raises QueryError for an unknown undertaking or status or an empty name, DeskError where the desk is open for reading.
    """
    if status not in VERDICTS:
        raise QueryError(
            f"a status is one of {', '.join(VERDICTS)}, not {status!r}", hint="Quotation marks hold two words together"
        )
    if not judge.strip() or not note.strip():
        raise QueryError(
            "a judgement has a name and a note", hint='--judge "Your Name" --note "why, and where it says so"'
        )
    today = day or datetime.date.today().isoformat()
    try:
        datetime.date.fromisoformat(today)
    except ValueError:
        raise QueryError(f"a day is YYYY-MM-DD, not {today!r}", hint="2021-03-22") from None
    writer = desk.writer
    words = _words(desk.record, undertaking)
    if words is None:
        raise QueryError(
            f"no undertaking {undertaking!r} on this desk", hint="`onrecord ledger` prints the ids of those it holds"
        )
    made = Judgement(
        undertaking=undertaking,
        status=status,
        note=note.strip(),
        judge=judge.strip(),
        day=today,
        digest=digest_of(words),
    )
    writer.commit()
    with failing_clearly(desk.folder):
        desk.record.execute(
            "INSERT INTO judgement (undertaking, status, note, judge, day, digest) VALUES (?, ?, ?, ?, ?, ?)",
            (made.undertaking, made.status, made.note, made.judge, made.day, made.digest),
        )
    return made


def _words(record: sqlite3.Connection, undertaking: str) -> str | None:
    found = record.execute(
        'SELECT substr(text, start + 1, "end" - start) FROM undertaking JOIN document ON document.id = document '
        "WHERE undertaking.id = ?",
        (undertaking,),
    ).fetchone()
    return None if found is None else str(found[0])


def judgements(record: sqlite3.Connection) -> dict[str, list[Judgement]]:
    """The judgements of undertakings by their ids, oldest first, stale where the words have changed."""
    found: dict[str, list[Judgement]] = {}
    for told in record.execute(
        "SELECT judgement.undertaking, status, note, judge, judgement.day, digest, "
        'substr(document.text, undertaking.start + 1, undertaking."end" - undertaking.start) FROM judgement '
        "JOIN undertaking ON undertaking.id = judgement.undertaking JOIN document ON document.id = undertaking.document "
        "ORDER BY judgement.day, judgement.rowid"
    ):
        *own, words = tuple(told)
        judged = dict(zip(("undertaking", "status", "note", "judge", "day", "digest"), own, strict=True))
        stale = digest_of(words) != judged["digest"]
        found.setdefault(judged["undertaking"], []).append(Judgement(**judged, stale=stale))
    return found


def unplaced(record: sqlite3.Connection) -> list[Judgement]:
    """Judgements whose undertaking is no longer found in the words: they stay, and are told."""
    query = (
        "SELECT undertaking, status, note, judge, day, digest FROM judgement "
        "WHERE undertaking NOT IN (SELECT id FROM undertaking) ORDER BY day, rowid"
    )
    keys = ("undertaking", "status", "note", "judge", "day", "digest")
    return [Judgement(**dict(zip(keys, tuple(told), strict=True)), stale=True) for told in record.execute(query)]


# ---- what was asked


def day_of(asked: str | None, *, end: bool = False) -> str | None:
    """A day, month or year as the first or, with ``end``, the last that it may mean. Raises QueryError."""
    if asked is None:
        return None
    if not _DAY.fullmatch(asked):
        raise QueryError(f"a day is YYYY, YYYY-MM or YYYY-MM-DD, not {asked!r}", hint="2021, 2021-03 or 2021-03-22")
    return asked + "-99-99"[len(asked) - 4 :] if end and len(asked) < 10 else asked
