"""Precision and recall of acts against human labels, and the yield on pages without labels.

    python bench/acts.py [SHARED]

Strict: type and actors equal, triggers overlap; lenient: type equal, triggers overlap. The Chinese labels are ours
(tests/gold/zh: only positions and hashes, not the text of the pages). Floors: [acts] in bench/floors.toml.
"""

from __future__ import annotations

import json
import random
import sys
import tomllib
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import onrecord
from onrecord.annotation_types import Act

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"


class Labelled(NamedTuple):
    """An act labelled by a person, with its trigger at ``[start, end)`` of the document's text."""

    type: str
    actors: frozenset[str]
    start: int
    end: int


class Score(NamedTuple):
    hits: int
    found: int
    wanted: int

    @property
    def f1(self) -> float:
        return 2 * self.hits / max(1, self.found + self.wanted)

    def __str__(self) -> str:
        precision, recall = self.hits / max(1, self.found), self.hits / max(1, self.wanted)
        return f"precision {precision:.3f} recall {recall:.3f} F1 {self.f1:.3f}"


def english(folder: Path) -> Iterator[tuple[list[Act], list[Labelled]]]:
    """The texts of a folder in the format of ``gold/acts``: acts found and acts labelled."""
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        document = onrecord.annotate(onrecord.read(path.with_name(gold["text_file"])))
        wanted, at = [], 0
        for act in gold["acts"]:
            quote = document.text.find(act["quote"], at)
            quote = quote if quote >= 0 else document.text.find(act["quote"])
            start = document.text.find(act["trigger"], max(quote, 0))
            at = max(at, quote)
            wanted.append(Labelled(act["type"], frozenset(act["actors"]), start, start + len(act["trigger"])))
        yield list(document.acts), wanted


def chinese(labels: Path, pages: Path) -> Iterator[tuple[list[Act], list[Labelled]]]:
    """Our Chinese labels, each checked against the text of the page by its hash."""
    for answer in json.loads(labels.read_text(encoding="utf-8")):
        document = onrecord.annotate(onrecord.read(pages / answer["page"]))
        turns = {turn.id: turn for turn in document.turns}
        wanted = []
        for act in answer["acts"]:
            turn = turns[act["turn"]]
            said, trigger = turn.text[slice(*act["quote"])], turn.text[slice(*act["trigger"])]
            if sha256(f"{said}\0{trigger}".encode()).hexdigest()[:16] != act["sha256"]:
                sys.exit(f"{answer['page']}: the words at a label are not those that were labelled")
            places = turn.start + act["trigger"][0], turn.start + act["trigger"][1]
            wanted.append(Labelled(act["type"], frozenset(act["actors"]), *places))
        yield [act for act in document.acts if act.turn in answer["turns"]], wanted


def score(pairs: Iterable[tuple[list[Act], list[Labelled]]], *, strict: bool) -> tuple[Score, dict[str, Score]]:
    """Scores over all texts, and by type."""
    hits: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for acts, labels in pairs:
        left = list(acts)
        found.update(act.type for act in acts)
        wanted.update(label.type for label in labels)
        for label in labels:
            for act in left:
                over = act.trigger.start < label.end and label.start < act.trigger.end
                if over and act.type == label.type and (not strict or frozenset(act.actors) == label.actors):
                    hits[label.type] += 1
                    left.remove(act)
                    break
    types = {kind: Score(hits[kind], found[kind], wanted[kind]) for kind, _ in wanted.most_common()}
    return Score(hits.total(), found.total(), wanted.total()), types


def yields(folder: Path, pages: int) -> str:
    """The number of acts on pages without labels."""
    paths = sorted(folder.glob("*.*html"))
    random.Random(1).shuffle(paths)
    counts, words, kinds = [], 0, Counter[str]()
    for path in paths[:pages]:
        try:
            document = onrecord.annotate(onrecord.read(path))
        except onrecord.OnRecordError:
            continue
        counts.append(len(document.acts))
        words += len(document.text.split())
        kinds.update(act.type for act in document.acts)
    shares = ", ".join(f"{kind} {count / sum(counts):.0%}" for kind, count in kinds.most_common(8))
    return (
        f"{len(counts)} pages: {sum(counts)} acts, {sum(counts) / len(counts):.1f} a page "
        f"(fewest {min(counts)}, most {max(counts)}), one in {words / sum(counts):.0f} words; {shares}"
    )


def main() -> None:
    warnings.simplefilter("ignore")
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    if not (shared / "gold" / "acts").is_dir():
        sys.exit(f"{shared}: the labelled texts are not here")
    floors: dict[str, Any] = tomllib.loads((HERE / "floors.toml").read_text())["acts"]
    failed = []
    labels = HERE.parent / "tests" / "gold" / "zh" / "acts.json"
    for name, pairs in (
        ("english", list(english(shared / "gold" / "acts"))),
        ("white-house", list(english(shared / "gold" / "acts-wh"))),
        ("chinese", list(chinese(labels, shared / "data"))),
    ):
        strict, types = score(pairs, strict=True)
        lenient, _ = score(pairs, strict=False)
        print(f"{name}: {strict.wanted} labelled acts in {len(pairs)} answers")
        for kind, one in types.items():
            print(f"    {kind:9s} labelled {one.wanted:3d} found {one.found:3d} strict F1 {one.f1:.3f}")
        print(f"    strict:  {strict}\n    lenient: {lenient}")
        if strict.f1 < floors[name]:
            failed.append(f"{name}: {strict.f1:.3f} is below the floor of {floors[name]}")
    print("pages without labels:", yields(shared / "data" / "cn-mfa" / "en", 200))
    if failed:
        sys.exit("; ".join(failed))


if __name__ == "__main__":
    main()
