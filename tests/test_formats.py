"""Mail, saved pages, OpenDocument texts, subtitles and debates: who says what, and nothing that nobody says. All is invented."""

from __future__ import annotations

import io
import json
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from growth import LIMIT, growth
from onrecord.desk import add_all, check, open_desk
from onrecord.errors import Damaged, OnRecordError
from onrecord.reading.decoding import Characters
from onrecord.reading.unwrapping import unwrap

QUESTION, ANSWER = "Will the port open before the summer?", "It will open in June – that is the Minister’s promise."
TURNS = [("question", None, QUESTION), ("answer", "Holm", ANSWER)]
LABELLED = f"QUESTION: {QUESTION}\n\nMINISTER HOLM: {ANSWER}\n"
HTML = f"<html><head><title>Briefing</title></head><body><nav><a href=/>Contact: us</a></nav><article><h1>Briefing</h1><p>QUESTION: {QUESTION}</p><p>MINISTER HOLM: {ANSWER}</p></article></body></html>"


def mail(*bodies: tuple[str, str], saved: bool = False) -> bytes:
    message = EmailMessage()
    message["From"] = "Press Office <press@example.org>"
    message["To"] = "list@example.org"
    message["Subject"] = "Transcript: the Minister’s briefing"
    message["Date"] = "Mon, 12 May 2025 16:04:00 +0200"
    if saved:
        message["Snapshot-Content-Location"] = "https://example.org/briefing"
    for i, (kind, body) in enumerate(bodies):
        (message.add_alternative if i else message.set_content)(body, subtype=kind, cte="quoted-printable")
    if saved:
        message.make_related()
    return message.as_bytes()


def odt(*blocks: str) -> bytes:
    content = (
        '<office:document-content xmlns:office="o" xmlns:text="t" xmlns:style="s" xmlns:fo="f"><office:automatic-styles>'
        '<style:style style:name="B"><style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles>'
        f"<office:body><office:text>{''.join(blocks)}</office:text></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", content)
        package.writestr(
            "meta.xml",
            "<m><dc:title>Press briefing</dc:title><meta:creation-date>2025-05-12T10:00:00</meta:creation-date></m>",
        )
    return out.getvalue()


def odt_row(label: str, words: str) -> str:
    cells = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in (label, words))
    return f"<table:table-row>{cells}</table:table-row>"


def epub(*chapters: str, more: dict[str, str] | None = None) -> bytes:
    items = "".join(
        f'<item id="c{i}" href="text/c%20{i}.xhtml" media-type="application/xhtml+xml"/>' for i in range(len(chapters))
    )
    order = "".join(f'<itemref idref="c{i}"/>' for i in range(len(chapters)))
    package = (
        '<package><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Press briefing</dc:title><dc:date>2025-05-12T00:00:00Z</dc:date>'
        f'</metadata><manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>{items}</manifest>'
        f'<spine><itemref idref="nav"/>{order}</spine></package>'
    )
    files = {
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        "OEBPS/book.opf": package,
        "OEBPS/nav.xhtml": "<html><body><p>CHAPTER: It is the contents that say so.</p></body></html>",
        **{
            f"OEBPS/text/c {i}.xhtml": f"<html><head><title>x</title></head><body>{one}</body></html>"
            for i, one in enumerate(chapters)
        },
        **(more or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        for name, words in files.items():
            book.writestr(name, words)
    return out.getvalue()


SRT = """1
00:00:04,120 --> 00:00:09,560
QUESTION: Will the port open

2
00:00:09,560 --> 00:00:12,000
before the summer?

3
00:00:31,000 --> 00:00:36,000
MINISTER HOLM: <i>It will open in June</i> –
that is the Minister’s promise.
"""
SBV = """0:00:04.120,0:00:09.560
QUESTION: Will the port open

0:00:09.560,0:00:12.000
before the summer?

0:00:31.000,0:00:36.000
MINISTER HOLM: It will open in June –
that is the Minister’s promise.
"""
VTT = """WEBVTT - invented
Kind: captions

NOTE a note of the editor: not said

intro
00:04.120 --> 00:09.560 align:start
<v Reporter>Will the port <c.yellow>open</c></v>

00:09.560 --> 00:12.000
<v Reporter>before the summer?</v>

00:31.000 --> 00:36.000
<v.loud Dana Holm>It will open in June – that is the Minister’s promise.</v>
"""
CAPTIONS = """1
00:00:04,120 --> 00:00:09,560
>> WILL THE PORT OPEN?

2
00:00:09,560 --> 00:00:12,000
>> IT WILL OPEN IN JUNE,

3
00:00:12,560 --> 00:00:14,000
2 ships at a time.
"""
TEI = f"""<?xml version="1.0"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>An invented sitting</title></titleStmt>
<sourceDesc><bibl><date when="2025-05-12">12 May</date></bibl></sourceDesc></fileDesc>
<particDesc><listPerson><person xml:id="HolmDana"><persName><surname>Holm</surname><forename>Dana</forename></persName></person></listPerson></particDesc>
</teiHeader><text><body><div><note type="speaker">The Chair:</note><u who="#Chair"><seg>I open the
sitting.</seg><note>Applause</note><seg>The Minister &amp; her office have the floor.</seg></u>
<u who="#HolmDana"><seg>{ANSWER}</seg><vocal><desc>laughter</desc></vocal><gap reason="inaudible"/><seg>Thank you.</seg></u></div></body></text></TEI>"""
AKN = f"""<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><debate><meta><identification><FRBRWork><FRBRdate date="2025-05-12"/></FRBRWork></identification>
<references><TLCPerson eId="oda" href="/p/oda" showAs="Rin Oda"/></references></meta><preface><docTitle>An invented sitting</docTitle></preface>
<debateBody><debateSection><heading>PORT</heading><speech by="#chair"><from>The <role>SPEAKER</role>:</from><p>The Minister has the floor.</p></speech>
<speech by="#oda"><p>{ANSWER}</p><p>Thank you.</p></speech></debateSection></debateBody></debate></akomaNtoso>"""

FILES = [
    ("mail in plain text", mail(("plain", LABELLED)), TURNS),
    ("mail in two forms", mail(("plain", LABELLED), ("html", HTML)), TURNS),
    ("mail in HTML", mail(("html", HTML)), TURNS),
    ("OpenDocument", odt('<text:h text:outline-level="1">Press briefing</text:h>', f'<text:p><text:span text:style-name="B">QUESTION:</text:span> {QUESTION}</text:p>',
     f"<text:p>MINISTER HOLM: {ANSWER}<office:annotation><text:p>check this</text:p></office:annotation></text:p>"), TURNS),
    ("a table in OpenDocument", odt(f"<table:table>{odt_row('Q', QUESTION)}{odt_row('Minister Holm', ANSWER)}</table:table>"), TURNS),
    ("SRT", SRT.encode(), TURNS),
    ("SRT with carriage returns", SRT.replace("\n", "\r\n").encode(), TURNS),
    ("WebVTT", VTT.encode(), [("question", None, QUESTION), ("answer", "Dana Holm", ANSWER)]),
    ("what Whisper prints", b"[00:00.000 --> 00:04.120]  QUESTION: Will the port open\n[00:04.120 --> 00:09.560]  before the summer?\n"
     + "[00:09.560 --> 00:14.000]  MINISTER HOLM: It will open in June – that is the Minister’s promise.\n".encode(), TURNS),
    ("utterances beside the whole text", json.dumps({"text": f"{QUESTION} {ANSWER}", "utterances": [{"speaker": "B", "text": QUESTION}, {"speaker": "A", "text": ANSWER}]}).encode(),
     [("question", "B", QUESTION), ("answer", "A", ANSWER)]),
    ("a part in a broadcast behind the name", json.dumps({"transcript": [{"speaker_name": "ANNA BELL, HOST:", "text": QUESTION}, {"speaker_name": "DANA HOLM:", "text": ANSWER}]}).encode(),
     [("question", "Anna Bell", QUESTION), ("answer", "Dana Holm", ANSWER)]),
    ("a table with its divider in the first line", f"sep=;\r\ndate;speaker;question;answer\r\n2025-05-12;Holm;{QUESTION};{ANSWER}\r\n".encode(), TURNS),
    ("SubViewer", SBV.encode(), TURNS),
    ("EPUB", epub(f"<h1>Press briefing</h1><p>QUESTION: {QUESTION}</p>", f"<p>MINISTER HOLM: {ANSWER}</p>"), TURNS),
    ("captions with signs", CAPTIONS.encode(), [("question", None, "WILL THE PORT OPEN?"), ("answer", None, "IT WILL OPEN IN JUNE, 2 ships at a time.")]),
    ("TEI", TEI.encode(), [("statement", "The Chair", "I open the sitting.\n\nThe Minister & her office have the floor."), ("statement", "Dana Holm", ANSWER + "\n\nThank you.")]),
    ("Akoma Ntoso", AKN.encode(), [("statement", "The Speaker", "The Minister has the floor."), ("statement", "Rin Oda", ANSWER + "\n\nThank you.")]),
]  # fmt: skip


@pytest.mark.parametrize(("data", "turns"), [case[1:] for case in FILES], ids=[case[0] for case in FILES])
def test_who_says_what(data: bytes, turns: list[tuple[str, str | None, str]], tmp_path: Path) -> None:
    document = onrecord.read(data)
    told = [(turn.kind, (turn.speaker or "").casefold(), turn.text) for turn in document]
    assert told == [(kind, (speaker or "").casefold(), words) for kind, speaker, words in turns]
    assert not document.unread
    path = tmp_path / "file"
    path.write_bytes(data)
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        assert not add_all(desk, [path], processes=1).troubles
        assert list(check(desk)) == []


def test_headers_are_what_a_file_says_of_itself() -> None:
    document = onrecord.read(FILES[0][1])
    assert (document.title, document.date) == ("Transcript: the Minister’s briefing", "2025-05-12")
    document = onrecord.read(FILES[3][1])
    assert document.title == "Press briefing"
    for data in (TEI, AKN):
        document = onrecord.read(data.encode())
        assert (document.title, document.date) == ("An invented sitting", "2025-05-12")


def test_a_page_saved_in_a_single_file_is_the_page() -> None:
    data = mail(("html", HTML), saved=True)
    document = onrecord.read(data, house="plain")
    assert [(turn.kind, turn.text) for turn in document] == [("question", QUESTION), ("answer", ANSWER)]
    assert document.heading.address == "https://example.org/briefing"
    with pytest.raises(OnRecordError, match="no house style"):
        onrecord.read(data)


def test_a_page_saved_in_a_single_file_without_an_encoding_is_read_in_its_own() -> None:
    page = HTML.replace("<head>", "<head><meta charset=utf-8>").encode()
    head = b"Snapshot-Content-Location: https://example.org/briefing\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n"
    document = onrecord.read(head + page, house="plain")
    assert document.turns[-1].text == ANSWER


def test_a_locked_book_and_one_without_a_chapter_are_refused_by_name() -> None:
    locked = {"META-INF/encryption.xml": "<encryption><EncryptedData/></encryption>"}
    with pytest.raises(OnRecordError, match="locked"):
        onrecord.read(epub("<p>HOLM: It is so.</p>", more=locked))
    with pytest.raises(OnRecordError, match="without a chapter"):
        onrecord.read(epub())


HOSTILE = [
    ("a book that breaks off", epub("<p>HOLM: It is so today.</p>")[:300]),
    ("mail of parts in parts", b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 3_000),
    ("mail that breaks off", FILES[1][1][:300]),
    ("mail in no encoding", b"MIME-Version: 1.0\nContent-Type: text/plain; charset=nowhere\n\nHOLM: It is so today.\n"),
    ("a package that breaks off", odt("<text:p>HOLM: It is so.</text:p>")[:150]),
    ("subtitles that break off", SRT.encode()[:60]),
    ("a debate that breaks off", TEI.encode()[:-200]),
    ("a debate nested beyond reason", b"<TEI><u>" + b"<seg>" * 30_000 + b"It is so today."),
    ("a debate of entities", b'<!DOCTYPE TEI [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]><TEI><u who="x"><seg>&b; It is so today.</seg></u></TEI>'),
]  # fmt: skip


@pytest.mark.parametrize("data", [case[1] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
@pytest.mark.slow
def test_hostile_files_end_in_an_error_of_the_program_or_in_their_words(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        summary = add_all(desk, [path], processes=1)
        assert all("the reader failed" not in trouble.message for trouble in summary.troubles)
        assert list(check(desk)) == []


def test_an_opendocument_bomb_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text", compress_type=zipfile.ZIP_STORED)
        package.writestr("content.xml", "<a>" + " " * 30_000_000)
    with pytest.raises(Damaged, match="bomb"):
        onrecord.read(out.getvalue())


WORD = st.text(st.sampled_from('aé中’😀 &<>"-'), min_size=1, max_size=12).map(lambda words: f"x{words}x")


@given(st.lists(WORD, min_size=1, max_size=5))
def test_the_bytes_of_every_character_of_a_debate_say_it(words: list[str]) -> None:
    import html

    paragraphs = "".join(f"<seg>{html.escape(one)}</seg>" for one in words)
    data = f"<TEI><text><u who='#a'>{paragraphs}</u></text></TEI>".encode()
    inner = unwrap(Characters(data, "utf-8"))
    assert inner is not None and inner.characters.text == "\n\n".join(words)
    for i, character in enumerate(inner.characters.text):
        held = data[inner.characters.byte(i) : inner.characters.byte_after(i + 1)].decode()
        assert html.unescape(held) == (character if character != "\n" else "")


@given(st.lists(WORD, min_size=1, max_size=5))
def test_the_bytes_of_every_character_of_subtitles_say_it(words: list[str]) -> None:
    plain = [one.replace("<", "").replace("&", "").replace("  ", " ") for one in words]
    data = "".join(f"{i}\n00:00:0{i},000 --> 00:00:0{i},900\n{one}\n\n" for i, one in enumerate(plain)).encode()
    inner = unwrap(Characters(data, "utf-8"))
    assert inner is not None
    for i, character in enumerate(inner.characters.text):
        held = data[inner.characters.byte(i) : inner.characters.byte_after(i + 1)].decode()
        assert held == character or (character in " \n" and ("-->" in held or not held.strip(" \n>")))


@pytest.mark.parametrize(
    "unit",
    [
        "1\n00:00:01,000 --> 00:00:02,000\nWe will go.\n\n",
        "<v A>",
        ">> a\n",
        "<u who='a'><seg>b</seg></u>",
        "<note>",
        "&amp;",
    ],
)
@pytest.mark.slow
def test_a_long_file_takes_as_long_as_its_length(unit: str) -> None:
    def reads(size: int):  # type: ignore[no-untyped-def]
        words = (unit * size)[:size]
        files = ["WEBVTT\n\n00:01.000 --> 00:02.000\n" + words, f"<TEI><text>{words}</text></TEI>"]

        def work() -> None:
            for file in files:
                unwrap(Characters(file.encode(), "utf-8"))

        return work

    reads(100)()
    assert growth(reads, 60_000) < LIMIT
