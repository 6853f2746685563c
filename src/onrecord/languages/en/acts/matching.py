"""Match a trigger's words against the words of a sentence."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.languages.en.acts.tokens import TokenizedSentence
from onrecord.languages.en.acts.triggers import GAP, Element, Rule
from onrecord.languages.en.acts.verbs import is_adverb
from onrecord.languages.en.inflection import Form

_GAP_STOPS = frozenset((".", ";", ":", "?", "!", "which", "who", "that", "—"))
#: The maximum number of adverbs between two words of a trigger.
_ADVERBS = 3


class Match(NamedTuple):
    """The match of a rule: tokens ``[start, end)``, its verb at ``head`` in one of ``forms`` (-1 and none without a verb).

    Of two matching rules, the one that specifies more words is used (:attr:`fit`).
    """

    rule: Rule
    start: int
    end: int
    head: int
    forms: frozenset[Form]

    @property
    def fit(self) -> tuple[int, int, int]:
        """The quality of the match: the rule's weight, then the fewest words skipped, then the earlier row of the table."""
        gap = self.end - self.start - self.rule.weight // 2
        return self.rule.weight, -gap, -self.rule.order


def match(rule: Rule, sentence: TokenizedSentence, start: int) -> Match | None:
    """Match the rule at token ``start``; ``None`` if it does not match."""
    words, second = sentence.words, rule.second
    if second is not None:  # most rules differ in their second word
        following = words[start + 1] if start + 1 < len(words) else ""
        if following not in second and not is_adverb(following):
            return None
    placed = _from(rule.elements, 0, words, start, -1)
    if placed is None:
        return None
    end, head = placed
    if head < 0:
        return Match(rule, start, end, -1, frozenset())
    element = next(one for one in rule.elements if one.verb)
    return Match(rule, start, end, head, element.words[words[head]])


def _from(elements: tuple[Element, ...], at: int, words: list[str], i: int, head: int) -> tuple[int, int] | None:
    """Match the elements from ``at`` on at token ``i``; return where they end and where the verb is."""
    if at == len(elements):
        return i, head
    element = elements[at]
    if element.gap:
        following = elements[at + 1]
        if following.any:
            return _from(elements, at + 1, words, i, head)
        for j in range(i, min(i + GAP + 1, len(words))):
            if words[j] in following.words:
                placed = _from(elements, at + 1, words, j, head)
                if placed is not None:
                    return placed
            if words[j] in _GAP_STOPS:
                break
        return None
    if element.any:
        if i < len(words) and words[i] != "to" and words[i] not in _GAP_STOPS:
            return _from(elements, at + 1, words, i + 1, head)
        return None
    j = i
    for _ in range(_ADVERBS + 1 if at else 1):
        if j >= len(words):
            break
        if words[j] in element.words:
            placed = _from(elements, at + 1, words, j + 1, j if element.verb and head < 0 else head)
            if placed is not None:
                return placed
        if not is_adverb(words[j]):
            break
        j += 1
    if element.optional:
        return _from(elements, at + 1, words, i, head)
    return None
