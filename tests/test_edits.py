"""What changed between two versions, told at the level at which it changed, and what matters most at the top."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.comparing import Edit, edits
from onrecord.comparing.ranking import TOUCHES
from onrecord.record import Document

NUMBERS = itertools.count()


def statement(*sentences: str, title: str = "Joint Statement on Arcadia and Ruritania", between: str = " ") -> Document:
    """An invented White House statement."""
    page = f"""---
date: '2026-02-06'
source_url: https://www.whitehouse.gov/briefings-statements/2026/02/invented/
title: {title}
---

{between.join(sentences)}
"""
    return onrecord.annotate(onrecord.read(page.encode()))


def conference(*turns: str) -> Document:
    """An invented conference of the State Department."""
    said = "".join(
        f"<p><strong>{label}:</strong> {words}</p>" for label, words in (turn.split(": ", 1) for turn in turns)
    )
    page = (
        "<item><title>Department Press Briefing – March 3, 2022</title><link>https://www.state.gov/briefings/invented/</link>"
        f"<content:encoded><![CDATA[{said}]]></content:encoded></item>"
    )
    return onrecord.annotate(onrecord.read(page.encode()))


FIRST = "The two leaders met in Zenda on Monday."
BUY = "Arcadia committed to buy 200 tons of grain from Ruritania."
SUPPORT = "The United States will continue to provide support to the forces of Canada."
LAST = "They discussed the harvest and thanked the host."

CASES = [
    # (why, before, after, (kind, words before, words after) of each edit, the most important first)
    ("the same words in other paragraphs", [FIRST, BUY], [FIRST, "\n\n" + BUY], []),
    ("a sentence divided in two", [FIRST, "They ate; Bob sang."], [FIRST, "They ate. Bob sang."], []),
    ("other quotation marks", [FIRST, 'It was "good" there.'], [FIRST, "It was “good” there."], []),
    ("one word", [FIRST, LAST], [FIRST.replace("Monday", "Tuesday"), LAST], [("reworded", "Monday", "Tuesday")]),
    ("a sentence gone", [FIRST, BUY, LAST], [FIRST, LAST], [("dropped", BUY, None)]),
    ("two sentences more, one edit", [FIRST], [FIRST, BUY, LAST], [("added", None, f"{BUY} {LAST}")]),
    ("a sentence elsewhere", [FIRST, BUY, LAST], [BUY, FIRST, LAST], [("moved", None, None)]),
    (
        "an undertaking weakened stands above a figure, a figure above a misprint",
        [BUY, "Some 40 guests came.", "The dinner was excelent for all."],
        [BUY.replace("committed", "intends"), "Some 60 guests came.", "The dinner was excellent for all."],
        [("reworded", "committed", "intends"), ("reworded", "40", "60"), ("reworded", "excelent", "excellent")],
    ),
    (
        "an undertaking lost stands above another sentence dropped",
        [FIRST, LAST, SUPPORT],
        [FIRST],
        [("dropped", f"{LAST} {SUPPORT}", None)],
    ),
]


@pytest.mark.parametrize(("old", "new", "told"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_changed_is_told_where_it_changed(
    old: list[str], new: list[str], told: list[tuple[str, str | None, str | None]]
) -> None:
    before, after = statement(*old), statement(*new)
    found = edits(before, after)
    assert [one.kind for one in found] == [kind for kind, _, _ in told]
    for one, (_, gone, come) in zip(found, told, strict=True):
        for side, words in ((one.before, gone), (one.after, come)):
            if words is not None:
                assert side is not None
                assert words in side.words
        for side, document in ((one.before, before), (one.after, after)):
            if side is not None:
                assert document.text[side.start : side.end] == side.words


TOUCHED = [
    # (why, before, after, what it touches first)
    ("the ladder goes down", BUY, BUY.replace("committed to", "intends to"), "undertaking weakened"),
    ("words of an undertaking", SUPPORT, SUPPORT.replace("support", "arms"), "undertaking"),
    ("a million is no misprint of a billion", "It cost 4 million dollars.", "It cost 4 billion dollars.", "number"),
    ("a figure in words", "It took two decades to build.", "It took four decades to build.", "number"),
    ("not", "The delegation did discuss the border.", "The delegation did not discuss the border.", "negation"),
    ("a state less", "It was signed by France, Canada and Japan.", "It was signed by France and Canada.", "actor"),
    ("capitals", "They thanked his holiness for it.", "They thanked His Holiness for it.", "spelling"),
    ("a space", "Construction ofthe bridge began.", "Construction of the bridge began.", "spelling"),
    ("a heading", "They met.", "They met.\n\nOffice of the Spokesperson", "furniture"),
]


@pytest.mark.parametrize(("old", "new", "touched"), [case[1:] for case in TOUCHED], ids=[case[0] for case in TOUCHED])
def test_what_an_edit_touches(old: str, new: str, touched: str) -> None:
    (found,) = edits(statement(FIRST, old), statement(FIRST, new))
    assert found.touches[0] == touched
    assert set(found.touches) <= set(TOUCHES)


def test_ranks_fall_from_undertakings_to_furniture() -> None:
    order = ["undertaking weakened", "number", "negation", "spelling", "furniture"]
    ranks = [
        edits(statement(FIRST, old), statement(FIRST, new))[0].rank
        for wanted in order
        for _, old, new, touched in TOUCHED
        if touched == wanted
    ]
    by_touch = [max(rank for rank in ranks[i : i + 1]) for i in range(len(ranks))]
    assert edits(statement(FIRST, BUY), statement(FIRST, BUY.replace("committed", "intends")))[0].rank == max(by_touch)
    assert by_touch[-1] == min(by_touch)


def test_how_the_words_moved_on_the_ladder_is_said() -> None:
    (found,) = edits(statement(BUY), statement(BUY.replace("committed to", "intends to")))
    assert found.note == "commitment: committed to → intends to, down"


def test_a_label_that_names_another_is_told_as_such() -> None:
    before = conference("MR PRICE: Good afternoon.", "QUESTION: Thanks for the call.", "MR PRICE: Of course.")
    after = conference("MR PRICE: Good afternoon.", "MS ROE: Thanks for the call.", "MR PRICE: Of course.")
    (found,) = edits(before, after)
    assert found.kind == "speaker"
    assert found.touches[0] == "speaker"
    assert found.note is not None
    assert "Roe" in found.note


def test_titles_are_compared() -> None:
    (found,) = edits(statement(BUY), statement(BUY, title="Joint Statement On Arcadia and Ruritania"))
    assert (found.kind, found.touches) == ("title", ("spelling",))
    (found,) = edits(statement(BUY), statement(BUY, title="Proclamation of a Day of Bees"))
    assert found.touches[-1] == "text"
    assert found.rank > 3


def test_another_text_is_one_edit() -> None:
    old = [
        f"The {word} of Arcadia is kept by rule {word}." for word in "sea air road mine fish wood law tax coin".split()
    ]
    new = [f"Bees like {word} in spring." for word in "red blue white black green pink gold grey brown".split()]
    (found,) = edits(statement(*old), statement(*new))
    assert found.kind == "replaced"


def test_chinese_is_compared_by_character() -> None:
    def page(words: str) -> Document:
        return onrecord.annotate(
            onrecord.read(f"外交部发言人汪文斌主持例行记者会\n\n路透社记者：有何评论？\n\n汪文斌：{words}".encode())
        )

    (found,) = edits(page("中方承诺提供三亿元。我们希望各方克制。"), page("中方承诺提供五亿元。我们希望各方克制。"))
    assert (found.kind, "number" in found.touches) == ("reworded", True)
    assert found.before is not None
    assert found.before.words == "汪文斌：中方承诺提供三亿元。"  # a label and the first words of its turn are one


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from([FIRST, BUY, SUPPORT, LAST, "Yes.", "No.", "He left."]), min_size=1, max_size=7), st.data()
)
def test_every_changed_word_is_told_once(sentences: list[str], data: st.DataObject) -> None:
    """The words of the older text without those that are gone, with those that are new, are the words of the newer one."""
    other = data.draw(st.permutations(sentences))[: data.draw(st.integers(1, len(sentences)))]
    before, after = statement(*sentences), statement(*other)
    found = edits(before, after)
    assert found == edits(before, after)
    if other == sentences:
        assert found == ()
    gone, come = _words(found, "before"), _words(found, "after")
    assert sorted([*_said(before.text), *come]) == sorted([*_said(after.text), *gone])


def _words(found: tuple[Edit, ...], side: str) -> list[str]:
    return [word for one in found if getattr(one, side) for word in _said(getattr(one, side).words)]


def _said(words: str) -> list[str]:
    return words.replace("\n", " ").split()
