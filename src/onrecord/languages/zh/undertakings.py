"""Undertakings in Chinese acts: where each begins and ends, and which acts have none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.annotation_types import Strength
from onrecord.languages.facts import ActSurroundings, UndertakingPart
from onrecord.languages.undertaking_words import STRENGTH_OF_ACT
from onrecord.languages.zh.undertaking_words import ChineseWords, chinese

_AGREED = re.compile("同意|商定|议定|约定|决定")
_SETTING_UP = re.compile("^(?:建立|设立|成立|重启|恢复|启动)")
#: What is to be set up, behind the word of a decision: 双方决定建立….
_DECIDED = re.compile("(?:一致)?(?:决定|同意|商定|约定)$")
_CONSENSUS = re.compile("共识|一致$|协议|谅解|安排|意向|约定|协定")
_OBLIGED = re.compile("认为，?(?:双方|两国|中[^，。]方)?(?:应当?|需要?|要|有必要)")
_ADVERB = re.compile("(?:继续|进一步|积极|也|还|并|共同|一道|尽快|尽早|及时|全力|努力|切实|不断)*")
_MODAL = re.compile(
    "表示(?:都|均)?要|将会|将|(?<![大议峰年协展览委社])会(?![议谈见晤上场])|愿意|愿|致力于|承诺|保证|决定|计划|打算|宣布|准备|期待|期盼"
)
#: One's own policy, and one's own defence: what is promised to nobody else.
_DOMESTIC = re.compile(
    "改革|内需|营商环境|汇率|自身(?:经济|发展)|高质量发展|经济社会发展|总方针|国内市场|善后|法治建设"
)
_DEFENCE = re.compile("(?:维护|捍卫|保护)[^，。；]{0,8}(?:权益|利益|主权|安全)")
#: What a scheduled meeting is to be filled with, which is no undertaking: 将就有关问题交换意见.
_TALKED_OVER = re.compile("(?:继续)?(?:就|围绕)[^，；。]*(?:交换|讨论|探讨|沟通|磋商|交流|会谈|准备)")
#: A chain of deeds that ends in an exchange of views fills a scheduled meeting.
_FILLED_WITH = re.compile("交换意见|会见记者")
_THEN_VIEWS = re.compile("[^。；]{0,60}交换意见")
#: A finding of all before what they will do: 一致表示，将继续….
_UNANIMOUS = re.compile("一致(?:表示|认为|强调|指出|同意)[，：]?(?:双方|各方|三方|两国)?$")
#: What is settled, told before its content: 经双方商定，会议将于下周举行.
_AS_SETTLED = re.compile("经[^，。；]{0,12}$")
#: Devotion of somebody whose work is done.
_OF_THE_PAST = re.compile("作出(?:过|了)|生前|毕生|一生")
#: A scheduled meeting is no undertaking: 将举行会议, 将于明天访问.
_OCCASION = re.compile("(?:于[^，。；]{1,12}|在[^，。；]{1,12})?(?:举行|召开|出席|访问|会见|会晤|赴)")
#: Contact that will be kept is a deed towards another: 将继续同日方保持密切沟通.
_KEPT = re.compile(
    "(?P<hedge>将会?|会)(?P<deed>[^，。；]{0,24}?保持[^，。；]{0,6}?(?:沟通|联系|协调|磋商|接触|协作|配合))"
)
_TOO_VAGUE = re.compile("媒体|记者|问：")
_BREAK = re.compile("[，；。,;]")
#: After a comma, before another action: 并, 并将, 也.
_LINK = re.compile("(?:并且?|同时|以及|也|还|均|都|一致|双方|共同|一道|将|要|进一步|积极|继续|不断|全面|切实|共同)*")

_JOINING = re.compile("(?:并且?|同时|以及|也|还)*")
#: After a consensus, before its content.
_NAMELY = re.compile(
    "[，,]?(?:其中)?(?:包括|比如说?|例如|即|：|一是|首先是?)+[，,]?(?:双方|两国|各方)?(?:都|均)?(?:同意|将|致力于|会|愿)?"
)
_OPINION = re.compile("并?(?:高度|十分)?(?:赞赏|赞同)|[^，。]{0,16}(?:观点|看法|表态|说法|评论)$|你|这[个一]")
_SPIRIT = re.compile("本着|按照|根据|遵循")
#: A remark about the action, after it.
_REMARK = re.compile("[，；](?:这|那|此|以上|上述)(?!样)")
#: The end of words that govern what follows.
_GOVERNS = re.compile(
    "(?:一道|一起|努力|精神|基础上?|原则|同时|过程中|之上|框架下|前提下|为目标|为主线|为契机|机会|方式|思维|态度|眼光|过程|进程)$"
)


def read_parts(around: ActSurroundings) -> list[UndertakingPart]:
    """Return the undertakings that the act contains."""
    act, lists = around.act, chinese()
    if act.type == "consult":
        return list(_discussed(around, lists))
    if act.type == "request":
        return list(_wished(around, lists))
    if act.type not in STRENGTH_OF_ACT or (act.type == "aid" and act.time != "planned"):
        return []
    if act.type == "agree":
        return list(_agreed(around, lists))
    if act.type == "propose":
        return list(_proposed(around, lists))
    if act.type == "offer":
        return list(_offered(around, lists))
    return list(_bound(around, lists))


def _agreed(around: ActSurroundings, lists: ChineseWords) -> Iterator[UndertakingPart]:
    text, act, end, trigger = around.text, around.act, around.end, around.trigger
    at = act.trigger.end
    if trigger.endswith("同意") and (text.startswith("大利", at) or _OPINION.match(text, at, end)):
        return  # 同意大利…: with Italy, no agreement; 同意他的看法: agreeing with an opinion, no action
    settled = _AS_SETTLED.search(text, around.sentence, act.trigger.start) and text.startswith("，", at)
    if settled and len(act.actors) > 1:
        if re.search("访|即将", text[at : _clause(text, at + 1, at + 80)]):
            return  # a visit announced
        yield UndertakingPart(at + 1, _clause(text, at + 1, max(end, at + 80)), "agreed", trigger)
    elif _AGREED.search(trigger):
        yield from _split(around, at, end, "agreed", trigger, lists)
    elif len(act.actors) > 1 and (obliged := _OBLIGED.match(text, at - 2, end)):
        yield from _split(around, obliged.end(), end, "agreed", text[act.trigger.start : obliged.end()], lists)
    elif _SETTING_UP.match(trigger):
        decided = _DECIDED.search(text, around.sentence, act.trigger.start)
        hedge = decided[0] if decided is not None else act.hedge or "将"
        if (act.time == "planned" or decided is not None) and "关系" not in trigger:  # else already established
            yield from _split(around, act.trigger.start, end, "agreed", hedge, lists)
    elif _CONSENSUS.search(trigger):
        before = text[max(around.sentence, act.start) : act.trigger.start]
        topic = re.search("[就围绕在](?![^，]*[，；])", before)
        matter = before[topic.end() :] if topic else ""
        matter = re.sub("(?:进行[^，]*|等)$", "", matter)
        if topic and lists.doing.match(matter):
            start = act.trigger.start - len(before) + topic.end()
            yield UndertakingPart(start, start + len(matter), "agreed", trigger)
        if namely := _NAMELY.match(text, at, end):
            yield from _split(around, namely.end(), end, "agreed", text[act.trigger.start : namely.end()], lists)
        else:
            yield from _restarts(around, at, end, lists)


def _wished(around: ActSurroundings, lists: ChineseWords) -> Iterator[UndertakingPart]:
    """Recognise 双方都希望继续…: both are willing, and nobody else is asked."""
    act = around.act
    if (
        len(act.actors) < 2
        or act.targets
        or not around.trigger.endswith(("希望", "期待"))
        or {"PEOPLE", "WORLD"} & set(act.actors)
    ):
        return
    place = _ADVERB.match(around.text, act.trigger.end, around.end)
    if (place and lists.doing.match(around.text, place.end(), around.end)) or (
        place and place[0].startswith(("继续", "进一步"))
    ):
        yield UndertakingPart(act.trigger.end, around.end, "offered", around.trigger)


def _offered(around: ActSurroundings, lists: ChineseWords) -> Iterator[UndertakingPart]:
    text, act, end = around.text, around.act, around.end
    if "门" in around.trigger:
        door = re.search("对(?!话)([^，。]{2,20}?)的?大?门", text[act.start : act.trigger.end])
        if door:
            start = act.start + door.start(1)
            yield UndertakingPart(start, start + len(door[1].removesuffix("的")), "offered", around.trigger)
        return
    if "态度" in around.trigger or "意愿" in around.trigger or "诚意" in around.trigger:
        return
    start = _behind_hedge(around)
    if lists.doing.search(text, start, end):
        yield from _split(around, start, end, "offered", text[act.trigger.start : start], lists)


def _behind_hedge(around: ActSurroundings) -> int:
    """Where the words of obligation in the trigger end: 愿 in 愿与."""
    hedge = _MODAL.search(around.text, around.act.trigger.start, around.act.trigger.end)
    return hedge.end() if hedge else around.act.trigger.end


def _bound(around: ActSurroundings, lists: ChineseWords) -> Iterator[UndertakingPart]:
    text, act, end = around.text, around.act, around.end
    before = text[around.sentence : act.trigger.start]
    hedge = _MODAL.search(text, max(act.start, act.trigger.start - (12 if act.type == "aid" else 6)), act.trigger.end)
    if hedge is None or (lists.attitudes.search(around.trigger) and "承诺" not in around.trigger):
        return
    start = hedge.end()
    if (
        _TALKED_OVER.match(text, start, end)
        or _FILLED_WITH.search(text, start, end)
        or (hedge[0] == "致力于" and _OF_THE_PAST.search(text, start, end))
    ):
        return
    clause = re.split("[，；：]", before)[-1]
    if hedge[0] in ("将", "将会", "会") and (
        re.search(f"(?:{lists.matters.pattern})(?:也|都|还|必|均)?$", clause) or clause.endswith(("，", "的"))
    ):
        return
    if (
        "相信" in before
        or lists.supposing.search(clause)
        or lists.housekeeping.search(text, start, min(end, start + 16))
    ):
        return
    if lists.not_doing.search(text, start, min(end, start + 12)) or not lists.doing.search(
        text, start, min(end, start + 40)
    ):
        return
    clear = text[start : _clause(text, start, end)]
    alone = len(act.actors) == 1 and not act.targets
    if alone and (_DEFENCE.search(clear) or _DOMESTIC.search(clear)):
        return
    gives = act.rule in ("provide", "donate", "send", "give", "donated-lot") or re.search(
        "提供|捐赠|捐助|援助|派出|派遣|援[\u4e00-\u9fff]{1,3}项目", clear
    )
    strength: Strength = (
        "promised aid"
        if gives and (lists.aid.search(clear) or "项目" in clear) and hedge[0] not in ("致力于",)
        else "committed"
    )
    if _UNANIMOUS.search(before):
        strength = "agreed"
    elif _OCCASION.match(clear):
        return
    yield from _split(around, start, end, strength, hedge[0], lists)


def _proposed(around: ActSurroundings, lists: ChineseWords) -> Iterator[UndertakingPart]:
    text, act, end, trigger = around.text, around.act, around.end, around.trigger
    at = act.trigger.end
    if trigger.startswith(("倡导", "呼吁", "提名", "推荐", "推举")):
        return
    if trigger.startswith(("邀请", "发出")):
        if re.search("访|出席|参加|来华|赴|与会|参观|考察", text[at:end]):
            yield UndertakingPart(at, end, "proposed", trigger)
        return
    named = around.codes(at, min(end, at + 6))
    own = not named or set(named) & set(act.actors) or text.startswith("双方", at)  # 建议美方…: a request, not an offer
    if trigger in ("建议", "提议", "倡议") and own and lists.doing.search(text, at, min(end, at + 20)):
        yield from _split(around, at, end, "proposed", trigger, lists)


def _discussed(around: ActSurroundings, lists: ChineseWords) -> Iterator[UndertakingPart]:
    """What was discussed, by all participants."""
    both = tuple(dict.fromkeys((*around.act.actors, *around.act.targets)))
    return (part._replace(by=both) if part.strength == "discussed" else part for part in _talked(around, lists))


def _talked(around: ActSurroundings, lists: ChineseWords) -> Iterator[UndertakingPart]:
    text, act, end, trigger = around.text, around.act, around.end, around.trigger
    if act.time == "planned":
        kept = _KEPT.search(text, act.start, end)
        if kept is not None and not _TOO_VAGUE.search(text, act.start, kept.start()):
            yield UndertakingPart(kept.start("deed"), end, "committed", kept["hedge"])
        return
    if re.match("讨论|探讨|商讨|研讨|商谈", trigger):
        if _THEN_VIEWS.match(text, act.trigger.end) and "将" in text[around.sentence : act.trigger.start]:
            return  # 双方将梳理合作，探讨落实协议，并就其他问题交换意见
        if _is_deed(text, act.trigger.end, _clause(text, act.trigger.end, end), lists):
            yield from _split(around, act.trigger.end, end, "discussed", trigger, lists)
        return
    if re.search("讨论|探讨|交换|磋商|商讨", trigger):
        topic = re.search("就(?P<matter>[^，。；]*)$", text[act.start : act.trigger.start])
        matter = (
            re.sub("(?:等?(?:共同关心的)?(?:问题|议题|事宜|情况))?(?:深入|坦诚|充分|进一步|、)*$", "", topic["matter"])
            if topic
            else ""
        )
        if topic and lists.doing.match(matter) and len(matter) > 5 and not lists.views.search(matter):
            start = act.start + topic.start("matter")
            yield UndertakingPart(start, start + len(matter), "discussed", trigger)
    yield from _restarts(around, act.trigger.end, end, lists)


def _is_deed(text: str, start: int, end: int, lists: ChineseWords) -> bool:
    """Whether a clause contains an action, and no discussion of how matters are."""
    return lists.doing.search(text, start, end) is not None and lists.views.search(text, start, end) is None


# ---- one act, several things


def _clause(text: str, start: int, end: int) -> int:
    found = _BREAK.search(text, start, end)
    return found.start() if found else end


def _restarts(around: ActSurroundings, start: int, end: int, lists: ChineseWords) -> Iterator[UndertakingPart]:
    """What was agreed, discussed or offered in later clauses of the same act."""
    for at, strength, hedge in _openings(around.text, start, end, lists):
        finish = next((other for other, _, _ in _openings(around.text, at, end, lists, edges=True)), end)
        if _is_deed(around.text, at, finish, lists):
            yield from _coordinated(around.text, at, finish, strength, hedge, lists)


def _openings(
    text: str, start: int, end: int, lists: ChineseWords, *, edges: bool = False
) -> Iterator[tuple[int, Strength, str]]:
    """The clauses that begin anew, by the offset of their words, or with ``edges`` of the comma before."""
    for comma in _BREAK.finditer(text, start, end):
        link = _LINK.match(text, comma.end(), end)
        at = link.end() if link else comma.end()
        for pattern, strength in ((lists.agreed, "agreed"), (lists.discussed, "discussed"), (lists.offered, "offered")):
            found = pattern.match(text, at, end)
            if found:
                yield (comma.start() if edges else found.end()), strength, found[0]  # type: ignore[misc]
                break


def _split(
    around: ActSurroundings, start: int, end: int, strength: Strength, hedge: str, lists: ChineseWords
) -> Iterator[UndertakingPart]:
    if strength in ("offered", "committed"):  # 愿加强沟通，探讨合作: the offer is to discuss cooperation
        yield from _coordinated(around.text, start, end, strength, hedge, lists)
        return
    first = next((at for at, _, _ in _openings(around.text, start, end, lists, edges=True)), end)
    yield from _coordinated(around.text, start, first, strength, hedge, lists)
    if first < end:
        yield from _restarts(around, start, end, lists)


def _coordinated(
    text: str, start: int, end: int, strength: Strength, hedge: str, lists: ChineseWords
) -> Iterator[UndertakingPart]:
    """Coordinated clauses, each an action; if words before them govern all (按照…, 与…一道), they are one."""
    link = _ADVERB.match(text, start, end)
    opening = link.end() if link else start
    first = _clause(text, start, end)
    governed = lists.governing.match(text, opening, end) is not None and (
        not lists.doing.search(text, opening, first) or _GOVERNS.search(text[opening:first]) is not None
    )
    if governed or text[opening : opening + 1] in ("同", "与", "和"):
        edges = [(start, end)]
    else:
        edges = _clauses_of_doing(text, start, end, lists)
    for opens, finish in edges:
        begin = opens + len(text[opens:finish]) - len(text[opens:finish].lstrip("，；、。,;： "))
        words = text[begin:finish].rstrip("，；、。,; ")
        if len(words) > 3:
            yield UndertakingPart(begin, begin + len(words), strength, hedge)


def _clauses_of_doing(text: str, start: int, end: int, lists: ChineseWords) -> list[tuple[int, int]]:
    edges: list[tuple[int, int]] = []
    begin = start
    remark = _REMARK.search(text, start, end)
    end = remark.start() if remark else end
    for comma in _BREAK.finditer(text, start, end):
        link = _LINK.match(text, comma.end(), end)
        at = link.end() if link else comma.end()
        linked = text[comma.end() : at]
        if _SPIRIT.match(text, at, end):  # 本着…精神，实施…: these words govern what follows
            return [*edges, (begin, comma.start()), (comma.end(), end)]
        if lists.doing.match(text, at, end) or ("并" in linked and lists.doing.search(text, at, min(end, at + 14))):
            edges.append((begin, comma.start()))
            joining = _JOINING.match(text, comma.end(), end)
            begin = joining.end() if joining else comma.end()
    return [*edges, (begin, end)]
