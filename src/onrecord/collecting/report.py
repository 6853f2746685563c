"""What a run of collecting came to: what was asked, what is new, and by name what is missing."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from onrecord.desk import Desk
from onrecord.desk.queue import all_queued
from onrecord.houses.sources import Source
from onrecord.languages.tags import covers


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """A statement that the issuer lists and the desk does not hold: its address, title and day as listed, and why."""

    address: str
    title: str | None
    day: str | None
    why: str


class MissingDay(msgspec.Struct, frozen=True, kw_only=True):
    """A day on which the issuer usually publishes a document of this kind and language, and the desk holds none."""

    day: str
    kind: str
    language: str


class Doubtful(msgspec.Struct, frozen=True, kw_only=True):
    """A version of a document that was kept and is not shown, because it is worse than the one before."""

    document: str
    address: str | None
    why: str | None


class Report(msgspec.Struct, kw_only=True):
    """The result of a run. ``asked`` counts the pages of statements, ``requests`` everything that was sent to any host.

    ``waiting`` are statements that are known and were not asked for yet; ``missing`` those that were, in vain. ``troubles``
    say what else went wrong: a list that could not be read, a host that asked to wait.
    """

    issuer: str
    since: str
    asked: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    replaced: int = 0
    failed: int = 0
    requests: int = 0
    waiting: int = 0
    stopped: bool = False
    lists: dict[str, str] = msgspec.field(default_factory=dict)
    missing: list[Missing] = msgspec.field(default_factory=list)
    missing_days: list[MissingDay] = msgspec.field(default_factory=list)
    in_doubt: list[Doubtful] = msgspec.field(default_factory=list)
    troubles: list[str] = msgspec.field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing, as far as the issuer's lists tell, and they could be read."""
        return not (self.missing or self.missing_days or self.stopped or self.is_blind)

    @property
    def is_blind(self) -> bool:
        """Whether no list of the issuer could be read."""
        return bool(self.lists) and all(ended == "trouble" for ended in self.lists.values())

    @property
    def line(self) -> str:
        """The summary in one line: "asked 42, new 7, changed 2, missing 2 working days, in doubt 1"."""
        parts = [f"asked {self.asked}", f"new {self.new}", f"changed {self.changed}"]
        if self.gone:
            parts.append(f"gone {self.gone}")
        if self.replaced:
            parts.append(f"replaced {self.replaced}")
        missing = [
            _counted(len(self.missing), "statement"),
            _counted(len({one.day for one in self.missing_days}), "working day"),
        ]
        parts.append("missing " + (" and ".join(filter(None, missing)) or "nothing"))
        if self.waiting:
            parts.append(f"not asked yet {self.waiting}")
        return ", ".join([*parts, f"in doubt {len(self.in_doubt)}"])


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}" if count else ""


def complete(report: Report, desk: Desk, sources: list[Source], today: date) -> None:
    """Fill in what the desk says when the run ends: what is missing, waiting and in doubt."""
    report.missing, report.waiting = [], 0
    for row in all_queued(desk.record, report.issuer):
        is_list = "list" in (row.note or {})
        if is_list or row.document is not None or (row.day is not None and row.day < report.since):
            continue
        if row.error is None and row.state == "waiting":
            report.waiting += 1
        else:
            why = row.error or "it is gone"
            report.missing.append(Missing(address=row.address, title=row.title, day=row.day, why=why))
    report.missing_days = missing_days(desk, report.issuer, sources, date.fromisoformat(report.since), today)
    report.in_doubt = _doubtful(desk, report.issuer)


def missing_days(desk: Desk, issuer: str, sources: list[Source], first: date, today: date) -> list[MissingDay]:
    """The days from ``first`` to yesterday on which a source expects a document and the desk holds none."""
    held = {(one.day, one.kind, one.language) for one in desk.listed() if one.issuer == issuer}
    found = set()
    for source in sources:
        for number in range((today - first).days):
            day = first + timedelta(days=number)
            if source.expects_on(day) and not any(
                (on, kind) == (day.isoformat(), source.expects) and covers(source.language, language)
                for on, kind, language in held
            ):
                found.add((day.isoformat(), source.expects, source.language))
    return [MissingDay(day=day, kind=kind, language=language) for day, kind, language in sorted(found)]


def _doubtful(desk: Desk, issuer: str) -> list[Doubtful]:
    query = (
        "SELECT document.id, address, doubt FROM version JOIN document ON document.id = version.document "
        "WHERE version.state = 'in-doubt' AND issuer = ? ORDER BY document.id, position"
    )
    return [Doubtful(document=row[0], address=row[1], why=row[2]) for row in desk.record.execute(query, (issuer,))]
