"""The ledger is updated by the documents that changed: the same lines as if it were made from nothing."""

from __future__ import annotations

import tempfile
from functools import cache

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.asking import UndertakingMention, full_ledger
from onrecord.asking.full_ledger import FullLedger, line_of_mentions, make_ledger, update_ledger
from onrecord.asking.undertaking_threads import join_threads, mention_order
from onrecord.desk import open_desk
from onrecord.desk.store import Desk
from onrecord.record import Document
from test_undertaking_threads import mentions

#: Statements that are joined with one another, report that another's undertaking was done, or are later accounts silent on it.
SAID = [
    "The two sides agreed to establish a joint working group on climate change and to resume the ferry line between Osaka and Shanghai.",
    "Both sides expressed readiness to establish the joint working group on climate change, and to resume the ferry line to Osaka.",
    "The joint working group on climate change of China and Japan was established last week in Osaka. We are pleased with it.",
    "China and Japan held a session of the China-Japan High-level Economic Dialogue. The two sides agreed to hold consultations on "
    "fisheries in the East China Sea and to build a terminal for cruise ships.",
    "China and Japan held a session of the China-Japan High-level Economic Dialogue. The two sides agreed to resume the ferry line.",
    "China will work with Laos to restore the flooded rice terraces along the Mekong river.",
    "China will restore the flooded rice terraces along the Mekong river with all who live there.",
    "China has restored the flooded rice terraces along the Mekong river together with Laos.",
    "Nothing of that kind was said.",
]  # fmt: skip
DAYS = ("May 6, 2019", "May 7, 2019", "June 3, 2019", "June 3, 2020")
PAGES = 5


@cache
def document(page: int, day: str, said: tuple[int, ...]) -> Document:
    """The annotated statement of an invented page, which has one address whatever it says."""
    title = f"Foreign Ministry Spokesperson Geng Shuang's Regular Press Conference on {day}"
    words = "\n\n".join(["China and Japan held talks.", *(SAID[number] for number in said)])
    read = onrecord.read(f"{title}\n\nDaily Nowhere: What of {page}?\n\nGeng Shuang: {words}\n".encode())
    head = msgspec.structs.replace(read.heading, address=f"https://example.org/{page}")
    return onrecord.annotate(msgspec.structs.replace(read, heading=head).with_capture_of(read))


#: A page, its day and what it says, and whether its annotation is then made again without what it undertakes.
CHANGE = st.tuples(
    st.integers(0, PAGES - 1),
    st.sampled_from(DAYS),
    st.lists(st.sampled_from(range(len(SAID))), max_size=3, unique=True).map(tuple),
    st.booleans(),
)


def carry_out(desk: Desk, change: tuple[int, str, tuple[int, ...], bool]) -> str:
    """Add or replace a page; the id of its document."""
    *page, emptied = change
    added = desk.add(document(*page))
    if emptied:
        plain = msgspec.structs.replace(desk.document(added.id), undertakings=(), mentions=())
        desk.writer.annotate(plain)
        desk.writer.commit()
    return added.id


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@example(
    [[(0, DAYS[0], (0,), False)], [(1, DAYS[2], (2,), False)], [(1, DAYS[2], (8,), False)]]
)  # reported done, then not
@example(
    [[(0, DAYS[0], (3,), False)], [(1, DAYS[3], (4,), False)], [(1, DAYS[3], (8,), True)]]
)  # a later account is silent
@example(
    [[(0, DAYS[0], (0,), False), (1, DAYS[2], (1,), False)], [(0, DAYS[0], (8,), False)]]
)  # what it was joined with is gone
@given(st.lists(st.lists(CHANGE, min_size=1, max_size=3), min_size=1, max_size=4))
def test_updated_lines_are_those_made_from_nothing(runs: list[list[tuple[int, str, tuple[int, ...], bool]]]) -> None:
    with tempfile.TemporaryDirectory() as folder, open_desk(folder, write=True, create_new=True) as desk:
        updated = make_ledger(desk.record)
        for run in runs:
            changed = {carry_out(desk, change) for change in run}
            updated = update_ledger(updated, desk.record, sorted(changed))
            assert updated == make_ledger(desk.record)


def lines_of(said: list[UndertakingMention]) -> FullLedger:
    threads = join_threads(sorted(said, key=mention_order))
    lines = sorted((line_of_mentions(one, (), None) for one in threads), key=full_ledger.line_order)
    return FullLedger(lines=tuple(lines), came_about=())


@given(mentions(), mentions(), st.sets(st.sampled_from(["d0", "d1", "d2", "d3", "d4"])))
def test_only_mentions_that_could_be_joined_are_joined_again(
    before: list[UndertakingMention], after: list[UndertakingMention], changed: set[str]
) -> None:
    """``after`` replaces what the changed documents say."""
    said = [msgspec.structs.replace(one, undertaking=f"new {one.undertaking}") for one in after]
    said = [one for one in said if one.document in changed]
    earlier = lines_of(before)
    gone = [one for one in before if one.document in changed]
    touched, joined = full_ledger.touched_lines(earlier, earlier.related.replaced(changed, said), gone, said)
    kept = [[*line.mentions] for number, line in enumerate(earlier.lines) if number not in touched]
    found = sorted([*kept, *join_threads(joined)], key=lambda thread: mention_order(thread[0]))
    whole = lines_of([*(one for one in before if one.document not in changed), *said])
    assert found == [[*line.mentions] for line in whole.lines]
