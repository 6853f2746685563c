"""News outlets: every usual way to name them, in English and Chinese, with a canonical id.

``outlets.csv`` has a row an outlet: its id, its names, the other names it goes by (divided by ``|``), the language it
publishes in (BCP 47), its country (ISO 3166 alpha-2), its Wikidata item where that is sure, what it is, and the outlet
it is a part of. A name stands once in the table; how it is printed — case, brackets, a country put before it, the word
for reporter behind it — is taken off when it is looked up.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import msgspec

from onrecord.errors import LexiconError
from onrecord.reading.composing import OutletIds

Kind = Literal["agency", "newspaper", "magazine", "television", "radio", "broadcaster", "website"]

_TABLE = Path(__file__).with_name("outlets.csv")
_COUNTRIES = Path(__file__).with_name("country_words.csv")
#: The columns in order, and what a cell of each must look like.
_FORMS = {
    "id": (re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*"), "lower-case words joined by hyphens"),
    "name": (re.compile(r"\S.*"), "a name"),
    "name_zh": (re.compile(r"(?:\S.*)?"), "a name on one line, or empty"),
    "aliases": (re.compile(r"(?:[^|\n]+(?:\|[^|\n]+)*)?"), "names divided by |, or empty"),
    "language": (re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?"), "a language such as en or zh"),
    "country": (re.compile(r"[A-Z]{2}"), "an ISO 3166 code of two capitals"),
    "qid": (re.compile(r"(?:Q[1-9]\d*)?"), "a Wikidata item such as Q130879, or empty"),
    "kind": (re.compile("|".join(get_args(Kind))), f"one of {', '.join(get_args(Kind))}"),
    "part_of": (re.compile(r"[a-z0-9-]*"), "the id of an outlet, or empty"),
}
_COLUMNS = tuple(_FORMS)
#: What printing varies in and no name is told by: spaces (one page prints "R euters"), points, hyphens, brackets, and
#: accents, which come apart from their letters when a name is decomposed.
_DROPPED = re.compile(r"[ \t\u00a0\u3000.,'’‘\"“”\-–—·・•&+!/()（）《》〈〉「」『』\[\]【】\u0300-\u036f]+")
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
        """Every way to name it."""
        return (self.name, self.name_zh, *self.aliases) if self.name_zh else (self.name, *self.aliases)


class OutletFinder(OutletIds):
    """Finds the id of an outlet as printed: ``"《环球时报》记者"``, ``"the AP"``, ``"日本NHK"``, ``"UOL of Brazil"``."""

    countries: dict[str, str]

    def __call__(self, printed: str) -> str | None:
        """The id, or None for an outlet the lexicon does not hold, and for two named together."""
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
        """The outlet whose own country the printed name tells besides: "日本《读卖新闻》", "Brazil's O Globo"."""
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
            if match:
                yield self.codes[match["country"].casefold()], match["rest"]


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
    """A name as it is compared: case, accents, spaces and punctuation aside."""
    name = name.casefold()
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name)
    return _DROPPED.sub("", name)


class OutletTable(msgspec.Struct, frozen=True):
    """A table read: the outlets in its order, each by its id, and the ids by the :func:`key` of every name."""

    outlets: tuple[Outlet, ...]
    by_id: dict[str, Outlet]
    by_name: dict[str, str]


def load(table: Path = _TABLE) -> OutletTable:
    """Read and check a table.

    Raises :class:`~onrecord.errors.LexiconError` naming the row for an id or a name that stands twice, a code of no
    valid form, or a ``part_of`` that names no outlet.
    """
    rows = csv.reader(table.read_text(encoding="utf-8-sig").split("\n"))
    if tuple(next(rows, ())) != _COLUMNS:
        raise LexiconError(f"the first row must be {','.join(_COLUMNS)}", where=str(table))
    read = [(rows.line_num, row) for row in rows if row]
    _check_cells(read, table)
    lines: dict[str, int] = {}
    outlets = []
    names: list[str] = []
    owners: list[str] = []
    for line, (outlet_id, name, name_zh, aliases, *rest) in read:
        if lines.setdefault(outlet_id, line) != line:
            raise LexiconError(f"the id {outlet_id!r} stands twice", where=f"{table}, row {line}")
        others = tuple(aliases.split("|")) if aliases else ()
        outlet = Outlet(outlet_id, name, name_zh, others, *rest)  # type: ignore[arg-type]
        outlets.append(outlet)
        names.extend(outlet.names)
        owners.extend([outlet_id] * (len(names) - len(owners)))
    by_name: dict[str, str] = {}
    # All keys are made in one go, which takes a fifth of the time: no name holds a line break.
    for name_key, name, owner in zip(key("\n".join(names)).split("\n"), names, owners, strict=True):
        other = by_name.setdefault(name_key, owner)
        if other != owner:
            raise LexiconError(
                f"the name {name!r} stands for both {other!r} and {owner!r}",
                where=f"{table}, row {lines[owner]}",
                hint="Leave it with the one that is usually meant; the other keeps it with its country before it",
            )
    by_id = {outlet.id: outlet for outlet in outlets}
    for outlet in by_id.values():
        if outlet.part_of and outlet.part_of not in by_id:
            raise LexiconError(
                f"{outlet.id!r} is part of {outlet.part_of!r}, which no row has as its id",
                where=f"{table}, row {lines[outlet.id]}",
            )
    return OutletTable(tuple(outlets), by_id, by_name)


def _check_cells(read: list[tuple[int, list[str]]], table: Path) -> None:
    for line, row in read:
        if len(row) != len(_COLUMNS):
            raise LexiconError(
                f"a row has {len(_COLUMNS)} columns, this one {len(row)}: {','.join(row[:2])}",
                where=f"{table}, row {line}",
            )
    for i, column in enumerate(zip(*(row for _, row in read), strict=True)):
        form, what = _FORMS[_COLUMNS[i]]
        for wrong in (value for value in set(column) if not form.fullmatch(value)):
            raise LexiconError(
                f"{_COLUMNS[i]} {wrong!r} is not {what}", where=f"{table}, row {read[column.index(wrong)][0]}"
            )


@cache
def _table() -> OutletTable:
    return load()


def outlets() -> tuple[Outlet, ...]:
    """The outlets of the table that comes with the package."""
    return _table().outlets


def by_id(outlet_id: str) -> Outlet | None:
    """The outlet of that id, or None."""
    return _table().by_id.get(outlet_id)


@cache
def outlet_ids() -> OutletFinder:
    """The finder of ids by printed name."""
    table = _table()
    return OutletFinder(table.by_name, {outlet.id: outlet.country for outlet in table.outlets})


@cache
def known_names() -> frozenset[str]:
    """All names as the table has them, for a house that looks for outlets in running words ("with Bloomberg")."""
    return frozenset(name for outlet in outlets() for name in outlet.names)
