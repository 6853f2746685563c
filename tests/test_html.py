"""HTML to lines: what a browser would show, each character with its place, on whole and on broken pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growth import LIMIT, growth
from onrecord.captures.opened import capture_of
from onrecord.reading.html import read_html
from onrecord.reading.page import Page

CASES = [
    pytest.param("<p>one</p><p>two</p>", ["one", "two"], id="a paragraph is a line"),
    pytest.param("<P>one<P>two", ["one", "two"], id="an open paragraph ends where the next begins"),
    pytest.param("<p>one<br>two<BR/>three</p>", ["one", "two", "three"], id="a break divides a paragraph"),
    pytest.param("<p>fold\n  the \t white&nbsp; space</p>", ["fold the white space"], id="white space folds"),
    pytest.param("<p>\u3000\u3000问：为什么？</p>", ["问：为什么？"], id="full-width indents are white space"),
    pytest.param("<p>a &lt;b&gt; &amp; c &#8217; &copy</p>", ["a <b> & c ’ ©"], id="entities are undone"),
    pytest.param("<p>half <b>bo</b>ld</p>", ["half bold"], id="inline marks divide no word"),
    pytest.param("<script>if (a<b) x('<p>no</p>')</script><p>yes", ["yes"], id="scripts are not shown"),
    pytest.param("<style>p{}</style><!-- <p>no --><p>yes<!-- -->s", ["yess"], id="nor styles and comments"),
    pytest.param("<p>before<!-- never closed <p>lost", ["before"], id="an open comment runs to the end"),
    pytest.param('<p title="a > b">yes</p>', ["yes"], id="a quoted value may hold >"),
    pytest.param("<p title='it\">yes</p><p>more", ["yes", "more"], id="a lost quote does not swallow the page"),
    pytest.param("<p>3 < 4 and 5 <6</p>", ["3 < 4 and 5 <6"], id="a less-than is no tag"),
    pytest.param("<ul><li>one<li>two</ul>tail", ["one", "two", "tail"], id="list items, open"),
    pytest.param("<table><tr><td>a<td>b</table>", ["a", "b"], id="cells"),
    pytest.param("</div></p></b><p>x</div>y", ["x", "y"], id="ends without beginnings"),
    pytest.param("<p>cut off in a ta", ["cut off in a ta"], id="cut off in the text"),
    pytest.param("<p>cut off<a hre", ["cut off<a hre"], id="cut off in a tag: shown rather than lost"),
    pytest.param(
        "<p>a</p><p style='color:red; display: none'>not</p><p hidden>nor</p><p>b", ["a", "b"], id="hidden paragraphs"
    ),
    pytest.param('<div hidden=""><p>not</p><div>nor</div></div>b', ["b"], id="a hidden container"),
    pytest.param(
        '<DIV STYLE="visibility:hidden">not</DIV><table><tr hidden><td>nor</td></tr><tr><td>b',
        ["b"],
        id="in capitals, and a row",
    ),
    pytest.param(
        "<p>it is <span style='display:none'>not </span>so</p>", ["it is so"], id="hidden words in a sentence"
    ),
    pytest.param(
        "<p hidden>not<p>b</p><p hidden>nor", ["b"], id="a hidden paragraph that is never closed ends at the next block"
    ),
    pytest.param(
        '<p class="hidden" data-style="display:none">a</p><p style="display:block">b</p>',
        ["a", "b"],
        id="a class is no attribute",
    ),
    pytest.param(
        '<p title="a hidden place">a</p><p aria-hidden="true">b</p><p hidden="until-found">c</p>',
        ["a", "b", "c"],
        id="nor a word of a value",
    ),
    pytest.param('<body style="display:none"><p>a</p>', ["a"], id="a page that its programs show"),
    pytest.param("<TITLE>T</TITLE><BODY>b", ["T", "b"], id="case does not matter"),
]


@pytest.mark.parametrize(("page", "shown"), CASES)
def test_the_lines_are_what_is_shown(page: str, shown: list[str]) -> None:
    assert [line.text for line in read_html(page).lines] == shown


def test_breaks_and_paragraphs_are_told_apart() -> None:
    lines = read_html("<p>a<br>b</p><p>c</p>").lines
    assert [line.fresh for line in lines] == [True, False, True]


def test_bold_is_known_by_the_letter() -> None:
    (line,) = read_html("<p><b>Q: Why</b> now</p>").lines
    assert line.bold(0, 6) == 1.0
    assert line.bold(7, 10) == 0.0
    assert line.bold() == pytest.approx(5 / 8)  # white space does not count


def test_containers_are_known_by_id_and_class() -> None:
    lines = read_html('<div class="a b"><div id=x><p>in</p></div><p>between</p></div><p>out').lines
    assert [(line.within("x"), line.within("b")) for line in lines] == [(True, True), (False, True), (False, False)]


def test_meta_is_read() -> None:
    assert read_html('<meta name="PubDate" content="2021-03-22"><meta property=og:url content=\'u\'>').meta == {
        "pubdate": "2021-03-22",
        "og:url": "u",
    }


def test_menus_are_passed_over_and_an_article_inside_one_is_not() -> None:
    """A menu that is never closed must not take the article with it."""
    menu = "<div class='nav'><ul><li>Home<li>News</ul></div><p>words</p><div id='foot'>c</div>"
    marked = read_html(menu, frozenset(("nav", "foot")), frozenset(("article",)))
    assert [line.text for line in marked.lines] == ["words"]
    assert [(menu[one.start : one.end], one.paragraphs) for one in marked.passed] == [
        ("<div class='nav'><ul><li>Home<li>News</ul></div>", 2),
        ("<div id='foot'>c</div>", 1),
    ]
    open_menu = "<div class='nav'><ul><li>Home<div class='article'><p>words</p></div>"
    marked = read_html(open_menu, frozenset(("nav",)), frozenset(("article",)))
    assert [line.text for line in marked.lines] == ["words"]
    assert [one.paragraphs for one in marked.passed] == [1]


@pytest.mark.parametrize(
    ("page", "lines", "why"),
    [
        ("<p>Ada <span class='tip x'><span>Dr</span> A</span> said</p>", ["Ada said"], "a span, with one inside it"),
        ("<p>a<span class='tip'>b<p>c", ["a", "c"], "one that is never closed ends with its line"),
        ("<p>a <span class='tip'>b</span>c", ["a c"], "its class in other quotes"),
        ("<p><b>Ada<span class=tip><i>A</i></span></b>: yes", ["Ada: yes"], "a name's tooltip in a label"),
        ("<p>a<span class=other>b</span>", ["ab"], "another span"),
    ],
)
def test_a_tooltip_inside_a_sentence_is_left_out(page: str, lines: list[str], why: str) -> None:
    marked = read_html(page, inline_over=frozenset(("tip",)))
    assert [line.text for line in marked.lines] == lines, why
    assert len(marked.passed) == page.count("tip"), why


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["<p>", "</p>", "<b>", "</b>", "<br>", "<div id=a class='b c'>", "</div>", "&amp;", "&nbsp;", "&#20013;", "&bogus;",
             "<!--", "-->", "<script>", "</script>", "<a href='x'>", "</a>", "<", ">", '"', "'", "<p a=\"", "\ufffd", "\udc80"]
        ),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    ),
    max_size=40,
)  # fmt: skip


@given(PIECES)
def test_what_is_passed_over_and_what_is_not_is_all_there_is(pieces: list[str]) -> None:
    """Passing over a container changes nothing of the lines outside it, and counts words inside it."""
    source = "".join(pieces)
    everything = read_html(source)
    marked = read_html(source, frozenset(("b",)))
    inside = [line for line in everything.lines if line.within("b")]
    outside = [line.text for line in everything.lines if not line.within("b")]
    assert [line.text for line in marked.lines] == outside
    assert bool(inside) == any(one.paragraphs for one in marked.passed)


@given(PIECES)
def test_every_run_says_its_source(pieces: list[str]) -> None:
    """A run equals its source letter for letter, or stands for an entity, white space or a damaged byte as a whole."""
    source = "".join(pieces)
    for line in read_html(source).lines:
        assert line.text == line.text.strip()
        assert "  " not in line.text
        before = -1
        for i, (start, first, last, _) in enumerate(line.runs):
            end = line.runs[i + 1][0] if i + 1 < len(line.runs) else len(line.text)
            words, said = line.text[start:end], source[first:last]
            assert first > before or first >= before
            before = last
            assert start < end
            assert words == said or words == " " or said.startswith("&") or words == "\ufffd"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("piece", "tail"),
    [
        pytest.param("<div>", "x", id="nested three hundred thousand deep"),
        pytest.param("&amp;", "", id="nothing but entities"),
        pytest.param('<a "', "", id="quotes that never close"),
        pytest.param("<script>", "", id="scripts that never end"),
        pytest.param("<", "", id="nothing but less-than"),
        pytest.param("<!--", "", id="comments that never end"),
        pytest.param("</div>", "", id="nothing but ends"),
    ],
)
def test_a_hostile_page_takes_time_in_proportion_to_its_size(piece: str, tail: str) -> None:
    def reading(times: int) -> Callable[[], object]:
        page = piece * times + tail
        return lambda: read_html(page)

    assert growth(reading, 75_000) < LIMIT


@pytest.mark.parametrize(
    ("source", "words"),
    [
        pytest.param("<p>3 < 4 << 5</p>", ["3 < 4 << 5"], id="brackets that open no tag"),
        pytest.param("<<<p>a", ["<<", "a"], id="a tag behind brackets"),
        pytest.param("a<3<4<b>c</b>", ["a<3<4c"], id="figures"),
        pytest.param("<p>a<中<<!-- x -->b", ["a<中<b"], id="a comment behind one"),
        pytest.param("<p>a < > b", ["a < > b"], id="a tag without a name"),
    ],
)
def test_a_bracket_that_opens_no_tag_is_a_word(source: str, words: list[str]) -> None:
    lines = read_html(source).lines
    assert [line.text for line in lines] == words
    for line in lines:
        for start, first, last, _ in line.runs:
            assert line.text[start:].startswith(source[first:last])


def test_a_million_brackets_are_one_run() -> None:
    """Each took a run and half a kilobyte; the words are the same."""
    (line,) = read_html("<p>" + "<" * 1_000_000).lines
    assert line.text == "<" * 1_000_000
    assert len(line.runs) == 1


def test_what_a_page_says_of_itself_holds_no_half_characters() -> None:
    """A byte that did not decode ended a run: no database and no JSON takes what stands for it."""
    data = b"<meta charset=utf-8><meta name=author content='A \xe8 B'><title>Remarks \xe8 Press</title><p>Words."
    page = Page(capture_of(data, "memory:"), data, encoding="utf-8")
    assert page.given_title == "Remarks \ufffd Press"
    assert page.meta["author"] == "A \ufffd B"
