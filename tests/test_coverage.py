"""What a desk holds and lacks, by issuer, language and month."""

from __future__ import annotations

from pathlib import Path

import pytest

from invented import page
from onrecord.asking import MonthFilters, coverage_by_day, coverage_by_month
from onrecord.captures.opening import Opened, capture_of
from onrecord.desk import Desk, open_desk
from onrecord.desk.queue import Queued, put_queued
from onrecord.desk.visits import Asked

LONG = " ".join(f"Point {number} of the plan is that we build road {number}." for number in range(40))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as opened:
        yield opened


def fetched(day: int, words: str, hour: int = 8) -> Opened:
    """A conference of a day of June 2020."""
    data = page(0, answer=words).replace("May 1, 2000", f"June {day}, 2020").encode()
    capture = capture_of(data, f"http://www.fmprc.gov.cn/{day}.shtml", fetched=f"2020-06-{day:02}T{hour:02}:00:00Z")
    return Opened(capture=capture, data=data, name="page.shtml")


def test_held_missing_removed_and_in_doubt(desk: Desk) -> None:
    for day in (1, 2, 5):  # Monday, Tuesday, Friday
        added = desk.add(fetched(day, LONG))
    desk.add(fetched(2, "Less.", 9))
    desk.writer.visited(
        Asked(address="http://www.fmprc.gov.cn/5.shtml", at="2020-06-09T08:00:00Z"), "gone", document=added.id
    )
    (june,) = coverage_by_month(desk)
    assert (june.issuer, june.language, june.month, june.held, june.days) == ("cn-mfa", "en", "2020-06", 3, 3)
    assert (june.removed, june.in_doubt) == (1, 1)
    if june.expected is not None:  # where the card of the house says on which days it publishes
        assert (june.expected, june.missing) == (5, ("2020-06-03", "2020-06-04"))
    assert coverage_by_month(desk, MonthFilters(since="2021")) == []
    assert coverage_by_month(desk, MonthFilters(issuer=("us-state",))) == []


def test_a_month_without_a_document_is_told(desk: Desk) -> None:
    desk.add(fetched(1, LONG))
    data = page(0, answer=LONG).replace("May 1, 2000", "August 3, 2020").encode()
    desk.add(Opened(capture=capture_of(data, "http://www.fmprc.gov.cn/later.shtml"), data=data, name="page.shtml"))
    assert [(one.month, one.held) for one in coverage_by_month(desk)] == [
        ("2020-06", 1),
        ("2020-07", 0),
        ("2020-08", 1),
    ]


def test_a_day_of_which_only_the_month_is_known_is_held_and_one_of_which_only_the_year_is_not_counted(
    desk: Desk,
) -> None:
    for day in (1, 2, 3):
        desk.add(fetched(day, LONG))
    ids = [row.id for row in desk.rows()]
    for id, known in zip(ids, ("2020-06", "2020", "2020-06-03"), strict=True):
        desk.record.execute("UPDATE document SET day = ? WHERE id = ?", (known, id))
    (june,) = coverage_by_month(desk)
    assert (june.month, june.held, june.days) == ("2020-06", 2, 1)


def listed_only(desk: Desk, issuer: str, day: str) -> None:
    at = f"{day}T09:00:00+00:00"
    address = f"http://{issuer}.example/{day}"
    put_queued(desk.record, Queued(address=address, issuer=issuer, listed=at, last_listed=at, due=at, day=day))


def test_a_calendar_has_the_figures_of_the_months(desk: Desk) -> None:
    for day in (1, 2, 5):
        desk.add(fetched(day, LONG))
    desk.add(fetched(2, "Less.", 9))
    listed_only(desk, "cn-mfa", "2020-06-09")
    (june,) = coverage_by_month(desk)
    (days,) = coverage_by_day(desk)
    assert (days.first, days.last, days.expects) == ("2020-06-01", "2020-06-05", True)
    assert sum(one.held for one in days.days) == june.held == 3
    assert tuple(one.day for one in days.days if one.missing) == june.missing == ("2020-06-03", "2020-06-04")
    assert sum(one.expected for one in days.days) == june.expected
    assert [one.day for one in days.days if one.in_doubt] == ["2020-06-02"]
    assert [(one.day, one.listed, one.held) for one in days.days if one.listed] == [("2020-06-09", 1, 0)]
    assert june.listed == 1
    (part,) = coverage_by_day(desk, MonthFilters(since="2020-06-03", until="2020-06-04"))
    assert [one.day for one in part.days] == ["2020-06-03", "2020-06-04"]


def test_what_is_only_listed_is_told_also_where_nothing_else_is_held(desk: Desk) -> None:
    desk.add(fetched(1, LONG))
    listed_only(desk, "us-state", "2021-03-04")
    listed_only(desk, "cn-mfa", "2020-08-03")
    assert [(one.issuer, one.language, one.month, one.held, one.listed) for one in coverage_by_month(desk)] == [
        ("cn-mfa", "en", "2020-06", 1, 0),
        ("cn-mfa", "en", "2020-08", 0, 1),
        ("us-state", "", "2021-03", 0, 1),
    ]
    assert [one.issuer for one in coverage_by_month(desk, MonthFilters(language=("en",)))] == ["cn-mfa", "cn-mfa"]
