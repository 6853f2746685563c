"""NEAR: the places of two phrases that stand near each other, as its definition has them, in time that does not grow with its reach."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from onrecord.asking.query import Near, parse
from onrecord.asking.text_match import PlacedWords, _near


@given(
    st.lists(st.sampled_from(["a", "b", "c", ",", "a b", "b a"]), max_size=40).map(" ".join),
    st.sampled_from(["a", "b", '"a b"', '"b a"', "a*"]),
    st.sampled_from(["a", "b", '"a b"', "c"]),
    st.integers(0, 12),
    st.booleans(),
)
def test_near_finds_both_of_every_pair_that_is_near_enough(
    text: str, left: str, right: str, distance: int, across: bool
) -> None:
    """As its definition says it, which compares each place with each other."""
    node = parse(f"{left} NEAR/{distance} {right}")
    assert isinstance(node, Near)
    words = PlacedWords(text, across)
    wanted = set()
    for one in words.phrase(node.left):
        for other in words.phrase(node.right):
            earlier, later = sorted((one, other))
            between = words.order[later[0]] - words.order[earlier[1]] - 1
            if later[0] > earlier[1] and between <= distance:
                wanted |= {one, other}
    assert _near(node, words) == sorted(wanted)


def test_near_takes_no_longer_for_being_wider() -> None:
    """Every place has hundreds of others within reach: when all of them were looked at, this took hundreds of times as long."""
    words = PlacedWords("the of " * 4_000)

    def seconds(distance: int) -> float:
        node = parse(f"the NEAR/{distance} of")
        assert isinstance(node, Near)
        begun = time.process_time()
        assert len(_near(node, words)) == 8_000
        return time.process_time() - begun

    assert min(seconds(999) for _ in range(5)) < 5 * min(seconds(1) for _ in range(5)) + 0.01
