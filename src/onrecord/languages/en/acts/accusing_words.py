"""Accusing words: a clause that uses them about another's conduct accuses, whatever its verb (``accusing_words.toml``)."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from operator import itemgetter
from pathlib import Path

from onrecord.errors import LexiconError
from onrecord.languages.en.acts.words import words_of
from onrecord.lexicon.tables import read_toml

_TABLE = Path(__file__).parents[1] / "accusing_words.toml"


class AccusingWords:
    """The accusing words in one text, located once and then queried span by span."""

    def __init__(self, text: str) -> None:
        self._text = text
        whole, by_beginning, beginnings = _compiled()
        lower = text.lower()
        if len(lower) != len(text):  # a letter whose lower case is longer: then a word may begin anywhere
            self._places = [(start, whole) for start in range(len(text))]
            return
        found = beginnings.find_matches_as_indexes(lower, overlapping=True)
        self._places = sorted(((start, by_beginning[index]) for index, start, _ in found), key=_place)

    def within(self, start: int, end: int) -> bool:
        """Whether an accusing word occurs in ``[start, end)``."""
        places = self._places
        for index in range(bisect_left(places, start, key=_place), len(places)):
            at, pattern = places[index]
            if at >= end:
                return False
            if pattern.match(self._text, at, end) and not _prevented().search(self._text, start, at):
                return True
        return False


_place = itemgetter(0)


@cache
def _prevented() -> re.Pattern[str]:
    """What stands before a word that is not blamed on the subject, as the subject acts against it: "prevent", "victim of"."""
    words = "|".join(re.escape(word).replace("_", r"\s+") for word in sorted(words_of("preventing")))
    return re.compile(rf"\b(?:{words})(?:\s+\w+){{0,3}}?\s+$", re.IGNORECASE)


@cache
def _compiled():  # type: ignore[no-untyped-def]
    """The pattern of all words, those of the words with one beginning, and the automaton of the beginnings.

    A pattern is tried only where the automaton finds its beginning. Raises LexiconError if the table is wrong.
    """
    import ahocorasick_rs

    words = read_toml(_TABLE, dict[str, list[str]])["words"]
    if not all(word.strip("* ") for word in words):
        raise LexiconError("an empty word accuses nobody", where=str(_TABLE))
    beginnings: dict[str, list[str]] = {}
    for word in words:
        beginnings.setdefault(word.rstrip("*").partition(" ")[0].lower(), []).append(word)
    return _pattern(words), [_pattern(some) for some in beginnings.values()], ahocorasick_rs.AhoCorasick(beginnings)


def _pattern(words: list[str]) -> re.Pattern[str]:
    stems = (
        re.escape(word.rstrip("*")).replace(r"\ ", r"\s+") + (r"\w*" if word.endswith("*") else "") for word in words
    )
    return re.compile(rf"\b(?:{'|'.join(stems)})\b", re.IGNORECASE)
