"""Word files to lines: paragraphs and table cells in order, bold letters, headings, and the metadata.

The file is read element by element, since python-docx's own lists of paragraphs and runs leave out what is in
tracked insertions, content controls and text boxes. Text that is marked as deleted or hidden is not shown and not read.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from onrecord.errors import Damaged
from onrecord.reading.lines import Line, LineBuilder

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

#: A statement of a thousand pages is 3 MB of XML; pictures come on top. Word's XML shrinks to a tenth or, in long
#: tables, to a fiftieth, never to a two-hundredth.
_LARGEST = 100_000_000
_STEEPEST = 200
#: Below this size the ratio says nothing: a part of a few empty elements shrinks without end.
_SMALL = 1_000_000
_XML = re.compile(r"\.(?:xml|rels)$", re.I)
_HEADING = re.compile(r"(?i)heading ([1-6])")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
#: What is not shown: deletions, and the second copy of a text box, kept for programs that cannot draw the first.
_UNSEEN = frozenset((f"{_W}del", f"{_W}moveFrom", _FALLBACK))
_LETTERS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def read_docx(data: bytes, *, where: str = "") -> tuple[str, list[Line], dict[str, str]]:
    """The text of a Word file, its lines, and its properties (``title``, ``author``, ``created`` …).

    The text is all paragraphs, each followed by a line break; the lines' runs count in its characters. A line has the
    tag ``p``, ``h1`` to ``h6``, ``td`` in a table, ``header``, ``footer`` or ``footnote``. A cell that follows another
    in its row is not ``fresh``.

    Raises :class:`~onrecord.errors.Damaged` for a file that does not open, that would unpack to more than 100 MB or to
    two hundred times its size, or that declares entities.
    """
    refuse_bombs(data, where)
    import docx

    try:
        word = docx.Document(io.BytesIO(data))
        return _Walk(word).read()
    except Exception as error:  # a damaged package raises any of a dozen exceptions from three libraries
        raise Damaged(f"no Word file that opens: {error}", where=where) from error


def refuse_bombs(data: bytes, where: str, what: str = "Word file") -> None:
    """Refuse a package, a ``what``, before anything in it is unpacked. zipfile never gives more than a part's declared size."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            size = sum(part.file_size for part in parts)
            if size > _LARGEST:
                raise Damaged(f"a zip bomb: {len(data):,} bytes would unpack to {size:,}", where=where)
            for part in parts:
                if part.file_size > max(_SMALL, part.compress_size * _STEEPEST):
                    raise Damaged(
                        f"a zip bomb: {part.filename} unpacks to {part.file_size // max(1, part.compress_size)} times its size",
                        where=where,
                    )
            for part in parts:
                if _XML.search(part.filename) and _declares_entities(package.read(part)):
                    raise Damaged(f"{part.filename} declares entities, which no office program does", where=where)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError, EOFError, zlib.error) as error:
        raise Damaged(f"no {what} that opens: {error}", where=where) from error


def _declares_entities(part: bytes) -> bool:
    return any("<!DOCTYPE".encode(encoding) in part for encoding in ("ascii", "utf-16-le", "utf-16-be"))


class _Walk:
    """The state while a document's parts are walked: the text so far, its lines, and the styles looked up."""

    def __init__(self, word: WordDocument) -> None:
        self.word = word
        self.parts: list[str] = []
        self.size = 0
        self.lines: list[Line] = []
        self.builder = LineBuilder(entities=False)
        self.styles = {style.style_id: style for style in word.styles}

    def read(self) -> tuple[str, list[Line], dict[str, str]]:
        for name in ("header", "footer"):
            for section in self.word.sections:
                story = getattr(section, name)
                if not story.is_linked_to_previous:
                    self.story(story._element, name)
            if name == "header":
                self.story(self.word.element.body, None)
        for relation in self.word.part.rels.values():
            if relation.reltype.endswith(("/footnotes", "/endnotes")) and not relation.is_external:
                from docx.oxml.parser import parse_xml

                self.story(parse_xml(relation.target_part.blob), "footnote")
        return "".join(self.parts), self.lines, self.properties()

    def properties(self) -> dict[str, str]:
        package = self.word.part.package
        if not any(relation.reltype.endswith("/core-properties") for relation in package.rels.values()):
            return {}  # python-docx would invent defaults
        told = self.word.core_properties
        meta = {
            "title": told.title,
            "author": told.author,
            "subject": told.subject,
            "language": told.language,
            "created": told.created.date().isoformat() if told.created else "",
            "modified": told.modified.date().isoformat() if told.modified else "",
        }
        return {name: value.strip() for name, value in meta.items() if value and value.strip()}

    def story(self, root: Any, tag: str | None) -> None:
        """Walk the paragraphs below an element. ``tag`` is that of all of them, or None to take it from each."""
        for paragraph in _seen(root, f"{_W}p"):
            fresh, own = True, tag
            cell = next(paragraph.iterancestors(f"{_W}tc"), None)
            style = self._style(paragraph.find(f"{_W}pPr/{_W}pStyle"))
            if own is None:
                name = style.name or "" if style is not None else ""
                heading = _HEADING.fullmatch(name)
                own = f"h{heading[1]}" if heading else "h1" if name == "Title" else "td" if cell is not None else "p"
            if cell is not None:  # the first paragraph of a cell that follows another is beside it
                fresh = cell.getprevious() is None or cell.getprevious().tag != f"{_W}tc"
                fresh = fresh or next(_seen(cell, f"{_W}p"), None) is not paragraph
            self.paragraph(paragraph, own, style, fresh)

    def paragraph(self, paragraph: Any, tag: str, style: Any, fresh: bool) -> None:
        for run in _seen(paragraph, f"{_W}r"):
            properties = run.find(f"{_W}rPr")
            if _on(properties, "vanish"):
                continue
            bold = _on(properties, "b")
            if bold is None and properties is not None:
                bold = _bold(self._style(properties.find(f"{_W}rStyle")))
            bold = _bold(style) if bold is None else bold
            for element in run:
                letters = (element.text or "") if element.tag == f"{_W}t" else _LETTERS.get(element.tag, "")
                fresh = self.say(letters, bold or False, tag, fresh)
        self.end_line(tag, fresh)
        self._put("\n")

    def say(self, letters: str, bold: bool, tag: str, fresh: bool) -> bool:
        """Add letters to the text and the open line; whether the next line is the first of the paragraph still."""
        for i, row in enumerate(letters.split("\n")):
            if i:
                fresh = self.end_line(tag, fresh)
                self._put("\n")
            if row:
                self.builder.add(row, self.size, bold)
                self._put(row)
        return fresh

    def end_line(self, tag: str, fresh: bool) -> bool:
        line = self.builder.line(tag, None, fresh)
        if line is None:
            return fresh
        self.lines.append(line)
        return False

    def _put(self, letters: str) -> None:
        self.parts.append(letters)
        self.size += len(letters)

    def _style(self, element: Any) -> Any:
        return None if element is None else self.styles.get(element.get(f"{_W}val"))


def _seen(root: Any, tag: str) -> Iterator[Any]:
    """The elements of a tag below ``root`` in order, except for those not shown, and for runs of a text box within a run."""
    stack = [iter(root)]
    while stack:
        for element in stack[-1]:
            if element.tag in _UNSEEN:
                continue
            if element.tag == tag:
                yield element
            # A run's text box holds paragraphs, which are found from the root; they are no part of this paragraph.
            if tag != f"{_W}r" or element.tag != f"{_W}p":
                stack.append(iter(element))
                break
        else:
            stack.pop()


def _on(properties: Any, name: str) -> bool | None:
    """Whether a switch is set among the properties of a run; None if they do not mention it."""
    switch = None if properties is None else properties.find(f"{_W}{name}")
    return None if switch is None else switch.get(f"{_W}val", "1") not in ("0", "false", "off")


def _bold(style: Any) -> bool | None:
    """Whether a style, or one it is based on, sets letters bold."""
    for _ in range(20):  # a style may be based on itself
        if style is None:
            break
        if style.font.bold is not None:
            return bool(style.font.bold)
        style = style.base_style
    return None
