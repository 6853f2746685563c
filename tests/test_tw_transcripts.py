"""Transcripts whose labels are headings: who a label is, and what a turn is. Every transcript here is an invented example."""

from __future__ import annotations

from pathlib import Path

import pytest

import onrecord
from onrecord.houses.tw_transcripts.exchange import manages_room
from onrecord.houses.tw_transcripts.voices import who_is

LABELS = [
    ("中央社", "reporter", None, "中央社", "an outlet"),
    ("中央社 蘇小明", "reporter", "蘇小明", "中央社", "an outlet and its reporter"),
    ("中央社蘇小明", "reporter", "蘇小明", "中央社", "without a space"),
    ("電子時報記者林小海", "reporter", "林小海", "電子時報", "with the word for reporter between"),
    ("經濟日報記者", "reporter", None, "經濟日報", "or behind"),
    ("iThome 余小海", "reporter", "余小海", "iThome", "in two scripts"),
    ("Ada Example, Example Weekly", "reporter", "Ada Example", "Example Weekly", "in English"),
    ("Example, Ada", None, "Example, Ada", None, "a name turned round is no outlet"),
    ("記者", "reporter", None, None, "nobody by name"),
    ("同上記者", "reporter", None, None, "the same as before"),
    ("提問者", "reporter", None, None, "another word"),
    ("日本記者", "reporter", None, None, "a country is no outlet"),
    ("Interviewer", "reporter", None, None, "in English"),
    ("觀眾（小海）", "reporter", "小海", None, "one of the audience"),
    ("司儀", "moderator", "司儀", None, "who leads"),
    ("口譯人員", "interpreter", "口譯人員", None, "who translates"),
    ("預告片", "voice", "預告片", None, "what is played"),
    ("唐鳳", "podium", "唐鳳", None, "an office-holder"),
    ("王小海（豆子）", None, "王小海", None, "a nickname is left out; who he is only the page tells"),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "voice", "speaker", "outlet", "reason"), LABELS, ids=[case[0] for case in LABELS])
def test_a_label_says_who_speaks(
    printed: str, voice: str | None, speaker: str | None, outlet: str | None, reason: str
) -> None:
    who = who_is(printed)
    assert (who.voice, who.speaker, who.outlet) == (voice, speaker, outlet)


ROOM = [
    ("接下來請唐鳳政委。", True, "gives the floor"),
    ("還有沒有媒體朋友要提問？", True, "calls for questions"),
    ("好，謝謝部長，下一個問題。", True, "thanks and goes on"),
    ("感謝大家來，記者會到此結束。", True, "closes"),
    ("如果沒有，我們就謝謝大家。", True, "closes"),
    ("請說。", True, "lets somebody speak"),
    ("對。", False, "assent is an answer"),
    ("沒有問題。", False, "so is this"),
    ("對，都沒有任何的限制。", False, "and this"),
    ("謝謝中央社提問，因為船在海上。", False, "thanks and answers"),
    ("請不要寫說代表他們的組織。", False, "asks for something"),
]


@pytest.mark.parametrize(("words", "manages", "reason"), ROOM, ids=[f"{case[0]} {case[2]}" for case in ROOM])
def test_words_that_only_manage_the_room_are_known(words: str, manages: bool, reason: str) -> None:
    assert manages_room(words) is manages


def read(folder: Path, body: str, title: str = "2020-05-04 數位部記者會") -> list[tuple[str, str | None, str | None]]:
    page = folder / "page.md"
    page.write_text(f"# {title}\n\n" + body.replace("|", "\n\n").replace("：:", "：\n"), encoding="utf-8")
    return [(turn.kind, turn.speaker, turn.outlet) for turn in onrecord.read(page)]


PAGES = [
    ("### 林海音：:大家好。|### 林海音：:開始吧。|### 問：:有燈嗎？|### 問：:亮嗎？|### 林海音：:有。",
     [("statement", "林海音", None), ("question", None, None), ("answer", "林海音", None)],
     "labels repeated above every paragraph are one turn"),
    ("### 林海音：:大家好。|### 問：:有燈嗎？|### 問：:亮嗎？|### 林海音：:有。",
     [("statement", "林海音", None), ("question", None, None), ("question", None, None), ("answer", "林海音", None)],
     "elsewhere a label repeated for nobody by name is another turn"),
    ("### 林海音：:大家好。|> （播放影片）|### 林海音：:看完了。|> （燈塔：第二頁）|### 林海音：:還有。",
     [("statement", "林海音", None), ("note", None, None), ("statement", "林海音", None)],
     "a stage direction is a note, the title of a slide is not"),
    ("### 司儀：:好，請台視。|### 問：:有燈嗎？|### 林海音：:有。",
     [("statement", "司儀", None), ("question", None, "台視"), ("answer", "林海音", None)],
     "a reporter is called by the outlet"),
    ("### 問：:「中央社：有燈嗎？」|### 林海音：:有。",
     [("question", None, "中央社"), ("answer", "林海音", None)],
     "a question read out names its outlet"),
    ("### 問：:有燈嗎？|### 林海音：:有。|### 王大為：:也有鏡子。|### 問：:謝謝。",
     [("question", None, None), ("answer", "林海音", None), ("answer", "王大為", None), ("question", None, None)],
     "several officials answer one question"),
    ("### 問：:有燈嗎？|### 林海音：:有。|### 林海音：:提問者：亮嗎？|### 林海音：:亮。",
     [("question", None, None), ("answer", "林海音", None), ("question", None, None), ("answer", "林海音", None)],
     "a question that is read out is the asker's"),
    ("### 林海音：:大家好。|### 問：:[laughs]|### 林海音：:2040. 那一年。",
     [("statement", "林海音", None), ("question", None, None), ("answer", "林海音", None)],
     "brackets under a label are what was said"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "turns", "reason"), PAGES, ids=[case[2] for case in PAGES])
def test_who_says_what(tmp_path: Path, body: str, turns: list[tuple[str, str | None, str | None]], reason: str) -> None:
    assert read(tmp_path, body) == turns


def test_the_title_of_an_interview_names_the_outlet_and_who_is_asked(tmp_path: Path) -> None:
    body = "### 陳小海：:有燈嗎？|### 林海音：:有。"
    asked = [("question", "陳小海", "中央社"), ("answer", "林海音", None)]
    assert read(tmp_path, body, "2020-05-04 中央社專訪林海音部長（數位部）") == asked
    assert read(tmp_path, body, "2020-05-04 數位部陳小海訪問") == [
        ("question", "陳小海", None),
        ("answer", "林海音", None),
    ]
