"""How long comparing takes, and how well two languages are aligned beside an alignment by lengths alone.

usage: bench/compare.py SHARED [--days N]

SHARED holds ``data`` and ``gold``. Times are of one process, warm, the median of five: two accounts from documents to the
comparison, a day in two languages from documents to the alignment. Beside them stands the same alignment without a table of
words, which has lengths, numbers and turn ends alone, as the method of Gale and Church has, and where the package
``galechurch`` is installed that package on the sentences of the same days.
"""

from __future__ import annotations

import argparse
import csv
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import onrecord
from onrecord.comparing.accounts import compare_accounts
from onrecord.comparing.language_versions import align_versions
from onrecord.comparing.word_table import WordTable, empty
from onrecord.lexicon.tables import read_toml

FLOORS = Path(__file__).with_name("floors.toml")
Pair = tuple[onrecord.Document, onrecord.Document]


def median(action: Callable[[], Any]) -> float:
    """Seconds, the median of five."""
    times = []
    for _ in range(5):
        began = time.perf_counter()
        action()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def agreement(days: list[Pair], table: WordTable | None) -> float:
    """The share of turns that are paired one to one, of days with as many turns in both languages."""
    paired = total = 0
    for one, other in days:
        if len(one.turns) == len(other.turns):
            places = [{(turn.start, turn.end): at for at, turn in enumerate(side.turns)} for side in (one, other)]
            total += len(one.turns)
            paired += sum(
                len(pair.one) == len(pair.other) == 1
                and _turn(places[0], pair.one[0]) == _turn(places[1], pair.other[0])
                for pair in align_versions(one, other, table).turns
            )
    return paired / max(1, total)


def _turn(places: dict[tuple[int, int], int], span: tuple[int, int]) -> int:
    return next((at for (start, end), at in places.items() if start <= span[0] < end), -1)


def main() -> int:
    """Print the figures; the exit code is 1 where one is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--days", type=int, default=40)
    options = parser.parse_args()
    data = options.shared / "data"
    floors = read_toml(FLOORS, dict[str, dict[str, float]])["compare"]
    meetings = [
        (onrecord.annotate(onrecord.read(folder / "a.md")), onrecord.annotate(onrecord.read(folder / "b.txt")))
        for folder in sorted((data / "pairs").iterdir())
    ]
    compare_accounts(meetings[0])  # loads the tables
    accounts = [median(lambda pair=pair: compare_accounts(pair)) for pair in meetings]  # type: ignore[misc]
    with (data / "cn-mfa/twins.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    days = [
        (onrecord.read(data / row["en"]), onrecord.read(data / row["zh"]))
        for row in rows[:: max(1, len(rows) // options.days)]
    ]
    versions = [median(lambda pair=pair: align_versions(*pair)) for pair in days]  # type: ignore[misc]
    found = {
        "accounts_seconds": statistics.median(accounts),
        "slowest_accounts_seconds": max(accounts),
        "versions_seconds": statistics.median(versions),
        "slowest_versions_seconds": max(versions),
        "turns_paired": agreement(days, None),
        "turns_paired_by_lengths": agreement(days, empty(("en", "zh"))),
    }
    print(json.dumps({name: round(value, 4) for name, value in found.items()}, indent=1))
    _galechurch(days)
    slow = [name for name in floors if name.endswith("seconds") and found[name] > floors[name]]
    low = [name for name in floors if not name.endswith("seconds") and found[name] < floors[name]]
    for name in slow + low:
        print(f"below its floor: {name} {found[name]:.3f}, floor {floors[name]}", file=sys.stderr)
    return 1 if slow or low else 0


def _galechurch(days: list[Pair]) -> None:
    """The time that the package takes for the sentences of the same days."""
    try:
        from galechurch import align
    except ImportError:
        print("galechurch is not installed: pip install galechurch", file=sys.stderr)
        return
    from onrecord import languages

    texts = [
        [[side.text[a:b] for a, b in languages.find(side.language).split_sentences(side.text)] for side in pair]
        for pair in days
    ]
    print(f"galechurch: {median(lambda: [align(*pair) for pair in texts]) / len(days):.4f} seconds a day")


if __name__ == "__main__":
    sys.exit(main())
