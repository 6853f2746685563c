"""The data model of the record: immutable, typed structs, validated on construction.

A :class:`Document` is the content of one capture. Its JSON form (:meth:`Document.to_json`) is the object that
``onrecord read --format json`` prints; :func:`json_schema` describes it. All offsets are code points into
``document.text``; :meth:`Span.source` maps a span to the bytes of the capture.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from inspect import cleandoc
from typing import Annotated, Any, Literal, Self

import msgspec

from onrecord.annotation_types import Act, Annotation, Meeting, Mention, Undertaking
from onrecord.errors import NoBytes, RecordError
from onrecord.offsets import OffsetMap, Place
from onrecord.partial_dates import PATTERN, is_date

DocumentKind = Literal[
    "press-conference", "remarks", "statement", "readout", "joint-statement", "speech", "interview", "listing", "other"
]
TurnKind = Literal["statement", "question", "answer", "note"]
Role = Literal["spokesperson", "official", "principal", "moderator", "operator", "interpreter", "reporter", "voice"]
#: The source of a document's day: the title, the page, or an inference from its context.
DateSource = Literal["title", "text", "front-matter", "page-stamp", "address", "inferred", "given"]

#: A date known to the day, the month or the year, ISO 8601: ``1970-05-04``, ``1970-05``, ``1970``.
EventDate = Annotated[str, msgspec.Meta(pattern=PATTERN)]


def fold(words: str) -> str:
    """Collapse every run of white space to one space: the form in which words are compared and hashed."""
    words = words.replace("\n\n", " ")
    if words.isprintable() and "  " not in words:  # nearly always so, and told faster than split
        return words.strip(" ")
    return " ".join(words.split())


class Capture(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """Bytes as they were fetched or opened, identified by their SHA-256.

    ``size`` is in bytes, ``source`` a file URI or a URL, ``fetched`` the time in ISO 8601 with offset. ``encoding`` is set
    once the bytes are decoded.
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
        """``sha256:`` followed by the hexadecimal digits."""
        return f"sha256:{self.sha256}"


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """An interval ``[start, end)`` of a document's text, in code points."""

    document: Document
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words of the span."""
        return self.document.text[self.start : self.end]

    def place(self) -> Place:
        """The place of the words in the capture: a byte range, or page and characters for a PDF.

        Raises :class:`~onrecord.errors.NoBytes` if the document was loaded from JSON alone.
        """
        return self.document.offsets.place(self.document.text, self.start, self.end)

    def source(self) -> bytes:
        """The bytes of the capture that contain these words, including markup between them.

        For a PDF or Word file they are the extracted characters in UTF-8, because the file itself is compressed.
        """
        place = self.place()
        data = self.document.data
        if place.unit == "character":
            return (
                data.decode("utf-8").encode("utf-32-le")[place.start * 4 : place.end * 4].decode("utf-32-le").encode()
            )
        return data[place.start : place.end]


class Turn(msgspec.Struct, kw_only=True, dict=True):
    """Continuous speech of one side, or a note that is not spoken.

    ``speaker`` is the name without rank; ``outlet`` is as printed, ``outlet_id`` its id in the lexicon. ``answers`` is the
    id of the question that an answer follows. The words are ``document.text[start:end]``, without the speaker label.
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

    # Immutable without frozen=True: msgspec does not track frozen structs of plain values in the garbage collector, so the
    # reference cycle between a turn and its document would never be freed.
    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("immutable type: 'Turn'")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("immutable type: 'Turn'")

    def __hash__(self) -> int:
        return hash((self.id, self.start, self.end))

    def _attach_to(self, document: Document) -> None:
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
    """Non-speech content of a page, by name: ``navigation``, ``share-bar``, ``related-news``, ``divider`` …

    ``[byte_start, byte_end)`` is its place in the capture. ``start`` and ``end`` are its place in the document's text;
    furniture outside the article has neither. ``paragraphs`` is the number of paragraphs it covers.
    """

    name: str
    byte_start: int
    byte_end: int
    start: int | None = None
    end: int | None = None
    paragraphs: int = 1


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph that no rule of the house matched; ``why`` says what was expected there."""

    why: str
    words: str
    byte_start: int
    byte_end: int
    start: int | None = None
    end: int | None = None


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """The metadata and the text of a document; all spans refer to this text.

    ``date`` is the day of the event, or its month or year where no more is known (``1970-05``, ``1970``), ``date_from`` the
    source of that date, ``published`` the day or time of publication.
    ``address`` is the page's own URL if known. ``excerpt`` marks a document that states it is an excerpt.
    """

    id: str
    title: str
    date: EventDate | None
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
    """The content of a capture: a heading and turns, with the page's furniture and the paragraphs that were not understood.

    ``annotation`` says which rules produced the mentions, acts, meetings, undertakings and answer types; ``None`` if the
    document is not annotated yet.
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
        if self.heading.date is not None and not is_date(self.heading.date):
            raise RecordError(
                f"a date is YYYY-MM-DD, YYYY-MM or YYYY, and of the calendar, not {self.heading.date!r}",
                where=self.heading.id,
            )
        before = 0
        for turn in self.turns:
            if turn.start < before or turn.end > len(self.heading.text):
                raise RecordError(
                    f"turns stand in order inside the text: [{turn.start}, {turn.end}) does not", where=turn.id
                )
            before = turn.end
            turn._attach_to(self)

    # Shortcuts to the most used fields of the heading.
    @property
    def id(self) -> str:
        """The document's id, stable when it is read again."""
        return self.heading.id

    @property
    def title(self) -> str:
        """The title as printed."""
        return self.heading.title

    @property
    def date(self) -> str | None:
        """The day of the event, or its month or year where no more is known, ISO 8601."""
        return self.heading.date

    @property
    def issuer(self) -> str:
        """The publisher: ``cn-mfa``, ``us-whitehouse`` …"""
        return self.heading.issuer

    @property
    def kind(self) -> DocumentKind:
        """The kind of statement."""
        return self.heading.kind

    @property
    def language(self) -> str:
        """The language as a BCP 47 tag."""
        return self.heading.language

    @property
    def text(self) -> str:
        """The article's text; paragraphs are separated by an empty line."""
        return self.heading.text

    @property
    def capture(self) -> Capture:
        """The capture it was read from. Raises :class:`~onrecord.errors.NoBytes` if it is not loaded."""
        return self._attached("capture")  # type: ignore[no-any-return]

    @property
    def data(self) -> bytes:
        """The bytes of the capture; for PDF and Word, the extracted text in UTF-8."""
        data = self._attached("data")
        return data() if callable(data) else data  # type: ignore[no-any-return]

    @property
    def offsets(self) -> OffsetMap:
        """The map from positions in the text to places in the capture."""
        return self._attached("offsets")  # type: ignore[no-any-return]

    def _attached(self, what: str) -> Any:
        try:
            return self.__dict__[what]
        except KeyError:
            raise NoBytes(f"the document came without its {what}", where=self.heading.id) from None

    @property
    def original(self) -> bytes:
        """The bytes of the capture itself; for PDF and Word the offsets do not refer to them but to :attr:`data`."""
        held = self.__dict__.get("original")
        if held is None:
            return self.data
        return held() if callable(held) else held  # type: ignore[no-any-return]

    def with_capture(self, capture: Capture, data: Any, offsets: OffsetMap, original: Any = None) -> Self:
        """Attach the capture to this document and return it.

        ``data`` are the bytes that the offsets refer to, ``original`` the capture's own bytes if they differ: either
        bytes or a function that loads them.
        """
        self.__dict__.update(capture=capture, data=data, offsets=offsets, original=original)
        return self

    def with_capture_of(self, other: Document) -> Self:
        """Attach the capture of another reading of this document and return it."""
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
        """The document as UTF-8 JSON, in the form of the published schema."""
        return msgspec.json.encode(self)

    @classmethod
    def from_json(cls, data: bytes | str) -> Self:
        """Load a document written by :meth:`to_json`, without its capture: see :meth:`with_capture`."""
        try:
            return msgspec.json.decode(data, type=cls)
        except msgspec.DecodeError as error:
            raise RecordError(f"not a document: {error}") from None


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the object that ``onrecord read --format json`` prints.

    It does not depend on the versions of Python and msgspec, which differ in how they indent a docstring and in whether
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
    """The first ``length`` hexadecimal digits of the SHA-256 of the folded words: the basis of turn ids."""
    return sha256(fold(words).encode("utf-8", "surrogatepass")).hexdigest()[:length]


def turn_ids(document_id: str, words: list[str]) -> list[str]:
    """Derive an id for each turn of a document from its words, so that ids are stable when the document is read again.

    Repeated words get a counter: ``….2``, ``….3``.
    """
    seen: dict[str, int] = {}
    ids = []
    for said in words:
        digest = words_digest(said)
        count = seen[digest] = seen.get(digest, 0) + 1
        ids.append(f"{document_id}/{digest}" + (f".{count}" if count > 1 else ""))
    return ids
