"""Days told in words, resolved against the day of the statement: "last weekend", "from May 12 to 16", "昨天", "10月17日至19日".

A week begins on Monday, a weekend is Saturday and Sunday. What the calendar of the statement cannot resolve ("soon", "in the near
future", "除夕") is left out; so is everything relative where the statement's own day is unknown.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

Range = tuple[date, date]


class Days(NamedTuple):
    """Days told at ``[start, end)`` of the words: from ``first`` to ``last``, both included, ISO 8601.

    ``exact`` is False for a stretch in which the days lie without being told: "last week", "in May".
    """

    first: str
    last: str
    start: int
    end: int
    exact: bool


_MONTH_NAMES = (
    "january|jan", "february|feb", "march|mar", "april|apr", "may", "june|jun", "july|jul", "august|aug", "september|sept|sep",
    "october|oct", "november|nov", "december|dec",
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split("|")}
_WEEKDAYS = {name: number for number, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}
_WEEKDAYS_ZH = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "1": 0, "2": 1, "3": 2, "4": 3, "5": 4, "6": 5}
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
}  # fmt: skip
_M = r"(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_D = r"\d{1,2}(?:st|nd|rd|th)?"
_TO = r"\s*(?:to|until|till|through|and|-|–|—)\s*"
_Y = r"(?:,?\s*(?P<y>\d{4})\b)?"
_W = r"(?:" + "|".join(_WEEKDAYS) + r")"
_N = r"(?:" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r"|\d{1,2})"

_EN = re.compile(
    r"(?i)\b(?:"
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
    r")"
)  # fmt: skip
_WEEKDAY_ALONE = re.compile(rf"(?i){_W}")
_ZH_TO = r"\s*(?:日)?\s*(?:至|到|—|－|-|–|~|～)\s*"
_ZH_DAY_END = r"(?:日|号)"
_ZH = re.compile(
    r"(?P<zrange>(?:(?P<zry>\d{4}年|去年|今年|明年)\s*)?(?:(?P<zrm>\d{1,2})月)?(?P<zra>\d{1,2})" + _ZH_TO
    + r"(?:(?P<zrn>\d{1,2})月)?(?P<zrb>\d{1,2})" + _ZH_DAY_END + r")"
    r"|(?P<zday>(?:(?P<zdy>\d{4}年|去年|今年|明年)\s*)?(?P<zdm>\d{1,2})月(?P<zdd>\d{1,2})" + _ZH_DAY_END + r")"
    r"|(?P<zof>(?P<zow>本|上个?|下个?|当)月(?P<zod>\d{1,2})" + _ZH_DAY_END + r")"
    r"|(?P<zbare>(?<![\d月第周])(?P<zbd>\d{1,2})日(?!元|均|方|起|内|本))"
    r"|(?P<zmonth>(?:(?P<zmy>\d{4}年|去年|今年|明年|前年)\s*)?(?P<zmm>\d{1,2})月(?P<zmp>初|上旬|中旬|下旬|中|底|末)?(?!\d))"
    r"|(?P<zago>(?P<zan>\d{1,2}|[一两二三四五六七八九十])(?P<zau>天|个?星期|周|个月|年)(?:之)?前)"
    r"|(?P<znear>前天|昨[天日晚早]|今[天日晚早]|明[天日晚]|后天|日前(?=$)|今明两天|昨今两天)"
    r"|(?P<zweekend>(?P<zww>上个?|这个?|本|下个?)?周末)"
    r"|(?P<zweekday>(?P<zkw>上个?|这个?|本|下个?)?(?:周|星期|礼拜)(?P<zkd>[一二三四五六日天](?![个年月天次周带])))"
    r"|(?P<zperiod>(?P<zpw>上个?|这个?|本|下个?)(?:周|星期|礼拜)(?![一二三四五六末年])|(?P<zpm>上个?|本|下个?|这个)月(?P<zpp>初|底|中旬|上旬|下旬|中|末)?(?!\d)"
    r"|(?P<zpy>去年|今年|明年)(?P<zph>年?初|年?底)?)"
)  # fmt: skip


def find_days(words: str, statement: date | None, *, language: str, future: bool = False) -> list[Days]:
    """The days told in the words, in order. ``statement`` is the day they were said on; ``future`` says whether what is told
    lies ahead, by which "on Friday" is the coming one and not the past.

    >>> [(told.first, told.last) for told in find_days("It concluded last weekend.", date(2021, 3, 22), language="en")]
    [('2021-03-20', '2021-03-21')]
    """
    resolve = _resolve_zh if language.startswith("zh") else _resolve_en
    pattern = _ZH if language.startswith("zh") else _EN
    found: list[Days] = []
    for match in pattern.finditer(words):
        try:
            told = resolve(match, statement, future)
        except (ValueError, OverflowError):  # 30 February, the year 0: no calendar has it
            continue
        if told is not None:
            (first, last), exact = told
            if found and found[-1].end + 2 >= match.start() and _WEEKDAY_ALONE.fullmatch(words, found[-1].start, found[-1].end):
                del found[-1]  # "Wednesday, January 17": the date tells which
            found.append(Days(first.isoformat(), last.isoformat(), match.start(), match.end(), exact))
    return found


_Told = tuple[Range, bool] | None


def _resolve_en(match: re.Match[str], today: date | None, future: bool) -> _Told:
    g = {key: value.lower() for key, value in match.groupdict().items() if value is not None}
    kind = match.lastgroup or ""
    kind = next(name for name in _EN_KINDS if name in g) if kind not in _EN_KINDS else kind
    if kind == "range":
        return _span(_year(g.get("ry") or g.get("y")), _month(g["rm"]), _number(g["ra"]), _month(g.get("rn")), _number(g["rb"]), today)
    if kind == "range2":
        return _span(_year(g.get("sy")), _month(g.get("sm")) or _month(g["sn"]) or 0, _number(g["sa"]), _month(g["sn"]), _number(g["sb"]), today)
    if kind == "day":
        return _one(_year(g.get("dy")), _month(g["dm"]), _number(g["dd"]), today)
    if kind == "day2":
        return _one(_year(g.get("ey")), _month(g["em"]), _number(g["ed"]), today)
    if kind == "month" and (g.get("my") or today):
        year = int(g["my"]) if g.get("my") else _of_year(g.get("mx"), today)
        return _whole_month(year, _month(g["mm"]) or 0, g.get("mw"), g.get("mp") or g.get("mq"), today, future), False
    if today is None:
        return None
    if kind == "monthday":
        return _bare(_number(g["md"]), today, future)
    if kind == "ago":
        return _ago(_count(g["an"]), g["au"][0], today)
    if kind == "near":
        return _near(_NEAR[g["near"].split()[-1] if g["near"].startswith("this") else g["near"]], today)
    if kind == "weekend":
        return _weekend({"last": -1, "this past": -1, "past": -1, "next": 1, "this": 0, "this coming": 0}.get(g["ww"]), today, future)
    if kind == "period":
        return _period(g["pw"], g["pu"][0], today), False
    shift = g.get("kw") or g.get("kx")
    return _weekday(_WEEKDAYS[g["kd"]], shift, bool(g.get("kx")), today, future)


_EN_KINDS = ("range", "range2", "day", "day2", "monthday", "ago", "near", "weekend", "period", "weekday", "month")
_NEAR = {
    "the day before yesterday": -2, "yesterday": -1, "last night": -1, "today": 0, "tonight": 0, "morning": 0, "afternoon": 0,
    "evening": 0, "tomorrow": 1, "the day after tomorrow": 2, "前天": -2, "后天": 2, "昨": -1, "今": 0, "明": 1,
}  # fmt: skip
_SHIFT_ZH = {"上": "last", "上个": "last", "这": "this", "这个": "this", "本": "this", "当": "this", "下": "next", "下个": "next"}
_ZH_KINDS = ("zrange", "zday", "zof", "zbare", "zmonth", "zago", "znear", "zweekend", "zweekday", "zperiod")


def _resolve_zh(match: re.Match[str], today: date | None, future: bool) -> _Told:
    g = {key: value for key, value in match.groupdict().items() if value is not None}
    kind = next(name for name in _ZH_KINDS if name in g)
    if kind == "zrange":
        if not g.get("zrm"):
            bare = _bare(int(g["zra"]), today, future) if today and not g.get("zrn") else None
            if bare is None:
                return None
            first = bare[0][0]
            return (first, _after(first, int(g["zrb"]))), True
        return _span(_year_zh(g.get("zry"), today), int(g["zrm"]), int(g["zra"]), int(g["zrn"]) if "zrn" in g else None, int(g["zrb"]), today)
    if kind == "zday":
        return _one(_year_zh(g.get("zdy"), today), int(g["zdm"]), int(g["zdd"]), today)
    if kind == "zmonth" and (today or g.get("zmy", "")[:1].isdigit()):
        return _whole_month(_year_zh(g.get("zmy"), today), int(g["zmm"]), None, g.get("zmp"), today, future), False
    if today is None:
        return None
    if kind == "zof":
        first = _months_on(today, {"last": -1, "this": 0, "next": 1}[_SHIFT_ZH[g["zow"]]])
        return _same(first.replace(day=int(g["zod"])))
    if kind == "zbare":
        return _bare(int(g["zbd"]), today, future)
    if kind == "zago":
        unit = {"天": "d", "年": "y", "月": "m"}.get(g["zau"][-1], "w")
        return _ago(_count(g["zan"]), unit, today)
    if kind == "znear":
        if g["znear"] in ("今明两天", "昨今两天"):
            back = g["znear"].startswith("昨")
            return (today - timedelta(back), today + timedelta(not back)), True
        return _near(_NEAR[g["znear"]] if g["znear"] in _NEAR else _NEAR[g["znear"][0]], today)
    if kind == "zweekend":
        return _weekend({"last": -1, "this": 0, "next": 1}.get(_SHIFT_ZH.get(g.get("zww", ""), "")), today, future)
    if kind == "zweekday":
        return _weekday(_WEEKDAYS_ZH[g["zkd"]], _SHIFT_ZH.get(g.get("zkw", "")), "zkw" in g, today, future)
    if "zpw" in g:
        return _period(_SHIFT_ZH[g["zpw"]], "w", today), False
    if "zpm" in g:
        month = _months_on(today, {"last": -1, "this": 0, "next": 1}[_SHIFT_ZH[g["zpm"]]])
        return _whole_month(month.year, month.month, None, g.get("zpp"), today, future), False
    return _period({"去": "last", "今": "this", "明": "next"}[g["zpy"][0]], "y", today), False


def _same(day: date) -> _Told:
    return (day, day), True


def _month(name: str | None) -> int | None:
    return _MONTHS[name.rstrip(".")] if name else None


def _number(words: str) -> int:
    return int(re.match(r"\d+", words).group())  # type: ignore[union-attr]


def _count(words: str) -> int:
    return int(words) if words.isdigit() else _NUMBERS[words]


def _year(words: str | None) -> int | None:
    return int(words) if words else None


def _year_zh(words: str | None, today: date | None) -> int | None:
    if not words:
        return None
    if words[0].isdigit():
        return int(words[:4])
    return today.year + {"前年": -2, "去年": -1, "今年": 0, "明年": 1}[words] if today else None


def _of_year(shift: str | None, today: date | None) -> int | None:
    return today.year + {"last": -1, "this": 0, "next": 1}[shift] if shift and today else None


def _nearest(month: int, day: int, today: date) -> date:
    """The day in the year that brings it nearest to the statement."""
    tried: list[date] = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            tried.append(date(year, month, day))
        except ValueError:  # 29 February
            continue
    return min(tried, key=lambda one: abs((one - today).days))


def _one(year: int | None, month: int | None, day: int, today: date | None) -> _Told:
    if month is None or (year is None and today is None):
        return None
    if year is not None:
        return _same(date(year, month, day))
    return _same(_nearest(month, day, today)) if today else None


def _span(year: int | None, month: int | None, first: int, other: int | None, last: int, today: date | None) -> _Told:
    begins = _one(year, month, first, today)
    if begins is None:
        return None
    start = begins[0][0]
    if other is None and last < first:  # "May 12, 2018 to 7" is no range
        return begins
    end = date(start.year, other or start.month, last)
    if end < start:
        end = date(start.year + 1, other or start.month, last)
    return ((start, end), True) if (end - start).days <= 100 else begins


def _after(first: date, day: int) -> date:
    """The next day of that number, from a day on."""
    return first.replace(day=day) if day >= first.day else _months_on(first, 1).replace(day=day)


def _months_on(day: date, count: int) -> date:
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


def _bare(day: int, today: date, future: bool) -> _Told:
    """A day by its number alone: of the month that brings it nearest, ahead for what is to come and else behind."""
    candidates = []
    for count in (-1, 0, 1):
        month = _months_on(today, count)
        if day <= monthrange(month.year, month.month)[1]:
            candidates.append(month.replace(day=day))
    fitting = [one for one in candidates if (one >= today if future else one <= today)]
    chosen = min(fitting or candidates, key=lambda one: abs((one - today).days), default=None)
    return _same(chosen) if chosen else None


def _ago(count: int, unit: str, today: date) -> _Told:
    if unit == "d":
        return _same(today - timedelta(count))
    if unit == "w":
        return (_week(today - timedelta(7 * count))), False
    month = _months_on(today, -count if unit == "m" else -12 * count)
    return (month, month.replace(day=monthrange(month.year, month.month)[1])), False


def _near(shift: int, today: date) -> _Told:
    return _same(today + timedelta(shift))


def _week(day: date) -> Range:
    monday = day - timedelta(day.weekday())
    return monday, monday + timedelta(6)


def _weekend(shift: int | None, today: date, future: bool) -> _Told:
    """``shift`` is -1 for the last, 0 for this, 1 for the next; None where only the tense tells."""
    saturday = _week(today)[0] + timedelta(5)
    if shift == -1 or (shift is None and not future and today.weekday() < 5):
        saturday -= timedelta(7)
    elif shift == 1:
        saturday += timedelta(7)
    return (saturday, saturday + timedelta(1)), True


def _weekday(weekday: int, shift: str | None, week: bool, today: date, future: bool) -> _Told:
    """"Last Friday" is the latest one past, "next Friday" the first of the coming week; 上周五 is of the week before."""
    monday = _week(today)[0]
    if shift == "next":
        return _same(monday + timedelta(7 + weekday))
    if shift == "last" and week:
        return _same(monday + timedelta(weekday - 7))
    if shift == "this":
        return _same(monday + timedelta(weekday))
    if shift == "coming" or (shift is None and future):
        return _same(today + timedelta((weekday - today.weekday()) % 7))
    back = (today.weekday() - weekday) % 7
    if shift in ("last", "this past") and back == 0:
        back = 7
    return _same(today - timedelta(back))


def _period(shift: str, unit: str, today: date) -> Range:
    step = {"last": -1, "this past": -1, "next": 1, "coming": 1}.get(shift, 0)
    if unit == "w":
        first, last = _week(today + timedelta(7 * step))
    elif unit == "m":
        first = _months_on(today, step)
        last = first.replace(day=monthrange(first.year, first.month)[1])
    else:
        first, last = date(today.year + step, 1, 1), date(today.year + step, 12, 31)
    if shift == "earlier this":
        last = today
    elif shift == "later this":
        first = today
    return first, last


_PARTS: dict[str, tuple[int, int]] = {
    "early": (1, 10), "mid": (11, 20), "late": (21, 31), "初": (1, 10), "上旬": (1, 10), "中旬": (11, 20), "中": (11, 20),
    "下旬": (21, 31), "底": (21, 31), "末": (21, 31), "beginning of": (1, 10), "end of": (21, 31),
}  # fmt: skip


def _whole_month(year: int | None, month: int, shift: str | None, part: str | None, today: date | None, future: bool) -> Range:
    if year is None:
        if today is None:
            raise ValueError("no year")
        year = today.year
        if shift == "last" and month >= today.month:
            year -= 1
        elif shift == "next" and month <= today.month:
            year += 1
        elif shift is None:
            year = _nearest(month, 15, today).year
            if future and date(year, month, monthrange(year, month)[1]) < today:
                year += 1
    length = monthrange(year, month)[1]
    first, last = _PARTS.get(part.removeprefix("the "), (1, 31)) if part else (1, 31)
    return date(year, month, first), date(year, month, min(last, length))

