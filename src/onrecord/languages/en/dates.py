"""Days given in English, resolved against the day of the statement: "last weekend", "from May 12 to 16", "two weeks ago"."""

from __future__ import annotations

import re
from datetime import date

from onrecord.languages.day_ranges import (
    DayRange,
    Resolved,
    ago,
    by_number,
    from_today,
    one_day,
    period,
    resolved_days,
    stretch,
    weekday,
    weekend,
    whole_month,
    whole_year,
)

_MONTH_NAMES = (
    "january|jan", "february|feb", "march|mar", "april|apr", "may", "june|jun", "july|jul", "august|aug", "september|sept|sep",
    "october|oct", "november|nov", "december|dec",
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split("|")}
_WEEKDAYS = {
    name: number for number, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())
}
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_M = r"(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_D = r"\d{1,2}(?:st|nd|rd|th)?"
_TO = r"\s*(?:to|until|till|through|and|-|–|—)\s*"
_Y = r"(?:,?\s*(?P<y>\d{4})\b)?"
_W = r"(?:" + "|".join(_WEEKDAYS) + r")"
_N = r"(?:" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r"|\d{1,2})"

#: How the expressions below begin: most words begin otherwise, and are passed over at once.
_FIRST_LETTERS = r"\d|a[ nput]|be|co|de|e[ani]|f[eoir]|in|j[au]|la|m[aoi]|n[eio]|o[ncv]|s[eiau]|t[ohweu]|we|ye"
#: Matched against words in lower case: ignoring case in a pattern of this size costs half its time.
_EN = re.compile(
    rf"\b(?={_FIRST_LETTERS})(?:"
    rf"(?P<range>(?P<rm>{_M})\s*(?P<ra>{_D})(?:,?\s*(?P<ry>\d{{4}}))?{_TO}(?:(?P<rn>{_M})\s*)?(?P<rb>{_D})(?!\d|[:,]\d){_Y})"
    rf"|(?P<range2>(?P<sa>{_D})(?:\s+(?P<sm>{_M}))?{_TO}(?P<sb>{_D})\s+(?:of\s+)?(?P<sn>{_M}){_Y.replace('<y>', '<sy>')})"
    rf"|(?P<day>(?P<dm>{_M})\s*(?P<dd>{_D})\b(?!:){_Y.replace('<y>', '<dy>')})"
    rf"|(?P<day2>(?P<ed>{_D})\s+(?:of\s+)?(?P<em>{_M}){_Y.replace('<y>', '<ey>')})"
    rf"|(?P<monthday>(?<=\bon the )(?P<md>\d{{1,2}}(?:st|nd|rd|th))\b(?! (?:anniversary|round|session|meeting|congress)))"
    rf"|(?P<ago>(?P<an>{_N}) (?P<au>days?|weeks?|months?|years?) ago)"
    r"|(?P<near>the day before yesterday|the day after tomorrow|yesterday|last night|today|tonight|tomorrow"
    r"|this (?:morning|afternoon|evening))"
    r"|(?P<weekend>(?P<ww>last|this past|past|this coming|this|next|over the|at the|during the|the) weekend)"
    r"|(?P<period>(?P<pw>earlier this|later this|last|this past|this|next|coming) (?P<pu>week|month|year))"
    rf"|(?P<weekday>(?:(?P<kw>last|this past|this|next|coming) )?(?P<kd>{_W})(?:,? (?P<kx>last|this|next) week)?)"
    rf"|(?P<month>(?:(?P<mw>last|this|next)|(?:in|since|for)|(?P<mp>early|mid|late|(?:the )?(?:beginning|end) of)"
    rf"|(?<=in )(?P<mq>early|mid|late))[\s-]+(?P<mm>{_M})(?!\s*\d{{1,2}}\b){_Y.replace('<y>', '<my>')}"
    r"(?:,? (?P<mx>last|this|next) year)?)"
    rf"|(?P<monthyear>(?P<nm>{_M}),?\s+(?:of\s+)?(?P<ny>(?:19|20)\d\d)\b)"
    r"|(?P<year>(?<=\bin )(?P<yy>(?:19|20)\d\d)\b)"
    r")"
)  # fmt: skip
_DIGIT = re.compile(r"\d")
#: Every date expression contains a digit or one of these; a text without them need not be searched.
_HINTS = (
    "day", "week", "night", "month", "year", "morning", "afternoon", "evening", "tomorrow",
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_WEEKDAY_ALONE = re.compile(_W)


def find_dates(words: str, statement: date | None, *, future: bool = False) -> list[DayRange]:
    """Return the days named in the words, in order; see :class:`~onrecord.languages.readers.DateReader`.

    >>> [(days.first, days.last) for days in find_dates("It concluded last weekend.", date(2021, 3, 22))]
    [('2021-03-20', '2021-03-21')]
    """
    lower = words.lower()
    if not any(map(lower.__contains__, _HINTS)) and not _DIGIT.search(lower):
        return []
    if len(lower) != len(words):  # a letter whose lower case is longer
        lower = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in words)
    return resolved_days(lower, _EN, lambda match: _resolve(match, statement, future), yields_to_date=_WEEKDAY_ALONE)


def _resolve(match: re.Match[str], today: date | None, future: bool) -> Resolved:
    g = {key: value for key, value in match.groupdict().items() if value is not None}
    kind = match.lastgroup or ""
    kind = next(name for name in _EN_KINDS if name in g) if kind not in _EN_KINDS else kind
    if kind == "range":
        return stretch(
            _year(g.get("ry") or g.get("y")),
            _month(g["rm"]),
            _number(g["ra"]),
            _month(g.get("rn")),
            _number(g["rb"]),
            today,
        )
    if kind == "range2":
        return stretch(
            _year(g.get("sy")),
            _month(g.get("sm")) or _month(g["sn"]) or 0,
            _number(g["sa"]),
            _month(g["sn"]),
            _number(g["sb"]),
            today,
        )
    if kind == "day":
        return one_day(_year(g.get("dy")), _month(g["dm"]), _number(g["dd"]), today)
    if kind == "day2":
        return one_day(_year(g.get("ey")), _month(g["em"]), _number(g["ed"]), today)
    if kind in ("year", "monthyear"):  # "in 2022", "the November 2022 meeting"
        if kind == "year":
            period_of = whole_year(int(g["yy"]))
        else:
            period_of = whole_month(int(g["ny"]), _month(g["nm"]) or 0, None, None, today, future), False
        return period_of
    if kind == "month" and (g.get("my") or today):
        year = int(g["my"]) if g.get("my") else _of_year(g.get("mx"), today)
        return whole_month(year, _month(g["mm"]) or 0, g.get("mw"), g.get("mp") or g.get("mq"), today, future), False
    if today is None:
        return None
    if kind == "monthday":
        return by_number(_number(g["md"]), today, future)
    if kind == "ago":
        return ago(_count(g["an"]), g["au"][0], today)
    if kind == "near":
        return from_today(_NEAR[g["near"].split()[-1] if g["near"].startswith("this") else g["near"]], today)
    if kind == "weekend":
        return weekend(
            {"last": -1, "this past": -1, "past": -1, "next": 1, "this": 0, "this coming": 0}.get(g["ww"]),
            today,
            future,
        )
    if kind == "period":
        return period(g["pw"], g["pu"][0], today), False
    shift = g.get("kw") or g.get("kx")
    return weekday(_WEEKDAYS[g["kd"]], shift, bool(g.get("kx")), today, future)


_EN_KINDS = (
    "range",
    "range2",
    "day",
    "day2",
    "monthday",
    "ago",
    "near",
    "weekend",
    "period",
    "weekday",
    "month",
    "monthyear",
    "year",
)
_NEAR = {
    "the day before yesterday": -2, "yesterday": -1, "last night": -1, "today": 0, "tonight": 0, "morning": 0, "afternoon": 0,
    "evening": 0, "tomorrow": 1, "the day after tomorrow": 2,
}  # fmt: skip


def _month(name: str | None) -> int | None:
    return _MONTHS[name.rstrip(".")] if name else None


def _number(words: str) -> int:
    return int(re.match(r"\d+", words).group())  # type: ignore[union-attr]


def _count(words: str) -> int:
    return int(words) if words.isdigit() else _NUMBERS[words]


def _year(words: str | None) -> int | None:
    return int(words) if words else None


def _of_year(shift: str | None, today: date | None) -> int | None:
    return today.year + {"last": -1, "this": 0, "next": 1}[shift] if shift and today else None
