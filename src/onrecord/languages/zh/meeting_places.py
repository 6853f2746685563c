"""Where a meeting is held, in Chinese: the place after 在, in the meeting's name, or between its name and its verb."""

from __future__ import annotations

import re

from onrecord.annotation_types import Mention
from onrecord.languages.meeting_report import MeetingReport, MeetingSentence
from onrecord.languages.meeting_words import MeetingWords
from onrecord.languages.zh.acts.clauses import capitals

#: No name of a place is longer.
_NEAR = 300


def place_in_name(sentence: MeetingSentence, begin: int, end: int) -> Mention | None:
    """The place directly before the noun: 中美元首大阪会晤, 平壤峰会."""
    named = next(
        (one for one in sentence.mentions_in(max(begin, end - 8), end) if one.kind == "place" and one.end == end), None
    )
    if named is not None or end - begin < 3:
        return named
    return next(
        (found for size in range(6, 1, -1) if (found := _capital_at(sentence.text, end - size)) and found.end == end),
        None,
    )


def place_in_chinese(sentence: MeetingSentence, words: MeetingWords, report: MeetingReport) -> Mention | None:
    """The place after 在, 于, 赴 and before the name; of "意大利罗马" the most specific."""
    text = sentence.text
    if report.kind != "visit":
        for opening in _CAPITAL_LEAD.finditer(text, max(sentence.start, report.begin - 60), report.begin):
            place = _capital_at(text, opening.end())
            if place is not None and not _BETWEEN.search(text, place.end, report.begin):
                return place  # 在北京共同主持了…
    if report.kind == "visit" and not _AT.search(text, sentence.start, report.at):
        return None
    behind = _place_behind(sentence, report)
    if behind is not None:
        return behind
    best: Mention | None = None
    for mention in sentence.mentions_in(report.begin - _NEAR, report.begin):
        if (
            mention.end > report.begin
            or mention.kind not in ("place", "country", "territory")
            or report.begin - mention.end >= 60
        ):
            continue
        before = text[max(sentence.start, mention.start - 8) : mention.start]
        if _BETWEEN.search(text, mention.end, report.begin):
            continue
        country = next(
            (
                one
                for one in sentence.mentions_in(mention.start - _NEAR, mention.start)
                if one.end == mention.start and one.kind == "country"
            ),
            None,
        )
        at = country.start if country else mention.start
        lead = text[max(sentence.start, at - 8) : at]
        led = lead.endswith(words.around.place) and not lead.endswith(PREPOSITIONS)
        led = led or (before.endswith(words.around.place) and not before.endswith(PREPOSITIONS))
        if led or (best is not None and mention.start == best.end):
            best = mention
    return best


def _place_behind(sentence: MeetingSentence, report: MeetingReport) -> Mention | None:
    """The place between the name and its verb: 战略对话将于下周在北京举行."""
    text, end = sentence.text, report.begin + len(report.name)
    leading = _LEADING.match(text, end)
    if leading is None:
        return None
    at = leading.end()
    named = next(
        (one for one in sentence.mentions_in(at, at + 1) if one.kind in ("place", "country", "territory")), None
    )
    place = named or _capital_at(text, at)
    return place if place is not None and _HELD.match(text, place.end) else None


def _capital_at(text: str, start: int) -> Mention | None:
    """A capital at an offset: as a place it is no mention of its government."""
    if _HOME.match(text, start):  # 在京举行
        return Mention(kind="place", id=None, name="北京", start=start, end=start + 1, stands_for=("CHN",))
    for size in range(6, 1, -1):
        codes = capitals().get(text[start : start + size])
        if codes:
            name = text[start : start + size]
            return Mention(kind="place", id=None, name=name, start=start, end=start + size, stands_for=codes)
    return None


_HOME = re.compile("京(?![津剧东沪冀])")
_CAPITAL_LEAD = re.compile("在|赴|于")
_LEADING = re.compile("”?(?:会议)?(?:将|已)?(?:于?[^，。；在]{1,16}?[日月年周])?(?:[今昨明]天)?(?:[上下]午)?在")
_HELD = re.compile("[^，。；]{0,6}?(?:成功|顺利)?(?:举行|召开|举办|开幕)")
_AT = re.compile("在|于")
_BETWEEN = re.compile("[，。；]|对话|通话|会晤|会谈|期间")
#: Words in which 于 and 在 are not prepositions of place.
PREPOSITIONS = ("关于", "对于", "由于", "至于", "基于", "鉴于", "有利于", "属于", "处于", "存在", "实在")
