"""Days as they are printed."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import languages
from onrecord.reading.dates import Day, find_days, nearest_year


@pytest.mark.parametrize(
    ("words", "days"),
    [
        pytest.param("Press Conference on May 16, 2018", [(2018, 5, 16)], id="month day, year"),
        pytest.param("Press Conference on June11, 2018", [(2018, 6, 11)], id="no space"),
        pytest.param("on September 28", [(None, 9, 28)], id="no year"),
        pytest.param("on 22 March 2005", [(2005, 3, 22)], id="day first"),
        pytest.param("March 3rd, 2021", [(2021, 3, 3)], id="an ordinal"),
        pytest.param("Sept. 5, 2021", [(2021, 9, 5)], id="abbreviated"),
        pytest.param("2019年3月26日外交部", [(2019, 3, 26)], id="Chinese"),
        pytest.param("耿爽2月15日答记者问", [(None, 2, 15)], id="Chinese without a year"),
        pytest.param("2021-03-22 18:02", [(2021, 3, 22)], id="ISO"),
        pytest.param("Briefing, 1/25/21", [(2021, 1, 25)], id="American"),
        pytest.param("12 de mayo de 2025", [(2025, 5, 12)], id="Spanish"),
        pytest.param("3. Oktober 2025", [(2025, 10, 3)], id="German"),
        pytest.param("12 мая 2025 года", [(2025, 5, 12)], id="Russian"),
        pytest.param("12 مه 2025", [(2025, 5, 12)], id="Persian"),
        pytest.param("5 كانون الثاني 2025", [(2025, 1, 5)], id="a month of two words"),
        pytest.param("Monday the 12th of May, 2025", [(2025, 5, 12)], id="with of"),
        pytest.param("12 maggio 2025", [(2025, 5, 12)], id="Italian"),
        pytest.param("12 พฤษภาคม 2568", [(2025, 5, 12)], id="Thai, in the Buddhist era"),
        pytest.param("정례브리핑 (2025. 5. 12.)", [(2025, 5, 12)], id="Korean, with full stops"),
        pytest.param("二〇二五年五月十二日", [(2025, 5, 12)], id="Han numerals"),
        pytest.param("民國一百一十四年十二月三十一日", [(2025, 12, 31)], id="Han numerals of an era"),
        pytest.param("十月二十日", [(None, 10, 20)], id="Han numerals without a year"),
        pytest.param("二〇二五年十三月四十日", [], id="Han numerals of no calendar"),
        pytest.param("2025. május 12.", [(2025, 5, 12)], id="Hungarian"),
        pytest.param("ngày 12 tháng 5 năm 2025", [(2025, 5, 12)], id="Vietnamese"),
        pytest.param("12 ΜΑΪΟΥ 2025", [(2025, 5, 12)], id="Greek capitals"),
        pytest.param("12 fe\u0301vrier 2025", [(2025, 2, 12)], id="an accent that is a character of its own"),
        pytest.param("12 במאי 2025", [(2025, 5, 12)], id="Hebrew, with a preposition before the month"),
        pytest.param("۲۲ اردیبهشت ۱۴۰۴", [(2025, 5, 12)], id="the solar Hijri calendar"),
        pytest.param("۱۴۰۴/۰۲/۲۲", [(2025, 5, 12)], id="the same in digits"),
        pytest.param("1446/11/14", [], id="the lunar calendar is not read, nor taken for a year of the Middle Ages"),
        pytest.param("14/11/1446", [], id="nor with the day first"),
        pytest.param(
            "12/05/1404", [], id="nor is one of the solar calendar guessed, whose month stands second or first"
        ),
        pytest.param("3. listopada 2025.", [(2025, 10, 3)], id="in Croatian October: a full stop behind the day"),
        pytest.param("3 listopada 2025", [(2025, 11, 3)], id="in Polish November"),
        pytest.param("3. listopadu 2025", [(2025, 11, 3)], id="in Czech, which prints a full stop too"),
        pytest.param("3۰ اسفند ۱۴۰۴", [], id="a day that this year has not"),
        pytest.param("February 30, 2020", [], id="no calendar has it"),
        pytest.param("2019年2月29日", [], id="nor this one"),
        pytest.param("the May decision of 2018", [], id="a month is no day"),
        pytest.param("from 2018-05-01 to 2018-06-02", [(2018, 5, 1), (2018, 6, 2)], id="two, in order"),
    ],
)
def test_days_are_found(words: str, days: list[tuple[int | None, int, int]]) -> None:
    assert [(day.year, day.month, day.day) for day in find_days(words)] == days


#: The names of the months in all languages that are written in letters, each with its month.
MONTHS = [
    (name.replace("_", " "), number)
    for language in languages.installed()
    for number, cell in enumerate(language.words.calendar.months, start=1)
    for name in cell.split()
    if not name[0].isdigit()
]
#: The letters that a pattern takes for each other without regard to case: a long s for an s, a dotless i for an i.
ALIKE = {
    letter: [other for other in map(chr, range(0x2C00)) if re.fullmatch(re.escape(letter), other, re.IGNORECASE)]
    for letter in {letter for name, _ in MONTHS for letter in name}
}


@given(st.sampled_from(MONTHS), st.data())
def test_a_month_is_read_in_any_case_that_its_pattern_takes(month: tuple[str, int], data: st.DataObject) -> None:
    name, number = month
    printed = "".join(data.draw(st.sampled_from(ALIKE[letter])) for letter in name)
    days = find_days(f"5 {printed} 2021")
    assert {day.month for day in days} <= {number}
    for language in languages.installed():
        assert {day.month for day in language.calendar_dates.find(f"5 {printed} 2021")} <= {number}


@pytest.mark.parametrize("printed", ["3 Auguſt 2020", "3 AUGUST 2020", "3 auguſt 2020"])
def test_a_letter_of_an_old_print_is_read(printed: str) -> None:
    assert [(day.year, day.month, day.day) for day in find_days(printed)] == [(2020, 8, 3)]


@pytest.mark.parametrize(
    ("evidence", "year"),
    [
        pytest.param([date(2018, 9, 27)], 2018, id="a day before"),
        pytest.param([date(2019, 1, 2)], 2018, id="published after the turn of the year"),
        pytest.param([date(2018, 6, 1), date(2020, 9, 28)], 2020, id="the nearest decides"),
    ],
)
def test_a_missing_year_is_that_nearest_to_the_evidence(evidence: list[date], year: int) -> None:
    found = nearest_year(Day(None, 9, 28, 0, 0), evidence)
    assert found is not None
    assert found.year == year


def test_without_evidence_no_year_is_made_up() -> None:
    assert nearest_year(Day(None, 9, 28, 0, 0), []) is None


def test_no_name_of_a_month_means_two_months() -> None:
    """A page may be in any language, so that all names are looked up in one table."""
    meant: dict[str, set[int]] = {}
    for language in languages.installed():
        for number, cell in enumerate(language.words.calendar.months, start=1):
            for name in cell.lower().split():
                meant.setdefault(name, set()).add(number)
    assert {name: numbers for name, numbers in meant.items() if len(numbers) > 1} == {}


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2040, 12, 31)))
def test_every_day_is_read_as_it_was_written(day: date) -> None:
    for words in (f"{day:%B} {day.day}, {day.year}", day.isoformat(), f"{day.year}年{day.month}月{day.day}日"):
        assert [found.iso for found in find_days(words)] == [day.isoformat()]
