"""Word files: what is shown is read, in order; what would burst or was broken is refused before it is unpacked."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import datetime

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.captures.opening import capture_of
from onrecord.errors import Damaged
from onrecord.reading.composing import Reading, compose
from onrecord.reading.docx import read_docx
from onrecord.reading.page import Page
from onrecord.reading.turns import Mark


def saved(word) -> bytes:
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def shown(data: bytes) -> list[tuple[str, str]]:
    return [(line.tag, line.text) for line in read_docx(data)[1]]


def repacked(data: bytes, change: Callable[[str, bytes], bytes | None], extra: dict[str, bytes] | None = None) -> bytes:
    """The package with each part changed, or left out for None, and others added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
        for name, part in (extra or {}).items():
            new.writestr(name, part)
    return file.getvalue()


@pytest.fixture
def word():
    return docx.Document()


def test_paragraphs_headings_and_cells_in_order(word) -> None:
    word.add_heading("Briefing", 0)
    word.add_heading("On the lamp", 2)
    word.add_paragraph("Before the table.")
    table = word.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ["Reporter", "Is it lit?", "Minister", "It is."], strict=True):
        cell.text = words
    word.add_paragraph("Behind the table.")
    data = saved(word)
    assert shown(data) == [
        ("h1", "Briefing"),
        ("h2", "On the lamp"),
        ("p", "Before the table."),
        ("td", "Reporter"),
        ("td", "Is it lit?"),
        ("td", "Minister"),
        ("td", "It is."),
        ("p", "Behind the table."),
    ]
    assert [line.fresh for line in read_docx(data)[1] if line.tag == "td"] == [True, False, True, False]


def test_bold_letters_whether_set_by_hand_or_by_a_style(word) -> None:
    paragraph = word.add_paragraph()
    paragraph.add_run("Q: ").bold = True
    paragraph.add_run("Is it lit? ")
    paragraph.add_run("Really?", style="Strong")
    word.styles["Intense Quote"].font.bold = True
    quoted = word.add_paragraph("All of it.", style="Intense Quote")
    quoted.add_run(" Not this.").bold = False
    asked, told = read_docx(saved(word))[1]
    assert [asked.bold(0, 2), asked.bold(3, 13), asked.bold(14)] == [1.0, 0.0, 1.0]
    assert [told.bold(0, 10), told.bold(11)] == [1.0, 0.0]


INSIDE = [
    ("<w:ins w:id='1' w:author='a'><w:r><w:t>inserted</w:t></w:r></w:ins>", "inserted", "a tracked insertion is shown"),
    ("<w:del w:id='1' w:author='a'><w:r><w:delText>gone</w:delText></w:r></w:del>", "", "a tracked deletion is not"),
    ("<w:moveFrom w:id='1' w:author='a'><w:r><w:t>gone</w:t></w:r></w:moveFrom>", "", "nor what was moved away"),
    ("<w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink>", "linked", "a link"),
    ("<w:sdt><w:sdtContent><w:r><w:t>chosen</w:t></w:r></w:sdtContent></w:sdt>", "chosen", "a content control"),
    ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>", "", "hidden text"),
    ("<w:r><w:t>one</w:t><w:tab/><w:t>two</w:t></w:r>", "one two", "a tab is white space"),
    ("<w:r><w:t>ice</w:t><w:noBreakHyphen/><w:t>free</w:t></w:r>", "ice-free", "a hyphen that does not break"),
    ("<w:r><w:instrText>PAGE</w:instrText></w:r>", "", "a field's instruction"),
    ("<w:r><w:t>line</w:t><w:br/><w:t>break</w:t></w:r>", "line|break", "a line break divides lines, not paragraphs"),
]  # fmt: skip


@pytest.mark.parametrize(("xml", "expected", "reason"), INSIDE, ids=[case[2] for case in INSIDE])
def test_what_a_paragraph_shows(word, xml: str, expected: str, reason: str) -> None:
    word.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))
    lines = read_docx(saved(word))[1]
    assert "|".join(line.text for line in lines) == expected
    assert [line.fresh for line in lines] == [True, False][: len(lines)]


def test_a_text_box_is_read_once(word) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>in the box</w:t></w:r></w:p></w:txbxContent>"
    word.element.body.insert(
        0,
        parse_xml(
            f"<w:p {nsdecls('w')} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'><w:r><w:t>around</w:t></w:r><w:r>"
            f"<mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
        ),
    )
    assert shown(saved(word)) == [("p", "around"), ("p", "in the box")]


def test_running_heads_and_feet_are_told_apart(word) -> None:
    word.sections[0].header.paragraphs[0].text = "Ministry of Examples"
    word.sections[0].footer.paragraphs[0].text = "Page 1"
    word.add_paragraph("Words.")
    assert shown(saved(word)) == [("header", "Ministry of Examples"), ("p", "Words."), ("footer", "Page 1")]


def test_properties_are_those_of_the_file_and_never_made_up(word) -> None:
    word.core_properties.title = "Transcript"
    word.core_properties.author = "A. Clerk"
    word.core_properties.created = datetime(2031, 4, 2, 9, 5)
    word.add_paragraph("Words.")
    data = saved(word)
    meta = read_docx(data)[2]
    assert (meta["title"], meta["author"], meta["created"]) == ("Transcript", "A. Clerk", "2031-04-02")
    bare = repacked(
        data,
        lambda name, part: (
            None
            if "core.xml" in name
            else part.replace(b'"docProps/core.xml"', b'"docProps/app.xml"').replace(b"/core-properties", b"/other")
        ),
    )
    assert read_docx(bare)[2] == {}


@settings(max_examples=40)  # making a Word file takes 30 ms
@given(
    st.lists(
        st.text(
            st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"),
            max_size=30,
        ),
        max_size=6,
    )
)
@pytest.mark.slow
def test_runs_count_in_the_characters_of_the_text(paragraphs) -> None:
    word = docx.Document()
    for words in paragraphs:
        word.add_paragraph(words)
    text, lines, _ = read_docx(saved(word))
    assert [line.text for line in lines] == [folded for words in paragraphs if (folded := " ".join(words.split()))]
    for line in lines:
        first, last = line.source
        assert " ".join(text[first:last].split()) == line.text


def test_a_document_from_a_word_file_ties_its_words_to_characters(word) -> None:
    word.add_paragraph("Briefing of the Ministry of Examples")
    word.add_paragraph("Times: Is the lamp lit?")
    paragraph = word.add_paragraph("Minister: ")
    paragraph.add_run("It").bold = True
    paragraph.add_run("  is, 灯亮了.")
    data = saved(word)
    page = Page(capture_of(data, "memory:"), data)
    title, question, answer = page.lines
    marks = [
        Mark(line=title, voice="furniture", name="title"),
        Mark(line=question, voice="reporter", outlet="Times", start=7),
        Mark(line=answer, voice="podium", speaker="Minister", start=10),
    ]
    reading = Reading(
        title=title.text, date=None, date_from=None, kind="press-conference", language="en", issuer="xx", marks=marks
    )
    document = compose(page, reading, house="plain", outlet_id=lambda printed: None)  # type: ignore[arg-type]
    asked, told = document.turns
    assert (asked.span.source(), told.text, told.span.source().decode()) == (
        b"Is the lamp lit?",
        "It is, 灯亮了.",
        "It  is, 灯亮了.",
    )
    place = asked.span.place()
    assert (place.unit, page.text[place.start : place.end], place.page) == ("character", "Is the lamp lit?", None)


def test_a_word_file_is_read_like_any_transcript(word) -> None:
    for words in ("Briefing of the Ministry of Examples", "Q: Is the lamp lit?", "A: It is."):
        word.add_paragraph(words)
    document = onrecord.read(saved(word))
    assert [(turn.kind, turn.text, turn.span.source()) for turn in document] == [
        ("question", "Is the lamp lit?", b"Is the lamp lit?"),
        ("answer", "It is.", b"It is."),
    ]


def bomb(size: int) -> bytes:
    return repacked(saved(docx.Document()), lambda name, part: part, {"word/media/image1.png": bytes(size)})


def steep() -> bytes:
    return bomb(3_000_000)


def lying() -> bytes:
    """A document of nine hundred thousand bytes that says that it has three hundred."""
    name = "word/document.xml"
    data = bytearray(repacked(saved(docx.Document()), lambda n, part: part + b" " * 900_000 if n == name else part))
    for found, back in ((data.find(name.encode()), 30 - 22), (data.rfind(name.encode()), 46 - 24)):
        data[found - back : found - back + 4] = struct.pack("<I", 300)
    return bytes(data)


def with_doctype(encoding: str) -> bytes:
    entity = '<!DOCTYPE w:document [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'

    def declare(name: str, part: bytes) -> bytes:
        if name != "word/document.xml":
            return part
        told = part.decode().split("?>", 1)[1]
        return f'<?xml version="1.0" encoding="{encoding}"?>{entity}{told}'.encode(encoding)

    return repacked(saved(docx.Document()), declare)


REFUSED = [
    (lambda: bomb(101_000_000), "zip bomb: .* would unpack to 101", "more than 100 MB declared"),
    (steep, "zip bomb: .*image1.png unpacks to .* times", "a steep ratio"),
    (lying, "no Word file that opens", "a part larger than it says"),
    (lambda: with_doctype("utf-8"), "declares entities", "an external entity"),
    (lambda: with_doctype("utf-16"), "declares entities", "the same, hidden in UTF-16"),
    (lambda: saved(docx.Document())[:5000], "no Word file that opens", "broken off"),
    (lambda: b"PK\x03\x04 word/ and nothing else", "no Word file that opens", "no package at all"),
    (lambda: repacked(saved(docx.Document()), lambda n, p: None if n == "word/document.xml" else p), "no Word file that opens", "without its document"),
    (lambda: repacked(saved(docx.Document()), lambda n, p: p[: len(p) // 2] if n == "word/document.xml" else p), "no Word file that opens", "XML broken off"),
    (lambda: repacked(saved(docx.Document()), lambda n, p: p.replace(b"wordprocessingml.document.main", b"spreadsheetml.sheet.main")), "no Word file that opens", "a spreadsheet"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "message", "reason"), REFUSED, ids=[case[2] for case in REFUSED])
def test_what_cannot_be_read_is_refused_by_name(make: Callable[[], bytes], message: str, reason: str) -> None:
    with pytest.raises(Damaged, match=f"(?s)brief.docx: .*{message}"):
        read_docx(make(), where="brief.docx")


def test_nesting_too_deep_is_refused() -> None:
    deep = b"<w:sdt><w:sdtContent>" * 5000 + b"</w:sdtContent></w:sdt>" * 5000
    data = repacked(
        saved(docx.Document()),
        lambda name, part: part.replace(b"<w:body>", b"<w:body>" + deep) if name == "word/document.xml" else part,
    )
    with pytest.raises(Damaged):
        read_docx(data, where="brief.docx")
