"""Load test of the web pages with 20 readers: 95th percentile of response times, errors, and growth of memory.

    python bench/web.py                  makes a desk of all real pages first, which takes minutes
    python bench/web.py --desk FOLDER    on an existing desk
    python bench/web.py --pause 0        readers without pauses: maximum throughput
    python bench/web.py --long           half of the time one more reader sends slow requests: their cost for the others
    python bench/web.py --json F         writes the figures as well

``onrecord serve`` runs in its own process and answers HTTP requests on loopback. The readers request a mixture of all pages
(:data:`MIXTURE`) with URLs drawn from the desk: different statements, words, phrases and parties each time, so that few
requests repeat. Each reader pauses for 0.5 to 1.5 seconds between pages, still faster than people read. The readers share the
two cores with the server.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus, urlsplit

from corpus import floor, need_data, pages
from onrecord.lexicon.world import actor_codes

Draw = Callable[[random.Random], str]

#: Frequency of each kind of page, per 100 requests.
MIXTURE = {
    "statement": 26, "statement with notes": 6, "find": 18, "find narrowed": 6, "trace": 7, "source": 5, "capture": 5, "cite": 5,
    "redline": 3, "ledger": 3, "meetings": 3, "actor": 3, "outlet": 1, "actors": 1, "acts": 2, "answers": 1, "trends": 2,
    "statements": 2, "front": 1,
}  # fmt: skip
_WORDS = re.compile(r"[^\W\d_]{4,}")
#: Limit of the slowdown of other pages during slow requests, at the 95th percentile.
BESIDE = 1.25
#: Warm-up in seconds before two halves are compared.
_WARMING = 10
_READY = "everything is ready"


class Addresses:
    """URLs of each kind of page, drawn from the contents of a desk."""

    def __init__(self, desk: Path) -> None:
        record = sqlite3.connect(f"{(desk / 'record.sqlite').resolve().as_uri()}?mode=ro", uri=True)
        drawn = random.Random(1)
        ids = [row[0] for row in record.execute("SELECT id FROM document ORDER BY id")]
        self.documents = drawn.sample(ids, min(4000, len(ids)))
        asked = "SELECT id, document, start, \"end\" FROM turn WHERE kind IN ('answer', 'statement') ORDER BY id"
        turns = [tuple(row) for row in record.execute(asked)]
        self.turns = drawn.sample(turns, min(4000, len(turns)))
        self.phrases, words = [], []
        for _, document, start, end in self.turns[:1500]:
            said = "SELECT substr(text, ?, ?) FROM document WHERE id = ?"
            (text,) = record.execute(said, (start + 1, min(end - start, 400), document)).fetchone()
            words += _WORDS.findall(text)
            sentence = re.split(r"(?<=[.!?。！？])\s*", text)[0].split()
            if 4 <= len(sentence) <= 40:
                self.phrases.append(" ".join(sentence[: drawn.choice((4, 6, 12, 40))]))
        self.words = drawn.sample(words, min(3000, len(words)))
        many = (
            "SELECT id FROM mentioned WHERE kind IN ('country', 'organisation', 'person') AND id != '' "
            "GROUP BY id HAVING sum(count) > 20"
        )
        self.actors = [row[0] for row in record.execute(many)]
        self.states = [quote_plus(id) for id in self.actors if id in actor_codes()]
        self.issues = [row[0] for row in record.execute("SELECT DISTINCT issue FROM act_issue")]
        self.outlets = [
            row[0]
            for row in record.execute(
                "SELECT DISTINCT outlet_id FROM turn WHERE outlet_id IS NOT NULL AND kind = 'question'"
            )
        ]
        self.issuers = [row[0] for row in record.execute("SELECT DISTINCT issuer FROM document")]
        record.close()

    def draw(self, kind: str, r: random.Random) -> str:
        """A random URL of this kind of page."""
        turn, document, start, end = r.choice(self.turns)
        word, at = quote_plus(r.choice(self.words)), turn.partition("/")[2]
        several = f"{word}+{quote_plus(r.choice(self.words))}" if r.random() < 0.3 else word
        return {
            "statement": f"/statements/{r.choice(self.documents)}",
            "statement with notes": f"/statements/{r.choice(self.documents)}?show=mentions&show=acts&show=undertakings",
            "find": f"/find?q={several}" + (f"&page={r.randint(2, 4)}" if r.random() < 0.2 else ""),
            "find narrowed": f"/find?q={word}&issuer={r.choice(self.issuers)}&sort=newest"
            if r.random() < 0.5
            else f"/find?q={word}&issue={quote_plus(r.choice(self.issues))}",
            "trace": f"/trace?q={quote_plus(r.choice(self.phrases))}",
            "source": f"/statements/{document}/source?at={start}-{min(end, start + 200)}",
            "capture": f"/statements/{document}/capture?at={start}-{min(end, start + 200)}",
            "cite": f"/statements/{document}/cite?turn={at}",
            "redline": f"/statements/{r.choice(self.documents)}/redline",
            "ledger": f"/ledger?between={r.choice(self.states)}&between={r.choice(('CHN', 'USA'))}",
            "meetings": f"/meetings?between={r.choice(self.states)}",
            "actor": f"/actors/{quote_plus(r.choice(self.actors))}",
            "outlet": f"/outlets/{r.choice(self.outlets)}",
            "actors": "/actors",
            "acts": f"/acts?actor={r.choice(self.states)}&sort={r.choice(('newest', 'oldest'))}",
            "answers": f"/answers?by={r.choice(('outlet', 'speaker', 'issue'))}&outlet={r.choice(self.outlets)}",
            "trends": f"/trends?term={word}&term=mention:{r.choice(self.states)}&by=year",
            "statements": f"/statements?issuer={r.choice(self.issuers)}&page={r.randint(1, 4)}",
            "front": "/",
        }[kind]


class Reader:
    """A reader with a keep-alive connection, like a browser. (With 20 readers, an HTTP library used more CPU time than the
    server.)"""

    def __init__(self, base: str) -> None:
        told = urlsplit(base)
        self.host, self.port = told.hostname or "", told.port or 80
        self.body = b""
        self._in: asyncio.StreamReader | None = None
        self._out: asyncio.StreamWriter | None = None

    async def get(self, address: str) -> tuple[int, int]:
        """The HTTP status and the length of the answer; ``body`` is the answer."""
        if self._out is None:
            self._in, self._out = await asyncio.open_connection(self.host, self.port)
        assert self._in is not None
        self._out.write(
            f"GET {address} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nAccept: text/html\r\n\r\n".encode()
        )
        head = await self._in.readuntil(b"\r\n\r\n")
        status = int(head[9:12])
        length = int(re.search(rb"content-length: (\d+)", head, re.I)[1])  # type: ignore[index]
        self.body = await self._in.readexactly(length)
        return status, length


async def read(
    base: str, addresses: Addresses, seconds: float, pause: float, readers: int, seen: list[Any], wrong: list[str]
) -> None:
    """Run all readers at once until the time is over."""
    until = time.perf_counter() + seconds

    async def one(number: int) -> None:
        r, reader = random.Random(number), Reader(base)
        while time.perf_counter() < until:
            kind = r.choices(list(MIXTURE), list(MIXTURE.values()))[0]
            address = addresses.draw(kind, r)
            begun = time.perf_counter()
            status, size = await reader.get(address)
            seen.append((kind, time.perf_counter() - begun, size))
            if status != 200:
                wrong.append(f"{status} {address}")
            if pause:
                await asyncio.sleep(r.uniform(0.5, 1.5) * pause)

    await asyncio.gather(*(one(number) for number in range(readers)))


#: Clauses that must be checked in the text of every candidate, and rarely match.
_CLAUSES = " OR ".join(
    f"({letters}* NEAR/0 {letters}*)" for letters in ("qu", "x", "z", "j", "k", "y", "v", "u", "g", "n") * 9
)
#: A query that keeps a core busy: 6 s for 850 statements, and with ten thousand until its deadline. The number makes each query
#: unique, so that no cache answers it.
LONG = f"/find?q={quote_plus(_CLAUSES)}+OR+(q*+NEAR/{{number}}+x*)"


async def ask_long(base: str, ended: asyncio.Event, seen: list[tuple[int, float]]) -> None:
    """Send slow requests, one after the other, until the other readers have finished."""
    reader, number = Reader(base), 0
    while not ended.is_set():
        number += 1
        begun = time.perf_counter()
        status, _ = await reader.get(LONG.format(number=200 + number % 700))
        seen.append((status, time.perf_counter() - begun))


async def read_beside_a_long_question(
    base: str, addresses: Addresses, seconds: float, pause: float, readers: int, seen: list[Any], wrong: list[str]
) -> list[tuple[int, float]]:
    """Like :func:`read`, with one more reader that sends slow requests; also returns their status and seconds."""
    ended, long = asyncio.Event(), list[tuple[int, float]]()
    asking = asyncio.create_task(ask_long(base, ended, long))
    await asyncio.sleep(1)  # the slow request runs before the others begin
    await read(base, addresses, seconds, pause, readers, seen, wrong)
    ended.set()
    asking.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asking
    return long


def memory(process: int) -> float:
    """Memory of a process and its children in megabytes; shared pages of files count in each."""
    told = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    started = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8").split()
    own = int(re.search(r"VmRSS:\s+(\d+)", told)[1]) / 1000  # type: ignore[index]
    return own + sum(memory(int(child)) for child in started)


def make_desk(folder: Path) -> Path:
    """Make a desk of all real pages, including those in archives."""
    laid = folder / "pages"
    laid.mkdir()
    for number, (path, data) in enumerate(pages(".", suffixes=(".shtml", ".html", ".md", ".txt", ".pdf"))):
        (laid / f"{number:06}-{Path(path).name}").write_bytes(data)
    told = subprocess.run(
        [sys.executable, "-m", "onrecord.cli", "add", str(laid), "--desk", str(folder / "desk"), "--format", "json"],
        check=False,
        capture_output=True,
    )
    print(f"{json.loads(told.stdout)['held']:,} statements on the desk", flush=True)
    shutil.rmtree(laid)
    return folder / "desk"


def main() -> int:
    """Serve a desk, measure, and print the figures."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--desk", type=Path, help="a desk that is there already")
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--readers", type=int, default=20)
    asked.add_argument("--pause", type=float, default=1.0, help="seconds that a reader looks at a page, on average")
    asked.add_argument("--long", action="store_true", help="one more reader asks long questions half of the time")
    asked.add_argument("--json", type=Path, help="write the figures here")
    told = asked.parse_args()
    need_data()
    work = Path(tempfile.mkdtemp(prefix="onrecord-web-"))
    try:
        desk = told.desk or make_desk(work)
        figures = measure(desk, told.seconds, told.readers, told.pause, long=told.long)
    finally:
        shutil.rmtree(work)
    if told.json:
        told.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return judge(figures)


@contextlib.contextmanager
def served(desk: Path) -> Iterator[tuple[str, int]]:
    """The address and the process id of ``onrecord serve`` for a desk, from when it is ready until the block ends."""
    command = [sys.executable, "-m", "onrecord.cli", "serve", "--desk", str(desk), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        try:
            assert server.stdout is not None
            base = ""
            for line in server.stdout:
                base = base or next(iter(re.findall(r"http://\S+/", line)), "")
                if _READY in line:
                    break
            yield base, server.pid
        finally:
            server.terminate()


def measure(desk: Path, seconds: float, readers: int, pause: float, *, long: bool = False) -> dict[str, float]:
    """Serve a desk, wait until it is ready, and measure; with ``long`` half of the time with slow requests."""
    begun = time.perf_counter()
    with served(desk) as (base, pid):
        ready = time.perf_counter() - begun
        addresses = Addresses(desk)
        seen: list[tuple[str, float, int]] = []
        wrong: list[str] = []
        if long:  # warm the caches for both halves
            asyncio.run(read(base, addresses, _WARMING, pause, readers, [], []))
        asyncio.run(read(base, addresses, seconds / 2, pause, readers, seen, wrong))
        half, alone = memory(pid), len(seen)
        if long:
            beside = read_beside_a_long_question(base, addresses, seconds / 2, pause, readers, seen, wrong)
            questions = asyncio.run(beside)
        else:
            asyncio.run(read(base, addresses, seconds / 2, pause, readers, seen, wrong))
        end = memory(pid)
    show(seen, wrong)
    times = sorted(took for _, took, _ in seen)
    figures = {}
    if long:
        first, second = p95(seen[:alone]) * 1000, p95(seen[alone:]) * 1000
        print(
            "long questions:", ", ".join(f"{status} after {took:.1f} s" for status, took in questions) or "none ended"
        )
        figures = {"p95 ms alone": first, "p95 ms beside long": second, "times": second / first}
    return figures | {
        "pages": len(seen), "pages a second": len(seen) / seconds, "errors": len(wrong), "seconds until ready": ready,
        "median ms": times[len(times) // 2] * 1000, "p95 ms": times[int(len(times) * 0.95)] * 1000,
        "slowest ms": times[-1] * 1000, "memory half way MB": half, "memory at the end MB": end,
    }  # fmt: skip


def p95(seen: list[tuple[str, float, int]]) -> float:
    """The 95th percentile in seconds."""
    times = sorted(took for _, took, _ in seen)
    return times[int(len(times) * 0.95)]


def show(seen: list[tuple[str, float, int]], wrong: list[str]) -> None:
    """Print a line per kind of page."""
    print(f"{'page':22} {'asked':>7} {'median ms':>10} {'95 % ms':>9} {'slowest':>9} {'KB':>7}")
    for kind in MIXTURE:
        own = sorted(took for name, took, _ in seen if name == kind)
        if own:
            size = sum(size for name, _, size in seen if name == kind) / len(own) / 1000
            edges = (own[len(own) // 2], own[int(len(own) * 0.95)], own[-1])
            print(
                f"{kind:22} {len(own):7} {edges[0] * 1000:10.1f} {edges[1] * 1000:9.1f} {edges[2] * 1000:9.1f} {size:7.1f}"
            )
    for one in wrong[:10]:
        print(f"error: {one}")


def judge(figures: dict[str, float]) -> int:
    """Print the figures. Returns 1 if one exceeds its limit."""
    for name, value in figures.items():
        print(f"{name:24} {value:10.1f}")
    beyond = [
        f"the 95th percentile is above {limit:.0f} ms" for limit in (floor("web", "p95"),) if figures["p95 ms"] > limit
    ] + [f"{figures['errors']:.0f} pages failed"] * (figures["errors"] > 0)
    growth = figures["memory at the end MB"] / figures["memory half way MB"]
    if figures.get("times", 0) > BESIDE:
        beyond.append(
            f"a long question makes the 95th percentile of the others {figures['times']:.2f} times what it is"
        )
    beyond += [f"memory grew {growth:.2f} times in the second half"] * (growth > floor("web", "memory_growth"))
    for one in beyond:
        print(one)
    return 1 if beyond else 0


if __name__ == "__main__":
    sys.exit(main())
