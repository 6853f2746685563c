"""A page: the characters of a capture as lines, with its metadata."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from onrecord.captures.addresses import split_address
from onrecord.errors import TooLarge
from onrecord.offsets import OffsetMap, Wrapping
from onrecord.reading.decoding import Characters, decode, replace_lost
from onrecord.reading.epub import is_epub
from onrecord.reading.fields import parts_of
from onrecord.reading.html import Marked, Passed, read_html
from onrecord.reading.lines import Line
from onrecord.reading.mail import is_mail
from onrecord.reading.odt import is_odt
from onrecord.reading.plaintext import read_plaintext
from onrecord.reading.said import Said
from onrecord.reading.unwrapping import unwrap
from onrecord.reading.wrapped import Wrapped
from onrecord.record import Capture

Format = Literal["html", "markdown", "text", "pdf", "docx", "odt", "mail", "epub"]

LOOKS_LIKE_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|div|p|table|br|meta|title|h[1-6]|span|ul|ol|dl|blockquote|article|section|figure)\b",
    re.I,
)
#: The end of a block, which prose does not have.
_BLOCK_ENDS = re.compile(r"</(?:p|div|table|ul|ol|blockquote|h[1-6])\s*>", re.I)
_TITLE = re.compile(r"<title\b[^<>]*>([^<]*)", re.I)
_BEGUN = re.compile(r"<(?:html|body)\b", re.I)
_ENDED = re.compile(r"</(?:body|html)\b", re.I)
_HAN = re.compile(r"[\u4e00-\u9fff]+")


def format_of(data: bytes, name: str = "") -> Format | None:
    """The format, by the first bytes or the file's name; None if the bytes must be decoded first."""
    if data.startswith(b"%PDF") or b"%PDF-" in data[:1024]:
        return "pdf"
    if is_odt(data):
        return "odt"
    if is_epub(data):
        return "epub"
    if is_mail(data):
        return "mail"
    if data.startswith(b"PK\x03\x04") and (b"word/" in data or name.endswith(".docx")):
        return "docx"
    return None


def _holds_markup(words: str) -> bool:
    """Whether a field of a file holds blocks that open and close anywhere: many words may stand above its first tag."""
    opened = LOOKS_LIKE_HTML.search(words)
    return opened is not None and _BLOCK_ENDS.search(words, opened.end()) is not None


#: Characters at the beginning in which a page names its own address.
_CANONICAL = re.compile(r"<link[^>]{1,80}canonical[^>]{1,20}href=[\"']?([^\s\"'>]{1,500})", re.I)
_NAMES_ITSELF = 20_000
#: The head of a web page ends here, or after this many characters.
_HEAD_ENDS = re.compile(r"</head\b|<body\b", re.I)
_LONGEST_HEAD = 50_000


class Page:
    """The input of a house's reader: ``lines``, ``meta`` by lower-case name, ``format``, ``address``, and the characters.

    ``given_title`` is what the format names as the title: the ``title`` element, the front matter, the PDF's metadata.
    ``address`` is the page's own URL where the capture came from one.

    Where the statement is inside an encoding of strings (JSON, what Python prints, XML whose root element a house
    claims), ``wrapping`` names it, ``text`` is the inner text, ``format`` that of the inner text, ``fields`` are the other
    fields of the file by lower-case name (they are part of ``meta`` too), ``parts`` those whose part of a statement is known
    by their name (``title``, ``date``, ``speaker`` …), ``root`` is the root element of XML, and ``said`` who says what where the
    file itself says. ``enclosed`` says that the words are a field of a file, not a page with furniture around them. ``xml``
    names for claimed root elements the element that holds the words: see :func:`onrecord.houses.claimed_xml`.
    """

    def __init__(
        self,
        capture: Capture,
        data: bytes,
        *,
        encoding: str | None = None,
        declared: str | None = None,
        name: str = "",
        xml: Mapping[str, str] | None = None,
    ) -> None:
        where = capture.source
        self.capture = capture
        self.data = data
        self.name = name
        self.page_starts: tuple[int, ...] = ()
        self._characters: Characters | None = None
        self._pass_over: tuple[frozenset[str], ...] = ()
        self.fields: Mapping[str, str] = {}
        self.parts: Mapping[str, str] = {}
        self.root = ""
        self.enclosed = False
        self.said: tuple[Said, ...] = ()
        found = format_of(data, name)
        if found == "pdf":
            from onrecord.reading.pdf import read_pdf

            self.text, lines, meta, self.page_starts = read_pdf(data, where=where)
            self.marked = Marked(lines, meta, [])
        elif found == "docx":
            from onrecord.reading.docx import read_docx

            self.text, lines, meta = read_docx(data, where=where)
            self.marked = Marked(lines, meta, [])
        elif found == "odt":
            from onrecord.reading.odt import read_odt

            self.text, lines, meta = read_odt(data, where=where)
            self.marked = Marked(lines, meta, [])
        elif found == "mail":
            from onrecord.reading.mail import read_mail

            self.text, kind, self.fields = read_mail(data, where=where)
            self.parts = parts_of(self.fields, "")
            self.enclosed = "source_url" not in self.fields
            found = "html" if kind == "html" else "text"
            if found == "text":
                self.marked = Marked(read_plaintext(self.text), {}, [])
        elif found == "epub":
            from onrecord.reading.epub import read_epub

            self.text, self.fields = read_epub(data, where=where)
            self.parts = parts_of(self.fields, "")
            self.enclosed, found = True, "html"
        else:
            self._characters = decode(data, declared=declared, encoding=encoding, where=where)
            inner = unwrap(self._characters, xml=xml, media_type=capture.media_type)
            if inner is not None:
                self._characters, self.fields, self.parts, self.root, self.said = inner
                self.enclosed = True
            self.text = self._characters.text
            found = self._read_text(where)
        self.format: Format = found

    def _read_text(self, where: str) -> Format:
        assert self._characters is not None
        damaged = self._characters.damaged
        if (self.text.startswith("---") and "\n---" in self.text) or self.name.endswith((".md", ".markdown")):
            from onrecord.reading.markdown import read_markdown

            lines, meta = read_markdown(self.text, damaged=damaged, where=where)
            self.marked = Marked(lines, meta, [])
            return "markdown"
        if LOOKS_LIKE_HTML.search(self.text, 0, 4096) or (self.enclosed and _holds_markup(self.text)):
            return "html"  # parsed when its lines are first used, so that a house can first say what to pass over
        self.marked = Marked(read_plaintext(self.text, damaged=damaged), {}, [])
        return "text"

    @cached_property
    def marked(self) -> Marked:
        """The result of the parser of the format."""
        try:
            return read_html(self.text, *self._pass_over)
        except TooLarge as error:
            raise TooLarge(error.what, where=self.capture.source) from None

    @property
    def lines(self) -> list[Line]:
        """The lines that the page shows, in order."""
        return self.marked.lines

    @cached_property
    def meta(self) -> Mapping[str, str]:
        """The metadata of the page by lower-case name: meta elements, front matter, properties, fields."""
        told = {**self.marked.meta, **self.fields} if self.fields else self.marked.meta
        if self._characters is None or not self._characters.damaged:
            return told
        return {replace_lost(name): replace_lost(value) for name, value in told.items()}

    @cached_property
    def head_meta(self) -> Mapping[str, str]:
        """:attr:`meta`, for a web page only that of its head, which is available before the lines of the page are parsed."""
        if self.format != "html" or "marked" in self.__dict__ or self.fields:
            return self.meta
        found = read_html(self._head).meta
        return {replace_lost(name): replace_lost(value) for name, value in found.items()}

    @cached_property
    def _head(self) -> str:
        end = self.text.find(
            "</head>", 0, _LONGEST_HEAD
        )  # several times as fast as the pattern, and nearly always found
        if end < 0:
            ends = _HEAD_ENDS.search(self.text, 0, _LONGEST_HEAD)
            end = ends.start() if ends else _LONGEST_HEAD
        return self.text[:end]

    def _head_says(self, name: str) -> str:
        """The value of a name in the head; the head is parsed only if it contains the name in lower or upper case."""
        if self.format == "html" and not self.fields and name not in self._head and name.upper() not in self._head:
            return ""
        return self.head_meta.get(name, "")

    @property
    def passed(self) -> list[Passed]:
        """The containers that were passed over."""
        return self.marked.passed

    def pass_over(
        self, names: frozenset[str], never: frozenset[str] = frozenset(), *, inline: frozenset[str] = frozenset()
    ) -> None:
        """Skip the containers of these ids and classes in a web page; they are listed as ``passed``.

        One that contains a container named in ``never`` ends there. ``inline`` are classes of spans inside a sentence. Lines that
        were asked for before are read anew, so that a page reads the same whether its house was recognised (which may look at the
        lines) or named.
        """
        if self.format == "html" and (names, never, inline) != self._pass_over:
            self._pass_over = (names, never, inline)
            for cached in ("marked", "is_chinese"):
                self.__dict__.pop(cached, None)

    @cached_property
    def address(self) -> str | None:
        """The page's URL: where it was fetched from, or what its front matter names."""
        if self.capture.source.startswith(("http://", "https://")):
            return self.capture.source
        return self.parts.get("address") or self._head_says("source_url") or None

    @cached_property
    def own_address(self) -> str | None:
        """:attr:`address`, or the one that a saved web page names as its own."""
        if self.address or self.format != "html":
            return self.address
        named = "canonical" in self._head or "CANONICAL" in self._head
        canonical = _CANONICAL.search(self.text, 0, _NAMES_ITSELF) if named else None
        return canonical[1] if canonical else self._head_says("og:url") or None

    @cached_property
    def own_host(self) -> str:
        """The host of :attr:`own_address`, in lower case, or nothing."""
        return split_address(self.own_address or "").hostname or ""

    @cached_property
    def given_title(self) -> str:
        """What the format names as the title, or nothing."""
        if "title" in self.parts:
            return replace_lost(" ".join(html.unescape(self.parts["title"]).split()))
        if self.format == "html":
            told = _TITLE.search(self.text, 0, 100_000)
            return replace_lost(" ".join(html.unescape(told[1]).split())) if told else ""
        return self.meta.get("title", "")

    @cached_property
    def is_chinese(self) -> bool:
        """Whether Han characters make up more than 30 % of the longest line that the page shows."""
        shown = max((line.text for line in self.lines), key=len, default="")[:2000]
        return len(shown) - len(_HAN.sub("", shown)) > len(shown) * 0.3

    @cached_property
    def breaks_off(self) -> bool:
        """Whether a web page begins but does not end, because its download was incomplete."""
        if self.format != "html":
            return False
        end = self.text[-2000:].lower()
        begun = _BEGUN.search(self.text, 0, 4096) is not None
        return begun and "</body" not in end and "</html" not in end and _ENDED.search(self.text) is None

    @property
    def wrapping(self) -> Wrapping | None:
        """The encoding of strings inside which the statement stands, if any."""
        return self._characters.wrapping if isinstance(self._characters, Wrapped) else None

    @property
    def encoding(self) -> str | None:
        """The encoding of the page; None for formats that are not text."""
        return self._characters.encoding if self._characters else None

    def byte(self, position: int) -> int:
        """The byte at which a character of the source starts; for PDF and Word, the character itself."""
        return self._characters.byte(position) if self._characters else position

    def byte_after(self, position: int) -> int:
        """The byte at which the character before ``position`` ends; for PDF and Word, the position itself."""
        return self._characters.byte_after(position) if self._characters else position

    def bytes_of(self, first: Line, last: Line | None = None) -> tuple[int, int]:
        """The byte range of a line, or of all from the first to the last."""
        start, end = first.source[0], (last or first).source[1]
        return self.byte(start), self.byte_after(end)

    def offsets(self, text: str, runs: list[tuple[int, int, int]]) -> OffsetMap:
        """The map for a text whose runs are ``(text_start, source_start, source_end)``, in order."""
        from array import array

        if self._characters is not None:
            runs = list(self._characters.divided(text, runs))
        starts = array("I", [run[0] for run in runs])
        edges = [edge for run in runs for edge in run[1:]]
        if self._characters is not None:
            edges = self._characters.ranges_at(edges)
        unit: Literal["byte", "character"] = "byte" if self._characters else "character"
        return OffsetMap(
            self.encoding or "utf-8",
            starts,
            array("I", edges[::2]),
            array("I", edges[1::2]),
            unit=unit,
            page_starts=self.page_starts,
            wrapping=self.wrapping,
        )

    @property
    def extract(self) -> bytes:
        """What the offsets refer to: the bytes themselves, or the extracted text of a PDF or Word file in UTF-8."""
        return self.data if self._characters else self.text.encode("utf-8", "surrogatepass")
