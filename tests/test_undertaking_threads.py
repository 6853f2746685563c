"""Joining mentions fast: the same threads as when every mention is compared with every thread, and phrases as one pattern finds them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from onrecord.asking import UndertakingMention, undertaking_threads
from onrecord.asking.overlap import earlier_overlaps
from onrecord.asking.undertaking_threads import (
    content_words,
    join_threads,
    same_undertaking,
    similarity,
)
from onrecord.languages.phrases import Phrases

#: Words enough that wordings are alike now and then, and one ("s") of which nothing is left.
WORDS = (
    "ferry line osaka shanghai climate working group resume establish port cargo s trade 重启 两国 渔业 磋商".split()
)


@st.composite
def mentions(draw: st.DrawFn) -> list[UndertakingMention]:
    days = sorted(draw(st.lists(st.sampled_from(["2019-01-01", "2019-02-02", "2019-03-03", "9"]), max_size=14)))
    sides = st.lists(st.sampled_from(["CHN", "JPN", "USA"]), max_size=2, unique=True).map(tuple)
    return [
        UndertakingMention(
            undertaking=str(number), document=f"d{number // 3}", day=None if day == "9" else day, issuer="i", turn="t",
            language=draw(st.sampled_from(["en", "en", "zh"])), strength=draw(st.sampled_from(["agreed", "offered"])), form="joint",
            by=draw(sides), to=draw(sides), start=number, end=number + 1,
            issues=tuple(draw(st.lists(st.sampled_from(["climate", "bilateral-relations", "trade"]), max_size=2, unique=True))),
            mechanism_id=draw(st.sampled_from([None, None, "hotline-generic", "talks-generic", "quad"])),
            words=" ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7))),
        )
        for number, day in enumerate(days)
    ]  # fmt: skip


def plainly(said: list[UndertakingMention]) -> list[list[UndertakingMention]]:
    """The threads as they are meant, each mention compared with all threads."""
    threads: dict[int, list[UndertakingMention]] = {}
    for number, one in enumerate(said):
        own = []
        for held, thread in sorted(threads.items()):
            near = {*undertaking_threads._keys(one, loose=True)} & {
                key for other in thread for key in undertaking_threads._keys(other)
            }
            words = {word for other in thread for word in content_words(other.words).own} & content_words(one.words).own
            if near and (len(words) >= 3 or one.mechanism_id or one.day == thread[-1].day):
                own += [held] if any(same_undertaking(one, edge) for edge in undertaking_threads._edges(thread)) else []
        chosen = own[0] if own else number
        for other in own[1:]:
            threads[chosen] += threads.pop(other)
        threads.setdefault(chosen, []).append(one)
    return [sorted(thread, key=undertaking_threads.mention_order) for _, thread in sorted(threads.items())]


@pytest.mark.slow
@given(mentions())
def test_threads_are_those_of_comparing_all(said: list[UndertakingMention]) -> None:
    assert join_threads(said) == plainly(said)


@given(mentions(), st.sampled_from([0.0, 60.0, 72.0, 90.0, 100.0]))
def test_likeness_from_a_least_on_is_the_same(said: list[UndertakingMention], least: float) -> None:
    for one in said:
        for other in said:
            left, right = content_words(one.words), content_words(other.words)
            plain = similarity(one.words, other.words)
            assert similarity(one.words, other.words, least) == (plain if plain >= least else 0.0)
            if plain:
                sort = fuzz.token_sort_ratio(left.joined, right.joined)
                assert plain == (fuzz.token_set_ratio(left.joined, right.joined) + sort) / 2


@given(
    st.lists(
        st.tuples(st.sets(st.sampled_from("abcdefghij"), max_size=9), st.integers(0, 2), st.integers(0, 2)), max_size=12
    ),
    st.integers(1, 4),
    st.sampled_from([0.0, 0.4, 1.0]),
)
def test_pairs_are_all_that_share_enough(told: list[tuple[set[str], int, int]], least: int, share: float) -> None:
    found = list(
        earlier_overlaps([words for words, *_ in told], [groups for _, *groups in told], least=least, share=share)
    )
    for number, (words, *groups) in enumerate(told):
        assert found[number] == [
            earlier
            for earlier, (others, *theirs) in enumerate(told[:number])
            if len(words & others) >= max(least, share * min(len(words), len(others)))
            and any(mine == other for mine, other in zip(groups, theirs, strict=True))
        ]


PHRASES = ["was established", "has been set up", "set up", "signed", "the first meeting of", "held its first"]
PATTERN = re.compile(
    r"\b(?:" + "|".join(one.replace(" ", r"\s+") for one in sorted(PHRASES, key=len, reverse=True)) + r")\b", re.I
)


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                "was established has been set up signed the first meeting of held its SIGNED ſet HAS ſigned fırst İts x".split()
            ),
            st.sampled_from([" ", " ", "  ", "\n\n", "\u00a0", "\u2003", "\x1c", "\x85", ".", "_", "é"]),
            st.characters(codec="utf-8"),
        ),
        max_size=30,
    ).map("".join),
    st.integers(0, 40),
    st.integers(0, 40),
)
def test_phrases_are_those_of_the_pattern(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    finder = Phrases(PHRASES, PATTERN)
    places = finder.among(text, finder.starts(text), start, end)
    # As in the turn's words alone, but for a word that is cut at its beginning, which no turn is.
    cut = start and re.match(r"\w\w", text[start - 1 : start + 1])
    assert cut or places == [
        (start + a, start + b) for a, b in (one.span() for one in PATTERN.finditer(text[start:end]))
    ]


def _said(words: str, *by: str) -> UndertakingMention:
    return UndertakingMention(
        undertaking=words, document=words, day="2024-05-01", issuer="i", turn="t", language="en", strength="discussed", form="joint",
        by=by, to=(), start=0, end=1, issues=("climate",), words=words,
    )  # fmt: skip


def test_what_both_sides_say_again_in_other_words_is_one_undertaking_and_of_one_side_it_is_not() -> None:
    first = "address the risks of rising seas and improve coastal safety through yearly harbour talks of experts"
    later = "address the risks of seas, improve coastal safety and rescue services, and promote safe beaches for all children"
    assert similarity(first, later) < undertaking_threads.ALIKE
    assert same_undertaking(_said(first, "CHL", "NOR"), _said(later, "CHL", "NOR"))
    assert not same_undertaking(_said(first, "CHL"), _said(later, "CHL")), "one side repeats its phrases everywhere"
