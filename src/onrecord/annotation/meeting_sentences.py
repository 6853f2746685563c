"""Read one sentence that reports meetings: participants, place, days, inviter and decider.

The language's rules (:class:`~onrecord.languages.meeting_rules.MeetingRules`) read each trigger word; then the days, places,
invitations and decisions of the sentence are attached to the meeting they belong to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from onrecord.languages.day_ranges import DayRange
from onrecord.languages.meeting_report import MeetingReport, MeetingSentence
from onrecord.languages.meeting_rules import MeetingRules
from onrecord.languages.meeting_words import Trigger

_LONGEST_NAME = 200
#: Between a day and a meeting behind it: the day is of the meeting before.
_COORDINATED = re.compile(r"\b(?:and|as well as)\b|[;；]|以及")
_SENTENCE_MARK = re.compile("[，。；？！;.?!]")
#: A day followed by these is not part of the meeting's name; "the December 30 conversation" contains none of them.
_OUTSIDE_NAME = re.compile(r"[^\w\s’'-]|\b(?:the|a)\b")


def read_sentence(sentence: MeetingSentence, rules: MeetingRules, triggers: Sequence[Trigger]) -> list[MeetingReport]:
    """Return the meetings a sentence reports, in order of position; ``triggers`` are the trigger words in the sentence."""
    rules.note_invitations(sentence)
    found = []
    for trigger in triggers:
        if trigger.word not in rules.words.refused and not _in_organisation(sentence, trigger):
            report = rules.read(sentence, trigger)
            if report is not None:
                found.append(report)
    if found:
        _circumstances(sentence, rules, found)
    return [one for report in found for one in _with_visits_apart(sentence, rules, report)]


def _with_visits_apart(
    sentence: MeetingSentence, rules: MeetingRules, report: MeetingReport
) -> Iterator[MeetingReport]:
    """The report, and one for each further visit that its words tell of."""
    days = [report.days] * (1 + len(report.apart))
    if (
        report.apart
        and rules.separately is not None
        and rules.separately.search(sentence.text, sentence.start, sentence.end)
    ):
        words = sentence.text[sentence.start : sentence.end]
        told = [one for one in rules.find_dates(words, sentence.today, future=report.future) if one.exact]
        days = [*told] if len(told) == len(days) else days  # "on May 4 and 6 respectively"
    inviting = [code for _, _, codes in sentence.inviting for code in codes]
    report.days = days[0]
    if report.apart:
        report.invited_by = next((code for code in inviting if code in report.parties), report.invited_by)
    yield report
    for apart, when in zip(report.apart, days[1:], strict=True):
        inviter = next((code for code in inviting if code in apart.parties), None)
        yield replace(
            report, parties=dict.fromkeys(apart.parties), people=list(apart.people), place=apart.place or report.place,
            days=when, invited_by=inviter, apart=[],
        )  # fmt: skip


def _in_organisation(sentence: MeetingSentence, trigger: Trigger) -> bool:
    """Whether the word is part of an organisation's name: the Pacific Islands Forum is not a forum that meets here."""
    return any(
        one.kind in ("organisation", "office")
        and one.start <= trigger.start
        and trigger.end <= one.end
        and one.end - one.start > len(trigger.word)
        for one in sentence.mentions_in(trigger.start - _LONGEST_NAME, trigger.end)
    )


def _circumstances(sentence: MeetingSentence, rules: MeetingRules, found: list[MeetingReport]) -> None:
    """Attach each day, place, invitation and decision of the sentence to the meeting it belongs to."""
    _tenses(sentence, rules, found)
    _days(sentence, rules, found)
    for report in found:
        report.told = report.told or (
            report.days is not None and len(report.parties) > 1 and rules.is_dated(sentence, report)
        )
        report.place = report.place or rules.place(sentence, report)
        if report.place is not None and report.place.start >= sentence.start:
            report.start, report.end = min(report.start, report.place.start), max(report.end, report.place.end)
    _decisions(sentence, rules, found)
    _inviters(sentence, found)


def _tenses(sentence: MeetingSentence, rules: MeetingRules, found: list[MeetingReport]) -> None:
    """Decide from the surrounding words whether each meeting is future or past."""
    text = sentence.text
    future, past = rules.pattern("future"), rules.pattern("past")
    for report in found:
        behind = _SENTENCE_MARK.split(text[report.end : min(sentence.end, report.end + 24)])[0]
        reach = text[max(sentence.start, report.start - 12) : report.end] + behind
        report.future = report.future or (bool(future.search(reach)) and not rules.ended.search(reach))
    for report in found:
        reach = text[max(sentence.start, report.start - 24) : min(sentence.end, report.end + 12)]
        reach = rules.telling.sub("", reach) if rules.telling is not None else reach
        report.past = not report.future and bool(past.search(reach))


def _days(sentence: MeetingSentence, rules: MeetingRules, found: list[MeetingReport]) -> None:
    """Attach each day in the sentence to the nearest meeting that it can belong to."""
    text = sentence.text
    ahead = any(report.future for report in found)
    for days in rules.find_dates(text[sentence.start : sentence.end], sentence.today, future=ahead):
        first, last = sentence.start + days.start, sentence.start + days.end
        if rules.is_day_of_speech(sentence, first, last):
            continue
        near_by = [report for report in found if _can_be_of(sentence, report, days, first, last, rules)]
        near_by = [report for report in near_by if not _is_occasion(sentence, report, rules)] or near_by
        if not near_by:
            continue
        near = min(
            _not_behind_another(text, near_by, first, last),
            key=lambda report: (_outside(report, first, last), _distance(text, report, first, last)),
        )
        held = near.days
        if held is not None and (joined := _joined_days(sentence, held, days, rules)) is not None:
            near.days = joined
        elif held is None or (days.exact, -_distance(text, near, first, last)) > (
            held.exact, -_distance(text, near, sentence.start + held.start, sentence.start + held.end)
        ):  # fmt: skip
            near.days = days
            near.dated = last <= near.at and not _OUTSIDE_NAME.search(text[last : near.at]) and near.at - last < 30
            if _distance(text, near, first, last) < 60:
                near.start, near.end = min(near.start, first), max(near.end, last)
    for report in found:
        report.days = report.days or rules.day_of(sentence, report)
        report.begins = report.days is not None and _only_begins(sentence, report, rules)
        if report.days is not None and sentence.today is not None:
            today = sentence.today.isoformat()
            report.past = report.past or report.days.last < today
            report.future = report.days.first > today or (report.future and report.days.last >= today)


def _joined_days(sentence: MeetingSentence, held: DayRange, days: DayRange, rules: MeetingRules) -> DayRange | None:
    """The days from the first to the last of two that are joined: "met yesterday and today"."""
    between = sentence.text[sentence.start + held.end : sentence.start + days.start]
    if rules.joins_days is None or not (held.exact and days.exact and rules.joins_days.fullmatch(between)):
        return None
    return held._replace(last=days.last, end=days.end) if held.last < days.first else None


#: So far around a meeting stand the words that tell of its beginning.
_BEFORE, _BEHIND = 10, 20


def _only_begins(sentence: MeetingSentence, report: MeetingReport, rules: MeetingRules) -> bool:
    """Whether the one day of a visit, dialogue or conference is that on which it begins."""
    if rules.begins is None or report.kind in ("meeting", "call") or report.days is None:
        return False
    start, end = max(sentence.start, report.start - _BEFORE), min(sentence.end, report.end + _BEHIND)
    return report.days.first == report.days.last and rules.begins.search(sentence.text, start, end) is not None


def _is_occasion(sentence: MeetingSentence, report: MeetingReport, rules: MeetingRules) -> bool:
    """Whether another meeting is held in the margin of this one."""
    if rules.beside is None:
        return False
    return rules.beside.search(sentence.text, max(sentence.start, report.begin - 60), report.begin) is not None


def _not_behind_another(text: str, reports: list[MeetingReport], first: int, last: int) -> list[MeetingReport]:
    """The meetings without those coordinated behind the day of another: "the talks on May 4 and the call"."""
    if not any(report.at < first for report in reports):
        return reports
    return [one for one in reports if one.at < last or not _COORDINATED.search(text[last : one.start])]


def _inviters(sentence: MeetingSentence, found: list[MeetingReport]) -> None:
    """Attach each inviter to the nearest meeting."""
    for first, last, codes in sentence.inviting:
        hosts = [one for one in found if one.kind != "call" and set(codes) & set(one.parties)]
        near = min(
            hosts or (one for one in found if one.kind != "call"),
            key=lambda report: _distance(sentence.text, report, first, last),
            default=None,
        )
        if near is None:
            continue
        if len(codes) == 1:
            near.invited_by = codes[0]
        own = near.named and near.kind == "conference"
        known = set(codes) & set(near.parties)
        if (not own and len(near.parties) < 2) or (known and len(codes) == 1):
            near.parties.update(dict.fromkeys(codes))
        if not near.specific and len(near.parties) >= 2 and near.kind != "call":
            near.specific, near.pointing = not near.loose or near.named, near.pointing and near.loose
        near.start, near.end = min(near.start, first), max(near.end, last)


def _distance(text: str, report: MeetingReport, first: int, last: int) -> int:
    """The distance in characters between a circumstance and the trigger, with a penalty for each clause boundary."""
    between = text[last : report.at] if last <= report.at else text[report.at : first]
    return (
        len(between)
        + 25 * sum(between.count(mark) for mark in ";；")
        + 12 * between.count(",")
        + 6 * between.count("，")
    )


def _can_be_of(
    sentence: MeetingSentence, report: MeetingReport, days: DayRange, first: int, last: int, rules: MeetingRules
) -> bool:
    """Whether days can be the days of a meeting.

    In Chinese a comma after the meeting ends what is said about it. A day on which something was said is not the meeting's
    ("yesterday China announced the visit"). A range of a month or a year must be close to the meeting.
    """
    text = sentence.text
    between = text[last : report.at] if last <= report.at else text[report.end : first]
    if rules.clause_mark is not None and report.end <= first and rules.clause_mark in between:
        return False
    if last <= report.at and rules.pattern("saying").search(between):
        return False
    if (
        sentence.today
        and days.last < sentence.today.isoformat()
        and rules.coming.search(text, max(sentence.start, report.begin - 24), report.at)
    ):
        return False
    width = (date.fromisoformat(days.last) - date.fromisoformat(days.first)).days
    if width > 100:
        return len(between) <= 12 and not rules.remark.search(between)
    return width < 9 or len(between) <= 80


def _outside(report: MeetingReport, first: int, last: int) -> int:
    """The distance of a circumstance from the report's span; 0 inside it."""
    return max(0, report.start - last, first - report.end)


def _decisions(sentence: MeetingSentence, rules: MeetingRules, found: list[MeetingReport]) -> None:
    """Attach those who decided on a meeting to the last meeting, before the words of decision, that the sentence is about."""
    decided = rules.words.pattern("decided", rules.decided_form)
    for match in decided.finditer(sentence.text, sentence.start, sentence.end):
        who = rules.decider(sentence, match)
        if who is None or not who.codes:
            continue
        report = next((one for one in reversed(found) if one.at < match.start() and one.topic), None)
        if report is not None:
            report.decided_by = who.codes
            report.end = max(report.end, match.end(), who.end)
