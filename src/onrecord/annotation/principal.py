"""The principal of a document: the state or organisation for which its "we", "our" and "the two sides" speak."""

from __future__ import annotations

from functools import cache

from onrecord import languages
from onrecord.languages.names import Hit
from onrecord.lexicon.world import holdings, world_rows
from onrecord.record import Document

#: Issuers of organisations begin with a code of their own and not with that of a state.
_ORGANISATIONS = {"un": "UN", "eu": "EU", "nato": "NATO", "who": "WHO", "iaea": "IAEA", "au": "AUS"}


@cache
def _by_iso2() -> dict[str, str]:
    return {row["iso2"].lower(): row["id"] for row in world_rows("states") if row["iso2"]}


def principal_of(document: Document) -> str | None:
    """The code of the state or organisation that a document speaks for, ``None`` where neither issuer nor words tell.

    The issuer tells where a house was recognised; else the title's first actor ("Foreign Ministry of Japan"), or the state
    of a speaker whose office is known.
    """
    prefix = document.issuer.partition("-")[0]
    if "-" in document.issuer:
        found = _by_iso2().get(prefix) or _ORGANISATIONS.get(prefix)
        if found:
            return found
    speakers = dict.fromkeys(turn.speaker for turn in document.turns if turn.speaker and turn.kind != "question")
    language = languages.find(document.language)
    if "names" not in language.covers:
        language = languages.find(languages.DEFAULT)
    for speaker in speakers:
        for hit in language.names.find(speaker):
            for name in hit.names:
                if name.codes and (name.kind == "office" or (name.kind == "person" and name.id in holdings())):
                    return name.codes[0]
    return _first_actor(language.names.find(document.title))


def _first_actor(hits: list[Hit]) -> str | None:
    ranked = sorted(hits, key=lambda hit: all(name.kind not in ("person", "office") for name in hit.names))
    for hit in ranked:
        for name in hit.names:
            if (
                name.codes
                and name.form != "reference"
                and name.kind in ("country", "territory", "organisation", "office", "person")
            ):
                return name.codes[0]
    return None
