"""The Foreign Ministry's pages. All words here are invented; the structures are those of real pages."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import onrecord
from onrecord import houses
from onrecord.errors import Damaged, NotAStatement, NoTurns
from onrecord.houses.cn_mfa.heading import official_of
from onrecord.houses.cn_mfa.labels import read_label

Read = Callable[..., onrecord.Document]
ZH = "2019年5月4日外交部发言人耿爽主持例行记者会"


def told(document: onrecord.Document) -> list[tuple[str, str | None, str]]:
    return [(turn.kind, turn.outlet or turn.speaker, turn.text) for turn in document]


LABELS = [
    ("Q: Why?", ("reporter", None), "the old era"),
    ("A: Because.", ("podium", "Geng Shuang"), "the old era's answer is the title's official"),
    ("Q：Why?", ("reporter", None), "a full-width colon"),
    ("CCTV: Why?", ("reporter", "CCTV"), "an outlet"),
    ("Radio Nowhere: Why?", ("reporter", "Radio Nowhere"), "an outlet nobody knows"),
    ("Follow-up: And?", ("reporter", None), "a follow-up names no outlet"),
    ("Journalist: Yes.", ("reporter", None), "roles turned round"),
    ("geng shuang: No.", ("podium", "Geng Shuang"), "a name misprinted"),
    ("《环球时报》记者：为什么？", ("reporter", "环球时报"), "brackets and 记者 off"),
    ("总台央视记者提问：为什么？", ("reporter", "总台央视"), "提问 off"),
    ("路透社记者追问：为什么？", ("reporter", "路透社"), "追问 off"),
    ("记者（点头）：是。", ("reporter", None), "a gesture in the label"),
    ("二、问：为什么？", ("reporter", None), "numbered questions"),
    ("追问二：为什么？", ("reporter", None), "numbered follow-ups"),
    ("外交部发言人华春莹应询表示：没有。", ("podium", "华春莹"), "an office and a verb around the name"),
    ("I have two points to make: first, no.", None, "speech that ends in a colon"),
    ("Between 00:00 and 24:00 on March 4, many recovered.", None, "a time of day"),
    ("Our position is very clear: no.", None, "a sentence"),
    ("首先向大家通报一组数字：三。", None, "speech in Chinese"),
    ("外交部将于1月11日上午9：30举行吹风会。", None, "a time in Chinese"),
    ("No colon at all.", None, "nothing to read"),
]


@pytest.mark.parametrize(("words", "expected", "reason"), LABELS, ids=[case[2] for case in LABELS])
def test_labels_and_false_labels(words: str, expected: tuple[str, str | None] | None, reason: str) -> None:
    label = read_label(words, "Geng Shuang")
    assert (label and (label.voice, label.outlet or label.speaker)) == expected


ARTICLES = [
    (
        "<p><b>Q: One?</b></p><p>A: First.</p><p>Second, at length.</p><p><b>Q: Two?</b></p><p>A: No.</p>",
        [("question", None, "One?"), ("answer", "Geng Shuang", "First.\n\nSecond, at length."), ("question", None, "Two?"),
         ("answer", "Geng Shuang", "No.")],
        "answers run on over paragraphs",
    ),
    (
        "<p>Welcome, all.</p><p>A visit is near.</p><p><b>CCTV: When?</b></p><p>Geng Shuang: Soon.</p>",
        [("statement", "Geng Shuang", "Welcome, all.\n\nA visit is near."), ("question", "CCTV", "When?"), ("answer", "Geng Shuang", "Soon.")],
        "an unlabelled opening is the official's, and one",
    ),
    (
        "<p>Q: One?<br>A: First.<br><br>Q: Two?<br>A: No.</p>",
        [("question", None, "One?"), ("answer", "Geng Shuang", "First."), ("question", None, "Two?"), ("answer", "Geng Shuang", "No.")],
        "paragraphs glued by breaks",
    ),
    (
        "<p>Q: Is it so? A: It is. We said that before.</p>",
        [("question", None, "Is it so?"), ("answer", "Geng Shuang", "It is. We said that before.")],
        "question and answer in one paragraph",
    ),
    (
        "<p><b>Q: Who told you?</b></p><p>A: Who told you that?</p><p><b>Somebody did.</b></p><p>Then ask him.</p>",
        [("question", None, "Who told you?"), ("answer", "Geng Shuang", "Who told you that?"), ("question", None, "Somebody did."),
         ("answer", "Geng Shuang", "Then ask him.")],
        "a retort told by its bold letters alone, and the answer by their absence",
    ),
    (
        "<p>Q: One?</p><p>A: First.</p><p>***</p><p>There is a notice to give.</p>",
        [("question", None, "One?"), ("answer", "Geng Shuang", "First."), ("statement", "Geng Shuang", "There is a notice to give.")],
        "closing words behind a divider",
    ),
    (
        "<p>Q: One?</p><p>A: First.</p><p>Due to scheduling reasons, the regular press conference tomorrow will be held at 14:30.</p>",
        [("question", None, "One?"), ("answer", "Geng Shuang", "First."),
         ("statement", "Geng Shuang", "Due to scheduling reasons, the regular press conference tomorrow will be held at 14:30.")],
        "closing words that no divider marks off",
    ),
    (
        "<p>Q: One?</p><p>A: I will check on it after the press conference.</p>"
        "<p><b>The following question was raised after the press conference: is it so?</b></p><p>A: It is.</p>",
        [("question", None, "One?"), ("answer", "Geng Shuang", "I will check on it after the press conference."),
         ("question", None, "is it so?"), ("answer", "Geng Shuang", "It is.")],
        "a question put afterwards, its announcement in the same paragraph; and the trap",
    ),
    (
        "<p>Q: One?</p><p>A: First.</p><p>The following questions were raised after the press conference:</p><p>Q: Two?</p><p>A: No.</p>",
        [("question", None, "One?"), ("answer", "Geng Shuang", "First."),
         ("note", None, "The following questions were raised after the press conference:"), ("question", None, "Two?"),
         ("answer", "Geng Shuang", "No.")],
        "the announcement standing alone is a note",
    ),
    (
        "<p>Q: One?</p><p>A: First.</p><p>(The microphone failed and was mended.)</p><p>As I said, first.</p>",
        [("question", None, "One?"), ("answer", "Geng Shuang", "First."), ("note", None, "(The microphone failed and was mended.)"),
         ("answer", "Geng Shuang", "As I said, first.")],
        "a stage direction alone, and the answer going on",
    ),
    (
        "<p>Q: One?</p><p>A: I have two points to make:</p><p>First: (laughs) no.</p><p>Our view: it is early.</p>",
        [("question", None, "One?"), ("answer", "Geng Shuang", "I have two points to make:\n\nFirst: (laughs) no.\n\nOur view: it is early.")],
        "colons that are speech",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("article", "turns", "reason"), ARTICLES, ids=[case[2] for case in ARTICLES])
def test_articles(read_html: Read, article: str, turns: list[tuple[str, str | None, str]], reason: str) -> None:
    document = read_html(article)
    assert told(document) == turns
    assert document.unread == ()


CHINESE = [
    (
        "<p><b>　　问：</b><b>有消息吗？</b></p><p>　　答：没有。</p><p>　　<b>追问：真的吗？</b></p><p>　　真的。</p>",
        [("question", None, "有消息吗？"), ("answer", "耿爽", "没有。"), ("question", None, "真的吗？"), ("answer", "耿爽", "真的。")],
        "indents, bold in pieces, a follow-up, an answer without its label",
    ),
    (
        "<p>毛宁：今天我来介绍新同事。</p><p>耿爽：大家好。</p><p><b>《每日新闻》记者：有消息吗？</b></p><p>耿爽：没有。</p>",
        [("statement", "毛宁", "今天我来介绍新同事。"), ("statement", "耿爽", "大家好。"), ("question", "每日新闻", "有消息吗？"),
         ("answer", "耿爽", "没有。")],
        "two officials when a new one is introduced",
    ),
    (
        "<p>问：有消息吗？</p><p>答：你从哪里听说的？</p><p>（记者：报纸上。）</p><p>我没有看到。</p>",
        [("question", None, "有消息吗？"), ("answer", "耿爽", "你从哪里听说的？"), ("question", None, "报纸上。"), ("answer", "耿爽", "我没有看到。")],
        "a reporter's word thrown in between brackets",
    ),
    (
        "<p>问：有消息吗？</p><p>答：没有。</p><p>因日程安排原因，明天外交部例行记者会提前至14:30举行。</p>",
        [("question", None, "有消息吗？"), ("answer", "耿爽", "没有。"), ("statement", "耿爽", "因日程安排原因，明天外交部例行记者会提前至14:30举行。")],
        "a notice at the end",
    ),
    (
        "<p>问：有消息吗？</p><p>答：没有。</p><p><b>会后有记者问及：会谈何时举行？</b></p><p>耿爽表示，很快举行。</p>",
        [("question", None, "有消息吗？"), ("answer", "耿爽", "没有。"), ("question", None, "会谈何时举行？"), ("answer", "耿爽", "耿爽表示，很快举行。")],
        "asked afterwards, answered in reported speech",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("article", "turns", "reason"), CHINESE, ids=[case[2] for case in CHINESE])
def test_chinese_articles(read_html: Read, article: str, turns: list[tuple[str, str | None, str]], reason: str) -> None:
    document = read_html(article, ZH)
    assert told(document) == turns
    assert document.language == "zh"


def test_what_was_shown_before_the_conference_is_a_note(read_html: Read) -> None:
    document = read_html(
        "<p>Before the conference a film was shown.</p><p>Welcome.</p><p><b>Q: So?</b></p><p>A: So.</p>"
    )
    assert [turn.kind for turn in document] == ["note", "statement", "question", "answer"]


def test_a_plain_paragraph_behind_a_remark_thrown_in_is_the_podiums(read_html: Read) -> None:
    document = read_html(
        "<p>问：有消息吗？</p><p>答：你听说了什么？</p><p>记者：报纸上说有。</p><p>我没有看到。</p>", ZH
    )
    assert told(document)[2:] == [("question", None, "报纸上说有。"), ("answer", "耿爽", "我没有看到。")]


def test_an_outlet_of_two_alphabets_is_doubtful(read_html: Read) -> None:
    """The first е of the label is Cyrillic: an outlet of its own nobody has heard of."""
    document = read_html("<p><b>R\u0435uters: So?</b></p><p>Geng Shuang: So.</p>")
    assert [(turn.kind, turn.outlet) for turn in document] == [("question", None), ("answer", None)]
    assert [one.why for one in document.unread] == ["doubtful label: R\u0435uters mixes alphabets"]


@pytest.mark.parametrize(
    ("title", "official"),
    [
        ("外交部发言人就我国渔民获救答记者问", None),
        ("外交部发言人耿爽就渔民获救答记者问", "耿爽"),
        ("外交部发言人李明就此答记者问", "李明"),
    ],
)
def test_titles_name_their_official_or_nobody(title: str, official: str | None) -> None:
    assert official_of(title) == official


HEADINGS = [
    (
        "Foreign Ministry Spokesperson Lu Kang's Regular Press Conference on June11, 2018",
        "2018-06-11",
        "title",
        "press-conference",
    ),
    (
        "Foreign Ministry Spokesperson Hua Chunying's Daily Briefing Online on February 3, 2020",
        "2020-02-03",
        "title",
        "press-conference",
    ),
    ("Foreign Ministry Spokesperson Hua Chunying's Remarks on August 6, 2019", "2019-08-06", "title", "remarks"),
    ("2020年2月3日外交部发言人华春莹主持网上例行记者会", "2020-02-03", "title", "press-conference"),
    ("外交部发言人华春莹2018年2月15日答记者问", "2018-02-15", "title", "remarks"),
]


@pytest.mark.parametrize(("title", "day", "source", "kind"), HEADINGS, ids=[case[0][:60] for case in HEADINGS])
def test_headings(read_html: Read, title: str, day: str, source: str, kind: str) -> None:
    document = read_html(
        "<p>Q: So?</p><p>A: So.</p>" if title.isascii() else "<p>问：有消息吗？这个问题很重要。</p><p>答：没有。</p>",
        title,
    )
    assert (document.title, document.date, document.heading.date_from, document.kind) == (title, day, source, kind)
    assert document.issuer == "cn-mfa"


def test_a_missing_year_is_inferred_from_what_stands_around_and_marked(read_html: Read) -> None:
    title = "Foreign Ministry Spokesperson Geng Shuang's Regular Press Conference on September 28"
    article = '<p><img src="./W020180928712345678901.jpg"></p><p>Q: So?</p><p>A: So.</p>'
    document = read_html(article, title)
    assert (document.date, document.heading.date_from) == ("2018-09-28", "inferred")
    without = read_html("<p>Q: So?</p><p>A: So.</p>", title)
    assert (without.date, without.heading.date_from) == (None, None)


def test_everything_else_on_the_page_is_named(read_html: Read) -> None:
    document = read_html("<p>Q: So?</p><p>A: So.</p>")
    assert [piece.name for piece in document.furniture] == ["title", "navigation", "share-bar", "copyright"]
    for piece in document.furniture:
        assert document.data[piece.byte_start : piece.byte_end]


@pytest.mark.parametrize(
    ("body", "error", "words"),
    [
        pytest.param("<ul>" + "<li><a href='x'>2019年5月4日外交部发言人耿爽主持例行记者会</a>" * 20, NotAStatement, "listing", id="a listing"),
        pytest.param("<p>Sorry, the page you requested cannot be found.</p>", NotAStatement, "error page", id="an error page, status 200"),
        pytest.param("<script>document.cookie='a=b'</script>", NotAStatement, "bot wall", id="a bot wall"),
        pytest.param(f"<h2 class='title'>{ZH}</h2><div class='content'><img src='a.jpg'></div>", NoTurns, "no words", id="only pictures"),
    ],
)  # fmt: skip
def test_what_is_no_conference_is_refused_by_name(body: str, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        onrecord.read(f"<html><body>{body}</body></html>".encode(), house="cn-mfa")


def test_a_conference_of_announcements_alone_is_read_with_a_warning() -> None:
    page = f"<html><body><h2 class='title'>{ZH}</h2><div class='content'><p>他说了话。</p></div></body></html>"
    with pytest.warns(UserWarning, match="without a question"):
        document = onrecord.read(page.encode(), house="cn-mfa")
    assert told(document) == [("statement", "耿爽", "他说了话。")]


def test_a_page_that_breaks_off_is_told() -> None:
    title = "Foreign Ministry Spokesperson Geng Shuang's Regular Press Conference on May 4, 2019"
    page = f"<html><body><ul><li><a href='fmprc.gov.cn'>Home</a></ul><h2 class='title'>{title}</h2><div class='content'><p>Q: So?</p><p>A: It is no"
    with pytest.warns(UserWarning, match="breaks off, its last words may be missing"):
        document = onrecord.read(page.encode())
    assert [turn.text for turn in document] == ["So?", "It is no"]
    with pytest.raises(Damaged, match="breaks off before anybody speaks"):
        onrecord.read(page[:60].encode(), house="cn-mfa")


def test_a_page_of_another_ministry_is_nobodys() -> None:
    page = b"<html><title>Ministry of Fisheries</title><body><p>The season opens on Monday.</p></body></html>"
    with pytest.raises(onrecord.errors.UnknownHouse, match="--house"):
        onrecord.read(page)


def test_every_real_page_is_read_and_nothing_is_left_over(shared: Path) -> None:
    """A tenth of the pages, which is what a test run has time for; the figures for all are in bench/."""
    paragraphs = unread = 0
    for folder in ("en", "zh", "zh-2020"):
        for page in sorted((shared / "data/cn-mfa" / folder).glob("*.shtml"))[::10]:
            document = onrecord.read(page)
            unread += len(document.unread)
            paragraphs += document.text.count("\n\n") + 1
            for turn in document:
                assert turn.span.source()
    assert unread <= paragraphs * 0.005


def test_the_structure_gold_is_reached(shared: Path) -> None:
    floors = {"turns": 0.99, "speaker": 0.99, "outlet": 0.98, "metadata": 0.99}
    command = [sys.executable, "-m", "onrecord.cli", "read", "--format", "json"]
    run = subprocess.run(
        [sys.executable, str(shared / "tools/score_structure.py"), str(shared / "gold/structure/cn-mfa"), str(shared / "data"), "--", *command],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    last = run.stdout.strip().splitlines()[-1]
    words = last.replace(";", "").split()
    reached = {"turns": float(words[words.index("F1") + 1])} | {
        name: float(words[words.index(name) + 1]) for name in ("speaker", "outlet", "metadata")
    }
    assert last.endswith("pages failed 0")
    assert all(reached[name] >= floor for name, floor in floors.items()), json.dumps(reached)


@pytest.mark.parametrize("path", houses.find("cn-mfa").examples, ids=lambda path: path.name)
def test_a_page_reads_the_same_whether_its_house_is_recognised_or_named(path: Path) -> None:
    assert onrecord.read(path).to_json() == onrecord.read(path, house="cn-mfa").to_json()
