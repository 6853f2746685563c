"""The desk: what is added stays, once, under one id; and what is wrong is said."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

import onrecord
from invented import folder_of_pages, page
from onrecord.desk import Desk, add_all, open_desk
from onrecord.errors import DeskBusy, DeskError, DeskTooNew, NotADesk, UnknownDocument


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as opened:
        yield opened


def file_of(folder: Path, words: str, name: str = "page.shtml") -> Path:
    path = folder / name
    path.write_text(words, encoding="utf-8")
    return path


def test_a_document_comes_back_as_it_was_read(desk: Desk, tmp_path: Path) -> None:
    document = onrecord.read(file_of(tmp_path, page(1)))
    added = desk.add(document)
    assert (added.outcome, added.id) == ("new", document.id)
    held = desk.document(document.id)
    assert held == document
    assert held.capture.source == document.capture.source
    assert [turn.span.source() for turn in held] == [turn.span.source() for turn in document]


def test_adding_again_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    folder = folder_of_pages(tmp_path / "pages", 12)
    first = add_all(desk, [folder], processes=1)
    assert (first.new, first.unchanged, first.turns, first.unread) == (12, 0, 60, 0)
    before = list(desk.record.iterdump())
    second = add_all(desk, [folder], processes=1)
    assert (second.new, second.unchanged, second.turns) == (0, 12, 0)
    assert list(desk.record.iterdump()) == before


def test_several_processes_make_the_same_record_as_one(tmp_path: Path) -> None:
    folder = folder_of_pages(tmp_path / "pages", 30)
    dumps = []
    for processes in (1, 2):
        with open_desk(tmp_path / f"desk{processes}", write=True, create_new=True) as desk:
            add_all(desk, [folder], processes=processes)
            dumps.append([document.to_json() for document in desk])
    assert dumps[0] == dumps[1]


def test_a_bad_file_costs_itself_alone(desk: Desk, tmp_path: Path) -> None:
    folder = folder_of_pages(tmp_path / "pages", 3)
    (folder / "empty.shtml").write_bytes(b"")
    (folder / "image.shtml").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (folder / "other.shtml").write_text("<html><title>A shop</title><p>We sell lamps.</p></html>")
    summary = add_all(desk, [folder, tmp_path / "missing.html"], processes=2)
    assert summary.new == 3
    assert summary.errors == {"Empty": 1, "NotText": 1, "UnknownHouse": 1, "NotFound": 1}
    for trouble in summary.troubles:
        assert trouble.where
        assert len(trouble.message.split(". ")) >= 2  # what, and what next


def test_the_same_bytes_at_two_places_are_one_capture_seen_twice(desk: Desk, tmp_path: Path) -> None:
    summary = add_all(desk, [file_of(tmp_path, page(1), "a.shtml"), file_of(tmp_path, page(1), "b.shtml")], processes=1)
    assert (summary.new, summary.unchanged, len(desk)) == (1, 1, 1)
    sources = [row["source"] for row in desk.record.execute("SELECT source FROM sighting ORDER BY source")]
    assert [source.rsplit("/", 1)[-1] for source in sources] == ["a.shtml", "b.shtml"]


def test_changed_bytes_of_a_page_are_a_new_capture_of_the_same_document(desk: Desk, tmp_path: Path) -> None:
    first = desk.add(onrecord.read(file_of(tmp_path, page(1, answer="We will go."))))
    before = {turn.text: turn.id for turn in desk.document(first.id)}
    second = desk.add(onrecord.read(file_of(tmp_path, page(1, answer="We intend to go."))))
    assert (second.outcome, second.id) == ("new-capture", first.id)
    assert len(desk) == 1
    after = {turn.text: turn.id for turn in desk.document(first.id)}
    changed = {text for text in after if "intend" in text}
    assert len(changed) == 1
    assert {text: after[text] for text in after if text not in changed} == {
        text: before[text] for text in before if "We will go" not in text
    }
    versions = desk.record.execute("SELECT position, capture FROM version ORDER BY position").fetchall()
    assert [row["position"] for row in versions] == [1, 2]
    assert all(row["capture"] in desk.captures for row in versions)  # the first is kept


def test_reading_again_keeps_ids(desk: Desk, tmp_path: Path) -> None:
    path = file_of(tmp_path, page(1))
    added = desk.add(onrecord.read(path))
    ids = [turn.id for turn in desk.document(added.id)]
    summary = add_all(desk, [path], processes=1, again=True)
    assert summary.read_again == 1
    assert [turn.id for turn in desk.document(added.id)] == ids


def test_two_pages_of_one_id_are_told_apart(desk: Desk, tmp_path: Path) -> None:
    """The id is 32 bits of the address: rare as it is, two pages may share one, and neither may be lost."""
    import msgspec

    one, two = (
        onrecord.read(file_of(tmp_path, page(1), "a.shtml")),
        onrecord.read(file_of(tmp_path, page(2), "b.shtml")),
    )
    two = msgspec.structs.replace(two, heading=msgspec.structs.replace(two.heading, id=one.id)).holding(
        two.capture, two.data, two.offsets
    )
    ids = [desk.add(document).id for document in (one, two)]
    assert ids == [one.id, f"{one.id}-2"]
    assert desk.document(ids[1]).turns[0].id.startswith(f"{ids[1]}/")


def test_documents_are_found_by_what_they_are(desk: Desk, tmp_path: Path) -> None:
    add_all(desk, [folder_of_pages(tmp_path / "pages", 40)], processes=1)
    days = [document.date for document in desk.documents(since="2000-05-10", until="2000-05-12")]
    assert days == ["2000-05-10", "2000-05-11", "2000-05-12"]
    assert desk.rows(issuer="nobody") == []
    id = desk.rows()[0].id
    assert desk.document(id[:-3]).id == id
    with pytest.raises(UnknownDocument, match="several documents"):
        desk.document("cn-mfa-2000")
    with pytest.raises(UnknownDocument, match="no document 'nothing'"):
        desk.document("nothing")
    turn = desk.document(id).turns[1]
    assert desk.turn(turn.id).text == turn.text


def test_the_record_is_plain_sql(desk: Desk, tmp_path: Path) -> None:
    """What a person would ask in Datasette, over a connection that knows nothing of this program."""
    desk.add(onrecord.read(file_of(tmp_path, page(1))))
    desk.writer.commit()
    plain = sqlite3.connect(f"file:{desk.folder / 'record.sqlite'}?mode=ro", uri=True)
    rows = plain.execute("SELECT day, outlet, text FROM turns WHERE kind = 'question' ORDER BY position").fetchall()
    assert rows == [
        ("2000-05-02", "CCTV", "What do you say of the case of Arcadia & Ruritania, number 1?"),
        ("2000-05-02", "Daily Nowhere", "And then?"),
    ]
    answer = plain.execute("SELECT answer FROM exchanges WHERE outlet = 'CCTV'").fetchone()[0]
    assert answer == "Our position has not changed.\n\nWe hope for a good end of number 1."
    assert plain.execute("SELECT turns, questions, versions, unread FROM documents").fetchone() == (5, 2, 1, 0)


def test_one_writes_and_many_read(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    with open_desk(folder, write=True, create_new=True) as writing:
        writing.add(onrecord.read(file_of(tmp_path, page(1))))
        writing.writer.commit()
        with pytest.raises(DeskBusy, match=r"process \d+ is writing"):
            open_desk(folder, write=True)
        with open_desk(folder) as reading:
            assert len(reading) == 1
            writing.add(onrecord.read(file_of(tmp_path, page(2), "b.shtml")))
            writing.writer.commit()
            assert len(reading) == 2
            with pytest.raises(DeskError, match="open for reading"):
                reading.add(onrecord.read(file_of(tmp_path, page(3), "c.shtml")))
    with open_desk(folder, write=True) as again:  # the lock was given back
        assert len(again) == 2


def test_what_is_no_desk_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotADesk, match="no desk here"):
        open_desk(tmp_path / "nothing")
    (tmp_path / "full").mkdir()
    (tmp_path / "full/letter.txt").write_text("mine")
    with pytest.raises(NotADesk, match="something else"):
        open_desk(tmp_path / "full", write=True, create_new=True)
    (tmp_path / "other/captures").mkdir(parents=True)
    sqlite3.connect(tmp_path / "other/record.sqlite").execute("CREATE TABLE mine (x)")
    before = {path: path.is_file() and path.read_bytes() for path in (tmp_path / "other").rglob("*")}
    for write in (False, True):
        with pytest.raises(NotADesk, match="not a desk's record"):
            open_desk(tmp_path / "other", write=write)
    assert {path: path.is_file() and path.read_bytes() for path in (tmp_path / "other").rglob("*")} == before
    (tmp_path / "other/record.sqlite").write_bytes(b"not SQLite at all, but long enough to look like some file" * 99)
    with pytest.raises(NotADesk, match="the record is damaged: file is not a database"):
        open_desk(tmp_path / "other")


def test_a_desk_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    open_desk(tmp_path / "desk", write=True, create_new=True).close()
    record = sqlite3.connect(tmp_path / "desk/record.sqlite")
    record.execute("PRAGMA user_version = 999")
    record.close()
    for write in (False, True):
        with pytest.raises(DeskTooNew, match=r"schema 999.*pip install --upgrade"):
            open_desk(tmp_path / "desk", write=write)
