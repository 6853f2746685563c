"""A table of words in two languages, learnt from texts that say the same in both.

A row has a word (a unit, see :mod:`onrecord.comparing.units`), how much it tells (its ``weight``), how often it is found in the
other language where the texts say the same (``found``), and its partners there with the strength of each. Only words and
numbers: no sentence can be rebuilt from it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import LexiconError
from onrecord.lexicon.tables import read_table

FOLDER = Path(__file__).with_name("word_tables")
_COLUMNS = {"language": ("", ""), "word": ("", ""), "weight": ("", ""), "found": ("", ""), "partners": ("", "")}
#: What an unknown word is taken for: rarer than most, and found half the time when it is a number or a name in the same letters.
_UNKNOWN_WEIGHT, _UNKNOWN_FOUND = 6.0, 0.1
#: Numbers, and words printed in the same letters, are partners of themselves.
_SAME = 0.9


class Word(NamedTuple):
    """What is known of a word: its weight, and the share of its uses that are found in the other language."""

    weight: float
    found: float


class WordTable:
    """The words of two languages, ``languages`` being their codes, with the strength of each pair from 0 to 1."""

    def __init__(
        self,
        languages: tuple[str, str],
        words: tuple[Mapping[str, Word], Mapping[str, Word]],
        partners: Mapping[str, Mapping[str, float]],
    ) -> None:
        self.languages, self.words, self.partners = languages, words, partners

    def word(self, side: int, key: str) -> Word:
        """What is known of a word of one side; numbers are always looked for."""
        if key.startswith("#"):
            return Word(_UNKNOWN_WEIGHT, 0.8 if len(key) > 2 else 0.5)
        return self.words[side].get(key) or Word(_UNKNOWN_WEIGHT, _UNKNOWN_FOUND)

    def strengths(
        self, one: Sequence[str], other: Sequence[str]
    ) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]:
        """The pairs of words among two lists of different words: their places in the two and their strengths."""
        place = {key: at for at, key in enumerate(other)}
        rows, columns, values = [], [], []
        for at, key in enumerate(one):
            for partner, strength in self.partners.get(key, {}).items():
                if partner in place:
                    rows.append(at)
                    columns.append(place[partner])
                    values.append(strength)
            if key in place and (key[0] == "#" or key.isascii()):
                rows.append(at)
                columns.append(place[key])
                values.append(_SAME)
        return np.array(rows, np.int32), np.array(columns, np.int32), np.array(values, np.float32)

    def to_csv(self) -> str:
        """The table as text, in the order of the words."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for side, language in enumerate(self.languages):
            for key, word in sorted(self.words[side].items()):
                ranked = (
                    sorted(self.partners.get(key, {}).items(), key=lambda one: (-one[1], one[0])) if not side else []
                )
                told = "|".join(f"{partner}:{round(100 * strength)}" for partner, strength in ranked)
                writer.writerow([language, key, f"{word.weight:.1f}", round(100 * word.found), told])
        return out.getvalue()


def load(path: Path) -> WordTable:
    """Load a table written by :meth:`WordTable.to_csv`. Raises :class:`~onrecord.errors.LexiconError`."""
    rows, places = read_table(path, _COLUMNS)
    languages = tuple(dict.fromkeys(row[0] for row in rows))
    if len(languages) != 2:
        raise LexiconError(f"a table has words of two languages, not of {len(languages)}", where=str(path))
    words: tuple[dict[str, Word], dict[str, Word]] = {}, {}
    partners: dict[str, dict[str, float]] = {}
    for row, line in zip(rows, places, strict=True):
        try:
            words[languages.index(row[0])][row[1]] = Word(float(row[2]), int(row[3]) / 100)
            if row[4]:
                pairs = (one.rpartition(":") for one in row[4].split("|"))
                partners[row[1]] = {partner: int(strength) / 100 for partner, _, strength in pairs}
        except ValueError as error:
            raise LexiconError(f"not a number: {error}", where=f"{path}, row {line}") from None
    return WordTable((languages[0], languages[1]), words, partners)


def empty(languages: tuple[str, str]) -> WordTable:
    """A table without words: numbers, and words in the same letters, are still found."""
    return WordTable(languages, ({}, {}), {})


@cache
def _loaded(path: Path) -> WordTable:
    return load(path)


@cache
def bundled(one: str, other: str) -> WordTable:
    """The bundled table of two languages, by their codes in any order; an empty one where there is none."""
    for first, second in ((one, other), (other, one)):
        path = FOLDER / f"{first}-{second}.csv"
        if path.is_file():
            table = _loaded(path)
            return table if (first, second) == (one, other) else turned(table)
    return empty((one, other))


def turned(table: WordTable) -> WordTable:
    """The same table with its languages in the other order."""
    partners: dict[str, dict[str, float]] = {}
    for key, ranked in table.partners.items():
        for partner, strength in ranked.items():
            partners.setdefault(partner, {})[key] = strength
    return WordTable((table.languages[1], table.languages[0]), (table.words[1], table.words[0]), partners)


@cache
def weights(language: str) -> dict[str, float]:
    """How much the words of a language tell, from any bundled table that has it."""
    for path in sorted(FOLDER.glob("*.csv")):
        if language in path.stem.split("-"):
            table = _loaded(path)
            return {key: word.weight for key, word in table.words[table.languages.index(language)].items()}
    return {}
