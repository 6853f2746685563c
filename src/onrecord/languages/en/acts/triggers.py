"""The English triggers: which verbs and fixed phrases perform which act, and who its actor is.

``languages/en/triggers.csv`` has one row per rule. ``words`` is the trigger in normal spelling, where ``~agree`` is the verb in
every form it has after a subject, ``a/b`` either word, ``(a)`` an optional word, ``...`` a gap of up to eight words, ``@`` an
actor, ``_`` any one word except "to". Adverbs may occur anywhere between the words and are not written.

``who`` is the actor: ``subject`` (in the passive, the agent after "by"), ``principal`` (the speaker judges, and the subject is
judged), ``possessor`` ("China's position"), ``object`` ("have caused concern worldwide"), ``by`` (a participle with its agent),
``un`` (the body that adopted it). ``target`` is at whom the act is directed: ``after`` the trigger, or the ``subject``.
``when`` limits where a rule applies; see :data:`WHEN`. Every row needs an invented ``example``, which the tests read, and a
``reason``: why these words are this act and not another, or which false reading the row excludes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from onrecord.annotation_types import PLOVER, ActType
from onrecord.errors import LexiconError
from onrecord.languages.en.acts.verbs import is_adverb
from onrecord.languages.en.inflection import Form, inflect
from onrecord.lexicon.tables import SLUG, SOME, rows

_TABLE = Path(__file__).parents[1] / "triggers.csv"
#: The values of the column ``when``.
WHEN = {
    "any": "in every finite form",
    "alone": "in every finite form, also where nobody else is named: taking part in an event",
    "would": 'in every finite form, and also after "would"',
    "belief": "in every finite form; its complement is only believed",
    "active": "not in the passive; consult, aid, request and support also need an actor as object",
    "active-object": "as active, and with its object right behind: an actor, an article or a number",
    "object": "in the active, with its object right behind: an actor, an article or a number",
    "named": 'if the subject is more than "it" or "which"',
    "near": "with an actor named within the next five words",
    "passive": "in the passive",
    "negated": "after a negation, which belongs to the trigger",
    "planned": "after will",
    "modal": "after should, must or never",
    "joint": "if there are two or more actors",
    "joint-past": "if there are two or more actors, in the past or the perfect",
    "other": "if the subject is not the principal",
    "principal": "if the subject is the principal",
    "principal-negated": "if the subject is the principal, after a negation",
    "speaker-negated": 'if the subject is "I", after a negation: what a government does not know or do is no refusal to answer',
    "speaker-negated-past": 'if the subject is "I", after a negation in the past or the perfect',
    "planned-principal": "if the subject is the principal, after will",
    "open": "an act in the following clause counts as well",
    "frame": "only if the following clause contains no act",
    "place": "with an actor or another proper name within the next five words",
    "perfect-frame": "in the perfect, and only if the following clause contains no act",
    "perfect-closing": "in the perfect, where the clause ends or goes on with a preposition",
    "formal-frame": "as perfect-frame, but not where a spokesperson also answers on matters at home",
    "nopolity": "if no actor is to do anything: none is named within the next three words, or what is hoped for is an event",
    "past": "in the past or the perfect",
    "ing": "as a participle beside the main verb, with the same subject",
    "first": "at the start of a sentence",
    "event": "if the subject is a meeting whose parties are named",
    "participle": "as a participle after a noun",
    "no-agent": 'not before "by", which names whose act it is',
    "noto": "if no infinitive follows",
}
#: Values that do not limit where a rule applies.
_EVERYWHERE = ("any", "alone", "would", "belief")
_WHO = ("subject", "principal", "possessor", "object", "by", "un")
_COLUMNS = {
    "id": SLUG, "type": ("|".join((*PLOVER, "none", "say")), "a type of act, none or say"), "words": SOME,
    "who": ("|".join(_WHO), f"one of {', '.join(_WHO)}"), "target": ("after|subject", "after or subject"),
    "when": ("|".join(WHEN), f"one of {', '.join(WHEN)}"), "example": SOME, "reason": SOME,
}  # fmt: skip
#: The maximum number of words that "..." stands for.
GAP = 8


class Element(NamedTuple):
    """A position of a trigger: its possible words, each with its form if it is the verb; or a gap; or an optional word."""

    words: dict[str, frozenset[Form]]
    verb: bool = False
    optional: bool = False
    gap: bool = False
    any: bool = False


class Rule(NamedTuple):
    """A row of the table. ``type`` is one of the seventeen, ``none`` (only looks like an act) or ``say`` (a verb of saying)."""

    id: str
    type: ActType | str
    elements: tuple[Element, ...]
    who: str
    target: str
    when: str
    example: str
    words: str
    order: int
    #: How specific the rule is: of two that match, the more specific is used.
    weight: int
    #: The rule can match only if the sentence contains one of these words; empty if there is no such word.
    needs: frozenset[str] = frozenset()
    #: The words that stand second, adverbs left out; ``None`` where any may.
    second: frozenset[str] | None = None


class Candidates:
    """The rules that one word can begin, indexed by the word that follows, or by a further word they need."""

    __slots__ = ("_by_second", "_every", "_open", "rules")

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self._every = _ByNeed(rules)
        self._open = _ByNeed([rule for rule in rules if rule.second is None])
        by_second: dict[str, list[Rule]] = {}
        for rule in rules:
            for word in rule.second or ():
                by_second.setdefault(word, []).append(rule)
        self._by_second = {word: _ByNeed(them) for word, them in by_second.items()}

    def among(self, held: frozenset[str], following: str) -> Iterable[Rule]:
        """The rules that can match before the word ``following`` in a sentence of these words, each once, unordered."""
        if is_adverb(following):  # which may stand between any two words of a rule
            return self._every.among(held)
        second = self._by_second.get(following)
        return self._open.among(held) if second is None else (*self._open.among(held), *second.among(held))


class _ByNeed:
    """Rules by a word that they need besides the first: most sentences contain few of those."""

    __slots__ = ("_by_need", "_needs", "_unneeding")

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._unneeding = tuple(rule for rule in rules if not rule.needs)
        self._by_need: dict[str, list[Rule]] = {}
        for rule in rules:
            for word in rule.needs:
                self._by_need.setdefault(word, []).append(rule)
        self._needs = frozenset(self._by_need)

    def among(self, held: frozenset[str]) -> Iterable[Rule]:
        met = self._needs & held
        if not met:
            return self._unneeding
        if len(met) == 1:
            (word,) = met
            return (*self._unneeding, *self._by_need[word])
        needing = {rule.order: rule for word in met for rule in self._by_need[word]}
        return (*self._unneeding, *needing.values())


def _weight(type: str, elements: Sequence[Element], when: str) -> int:
    return (
        sum(2 if not one.gap and not one.optional else 0 for one in elements)
        + (when not in _EVERYWHERE)
        + ("negated" in when)
        + (type == "none" and len(elements) > 1)
    )


@cache
def rules() -> dict[str, Candidates]:
    """The rules by each word that can begin them. Raises LexiconError naming a wrong row."""
    found: dict[str, list[Rule]] = {}
    ids: set[str] = set()
    for order, (line, row) in enumerate(rows(_TABLE, _COLUMNS)):
        if row["id"] in ids:
            raise LexiconError(f"the id {row['id']} occurs twice", where=f"{_TABLE}, line {line}")
        ids.add(row["id"])
        elements = tuple(_element(word) for word in row["words"].split())
        if elements[0].gap or elements[0].any or elements[0].optional or elements[-1].gap:
            raise LexiconError("a trigger begins with a word and ends with one", where=f"{_TABLE}, line {line}")
        rule = Rule(
            row["id"], cast(Any, row["type"]), elements, row["who"], row["target"], row["when"], row["example"], row["words"],
            order, _weight(row["type"], elements, row["when"]), _needed(elements[1:]), _second(elements),
        )  # fmt: skip
        for word in elements[0].words:
            found.setdefault(word, []).append(rule)
    return {word: Candidates(them) for word, them in found.items()}


def _needed(elements: tuple[Element, ...]) -> frozenset[str]:
    """The words of the element that fewest sentences have: names and short words ("to", "the") are in most."""
    sure = [frozenset(one.words) for one in elements if one.words and not one.optional]
    return min(sure, key=lambda words: ("@" in words, min(map(len, words)) < 4, len(words)), default=frozenset())


def _second(elements: tuple[Element, ...]) -> frozenset[str] | None:
    """The words that can stand second: those of the next word, and of optional words before it."""
    found: set[str] = set()
    for element in elements[1:]:
        if element.gap or element.any:
            return None
        found |= element.words.keys()
        if not element.optional:
            aside = element is not elements[1] and "to" in found  # a comma may come before "to": "ready, if asked, to"
            return frozenset(found | {","} if aside else found)
    return None


def _element(word: str) -> Element:
    if word == "...":
        return Element({}, gap=True)
    if word == "_":
        return Element({}, any=True)
    optional = word.startswith("(")
    verb = word.lstrip("(").startswith("~")
    forms: dict[str, set[Form]] = {}
    for one in word.strip("()").lstrip("~").split("/"):
        if verb:
            for inflected in inflect(one):
                forms.setdefault(inflected.word, set()).add(inflected.form)
        else:
            forms.setdefault(one, set())
    return Element({word: frozenset(kinds) for word, kinds in forms.items()}, verb=verb, optional=optional)
