"""Make the names of states and capitals of a language, src/onrecord/languages/CODE/names.csv, from CLDR.

usage: python bench/language_names.py [--check] [--folder FOLDER] [CODE ...]

Needs Babel (pip install babel), which contains CLDR; the program itself does not need it. States and territories are the
current ones of lexicon/states.csv; names are CLDR territory names, capitals CLDR exemplar cities of time zones. Names that CLDR
lacks, and names to leave out because they are everyday words, are in language_names.toml and language_capitals.csv in this
folder. Without a code all languages of that file are made. --check writes nothing and exits 1 if a table would change.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import sys
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import onrecord
from onrecord.lexicon.former_states import former_states
from onrecord.lexicon.world import world_rows

_COLUMNS = ("id", "kind", "name", "aliases", "demonyms", "capital", "capital_aliases", "source")
_BY_HAND = Path(__file__).with_name("language_names.toml")
_CAPITALS = Path(__file__).with_name("language_capitals.csv")
_FOLDER = Path(onrecord.__file__).parent / "languages"


def russian_cases(name: str) -> tuple[str, ...]:
    """The oblique cases of a regular one-word Russian name: Россия, Канада, Китай, Иран; empty for others."""
    if not re.fullmatch(r"[А-ЯЁ][а-яё]+", name):
        return ()
    stem = name[:-1]
    soft = "гкхжчшщ"
    if name.endswith("ия"):
        return (stem + "и", stem + "ю", stem + "ей")
    if name.endswith("ья"):
        return (stem + "и", stem + "е", stem + "ю", stem + "ей")
    if name.endswith("а"):
        return (stem + ("и" if stem[-1] in soft else "ы"), stem + "е", stem + "у", stem + "ой")
    if name.endswith("й"):
        return (stem + "я", stem + "ю", stem + "ем", stem + "е")
    if name.endswith("ь"):
        return ()  # Беларусь and Израиль decline differently: listed by hand
    if name[-1] in "бвгдзклмнпрстфх" and not name.endswith(("ы", "их")):
        return (name + "а", name + "у", name + "ом", name + "е")
    return ()


def german_genitive(name: str) -> tuple[str, ...]:
    """The genitive of a one-word German name: Deutschlands; none after a sibilant or for plurals."""
    return (name + "s",) if re.fullmatch(r"\w+", name) and name[-1] not in "szxß" and not name.endswith("en") else ()


def _uninflected(name: str) -> tuple[str, ...]:
    return ()


_INFLECTED: dict[str, Callable[[str], tuple[str, ...]]] = {"ru": russian_cases, "de": german_genitive}


def rows_of(code: str, by_hand: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """The rows of a language's table: states and territories in the order of their codes, then organisations."""
    from babel import Locale

    locale = Locale.parse(code)
    cities = {zone.rpartition("/")[2].replace("_", " "): data.get("city") for zone, data in locale.time_zones.items()}
    inflected = _INFLECTED.get(code, _uninflected)
    by_code = sorted(
        (row for row in world_rows("states") if row["id"] not in former_states()), key=lambda row: row["id"]
    )
    for row in by_code:
        id = row["id"]
        cldr = locale.territories.get(row["iso2"], "").replace("’", "'")
        names = [] if id in by_hand.get("leave_out", ()) or "(" in cldr or " SAR " in cldr or not cldr else [cldr]
        names += by_hand.get("aliases", {}).get(id, "").split("|")
        names = list(dict.fromkeys(form for name in names if name for form in (name, *inflected(name))))
        if not names:
            continue
        capitals = [one for one in _capitals(code).get(id, "").split("|") if one]
        if not capitals and id not in by_hand.get("no_capital", ()):
            capitals = [
                cities.get(row["capital"]) or (row["capital"] if row["capital"] in _as_in_english(code) else "")
            ]
        capitals = [form for city in capitals if city and city not in names for form in (city, *inflected(city))]
        demonyms = by_hand.get("demonyms", {}).get(id, "")
        yield (
            id,
            row["kind"],
            names[0],
            "|".join(names[1:]),
            demonyms,
            *_first(capitals),
            "CLDR" if cldr in names else "by hand",
        )
    for id, held in sorted(by_hand.get("organisations", {}).items()):
        name, _, aliases = held.partition("|")
        yield (id, "organisation", name, aliases, "", "", "", "by hand")


@cache
def _capitals(code: str) -> dict[str, str]:
    with _CAPITALS.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row.get(code) or "" for row in csv.DictReader(file)}


@cache
def _as_in_english(code: str) -> frozenset[str]:
    """Cities without a CLDR name in languages with Latin script, since the name is the English one."""
    from babel import Locale

    if not all("LATIN" in unicodedata.name(letter) for letter in Locale.parse(code).territories["FR"]):
        return frozenset()
    return frozenset(str(zone).rpartition("/")[2].replace("_", " ") for zone in Locale.parse("ko").time_zones)


def _first(names: list[str]) -> tuple[str, str]:
    names = list(dict.fromkeys(names))
    return (names[0], "|".join(names[1:])) if names else ("", "")


def made(code: str) -> str:
    """The table of a language as CSV text."""
    by_hand = tomllib.loads(_BY_HAND.read_text(encoding="utf-8")).get(code, {})
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(rows_of(code, by_hand))
    return written.getvalue()


def main() -> int:
    """Make the tables, or compare them with the existing ones."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("codes", nargs="*", help="languages; all of language_names.toml where none is given")
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 where a table would change")
    parser.add_argument("--folder", type=Path, help="the folder of one language of your own, outside this project")
    asked = parser.parse_args()
    if asked.folder and len(asked.codes) != 1:
        parser.error("--folder takes one language: name its code")
    changed = False
    for code in asked.codes or tomllib.loads(_BY_HAND.read_text(encoding="utf-8")):
        table, path = made(code), (asked.folder or _FOLDER / code) / "names.csv"
        changed |= not path.exists() or path.read_text(encoding="utf-8") != table
        if not asked.check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(table, encoding="utf-8")
            print(f"{code}: {table.count(chr(10)) - 1} rows in {path}", file=sys.stderr)
    return int(asked.check and changed)


if __name__ == "__main__":
    raise SystemExit(main())
