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
    words = sentence.words
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
    while at < len(elements):
        element = elements[at]
        if element.gap:
            return _behind_gap(elements, at + 1, words, i, head)
        word = words[i] if i < len(words) else ""
        if element.any:
            if not word or word == "to" or word in _GAP_STOPS:
                return None
        elif is_adverb(word) or (element.optional and word in element.words):
            return _choose(elements, at, words, i, head)
        elif word in element.words:
            head = i if element.verb and head < 0 else head
        elif word == "," and "to" in element.words and at:
            behind = _behind_aside(words, i)
            if behind is None:
                return None
            i = behind
            continue
        elif element.optional:
            at += 1  # the word is still to be matched
            continue
        else:
            return None
        at, i = at + 1, i + 1
    return i, head


#: An aside between a verb and its "to" has at most so many words.
_ASIDE = 20


def _behind_aside(words: list[str], comma: int) -> int | None:
    """The "to" behind an aside between commas: "are committed, where we can, to"."""
    for j in range(comma + 2, min(comma + _ASIDE, len(words) - 1)):
        if words[j] == ",":
            return j + 1 if words[j + 1] == "to" else None
    return None


def _behind_gap(elements: tuple[Element, ...], at: int, words: list[str], i: int, head: int) -> tuple[int, int] | None:
    """Match the elements from ``at`` on at the first of the tokens behind a gap where they do."""
    following = elements[at]
    if following.any:
        return _from(elements, at, words, i, head)
    for j in range(i, min(i + GAP + 1, len(words))):
        if words[j] in following.words:
            placed = _from(elements, at, words, j, head)
            if placed is not None:
                return placed
        if words[j] in _GAP_STOPS:
            break
    return None


def _choose(elements: tuple[Element, ...], at: int, words: list[str], i: int, head: int) -> tuple[int, int] | None:
    """Match the element ``at`` at token ``i`` or behind adverbs, or leave it out if it is optional."""
    element = elements[at]
    for j in range(i, min(i + (_ADVERBS if at else 0) + 1, len(words))):
        if words[j] in element.words:
            placed = _from(elements, at + 1, words, j + 1, j if element.verb and head < 0 else head)
            if placed is not None:
                return placed
        if not is_adverb(words[j]):
            break
    return _from(elements, at + 1, words, i, head) if element.optional else None
