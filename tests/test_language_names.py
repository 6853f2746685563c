"""The tables of names of every language without rules: whole, of one form, and those that CLDR makes."""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path

import pytest

import onrecord
from onrecord import languages
from onrecord.lexicon.former_states import former_states
from onrecord.lexicon.world import actor_codes, world_rows

FOLDER = Path(onrecord.__file__).parent / "languages"
CODES = sorted(path.parent.name for path in FOLDER.glob("*/names.csv"))


def _rows(code: str) -> list[dict[str, str]]:
    with (FOLDER / code / "names.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("code", CODES)
def test_a_table_names_every_state_of_today_once(code: str) -> None:
    ids = [row["id"] for row in _rows(code)]
    assert len(ids) == len(set(ids))
    assert set(ids) <= actor_codes(), "an id is a code of the world's tables"
    states = {row["id"] for row in world_rows("states") if row["kind"] == "state"} - set(former_states())
    assert len(states - set(ids)) <= 4, "those left out are everyday words, see bench/language_names.toml"
    assert sum(bool(row["capital"]) for row in _rows(code)) >= 170


@pytest.mark.parametrize("code", CODES)
def test_no_name_is_two_states(code: str) -> None:
    taken: dict[str, str] = {}
    for row in _rows(code):
        for column in ("name", "aliases", "demonyms"):
            for name in filter(None, row[column].split("|")):
                assert taken.setdefault(name, row["id"]) == row["id"], name
                assert len(name) > 1, name


@pytest.mark.parametrize("code", CODES)
def test_every_name_is_found_alone(code: str) -> None:
    """What the table calls a state is found as that state where nothing else stands."""
    language = languages.find(code)
    for row in _rows(code):
        [hit] = language.names.find(row["name"])
        assert row["id"] in {name.id for name in hit.names} and hit.surface == row["name"].replace("’", "'")


@pytest.mark.parametrize("code", CODES)
def test_the_table_is_what_the_script_makes(code: str) -> None:
    pytest.importorskip("babel", reason="Babel is not installed: the tables cannot be made again")
    path = Path(__file__).parents[1] / "bench/language_names.py"
    spec = importlib.util.spec_from_file_location("language_names", path)
    assert spec is not None and spec.loader is not None
    generator = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generator)
    assert generator.made(code) == (FOLDER / code / "names.csv").read_text(encoding="utf-8")
