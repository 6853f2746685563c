"""A desk of an earlier version is brought up to date without losing a row, and can be read before it is."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from invented import folder_of_pages, page
from onrecord.asking import edit_list, find
from onrecord.desk import add_all, annotate_all, check, open_desk
from onrecord.desk.connection import migrations
from onrecord.desk.versions import versions_of
from onrecord.errors import DeskOutdated
from onrecord.watching import watches


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A desk as schema 3 had it: made by its own scripts, and filled with rows that were written since."""
    folder = folder_of_pages(tmp_path / "pages", 4)
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        add_all(desk, [folder], processes=1)
        for answer in ("We will go.", "We intend to go.", "We will go."):  # the page goes back to what it was
            (folder / "page-0001.shtml").write_text(page(1, answer=answer), encoding="utf-8")
            add_all(desk, [folder], processes=1)
        desk.record.execute("INSERT INTO judgement VALUES ('x', 'kept', 'why', 'Ann', '2020-01-01', 'y')")
    path = tmp_path / "desk/record.sqlite"
    before = sqlite3.connect(tmp_path / "before.sqlite", isolation_level=None)
    before.execute("PRAGMA page_size = 8192")
    before.execute(f"PRAGMA application_id = {0x4F6E5263}")
    for number, script in migrations():
        if number <= 3:
            before.executescript(script)
    before.execute("PRAGMA user_version = 3")
    before.execute("ATTACH ? AS now", (str(path),))
    before.execute("DELETE FROM change")
    for (table,) in before.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'").fetchall():
        if table == "version":  # as it was: one row a capture
            before.execute(
                "INSERT INTO main.version SELECT document, min(position), capture, min(added) FROM now.version "
                "GROUP BY document, capture"
            )
        elif table not in ("change", "sqlite_sequence"):
            columns = ", ".join(f'"{row[1]}"' for row in before.execute(f"PRAGMA table_info({table})"))
            before.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM now.{table}")
    before.close()
    for log in path.parent.glob("record.sqlite-*"):
        log.unlink()
    (tmp_path / "before.sqlite").replace(path)
    return tmp_path / "desk"


def rows_of(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(folder / "record.sqlite") as record:
        tables = [row[0] for row in record.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {table: record.execute(f"SELECT * FROM {table}").fetchall() for table in sorted(tables)}


def test_no_row_is_lost_and_every_foreign_key_names_its_column(old: Path) -> None:
    before = rows_of(old)
    with open_desk(old, write=True) as desk:
        record = desk.record
        assert record.execute("PRAGMA user_version").fetchone()[0] == migrations()[-1][0]
        assert record.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        for table in before:
            for key in record.execute(f"PRAGMA foreign_key_list({table})").fetchall():
                assert key["to"] is not None, f"{table}: Datasette cannot show it"
        assert list(check(desk)) == []
    after = rows_of(old)
    versions = after["version"]
    assert {row[:4] for row in before["version"]} <= {row[:4] for row in versions}
    assert {table: rows for table, rows in after.items() if table in before and table != "version"} == {
        table: rows for table, rows in before.items() if table != "version"
    }
    assert not any(after[table] for table in after.keys() - before.keys() - {"sqlite_sequence"})


def test_a_page_that_had_gone_back_has_the_version_that_it_lacked(old: Path) -> None:
    """What its document shows is not its last capture: the earlier schema could not say A, B, A."""
    captures = [row[2] for row in rows_of(old)["version"] if row[0].startswith("cn-mfa-2000-05-02")]
    with open_desk(old, write=True) as desk:
        versions = versions_of(desk.record, desk.document("cn-mfa-2000-05-02").id)
        assert len(captures) == 3
        assert [one.capture for one in versions] == [*captures, captures[1]]
        assert [one.state for one in versions] == ["earlier", "earlier", "earlier", "shown"]


def test_it_is_read_before_it_is_brought_up_to_date(old: Path) -> None:
    with open_desk(old) as desk:
        assert find(desk, "arcadia", limit=0).count == len(desk) == 4
        assert len([document.to_json() for document in desk]) == 4
        assert list(check(desk)) == []


def test_a_digest_is_written_when_a_document_is_annotated_again(old: Path) -> None:
    with open_desk(old, write=True) as desk:
        annotate_all(desk, again=True, processes=1)
        assert desk.record.execute("SELECT count(*) FROM document_digest").fetchone()[0] == 4
    with open_desk(old) as desk:
        assert list(check(desk)) == []


def test_what_an_older_desk_did_not_keep_is_told_with_the_next_step(old: Path, tmp_path: Path) -> None:
    with open_desk(old) as desk:
        for ask in (edit_list, watches):
            with pytest.raises(DeskOutdated, match="onrecord annotate"):
                ask(desk)
    with open_desk(old, write=True) as desk:
        annotate_all(desk, processes=1)
    with open_desk(old) as desk:
        assert edit_list(desk).count
        assert watches(desk) == []
