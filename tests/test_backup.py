"""A backup is whole whatever is written meanwhile, is checked, and becomes the same desk again."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import onrecord
from invented import folder_of_pages, page
from onrecord.asking import find
from onrecord.desk import Desk, add_all, check, open_desk
from onrecord.desk.backup import back_up, restore
from onrecord.errors import DamagedBackup, DeskFull, NotADesk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as opened:
        add_all(opened, [folder_of_pages(tmp_path / "pages", 6)], processes=1)
        opened.record.execute("INSERT INTO judgement VALUES ('x', 'kept', 'why', 'Ann', '2020-01-01', 'y')")
    return open_desk(tmp_path / "desk")


def rows_of(folder: Path) -> list[str]:
    """Every row of the record, as SQL."""
    with sqlite3.connect(folder / "record.sqlite") as record:
        return list(record.iterdump())


@pytest.mark.parametrize("link", [True, False])
def test_a_backup_becomes_the_same_desk_again(desk: Desk, tmp_path: Path, link: bool) -> None:
    made = back_up(desk.folder, tmp_path / "backup", link=link)
    assert (made.documents, made.captures, made.faults) == (6, 6, ())
    assert made.linked == (6 if link else 0)
    restored = restore(tmp_path / "backup", tmp_path / "again")
    assert (restored.documents, restored.linked, restored.faults) == (6, 0, ())
    assert rows_of(tmp_path / "again") == rows_of(desk.folder)
    with open_desk(tmp_path / "again") as again:
        assert find(again, "arcadia") == find(desk, "arcadia")
        assert [document.to_json() for document in again] == [document.to_json() for document in desk]


def test_what_is_added_while_it_is_made_is_not_in_it(desk: Desk, tmp_path: Path) -> None:
    added = []

    def add_one(what: str, done: int, total: int) -> None:
        if not added:
            with open_desk(desk.folder, write=True) as writing:
                added.append(writing.add(onrecord.read(page(50).encode())).id)

    made = back_up(desk.folder, tmp_path / "backup", on_progress=add_one)
    assert (made.documents, made.faults) == (6, ())
    assert len(desk) == 7
    with open_desk(tmp_path / "backup") as backup:
        assert len(backup) == 6
        assert list(check(backup)) == []


def test_a_backup_stays_as_it_is_when_the_desk_goes_on(desk: Desk, tmp_path: Path) -> None:
    """Its captures are linked, and none is ever written over."""
    back_up(desk.folder, tmp_path / "backup")
    before = rows_of(tmp_path / "backup")
    with open_desk(desk.folder, write=True) as writing:
        writing.add(onrecord.read(page(50).encode()))
    shutil.rmtree(desk.folder)
    with open_desk(tmp_path / "backup") as backup:
        assert list(check(backup)) == []
    assert rows_of(tmp_path / "backup") == before


def test_a_capture_that_is_lost_is_told_and_the_rest_is_backed_up(desk: Desk, tmp_path: Path) -> None:
    digest = desk.record.execute("SELECT sha256 FROM capture").fetchone()[0]
    desk.captures.path(digest).unlink()
    made = back_up(desk.folder, tmp_path / "backup")
    assert [(fault.what, fault.where) for fault in made.faults] == [("capture", digest)]
    assert made.documents == 6


def test_a_backup_that_was_changed_is_not_restored(desk: Desk, tmp_path: Path) -> None:
    back_up(desk.folder, tmp_path / "backup")
    with (tmp_path / "backup/record.sqlite").open("rb+") as file:
        file.seek(30_000)
        file.write(b"\7" * 100)
    with pytest.raises(DamagedBackup, match="not the one that was backed up"):
        restore(tmp_path / "backup", tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_nothing_is_written_over(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/letter.txt").write_text("mine")
    with pytest.raises(NotADesk, match="the folder is not empty"):
        back_up(desk.folder, tmp_path / "full")
    with pytest.raises(NotADesk, match="the folder is not empty"):
        restore(desk.folder, tmp_path / "full")
    with pytest.raises(DamagedBackup, match=r"backup\.json"):
        restore(desk.folder, tmp_path / "new")
    with pytest.raises(NotADesk, match="no backup here"):
        restore(tmp_path / "full", tmp_path / "new")


def test_a_backup_that_finds_no_room_says_so(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "small").mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(tmp_path / "small")]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        with pytest.raises(DeskFull):
            back_up(desk.folder, tmp_path / "small/backup")
    finally:
        subprocess.run(["umount", "-l", str(tmp_path / "small")], check=True)


@pytest.mark.slow
def test_the_commands_say_what_they_did(desk: Desk, tmp_path: Path) -> None:
    def run(*told: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "onrecord.cli", *told]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    made = run("backup", str(tmp_path / "backup"), "--desk", str(desk.folder))
    assert made.returncode == 0, made.stderr
    assert "6 documents backed up to" in made.stdout
    assert "6 of them linked" in made.stdout
    assert "checked: 0 faults" in made.stdout
    again = run("restore", str(tmp_path / "backup"), str(tmp_path / "again"), "--format", "json")
    assert (again.returncode, '"documents": 6' in again.stdout) == (0, True), again.stderr
    twice = run("restore", str(tmp_path / "backup"), str(tmp_path / "again"))
    assert (twice.returncode, "NotADesk" in twice.stderr) == (1, True)
