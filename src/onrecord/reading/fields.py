"""The fields of a file by their meaning (text, speaker, day …), by their usual names or as the caller maps them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path


@cache
def usual_names() -> dict[str, list[str]]:
    """For each part of a statement (``text``, ``speaker`` …) the usual names of its field."""
    told = tomllib.loads((Path(__file__).parent / "fields.toml").read_text(encoding="utf-8"))
    return {part: list(names) for part, names in told["names"].items()}


def plain_name(name: str) -> str:
    """A field's name, normalised for comparison: ``details.Body Text`` is ``body_text``."""
    return name.rpartition(".")[2].strip().lower().replace(" ", "_").replace("-", "_")


def find_field(part: str, names: Iterable[str], asked: Mapping[str, str] | None = None) -> str | None:
    """The field that holds a part of a statement, or None: the one that ``asked`` names, or else by its usual name.

    Of several with the same name the least deeply nested is used.
    """
    there = list(names)
    if asked and part in asked:
        return asked[part] if asked[part] in there else None
    by_name: dict[str, str] = {}
    for name in sorted(there, key=lambda one: one.count(".")):
        by_name.setdefault(plain_name(name), name)
    return next((by_name[usual] for usual in usual_names().get(part, ()) if usual in by_name), None)


def parts_of(fields: Mapping[str, str], text: str, asked: Mapping[str, str] | None = None) -> dict[str, str]:
    """The values of the other fields by the part of a statement: ``title``, ``date``, ``speaker`` …

    Only fields at the top and those beside the text count: the name of a picture is not the name of a speaker.
    """
    beside = text.rpartition(".")[0]
    names = [name for name in fields if name != text and name.rpartition(".")[0] in ("", beside)]
    found = {part: find_field(part, names, asked) for part in usual_names()}
    parts = {part: fields[name].strip() for part, name in found.items() if name is not None and fields[name].strip()}
    if not parts.get("address", "http").startswith("http"):
        del parts["address"]
    return parts


def find_words(names: Iterable[str], asked: Mapping[str, str]) -> list[str]:
    """The fields that hold the words: a question and its answer, or one text; none where neither is found.

    A mapping that names a text, a question or an answer overrides the usual names.
    """
    there = list(names)
    if {"text", "question", "answer"}.isdisjoint(asked):
        pair = [find_field("question", there), find_field("answer", there)]
        found = pair if all(pair) else [find_field("text", there)]
    else:
        parts = ["text"] if "text" in asked else ["question", "answer"]
        found = [find_field(part, there, asked) for part in parts if part in asked]
    return [name for name in found if name is not None]


def find_pair(names: Iterable[str], asked: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The fields of a question and of its answer, each None where a row lacks it."""
    there = list(names)
    if "text" in asked:
        return None, None
    return find_field("question", there, asked), find_field("answer", there, asked)


def parse_map(told: str) -> dict[str, str]:
    """Parse a user's mapping from parts of a statement to fields of a file: ``text=answer,speaker=who``.

    Raises ValueError for an unknown part and for a malformed mapping.
    """
    asked = {}
    for one in filter(None, (part.strip() for part in told.split(","))):
        part, sign, name = (word.strip() for word in one.partition("="))
        if part not in usual_names() or not sign or not name:
            raise ValueError(f"{one!r} is no PART=FIELD; the parts are {', '.join(usual_names())}")
        asked[part] = name
    return asked
