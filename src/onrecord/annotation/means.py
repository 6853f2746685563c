"""How, by what and when an undertaking is to be done: its form, mechanism, fields and deadline, as the words have it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.lexicon.undertakings import fields, mechanisms
from onrecord.marks import Form, Mention

_RECIPROCAL = {
    "en": re.compile(
        r"\breciproc\w*|\beach (?:other|side)\b|\bone another\b"
        r"|\bmutual(?:ly)? (?!trust|benefi|understanding|respect|interest|concern|support|political)",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        "对等|互惠(?!互利)|彼此(?!关切|核心|重大)|各自|为对方|相互(?!尊重|理解|信任|支持)|互相(?!尊重|理解|信任|支持)|互免|互设|互派|互访|互认"
    ),
}
_MONTH = (
    r"(?:early |late |mid-?)?(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?: \d{1,2}\b(?!\d))?(?:,? (?:of )?\d{4})?"
)
_NUMBER = r"(?:\d+|an?|one|two|three|four|five|six|seven|ten|thirty|sixty|ninety|several|few)"
_UNIT = r"(?:hours?|days?|weeks?|months?|years?|decade)"
_END_OF = (
    r"(?:end|beginning|middle|close) of (?:the |this |next )?(?:(?:calendar |fiscal )?year|month|week|decade|quarter|summer"
    r"|(?:fiscal year |FY )?\d{4}|[A-Z][a-z]+(?: \d{4})?)"
)
_COMING = r"(?:this|next) (?:year|month|week|summer|spring|autumn|fall|winter|[A-Z][a-z]+)"
_YEAR = r"(?:early |late |mid-?)?(?:fiscal year |FY ?)?(?:19|20)\d\d\b"
_DEADLINE = {
    "en": re.compile(
        rf"\b(?:by|before|no later than|prior to) (?:the )?(?:{_END_OF}|{_COMING}|{_YEAR}|{_MONTH}|mid-?century)"
        rf"|\bwithin (?:the (?:next|coming) )?{_NUMBER} (?:\w+ )?{_UNIT}"
        rf"|\b(?:over|in|during) the (?:next|coming) (?:{_NUMBER} )?{_UNIT}"
        r"|\b(?:later|earlier in) (?:this|next) (?:year|month|week)|\bat the end of (?:this|next|the) (?:year|month)"
    ),
    "zh": re.compile(
        r"(?:\d{4}年|今年|明年|本月|下月|年|\d{1,2}月)?(?:\d{1,2}月)?(?:\d{1,2}日|底|中|初)?(?:之?前|以前)(?=[^往来提所])"
        r"|[两一二三四五六七八九十\d]+个?(?:小时|天|日|周|星期|月|年)(?:之?内|以内)"
        r"|未来[两一二三四五六七八九十\d]+年|(?:今年|明年|年|本月|月)内|到\d{4}年底?"
    ),
}
#: A Chinese deadline says a time before its 前: 前 alone, 目前 and 当前 say none.
_SAYS_TIME = re.compile(r"\d|年|月|日|底|周|星期|天|小时")


def form_of(words: str, by: tuple[str, ...], to: tuple[str, ...], language: str) -> Form:
    """Joint where both do it together, reciprocal where each does it for the other, else one-sided."""
    if len({*by, *to}) > 1 and _RECIPROCAL[language].search(words):
        return "reciprocal"
    return "joint" if len(by) > 1 else "one-sided"


_BEFORE_KIND = re.compile(
    r"(?:\b(?:joint|bilateral|trilateral|multilateral|high-level|regular|new|permanent|direct|annual|senior|ministerial|leader-level|strategic|economic|trade|"
    r"technical|economic and trade|military-to-military|working-level|candid|constructive|further)\s+)+$",
    re.IGNORECASE,
)
_BEFORE_KIND_ZH = re.compile("(?:联合|双边|多边|高级别|高层|部长级|常态化|直通|专门|战略|三方|工作层|经贸|年度|定期)+$")


def mechanism_of(words: str, offset: int, within: Sequence[Mention], language: str) -> tuple[str | None, str | None]:
    """By what it is to be done, as printed, and its id: a body before talks, a name before a plain noun at the same place."""
    named = [one for one in within if one.kind == "mechanism" and one.id and not one.id.endswith("-generic")]
    for kind in mechanisms(language):
        place = kind.pattern.search(words)
        if place is None:
            continue
        for one in named:
            if one.start - offset <= place.start() and place.end() <= one.end - offset:
                return one.name, one.id
        before = (_BEFORE_KIND if language == "en" else _BEFORE_KIND_ZH).search(
            words, max(0, place.start() - 40), place.start()
        )
        return words[before.start() if before else place.start() : place.end()], kind.id
    return (named[0].name, named[0].id) if named else (None, None)


#: Between fields of a list, and before the first.
_LISTED = re.compile(
    r"(?:[,、，]|\band\b|\bin\b|\bon\b|\bof\b|\bto\b|\bincluding\b|\bas\b|\bfor\b|和|与|及|就|在|以及|包括|如)\s*(?:the\s+)?$"
)


def fields_of(words: str, language: str, known: set[str]) -> Iterator[str]:
    """Issues named by a plain noun in a list of fields: "on trade, culture and health"."""
    taken: list[tuple[int, int]] = []
    for field in fields(language):
        if field.id in known or any(one.startswith(field.id + "/") for one in known):
            continue
        for place in field.pattern.finditer(words):
            if any(start <= place.start() < end for start, end in taken):
                continue
            several = " " in place[0] or (language == "zh" and len(place[0]) > 2)
            if several or _LISTED.search(words, max(0, place.start() - 14), place.start()):
                taken.append(place.span())
                yield field.id
                break


def deadline_of(words: str, language: str) -> str | None:
    """The words of time by which, or within which, it is to be done."""
    for found in _DEADLINE[language].finditer(words):
        if language == "en" or _SAYS_TIME.search(found[0]):
            return found[0]
    return None
