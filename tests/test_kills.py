"""Killed at any moment (``kill -9``), whatever it was doing: the desk is whole, and the same command ends what was begun.

``bench/kills.py`` kills as often as wanted; the moments are drawn from a seed, out of the time that the whole work takes.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from invented import folder_of_pages
from onrecord import houses
from onrecord.asking import find, trace
from onrecord.asking.judgement_store import judge
from onrecord.desk import add_all, annotate_all, check, open_desk, read_again
from onrecord.desk.text_index import TextIndex, index_folder, open_index
from onrecord.desk.wording_index import WordingIndex, open_wordings, wording_folder

pytestmark = pytest.mark.slow
KILLS = 20
#: Columns that say when, or how often, something was done, which no two runs share.
TIMES = {"added", "met", "made", "number", "first_seen", "last_seen", "since"}
#: Tables of what is numbered anew each time it is done, and of what people add.
NUMBERED = {"change", "judgement", "sqlite_sequence"}


def sources(folder: Path) -> list[Path]:
    return [*(path for house in houses.usable().values() for path in house.examples), folder / "pages"]


def add(folder: Path, told: Any) -> None:
    with open_desk(folder / "desk", write=True, create_new=True) as desk:
        add_all(desk, sources(folder), processes=1)
        open_index(desk.folder, desk.record)
        open_wordings(desk.folder, desk.record)


def annotate_again(folder: Path, told: Any) -> None:
    with open_desk(folder / "desk", write=True) as desk:
        annotate_all(desk, again=True, processes=1)
        open_index(desk.folder, desk.record)


def reread(folder: Path, told: Any) -> None:
    with open_desk(folder / "desk", write=True) as desk:
        read_again(desk, everything=True, processes=1)
        open_index(desk.folder, desk.record)


def rebuild(folder: Path, told: Any) -> None:
    with open_desk(folder / "desk") as desk:
        TextIndex(index_folder(desk.folder), desk.record).rebuild()
        WordingIndex(wording_folder(desk.folder), desk.record).rebuild()


def judge_often(folder: Path, told: Any) -> None:
    with open_desk(folder / "desk", write=True) as desk:
        (undertaking,) = desk.record.execute("SELECT id FROM undertaking ORDER BY id LIMIT 1").fetchone()
        for number in range(200):
            judge(desk, undertaking, "kept", f"number {number}", "Ann", "2020-01-01")
            told.value = number + 1


WORK: dict[str, Callable[[Path, Any], None]] = {
    "add": add, "annotate --again": annotate_again, "reread": reread, "rebuild": rebuild, "judge": judge_often,
}  # fmt: skip


class Sound:
    """A desk that nothing was killed on: its folder, and what it holds and answers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder_of_pages(folder / "pages", 20)
        self.seconds: dict[str, float] = {}
        self.rows: dict[str, dict[str, list[tuple[object, ...]]]] = {}
        for name, work in WORK.items():
            begun = time.perf_counter()
            work(folder, multiprocessing.Value("i", 0))
            self.seconds[name] = time.perf_counter() - begun
            self.rows[name] = rows_of(folder / "desk")
            if name == "add":
                shutil.copytree(folder / "desk", folder / "added")
        shutil.rmtree(folder / "desk")
        (folder / "added").rename(folder / "desk")
        self.answers = answers_of(folder / "desk")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    return Sound(tmp_path_factory.mktemp("sound"))


def rows_of(desk: Path) -> dict[str, list[tuple[object, ...]]]:
    record = sqlite3.connect(f"file:{desk / 'record.sqlite'}?mode=ro", uri=True)
    tables = {row[0] for row in record.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")} - NUMBERED
    found = {}
    for table in sorted(tables):
        columns = [row[1] for row in record.execute(f"PRAGMA table_info({table})") if row[1] not in TIMES]
        names = ", ".join(f'"{column}"' for column in columns)
        found[table] = sorted(record.execute(f"SELECT {names} FROM {table}").fetchall(), key=repr)
    record.close()
    return found


def answers_of(folder: Path) -> object:
    with open_desk(folder) as desk, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = find(desk, "arcadia OR cooperation", order="oldest", limit=100)
        return found, trace(desk, "Our position has not changed").uses


def kill_and_repeat(sound: Sound, folder: Path, name: str, dice: random.Random) -> bool:
    """Kill a process that does this work at a moment of it, and do it again; whether it was still at work."""
    (folder / "pages").symlink_to(sound.folder / "pages")
    if name != "add":
        shutil.copytree(sound.folder / "desk", folder / "desk")
    told = multiprocessing.Value("i", 0)
    child = multiprocessing.Process(target=WORK[name], args=(folder, told))
    child.start()
    child.join(timeout=dice.random() * sound.seconds[name])
    killed = child.is_alive()
    child.kill()
    child.join()
    if (folder / "desk" / "record.sqlite").exists():
        with open_desk(folder / "desk") as desk:
            assert [fault for fault in check(desk) if fault.what != "orphan"] == []
            (judged,) = desk.record.execute("SELECT count(*) FROM judgement").fetchone()
            assert judged >= told.value, "a judgement was told as kept and is gone"
        if name in ("rebuild", "judge"):  # neither changes what is answered
            assert answers_of(folder / "desk") == sound.answers
    WORK[name](folder, told)
    is_as_undisturbed(sound, folder, name)
    return killed


def is_as_undisturbed(sound: Sound, folder: Path, name: str) -> None:
    rows = rows_of(folder / "desk")
    expected = sound.rows[name if name == "reread" else "add"]
    assert rows == expected | {"sighting": rows["sighting"]}  # the pages lie in another folder
    assert answers_of(folder / "desk") == sound.answers
    with open_desk(folder / "desk") as desk:
        assert list(check(desk)) == []


#: Commands whose reading processes alone are killed, while the run goes on.
WORKERS = {"add, workers alone": ["add", "{sources}"], "reread, workers alone": ["reread", "--everything"]}


def kill_workers(sound: Sound, folder: Path, name: str, dice: random.Random) -> bool:
    """Kill reading processes of a run at moments of it; whether one was still at work.

    The run tells of every page that this cost, and a second one brings it.
    """
    (folder / "pages").symlink_to(sound.folder / "pages")
    work = WORKERS[name][0]
    if work != "add":
        shutil.copytree(sound.folder / "desk", folder / "desk")
    words = [word for word in WORKERS[name] if word != "{sources}"]
    words += map(str, sources(folder)) if work == "add" else ()
    command = [sys.executable, "-m", "onrecord.cli", *words, "--desk", str(folder / "desk")]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    killed = False
    while running.poll() is None and not children_of(running.pid):  # loading the program takes a while
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(0.02)
    for _ in range(dice.choice((1, 1, 3))):
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(dice.random() * sound.seconds[work] / 2)
        for child in children_of(running.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
                killed = True
    told, _ = running.communicate(timeout=300)
    assert "Traceback" not in told, told
    rows = rows_of(folder / "desk")
    if rows != sound.rows[work] | {"sighting": rows["sighting"]}:
        assert running.returncode or "not annotated" in told, told
    WORK[work](folder, None)
    with open_desk(folder / "desk", write=True) as desk:
        annotate_all(desk, processes=1)
        open_index(desk.folder, desk.record)
    is_as_undisturbed(sound, folder, work)
    return killed


def children_of(pid: int) -> list[int]:
    """The processes that a process has started."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += map(int, task.read_text(encoding="ascii").split())
    return found


@pytest.mark.parametrize("number", range(KILLS))
def test_killed_it_is_whole_and_the_same_again_ends_it(sound: Sound, tmp_path: Path, number: int) -> None:
    kill_and_repeat(sound, tmp_path, list(WORK)[number % len(WORK)], random.Random(number))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds the processes of a run in /proc")
@pytest.mark.parametrize("number", range(max(2, KILLS // 5)))
def test_killed_alone_workers_cost_nothing_that_is_not_told(sound: Sound, tmp_path: Path, number: int) -> None:
    kill_workers(sound, tmp_path, list(WORKERS)[number % len(WORKERS)], random.Random(number))
