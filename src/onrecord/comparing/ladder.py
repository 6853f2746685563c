"""The escalation ladders of diplomatic language: the rungs of a sentence, and how far a rewording moves on a ladder.

The table is ``ladder.toml``; its header explains how to write phrases. A rung describes only the wording. Who says it of
whom, and whether a step is intended, is for the reader to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import ahocorasick_rs
import msgspec

from onrecord.errors import LexiconError
from onrecord.languages.tokens import BREAK, placed_stream, stream
from onrecord.lexicon.tables import FOLDER, read_toml

_TABLE = FOLDER / "ladder.toml"
_GAP = "..."
#: The maximum number of words that a gap matches.
_GAP_WORDS = 4
_WORDS = re.compile(r"[^\W\s]+\*?(?:/[^\W\s]+\*?)*")
_HAN = re.compile("[\u3400-\u9fff]")


class Rung(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the table. ``phrases`` are its phrases by language, ``note`` what it signals, ``source`` the sources for its
    place on the ladder, keys of ``Ladders.sources``."""

    ladder: str
    id: str
    rank: int
    note: str
    source: tuple[str, ...]
    phrases: dict[str, tuple[str, ...]] = {}


class Stands(msgspec.Struct, frozen=True):
    """A rung found in a text: ``words`` as printed, at ``[start, end)``."""

    ladder: str
    rung: str
    rank: int
    words: str
    start: int
    end: int


class Move(msgspec.Struct, frozen=True):
    """How a rewording moved on a ladder. ``before`` and ``after`` are the highest rungs, or None; ``up`` is the number of ranks,
    negative for down, None if the wording entered or left the ladder."""

    ladder: str
    before: str | None
    after: str | None
    up: int | None

    def __str__(self) -> str:
        if self.up is None:
            change = f"now says {self.after}" if self.before is None else f"no longer says {self.before}"
        else:
            change = f"{self.before} → {self.after}, {'up' if self.up > 0 else 'down'} {abs(self.up)}"
        return f"{self.ladder}: {change}".replace("-", " ")


class _Negation(msgspec.Struct, forbid_unknown_fields=True):
    within: int
    near: dict[str, list[str]]
    before: dict[str, list[str]]


class _Table(msgspec.Struct, forbid_unknown_fields=True):
    sources: dict[str, str]
    ladders: dict[str, str]
    negation: _Negation
    affirming: dict[str, list[str]]
    aside: dict[str, list[str]]
    rung: list[dict[str, Any]]
    alarming: dict[str, int] = {}

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the table is written in."""
        return tuple(self.aside)


class Ladders:
    """A loaded and validated table."""

    def __init__(self, table: _Table, rungs: tuple[Rung, ...]) -> None:
        self.rungs = rungs
        self.sources = table.sources
        self.ladders = table.ladders
        self.alarming = table.alarming
        self._patterns: dict[str, list[tuple[Rung | None, re.Pattern[str]]]] = {}
        self._beginnings: dict[str, tuple[ahocorasick_rs.AhoCorasick, list[list[int]]]] = {}
        self._negations: dict[str, re.Pattern[str]] = {}
        self._affirming: dict[str, re.Pattern[str]] = {}
        negation = table.negation
        for language in table.languages:
            phrases: list[tuple[Rung | None, str]] = [
                (rung, phrase) for rung in rungs for phrase in rung.phrases.get(language, ())
            ]
            phrases += [(None, phrase) for phrase in table.aside[language]]
            self._patterns[language] = [(rung, _pattern(phrase)) for rung, phrase in phrases]
            beginnings: dict[str, list[int]] = {}
            for place, (_, phrase) in enumerate(phrases):
                for word in phrase.split(" ", maxsplit=1)[0].split("/"):
                    beginnings.setdefault(_beginning(word), []).append(place)
            self._beginnings[language] = ahocorasick_rs.AhoCorasick(list(beginnings)), list(beginnings.values())
            self._affirming[language] = re.compile("|".join(_pattern(it).pattern for it in table.affirming[language]))
            near, before = ("|".join(map(_expression, words[language])) for words in (negation.near, negation.before))
            self._negations[language] = re.compile(
                rf"(?<= )(?:(?:{near})(?:[^ {BREAK}]+ ){{0,{negation.within}}}|(?:{before}))$"
            )

    def rungs_of(self, text: str, language: str) -> list[Stands]:
        """The rungs of a text, in order; of overlapping phrases only the longest. See :func:`rungs`."""
        language = language.split("-", maxsplit=1)[0]
        if language not in self._patterns:
            return []
        placed = list(placed_stream(text))
        said = " " + "".join(f"{word} " for word, _, _ in placed)
        # Search only phrases whose first word occurs: a text contains few of the hundreds of phrases.
        automaton, places = self._beginnings[language]
        begun = {
            place
            for which, _, _ in automaton.find_matches_as_indexes(said, overlapping=True)
            for place in places[which]
        }
        patterns = self._patterns[language]
        found = [
            (match.end() - match.start(), rung.rank if rung else 99, match.start(), match.end(), rung)
            for rung, pattern in map(patterns.__getitem__, sorted(begun))
            for match in pattern.finditer(said)
        ]
        found.sort(key=lambda one: (-one[0], -one[1], one[2]))
        taken: list[tuple[int, int]] = []
        holding: list[tuple[int, int, Rung]] = []
        # A rung, or words that only begin like a negation, do not negate what follows: "strongly dissatisfied and opposed".
        clear = self._affirming[language].sub(lambda match: _blank(match[0]), said)
        for _, _, start, end, rung in found:
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            taken.append((start, end))
            clear = clear[:start] + _blank(clear[start:end]) + clear[end:]
            if rung is not None:
                holding.append((start, end, rung))
        standing = []
        for start, end, rung in sorted(holding, key=lambda one: one[0]):
            if self._negations[language].search(clear[:start]):
                continue
            begin = placed[said.count(" ", 0, start) - 1][1]
            close = placed[said.count(" ", 0, end) - 2][2]
            standing.append(Stands(rung.ladder, rung.id, rung.rank, text[begin:close], begin, close))
        return standing


def _blank(words: str) -> str:
    """Replace words by placeholders of the same number and length."""
    return re.sub(r"\S", "·", words)


def load(table: Path = _TABLE) -> Ladders:
    """Load and validate a table.

    Raises :class:`~onrecord.errors.LexiconError` naming the rung and its line for a missing or mistyped field, a
    duplicate id or phrase, an undefined ladder or source, or a phrase not in normal form.
    """
    read = read_toml(table, _Table)
    for unknown in read.alarming.keys() - read.ladders.keys():
        raise LexiconError(f"there is no ladder {unknown!r} in [ladders]", where=f"{table}, [alarming]")
    text = table.read_text(encoding="utf-8-sig")
    lines = [number for number, line in enumerate(text.split("\n"), start=1) if line.strip() == "[[rung]]"]
    rungs: list[Rung] = []
    ids: set[str] = set()
    owners: dict[tuple[str, str], str] = {}
    for line, row in zip(lines, read.rung, strict=True):
        where = f"{table}, line {line}, rung {row.get('id', '?')!r}"
        try:
            phrases = {language: row[language] for language in read.languages if language in row}
            rung = msgspec.convert({**row, "phrases": phrases}, Rung)
        except msgspec.ValidationError as error:
            raise LexiconError(str(error), where=where) from error
        for wrong in _faults(rung, row, read, ids, owners):
            raise LexiconError(wrong, where=where)
        ids.add(rung.id)
        rungs.append(rung)
    for name, asked in (
        ("negation.near", read.negation.near),
        ("negation.before", read.negation.before),
        ("affirming", read.affirming),
        ("aside", read.aside),
    ):
        for language in read.languages:
            for phrase in asked.get(language, [""]):
                if not _is_written_as_compared(phrase):
                    raise LexiconError(
                        f"{phrase!r} is not written as it is compared", where=f"{table}, [{name}] {language}"
                    )
    return Ladders(read, tuple(rungs))


def _faults(
    rung: Rung, row: dict[str, Any], table: _Table, ids: set[str], owners: dict[tuple[str, str], str]
) -> Iterator[str]:
    unknown = set(row) - set(Rung.__struct_fields__) - set(table.languages)
    if unknown:
        yield f"a rung has no field {', '.join(sorted(unknown))}"
    if rung.id in ids:
        yield f"the id {rung.id!r} stands twice"
    if rung.rank < 1:
        yield f"a rank is 1 or more, not {rung.rank}"
    if rung.ladder not in table.ladders:
        yield f"there is no ladder {rung.ladder!r} in [ladders]"
    if not rung.source:
        yield "source names no source"
    for source in rung.source:
        if source not in table.sources:
            yield f"there is no source {source!r} in [sources]"
    if not any(rung.phrases.values()):
        yield "it has no phrase"
    for language, phrases in rung.phrases.items():
        for phrase in phrases:
            if not _is_written_as_compared(phrase):
                yield f"{phrase!r} is not written as it is compared: lower case, no punctuation but / * and ..."
            other = owners.setdefault((language, phrase), rung.id)
            if other != rung.id:
                yield f"{phrase!r} stands on {other!r} too"


def _is_written_as_compared(phrase: str) -> bool:
    parts = phrase.split(" ")
    if parts[0] == _GAP or parts[-1] == _GAP:
        return False
    for part in parts:
        if part == _GAP:
            continue
        if not _WORDS.fullmatch(part) or any(
            stream(word.rstrip("*")) != ([word.rstrip("*")] if not _HAN.search(word) else list(word))
            for word in part.split("/")
        ):
            return False
    return True


def _expression(phrase: str) -> str:
    """A phrase as a regular expression over words, each followed by a space."""
    parts = []
    for part in phrase.split(" "):
        if part == _GAP:
            parts.append(rf"(?:\S+ ){{0,{_GAP_WORDS}}}?")
        else:
            parts.append(f"(?:{'|'.join(_word(word) for word in part.split('/'))})")
    return "".join(parts)


def _word(word: str) -> str:
    if _HAN.search(word):
        return "".join(f"{character} " for character in word)  # each character is a word
    return re.escape(word.rstrip("*")) + (r"[^ ]* " if word.endswith("*") else " ")


def _beginning(word: str) -> str:
    """The literal prefix of a word in the normalised text: the space before it and its fixed characters."""
    if _HAN.search(word):
        return " " + "".join(f"{character} " for character in word)
    return f" {word.rstrip('*')}" + ("" if word.endswith("*") else " ")


def _pattern(phrase: str) -> re.Pattern[str]:
    return re.compile(f"(?<= ){_expression(phrase)}")


@cache
def ladders() -> Ladders:
    """The bundled table."""
    return load()


def rungs(text: str, language: str) -> list[Stands]:
    """The rungs of a text, in order of position; none in a language without a table.

    A phrase closely preceded by a negation in the same clause ("does not oppose", "并不反对") does not count.
    """
    return list(_rungs(text, language))


@lru_cache(maxsize=4096)
def _rungs(text: str, language: str) -> tuple[Stands, ...]:
    """Cached, since one phrase is compared with many others."""
    return tuple(ladders().rungs_of(text, language))


def highest(standing: list[Stands]) -> dict[str, Stands]:
    """The highest rung by ladder; of two with the same rank the first."""
    best: dict[str, Stands] = {}
    for one in standing:
        if one.ladder not in best or one.rank > best[one.ladder].rank:
            best[one.ladder] = one
    return best


def alarming(text: str, language: str) -> list[Stands]:
    """The highest rung of a text on each ladder where it is alarming, by the table ``[alarming]``."""
    least = ladders().alarming
    best = highest(rungs(text, language))
    return [one for one in best.values() if one.ladder in least and one.rank >= least[one.ladder]]


def moves(before: str, after: str, language: str) -> tuple[Move, ...]:
    """How a rewording moved on each ladder, from the highest rung before to the highest after."""
    was, now = highest(rungs(before, language)), highest(rungs(after, language))
    found = []
    for ladder in ladders().ladders:
        old, new = was.get(ladder), now.get(ladder)
        if (old.rank if old else 0) != (new.rank if new else 0):
            up = new.rank - old.rank if old and new else None
            found.append(Move(ladder, old.rung if old else None, new.rung if new else None, up))
    return tuple(found)
