"""Whether two reports in one document are of the same meeting, and what the second adds to the first."""

from __future__ import annotations

from datetime import date

from onrecord.languages.day_ranges import DayRange
from onrecord.languages.meeting_report import MeetingReport
from onrecord.marks import MeetingKind, Mention

#: Kinds that accounts call one and the same meeting by: 会谈 is talks, a dialogue, a meeting; a summit of two is a meeting.
_COMPATIBLE_KINDS: tuple[frozenset[str], ...] = (
    frozenset({"dialogue", "meeting", "conference"}), frozenset({"call"}), frozenset({"visit"}),
)  # fmt: skip
#: MeetingReport days of one meeting are no further apart than this: time zones, and a readout published the day after.
NEAR = 3


def compatible_kinds(one: MeetingKind, other: MeetingKind) -> bool:
    """Whether accounts may call one meeting by both kinds."""
    return any(one in kinds and other in kinds for kinds in _COMPATIBLE_KINDS)


def conflict_in_time(one: MeetingReport, other: MeetingReport) -> bool:
    """Whether their days, or that one is over and the other to come, tell that they are two meetings."""
    if one.days is None or other.days is None:
        return (one.future and other.past) or (one.past and other.future)
    return days_apart((one.days.first, one.days.last), (other.days.first, other.days.last)) > NEAR


def days_apart(one: tuple[str, str], other: tuple[str, str]) -> int:
    """How many days lie between two ranges of days; 0 where they touch."""
    (first, last), (begin, end) = (tuple(date.fromisoformat(day).toordinal() for day in days) for days in (one, other))
    return max(0, begin - last, first - end)


def _names_conflict(one: MeetingReport, other: MeetingReport) -> bool:
    """Whether two names cannot be of one meeting: neither says all that the other says."""
    mine, others = one.marks, other.marks
    return bool(mine and others) and one.kind not in ("visit", "call") and not (mine <= others or others <= mine)


def same_meeting(one: MeetingReport, other: MeetingReport, *, near: bool) -> bool:
    """Whether two specific tellings in one document are of the same meeting; ``near`` where one follows upon the other."""
    if not compatible_kinds(one.kind, other.kind) or conflict_in_time(one, other) or _names_conflict(one, other):
        return False
    mine, others = set(one.parties), set(other.parties)
    if one.kind == other.kind == "conference" and one.named and other.named and mine & others:
        return not _places_conflict(one.place, other.place)
    if not (mine <= others or others <= mine) or len(mine & others) < 2:
        return False
    if one.kind != other.kind and any(report.kind == "conference" and report.named for report in (one, other)):
        return False
    people = {person.id or person.name for person in one.people} & {person.id or person.name for person in other.people}
    differently_named = one.kind not in ("visit", "call") and bool(one.marks) != bool(other.marks)
    if differently_named and not (people or (one.days and other.days) or (near and other.loose and not other.marks)):
        return False  # one has a name of its own, and nothing tells that the other is it
    if _places_conflict(one.place, other.place):
        return False
    for party in mine & others:
        names = [
            {person.id or person.name for person in report.people if person.party == party} for report in (one, other)
        ]
        if names[0] and names[1] and not names[0] & names[1]:
            return False
    return True


def _places_conflict(one: Mention | None, other: Mention | None) -> bool:
    if one is None or other is None or one.id == other.id or one.name == other.name:
        return False
    codes = {one.id, *one.stands_for} & {other.id, *other.stands_for}
    return not codes or (one.kind == "place" == other.kind)


def points_at(one: MeetingReport, pointing: MeetingReport) -> bool:
    """Whether "the talks" can mean this meeting."""
    if pointing.kind == "conference" and one.kind != "conference":
        return False
    if (
        pointing.kind == one.kind == "conference"
        and not pointing.pointed
        and pointing.name[-2:].lower() != one.name[-2:].lower()
        and pointing.name[0] > "z"
    ):
        return False  # 大会 points at a 大会, and at no 峰会
    if one.kind != pointing.kind and not compatible_kinds(one.kind, pointing.kind):
        return False
    if pointing.named and _names_conflict(one, pointing) and pointing.kind not in ("visit", "call"):
        return False
    if not set(pointing.parties) <= set(one.parties):
        return False
    if (
        pointing.days is not None
        and one.days is None
        and pointing.days.exact
        and not pointing.pointed
        and pointing.dated
    ):
        return False  # "the December 30 conversation" is one among others
    return not conflict_in_time(one, pointing)


def can_be(one: MeetingReport, anonymous: MeetingReport) -> bool:
    """Whether "the two sides held discussions" tells of this meeting."""
    return (
        compatible_kinds(one.kind, anonymous.kind)
        and set(anonymous.parties) <= set(one.parties)
        and not conflict_in_time(one, anonymous)
    )


def merge(one: MeetingReport, other: MeetingReport) -> None:
    """What the second telling adds to the first."""
    if other.specific or other.kind == one.kind:
        one.parties.update(other.parties)
    if other.specific and one.kind == "meeting" and other.kind == "dialogue" and other.named:
        one.kind = other.kind
    if other.specific and other.named and (not one.named or (one.kind == "conference" and one.marks < other.marks)):
        one.name, one.named, one.marks = other.name, True, other.marks
    one.people += other.people
    one.place = one.place or other.place
    if other.days is not None and (one.days is None or _more_precise(other.days, one.days)):
        one.days = other.days
    one.invited_by = one.invited_by or other.invited_by
    one.decided_by = one.decided_by or other.decided_by
    one.future, one.past = one.future and not other.past, one.past or other.past


def _more_precise(days: DayRange, held: DayRange) -> bool:
    """Exact days tell more than a stretch; of exact ones, all the days of a visit more than the first."""
    if days.exact != held.exact:
        return days.exact
    return days.exact and days.first <= held.first and held.last <= days.last and days.first != days.last
