"""Dates as printed in titles and on pages, with the names of the months in all installed languages."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from onrecord import languages
from onrecord.languages import DEFAULT
from onrecord.languages.folding import case_key
from onrecord.languages.further import further_months, ordinal_months
from onrecord.partial_dates import is_date
from onrecord.reading import solar_hijri


@cache
def _months(code: str = "") -> dict[str, int]:
    """The month of each name, as :func:`~onrecord.languages.folding.case_key` spells it, in one language or in all."""
    return {case_key(form): number for name, number in _month_names(code) for form in _spellings(name)}


def _spellings(name: str) -> set[str]:
    """A name as it is printed: with accents as characters of their own, in capitals without all or some of them."""
    apart = unicodedata.normalize("NFD", name)
    bare = "".join(c for c in apart if not "\u0300" <= c <= "\u036f")
    untoned = unicodedata.normalize("NFC", apart.replace("\u0301", ""))
    return {name, apart, unicodedata.normalize("NFC", bare), untoned}


def _month_names(code: str) -> Iterator[tuple[str, int]]:
    """The names of the months in one language or in all, with their numbers; those that begin with a digit (1月) are left out."""
    if not code:
        yield from further_months().items()
    for language in [languages.find(code)] if code else languages.installed():
        for number, cell in enumerate(language.words.calendar.months, start=1):
            for name in cell.split():
                if not name[0].isdigit():
                    yield name.replace("_", " "), number


def _any_month(code: str = "") -> str:
    forms = (form.lower() for name, _ in _month_names(code) for form in _spellings(name))
    names = sorted(dict.fromkeys(forms), key=len, reverse=True)
    return "(?P<month>" + "|".join(re.escape(name) for name in names) + ")"


#: The years before the first of an era: Reiwa, Heisei, Showa, and the Republic of China's.
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
#: What a day in front of the name of a month looks like, in any language: the names are looked up only if it occurs.
_DAY_BEFORE_WORD = re.compile(r"\d(?:st|nd|rd|th|er|º|ª|\.)?[\s-]+(?:(?:de|of)\s+)?[^\W\d_]", re.I)
_YEAR_BEFORE_WORD = re.compile(r"\d{4}\.?\s+[^\W\d_]")


@cache
def _month_before_day() -> re.Pattern[str]:
    """May 16, 2018 · June11, 2018 · September 28 · May 16th 2018: the order of English."""
    return re.compile(
        rf"\b{_any_month(DEFAULT)}\.?\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:\s*,?\s*(?P<year>\d{{4}})\b)?", re.I
    )


@cache
def _day_before_month() -> re.Pattern[str]:
    """16 May 2018 · 16 May · 12 de mayo de 2025 · 1er mai 2025 · 3. Oktober 2025 · 12 мая 2025 года · 12 tháng 5 năm 2025"""
    return re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?(?:\s+|-)(?:(?:de|of|ng|من)\s+|ב)?{_any_month()}(?!\w)\.?"
        r"(?:\s*[,-]?\s*(?:(?:del?|n(?:ă|a\u0306)m|พ\.ศ\.)\s+)?(?P<year>\d{4})(?!\d))?",
        re.I,
    )


@cache
def _year_before_month() -> re.Pattern[str]:
    """2025. május 12.: the order of Hungarian."""
    return re.compile(rf"(?<!\d)(?P<year>\d{{4}})\.?\s+{_any_month()}\.?\s+(?P<day>\d{{1,2}})(?!\d)", re.I)


_FORMS_IN_DIGITS = [
    # 令和7年5月12日 · 民國114年5月12日
    re.compile(rf"(?P<era>{'|'.join(_ERAS)})\s*(?P<year>\d{{1,3}}|元)\s*年\s*(?P<month>\d{{1,2}})\s*月\s*(?P<day>\d{{1,2}})\s*日"),
    # 2025년 10월 3일 · 10월 3일
    re.compile(r"(?:(?P<year>\d{4})\s*년\s*)?(?P<month>\d{1,2})\s*월\s*(?P<day>\d{1,2})\s*일"),
    # 2019年3月26日 · 3月26日
    re.compile(r"(?:(?P<year>\d{4}|(?<!\d)1[0-4]\d)\s*年\s*)?(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日"),
    # 2019-03-26 · 2019/3/26
    re.compile(r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)"),
    # 2025. 5. 12.: Korean
    re.compile(r"(?<!\d)(?P<year>\d{4})\.\s(?P<month>\d{1,2})\.\s(?P<day>\d{1,2})(?=[.\s(),]|$)"),
    # 3/26/19 · 3/26/2019 · 26/03/2019 · 26.03.2019: only the page or the house can tell which number is the month
    re.compile(r"(?<![\d.])(?P<first>\d{1,2})(?P<mark>[/.])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4}|(?<=/)\d{2})(?![\d.]\d|\d)"),
]  # fmt: skip
#: The forms from this on have no word for the month.
_WITHOUT_MONTH = 3
#: Days written in Han numerals: 二〇二五年五月十二日 · 民國一百一十四年五月十二日 · 五月十二日
_HAN_DIGITS = {digit: i for i, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "Ｏ": 0}
_HAN_NUMBER = "[〇零○Ｏ一二三四五六七八九十百]"
_IN_HAN = re.compile(
    rf"(?:(?P<era>{'|'.join(_ERAS)})?\s*(?P<year>{_HAN_NUMBER}{{1,6}})\s*年\s*)?(?<!{_HAN_NUMBER})"
    rf"(?P<month>[一二三四五六七八九十]{{1,2}})\s*月\s*(?P<day>[一二三四五六七八九十]{{1,3}})\s*日"
)
#: Years of the Buddhist era, as Thai pages write them, are larger than any year of a statement by this much.
_BUDDHIST, _BUDDHIST_YEARS = 543, range(2443, 2700)
#: Years in digits alone that are of no statement in the Gregorian calendar.
_LUNAR_OR_SOLAR = (1300, 1500)
#: Years of the Republic of China that stand without its name have three digits.
_OF_THE_REPUBLIC = 100
_DIGIT = re.compile(r"\d")
_WORDS = re.compile(r"[^\W\d_]+")
#: Shorter abbreviations of weekdays are other words too.
_SHORTEST_WEEKDAY = 3
#: Which number of 12/05/2025 is the month: the first, the second, or unknown.
Order = Literal["month-first", "day-first", "unknown"]


class Day(msgspec.Struct, frozen=True):
    """A day as printed: ``year`` is None if it is left out. ``start`` and ``end`` are its place in the words."""

    year: int | None
    month: int
    day: int
    start: int
    end: int

    def on(self, year: int) -> date | None:
        """The day in that year, or None for 29 February in a year that has none."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None

    @property
    def iso(self) -> str | None:
        """ISO 8601, or None without a year."""
        found = self.on(self.year) if self.year else None
        return found.isoformat() if found else None


def find_days(words: str, order: Order = "month-first") -> list[Day]:
    """All days in the words, in order, without dates that do not exist.

    ``order`` resolves numbers like 12/05/2025; if it is unknown, only unambiguous ones are read (26/03/2019,
    05/05/2025). Between full stops (26.03.2019) the day comes first.
    """
    found: list[Day] = []
    if "月" in words:
        found += [
            day for match in _IN_HAN.finditer(words) if (day := _in_han(match)) is not None and day.on(day.year or 2000)
        ]
    if not _DIGIT.search(words):
        return found
    found += [
        day
        for match in solar_hijri.NAMED_DAY.finditer(words)
        if (day := _solar_hijri(match, match["month"])) is not None
    ]
    starts = [day.start for day in found]
    named = [_month_before_day(), _day_before_month()] if _DAY_BEFORE_WORD.search(words) else [_month_before_day()]
    if _YEAR_BEFORE_WORD.search(words):
        named.insert(0, _year_before_month())
    for form in (*named, *_forms_in_digits(words)):
        for match in form.finditer(words):
            day = _day(match, order)
            if day is None or not day.on(day.year or 2000):
                continue
            i = bisect_left(starts, day.start)  # none found so far may share characters with it
            if (i == 0 or found[i - 1].end <= day.start) and (i == len(found) or day.end <= found[i].start):
                starts.insert(i, day.start)
                found.insert(i, day)
    return found


def _forms_in_digits(words: str) -> list[re.Pattern[str]]:
    """The forms that may occur in the words: the first three contain 月 or 월."""
    if "月" in words or "월" in words:
        return _FORMS_IN_DIGITS
    return _FORMS_IN_DIGITS[_WITHOUT_MONTH:]


def _solar_hijri(match: re.Match[str], month: str) -> Day | None:
    number = int(month) if month.isdigit() else solar_hijri.month_number(month)
    on = solar_hijri.gregorian(int(match["year"]), number, int(match["day"]))
    return Day(on.year, on.month, on.day, *match.span()) if on is not None else None


def _day(match: re.Match[str], order: Order) -> Day | None:
    groups = match.groupdict()
    if groups.get("first"):
        month_day = _in_order(
            int(groups["first"]), int(groups["second"]), "day-first" if groups["mark"] == "." else order
        )
        if month_day is None:
            return None
        month, number = month_day
    else:
        month, number = _month_of(match), int(groups["day"])
    year = groups.get("year")
    if groups.get("era"):
        return Day(_ERAS[groups["era"]] + (1 if year == "元" else int(year or 1)), month, number, *match.span())
    count = int(year) if year else None
    if count is not None and _LUNAR_OR_SOLAR[0] <= count < _LUNAR_OR_SOLAR[1]:
        if "month" not in groups:  # 07/12/1446 is a day of the lunar calendar, which is not converted
            return None
        if groups["month"].isdigit():
            return _solar_hijri(match, groups["month"])
    if count is not None and _OF_THE_REPUBLIC <= count < 150:  # 114年5月12日
        count += _ERAS["民國"]
    if count is not None and count in _BUDDHIST_YEARS:
        count -= _BUDDHIST
    return Day(count + 2000 if count is not None and count < 100 else count, month, number, *match.span())


def _month_of(match: re.Match[str]) -> int:
    """The number of the month that is printed in words or digits; a full stop behind the day tells Croatian from Polish."""
    printed = case_key(match["month"])
    if printed.isdigit():
        return int(printed)
    if match.string[match.end("day") : match.end("day") + 1] == "." and printed in ordinal_months():
        return ordinal_months()[printed]
    return _months(DEFAULT).get(printed) or _months()[printed]


def _in_han(match: re.Match[str]) -> Day | None:
    """A day in Han numerals, or None where they are none."""
    month, number = _number_in_han(match["month"]), _number_in_han(match["day"])
    year = _number_in_han(match["year"]) if match["year"] else None
    if match["era"] and year:
        year += _ERAS[match["era"]]
    if (
        month is None
        or number is None
        or not 1 <= month <= 12
        or not 1 <= number <= 31
        or (year is not None and year < 1000)
    ):
        return None
    return Day(year, month, number, *match.span())


def _number_in_han(words: str) -> int | None:
    """The number that Han numerals stand for, digit by digit (二〇二五) or with tens and hundreds (一百一十四)."""
    if "十" not in words and "百" not in words:
        return int("".join(str(_HAN_DIGITS[one]) for one in words))
    hundreds, found, rest = words.rpartition("百")
    total = (_HAN_DIGITS.get(hundreds, 1) if len(hundreds) < 2 else 0) * 100 if found else 0
    tens, found, ones = rest.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        tens, ones = tens[-1:], ones[-1:]
    total += (_HAN_DIGITS.get(tens, 1) * 10) if found else 0
    return total + _HAN_DIGITS.get(ones, 0)


def _in_order(first: int, second: int, order: Order) -> tuple[int, int] | None:
    """``(month, day)`` of two numbers, or None if either may be the month."""
    if order == "month-first":
        return first, second
    if order == "day-first":
        return second, first
    if first == second or second > 12:
        return first, second
    return (second, first) if first > 12 else None


def order_of(words: str) -> Order:
    """The order of month and day in a text, derived from its days: 13/05/2025 shows that the day comes first."""
    pairs = [
        (int(one["first"]), int(one["second"])) for one in _FORMS_IN_DIGITS[-1].finditer(words) if one["mark"] == "/"
    ]
    if any(first > 12 >= second for first, second in pairs):
        return "day-first"
    return "month-first" if any(second > 12 >= first for first, second in pairs) else "unknown"


def date_in_field(words: str, order: Order = "month-first") -> str | None:
    """The date that a field for dates holds, known to the day, the month or the year, ISO 8601.

    >>> date_in_field("16 May 2018"), date_in_field("May 2018"), date_in_field("2018"), date_in_field("Room 2018")
    ('2018-05-16', '2018-05', '2018', None)
    """
    days = find_days(words, order)
    if days:
        return days[0].iso
    words = words.strip()
    if len(words) <= len("1970-05") and is_date(words):
        return words
    named = _month_and_year().fullmatch(words)
    return f"{named['year']}-{_months()[case_key(named['month'])]:02}" if named is not None else None


def iso_day(words: str) -> date | None:
    """The day that a stamp in ISO 8601 begins with, None for anything else: a page may say the 45th of a 13th month."""
    try:
        return date.fromisoformat(words[:10]) if len(words) >= len("2018-05-16") else None
    except ValueError:
        return None


@cache
def _month_and_year() -> re.Pattern[str]:
    """May 2018 · mayo de 2018"""
    return re.compile(rf"{_any_month()}\.?,?\s+(?:del?\s+)?(?P<year>[12]\d{{3}})", re.I)


def nearest_year(day: Day, evidence: list[date]) -> date | None:
    """The day in the year that is nearest to a day in ``evidence``, or None without evidence."""
    candidates = [
        (abs((on - other).days), on)
        for other in evidence
        for year in (other.year - 1, other.year, other.year + 1)
        if (on := day.on(year)) is not None
    ]
    return min(candidates)[1] if candidates else None


@cache
def _weekdays() -> dict[str, int]:
    """The number of each weekday's name, from Monday on, in all languages with a package."""
    return {
        case_key(name): number
        for language in languages.installed()
        for number, cell in enumerate(language.words.calendar.weekdays)
        for name in cell.replace("_", " ").split()
        if len(name) > _SHORTEST_WEEKDAY or not name.isascii()
    }


def weekday_in(words: str) -> int | None:
    """The one weekday that is named in words, 0 for Monday; None for none or several.

    >>> weekday_in("Monday, 10:30"), weekday_in("Monday or Tuesday"), weekday_in("The port")
    (0, None, None)
    """
    found = {_weekdays()[key] for word in _WORDS.findall(words) if (key := case_key(word)) in _weekdays()}
    return found.pop() if len(found) == 1 else None


def last_weekday(weekday: int, before: date) -> date:
    """The last such weekday that is not after a day.

    >>> last_weekday(0, date(2025, 5, 14)), last_weekday(2, date(2025, 5, 14))
    (datetime.date(2025, 5, 12), datetime.date(2025, 5, 14))
    """
    return before - timedelta((before.weekday() - weekday) % 7)


def day_of_stamp(stamp: str, zone: str) -> date | None:
    """The day of a time stamp in a time zone of the IANA database, which may differ from the day printed in the stamp.

    Accepts the stamps of feeds (RFC 5322: "Mon, 14 Mar 2022 21:04:21 +0000") and of programs (ISO 8601 with the time of day:
    "2022-03-14T21:04:21Z"). None for other words.
    """
    try:
        told = datetime.fromisoformat(stamp) if stamp[10:11] == "T" else parsedate_to_datetime(stamp)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return told.astimezone(ZoneInfo(zone)).date() if told.tzinfo is not None else told.date()
