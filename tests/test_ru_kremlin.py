"""The names in the labels of the Kremlin's pages, and who asks on them: tables of cases with their reasons."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.houses.ru_kremlin.names import one_name_each, read_name

NAMES = [
    ("Ada Example", (), ("Ada Example", ""), "a name alone"),
    ("Minister of Lakes Ada Example", (), ("Ada Example", ""), "an office before it"),
    ("Minister of Lakes Ada von Example", ("Ada von Example",), ("Ada von Example", ""), "as the page prints it elsewhere"),
    ("AdaExample", ("Ada Example",), ("Ada Example", ""), "the space left out"),
    ("AdaEXAMPLE", ("Ada Example",), ("Ada Example", ""), "and in capitals"),
    ("MinisterofLakesAdaExample", (), ("Ada Example", ""), "an office and a name without any space"),
    ("Ada Example, reporter at Lake Channel", (), ("Ada Example", "Lake Channel"), "the outlet behind the name"),
    ("Ada Example, Senior Researcher of the Institute of Lakes", (), ("Ada Example", "Senior Researcher of the Institute of Lakes"), "the office behind the name"),
    ("King Ivo II of Arlen", (), ("Ivo II", ""), "a king of a country"),
    ("Patriarch Ivo of Arlen and All the Lakes", (), ("Ivo", ""), "a patriarch"),
    ("Patriarch of Arlen and All Norland Ivo", (), ("Ivo", ""), "the name behind the church"),
    ("Patriarch Ivo", (), ("Ivo", ""), "without his church"),
    ("Emir of Qatar Ivo bin Ada Al Example", (), ("Ivo bin Ada Al Example", ""), "the name behind the country"),
    ("Prince of Monaco Ivo II", (), ("Ivo II", ""), "the second of the name"),
    ("President of the Academy of Sciences", (), ("President of the Academy of Sciences", ""), "an office alone stands for a name"),
    ("Speech at the Forum of Lakes", (), (None, ""), "a heading names nobody"),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "others", "expected", "reason"), NAMES, ids=[case[3] for case in NAMES])
def test_the_name_in_a_label(
    printed: str, others: tuple[str, ...], expected: tuple[str | None, str], reason: str
) -> None:
    assert read_name(printed, {*others, printed}) == expected, reason


SPELLINGS = [
    ({"Ada Example": 3, "A. Example": 1}, (), {"A. Example": "Ada Example"}, "an initial"),
    ({"A. Example": 3, "Ada Example": 1}, (), {"A. Example": "Ada Example"}, "however often it is printed"),
    ({"Sergei Example": 3, "Sergey Example": 1}, (), {"Sergey Example": "Sergei Example"}, "another way to write a first name"),
    ({"Sergei Example": 3, "Sergey Example": 1}, ("Sergey Example",), {"Sergei Example": "Sergey Example"}, "the page tags the name it means"),
    ({"Vladimir Example": 3, "Vladmir Example": 1}, (), {"Vladmir Example": "Vladimir Example"}, "a misprint"),
    ({"Vladimir Example": 3, "Vitaly Example": 1}, (), {"Vitaly Example": "Vitaly Example"}, "a namesake"),
    ({"ADA EXAMPLE": 1, "Ben ExamplE": 1}, (), {"ADA EXAMPLE": "Ada Example", "Ben ExamplE": "Ben Example"}, "capitals"),
    ({"Ada McExample": 1}, (), {"Ada McExample": "Ada McExample"}, "a name with a capital in it"),
    ({"Ada B. Example": 1, "Ada Example": 2}, (), {"Ada Example": "Ada B. Example"}, "the fuller form"),
]  # fmt: skip


@pytest.mark.parametrize(("names", "tagged", "expected", "reason"), SPELLINGS, ids=[case[3] for case in SPELLINGS])
def test_one_person_has_one_name(
    names: dict[str, int], tagged: tuple[str, ...], expected: dict[str, str], reason: str
) -> None:
    assert expected.items() <= one_name_each(names, tagged).items(), reason


def kinds(title: str, *paragraphs: str) -> list[tuple[str, str | None]]:
    shown = "".join(f"<p>{one}</p>" for one in paragraphs)
    page = f"""<html><head><title>{title} • President of Russia</title></head><body>
    <a href="http://en.kremlin.ru/">Home</a><h1 class="entry-title">{title}</h1>
    <div class="read__internal_content">{shown}</div></body></html>"""
    return [(turn.kind, turn.speaker) for turn in onrecord.read(page.encode())]


def test_a_remark_in_a_meeting_is_no_reporters() -> None:
    meeting = ("<b>Vladimir Putin:</b> Let us begin.", "<b>Remark:</b> One moment.", "<b>Vladimir Putin:</b> Please.")
    assert [kind for kind, _ in kinds("Meeting on lakes", *meeting)] == ["statement", "statement", "statement"]
    assert [kind for kind, _ in kinds("News conference on lakes", *meeting)] == ["statement", "question", "answer"]


def test_hosts_lead_on_and_ask() -> None:
    hosted: list[str] = [
        "<b>Ada Example:</b> Good afternoon, this is an invented programme.",
        "<b>Ben Nobody:</b> Shall we begin?",
        "<b>Vladimir Putin:</b> Yes.",
    ]
    for _ in range(8):
        hosted += ["<b>Ada Example:</b> What about the lakes?", "<b>Vladimir Putin:</b> They are blue."]
        hosted += ["<b>Ben Nobody:</b> And the rivers?", "<b>Vladimir Putin:</b> They are long."]
    hosted += [
        "<b>Ada Example:</b> Our call centre has a message.",
        "<b>Eve Viewer:</b> Who mends the roads?",
        "<b>Vladimir Putin:</b> We do.",
    ]
    told = kinds("Direct Line with Vladimir Putin", *hosted)
    assert told[:3] == [("statement", "Ada Example"), ("question", "Ben Nobody"), ("answer", "Vladimir Putin")]
    assert told[-3:] == [("statement", "Ada Example"), ("question", "Eve Viewer"), ("answer", "Vladimir Putin")]
