"""References in Chinese: 我们, 该国, and one-character state names (美政府, 驻美, 阿巴双方) beside certain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from onrecord.annotation_types import MentionKind
from onrecord.languages.names import Hit, Name
from onrecord.languages.reference_rules import Choose, ReferenceRules
from onrecord.languages.zh.names import PAIRED
from onrecord.lexicon.tables import many
from onrecord.lexicon.world import display_names, world_rows

_WE = re.compile("我们|我方|我国|我(?!国|方|们)")
_LATTER = re.compile("该国|后者")
_WHERE = ("在", "赴", "抵达", "访问", "前往", "到", "飞往", "离开", "从", "至", "抵", "于")
_THERE = ("举行", "召开", "时间", "会见", "会晤", "出席", "当地", "市", "大学", "峰会", "机场")
#: 同俄方, but not 共同, 参与; how far before it its subject stands.
_PARTNER = re.compile("(?<![共不如认合相雷协赞])同|(?<![参给])与|跟")
_NEAR, _MARK = 14, re.compile("[，。；：、！？\n]")
_SENTENCE, _STOP = 200, re.compile("[。！？\n]")
_MATTER = ("问题", "局势", "核问题", "事务")
_AND = re.compile(r"\s*(?:-|和|与|同|跟|及|以及|、)*\s*")
#: 美政府, 委问题: a one-character state name ({sign}) before what only states have, unless a longer word begins there. 以人民 is
#: "by the people".
_OF_A_STATE = (
    "{sign}(?:(?<![\u4e00-\u9fff0-9０-９].)|(?<=[的和与同对向被为由据及就求使让促受到于称持决视助望支信因诸].))"
    "(?=政府|总统|总理|外长|首相|国务卿|财长|防长|国防部|外交部|国会|军方|军队|军机|军舰|军(?=[至仍已在非越])|警方|领导人|人民|官员|官方|议员|政客|高官|副总统|副总理"
    "|外交大臣|问题|局势|国内|各派|朝野|民众|社会|各界|公民|驻华|驻联合国|主导|应|须|必须)"
)
#: 驻美, 访朝, 援阿; 在朝办事处, 对美出口: a one-character state name after what is done in or to a state.
_TO_A_STATE = (
    "{sign}(?:(?:(?<=[驻赴访援侵抵旅].)|(?<=[^干]涉.))(?!问)|(?<=[对在].)(?=政策|出口|进口|贸易|制裁|军售|投资|施压|友好"
    "|中国公民|企业|办事处|人员|境内|留学|合作|关系|关税|加征|援助|态度|立场|实施|采取))"
)
#: 访华, 来华, 对华: China, but not in names (华盛顿, 华为) or for people of Chinese origin (华人, but 在华人员).
_TO_CHINA = re.compile("华(?<=[驻赴访来对在侵涉旅援反抗]华)(?![盛为沙尔春裔纳商北东侨夏语美]|人(?!员|士))")
#: 阿巴双方, 印巴边境: two one-character state names before what two states have between them.
_TWO_STATES = (
    "{sign}(?:{sign}|中)"
    "(?=双方|两国|加强|改善|之间|和地区|为重要|都|均|关系|边境|边界|首脑|冲突|双边|会晤|局势|外长|领导人|停火|和谈|战争|全面|友好|合作|建交)"
)
#: 阿、巴两国: the same, listed.
_TWO_LISTED = "{sign}[、和与]{sign}(?=双方|两国)"
#: 中吉乌三方: the third of three states, behind the pair of the first two.
_THIRD = "{sign}(?<=中{sign}{sign})(?=三方|三国)"
#: A number of states, not named: 110多个国家, 百余国.
_COUNTED = re.compile(
    "(?<![0-9０-９一二三四五六七八九十百数])[0-9０-９一二三四五六七八九十百数]++[多余]?(?:个(?:国家|成员国|成员(?!们))|国(?=[代领的政外家、，和对就在也都]))"
)
#: Characters that are too often other words: new, old, many, not, what, also, text, stand, row.
_NO_SIGNS = frozenset("新老多不所也文立列前中以")
_ISRAEL = re.compile("(?:政府|总统|总理|外长|防长|国防部|外交部|军方)")


class ChineseReferences(ReferenceRules):
    """The reference rules of Chinese."""

    we, latter, joins = _WE, _LATTER, _AND
    #: The text asked about last, and for each code whether it names the holder.
    _known: tuple[str, dict[str, bool]] = ("", {})

    def signs(self, text: str, hits: Sequence[Hit], whole: str, choose: Choose) -> Iterator[Hit]:
        """Yield 美 in 美政府 and 驻美使馆: one character for a state, outside other names."""
        hits = sorted([*hits, *(counted := list(_counted(text, hits)))])
        yield from counted
        taken = iter([*hits, Hit(len(text) + 1, len(text) + 1, "", ())])
        now = next(taken)
        of_a_state, to_a_state, third, two_states, two_listed = _patterns()
        patterns = (of_a_state, to_a_state, third, _TO_CHINA)
        places = {match.start(): 1 for pattern in patterns for match in pattern.finditer(text)}
        places.update((match.start(), 2) for match in two_states.finditer(text))
        places.update((match.start(), 3) for match in two_listed.finditer(text))
        for start, length in sorted(places.items()):
            while now.end <= start:
                now = next(taken)
            if now.start < start + length:
                continue
            if length > 1:
                pair = self._two_signs(text, (start, start + length - 1), whole, choose)
                if pair is not None:
                    yield Hit(start, start + length, text[start : start + length], (pair,))
                continue
            meant = _signs().get(text[start])
            if meant is not None and (text[start] != "以" or _ISRAEL.match(text, start + 1)):
                yield Hit(start, start + 1, text[start] + "方", meant)

    def _two_signs(self, text: str, places: tuple[int, int], whole: str, choose: Choose) -> Name | None:
        """Resolve 阿巴: two states whose full names are in the document."""
        codes, start = [], places[0]
        for at in places:
            if text[at] == "中":
                codes.append("CHN")
                continue
            name = choose(Hit(at, at + 1, text[at] + "方", _signs()[text[at]])) or _named_last(text[at], text[:start])
            if name is None or not self.names_in_full(name.codes[0], whole):
                return None
            codes.append(name.codes[0])
        return Name("reference", "pair", tuple(codes), "sign") if len(set(codes)) == 2 else None

    def pair(self, hit: Hit, choose_sign: Callable[[str], str | None], choose: Choose) -> Name | None:
        """Resolve 中巴: China, and the state that 巴方 would be here."""
        left = list(hit.names)
        for sign in hit.surface:
            meant = choose_sign(sign + "方")
            if meant is None:
                continue
            left = [name for name in left if meant in name.codes]
            if meant and not left and "中" in hit.surface:  # 中拉, 中阿: with a whole region
                return Name("reference", "pair", ("CHN", meant), "short")
        return left[0] if len(left) == 1 else choose(hit._replace(names=tuple(left))) if left else None

    def stands_alone(self, hit: Hit, name: Name, whole: str) -> bool:
        """Accept one character as a name only if the document has the state's full name, or the state is one that all know."""
        one_sign = hit.end - hit.start == 1 and name.form == "short"
        return not one_sign or name.id in ("CHN", *PAIRED) or self.names_in_full(name.id, whole)

    def names_in_full(self, code: str, whole: str) -> bool:
        """Search the document for the name in the world tables."""
        held = self._known
        if held[0] is not whole:
            held = self._known = (whole, {})
        said = held[1].get(code)
        if said is None:
            said = held[1][code] = display_names("zh").get(code, "\0") in whole
        return said

    def is_a_matter(self, hit: Hit, text: str) -> bool:
        """Recognise a matter before 问题, 局势."""
        return text.startswith(_MATTER, hit.end)

    def is_a_partner(self, hit: Hit, text: str) -> bool:
        """Recognise a partner behind 同, 与."""
        return _PARTNER.match(text, hit.start - 1) is not None if hit.start else False

    def same_clause(self, between: str) -> bool:
        """Few characters without a mark."""
        return len(between) < _NEAR and not _MARK.search(between)

    def same_sentence(self, between: str) -> bool:
        """No full stop, in the few characters of a sentence."""
        return len(between) < _SENTENCE and not _STOP.search(between)

    def is_a_place(self, hit: Hit, text: str) -> bool:
        """Recognise a place after 在, 赴, 抵达 or before 举行, 机场 and the like."""
        return text.endswith(_WHERE, 0, hit.start) or text.startswith(_THERE, hit.end)


def _counted(text: str, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Yield 110多个国家, 近70国: a number of states that are not named."""
    for found in _COUNTED.finditer(text):
        if not any(hit.start < found.end() and found.start() < hit.end for hit in hits):
            yield Hit(found.start(), found.end(), found[0], (Name("reference", "OTHER", ("OTHER",), "reference"),))


def _named_last(sign: str, before: str) -> Name | None:
    """The state with that sign whose full name stands nearest before; the names of the turn are not resolved yet."""
    places = {before.rfind(display_names("zh").get(one.codes[0], "\0")): one for one in _signs()[sign]}
    nearest = max(places)
    return places[nearest] if nearest >= 0 else None


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Where a state's one-character name may stand; a pattern that begins with a set of characters is searched fast."""
    sign = "[" + "".join(_signs()) + "]"
    return tuple(
        re.compile(form.replace("{sign}", sign))
        for form in (_OF_A_STATE, _TO_A_STATE, _THIRD, _TWO_STATES, _TWO_LISTED)
    )


@cache
def _signs() -> dict[str, tuple[Name, ...]]:
    """The states for which each single character may stand."""
    found: dict[str, tuple[Name, ...]] = {"华": (Name("country", "CHN", ("CHN",), "short"),)}
    for row in world_rows("states"):
        for sign in many(row["short_zh"]):
            if len(sign) == 1 and (sign not in _NO_SIGNS or sign == "以"):
                kind: MentionKind = "country" if row["kind"] == "state" else "territory"
                found[sign] = (*found.get(sign, ()), Name(kind, row["id"], (row["id"],), "short"))
    return found
