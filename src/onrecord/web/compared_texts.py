"""The texts of a comparison for the page: stretches with what stands for them in the others, and words that bind underlined."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

import msgspec

from onrecord import languages
from onrecord.comparing.differences import commitments
from onrecord.desk.store import Desk
from onrecord.record import Document
from onrecord.web.pages.source import public

#: A piece of a text as it is compared.
Mark = Literal["linked", "perhaps", "only", "aside", "none"]


class Part(NamedTuple):
    """Words, and if they bind or hedge, the name of their step on the ladder of commitment and its number."""

    words: str
    step: str | None = None
    rank: int | None = None


class Piece(NamedTuple):
    """A stretch of a text: its words, its anchor and those of its partners, what the comparison makes of it, and its parts."""

    words: str
    anchor: str
    partners: tuple[str, ...]
    mark: Mark
    parts: tuple[Part, ...] = ()


class ComparedDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document that is compared, with the capture it was read from: where that came from, and when, if it was fetched."""

    letter: str
    id: str
    title: str
    day: str | None
    issuer: str
    language: str
    capture: str
    source: str
    fetched: str | None = None
    talk: tuple[str, ...] = ()


def compared_document(desk: Desk, letter: str, document: Document, talk: tuple[str, ...] = ()) -> ComparedDocument:
    """The head of a document on the desk."""
    query = "SELECT source, fetched FROM sighting WHERE capture = ? ORDER BY rowid LIMIT 1"
    seen = desk.record.execute(query, (document.heading.capture.removeprefix("sha256:"),)).fetchone()
    return ComparedDocument(
        letter=letter, id=document.id, title=document.title, day=document.date, issuer=document.issuer,
        language=document.language, capture=document.heading.capture,
        source=document.heading.address or (public(seen["source"]) if seen else ""),
        fetched=seen["fetched"] if seen else None, talk=talk,
    )  # fmt: skip


class ComparedText:
    """A document's text, with the words in it that bind or hedge: steps of the ladder of commitment. A capital marks a name, as
    in "May"."""

    def __init__(self, document: Document) -> None:
        self.document, self.text = document, document.text
        code = languages.find(document.language).code
        self.found = [one for one in commitments().rungs_of(self.text, code) if not self.text[one.start].isupper()]

    def parts(self, start: int, end: int) -> tuple[Part, ...]:
        """The words of a stretch in parts, as printed."""
        found: list[Part] = []
        last = start
        for one in self.found:
            if last <= one.start and one.end <= end:
                if last < one.start:
                    found.append(Part(self.text[last : one.start]))
                found.append(Part(self.text[one.start : one.end], one.rung, one.rank))
                last = one.end
        return (*found, Part(self.text[last:end])) if last < end else tuple(found)


def pieces(compared: ComparedText, some: Iterable[tuple[int, int, Piece]]) -> list[Piece]:
    """The whole text in pieces; what is not compared (labels, furniture) stands between them unmarked."""
    text = compared.text
    found: list[Piece] = []
    last = 0
    for start, end, piece in sorted(some, key=lambda one: one[0]):
        if start < last:
            continue
        if text[last:start]:
            found.append(Piece(text[last:start], "", (), "none"))
        found.append(piece._replace(words=text[start:end], parts=compared.parts(start, end)))
        last = end
    if text[last:]:
        found.append(Piece(text[last:], "", (), "none"))
    return found
