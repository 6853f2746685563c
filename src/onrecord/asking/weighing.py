"""How telling a change of wording is: by the words that changed. The table is ``lexicon/telling.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import ahocorasick_rs


class _Telling(NamedTuple):
    """The table of telling words: the kinds by name and weight, an automaton of how the words begin, and for each
    beginning the words, with the place of their kind; those that begin with nothing certain by themselves."""

    kinds: list[tuple[str, float]]
    beginnings: ahocorasick_rs.AhoCorasick
    words: list[list[tuple[int, re.Pattern[str]]]]
    others: list[tuple[int, re.Pattern[str]]]


@cache
def _telling() -> _Telling:
    told: dict[str, Any] = tomllib.loads(files("onrecord.lexicon").joinpath("telling.toml").read_text(encoding="utf-8"))
    beginning: dict[str, list[tuple[int, re.Pattern[str]]]] = {"": []}
    for kind, entry in enumerate(told.values()):
        for word in entry["words"]:
            pattern = re.compile(rf"(?<![a-z]){word}(?![a-z])")
            beginning.setdefault(_beginning(word), []).append((kind, pattern))
    others = beginning.pop("")
    return _Telling(
        [(name, float(entry["weight"])) for name, entry in told.items()],
        ahocorasick_rs.AhoCorasick(list(beginning)),
        list(beginning.values()),
        others,
    )


def _beginning(word: str) -> str:
    """The letters that everything begins with which a regular expression stands for."""
    letters = re.match(r"[^\\.^$*+?{}\[\]|()]*", word)
    if letters is None or "|" in word:
        return ""
    return letters[0][:-1] if word[letters.end() : letters.end() + 1] in ("?", "*", "{") else letters[0]


def weigh(changed: list[str]) -> tuple[float, tuple[str, ...]]:
    """How telling it is that these words, folded, changed: a weight, and what they touch, by the names of the table."""
    if not changed:
        return 0.0, ()
    text = " ".join(changed)
    joined = text if text.isascii() else text + " " + text.replace(" ", "")
    told = _telling()
    kinds = {kind for kind, pattern in told.others if pattern.search(joined)}
    # Each word of the table is matched where it may begin: to search for all of them at every letter takes ten times as long.
    for beginning, start, _ in told.beginnings.find_matches_as_indexes(joined, overlapping=True):
        for kind, pattern in told.words[beginning]:
            if kind not in kinds and pattern.match(joined, start):
                kinds.add(kind)
    touched = [told.kinds[kind] for kind in sorted(kinds)]
    if any(word[0].isdigit() for word in changed):
        touched.append(("numbers", 3.0))
    return 0.1 + sum(weight for _, weight in touched), tuple(name for name, _ in touched)
