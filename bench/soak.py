"""Thirty readers and one writer on a desk of real pages: no error, every answer of one state, and its 95th percentile.

usage: python bench/soak.py [--desk FOLDER --more FOLDER] [--minutes 10] [--readers 30] [--window 60] [--pause 1] [--every 30]
                            [--json FILE]

``onrecord serve`` answers HTTP on loopback while another process adds the pages of ``--more`` one by one, annotates documents
again and stores judgements. Without ``--desk`` a desk is made of three quarters of the pages of two issuers, and the rest is
added. The desk is copied first. A tenth of the questions asks for the number of documents, which comes from the record, and of
all turns, which comes from the index: the pair must be one that the record had after a commit.

In every second window one more reader asks questions that run until they are stopped. Windows are compared in pairs, because
the load of the machine changes: the 95th percentile beside such questions must not exceed that without by over a quarter.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import multiprocessing
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

from corpus import DATA, need_data
from onrecord import annotate
from onrecord.asking import judge
from onrecord.desk import add_all, check, open_desk
from onrecord.desk.store import Desk
from web import BESIDE, LONG, MIXTURE, Addresses, Reader, p95, served, show

_STATE = "/find.json?q="


def make(folder: Path) -> tuple[Path, Path]:
    """A desk of three quarters of the loose pages of two issuers, and a folder with the others."""
    for name in ("now", "later"):
        (folder / name).mkdir()
    found = [path for part in ("cn-mfa", "us-whitehouse") for path in sorted((DATA / part).rglob("*"))]
    pages = [path for path in found if path.suffix in (".shtml", ".md", ".html")]
    for number, path in enumerate(pages):
        (folder / ("now" if number % 4 else "later") / f"{number:05}-{path.name}").symlink_to(path)
    command = [sys.executable, "-m", "onrecord.cli", "add", str(folder / "now"), "--desk", str(folder / "desk")]
    subprocess.run(command, check=False, capture_output=True)
    return folder / "desk", folder / "later"


def state(desk: Desk) -> tuple[int, int]:
    """The numbers of documents and of turns."""
    documents, turns = desk.record.execute(
        "SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM turn)"
    ).fetchone()
    return documents, turns


def state_told(body: bytes) -> tuple[int, int]:
    """The numbers of documents and turns that an answer tells."""
    told = json.loads(body)
    return told["held"]["documents"], told["count"]


def write(folder: Path, more: Path, every: float, ended: Any, states: Any, written: Any) -> None:
    """Add, annotate and judge until told to end, and note every state of the record; a page is one commit.

    ``written`` gets ``None`` for a write that succeeded, and what went wrong for one that did not.
    """
    warnings.simplefilter("ignore")
    dice = random.Random(1)
    pages = sorted(more.iterdir())
    for number, path in enumerate(pages):
        if ended.is_set():
            return
        try:
            with open_desk(folder, write=True) as desk:
                write_once(desk, number, path, dice)
                states.append(state(desk))
            written.append(None)
        except Exception as error:  # whatever a write ends in is a figure of this measurement
            told = f"{type(error).__name__}: {error}"
            written.append(told)
            print(f"write {number + 1} failed: {told}", flush=True)
        ended.wait(every)
    print(f"all {len(pages)} pages are written, the readers go on alone", flush=True)


def write_once(desk: Desk, number: int, path: Path, dice: random.Random) -> None:
    """Three writes of five add a page, one annotates the newest document again, one judges an undertaking."""
    if number % 5 == 3:
        desk.writer.annotate(annotate(desk.document(desk.rows(newest=True, limit=1)[0].id)))
        desk.writer.commit()
    elif number % 5 == 4:
        ids = [row[0] for row in desk.record.execute("SELECT id FROM undertaking ORDER BY id LIMIT 200")]
        if ids:
            judge(desk, dice.choice(ids), "unclear", f"number {number}", "A. Reader", "2020-01-01")
    else:
        add_all(desk, [path], processes=1)


class Soak:
    """What the readers saw: times by window, answers with the state they are of, and what went wrong."""

    def __init__(self, base: str, addresses: Addresses, pause: float) -> None:
        self.base, self.addresses, self.pause = base, addresses, pause
        self.seen: list[tuple[str, float, int]] = []
        self.windows: list[tuple[bool, float, int]] = []
        self.states: list[tuple[int, int]] = []
        self.wrong: list[str] = []
        self.long: list[tuple[int, float]] = []

    async def read(self, number: int, until: float, seen: list[tuple[str, float, int]], asked: random.Random) -> None:
        """One reader, until the time is over."""
        reader = Reader(self.base)
        while time.perf_counter() < until:
            kind = asked.choices(list(MIXTURE), list(MIXTURE.values()))[0]
            address = _STATE if asked.random() < 0.1 else self.addresses.draw(kind, asked)
            begun = time.perf_counter()
            try:
                status, size = await reader.get(address)
            except (OSError, asyncio.IncompleteReadError) as error:
                self.wrong.append(f"{type(error).__name__} {address}")
                reader = Reader(self.base)
                continue
            seen.append((kind if address != _STATE else "find", time.perf_counter() - begun, size))
            if status != 200:
                self.wrong.append(f"{status} {address}")
            elif address == _STATE:
                self.states.append(state_told(reader.body))
            await asyncio.sleep(asked.uniform(0.5, 1.5) * self.pause)

    async def ask_long(self, number: int) -> None:
        """Ask questions that run until they are stopped, one after the other."""
        reader = Reader(self.base)
        while True:
            number += 1
            begun = time.perf_counter()
            status, _ = await reader.get(LONG.format(number=200 + number % 700))
            self.long.append((status, time.perf_counter() - begun))

    async def run(self, minutes: float, readers: int, window: float) -> None:
        """All windows, every second one beside long questions."""
        for number in range(max(2, round(minutes * 60 / window))):
            beside = number % 2 == 1
            seen: list[tuple[str, float, int]] = []
            asking = asyncio.create_task(self.ask_long(1000 * number)) if beside else None
            until = time.perf_counter() + window
            dice = [random.Random(f"{number}/{one}") for one in range(readers)]
            await asyncio.gather(*(self.read(one, until, seen, dice[one]) for one in range(readers)))
            if asking is not None:
                asking.cancel()
                with contextlib.suppress(asyncio.CancelledError, OSError, asyncio.IncompleteReadError):
                    await asking
            self.seen += seen
            self.windows.append((beside, p95(seen) * 1000, len(seen)))
            print(f"window {number + 1}{' beside a long question' if beside else ''}: {len(seen)} pages, "
                  f"95 % {p95(seen) * 1000:.0f} ms", flush=True)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--desk", type=Path, help="a desk that is there already")
    parser.add_argument("--more", type=Path, help="a folder of pages that it does not have")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--readers", type=int, default=30)
    parser.add_argument("--window", type=float, default=60, help="seconds")
    parser.add_argument("--pause", type=float, default=1.0, help="seconds that a reader looks at a page, on average")
    parser.add_argument("--every", type=float, default=30.0, help="seconds between two writes")
    parser.add_argument("--json", type=Path, help="write the figures here")
    told = parser.parse_args()
    need_data()
    work = Path(tempfile.mkdtemp(prefix="onrecord-soak-"))
    try:
        if not told.desk:
            print("making the desk, which takes some minutes …", flush=True)
        desk, more = (told.desk, told.more) if told.desk else make(work)
        shutil.copytree(desk, work / "copy")
        figures = measure(work / "copy", more, told)
    finally:
        shutil.rmtree(work)
    if told.json:
        told.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    for name, value in figures.items():
        print(f"{name:44} {value:10.2f}")
    bad = ("errors", "failed writes", "answers of no state", "faults of the desk afterwards")
    return 1 if any(figures[name] for name in bad) or figures["times beside a long question"] > BESIDE else 0


def measure(folder: Path, more: Path, told: argparse.Namespace) -> dict[str, float]:
    """Serve the desk, write to it, and read it."""
    with open_desk(folder) as desk:
        first = state(desk)
    with multiprocessing.Manager() as manager:
        ended, states, written = manager.Event(), manager.list([first]), manager.list()
        with served(folder) as (base, _):
            soak = Soak(base, Addresses(folder), told.pause)
            arguments = (folder, more, told.every, ended, states, written)
            writer = multiprocessing.Process(target=write, args=arguments)
            writer.start()
            try:
                asyncio.run(soak.run(told.minutes, told.readers, told.window))
            finally:
                ended.set()
                writer.join(timeout=60)
        known = {tuple(one) for one in states}
        failed = [one for one in written if one is not None]
        writes = len(written)
    if writer.exitcode != 0:
        failed.append(f"the process that writes ended with code {writer.exitcode}")
        print(failed[-1])
    show(soak.seen, soak.wrong)
    print("long questions:", ", ".join(f"{status} after {took:.1f} s" for status, took in soak.long) or "none ended")
    lost = sorted({one for one in soak.states if one not in known})
    for one in lost[:5]:
        print("an answer of no state:", one)
    pairs = list(zip(soak.windows[::2], soak.windows[1::2], strict=False))
    with open_desk(folder) as desk:
        faults = len(list(check(desk)))
        last = state(desk)
    return {
        "pages": len(soak.seen),
        "errors": len(soak.wrong),
        "states of the record": len(known),
        "documents added": last[0] - first[0],
        "writes": writes,
        "failed writes": len(failed),
        "answers whose state was verified": len(soak.states),
        "different states seen": len(set(soak.states)),
        "answers of no state": len(lost),
        "p95 ms": p95(soak.seen) * 1000,
        "p95 ms without a long question": statistics.median(one[1] for one, _ in pairs),
        "p95 ms beside a long question": statistics.median(other[1] for _, other in pairs),
        "times beside a long question": statistics.median(other[1] / one[1] for one, other in pairs),
        "faults of the desk afterwards": faults,
    }


if __name__ == "__main__":
    sys.exit(main())
