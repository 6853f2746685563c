"""Collect a virtual month from replayed sites under all faults together, and compare with what a perfect collector holds.

usage: python bench/collect.py [--issuer us-state] [--days 30] [--every 1h] [--plain | --redesign] [--kills 10] [--processes 3]

The sites are those of ``../shared/tools/replay_site.py``, which also judges manners; its clock is set forward by ``--every``, and
pauses longer than three seconds pass in no time, while the pauses between requests are real. For each issuer a line says how many
statements the site published in the month, how many are held or named as missing, how many of their wordings were seen, how many
changes were told that were none, the requests a statement, and the manners. ``--plain`` lifts all faults, ``--redesign`` changes
the markup of the sites in the middle of the month and gives no ETags, so that every page is read again. ``--kills`` kills the
collector so often, at moments spread evenly over its requests, and compares the desk with that of an undisturbed run.

The exit code is 1 where a statement is neither held nor named, a change is told that was none, manners are broken, or a killed
collector ends with another desk.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
import urllib.request
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, redirect_stdout
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha1
from io import StringIO
from pathlib import Path
from typing import Any

from onrecord.collecting.collect import Options, collect
from onrecord.desk import Desk, check, open_desk
from onrecord.houses.sources import period

SHARED = Path(__file__).parents[2] / "shared"
#: The month of each issuer, with many statements and many changes in it.
MONTHS = {"us-whitehouse": "2022-05-01", "us-state": "2022-03-01", "cn-mfa": "2020-06-01"}
#: Each strikes other pages; what passes does so after one request.
FAULTS = [
    *(f"{kind}:share=0.03,times=1,after=1" for kind in ("429", "503")),
    *(f"{kind}:share=0.03,times=1" for kind in (
        "500", "404", "410", "wall", "soft404", "loop", "drop", "truncated", "halved", "empty", "stale",
    )),
    *(f"{kind}:share=0.03" for kind in ("redirect", "moved", "charset")),
    "slow:share=0.02,times=1,seconds=0.3",
    "emptylist:share=0.5,times=1",
]  # fmt: skip
DELAY = 0.02


class ReplayClock:
    """The virtual time of the replayed site. A pause of up to three seconds is real, a longer one is skipped."""

    def __init__(self, now: datetime) -> None:
        self._skipped = 0.0
        self.set(now)

    def set(self, now: datetime) -> None:
        self._base, self._from = now, self.elapsed()

    def now(self) -> datetime:
        return self._base + timedelta(seconds=self.elapsed() - self._from)

    def elapsed(self) -> float:
        return time.monotonic() + self._skipped

    def sleep(self, seconds: float) -> None:
        real = seconds if seconds <= 3 else 1.1  # the replay judges by real time whether Retry-After was kept
        time.sleep(real)
        self._skipped += seconds - real


class Replay:
    """A running replay of one issuer's site."""

    def __init__(self, process: subprocess.Popen[str], base: str, issuer: str) -> None:
        self.process, self.base, self.issuer = process, base, issuer

    def tell(self, path: str) -> Any:
        with urllib.request.urlopen(self.base + path, timeout=60) as answer:
            return json.loads(answer.read())


@contextmanager
def replaying(site: str, now: datetime, *more: str, beside: Iterable[str] = ()) -> Iterator[Replay]:
    """Replay a site, and others beside it."""
    command = [
        sys.executable, SHARED / "tools/replay_site.py", SHARED / "data", "--sites", ",".join((site, *beside)), "--port", "0",
        "--now", now.isoformat(), "--crawl-delay", str(DELAY), *more,
    ]  # fmt: skip
    with subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield Replay(process, json.loads(process.stdout.readline())["sites"][site], site)
        finally:
            process.kill()


def live(replay: Replay, folder: Path, begin: datetime, end: datetime, step: int) -> int:
    """Collect at every step from ``begin`` to ``end``; return how many runs there were."""
    clock, now, runs = ReplayClock(begin), begin, 0
    while now <= end:
        replay.tell(f"/_clock?now={now:%Y-%m-%dT%H:%M:%SZ}")
        clock.set(max(now, clock.now()))
        failed = once(replay, folder, begin, clock)
        # The replay judges manners by real time: hours have passed between two runs, but only for the clock.
        time.sleep(1.1 if failed else DELAY * 1.3)
        now += timedelta(seconds=step)
        runs += 1
    return runs


def once(replay: Replay, folder: Path, begin: datetime, clock: ReplayClock) -> int:
    options = Options(since=begin.date().isoformat(), base=replay.base, contact="bench@onrecord.example")
    with open_desk(folder, write=True, create_new=True) as desk:
        return collect(desk, replay.issuer, options, clock=clock).failed


def etags(issuer: str) -> dict[tuple[str, str], str]:
    """The ETag of each wording by its address and time; the replay makes it of the bytes in the data folder."""
    sys.path.insert(0, str(SHARED / "tools"))
    from replay_site import load

    return {
        (item.url, version.at.isoformat()): f'W/"{sha1(version.source).hexdigest()[:16]}"'
        for item in load(SHARED / "data", [issuer])[issuer]
        for version in item.versions
    }


def compare(
    replay: Replay, desk: Desk, begin: datetime, told: dict[str, Any], known: dict[tuple[str, str], str]
) -> bool:
    """Print how the desk compares with the truth; return whether nothing is lost and nobody was bothered."""
    truth = [one for one in replay.tell("/_truth")[replay.issuer] if one["published"] >= begin.isoformat()]
    rows = desk.record.execute(
        "SELECT address, etag, outcome, document FROM visit WHERE document IS NOT NULL ORDER BY number"
    ).fetchall()
    held = {row["address"] for row in rows}
    seen = {(row["address"], row["etag"]) for row in rows}
    named = {one["address"] for one in told["missing"]}
    lost = [one["url"] for one in truth if one["url"] not in held | named]
    wordings = [(one["url"], known[one["url"], version["at"]]) for one in truth for version in one["versions"]]
    false = 0
    last: dict[str, str] = {}
    changes: Counter[str] = Counter()
    for row in rows:
        changes[row["address"]] += row["outcome"] == "changed"
        false += bool(row["etag"]) and row["outcome"] == "changed" and last.get(row["address"]) == row["etag"]
        last[row["address"]] = row["etag"]
    # Without an ETag a visit does not tell which wording it saw: there are no more changes than wordings.
    false += sum(max(0, changes[one["url"]] + 1 - len(one["versions"])) for one in truth if not last.get(one["url"]))
    manners = replay.tell("/_politeness")[replay.issuer]
    requests, again = manners["requests"], manners["asked_again"]
    count = sum(one["url"] in held for one in truth)
    print(
        f"{replay.issuer:14} published {len(truth):4}  held {count:4}  named as missing {len(named - held)}  lost {len(lost)}  "
        f"wordings {sum(one in seen for one in wordings)} of {len(wordings)}  false changes {false}  "
        f"in doubt {len(told['in_doubt'])}"
    )
    print(
        f"{'':14} requests {requests}, {requests / max(len(truth), 1):.1f} a statement; asked again {again}, conditionally "
        f"{manners['asked_again_conditionally'] / max(again, 1):.1%}; most in parallel {manners['most_in_parallel']}; faults met "
        f"{sum(manners['faults_met'].values())}"
    )
    print(
        f"{'':14} gaps below the crawl delay {manners['gaps_below_crawl_delay']}, disallowed "
        f"{len(manners['disallowed_fetched'])}, before Retry-After was over {manners['before_retry_after_was_over']}"
    )
    reasons = Counter(one["why"].partition(":")[0] for one in told["missing"])
    if reasons:
        print(f"{'':14} named: {', '.join(f'{why} {count}' for why, count in reasons.most_common())}")
    for url in lost[:5]:
        print(f"{'':14} lost: {url}")
    broken = (
        manners["gaps_below_crawl_delay"] or manners["disallowed_fetched"] or manners["before_retry_after_was_over"]
    )
    return not lost and not false and not broken


def month(issuer: str, days: int, step: int, more: list[str]) -> bool:
    begin = datetime.fromisoformat(MONTHS[issuer]).replace(tzinfo=UTC)
    end = begin + timedelta(days=days)
    with tempfile.TemporaryDirectory(prefix="onrecord-collect-") as name, replaying(issuer, begin, *more) as replay:
        folder, began = Path(name) / "desk", time.perf_counter()
        runs = live(replay, folder, begin, end, step)
        replay.tell("/_faults?clear=1")
        with open_desk(folder) as desk:
            summary = desk.record.execute("SELECT summary FROM run ORDER BY number DESC LIMIT 1").fetchone()[0]
            faults = list(check(desk))
            good = compare(replay, desk, begin, json.loads(summary), etags(issuer)) and not faults
            print(
                f"{'':14} {runs} runs in {time.perf_counter() - began:.0f} s; {len(faults)} faults of the desk",
                flush=True,
            )
    return good


def contents(folder: Path) -> dict[str, tuple[str, ...]]:
    with open_desk(folder) as desk:
        assert not list(check(desk))
        return {one.id: (one.text, *(turn.id for turn in one.turns)) for one in desk}


def killed(issuer: str, days: int, kills: int) -> bool:
    """Kill a collector at moments spread evenly over its requests and compare its desk with an undisturbed one."""
    begin = datetime.fromisoformat(MONTHS[issuer]).replace(tzinfo=UTC)
    end = begin + timedelta(days=days)
    with (
        tempfile.TemporaryDirectory(prefix="onrecord-collect-") as name,
        replaying(issuer, end, "--furniture", "still") as replay,
    ):

        def start(folder: str, hours: int) -> subprocess.Popen[bytes]:
            """A run that begins so many hours later, since time never goes back; the log of requests begins anew."""
            replay.tell("/_log?clear=1")
            now = end + timedelta(hours=hours)
            words = [sys.executable, __file__, "--child", issuer, replay.base, begin.isoformat(), now.isoformat()]
            return subprocess.Popen([*words, f"{name}/{folder}"])

        assert start("whole", 0).wait() == 0
        requests, held, same = len(replay.tell("/_log")), [], 0
        whole = contents(Path(name) / "whole")
        for number in range(1, kills + 1):
            folder = f"killed-{number}"
            process = start(folder, 0)
            while process.poll() is None and len(replay.tell("/_log")) < requests * number / (kills + 1):
                time.sleep(0.02)
            if process.poll() is None:
                process.kill()
                process.wait()
                with open_desk(f"{name}/{folder}") as desk:
                    held.append(len(desk))
            assert start(folder, 1).wait() == 0
            found = contents(Path(name) / folder)
            same += found == whole
            differ = sorted(id for id in found.keys() | whole.keys() if found.get(id) != whole.get(id))
            if differ:
                print(f"{'':14} {folder}: {len(differ)} statements differ, for example {' '.join(differ[:3])}")
        print(
            f"{issuer:14} {requests} requests, {len(whole)} statements; killed at work {len(held)} times of {kills}, "
            f"statements held then: {' '.join(map(str, held))}; the same desk in the end: {same} of {kills}",
            flush=True,
        )
        return same == kills == len(held)


def of_issuer(issuer: str, told: argparse.Namespace) -> tuple[bool, str]:
    """Measure one issuer; return whether all is well, and what is to be printed."""
    warnings.simplefilter("ignore")
    with redirect_stdout(StringIO()) as printed:
        if told.kills:
            return killed(issuer, min(told.days, 10), told.kills), printed.getvalue()
        more = [] if told.plain or told.redesign else [word for fault in FAULTS for word in ("--fault", fault)]
        if told.redesign:
            middle = datetime.fromisoformat(MONTHS[issuer]) + timedelta(days=told.days / 2)
            # Without ETags each visit reads the page anew, with other links beside it, and in the other markup.
            more += ["--redesign", middle.isoformat(), "--validators", "none"]
        return month(issuer, told.days, told.every, more), printed.getvalue()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--issuer", choices=MONTHS, action="append")
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--every", type=period, default="1h")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--redesign", action="store_true")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--processes", type=int, default=1, help="so many issuers at a time")
    parser.add_argument("--child", nargs=5, help=argparse.SUPPRESS)
    told = parser.parse_args()
    warnings.simplefilter("ignore")
    if told.child:
        issuer, base, begin, now, folder = told.child
        replay = Replay(None, base, issuer)  # type: ignore[arg-type]
        once(replay, Path(folder), datetime.fromisoformat(begin), ReplayClock(datetime.fromisoformat(now)))
        return 0
    good = True
    with ProcessPoolExecutor(told.processes) as pool:
        for well, printed in pool.map(partial(of_issuer, told=told), told.issuer or MONTHS):
            print(printed, end="", flush=True)
            good &= well
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
