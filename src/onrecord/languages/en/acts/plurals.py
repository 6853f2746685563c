"""Nouns in the plural that no name stands beside: how many they are, and whether they mean those who met."""

from __future__ import annotations

from onrecord.languages.en.acts.tokens import TokenizedSentence
from onrecord.languages.en.acts.words import words_of

_ABOUT = ("about", "around", "over")


def counts(words: list[str], i: int) -> bool:
    """Whether a preposition only tells how many: "about 400 delegates"."""
    return (
        words[i] in _ABOUT
        and words[i + 1 : i + 2] != []
        and words[i + 1][0].isdigit()
        and words[i + 2 : i + 3] != ["%"]
    )


def are_counted(words: list[str], i: int) -> bool:
    """Whether a number before "countries" says that these are some of them: "over 30 countries", "dozens of countries"."""
    before = i - 2 if i > 1 and words[i - 1] == "of" else i - 1
    return before >= 0 and (words[before][0].isdigit() or words[before] in _ROUND_NUMBERS)


def miscounts(name: str, known: int) -> bool:
    """Whether the number in a plural is not that of the parties it is taken for."""
    return any(_COUNTS.get(word, known) != known for word in name.lower().split())


_COUNTS = {word: number for number, word in enumerate("three four five six seven eight nine ten".split(), start=3)}
#: Numbers in words before "countries".
_ROUND_NUMBERS = words_of("round-numbers")


#: Those at a conference, whatever states they come from.
_ATTENDING = words_of("attending")
_AT_IT = frozenset(("attending", "present", "participating"))
_SENT = words_of("sent")


def attends(words: list[str], a: int, b: int) -> bool:
    """Whether a plural without a name means those at a conference: "about 400 delegates", "leaders attending the meeting"."""
    near = words[a : min(b, a + 4)]
    if not _ATTENDING.isdisjoint(near):
        return True
    return any(
        one in _SENT and other in _AT_IT
        for one, other in zip(words[a : a + 4], words[a + 1 : min(b, a + 5)], strict=False)
    )


#: Members of a parliament and their like: those of the state spoken of, unless they are named.
_LEGISLATORS = words_of("legislators")
_SOME = frozenset("some several many certain these those few handful group number".split())


def are_legislators(words: list[str], a: int, b: int) -> bool:
    """Whether a plural is "some senators", "a handful of Western politicians"."""
    i = next((i for i in range(a, min(b, a + 6)) if words[i] in _LEGISLATORS), -1)
    return i > a and not _SOME.isdisjoint(words[a:i])


_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4}
#: What may stand between "the" and such a noun: "the four foreign ministers", "the national security advisors".
_QUALIFYING = words_of("qualifying")


def is_short_plural(sentence: TokenizedSentence, a: int, end: int, gathering: tuple[str, ...]) -> bool:
    """Whether a plural in capitals with an article means those who met: "the three NSAs"."""
    if end - a not in (2, 3) or sentence.words[a] != "the":
        return False
    noun = sentence.text[sentence.starts[end - 1] : sentence.ends[end - 1]]
    counted = _NUMBERS.get(sentence.words[a + 1], 0) if end - a == 3 else len(gathering)
    return len(noun) > 2 and noun[-1] == "s" and noun[:-1].isupper() and counted == len(gathering)


def is_definite(sentence: TokenizedSentence, a: int, end: int) -> bool:
    """Whether a plural without a name means those who met: with an article, or as the first word of a sentence."""
    words = sentence.words
    if words[a] not in ("the", "both", "all", "our") and not (end - a == 1 and a == 0):
        return False
    return all(word in _QUALIFYING for word in words[a : end - 1])
