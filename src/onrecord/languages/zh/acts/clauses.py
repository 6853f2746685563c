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

_TITLES = (
    "(?:国家主席|主席|总统|总理|首相|国务卿|国务委员|兼外长|兼外交部长|外交部长|外长|部长|委员长|秘书长|总书记|议长|大使|特使|代表"
    "|副总理|副总统|国王|政府|人民|领导人|元首|女士|先生|一行|外交部|国防部|军队|国家|方面|等国|等|各国|两国){0,3}"
)
_JOINED = re.compile(f"{_TITLES}(?:和|及|以及|、|暨|并)(?:其|其他|有关)?")
_WITH_JOINED = re.compile(
    f"(?:{_TITLES}|[^，。；、对向就为将愿正已会应要继也还可能在的期盼望希需想]{{0,10}})(?:与|同|跟)"
)
#: Characters of which one is in every match of the two patterns: most pairs of parties have none between them.
_JOINING, _WITH_JOINING = frozenset("和及、暨并"), frozenset("与同跟")
_TOGETHER = re.compile("(?:双方|两国|两军|都|均|同为|互为|一致|共同|之间)|[^，。；]{0,6}?(?:将|已)?(?:分别|共同|一道)")
#: A preposition with a description before the group.
_DESCRIBED = re.compile(
    "((?<![共认赞如不协会])同|(?<!参)与(?!会)|(?<![一方志倾意])向|对(?!话|应)|给)[^，。；：、“”同与向对就和]{1,12}的$"
)
_LISTED_ON = re.compile(
    "[^，。；：！？“”对同与向就被由将把]{0,10}(?:、|及|和|以及|或)[^，。；：！？对同与向就被由将把]{0,4}"
)
_SAME = re.compile("[^，。；：！？“”对同与向和、就被由将把的]{0,9}")
#: The preposition before a group, perhaps with words that only widen the group (同有关各方, 向包括中方在内).
_PREPOSED = re.compile(
    "(不顾|罔顾|无视|漠视|对于|关于|针对|根据|按照|依据|包括|连同|作为|通过|围绕|来自|对|向|同|与|跟|和|就|在|由|从|给|为|于|以|把|将|被|遭|受|使|让|令|比|驻|除"
    "|赴|往|自)(?:包括|有关|相关|所有|各|这些|个别|其他|广大|全体|一些|当前|近期|上述|该|所谓|许多|众多|遇难者|死难|罹难"
    "|世界上|国际上|全世界|世界|正在|来华|来京|正式|国事|进行|来|到|访问的|进行访问的|访的|出席会议的|陪同访问的)*$"
)
_PARTNERS = frozenset("同与跟和向对给为")
#: What makes an enterprise one of the state named before it: 中国地方企业.
_OWN_GAP = re.compile("(?:的)?(?:地方|有关|相关|一些|部分|个别|民营|国有|私营|科技|高科技|通信|互联网)?(?:的)?")
#: Kinds of which the second of two with one code is a person or body of the first: 美国国务卿某某.
_OF_THE_SAME = frozenset({"person", "office", "organisation"})
#: Verbs that keep two mentions of a state apart: 中国政府一贯要求中国企业.
_VERB = re.compile("[要请求会见访问支持反认为将愿应希望促呼吁给予是有鼓赞谴谢祝醒击护帮助视关建派]")
INCLUDED = re.compile("(?:等)?(?:国家?)?在内的")
#: Words that end like a preposition but are none: 我们认为美方…, 现在美方….
_NO_PREPOSED = re.compile(
    "(?:认为|以为|因为|成为|一向|现在|存在|理由|自由|由于|共同|认同|赞同|如同|不同|参与|可以|所以|难以|加以|予以|得以|足以|大使"
    "|即使|至于|也就|这就|那就|早就|成就|行为|作为|较为|更为|最为|驱使|行使|意向|方向|倾向|面对|忙于|由衷|缓和|温和|饱和|总和|反对)$"
)
#: Topic markers whose topic extends to the verb.
_TOPIC = re.compile(
    "(?<![反面相一])对(?!话|等|立|抗|待|付|于|方|接|外|此|华|手|策|口|比|应)|(?<![成早也这那])就(?=[^是业近会要])|针对|关于|围绕|根据|"
    "按照|鉴于|随着|对于"
)
_TOPIC_END = re.compile("而言|来说|来讲|问题上|一事|之际|在内")
_PLACE = re.compile(
    "在(?!内的)[^，]{1,24}?(?:上|中(?![国方美俄日欧德法英韩朝印巴非阿拉央])|下|期间|方面|领域|时(?![间候期代常刻])|之后|后|前|之前|内|里|过程中|场合)|应[^，]{1,30}?(?:邀请|要求|请求)|"
    "自[^，]{1,10}?(?:以来|起)"
)
_RESOLUTION = re.compile(
    "(?:^|(?<=[，。；：\n]))((?:该|这一|上述|这份)?(?:第?[0-9]+号)?决议)(?=[在也还又再]|明确|重申|呼吁|要求|强调|规定|决定|敦促|谴责|支持|认为|反对|表示|指出)"
)
#: A ministry as the subject, with no state before it.
_HOME_BODY = re.compile(
    "(?:^|(?<=[，。；：\n]))((?:外交部|商务部|国防部|国台办|公安部)(?:发言人|负责人|领事司|领保中心|有关负责人)?)(?=[^，。；]{2})"
)
#: Offices that are the principal's where no state stands before them.
_HOME_OFFICE = re.compile(
    "外交部|商务部|国务院|国防部|财政部|公安部|国家(?:副?主席|移民|卫健|发改|发展)|中央|全国|科技部|教育部|农业农村部|生态环境部"
)
#: The verb before a group that makes it the subject of a complement only: 支持联合国发挥作用.
_OBJECT = re.compile(
    "(?:会见了?|会晤了?|访问了?|访|出席|抵达|邀请|看望|拜会|前往|赴|致电|接待|慰问|支持|反对|欢迎|赞赏|理解|敦促|希望|呼吁|要求|感谢|奉劝|主张|建议|祝贺|期待|高兴看到|鼓励|推动)(?:并[^，]{2})?(?:有关|各|其他)?$"
)
#: A title in brackets, and what makes 华 a destination or the place of a mission.
_TITLE = re.compile("《[^《》]{1,60}》")
_COMING = frozenset("来访赴抵旅援驻")
_PAIR_MATTER = re.compile(
    "(?:[^，。]{0,2}(?:关系|经贸|贸易|合作|友好|友谊|边界|边境|经济走廊|战略|传统|建交|论坛|混委会|商贸|命运|航空|全面|班列|投资))"
)


#: A group is a subject at the start of its clause, after an opening phrase, or after a verb of saying or perception; otherwise it
#: is the object of a verb before it (停止干涉委内瑞拉内政、取消制裁).
_OPENING = re.compile(
    "[“‘（ \u3000]*(?:世界上(?:已)?有|来自|约|有(?!助|利|效|力)|已有|很多|许多|不少|多[位国个名]|数[十百千]|"
    "但是?|而|并且|且|同时|此外|另外|因此|所以|于是|然而|不过|"
    "事实上|实际上|首先|其次|第[一二三四五]|如果|因为|由于|既然|虽然|尽管|只有|即使|正如|当然"
    "|目前|当前|现在|今天|昨天|今年|去年|近日|近期|日前|近来|长期以来|一段时间以来|刚才|[0-9本上下去今]|在|对|就|自|从|根据|按照|本着|通过|经|应|随着|为(?!难)|作为|关于|针对|至于|与|同"
    "|历次|无论|不管|过去|众所周知|一方面|另一方面|包括|一些|个别|有关|某些|这(?:是|也是|表明|说明)?|其中|全体|广大|所谓|鉴于|还|也|甚至|特别是|尤其是|以|如|是|当|"
    "每|至今|截至|据|相信|希望|近|昨|原则上|会[上后前]|其间|期间|随后|之后|最|那|总之|的确|确实|显然|坦率|访华|会谈|会见|会晤|会议|两|"
    "我[想要愿还也再]|必须|需要|应该|可|该)"
)
_HEARING = re.compile(
    "(?:认为|相信|注意到|看到|知道|表示|指出|强调|称|说|是|使|让|令|确信|证明|表明|说明|发现|听到|提到|重申|坚信|如果|因为|由于|期间|[时后前来]|[今昨明]天|[年月日]|上午|下午|晚|而言"
    "|来看|地区(?:国家)?(?:及|和|、|以及)|问题上|方面|反对|支持|欢迎|赞赏|理解|敦促|希望|呼吁|要求|感谢|奉劝|主张|建议|愿|高兴|记得|了解|理解|祝贺|访问的|与会的|并且|但|而|就|"
    "还|甚至|不仅|不但|只|尤其|特别|。|“|所谓)(?:的?是|有)?(?:当时|近日)?(?:一些|有关|个别|某些|这些|任何|所谓|各|全体|广大|该)?$"
)


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
        found = _TOPIC.search(self.text, start, end)
        closed = _TOPIC_END.search(self.text, found.end(), end) if found is not None else None
        if found is None or (closed is not None and "在" not in self.text[found.end() : closed.start()]):
            return None
        return found.start()

    def subjects(self, start: int, end: int) -> list[Group]:
        """The groups in ``[start, end)`` that may be the sentence's subject: not those of a complement (支持联合国发挥作用)."""
        free = self.free(start, end)
        return [one for one in free if not _OBJECT.search(self.text, max(start, one.start - 8), one.start)]

    def named_in(self, start: int, end: int) -> list[tuple[str, ...]]:
        """The codes of all actors named in ``[start, end)``, also where they only modify a noun: 中美对话."""
        return [codes for place, codes in self._named if start <= place < end]

    def bare(self, start: int, end: int) -> str:
        """The text of ``[start, end)`` without its phrases of topic and place: 就共同关注的问题, 在打击犯罪方面."""
        text = self.text[start:end]
        if "在" in text:
            text = _PLACE.sub("", text)
        topic = _TOPIC.search(text)
        closed = last_match(_TOPIC_END, text, topic.end(), len(text)) if topic else None
        return text[: topic.start()] + (text[closed.end() :] if closed else "") if topic else text

    def in_place(self, place: int, clause: Clause) -> bool:
        """Whether an offset is inside 在…时, 在…下 or 应…邀请."""
        before = self.text[clause.start : place]
        if "在" not in before and "应" not in before and "自" not in before:
            return False
        return any(one.start() <= place < one.end() for one in _PLACE.finditer(self.text, clause.start, clause.end))

    def free(self, start: int, end: int) -> list[Group]:
        """The groups in ``[start, end)`` that may be subjects: without a preposition, and outside topics and locative phrases."""
        some = self.within(start, end)
        if not some:
            return []
        found = [group for group in some if not group.by]
        if not found:
            return []
        before = self.text[start:end]
        topic = _TOPIC.search(before)
        if topic:
            closed = last_match(_TOPIC_END, before, topic.end(), len(before))
            opened = start + topic.start()
            until = start + closed.end() if closed else end
            found = [group for group in found if not opened <= group.start < until]
        if found and ("在" in before or "应" in before or "自" in before):
            for place in _PLACE.finditer(before):
                found = [group for group in found if not start + place.start() <= group.start < start + place.end()]
        opens = _OPENING.match(before) is not None
        return [
            group
            for group in found
            if group.start == start or opens or _HEARING.search(self.text, max(start, group.start - 12), group.start)
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
        codes = mention.codes
        if not codes and mention.kind == "office" and _HOME_OFFICE.match(mention.name):
            codes = (
                () if found and found[-1].end == start else principal
            )  # 外交部副部长李明: ours, where no state is named
        if not codes:
            continue
        if any(opened < start < closed for opened, closed in titles) or (
            mention.name == "华" and text[start - 1 : start] in _COMING
        ):
            continue  # 《伦敦公约》, 来华: a title, a destination
        if len(codes) == 2 and mention.name[-1:] not in "方国军人首长" and _PAIR_MATTER.match(text, end):
            continue  # 中美关系 is a topic, 中美双方 are actors
        speaks = mention.name in ("我们", "我", "我方", "我国")
        if found:
            last = found[-1]
            if start < last.end:
                continue
            joined = _join(text, last, start, end, codes, mention.kind)
            if joined is not None:
                found[-1] = Group(last.start, end, joined, last.by, last.speaks or (speaks and last.codes == codes))
                continue
        found.append(Group(start, end, codes, _by(text, start, found[-1] if found else None, end), speaks))
    if principal:
        found = _with(found, _HOME_BODY.finditer(text), principal)
    if "决议" in text and any("UN" in group.codes for group in found):
        found = _with(found, _RESOLUTION.finditer(text), ("UN",))  # the Security Council speaks in it
    return found


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
    if codes[0] in _OWN and len(codes) == 1 and _OWN_GAP.fullmatch(text, last.end, start):
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
    if last.by in _PARTNERS and text[start - 1] == "、" and _SAME.fullmatch(text, last.end, start - 1):
        return both  # 同瑞典首相某某、芬兰总统某某
    between = text[last.end : start]
    if codes == last.codes and _SAME.fullmatch(between) and (kind in _OF_THE_SAME or not _VERB.search(between)):
        return codes
    together = (
        not _WITH_JOINING.isdisjoint(between)
        and (not last.by or last.by in "就对")
        and _WITH_JOINED.fullmatch(text, last.end, start)
        and _TOGETHER.match(text, end)
    )
    return both if together or (not _JOINING.isdisjoint(between) and _JOINED.fullmatch(between)) else None


def _by(text: str, start: int, last: Group | None, end: int) -> str:
    """The preposition before a group."""
    floor = max(0, start - 14, last.end if last is not None else 0)
    before = text[floor:start]
    if not before:
        return ""
    if last is not None and INCLUDED.match(before):
        return last.by if last.by in _PARTNERS else ""  # 同包括美国在内的各国
    found = _PREPOSED.search(before)
    if found is None:
        described = _DESCRIBED.search(before)
        if described is not None:
            return described[1]  # 同参加和谈的有关政府
        listed = last is not None and last.by in _PARTNERS and floor == last.end and _LISTED_ON.fullmatch(before)
        return last.by if listed and last is not None else ""  # 同联合国秘书长、大会主席及各国
    if _NO_PREPOSED.search(before[: found.end(1)]):
        return "反对" if before[: found.end(1)].endswith("反对") else ""
    return found[1]


def last_match(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    """The last match of a pattern in ``[start, end)``."""
    found = None
    for found in pattern.finditer(text, start, end):  # noqa: B007 -- the last one is what is asked
        pass
    return found


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
