"""Kill a process at random moments of every kind of writing, and only its workers: the desk is whole and the rerun equal.

usage: python bench/kills.py [--count 200] [--seed 0] [--only WORK]

Each kill (``SIGKILL``) hits one of: add, annotate --again, reread, rebuild, judge, or a reading process of ``add`` and
``reread`` while the run goes on. After it ``check`` must find no fault, what was told as kept must be there, the answers of a
desk whose documents did not change must be the same, and the same command must end with the desk of an undisturbed run. The
cases are those of ``tests/test_kills.py``.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from test_kills import WORK, WORKERS, Sound, kill_and_repeat, kill_workers


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=(*WORK, *WORKERS), help="this work alone")
    told = parser.parse_args()
    warnings.simplefilter("ignore")
    works = [told.only] if told.only else [*WORK, *WORKERS]
    tried: Counter[str] = Counter()
    survived: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="onrecord-kills-") as name:
        (Path(name) / "sound").mkdir()
        sound = Sound(Path(name) / "sound")
        for number in range(told.count):
            work = works[number % len(works)]
            with tempfile.TemporaryDirectory(dir=name) as folder:
                tried[work] += 1
                try:
                    dice = random.Random(f"{told.seed}/{number}")
                    run = kill_workers if work in WORKERS else kill_and_repeat
                    hit[work] += run(sound, Path(folder), work, dice)
                    survived[work] += 1
                except Exception:
                    print(f"kill {number} of {work}:\n{traceback.format_exc()}", flush=True)
    print(f"{'killed':28} {'tried':>6} {'while at work':>14} {'survived':>9}")
    for work in works:
        print(f"{work:28} {tried[work]:6} {hit[work]:14} {survived[work]:9}")
    total = tried.total()
    print(f"{'all':28} {total:6} {hit.total():14} {survived.total():9}   {time.perf_counter() - begun:.0f} s")
    return 0 if survived.total() == total else 1


if __name__ == "__main__":
    sys.exit(main())
