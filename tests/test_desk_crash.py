"""Killed at any moment, with no room left, or on a folder that cannot be read: the desk stays whole."""

from __future__ import annotations

import os
import random
import resource
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from invented import folder_of_pages
from onrecord.desk import check, open_desk
from onrecord.errors import DeskFull

pytestmark = pytest.mark.slow

COMMAND = [sys.executable, "-m", "onrecord.cli", "add"]
#: Columns that say when something was done, which no two runs share.
TIMES = {"added", "met", "made", "first_seen", "last_seen", "since"}


def record_of(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table of the record, times left out."""
    record = sqlite3.connect(f"file:{folder / 'record.sqlite'}?mode=ro", uri=True)
    tables = [row[0] for row in record.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    dump = {}
    for table in tables:
        columns = [row[1] for row in record.execute(f"PRAGMA table_info({table})") if row[1] not in TIMES]
        names = ", ".join(f'"{column}"' for column in columns)
        dump[table] = sorted(record.execute(f"SELECT {names} FROM {table}").fetchall(), key=repr)
    record.close()
    return dump


def add(pages: Path, desk: Path, **more: object) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, str(pages), "--desk", str(desk)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, **more)  # type: ignore[call-overload]


def kept(desk: Path) -> int:
    return sum(1 for _ in (desk / "captures").glob("??/??/*.gz"))


def test_killed_at_eight_moments_and_added_again_the_record_is_the_same(tmp_path: Path) -> None:
    """The moments are chosen by how many captures stand on the disk, from none to all, so that they fall everywhere.

    ``bench/kills.py`` kills two hundred times, in every command that writes.
    """
    count = 80
    pages = folder_of_pages(tmp_path / "pages", count)
    add(pages, tmp_path / "whole")
    whole = record_of(tmp_path / "whole")
    assert len(whole["document"]) == count
    dice = random.Random(20210322)
    for moment in sorted(dice.sample(range(count), 8)):
        desk = tmp_path / "killed"
        shutil.rmtree(desk, ignore_errors=True)
        child = subprocess.Popen(
            [*COMMAND, str(pages), "--desk", str(desk)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        while child.poll() is None and kept(desk) < moment:
            os.sched_yield()
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        if (desk / "record.sqlite").exists():
            with open_desk(desk) as opened:
                assert [fault for fault in check(opened) if fault.what != "orphan"] == [], f"killed after {moment}"
        run = add(pages, desk)
        assert run.returncode == 0, run.stderr
        with open_desk(desk) as opened:
            assert list(check(opened)) == []
        assert record_of(desk) == whole, f"killed after {moment}"


def test_killed_alone_its_readers_end_too_and_the_desk_is_free(tmp_path: Path) -> None:
    """Killed as the system kills for want of memory: the one process, not its group."""
    pages = folder_of_pages(tmp_path / "pages", 400)
    desk = tmp_path / "desk"
    child = subprocess.Popen([*COMMAND, str(pages), "--desk", str(desk)], stdout=subprocess.DEVNULL)
    while child.poll() is None and kept(desk) < 30:
        os.sched_yield()
    readers = {
        int(pid) for path in Path(f"/proc/{child.pid}/task").glob("*/children") for pid in path.read_text().split()
    }
    assert len(readers) == 2
    ends = [os.pidfd_open(pid) for pid in readers]
    child.kill()
    child.wait()
    for end in ends:
        assert select.select([end], [], [], 30)[0], "a reader waits for a writer that is gone"
        os.close(end)
    run = add(pages, desk)
    assert run.returncode == 0, run.stderr
    with open_desk(desk) as opened:
        assert (len(opened), list(check(opened))) == (400, [])


def test_two_that_make_one_desk_at_once_lose_nothing(tmp_path: Path) -> None:
    """Six start together, each with a page of its own; who is told that another writes tries again."""
    pages = folder_of_pages(tmp_path / "pages", 6)
    left = sorted(pages.iterdir())
    desk = tmp_path / "desk"
    while left:
        running = [
            (
                page,
                subprocess.Popen(
                    [*COMMAND, str(page), "--desk", str(desk)],
                    stderr=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    text=True,
                ),
            )
            for page in left
        ]
        left = []
        for page, child in running:
            _, told = child.communicate(timeout=60)
            if child.returncode:
                assert "DeskBusy" in told
                left.append(page)
    with open_desk(desk) as opened:
        assert (len(opened), list(check(opened))) == (6, [])


def test_interrupted_by_hand_what_was_added_stays(tmp_path: Path) -> None:
    pages = folder_of_pages(tmp_path / "pages", 400)
    desk = tmp_path / "desk"
    child = subprocess.Popen(
        [*COMMAND, str(pages), "--desk", str(desk), "--processes", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # a shell that runs the tests in the background has Ctrl-C ignored, and what it starts inherits that
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - this process has one thread
    )
    while child.poll() is None and kept(desk) < 120:
        os.sched_yield()
    child.send_signal(signal.SIGINT)
    _, told = child.communicate(timeout=60)
    assert (child.returncode, "everything added so far is saved" in told) == (130, True), told
    with open_desk(desk) as opened:
        assert 100 <= len(opened) < 400
        assert [fault for fault in check(opened) if fault.what != "orphan"] == []


@pytest.mark.parametrize("limit", [150_000, 400_000, 1_200_000])
def test_a_full_disk_is_told_and_what_was_added_stays(tmp_path: Path, limit: int) -> None:
    """A small file system where one can be mounted; otherwise a limit on how large a file may grow, which fails alike."""
    pages = folder_of_pages(tmp_path / "pages", 400)
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={limit}", "tmpfs", str(small)], capture_output=True, check=False
    )
    try:
        if mounted.returncode == 0:
            run = add(pages, small / "desk")
        else:
            run = add(
                pages, small / "desk", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            )
        assert run.returncode == 1
        assert DeskFull.__name__ in run.stderr
        assert "Free some space" in run.stderr
        if mounted.returncode == 0:
            subprocess.run(["mount", "-o", "remount,size=100m", str(small)], check=True)
        again = add(pages, small / "desk")
        assert again.returncode == 0, again.stderr
        with open_desk(small / "desk") as opened:
            assert len(opened) == 400
            assert [fault for fault in check(opened) if fault.what != "orphan"] == []
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", "-l", str(small)], check=True)


def test_two_writers_at_once_one_is_told(tmp_path: Path) -> None:
    pages = folder_of_pages(tmp_path / "pages", 400)
    desk = tmp_path / "desk"
    first = subprocess.Popen([*COMMAND, str(pages), "--desk", str(desk)], stdout=subprocess.DEVNULL)
    while not (desk / "record.sqlite").exists() or kept(desk) < 1:
        os.sched_yield()
    second = add(pages, desk)
    assert first.wait(timeout=60) == 0
    assert second.returncode == 1
    assert f"DeskBusy: {desk}: process {first.pid} is writing to the desk" in second.stderr
