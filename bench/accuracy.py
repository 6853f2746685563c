"""How often claims are right on labelled texts, by issuer, language and kind of text; writes what `onrecord accuracy` shows.

usage: python bench/accuracy.py [LABELS.json ...] [--data DATA] [--write --unseen | --write] [--show]

LABELS are files as ``bench/label_places.py`` makes them (without any: all of ``tests/gold/acts``). An act is right if an act of
the same type with the same actors is labelled and the triggers overlap. ``--write`` appends the figures to the program's table;
``--unseen`` says that the rules were not changed after anybody had seen these labels, which is true of a first score only.
``--show`` prints every act that is wrong or missed. Floors: [accuracy] in bench/floors.toml, for texts that have been seen.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import warnings
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import onrecord
from corpus import DATA, floor
from onrecord.annotation_types import Act
from onrecord.asking.accuracy_figures import markdown_table, measured_accuracy
from onrecord.errors import OnRecordError
from onrecord.record import Document, Turn

LABELS = Path(__file__).parents[1] / "tests" / "gold" / "acts"
TABLE = Path(__file__).parents[1] / "src" / "onrecord" / "asking" / "accuracy.csv"
DOCS = Path(__file__).parents[1] / "docs" / "accuracy.md"
Group = tuple[str, str, str]


@dataclass
class Count:
    """What was counted on the texts of a group."""

    texts: int = 0
    labelled: int = 0
    found: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.labelled + self.found)


def turn_of(document: Document, page: dict[str, Any], act: dict[str, Any]) -> Turn | None:
    """The turn of a label: by its id, or, where the id has changed, by the words that were labelled."""
    known = {turn.id: turn for turn in document.turns}
    for turn in [known[act["turn"]]] if act["turn"] in known else document.turns:
        words = turn.text[slice(*act["quote"])] + "\0" + turn.text[slice(*act["trigger"])]
        if sha256(words.encode()).hexdigest()[:16] == act["sha256"]:
            return turn
    return None


def compare(document: Document, page: dict[str, Any], count: Count) -> None:
    """Count the acts of a page that are found, labelled and right."""
    turns = {turn.id: turn for turn in document.turns}
    inside = [
        (turns[name].start + start, turns[name].start + end) for name, start, end in page["stretches"] if name in turns
    ]
    left = [act for act in document.acts if any(start <= act.trigger.start < end for start, end in inside)]
    count.texts += 1
    count.found += len(left)
    count.labelled += len(page["acts"])
    for label in page["acts"]:
        turn = turn_of(document, page, label)
        if turn is None:
            count.wrong.append(f"{page['page']}: the labelled words are not in the page")
            continue
        first, last = (turn.start + at for at in label["trigger"])
        hit = next((act for act in left if _is(act, label, first, last)), None)
        if hit is not None:
            left.remove(hit)
            count.right += 1
        else:
            actors = ",".join(label["actors"])
            count.wrong.append(f"{page['page']}: missed {label['type']} {actors}: {document.text[first:last]}")
    for act in left:
        actors = ",".join(act.actors)
        words = document.text[act.start : act.end]
        count.wrong.append(f"{page['page']}: wrong {act.type} {actors} ({act.rule}): {words[:160]}")


def _is(act: Act, label: dict[str, Any], first: int, last: int) -> bool:
    over = act.trigger.start < last and first < act.trigger.end
    return over and act.type == label["type"] and set(act.actors) == set(label["actors"])


def measured(path: Path, data: Path) -> Iterator[tuple[Group, Count]]:
    """The counts by issuer, language and kind of text, and what says where the texts are from."""
    groups: defaultdict[Group, Count] = defaultdict(Count)
    for page in json.loads(path.read_text(encoding="utf-8"))["pages"]:
        try:
            document = onrecord.annotate(onrecord.read(data / page["page"]))
        except OnRecordError as error:
            print(f"{page['page']}: {error}", file=sys.stderr)
            continue
        compare(document, page, groups[document.issuer, document.language.partition("-")[0], document.kind])
    yield from sorted(groups.items())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path, nargs="*")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--unseen", action="store_true")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"{options.data}: the real pages are not here")
    warnings.simplefilter("ignore")
    failed, rows = [], []
    for path in options.labels or sorted(LABELS.glob("*.json")):
        head = json.loads(path.read_text(encoding="utf-8"))
        print(f"{path.stem}: {head['texts']}, {head['day']}")
        total = Count()
        for (issuer, language, kind), one in measured(path, options.data):
            total.labelled, total.found, total.right = (
                total.labelled + one.labelled, total.found + one.found, total.right + one.right
            )  # fmt: skip
            precision, recall = one.right / max(1, one.found), one.right / max(1, one.labelled)
            print(
                f"  {issuer} {language} {kind}: {one.texts} texts, {one.labelled} labelled, {one.found} found, "
                f"{one.right} right: "
                f"precision {precision:.3f} recall {recall:.3f} F1 {one.f1:.3f}"
            )
            if options.show:
                print(*(f"    {line}" for line in one.wrong), sep="\n")
            rows.append(figures(("acts", issuer, language, kind), one, head["texts"], unseen=options.unseen))
        print(f"  all: F1 {total.f1:.3f}")
        if not options.unseen and total.f1 < floor("accuracy", "acts"):
            failed.append(f"{path.stem}: {total.f1:.3f} is below the floor of {floor('accuracy', 'acts')}")
    if options.write:
        append(rows)
        write_docs()
    if failed:
        sys.exit("; ".join(failed))
    return 0


def figures(group: tuple[str, str, str, str], one: Count, drawn: str, *, unseen: bool) -> dict[str, object]:
    """What was counted of a claim on texts of an issuer, language and kind, as a row of the program's table."""
    claim, issuer, language, kind = group
    return {
        "claim": claim, "issuer": issuer, "language": language, "kind": kind, "texts": one.texts,
        "labelled": one.labelled, "found": one.found, "right": one.right, "seen": "no" if unseen else "yes",
        "day": datetime.now(UTC).date().isoformat(), "version": onrecord.__version__, "drawn": drawn,
    }  # fmt: skip


def append(rows: list[dict[str, object]]) -> None:
    """Append figures to the table of the program, as one run."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        run = 1 + max((int(row["run"]) for row in csv.DictReader(file)), default=0)
    columns = "run claim issuer language kind texts labelled found right seen day version drawn".split()
    with TABLE.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writerows({"run": run} | row for row in rows if row["labelled"] or row["found"])


def write_docs() -> None:
    """Put the figures into the page of the docs."""
    text = DOCS.read_text(encoding="utf-8")
    before, _, rest = text.partition("| claim |")
    behind = rest[rest.index("\n\n") :] if "\n\n" in rest else "\n"
    DOCS.write_text(before + markdown_table(measured_accuracy()).rstrip("\n") + behind, encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
