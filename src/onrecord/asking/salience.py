"""How telling a change of wording is, by the words that changed. The table is ``lexicon/telling.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import ahocorasick_rs


class _SalienceTable(NamedTuple):
    """The table of telling words.

    ``kinds`` has the kinds by name and weight, ``prefixes`` an automaton of the fixed beginnings of the words; ``words``
    has, for each beginning, the patterns with the number of their kind. ``others`` are patterns without a fixed
    beginning.
    """

    kinds: list[tuple[str, float]]
    prefixes: ahocorasick_rs.AhoCorasick
    words: list[list[tuple[int, re.Pattern[str]]]]
    others: list[tuple[int, re.Pattern[str]]]


@cache
def _salience_table() -> _SalienceTable:
    table: dict[str, Any] = tomllib.loads(
        files("onrecord.lexicon").joinpath("telling.toml").read_text(encoding="utf-8")
    )
    by_prefix: dict[str, list[tuple[int, re.Pattern[str]]]] = {"": []}
    for kind, entry in enumerate(table.values()):
        for word in entry["words"]:
            pattern = re.compile(rf"(?<![a-z]){word}(?![a-z])")
            by_prefix.setdefault(_prefix(word), []).append((kind, pattern))
    others = by_prefix.pop("")
    return _SalienceTable(
        [(name, float(entry["weight"])) for name, entry in table.items()],
        ahocorasick_rs.AhoCorasick(list(by_prefix)),
        list(by_prefix.values()),
        others,
    )


def _prefix(word: str) -> str:
    """The letters with which every match of a regular expression begins."""
    letters = re.match(r"[^\\.^$*+?{}\[\]|()]*", word)
    if letters is None or "|" in word:
        return ""
    return letters[0][:-1] if word[letters.end() : letters.end() + 1] in ("?", "*", "{") else letters[0]


def salience_of(changed: list[str]) -> tuple[float, tuple[str, ...]]:
    """How telling it is that these folded words changed: a weight, and the kinds of the table that they touch."""
    if not changed:
        return 0.0, ()
    text = " ".join(changed)
    joined = text if text.isascii() else text + " " + text.replace(" ", "")
    table = _salience_table()
    kinds = {kind for kind, pattern in table.others if pattern.search(joined)}
    # Each word is matched only where it may begin: searching for all of them at every letter takes ten times as long.
    for prefix, start, _ in table.prefixes.find_matches_as_indexes(joined, overlapping=True):
        for kind, pattern in table.words[prefix]:
            if kind not in kinds and pattern.match(joined, start):
                kinds.add(kind)
    touched = [table.kinds[kind] for kind in sorted(kinds)]
    if any(word[0].isdigit() for word in changed):
        touched.append(("numbers", 3.0))
    return 0.1 + sum(weight for _, weight in touched), tuple(name for name, _ in touched)
