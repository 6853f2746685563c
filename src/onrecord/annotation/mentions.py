"""Mentions: actors, people, offices, places, mechanisms and issues named in the words, resolved where the context tells.

A name with two meanings takes the one that the words near it tell, by ``lexicon/ambiguous.csv``, and stays open where they do
not. "The two sides", "both heads of state", "双方" stand for the parties spoken of; "we" and "our" for the podium.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from onrecord import languages
from onrecord.annotation.podium import podium_of
from onrecord.languages import ruled
from onrecord.languages.name_tables import Condition
from onrecord.languages.names import Hit, Name, of_a_former_state
from onrecord.languages.zh.names import PAIRED
from onrecord.lexicon.former_states import existed
from onrecord.lexicon.tables import many
from onrecord.lexicon.world import Holding, display_names, holdings, world_rows
from onrecord.marks import NO_PARTY, Mention, MentionKind
from onrecord.record import Document, Turn

#: So many characters to either side count as near a name that the words around it tell apart.
_NEAR = 160
_ACTING = ("country", "territory", "organisation", "person", "office")
_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Uu]s|[Oo]urs|[Oo]urselves|I|[Mm]y)\b(?!\.)")
_WE_ZH = re.compile("我们|我方|我国|我(?!国|方|们)")
_LATTER = re.compile(r"\bthe latter\b|该国|后者")
_WHERE = (
    "in", "In", "to", "from", "near", "outside", "around", "at", "of", "visit", "visited", "visiting", "left", "into", "via",
    "downtown",
)  # fmt: skip
_WHERE_ZH = ("在", "赴", "抵达", "访问", "前往", "到", "飞往", "离开", "从", "至", "抵", "于")
_THERE_ZH = ("举行", "召开", "时间", "会见", "会晤", "出席", "当地", "市", "大学", "峰会", "机场")
_AND = re.compile(r"\s*(?:and|with|-|和|与|同|跟|及|以及|、|the|the\s+)*\s*(?:the\s+)?")
_TITLED = re.compile(
    r"(?:\b(?:Mr|Ms|Mrs|Dr|Sir|President|Minister|Secretary|Chairman|Chancellor|Premier|Director|Ambassador|Governor|Senator"
    r"|Councilor|Envoy|General|King|Prime Minister|Speaker|Congressman|Representative|Advisor|Adviser|Prince|Leader)\b\.?\s+)$"
)
#: A paragraph or sentence that says nothing but a name calls somebody up: "Jordan.", "Go ahead, Jordan."
_CALLED = re.compile(
    r"(?i:^|[.!?)]|\b(?:yes|okay|ok|ahead|thanks|thank you|all right|and|now|sure|hi|hey|hello)\b,?)[\s\u00a0]*$"
)
_CALLED_END = re.compile(
    r"[.?!,—-]*[\s\u00a0]*(?:[—-]+\s*)?(?:\n|$)"
    r"|, (?:I|I[’']\w+|[Yy]ou|[Ww]e|[Ww]hat|[Tt]hat|[Ii]t|[Aa]s|[Ii]f|[Ll]et|[Ww]ell|[Gg]o|[Tt]he)\b"
)
_AHEAD = re.compile(r"\b(?:[Gg]o ahead|[Tt]hanks|[Tt]hank you|[Yy]es|[Oo]kay|[Ss]ure|[Hh]i|[Hh]ey),[\s\u00a0]*$")
_GIVEN = re.compile(r"[ \u00a0]+(?:[A-Z]\. )?([A-Z][a-z’'-]+)")
#: 美政府, 委问题: the sign of a state before what only a state has, where no longer word can begin. 以人民 is "by the people".
_OF_A_STATE = re.compile(
    "(?:(?<![\u4e00-\u9fff0-9０-９])|(?<=[的和与同对向被为由据及就求使让促受到于称持决视助望支信因诸]))([\u4e00-\u9fff])"
    "(?=政府|总统|总理|外长|首相|国务卿|财长|防长|国防部|外交部|国会|军方|警方|领导人|人民|官员|官方|议员|政客|高官|副总统|副总理"
    "|外交大臣|问题|局势|国内|各派|朝野|民众|社会|各界|公民|驻华|驻联合国|主导)"
)
#: 驻美, 访朝, 援阿; 在朝办事处, 对美出口: the sign of a state behind what is done there.
_TO_A_STATE = re.compile(
    "(?:(?<=[驻赴访援侵抵旅])|(?<=[^干]涉))([\u4e00-\u9fff])(?!问)|(?<=[对在])([\u4e00-\u9fff])(?=政策|出口|进口|贸易|制裁|军售|投资|施压|友好"
    "|中国公民|企业|办事处|人员|境内|留学|合作|关系|关税|加征|援助|态度|立场|实施|采取)"
)
#: 访华, 来华, 对华: China, where no name (华盛顿, 华为) and no people of that origin (华人, but 在华人员) are meant.
_TO_CHINA = re.compile("(?<=[驻赴访来对在侵涉旅援反抗])(华)(?![盛为沙尔春裔纳商北东侨夏语美]|人(?!员|士))")
#: 阿巴双方, 印巴边境: two signs before what two states have between them.
_TWO_STATES = re.compile(
    "([\u4e00-\u9fff])([\u4e00-\u9fff])(?=双方|两国|关系|边境|边界|首脑|冲突|双边|会晤|局势|外长|领导人|停火|和谈|战争|全面|友好|合作|建交)"
)
_SURNAME_FIRST = frozenset({"CHN", "TWN", "HKG", "KOR", "PRK", "VNM"})
#: Signs that are too often another word: new, old, many, not, what, also, text, stand, row.
_NO_SIGNS = frozenset("新老多不所也文立列前中以")
_ISRAEL = re.compile("(?:政府|总统|总理|外长|防长|国防部|外交部|军方)")


@dataclass(slots=True)
class Parties:
    """Who has been spoken of, nearest last: what "the two sides" and "the latter" are resolved by."""

    podium: str | None
    spoken: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    pair: tuple[str, ...] = ()

    def note(self, codes: tuple[str, ...]) -> None:
        """Actors named, as they come."""
        for code in codes:
            if code in self.spoken:
                self.spoken.remove(code)
            self.spoken.append(code)
            self.counts[code] = self.counts.get(code, 0) + 1

    def joined(self, one: tuple[str, ...], other: tuple[str, ...]) -> None:
        """Two actors named as one party and the other ("the ROK and the DPRK")."""
        both = dict.fromkeys((*one, *other))
        if len(both) == 2:
            self.pair = tuple(both)

    @property
    def others(self) -> list[str]:
        """Those spoken of but the podium, nearest last."""
        return [code for code in self.spoken if code != self.podium and code not in NO_PARTY]

    def two(self) -> tuple[str, ...]:
        """The two sides: a pair just named, or the podium and who else is spoken of."""
        if self.pair and self.podium not in self.pair:
            return self.pair
        others = self.others
        if self.podium and others:  # whom it is about: named most since the question, and of those last
            return (self.podium, max(others, key=lambda code: (self.counts.get(code, 0), others.index(code))))
        return self.pair or tuple(others[-2:] if len(others) > 1 else ())

    def three(self) -> tuple[str, ...]:
        """The three sides: the podium and two others, or three others."""
        others = self.others
        return (self.podium, *others[-2:]) if self.podium and len(others) > 1 else tuple(others[-3:])


def find_mentions(document: Document) -> tuple[Mention, ...]:
    """The mentions of a document, in order of their places; issues may stand over names, names never over each other.

    Every span lies inside a turn. ``id`` is ``None`` where the words leave open what is named.
    """
    language = ruled(document.language)
    if language is None:
        return ()
    podium = podium_of(document)
    parties = Parties(podium)
    reader = _Reader(document, language, parties)
    for hit in languages.find(language).names.find(document.title):
        reader.resolve(hit, document.title)
    found: list[Mention] = []
    for turn in document.turns:
        found += reader.read(turn)
    return tuple(found)


class _Reader:
    """Reads the mentions of one document, turn after turn."""

    def __init__(self, document: Document, language: str, parties: Parties) -> None:
        self.document, self.language, self.parties = document, language, parties
        self.names = languages.find(language).names
        self.issues = languages.find(language).issue_words
        self.conditions = languages.find(language).conditions
        self.people: set[str] = set()
        self.office: tuple[int, str] = (-9, "")  # where the last office named ends, and which

    def read(self, turn: Turn) -> list[Mention]:
        text = turn.text
        found: list[Mention] = []
        hits = self.names.find(text)
        if turn.kind != "question":
            hits = sorted([*hits, *self._pronouns(text, hits)])
        if self.language == "zh":
            hits = sorted([*hits, *self._signs(text, hits)])
        if turn.kind == "question":
            self.parties.counts.clear()
        if turn.kind == "question" or not self.parties.others:
            self.parties.pair = ()
        last: tuple[int, tuple[str, ...]] | None = None
        for hit in hits:
            mention = self.resolve(hit, text)
            if mention is None:
                continue
            if mention.codes and mention.kind in _ACTING:
                if last is not None and _AND.fullmatch(text, last[0], hit.start):
                    self.parties.joined(last[1], mention.codes)
                last = (hit.end, mention.codes)
            found.append(mention.moved(turn.start))
        found += self._issues(text, turn.start)
        found.sort(key=lambda one: (one.start, -one.end))
        return found

    def _issues(self, text: str, offset: int) -> Iterator[Mention]:
        for hit in self.issues.find(text.lower() if len(text.lower()) == len(text) else text):
            yield Mention(
                kind="issue", id=hit.names[0].id, name=text[hit.start : hit.end], start=offset + hit.start, end=offset + hit.end
            )  # fmt: skip

    def _signs(self, text: str, hits: list[Hit]) -> Iterator[Hit]:
        """美 in 美政府 and 驻美使馆: one sign for a state, where no name stands."""
        taken = iter([*hits, Hit(len(text) + 1, len(text) + 1, "", ())])
        now = next(taken)
        patterns = (_OF_A_STATE, _TO_A_STATE, _TO_CHINA)
        places = {match.start(match.lastindex or 0): 1 for pattern in patterns for match in pattern.finditer(text)}
        for match in _TWO_STATES.finditer(text):
            if match[1] in _signs() and (match[2] in _signs() or match[2] == "中"):
                places[match.start()] = 2
        for start, length in sorted(places.items()):
            while now.end <= start:
                now = next(taken)
            if now.start < start + length:
                continue
            if length == 2:
                pair = self._two_signs(text, start)
                if pair is not None:
                    yield Hit(start, start + 2, text[start : start + 2], (pair,))
                continue
            meant = _signs().get(text[start])
            if meant is not None and (text[start] != "以" or _ISRAEL.match(text, start + 1)):
                yield Hit(start, start + 1, text[start] + "方", meant)

    def _two_signs(self, text: str, start: int) -> Name | None:
        """阿巴: two states, each of which the document names in full."""
        codes = []
        for at in (start, start + 1):
            if text[at] == "中":
                codes.append("CHN")
                continue
            ruled = tuple(
                one for one in self.conditions.get(text[at] + "方", ()) if one.kind not in ("before", "after")
            )
            hit = Hit(at, at + 1, text[at] + "方", _signs()[text[at]])
            name = (self._ruled(ruled, hit, text) if ruled else None) or self._chosen(hit, text)
            if name is None or not _named(name.codes[0], self.document.text):
                return None
            codes.append(name.codes[0])
        return Name("reference", "pair", tuple(codes), "sign") if len(set(codes)) == 2 else None

    def _pronouns(self, text: str, hits: list[Hit]) -> Iterator[Hit]:
        """ "We", "our", "the latter", where no name stands."""
        taken = iter([*hits, Hit(len(text) + 1, len(text) + 1, "", ())])
        now = next(taken)
        pattern = _WE if self.language == "en" else _WE_ZH
        places = (
            [(match.start(), match.end(), "podium") for match in pattern.finditer(text)] if self.parties.podium else []
        )
        places += [(match.start(), match.end(), "latter") for match in _LATTER.finditer(text)]
        for start, end, means in sorted(places):
            while now.end <= start:
                now = next(taken)
            if now.start >= end:
                yield Hit(start, end, text[start:end], (Name("reference", means, (), "pronoun"),))

    def resolve(self, hit: Hit, text: str) -> Mention | None:
        """What a hit names here, ``None`` where it names nothing."""
        chosen: Name | None
        former = [name for name in hit.names if of_a_former_state(name)]
        if former:
            hit = hit._replace(names=tuple(name for name in hit.names if name not in former))
            former = [name for name in former if existed(name.codes[0], self.document.date)]
            if former and not hit.names:
                hit = hit._replace(names=tuple(former))
        if not hit.names:
            return None
        ruled = self.conditions.get(hit.surface)
        if hit.names[0].id == "pair" and hit.names[0].form != "sign":
            chosen = self._paired(hit, text) if ruled is None or self._meant(ruled, hit, text) else None
            if chosen is None:
                return None
        elif ruled is not None:
            chosen = self._ruled(ruled, hit, text)
            if chosen is None:
                return None
        elif len(hit.names) == 1:
            chosen = hit.names[0]
        else:
            chosen = self._chosen(hit, text)
        if chosen is None:  # two meanings, and nothing tells which: but all may be of one state
            states = {self._codes(name) for name in hit.names} if hit.names[0].kind == "person" else set()
            if hit.names[0].form == "surname" and not self._known_surname(hit.names[0], hit, text):
                return None
            return Mention(
                kind=hit.names[0].kind, id=None, name=text[hit.start : hit.end], start=hit.start, end=hit.end,
                stands_for=states.pop() if len(states) == 1 else (),
            )  # fmt: skip
        if former and chosen.form == "metonym":  # in 1985 Moscow is the Soviet government
            chosen = chosen._replace(id=former[0].codes[0], codes=former[0].codes)
        elif former and chosen.kind == "place":
            chosen = former[0]
        if chosen.form == "shield" and not chosen.id:
            return None
        if (
            chosen.form == "metonym"
            and hit.surface in _capitals()
            and self._is_a_place(hit, text, settled=ruled is not None)
        ):
            return None
        one_sign = hit.end - hit.start == 1 and chosen.form == "short"
        if one_sign and chosen.id not in ("CHN", *PAIRED) and not _named(chosen.id, self.document.text):
            return None
        if chosen.form == "surname" and not self._known_surname(chosen, hit, text):
            return None
        if chosen.kind == "person":
            self.people.add(chosen.id)
        elif chosen.kind == "office":
            self.office = (hit.end, chosen.id)
        codes = self._codes(chosen)
        if chosen.kind in _ACTING or chosen.form in ("short", "pronoun"):
            self.parties.note(codes)
        if chosen.id == "pair":
            self.parties.pair = codes
        elif chosen.id == "podium":
            self.parties.pair = ()
        if chosen.kind == "reference" and not codes:
            return None
        own = chosen.id if chosen.kind != "reference" or chosen.codes else None
        if own in ("pair", "podium"):
            own = None
        return Mention(
            kind=chosen.kind, id=own, name=text[hit.start : hit.end], start=hit.start, end=hit.end,
            stands_for=codes if codes != (own,) else (),
        )  # fmt: skip

    def _is_a_place(self, hit: Hit, text: str, *, settled: bool) -> bool:
        """A capital that is where something happens, and no government: "in Kabul", "Addis Ababa, Ethiopia", "在伊斯兰堡会见"."""
        if text[hit.end : hit.end + 2] == ", ":
            own = display_names(self.language).get(hit.names[0].id, "\0")
            if text.startswith((own, "the " + own), hit.end + 2):
                return True
        if settled:  # a row of the table has spoken
            return False
        if self.language == "zh":
            return text.endswith(_WHERE_ZH, 0, hit.start) or text.startswith(_THERE_ZH, hit.end)
        return _ends(text[max(0, hit.start - 12) : hit.start].rstrip(" \u00a0"), _WHERE, True)

    def _codes(self, name: Name) -> tuple[str, ...]:
        if name.kind == "person":
            held = holdings()[name.id]
            return (next((one.state for one in held if _holds(one, self.document.date)), held[0].state),)
        if name.kind != "reference" or name.codes:
            return name.codes
        parties = self.parties
        if name.id == "podium":
            return (parties.podium,) if parties.podium else ()
        if name.id == "latter":
            return tuple(parties.others[-1:])
        if name.id == "parties":
            return parties.two()
        if name.id == "parties-three":
            return parties.three()
        return ()

    def _ruled(self, ruled: tuple[Condition, ...], hit: Hit, text: str) -> Name | None:
        """What the table says a name means here: its meaning of that id, else one of that state, else the state itself."""
        meant = self._meant(ruled, hit, text)
        if not meant:
            return None
        own = [name for name in hit.names if meant in (name.id, *name.codes) and name.kind != "office"]
        return next(
            (name for name in own if name.id == meant), own[0] if own else Name("country", meant, (meant,), "name")
        )

    def _meant(self, ruled: tuple[Condition, ...], hit: Hit, text: str) -> str | None:
        """The id of the first row that holds, empty where the name names nothing; ``None`` where no row holds."""
        for one in ruled:
            if not self._holds(one, hit, text):
                continue
            if one.kind in (
                "turn",
                "document",
            ):  # 巴方 where both Pakistan and Brazil are named: whoever was named last
                rivals = {
                    other.id for other in ruled if other.kind == one.kind and other.id and self._holds(other, hit, text)
                }
                if len(rivals) > 1:
                    return next((code for code in reversed(self.parties.spoken) if code in rivals), "")
            return one.id
        return None

    def _paired(self, hit: Hit, text: str) -> Name | None:
        """中巴: China, and the state that 巴方 would be here."""
        left = list(hit.names)
        for sign in hit.surface:
            ruled = [one for one in self.conditions.get(sign + "方", ()) if one.kind not in ("before", "after")]
            meant = self._meant(tuple(ruled), hit, text)
            if meant is None:
                continue
            left = [name for name in left if meant in name.codes]
            if meant and not left and "中" in hit.surface:  # 中拉, 中阿: with a whole region
                return Name("reference", "pair", ("CHN", meant), "short")
        return left[0] if len(left) == 1 else self._chosen(hit._replace(names=tuple(left)), text) if left else None

    def _holds(self, condition: Condition, hit: Hit, text: str) -> bool:
        if condition.kind == "default":
            return True
        bounded = self.language == "en"
        if condition.kind == "near":
            around = text[max(0, hit.start - _NEAR) : hit.end + _NEAR]
            return any(word in around for word in condition.words)
        if condition.kind == "before":
            return _ends(text[max(0, hit.start - 40) : hit.start].rstrip(" \u00a0-"), condition.words, bounded)
        if condition.kind == "after":
            return _begins(text[hit.end : hit.end + 40].lstrip(" \u00a0-"), condition.words, bounded)
        if condition.kind == "alone":
            return _called_up(hit, text)
        if condition.kind == "given-name":
            follows = _GIVEN.match(text, hit.end)
            return follows is not None and follows[1] not in condition.words
        if condition.kind == "turn":
            return any(word in text for word in condition.words)
        if condition.kind == "issuer":
            return self.document.issuer.startswith(condition.words)
        whole = self.document.text
        return any(word in whole for word in condition.words)

    def _chosen(self, hit: Hit, text: str) -> Name | None:
        """One of several meanings: a shield, the one already spoken of, the person in office on the day; or none."""
        shields = [name for name in hit.names if name.form == "shield"]
        if shields:
            return shields[0]
        if all(name.kind == "person" for name in hit.names):
            known = [name for name in hit.names if name.id in self.people]
            if len(known) == 1:
                return known[0]
            titled = [
                name for name in hit.names
                if 0 <= hit.start - self.office[0] <= 1 and any(held.office == self.office[1] for held in holdings()[name.id])
            ]  # fmt: skip
            return _alone([name for name in titled or hit.names if _in_office(name.id, self.document.date)]) or _alone(
                titled
            )
        if all(name.form == "short" for name in hit.names):  # 巴方: the state whose name the document says
            whole = self.document.text
            living = [name for name in hit.names if existed(name.codes[-1], self.document.date)]
            said = [name for name in living if name.codes[-1] in self.parties.spoken]
            said = said or [name for name in living if _named(name.codes[-1], whole)]
            return _alone(said)
        forms = ("name", "demonym", "metonym", "body", "capital", "generic", "words", "reference", "surname", "short")
        return min(hit.names, key=lambda name: (name.kind not in _ACTING, forms.index(name.form)))

    def _known_surname(self, name: Name, hit: Hit, text: str) -> bool:
        """A surname alone names somebody where a title stands before it, or the whole name was said.

        Where surnames stand first, a capital word behind one is a given name: "Ms. Meng Wanzhou" is no other Meng.
        """
        if name.codes and name.codes[0] in _SURNAME_FIRST and _GIVEN.match(text, hit.end):
            return False
        if name.id in self.people and self.language == "en":
            return True
        return bool(_TITLED.search(text, max(0, hit.start - 40), hit.start))


def _alone(names_left: list[Name]) -> Name | None:
    return names_left[0] if len(names_left) == 1 else None


def _in_office(person: str, day: str | None) -> bool:
    return any(_holds(held, day) for held in holdings()[person])


def _holds(held: Holding, day: str | None) -> bool:
    return day is not None and (not held.since or held.since <= day) and (not held.until or day <= held.until + "~")


def _named(code: str, text: str) -> bool:
    return display_names("zh").get(code, "\0") in text


def _ends(words: str, endings: tuple[str, ...], bounded: bool) -> bool:
    """Whether words end with one of several, in English as whole words: "visa Turkey" does not end with "a"."""
    return words.endswith(endings) and (
        not bounded
        or any(
            words.endswith(one)
            and (len(one) == len(words) or not (one[0].isalnum() and words[-len(one) - 1].isalnum()))
            for one in endings
        )
    )


def _begins(words: str, beginnings: tuple[str, ...], bounded: bool) -> bool:
    return words.startswith(beginnings) and (
        not bounded
        or any(
            words.startswith(one) and (len(one) == len(words) or not (one[-1].isalnum() and words[len(one)].isalnum()))
            for one in beginnings
        )
    )


def _called_up(hit: Hit, text: str) -> bool:
    """Whether a name is a reporter's who is called up: alone in its paragraph, or behind "Go ahead,"."""
    before = text[max(text.rfind("\n", 0, hit.start) + 1, hit.start - 40) : hit.start].strip(" \t\u00a0")
    if _AHEAD.search(before + " "):
        return True
    alone = not before or before.endswith(":") or (len(before) < 20 and _CALLED.search(before) is not None)
    return alone and _CALLED_END.match(text, hit.end) is not None


@cache
def _capitals() -> frozenset[str]:
    return frozenset(row[column] for row in world_rows("states") for column in ("capital", "capital_zh") if row[column])


@cache
def _signs() -> dict[str, tuple[Name, ...]]:
    """The states that each one-character sign stands for."""
    found: dict[str, tuple[Name, ...]] = {"华": (Name("country", "CHN", ("CHN",), "short"),)}
    for row in world_rows("states"):
        for sign in many(row["short_zh"]):
            if len(sign) == 1 and (sign not in _NO_SIGNS or sign == "以"):
                kind: MentionKind = "country" if row["kind"] == "state" else "territory"
                found[sign] = (*found.get(sign, ()), Name(kind, row["id"], (row["id"],), "short"))
    return found
