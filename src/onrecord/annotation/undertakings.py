"""Undertakings: what is to be done, by whom, with whom, how firmly said; each rests on an act and has its exact words.

The strength is that of the act: what was agreed, committed to, promised as aid, proposed, offered. What was only discussed is
kept and called so. An agreement that something *is* so, help already given, and an attitude with nothing to be done are no
undertakings. A language's reader (:mod:`onrecord.annotation.english.deeds`, :mod:`onrecord.annotation.chinese_deeds`) cuts the
words of an act into things to be done; what every language shares is here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from onrecord.lexicon.undertakings import fields, mechanisms
from onrecord.marks import Act, Form, Mention, Strength, Undertaking
from onrecord.record import Document, Turn

#: Strongest first: of two readings of the same words the stronger holds.
STRENGTHS: tuple[Strength, ...] = ("agreed", "committed", "promised aid", "proposed", "offered", "discussed")
#: Who can be meant by what they are, but binds nobody.
_NOBODY = frozenset(("PEOPLE", "FIRM", "MEDIA", "OTHER"))

_RECIPROCAL = {
    "en": re.compile(
        r"\breciproc\w*|\beach other\b|\beach other['’]s|\beach side['’]s|\bone another\b|\bmutual(?:ly)? (?!trust|benefi|understanding|respect|"
        r"interest|concern|support)",
        re.IGNORECASE,
    ),
    "zh": re.compile("对等|互惠|彼此|各自|为对方|相互(?!尊重|理解|信任|支持)|互相(?!尊重|理解|信任|支持)|互免|互设|互派|互访|互认"),
}
_DEADLINE = {
    "en": re.compile(
        r"\b(?:by|before|no later than|prior to) (?:the )?(?:(?:end|beginning|middle|close) of (?:the |this |next )?(?:(?:calendar |fiscal )?year|month|week|decade|quarter|"
        r"summer|(?:fiscal year |FY )?\d{4}|[A-Z][a-z]+(?: \d{4})?)|(?:this|next) (?:year|month|week|summer|spring|autumn|fall|winter|[A-Z][a-z]+)|(?:early |late |mid-?)?(?:fiscal year |FY ?)?(?:19|20)\d\d\b|"
        r"(?:early |late |mid-?)?(?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{1,2}\b(?!\d))?(?:,? (?:of )?\d{4})?|mid-?century)"
        r"|\bwithin (?:the (?:next|coming) )?(?:\d+|a|an|one|two|three|four|five|six|seven|ten|thirty|sixty|ninety) (?:\w+ )?(?:hours?|days?|weeks?|months?|years?)"
        r"|\b(?:over|in|during) the (?:next|coming) (?:(?:\d+|two|three|four|five|six|ten|few|several) )?(?:days?|weeks?|months?|years?|decade)"
        r"|\b(?:later|earlier in) (?:this|next) (?:year|month|week)|\bbefore the (?:year|month|week) is out|\bat the end of (?:this|next|the) (?:year|month)"
    ),
    "zh": re.compile(
        "(?:\\d{4}年|今年|明年|本月|下月|年|\\d{1,2}月)?(?:\\d{1,2}月)?(?:\\d{1,2}日|底|中|初)?(?:之?前|以前)(?=[^往来提所])|(?:[两一二三四五六七八九十\\d]+个?(?:小时|天|日|周|星期|月|年))(?:之?内|以内)"
        "|未来[两一二三四五六七八九十\\d]+年|(?:今年|明年|年|本月|月)内|到\\d{4}年(?:底)?"
    ),
}
#: A Chinese deadline says a time before its 前: 前 alone, 目前 and 当前 say none.
_SAYS_TIME = re.compile("\\d|年|月|日|底|周|星期|天|小时")


class Part(NamedTuple):
    """A thing to be done, its places those of the document. ``by`` where the words name another doer than the act's actors."""

    start: int
    end: int
    strength: Strength
    hedge: str
    by: tuple[str, ...] | None = None


class Surroundings(NamedTuple):
    """An act with what a reader needs of the words around it; ``end`` is where the act's own words end."""

    text: str
    act: Act
    end: int
    sentence: int
    mentions: Sequence[Mention]

    @property
    def trigger(self) -> str:
        """The words that perform the act, in lower case."""
        return self.text[self.act.trigger.start : self.act.trigger.end].lower()

    def codes(self, start: int, end: int) -> tuple[str, ...]:
        """The codes of the actors named in a stretch, in order."""
        named = (one for one in self.mentions if start <= one.start and one.end <= end and one.kind not in ("issue", "mechanism", "place"))
        return tuple(dict.fromkeys(code for one in named for code in one.codes))


Reader = Callable[[Surroundings], Sequence[Part]]


def find_undertakings(document: Document, mentions: Sequence[Mention], acts: Sequence[Act]) -> tuple[Undertaking, ...]:
    """The undertakings a document tells of, in order; each lies inside its act, and so inside one turn.

    ``mentions`` and ``acts`` are those of the document. An id is the act's with a number behind it, so that it stays when the
    words of the act stay.
    """
    language = "zh" if document.language.startswith("zh") else "en" if document.language.startswith("en") else ""
    if not language or not acts:
        return ()
    read = _reader(language)
    turns = {turn.id: turn for turn in document.turns}
    starts = [mention.start for mention in mentions]
    found: list[tuple[Act, Part]] = []
    for act in acts:
        turn = turns.get(act.turn)
        if turn is None or act.polarity == "negated":
            continue
        own = mentions[bisect_left(starts, act.start) : bisect_left(starts, act.end)]
        around = Surroundings(document.text, act, _end(document.text, act, acts), _sentence(document.text, act, turn), own)
        found += [(act, part) for part in read(around)]
    kept = sorted(_distinct(_consented(document.text, found, acts)), key=lambda one: (one[1].start, one[1].end))
    numbers: dict[str, int] = {}
    made = (_undertaking(document.text, act, part, mentions, starts, language, numbers) for act, part in kept)
    return tuple(one for one in made if one is not None)


def _reader(language: str) -> Reader:
    if language == "en":
        from onrecord.annotation.english.deeds import read_parts

        return read_parts
    from onrecord.annotation.chinese_deeds import read_parts as read_chinese

    return read_chinese


#: Before a trigger that goes on with the same subject.
_JOINED = re.compile(r"(?:[,;，；、]|\band\b|\bbut\b)\s*(?:(?:and|but|also|both|have|has|then|jointly|further|并|还|也|均|都|同时|一致)\s*)*$")


def _end(text: str, act: Act, acts: Sequence[Act]) -> int:
    """Where the act's words end: before the next trigger that is joined to its own."""
    end = act.end
    for other in acts:
        if other.turn != act.turn or not act.trigger.end < other.trigger.start < end:
            continue
        modal = other.type == "commit" and act.type == "agree"  # "agreed that they will do this and will do that"
        if not modal and _JOINED.search(text, max(act.trigger.end, other.trigger.start - 24), other.trigger.start):
            end = other.trigger.start
    while end > act.trigger.end and (text[end - 1].isspace() or text[end - 1] in ",;，；、。"):
        end -= 1
    return re.sub(r"(?:[,;，；、\s]+(?:and also|and|but|also|并|还|也|并且|同时|均|都))+$", "", text[act.trigger.end : end]).__len__() + act.trigger.end


def _sentence(text: str, act: Act, turn: Turn) -> int:
    """Where the act's sentence begins."""
    for place in range(act.start - 1, turn.start - 1, -1):
        if text[place] in "。！？；\n" or (text[place] in ".!?;" and text[place + 1].isspace() and not text[place - 1].isupper()):
            return place + 1
    return turn.start


#: Between words of consensus and what it was reached on.
_NAMELY = re.compile(
    r"[^.。\n]{0,60}?(?:\bincluding\b|\bsuch as\b|\bnamely\b|\bfor example\b|:|：|包括|比如|例如|即|如下)[^.。\n]*|[\s，,、一是首先]{0,6}", re.IGNORECASE
)
_CONSENSUS = re.compile("consensus|agreement|understanding|共识|一致|协议")


def _consented(text: str, found: list[tuple[Act, Part]], acts: Sequence[Act]) -> Iterator[tuple[Act, Part]]:
    """What both will do as part of a consensus is agreed: "they reached a consensus: both sides will ...", 达成共识，比如双方将…"""
    reached = [act for act in acts if act.type == "agree" and _CONSENSUS.search(text, act.trigger.start, act.trigger.end)]
    for act, part in found:
        if part.strength in ("committed", "offered", "promised aid") and len(act.actors) > 1 and any(
            other.turn == act.turn and other.trigger.end <= act.start and set(act.actors) <= set(other.actors)
            and _NAMELY.fullmatch(text, other.trigger.end, act.start)
            for other in reached
        ):  # fmt: skip
            yield act, part._replace(strength="agreed")
        else:
            yield act, part


def _distinct(found: Iterator[tuple[Act, Part]]) -> list[tuple[Act, Part]]:
    """Each thing once: what lies inside another that is said as firmly is part of it."""
    order = sorted(found, key=lambda one: (one[1].start, -one[1].end, STRENGTHS.index(one[1].strength)))
    kept: list[tuple[Act, Part]] = []
    for act, part in order:
        inside = (
            other for _, other in kept
            if other.start <= part.start and part.end <= other.end and STRENGTHS.index(other.strength) <= STRENGTHS.index(part.strength)
        )  # fmt: skip
        if next(inside, None) is None:
            kept.append((act, part))
    return kept


def _undertaking(
    text: str, act: Act, part: Part, mentions: Sequence[Mention], starts: list[int], language: str, numbers: dict[str, int]
) -> Undertaking | None:
    by = _parties(act.actors if part.by is None else part.by)
    if not by:
        return None
    others = (*act.actors, *act.targets)
    to = () if len(by) > 1 and part.by is None else tuple(code for code in _parties(others) if code not in by)
    words = text[part.start : part.end]
    within = [one for one in mentions[bisect_left(starts, part.start) : bisect_left(starts, part.end)] if one.end <= part.end]
    mechanism, mechanism_id = _mechanism(words, part.start, within, language)
    number = numbers[act.id] = numbers.get(act.id, 0) + 1
    issues = dict.fromkeys(one.id for one in within if one.kind == "issue" and one.id)
    issues |= dict.fromkeys(_fields(words, language, set(issues)))
    return Undertaking(
        id=f"{act.id}:{number}", strength=part.strength, form=_form(words, by, to, language), by=by, to=to,
        issues=tuple(issue for issue in issues if issue is not None), mechanism=mechanism, mechanism_id=mechanism_id,
        deadline=_deadline(words, language), hedge=part.hedge or None, act=act.id, turn=act.turn, start=part.start, end=part.end,
    )  # fmt: skip


def _parties(codes: Sequence[str]) -> tuple[str, ...]:
    """The codes without those that bind nobody; those of polities before the world at large."""
    return tuple(dict.fromkeys(code for code in codes if code not in _NOBODY))


def _form(words: str, by: tuple[str, ...], to: tuple[str, ...], language: str) -> Form:
    if len({*by, *to}) > 1 and _RECIPROCAL[language].search(words):
        return "reciprocal"
    return "joint" if len(by) > 1 else "one-sided"


_BEFORE_KIND = re.compile(
    r"(?:\b(?:joint|bilateral|trilateral|multilateral|high-level|regular|new|permanent|direct|annual|senior|ministerial|leader-level|strategic|economic|trade|"
    r"technical|economic and trade|military-to-military|working-level|candid|constructive|further)\s+)+$",
    re.IGNORECASE,
)
_BEFORE_KIND_ZH = re.compile("(?:联合|双边|多边|高级别|高层|部长级|常态化|直通|专门|战略|三方|工作层|经贸|年度|定期)+$")


def _mechanism(words: str, offset: int, within: Sequence[Mention], language: str) -> tuple[str | None, str | None]:
    """By what it is to be done: a body before talks, a name before a plain noun at the same place."""
    named = [one for one in within if one.kind == "mechanism"]
    for kind in mechanisms(language):
        place = kind.pattern.search(words)
        if place is None:
            continue
        for one in named:
            if one.start - offset <= place.start() and place.end() <= one.end - offset:
                return one.name, one.id
        before = (_BEFORE_KIND if language == "en" else _BEFORE_KIND_ZH).search(words, max(0, place.start() - 40), place.start())
        return words[before.start() if before else place.start() : place.end()], kind.id
    return (named[0].name, named[0].id) if named else (None, None)


#: Between fields of a list, and before the first.
_LISTED = re.compile(r"(?:[,、，]|\band\b|\bin\b|\bon\b|\bof\b|\bincluding\b|\bas\b|\bfor\b|和|与|及|就|在|以及|包括|如)\s*(?:the\s+)?$")


def _fields(words: str, language: str, known: set[str]) -> Iterator[str]:
    """Issues named by a plain noun in a list of fields: "on trade, culture and health"."""
    for field in fields(language):
        if field.id in known or any(one.startswith(field.id + "/") for one in known):
            continue
        for place in field.pattern.finditer(words):
            if _LISTED.search(words, max(0, place.start() - 14), place.start()):
                yield field.id
                break


def _deadline(words: str, language: str) -> str | None:
    for found in _DEADLINE[language].finditer(words):
        if language == "en" or _SAYS_TIME.search(found[0]):
            return found[0]
    return None
