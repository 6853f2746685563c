"""Accusing words: a clause that uses them about another's conduct accuses, whatever its verb (``accusing_words.toml``)."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from pathlib import Path

from onrecord.errors import LexiconError
from onrecord.lexicon.tables import read_toml

_TABLE = Path(__file__).parents[1] / "accusing_words.toml"


class AccusingWords:
    """The accusing words in one text, located once and then queried span by span."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pattern, self._beginnings = _compiled()
        lower = text.lower()
        if len(lower) != len(text):  # a letter whose lower case is longer: then a word may begin anywhere
            self._places = list(range(len(text)))
            return
        found = {start for _, start, _ in self._beginnings.find_matches_as_indexes(lower, overlapping=True)}
        self._places = sorted(found)

    def within(self, start: int, end: int) -> bool:
        """Whether an accusing word occurs in ``[start, end)``."""
        places = self._places
        for index in range(bisect_left(places, start), len(places)):
            at = places[index]
            if at >= end:
                return False
            if self._pattern.match(self._text, at, end):
                return True
        return False


@cache
def _compiled():  # type: ignore[no-untyped-def]
    """The pattern of all words, and the automaton of their beginnings: the pattern is tried only where the automaton matches.

    Raises LexiconError if the table is wrong.
    """
    import ahocorasick_rs

    words = read_toml(_TABLE, dict[str, list[str]])["words"]
    if not all(word.strip("* ") for word in words):
        raise LexiconError("an empty word accuses nobody", where=str(_TABLE))
    stems = (
        re.escape(word.rstrip("*")).replace(r"\ ", r"\s+") + (r"\w*" if word.endswith("*") else "") for word in words
    )
    pattern = re.compile(rf"\b(?:{'|'.join(stems)})\b", re.IGNORECASE)
    return pattern, ahocorasick_rs.AhoCorasick({word.rstrip("*").partition(" ")[0].lower() for word in words})
