"""The turn grammar: what the codebook calls a question, an answer, a statement, a note."""

from __future__ import annotations

import pytest

from onrecord.reading.lines import Line
from onrecord.reading.turns import Mark, draft


def mark(voice: str, speaker: str | None = None, words: str = "words", **more: object) -> Mark:
    line = Line(words, [(0, 0, len(words), False)])
    return Mark(line=line, voice=voice, speaker=speaker, **more)  # type: ignore[arg-type]


def q(**more: object) -> Mark:
    return mark("reporter", **more)


def p(speaker: str | None = "Lee", **more: object) -> Mark:
    return mark("podium", speaker, **more)


more = lambda: mark("more")  # noqa: E731
note = lambda: mark("note")  # noqa: E731

CASES = [
    pytest.param([p(), q(), p()], "statement question answer", id="said unasked, asked, answered"),
    pytest.param([p(), p()], "statement", id="one speaker's paragraphs are one statement"),
    pytest.param([p("Lee"), p("Kim")], "statement statement", id="a hand-over: two speakers, two statements"),
    pytest.param([q(), p(), p()], "question answer", id="an answer runs on under a repeated label"),
    pytest.param([q(), p("Lee"), p("Kim")], "question answer answer", id="a second official goes on with the exchange"),
    pytest.param(
        [q(), p(), p(kind="statement", apart=True)], "question answer statement", id="an announcement at the end"
    ),
    pytest.param([q(), p(None), p(None)], "question answer answer", id="an anonymous label repeated is a new turn"),
    pytest.param([q(), q()], "question question", id="two reporters in a row"),
    pytest.param([q(), more(), p(), more(), more()], "question answer", id="paragraphs without a label go on"),
    pytest.param([q(), p(), q(), p(), q()], "question answer question answer question", id="retorts are questions"),
    pytest.param([q(), p(), note(), q(), p()], "question answer note question answer", id="a note divides"),
    pytest.param(
        [q(), p(), note(), more()], "question answer note answer", id="speech goes on behind a stage direction"
    ),
    pytest.param([q(), p(), mark("furniture"), more()], "question answer", id="a caption divides nothing"),
    pytest.param([q(), p("Host", kind="statement"), p()], "question statement answer", id="a moderator between them"),
    pytest.param(
        [q(), p(), p("Host", kind="statement"), p()], "question answer statement statement", id="closing words"
    ),
]


@pytest.mark.parametrize(("marks", "kinds"), CASES)
def test_the_grammar(marks: list[Mark], kinds: str) -> None:
    assert [turn.kind for turn in draft(marks)] == kinds.split()


def test_a_paragraph_before_anybody_speaks_is_reported() -> None:
    marks = [more(), q()]
    assert [turn.kind for turn in draft(marks)] == ["question"]
    assert (marks[0].voice, marks[0].name) == ("unread", "a paragraph before anybody speaks")


def test_a_named_reporter_with_two_labels_is_one_question_only_if_the_house_says_so() -> None:
    assert len(draft([q(outlet="AFP", speaker="Ann"), q(outlet="AFP", speaker="Ann")])) == 1
    assert len(draft([q(outlet="AFP"), q(outlet="AFP")])) == 2
