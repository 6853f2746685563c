"""Who takes something on in an English clause: named states, or the body, or all, of those who gathered.

A joint statement says "the Task Force will", "CRI members will", "the three governments intend to": no name in the tables, but
all for whom the statement speaks.
"""

from __future__ import annotations

import re

from onrecord.annotation_types import NO_PARTY
from onrecord.languages.en.acts.discourse import Discourse
from onrecord.languages.en.acts.subjects import find_subject
from onrecord.languages.en.acts.tokens import TokenizedSentence
from onrecord.languages.en.acts.verbs import is_adverb
from onrecord.languages.en.acts.words import words_of
from onrecord.languages.en.undertaking_words import english

_LEADING = frozenset(
    "the both two three four all these our such this strategic joint new respective participating".split()
)
#: Before the subject of a clause that is only hoped for, supposed, or gives a reason.
_SUPPOSED = frozenset("if whether that because hope hopes when unless until what how why whatever which where".split())
#: Subjects that bind nobody in particular.
_NO_PARTY_PRONOUNS = frozenset("it this which that who noun".split())
_DETERMINERS = frozenset("the both our this all these".split())
#: Bodies of many states, which need no article: "members of the group will".
_PLURALS = words_of("members")
#: An aside between a subject and its verb begins with one of these, and is no longer.
_ASIDES = words_of("asides")
_LONGEST_ASIDE = 16
#: A body is given its short name near the beginning.
_OPENING = 2_000
_SHORT_NAME = 8


def acting(sentence: TokenizedSentence, i: int, discourse: Discourse) -> tuple[tuple[str, ...], int] | None:
    """The parties that act by the verb at token ``i``, and the token where they are named; ``None`` if nobody does."""
    words = sentence.words
    end = before_adverbs(words, i)
    if end and words[end - 1] == "administration" and discourse.principal and _own(sentence, end - 1):
        return (discourse.principal,), max(0, end - 3)
    together = gathered(sentence, end, discourse)
    if together is not None:
        return together
    end = _before_aside(words, end)
    if words[max(0, end - 2) : end] == ["that", "it"] and words[end - 3 : end - 2] in (["announced"], ["announces"]):
        end = before_adverbs(words, end - 3)  # "the agency has announced that it will"
        end -= words[max(0, end - 1)] in ("has", "have")
    subject = find_subject(sentence, end, 0, discourse)
    if subject is None or not subject.codes or not subject.strong or set(subject.codes) & NO_PARTY:
        return None
    if subject.pronoun in _NO_PARTY_PRONOUNS or (subject.start and words[subject.start - 1] in _SUPPOSED):
        return None
    return subject.codes, subject.start


def _before_aside(words: list[str], end: int) -> int:
    """Where a subject ends that an aside follows: "the United States, through its embassy, is providing"."""
    if end < 2 or words[end - 1] != ",":
        return end
    opens = next((j for j in range(end - 2, max(0, end - _LONGEST_ASIDE), -1) if words[j] == ","), 0)
    return opens if opens and words[opens + 1] in _ASIDES else end


def before_adverbs(words: list[str], i: int) -> int:
    """The token behind which a subject ends: the verb at ``i``, or the first of the adverbs before it."""
    while i and is_adverb(words[i - 1]):
        i -= 1
    return i


def gathered(sentence: TokenizedSentence, end: int, discourse: Discourse) -> tuple[tuple[str, ...], int] | None:
    """All who gathered, if the subject that ends before token ``end`` is their body, its members or their governments."""
    head = _head(sentence, end)
    if head < 0 or not discourse.settled or len(discourse.group) < 2:
        return None
    words, begin = sentence.words, head
    while (
        begin
        and words[begin - 1] not in (",", ".", "and")
        and (words[begin - 1] in _LEADING or sentence.capital(begin - 1))
    ):
        begin -= 1
    alone = words[begin:head] == ["the"]  # "the countries" that a statement speaks for are no others
    if any({*sentence.codes(j)} - {*discourse.group} for j in range(begin, end) if not (alone and j == head)):
        return None  # "the Pacific countries", in a statement of two others
    bare = words[head] in _PLURALS and (begin == 0 or words[begin - 1] == ",")
    strange = words[head] in _PLURALS and any(
        sentence.capital(j) and not sentence.codes(j) and not _is_short_name(sentence, j)
        for j in range(max(begin, 1), head)
    )
    return (discourse.group, begin) if not strange and (words[begin] in _DETERMINERS or bare) else None


def _head(sentence: TokenizedSentence, end: int) -> int:
    """The token of a body before a verb: "the Strategic Dialogue on Technology will"; -1 if there is none."""
    words = sentence.words
    for j in range(end - 1, max(-1, end - 8), -1):
        if words[j] in english().bodies or _is_countries(sentence, j) or _is_short_name(sentence, j):
            if j == end - 1:
                return j
            if words[j + 1] in ("on", "for", "of"):
                return j
        if not (sentence.capital(j) or words[j] in ("on", "for", "of", "and", "the")):
            break
    return -1


def _is_countries(sentence: TokenizedSentence, j: int) -> bool:
    """Whether a token is "countries" alone, which the tables of names hold as all the world."""
    return (
        sentence.codes(j) == ("WORLD",) and sentence.text[sentence.starts[j] : sentence.ends[j]].lower() == "countries"
    )


def _is_short_name(sentence: TokenizedSentence, j: int) -> bool:
    """Whether a token in capitals is the short name that the text has given a body: "the Initiative (CRI)"."""
    word = sentence.text[sentence.starts[j] : sentence.ends[j]]
    if not (1 < len(word) <= _SHORT_NAME and word.isupper()) or sentence.codes(j):
        return False
    defined = re.search(rf"\b(?P<kind>\w+) \({re.escape(word)}\)", sentence.text[:_OPENING])
    return defined is not None and defined["kind"].lower() in english().bodies


def _own(sentence: TokenizedSentence, i: int) -> bool:
    """Whether "administration" at ``i`` is that of the principal: "the Biden-Harris administration", "our administration"."""
    before = sentence.words[max(0, i - 3) : i]
    return any(word in ("our", "this", "my", "biden-harris") for word in before) or any(
        name is not None and name.kind == "person" for name in sentence.names[max(0, i - 3) : i]
    )
