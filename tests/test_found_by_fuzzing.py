"""What damaged files (``bench/fuzz.py``) and generated ones have found: each stays a case."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest

import onrecord
from growth import LIMIT, growth
from onrecord import houses
from onrecord.desk.unescaping import unescape
from onrecord.desk.verification import Source, mismatched_runs
from onrecord.offsets import Wrapping
from onrecord.reading.dates import find_days
from onrecord.reading.label_forms import head_of
from onrecord.reading.lines import Line
from onrecord.record import Document


def example(house: str, ending: str) -> str:
    """The example of a house whose name ends so."""
    (path,) = [one for one in houses.find(house).examples if one.name.endswith(ending)]
    return path.read_text(encoding="utf-8")


READOUT = """---
date: '2021-05-08'
source_url: https://www.whitehouse.gov/briefing-room/statements-releases/2021/05/08/readout/
title: "Readout of a Call with the Minister of Nowhere"
---

This text is an invented example. {words}
"""


XML = "<?xml version='1.0'?><transcripts>"
SUBTITLE = "1\n00:00:01,000 --> 00:00:02,000\n"


def faults(document: Document) -> list[str]:
    """The spans of a document that do not agree with its bytes, as ``onrecord check`` finds them."""
    source = Source(document.data, document.offsets)
    found = list(mismatched_runs(document.text, document.offsets, source))
    holes = [(one.byte_start, one.byte_end) for one in (*document.furniture, *document.unread)]
    for turn in document:
        place = turn.span.place()
        if not source.contains(turn.text, place.start, place.end, holes):
            found.append(f"{turn.id}: {turn.text[:80]}")
    return found


def two_pages_run_together(first: str, second: str) -> bytes:
    """A page of the Kremlin that breaks off inside its text, and the whole of another from its head on."""
    (path,) = [one for one in houses.find("ru-kremlin").examples if one.name.endswith("meeting.html")]
    page = path.read_text(encoding="utf-8")
    at, behind = page.index(first), page.index(second)
    return (page[: at + len(first)] + page[behind:]).encode()


def page_with_a_long_tag() -> bytes:
    """A page of the ministry with a tag of many lines inside an answer, whose quote never ends."""
    (path,) = [one for one in houses.find("cn-mfa").examples if one.name == "2021-05-09-en.shtml"]
    before, tag, after = path.read_bytes().partition(
        b'<P style="FONT-SIZE: 14px; FONT-FAMILY: arial" align=justify>China'
    )
    return before + tag[:16] + b"![...\n" * 1_500 + b'--><title>of it<div id="content">' + tag + after


CASES: list[tuple[str, bytes]] = [
    (
        "the head of a page inside the text of another: its lines were taken twice",
        two_pages_run_together("also took part.</p>", '<div class="read__lead'),
    ),
    (
        "the head of a page behind the text of another, for its last tag never ends",
        two_pages_run_together(
            'class="person_tag read__tag">Zed Example<span class="read__tool', '</p></div>\n<div class="read'
        ),
    ),
    (
        "a comment inside a word, with a tag in it",
        READOUT.format(words='We m<!--x <a href="s/2 -->et <a href="a\n\nAnd "S<<').encode(),
    ),
    ("a comment that never ends", (READOUT.format(words="We met.") + "Again <!--" + "<!--" * 50).encode()),
    (
        "a link whose address begins with a space",
        READOUT.format(words="See [more](\x0bhttp://example.org) of it.").encode(),
    ),
    (
        "an item of a feed with broken tags, of which the whole is read as it stands",
        b"<item><title>Briefing by the Minister</title><description>Q: When?\n\nMINISTER: In&#160;May <: s.&#160;></description>"
        b"</item>",
    ),
    ("a tag with a broken quote, thousands of characters long", page_with_a_long_tag()),
    (
        "a script whose rows end a heading, so that what is behind it begins a list",
        b"---\ntitle: A statement\ndate: 2021-05-08\n---\n\nWe met them at the lake.\n#<script>\nx\n</script>1. Then we spoke of the road.\n",
    ),
    (
        "words of an element that are read as they stand, with a doubt about the first of them",
        example("au-pm", "press-conference.xml").partition("<content>")[0].encode()
        + b"<content><![CDATA[Smith &amp; Holm opened the road.\n\nThey <i> spoke.]]></content></transcript></transcripts>",
    ),
]


@pytest.mark.parametrize("data", [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_every_span_agrees_with_its_bytes(data: bytes) -> None:
    assert faults(onrecord.read(data)) == []


def test_an_address_that_is_none_is_no_address() -> None:
    """A Chinese colon in a host's name: the standard library raises an error for it."""
    page = READOUT.format(words="We met today.").replace("www.white", "www.white\u7b54\uff1a")
    assert onrecord.read(page.encode()).issuer == "unknown"


@pytest.mark.parametrize(
    ("unit", "what"),
    [
        ("(B", "brackets above a statement, each of which might end in a year"),
        ("\r<title>(B", "the same between tags"),
    ],
)
def test_a_repeated_unit_is_read_in_linear_time(unit: str, what: str) -> None:
    def reading(size: int) -> Callable[[], object]:
        data = (READOUT.format(words="") + unit * size).encode()
        return lambda: onrecord.read(data, house="us-whitehouse")

    assert growth(reading, 3_000) < LIMIT, what


@pytest.mark.parametrize("unit", ["- ", "(", "A–", "[a] ", "a"])
def test_whether_a_line_is_a_label_is_told_by_its_beginning(unit: str) -> None:
    """Behind the longest label nothing is looked at: the work is the same at any length."""

    def looking(size: int) -> Callable[[], object]:
        line = Line("Suggest" + unit * size, [(0, 0, 7 + size * len(unit), False)])
        return lambda: [head_of(line) for _ in range(20)]

    assert growth(looking, 2_000) < 2


def test_very_many_days_in_a_line_are_found_in_linear_time() -> None:
    def finding(size: int) -> Callable[[], object]:
        words = "May 4, 2019 and 5 June 2020; " * size
        return lambda: find_days(words)

    assert growth(finding, 1_000) < LIMIT
    assert [day.iso for day in find_days("5 June 2020, May 4, 2019, 2018-01-02 and 3.4.2017")] == [
        "2020-06-05", "2019-05-04", "2018-01-02", "2017-04-03",
    ]  # fmt: skip


@pytest.mark.parametrize("unit", ["Q: \ufeff</p>", "Q    And —\n\n", "Q    — and\n\n"])
def test_a_long_run_of_questions_is_read_in_linear_time(unit: str) -> None:
    """Who of a run was called on, and which turn goes on with which, is found once for the run."""
    (path,) = [one for one in houses.find("us-whitehouse").examples if one.name == "2021-05-10-press-briefing.md"]
    page = path.read_text(encoding="utf-8")

    def reading(size: int) -> Callable[[], object]:
        return lambda: onrecord.read((page + "\n\n" + unit * size).encode())

    assert growth(reading, 1_000) < LIMIT


@pytest.mark.parametrize(
    ("begins", "unit", "ends", "what"),
    [
        ("---\ntitle: x\n", "   \t  more\n", "", "front matter whose indented lines never end"),
        ("", " %x\n", "", "comments of LaTeX before what is none"),
        ("", "/* x */ ", "", "comments of SQL before what is none"),
        ("A page.\n\n", "A head\f1\n\n", "", "running heads of very many pages"),
        (
            "Times: Will it open?\n\nMinister: It will open.\n\n",
            "1" * 5,
            "",
            "a number that never ends, which might be that of a sitting",
        ),
        ("<a", "-" * 10, "", "a tag of XML whose name never ends"),
        (XML + "<link ", "a" * 10, "/><content>We met.</content></transcripts>", "an attribute without a value"),
        (XML, "<!DOCTYPE[", "", "document types whose declarations never end"),
        ("1", "\n" * 10, "x", "empty rows under the number of a subtitle that is none"),
        ("", "   \t" * 2, "We met.", "blanks before what might be the time of a subtitle"),
        (SUBTITLE + "We met. ", " \t" * 5, "We spoke.\n", "blanks inside the words of a subtitle"),
        (SUBTITLE + "<v", ".a" * 5, "\n", "the classes of a voice in a subtitle"),
    ],
)
def test_the_kind_and_the_rows_of_a_text_are_found_in_linear_time(begins: str, unit: str, ends: str, what: str) -> None:
    def reading(size: int) -> Callable[[], object]:
        data = (begins + unit * size + ends).encode()

        def read() -> None:
            with contextlib.suppress(onrecord.OnRecordError):
                onrecord.read(data)

        return read

    assert growth(reading, 500) < LIMIT, what


@pytest.mark.parametrize(
    ("wrapping", "unit"), [("xml", "<![CDATA["), ("xml", "<note>"), ("subtitles", "\n \n.")], ids=str
)
def test_escapes_that_never_end_are_undone_in_linear_time(wrapping: Wrapping, unit: str) -> None:
    assert growth(lambda size: lambda: unescape("</note>" + unit * size, wrapping), 3_000) < LIMIT


@pytest.mark.parametrize(
    ("decoded", "expected"),
    [
        ("<note>a</note>b<gap x='1'>c</gap>d", "bd"),
        ("a<note>b<gap>c</gap></note>d", "ad"),
        ("a<note/>b</note>c", "a<note/>b</note>c"),
        ("a</note><note>b", "a</note><note>b"),
        ("<gap>a<note>b</note>c", "<gap>ac"),
    ],
)
def test_what_nobody_says_is_no_part_of_a_speech(decoded: str, expected: str) -> None:
    assert unescape(decoded, "xml") == expected


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (
            b'<html><head><meta name="date" content="2020-13-45"><title>Interview</title></head><body><p>Yes.</p></body></html>',
            "a stamp that is no day",
        ),
        (b"<html><body><div></div></body></html>", "a page without a line"),
    ],
)
def test_a_page_is_read_or_refused_by_name(data: bytes, what: str) -> None:
    for house in houses.usable():
        try:
            onrecord.read(data, house=house)
        except onrecord.OnRecordError as error:
            assert error.name != "ReadingError", (house, what)


@pytest.mark.parametrize(
    ("unit", "what"),
    [
        ("<", "brackets that might stand before an end mark"),
        ("( ", "the same with spaces"),
        ("[", "and in other forms"),
    ],
)
def test_a_release_of_one_very_long_line_is_read_in_linear_time(unit: str, what: str) -> None:
    (path,) = [one for one in houses.find("kr-mofa").examples if one.name == "2022-05-07-statement.md"]
    before, mark, after = path.read_text(encoding="utf-8").partition("1. 우리 정부는")

    def reading(size: int) -> Callable[[], object]:
        data = (before + mark + unit * size + after).encode()
        return lambda: onrecord.read(data)

    assert growth(reading, 4_000) < LIMIT, what


def test_a_page_of_nested_cells_is_read_in_linear_time() -> None:
    """The containers of a line are looked through once, not for each name of furniture."""
    (path,) = [one for one in houses.find("uk-govuk").examples if one.name == "bridge-speech.item"]
    before, mark, after = path.read_text(encoding="utf-8").partition("</p>")

    def reading(size: int) -> Callable[[], object]:
        return lambda: onrecord.read((before + "<td>&" * size + mark + after).encode())

    assert growth(reading, 2_000) < LIMIT


def test_a_tag_whose_attributes_never_end_is_read_in_linear_time() -> None:
    """The names that the Kremlin tags are looked for at each beginning of one."""
    before, mark, after = example("ru-kremlin", "meeting.html").partition("<p>")

    def reading(size: int) -> Callable[[], object]:
        page = before + "<p " + 'class="person_tag ' * size + mark + after
        return lambda: onrecord.read(page.encode(), house="ru-kremlin")

    assert growth(reading, 1_500) < LIMIT


@pytest.mark.parametrize(
    ("house", "ending", "unit", "size", "what"),
    [
        (
            "ph-pcoo", "2017-02-14-press-conference-on-the-lake-road.md", "Wala pa.SANTERO: &#x25cf; ", 1_500,
            "labels inside one long line: the places of each part are looked up",
        ),
        ("plain", "excerpt-2021-03-14.txt", "Dr. Ed{number} Abel: Yes.\n\n", 500, "the names of very many speakers"),
        ("ar-casarosada", "2021_03_14_1.txt", " ALMA{number} EJEMPLO.- Sí.", 250, "the full names of very many speakers"),
    ],
)  # fmt: skip
def test_very_many_labels_are_read_in_linear_time(house: str, ending: str, unit: str, size: int, what: str) -> None:
    page = example(house, ending)

    def reading(times: int) -> Callable[[], object]:
        units = "".join(unit.replace("{number}", "abcdefghij"[number % 10] * (number % 7)) for number in range(times))
        return lambda: onrecord.read((page + "\n\n" + units).encode(), house=house)

    assert growth(reading, size) < LIMIT, what


@pytest.mark.parametrize("unit", ["SMITH: MR. ", "Secretary SMITH: ", "joint us.", "interview "])
def test_a_headline_that_never_ends_is_read_in_linear_time(unit: str) -> None:
    """Its kind and its names are told by its beginning."""
    page = example("us-whitehouse", "2021-05-10-press-briefing.md")

    def reading(times: int) -> Callable[[], object]:
        data = page.replace("title: ", "title: " + unit.replace(":", "") * times, 1) + "\n\nSMITH: Yes.\n\n" * 3
        return lambda: [onrecord.read(data.encode(), house=house) for house in ("us-whitehouse", "plain")]

    assert growth(reading, 500) < LIMIT
