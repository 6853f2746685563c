"""Find the edits between kept versions of real pages, one a line, for a scorer; say how long it took, and score them.

usage: python bench/edits.py DATA FOUND.jsonl [--processes N] [--score [KEY.json]]

DATA holds ``us-whitehouse-versions``, ``us-whitehouse-rss``, ``us-state`` and ``revisions``. Every two versions of an item that
follow each other are compared. A line is ``{"item", "from", "to", "kind", "before", "after", "score", "touches"}``; ``from`` and
``to`` are the SHA-256 of the bytes. With ``--score`` they are compared with a key by ``tools/score_edits.py`` beside DATA,
and the exit code is 1 where a figure is below its floor.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tarfile
import time
import warnings
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import onrecord
from corpus import DATA, floor
from onrecord.comparing import edits
from onrecord.errors import OnRecordError
from onrecord.record import Document


def chains(data: Path) -> Iterator[tuple[str, list[bytes]]]:
    """The items that have several versions: the address of each, and the bytes of its versions in order."""
    for folder in sorted((data / "us-whitehouse-versions").iterdir()):
        rows = json.loads((folder / "captures.json").read_text(encoding="utf-8"))
        yield "", [(folder / row["file"]).read_bytes() for row in rows]
    for name in ("us-whitehouse-rss", "us-state"):
        by_item: dict[str, list[dict[str, str]]] = defaultdict(list)
        with (data / name / "index.jsonl").open(encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                by_item[row["guid"]].append(row)
        several = {row["file"] for rows in by_item.values() if len(rows) > 1 for row in rows}
        with tarfile.open(data / name / "items.tar.xz") as tar:
            pages = {one.name: tar.extractfile(one).read() for one in tar if one.name in several}  # type: ignore[union-attr]
        for rows in by_item.values():
            if len(rows) > 1:
                rows.sort(key=lambda row: int(row["version"]))
                yield rows[0]["link"], [pages[row["file"]] for row in rows]
    for before in sorted((data / "revisions/wh_briefings_pairs").glob("*.before.md")):
        after = before.with_name(before.name.replace(".before.", ".after."))
        if after.exists():
            yield "", [before.read_bytes(), after.read_bytes()]


@cache
def read(page: bytes) -> Document:
    """A page as it is read and annotated."""
    return onrecord.annotate(onrecord.read(page))


def found(chain: tuple[str, list[bytes]]) -> list[dict[str, object]]:
    """The edits of a chain of versions."""
    warnings.simplefilter("ignore")
    item, pages = chain
    rows: list[dict[str, object]] = []
    for one, other in pairwise(pages):
        try:
            before, after = read(one), read(other)
        except OnRecordError as error:
            print(f"{item}: {error.name}: {error.what}", file=sys.stderr)
            continue
        pair: dict[str, object] = {
            "item": item or before.heading.address or "",
            "from": sha256(one).hexdigest(),
            "to": sha256(other).hexdigest(),
        }
        some = [
            pair
            | {
                "kind": edit.kind,
                "before": edit.before and edit.before.words,
                "after": edit.after and edit.after.words,
                "score": edit.rank,
                "touches": edit.touches,
            }
            for edit in edits(before, after)
        ]
        rows += some or [pair]
    return rows


#: Where the scorer prints each figure that has a floor.
_FIGURES = {
    "pairs": r"pairs: .* precision ([\d.]+) recall ([\d.]+)",
    "f1": r"edits: .* F1 ([\d.]+)",
    "gravest": r"by importance: 5: (\d+)/(\d+)",
    "auc": r"AUC substance/rest ([\d.]+)",
    "ndcg": r"nDCG@20 ([\d.]+)",
}


def score(key: Path, data: Path, found: Path) -> bool:
    """Print how the edits compare with a key; return whether every figure is at its floor."""
    scorer = data.parent / "tools" / "score_edits.py"
    words = [sys.executable, scorer, key, data, found]
    told = subprocess.run(list(map(str, words)), capture_output=True, text=True, check=True).stdout
    print(told, end="")
    good = True
    for name, pattern in _FIGURES.items():
        match = re.search(pattern, told)
        assert match is not None, f"the scorer tells no {name}"
        numbers = [float(one) for one in match.groups()]
        figure = numbers[0] / numbers[1] if name == "gravest" else min(numbers)
        if figure < floor("edits", name):
            print(f"{name} {figure:.3f} is below its floor, {floor('edits', name):g}")
            good = False
    return good


def main() -> int:
    """Write the edits of all chains."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("found", type=Path)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument(
        "--score", type=Path, nargs="?", const=DATA.parent / "gold/edits/edits.json", metavar="KEY.json"
    )
    told = parser.parse_args()
    begun = time.perf_counter()
    with ProcessPoolExecutor(told.processes) as pool, told.found.open("w", encoding="utf-8") as out:
        count = 0
        for rows in pool.map(found, chains(told.data), chunksize=8):
            count += len(rows)
            out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    print(f"{count} lines in {time.perf_counter() - begun:.1f} s", flush=True)
    return 0 if told.score is None or score(told.score, told.data, told.found) else 1


if __name__ == "__main__":
    sys.exit(main())
