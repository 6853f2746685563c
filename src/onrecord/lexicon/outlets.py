"""News outlets: their usual names in English and Chinese, with a canonical id.

``outlets.csv`` has a row for each outlet: id, names, aliases (separated by ``|``), language of publication (BCP 47), country
(ISO 3166 alpha-2), Wikidata item if certain, kind, and the parent outlet. A name occurs once in the table; the lookup ignores
case, brackets, a country before the name, and the word for reporter after it.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, get_args

import msgspec

from onrecord.errors import LexiconError
from onrecord.lexicon.outlet_ids import OutletIds
from onrecord.lexicon.tables import first_wrong, read_table

Kind = Literal["agency", "newspaper", "magazine", "television", "radio", "broadcaster", "website"]

_TABLE = Path(__file__).with_name("outlets.csv")
_COUNTRIES = Path(__file__).with_name("country_words.csv")
#: The columns in order, with the pattern of their cells.
_FORMS = {
    "id": (r"[a-z0-9]+(?:-[a-z0-9]+)*", "lower-case words joined by hyphens"),
    "name": (r"\S.*", "a name"),
    "name_zh": (r"(?:\S.*)?", "a name, or empty"),
    "aliases": (r"(?:[^|\n]+(?:\|[^|\n]+)*)?", "names divided by |, or empty"),
    "language": (r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?", "a language such as en or zh"),
    "country": (r"[A-Z]{2}", "an ISO 3166 code of two capitals"),
    "qid": (r"(?:Q[1-9]\d*)?", "a Wikidata item such as Q130879, or empty"),
    "kind": ("|".join(get_args(Kind)), f"one of {', '.join(get_args(Kind))}"),
    "part_of": (r"[a-z0-9-]*", "the id of an outlet, or empty"),
}
_COLUMNS = tuple(_FORMS)
#: Characters ignored in comparison: spaces (one page prints "R euters"), points, hyphens and brackets.
_DROPPED = " \t\u00a0\u3000.,'’‘\"“”-–—·・•&+!/()（）《》〈〉「」『』[]【】"
#: Accents, which are separate characters in a decomposed name.
_ACCENTS = re.compile(r"[\u0300-\u036f]+")
_REPORTER = re.compile(r"(?:驻[\u4e00-\u9fff]{1,3})?记者(?:[（(].*[）)])?(?:追问|提问|补充提问|补充|问)?$")
_IN_BRACKETS = re.compile(r"\s*[（(][^（）()]*[）)]\s*$")


class Outlet(msgspec.Struct, frozen=True, gc=False):
    """A row of the table. ``name_zh`` and ``qid`` may be empty; ``part_of`` is the id of a larger outlet, or empty."""

    id: str
    name: str
    name_zh: str
    aliases: tuple[str, ...]
    language: str
    country: str
    qid: str
    kind: Kind
    part_of: str

    @property
    def names(self) -> tuple[str, ...]:
        """All its names."""
        return (self.name, self.name_zh, *self.aliases) if self.name_zh else (self.name, *self.aliases)


class OutletFinder(OutletIds):
    """Finds the id of an outlet as printed: ``"《环球时报》记者"``, ``"the AP"``, ``"日本NHK"``, ``"UOL of Brazil"``."""

    countries: dict[str, str]

    def __call__(self, printed: str) -> str | None:
        """The id, or None for an unknown outlet or for two named together."""
        known = self.by_name
        found = known.get(key(printed))
        if found is not None:
            return found
        bare = _REPORTER.sub("", printed.strip())
        for form in (bare, _IN_BRACKETS.sub("", bare), re.sub(r"(?i)^the\s+", "", bare)):
            if form and (found := known.get(key(form))) is not None:
                return found
        return self._with_country(bare)

    def _with_country(self, printed: str) -> str | None:
        """The outlet of a name printed with its country: "日本《读卖新闻》", "Brazil's O Globo"."""
        for country, rest in _country_words().split(printed):
            found = self.by_name.get(key(rest))
            if found is not None and self.countries[found] == country:
                return found
        return None


class _CountryWords(msgspec.Struct, frozen=True):
    codes: dict[str, str]
    before: re.Pattern[str]
    after: re.Pattern[str]

    def split(self, printed: str) -> Iterable[tuple[str, str]]:
        for pattern in (self.before, self.after):
            match = pattern.match(printed)
            code = self.codes.get(match["country"].casefold()) if match else None
            if match and code:  # without regard to case a pattern takes "ı" for "i": such a word is no country
                yield code, match["rest"]


@cache
def _country_words() -> _CountryWords:
    with _COUNTRIES.open(encoding="utf-8", newline="") as rows:
        codes = {
            word.casefold(): row["code"]
            for row in csv.DictReader(rows)
            for word in f"{row['chinese']}|{row['english']}".split("|")
        }
    words = "|".join(re.escape(word) for word in sorted(codes, key=len, reverse=True))
    return _CountryWords(
        codes,
        re.compile(rf"(?i)(?P<country>{words})(?:['’]s\b)?\s*(?P<rest>.+)"),
        re.compile(rf"(?i)(?P<rest>.+?)(?:\s+(?:of|in)\s+|\s*,\s*|\s+)(?P<country>{words})$"),
    )


def key(name: str) -> str:
    """The normal form of a name for comparison, without case, accents, spaces and punctuation."""
    name = name.casefold()
    if not name.isascii():
        name = _ACCENTS.sub("", unicodedata.normalize("NFKD", name))
    for (
        mark
    ) in _DROPPED:  # one replacement per character is five times as fast as a regular expression on the whole table
        if mark in name:
            name = name.replace(mark, "")
    return name


class OutletTable:
    """A loaded and validated table: ``by_name`` finds the id by the :func:`key` of any name, ``countries`` the country by id."""

    def __init__(self, rows: list[list[str]], by_name: dict[str, str]) -> None:
        self._rows = rows
        self.by_name = by_name

    @cached_property
    def countries(self) -> dict[str, str]:
        """The country of each outlet, by id."""
        return {row[0]: row[5] for row in self._rows}

    @cached_property
    def outlets(self) -> tuple[Outlet, ...]:
        """The outlets in the order of the table."""
        return tuple(
            Outlet(row[0], row[1], row[2], tuple(row[3].split("|")) if row[3] else (), *row[4:])  # type: ignore[arg-type]
            for row in self._rows
        )

    @cached_property
    def by_id(self) -> dict[str, Outlet]:
        """The outlets by id."""
        return {outlet.id: outlet for outlet in self.outlets}


def load(table: Path = _TABLE) -> OutletTable:
    """Load and validate a table.

    Raises :class:`~onrecord.errors.LexiconError` naming the row for a duplicate id or name, an invalid code, or a
    ``part_of`` that is not an id.
    """
    rows, places = read_table(table, _FORMS)
    _check_cells(rows, places, table)
    names: list[str] = []
    owners: list[int] = []
    for i, row in enumerate(rows):
        names += filter(None, (row[1], row[2], *row[3].split("|")))
        owners += [i] * (len(names) - len(owners))
    by_name: dict[str, str] = {}
    # Normalise all names in one string, which takes a fifth of the time: no name contains a line break.
    for name_key, name, i in zip(key("\n".join(names)).split("\n"), names, owners, strict=True):
        other = by_name.setdefault(name_key, rows[i][0])
        if other != rows[i][0]:
            raise LexiconError(
                f"the name {name!r} stands for both {other!r} and {rows[i][0]!r}",
                where=f"{table}, row {places[i]}",
                hint="Leave it with the one that is usually meant; the other keeps it with its country before it",
            )
    return OutletTable(rows, by_name)


def _check_cells(rows: list[list[str]], places: list[int], table: Path) -> None:
    wrong = first_wrong(rows, _FORMS)
    if wrong is not None:
        i, name = wrong
        value = rows[i][_COLUMNS.index(name)]
        raise LexiconError(f"{name} {value!r} is not {_FORMS[name][1]}", where=f"{table}, row {places[i]}")
    ids: set[str] = set()
    for i, row in enumerate(rows):
        if row[0] in ids:
            raise LexiconError(f"the id {row[0]!r} occurs twice", where=f"{table}, row {places[i]}")
        ids.add(row[0])
    for i, row in enumerate(rows):
        if row[-1] and row[-1] not in ids:
            raise LexiconError(
                f"{row[0]!r} is part of {row[-1]!r}, which no row has as its id", where=f"{table}, row {places[i]}"
            )


@cache
def _table() -> OutletTable:
    return load()


def outlets() -> tuple[Outlet, ...]:
    """The outlets of the bundled table."""
    return _table().outlets


def printed_names() -> Iterable[str]:
    """The names of all outlets, as they are printed."""
    return (name for outlet in outlets() for name in outlet.names)


def by_id(outlet_id: str) -> Outlet | None:
    """The outlet with this id, or None."""
    return _table().by_id.get(outlet_id)


def outlet_name(id: str) -> str:
    """The display name of an outlet; unchanged if the table does not have it."""
    known = by_id(id)
    return known.name if known else id


@cache
def outlet_ids() -> OutletFinder:
    """The bundled table's finder of ids by printed name."""
    table = _table()
    return OutletFinder(table.by_name, table.countries)


@cache
def known_names() -> frozenset[str]:
    """All names in the table, for houses that search for outlets in running text ("with Bloomberg")."""
    return frozenset(name for outlet in outlets() for name in outlet.names)
