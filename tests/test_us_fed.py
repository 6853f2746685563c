"""The Federal Reserve's pages. All words and names here are invented; the structures are those of real pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import onrecord
from onrecord.reading.callers import outlet_behind
from onrecord.reading.lines import Line
from onrecord.record import Document, fold

OPENING = "<NAME>CHAIR HOLM</NAME>. Good afternoon. I look forward to your questions. "


def read(words: str) -> Document:
    return onrecord.read(words.encode(), house="us-fed")


def told(document: Document) -> list[tuple[str, str | None, str | None, str]]:
    return [(turn.kind, turn.speaker, turn.outlet, fold(turn.text)) for turn in document]


CONFERENCES = [
    (
        "<NAME>DAN ODA</NAME>. Rin. <NAME>RIN VALE</NAME>. Why? <NAME>CHAIR HOLM</NAME>. Because.",
        [
            ("statement", "Dan Oda", None, "Rin."),
            ("question", "Rin Vale", None, "Why?"),
            ("answer", "Holm", None, "Because."),
        ],
        "a moderator is one who names whoever speaks next",
    ),
    (
        "<NAME>RIN VALE</NAME>. Why? <NAME>CHAIR HOLM</NAME>. Because. <NAME>RIN VALE</NAME>. Thank you, Dan. "
        "<NAME>DAN ODA</NAME>. Tove. <NAME>TOVE LIND</NAME>. When? <NAME>CHAIR HOLM</NAME>. Soon.",
        [
            ("question", "Rin Vale", None, "Why?"),
            ("answer", "Holm", None, "Because."),
            ("question", "Rin Vale", None, "Thank you, Dan."),
            ("statement", "Dan Oda", None, "Tove."),
            ("question", "Tove Lind", None, "When?"),
            ("answer", "Holm", None, "Soon."),
        ],
        "a reporter who thanks the moderator is none",
    ),
    (
        "RIN VALE. Rin Vale of the Sampler. Why? <NAME>CHAIR HOLM</NAME>. The U.S. GDP. is small. RIN VALE. Oh. "
        "<NAME>CHAIR HOLM</NAME>. Yes.",
        [
            ("question", "Rin Vale", "Sampler", "Rin Vale of the Sampler. Why?"),
            ("answer", "Holm", None, "The U.S. GDP. is small."),
            ("question", "Rin Vale", "Sampler", "Oh."),
            ("answer", "Holm", None, "Yes."),
        ],
        "labels without a tag, behind the end of a sentence; an abbreviation is none; the outlet stays with the name",
    ),
    (
        "<NAME>RIN VALE</NAME>. Why? <NAME>CHAIRMAN HLM</NAME>. Because. <NAME>CHAIR HOLM</NAME>. And more. "
        "<NAME>RIN VALE</NAME>. Oh. <NAME>CHAIR HOLM</NAME>. Yes.",
        [
            ("question", "Rin Vale", None, "Why?"),
            ("answer", "Hlm", None, "Because."),
            ("answer", "Holm", None, "And more."),
            ("question", "Rin Vale", None, "Oh."),
            ("answer", "Holm", None, "Yes."),
        ],
        "a label too far from any other is no misprint of it",
    ),
    (
        "<NAME>RIN VALE</NAME>-OBI. Why? <NAME>CHAIR HOLM</NAME>. Because.",
        [("question", "Rin Vale-Obi", None, "Why?"), ("answer", "Holm", None, "Because.")],
        "a tag that ends before the second part of a name",
    ),
]


@pytest.mark.parametrize(("words", "turns", "why"), CONFERENCES, ids=[case[2] for case in CONFERENCES])
def test_press_conferences(words: str, turns: list[tuple[str, str | None, str | None, str]], why: str) -> None:
    document = read(OPENING + words)
    assert told(document)[1:] == turns
    assert "NAME" not in document.text
    assert not document.unread


def test_question_labels_of_the_first_years_name_nobody() -> None:
    words = "CHAIRMAN HOLM. Good afternoon.\n\nQUESTION. Rin Vale, the Sampler News. Why?\n\nCHAIRMAN HOLM. Because.\n\nIt is so.\n"
    assert told(read(words))[1:] == [
        ("question", "Rin Vale", "Sampler News", "Rin Vale, the Sampler News. Why?"),
        ("answer", "Holm", None, "Because. It is so."),
    ]


OUTLETS = [
    ("Rin Vale", "Hi. Rin Vale with the Sampler. Why?", "Sampler", "with"),
    ("Rin Vale", "We’ll go to Rin at Sampler News.", "Sampler News", "a given name alone"),
    ("Rin Vale", "Rin Vale, Sampler. Why?", "Sampler", "a comma behind the surname"),
    ("Rin Vale", "Rin Vale here, the Lantern Times.", "Lantern Times", "a word between"),
    ("Rin Vale", "Rin Vale with the Valdorian daily Lantern.", "Lantern", "what it is, before its name"),
    ("Rin Vale", "Rin, CNN.", "CNN", "a comma behind a given name: an outlet by its form"),
    ("Rin Vale", "Thank you, Rin, Chair Holm is ready.", None, "a comma behind a given name: somebody else"),
    ("Rin Vale", "Hi, Rin Vale, Chair Holm.", None, "a rank is no outlet"),
    ("Rin Vale", "Don Lee, L.A. Times.", None, "somebody else's"),
    ("Don Lee", "Don Lee, L.A. Times.", "L.A. Times", "initials in an outlet's name"),
    ("Greg Ip", "Greg Ip of the Sampler.", "Sampler", "a surname of two letters"),
    ("Rin Vale", "Rin Vale, Barron’s.", "Barron’s", "an outlet whose name ends so"),
    ("", "with the Sampler", None, "nobody"),
]


@pytest.mark.parametrize(("name", "words", "outlet", "why"), OUTLETS, ids=[case[3] for case in OUTLETS])
def test_the_outlet_behind_a_name(name: str, words: str, outlet: str | None, why: str) -> None:
    assert outlet_behind(name, words) == outlet


STATEMENTS = [
    ("The Committee kept its target.", "The Committee kept its target.", "nothing around it"),
    (
        "For immediate release The Committee kept its target.",
        "The Committee kept its target.",
        "a line of release before it",
    ),
    (
        "May 7 , 2031 For immediate release Share The Committee kept its target.",
        "The Committee kept its target.",
        "a day and a button before it",
    ),
    (
        "The Committee kept its target. 2031 Monetary policy Home | News and events Accessibility Last update: May 7 , 2031",
        "The Committee kept its target.",
        "the foot of the page behind it",
    ),
]


@pytest.mark.parametrize(("words", "said", "why"), STATEMENTS, ids=[case[2] for case in STATEMENTS])
def test_statements(words: str, said: str, why: str) -> None:
    document = onrecord.read(
        f"---\ntitle: FOMC statement\nissuer: us-fed\ndate: '2031-05-07'\n---\n\n{words}\n".encode()
    )
    assert [(turn.kind, turn.speaker, turn.text) for turn in document] == [("statement", None, said)]
    assert (document.date, document.heading.house, document.unread) == ("2031-05-07", "us-fed", ())


def test_words_below_the_foot_that_were_not_said_above_are_unread() -> None:
    words = "The Committee kept its target. Home | News and events Accessibility The Committee raised its target."
    document = onrecord.read(f"---\nissuer: us-fed\n---\n\n{words}\n".encode())
    assert [piece.why for piece in document.unread] == ["words below the page's foot: raised"]


def test_an_announcement_before_a_statement_is_a_note() -> None:
    note = "The Federal Reserve released the following statement after today's meeting:"
    document = onrecord.read(f"---\nissuer: us-fed\n---\n\nFor immediate release {note} The target stays.\n".encode())
    assert [(turn.kind, turn.text) for turn in document] == [("note", note), ("statement", "The target stays.")]


def test_a_line_without_some_of_its_words_keeps_the_places_of_the_others() -> None:
    line = Line("<b>Ann</b>. Yes. ", [(0, 10, 27, False)])
    bare = line.without([(0, 3), (6, 10)])
    assert bare.text == "Ann. Yes."
    assert bare.runs == [(0, 13, 16, False), (3, 20, 26, False)]


def test_both_forms_of_one_conference_say_the_same(shared: Path) -> None:
    """Transcripts that are held as PDF and as tagged text: the same turns by the same persons of the same outlets."""
    folder = shared / "data/us-fed"
    pages = sorted((folder / "press-conferences-pdf").glob("*.pdf"))
    pairs = [(page, folder / "press-conferences-txt" / f"{page.stem}.txt") for page in pages]
    held = [(page, text) for page, text in pairs if text.exists()][::3]
    assert held
    for page, text in held:
        assert _compared(onrecord.read(page)) == _compared(onrecord.read(text)), page.name


def _compared(document: Document) -> list[tuple[str, str | None, str | None, str]]:
    """The turns, with their words without what the row ends of a PDF change: hyphens and spaces."""
    return [(t.kind, t.speaker, t.outlet, re.sub(r"[\s\-–—]+", "", t.text)) for t in document]
