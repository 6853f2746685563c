"""Checking: a sound desk has no fault, and every kind of damage is found and named."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from invented import folder_of_pages
from onrecord.captures.keeping import compress
from onrecord.desk import Desk, add_all, check, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    with open_desk(tmp_path / "desk", write=True, create_new=True) as opened:
        add_all(opened, [folder_of_pages(tmp_path / "pages", 5)], processes=1)
        yield opened


def one(desk: Desk, query: str) -> str:
    return str(desk.record.execute(query).fetchone()[0])


CAPTURE = "SELECT capture FROM document ORDER BY id LIMIT 1"
DOCUMENT = "SELECT id FROM document ORDER BY id LIMIT 1"
TURN = "SELECT turn.id FROM turn JOIN document ON document.id = document ORDER BY document.id, position LIMIT 1"


def test_a_sound_desk_has_no_fault(desk: Desk) -> None:
    told: list[tuple[int, int]] = []
    assert list(check(desk, on_progress=lambda done, total: told.append((done, total)))) == []
    assert told[-1] == (5, 5)


def flip_a_byte_of_a_word(desk: Desk) -> str:
    """The capture packed anew with one letter changed: its name no longer fits, nor does the text."""
    path = desk.captures.path(one(desk, CAPTURE))
    data = bytearray(gzip.decompress(path.read_bytes()))
    data[data.index(b"invented")] ^= 1
    path.write_bytes(compress(bytes(data)))
    return path.stem


def flip_a_byte_of_the_file(desk: Desk) -> str:
    path = desk.captures.path(one(desk, CAPTURE))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    return path.stem


def lose_a_capture(desk: Desk) -> str:
    path = desk.captures.path(one(desk, CAPTURE))
    path.unlink()
    return path.stem


def move_a_turns_start(desk: Desk) -> str:
    id = one(desk, TURN)
    desk.record.execute("UPDATE turn SET start = start + 1 WHERE id = ?", (id,))
    return id


def move_a_turns_end_beyond_the_text(desk: Desk) -> str:
    id = one(desk, DOCUMENT)
    desk.record.execute('UPDATE turn SET "end" = 99999 WHERE document = ? AND position = 5', (id,))
    return id


def move_a_byte_offset(desk: Desk) -> str:
    id = one(desk, TURN)
    desk.record.execute("UPDATE turn SET byte_end = byte_end - 1 WHERE id = ?", (id,))
    return id


def change_a_word_of_the_text(desk: Desk) -> str:
    id = one(desk, DOCUMENT)
    desk.record.execute("UPDATE document SET text = replace(text, 'page is', 'page was') WHERE id = ?", (id,))
    return id


def shift_the_map(desk: Desk) -> str:
    from array import array

    id = one(desk, DOCUMENT)
    offsets = desk.document(id).offsets
    offsets.source_starts = array("I", [start + 1 for start in offsets.source_starts])
    desk.record.execute("UPDATE document SET offsets = ? WHERE id = ?", (offsets.to_bytes(), id))
    return id


def cut_the_map(desk: Desk) -> str:
    id = one(desk, DOCUMENT)
    desk.record.execute("UPDATE document SET offsets = substr(offsets, 1, 20) WHERE id = ?", (id,))
    return id


def lose_a_version(desk: Desk) -> str:
    id = one(desk, DOCUMENT)
    desk.record.execute("DELETE FROM version WHERE document = ?", (id,))
    return id


def point_a_turn_nowhere(desk: Desk) -> str:
    desk.record.execute("PRAGMA foreign_keys = OFF")
    desk.record.execute("UPDATE turn SET document = 'nobody' WHERE id = ?", (one(desk, TURN),))
    return "turn row"


HARMS = [
    (flip_a_byte_of_a_word, "capture", "not those of its name"),
    (flip_a_byte_of_the_file, "capture", ""),
    (lose_a_capture, "capture", "missing"),
    (move_a_turns_start, "turn", "other words than its id"),
    (move_a_turns_end_beyond_the_text, "turn", "inside the text"),
    (move_a_byte_offset, "turn", "its bytes are"),
    (change_a_word_of_the_text, "offsets", "the text says"),
    (shift_the_map, "offsets", "the bytes"),
    (cut_the_map, "offsets", "damaged"),
    (lose_a_version, "link", "versions"),
    (point_a_turn_nowhere, "link", "points to a document"),
]


@pytest.mark.parametrize(("harm", "what", "words"), HARMS, ids=[harm.__name__ for harm, _, _ in HARMS])
def test_every_damage_is_named(desk: Desk, harm: Callable[[Desk], str], what: str, words: str) -> None:
    where = harm(desk)
    faults = list(check(desk))
    assert any(fault.what == what and where in fault.where and words in fault.detail for fault in faults), faults


def test_a_byte_and_an_offset_are_both_named_in_one_run(desk: Desk) -> None:
    ids = [row[0] for row in desk.record.execute("SELECT id FROM document ORDER BY id")]
    digest = flip_a_byte_of_a_word(desk)
    turn = desk.document(ids[1]).turns[2].id
    desk.record.execute("UPDATE turn SET start = start + 1 WHERE id = ?", (turn,))
    assert {(fault.what, fault.where) for fault in check(desk)} == {("capture", digest), ("turn", turn)}


def test_an_orphan_is_a_remark(desk: Desk) -> None:
    """A capture on the disk without a row is what a crash leaves behind: no claim rests on it."""
    from hashlib import sha256

    digest = sha256(b"stray").hexdigest()
    desk.captures.put(digest, compress(b"stray"))
    (remark,) = check(desk)
    assert (remark.what, remark.where) == ("orphan", digest)
