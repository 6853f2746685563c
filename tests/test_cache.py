"""What takes long to make is kept beside the record: used again, made anew when it must be, never in the way."""

from __future__ import annotations

import errno
import multiprocessing
import os
from pathlib import Path

import pytest

import onrecord
from onrecord.desk import open_desk
from onrecord.desk.cache import read_cached, stamp_of, write_cached
from onrecord.desk.memory import Memory
from onrecord.desk.store import Desk

PAGE = "Foreign Ministry Spokesperson Geng Shuang's Regular Press Conference on May {day}, 2019\n\nTimes: Any comment?\n\nGeng Shuang: No.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        add(desk, 6)
    return tmp_path / "desk"


def add(desk: Desk, day: int) -> None:
    desk.add(onrecord.read(PAGE.format(day=day).encode()))


def asked(desk: Desk, layout: int = 1) -> tuple[list[str], bool]:
    """The days of the documents, and whether they were made now."""
    made = []

    def make() -> list[str]:
        made.append(1)
        return [one.day or "" for one in desk.rows()]

    return desk.cached("days", list[str], make, layout=layout), bool(made)


def file_of(folder: Path) -> Path:
    return folder / "index" / "cache" / "days.msgpack"


def test_it_is_made_once_and_another_process_finds_it(folder: Path) -> None:
    with open_desk(folder) as desk:
        assert asked(desk) == (["2019-05-06"], True)
        assert asked(desk) == (["2019-05-06"], False)
    with open_desk(folder) as desk:
        assert asked(desk) == (["2019-05-06"], False)
    assert sorted(path.name for path in file_of(folder).parent.iterdir()) == ["days.lock", "days.msgpack"]


@pytest.mark.skipif(os.name == "nt", reason="starts processes with fork")
def test_processes_that_need_it_at_once_make_it_once(folder: Path, tmp_path: Path) -> None:
    """As the workers of a server do after a change: while one computes, the others wait and take what it has made."""
    context = multiprocessing.get_context("fork")
    begins = context.Barrier(4)

    def need() -> None:
        with open_desk(folder) as desk:

            def make() -> list[str]:
                with (tmp_path / "made").open("a") as file:
                    file.write("made\n")
                return [one.day or "" for one in desk.rows()]

            begins.wait(30)
            assert desk.cached("days", list[str], make, layout=1) == ["2019-05-06"]

    processes = [context.Process(target=need) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    assert (tmp_path / "made").read_text() == "made\n"


def test_threads_with_one_memory_read_the_file_once(folder: Path) -> None:
    memory = Memory()
    with open_desk(folder, memory=memory) as one, open_desk(folder, memory=memory) as other:
        assert asked(one)[1]
        file_of(folder).unlink()
        assert not asked(other)[1]


def test_what_is_added_is_in_it(folder: Path) -> None:
    with open_desk(folder, write=True) as desk:
        asked(desk)
        size = file_of(folder).stat().st_size
        add(desk, 7)
        assert asked(desk) == (["2019-05-06", "2019-05-07"], True)
    with open_desk(folder) as desk:
        assert asked(desk) == (["2019-05-06", "2019-05-07"], False)
    assert file_of(folder).stat().st_size < 2 * size  # what it held is gone


def test_a_judgement_changes_nothing_of_it(folder: Path) -> None:
    with open_desk(folder, write=True) as desk:
        asked(desk)
        desk.record.execute("INSERT INTO judgement VALUES ('x', 'kept', 'why', 'Ann', '2020-01-01', 'y')")
        assert not asked(desk)[1]


@pytest.mark.parametrize("what", ["layout", "program", "rules"])
def test_another_program_makes_it_anew(folder: Path, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_desk(folder) as desk:
        asked(desk)
    if what == "program":
        monkeypatch.setattr("onrecord.version.__version__", "9.9.9")
    elif what == "rules":
        monkeypatch.setattr("onrecord.annotation.annotating.VERSION", 99)
    with open_desk(folder) as desk:
        assert asked(desk, layout=2 if what == "layout" else 1)[1]


def test_another_record_in_its_place_is_another(folder: Path, tmp_path: Path) -> None:
    """Its changes have the same numbers."""
    with open_desk(folder) as desk:
        asked(desk)
    with open_desk(tmp_path / "other", write=True, create_new=True) as desk:
        add(desk, 9)
    (tmp_path / "other" / "record.sqlite").replace(folder / "record.sqlite")
    with open_desk(folder) as desk:
        assert asked(desk) == (["2019-05-09"], True)


@pytest.mark.parametrize("harm", ["empty", "cut", "one bit", "no head", "another type", "a folder", "unreadable"])
def test_a_damaged_file_is_made_anew(folder: Path, harm: str) -> None:
    with open_desk(folder) as desk:
        asked(desk)
        path = file_of(folder)
        whole = path.read_bytes()
        match harm:
            case "one bit":
                path.write_bytes(whole[:-2] + bytes([whole[-2] ^ 1]) + whole[-1:])  # a day that reads as well
            case "another type":
                write_cached(folder, "days", {"no": "list"}, stamp_of(desk.record, 1))
            case "a folder":
                path.unlink()
                path.mkdir()
            case "unreadable":
                path.write_bytes(b"\xff" * 100)
            case _:
                path.write_bytes({"empty": b"", "cut": whole[:-3], "no head": whole.partition(b"\n")[2]}[harm])
    with open_desk(folder) as desk:
        assert asked(desk) == (["2019-05-06"], True)
    with open_desk(folder) as desk:
        assert asked(desk)[1] == (harm == "a folder")  # the others are sound again


def test_where_nothing_may_be_written_it_is_made_each_time(folder: Path) -> None:
    """Permissions do not bind root, so a child becomes nobody."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    for parent in (folder.parent, *list(folder.parent.parents)[:3]):
        parent.chmod(parent.stat().st_mode | 0o055)
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        if os.getuid() == 0:
            os.setuid(65534)
        try:
            answers = []
            for _ in range(2):
                with open_desk(folder) as desk:
                    answers.append(asked(desk))
        except BaseException as error:
            answers = [repr(error)]
        os.write(tell, repr(answers).encode())
        os._exit(0)
    os.waitpid(child, 0)
    folder.chmod(0o755)
    assert os.read(told, 4096).decode() == repr([(["2019-05-06"], True)] * 2)
    assert not file_of(folder).exists()


def test_a_full_disk_keeps_what_was_there_and_leaves_no_part(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_desk(folder, write=True) as desk:
        asked(desk)
        before = file_of(folder).read_bytes()
        add(desk, 7)

        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(Path, "replace", full)
        assert asked(desk) == (["2019-05-06", "2019-05-07"], True)
    assert sorted(path.name for path in file_of(folder).parent.iterdir()) == ["days.lock", "days.msgpack"]
    assert file_of(folder).read_bytes() == before


def test_what_is_not_written_yet_is_not_kept(folder: Path) -> None:
    with open_desk(folder, write=True) as desk:
        asked(desk)
        desk.record.execute("BEGIN")
        desk.record.execute("UPDATE document SET title = title")
        assert asked(desk)[1]
        desk.record.execute("ROLLBACK")
    with open_desk(folder) as desk:
        assert not asked(desk)[1]  # the file is still that of before


def test_what_changed_while_it_was_made_is_not_kept(folder: Path) -> None:
    with open_desk(folder) as desk, open_desk(folder, write=True) as writing:

        def make() -> list[str]:
            add(writing, 7)
            return ["of before"]

        desk.cached("days", list[str], make, layout=1)
        assert not file_of(folder).exists()
        assert asked(desk) == (["2019-05-06", "2019-05-07"], True)


def _keep(folder: Path, text: str) -> None:
    with open_desk(folder) as desk:
        stamp = stamp_of(desk.record, 1)
        for _ in range(60):
            write_cached(folder, "days", [text] * 20_000, stamp)


def test_processes_that_write_at_once_leave_one_whole_file(folder: Path) -> None:
    writing = [multiprocessing.Process(target=_keep, args=(folder, text)) for text in ("one", "other")]
    for process in writing:
        process.start()
    seen = set()
    with open_desk(folder) as desk:
        stamp = stamp_of(desk.record, 1)
    while any(process.is_alive() for process in writing):
        held = read_cached(folder, "days", list[str], stamp)
        if held is not None:
            assert len(held) == 20_000
            seen.update(held)
    assert [process.exitcode for process in writing] == [0, 0]
    assert seen <= {"one", "other"}
    assert [path.name for path in file_of(folder).parent.iterdir()] == ["days.msgpack"]


def test_what_an_ended_process_left_is_taken_away_in_time(folder: Path) -> None:
    old, new = file_of(folder).with_name("days.1.part"), file_of(folder).with_name("days.2.part")
    old.parent.mkdir(parents=True)
    old.touch()
    new.touch()
    os.utime(old, (1, 1))
    with open_desk(folder) as desk:
        asked(desk)
    assert not old.exists()
    assert new.exists()  # another may be writing it


def updated(desk: Desk, layout: int = 1) -> tuple[list[str], list[str] | None]:
    """The days of the documents, and by which documents they were updated; None if they were made from nothing or kept."""
    by: list[list[str]] = []

    def update(before: list[str], documents: list[str]) -> list[str]:
        by.append(documents)
        return [*before, *(desk.row(id).day or "" for id in documents)]

    days = desk.updated("days", list[str], lambda: [one.day or "" for one in desk.rows()], update, layout=layout)
    return days, by[0] if by else None


def test_a_result_is_updated_by_the_documents_that_changed(folder: Path) -> None:
    with open_desk(folder, write=True) as desk:
        assert updated(desk) == (["2019-05-06"], None)
        add(desk, 7)
        id = desk.rows()[-1].id
        assert updated(desk) == (["2019-05-06", "2019-05-07"], [id])
        assert updated(desk) == (["2019-05-06", "2019-05-07"], None)  # kept
    with open_desk(folder) as desk:  # the file is still that of one document: it is written again after many changes
        assert updated(desk) == (["2019-05-06", "2019-05-07"], [id])
    with open_desk(folder) as desk:  # a process that had to update the file writes it
        assert updated(desk) == (["2019-05-06", "2019-05-07"], None)


def test_a_document_that_is_annotated_again_has_changed(folder: Path) -> None:
    with open_desk(folder, write=True) as desk:
        updated(desk)
        (row,) = desk.rows()
        desk.writer.annotate(onrecord.annotate(desk.document(row.id)))
        desk.writer.commit()
        assert updated(desk)[1] == [row.id]


@pytest.mark.parametrize("what", ["another layout", "another record", "a damaged file"])
def test_what_cannot_be_updated_is_made_from_nothing(folder: Path, tmp_path: Path, what: str) -> None:
    with open_desk(folder) as desk:
        updated(desk)
    if what == "another record":
        with open_desk(tmp_path / "other", write=True, create_new=True) as desk:
            add(desk, 9)
        (tmp_path / "other" / "record.sqlite").replace(folder / "record.sqlite")
    if what == "a damaged file":
        file_of(folder).write_bytes(file_of(folder).read_bytes()[:-2])
    with open_desk(folder, write=True) as desk:
        if what == "another record":
            assert updated(desk) == (["2019-05-09"], None)
        else:
            assert updated(desk, layout=2 if what == "another layout" else 1) == (["2019-05-06"], None)


def test_nothing_is_updated_from_writes_that_were_taken_back(folder: Path) -> None:
    with open_desk(folder, write=True) as desk:
        updated(desk)
        desk.record.execute("BEGIN")
        desk.record.execute("UPDATE document SET day = '2019-05-08'")
        updated(desk)
        desk.record.execute("ROLLBACK")
        add(desk, 7)
        assert updated(desk)[0] == ["2019-05-06", "2019-05-07"]


def test_an_answer_about_the_state_before_leaves_the_newer_result(folder: Path) -> None:
    """Two threads of a server: one is still in the snapshot of before when the other has updated the result."""
    memory = Memory()
    with open_desk(folder, memory=memory) as slow, open_desk(folder, memory=memory) as desk, slow.snapshot():
        slow.rows()
        with open_desk(folder, write=True) as writing:
            add(writing, 7)
        updated(desk)
        assert updated(slow)[0] == ["2019-05-06"]
        with open_desk(folder, write=True) as writing:
            add(writing, 8)
        days, by = updated(desk)
        assert (days, len(by or [])) == (["2019-05-06", "2019-05-07", "2019-05-08"], 1)
