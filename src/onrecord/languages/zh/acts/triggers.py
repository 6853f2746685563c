"""Triggers of Chinese acts: the words that perform or report an act, in ``languages/zh/triggers.csv``, one row per rule.

Notation of ``words``: characters match themselves; ``/`` separates alternatives; ``[甲/乙]`` is one of them,
``（甲/乙）`` one of them or nothing; ``…`` is a gap of a few characters inside the clause. ``提出（了）…[倡议/建议]``
matches 提出倡议 and 提出了一项建议.

``who`` is the actor: ``subject``, the grammatical subject; ``principal``, the speaker, with the subject as target
(美方应…: a request by the speaker); ``frame``, the subject, unless its complement contains an act (重申…反对…: oppose);
``modal``, the subject, unless an act of another kind follows in the clause (将访问…: a planned visit); ``event``, the parties
of the session that is the subject (中美对话将于…举行), else its host.

``target`` is at whom the act is directed: ``after``, the first actor after the trigger; ``next``, the actor directly after it,
required; ``with``, the actor in a phrase with 同, 与, 向 or 对 before it; ``beside``, the same, required, with the trigger
ending its clause; ``subject``; ``media``; ``none``.
Rules of the type ``none`` are shields: exclusions, words that only look like a trigger.

``traits`` are further properties of the words, separated by spaces; :data:`TRAITS` says what each means.

Every row needs an invented ``example``, which the tests read, and a ``reason``: why these words are this act and not another,
or which false reading the row excludes.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from onrecord.annotation_types import ActType
from onrecord.errors import LexiconError
from onrecord.lexicon.tables import SLUG, SOME, rows

Who = Literal["subject", "principal", "frame", "modal", "event"]
Target = Literal["after", "next", "with", "beside", "subject", "media", "none"]
When = Literal["auto", "done", "ongoing", "planned"]

#: The properties of a rule's words beside who acts and at whom.
TRAITS = {
    "talks": "what talks are filled with goes on over commas: 将梳理合作，探讨新领域",
    "aims": "what is aimed at goes on over commas: 妄图破坏团结，干涉内政",
    "deed": "将 before it plans it: 将阐述中方立场",
    "again": "behind another act of its type in the same sentence it is part of it: 不掌握，需要去了解; 提供了援助，帮助救灾",
    "mutual": "with whoever was met in the clause before: 会见了俄方代表，达成共识",
    "directed": "with whoever was named before it is one side’s act: 同俄方会谈，进行了沟通",
    "attending": "taking part or visiting, which describes those who do: 出席会议的代表团",
    "adjective": "a judging adjective: several of one subject judge it once",
    "claim": "denies, where the subject is what somebody said: 这种说法毫无道理",
    "idiom": "blame in a set phrase; directly behind a denial it is part of it: 完全是谎言，混淆视听",
    "leads": "a pretext or motive: it yields to the blame behind it, 以安全为由打压企业",
    "said": "said before: it needs a position or a statement as its content, and yields to an act there",
    "addressee": "no act without somebody at whom it is directed: 建议俄方…",
    "course": "what is done may go on after commas: 同意加强合作，扩大贸易",
    "defence": "behind a threat it is the purpose of the measures: 将采取措施，坚决维护利益",
    "direct": "the one it is directed at follows without a word between: 访美国",
    "disregard": "what follows may complete the reproach: 无视反对，执意推进",
    "insist": "behind a disregard it is the same reproach: 无视反对，执意推进",
    "echo": "behind a position said to stand it is the same words: 立场没有改变，也不会改变",
    "joint": "only of two or more together: 双方谈到, 一致认为",
    "jointly": "of two or more it is agreed: 双方决定",
    "own": "only of the principal: 我说过",
    "row": "a duty behind one asked of the same party: 双方要…。要…",
    "inside": "who acts stands between its words: 引起国际社会关切",
    "line": "holding to a line, which may describe a position: 坚持一个中国原则的立场",
    "measure": "the principal's own is domestic unless it is directed at somebody named: 冻结了账户",
    "named": "a clause on anybody (任何企图) is none",
    "nominal": "its words begin with a noun, so that 的 may precede them: 对话的大门",
    "noun": "its words may be a noun: 阐明中方主张",
    "object": "no act without an object behind it: 干扰, but not 构成威胁",
    "other-side": "directed at the other party named in the clause: 中美对话的大门",
    "private": "also an act of firms and publics: 中国企业捐赠了口罩",
    "soft": "contact so general that 将 before it binds: 将加强沟通",
    "told": "told of somebody named in the clause, never done by saying it: 俄方提出援助请求",
    "telling": "one side tells another, which stays the one told in the clauses after: 向俄方介绍情况，通报进展",
}

_TABLE = Path(__file__).parents[1] / "triggers.csv"
_TYPES = get_args(ActType)
_FORMS = {
    "id": SLUG, "type": ("|".join((*_TYPES, "none")), "one of the act types, or none for a shield"), "words": SOME,
    "who": ("|".join(get_args(Who)), "subject, principal, frame, modal or event"),
    "target": ("|".join(get_args(Target)), "after, next, with, beside, subject, media or none"),
    "time": ("|".join(get_args(When)), "auto, done, ongoing or planned"),
    "traits": (f"(?:(?:{'|'.join(TRAITS)})(?: (?:{'|'.join(TRAITS)}))*)?", "words of TRAITS in zh/acts/triggers.py"),
    "example": SOME, "reason": SOME,
}  # fmt: skip
#: The maximum length of a gap, in characters: the longest names of visits and consultations seen on real pages have 14.
_GAP = 22
_BREAKS = re.compile(r"[，。；！？：,;!?:\n]|并(?:共同|将|就|同|与|对|于|在|发表|签署|达成|出席|会见|分别)")
_PARTS = re.compile(r"（([^（）\[\]]+)）|\[([^（）\[\]]+)\]|(…)|([^（）\[\]…/|]+)")
#: A row that expands to more phrases than this is a mistake.
_MOST = 4000


class Rule(NamedTuple):
    """A row of the table. ``type`` is ``None`` for a shield."""

    id: str
    type: ActType | None
    who: Who
    target: Target
    time: When
    words: str
    traits: frozenset[str]
    example: str


class Trigger(NamedTuple):
    """A match of a rule at ``[start, end)``; ``length`` counts its characters outside gaps."""

    start: int
    end: int
    length: int
    rule: Rule


class Triggers:
    """All rules in one automaton of their first words (Aho and Corasick 1975); gaps are matched after a hit."""

    def __init__(self, rules: list[tuple[str, Rule]]) -> None:
        import ahocorasick_rs

        self.rules = tuple(rule for _, rule in rules)
        table: dict[str, dict[tuple[str, ...], Rule]] = {}
        for where, rule in rules:
            for phrase in phrases(rule.words, where):
                held = table.setdefault(phrase[0], {})
                other = held.setdefault(phrase[1:], rule)
                if other is not rule:
                    raise LexiconError(f"{'…'.join(phrase)!r} is also in {other.id!r}", where=where)
        # For each first piece: its rule without a gap, what follows a gap with its rules, and the longest next piece.
        self._heads = [
            (rests.pop((), None), tuple(rests.items()), max((len(rest[0]) for rest in rests), default=0))
            for rests in table.values()
        ]
        self._automaton = ahocorasick_rs.AhoCorasick(list(table), matchkind=ahocorasick_rs.MatchKind.Standard)

    def find(self, text: str) -> list[Trigger]:
        """Return every trigger in a text, including overlapping ones, by start and then by decreasing length."""
        found: list[Trigger] = []
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            alone, rests, longest = self._heads[index]
            if alone is not None:
                found.append(Trigger(start, end, end - start, alone))
            if not rests:
                continue
            breaks = _BREAKS.search(text, end, end + _GAP)
            near = text[end : (breaks.start() if breaks else end + _GAP) + longest]
            for rest, rule in rests:
                reached = _follow(text, end, rest) if rest[0] in near else 0
                if reached:
                    found.append(Trigger(start, reached, end - start + sum(map(len, rest)), rule))
        found.sort(key=lambda one: (one.start, -one.length, one.end))
        return found


def _follow(text: str, at: int, rest: tuple[str, ...]) -> int:
    """Where the words after gaps end, 0 if they do not follow. 达成的共识 refers back: no gap begins with 的."""
    for piece in rest:
        if text.startswith(("的", "过的", "了的", "出的", "遣的"), at):
            return 0
        place = text.find(piece, at, at + _GAP + len(piece))
        if place < 0 or _BREAKS.search(text, at, place):
            return 0
        at = place + len(piece)
    return at


def phrases(words: str, where: str) -> list[tuple[str, ...]]:
    """The phrases that ``words`` expand to, each as its pieces between gaps. Raises LexiconError naming the place."""
    found: list[tuple[str, ...]] = []
    for one in _alternatives(words, where):
        choices = []
        reached = 0
        for part in _PARTS.finditer(one):
            if part.start() != reached:
                break
            reached = part.end()
            maybe, some, gap, plain = part.groups()
            if maybe:
                choices.append(["", *maybe.split("/")])
            elif some:
                choices.append(some.split("/"))
            else:
                choices.append(["…" if gap else plain])
        if reached != len(one) or not one:
            raise LexiconError(f"{one!r} does not follow the notation described in zh/acts/triggers.py", where=where)
        for chosen in itertools.product(*choices):
            pieces = tuple("".join(chosen).split("…"))
            if not all(pieces):
                raise LexiconError(f"a gap of {one!r} is at its edge or beside another", where=where)
            found.append(pieces)
        if len(found) > _MOST:
            raise LexiconError(f"it expands to more than {_MOST} phrases", where=where)
    return list(dict.fromkeys(found))


def _alternatives(words: str, where: str) -> Iterator[str]:
    depth, last = 0, 0
    for place, letter in enumerate(words):
        depth += (letter in "[（") - (letter in "]）")
        if not 0 <= depth <= 1:
            raise LexiconError(f"brackets of {words!r} do not match, or are nested", where=where)
        if letter == "/" and not depth:
            yield words[last:place]
            last = place + 1
    if depth:
        raise LexiconError(f"a bracket of {words!r} is not closed", where=where)
    yield words[last:]


def load(table: Path = _TABLE) -> Triggers:
    """Read and check a table. Raises :class:`~onrecord.errors.LexiconError` naming file and line."""
    name = table.name
    found: list[tuple[str, Rule]] = []
    ids: set[str] = set()
    for line, row in rows(table, _FORMS):
        where = f"{name}, line {line}"
        if row["id"] in ids:
            raise LexiconError(f"the id {row['id']!r} occurs twice", where=where)
        ids.add(row["id"])
        kind = None if row["type"] == "none" else row["type"]
        traits, words = frozenset(row["traits"].split()), row["words"]
        rule = Rule(row["id"], kind, row["who"], row["target"], row["time"], words, traits, row["example"])  # type: ignore[arg-type]
        found.append((where, rule))
    return Triggers(found)


@cache
def triggers() -> Triggers:
    """The rules of the package with their automaton, built once."""
    return load()
