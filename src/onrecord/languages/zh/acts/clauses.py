"""Clauses of Chinese sentences and the actors in them: subjects, partners, agents.

Chinese marks roles by position and by prepositions (coverbs) before the noun: 同 or 与 mark the partner, 对 or 向 the target, 被
or 由 the agent. A noun before the verb without a preposition is its subject; a clause without one shares the subject of the
clause before.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from onrecord.annotation_types import NO_PARTY, Mention
from onrecord.languages.zh.acts import cues
from onrecord.lexicon.tables import many
from onrecord.lexicon.world import world_rows

_ACTING = frozenset({"country", "territory", "organisation", "person", "office", "reference"})
_NAMING = _ACTING | {"mechanism"}  # a session may be named by its mechanism: 中俄磋商机制会议
#: Codes that specify part of a state when named after it (中国企业), and those that yield to the state (中国人民).
_OWN = frozenset({"FIRM", "MEDIA"})
_YIELDING = frozenset({"PEOPLE", "OTHER", "WORLD"})
_NO_PARTY = NO_PARTY - {"OTHER"}
_END = re.compile("[。！？!?\n；;]")
_COMMA = re.compile("[，,：:；;。！？!?\n]")
_QUOTES = {"“": "”", "「": "」", "『": "』"}
_QUOTE = re.compile("“[^“”]{1,900}”|「[^「」]{1,900}」|『[^『』]{1,900}』")
#: A quotation of at least this length, or with a clause mark, is speech; a shorter one is a mentioned term ("双暂停").
_SPEECH = 16
_WITHIN = re.compile("[，。！？；]")
#: Characters of a clause and clauses of a sentence, more than any on the real pages has.
_LONGEST_CLAUSE, _MOST_CLAUSES = 300, 100

#: Characters of which one is in every match of the two patterns: most pairs of parties have none between them.
_JOINING, _WITH_JOINING = frozenset("和及、暨并"), frozenset("与同跟")
_PARTNERS = frozenset("同与跟和向对给为")
#: Kinds of which the second of two with one code is a person or body of the first: 美国国务卿某某.
_OF_THE_SAME = frozenset({"person", "office", "organisation"})
#: A title in brackets, and what makes 华 a destination or the place of a mission.
_TITLE = re.compile("《[^《》]{1,60}》")
_COMING = frozenset("来访赴抵旅援驻")


class Group(NamedTuple):
    """Actors named as one party at ``[start, end)``. ``by`` is the preposition before it, empty if there is none."""

    start: int
    end: int
    codes: tuple[str, ...]
    by: str
    speaks: bool  # 我们, 我方: the speaker


class Clause(NamedTuple):
    """A span between commas; ``sentence`` is the number of its sentence."""

    start: int
    end: int
    sentence: int


class Quotation(NamedTuple):
    """A quotation ``[start, end)`` without its marks; ``speech`` unless it is only a mentioned term."""

    start: int
    end: int
    speech: bool


class TurnClauses:
    """The text of a turn with its clauses, groups of actors and quotations."""

    def __init__(self, text: str, mentions: Sequence[Mention], principal: tuple[str, ...] = ()) -> None:
        self.text = text
        self.clauses = _clauses(text)
        self._starts = [clause.start for clause in self.clauses]
        self.groups = _groups(text, mentions, principal)
        self._named = [(one.start, one.codes) for one in mentions if one.kind in _NAMING and one.codes]
        self._places = {one.start: one.codes for one in mentions if one.kind == "place" and one.codes}
        self._group_starts = [group.start for group in self.groups]
        self.quotations = [
            Quotation(
                found.start() + 1,
                found.end() - 1,
                found.end() - found.start() > _SPEECH or bool(_WITHIN.search(found[0])),
            )
            for found in (_QUOTE.finditer(text) if any(mark in text for mark in _QUOTES) else ())
        ]

    def clause_at(self, place: int) -> int:
        """The number of the clause at an offset."""
        return max(0, bisect_right(self._starts, place) - 1)

    def within(self, start: int, end: int) -> list[Group]:
        """The groups that begin in ``[start, end)``."""
        return self.groups[bisect_left(self._group_starts, start) : bisect_left(self._group_starts, end)]

    def quotation_of(self, start: int, end: int) -> Quotation | None:
        """The quotation that contains ``[start, end)``."""
        number = bisect_right(self.quotations, start, key=lambda one: one.start) - 1
        return self.quotations[number] if number >= 0 and end <= self.quotations[number].end else None

    def place_at(self, start: int) -> tuple[str, ...]:
        """The state of a place named at ``start`` or shortly after it: 抵达平壤."""
        named = next((self._places[at] for at in range(start, start + 3) if at in self._places), ())
        return named or next(
            (capitals()[word] for size in range(6, 1, -1) if (word := self.text[start : start + size]) in capitals()),
            (),
        )

    def topic(self, start: int, end: int) -> int | None:
        """The offset in ``[start, end)`` where a topic with 对, 就 or 关于 opens and is not closed."""
        found = cues.TOPIC.search(self.text, start, end)
        closed = cues.TOPIC_END.search(self.text, found.end(), end) if found is not None else None
        if found is None or (closed is not None and "在" not in self.text[found.end() : closed.start()]):
            return None
        return found.start()

    def subjects(self, start: int, end: int) -> list[Group]:
        """The groups in ``[start, end)`` that may be the sentence's subject: not those of a complement (支持联合国发挥作用)."""
        free = self.free(start, end)
        return [one for one in free if not cues.OBJECT.search(self.text, max(start, one.start - 8), one.start)]

    def named_in(self, start: int, end: int) -> list[tuple[str, ...]]:
        """The codes of all actors named in ``[start, end)``, also where they only modify a noun: 中美对话."""
        return [codes for place, codes in self._named if start <= place < end]

    def bare(self, start: int, end: int) -> str:
        """The text of ``[start, end)`` without its phrases of topic and place: 就共同关注的问题, 在打击犯罪方面."""
        text = self.text[start:end]
        if "在" in text:
            text = cues.PLACE.sub("", text)
        topic = cues.TOPIC.search(text)
        closed = last_match(cues.TOPIC_END, text, topic.end(), len(text)) if topic else None
        return text[: topic.start()] + (text[closed.end() :] if closed else "") if topic else text

    def in_place(self, place: int, clause: Clause) -> bool:
        """Whether an offset is inside 在…时, 在…下 or 应…邀请."""
        before = self.text[clause.start : place]
        if "在" not in before and "应" not in before and "自" not in before:
            return False
        return any(one.start() <= place < one.end() for one in cues.PLACE.finditer(self.text, clause.start, clause.end))

    def _has_partner(self, group: Group) -> bool:
        """Whether the next party stands directly behind 与 or 同: 土耳其与利比亚."""
        if self.text[group.end : group.end + 1] not in ("与", "同"):
            return False
        behind = self.within(group.end + 1, group.end + 2)
        return bool(behind) and behind[0].by in ("与", "同")

    def free(self, start: int, end: int) -> list[Group]:
        """The groups in ``[start, end)`` that may be subjects: without a preposition, and outside topics and locative phrases."""
        some = self.within(start, end)
        if not some:
            return []
        found = [group for group in some if not group.by]
        if not found:
            return []
        before = self.text[start:end]
        topic = cues.TOPIC.search(before)
        if topic:
            closed = last_match(cues.TOPIC_END, before, topic.end(), len(before))
            opened = start + topic.start()
            until = start + closed.end() if closed else end
            found = [group for group in found if not opened <= group.start < until]
        if found and ("在" in before or "应" in before or "自" in before):
            for place in cues.PLACE.finditer(before):
                found = [group for group in found if not start + place.start() <= group.start < start + place.end()]
        opens = cues.OPENING.match(before) is not None
        return [
            group
            for group in found
            if group.start == start
            or opens
            or self._has_partner(group)
            or cues.HEARING.search(self.text, max(start, group.start - 12), group.start)
        ]


def _clauses(text: str) -> list[Clause]:
    """The clauses; longer ones than are ever written are cut, and sentences of more, so that each is read in bounded time."""
    found: list[Clause] = []
    sentence, start, first = 0, 0, 0

    def put(end: int) -> None:
        nonlocal sentence, first, start
        while start < end and text[start].isspace():
            start += 1
        for begin in range(start, end, _LONGEST_CLAUSE):
            if len(found) - first >= _MOST_CLAUSES:
                sentence, first = sentence + 1, len(found)
            found.append(Clause(begin, min(begin + _LONGEST_CLAUSE, end), sentence))

    for mark in _COMMA.finditer(text):
        place = mark.start()
        char = mark[0]
        if char in ",:" and 0 < place < len(text) - 1 and text[place - 1].isdigit() and text[place + 1].isdigit():
            continue  # 1,000 and 12:30
        put(place)
        start = place + 1
        if _END.match(char):
            sentence, first = sentence + 1, len(found)
    put(len(text))
    return found


def _groups(text: str, mentions: Sequence[Mention], principal: tuple[str, ...]) -> list[Group]:
    """Group mentions of actors into parties: 美国国务卿蓬佩奥, 朝方和韩方, 中国企业."""
    found: list[Group] = []
    titles = [title.span() for title in _TITLE.finditer(text)] if "《" in text else []
    for mention in mentions:
        if mention.kind not in _ACTING:
            continue
        start, end = mention.start, mention.end
        codes = _states_of().get(mention.name, mention.codes)
        if not codes and mention.kind == "office" and cues.HOME_OFFICE.match(mention.name):
            codes = (
                () if found and found[-1].end == start else principal
            )  # 外交部副部长李明: ours, where no state is named
        if not codes:
            continue
        company = cues.COMPANY.match(text, end) if mention.kind == "country" and mention.name[-1] != "方" else None
        if company is not None and cues.VERB.search(text, end, company.start(1)) is None:
            codes, end = ("FIRM",), company.end()  # 中国航空工业集团
        if any(opened < start < closed for opened, closed in titles) or (
            mention.name == "华" and text[start - 1 : start] in _COMING
        ):
            continue  # 《伦敦公约》, 来华: a title, a destination
        if len(codes) == 2 and mention.name[-1:] not in "方国军人首长" and cues.PAIR_MATTER.match(text, end):
            continue  # 中美关系 is a topic, 中美双方 are actors
        speaks = mention.name in ("我们", "我", "我方", "我国")
        if found:
            last = found[-1]
            if start < last.end:
                continue
            joined = _join(text, last, start, end, codes, mention.kind)
            if codes == ("OTHER",) and _opens_with_a_member(text, last, start):
                found[-1] = Group(last.start, end, (*last.codes, *codes), "", speaks=False)
                continue
            if joined is not None:
                found[-1] = Group(last.start, end, joined, last.by, last.speaks or (speaks and last.codes == codes))
                continue
        found.append(Group(start, end, codes, _by(text, start, found[-1] if found else None, end), speaks))
    if principal:
        found = _with(found, cues.HOME_BODY.finditer(text), principal)
    if "决议" in text and any("UN" in group.codes for group in found):
        found = _with(found, cues.RESOLUTION.finditer(text), ("UN",))  # the Security Council speaks in it
    return found


def _opens_with_a_member(text: str, last: Group, start: int) -> bool:
    """Whether a clause begins with a member of the group at ``start``: 包括中国在内的许多国家."""
    opens = last.by == "包括" and (last.start < 3 or _COMMA.match(text, last.start - 3) is not None)
    return opens and cues.INCLUDED.match(text, last.end, start) is not None


def _with(found: list[Group], matches: Iterable[re.Match[str]], codes: tuple[str, ...]) -> list[Group]:
    """Add subjects that are no mentions: a resolution (决议重申…), a ministry without its country (外交部将…)."""
    starts = [group.start for group in found]
    more = []
    for one in matches:
        place = bisect_left(starts, one.end(1))
        if not place or found[place - 1].end <= one.start(1):
            more.append(Group(one.start(1), one.end(1), codes, "", speaks=False))
    return sorted([*found, *more]) if more else found


def _join(text: str, last: Group, start: int, end: int, codes: tuple[str, ...], kind: str) -> tuple[str, ...] | None:
    """The codes of two mentions if they are one party, else ``None``."""
    gap = start - last.end
    if codes[0] in _OWN and len(codes) == 1 and cues.OWN_GAP.fullmatch(text, last.end, start):
        return codes
    if gap == 0:
        if codes[0] in _YIELDING:
            return last.codes
        if last.codes[0] in _YIELDING and len(last.codes) == 1:
            return codes
        return tuple(dict.fromkeys((*last.codes, *codes)))
    if gap > 14:
        return None
    both = tuple(dict.fromkeys((*last.codes, *codes)))
    if codes == ("PEOPLE",) and not set(last.codes) & {"WORLD", "FIRM", "MEDIA", "PEOPLE"}:
        both = last.codes  # 岛国政府和人民
    if last.by in _PARTNERS and text[start - 1] == "、" and cues.SAME.fullmatch(text, last.end, start - 1):
        return both  # 同瑞典首相某某、芬兰总统某某
    between = text[last.end : start]
    if codes == last.codes and cues.SAME.fullmatch(between) and (kind in _OF_THE_SAME or not cues.VERB.search(between)):
        return codes
    together = (
        not _WITH_JOINING.isdisjoint(between)
        and (not last.by or last.by in "就对")
        and cues.WITH_JOINED.fullmatch(text, last.end, start)
        and cues.TOGETHER.match(text, end)
    )
    return both if together or (not _JOINING.isdisjoint(between) and cues.JOINED.fullmatch(between)) else None


def _by(text: str, start: int, last: Group | None, end: int) -> str:
    """The preposition before a group."""
    floor = max(0, start - 14, last.end if last is not None else 0)
    before = text[floor:start]
    if not before:
        return ""
    if last is not None and cues.INCLUDED.match(before):
        return last.by if last.by in _PARTNERS else ""  # 同包括美国在内的各国
    found = cues.PREPOSED.search(before)
    if found is None:
        described = cues.DESCRIBED.search(before)
        if described is not None:
            return described[1]  # 同参加和谈的有关政府
        if last is not None and last.by in _PARTNERS and cues.LED_BY.fullmatch(before):
            return last.by  # 与美国副部长某某率领的美方代表团
        listed = last is not None and last.by in _PARTNERS and floor == last.end and cues.LISTED_ON.fullmatch(before)
        return last.by if listed and last is not None else ""  # 同联合国秘书长、大会主席及各国
    if cues.NO_PREPOSED.search(before[: found.end(1)]):
        return "反对" if before[: found.end(1)].endswith("反对") else ""
    return found[1]


def last_match(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    """The last match of a pattern in ``[start, end)``."""
    found = None
    for found in pattern.finditer(text, start, end):  # noqa: B007 -- the last one is what is asked
        pass
    return found


@cache
def _states_of() -> dict[str, tuple[str, ...]]:
    """The states that a number of them names, where a mechanism says which: 五核国."""
    return {
        name: many(row["parties"])
        for row in world_rows("mechanisms")
        for name in many(row["aliases_zh"])
        if name[-1] == "国" and row["parties"]
    }


@cache
def capitals() -> dict[str, tuple[str, ...]]:
    """The state of each capital: as a destination, a capital is a place and not a mention of its government."""
    found: dict[str, tuple[str, ...]] = {}
    for row in world_rows("states"):
        for name in (row["capital_zh"], *many(row["metonyms_zh"])):
            if name:
                found.setdefault(name, (row["id"],))  # existing states come first: Moscow is Russia's
    return found


def parties(codes: Sequence[str]) -> tuple[str, ...]:
    """The codes of states, organisations and unnamed others, without publics, firms and the world."""
    return tuple(code for code in codes if code not in _NO_PARTY)


def number_of(group: Group, turn: TurnClauses) -> int:
    """The number of a group's clause."""
    return turn.clause_at(group.start)
