"""English names of states, organisations, people …, references, and phrases that only look like names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from onrecord.annotation_types import MentionKind
from onrecord.languages.name_tables import capitalised, references_in, shields_in
from onrecord.languages.names import Name
from onrecord.lexicon.tables import many
from onrecord.lexicon.world import world_rows

_FOLDER = Path(__file__).parent


def english_names() -> Iterator[tuple[str, Name]]:
    """Yield every English name with its meaning."""
    for row in world_rows("states"):
        yield from _of_a_state(row)
    for row in world_rows("organisations"):
        name = Name("organisation", row["id"], (row["actor"],), "name")
        for surface in (row["name"], *many(row["aliases"]), *many(row["demonyms"])):
            yield surface, name
        for surface in many(row["metonyms"]):
            yield surface, name._replace(form="metonym")
    for row in world_rows("places"):
        for surface in (row["name"], *many(row["aliases"])):
            yield surface, Name("place", row["id"], many(row["actor"]), "name")
    yield from _people()
    yield from _offices()
    for row in world_rows("mechanisms"):
        for surface in (row["name"], *many(row["aliases"])):
            if row["kind"] == "generic":
                for written in capitalised(surface):
                    yield written, Name("mechanism", row["id"], (), "generic")
            else:
                yield surface, Name("mechanism", row["id"], many(row["parties"]), "name")
    yield from references_in(_FOLDER / "references.csv")
    yield from shields_in(_FOLDER / "not_names.csv")


def _of_a_state(row: Mapping[str, str]) -> Iterator[tuple[str, Name]]:
    kind: MentionKind = "country" if row["kind"] == "state" else "territory"
    code = (row["id"],)
    for form, cells in (
        ("name", (row["name"], *many(row["aliases"]))), ("demonym", many(row["demonyms"])), ("metonym", many(row["metonyms"])),
    ):  # fmt: skip
        for surface in cells:
            yield surface, Name(kind, row["id"], code, form)
    if row["capital"] and row["capital"] not in (*many(row["metonyms"]), row["name"], *many(row["aliases"])):
        yield row["capital"], Name("place", row["capital"].lower().replace(" ", "-"), code, "capital")


def _offices() -> Iterator[tuple[str, Name]]:
    states: dict[str, str] = {}
    for row in world_rows("states"):
        states.update(dict.fromkeys((row["name"], *many(row["aliases"]), *many(row["demonyms"])), row["id"]))
    for row in world_rows("offices"):
        for surface in (row["name"], *many(row["aliases"])):
            named = row["belongs_to"] or states.get(surface.partition(" ")[0], "")  # "Chinese Ambassador"
            yield surface, Name("office", row["id"], many(named), "body" if row["kind"] == "body" else "name")


def _people() -> Iterator[tuple[str, Name]]:
    for row in world_rows("people"):
        name = Name("person", row["id"], (row["state"],), "name")
        for surface in (row["name"], *many(row["aliases"])):
            yield surface, name
        for surface in many(row["surname"]):
            yield surface, name._replace(form="surname")
