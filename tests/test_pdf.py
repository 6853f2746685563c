"""PDF: rows of letters on pages become paragraphs again. The files are written here, by hand, letter by letter."""

from __future__ import annotations

import zlib

import pytest

import onrecord
from onrecord.captures.opening import capture_of
from onrecord.errors import Damaged, NotText
from onrecord.reading.composing import Reading, compose
from onrecord.reading.page import Page
from onrecord.reading.pdf import read_pdf
from onrecord.reading.turns import Mark
from onrecord.record import fold

LEFT, TOP, PITCH = 72, 700, 14
#: ``(text, x, y, size, bold)`` of one row.
Row = tuple[str, float, float, float, bool]


def pdf(*pages: list[Row], info: str = "", encrypt: bool = False, picture: bool = False) -> bytes:
    """A PDF file of these rows."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{7 + 2 * i} 0 R' for i in range(len(pages)))}]>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0"
        "/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>]>>",
        "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>\nstream\n\x7f\nendstream",
    ]
    for i, rows in enumerate(pages):
        drawn = ["q 600 0 0 700 0 0 cm /P Do Q"] if picture else []
        for text, x, y, size, bold in rows:
            han = not text.isascii() and text[0] > "\u2e80"
            told = f"<{text.encode('utf-16-be').hex()}>" if han else f"({text})"
            drawn.append(f"BT /{'H' if han else 'B' if bold else 'R'} {size} Tf {x} {y} Td {told} Tj ET")
        content = "\n".join(drawn)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {8 + 2 * i} 0 R"
            "/Resources<</Font<</R 3 0 R/B 4 0 R/H 5 0 R>>/XObject<</P 6 0 R>>>>>>"
        )
        objects.append(f"<</Length {len(content)}>>\nstream\n{content}\nendstream")
    objects.append(f"<<{info}>>")
    out, places = b"%PDF-1.4\n", []
    for i, said in enumerate(objects, 1):
        places.append(len(out))
        out += f"{i} 0 obj\n{said}\nendobj\n".encode("latin-1")
    trailer = f"<</Size {len(objects) + 1}/Root 1 0 R/Info {len(objects)} 0 R/ID[<00><00>]"
    if encrypt:
        trailer += f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'41' * 32}>/U<{'42' * 32}>>>"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        out
        + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n{trailer}>>\nstartxref\n{len(out)}\n%%EOF".encode()
    )


def rows(*texts: str, top: float = TOP, indent: bool = True, pitch: float = PITCH) -> list[Row]:
    """A column of rows; a row that begins with ``>`` is indented, one that begins with ``*`` is bold, ``""`` is a gap."""
    told: list[Row] = []
    for i, text in enumerate(texts):
        bare = text.lstrip(">*")
        if bare:
            told.append((bare, LEFT + 36 * text.startswith(">"), top - pitch * i, 11, "*" in text[:2]))
    return told


def paragraphs(data: bytes) -> list[str]:
    return [line.text for line in read_pdf(data)[1] if line.tag == "p"]


FULL = "The two sides exchanged views on the lighthouse and on the ferry that serves it well"
PARAGRAPHS = [
    (
        rows(FULL, FULL, "and parted.", FULL, "again."),
        [f"{FULL} {FULL} and parted.", f"{FULL} again."],
        "a short row that ends a sentence ends the paragraph",
    ),
    (
        rows(FULL, FULL + ".", ">" + FULL[:-6], "and so on."),
        [f"{FULL} {FULL}.", f"{FULL[:-6]} and so on."],
        "an indent opens one, though the row before is full",
    ),
    (
        rows(FULL, FULL, "", FULL, "again."),
        [f"{FULL} {FULL}", f"{FULL} again."],
        "a gap divides, whatever the rows say",
    ),
    (
        rows(FULL, "Mr. Vane, of the U.S.", FULL + " and then", FULL),
        [f"{FULL} Mr. Vane, of the U.S.", f"{FULL} and then {FULL}"],
        "an abbreviation at the end of a short row looks like an end",
    ),
    (
        rows("*Transcript of the Briefing", FULL, FULL, "all."),
        ["Transcript of the Briefing", f"{FULL} {FULL} all."],
        "a heading has no full stop and much room behind it",
    ),
    (
        rows(FULL, FULL[:60] + " a commit-", "ment that is a commitment to keep for a long while, they said", "once."),
        [f"{FULL} {FULL[:60]} a commitment that is a commitment to keep for a long while, they said once."],
        "a word divided to fit",
    ),
    (
        rows(FULL, FULL[:60] + " a well-", "known light, as well-known as any of the lights on that coast at", "all."),
        [f"{FULL} {FULL[:60]} a well-known light, as well-known as any of the lights on that coast at all."],
        "a word written with its hyphen elsewhere keeps it",
    ),
    (
        rows("发言人说，灯塔由两国一起看守，" * 2 + "渡船也一样，灯塔由两国", "共同看守。"),
        ["发言人说，灯塔由两国一起看守，" * 2 + "渡船也一样，灯塔由两国共同看守。"],
        "no space between Han characters",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("page", "expected", "reason"), PARAGRAPHS, ids=[case[2] for case in PARAGRAPHS])
def test_rows_become_paragraphs(page: list[Row], expected: list[str], reason: str) -> None:
    assert paragraphs(pdf(page)) == expected


def test_a_paragraph_goes_on_over_the_page_and_heads_feet_and_notes_stand_aside() -> None:
    def page(number: int, *texts: str) -> list[Row]:
        head: Row = ("Ministry of Examples FINAL", LEFT, 750, 9, False)
        foot: Row = (f"Page {number} of 3", 280, 40, 9, False)
        return [head, foot, *rows(*texts)]  # drawn first, as word processors do

    note: Row = ("1 The minister meant the other lighthouse.", LEFT, 120, 8, False)
    data = pdf([*page(1, FULL, FULL), note], page(2, "without a break.", FULL), page(3, "and ended."))
    text, lines, _, starts = read_pdf(data)
    assert [(line.tag, line.text) for line in lines if line.tag != "footer"] == [
        ("header", "Ministry of Examples FINAL"),
        ("p", f"{FULL} {FULL} without a break."),
        ("footnote", "1 The minister meant the other lighthouse."),
        ("header", "Ministry of Examples FINAL"),
        ("p", f"{FULL} and ended."),
        ("header", "Ministry of Examples FINAL"),
    ]
    assert [line.text for line in lines if line.tag == "footer"] == ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"]
    assert [text[start:].split("\n")[0] for start in starts] == ["Ministry of Examples FINAL"] * 3


def test_speech_that_comes_back_is_no_running_head() -> None:
    answer = rows("CHAIR. No.", top=500)
    assert paragraphs(pdf(answer, answer, answer)) == ["CHAIR. No."] * 3


def test_bold_letters_are_known_letter_by_letter() -> None:
    label: Row = ("CHAIR:", LEFT, TOP, 11, True)
    words: Row = ("No.", LEFT + 50, TOP, 11, False)
    (line,) = read_pdf(pdf([label, words]))[1]
    assert (line.text, line.bold(0, 6), line.bold(7)) == ("CHAIR: No.", 1.0, 0.0)


def test_properties() -> None:
    info = (
        "/Title(Microsoft Word - Transcript of a Briefing.docx)/Author(A. Clerk)/CreationDate(D:20310402090519-04'00')"
    )
    meta = read_pdf(pdf(rows("Words."), info=info))[2]
    assert meta == {"title": "Transcript of a Briefing", "author": "A. Clerk", "created": "2031-04-02"}


def test_a_document_from_a_pdf_ties_its_words_to_page_and_characters() -> None:
    data = pdf(rows("Briefing of the Ministry of Examples", "", "Times: Is the lamp lit?", "", "Minister: It is. " + FULL[:50] + " the commit-"),
               rows("ment stands."))  # fmt: skip
    page = Page(capture_of(data, "memory:"), data)
    assert page.format == "pdf"
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
    assert asked.span.source() == b"Is the lamp lit?"
    place = asked.span.place()
    assert (place.unit, place.page, place.page_start, place.page_end) == ("character", 1, 44, 60)
    assert told.text.endswith("the commitment stands.")
    at = document.text.index("commitment")
    divided = document.span(at, at + len("commitment"))
    assert divided.source() == b"commit-\n\x0cment"
    assert document.span(at + 3, at + 5).source() == divided.source(), "no part of it has a place of its own"
    stands = document.span(at + 11, at + 18)
    assert (stands.source(), stands.place().page, stands.place().page_start) == (b"stands.", 2, 5)
    assert b" ".join(told.span.source().split()) == told.text.replace("commitment", "commit- ment").encode()


def test_a_pdf_is_read_like_any_transcript() -> None:
    document = onrecord.read(
        pdf(rows("Briefing of the Ministry of Examples", "", "Q: Is the lamp lit?", "", "A: It is."))
    )
    assert [(turn.kind, turn.text, turn.span.source()) for turn in document] == [
        ("question", "Is the lamp lit?", b"Is the lamp lit?"),
        ("answer", "It is.", b"It is."),
    ]


REFUSED = [
    (pdf([], [], picture=True), NotText, "scan.*ocrmypdf", "only pictures"),
    (pdf([]), NotText, "without a word", "nothing on the page"),
    (pdf(rows("Words."), encrypt=True), Damaged, "encrypted.*without the password", "a password"),
    (pdf(rows("Words."))[:200], Damaged, "no PDF that opens", "broken off"),
    (b"%PDF-1.4\n" + zlib.compress(b"x" * 1000), Damaged, "no PDF that opens", "only the first line of one"),
]


@pytest.mark.parametrize(("data", "error", "message", "reason"), REFUSED, ids=[case[3] for case in REFUSED])
def test_what_cannot_be_read_is_refused_by_name(data: bytes, error: type[Exception], message: str, reason: str) -> None:
    with pytest.raises(error, match=f"(?s)brief.pdf.*{message}"):
        read_pdf(data, where="brief.pdf")


def test_a_page_that_is_only_a_picture_among_others_is_named() -> None:
    data = pdf(rows("Words.")).replace(b"BT", b"q 600 0 0 700 0 0 cm /P Do Q BT")
    assert read_pdf(data)[1][0].text == "Words."  # a picture behind words is no scan
    mixed = pdf(rows("Words."), [], picture=True)
    with pytest.warns(UserWarning, match="page 2 is a picture"):
        meta = read_pdf(mixed)[2]
    assert meta["pages_without_text"] == "2"


def test_real_transcripts_lose_nothing(shared) -> None:
    """Every character of the text layer stands in exactly one line, and heads and feet are told from speech."""
    folder = shared / "data/us-fed/press-conferences-pdf"
    files = sorted(folder.glob("*.pdf"))[::6]
    if not files:
        pytest.skip("no PDF among the real pages")
    for file in files:
        text, lines, _, starts = read_pdf(file.read_bytes(), where=file.name)
        covered = bytearray(len(text))
        for line in lines:
            for _, first, last, _ in line.runs:
                if "\f" in text[first:last]:  # a word divided between two pages stands for what is between them, too
                    continue
                assert not any(covered[first:last]), (file.name, text[first:last])
                covered[first:last] = b"\x01" * (last - first)
        missed = "".join(letter for letter, seen in zip(text, covered, strict=True) if not seen).split()
        assert len(missed) <= 2, missed  # the two halves of such a word
        aside = [line.tag for line in lines if line.tag in ("header", "footer")]
        assert len(aside) == 2 * len(starts)


LEFT_COLUMN = [
    "QUESTION: Will the lighthouse open before", "the summer, and will the ferry run as it", "did before the storm of last winter?", "",
    "MINISTER HOLM: It will open in June, if the", "inspectors agree, and the timetable of the",
]  # fmt: skip
RIGHT_COLUMN = ["ferry is printed in every newspaper.", "", "QUESTION: Who pays for the delay that the", "late deliveries have caused?", "", "MINISTER HOLM: The contractor."]  # fmt: skip
TWO_COLUMNS = [
    "QUESTION: Will the lighthouse open before the summer, and will the ferry run as it did before the storm of last winter?",
    "MINISTER HOLM: It will open in June, if the inspectors agree, and the timetable of the ferry is printed in every newspaper.",
    "QUESTION: Who pays for the delay that the late deliveries have caused?",
    "MINISTER HOLM: The contractor.",
]


@pytest.mark.parametrize("by_row", [False, True], ids=["drawn column by column", "drawn row by row"])
def test_two_columns_are_read_one_after_the_other(by_row: bool) -> None:
    left = rows(*LEFT_COLUMN)
    right = [(text, 330.0, y, size, bold) for text, _, y, size, bold in rows(*RIGHT_COLUMN)]
    drawn = sorted([*left, *right], key=lambda row: -row[2]) if by_row else [*left, *right]
    heading: Row = ("Press briefing on the lighthouse, an invented example", LEFT, TOP + 40, 14, False)
    assert paragraphs(pdf([heading, *drawn])) == [heading[0], *TWO_COLUMNS]


def test_a_column_of_labels_is_no_column() -> None:
    labels = [(f"MR. {name}:", LEFT, TOP - PITCH * i, 11, False) for i, name in enumerate(["HOLM", "ODA"] * 3)]
    words = [(f"{FULL[:50]} {i}.", LEFT + 90, TOP - PITCH * i, 11, False) for i in range(6)]
    text = " ".join(paragraphs(pdf([one for pair in zip(labels, words, strict=True) for one in pair])))
    assert text.startswith(f"MR. HOLM: {FULL[:50]} 0. MR. ODA:")


def test_a_column_of_names_labels_the_words_beside_it() -> None:
    names = [
        ("HOLM", LEFT, TOP, 11, False),
        ("REPORTER", LEFT, TOP - 3 * PITCH, 11, False),
        ("HOLM", LEFT, TOP - 6 * PITCH, 11, False),
    ]
    words = [(text, LEFT + 100, y, size, bold) for text, _, y, size, bold in rows(
        "Good afternoon. We will begin with the", "port of the island.", "", "Will it open before the summer, as the",
        "Minister said?", "", "It will open in June, if the", "inspectors agree.")]  # fmt: skip
    heading: Row = ("Press briefing, an invented example", LEFT, TOP + 40, 14, False)
    drawn = sorted([heading, *names, *words], key=lambda row: (-row[2], row[1]))
    document = onrecord.read(pdf(drawn))
    assert [(turn.kind, turn.speaker, fold(turn.text)) for turn in document] == [
        ("statement", "HOLM", "Good afternoon. We will begin with the port of the island."),
        ("question", None, "Will it open before the summer, as the Minister said?"),
        ("answer", "HOLM", "It will open in June, if the inspectors agree."),
    ]


def test_the_address_of_a_transcriber_alone_at_the_foot_is_no_word() -> None:
    foot: Row = ("An Invented Reporting Company (202) 555-0100", 200.0, 40.0, 9, False)
    told = [*rows("QUESTION: Will it open?", "", "MINISTER HOLM: It will open in June."), foot]
    assert [line.text for line in read_pdf(pdf(told))[1] if line.tag == "footer"] == [foot[0]]


def test_numbers_in_the_margin_are_no_words() -> None:
    told = rows(
        "QUESTION: Will the lighthouse open before the summer, as the ministry has said, and",
        "will the ferry run?",
        "",
        "MINISTER HOLM: It opens in the year 2026, in the month of June, if no storm comes and",
        "12 ferries will run.",
    )
    numbers = [(str(i + 1), LEFT - 24, TOP - PITCH * i, 11, False) for i in range(5)]
    drawn = sorted([*told, *numbers], key=lambda row: (-row[2], row[1]))
    assert paragraphs(pdf(drawn)) == [
        "QUESTION: Will the lighthouse open before the summer, as the ministry has said, and will the ferry run?",
        "MINISTER HOLM: It opens in the year 2026, in the month of June, if no storm comes and 12 ferries will run.",
    ]
    assert [line.text for line in read_pdf(pdf(drawn))[1] if line.tag == "margin"] == ["1 2 3 4 5"]


def test_a_running_head_is_no_title() -> None:
    head = lambda page: (f"{page} Ministry of an invented place", LEFT, 770.0, 9, False)  # noqa: E731
    first = [
        head(1),
        ("Press briefing by Minister Holm", LEFT, 730.0, 14, False),
        *rows("MINISTER HOLM: It will open in June."),
    ]
    document = onrecord.read(pdf(first, [head(2), *rows("QUESTION: Who pays for it, and when?")]))
    assert document.title == "Press briefing by Minister Holm"
    assert [turn.speaker for turn in document] == ["HOLM", None]
