"""Name tables of a language: ambiguous names, references, and phrases that only look like names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from onrecord.annotation_types import MentionKind
from onrecord.languages.names import Name
from onrecord.lexicon.tables import ANY, MANY, SOME, many, rows
from onrecord.lexicon.world import actor_codes, world_rows

_REFERENCES = {"words": SOME, "means": (r"[A-Za-z-]*", "a code, or parties"), "example": ANY, "reason": ANY}
_AMBIGUOUS = {
    "name": SOME, "id": ANY,
    "kind": ("near|before|after|alone|given-name|turn|document|issuer|default", "a condition"),
    "words": MANY, "reason": ANY,
}  # fmt: skip
_NOT_NAMES = {"phrase": SOME, "what": ANY, "id": ANY, "reason": ANY}
#: The endings that ``*`` stands for in an English issue word: the automaton matches whole words.
_ENDINGS = "s es d ed ing al ity ies y ion ions er ers ist ists ism".split()


class Condition(NamedTuple):
    """A row of ``ambiguous.csv``: the name means ``id`` (nothing if empty) if the condition holds."""

    id: str
    kind: str
    words: tuple[str, ...]


def conditions_in(path: Path) -> dict[str, tuple[Condition, ...]]:
    """The meanings of each ambiguous name, in the order in which their conditions are tried."""
    found: dict[str, list[Condition]] = {}
    for _, row in rows(path, _AMBIGUOUS):
        found.setdefault(row["name"], []).append(Condition(row["id"], row["kind"], many(row["words"])))
    return {name: tuple(sorted(them, key=lambda one: one.kind == "default")) for name, them in found.items()}


def references_in(path: Path) -> Iterator[tuple[str, Name]]:
    """Words that refer to parties named elsewhere ("the two sides"), and phrases that only look so (without ``means``)."""
    for _, row in rows(path, _REFERENCES):
        means = row["means"]
        codes = (means,) if means in actor_codes() else ()
        form = "reference" if means else "shield"
        for written in capitalised(row["words"]):
            yield written, Name("reference", means, codes, form)
            before, _, last = written.rpartition(" ")
            if before and means.startswith("parties"):  # "the two Leaders"
                yield f"{before} {last.capitalize()}", Name("reference", means, codes, form)


def shields_in(path: Path) -> Iterator[tuple[str, Name]]:
    """Phrases that contain a name but do not name it."""
    for _, row in rows(path, _NOT_NAMES):
        kind: MentionKind = "country" if row["what"] == "person" and row["id"] else "place"
        yield row["phrase"], Name(kind, row["id"], many(row["id"]), "shield")


def issue_words_in(column: str) -> Iterator[tuple[str, Name]]:
    """The words that indicate an issue, from a column of ``lexicon/issues.csv``."""
    for row in world_rows("issues"):
        name = Name("issue", row["id"], (), "words")
        for words in many(row[column]):
            yield words.rstrip("*").lower(), name
            if words.endswith("*"):
                for ending in _ENDINGS:
                    yield words[:-1].lower() + ending, name


def capitalised(words: str) -> Iterator[str]:
    """Phrases of the tables as written within and at the start of a sentence."""
    yield words
    if words[0].islower():
        yield words[0].upper() + words[1:]
