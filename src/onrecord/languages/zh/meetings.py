"""How a Chinese sentence reports a meeting: the partner after 同 or 对, the object of 会见 or 访问, the pair in 中美对话."""

from __future__ import annotations

import re
from functools import cache

from onrecord.annotation_types import NO_PARTY, Mention
from onrecord.languages.meeting_report import AND, FARTHEST, MeetingReport, MeetingSentence, codes_of, visits_apart
from onrecord.languages.meeting_words import MeetingWords, Trigger
from onrecord.languages.participants import Actor, first_joined, joined
from onrecord.languages.zh.meeting_places import PREPOSITIONS, place_in_name
from onrecord.lexicon.actors import is_state
from onrecord.lexicon.world import display_names, world_rows

#: 通话共识, 会晤精神: the result of a meeting, which the sentence is not about.
_ATTRIBUTE = re.compile("达成的?共识|共识|精神|成果|[^，。；]{0,6}共识")
_PART_END = re.compile("[。；：！？\n]")
#: No name of an actor with its office, and no name of a place, is longer.
_NEAR = 300
_CLAUSE_END = re.compile("[，。；：！？\n]")
_OBJECT = re.compile(
    "(?:了|来华[^，。]{0,10}的|正在[^，。]{0,8}的|到访的|来访的|率团[^，。]{0,8}的|应邀[^，。]{0,8}的|前来[^，。]{0,8}的|新任|候任|前)?"
)
#: A state before these is not itself met: 会见挪威某报老板.
_MODIFIES = re.compile(
    "(?![方政领总首国外王皇议军代高副前使驻大新现候客贵友内财防党特部来的等和与及、，。；）])[\u3400-\u9fff]"
)
_TAKES_OBJECT = frozenset("会见 访问 到访 回访 国事访问 正式访问".split())
_MARKED = frozenset("同与和跟对赴到向访")
_COUNTED = re.compile("第[一二三四五六七八九十百\\d]{1,4}[届次轮]|首[届次轮]")
_SEVERAL = re.compile("(?<![第十])[两三四五六七八九十多]次|多轮|数轮|几轮|历次|每[次年]|各[级层]")
_SESSION = re.compile("(?:对话|磋商)(?:机制)?(?:框架下)?第[一二三四五六七八九十百\\d]+[次轮届]会议$")
_OF_A_MECHANISM = re.compile("[^，。；：、在了的就]{2,16}?(?:对话|磋商)机制$")
#: 中-印尼对话, 中国—东盟: China beside a party named in full.
_WITH_CHINA = re.compile("中国?[-－—–·]")
#: The opening of a sentence that tells what fills a visit.
_IN_A_VISIT = re.compile(
    "(?:[^，。；]{0,16}，)?[^，。；]{0,14}?(?:正在[^，。；]{1,8}访问的|(?:访问[^，。]{0,8}|访华|此访|来访|访[^，。]{1,4})期间|期间，)"
)
_AFTER_A_VISIT = re.compile("(?:进行[^，。；]{0,10}访问|访华)，(?:并|还|同|将|与)[^。；]{0,40}$")
_NEGATED = re.compile(
    "(?:没有|并未|从未|未能|不会|不再|取消)[^，。；的]{0,8}$|(?:不再允许|不允许|不许|不得)[^，。；]{0,14}$"
)
#: 中美全面经济对话中方牵头人: the meeting is part of somebody's title.
_TITLE = re.compile("(?:[^，。；、]{1,2}方)?(?:牵头人|首席代表|代表团|团长|协调人|特使|秘书长)")
_ABOUT = re.compile("(?:就|围绕)[^，。；]{1,60}(?:举行|进行|召开|展开|开展)")
_ATTENDING = re.compile("(?:出席|参加|主持|与会|举办|主办|承办|召开|举行|共同主持|开幕)[^，。；]{0,24}$")


def read_chinese(sentence: MeetingSentence, words: MeetingWords, trigger: Trigger) -> MeetingReport | None:
    """Return the meeting a noun reports, None if it speaks of meeting in general."""
    report = _read(sentence, words, trigger)
    if report is not None and report.kind == "conference" and _SESSION.search(report.name):
        report.kind = "dialogue"  # 对话机制第六次会议
    elif (
        report is not None
        and report.kind == "meeting"
        and (
            _IN_A_VISIT.match(sentence.text, sentence.start)
            or _AFTER_A_VISIT.search(sentence.text, sentence.start, report.begin)
        )
    ):
        report.kind = "visit"  # 访问期间，双方举行会谈: the visit and what fills it are one
    return report


def _read(sentence: MeetingSentence, words: MeetingWords, trigger: Trigger) -> MeetingReport | None:
    text, around, word = sentence.text, words.around, trigger.word
    noun = words.nouns[word]
    begin, inside = _name(sentence, words, trigger)
    mechanism_name = _OF_A_MECHANISM.search(text, max(sentence.start, begin - 28), begin)
    if noun.kind == "conference" and mechanism_name:  # 中挪经济对话机制 第六次会议
        begin = mechanism_name.start()
        inside = [one for one in sentence.actors_in(begin, trigger.start) if one.codes and one.end <= trigger.start]
    end = trigger.end
    report = MeetingReport(noun.kind, text[begin:end], begin, end, trigger.start, loose=noun.loose, begin=begin)
    before = text[max(sentence.start, begin - 4) : begin]
    counted = bool(_COUNTED.search(report.name))
    telling = bool(_mechanism(sentence, trigger)) or any(not _NOBODY.match(one.name) for one in inside)
    going = _going_to(sentence, begin) if noun.kind in ("dialogue", "meeting") else None
    report.named = len(report.name) > len(word) and (counted or telling or (begin < trigger.start and not noun.loose))
    report.pointed = before.endswith(around.pointing)
    follows = text.startswith(around.after_pointing, end)
    report.topic = not _ATTRIBUTE.match(text, end)
    report.place = place_in_name(sentence, begin, trigger.start)
    named = [one for one in (*inside, report.place) if one is not None]
    report.marks = frozenset(_COMMON.sub("", "".join(
        text[at] for at in range(begin, trigger.start) if not any(one.start <= at < one.end for one in named)
    )))  # fmt: skip
    vague = (
        noun.loose
        and going is None
        and (
            text.startswith(around.vague_after, end)
            or (
                not counted
                and ((before.endswith(around.vague_before) and not telling) or _wishing(sentence, words, trigger))
            )
        )
    )
    if _NEGATED.search(text, max(sentence.start, begin - 18), trigger.start) or _TITLE.match(text, end):
        return None
    if vague or _SEVERAL.search(before + report.name):
        return None
    if len(inside) > 1 and len(inside[0].codes) > 1 and inside[-1].country and noun.kind != "conference":
        report.place = sentence.place_at(inside[-1].start)  # 中美元首阿根廷会晤
        inside = inside[:-1]
    report.add(inside)
    if inside and _WITH_CHINA.match(text, begin):
        report.parties["CHN"] = None
    mechanism = _mechanism(sentence, trigger)
    if mechanism is not None:
        report.parties.update(dict.fromkeys(code for code in mechanism.stands_for if code not in NO_PARTY))
    if report.pointed and len(report.parties) < 2:
        report.pointing = True
        report.parties = dict.fromkeys(report.parties) if telling else {}
        return report
    governed = _sides(sentence, words, trigger, report, begin, inside)
    if going is not None and len(report.parties) < 2:  # 赴泰国举行磋商: a visit there
        report.add([going])
        report.add(_subject(joined(text, sentence.free(going.start), AND), begin, set(going.codes)))
        report.kind, report.place, governed = "visit", sentence.place_at(going.start), True
    if governed or begin == trigger.start:
        sentence.by_act(report)
    _judge_specificity(sentence, words, trigger, report, governed=governed, telling=telling, counted=counted)
    report.pointing = report.pointing or (
        not report.specific and begin == trigger.start and (follows or report.pointed)
    )
    if report.pointing:
        report.parties, report.people = dict.fromkeys(code for one in inside for code in one.codes), []
    return report if report.specific or report.pointing else None


def _judge_specificity(
    sentence: MeetingSentence,
    words: MeetingWords,
    trigger: Trigger,
    report: MeetingReport,
    *,
    governed: bool,
    telling: bool,
    counted: bool,
) -> None:
    """Set whether the words identify the meeting, refer to one spoken of before, or only name a process."""
    text, noun, begin = sentence.text, words.nouns[trigger.word], report.begin
    conference = noun.kind == "conference"
    if len(report.parties) >= 2 and not conference:
        report.specific = not noun.loose or telling or counted or governed
    elif (
        len(report.parties) == 2
        and (telling or governed)
        and trigger.word in ("领导人会晤", "外长会晤", "外长会", "峰会", "非正式会晤")
        and all(is_state(code) for code in report.parties)
    ):
        report.kind, report.specific = "meeting", True  # a bilateral summit is a meeting
    elif conference and not report.named and _TAKING_PART.search(text, sentence.start, begin):
        report.pointing = bool(report.parties)  # 首次参加会议: one spoken of before
    elif conference and report.parties:
        held_by_one = governed and not any(map(is_state, report.parties))  # 国际组织在维也纳召开会议
        several = governed and len(report.parties) >= 2
        report.specific = (report.named and (telling or counted)) or several or held_by_one
    if noun.loose and noun.kind == "dialogue" and not counted:
        near = text[max(sentence.start, begin - 14) : min(sentence.end, trigger.end + 16)]
        report.told = governed or bool(_HELD_SOMETIME.search(near))


#: Words that are common in names of meetings.
_COMMON = re.compile("元首|领导人|外长|双方|两国|双边|视频|正式|工作|国家|首次|电话|[—“”《》、]")
#: 双方, 两国: these say who meets, but not which meeting it is.
_NOBODY = re.compile("(?:双方|两国|两军|彼此|三方|各方).*|我们?$")
#: What tells of a session: 中美经贸磋商 alone is a process of many.
_HELD_SOMETIME = re.compile(
    "举行|召开|结束|开始|启动|开幕|开启|出席|参加|主持|[昨今明]天|[0-9]日|[上下本]周|周[一二三四五六日末]|即将|刚刚|[首新上下本此这]一?轮|期间|框架"
)
_HOLDING = re.compile("(?:举行|进行|参加|主持)[^，。；]{0,10}")
_TAKING_PART = re.compile("(?:出席|参加)[^，。；]{0,2}$")
#: A council in whose name 会 does not end a word.
_COUNCILS = ("理事", "委员", "部长", "联席", "常委", "执委", "联委", "混委", "组委", "指委")


def _going_to(sentence: MeetingSentence, begin: int) -> Actor | None:
    """The state to which somebody goes for talks, named in the same clause before them."""
    text = sentence.text
    for actor in reversed(sentence.actors_in(max(sentence.start, begin - 24), begin)):
        if actor.country and actor.end <= begin and text.endswith(("赴", "前往"), sentence.start, actor.start):
            between = text[actor.end : begin]
            return actor if _HOLDING.fullmatch(between) and sentence.principal not in actor.codes else None
    return None


def _wishing(sentence: MeetingSentence, words: MeetingWords, trigger: Trigger) -> bool:
    """Whether a meeting is only wished for, refused or possible."""
    floor = max(sentence.start, trigger.start - FARTHEST)
    floor = max((one.end() for one in _PART_END.finditer(sentence.text, floor, trigger.start)), default=floor)
    return bool(words.pattern("wishing").search(sentence.text, floor, trigger.start))


def _name(sentence: MeetingSentence, words: MeetingWords, trigger: Trigger) -> tuple[int, list[Actor]]:
    """Where the name begins, and the parties in it: with 中美, an organisation, 第五届, or the nearest words of a name."""
    text = sentence.text
    floor = max(sentence.start, trigger.start - 30)
    floor = max((one.end() for one in _CLAUSE_END.finditer(text, floor, trigger.start)), default=floor)
    near = sentence.actors_in(trigger.start - _NEAR, trigger.start)
    for actor in near:
        if actor.people and floor < actor.end <= trigger.start:
            floor = actor.end
    for stop in words.pattern("name_stops").finditer(text, floor, trigger.start):
        council = stop[0] == "会" and text.endswith(_COUNCILS, floor, stop.start())
        if not council and not any(actor.start < stop.end() and stop.start() < actor.end for actor in near):
            floor = stop.end()
    inside = [
        actor for actor in near if floor <= actor.start < trigger.start and actor.end <= trigger.end and actor.codes
    ]  # an office may be in both: 上合组织外长会议
    for actor in reversed(
        sentence.free(inside[0].start) if inside else []
    ):  # 挪威和智利战略对话: 和 between parties does not end the name
        if not AND.fullmatch(text, actor.end, inside[0].start):
            break
        inside.insert(0, actor)
    counted = _COUNTED.search(text, floor, trigger.start)
    starts = [actor.start for actor in inside[:1]] + ([counted.start()] if counted else [])
    visit = words.nouns[trigger.word].kind == "visit"  # 外长访华 is not the name of the visit
    modifiers = words.around.visit_modifiers if visit else words.around.modifiers
    plain = trigger.start
    while plain > floor:
        modifier = next((one for one in modifiers if text.endswith(one, floor, plain)), None)
        if modifier is None:
            break
        plain -= len(modifier)
    mechanism = _mechanism(sentence, trigger)
    if mechanism is not None:
        starts.append(mechanism.start)
    begin = plain if visit else min([plain, *starts])
    if begin > floor and text[begin - 1] in "“《「":
        begin -= 1
    return begin, inside


def _mechanism(sentence: MeetingSentence, trigger: Trigger) -> Mention | None:
    """The mechanism in the tables whose name ends in the noun."""
    return next(
        (
            one
            for one in sentence.mentions_in(trigger.start - _NEAR, trigger.end)
            if one.kind == "mechanism" and one.stands_for and one.start < trigger.end <= one.end
        ),
        None,
    )


def _sides(
    sentence: MeetingSentence,
    words: MeetingWords,
    trigger: Trigger,
    report: MeetingReport,
    begin: int,
    inside: list[Actor],
) -> bool:
    """Add the participants from object, destination and preceding words; return whether the words say that they meet."""
    text, word, end = sentence.text, trigger.word, trigger.end
    about = [
        one.span() for one in _ABOUT.finditer(text, max(sentence.start, begin - FARTHEST), begin)
    ]  # 就法国起草的决议举行磋商
    left = [
        actor
        for actor in sentence.free(begin)
        if actor not in inside
        and not _is_place(sentence, actor, report)
        and not any(first < actor.start < last for first, last in about)
    ]
    partner, stops = False, list[Actor]()
    if word in _TAKES_OBJECT:
        group = first_joined(
            text, (one for one in sentence.actors_in(end, sentence.end) if one.start >= end and one.codes), AND
        )
        modifies = word == "会见" and group and group[-1].country and _MODIFIES.match(text, group[-1].end)
        if group and not modifies and _OBJECT.fullmatch(text, end, group[0].start):
            stops = group if report.kind == "visit" and all(one.country for one in group) else []
            report.add(group[:1] if report.kind == "visit" else group)  # stops of a tour are visits of their own
            partner = True
            if report.kind == "visit":
                report.place = sentence.place_at(group[0].start)
    abroad = _destination(word, sentence, text[max(sentence.start, trigger.start - 6) : trigger.start])
    if abroad:
        report.parties[abroad] = None
        stops = [Actor(trigger.end - 1, trigger.end, (abroad,), country=True)]
        report.place = report.place or _destination_named(abroad, trigger.end - 1)
        partner = True
    groups = joined(text, left, AND)
    governed = partner
    if groups and not partner:
        nearest = groups[-1]
        gap = text[nearest[-1].end : begin]
        holding = bool(words.pattern("holding").search(gap))
        if len(gap) <= 45 and not re.search("[；：]|，(?!在|于|就|应)", gap):
            marked = nearest[0].start > sentence.start and text[nearest[0].start - 1] in _MARKED
            if report.kind == "conference":
                takes = holding and bool(_ATTENDING.search(gap))
            else:
                takes = marked or len(nearest) > 1 or len(codes_of(nearest)) > 1 or holding
            if takes:
                tour = report.kind == "visit" and marked and all(one.country for one in nearest)
                stops = nearest if tour else stops
                report.add(nearest[:1] if tour else nearest)
                partner, governed = True, holding or marked
                if marked and report.kind == "visit":
                    report.place = sentence.place_at(nearest[0].start)
                groups = groups[:-1]
    if groups and partner and report.kind != "conference" and (len(report.parties) < 2 or not report.people):
        subject = _subject(groups, begin, set(report.parties))
        report.apart = visits_apart(subject, stops, sentence)
        report.add([one for one in subject if one.codes == subject[0].codes] if report.apart else subject)
    return governed


def _is_place(sentence: MeetingSentence, actor: Actor, report: MeetingReport) -> bool:
    """Whether a country is named as the location: 在意大利罗马举行."""
    lead = sentence.text[max(sentence.start, actor.start - 3) : actor.start]
    return (
        actor.country
        and lead.endswith(("在", "于", *(() if report.kind == "visit" else ("赴",))))
        and not lead.endswith(PREPOSITIONS)
    )


def _subject(groups: list[list[Actor]], begin: int, known: set[str]) -> list[Actor]:
    """The subject before the partner: an actor of another party, or the people of the two parties."""
    for group in reversed(groups):
        if begin - group[-1].end >= 120:
            break
        codes = codes_of(group)
        if codes - known or (len(known) > 1 and codes & known and any(one.people for one in group)):
            return group
    return []


def _destination_named(code: str, at: int) -> Mention:
    """The state whose sign is the destination in 访华, 访美, by its name."""
    name = display_names("zh").get(code, code)
    return Mention(kind="country", id=code, name=name, start=at, end=at + 1, stands_for=(code,))


@cache
def _shorts() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {"华": ("CHN",)}
    for row in world_rows("states"):
        for short in row["short_zh"].split("|"):
            if len(short) == 1:
                found[short] = (*found.get(short, ()), row["id"])
    return found


def _destination(word: str, sentence: MeetingSentence, before: str) -> str | None:
    """The destination state in 访华, 访美, 来华访问; for 来访 the principal's."""
    if word == "来访" or before.endswith("来华"):
        return sentence.principal
    codes = _shorts().get(word[-1], ()) if len(word) == 2 and word[0] == "访" and word != "访问" else ()
    if len(codes) <= 1:
        return next(iter(codes), None)
    spoken = [code for actor in sentence.actors for code in actor.codes if code in codes]
    return spoken[-1] if spoken else None
