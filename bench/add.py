"""Throughput of adding pages to a desk on two cores, and whether the cost per document grows with the desk.

    python bench/add.py            prints a table, exits 1 below the floors of floors.toml
    python bench/add.py --json F   writes the figures as well

Pages are added in a shuffled order, the same in every run, so that every thousand has the same mixture and the first can be
compared with the last. Growth is judged by the CPU time of the writer, since only its work can grow with the desk and CPU
time does not depend on other programs; wall-clock time is printed too.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import sys
import tempfile
import time
from hashlib import sha256
from itertools import islice, pairwise
from pathlib import Path

from corpus import floor, need_data, pages
from onrecord.desk import Summary, add_all, check, open_desk

_FOLDERS = ("cn-mfa/en", "cn-mfa/zh", "cn-mfa/zh-2020", "us-whitehouse")
_STEP = 1000


def lay_out(folder: Path, most: int | None) -> tuple[int, int]:
    """Write the pages to the folder in an order shuffled by a digest. Returns their number and size in bytes."""
    count = size = 0
    for path, data in islice(pages(*_FOLDERS), most):
        (folder / f"{sha256(path.encode()).hexdigest()[:12]}-{Path(path).name}").write_bytes(data)
        count, size = count + 1, size + len(data)
    return count, size


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--json", type=Path, help="write the figures here")
    asked.add_argument("--processes", type=int, default=2)
    asked.add_argument("--most", type=int, help="only so many pages")
    asked.add_argument("--where", type=Path, help="a folder for the pages and the desk, removed afterwards")
    told = asked.parse_args()
    need_data()
    work = Path(tempfile.mkdtemp(prefix="onrecord-add-", dir=told.where))
    try:
        (work / "pages").mkdir()
        count, size = lay_out(work / "pages", told.most)
        figures = measure(work, count, size, told.processes)
    finally:
        shutil.rmtree(work)
    show(figures)
    if told.json:
        told.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return judge(figures)


def measure(work: Path, count: int, size: int, processes: int) -> dict[str, float]:
    """Add all pages, add them again, then check the desk."""
    at: dict[int, tuple[float, float]] = {}

    def note(summary: Summary, source: str) -> None:
        done = summary.done
        if done % _STEP == 0:
            at[done] = (time.perf_counter(), time.process_time())

    with open_desk(work / "desk", write=True, create_new=True) as desk:
        at[0] = (begun := time.perf_counter(), time.process_time())
        summary = add_all(desk, [work / "pages"], processes=processes, on_progress=note)
        took = time.perf_counter() - begun
        begun = time.perf_counter()
        again = add_all(desk, [work / "pages"], processes=processes)
        second = time.perf_counter() - begun
        begun = time.perf_counter()
        faults = sum(fault.what != "orphan" for fault in check(desk))
        checking = time.perf_counter() - begun
        record = sum(path.stat().st_size for path in (work / "desk").glob("record.sqlite*"))
    marks = sorted(at.items())
    steps = [(b[0] - a[0]) / (n - m) * 1000 for (m, a), (n, b) in pairwise(marks)]
    writing = [(b[1] - a[1]) / (n - m) * 1000 for (m, a), (n, b) in pairwise(marks)]
    assert again.unchanged + len(again.troubles) == count
    return {
        "pages": count,
        "documents": summary.new + summary.changed + summary.replaced,
        "not_added": len(summary.troubles),
        "turns": summary.turns,
        "megabytes": round(size / 1e6, 1),
        "seconds": round(took, 2),
        "documents_per_second": round(count / took, 1),
        "first_thousand_ms": round(steps[0], 2) if steps else 0.0,
        "last_thousand_ms": round(steps[-1], 2) if steps else 0.0,
        "last_thousand_at": marks[-1][0],
        "first_thousand_writer_ms": round(writing[0], 2) if steps else 0.0,
        "last_thousand_writer_ms": round(writing[-1], 2) if steps else 0.0,
        "cost_growth": round(writing[-1] / writing[0], 2) if steps else 1.0,
        "added_again_per_second": round(count / second, 1),
        "checked_per_second": round(count / checking, 1),
        "faults": faults,
        "record_megabytes": round(record / 1e6, 1),
        "writer_peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }


def show(figures: dict[str, float]) -> None:
    """Print the figures as a table."""
    for name, value in figures.items():
        print(f"{name.replace('_', ' '):26}{value:>12,}")


def judge(figures: dict[str, float]) -> int:
    """1 if a floor is not reached."""
    code = 0
    least, most = floor("add", "documents_per_second"), floor("add", "cost_growth")
    if figures["documents_per_second"] < least:
        print(f"below the floor of {least} documents a second", file=sys.stderr)
        code = 1
    if figures["cost_growth"] > most:
        print(f"a document costs {figures['cost_growth']} times as much at the end, more than {most}", file=sys.stderr)
        code = 1
    if figures["faults"]:
        print(f"{figures['faults']:.0f} faults", file=sys.stderr)
        code = 1
    return code


if __name__ == "__main__":
    sys.exit(main())
