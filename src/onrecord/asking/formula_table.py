"""Repeated phrases that are not formulas: boilerplate, figures, names. The table is ``formulas.toml``."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import msgspec

from onrecord.errors import LexiconError
from onrecord.languages.tokens import words
from onrecord.lexicon.tables import FOLDER, read_toml

_TABLE = FOLDER / "formulas.toml"
_COUNTRIES = FOLDER / "country_words.csv"
_YEAR = re.compile("(?:19|20)[0-9]{2}")


class _Edges(msgspec.Struct, forbid_unknown_fields=True):
    first: list[str] = []
    last: list[str] = []


class _Names(msgspec.Struct, forbid_unknown_fields=True):
    capitals: bool = False
    beginnings: list[str] = []
    endings: list[str] = []
    known: list[str] = []
    kept: list[str] = []


class _Table(msgspec.Struct, forbid_unknown_fields=True):
    edges: dict[str, _Edges]
    boilerplate: dict[str, list[str]]
    names: dict[str, _Names]


class Aside:
    """The exclusions for a language. No formula begins with a word of ``never_first`` or ends with one of ``never_last``."""

    def __init__(self, table: _Table, language: str) -> None:
        language = language.partition("-")[0]
        edges = table.edges.get(language, _Edges())
        names = table.names.get(language, _Names())
        self.never_first, self.never_last = edges.first, edges.last
        self._small = {*edges.first, *edges.last}
        self._capitals = names.capitals
        self._boilerplate = [_spaced(words(phrase)) for phrase in table.boilerplate.get(language, [])]
        self._beginnings = tuple(_spaced(words(name)) for name in names.beginnings)
        self._endings = tuple(_spaced(words(name)) for name in names.endings)
        self._known = {_spaced(words(name)) for name in names.known} | _countries()
        self._kept = {_spaced(words(name)) for name in names.kept}

    def is_boilerplate(self, said: tuple[str, ...]) -> bool:
        """Whether folded words contain a boilerplate phrase, are part of one, or contain figures other than years."""
        if any(word[0].isdigit() and not _YEAR.fullmatch(word) for word in said):
            return True
        spaced = _spaced(said)
        return any(phrase in spaced or spaced in phrase for phrase in self._boilerplate)

    def is_name(self, said: tuple[str, ...], *printed: str) -> bool:
        """Whether folded words are a name: by the table, or because every word is capitalised in all printed forms."""
        spaced = _spaced(said)
        if spaced in self._kept:
            return False
        if spaced in self._known or spaced.startswith(self._beginnings) or spaced.endswith(self._endings):
            return True
        return self._capitals and bool(printed) and all(self._is_capital(one) for one in printed)

    def _is_capital(self, printed: str) -> bool:
        long_words = [word for word in printed.split() if word[0].isalpha() and word.lower() not in self._small]
        return bool(long_words) and all(word[0].isupper() for word in long_words)


def _spaced(said: list[str] | tuple[str, ...]) -> str:
    return f" {' '.join(said)} "


def load(table: Path = _TABLE) -> dict[str, Aside]:
    """Load and validate a table, by language. Raises :class:`~onrecord.errors.LexiconError` naming the phrase."""
    read = read_toml(table, _Table)
    for language, edges in read.edges.items():
        for side, some in (("first", edges.first), ("last", edges.last)):
            for word in some:
                if words(word) != [word]:
                    raise LexiconError(f"{word!r} is not one folded word", where=f"{table}, [edges] {language}.{side}")
    tables = [(f"[boilerplate] {language}", some) for language, some in read.boilerplate.items()]
    for language, names in read.names.items():
        for field in ("beginnings", "endings", "known", "kept"):
            tables.append((f"[names] {language}.{field}", getattr(names, field)))
    for where, some in tables:
        seen: set[tuple[str, ...]] = set()
        for phrase in some:
            said = tuple(words(phrase))
            if not said:  # it would match every formula
                raise LexiconError(f"{phrase!r} contains no word", where=f"{table}, {where}")
            if said in seen:
                raise LexiconError(f"{phrase!r} occurs twice", where=f"{table}, {where}")
            seen.add(said)
    languages = {*read.edges, *read.boilerplate, *read.names}
    return {language: Aside(read, language) for language in languages} | {"": Aside(read, "")}


@cache
def _tables() -> dict[str, Aside]:
    return load()


def aside(language: str) -> Aside:
    """The exclusions of the bundled table for a language; for other languages only figures are excluded."""
    tables = _tables()
    return tables.get(language.partition("-")[0], tables[""])


@cache
def _countries() -> frozenset[str]:
    with _COUNTRIES.open(encoding="utf-8", newline="") as rows:
        return frozenset(
            _spaced(words(name))
            for row in csv.DictReader(rows)
            for name in f"{row['chinese']}|{row['english']}".split("|")
        )
