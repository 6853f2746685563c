"""What is told as kept is on the disk: every commit of a desk that is open for writing waits for it."""

from __future__ import annotations

from pathlib import Path

import pytest

import onrecord
from invented import page
from onrecord.desk import open_desk
from onrecord.desk.store import Desk

FULL = 2  # of SQLite's levels


def synchronous(desk: Desk) -> int:
    return int(desk.record.execute("PRAGMA synchronous").fetchone()[0])


def judge(desk: Desk) -> None:
    desk.record.execute("INSERT INTO judgement VALUES ('x', 'kept', 'why', 'Ann', '2020-01-01', 'y')")


def add(desk: Desk) -> None:
    desk.add(onrecord.read(page(2).encode()))


def annotate(desk: Desk) -> None:
    document = next(iter(desk))
    desk.writer.annotate(document)
    desk.writer.commit()


@pytest.mark.parametrize("write", [judge, add, annotate])
def test_every_commit_waits_for_the_disk(tmp_path: Path, write: object) -> None:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        desk.add(onrecord.read(page(1).encode()))
        said: list[str] = []
        desk.record.set_trace_callback(said.append)
        levels = [synchronous(desk)]
        write(desk)  # type: ignore[operator]
        levels.append(synchronous(desk))
        desk.record.set_trace_callback(None)
        assert desk.record.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert levels == [FULL, FULL]
        assert not [one for one in said if "synchronous =" in one], "it was lowered in between"
        assert not desk.record.in_transaction


def test_a_reader_that_is_open_does_not_change_it(tmp_path: Path) -> None:
    """With a reader open SQLite does not write the log back into the record, and the log alone must hold it."""
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        with open_desk(tmp_path / "desk") as reading:
            reading.rows()
            judge(desk)
            assert synchronous(desk) == FULL
        assert desk.record.execute("SELECT count(*) FROM judgement").fetchone()[0] == 1
