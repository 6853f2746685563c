"""A desk on a read-only medium is searched and served; a full one says so. Small file systems are mounted where that may be."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import FileIO
from pathlib import Path

import httpx
import pytest

from invented import folder_of_pages, page
from invented_site import Given, Site, VirtualClock
from onrecord import houses
from onrecord.asking import find, trace
from onrecord.captures.opening import Opened, capture_of
from onrecord.cli import app
from onrecord.desk import add_all, check, open_desk
from onrecord.desk.text_index import index_folder, open_index
from onrecord.desk.wording_index import open_wordings
from onrecord.errors import DeskFull, DeskReadOnly, IndexUnavailable, NotWritten
from onrecord.web.server import DeskServer
from second_reader import Server, act, answer, words
from test_collecting import Ministry
from test_web_archives import URL, archive

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


#: Every command that writes. ``{undertaking}``, ``{proposal}``, ``{doubtful}`` and ``{endpoint}`` are those of the desk below,
#: ``{backup}`` a backup of it, ``{warc}`` a web archive of it, ``{site}`` and ``{archive}`` what is collected from, and
#: ``{new}`` a folder or a file on the same medium.
WRITING = {
    "add": ["add", "{pages}", "--desk", "{desk}"],
    "add, a new desk": ["add", "{pages}", "--desk", "{new}"],
    "annotate": ["annotate", "--desk", "{desk}"],
    "annotate --again": ["annotate", "--again", "--desk", "{desk}"],
    "reread": ["reread", "--everything", "--desk", "{desk}"],
    "rebuild": ["rebuild", "--desk", "{desk}"],
    "judge": ["judge", "{undertaking}", "--status", "kept", "--note", "{long}", "--judge", "Ann", "--desk", "{desk}"],
    "propose": ["propose", "--again", "--with", "{endpoint}", "--model", "a-model", "--desk", "{desk}"],
    "proposals --accept": ["proposals", "--accept", "{proposal}", "--judge", "Ann", "--desk", "{desk}"],
    "backup": ["backup", "{new}", "--desk", "{desk}", "--copy"],
    "restore": ["restore", "{backup}", "{new}"],
    "collect": [
        "collect", "cn-mfa", "--since", "2020-05-04", "--base", "{site}", "--contact", "desk@x.example", "--desk", "{desk}",
    ],
    "wayback": ["wayback", URL, "--base", "{archive}", "--contact", "desk@x.example", "--desk", "{desk}"],
    "warc": ["warc", "{new}", "--desk", "{desk}"],
    "warc --into-desk": ["warc", "{warc}", "--into-desk", "--desk", "{desk}"],
    "watch, a new question": ["watch", "talks", "--find", "talks", "--desk", "{desk}"],
    "watch, what is new": ["watch", "saved", "--atom", "{new}", "--desk", "{desk}"],
    "watch --forget": ["watch", "saved", "--forget", "--desk", "{desk}"],
    "versions --accept": ["versions", "{doubtful}", "--accept", "2", "--desk", "{desk}"],
}  # fmt: skip
#: What ends with exit code 1 though it did its work: days of the invented ministry are missing.
INCOMPLETE = {"collect"}
#: What is no command of a desk, or runs others.
ELSEWHERE = {"demo", "houses", "accuracy", "read", "serve"}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Server]:
    running = Server()
    running.answers = [answer(act())]  # for ever
    yield running
    running.close()


@pytest.fixture(scope="module")
def site() -> Iterator[Ministry]:
    made = Ministry(VirtualClock("2020-05-15T18:00:00+00:00"), date(2020, 4, 6), 40)
    made.site.pages["/robots.txt"] = Given("User-agent: *\nCrawl-delay: 0.01", kind="text/plain", validators=False)
    yield made
    made.close()


@pytest.fixture(scope="module")
def machine() -> Iterator[Site]:
    made = Site(VirtualClock())
    rules = Given("User-agent: *\nCrawl-delay: 0.01", kind="text/plain", validators=False)
    made.answer = lambda asked: rules if asked.path == "/robots.txt" else archive(asked)  # type: ignore[method-assign]
    yield made
    made.close()


def in_doubt(number: int, day: int) -> Opened:
    """A long page, and on a later day half of it."""
    whole = page(number, answer=" ".join(f"We will build road {road} together." for road in range(40)))
    data = (whole if day == 2 else whole.split("road 20")[0]).encode()
    address = f"http://www.fmprc.gov.cn/long{number}.shtml"
    return Opened(
        capture=capture_of(data, address, fetched=f"2020-05-{day:02}T08:00:00+00:00"), data=data, name="long.shtml"
    )


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory, endpoint: Server, site: Ministry, machine: Site) -> dict[str, str]:
    """A desk with everything that a command may write, and what the commands name."""
    folder = tmp_path_factory.mktemp("writing")
    examples = [path for house in houses.usable().values() for path in house.examples]
    (folder / "page.txt").write_bytes(words())
    with open_desk(folder / "desk", write=True, create_new=True) as desk:
        add_all(desk, [*examples, folder / "page.txt"], processes=1)
        doubtful = {desk.add(in_doubt(90, day)).id for day in (2, 3)}
        (undertaking,) = desk.record.execute("SELECT id FROM undertaking ORDER BY id LIMIT 1").fetchone()
    address = endpoint.address
    told = ["propose", "--with", address, "--model", "a-model", "--desk", str(folder / "desk")]
    assert run(*told).returncode == 0
    with open_desk(folder / "desk") as desk:
        open_index(desk.folder, desk.record)
        open_wordings(desk.folder, desk.record)
        (proposal,) = desk.record.execute("SELECT id FROM proposal ORDER BY id LIMIT 1").fetchone()
    assert run("watch", "saved", "--find", "talks", "--desk", str(folder / "desk")).returncode == 0
    assert run("warc", str(folder / "desk.warc.gz"), "--desk", str(folder / "desk")).returncode == 0
    assert run("backup", str(folder / "backup"), "--desk", str(folder / "desk")).returncode == 0
    return {
        "pages": str(folder_of_pages(folder / "pages", 40)), "source": str(folder / "desk"), "endpoint": address,
        "undertaking": undertaking, "proposal": proposal, "backup": str(folder / "backup"), "long": "why " * 5_000,
        "site": site.site.base, "archive": machine.base, "warc": str(folder / "desk.warc.gz"), "doubtful": doubtful.pop(),
    }  # fmt: skip


def test_no_command_of_a_desk_is_forgotten() -> None:
    tried = {command[0] for command in (*WRITING.values(), *READING)}
    assert tried | ELSEWHERE == {name for name in app if not name.startswith("-")}
    assert not tried & ELSEWHERE


@pytest.mark.parametrize("name", WRITING)
def test_what_must_write_says_that_it_may_not(named: dict[str, str], tmp_path: Path, name: str) -> None:
    (tmp_path / "whole").mkdir()
    shutil.copytree(named["source"], tmp_path / "whole" / "desk")
    with read_only(tmp_path / "whole", tmp_path / "medium") as folder:
        places = {"desk": str(folder / "desk"), "new": str(folder / "new")}
        done = run(*(word.format(**named, **places) for word in WRITING[name]))
    expected = IndexUnavailable if name == "rebuild" else DeskReadOnly
    assert done.stderr.startswith(f"onrecord: {expected.__name__}: "), done.stderr
    assert (done.returncode, done.stdout) == (1, "")


def leave(filler: FileIO, size: int) -> None:
    """Fill the file system of a file but for ``size`` bytes: what it says of its free space is only an estimate."""
    block = bytes(1 << 16)
    with pytest.raises(OSError, match="No space left"):
        while filler.write(block):
            pass
    filler.truncate(filler.tell() - size)


@pytest.mark.parametrize("room", [0, 24, 400])
@pytest.mark.parametrize("name", WRITING)
def test_what_finds_no_room_says_so_and_is_done_when_there_is(
    named: dict[str, str], tmp_path: Path, name: str, room: int
) -> None:
    """So many KiB are free: the command ends with an error by its name or does its work, and again it does it."""
    small = tmp_path / "small"
    with mounted(small, "-t", "tmpfs", "-o", "size=200m", "tmpfs"):
        shutil.copytree(named["source"], small / "desk")
        told = [word.format(**named, desk=small / "desk", new=small / "new") for word in WRITING[name]]
        with (small / "filler").open("wb", buffering=0) as filler:
            leave(filler, room * 1024)
        done = run(*told)
        assert "Traceback" not in done.stderr, done.stderr
        failed = done.returncode != 0 and (name not in INCOMPLETE or done.stderr != "")
        if failed:
            told_file = f"onrecord: {NotWritten.__name__}: " in done.stderr and "No space left" in done.stderr
            assert told_file or f"onrecord: {DeskFull.__name__}: " in done.stderr, done.stderr
            assert told_file or "Free some space" in done.stderr
        (small / "filler").unlink()
        for desk in (small / "desk", small / "new"):
            if (desk / "record.sqlite").exists():
                with open_desk(desk) as opened:
                    assert [fault for fault in check(opened) if fault.what != "orphan"] == []
        if failed:
            if name in ("backup", "restore"):  # to an empty folder, as the message says
                shutil.rmtree(small / "new", ignore_errors=True)
            again = run(*told)
            assert again.returncode == (name in INCOMPLETE), again.stderr
            assert again.stderr == "" or name not in INCOMPLETE, again.stderr


#: Every command that only reads; ``{id}`` and ``{turn}`` are of the desk.
READING = [
    ["show"], ["show", "{id}"], ["show", "{turn}"], ["find", "talks OR cooperation"], ["trace", "our position has not changed"],
    ["redline", "{id}"], ["formulas", "--least", "2"], ["acts"], ["mentions"], ["answers"], ["trends", "talks"], ["meetings"],
    ["ledger"], ["cite", "{turn}"], ["proposals"], ["check"], ["backup", "{new}"], ["versions", "{id}"],
    ["versions", "{id}", "--at", "1"], ["edits", "--min-rank", "0"], ["coverage"], ["compare", "{id}", "{other}"],
    ["renderings", "cooperation"], ["watch"], ["warc", "{new}.warc"], ["word-table", "en", "zh"],
]  # fmt: skip


def test_every_command_that_reads_works_on_a_read_only_medium(named: dict[str, str], tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    shutil.copytree(named["source"], desk)
    with open_desk(desk) as opened:
        row, other = opened.rows()[:2]
        turn = next(iter(opened.document(row.id))).id

    def told(command: list[str], folder: Path) -> tuple[int, str]:
        new = tmp_path / f"new-{folder.name}"
        done = run(
            *(word.format(id=row.id, other=other.id, turn=turn, new=new) for word in command), "--desk", str(folder)
        )
        assert done.stderr == "" or command[0] == "word-table", (command, done.stderr)  # says how much it learnt
        return done.returncode, done.stdout.replace(str(folder), "DESK").replace(str(new), "NEW")

    expected = [told(command, desk) for command in READING]  # makes what is cached
    assert [command for command, (_, words) in zip(READING, expected, strict=True) if not words] == []
    with read_only(desk, tmp_path / "medium") as folder:
        for command, words in zip(READING, expected, strict=True):
            code, said = told(command, folder)
            assert code == words[0], command
            assert said == words[1] or command[0] in ("check", "backup"), command


def test_a_desk_on_a_read_only_medium_is_served(named: dict[str, str], tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    shutil.copytree(named["source"], desk)
    with open_desk(desk) as opened:
        id, other = (row.id for row in opened.rows()[:2])
    with read_only(desk, tmp_path / "medium") as folder, DeskServer(folder, port=0) as serving:
        for page in (
            "/", f"/statements/{id}", "/find?q=talks", "/trace?q=our+position+has+not+changed", f"/statements/{id}/redline",
            "/acts", "/ledger", "/meetings", "/actors", "/trends?term=talks&by=year", "/answers",
            "/edits", "/coverage", f"/statements/{id}/versions", f"/compare?document={id}&document={other}",
        ):  # fmt: skip
            assert httpx.get(serving.address.rstrip("/") + page, timeout=60).status_code == 200, page


def test_an_index_that_is_missing_cannot_be_built_on_a_read_only_medium(desk_folder: Path, tmp_path: Path) -> None:
    done = subprocess.run(["cp", "-r", str(desk_folder), str(tmp_path / "copy")], check=True)
    assert done.returncode == 0
    index_folder(tmp_path / "copy").rename(tmp_path / "gone")
    with read_only(tmp_path / "copy", tmp_path / "medium") as folder, open_desk(folder) as desk:
        with pytest.raises(IndexUnavailable, match=r"not writable.*onrecord rebuild"):
            find(desk, "arcadia")
        assert trace(desk, "our position has not changed").exact  # the other index is there


@pytest.mark.parametrize("size", [4, 64, 256])
def test_an_index_that_finds_no_room_says_so_and_is_built_when_there_is(
    desk_folder: Path, tmp_path: Path, size: int
) -> None:
    """The desk fits, and so many KiB of the index beside it."""
    small = tmp_path / "small"
    with open_desk(desk_folder) as desk:  # elsewhere: a file that is still mapped keeps its room after it is removed
        before = find(desk, "arcadia"), trace(desk, "our position has not changed").uses
    with mounted(small, "-t", "tmpfs", "-o", "size=100m", "tmpfs"):
        subprocess.run(["cp", "-r", str(desk_folder), str(small / "desk")], check=True)
        subprocess.run(["rm", "-r", str(small / "desk" / "index")], check=True)
        with (small / "filler").open("wb", buffering=0) as filler:
            leave(filler, size * 1024)
        full = 0
        with open_desk(small / "desk") as desk:
            for ask in (lambda: find(desk, "arcadia"), lambda: trace(desk, "our position has not changed").uses):
                try:
                    assert ask() in before  # it fitted
                except DeskFull as error:
                    assert "no space left" in error.what
                    full += 1
        assert full == 2 or size > 4
        assert "Traceback" not in run("rebuild", "--desk", str(small / "desk")).stderr
        (small / "filler").unlink()
        with open_desk(small / "desk") as desk:
            assert (find(desk, "arcadia"), trace(desk, "our position has not changed").uses) == before
            assert list(check(desk)) == []
