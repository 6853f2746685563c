"""Choose the rule that applies at a token: of those that match, the one that specifies most words."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from onrecord.languages.en.acts.clauses import possessive, progressive
from onrecord.languages.en.acts.matching import Match, match
from onrecord.languages.en.acts.stance_nouns import STANCES
from onrecord.languages.en.acts.tokens import NAME, TokenizedSentence
from onrecord.languages.en.acts.triggers import rules
from onrecord.languages.en.acts.verbs import BE, NEEDING, OBLIGING, WILL, Group, is_adverb, verb_group
from onrecord.languages.en.acts.words import words_of
from onrecord.languages.en.inflection import base_forms

#: Acts that occur as the purpose of a call or visit: "spoke with the president to congratulate him".
_PURPOSES = words_of("purposes")
_TAKING = words_of("taking-infinitives")
#: "Its aim is to deter acts of aggression", "Japan is a victim of aggression": no accusation of who is so.
_PREVENTING = frozenset(word.partition("_")[0] for word in words_of("preventing")) - {
    "against",
    "end",
    "address",
    "stop",
}
#: Words besides those of the rules that start a reading.
_WATCHED = frozenset(("if", "unless", "whether", "would", "going")) | WILL | OBLIGING | NEEDING


class Chooser:
    """Chooses among the rules of the table.

    ``beginning`` are the words at which a reading starts; ``consulted`` says whether the turn has reported a call or meeting.
    """

    def __init__(self) -> None:
        self.rules = rules()
        self.beginning = _beginning()
        self.consulted = False

    def best(
        self, sentence: TokenizedSentence, i: int, without: frozenset[str] = frozenset()
    ) -> tuple[Match, Group] | None:
        """The rule that specifies most words at token ``i``, with its verb group; ``without`` are ids of rules ruled out."""
        candidates = self.rules.get(sentence.words[i])
        if candidates is None:
            return None
        best: tuple[Match, Group] | None = None
        following = sentence.words[i + 1] if i + 1 < len(sentence.words) else ""
        for rule in candidates.among(sentence.held, following):
            placed = match(rule, sentence, i)
            if placed is None or rule.id in without:
                continue
            group = self._group(sentence, placed)
            if group is None:
                continue
            condition = _CONDITIONS.get(rule.when)
            if condition is not None and not condition(placed, group, sentence):
                continue
            if best is None or placed.fit > best[0].fit:
                best = placed, group
        return best

    def _group(self, sentence: TokenizedSentence, placed: Match) -> Group | None:
        rule = placed.rule
        if rule.when == "ing":
            joined = placed.start and sentence.words[placed.start - 1] in (",", "and")
            return Group(placed.start, "infinitive", "", False, False, False, False, True) if joined else None
        if rule.when == "participle":
            if placed.start and sentence.words[placed.start - 1] in BE:
                return None
            return Group(placed.start, "past", "", False, False, False, False, True)
        if placed.head < 0:
            first = sentence.words[placed.start]
            modal = "will" if first in WILL else ""
            return Group(placed.start, "base", modal, False, False, False, False, False)
        if sentence.words[placed.head] in BE and (
            progressive(sentence.words, placed)
            or possessive(sentence, placed.head)
            or (placed.rule.type == "reaffirm" and _goes_on_with_participle(sentence.words, placed.end))
            or (placed.rule.type == "accuse" and not _PREVENTING.isdisjoint(sentence.words[placed.head : placed.end]))
        ):
            return None
        group = verb_group(sentence, placed.head, placed.forms)
        if group is None and self._purpose(sentence, placed):
            return Group(placed.head, "infinitive", "", False, False, False, False, True)
        if group is None or placed.head == placed.start:
            return group
        return group._replace(start=min(placed.start, group.start))

    def _purpose(self, sentence: TokenizedSentence, placed: Match) -> bool:
        words = sentence.words
        before = [one for one in range(max(0, placed.head - 3), placed.head) if words[one] in ("to", "and", "also")]
        if not before or words[placed.head] not in _PURPOSES or not self.consulted:
            return False
        return words[before[0]] != "to" or words[before[0] - 1] not in _TAKING


def _goes_on_with_participle(words: list[str], at: int) -> bool:
    """Whether a participle follows, which is the verb then: "has always been supporting"."""
    while at < len(words) and is_adverb(words[at]):
        at += 1
    return at < len(words) and words[at].endswith("ing") and words[at] not in ("willing", "during")


@cache
def _beginning() -> frozenset[str]:
    return frozenset(rules()) | _WATCHED | STANCES.keys()


def _named_behind(placed: Match, sentence: TokenizedSentence, most: int) -> bool:
    return NAME in sentence.words[placed.end : placed.end + most]


#: What stands behind "to" where no place follows: "come to a point".
_NO_PLACE = frozenset(("—", "this", "that", "where", "be"))
_POINT = ("a", "an")


def _proper_behind(placed: Match, sentence: TokenizedSentence) -> bool:
    """Whether a proper name follows as the place: not a verb ("going to speak"), nor somebody of an outlet who is called on."""
    words = sentence.words
    first = placed.end + (words[placed.end : placed.end + 1] == ["the"])
    behind = range(first, min(placed.end + 6, len(sentence)))
    verb = first  # "we are going to also share"
    while verb < len(words) and is_adverb(words[verb]):
        verb += 1
    point = (
        words[placed.head] in ("come", "comes", "came", "coming")
        and words[first : first + 1]
        and words[first] in _POINT
    )
    if point or (words[first - 1] != "the" and words[verb : verb + 1] and not base_forms().isdisjoint((words[verb],))):
        return False
    if words[first : first + 1] and words[first] in _NO_PLACE:
        return False
    if any(words[i] == NAME for i in behind):
        return True
    if not WILL.isdisjoint(words[placed.head - 1 : placed.head]) and words[placed.head] == "go":
        return False  # "we will go to Sample": the next to ask
    return any(sentence.capital(i) for i in behind) and not {"from", "with"} & set(words[first : first + 4])


_BEFORE_OBJECTS = frozenset(
    (NAME, *"the a an its their his her our these those several some two three four five ten".split())
)


def _object_behind(placed: Match, sentence: TokenizedSentence) -> bool:
    """Whether an object begins directly behind the verb: "sanctioned the banks", but "sanctions that"."""
    after = sentence.words[placed.end : placed.end + 1]
    return bool(after) and (after[0] in _BEFORE_OBJECTS or after[0][0].isdigit())


#: What follows a clause that has ended.
_CLOSING = frozenset(". ! ; — – to in about before many several".split())

_OPENINGS = words_of("openings")


def _opens(before: list[str]) -> bool:
    """Whether a sentence only begins before a rule's words, or is begun again there: "so, just", "I — "."""
    again = len(before) - before[::-1].index("—") if "—" in before else 0
    return _OPENINGS.issuperset(before[again:])


#: The conditions of the column ``when`` that depend on the verb group and the following words. Those on the subject
#: are in :func:`~onrecord.languages.en.acts.constraints.suits`.
_CONDITIONS: dict[str, Callable[[Match, Group, TokenizedSentence], bool]] = {
    "active": lambda placed, group, sentence: not group.passive,
    "active-object": lambda placed, group, sentence: not group.passive and _object_behind(placed, sentence),
    "first": lambda placed, group, sentence: placed.start < 2 or _opens(sentence.words[: placed.start]),
    "modal": lambda placed, group, sentence: group.negated or group.modal == "should",
    "near": lambda placed, group, sentence: not group.passive and _named_behind(placed, sentence, 6),
    "negated": lambda placed, group, sentence: group.negated,
    "nopolity": lambda placed, group, sentence: (
        not _named_behind(placed, sentence, 4) or "be" in sentence.words[placed.end : placed.end + 6]
    ),
    "no-agent": lambda placed, group, sentence: "by" not in sentence.words[placed.end : placed.end + 2],
    "noto": lambda placed, group, sentence: "to" not in sentence.words[placed.end : placed.end + 9],
    "object": lambda placed, group, sentence: not group.passive and _object_behind(placed, sentence),
    "passive": lambda placed, group, sentence: group.passive,
    "past": lambda placed, group, sentence: group.past or group.perfect,
    "perfect-frame": lambda placed, group, sentence: group.perfect,
    "formal-frame": lambda placed, group, sentence: group.perfect,
    "perfect-closing": lambda placed, group, sentence: (
        group.perfect and (sentence.words[placed.end] if placed.end < len(sentence) else ".") in _CLOSING
    ),
    "place": lambda placed, group, sentence: not group.passive and _proper_behind(placed, sentence),
    "planned": lambda placed, group, sentence: group.modal == "will",
    "planned-principal": lambda placed, group, sentence: group.modal == "will",
    "principal-negated": lambda placed, group, sentence: group.negated,
    "speaker-negated": lambda placed, group, sentence: group.negated,
    "speaker-negated-past": lambda placed, group, sentence: group.negated and (group.past or group.perfect),
}
