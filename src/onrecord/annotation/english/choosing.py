"""Which rule holds at a token: the one that fits and says most of the words."""

from __future__ import annotations

from onrecord.annotation.english.clauses import progressive
from onrecord.annotation.english.matching import Match, match
from onrecord.annotation.english.tokens import NAME, Sentence
from onrecord.annotation.english.verbs import BE, WILL, Group, verb_group
from onrecord.lexicon.triggers import Rule, rules

#: Acts told as the purpose of a call or visit: "spoke with the president to congratulate him".
_PURPOSES = frozenset(
    ("congratulate", "thank", "express", "convey", "offer", "condemn", "welcome", "extend", "reaffirm")
)


class Chooser:
    """Chooses among the rules of the table. ``consulted`` says whether a call or meeting was told before in the turn."""

    def __init__(self) -> None:
        self.rules = rules()
        self.consulted = False

    def best(self, sentence: Sentence, i: int) -> tuple[Match, Group] | None:
        """The rule that says most of the words at token ``i``, with its verb group."""
        candidates = self.rules.get(sentence.words[i])
        if candidates is None:
            return None
        best: tuple[Match, Group] | None = None
        held = sentence.held
        for rule in candidates:
            if rule.needs and rule.needs.isdisjoint(held):
                continue
            placed = match(rule, sentence, i)
            if placed is None:
                continue
            group = self._group(sentence, placed)
            if group is None or not self._applies(rule, placed, group, sentence):
                continue
            if best is None or placed.fit > best[0].fit:
                best = placed, group
        return best

    def _group(self, sentence: Sentence, placed: Match) -> Group | None:
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
        if sentence.words[placed.head] in BE and progressive(sentence.words, placed):
            return None
        group = verb_group(sentence, placed.head, placed.forms)
        if group is None and self._purpose(sentence, placed):
            return Group(placed.head, "infinitive", "", False, False, False, False, True)
        if group is None or placed.head == placed.start:
            return group
        return group._replace(start=min(placed.start, group.start))

    def _purpose(self, sentence: Sentence, placed: Match) -> bool:
        words = sentence.words
        before = [one for one in range(max(0, placed.head - 3), placed.head) if words[one] in ("to", "and", "also")]
        return bool(before) and words[placed.head] in _PURPOSES and self.consulted

    def _applies(self, rule: Rule, placed: Match, group: Group, sentence: Sentence) -> bool:
        """The conditions of the column ``when``, but for those that ask who the subject is."""
        when = rule.when
        if when == "negated":
            return group.negated
        if when == "nopolity":
            return (
                NAME not in sentence.words[placed.end : placed.end + 4]
                or "be" in sentence.words[placed.end : placed.end + 6]
            )
        if when == "past":
            return group.past or group.perfect
        if when == "first":
            return placed.start < 2
        if when == "passive":
            return group.passive
        if when == "planned":
            return group.modal == "will"
        if when == "planned-podium":
            return group.modal == "will"
        if when == "modal":
            return group.negated or group.modal == "should"
        if when == "podium-negated":
            return group.negated
        if when == "active":
            return not group.passive
        if when == "near":
            return not group.passive and NAME in sentence.words[placed.end : placed.end + 6]
        if when == "place":
            behind = range(placed.end, min(placed.end + 6, len(sentence)))
            return not group.passive and any(sentence.words[j] == NAME or sentence.capital[j] for j in behind)
        if when == "perfect-frame":
            return group.perfect
        if when == "noto":
            return "to" not in sentence.words[placed.end : placed.end + 9]
        return True
