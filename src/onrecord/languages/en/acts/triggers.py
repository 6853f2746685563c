"""The English triggers: which verbs and fixed phrases perform which act, and who acts by them.

``languages/en/triggers.csv`` has a row a rule. ``words`` is a trigger as one would write it: ``~agree`` is the verb in every form
it takes behind a subject, ``a/b`` one word or the other, ``(a)`` a word that may stand there, ``...`` up to eight words
between, ``@`` an actor, ``_`` any one word but "to". Adverbs may stand anywhere between the words and need not be written.

``who`` acts: ``subject`` (in the passive, whom "by" names), ``principal`` (the speaker judges, and the subject is judged),
``possessor`` ("China's position"), ``object`` ("have caused concern worldwide"), ``by`` (a participle with its doer), ``un``
(the body at which it was adopted). ``target`` is whom it is done to: ``after`` the trigger, or the ``subject``.
``when`` narrows where a rule applies; see :data:`WHEN`. Every row needs an invented ``example``, which the tests read, and a
``reason``: why these words are this act and not another, or which false reading the row excludes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from onrecord.errors import LexiconError
from onrecord.languages.en.inflection import Form, inflect
from onrecord.lexicon.tables import SLUG, SOME, rows
from onrecord.marks import PLOVER, ActType

_TABLE = Path(__file__).parents[1] / "triggers.csv"
#: What the column ``when`` may say.
WHEN = {
    "any": "in every finite form",
    "would": 'in every finite form, and behind "would" too',
    "belief": "in every finite form; what is said behind it is only thought likely",
    "active": "not in the passive; consult, aid, request and support also need an actor as object",
    "near": "with an actor named within five words behind it",
    "passive": "in the passive",
    "negated": "behind a not, which belongs to the trigger",
    "planned": "behind will",
    "modal": "behind should, must or never",
    "joint": "where two or more act",
    "other": "where another than the principal is the subject",
    "principal": "where the principal is the subject",
    "principal-negated": "where the principal is the subject, behind a not",
    "planned-principal": "where the principal is the subject, behind will",
    "open": "an act in the clause that follows counts beside it",
    "frame": "only where no act stands in the clause that follows",
    "place": "with an actor or another proper name within five words behind it",
    "perfect-frame": "in the perfect, and only where no act stands in the clause that follows",
    "nopolity": "where no actor is to do anything: none is named within three words behind it, or what is hoped for only happens",
    "past": "in the past or the perfect",
    "ing": "as a participle beside the main verb, whose subject acts",
    "first": "at the head of a sentence",
    "participle": "as a participle behind a noun",
    "noto": "where no infinitive follows",
}
#: Those that do not narrow where a rule applies.
_EVERYWHERE = ("any", "would", "belief")
_WHO = ("subject", "principal", "possessor", "object", "by", "un")
_COLUMNS = {
    "id": SLUG, "type": ("|".join((*PLOVER, "none", "say")), "a type of act, none or say"), "words": SOME,
    "who": ("|".join(_WHO), f"one of {', '.join(_WHO)}"), "target": ("after|subject", "after or subject"),
    "when": ("|".join(WHEN), f"one of {', '.join(WHEN)}"), "example": SOME, "reason": SOME,
}  # fmt: skip
#: So many words may stand where a trigger says "...".
GAP = 8


class Element(NamedTuple):
    """A place of a trigger: words that may stand there, with their form where it is the verb; a gap; or what may be left out."""

    words: dict[str, frozenset[Form]]
    verb: bool = False
    optional: bool = False
    gap: bool = False
    any: bool = False


class Rule(NamedTuple):
    """A row of the table. ``type`` is one of the seventeen, ``none`` (looks like an act) or ``say`` (tells whose words)."""

    id: str
    type: ActType | str
    elements: tuple[Element, ...]
    who: str
    target: str
    when: str
    example: str
    words: str
    order: int
    #: How much the rule says of the words: of two that fit, the one that says more holds.
    weight: int
    #: Words of which the sentence holds one, or the rule cannot fit; empty where nothing is sure.
    needs: frozenset[str] = frozenset()


class Candidates:
    """The rules that one word can begin, by the words that they need besides: most sentences hold none of most of them."""

    __slots__ = ("_by_need", "_needs", "_unneeding", "rules")

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self._unneeding = tuple(rule for rule in rules if not rule.needs)
        self._by_need: dict[str, list[Rule]] = {}
        for rule in rules:
            for word in rule.needs:
                self._by_need.setdefault(word, []).append(rule)
        self._needs = frozenset(self._by_need)

    def among(self, held: frozenset[str]) -> Iterable[Rule]:
        """The rules that can fit in a sentence of these words, each once, in no order."""
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
            raise LexiconError(f"the id {row['id']} stands twice", where=f"{_TABLE}, line {line}")
        ids.add(row["id"])
        elements = tuple(_element(word) for word in row["words"].split())
        if elements[0].gap or elements[0].any or elements[0].optional or elements[-1].gap:
            raise LexiconError("a trigger begins with a word and ends with one", where=f"{_TABLE}, line {line}")
        rule = Rule(
            row["id"], cast(Any, row["type"]), elements, row["who"], row["target"], row["when"], row["example"], row["words"],
            order, _weight(row["type"], elements, row["when"]), _needed(elements[1:]),
        )  # fmt: skip
        for word in elements[0].words:
            found.setdefault(word, []).append(rule)
    return {word: Candidates(them) for word, them in found.items()}


def _needed(elements: tuple[Element, ...]) -> frozenset[str]:
    sure = [frozenset(one.words) for one in elements if one.words and not one.optional]
    return min(sure, key=lambda words: ("@" in words, len(words)), default=frozenset())


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
