"""What a page said before: every state is kept, every id resolves, and a worse reading never takes the place of a better one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from invented import page
from onrecord.captures.opening import Opened, capture_of
from onrecord.desk import Desk, annotate_all, check, open_desk
from onrecord.desk.visits import Asked, last_visit, visits
from onrecord.errors import UnknownDocument

ADDRESS = "http://www.fmprc.gov.cn/page.shtml"
WILL, INTEND = page(1, answer="We will go."), page(1, answer="We intend to go.")
LONG = " ".join(f"Point {number} of the plan is that we build road {number} together." for number in range(40))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as opened:
        yield opened


def fetched(words: str, day: int | None, source: str = ADDRESS) -> Opened:
    data = words.encode()
    time = None if day is None else f"2020-05-{day:02}T08:00:00+00:00"
    return Opened(capture=capture_of(data, source, fetched=time), data=data, name="page.shtml")


def told(desk: Desk, id: str) -> list[tuple[str, str, str]]:
    """The versions of a document: what each is, and when it was seen first and last."""
    return [(one.state, one.first_seen[8:10], one.last_seen[8:10]) for one in desk.versions(id)]


ORDERS = [
    # (why, what is added with the day of its fetching, the versions in the end)
    ("a new wording", [(WILL, 2), (INTEND, 3)], [("earlier", "02", "02"), ("shown", "03", "03")]),
    ("seen again", [(WILL, 2), (WILL, 5)], [("shown", "02", "05")]),
    (
        "there and back: three stretches of time, not two",
        [(WILL, 2), (INTEND, 3), (WILL, 4), (WILL, 6)],
        [("earlier", "02", "02"), ("earlier", "03", "03"), ("shown", "04", "06")],
    ),
    (
        "other markup, the same words: no version",
        [(WILL, 2), (WILL.replace("<b>", "<strong>").replace("</b>", "</strong>"), 4)],
        [("shown", "02", "04")],
    ),
    (
        "an archive's older state takes its place in time",
        [(WILL, 6), (INTEND, 2)],
        [("earlier", "02", "02"), ("shown", "06", "06")],
    ),
    (
        "an older state with the words of its neighbour widens that one's time",
        [(WILL, 6), (INTEND, 2), (INTEND.replace("<b>", "<b >"), 4)],
        [("earlier", "02", "04"), ("shown", "06", "06")],
    ),
]


@pytest.mark.parametrize(("states", "versions"), [case[1:] for case in ORDERS], ids=[case[0] for case in ORDERS])
def test_a_version_is_a_stretch_of_time_with_one_wording(
    desk: Desk, states: list[tuple[str, int]], versions: list[tuple[str, str, str]]
) -> None:
    ids = {desk.add(fetched(words, day)).id for words, day in states}
    assert len(ids) == 1
    assert told(desk, ids.pop()) == versions
    assert list(check(desk)) == []


def test_an_id_resolves_for_ever(desk: Desk) -> None:
    id = desk.add(fetched(WILL, 2)).id
    first = {turn.id: turn.text for turn in desk.document(id)}
    desk.add(fetched(INTEND, 3))
    second = {turn.id: turn.text for turn in desk.document(id)}
    assert len(first.keys() - second.keys()) == 1
    for turn, words in (first | second).items():
        assert desk.turn(turn).text == words
        assert desk.turn(turn).span.source().startswith(words[:3].encode())  # each from its own capture
    desk.add(fetched(WILL, 4))
    assert {turn: desk.turn(turn).text for turn in first | second} == first | second
    kept = [row[0] for row in desk.record.execute("SELECT id FROM earlier_turn")]
    assert set(kept) == second.keys() - first.keys()  # the words of the first version are those of the document again
    assert desk.version(id, 2).text != desk.version(id, 1).text == desk.version(id, 3).text
    with pytest.raises(UnknownDocument, match="has no version 4"):
        desk.version(id, 4)
    assert list(check(desk)) == []


WORSE = [
    # (why, the page that comes after the whole one)
    ("half of its words are gone", page(1, answer="We will go.")),
    ("it breaks off", page(1, answer=LONG).split("Point 39")[0]),
]


@pytest.mark.parametrize("worse", [case[1] for case in WORSE], ids=[case[0] for case in WORSE])
def test_a_worse_reading_is_kept_in_doubt_until_it_is_seen_again(desk: Desk, worse: str) -> None:
    id = desk.add(fetched(page(1, answer=LONG), 2)).id
    added = desk.add(fetched(worse, 3))
    assert (added.outcome, added.id) == ("in-doubt", id)
    assert added.doubt
    assert "road 39" in desk.document(id).text
    assert [state for state, _, _ in told(desk, id)] == ["shown", "in-doubt"]
    assert desk.add(fetched(worse, 3)).outcome == "in-doubt"  # the same fetch, added again
    assert "road 39" not in desk.version(id, 2).text
    assert list(check(desk)) == []
    assert desk.add(fetched(worse, 4)).outcome == "changed"  # a second fetch says the same
    assert "road 39" not in desk.document(id).text
    assert told(desk, id) == [("earlier", "02", "02"), ("shown", "03", "04")]
    assert list(check(desk)) == []


def test_a_page_that_comes_back_whole_leaves_the_worse_one_in_doubt(desk: Desk) -> None:
    whole = page(1, answer=LONG)
    id = desk.add(fetched(whole, 2)).id
    desk.add(fetched(WILL, 3))
    assert desk.add(fetched(whole, 4)).outcome == "unchanged"
    assert told(desk, id) == [("shown", "02", "04"), ("in-doubt", "03", "03")]
    assert desk.rows()[0].versions == 1


def test_a_new_statement_at_an_old_address_is_a_new_document(desk: Desk) -> None:
    """As where an address names a yearly event: the old statement must not be swallowed."""
    first = desk.add(fetched(page(1, answer=LONG), 2))
    other = page(300).replace("Foreign Ministry Spokesperson Geng Shuang's Regular Press", "Geng Shuang's Press")
    other = other.replace("Our position has not changed.", "The harvest of millet was gathered before rain fell. " * 30)
    other = other.replace('<a href="http://www.fmprc.gov.cn/">Home</a>', '<a href="http://www.fmprc.gov.cn/">Start</a>')
    second = desk.add(fetched(other, 28))
    assert (second.outcome, second.replaces) == ("replaced", first.id)
    assert second.id != first.id
    assert "road 39" in desk.document(first.id).text
    assert "millet" in desk.document(second.id).text
    assert desk.add(fetched(other.replace("<b>", "<b >"), 29)).id == second.id
    assert list(check(desk)) == []


def test_a_permanent_redirect_and_the_id_of_a_feed_lead_to_the_document(desk: Desk) -> None:
    moved, guid = "http://www.fmprc.gov.cn/new/page.shtml", "http://www.fmprc.gov.cn/?p=1"
    asked = Asked(address=ADDRESS, at="2020-05-02T08:00:00Z", status=200, guid=guid)
    id = desk.writer.add(_annotated(fetched(WILL, 2)), asked=asked).id
    asked = Asked(address=ADDRESS, at="2020-05-03T08:00:00Z", final_address=moved, permanent=True, guid=guid)
    added = desk.writer.add(_annotated(fetched(INTEND, 3, moved)), asked=asked)
    assert (added.outcome, added.id) == ("changed", id)
    aliases = {tuple(row) for row in desk.record.execute("SELECT address, how FROM alias WHERE document = ?", (id,))}
    assert {(guid, "guid"), (ADDRESS, "redirect")} <= aliases


def test_an_item_of_a_feed_is_known_by_its_id(desk: Desk) -> None:
    """A new title gave it a new address: it is the same statement."""

    def item(title: str, address: str) -> Opened:
        words = f"""<item><title>{title}</title><link>https://www.state.gov/{address}/</link><guid isPermaLink="false">
https://www.state.gov/?p=7</guid><pubDate>Thu, 03 Mar 2022 10:00:00 +0000</pubDate><content:encoded><![CDATA[<p>The two ministers
met in Zenda and spoke of the harvest, the border and the ferry between their countries.</p>]]></content:encoded></item>"""
        data = words.encode()
        return Opened(capture=capture_of(data, f"https://www.state.gov/feed/#{address}"), data=data, name="item.xml")

    first = desk.add(item("The Secretary Meets the Minister of Ruritania", "meets"))
    second = desk.add(item("The Secretary and the Minister of Ruritania", "and"))
    assert (second.outcome, second.id) == ("changed", first.id)


def test_a_visit_is_recorded_and_never_changed(desk: Desk) -> None:
    first = desk.add(fetched(WILL, 2))
    asked = Asked(address=ADDRESS, at="2020-05-03T08:00:00+08:00", status=304, etag='"a"')
    capture = desk.document(first.id).capture.sha256
    desk.writer.visited(asked, "not-modified", capture=capture)
    desk.add(fetched(INTEND, 4))
    desk.writer.visited(Asked(address=ADDRESS, at="2020-05-05T08:00:00Z", status=410), "gone", document=first.id)
    desk.add(fetched(INTEND, 4))  # the same fetch, added again, is no visit
    assert [(one.outcome, one.at[8:13], one.version) for one in visits(desk.record, document=first.id)] == [
        ("new", "02T08", 1),
        ("not-modified", "03T00", 1),
        ("changed", "04T08", 2),
        ("gone", "05T08", None),
    ]
    assert told(desk, first.id)[0] == ("earlier", "02", "03")
    last = last_visit(desk.record, ADDRESS, with_capture=True)
    assert last is not None
    assert last.outcome == "changed"
    for query in ("UPDATE visit SET status = 200", "DELETE FROM visit"):
        with pytest.raises(sqlite3.IntegrityError, match="a visit is never"):
            desk.record.execute(query)


def test_what_an_older_desk_kept_as_captures_alone_is_read_again(desk: Desk) -> None:
    id = desk.add(fetched(WILL, 2)).id
    first = {turn.id: turn.text for turn in desk.document(id)}
    desk.add(fetched(INTEND, 3))
    for query in (  # as the earlier schema left it
        "DELETE FROM earlier_turn",
        "DELETE FROM reading",
        "UPDATE version SET words = NULL, turns = NULL",
    ):
        desk.record.execute(query)
    assert "We will go." in desk.version(id, 1).text
    annotate_all(desk, processes=1)
    assert {turn: desk.turn(turn).text for turn in first} == first
    assert list(check(desk)) == []


def _annotated(opened: Opened) -> object:
    import onrecord
    from onrecord.reader import read_opened

    return onrecord.annotate(read_opened(opened))
