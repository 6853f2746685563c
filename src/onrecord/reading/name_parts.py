"""The parts of the words of a label: courtesies, titles and offices, what they are for, and names."""

from __future__ import annotations

import re

from onrecord.lexicon.outlets import outlet_ids
from onrecord.reading.callers import is_given_name, is_outlet_name
from onrecord.reading.label_words import (
    is_portfolio,
    is_title,
    voice_of,
)
from onrecord.reading.naming import names_somebody

COURTESY = frozenset(
    "mr ms mrs miss dr prof m mme mm mmes monsieur madame herr frau señor señora sr sra don doña shri shrimati smt kumari senhor"
    " senhora signor signora pan pani sayın bay bayan господин госпожа hr fru de heer mevrouw sir dame".split()
)
ARTICLES = frozenset("the le la o a el il lo der die das les os as de het den".split())
STAGE_CAPITAL = re.compile(
    r"(?:In|Via|Through|From|By|As|With|Off|Laughs?|Laughter|Inaudible|Speaks?|Speaking|Translated|Interpreted)\b", re.I
)
#: "N. EXAMPLE", "J. K. Example".
INITIAL_FIRST = re.compile(r"(?:[^\W\d_a-z]\. ?){1,3}[^\W\d_a-z][\w’'-]{2,}")


def without_stop(word: str) -> str:
    """A word in lower case, without the full stop of an abbreviation."""
    return word.casefold().rstrip(".")


def is_stage(aside: str) -> bool:
    """Whether the words in brackets after a name are a stage direction, a party, or a language."""
    lower = aside[0].islower() and not any(word.strip('«“"„')[:1].isupper() for word in aside.split()[1:])
    return lower or not aside[0].isalpha() or len(aside) < 3 or STAGE_CAPITAL.match(aside) is not None


def is_for(printed: str, words: str) -> bool:
    """Whether the words behind an office are no name: what it is for, or an office again ("Deputy Finance Minister")."""
    parts = [word for word in words.split() if word[0].isupper()] or words.split()
    if not begins_with_title(without_courtesies(printed)):
        return False
    return is_portfolio(parts[0]) or (
        len(words.split()) > 1 and words[0].isupper() and is_title(words.rsplit(maxsplit=1)[-1])
    )


def without_courtesies(words: str) -> str:
    """An office without "El señor" before it, where that is not all."""
    parts = words.split()
    while len(parts) > 1 and (
        without_stop(parts[0]) in COURTESY
        or (without_stop(parts[0]) in ARTICLES and without_stop(parts[1]) in COURTESY)
    ):
        parts = parts[1:]
    return " ".join(parts)


def begins_with_title(words: str) -> bool:
    """Whether a title opens the words, behind an article or not."""
    parts = words.split()
    if parts and parts[0].casefold() in ARTICLES and len(parts) > 1:
        parts = parts[1:]
    return bool(parts) and is_title(parts[0])


def is_office(words: str) -> bool:
    """Whether a word for an office is among the words, which are no known outlet's: "Official Spokesperson"."""
    held = any(
        is_title(word.strip(",")) or voice_of(word.strip(",")) in ("podium", "moderator") for word in words.split()
    )
    return held and outlet_ids()(words) is None


def behind_office(words: str) -> str:
    """The name behind an office of several words, with a known first name: "State Secretary in the Ministry Ann Holm"."""
    parts = words.split()
    if len(parts) > 1 and is_given_name(parts[1].capitalize()):
        return ""  # it follows the title at once
    for i in range(2, len(parts) - 1):
        if is_given_name(parts[i].capitalize()) and len(parts) - i <= 3 and not is_title(parts[i]):
            name = " ".join(parts[i:])
            return name if names_somebody(name) and not any(map(is_title, parts[i:])) else ""
    return ""


def without_titles(words: str) -> str:
    """A name without the ranks before it; empty for an office without a name."""
    parts = words.split()
    i = 0
    while i < len(parts) and (is_title(parts[i]) or (i == 0 and parts[i].casefold() in ARTICLES)):
        i += 1
    return " ".join(parts[i:])


def capital_tail(words: str) -> str | None:
    """The name in capitals with which a label ends that begins in lower case: "of Finance RIN EXAMPLE"."""
    parts = words.split()
    i = len(parts)
    while i and parts[i - 1].isupper() and len(parts[i - 1]) > 1:
        i -= 1
    return " ".join(parts[i:]) if 0 < i < len(parts) else None


def is_name(words: str) -> bool:
    """Whether a few words, without the titles before them, can be a name."""
    return 0 < len(words.split()) <= 5 and names_somebody(without_titles(words) or words)


def is_person(name: str) -> bool:
    """Whether a name begins with an initial or a known first name."""
    if INITIAL_FIRST.fullmatch(name):
        return True
    return " " in name and is_given_name(name.split(maxsplit=1)[0].capitalize()) and not is_outlet(name)


def is_outlet(words: str) -> bool:
    """Whether the words are a known outlet, or named as outlets are: "Tide Weekly"."""
    return outlet_ids()(words) is not None or is_outlet_name(
        words.title() if words.isupper() and " " in words else words
    )
