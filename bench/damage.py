"""Damage the files of a desk: no wrong answer without a fault that is told, and no traceback.

usage: python bench/damage.py [--count 60] [--seed 0]

Bits are flipped, blocks zeroed, files cut short, lost, swapped or altered as a disk alters them, in the record, the indexes, the
cache and the captures. Then every kind of answer is asked for and compared with that of the sound desk. The cases are those of
``tests/test_damage.py``.
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

from test_damage import answers_of, cases, damage_and_ask, make_sound


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    told = parser.parse_args()
    warnings.simplefilter("ignore")
    counts: dict[str, Counter[str]] = {}
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="onrecord-damage-") as name:
        sound = make_sound(Path(name))
        expected = answers_of(sound)
        for number, where, harm in cases(told.count):
            place = counts.setdefault(where, Counter())
            place["tried"] += 1
            with tempfile.TemporaryDirectory(dir=name) as folder:
                try:
                    dice = random.Random(f"{told.seed}/{number}")
                    place[damage_and_ask(sound, expected, Path(folder), where, harm, dice)] += 1
                    place["survived"] += 1
                except Exception:
                    print(f"damage {number}, {harm.__name__} of {where}:\n{traceback.format_exc()}", flush=True)
    columns = ("tried", "told", "no effect", "survived")
    print(f"{'damaged':24} " + " ".join(f"{column:>9}" for column in columns))
    for where, place in counts.items():
        print(f"{where:24} " + " ".join(f"{place[column]:9}" for column in columns))
    tried, survived = (sum(place[column] for place in counts.values()) for column in ("tried", "survived"))
    print(f"{survived} of {tried} survived, {time.perf_counter() - begun:.0f} s")
    return 0 if survived == tried else 1


if __name__ == "__main__":
    sys.exit(main())
