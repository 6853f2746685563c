"""Days told in words, resolved against the day of the statement: "last weekend", "from May 12 to 16", "昨天", "10月17日至19日".

A week begins on Monday, a weekend is Saturday and Sunday. What the calendar of the statement cannot resolve ("soon", "in the near
future", "除夕") is left out; so is everything relative where the statement's own day is unknown.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from onrecord.annotation.day_ranges import (
    Resolved,
    ago,
    by_number,
    following,
    from_today,
    months_on,
    one_day,
    period,
    single,
    stretch,
    weekday,
    weekend,
    whole_month,
    whole_year,
)


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
_WEEKDAYS = {
    name: number for number, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())
}
_WEEKDAYS_ZH = {
    "一": 0,
    "二": 1,
    "三": 2,
    "四": 3,
    "五": 4,
    "六": 5,
    "日": 6,
    "天": 6,
    "1": 0,
    "2": 1,
    "3": 2,
    "4": 3,
    "5": 4,
    "6": 5,
}
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
    r"|(?P<year>(?<=\bin )(?P<yy>(?:19|20)\d\d)\b)"
    r")"
)  # fmt: skip
#: No day is told without one of these: most words hold none, and need not be looked through.
_HINT = re.compile(
    r"(?i)\d|day|week|night|month|year|morn|noon|even|morrow|uary|arch|pril|may|june?|july?|aug|mber|ober|sept?|oct|nov|dec|jan|feb"
)
_HINT_ZH = re.compile("[\\d天日周年月晚早]|星期|礼拜")
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
    r"|(?P<zyear>(?<!\d)(?P<zyy>(?:19|20)\d\d)年(?!\s*\d))"
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
    if not (_HINT_ZH if language.startswith("zh") else _HINT).search(words):
        return []
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
            if (
                found
                and found[-1].end + 2 >= match.start()
                and _WEEKDAY_ALONE.fullmatch(words, found[-1].start, found[-1].end)
            ):
                del found[-1]  # "Wednesday, January 17": the date tells which
            found.append(Days(first.isoformat(), last.isoformat(), match.start(), match.end(), exact))
    return found


def _resolve_en(match: re.Match[str], today: date | None, future: bool) -> Resolved:
    g = {key: value.lower() for key, value in match.groupdict().items() if value is not None}
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
    if kind == "year":
        return whole_year(int(g["yy"]))
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
    "year",
)
_NEAR = {
    "the day before yesterday": -2, "yesterday": -1, "last night": -1, "today": 0, "tonight": 0, "morning": 0, "afternoon": 0,
    "evening": 0, "tomorrow": 1, "the day after tomorrow": 2, "前天": -2, "后天": 2, "昨": -1, "今": 0, "明": 1,
}  # fmt: skip
_SHIFT_ZH = {
    "上": "last",
    "上个": "last",
    "这": "this",
    "这个": "this",
    "本": "this",
    "当": "this",
    "下": "next",
    "下个": "next",
}
_ZH_KINDS = ("zrange", "zday", "zof", "zbare", "zmonth", "zago", "znear", "zweekend", "zweekday", "zperiod", "zyear")


def _resolve_zh(match: re.Match[str], today: date | None, future: bool) -> Resolved:
    g = {key: value for key, value in match.groupdict().items() if value is not None}
    kind = next(name for name in _ZH_KINDS if name in g)
    if kind == "zrange":
        if not g.get("zrm"):
            bare = by_number(int(g["zra"]), today, future) if today and not g.get("zrn") else None
            if bare is None:
                return None
            first = bare[0][0]
            return (first, following(first, int(g["zrb"]))), True
        return stretch(
            _year_zh(g.get("zry"), today),
            int(g["zrm"]),
            int(g["zra"]),
            int(g["zrn"]) if "zrn" in g else None,
            int(g["zrb"]),
            today,
        )
    if kind == "zday":
        return one_day(_year_zh(g.get("zdy"), today), int(g["zdm"]), int(g["zdd"]), today)
    if kind == "zyear":
        return whole_year(int(g["zyy"]))
    if kind == "zmonth" and (today or g.get("zmy", "")[:1].isdigit()):
        return whole_month(_year_zh(g.get("zmy"), today), int(g["zmm"]), None, g.get("zmp"), today, future), False
    if today is None:
        return None
    if kind == "zof":
        first = months_on(today, {"last": -1, "this": 0, "next": 1}[_SHIFT_ZH[g["zow"]]])
        return single(first.replace(day=int(g["zod"])))
    if kind == "zbare":
        return by_number(int(g["zbd"]), today, future)
    if kind == "zago":
        unit = {"天": "d", "年": "y", "月": "m"}.get(g["zau"][-1], "w")
        return ago(_count(g["zan"]), unit, today)
    if kind == "znear":
        if g["znear"] in ("今明两天", "昨今两天"):
            back = g["znear"].startswith("昨")
            return (today - timedelta(back), today + timedelta(not back)), True
        return from_today(_NEAR[g["znear"]] if g["znear"] in _NEAR else _NEAR[g["znear"][0]], today)
    if kind == "zweekend":
        return weekend({"last": -1, "this": 0, "next": 1}.get(_SHIFT_ZH.get(g.get("zww", ""), "")), today, future)
    if kind == "zweekday":
        return weekday(_WEEKDAYS_ZH[g["zkd"]], _SHIFT_ZH.get(g.get("zkw", "")), "zkw" in g, today, future)
    if "zpw" in g:
        return period(_SHIFT_ZH[g["zpw"]], "w", today), False
    if "zpm" in g:
        month = months_on(today, {"last": -1, "this": 0, "next": 1}[_SHIFT_ZH[g["zpm"]]])
        return whole_month(month.year, month.month, None, g.get("zpp"), today, future), False
    return period({"去": "last", "今": "this", "明": "next"}[g["zpy"][0]], "y", today), False


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
