"""Whether two reports in one document are of the same meeting, and what the second adds to the first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from onrecord.annotation_types import MeetingKind, Mention, Participant
from onrecord.languages.day_ranges import DayRange
from onrecord.languages.meeting_report import MeetingReport

#: Kinds that accounts use for the same meeting: 会谈 means talks, a dialogue or a meeting; a bilateral summit is a meeting.
_COMPATIBLE_KINDS: tuple[frozenset[str], ...] = (
    frozenset({"dialogue", "meeting", "conference"}), frozenset({"call"}), frozenset({"visit"}),
)  # fmt: skip
#: The maximum distance in days between two reports of one meeting: time zones, and readouts published the day after.
NEAR = 3
#: Nouns of conferences, which are not the same where one has another.
_HEADS = frozenset("summit conference forum session ministerial plenary symposium roundtable".split())
#: Above this number of participants a report keeps no name twice.
_MANY_PEOPLE = 60


def compatible_kinds(one: MeetingKind, other: MeetingKind) -> bool:
    """Whether two accounts may use these kinds for the same meeting."""
    return any(one in kinds and other in kinds for kinds in _COMPATIBLE_KINDS)


def conflict_in_time(one: MeetingReport, other: MeetingReport) -> bool:
    """Whether the days, or one being past and the other future, show that the reports are of two meetings."""
    if one.days is None or other.days is None:
        return (one.future and other.past) or (one.past and other.future)
    return days_apart((one.days.first, one.days.last), (other.days.first, other.days.last)) > NEAR


def days_apart(one: tuple[str, str], other: tuple[str, str]) -> int:
    """The number of days between two ranges of ISO 8601 days; 0 if they touch."""
    (first, last), (begin, end) = (tuple(date.fromisoformat(day).toordinal() for day in days) for days in (one, other))
    return max(0, begin - last, first - end)


def _names_conflict(one: MeetingReport, other: MeetingReport) -> bool:
    """Whether two names cannot be of one meeting: each has a distinctive word that the other lacks."""
    mine, others = one.marks, other.marks
    return bool(mine and others) and one.kind not in ("visit", "call") and not (mine <= others or others <= mine)


def same_meeting(one: MeetingReport, other: MeetingReport, *, near: bool) -> bool:
    """Whether two specific reports in one document are of the same meeting; ``near`` if one closely follows the other."""
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
        return False  # only one has a distinctive name, and nothing else shows that they are the same
    if _places_conflict(one.place, other.place) and not (other.loose and near and other.days is None):
        return False  # "their discussions in Oslo" may be in a town of which the first place is a part
    for party in mine & others:
        names = [
            {person.id or person.name for person in report.people if person.party == party} for report in (one, other)
        ]
        if names[0] and names[1] and not names[0] & names[1] and not _share_a_surname(one, other, party):
            return False
    return True


def _share_a_surname(one: MeetingReport, other: MeetingReport, party: str) -> bool:
    """Whether both name somebody of a party by the same last word: "Rudolf Rassendyll" and "Mr. Rassendyll"."""
    last = [
        {person.name.split()[-1] for person in report.people if person.party == party and " " in person.name.strip()}
        | {person.name for person in report.people if person.party == party}
        for report in (one, other)
    ]
    return bool(last[0] & last[1])


def _places_conflict(one: Mention | None, other: Mention | None) -> bool:
    if one is None or other is None or one.id == other.id or one.name == other.name:
        return False
    codes = {one.id, *one.stands_for} & {other.id, *other.stands_for}
    return not codes or (one.kind == "place" == other.kind)


def fills(visit: MeetingReport, other: MeetingReport) -> bool:
    """Whether talks are part of a visit: of its parties, with no name, number or day of their own, and nowhere else."""
    if not set(other.parties) <= set(visit.parties) or len(set(other.parties)) < 2 or (other.named and other.marks):
        return False
    if (visit.future and other.past and not visit.past) or (visit.past and other.future and not visit.future):
        return False
    if other.days is not None and other.days.exact:
        if visit.days is None or (other.days.first, other.days.last) != (visit.days.first, visit.days.last):
            return False
    elif (
        other.days is not None
        and visit.days is not None
        and days_apart((visit.days.first, visit.days.last), (other.days.first, other.days.last))
    ):
        return False
    return not _places_conflict(visit.place, other.place) or (
        other.place is not None and visit.place is not None and not other.place.stands_for
    )


def points_at(one: MeetingReport, pointing: MeetingReport) -> bool:
    """Whether an anaphor such as "the talks" can refer to this meeting."""
    if pointing.kind == "conference" and (one.kind != "conference" or _elsewhere(one, pointing)):
        return False
    if (
        pointing.kind == one.kind == "conference"
        and not pointing.pointed
        and pointing.name[-2:].lower() != one.name[-2:].lower()
        and pointing.name[0] > "z"
    ):
        return False  # 大会 can refer to a 大会, but not to a 峰会
    if one.kind != pointing.kind and not compatible_kinds(one.kind, pointing.kind):
        return False
    if pointing.named and _names_conflict(one, pointing) and pointing.kind not in ("visit", "call"):
        return False
    if not set(pointing.parties) <= set(one.parties):
        return False
    if (
        pointing.named
        and pointing.marks
        and not one.marks
        and (pointing.kind != one.kind or _only_dated(pointing, one))
    ):
        return False  # "the first round of dialogue" is none of the talks told before
    if (
        pointing.days is not None
        and one.days is None
        and pointing.days.exact
        and not pointing.pointed
        and pointing.dated
    ):
        return False  # "the December 30 conversation" is one of several
    return not conflict_in_time(one, pointing)


def _elsewhere(one: MeetingReport, pointing: MeetingReport) -> bool:
    """Whether a conference of another kind is told with a place: "the summit in Oslo" is no session of the assembly."""
    return pointing.place is not None and one.place is None and _head(one) != _head(pointing)


def _head(report: MeetingReport) -> str:
    words = report.name.lower().split()
    return next((word for word in reversed(words) if word in _HEADS), "")


def _only_dated(one: MeetingReport, other: MeetingReport) -> bool:
    return one.days is not None and other.days is None


def can_be(one: MeetingReport, anonymous: MeetingReport) -> bool:
    """Whether "the two sides held discussions" can report this meeting."""
    return (
        compatible_kinds(one.kind, anonymous.kind)
        and set(anonymous.parties) <= set(one.parties)
        and not conflict_in_time(one, anonymous)
    )


def add_people(report: MeetingReport, people: Sequence[Participant]) -> None:
    """Add participants to a report; if it has very many, only those not printed in the same way before."""
    if len(report.people) > _MANY_PEOPLE:
        known = {(person.id, person.name, person.office, person.party) for person in report.people}
        people = [one for one in people if (one.id, one.name, one.office, one.party) not in known]
    report.people += people


def merge(one: MeetingReport, other: MeetingReport) -> None:
    """Add to the first report what the second contributes."""
    if other.specific or other.kind == one.kind:
        one.parties.update(other.parties)
    if other.specific and one.kind == "meeting" and other.kind == "dialogue" and other.named:
        one.kind = other.kind
    if other.specific and other.named and (not one.named or (one.kind == "conference" and one.marks < other.marks)):
        one.name, one.named, one.marks = other.name, True, other.marks
    add_people(one, other.people)
    one.place = one.place or other.place
    if other.days is not None and (one.days is None or _more_precise(other.days, one.days)):
        one.days, one.begins = other.days, other.begins
    one.invited_by = one.invited_by or other.invited_by
    one.decided_by = one.decided_by or other.decided_by
    one.future, one.past = one.future and not other.past, one.past or other.past


def _more_precise(days: DayRange, held: DayRange) -> bool:
    """Whether days are more precise: exact days before a range that contains them, the full days of a visit before its first."""
    if days.exact != held.exact:
        return days.exact
    return days.exact and days.first <= held.first and held.last <= days.last and days.first != days.last
