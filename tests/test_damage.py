"""Sixty damages to a desk: after each, what is answered is what a sound desk answers, or an error by its name.

Of the record, whose characters carry no checksum when a count or a list is made of many rows, less is promised: what is
answered otherwise, ``check`` finds. ``bench/damage.py`` tries more of each kind.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from invented import folder_of_pages
from onrecord import houses
from onrecord.asking import acts, answers, counts_by, facets, find, formulas, mentions, redline, trace, trends
from onrecord.asking.meeting_search import meetings
from onrecord.asking.undertaking_ledger import ledger
from onrecord.desk import Desk, Fault, add_all, annotate_all, check, open_desk
from onrecord.errors import OnRecordError

pytestmark = pytest.mark.slow
DAMAGES = 60
BLOCK = 512


def newest(desk: Desk) -> object:
    document = desk.document(desk.rows(newest=True, limit=1)[0].id)
    return redline(desk, document)


#: What a desk is asked: every kind of answer that reads the record, an index, a cached answer or a capture.
ASKED: dict[str, Callable[[Desk], object]] = {
    "rows": lambda desk: desk.rows(),
    "documents": lambda desk: [document.to_json() for document in desk],
    "sources": lambda desk: [document.turns[0].span.source() for document in desk if document.turns],
    "find": lambda desk: find(desk, "arcadia OR talks OR cooperation", limit=50),
    "phrase": lambda desk: find(desk, '"position has not changed"', order="oldest", limit=50),
    "months": lambda desk: counts_by(desk, "", by="month"),
    "facets": lambda desk: facets(desk, "position"),
    "trace": lambda desk: trace(desk, "Our position has not changed"),
    "redline": newest,
    "acts": acts,
    "answers": answers,
    "mentions": mentions,
    "trends": lambda desk: trends(desk, ["mention:CHN"], by="year"),
    "meetings": meetings,
    "ledger": ledger,
    "formulas": lambda desk: formulas(desk, least=2),
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sound(tmp_path_factory.mktemp("damage"))


def make_sound(folder: Path) -> Path:
    """A desk in ``folder`` with everything built that a question may read."""
    examples = [path for house in houses.usable().values() for path in house.examples]
    with open_desk(folder / "desk", write=True, create_new=True) as desk:
        add_all(desk, [*examples, folder_of_pages(folder / "pages", 20)], processes=1)
        annotate_all(desk, processes=1)
        assert len(desk) > 24
    with open_desk(folder / "desk") as desk:
        for ask in ASKED.values():
            ask(desk)
    shutil.copytree(folder / "desk", folder / "copy")
    assert faults_of(folder / "copy") == []
    return folder / "desk"


@pytest.fixture(scope="module")
def expected(sound: Path) -> dict[str, object]:
    return answers_of(sound)


def answers_of(sound: Path) -> dict[str, object]:
    with open_desk(sound) as desk:
        return {name: ask(desk) for name, ask in ASKED.items()}


def flip(path: Path, dice: random.Random) -> None:
    data = bytearray(path.read_bytes())
    data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    path.write_bytes(data)


def zero(path: Path, dice: random.Random) -> None:
    data = bytearray(path.read_bytes())
    at = dice.randrange(max(1, len(data) - BLOCK))
    data[at : at + BLOCK] = bytes(len(data[at : at + BLOCK]))
    path.write_bytes(data)


def zero_whole(path: Path, dice: random.Random) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def cut(path: Path, dice: random.Random) -> None:
    os.truncate(path, dice.randrange(path.stat().st_size))


def lose(path: Path, dice: random.Random) -> None:
    path.unlink()


def swap(path: Path, dice: random.Random) -> None:
    others = [other for other in path.parent.rglob("*") if other.is_file() and other != path] or [
        other for other in path.parent.parent.parent.rglob("*.gz") if other != path
    ]
    other = dice.choice(sorted(others))
    here, there = path.read_bytes(), other.read_bytes()
    path.write_bytes(there)
    other.write_bytes(here)


def flip_and_keep_the_time(path: Path, dice: random.Random) -> None:
    """As a disk alters a byte: no time of change tells of it."""
    told = path.stat()
    flip(path, dice)
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))


HARMS = [flip, zero, zero_whole, cut, lose, swap, flip_and_keep_the_time]
WHERE = {
    "record.sqlite": [flip, zero, cut, flip, zero],
    "index/text/0*/*": HARMS,
    "index/text/*.json": [flip, zero_whole, cut, lose],
    "index/wording/0*/*": HARMS,
    "index/wording/*.json": [flip, zero_whole, cut, lose],
    "index/cache/*": [flip, zero_whole, cut, lose],
    "captures/??/??/*.gz": HARMS,
}


def cases(count: int) -> Iterator[tuple[int, str, Callable[[Path, random.Random], None]]]:
    number = 0
    while number < count:
        for where, harms in WHERE.items():
            if number < count:
                yield number, where, harms[(number // len(WHERE)) % len(harms)]
                number += 1


def told_of(desk: Desk, ask: Callable[[Desk], object]) -> object:
    """The answer, or the name of the error."""
    try:
        return desk.in_snapshot(lambda: ask(desk))
    except OnRecordError as error:
        assert str(error)
        return error


@pytest.mark.parametrize(("number", "where", "harm"), list(cases(DAMAGES)))
def test_no_wrong_answer_without_a_fault_that_is_told(
    sound: Path,
    expected: dict[str, object],
    tmp_path: Path,
    number: int,
    where: str,
    harm: Callable[[Path, random.Random], None],
) -> None:
    damage_and_ask(sound, expected, tmp_path, where, harm, random.Random(number))


def damage_and_ask(
    sound: Path,
    expected: dict[str, object],
    temporary: Path,
    where: str,
    harm: Callable[[Path, random.Random], None],
    dice: random.Random,
) -> str:
    """Damage a copy of the desk and ask everything; ``told`` if the check finds a fault, else ``no effect``."""
    folder = temporary / "desk"
    shutil.copytree(sound, folder)
    paths = sorted(path for path in folder.glob(where) if path.stat().st_size and path.suffix != ".lock")
    path = dice.choice(paths)
    harm(path, dice)
    faults = faults_of(folder)
    wrong = []
    try:
        with open_desk(folder) as desk, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for name, ask in ASKED.items():
                told = told_of(desk, ask)
                if told != expected[name] and not isinstance(told, OnRecordError):
                    wrong.append(name)
    except OnRecordError:
        pass  # it could not even be opened, and says so
    if where == "record.sqlite":
        assert faults or not wrong, f"{wrong} differ, and the check finds nothing"
        assert faults or same_rows(folder, sound), "the record differs, and the check finds nothing"
    else:
        assert wrong == []
        assert faults or path.name == "verified.json" or (harm is lose and "cache" in where)
    if where.startswith("index"):  # and it is mended by being asked
        assert [fault for fault in faults_of(folder) if "cache" not in fault.where] == []
    return "told" if faults else "no effect"


def faults_of(folder: Path) -> list[Fault]:
    try:
        with open_desk(folder) as desk:
            return list(check(desk))
    except OnRecordError as error:
        return [Fault(what="record", where=str(folder), detail=str(error))]


def same_rows(folder: Path, other: Path) -> bool:
    def rows(desk: Path) -> list[str]:
        with sqlite3.connect(desk / "record.sqlite") as record:
            return list(record.iterdump())

    return rows(folder) == rows(other)
