"""OpenDocument texts (.odt) to lines: headings, paragraphs and cells of tables in order, and the metadata."""

from __future__ import annotations

import io
import re
import zipfile

from onrecord.errors import Damaged
from onrecord.reading import xml_strings
from onrecord.reading.docx import refuse_bombs
from onrecord.reading.lines import Line, LineBuilder

MIMETYPE = b"mimetypeapplication/vnd.oasis.opendocument.text"
#: What is not shown in the text: notes and comments, deletions that are tracked, fields of the editor.
_UNSEEN = frozenset(("annotation", "tracked-changes", "note-citation", "bookmark", "sequence-decls", "forms"))
_BLOCKS = frozenset(("p", "h"))
_META = {
    "title": "title",
    "creator": "author",
    "creation-date": "created",
    "subject": "subject",
    "language": "language",
}
_SPACES = re.compile(r"\s+")


def is_odt(data: bytes) -> bool:
    """Whether bytes are an OpenDocument text, by the first member of the archive."""
    return data.startswith(b"PK\x03\x04") and MIMETYPE in data[:200]


def read_odt(data: bytes, *, where: str = "") -> tuple[str, list[Line], dict[str, str]]:
    """The text of the file, its lines, and its properties, as :func:`onrecord.reading.docx.read_docx` gives them.

    Raises :class:`~onrecord.errors.Damaged` for a file that does not open or would unpack to more than 100 MB.
    """
    refuse_bombs(data, where, "OpenDocument text")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            content = package.read("content.xml").decode("utf-8")
            told = package.read("meta.xml").decode("utf-8") if "meta.xml" in names else ""
    except (KeyError, UnicodeError, zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        raise Damaged(f"no OpenDocument text that opens: {error}", where=where) from None
    meta: dict[str, str] = {}
    for field in xml_strings.leaves(told):
        words = xml_strings.words_of(told, field.start, field.end)
        if field.name in _META and words:
            meta.setdefault(_META[field.name], words[:10] if field.name == "creation-date" else words)
    walk = _Walk(content)
    walk.read()
    return "".join(walk.parts), walk.lines, meta


class _Walk:
    """The state while the elements of the content are taken in order."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.bold = _bold_styles(content)
        self.parts: list[str] = []
        self.size = 0
        self.lines: list[Line] = []
        self.builder = LineBuilder(entities=False)
        self.inside: list[tuple[str, bool]] = []  # the open elements, and whether they are bold
        self.hidden = 0
        self.tag = ""
        self.cell = 0  # of the row that is open

    def read(self) -> None:
        at = 0
        for match in xml_strings.TOKEN.finditer(self.content):
            self.say(at, match.start())
            at = match.end()
            if match["name"] is None:
                continue
            name = xml_strings.local_name(match["name"])
            if match["closing"]:
                self.close(name)
            elif match["attributes"].endswith("/"):
                self.empty(name)
            else:
                self.open(name, xml_strings.attributes(match["attributes"]))

    def open(self, name: str, told: dict[str, str]) -> None:
        bold = told.get("style-name", "") in self.bold or (
            bool(self.inside) and self.inside[-1][1] and name in ("span", "a")
        )
        self.inside.append((name, bold))
        self.hidden += name in _UNSEEN
        if name == "table-row":
            self.cell = 0
        elif name == "table-cell":
            self.cell += 1
        elif name in _BLOCKS and not self.hidden:
            level = told.get("outline-level", "1")
            table = any(one == "table-cell" for one, _ in self.inside)
            title = told.get("style-name", "") == "Title"
            self.tag = (
                "h1" if title else f"h{level if level in '123456' else 6}" if name == "h" else "td" if table else "p"
            )

    def close(self, name: str) -> None:
        if all(one != name for one, _ in self.inside):
            return
        ended = ""
        while ended != name:
            ended, _ = self.inside.pop()
            self.hidden -= ended in _UNSEEN
        if name in _BLOCKS and not self.hidden:
            self.end_line(fresh=self.tag != "td" or self.cell < 2)

    def empty(self, name: str) -> None:
        if self.hidden or not self.tag:
            return
        if name == "line-break":
            self.end_line(fresh=self.tag != "td" or self.cell < 2, more=True)
        elif name in ("tab", "s"):
            self.builder.add(" ", self.size)
            self.put(" ")

    def end_line(self, *, fresh: bool, more: bool = False) -> None:
        line = self.builder.line(self.tag, None, fresh)
        if line is not None:
            self.lines.append(line)
        self.put("\n")
        self.tag = self.tag if more else ""

    def say(self, start: int, end: int) -> None:
        if self.hidden or not self.tag or start >= end:
            return
        bold = bool(self.inside) and self.inside[-1][1]
        for words, _, _ in xml_strings.pieces(self.content, start, end):
            plain = _SPACES.sub(" ", words)
            self.builder.add(plain, self.size, bold)
            self.put(plain)

    def put(self, letters: str) -> None:
        self.parts.append(letters)
        self.size += len(letters)


def _bold_styles(content: str) -> frozenset[str]:
    """The names of the styles that set letters bold."""
    found, name = set(), ""
    for match in xml_strings.TOKEN.finditer(content):
        if match["name"] is None or match["closing"]:
            continue
        own = xml_strings.local_name(match["name"])
        if own == "style":
            name = xml_strings.attributes(match["attributes"]).get("name", "")
        elif own == "text-properties" and xml_strings.attributes(match["attributes"]).get("font-weight") == "bold":
            found.add(name)
    return frozenset(found)
