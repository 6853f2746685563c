"""Accuracy of turns and headings on labelled pages, by house; writes what `onrecord houses` shows.

usage: python bench/structure.py LABELS DATA [--house ID] [--write --texts "drawn at random in …" [--seen]] [--json FILE]

LABELS holds a folder an issuer and in it a JSON file a page: "page" (below DATA), "title", "date", "issuer", "kind",
"language", and "turns" with "kind", "speaker", "outlet", "starts" and "ends" (the first and last words without the label,
or "head" and "tail", their hashes); "until": N labels the first N turns only. A turn is right if its kind and both ends are
those of a labelled one; white space, quotation marks, dashes and case do not count. Speakers and outlets are compared on
the turns that are right.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import warnings
from collections import Counter
from datetime import UTC, datetime
from hashlib import sha1
from pathlib import Path
from typing import Any

import onrecord
from onrecord import houses
from onrecord.errors import OnRecordError

#: Characters at each end of a turn that are compared.
_END = 24
_LEFT_OUT = re.compile(r"[\s\"'“”‘’《》·—–-]+")
_HEADING = ("title", "date", "issuer", "kind", "language")


def plain(words: object) -> str:
    """The words without what differs by markup and not by reading."""
    return _LEFT_OUT.sub("", str(words or "")).casefold()


def ends(words: str) -> tuple[str, str]:
    """The hashes of the first and of the last characters."""
    left = plain(words)
    return digest(left[:_END]), digest(left[-_END:])


def digest(words: str) -> str:
    return sha1(words.encode(), usedforsecurity=False).hexdigest()[:16]


def labelled(turn: dict[str, Any]) -> tuple[str, str, str]:
    """Kind and ends of a labelled turn."""
    head = turn.get("head") or digest(plain(turn["starts"])[:_END])
    return turn["kind"], head, turn.get("tail") or digest(plain(turn["ends"])[-_END:])


def compare(label: dict[str, Any], source: Path, count: Counter[str]) -> list[str]:
    """Add the page's counts to ``count``; the faults, a line each."""
    wanted = [(labelled(turn), turn) for turn in label["turns"]]
    heading = [name for name in _HEADING if label.get(name) is not None]
    count.update(pages=1, turns=len(wanted), heading=len(heading))
    try:
        document = onrecord.read(source)
    except OnRecordError as error:
        count["failed"] += 1
        return [f"not read: {error}"]
    left = [((turn.kind, *ends(turn.text)), turn) for turn in document.turns][: label.get("until")]
    count["read"] += len(left)
    faults = []
    for key, turn in wanted:
        found = next((one for one in left if one[0] == key), None)
        if found is None:
            faults.append(f"missing {turn['kind']}: {turn.get('starts', '')[:60]}")
            continue
        left.remove(found)
        count["right"] += 1
        for name in ("speaker", "outlet"):
            same = plain(getattr(found[1], name)) == plain(turn.get(name))
            count[name] += same
            if not same:
                faults.append(f"{name} {getattr(found[1], name)!r} for {turn.get(name)!r}")
    faults += [f"added {turn.kind}: {turn.text[:60]!r}" for _, turn in left]
    for name in heading:
        value = getattr(document.heading, name)
        count["heading right"] += (same := plain(value) == plain(label[name]))
        if not same:
            faults.append(f"{name} {value!r} for {label[name]!r}")
    return faults


def figures(count: Counter[str]) -> dict[str, float]:
    """The counts as the shares that ``accuracy.toml`` holds."""
    right = max(1, count["right"])
    return {
        "pages": count["pages"],
        "turns": count["turns"],
        "failed": count["failed"],
        "f1": round(2 * count["right"] / max(1, count["turns"] + count["read"]), 4),
        "speakers": round(count["speaker"] / right, 4),
        "outlets": round(count["outlet"] / right, 4),
        "metadata": round(count["heading right"] / max(1, count["heading"]), 4),
    }


def write(house: str, row: dict[str, float], *, texts: str, seen: bool) -> None:
    """Add the figures to the accuracy.toml of the house."""
    try:
        path = houses.find(house).folder / "accuracy.toml"
    except OnRecordError as error:
        print(f"nothing written: {error}", file=sys.stderr)
        return
    before = path.read_text(encoding="utf-8") if path.exists() else "# Written by bench/structure.py; oldest first.\n"
    told = {
        "day": datetime.now(UTC).date().isoformat(),
        "version": onrecord.__version__,
        "texts": texts,
        "seen": seen,
        **row,
    }
    entry = "\n".join(f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in told.items())
    path.write_text(f"{before}\n[[measured]]\n{entry}\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--house", help="the labels of this issuer only")
    parser.add_argument("--faults", action="store_true", help="print what is wrong, page by page")
    parser.add_argument("--write", action="store_true", help="add the figures to the houses' accuracy.toml")
    parser.add_argument("--texts", default="", help="how the pages were chosen and who labelled them")
    parser.add_argument("--seen", action="store_true", help="the rules were built beside these pages")
    parser.add_argument("--json", help="write the figures here")
    told = parser.parse_args()
    if told.write and not told.texts:
        parser.error("--write needs --texts: how the pages were chosen and who labelled them")
    warnings.simplefilter("ignore")
    rows = {}
    issuers = {}
    for folder in sorted(path for path in told.labels.iterdir() if path.is_dir()):
        if told.house and folder.name != told.house:
            continue
        count: Counter[str] = Counter()
        for path in sorted(folder.rglob("*.json")):
            label = json.loads(path.read_text(encoding="utf-8"))
            issuers[folder.name] = label["issuer"]
            faults = compare(label, told.data / label["page"], count)
            if told.faults and faults:
                print(f"{path.stem}", *faults, sep="\n   ")
        if count:
            rows[folder.name] = figures(count)
    names = ("pages", "turns", "failed", "f1", "speakers", "outlets", "metadata")
    print(f"{'':22}" + "".join(f"{name:>10}" for name in names))
    for house, row in rows.items():
        print(f"{house:22}" + "".join(f"{row[name]:>10}" for name in names))
        if told.write:
            form = "" if house == issuers[house] else f"{house}: "
            write(issuers[house], row, texts=form + told.texts, seen=told.seen)
    if told.json:
        Path(told.json).write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
