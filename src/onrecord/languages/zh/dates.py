"""Days given in Chinese, resolved against the day of the statement: 昨天, 上周五, 10月17日至19日."""

from __future__ import annotations

import re
from datetime import date, timedelta

from onrecord.languages.day_ranges import (
    DayRange,
    Resolved,
    ago,
    by_number,
    following,
    from_today,
    months_on,
    one_day,
    period,
    resolved_days,
    single,
    stretch,
    weekday,
    weekend,
    whole_month,
    whole_year,
)

_WEEKDAYS = {sign: number for number, sign in enumerate("一二三四五六日")} | {"天": 6}
_WEEKDAYS |= {str(day): day - 1 for day in range(1, 7)}
_NUMBERS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
#: Every date expression contains one of these; a text without them need not be searched.
_HINT = re.compile("[\\d天日周年月晚早]|星期|礼拜")
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


def find_dates(words: str, statement: date | None, *, future: bool = False) -> list[DayRange]:
    """Return the days named in the words, in order; see :class:`~onrecord.languages.readers.DateReader`."""
    if not _HINT.search(words):
        return []
    return resolved_days(words, _ZH, lambda match: _resolve(match, statement, future))


_NEAR = {"前天": -2, "后天": 2, "昨": -1, "今": 0, "明": 1}
_SHIFT = {
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


def _resolve(match: re.Match[str], today: date | None, future: bool) -> Resolved:
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
            _year(g.get("zry"), today),
            int(g["zrm"]),
            int(g["zra"]),
            int(g["zrn"]) if "zrn" in g else None,
            int(g["zrb"]),
            today,
        )
    if kind == "zday":
        return one_day(_year(g.get("zdy"), today), int(g["zdm"]), int(g["zdd"]), today)
    if kind == "zyear":
        return whole_year(int(g["zyy"]))
    if kind == "zmonth" and (today or g.get("zmy", "")[:1].isdigit()):
        return whole_month(_year(g.get("zmy"), today), int(g["zmm"]), None, g.get("zmp"), today, future), False
    return _resolve_from(today, kind, g, future) if today is not None else None


def _resolve_from(today: date, kind: str, g: dict[str, str], future: bool) -> Resolved:
    """Resolve what is told relative to the day of the statement."""
    if kind == "zof":
        first = months_on(today, {"last": -1, "this": 0, "next": 1}[_SHIFT[g["zow"]]])
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
        return weekend({"last": -1, "this": 0, "next": 1}.get(_SHIFT.get(g.get("zww", ""), "")), today, future)
    if kind == "zweekday":
        return weekday(_WEEKDAYS[g["zkd"]], _SHIFT.get(g.get("zkw", "")), "zkw" in g, today, future)
    if "zpw" in g:
        return period(_SHIFT[g["zpw"]], "w", today), False
    if "zpm" in g:
        month = months_on(today, {"last": -1, "this": 0, "next": 1}[_SHIFT[g["zpm"]]])
        return whole_month(month.year, month.month, None, g.get("zpp"), today, future), False
    return period({"去": "last", "今": "this", "明": "next"}[g["zpy"][0]], "y", today), False


def _count(words: str) -> int:
    return int(words) if words.isdigit() else _NUMBERS[words]


def _year(words: str | None, today: date | None) -> int | None:
    if not words:
        return None
    if words[0].isdigit():
        return int(words[:4])
    return today.year + {"前年": -2, "去年": -1, "今年": 0, "明年": 1}[words] if today else None
