"""Annotations on a desk: kept with their document, made again without touching it, whole after any end, checked."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

import onrecord
from invented import folder_of_pages
from onrecord import houses
from onrecord.annotation.annotating import METHOD, VERSION
from onrecord.captures.opening import open_source
from onrecord.desk import Desk, add_all, annotate_all, check, open_desk, read_again
from onrecord.desk.annotating import due
from onrecord.desk.connection import DeskMigrated, migrations
from onrecord.desk.readers import AnnotateJob, Readers
from onrecord.errors import DeskError, RecordError
from onrecord.limits import Limits

pytestmark = pytest.mark.slow

EXAMPLES = [path for name in houses.names() for path in houses.find(name).examples]
SAID = """Excerpt of Foreign Ministry Regular Press Conference on 2020-05-04

CCTV: What of the talks?

Geng Shuang: China and the United States agreed to set up a working group on climate change. China firmly opposes arms sales
to Taiwan.

AFP: And the boats?

Geng Shuang: I have no information on that."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as opened:
        add_all(opened, EXAMPLES, processes=1)
        opened.add(onrecord.read(SAID.encode()))
        yield opened


def dump(desk: Desk) -> list[bytes]:
    return [document.to_json() for document in desk]


def record_rows(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """What is the record's own: nothing of it may change when documents are annotated."""
    own = ("document", "capture", "sighting", "version", "furniture", "unread", "change")
    columns = "id, document, position, kind, speaker, role, outlet, start, byte_start, byte_end, answers"
    rows = {table: [tuple(row) for row in desk.record.execute(f"SELECT * FROM {table}")] for table in own}
    return rows | {"turn": [tuple(row) for row in desk.record.execute(f"SELECT rowid, {columns} FROM turn")]}


def test_every_example_comes_back_with_all_that_is_annotated_in_it(desk: Desk) -> None:
    for path in EXAMPLES:
        document = onrecord.annotate(onrecord.read(path))
        assert desk.document(document.id) == document, path.name
        assert document.annotation is not None
    acts = [act for document in desk for act in document.acts]
    assert {"agree", "oppose", "decline"} <= {act.type for act in acts}
    assert "decline" in {turn.answer_type for document in desk for turn in document}
    assert list(check(desk)) == []


def test_what_was_annotated_travels_as_json() -> None:
    document = onrecord.annotate(onrecord.read(SAID.encode()))
    assert onrecord.Document.from_json(document.to_json()) == document
    assert onrecord.read(SAID.encode()).annotation is None  # reading alone looks for nothing


@pytest.mark.slow
def test_annotating_again_changes_nothing_and_touches_no_row_of_the_record(desk: Desk) -> None:
    before, rows = dump(desk), record_rows(desk)
    assert (due(desk), annotate_all(desk, processes=1).documents) == (0, 0)
    told = annotate_all(desk, again=True, processes=2)
    assert (told.due, told.documents, told.troubles) == (len(EXAMPLES) + 1, len(EXAMPLES) + 1, [])
    assert told.acts == desk.record.execute("SELECT count(*) FROM act").fetchone()[0]
    assert dump(desk) == before
    assert record_rows(desk) == rows


DUE = [
    ("by older rules", "UPDATE annotation SET version = version - 1", True),
    ("by another method", "UPDATE annotation SET method = 'another'", True),
    ("by newer rules, which a newer version made", "UPDATE annotation SET version = version + 1", False),
]


@pytest.mark.parametrize(("change", "again"), [case[1:] for case in DUE], ids=[case[0] for case in DUE])
def test_documents_are_due(desk: Desk, change: str, again: bool) -> None:
    id = desk.rows()[0].id
    desk.record.execute(f"{change} WHERE document = ?", (id,))
    told = annotate_all(desk, processes=1)
    assert told.documents == int(again)
    if again:
        row = desk.record.execute("SELECT method, version FROM annotation WHERE document = ?", (id,)).fetchone()
        assert tuple(row) == (METHOD, VERSION)


def test_ids_of_acts_and_what_people_judged_stay_when_a_page_is_read_and_annotated_again(desk: Desk) -> None:
    ids = [row[0] for row in desk.record.execute("SELECT id FROM act ORDER BY id")]
    undertaking = desk.record.execute("SELECT id FROM undertaking").fetchone()
    judged = undertaking[0] if undertaking else "an undertaking that the rules found once"
    row = (judged, "kept", "The group met.", "A. Reader", "2021-01-01", "0" * 64)
    desk.record.execute(
        "INSERT INTO judgement (undertaking, status, note, judge, day, digest) VALUES (?, ?, ?, ?, ?, ?)", row
    )
    read_again(desk, everything=True, processes=1)
    annotate_all(desk, again=True, processes=1)
    assert [row[0] for row in desk.record.execute("SELECT id FROM act ORDER BY id")] == ids
    kept = desk.record.execute("SELECT undertaking, status, note, judge, day, digest FROM judgement").fetchall()
    assert [tuple(one) for one in kept] == [row]


def test_a_page_that_changed_is_annotated_in_its_new_words(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        path.write_text(SAID, encoding="utf-8")
        id = desk.add(open_source(path)).id
        path.write_text(SAID.replace("firmly opposes", "supports"), encoding="utf-8")
        again = desk.add(open_source(path))
        assert (again.outcome, again.id) == ("changed", id)
        types = [act.type for act in desk.document(id).acts]
        assert "support" in types
        assert "oppose" not in types
        assert list(check(desk)) == []


def test_two_documents_of_one_id_keep_their_marks_apart(desk: Desk) -> None:
    first = onrecord.annotate(onrecord.read(SAID.encode()))
    other = onrecord.annotate(onrecord.read(SAID.replace("boats", "ships").encode()))
    same = msgspec.structs.replace(other, heading=msgspec.structs.replace(other.heading, id=first.id))
    from onrecord.desk.annotations import rename_annotations

    turns = tuple(
        msgspec.structs.replace(
            turn,
            id=first.id + turn.id[len(other.id) :],
            answers=first.id + turn.answers[len(other.id) :] if turn.answers else None,
        )
        for turn in other.turns
    )
    same = rename_annotations(msgspec.structs.replace(same, turns=turns), other.id).with_capture_of(other)
    added = desk.add(same)
    assert added.id == f"{first.id}-2"
    held = desk.document(added.id)
    assert [act.id.partition("/")[0] for act in held.acts] == [added.id] * len(first.acts)
    assert list(check(desk)) == []


def test_an_annotation_that_contradicts_itself_does_not_cost_the_words(tmp_path: Path) -> None:
    document = onrecord.annotate(onrecord.read(SAID.encode()))
    twice = msgspec.structs.replace(document, acts=(*document.acts, document.acts[0])).with_capture_of(document)
    with open_desk(tmp_path / "desk", write=True, create_new=True) as desk:
        added = desk.add(twice)
        assert added.outcome == "new"
        assert added.unannotated is not None
        assert "contradicts itself" in added.unannotated
        held = desk.document(added.id)
        assert (held.text, held.annotation, held.acts) == (document.text, None, ())
        with pytest.raises(RecordError, match="does not fit the record"):
            desk.writer.annotate(twice)
        assert (due(desk), annotate_all(desk, processes=1).documents) == (1, 1)
        assert desk.document(added.id) == document
        with pytest.raises(RecordError):  # what stands there stays when something wrong is to take its place
            desk.writer.annotate(twice)
        assert desk.document(added.id) == document


def test_a_document_that_never_ends_costs_itself_alone(desk: Desk) -> None:
    id = desk.rows()[0].id
    with Readers(1, Limits(seconds=0.0)) as readers:
        (one,) = readers.run([AnnotateJob(id, desk.document(id).to_json())]).result()
    assert one.trouble is not None
    assert one.trouble.where == id


#: What schema 2 had and a later one made anew.
_FORMER = r"CREATE (?:TABLE version|INDEX version_capture|VIEW documents) .*?;\n"


def go_back_to_schema_2(folder: Path) -> None:
    """The desk as an earlier version left it: without the tables of annotations."""
    first = "".join(script for number, script in migrations() if number <= 2)
    script = "".join(script for number, script in migrations() if number > 2)
    record = sqlite3.connect(folder / "record.sqlite", isolation_level=None)
    record.execute("UPDATE turn SET answer_type = NULL")
    versions = record.execute("SELECT document, position, capture, added FROM version").fetchall()
    for kind in ("VIEW", "TABLE"):
        for name in reversed(re.findall(rf"CREATE {kind} (\w+)", script)):
            record.execute(f"DROP {kind} {name}")
    record.executescript("".join(re.findall(_FORMER, first, re.S)))
    record.executemany("INSERT INTO version (document, position, capture, added) VALUES (?, ?, ?, ?)", versions)
    record.execute("PRAGMA user_version = 2")
    record.close()


@pytest.mark.slow
def test_a_desk_of_an_older_version_is_brought_up_and_says_what_to_run(desk: Desk) -> None:
    whole = dump(desk)
    desk.close()
    go_back_to_schema_2(desk.folder)
    with pytest.raises(DeskError, match=r"schema 2.*onrecord annotate"):
        open_desk(desk.folder)
    with pytest.warns(DeskMigrated, match="run `onrecord annotate`"), open_desk(desk.folder, write=True) as again:
        assert due(again) == len(again) == len(whole)
        assert all(document.annotation is None for document in again)
        assert list(check(again)) == []
    told = subprocess.run(
        [sys.executable, "-m", "onrecord.cli", "annotate", "--desk", str(desk.folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"{len(whole)} of {len(whole)} documents annotated" in told.stdout
    with open_desk(desk.folder) as again:
        assert dump(again) == whole


@pytest.mark.slow
def test_killed_while_annotating_the_desk_is_whole_and_the_next_run_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    with open_desk(folder, write=True, create_new=True) as desk:
        add_all(desk, [folder_of_pages(tmp_path / "pages", 400)], processes=2)
        whole = dump(desk)
        for table in ("undertaking", "meeting", "act", "mentioned", "mention", "annotation", "document_digest"):
            desk.record.execute(f"DELETE FROM {table}")
    child = subprocess.Popen(
        [sys.executable, "-m", "onrecord.cli", "annotate", "--desk", str(folder)],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    with open_desk(folder) as desk:
        while child.poll() is None and due(desk) > 350:
            os.sched_yield()
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    with open_desk(folder, write=True) as desk:
        assert list(check(desk)) == []
        left = due(desk)
        assert 0 < left < 400
        assert annotate_all(desk).documents == left
        assert dump(desk) == whole


def an(desk: Desk, query: str) -> str:
    return str(desk.record.execute(query).fetchone()[0])


def move_an_act(desk: Desk) -> str:
    id = an(desk, "SELECT id FROM act")
    desk.record.execute("UPDATE act SET start = start + 1 WHERE id = ?", (id,))
    return id


def put_a_trigger_outside_its_turn(desk: Desk) -> str:
    id = an(desk, "SELECT act.id FROM act JOIN turn ON turn.id = act.turn WHERE turn.start > 3")
    desk.record.execute("UPDATE act SET trigger_start = 0, trigger_end = 3 WHERE id = ?", (id,))
    return id


def give_an_act_another_type(desk: Desk) -> str:
    id = an(desk, "SELECT id FROM act WHERE type != 'warn'")
    desk.record.execute("UPDATE act SET type = 'warn' WHERE id = ?", (id,))
    return id


def give_an_act_to_no_turn(desk: Desk) -> str:
    id = an(desk, "SELECT id FROM act")
    desk.record.execute("UPDATE act SET turn = 'nobody' WHERE id = ?", (id,))
    return id


def rename_a_mention(desk: Desk) -> str:
    desk.record.execute("UPDATE mention SET name = 'Atlantis' WHERE rowid = 1")
    return an(desk, "SELECT document FROM mention WHERE rowid = 1")


def count_a_mention_twice(desk: Desk) -> str:
    document = an(desk, "SELECT document FROM mentioned")
    desk.record.execute("UPDATE mentioned SET count = count + 1 WHERE document = ?", (document,))
    return document


def put_a_mention_outside_the_turns(desk: Desk) -> str:
    desk.record.execute('UPDATE mention SET "end" = 999999 WHERE rowid = 1')
    return an(desk, "SELECT document FROM mention WHERE rowid = 1")


def rest_an_undertaking_on_no_act(desk: Desk) -> str:
    act = an(desk, "SELECT id FROM act")
    document, turn = desk.record.execute("SELECT document, turn FROM act WHERE id = ?", (act,)).fetchone()
    desk.record.execute("PRAGMA foreign_keys = OFF")
    row = ("u", document, turn, "no-act", "agreed", "joint", 0, 1)
    columns = 'id, document, turn, act, strength, form, start, "end"'
    desk.record.execute(f"INSERT INTO undertaking ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    return "u"


def garble_a_meeting(desk: Desk) -> str:
    document, turn = desk.record.execute("SELECT document, turn FROM act").fetchone()
    row = ("m", document, turn, "visit", "CHN|USA", "{")
    desk.record.execute("INSERT INTO meeting (id, document, turn, kind, parties, told) VALUES (?, ?, ?, ?, ?, ?)", row)
    return "m"


def forget_who_annotated(desk: Desk) -> str:
    id = an(desk, "SELECT document FROM act")
    desk.record.execute("DELETE FROM annotation WHERE document = ?", (id,))
    return id


HARMS = [
    (move_an_act, "annotation", "do not match its id"),
    (put_a_trigger_outside_its_turn, "annotation", "is not inside its turn"),
    (give_an_act_another_type, "annotation", "do not match its id"),
    (give_an_act_to_no_turn, "annotation", "not in its document"),
    (rename_a_mention, "annotation", "the text says"),
    (count_a_mention_twice, "annotation", "counts of mentions are wrong"),
    (put_a_mention_outside_the_turns, "annotation", "is in no turn"),
    (rest_an_undertaking_on_no_act, "annotation", "refers to the act no-act"),
    (garble_a_meeting, "annotation", "cannot be decoded"),
    (forget_who_annotated, "link", "but no annotation"),
]


@pytest.mark.parametrize(("harm", "what", "words"), HARMS, ids=[harm.__name__ for harm, _, _ in HARMS])
def test_every_damage_to_an_annotation_is_named(desk: Desk, harm: Callable[[Desk], str], what: str, words: str) -> None:
    where = harm(desk)
    faults = list(check(desk))
    assert any(fault.what == what and fault.where == where and words in fault.detail for fault in faults), faults


def test_what_was_remembered_is_made_anew_when_a_document_is_annotated_again(desk: Desk) -> None:
    made: list[int] = []
    for _ in range(2):
        desk.remembered("acts", lambda: made.append(1))
    assert len(made) == 1
    annotate_all(desk, again=True, processes=1)
    desk.remembered("acts", lambda: made.append(1))
    assert len(made) == 2
