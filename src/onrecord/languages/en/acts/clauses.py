"""Clause boundaries."""

from __future__ import annotations

from collections.abc import Container

from onrecord.languages.en.acts.matching import Match
from onrecord.languages.en.acts.tokens import NAME, REACH, TokenizedSentence
from onrecord.languages.en.acts.verbs import BE, MODALS, WILL, is_adverb

#: Words and marks that coordinate what is on either side.
JOINING = frozenset((",", "and", "or", "but", ";"))


def progressive(words: list[str], placed: Match) -> bool:
    """Whether "be" is only the auxiliary of another verb across which the rule matched: "is practising unilateralism"."""
    i = placed.head + 1
    while i < len(words) and is_adverb(words[i]):
        i += 1
    if i >= placed.end - 1 or not words[i].endswith("ing") or words[i].endswith("thing"):
        return False
    return all(words[i] not in one.words for one in placed.rule.elements)


def possessive(sentence: TokenizedSentence, i: int) -> bool:
    """Whether "'s" is no verb: behind a name that is no pronoun."""
    name = sentence.names[i - 1] if i and sentence.words[i] == "'s" else None
    return name is not None and name.kind != "reference"


def infinitive_list(words: list[str], at: int) -> bool:
    """Whether a base form continues a list of infinitives: "to maintain peace, stick to dialogue and support talks"."""
    i = at - 1
    while i >= 0 and is_adverb(words[i]):
        i -= 1
    if i < 0 or words[i] not in JOINING:
        return False
    i -= words[i] == ";" or words[i - 1 : i + 1] == [";", "and"]  # "to stem the flow; increase it; and support all"
    farthest = max(0, at - REACH)
    while i >= farthest and words[i] not in (";", ":", "that", "which", "who"):
        if words[i] in MODALS and at - i > 2 and words[i] not in WILL:
            return True  # "we should strengthen ties, advance cooperation"
        if words[i] == "to" and i + 1 < at and words[i + 1] not in ("the", "a", "an", "our", "its", NAME):
            return True
        i -= 1
    return False


def local(words: list[str], at: int) -> int:
    """Where the noun phrase directly before token ``at`` begins."""
    i, farthest = at, max(0, at - REACH)
    while i > farthest and words[i - 1] not in (",", ";", ":", "that", "which"):
        i -= 1
    while i < at and (words[i] in JOINING or is_adverb(words[i])):
        i += 1
    return i


def first_comma(words: list[str], at: int = 0) -> int:
    """The first comma from token ``at`` on, or the end of the sentence."""
    return next((j for j in range(at, len(words)) if words[j] == ","), len(words))


_INTRODUCING = frozenset("after when as since while although though before with despite".split())
_CONJUNCTIONS = frozenset(("and", "but", "so", "while", "yet", "whereas"))
_PRONOUNS = frozenset("they it he she this these that which i we you".split())


def clause_end(sentence: TokenizedSentence, at: int, known: Container[str]) -> int:
    """Where the clause with token ``at`` ends: at its full stop, or before a clause with its own subject."""
    words = sentence.words
    last = min(len(words), at + REACH)
    if words[0] in _INTRODUCING:
        comma = first_comma(words[:REACH])
        if at <= comma < last - 1:
            last = comma
    i = at
    while i < last:
        word = words[i]
        if word == ";":
            return trimmed(words, at, i)
        if word in _CONJUNCTIONS and i + 2 < last:
            if words[i - 1] != NAME and _begins(sentence, i + 1, known):
                return trimmed(words, at, i)
            if _begins_behind_phrase(sentence, i + 1):
                return trimmed(words, at, i)
        if word == "," and words[i + 1 : i + 3] in (["during", "which"], ["in", "which"], ["at", "which"]) and i > at:
            return trimmed(words, at, i)  # "will meet, during which they will discuss"
        if word == "," and words[i + 1 : i + 2] and words[i + 1] in ("which", "thus", "so", "otherwise") and i > at:
            return trimmed(words, at, i) if words[i + 1] in ("which", "so") else trimmed(words, at, last)
        i += 1
    return trimmed(words, at, last)


def _begins(sentence: TokenizedSentence, i: int, known: Container[str]) -> bool:
    """Whether a subject with its verb begins at token ``i``."""
    words = sentence.words
    while i < len(words) and is_adverb(words[i]):
        i += 1
    j = i
    if j < len(words) and words[j] in ("the", "our"):
        j += 1
    if j >= len(words) or not (words[j] in _PRONOUNS or (words[j] == NAME and sentence.codes(j))):
        return False
    j += 1
    while j < len(words) and (words[j] in ("side", "sides", "government", "all", "both") or is_adverb(words[j])):
        j += 1
    return j < len(words) and (
        words[j] in MODALS
        or words[j] in BE
        or words[j] in ("has", "have", "need", "needs", "'ve", "'re")
        or (words[j] in known and words[j] not in ("of",))
    )


#: Prepositions of a phrase that gives a time or place before a subject, and the longest such phrase.
_PHRASE = frozenset("in on at for during over under with".split())
_LONGEST_PHRASE = 9


def _begins_behind_phrase(sentence: TokenizedSentence, i: int) -> bool:
    """Whether a subject follows a phrase between a conjunction and a comma: "and in the coming days, the US team will"."""
    words = sentence.words
    if words[i] not in _PHRASE:
        return False
    comma = first_comma(words[: i + _LONGEST_PHRASE], i)
    subject = comma + 1 + (words[comma + 1 : comma + 2] == ["the"])
    return subject < len(words) and words[comma : comma + 1] == [","] and words[subject] == NAME


def trimmed(words: list[str], at: int, end: int) -> int:
    """The end without trailing punctuation, quotation marks and conjunctions."""
    while end > at and (words[end - 1] in JOINING or words[end - 1] in (".", "!", ":", "—", "–", "-")):
        end -= 1
    return max(end, at)
