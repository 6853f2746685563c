"""Markdown to lines: hard-wrapped paragraphs, breaks, lists, marks taken off, every character with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growth import LIMIT, growth
from onrecord.errors import Damaged
from onrecord.reading.lines import Line
from onrecord.reading.markdown import read_markdown
from onrecord.record import fold

CASES = [
    pytest.param("one\ntwo\n\nthree", ["one two", "three"], id="rows of a paragraph are joined"),
    pytest.param("one  \ntwo\\\nthree", ["one", "two", "three"], id="two spaces or a backslash break the line"),
    pytest.param("one  \n  \ntwo", ["one", "two"], id="a row of spaces divides paragraphs"),
    pytest.param("one\xa0 two.\xa0\n\xa0\nthree", ["one two.", "three"], id="a row of no-break spaces, too"),
    pytest.param("a \nb", ["a b"], id="one space at a row's end breaks nothing"),
    pytest.param("-   one\n    more\n-   two", ["one more", "two"], id="list items, wrapped"),
    pytest.param("- one\n- two\n1.  three", ["one", "two", "three"], id="markers of lists are not text"),
    pytest.param(
        "Title\n42. He answered", ["Title 42. He answered"], id="a number that wrapped to a row's start is no item"
    ),
    pytest.param(
        "2010. I heard of it then.\n\n38.",
        ["2010. I heard of it then.", "38."],
        id="a list begins with 1: other numbers are said",
    ),
    pytest.param("1. one\n\nBetween.\n\n2. two", ["one", "Between.", "two"], id="a list goes on behind a paragraph"),
    pytest.param("Text:\n- one\n- two", ["Text:", "one", "two"], id="a list right under its paragraph"),
    pytest.param("## Head ##\ntext", ["Head", "text"], id="a heading, closed"),
    pytest.param("Head\n====\ntext\n\nLow\n---\n", ["Head", "text", "Low"], id="headings underlined"),
    pytest.param("a\n\n* * *\n\n---\n\nb", ["a", "b"], id="rules are not text"),
    pytest.param("> quoted *words\n> go* on\n\nnot", ["quoted words go on", "not"], id="a quote across rows"),
    pytest.param("before\n> quoted", ["before", "quoted"], id="a quote ends a paragraph"),
    pytest.param("*a* **b** ***c*** _d_ __e__", ["a b c d e"], id="marks of emphasis are dropped"),
    pytest.param("snake_case 5 * 3 2*3", ["snake_case 5 * 3 2*3"], id="signs that mark nothing stay"),
    pytest.param("**LEAD:\xa0**words", ["LEAD: words"], id="a no-break space before the closing mark"),
    pytest.param("**lost words", ["lost words"], id="two marks without a match are remains"),
    pytest.param("*note", ["*note"], id="one without a match is text"),
    pytest.param(r"\### 2\. \[x\] \*", ["### 2. [x] *"], id="escapes are undone"),
    pytest.param("[text\nhere](https://x.y/z_w(1) 'title') on", ["text here on"], id="a link keeps its words"),
    pytest.param("[not a link] (here)", ["[not a link] (here)"], id="brackets that link nowhere stay"),
    pytest.param("![alt](x.png) tail", ["tail"], id="an image shows no words"),
    pytest.param("see <https://x.y/a_b> or <me@x.y>", ["see https://x.y/a_b or me@x.y"], id="bare addresses are text"),
    pytest.param(
        '<s>except</s> \\[accept\\] <a\nhref="x">y</a>', ["except [accept] y"], id="tags off, struck words kept"
    ),
    pytest.param("a<br>b<BR />c", ["a", "b", "c"], id="break tags"),
    pytest.param("<table><tr><td>a</td><td>b &lt;</td></tr></table>", ["a", "b <"], id="cells of an HTML table"),
    pytest.param("| a | b |\n|---|---|\n| c\\|d | e |", ["a", "b", "c|d", "e"], id="cells of a table of pipes"),
    pytest.param("a <!-- no\n\nno --> b", ["a", "b"], id="comments are not shown"),
    pytest.param("<style>p *x*</style>a", ["a"], id="styles neither"),
    pytest.param("3 < 4 &amp; &#8217; AT&T", ["3 < 4 & ’ AT&T"], id="entities are undone"),
    pytest.param("one\r\ntwo  \r\nthree\r\n\r\nfour", ["one two", "three", "four"], id="rows that end in CR LF"),
    pytest.param("", [], id="nothing"),
]


@pytest.mark.parametrize(("text", "shown"), CASES)
def test_the_lines_are_what_is_shown(text: str, shown: list[str]) -> None:
    assert [line.text for line in read_markdown(text)[0]] == shown


def test_blocks_have_their_names() -> None:
    lines, _ = read_markdown("# a\n\nb\n\n- c\n\n> d\n\nLow\n---\n\n|e|\n")
    assert [line.tag for line in lines] == ["h1", "p", "li", "blockquote", "h2", "td"]


def test_a_break_opens_no_paragraph() -> None:
    lines, _ = read_markdown("a  \nb\n\nc")
    assert [line.fresh for line in lines] == [True, False, True]


def test_bold_and_links_are_known_by_the_letter() -> None:
    ((line,), _) = read_markdown("**bold** and [here](x)")
    assert line.bold(0, 4) == 1.0
    assert line.bold(4) == 0.0
    assert line.linked == 4


def test_bold_goes_on_over_a_break() -> None:
    lines, _ = read_markdown("**a  \nb** c")
    assert [round(line.bold(), 2) for line in lines] == [1.0, 0.5]


FRONT = [
    ("---\ntitle: A\ndate: 2021-03-15\n---\nb", {"title": "A", "date": "2021-03-15"}, "days stay as written"),
    ("---\ndate: '2021-03-15'\nTags: [a, b]\n---\nb", {"date": "2021-03-15", "tags": "a, b"}, "lists in one line"),
    ('---\ntitle: "A\\\n  \\ b\\_c"\n---\nb', {"title": "A b\xa0c"}, "a title over two rows"),
    ("---\nn: 7\nyes: true\nnone:\n---\nb", {"n": "7", "yes": "true", "none": ""}, "no value changes its form"),
    ("---\r\ntitle: A\r\n---\r\nb", {"title": "A"}, "CR LF"),
    ("---\n\nprose\n\n---\nb", {}, "prose between two rules is no front matter"),
    ("b", {}, "none"),
]


@pytest.mark.parametrize(("text", "meta", "reason"), FRONT, ids=[case[2] for case in FRONT])
def test_front_matter(text: str, meta: dict[str, str], reason: str) -> None:
    lines, told = read_markdown(text)
    assert told == meta
    assert lines[-1].text == "b"


DAMAGED = [
    ("---\ntitle: [a\n---\nb", "line 3", "a bracket left open"),
    ("---\na: 1\ntitle: 'x\n---\nb", "line", "a quote left open"),
    ("---\n" + "[" * 50_000 + "\n---\nb", "nesting", "nested without end"),
    ("---\na: " + "x" * 70_000 + "\n---\nb", "70", "larger than any front matter"),
]


@pytest.mark.parametrize(("text", "told", "reason"), DAMAGED, ids=[case[2] for case in DAMAGED])
def test_a_damaged_front_matter_is_named(text: str, told: str, reason: str) -> None:
    with pytest.raises(Damaged, match=told) as raised:
        read_markdown(text, where="page.md")
    assert "page.md" in str(raised.value)


def test_an_alias_repeated_costs_nothing() -> None:
    text = "---\na: &a " + "x" * 9_000 + "\nb: [" + "*a, " * 12_000 + "*a]\n---\nb"
    _, meta = read_markdown(text)
    assert "b" not in meta


def pieces(line: Line, source: str) -> Iterator[tuple[str, str]]:
    """The words of each run, with what the source has there."""
    for i, run in enumerate(line.runs):
        end = line.runs[i + 1][0] if i + 1 < len(line.runs) else len(line.text)
        yield line.text[run[0] : end], source[run[1] : run[2]]


MARKDOWN = st.lists(
    st.sampled_from(
        ["word", "a ", " ", "\n", "  \n", "\n\n", "\r\n", "\\\n", "*", "**", "_", "__", "~~", "\\", "\\*", "[", "](", "](x)", ")", "!",
         "![", "<", "<b>", "</b>", "<br>", "<td>", "<https://x>", "<!--", "-->", "<script>", "</script>", "# ", "- ", "1. ", "> ", "|",
         "---", "===", "&amp;", "&", "\xa0", "\u3000", "\t", "é", "中", "🏛", "`", "    ", "Q    ", "MS. NAME:"]
    ),
    max_size=60,
).map("".join)  # fmt: skip


@given(MARKDOWN)
def test_every_character_knows_its_place(text: str) -> None:
    lines, _ = read_markdown("start\n\n" + text)
    before = 0
    for line in lines:
        assert line.text
        assert line.text == line.text.strip()
        assert "\n" not in line.text
        for words, said in pieces(line, "start\n\n" + text):
            assert words
            if len(words) == len(said):  # letter for letter; a row's end is a space
                assert [b for a, b in zip(words, said, strict=True) if a != b and not (a == " " and b.isspace())] == []
            else:  # as a whole: one sign for an entity or for a run of white space
                assert len(words) == 1
        for run in line.runs:
            assert before <= run[1] < run[2]
            before = run[2]


HOSTILE = ["*a ", "[", "[a](", "> ", "<a ", "<", "\\", "_a_", "*", "**a*", "  \n", "- ", "a  \n", "|", "<!--", "<script>", "&#", "~~a",
           "](", "[a](b (c", "1. ", "# ", "#", "-", "- a\n  ", "a\xa0 ", "|-", "<td>", "&amp;"]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.slow
def test_hostile_text_stays_linear(piece: str) -> None:
    def reading(times: int) -> Callable[[], object]:
        text = "x\n\n" + piece * times
        return lambda: read_markdown(text)

    assert growth(reading, 10_000) < LIMIT


def test_the_real_texts_show_no_markup(shared: object) -> None:
    from pathlib import Path

    assert isinstance(shared, Path)
    pages = sorted((shared / "data" / "us-whitehouse" / "press-briefings").rglob("*.md"))[::40]
    assert pages
    for page in pages:
        text = page.read_bytes().decode()
        lines, meta = read_markdown(text)
        assert fold(meta["title"])
        for line in lines:
            assert "**" not in line.text
            for words, said in pieces(line, text):
                assert len(words) in (1, len(said))
