"""Citations: true to the words, in forms that other programs read, with links that find the very place."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import onrecord
from invented import page
from onrecord.errors import RecordError
from onrecord.languages.folding import folded
from onrecord.record import Document, Span, fold
from onrecord.sharing.bibtex import entry, escaped
from onrecord.sharing.citations import cite
from onrecord.sharing.text_fragments import directive, text_fragment_url
from test_cli import run

EXAMPLES = Path(onrecord.__file__).parent / "houses"
ENGLISH = EXAMPLES / "cn_mfa/examples/2021-03-14-en.shtml"
CHINESE = EXAMPLES / "cn_mfa/examples/2021-03-14-zh.shtml"
READOUT = EXAMPLES / "us_whitehouse/examples/2021-03-15-readout.md"
ADDRESS = "https://www.fmprc.gov.cn/mfa_eng/xwfw_665399/t9000113.shtml"


def read(path: Path, **heading: object) -> Document:
    """An example as it would be read from the web, with other facts in its heading."""
    document = onrecord.read(path)
    changed = msgspec.structs.replace(document.heading, **{"address": ADDRESS, **heading})
    capture = msgspec.structs.replace(document.capture, fetched="2021-03-16T08:00:00+00:00")
    remade = Document(heading=changed, turns=tuple(msgspec.structs.replace(turn) for turn in document.turns))
    return remade.with_capture(capture, document.data, document.offsets)


def words(document: Document, quote: str) -> Span:
    start = document.text.index(quote)
    return document.span(start, start + len(quote))


# What stands in the line for people, and why.
@pytest.mark.parametrize(
    ("path", "heading", "quote", "told"),
    [
        # the speaker is whose turn the words stand in, though nobody named the turn
        (
            ENGLISH, {}, "The harbor is for ferries.",
            "Ministry of Foreign Affairs of the People's Republic of China, Luo Qingchuan, “Foreign Ministry Spokesperson Luo "
            "Qingchuan's Regular Press Conference on March 14, 2021”, 14 March 2021: “The harbor is for ferries.” " + ADDRESS,
        ),
        # a question is the outlet's, and never the ministry's position
        (ENGLISH, {}, "Has China protested?", "China, AFP (question), “"),
        # Chinese stays Chinese
        (CHINESE, {}, "愿同瓦方一道努力", "罗晴川, “2021年3月14日外交部发言人罗晴川主持例行记者会”, 14 March 2021: “愿同瓦方一道努力”. "),
        (CHINESE, {"language": "zh-TW"}, "愿同瓦方一道努力", "罗晴川, 「2021年3月14日外交部发言人罗晴川主持例行记者会」, 14 March 2021: 「愿同瓦方一道努力」. "),
        # no day, no address: said, not made up
        (ENGLISH, {"date": None}, "Who told you so?", "on March 14, 2021”, undated: “Who told you so?” https"),
        (ENGLISH, {"date": None, "published": "2021-03-15 11:26:20-04:00"}, "Who told you so?", "2021”, published 15 March 2021: "),
        (ENGLISH, {"date_from": "inferred"}, "Who told you so?", "[14 March 2021]: "),
        (ENGLISH, {"address": None}, "Who told you so?", "“Who told you so?” No address known\n"),
        # what is no address of the web may be made to be run
        (ENGLISH, {"address": "javascript:alert(1)"}, "Who told you so?", "No address known"),
        # an issuer without a house keeps its code; one that nobody knows is called so
        (READOUT, {"issuer": "vd-mfa"}, "They committed", "vd-mfa, “Readout of"),
        (READOUT, {"issuer": "unknown"}, "They committed", "Issuer unknown, “Readout of"),
        (READOUT, {"title": " "}, "They committed", "The White House, “[untitled]”"),
        # over a paragraph's end
        (READOUT, {}, "before the summer.\n\nThe President stressed", ": “before the summer. The President stressed”. "),
    ],
)  # fmt: skip
def test_the_line_for_people(path: Path, heading: dict[str, object], quote: str, told: str) -> None:
    document = read(path, **heading)
    citation = cite(words(document, quote))
    assert told in citation.text
    assert citation.quote == quote


def test_the_proof_names_the_bytes() -> None:
    document = read(ENGLISH)
    citation = cite(words(document, "The harbor is for ferries."))
    digits = document.capture.sha256
    start = document.data.index(b"The harbor is for ferries.")
    assert citation.place is not None
    assert (citation.place.unit, citation.place.start, citation.place.end) == ("byte", start, start + 26)
    assert citation.capture == f"sha256:{digits}"
    proof = (
        f"Capture {digits[:12]}, bytes [{start}, {start + 26}), fetched 2021-03-16T08:00:00+00:00. SHA-256 {digits}."
    )
    for form in (citation.text, citation.bibtex, citation.csl["note"]):
        assert proof in form
    assert "Kept at https://desk.example/t/1" in cite(document.turns[1].span, permalink="https://desk.example/t/1").text


def test_when_the_page_was_seen_is_never_made_up() -> None:
    document = read(ENGLISH)
    span = document.turns[1].span
    assert cite(span).csl["accessed"] == {"date-parts": [[2021, 3, 16]]}  # by the capture
    seen = cite(span, accessed="2021-04-01")
    assert (seen.csl["accessed"], "urldate      = {2021-04-01}" in seen.bibtex) == (
        {"date-parts": [[2021, 4, 1]]},
        True,
    )
    assert f"{ADDRESS} (accessed 1 April 2021)\n" in seen.text
    offline = cite(onrecord.read(ENGLISH).turns[1].span)
    assert "accessed" not in offline.csl
    assert "urldate" not in offline.bibtex


def test_a_document_without_its_bytes_is_cited_without_a_place() -> None:
    document = Document.from_json(read(READOUT).to_json())
    citation = cite(words(document, "They committed"))
    assert citation.place is None
    assert document.heading.capture.removeprefix("sha256:") in citation.text


def test_a_whole_document_is_cited_without_a_quote() -> None:
    document = read(READOUT)
    citation = cite(document.span(0, len(document.text)))
    assert "Valdoria”, 15 March 2021. https://" in citation.text
    assert citation.fragment == citation.address == ADDRESS
    assert f"@misc{{{document.id}," in citation.bibtex


def test_a_long_quote_is_shortened_in_print_and_whole_beside_it() -> None:
    document = read(ENGLISH)
    turn = next(turn for turn in document if len(turn.text) > 400)
    citation = cite(turn.span)
    assert citation.quote == turn.text
    (printed,) = re.findall(r": “(.*)” ", citation.text)
    start, end = printed.split(" […] ")
    assert fold(turn.text).startswith(f"{start} ")  # whole words at either edge
    assert fold(turn.text).endswith(f" {end}")
    assert len(printed) < 300


@pytest.mark.parametrize(
    ("start", "end", "turn", "accessed", "why"),
    [
        (5, 5, None, None, "has no words to cite"),
        (0, 10**6, None, None, "has no words to cite"),
        (
            0,
            5,
            1,
            None,
            "this turn does not contain the cited words",
        ),  # else somebody would be quoted with another's words
        (0, 5, None, "yesterday", "a day is YYYY-MM-DD, not 'yesterday'"),
        (0, 5, None, "2021-02-30", "a day is YYYY-MM-DD"),
    ],
)
def test_what_cannot_be_cited(start: int, end: int, turn: int | None, accessed: str | None, why: str) -> None:
    document = read(ENGLISH)
    with pytest.raises(RecordError, match=why):
        cite(document.span(start, end), turn=document.turns[turn] if turn else None, accessed=accessed)


# BibTeX


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("50 % of $5 & more #1, a_b", r"50 \% of \$5 \& more \#1, a\_b"),
        (
            r"~ ^ \ < > |",
            r"\textasciitilde{} \textasciicircum{} \textbackslash{} \textless{} \textgreater{} \textbar{}",
        ),
        ("{one", r"\textbraceleft{}one"),  # BibTeX counts \{ as a brace: the entry would never close
        ("“晨星号”就渡轮\n\n答记者问", "“晨星号”就渡轮 答记者问"),
        ("a\x00b", "ab"),
    ],
)
def test_what_is_special_to_latex_is_made_harmless(words: str, written: str) -> None:
    assert escaped(words) == written


def test_an_entry_of_bibtex() -> None:
    document = read(ENGLISH, title="Q&A: 100% {open}")
    told = cite(words(document, "The harbor is for ferries.")).bibtex
    lines = told.splitlines()
    assert re.fullmatch(r"@misc\{cn-mfa-2021-03-14-[0-9a-f]{8}-[0-9a-f]{6},", lines[0])
    assert lines[1:8] == [
        "  author       = {{Luo Qingchuan}},",
        r"  title        = {{Q\&A: 100\% \textbraceleft{}open\textbraceright{}}},",
        "  howpublished = {Press conference, Ministry of Foreign Affairs of the People's Republic of China},",
        "  date         = {2021-03-14},",
        "  year         = {2021},",
        "  month        = mar,",
        f"  url          = {{{ADDRESS}}},",  # as it is: styles take it verbatim
    ]
    assert cite(words(document, "The harbor is for ferries.")).bibtex == told
    again = document.text.index("The two", document.text.index("The two") + 1)
    second = cite(document.span(again, again + 7)).csl["id"]
    assert second == f"{cite(words(document, 'The two')).csl['id']}-2"  # two citations, two keys
    undated = cite(words(read(ENGLISH, date=None, address=None), "Who told you so?")).bibtex
    assert not re.search(r"date|year|month|url", undated.split("note")[0].split("\n", 1)[1])


@given(st.text(), st.text(), st.text())
def test_braces_balance_whatever_the_values(author: str, title: str, note: str) -> None:
    told = entry(
        title, author=author, title=title, day=None, published_as=note, url=None, accessed=None, note=note
    )  # fmt: skip
    depth = 0
    for at, character in enumerate(told):
        depth += (character == "{") - (character == "}")
        assert depth > 0 or at in range(len("@misc")) or at == len(told) - 1  # it closes at its end and not before
    assert depth == 0
    for value in re.findall(r"= \{(.*)\},", told):
        assert not re.search(r"(?<!\\)[%$#&_]|[~^<>|]", value)


# CSL-JSON

#: What https://resource.citationstyles.org/schema/latest/input/json/csl-data.json allows an item, of what we use.
_CSL_TYPES = {"speech", "webpage", "document"}
_CSL_WORDS = {
    "id", "type", "title", "URL", "publisher", "language", "genre", "archive", "archive_location", "note",
}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "heading", "quote", "kind", "author"),
    [
        (ENGLISH, {}, "The harbor is for ferries.", "speech", "Luo Qingchuan"),
        (ENGLISH, {}, "Has China protested?", "speech", "AFP"),
        (READOUT, {}, "They committed", "webpage", "The White House"),  # written: nobody's voice
        (READOUT, {"address": None}, "They committed", "document", "The White House"),
        (CHINESE, {"date": None, "published": None}, "愿同瓦方一道努力", "speech", "罗晴川"),
        (
            ENGLISH,
            {},
            "The lights went out",
            "webpage",
            "Ministry of Foreign Affairs of the People's Republic of China",
        ),
    ],
)
def test_an_item_of_csl_json(path: Path, heading: dict[str, object], quote: str, kind: str, author: str) -> None:
    document = read(path, **heading)
    item = json.loads(msgspec.json.encode(cite(words(document, quote)).csl))
    assert (item["type"], item["author"]) == (kind, [{"literal": author}])
    assert item["type"] in _CSL_TYPES
    assert set(item) <= _CSL_WORDS | {"author", "issued", "accessed"}
    assert all(isinstance(item[name], str) and item[name] for name in _CSL_WORDS & set(item))
    for name in ("issued", "accessed"):
        if name in item:
            (parts,) = item[name]["date-parts"]
            assert [type(part) for part in parts] == [int, int, int]
    assert ("issued" in item) == (document.date is not None)
    assert item.get("URL") == document.heading.address


def test_a_day_that_was_inferred_is_about_then() -> None:
    item = cite(words(read(ENGLISH, date_from="inferred"), "Who told you so?")).csl
    assert item["issued"] == {"date-parts": [[2021, 3, 14]], "circa": True}


# Text fragments


@pytest.mark.parametrize(
    ("address", "before"),
    [
        ("https://a.example/p", "https://a.example/p#:~:text="),
        ("https://a.example/p#part", "https://a.example/p#part:~:text="),  # the page's own place stays
        ("https://a.example/p#", "https://a.example/p#:~:text="),
        ("https://a.example/p#part:~:text=old", "https://a.example/p#part:~:text="),
        ("https://a.example/?a=1&b=2", "https://a.example/?a=1&b=2#:~:text="),
    ],
)
def test_an_address_keeps_its_fragment(address: str, before: str) -> None:
    assert text_fragment_url(address, "well then", 0, 4) == f"{before}well"


def test_an_address_with_what_none_can_hold_is_encoded() -> None:
    document = read(ENGLISH, address='https://a.example/声明 "1".html?a=%20&b={2}')
    citation = cite(words(document, "Who told you so?"))
    assert citation.address == "https://a.example/%E5%A3%B0%E6%98%8E%20%221%22.html?a=%20&b=%7B2%7D"
    assert f"url          = {{{citation.address}}}," in citation.bibtex


_LONG = "It is a long way to the harbor, and all who walk it know each stone, each tree, each bend and each inn of it by name."
_LONG_ZH = (
    "中方愿做瓦尔多里亚可靠的邻居，愿同瓦方一道努力，保持灯塔海峡向所有船只开放。我们估计第一年有二十万人乘坐渡轮往来两岸，"
    "其中有学生，有渔民和他们的家人，也有去看老灯塔的游客。开通当天所有人均可免费乘船。码头是给渡轮用的，我们希望卡方坐一次渡轮，亲眼看一看。"
)


# The quote stands between ‹ and ›; what the fragment says, decoded, its terms divided by " | ".
@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("A: ‹We hope so.›", "We hope so."),
        ("‹non-aligned, A&B›", "non-aligned, A&B"),
        # too long to stand in a link: words at either end
        (f"‹{_LONG} The end of it is near.›", "It is a long way | end of it is near."),
        # over paragraphs each end keeps to its own
        ("‹First:\n\nThe ferry is open.›", "First: | The ferry is open."),
        ("‹One two\nthree four five six seven› eight", "One two | three four five six seven"),
        # … and more of them where the first ones were said before
        (f"{_LONG}\n\n‹It is a long way home.\n\nIs it?›", "It is a long way home | Is it?"),
        # Chinese is cut at punctuation, where every browser finds the edge of a word
        (f"‹{_LONG_ZH}›", "中方愿做瓦尔多里亚可靠的邻居 | 我们希望卡方坐一次渡轮，亲眼看一看。"),
        ("答：‹合作共赢›。", "合作共赢"),
        # amid a run of characters the rest of the run stands beside it
        ("我们坚持‹合作共赢›的理念。", "我们坚持- | 合作共赢 | -的理念"),
        ("Chi‹na’s po›sition", "Chi- | na’s po | -sition"),
        ("China‹’s› position", "China- | ’s"),
        # said before in the same words: told apart by what stands around it
        ("A: We hope so.\n\nB: Is it?\n\nA: ‹We hope so.›\n\nC: Is it cold?", "We hope so. | -C: Is it"),
        ("B: We hope so.\n\nWell?\n\n‹We hope so.›", "Well?- | We hope so."),
        ("CCTV: Nothing more.\n\nAFP: ‹Nothing more.›\n\nEnd", "AFP:- | Nothing more."),
        # the last words are said twice in the quote: more of them
        (f"‹{_LONG} A b c d e. {_LONG} X b c d e.›", "It is a long way | X b c d e."),
    ],
)  # fmt: skip
def test_the_terms_of_a_fragment(text: str, terms: str) -> None:
    start, end = text.index("‹"), text.index("›") - 1
    told = directive(text.replace("‹", "").replace("›", ""), start, end)
    assert " | ".join(unquote(term) for term in told.split(",")) == terms


def found_by_a_browser(told: str, text: str) -> tuple[int, int] | None:
    """The rules of https://wicg.github.io/scroll-to-text-fragment/ on plain text, written from the rules, not from ours."""
    terms = told.split(",")
    prefix = unquote(terms.pop(0)[:-1]) if terms[0].endswith("-") else ""
    suffix = unquote(terms.pop()[1:]) if terms[-1].startswith("-") else ""
    start, end = unquote(terms[0]), unquote(terms[1]) if len(terms) == 2 else ""
    page = folded(text)

    def after_space(at: int) -> int:
        while at < len(page) and page[at].isspace():
            at += 1
        return at

    def next_place(words: str, at: int, behind: str) -> int:
        while (at := page.find(folded(words), at)) >= 0:
            if not behind or page.startswith(folded(behind), after_space(at + len(words))):
                return at
            at += 1
        return -1

    at = 0
    while True:
        if prefix:
            before = page.find(folded(prefix), at)
            if before < 0:
                return None
            first = after_space(before + len(prefix))
            if not page.startswith(folded(start), first):
                at = before + 1
                continue
        else:
            first = next_place(start, at, "" if end else suffix)
        if first < 0:
            return None
        if not end:
            if suffix and not page.startswith(folded(suffix), after_space(first + len(start))):
                at = (before if prefix else first) + 1
                continue
            return first, first + len(start)
        last = next_place(end, first + len(start), suffix)
        return None if last < 0 else (first, last + len(end))


_WORDS = st.sampled_from(
    "we China’s ferry, harbor. non-aligned A&B 3.5 合作共赢 愿同 ，保持 “open” 的 。 Q: 100%".split()
)
_TEXTS = st.lists(st.lists(_WORDS, min_size=1, max_size=40).map(" ".join), min_size=1, max_size=5).map("\n\n".join)


@given(st.data(), _TEXTS)
def test_a_fragment_says_words_of_the_quote_and_of_its_surroundings_alone(data: st.DataObject, text: str) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end].strip()
    assume(quote)
    start += len(text[start:end]) - len(text[start:end].lstrip())
    told = directive(text, start, end)
    assert re.fullmatch(r"(?:[\w.~%]+-,)?[\w.~%]+(?:,[\w.~%]+)?(?:,-[\w.~%]+)?", told, re.A)
    terms = told.split(",")
    prefix = unquote(terms.pop(0)[:-1]) if terms[0].endswith("-") else ""
    suffix = unquote(terms.pop()[1:]) if terms[-1].startswith("-") else ""
    first, last = unquote(terms[0]), unquote(terms[-1])
    assert quote.startswith(first)
    assert quote.endswith(last)
    assert first == quote or len(terms) == 2
    assert text[:start].rstrip().endswith(prefix)
    assert text[start + len(quote) :].lstrip().startswith(suffix)
    assert "\n" not in prefix + first + last + suffix  # no term runs over the edge of a paragraph


@given(st.data(), st.lists(st.integers(0, 10**6), min_size=1, max_size=8, unique=True))
def test_a_fragment_finds_the_very_place(data: st.DataObject, numbers: list[int]) -> None:
    # Every paragraph has its number somewhere, and all else is said again and again.
    text = "\n\n".join(f"Q: No. {n}, then?\n\nA: We hope so. Nothing {n} more. We hope so." for n in numbers)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assume(text[start:end].strip() == text[start:end])
    assert found_by_a_browser(directive(text, start, end), text) == (start, end)


@pytest.mark.parametrize("path", [ENGLISH, CHINESE, READOUT])
def test_every_turn_of_an_example_is_found(path: Path) -> None:
    document = read(path)
    for turn in document:
        citation = cite(turn.span, turn=turn)
        assert citation.fragment is not None
        told = citation.fragment.partition(":~:text=")[2]
        assert found_by_a_browser(told, document.text) == (turn.start, turn.end)


# The command


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    with onrecord.open(folder, write=True, create_new=True) as opened:
        opened.add(onrecord.read(page(1).encode()))
        opened.add(onrecord.read(READOUT))
    return folder


@pytest.mark.slow
def test_cite_a_turn_of_a_desk(desk: Path) -> None:
    with onrecord.open(desk) as opened:
        document = next(opened.documents(issuer="cn-mfa"))
    turn = document.turns[2]
    told = run("cite", turn.id, "--desk", desk)
    assert told.stdout.startswith(
        "Ministry of Foreign Affairs of the People's Republic of China, Geng Shuang, “Foreign"
    )
    assert told.stdout.rstrip().endswith(f"SHA-256 {document.capture.sha256}.")
    narrowed = run("cite", turn.id, "--quote", " position  has\nnot changed", "--format", "json", "--desk", desk)
    assert json.loads(narrowed.stdout)["quote"] == "position has not changed"
    whole = run("cite", document.id[:-3], "--desk", desk)
    assert "on May 2, 2000”, 2 May 2000. No address known" in whole.stdout


@pytest.mark.slow
def test_cite_words_of_a_file_in_every_format(tmp_path: Path) -> None:
    asked = ("cite", READOUT, "--quote", "keep the strait open")
    text = run(*asked, cwd=tmp_path)
    assert (text.returncode, text.stderr) == (0, "")
    assert text.stdout.splitlines()[-1].endswith("valdoria/#:~:text=keep%20the%20strait%20open")
    assert run(*asked, "--format", "bibtex").stdout.startswith("@misc{us-whitehouse-2021-03-15-")
    (item,) = json.loads(run(*asked, "--format", "csl-json").stdout)
    assert item["type"] == "webpage"
    assert json.loads(run(*asked, "--format", "json").stdout)["csl"] == item


@pytest.mark.slow
@pytest.mark.parametrize(
    ("quote", "told"),
    [
        ("keep the harbour shut", "QueryError: us-whitehouse-2021-03-15-a36f4f23: it does not say “keep the harbour shut”. `onrecord show"),
        ("THE president stressed", "it does not say “THE president stressed”. As printed: “The President stressed”"),
        ("eep the strai", "it does not say"),  # words, not parts of them
        (" ", "--quote is empty"),
    ],
)  # fmt: skip
def test_words_that_are_not_there_are_told_with_the_next_step(quote: str, told: str) -> None:
    done = run("cite", READOUT, "--quote", quote)
    assert (done.returncode, done.stdout) == (1, "")
    assert told in done.stderr


def test_words_said_twice_are_cited_where_they_stand_first() -> None:
    done = run("cite", READOUT, "--quote", "The President", "--format", "json")
    assert done.returncode == 0
    assert re.search(r"a36f4f23 says this \d times; this cites the first", done.stderr)
    assert json.loads(done.stdout)["place"]["start"] == READOUT.read_bytes().index(b"The President spoke")


def test_a_turn_that_is_not_on_the_desk(desk: Path) -> None:
    done = run("cite", "cn-mfa-2000/nothing", "--desk", desk)
    assert done.returncode == 1
    assert "no turn 'cn-mfa-2000/nothing'" in done.stderr
