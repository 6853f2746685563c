"""Statements inside an encoding of strings: JSON, what Python prints, XML. Every character is found again in the bytes."""

from __future__ import annotations

import ast
import html
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from growth import LIMIT, growth
from onrecord.captures.opened import capture_of
from onrecord.desk import Desk, add_all, check, open_desk
from onrecord.desk.unescaping import unescape
from onrecord.errors import NotAStatement
from onrecord.offsets import OffsetMap
from onrecord.reading.decoding import Characters, decode
from onrecord.reading.page import Page, format_of
from onrecord.reading.unwrapping import unwrap

#: The statement that all files below hold: typographic signs, a character beyond the first plane, quotation marks.
TEXT = (
    "Press Briefing of May 4, 2021, an invented example\n\n"
    "QUESTION: Why isn’t the port “open”?\n\n"
    'MINISTER HOLM: It’s not "ready" — 港口 😀 \\ we\'ll see.\tSoon.'
)
TURNS = [("question", "Why isn’t the port “open”?"), ("answer", 'It’s not "ready" — 港口 😀 \\ we\'ll see. Soon.')]
XML = {"transcripts": "content"}


def page_of(data: bytes) -> Page:
    return Page(capture_of(data, "memory:"), data, xml=XML)


def xml_of(text: str, *, raw: bool) -> str:
    held = f"<![CDATA[{text}]]>" if raw else html.escape(text).replace("’", "&#8217;")
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n<transcripts><transcript><title>Ports &amp; ferries</title>"
        f"<release-date>04/05/2021</release-date><content>{held}</content></transcript></transcripts>"
    )


FILES = [
    ("JSON in ASCII", "json", json.dumps({"title": "Ports", "details": {"body": TEXT}})),
    (
        "JSON in UTF-8",
        "json",
        json.dumps({"n": [1, {"text": 2}], "text": TEXT, "url": "x"}, ensure_ascii=False, indent=1),
    ),
    ("bytes of Python", "python-bytes", repr(TEXT.encode())),
    ("bytes of Python below a heading", "python-bytes", f"<h1>Ports</h1>\n{TEXT.encode()!r}\n"),
    ("a string of Python", "python-str", ascii(TEXT)),
    ("XML with entities", "xml", xml_of(TEXT, raw=False)),
    ("XML with raw text", "xml", xml_of(TEXT, raw=True)),
]
IDS = [case[0] for case in FILES]


@pytest.mark.parametrize(("wrapping", "file"), [case[1:] for case in FILES], ids=IDS)
def test_the_words_are_unwrapped(wrapping: str, file: str) -> None:
    page = page_of(file.encode())
    assert (page.wrapping, page.text.endswith(TEXT) or page.text.rstrip().endswith(TEXT)) == (wrapping, True)


@pytest.mark.parametrize(("wrapping", "file"), [case[1:] for case in FILES[:3] + FILES[4:5]], ids=IDS[:3] + IDS[4:5])
def test_they_are_read_and_their_bytes_are_the_escapes(wrapping: str, file: str, tmp_path: Path) -> None:
    path = tmp_path / "statement.file"
    path.write_text(file, encoding="utf-8")
    document = onrecord.read(path)
    assert [(turn.kind, turn.text) for turn in document] == TURNS
    assert OffsetMap.from_bytes(document.offsets.to_bytes()).wrapping == wrapping
    for turn in document:
        said = unescape(turn.span.source().decode(), document.offsets.wrapping)
        assert said.split() == turn.text.split()
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        assert not add_all(desk, [path], processes=1).troubles
        assert list(check(desk)) == []
        assert _faults_after(desk, "Soon", "Late") == {"offsets"}


def _faults_after(desk: Desk, word: str, other: str) -> set[str]:
    """What the check finds in a record whose text was changed."""
    desk.record.execute("UPDATE document SET text = replace(text, ?, ?)", (word, other))
    return {fault.what for fault in check(desk) if fault.what in ("offsets",)}


def test_an_escape_is_the_source_of_its_character() -> None:
    document = onrecord.read(json.dumps({"text": TEXT}).encode())
    at = document.text.index("😀")
    assert document.span(at, at + 1).source() == rb"\ud83d\ude00"
    assert document.span(at - 3, at - 1).source() == rb"\u6e2f\u53e3"[:12]
    document = onrecord.read(repr(TEXT.encode()).encode())
    at = document.text.index("’")
    assert document.span(at, at + 1).source() == rb"\xe2\x80\x99"


def test_the_other_fields_are_known_by_their_names() -> None:
    told = {
        "schema_name": "speech", "title": "Ports &amp; ferries", "base_path": "/ports", "locale": "en",
        "details": {"body": "<p>We will go.</p>", "delivered_on": "2021-05-04", "image": {"url": "https://example.org/a.png"}},
        "links": {"ministers": [{"title": "Minister Holm"}]}, "withdrawn": None,
    }  # fmt: skip
    page = page_of(json.dumps(told).encode())
    assert (page.format, [line.text for line in page.lines]) == ("html", ["We will go."])
    assert page.meta["details.delivered_on"] == "2021-05-04"
    assert page.meta["links.ministers.0.title"] == "Minister Holm"
    assert page.parts["date"] == "2021-05-04"
    assert (page.given_title, page.address) == ("Ports & ferries", None)  # a picture's address is not the page's
    page = page_of(xml_of("<p>We will go.</p>", raw=True).encode())
    assert (page.root, page.given_title, page.meta["release-date"]) == ("transcripts", "Ports & ferries", "04/05/2021")


@pytest.mark.parametrize(
    ("words", "expected", "why"),
    [
        ("<p>We will go.</p>", "html", "a tag at its beginning"),
        ("We will go. " * 500 + "<p>Then we went.</p>", "html", "its first tag is far behind"),
        ("We will go. " * 500 + "In the book <p> is a tag.", "text", "a block that never ends is a sign in prose"),
        ("We will go. " * 500 + "In the book </p> <p> are tags.", "text", "nor does one end that did not begin"),
        ("We will go. " * 500, "text", "no tag"),
    ],
)
def test_a_field_is_markup_wherever_its_tags_are(words: str, expected: str, why: str) -> None:
    assert page_of(xml_of(words, raw=True).encode()).format == expected, why


NOT_WRAPPED = [
    ("a list of turns, of which one would be read", '{"transcript": [{"text": "It is so."}]}'),
    ("JSON without a text", '{"id": 4, "name": "It is so today, they say."}'),
    ("JSON that breaks off", '{"text": "It is so today'),
    ("JSON nested beyond reason", '{"text":' * 100_000),
    ("XML that no house claims", "<?xml version='1.0'?><minutes><content>It is so.</content></minutes>"),
    ("claimed XML without its words", "<transcripts><title>It is so.</title></transcripts>"),
    ("words in quotation marks", "'It is so', they say."),
    ("a path of Windows among words", "HOLM: It is in C:\\new\\table today.\n\n'C:\\new'"),
    ("bytes of Python in passing", "HOLM: It is so today, as printed.\n\nb'\\xe2'"),
]


@pytest.mark.parametrize("text", [case[1] for case in NOT_WRAPPED], ids=[case[0] for case in NOT_WRAPPED])
def test_what_is_not_wrapped(text: str) -> None:
    assert unwrap(Characters(text.encode(), "utf-8"), xml=XML) is None


def test_json_whose_text_is_not_found_is_refused_by_name() -> None:
    with pytest.raises(NotAStatement, match="JSON"):
        onrecord.read(b'{"id": 4, "name": "It is so today, they say."}')


ANY = st.text(st.characters(codec="utf-8"), min_size=1, max_size=80)


def _places(data: bytes) -> tuple[Page, list[bytes]]:
    """The page, and the bytes of each of its characters."""
    page = page_of(data)
    return page, [data[page.byte(i) : page.byte_after(i + 1)] for i in range(len(page.text))]


@given(ANY, st.booleans(), st.sampled_from(["utf-8", "utf-16", "gb18030"]))
def test_the_bytes_of_every_character_of_json_say_it(words: str, ascii_only: bool, encoding: str) -> None:
    if not words.strip():
        return
    data = json.dumps({"title": "é", "text": words}, ensure_ascii=ascii_only).encode(encoding, "surrogatepass")
    outer = decode(data, encoding=encoding)
    inner = unwrap(outer)
    assert inner is not None and inner.characters.text == words
    for i, character in enumerate(words):
        held = data[inner.characters.byte(i) : inner.characters.byte_after(i + 1)]
        assert json.loads('"' + held.decode(outer.encoding) + '"', strict=False) == character
        assert unescape(held.decode(outer.encoding), "json") == character


@given(ANY)
def test_the_bytes_of_every_character_of_python_bytes_say_it(words: str) -> None:
    page, held = _places(repr(words.encode() + b"\xe2\x80\x99\n").encode())
    if page.wrapping is not None:
        assert page.text == words + "’\n"
        assert [
            ast.literal_eval(f'b"""{one.decode()}"""' if b'"' not in one else "b'\"'").decode() for one in held
        ] == list(page.text)


@given(ANY, st.booleans())
def test_the_bytes_of_every_character_of_xml_say_it(words: str, raw: bool) -> None:
    if any(c in "<&]\r" or not c.isprintable() for c in words):
        return
    page, held = _places(xml_of(words, raw=raw).encode())
    assert page.text == words
    assert [html.unescape(one.decode()) for one in held] == list(words)


@given(st.binary(min_size=1, max_size=60))
def test_bytes_of_python_that_are_no_text_lose_no_place(data: bytes) -> None:
    if format_of(repr(data + b"\n").encode()) is not None:  # the mark of a PDF
        return
    page, held = _places(repr(data + b"\n").encode())
    if page.wrapping is not None:
        assert page.text == "".join(
            "\ufffd" if "\udc80" <= c <= "\udcff" else c for c in (data + b"\n").decode("utf-8", "surrogateescape")
        )
        assert b"".join(held) == repr(data + b"\n").encode()[2:-1]


@pytest.mark.parametrize(
    "unit", ["\\u0041", "\\xe2\\x80\\x99", "&amp;", "<![CDATA[", '{"text":"', "\\", "b'\\n'\n", "<a>"]
)
@pytest.mark.slow
def test_hostile_files_take_as_long_as_their_length(unit: str) -> None:
    def reads(size: int):  # type: ignore[no-untyped-def]
        words = (unit * size)[: size * 6 // 6]
        files = [
            f'{{"text": "{words}"}}',
            f"b'{words}'",
            f"<transcripts><content>{words}</content></transcripts>",
            words,
        ]

        def work() -> None:
            for file in files:
                unwrap(Characters(file.encode(), "utf-8"), xml=XML)

        return work

    reads(100)()
    assert growth(reads, 60_000) < LIMIT
