"""Debates in XML: ParlaMint and other TEI (``u@who``), Akoma Ntoso (``speech@by``): who says what, paragraph by paragraph.

The text is scanned tag by tag (:mod:`onrecord.reading.xml_strings`), so that every character keeps its place and nothing that a
document type declares is expanded.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal

from onrecord.reading import xml_strings
from onrecord.reading.decoding import Characters
from onrecord.reading.said import Said
from onrecord.reading.wrapped import Piece, Wrapped

#: The root elements, and the elements for speeches, their paragraphs, names of speakers, and what is not speech.
ROOTS = frozenset(("tei", "akomantoso"))
_SPEECHES = {"u": "who", "speech": "by", "question": "by", "answer": "by"}
_SIDES: dict[str, Literal["asks", "answers"]] = {"question": "asks", "answer": "answers"}
_PARAGRAPHS = frozenset(("seg", "p", "ab", "l", "block", "li"))
_UNSAID = frozenset(
    (
        "note",
        "vocal",
        "kinesic",
        "incident",
        "gap",
        "desc",
        "heading",
        "num",
        "from",
        "remark",
        "scene",
        "recordedtime",
        "docdate",
    )
)
_SPACE = re.compile(r"\s*[:：]\s*$")


class _Walk:
    """The state while the elements of a debate are taken in order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.people = _people(text)
        self.pieces: list[Piece] = []
        self.said: list[Said] = []
        self.fields: dict[str, str] = {}
        self.size = 0
        self.inside: list[str] = []  # the elements that are open
        self.opened: Counter[str] = Counter()
        self.speech = 0  # how many of them are speeches
        self.unsaid = 0
        self.name = ""  # of the next speech, as a note or the element ``from`` has it
        self.fresh = True  # the next words begin a paragraph

    def read(self) -> None:
        at = 0
        for match in xml_strings.TOKEN.finditer(self.text):
            self.words(at, match.start())
            at = match.end()
            if match["raw"]:
                self.words(match.start("raw"), match.end("raw"))
            elif match["name"] is not None:
                name = xml_strings.local_name(match["name"])
                if match["closing"]:
                    self.close(name)
                elif not match["attributes"].endswith("/"):
                    self.open(name, match)
                else:
                    self.empty(name, match["attributes"])
        self.words(at, len(self.text))

    def open(self, name: str, match: re.Match[str]) -> None:
        told = xml_strings.attributes(match["attributes"]) if match["attributes"] else {}
        self.inside.append(name)
        self.opened[name] += 1
        if name in ("from", "note") and (name == "from" or told.get("type") == "speaker"):
            end = self.text.find(f"</{match['name']}", match.end())
            self.name = _SPACE.sub(
                "", " ".join(xml_strings.words_of(self.text, match.end(), max(end, match.end())).split())
            )
            if name == "from" and self.said and self.speech:
                self.said[-1] = Said(self.said[-1].start, self.name, "", self.said[-1].side)
                self.name = ""
        if name in _SPEECHES and not self.unsaid and not self.opened["teiheader"]:
            by = told.get(_SPEECHES[name], "").strip().lstrip("#")
            self.speech += 1
            self.paragraph()
            self.said.append(Said(self.size, self.name or self.people.get(by, by), "", _SIDES.get(name)))
            self.name = ""
        elif name in _UNSAID:
            self.unsaid += 1
        if name in _PARAGRAPHS:
            self.fresh = True
        self.heading(name, told, match.end())

    def close(self, name: str) -> None:
        if not self.opened[name]:
            return
        while self.inside:
            ended = self.inside.pop()
            self.opened[ended] -= 1
            self.speech -= ended in _SPEECHES and self.speech > 0
            self.unsaid -= ended in _UNSAID and self.unsaid > 0
            if ended == name:
                break
        if name in _PARAGRAPHS or name in _SPEECHES:
            self.fresh = True

    def empty(self, name: str, told: str) -> None:
        """An element without content: a line break, or the date of the sitting."""
        self.heading(name, xml_strings.attributes(told), -1)

    def heading(self, name: str, told: dict[str, str], start: int) -> None:
        """The metadata of the file: its title and day."""
        if name in ("date", "frbrdate") and (day := told.get("when") or told.get("date")):
            self.fields.setdefault("date", day)
        if (
            start < 0
            or self.speech
            or "title" in self.fields
            or not (self.opened["titlestmt"] or name in ("doctitle", "heading"))
        ):
            return
        if name in ("title", "doctitle", "heading"):
            end = self.text.find("</", start)
            words = " ".join(xml_strings.words_of(self.text, start, max(end, start)).split())
            if words:
                self.fields.setdefault("title", words)

    def paragraph(self) -> None:
        """Begin a paragraph after what is there."""
        if self.pieces:
            end = self.pieces[-1][2]
            self.pieces.append(("\n\n", end, end))
            self.size += 2
        self.fresh = False

    def words(self, start: int, end: int) -> None:
        if not self.speech or self.unsaid or start >= end or not self.text[start:end].strip():
            return
        if self.fresh and not (self.said and self.said[-1].start == self.size):
            self.paragraph()
        self.fresh = False
        for words, first, last in xml_strings.pieces(self.text, start, end):
            self.pieces.append((words.replace("\n", " ") if last - first == len(words) else words, first, last))
            self.size += len(words)


def _people(text: str) -> dict[str, str]:
    """The names of the speakers, by the id that speeches refer to."""
    found: dict[str, str] = {}
    for match in xml_strings.TOKEN.finditer(text):
        if match["name"] is None or match["closing"]:
            continue
        name = xml_strings.local_name(match["name"])
        if name not in ("person", "tlcperson", "tlcrole"):
            continue
        told = xml_strings.attributes(match["attributes"])
        id = told.get("id") or told.get("eid") or told.get("eId") or ""
        if told.get("showAs"):
            found[id] = told["showAs"]
        elif name == "person":
            end = text.find("</person", match.end())
            inner = xml_strings.leaves(text, match.end(), max(end, match.end()))
            fields = {field.name: xml_strings.words_of(text, field.start, field.end) for field in inner}
            said = fields.get("persname") or " ".join(filter(None, (fields.get("forename"), fields.get("surname"))))
            if said:
                found[id] = " ".join(said.split())
    return found


def read_debate(outer: Characters) -> tuple[Wrapped, dict[str, str], tuple[Said, ...]]:
    """The words of a debate, its metadata (``title``, ``date``), and who says what."""
    walk = _Walk(outer.text)
    walk.read()
    return Wrapped(outer, walk.pieces, "xml"), walk.fields, tuple(walk.said)
