"""Search speed, compared with SQLite FTS5 and a plain scan over the same turns in the same run.

usage: python bench/find.py [--words 1 10] [--json FILE]     (millions of words)
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from corpus import floor, need_data
from onrecord.asking import TurnFilters, find
from onrecord.desk import Desk, open_desk
from onrecord.desk.text_index import TextIndex, index_folder
from onrecord.languages.tokens import words
from texts import desk_of, write_texts

_EACH = 40  # queries per kind
_SCANNED = 6  # queries per kind for the plain scan, which takes seconds


def queries(desk: Desk, dice: random.Random) -> dict[str, list[tuple[str, TurnFilters | None, str]]]:
    """Queries of each kind, built from the texts: ``(query, filters, order)``."""
    rows = desk.record.execute(
        'SELECT substr(document.text, turn.start + 1, min(turn."end" - turn.start, 4000)) AS text, document.language AS language '
        "FROM turn JOIN document ON document.id = turn.document ORDER BY random() LIMIT 3000"
    ).fetchall()
    english = [words(row["text"]) for row in rows if row["language"] == "en"]
    english = [said for said in english if len(said) > 30]
    chinese = [words(row["text"]) for row in rows if row["language"] == "zh"]
    chinese = [[word for word in said if not word.isascii()] for said in chinese]
    chinese = [said for said in chinese if len(said) > 30]

    def some(of: list[list[str]], count: int) -> list[str]:
        said = dice.choice(of)
        at = dice.randrange(len(said) - count)
        return said[at : at + count]

    def word() -> str:
        return dice.choice([said for said in dice.choice(english) if len(said) > 3] or ["china"])

    made: dict[str, list[tuple[str, TurnFilters | None, str]]] = {
        "word": [(word(), None, "relevance") for _ in range(_EACH)],
        "phrase": [('"' + " ".join(some(english, 3)) + '"', None, "relevance") for _ in range(_EACH)],
        "boolean": [(f"({word()} OR {word()}) {word()} -{word()}", None, "relevance") for _ in range(_EACH)],
        "filtered": [
            (word(), TurnFilters(since="2021-06-01", until="2022-06-30", language=("en",)), "relevance")
            for _ in range(_EACH)
        ],
        "newest": [(word(), None, "newest") for _ in range(_EACH)],
    }
    if chinese:
        made["two characters"] = [("".join(some(chinese, 2)), None, "relevance") for _ in range(_EACH)]
    return made


def timed(work: Callable[..., object], *told: object, **more: object) -> float:
    """Run time in milliseconds."""
    begun = time.perf_counter()
    work(*told, **more)
    return (time.perf_counter() - begun) * 1000


def fts5(desk: Desk, folder: Path) -> tuple[sqlite3.Connection, float]:
    """The same turns in SQLite FTS5, with spaces between Han characters, as a user would do."""
    other = sqlite3.connect(folder / "fts5.sqlite")
    other.execute("CREATE VIRTUAL TABLE said USING fts5(words, content='')")
    begun = time.perf_counter()
    rows = desk.record.execute(
        'SELECT turn.rowid, substr(document.text, turn.start + 1, turn."end" - turn.start) FROM turn '
        "JOIN document ON document.id = turn.document"
    )
    other.executemany(
        "INSERT INTO said (rowid, words) VALUES (?, ?)", ((row[0], " ".join(words(row[1]))) for row in rows)
    )
    other.commit()
    return other, time.perf_counter() - begun


def as_fts5(query: str) -> str:
    """A query in FTS5 syntax."""
    if query.startswith('"') or not query.isascii():
        return '"' + " ".join(words(query)) + '"'
    if query.startswith("("):
        inside, _, rest = query[1:].partition(") ")
        also, _, without = rest.partition(" -")
        return f'({" OR ".join(f"{chr(34)}{w}{chr(34)}" for w in inside.split(" OR "))}) AND "{also}" NOT "{without}"'
    return f'"{query}"'


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=float, nargs="+", default=[1.0, 10.0], help="millions of words")
    parser.add_argument("--json", help="write the figures here")
    told = parser.parse_args()
    need_data()
    figures = {}
    worst = 0.0, 0.0
    for millions in told.words:
        with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as temporary:
            folder = Path(temporary)
            count = write_texts(folder / "texts", int(millions * 1e6))
            with open_desk(folder / "desk", write=True, create_new=True) as desk:
                desk_of(desk, folder / "texts")
                index = TextIndex(index_folder(desk.folder), desk.record)
                begun = time.perf_counter()
                index.rebuild()
                built = time.perf_counter() - begun
                manifest = index.manifest()
                assert manifest is not None
                size = manifest.size / 1e6
                other, other_built = fts5(desk, folder)
                other_size = (folder / "fts5.sqlite").stat().st_size / 1e6
                print(
                    f"\n{count / 1e6:.1f} million words, {manifest.turns} turns: index {built:.1f} s, {size:.0f} MB "
                    f"(FTS5 {other_built:.1f} s, {other_size:.0f} MB)"
                )
                print(f"{'':16}{'median':>9}{'95th':>9}   {'FTS5':>9}{'95th':>9}   {'scan':>9}   milliseconds")
                everything: list[float] = []
                row: dict[str, dict[str, float]] = {}
                for kind, asked in queries(desk, random.Random(11)).items():
                    ours = [timed(find, desk, query, filters, order=order, limit=20) for query, filters, order in asked]
                    theirs = [timed(_fts5, other, query, kind == "newest") for query, _, _ in asked]
                    scans = [timed(_scan, desk, query) for query, _, _ in asked[:_SCANNED]]
                    everything += ours
                    row[kind] = {
                        "median": statistics.median(ours),
                        "p95": sorted(ours)[int(len(ours) * 0.95)],
                        "fts5": statistics.median(theirs),
                        "fts5 p95": sorted(theirs)[int(len(theirs) * 0.95)],
                        "scan": statistics.median(scans),
                    }
                    one = row[kind]
                    print(
                        f"{kind:16}{one['median']:9.2f}{one['p95']:9.2f}   "
                        f"{one['fts5']:9.2f}{one['fts5 p95']:9.2f}   {one['scan']:9.0f}"
                    )
                middle, late = statistics.median(everything), sorted(everything)[int(len(everything) * 0.95)]
                print(f"{'all':16}{middle:9.2f}{late:9.2f}   peak memory {_memory():.0f} MB")
                worst = max(worst, (middle, late))
                figures[str(millions)] = {"kinds": row, "median": middle, "p95": late, "build": built, "MB": size}
    if told.json:
        Path(told.json).write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0 if worst[0] <= floor("find", "median") and worst[1] <= floor("find", "p95") else 1


def _fts5(other: sqlite3.Connection, query: str, newest: bool) -> None:
    """The first twenty hits and the total count, like ours; ours also reads the texts of the twenty."""
    order = "rowid DESC" if newest else "rank"
    asked = (as_fts5(query),)
    other.execute(f"SELECT rowid FROM said WHERE said MATCH ? ORDER BY {order} LIMIT 20", asked).fetchall()
    other.execute("SELECT count(*) FROM said WHERE said MATCH ?", asked).fetchone()


def _scan(desk: Desk, query: str) -> int:
    wanted = query.strip('"').split()[0].strip("(").casefold()
    return sum(wanted in row[0].casefold() for row in desk.record.execute("SELECT text FROM document"))


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
