"""The nouns of the record: frozen, typed, and checked when they are made.

A :class:`Document` is what one capture says. Its JSON form (:meth:`Document.to_json`) is the object that
``onrecord read --format json`` prints, and :func:`json_schema` publishes its shape. All offsets are code points
into ``document.text``; :meth:`Span.source` takes any of them back to the bytes of the capture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from inspect import cleandoc
from typing import Any, Literal, Self

import msgspec

from onrecord.errors import NoBytes, RecordError
from onrecord.marks import Act, Annotation, Meeting, Mention, Undertaking
from onrecord.offsets import OffsetMap, Place

DocumentKind = Literal[
    "press-conference", "remarks", "statement", "readout", "joint-statement", "speech", "interview", "listing", "other"
]
TurnKind = Literal["statement", "question", "answer", "note"]
Role = Literal["spokesperson", "official", "principal", "moderator", "operator", "interpreter", "reporter", "voice"]
#: How a document's day is known: from the words of the title or the page, or inferred from what stands around them.
DateSource = Literal["title", "text", "front-matter", "page-stamp", "address", "inferred", "given"]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def fold(words: str) -> str:
    """The words with every run of white space made one space: the form in which words are compared and hashed."""
    return " ".join(words.split())


class Capture(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """Bytes as they were fetched or opened, named by their SHA-256.

    ``source`` is where from: a file's address or a URL. ``fetched`` is when, in ISO 8601 with offset. ``encoding`` is
    set once the bytes were decoded.
    """

    sha256: str
    size: int
    source: str
    fetched: str | None = None
    media_type: str | None = None
    encoding: str | None = None

    def __post_init__(self) -> None:
        if len(self.sha256) != 64:
            raise RecordError(f"a capture is named by 64 hexadecimal digits, not {self.sha256!r}", where=self.source)

    @property
    def id(self) -> str:
        """``sha256:`` and the digits."""
        return f"sha256:{self.sha256}"


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch ``[start, end)`` of a document's text, in code points."""

    document: Document
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words."""
        return self.document.text[self.start : self.end]

    def place(self) -> Place:
        """Where the words stand in the capture: a byte range, or page and characters for a PDF.

        Raises :class:`~onrecord.errors.NoBytes` when the document was loaded from JSON alone.
        """
        return self.document.offsets.place(self.document.text, self.start, self.end)

    def source(self) -> bytes:
        """The bytes of the capture that say these words, markup in between included.

        For a PDF or Word file they are the UTF-8 of the characters extracted, since the file itself is compressed.
        """
        place = self.place()
        data = self.document.data
        if place.unit == "character":
            return (
                data.decode("utf-8").encode("utf-32-le")[place.start * 4 : place.end * 4].decode("utf-32-le").encode()
            )
        return data[place.start : place.end]


class Turn(msgspec.Struct, kw_only=True, dict=True):
    """A stretch of speech by one side, unbroken by the other; or a note that nobody speaks.

    ``speaker`` is the name without rank, ``outlet`` as printed with ``outlet_id`` beside it. ``answers`` is the id of
    the question that an answer follows. The words are ``document.text[start:end]``, the label excluded.
    """

    id: str
    kind: TurnKind
    speaker: str | None = None
    role: Role | None = None
    outlet: str | None = None
    outlet_id: str | None = None
    start: int
    end: int
    answers: str | None = None
    answer_type: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise RecordError(f"a turn has words: [{self.start}, {self.end}) has none", where=self.id)

    # Immutable as the other nouns, but by its own means: msgspec hides from the garbage collector what is frozen and holds
    # only words and numbers, and a turn and its document, which know each other, would then never be freed.
    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("immutable type: 'Turn'")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("immutable type: 'Turn'")

    def __hash__(self) -> int:
        return hash((self.id, self.start, self.end))

    def _stands_in(self, document: Document) -> None:
        super().__setattr__("document", document)

    @property
    def span(self) -> Span:
        """The turn's span in its document."""
        document = self.__dict__.get("document")
        if document is None:
            raise RecordError("this turn stands in no document", where=self.id, hint="Take it from document.turns")
        return Span(document=document, start=self.start, end=self.end)

    @property
    def text(self) -> str:
        """The words of the turn."""
        return self.span.text


class Furniture(msgspec.Struct, frozen=True, kw_only=True):
    """What a page carries besides speech, by name: ``navigation``, ``share-bar``, ``related-news``, ``divider`` …

    ``[byte_start, byte_end)`` is its place in the capture. Where it stands in the document's text too, ``start`` and
    ``end`` say so; furniture outside the article has neither. ``paragraphs`` counts how many it covers.
    """

    name: str
    byte_start: int
    byte_end: int
    start: int | None = None
    end: int | None = None
    paragraphs: int = 1


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph that no rule of the house understood; ``why`` says what was expected there."""

    why: str
    words: str
    byte_start: int
    byte_end: int
    start: int | None = None
    end: int | None = None


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """What a document is and what it says: title, days, issuer, kind, language, and the text all spans point into.

    ``date`` is the day of the event, ``date_from`` how it is known, ``published`` the day or time of publication.
    ``address`` is the page's own URL where one is known. ``excerpt`` marks a document that says it is a part.
    """

    id: str
    title: str
    date: str | None
    date_from: DateSource | None = None
    published: str | None = None
    issuer: str
    house: str
    kind: DocumentKind
    language: str
    excerpt: bool = False
    address: str | None = None
    text: str
    capture: str


class Document(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What a capture says: a heading and its turns, with what on the page is furniture and what was not understood.

    ``annotation`` says by which rules mentions, acts, meetings, undertakings and kinds of answers were found; without one
    nobody has looked for them yet.
    """

    heading: Heading = msgspec.field(name="document")
    turns: tuple[Turn, ...] = ()
    annotation: Annotation | None = None
    mentions: tuple[Mention, ...] = ()
    acts: tuple[Act, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    undertakings: tuple[Undertaking, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    unread: tuple[Unread, ...] = ()

    def __post_init__(self) -> None:
        if self.heading.date is not None and not _DAY.fullmatch(self.heading.date):
            raise RecordError(f"a day is YYYY-MM-DD, not {self.heading.date!r}", where=self.heading.id)
        before = 0
        for turn in self.turns:
            if turn.start < before or turn.end > len(self.heading.text):
                raise RecordError(
                    f"turns stand in order inside the text: [{turn.start}, {turn.end}) does not", where=turn.id
                )
            before = turn.end
            turn._stands_in(self)

    # What a reader asks for most, one word each.
    @property
    def id(self) -> str:
        """The document's id, kept when it is read again."""
        return self.heading.id

    @property
    def title(self) -> str:
        """The title as printed."""
        return self.heading.title

    @property
    def date(self) -> str | None:
        """The day of the event, ISO 8601."""
        return self.heading.date

    @property
    def issuer(self) -> str:
        """Who publishes: ``cn-mfa``, ``us-whitehouse`` …"""
        return self.heading.issuer

    @property
    def kind(self) -> DocumentKind:
        """What kind of statement it is."""
        return self.heading.kind

    @property
    def language(self) -> str:
        """BCP 47."""
        return self.heading.language

    @property
    def text(self) -> str:
        """The article's text, paragraphs divided by an empty line."""
        return self.heading.text

    @property
    def capture(self) -> Capture:
        """The capture it was read from. Raises :class:`~onrecord.errors.NoBytes` without one."""
        return self._held("capture")  # type: ignore[no-any-return]

    @property
    def data(self) -> bytes:
        """The bytes of the capture; for PDF and Word, the extracted text in UTF-8."""
        data = self._held("data")
        return data() if callable(data) else data  # type: ignore[no-any-return]

    @property
    def offsets(self) -> OffsetMap:
        """From the text back to the capture."""
        return self._held("offsets")  # type: ignore[no-any-return]

    def _held(self, what: str) -> Any:
        try:
            return self.__dict__[what]
        except KeyError:
            raise NoBytes(f"the document came without its {what}", where=self.heading.id) from None

    @property
    def original(self) -> bytes:
        """The bytes of the capture itself, which for PDF and Word are not what the offsets count in."""
        held = self.__dict__.get("original")
        if held is None:
            return self.data
        return held() if callable(held) else held  # type: ignore[no-any-return]

    def holding(self, capture: Capture, data: Any, offsets: OffsetMap, original: Any = None) -> Self:
        """The same document with its capture at hand.

        ``data`` is what the offsets count in, ``original`` the capture's own bytes where they differ: either is bytes,
        or a function that fetches them.
        """
        self.__dict__.update(capture=capture, data=data, offsets=offsets, original=original)
        return self

    def held_as(self, other: Document) -> Self:
        """The same document with the capture that another reading of it holds."""
        self.__dict__.update(
            {key: other.__dict__[key] for key in ("capture", "data", "offsets", "original") if key in other.__dict__}
        )
        return self

    def span(self, start: int, end: int) -> Span:
        """The span ``[start, end)`` of the text."""
        return Span(document=self, start=start, end=end)

    def __iter__(self) -> Iterator[Turn]:
        return iter(self.turns)

    def to_json(self) -> bytes:
        """The object of the published schema, as UTF-8 JSON."""
        return msgspec.json.encode(self)

    @classmethod
    def from_json(cls, data: bytes | str) -> Self:
        """The document that :meth:`to_json` wrote. It has no bytes: see :meth:`holding`."""
        try:
            return msgspec.json.decode(data, type=cls)
        except msgspec.DecodeError as error:
            raise RecordError(f"not a document: {error}") from None


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the object that ``onrecord read --format json`` prints.

    It is the same for every version of Python and msgspec: these differ in how they indent a docstring and in whether
    ``null`` comes first or last among the types of a field.
    """
    schema = _normalized(msgspec.json.schema(Document))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _normalized(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_normalized(value) for value in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {key: _normalized(value) for key, value in schema.items()}
    if isinstance(schema.get("description"), str):
        schema["description"] = cleandoc(schema["description"])
    if isinstance(schema.get("anyOf"), list):
        schema["anyOf"].sort(key=lambda option: option == {"type": "null"})
    return schema


def words_digest(words: str, length: int = 10) -> str:
    """The first hexadecimal digits of the SHA-256 of the folded words: what turn ids are made of."""
    return sha256(fold(words).encode("utf-8", "surrogatepass")).hexdigest()[:length]


def turn_ids(document_id: str, words: list[str]) -> list[str]:
    """An id for each turn of a document, made of its words, so that it stays when the document is read again.

    The same words said twice are told apart by a count: ``….2``, ``….3``.
    """
    seen: dict[str, int] = {}
    ids = []
    for said in words:
        digest = words_digest(said)
        count = seen[digest] = seen.get(digest, 0) + 1
        ids.append(f"{document_id}/{digest}" + (f".{count}" if count > 1 else ""))
    return ids
