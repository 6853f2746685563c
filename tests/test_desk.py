"""The desk: what is added stays, once, under one id; and what is wrong is said."""

from __future__ import annotations

import gc
import os
import sqlite3
import weakref
from pathlib import Path

import msgspec
import pytest

import onrecord
from invented import folder_of_pages, page
from onrecord.captures.opening import Opened, capture_of, open_source
from onrecord.desk import Desk, add_all, open_desk, read_again
from onrecord.desk.connection import create
from onrecord.desk.readers import Readers, ReadJob
from onrecord.errors import DeskBusy, DeskError, DeskTooNew, NotADesk, RecordError, UnknownDocument
from onrecord.limits import Limits


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
    assert held == onrecord.annotate(document)
    assert held.capture.source == document.capture.source
    assert [turn.span.source() for turn in held] == [turn.span.source() for turn in document]


def test_a_desk_that_another_made_meanwhile_is_taken_as_it_is(desk: Desk, tmp_path: Path) -> None:
    added = desk.add(onrecord.read(file_of(tmp_path, page(1))))
    desk.close()
    create(desk.folder)  # as a process does that looked before the desk was there
    with open_desk(desk.folder) as opened:
        assert [row.id for row in opened.rows()] == [added.id]


def test_adding_again_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    folder = folder_of_pages(tmp_path / "pages", 12)
    first = add_all(desk, [folder], processes=1)
    assert (first.new, first.unchanged, first.turns, first.unread) == (12, 0, 60, 0)
    before = list(desk.record.iterdump())
    second = add_all(desk, [folder], processes=1)
    assert (second.new, second.unchanged, second.turns) == (0, 12, 0)
    assert list(desk.record.iterdump()) == before


@pytest.mark.slow
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
    assert (second.outcome, second.id) == ("changed", first.id)
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
    one, two = (
        onrecord.read(file_of(tmp_path, page(1), "a.shtml")),
        onrecord.read(file_of(tmp_path, page(2), "b.shtml")),
    )
    two = msgspec.structs.replace(two, heading=msgspec.structs.replace(two.heading, id=one.id)).with_capture(
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


def fetched(words: str, time: str | None, source: str = "http://www.fmprc.gov.cn/page.shtml") -> Opened:
    data = words.encode()
    return Opened(capture=capture_of(data, source, fetched=time), data=data, name="page.shtml")


WILL, INTEND = page(1, answer="We will go."), page(1, answer="We intend to go.")
LATER = [
    # (name, what is added in order, what the document shows in the end)
    ("the newer of two", [(WILL, "2020-05-02T08:00:00+00:00"), (INTEND, "2020-05-03T08:00:00+00:00")], "intend"),
    ("the newer, added first", [(INTEND, "2020-05-03T08:00:00+00:00"), (WILL, "2020-05-02T08:00:00+00:00")], "intend"),
    ("times in other zones", [(INTEND, "2020-05-03T01:00:00+00:00"), (WILL, "2020-05-03T08:00:00+08:00")], "intend"),
    (
        "gone back to the first wording",
        [
            (WILL, "2020-05-02T08:00:00+00:00"),
            (INTEND, "2020-05-03T08:00:00+00:00"),
            (WILL, "2020-05-04T08:00:00+00:00"),
        ],
        "will",
    ),
    ("no times: the last added", [(WILL, None), (INTEND, None)], "intend"),
]


@pytest.mark.parametrize(("states", "shown"), [case[1:] for case in LATER], ids=[case[0] for case in LATER])
def test_a_document_shows_its_newest_capture(desk: Desk, states: list[tuple[str, str | None]], shown: str) -> None:
    ids = {desk.add(fetched(words, time)).id for words, time in states}
    assert len(ids) == len(desk) == 1
    (document,) = desk
    assert [turn for turn in document if shown in turn.text]
    assert document.turns[2].span.source().decode().startswith(f"We {shown}")
    assert desk.rows()[0].versions == len(states)  # every state is kept; a page that went back has three
    assert desk.record.execute("SELECT count(*) FROM sighting").fetchone()[0] == len(states)


def test_a_file_that_goes_back_to_earlier_words_shows_them(desk: Desk, tmp_path: Path) -> None:
    for words in (WILL, INTEND, WILL):
        summary = add_all(desk, [file_of(tmp_path, words)], processes=1)
    assert summary.changed == 1
    (document,) = desk
    assert "We will go" in document.text
    assert add_all(desk, [file_of(tmp_path, WILL)], processes=1).unchanged == 1


def test_an_older_copy_added_again_does_not_take_over(desk: Desk, tmp_path: Path) -> None:
    """Two files of one page, as an archive holds them: only the second is shown, however often both are added."""
    address = '<a href="http://www.fmprc.gov.cn/">'
    assert address in WILL
    older, newer = file_of(tmp_path, WILL, "older.shtml"), file_of(tmp_path, INTEND, "newer.shtml")
    for path, time in ((older, "2020-05-02T08:00:00+00:00"), (newer, "2020-05-03T08:00:00+00:00")):
        desk.add(fetched(path.read_text(), time))
    before = next(iter(desk)).text
    for again in (False, True):
        add_all(desk, [older], processes=1, again=again)
        assert next(iter(desk)).text == before


@pytest.mark.slow
def test_documents_of_an_older_reader_are_read_again_from_their_captures(desk: Desk, tmp_path: Path) -> None:
    add_all(desk, [folder_of_pages(tmp_path / "pages", 3)], processes=1, encoding="utf-8")
    for path in (tmp_path / "pages").iterdir():
        path.unlink()  # the sources are gone: the captures are enough
    whole = [document.to_json() for document in desk]
    old = desk.rows()[1].id
    desk.record.execute("UPDATE document SET reader = '0.0.1', title = 'as it was read then' WHERE id = ?", (old,))
    desk.record.execute("DELETE FROM turn WHERE document = ? AND position > 2", (old,))
    summary = read_again(desk, processes=1)
    assert (summary.sources, summary.read_again) == (1, 1)
    assert [document.to_json() for document in desk] == whole
    assert read_again(desk, processes=1).sources == 0
    assert read_again(desk, everything=True, processes=2).read_again == 3
    assert [document.to_json() for document in desk] == whole
    asked = desk.record.execute("SELECT DISTINCT asked_house, asked_encoding FROM document").fetchall()
    assert [tuple(row) for row in asked] == [(None, "utf-8")]  # what was asked for once is asked for again


def test_a_source_that_could_not_be_read_is_noted_until_it_is(desk: Desk, tmp_path: Path) -> None:
    path = file_of(tmp_path, "<html><title>A shop</title><p>We sell lamps.</p></html>")
    add_all(desk, [path], processes=1)
    noted = desk.record.execute("SELECT source, error FROM refused").fetchall()
    assert [tuple(row) for row in noted] == [(path.as_uri(), "UnknownHouse")]
    path.write_text(page(1), encoding="utf-8")
    add_all(desk, [path], processes=1)
    assert desk.record.execute("SELECT count(*) FROM refused").fetchone()[0] == 0


@pytest.mark.parametrize("harm", ["lost", "damaged"])
def test_a_capture_that_came_to_harm_is_whole_again_when_its_page_is_added(
    desk: Desk, tmp_path: Path, harm: str
) -> None:
    source = file_of(tmp_path, page(1))
    added = desk.add(open_source(source))
    kept = desk.captures.path(desk.document(added.id).capture.sha256)
    kept.unlink() if harm == "lost" else kept.write_bytes(b"scratched")
    summary = add_all(desk, [source], processes=1)
    assert (summary.unchanged, summary.mended) == (1, 1)
    assert desk.document(added.id).data == source.read_bytes()


def test_a_document_that_contradicts_itself_is_lost_alone(desk: Desk, tmp_path: Path) -> None:
    good, bad = (onrecord.read(file_of(tmp_path, page(n), f"{n}.shtml")) for n in (1, 2))
    turns = (bad.turns[0], msgspec.structs.replace(bad.turns[1], id=bad.turns[0].id), *bad.turns[2:])
    broken = msgspec.structs.replace(bad, turns=turns).with_capture(bad.capture, bad.data, bad.offsets)
    desk.writer.add(good)
    with pytest.raises(RecordError, match="does not fit the record: UNIQUE"):
        desk.writer.add(broken)
    desk.writer.commit()
    assert [document.id for document in desk] == [good.id]
    assert desk.add(bad).outcome == "new"


def test_a_reader_sees_a_document_as_of_one_moment(tmp_path: Path) -> None:
    """A page is added again, reworded, between a reader's look at the text and its look at the turns."""
    with open_desk(tmp_path / "desk", write=True, create_new=True) as writing:
        first = writing.add(fetched(WILL, None))
        with open_desk(tmp_path / "desk") as reading:

            def meanwhile(statement: str) -> None:
                if "FROM turn" in statement and writing.rows()[0].versions == 1:
                    writing.add(fetched(INTEND, None))

            reading.record.set_trace_callback(meanwhile)
            assert [turn.text for turn in reading.document(first.id)][2].startswith("We will go.")
            reading.record.set_trace_callback(None)
            assert [turn.text for turn in reading.document(first.id)][2].startswith("We intend to go.")


def test_a_desk_is_read_where_nothing_may_be_written(tmp_path: Path) -> None:
    """As from a CD, or another's folder. Permissions do not bind root, so a child becomes nobody."""
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        id = desk.add(fetched(WILL, None)).id
    for path in (tmp_path / "desk", *(tmp_path / "desk").rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    for parent in list(tmp_path.parents)[:3]:
        parent.chmod(parent.stat().st_mode | 0o011)
    tmp_path.chmod(0o755)
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        if os.getuid() == 0:
            os.setuid(65534)
        try:
            with open_desk(tmp_path / "desk") as desk:
                words = desk.document(id).turns[2].span.source().decode()
            try:
                open_desk(tmp_path / "desk", write=True)
            except DeskError as error:
                words += f" {error.what}"
        except BaseException as error:
            words = repr(error)
        os.write(tell, words.encode())
        os._exit(0)
    os.waitpid(child, 0)
    (tmp_path / "desk").chmod(0o755)
    assert os.read(told, 4096).decode().endswith("number 1. no permission to write to the desk")


@pytest.mark.slow
def test_a_reading_process_that_dies_costs_nothing_and_one_that_never_ends_its_page(desk: Desk, tmp_path: Path) -> None:
    killed: list[int] = []

    def children() -> set[int]:
        threads = Path(f"/proc/{os.getpid()}/task").glob("*/children")
        return {int(pid) for path in threads for pid in path.read_text().split()}

    others = children()  # other tests of this process may have some of their own

    def kill_one(summary: object, source: str) -> None:
        if not killed:
            killed.extend(children() - others)
            for pid in killed:
                os.kill(pid, 9)

    summary = add_all(desk, [folder_of_pages(tmp_path / "pages", 200)], processes=2, on_progress=kill_one)
    assert len(killed) == 2
    assert (summary.new, summary.troubles) == (200, [])
    with Readers(1, Limits(seconds=0.0)) as readers:
        (one,) = readers.run([ReadJob(fetched(WILL, None))]).result()
    assert one.trouble is not None
    assert one.trouble.error == "LimitReached"
    assert "takes more than 0 seconds" in one.trouble.message


def test_a_document_that_nobody_holds_is_freed() -> None:
    """A turn and its document know each other; a run over a hundred thousand pages must not keep them."""

    class Mark:
        pass

    document = onrecord.read(page(1).encode())
    mark = Mark()
    document.__dict__["mark"] = mark
    seen = weakref.ref(mark)
    del document, mark
    gc.collect()
    assert seen() is None
