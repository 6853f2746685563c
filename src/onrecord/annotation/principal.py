"""The principal of a document: the state or organisation to which its "we", "our" and "the two sides" refer."""

from __future__ import annotations

from onrecord import languages
from onrecord.languages.names import Hit
from onrecord.lexicon.actors import issuing_actor
from onrecord.lexicon.world import holdings
from onrecord.record import Document


def principal_of(document: Document) -> str | None:
    """Return the code of the state or organisation that a document speaks for, ``None`` if neither issuer nor text shows it.

    The issuer decides if the house was recognised. Otherwise it is the state of a speaker whose office is known, or else the
    first actor in the title ("Foreign Ministry of Japan").
    """
    prefix = document.issuer.partition("-")[0]
    if "-" in document.issuer:
        found = issuing_actor(prefix, document.date)
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
    if hits and hits[0].start == 0 and len(hits[0].names) == 1 and hits[0].names[0].form == "short":
        return hits[0].names[0].codes[0]  # 中方就…采取措施: the side that opens the title
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
