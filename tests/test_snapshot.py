"""Readers beside a writer: an answer is of one state of the record, one process builds the index, and the others wait."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import onrecord
from invented import folder_of_pages, page
from onrecord.asking import find, trace
from onrecord.desk import add_all, check, open_desk
from onrecord.desk.locks import IndexBusy, building
from onrecord.desk.memory import Memory
from onrecord.desk.snapshot import one_state
from onrecord.desk.store import Desk
from onrecord.desk.text_index import index_folder, open_index
from onrecord.desk.wording_index import open_wordings
from onrecord.errors import SnapshotOutdated

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        add_all(desk, [folder_of_pages(tmp_path / "pages", 10)], processes=1)
    return tmp_path / "desk"


def add(folder: Path, number: int) -> None:
    with open_desk(folder, write=True) as desk:
        desk.add(onrecord.read(page(number).encode()))
        open_index(desk.folder, desk.record)
        open_wordings(desk.folder, desk.record)


def counted(desk: Desk) -> tuple[int, int, int, int]:
    """The same number, told by the table, by the list, by the index and by the wordings."""
    exact = trace(desk, "Our position has not changed").exact
    return len(desk), desk.count(), find(desk, "arcadia", limit=0).count, exact


def test_a_snapshot_does_not_see_what_is_added_meanwhile(folder: Path) -> None:
    with open_desk(folder) as desk:
        with desk.snapshot():
            before = counted(desk)
            add(folder, 20)
            assert counted(desk) == before == (10,) * 4
        assert counted(desk) == (11,) * 4


def test_an_answer_that_the_index_has_overtaken_is_asked_again(folder: Path) -> None:
    """The index is opened only when the record, and the index with it, have gone on twice."""
    asked = []

    @one_state
    def answer(desk: Desk) -> tuple[int, int, int, int]:
        asked.append(1)
        if len(asked) == 1:
            add(folder, 20)
            add(folder, 21)
        return counted(desk)

    with open_desk(folder) as desk:
        assert answer(desk) == (12,) * 4
    assert len(asked) == 2


def test_without_asking_again_it_is_an_error_that_says_so(folder: Path) -> None:
    with open_desk(folder) as desk, desk.snapshot():
        add(folder, 20)
        add(folder, 21)
        with pytest.raises(SnapshotOutdated, match="Repeat the query"):
            find(desk, "arcadia")


def test_two_threads_of_two_states_do_not_make_each_others_answers_anew(folder: Path) -> None:
    memory = Memory()
    made = []
    with open_desk(folder, memory=memory) as old, open_desk(folder, memory=memory) as new, old.snapshot():
        for desk in (old, new, old, new):
            desk.remembered("documents", lambda: made.append(1))
            if desk is old and len(made) == 1:
                add(folder, 20)
    assert len(made) == 2


def test_a_damaged_record_is_told_by_name_inside_a_snapshot(folder: Path) -> None:
    with open_desk(folder) as desk, pytest.raises(onrecord.errors.NotADesk, match="damaged"), desk.snapshot():
        desk.record.execute("SELECT * FROM no_such_table")


def test_who_needs_the_index_waits_for_the_one_that_builds_it(folder: Path) -> None:
    answers: list[int] = []

    def ask() -> None:
        with open_desk(folder) as desk, pytest.warns(IndexBusy, match="is building the index; waiting"):
            answers.append(find(desk, "arcadia", limit=0).count)

    with building(index_folder(folder)):
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join(timeout=1)
        assert thread.is_alive()
    thread.join(timeout=60)
    assert answers == [10]


def _ask_often(folder: Path, times: int, told: multiprocessing.Queue[object]) -> None:
    try:
        with open_desk(folder) as desk:
            for _ in range(times):
                told.put(desk.in_snapshot(lambda: counted(desk)))
    except BaseException as error:
        told.put(repr(error))


def test_readers_beside_a_writer_each_tell_one_state(folder: Path) -> None:
    told: multiprocessing.Queue[object] = multiprocessing.Queue()
    readers = [multiprocessing.Process(target=_ask_often, args=(folder, 12, told)) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number in range(20, 32):
        add(folder, number)
    answers = [told.get(timeout=120) for _ in range(4 * 12)]
    for reader in readers:
        reader.join(timeout=60)
    assert {answer for answer in answers if not (isinstance(answer, tuple) and len(set(answer)) == 1)} == set()
    with open_desk(folder) as desk:
        assert counted(desk) == (22,) * 4
        assert list(check(desk)) == []


@pytest.mark.slow
def test_commands_side_by_side_on_a_desk_without_an_index(folder: Path) -> None:
    """All begin at once, and none of them ends in a traceback."""
    asked = [["find", "arcadia"], ["trace", "Our position has not changed"]] * 4
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "onrecord.cli", *command, "--desk", str(folder)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for command in asked
    ]  # fmt: skip
    for child, command in zip(running, asked, strict=True):
        out, err = child.communicate(timeout=120)
        assert child.returncode == 0, err
        assert "Traceback" not in err
        assert "10 " in out, command
