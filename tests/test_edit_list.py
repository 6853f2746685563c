"""What was changed after publication, over a whole desk; and how an answer says what a page no longer says."""

from __future__ import annotations

from pathlib import Path

import pytest

from invented import page
from onrecord.asking import EditFilters, edit_list, find, history, version_redline
from onrecord.asking.version_history import said_until
from onrecord.captures.opening import Opened, capture_of
from onrecord.desk import Desk, check, open_desk
from onrecord.errors import QueryError

WILL = "Arcadia committed to buy certain pulses from Ruritania. We thank all who came."
INTEND = "Arcadia intends to buy lentils from Ruritania. We thank all who came."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as opened:
        yield opened


def fetched(number: int, answer: str, day: int) -> Opened:
    data = page(number, answer=answer).encode()
    address = f"http://www.fmprc.gov.cn/page{number}.shtml"
    capture = capture_of(data, address, fetched=f"2020-06-{day:02}T08:00:00+00:00")
    return Opened(capture=capture, data=data, name="page.shtml")


def test_what_a_page_no_longer_says_is_found_and_cited(desk: Desk) -> None:
    id = desk.add(fetched(1, WILL, 2)).id
    (turn,) = [turn.id for turn in desk.document(id) if "pulses" in turn.text]
    desk.add(fetched(1, INTEND, 3))
    found = find(desk, '"certain pulses"')
    assert (found.count, found.earlier_count) == (0, 1)
    (hit,) = found.earlier
    assert (hit.turn, hit.version, hit.until[:10]) == (turn, 1, "2020-06-02")
    assert [hit.text[start:end] for start, end in hit.places] == ["certain pulses"]
    said = said_until(desk, turn)
    assert said is not None
    assert (said.until[:10], said.changed and said.changed[:10]) == ("2020-06-02", "2020-06-03")
    assert said.now is not None
    assert "lentils" in desk.turn(said.now).text
    assert find(desk, "lentils").earlier_count == 0
    desk.add(fetched(1, WILL, 4))  # the page says it again
    assert find(desk, '"certain pulses"').count == 1
    assert find(desk, "lentils").earlier_count == 1
    assert said_until(desk, turn) is None
    assert list(check(desk)) == []


@pytest.mark.parametrize(
    ("query", "earlier"),
    [
        ("pulses NOT lentils", 1),
        ("pulses NEAR/5 committed", 1),  # which only the text decides
        ("pulses NEAR/2 Ruritania", 1),
        ("certain NEAR/1 Ruritania", 0),
        ("pulses kind:question", 0),
        ("pulses since:2021", 0),
    ],
)
def test_earlier_versions_are_searched_as_the_documents_are(desk: Desk, query: str, earlier: int) -> None:
    for answer, day in ((WILL, 2), (INTEND, 3)):
        desk.add(fetched(1, answer, day))
    assert find(desk, query).earlier_count == earlier


def test_edits_are_listed_by_weight_and_narrowed(desk: Desk) -> None:
    id = desk.add(fetched(1, WILL, 2)).id
    desk.add(fetched(1, INTEND, 3))
    desk.add(fetched(2, "The bridge was bilt of stone.", 2))
    desk.add(fetched(2, "The bridge was built of stone.", 4))
    found = edit_list(desk)
    assert [one.touches[0] for one in found.edits] == ["undertaking weakened", "spelling"]
    assert (found.count, found.documents) == (2, 2)
    first = found.edits[0]
    assert (first.document, first.until[:10], first.seen[:10]) == (id, "2020-06-02", "2020-06-03")
    for side, words in ((first.before, "pulses"), (first.after, "lentils")):
        assert side is not None
        said = desk.version(id, side.version)
        assert words in said.text[side.start : side.end] == side.words
        assert said.heading.capture == side.capture  # each side resolves to the bytes of its own capture
        assert words.encode() in said.span(side.start, side.end).source()
    narrowed = [
        (EditFilters(touches=("undertaking",)), 1),
        (EditFilters(min_rank=3), 1),
        (EditFilters(since="2020-06-04"), 1),
        (EditFilters(until="2020-06-03"), 1),
        (EditFilters(kind=("dropped",)), 0),
        (EditFilters(issuer=("cn-mfa",)), 2),
        (EditFilters(document=id), 1),
    ]
    assert [edit_list(desk, filters).count for filters, _ in narrowed] == [count for _, count in narrowed]
    assert [one.seen[8:10] for one in edit_list(desk, order="newest").edits] == ["04", "03"]


def test_there_and_back_is_told_once(desk: Desk) -> None:
    for day, answer in enumerate((WILL, INTEND, WILL, INTEND, WILL), start=2):
        id = desk.add(fetched(1, answer, day)).id
    (edit,) = edit_list(desk).edits
    assert (edit.times, edit.back, edit.seen[8:10]) == (4, True, "03")
    told = history(desk, id)
    assert [(one.position, one.same_as) for one in told.versions] == [(1, None), (2, None), (3, 1), (4, 2), (5, 1)]


def test_the_same_change_on_three_pages_of_a_day_is_furniture(desk: Desk) -> None:
    for number in range(3):
        desk.add(fetched(number, "We will go.", 2))
        desk.add(fetched(number, "We will go. The committee committed to publish its minutes by May.", 3))
    desk.add(fetched(7, WILL, 2))
    desk.add(fetched(7, INTEND, 3))
    found = edit_list(desk)
    assert [one.touches for one in found.edits[1:]] == [("furniture",)] * 3
    assert found.edits[0].touches[0] == "undertaking weakened"


def test_an_older_state_comes_between_two_versions(desk: Desk) -> None:
    id = desk.add(fetched(1, "We will go.", 2)).id
    desk.add(fetched(1, "We go.", 9))
    desk.add(fetched(1, "We go now.", 5))
    pairs = desk.record.execute("SELECT from_version, to_version FROM edit ORDER BY number").fetchall()
    assert [tuple(row) for row in pairs] == [(1, 3), (3, 2)]
    assert [one.position for one in history(desk, id).versions] == [1, 3, 2]


def test_any_two_versions_are_compared(desk: Desk) -> None:
    for day, answer in ((2, WILL), (3, INTEND), (4, "We will not go.")):
        id = desk.add(fetched(1, answer, day)).id
    found = version_redline(desk, id, "1", "2020-06-04")
    assert (found.before.position, found.after.position) == (1, 3)
    assert "".join(piece.before for piece in found.pieces) == desk.version(id, 1).text
    assert "".join(piece.after for piece in found.pieces) == desk.version(id, 3).text
    assert found.edits
    assert version_redline(desk, id, "2020-06-03T09:00:00Z", "2").edits == ()
    for wrong, why in (("9", "no version 9"), ("soon", "no version and no time")):
        with pytest.raises(QueryError, match=why):
            version_redline(desk, id, "1", wrong)
