"""Days told in words, against the day of the statement."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import languages

#: A Monday, the first day of its week.
TODAY = date(2021, 3, 22)

#: The words, the first and last day, why.
ENGLISH = [
    ("It was held today.", [("03-22", "03-22")], "the day itself"),
    ("this morning", [("03-22", "03-22")], "a part of it"),
    ("yesterday", [("03-21", "03-21")], "the day before"),
    ("the day before yesterday", [("03-20", "03-20")], "two words for one day, and no yesterday inside"),
    ("the day after tomorrow", [("03-24", "03-24")], "the same ahead"),
    ("last weekend", [("03-20", "03-21")], "on a Monday the two days before"),
    ("this weekend", [("03-27", "03-28")], "of this week"),
    ("next weekend", [("04-03", "04-04")], "of the week after"),
    ("over the weekend", [("03-20", "03-21")], "told on a weekday: the one past"),
    ("last week", [("03-15", "03-21")], "Monday to Sunday"),
    ("next week", [("03-29", "04-04")], "Monday to Sunday"),
    ("later this week", [("03-22", "03-28")], "from today on"),
    ("earlier this month", [("03-01", "03-22")], "up to today"),
    ("last month", [("02-01", "02-28")], "all of it"),
    ("on Friday", [("03-19", "03-19")], "the past one, where nothing tells otherwise"),
    ("last Friday", [("03-19", "03-19")], "the latest past"),
    ("next Friday", [("04-02", "04-02")], "of next week"),
    ("this Friday", [("03-26", "03-26")], "of this week"),
    ("Monday last week", [("03-15", "03-15")], "the week tells"),
    ("last Monday", [("03-15", "03-15")], "on a Monday: a week ago"),
    ("two days ago", [("03-20", "03-20")], "counted in words"),
    ("3 weeks ago", [("03-01", "03-07")], "a week, since no day is told"),
    ("from May 12 to 16", [("05-12", "05-16")], "the month once"),
    ("from July 31 to August 1", [("07-31", "08-01")], "over a month's end"),
    ("May 12-16, 2019", [("2019-05-12", "2019-05-16")], "with a hyphen and a year"),
    ("12 to 16 May 2019", [("2019-05-12", "2019-05-16")], "day first"),
    ("on June 14 and 15, 2023", [("2023-06-14", "2023-06-15")], "two days"),
    ("December 30 to January 2", [("2020-12-30", "2021-01-02")], "over the year's end"),
    ("on May 16, 2018", [("2018-05-16", "2018-05-16")], "a full date"),
    ("on 16 May", [("05-16", "05-16")], "the nearest year"),
    ("on December 30", [("2020-12-30", "2020-12-30")], "nearest: in the year before"),
    ("on Wednesday, January 17, 2024", [("2024-01-17", "2024-01-17")], "the date tells, not the weekday"),
    ("on the 14th", [("03-14", "03-14")], "of this month, being past"),
    ("in November 2022", [("2022-11-01", "2022-11-30")], "a month"),
    ("last November", [("2020-11-01", "2020-11-30")], "of last year"),
    ("in late May", [("05-21", "05-31")], "a third of a month"),
    ("in 1992", [("1992-01-01", "1992-12-31")], "a year"),
    ("We may meet soon.", [], "may is no month, soon no day"),
    ("on February 30, 2020", [], "no calendar has it"),
    ("at 9:30 with 12 people", [], "hours and counts"),
    ("on the 14th round", [], "counted, and no day"),
]  # fmt: skip
CHINESE = [
    ("今天上午举行", [("03-22", "03-22")], "a part of the day"),
    ("昨晚", [("03-21", "03-21")], "last night"),
    ("前天", [("03-20", "03-20")], "two days before"),
    ("明日", [("03-23", "03-23")], "tomorrow"),
    ("上周末结束", [("03-20", "03-21")], "on a Monday the two days before"),
    ("上周", [("03-15", "03-21")], "Monday to Sunday"),
    ("上周五", [("03-19", "03-19")], "of the week before"),
    ("本周六", [("03-27", "03-27")], "of this week"),
    ("下周一", [("03-29", "03-29")], "of next week"),
    ("周二会面", [("03-16", "03-16")], "the past one"),
    ("10月17日至19日", [("2020-10-17", "2020-10-19")], "the month once, the nearest year"),
    ("5月30日至6月2日", [("05-30", "06-02")], "over a month's end"),
    ("2018年5月16日", [("2018-05-16", "2018-05-16")], "a full date"),
    ("当地时间3月14日", [("03-14", "03-14")], "local time"),
    ("13日至14日", [("03-13", "03-14")], "days alone"),
    ("13日晚", [("03-13", "03-13")], "a day alone"),
    ("本月15日", [("03-15", "03-15")], "of this month"),
    ("去年9月", [("2020-09-01", "2020-09-30")], "a month of last year"),
    ("4月下旬", [("04-21", "04-30")], "a third of a month"),
    ("两周前", [("03-08", "03-14")], "a week, since no day is told"),
    ("2015年举行", [("2015-01-01", "2015-12-31")], "a year"),
    ("中日两国", [], "a country, and no day"),
    ("第14届会议", [], "counted"),
    ("除夕", [], "a feast that the table does not hold"),
]  # fmt: skip


def _dated(days: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [tuple(day if len(day) > 5 else f"2021-{day}" for day in pair) for pair in days]  # type: ignore[misc]


@pytest.mark.parametrize(("words", "days", "reason"), ENGLISH, ids=[case[2] + ": " + case[0] for case in ENGLISH])
def test_english_days(words: str, days: list[tuple[str, str]], reason: str) -> None:
    assert [(told.first, told.last) for told in languages.find("en").dates(words, TODAY)] == _dated(days)


@pytest.mark.parametrize(("words", "days", "reason"), CHINESE, ids=[case[2] + ": " + case[0] for case in CHINESE])
def test_chinese_days(words: str, days: list[tuple[str, str]], reason: str) -> None:
    assert [(told.first, told.last) for told in languages.find("zh").dates(words, TODAY)] == _dated(days)


@pytest.mark.parametrize(
    ("words", "language", "day"),
    [("on Friday", "en", "2021-03-26"), ("周五", "zh", "2021-03-26"), ("25日", "zh", "2021-03-25"), ("this weekend", "en", "2021-03-27")],
)  # fmt: skip
def test_what_lies_ahead_is_looked_for_ahead(words: str, language: str, day: str) -> None:
    assert languages.find(language).dates(words, TODAY, future=True)[0].first == day


def test_without_the_day_of_the_statement_only_full_dates_are_told() -> None:
    assert languages.find("en").dates("yesterday, on May 16 and in May", None) == []
    assert languages.find("zh").dates("昨天、5月16日", None) == []
    assert [told.first for told in languages.find("en").dates("on May 16, 2018", None)] == ["2018-05-16"]


def test_a_stretch_in_which_the_days_lie_is_not_exact() -> None:
    assert [told.exact for told in languages.find("en").dates("last week, on Tuesday and in May", TODAY)] == [
        False,
        True,
        False,
    ]


_PIECES = st.sampled_from(
    "May 12 16 to from - last next weekend week Friday 2019 29 February th 月 日 至 上 周 末 年 前 天 31 13 9999 0".split()
)


@given(st.one_of(st.text(), st.lists(_PIECES).map(" ".join), st.lists(_PIECES).map("".join)), st.dates(), st.booleans())
def test_any_words_are_looked_through_and_ranges_run_forward(words: str, today: date, future: bool) -> None:
    for language in ("en", "zh"):
        for told in languages.find(language).dates(words, today, future=future):
            assert told.first <= told.last
            assert 0 <= told.start < told.end <= len(words)
