"""A desk on a read-only medium is searched and served; a full one says so. Small file systems are mounted where that may be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from invented import folder_of_pages
from onrecord.asking import find, trace
from onrecord.desk import add_all, check, open_desk
from onrecord.desk.text_index import index_folder, open_index
from onrecord.desk.wording_index import open_wordings
from onrecord.errors import DeskFull, DeskReadOnly, IndexUnavailable

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def desk_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("medium")
    with open_desk(folder / "desk", write=True, create_new=True) as desk:
        add_all(desk, [folder_of_pages(folder / "pages", 12)], processes=1)
        open_index(desk.folder, desk.record)
        open_wordings(desk.folder, desk.record)
    return folder / "desk"


@contextmanager
def mounted(target: Path, *told: str) -> Iterator[None]:
    target.mkdir(exist_ok=True)
    done = subprocess.run(["mount", *told, str(target)], capture_output=True, check=False, text=True)
    if done.returncode:
        pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(target)], check=True)


@contextmanager
def read_only(desk: Path, target: Path) -> Iterator[Path]:
    with mounted(target, "--bind", str(desk)):
        subprocess.run(["mount", "-o", "remount,ro,bind", str(target)], check=True)
        yield target


def run(*told: str, **more: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "onrecord.cli", *told]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, **more)  # type: ignore[call-overload]


def test_a_sound_index_on_a_read_only_medium_answers(desk_folder: Path, tmp_path: Path) -> None:
    with open_desk(desk_folder) as desk:
        expected = find(desk, "arcadia"), trace(desk, "our position has not changed").uses
    with read_only(desk_folder, tmp_path / "medium") as folder, open_desk(folder) as desk:
        assert (find(desk, "arcadia"), trace(desk, "our position has not changed").uses) == expected
        assert expected[0].count == 12
        assert list(check(desk)) == []


def test_it_answers_whoever_may_only_read_it(desk_folder: Path) -> None:
    """Every file may be read by whoever may read the folder: none is for its owner alone."""
    for path in desk_folder.rglob("*"):
        if not path.name.startswith(".tantivy") and path.suffix != ".lock":
            assert path.stat().st_mode & 0o044 == 0o044 & desk_folder.stat().st_mode, path


@pytest.mark.slow
@pytest.mark.parametrize("command", [["rebuild"], ["annotate"], ["reread"], ["add", "{pages}"]])
def test_what_must_write_says_that_it_may_not(desk_folder: Path, tmp_path: Path, command: list[str]) -> None:
    told = [word.format(pages=desk_folder.parent / "pages") for word in command]
    with read_only(desk_folder, tmp_path / "medium") as folder:
        done = run(*told, "--desk", str(folder))
    assert done.returncode == 1
    named = IndexUnavailable if command == ["rebuild"] else DeskReadOnly
    assert done.stderr.startswith(f"onrecord: {named.__name__}: "), done.stderr
    assert "Traceback" not in done.stderr


def test_an_index_that_is_missing_cannot_be_built_on_a_read_only_medium(desk_folder: Path, tmp_path: Path) -> None:
    done = subprocess.run(["cp", "-r", str(desk_folder), str(tmp_path / "copy")], check=True)
    assert done.returncode == 0
    index_folder(tmp_path / "copy").rename(tmp_path / "gone")
    with read_only(tmp_path / "copy", tmp_path / "medium") as folder, open_desk(folder) as desk:
        with pytest.raises(IndexUnavailable, match=r"not writable.*onrecord rebuild"):
            find(desk, "arcadia")
        assert trace(desk, "our position has not changed").exact  # the other index is there


@pytest.mark.parametrize("size", [16, 64, 256])
def test_an_index_that_finds_no_room_says_so_and_is_built_when_there_is(
    desk_folder: Path, tmp_path: Path, size: int
) -> None:
    """The desk fits, and so many KiB of the index beside it."""
    small = tmp_path / "small"
    with mounted(small, "-t", "tmpfs", "-o", "size=100m", "tmpfs"):
        subprocess.run(["cp", "-r", str(desk_folder), str(small / "desk")], check=True)
        with open_desk(small / "desk") as desk:
            before = find(desk, "arcadia"), trace(desk, "our position has not changed").uses
        subprocess.run(["rm", "-r", str(small / "desk" / "index")], check=True)
        with (small / "filler").open("wb") as filler:
            os.posix_fallocate(filler.fileno(), 0, os.statvfs(small).f_bavail * 4096 - size * 1024)
        full = 0
        with open_desk(small / "desk") as desk:
            for ask in (lambda: find(desk, "arcadia"), lambda: trace(desk, "our position has not changed").uses):
                try:
                    assert ask() in before  # it fitted
                except DeskFull as error:
                    assert "no space left" in error.what
                    full += 1
        assert full == 2 or size > 16
        assert "Traceback" not in run("rebuild", "--desk", str(small / "desk")).stderr
        (small / "filler").unlink()
        with open_desk(small / "desk") as desk:
            assert (find(desk, "arcadia"), trace(desk, "our position has not changed").uses) == before
            assert list(check(desk)) == []
