"""Captures shown in a form that can do nothing: whatever is in them, only our own tags come out, and the words are marked."""

from __future__ import annotations

import codecs
import random
import re
import tarfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from growth import FACTOR, LIMIT, growth
from invented import page as invented_page
from onrecord import houses
from onrecord.errors import NoBytes, RecordError
from onrecord.reading.html import read_html
from onrecord.record import Document, fold
from onrecord.sharing.sanitised import as_page, as_source, sanitised_page, source_excerpt

#: The parser of browsers, an independent witness of what a page means.
lexbor = pytest.importorskip("selectolax.lexbor", reason="selectolax is not installed: install onrecord[test]")

BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead tbody tfoot tr td th blockquote pre figure figcaption "
    "article section main aside header footer nav hr br html head body title style meta".split()
)
ALLOWED = BLOCKS | frozenset("span b strong i em u s del ins sub sup small code cite q abbr bdi bdo mark".split())
VALUES = {
    "lang": r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}",
    "dir": r"(?i:ltr|rtl|auto)",
    "colspan": r"[1-9][0-9]?",
    "rowspan": r"[1-9][0-9]?",
    "class": "words|link|aside|cut",
    "id": "words",
    "title": r"[^\n]{0,300}",
}
VOID = frozenset(("br", "hr", "meta"))
HEAD = (
    '<!doctype html><html><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
    'base-uri \'none\'; form-action \'none\'"><meta name="viewport" content="width=device-width"><title>'
)


class Seen(HTMLParser):
    """What an independent parser makes of a page: its tags, whether they nest, its words, and those marked."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.words, self.marks, self.stack, self.odd = [], [], [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))
        if tag not in VOID:
            self.stack.append(tag)
        self._divide(tag)

    def handle_endtag(self, tag: str) -> None:
        self.tags.append((f"/{tag}", ()))
        if not self.stack or self.stack.pop() != tag:
            self.odd.append(f"</{tag}> closes something else")
        self._divide(tag)

    def handle_data(self, data: str) -> None:
        if self.stack[-1:] != ["style"] and self.stack[-1:] != ["title"]:
            self.words.append(data)
            if "mark" in self.stack:
                self.marks.append(data)

    def _divide(self, tag: str) -> None:
        if tag in BLOCKS:
            self.words.append("\n")
            self.marks.append("\n")

    def handle_comment(self, data: str) -> None:
        self.odd.append("a comment")

    def handle_pi(self, data: str) -> None:
        self.odd.append("an instruction")

    @property
    def text(self) -> str:
        return fold("".join(self.words))

    @property
    def marked(self) -> str:
        return fold("".join(self.marks))


def checked(page: str) -> Seen:
    """The page as seen by a parser, after everything that must be true of every page."""
    assert page.startswith(HEAD)
    page.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]", page)
    seen = Seen(page)
    assert seen.odd == []
    assert seen.stack == [], "everything is closed"
    assert {tag.removeprefix("/") for tag, _ in seen.tags} <= ALLOWED
    assert [tag for tag, _ in seen.tags].count("meta") == 4
    ids = 0
    for tag, attributes in seen.tags:
        for name, value in attributes if tag != "meta" else ():
            assert re.fullmatch(VALUES[name], value or ""), f"{tag} {name}={value!r}"
            ids += name == "id"
    assert ids <= 1
    deepest = depth = 0
    for tag, _ in seen.tags:
        depth += 0 if tag in VOID else -1 if tag[0] == "/" else 1
        deepest = max(deepest, depth)
    assert deepest < 125
    _same_in_a_browser(page, seen)
    return seen


def _same_in_a_browser(page: str, seen: Seen) -> None:
    """A browser's algorithm finds nothing to mend: it would put out the tags that we put out."""
    html = lexbor.LexborHTMLParser(page).html
    assert [tag for tag, _ in Seen(html).tags] == [tag for tag, _ in seen.tags]


def shown(source: str | bytes, *marks: tuple[int, int], **how: object) -> Seen:
    data = source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")
    return checked(as_page(data, "utf-8", "byte", marks, kind=how.pop("kind", "html"), **how))


HOSTILE = [
    ("<script>alert(1)</script>w", "w", "a script"),
    ("<SCRIPT\n>alert(1)</script foo>w", "w", "a script spelled oddly"),
    ("<scr<script>ipt>alert(1)</script>w", "<scrw", "a script that appears when another is taken out"),
    ("w<script>alert(1)", "w", "a script that never ends"),
    ("<p onclick=alert(1) style='position:fixed'>w</p>", "w", "a handler and a style"),
    ("<p\nonclick=alert(1)\t>w", "w", "a handler behind a line break"),
    ("<p/onclick=alert(1)>w", "w", "a handler behind a slash"),
    ("<a href='javascript:alert(1)'>w</a>", "w", "a link that runs"),
    ("<a href='java&#10;script:alert(1)'>w</a>", "w", "a link that runs, hidden by an entity"),
    ("<a href=\"x\" title='\"><img src=x onerror=alert(1)>'>w</a>", "[image]'>w", "a tag inside a quoted value"),
    ("<a href='&quot;><script>alert(1)</script>'>w</a>", "'>w", "a quote inside an address"),
    ("<a href=//evil ping=//evil2 download>w</a>", "w", "a link that reports"),
    ("<base href='//evil/'><p>w", "w", "a base for all addresses"),
    ("<meta http-equiv=refresh content='0;url=//evil'>w", "w", "a page that leads away by itself"),
    ("<link rel=dns-prefetch href=//evil><link rel=stylesheet href=//evil>w", "w", "links that ask by themselves"),
    ("<style>@import url(//evil); p{background:url(//evil)}</style>w", "w", "a style that phones home"),
    ("<p style=\"background:url('//evil')\">w", "w", "the same in an attribute"),
    ("<img src=//evil srcset='//evil 2x' onerror=alert(1)>w", "[image]w", "an image"),
    ("<img alt='\"><script>alert(1)</script>'>w", "[image]'>w", "a description that ends the tag"),
    ("<img alt='&lt;script&gt;&quot;'>w", '[image: <script>"]w', "a description that is markup"),
    ("<img src=x alt=''>w", "w", "an ornament"),
    ("<svg><script>alert(1)</script><a href=x>no</a></svg>w", "w", "SVG"),
    ("<svg/onload=alert(1)>no</svg>w", "w", "SVG with a handler"),
    ("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style>w", "w", "MathML that mends itself to a script"),
    ("<math href='javascript:alert(1)'>w</math>", "w", "MathML as a link"),
    ("<noscript><p title='</noscript><img src=x onerror=alert(1)>'>w", "[image]'>w", "noscript read two ways"),
    ("<template><script>alert(1)</script></template>w", "w", "a template"),
    ("<form action=//evil><input name=a value=b><input type=hidden><textarea><p></textarea><select><option>x</select><button formaction=//evil>w",
     "[form field][form field][form field]w", "a form"),
    ("<iframe src=//evil srcdoc='<script>'>no</iframe>w", "[embedded page]w", "a frame"),
    ("<object data=//evil><embed src=//evil>w", "[embedded page][embedded page]w", "an embedded program"),
    ("<video src=//evil autoplay poster=//evil>w</video>", "[video]w", "a video"),
    ("<title></title><script>alert(1)</script>w", "w", "a script behind a title"),
    ("<title><p>w", "w", "a title that never ends"),
    ("<title>no</title>w", "w", "the title stands in the page's own head"),
    ("w<!-- <script>alert(1)</script>", "w", "a comment that never ends"),
    ("<!--><script>alert(1)</script>-->w", "w", "a comment that is empty to some and goes on to others"),
    ("<![CDATA[<script>alert(1)</script>]]>w", "]]>w", "a section of XML"),
    ("<?php echo '<script>' ?></script>w", "w", "an instruction that holds a script"),
    ("<!doctype html SYSTEM '//evil'>w", "w", "a doctype with an address"),
    ("<p title=\"w", '<p title="w', "an attribute that never ends is words"),
    ("<p>\x00w\x00</p><scr\x00ipt>alert(1)</script>", "\ufffdw\ufffd alert(1)", "null bytes"),
    ("&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>", "a script made of entities stays words"),
    ("&amp;lt;b&amp;gt;", "&lt;b&gt;", "entities are undone once"),
    ("<p lang='en\" onclick=\"alert(1)' dir=evil>w", "w", "values that are none"),
    ("<td colspan=999999999 rowspan=-1>w", "w", "a cell of a billion columns"),
    ("<mark id=words>w</mark>", "w", "a page that claims our own mark"),
    ("<p id=words class=words>w", "w", "a page that claims our own name"),
    ("</p></div></body></html><p>w", "w", "ends without beginnings"),
    ("<table><b>a<tr><td>b<div>c<tr>d</table>e", "a b c d e", "words in a table but in no cell stay in order"),
    ("<table><tr><table><td>a</table>b", "a b", "tables in no cell"),
    ("<tr><td>a<td>b</table>c", "a bc", "cells in no table"),
    ("<li>a<li>b<dd>c<dt>d", "a b c d", "items in no list"),
    ("<select><p>no</select><p>w<h1>a<h2>b</h1>c", "[form field] w a b c", "headings that end each other"),
    ("<b><p>a<i>b</b>c</p>d</i>e", "abc de", "tags that overlap"),
    ("<a href=x><p>a<p>b<a href=y>c", "a bc", "a link over paragraphs"),
    ("<plaintext>w<p>x", "w x", "plain text to the end"),
    ("<xmp><script>alert(1)</script></xmp>w", "w", "an example of markup"),
    ("<pre>\n\n a\n</pre>w", "a w", "preformatted"),
    ("\u202ew\u202c", "\u202ew\u202c", "words that run backwards are the page's own"),
    ("\ufeff<html lang=zh><body dir=rtl>w</body></html>x", "w x", "what the whole page says of itself"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "words", "reason"), HOSTILE, ids=[case[2] for case in HOSTILE])
def test_hostile_pages_come_out_as_words(source: str, words: str, reason: str) -> None:
    assert shown(source).text == words


@pytest.mark.parametrize(("source", "words", "reason"), HOSTILE, ids=[case[2] for case in HOSTILE])
def test_nothing_hostile_is_left_in_the_markup(source: str, words: str, reason: str) -> None:
    page = as_page(source.encode(), "utf-8", "byte", kind="html")
    body = page.partition("</head>")[2]
    assert not re.search(
        r"(?i)\s(?:href|src|style|on\w+|action|data|ping|srcset|poster|formaction)\s*=",
        re.sub(r">[^<]*<|\"[^\"]*\"", "", body),
    )
    assert not re.search(r"(?i)<(?:script|style|svg|math|iframe|img|a|base|link|form|input)\b", body)


MARKED = [
    ("<p>one <b>t[wo</b> three] four</p>", "wo three", 2, "words over several elements"),
    ("<p>[one</p>\n<p>two]</p>", "one two", 2, "over paragraphs"),
    ("<p>a [&amp; b] c</p>", "& b", 1, "an entity"),
    ("<p>a &am[p; b] c</p>", "& b", 1, "an entity cut through is taken whole"),
    ("<p>a[  \n  b] c</p>", "b", 1, "white space is folded"),
    ("<p>a[<!-- x -->]b</p>", "<!-- x -->", 1, "markup alone is shown as words"),
    ("<p>[a<script>b</script>c]</p>", "ac", 2, "no markup in between"),
    ("<table>[<tr><td>a<td>b]<td>c</table>", "a b", 2, "over cells"),
    ("<title>a [b] c</title>x", "b", 1, "what is not shown is shown where it is marked"),
    ("<!-- a [b] c -->x", "b", 1, "and in a comment"),
    ("<p>a [<i>b</i>] [c] d", "b c", 2, "several ranges, made one where only white space divides them"),
    ("<p>[一]二[三]", "一三", 2, "letters of several bytes"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "words", "count", "reason"), MARKED, ids=[case[3] for case in MARKED])
def test_the_words_are_marked_where_they_stand(source: str, words: str, count: int, reason: str) -> None:
    data, marks, open_at = b"", [], 0
    for piece in re.split(r"(?<!!)([\[\]])", source):
        if piece == "[":
            open_at = len(data)
        elif piece == "]":
            marks.append((open_at, len(data)))
        else:
            data += piece.encode()
    seen = shown(data, *marks)
    assert seen.marked == words
    marked = [dict(attributes) for tag, attributes in seen.tags if tag == "mark"]
    assert len(marked) == count
    assert [one.get("id") for one in marked] == ["words", *[None] * (count - 1)][:count]


def test_a_page_keeps_its_structure() -> None:
    source = (
        "<html><body><center><h1>T</h1></center><ul><li>a<li>b</ul><table><tr><td colspan=2>c<td rowspan='3'>d</table>"
        "<p dir=rtl lang='ar-EG'>e <font color=red>f</font> <strike>g</strike><br>h"
    )
    page = as_page(source.encode(), "utf-8", "byte")
    assert page.endswith(
        "<body><div><h1>T</h1></div><ul><li>a</li><li>b</li></ul>"
        '<table><tbody><tr><td colspan="2">c</td><td rowspan="3">d</td></tr></tbody></table>'
        '<p dir="rtl" lang="ar-EG">e f <s>g<br></s>h</p></body></html>'
    )


def test_an_address_is_words_to_read() -> None:
    page = as_page(b"<a href='https://x.test/?a=1&amp;b=%22' target=_blank>w</a>", "utf-8", "byte", kind="html")
    assert '<span class="link" title="https://x.test/?a=1&amp;b=%22">w</span>' in page
    page = as_page(b"<a href='" + b"x" * 4000 + b"'>w</a><a name=here>v</a>", "utf-8", "byte", kind="html")
    assert f'title="{"x" * 299}…">w</span>v' in page


def test_bold_that_is_not_ended_ends_with_its_cell_and_goes_on_over_paragraphs() -> None:
    page = as_page(b"<table><tr><td><b>a<td>b</table><b><p>c<p>d</b>e", "utf-8", "byte", kind="html")
    assert "<td><b>a</b></td><td>b</td>" in page
    assert "<p><b>c</b></p><p><b>d</b>e</p>" in page


ALPHABET = st.lists(
    st.one_of(
        st.sampled_from(
            "<p> </p> <b> </b> <i> </i> <br> <hr> <div> </div> <table> </table> <caption> <tbody> </tbody> <tr> </tr> <td> </td> "
            "<th> <ul> </ul> <li> </li> <dl> <dt> <dd> <h1> </h1> <h2> <pre> </pre> <blockquote> <section> <center> <form> <font> "
            "</font> <sup> </sup> <script> </script> <style> </style> <svg> </svg> <math> <title> </title> <textarea> "
            "</textarea> <select> <option> <iframe> <template> <noscript> </noscript> <!-- --> <![CDATA[ ]]> <? &amp; &lt; &nbsp; "
            "&#60;script&#62; &#0; &#13; & ; < > / = ' \" ` \x00 \r\n \x0c \udc80 \x85 中 <a\thref=javascript:x> </a> "
            "<img\tsrc=x\tonerror=y> <p\ttitle=\" <p\tlang=en> <span\tdir=rtl> </span> <td\tcolspan=2> <svg/onload=x> "
            "javascript:alert(1) <body\tlang=zh> </body> <a\thref='x\">'> <button> <input> <object> <q> <small>".split(" ")
        ),
        st.sampled_from([" ", "\n", "x", "word"]),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
    ),
    max_size=50,
)  # fmt: skip


@given(ALPHABET, st.integers(0, 300), st.integers(0, 300))
def test_whatever_comes_in_only_our_tags_come_out(pieces: list[str], start: int, size: int) -> None:
    page = as_page(
        b"x" + "".join(pieces).encode("utf-8", "surrogateescape"), "utf-8", "byte", [(start, start + size)], kind="html"
    )
    checked(page)
    checked(as_page(page.encode(), "utf-8", "byte", kind="html"))


@given(ALPHABET, st.integers(20, 200), st.integers(0, 300))
def test_a_part_of_a_page_is_as_harmless_as_the_whole(pieces: list[str], limit: int, start: int) -> None:
    data = b"x" + "".join(pieces).encode("utf-8", "surrogateescape")
    checked(as_page(data, "utf-8", "byte", [(start, start + 5)], kind="html", limit=limit))


@given(ALPHABET)
def test_every_line_that_is_read_is_shown_and_marked(pieces: list[str]) -> None:
    """The reader's lines, marked by their runs, come out as they were read, wherever they stand."""
    source = "x<p>" + "".join(pieces)
    data = source.encode("utf-8", "surrogateescape")
    for line in read_html(source).lines:
        runs = [tuple(len(source[:edge].encode("utf-8", "surrogateescape")) for edge in run[1:3]) for run in line.runs]
        seen = checked(as_page(data + b"<p>x", "utf-8", "byte", runs, kind="html"))
        assert _bare(seen.marked) == _bare(line.text)


def _bare(words: str) -> str:
    """Letters alone: a line of the reader may hold a space between blocks where a page has none, and controls are replaced."""
    return re.sub("[\\s\x00-\x1f\x7f-\x9f\ufffd\ufffe\uffff]", "", words)


def assert_marked(document: Document) -> None:
    """Every turn, marked, says its words; and the source's marked part is the turn's bytes."""
    for turn in document.turns:
        seen = checked(sanitised_page(document, turn.start, turn.end))
        assert seen.marked == fold(turn.text)
        source = source_excerpt(document, turn.start, turn.end)
        place = turn.span.place()
        assert (source.start, source.end, source.unit, source.page) == (place.start, place.end, place.unit, place.page)
        if place.unit == "byte" and "\ufffd" not in source.marked:
            assert source.marked.encode(document.offsets.encoding) == turn.span.source()
            whole = source.before + source.marked + source.after
            assert whole.encode(document.offsets.encoding) == document.data[source.first : source.last]


@pytest.mark.parametrize("number", range(3))
def test_every_turn_of_an_invented_page_is_marked(number: int) -> None:
    assert_marked(
        onrecord.read(invented_page(number, answer="No <i>ch</i>ange &lt;at&#32;all&gt;.<br>\n None.").encode())
    )


@pytest.mark.parametrize(
    "example",
    sorted(page for name in ("cn-mfa", "us-whitehouse", "plain") for page in houses.find(name).examples),
    ids=lambda page: page.name,
)
def test_every_turn_of_every_example_is_marked(example: Path) -> None:
    assert_marked(onrecord.read(example))


def _sample(pages: list[object], count: int) -> list[object]:
    return random.Random(1).sample(pages, min(count, len(pages)))


@pytest.mark.parametrize(("folder", "count"), [("en", 50), ("zh", 60)])
def test_every_turn_of_real_pages_is_marked(shared: Path, folder: str, count: int) -> None:
    pages = sorted((shared / "data" / "cn-mfa" / folder).glob("*.shtml"))
    assert _read_and_marked(_sample(pages, count)) > 0.9 * count


def test_every_turn_of_real_pages_in_the_archive_is_marked(shared: Path) -> None:
    with tarfile.open(shared / "data" / "cn-mfa" / "zh-2020" / "more.tar.xz") as archive:
        members = _sample([member for member in archive.getmembers() if member.isfile()], 40)
        pages = [archive.extractfile(member).read() for member in sorted(members, key=lambda member: member.offset)]
    assert _read_and_marked(pages) > 30


def _read_and_marked(pages: list[object]) -> int:
    read = 0
    for page in pages:
        try:
            document = onrecord.read(page)
        except onrecord.OnRecordError:
            continue
        read += 1
        assert checked(sanitised_page(document, 0, len(document.text))).marked == fold(document.text)
        for turn in document.turns[:: max(1, len(document.turns) // 4)]:
            assert checked(sanitised_page(document, turn.start, turn.end)).marked == fold(turn.text), turn.id
    return read


def test_turns_of_markdown_are_marked(shared: Path) -> None:
    for path in _sample(sorted((shared / "data" / "us-whitehouse").glob("**/*.md")), 40):
        document = onrecord.read(path)
        for turn in document.turns[:: max(1, len(document.turns) // 5)]:
            page = sanitised_page(document, turn.start, turn.end)
            # Between paragraphs the line breaks are marked where only they stand there, and not beside a "**".
            assert "".join(checked(page).marked.split()) == "".join(turn.text.split()), (path, turn.id)
            assert "<pre>\n" in page


def test_turns_of_pdf_files_are_marked(shared: Path) -> None:
    """A word divided at the end of a row is one run: its hyphen is marked, and between two pages the foot of the first."""
    for path in _sample(sorted((shared / "data" / "us-fed" / "press-conferences-pdf").glob("*.pdf")), 2):
        document = onrecord.read(path)
        for turn in document.turns[:: max(1, len(document.turns) // 5)]:
            marked = checked(sanitised_page(document, turn.start, turn.end)).marked
            letters = iter("".join(marked.split()))
            assert all(letter in letters for letter in "".join(turn.text.split())), (path, turn.id)
            assert len(marked) < len(turn.text) * 1.05 + 5


def test_plain_text_and_markdown_are_shown_letter_for_letter() -> None:
    for text in ("a <b>&amp;</b>\n\n  <script>x</script>", "---\ntitle: x\n---\n\n<p>a</p> **b**"):
        page = as_page(text.encode(), "utf-8", "byte", [(2, 5)])
        seen = checked(page)
        assert fold(text) in seen.text
        assert seen.marked == fold(text[2:5])
    assert "white-space: pre-wrap" in page


def test_the_pages_of_a_pdf_are_numbered() -> None:
    seen = checked(as_page("a\fb 中\fc".encode(), None, "character", [(2, 5)]))
    assert seen.text == "page 1 a page 2 b 中 page 3 c"
    assert seen.marked == "b 中"


def test_a_span_may_be_nothing_or_everything_and_no_other_than_one_of_the_text() -> None:
    document = onrecord.read(invented_page(1).encode())
    assert checked(sanitised_page(document, 3, 3)).marked == checked(sanitised_page(document)).marked == ""
    assert checked(sanitised_page(document, 0, len(document.text))).marked == fold(document.text)
    with pytest.raises(RecordError):
        sanitised_page(document, 5, 10**9)
    with pytest.raises(NoBytes):
        sanitised_page(Document.from_json(document.to_json()), 0, 5)


ENCODINGS = [
    ("gb18030", "<p>前《[中文]》后"),
    ("big5hkscs", "<p>前「[中文]」後"),
    ("cp1252", "<p>caf\u00e9 [\u201cna\u00efve\u201d] x"),
    ("utf-16-le", "<p>前[中文]后"),
    ("utf-16-be", "<p>前[中文]后"),
    ("shift_jis", "<p>前[中文]後"),
]


@pytest.mark.parametrize(("encoding", "source"), ENCODINGS, ids=[case[0] for case in ENCODINGS])
def test_bytes_are_counted_in_any_encoding(encoding: str, source: str) -> None:
    before, words, after = re.split(r"[\[\]]", source)
    encoder = codecs.getincrementalencoder(encoding)()
    first = encoder.encode(before)
    last = first + encoder.encode(words)
    data = last + encoder.encode(after, final=True)
    mark = [(len(first), len(last))]
    assert checked(as_page(data, encoding, "byte", mark, kind="html")).marked == words
    found = as_source(data, encoding, "byte", mark)
    assert (found.before, found.marked, found.after) == (before, words, after)
    assert (found.first, found.start, found.end, found.last) == (0, *mark[0], len(data))


def test_a_range_that_cuts_through_a_letter_is_taken_to_its_beginning() -> None:
    assert as_source("前中文后".encode(), "utf-8", "byte", [(4, 8)]).marked == "中"
    assert as_source("前中文后".encode("utf-16-le"), "utf-16-le", "byte", [(3, 99)]).marked == "中文后"


def test_damaged_bytes_are_shown_as_such_and_lose_no_place() -> None:
    data = b"<p>\xff\xfea \xe4\xb8\xad\xe4\xb8 [b] \x00\x1b"
    at = data.index(b"[")
    assert checked(as_page(data, "utf-8", "byte", [(at, at + 3)], kind="html")).marked == "[b]"
    source = as_source(data, "utf-8", "byte", [(at, at + 3)])
    assert (source.before, source.marked, source.after) == ("<p>\ufffd\ufffda 中\ufffd\ufffd ", "[b]", " \u2400\u241b")


def test_the_source_is_cut_at_whole_lines() -> None:
    data = "".join(f"line {number} 中\r\n" for number in range(1, 1001)).encode()
    at = data.index(b"500")
    source = as_source(data, "utf-8", "byte", [(at, at + 3)], around=30)
    assert source.before + "[" + source.marked + "]" + source.after == (
        "line 498 中\r\nline 499 中\r\nline [500] 中\r\nline 501 中\r\nline 502 中\r\n"
    )
    assert (source.line, source.more_before, source.more_after, source.cut) == (500, True, True, False)
    assert data[source.first : source.last].decode() == source.before + source.marked + source.after
    whole = as_source(data, "utf-8", "byte", [(at, at + 3)], around=10**6)
    assert (whole.first, whole.last, whole.more_before, whole.more_after) == (0, len(data), False, False)


def test_the_source_without_line_breaks_is_cut_where_it_must_be() -> None:
    source = as_source(b"a" * 100 + b"bc" + b"d" * 100, "utf-8", "byte", [(100, 101), (101, 102)], around=10)
    assert (source.before, source.marked, source.after) == ("a" * 10, "bc", "d" * 10)
    assert (source.first, source.last, source.line) == (90, 112, 1)


def test_the_source_of_extracted_text_counts_in_characters() -> None:
    source = as_source("一\n二三\n四".encode(), "utf-8", "character", [(2, 4)])
    assert (source.before, source.marked, source.after) == ("一\n", "二三", "\n四")
    assert (source.start, source.end, source.line, source.encoding, source.unit) == (2, 4, 2, None, "character")


def test_the_source_of_nothing_is_the_beginning() -> None:
    source = as_source(b"abc\ndef", "utf-8", "byte")
    assert (source.before, source.marked, source.after, source.line) == ("", "", "abc\ndef", 1)


@pytest.mark.slow
def test_a_large_page_is_cut_around_the_words_and_says_so() -> None:
    data = b"<html><body>" + b"<p>before</p>" * 200_000 + b"<p>the words</p>" + b"<p>after</p>" * 200_000
    at = data.index(b"the words")
    page = as_page(data, "utf-8", "byte", [(at, at + 9)])
    assert len(page) < 2_100_000
    seen = checked(page)
    assert seen.marked == "the words"
    assert re.match(
        r"Cut here: [\d,]+ characters of the capture stand before and are not shown\. before before", seen.text
    )
    assert re.search(
        r"after after Cut here: [\d,]+ characters of the capture stand after and are not shown\.$", seen.text
    )


@pytest.mark.parametrize(
    "hidden", ["<script>x('<p>no</p>');</script>", "<!-- <p>no</p> -->", "<style>p { no }</style>"]
)
def test_a_page_cut_inside_what_is_not_shown_does_not_show_it(hidden: str) -> None:
    source = "<html><p>a</p>" + hidden.replace("no", "no " * 500) + "<p>b</p><p>the words</p>"
    at = source.index("the words")
    seen = shown(source, (at, at + 9), limit=400)
    assert seen.marked == "the words"
    assert seen.text.endswith("not shown. b the words")


#: A page made of so many pieces; how many at the most; why.
LARGE = [
    (lambda n: "<title>" + "x" * n + "</title><p>w", 1_000_000, "a title of a megabyte"),
    (lambda n: "<div>" * n + "w" + "</div>" * n, 1_000_000, "a million divs"),
    (lambda n: "<b>" * n + "w", 300_000, "bold three hundred thousand times"),
    (lambda n: "<b><i><u><s><sub><sup><small><q>" + "x<p>" * n, 200_000, "many inline tags over many paragraphs"),
    (lambda n: "<a href='" + "x" * 4000 + "'>" + "x<p>" * n, 200_000, "a long link over many paragraphs"),
    (lambda n: "<table>" * n + "w", 200_000, "tables in tables"),
    (lambda n: "<table><tr><td>" * n + "w", 100_000, "tables in cells"),
    (lambda n: "<li><div>" * n + "w", 200_000, "items in items"),
    (lambda n: "<ul>" + "<div>" * 97 + "<li></li>" * n, 150_000, "items deep down"),
    (lambda n: "<p title='" * n, 150_000, "attributes that never end"),
    (lambda n: "<p " + "a=b " * n + ">w", 400_000, "a tag with hundreds of thousands of attributes"),
    (lambda n: "<!--" * n, 300_000, "comments that never end"),
    (lambda n: "<script>" * n, 200_000, "scripts that never end"),
    (lambda n: "&amp" * n, 400_000, "nothing but entities"),
    (lambda n: "<img>" * n, 300_000, "nothing but images"),
    (lambda n: "w" + "\x00" * n, 1_500_000, "nothing but null bytes"),
    (lambda n: "<i>x</i>" * n, 2_500_000, "twenty megabytes"),
    (lambda n: "中<p>" * n, 5_000_000, "thirty megabytes of several bytes each"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("make", "most", "reason"), LARGE, ids=[case[2] for case in LARGE])
def test_a_hostile_page_takes_time_in_proportion_to_its_size(
    make: Callable[[int], str], most: int, reason: str
) -> None:
    def showing(pieces: int) -> Callable[[], object]:
        data = make(pieces).encode()
        mark = (min(len(data), 3_000_000) - 1) // 1000 * 1000

        def show() -> None:
            as_page(data, "utf-8", "byte", [(mark, mark + 1)], kind="html")
            as_source(data, "utf-8", "byte", [(mark, mark + 1)])

        return show

    assert growth(showing, most // FACTOR) < LIMIT


@pytest.mark.slow
@pytest.mark.parametrize(("make", "most", "reason"), LARGE, ids=[case[2] for case in LARGE])
def test_what_is_shown_of_a_hostile_page_stays_small(make: Callable[[int], str], most: int, reason: str) -> None:
    data = make(most).encode()
    marks = [(at, at + 1) for at in range(0, min(len(data), 3_000_000), 1000)]
    assert len(as_page(data, "utf-8", "byte", marks[-1:], kind="html")) < 40_000_000
    assert len(as_page(data, "utf-8", "byte", marks, kind="html")) < 40_000_000
