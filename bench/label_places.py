"""Turn labelled texts into places and hashes, so that labels can be kept without the words of the pages.

usage: python bench/label_places.py LABELS DATA --to tests/gold/acts/NAME.json --day 2026-11-30 --texts "drawn at random …"

LABELS holds ``index.json`` (a list of ``{"id", "page"}``, the page below DATA), and a folder or folders with ``ID.json`` (labels
in the form of the codebook's acts: type, trigger, quote, actors, targets, polarity, time, voice) and ``ID.txt`` (a title, an
empty line, and the labelled paragraphs, each perhaps with a label "Name (answer): "). Labels whose words are not found in the
page, or whose page is not read, are told and left out.

The result has one entry a page: ``stretches`` are the labelled parts of turns (id of the turn, first and last character), and
each act has the id of its turn, the characters of its trigger and of its clause in the turn, and a hash of both.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import warnings
from hashlib import sha256
from pathlib import Path
from typing import Any

import onrecord
from onrecord.errors import OnRecordError
from onrecord.record import Document, Turn

_LABEL = re.compile(r"[^:\n]{1,60} \((?:answer|question|statement|note)\): ")


def digest(quote: str, trigger: str) -> str:
    """The hash of the words at a label."""
    return sha256(f"{quote}\0{trigger}".encode()).hexdigest()[:16]


def stretches(document: Document, body: str) -> list[tuple[Turn, int, int]]:
    """The parts of turns that the labelled text holds: the turn, first and last character in it."""
    found = []
    for paragraph in body.split("\n"):
        words = _LABEL.sub("", paragraph, count=1)
        if len(words) < 3:
            continue
        for turn in document.turns:
            at = turn.text.find(words)
            if at >= 0:
                found.append((turn, at, at + len(words)))
                break
    return found


def place(
    act: dict[str, Any], parts: list[tuple[Turn, int, int]], after: tuple[int, int]
) -> tuple[int, int, int, int, int] | None:
    """Where an act stands: the number of its stretch, and the characters of its clause and trigger in the turn."""
    quote = re.compile(r"\s+".join(map(re.escape, act["quote"].split())))
    trigger = re.compile(r"\s+".join(map(re.escape, act["trigger"].split())))
    for first in (after, (0, 0)):
        for number in range(first[0], len(parts)):
            turn, start, end = parts[number]
            found = quote.search(turn.text, max(start, first[1] if number == first[0] else 0), end)
            inside = trigger.search(turn.text, *found.span()) if found else None
            if found and inside:
                return number, *found.span(), *inside.span()
    return None


def placed(path: Path, page: str, data: Path) -> dict[str, Any] | None:
    """The entry of a page, None if it is not read."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    try:
        document = onrecord.read(data / page)
    except OnRecordError as error:
        print(f"{page}: {error}", file=sys.stderr)
        return None
    body = path.with_suffix(".txt").read_text(encoding="utf-8").split("\n\n", 1)[1]
    parts = stretches(document, body)
    acts, after = [], (0, 0)
    for act in gold["acts"]:
        found = place(act, parts, after)
        if found is None:
            print(f"{page}: not found: {act['trigger']}", file=sys.stderr)
            continue
        number, start, end, first, last = found
        after = number, start
        turn = parts[number][0]
        entry = {key: act[key] for key in ("type", "actors", "targets", "polarity", "time", "voice")}
        words = digest(turn.text[start:end], turn.text[first:last])
        acts.append(entry | {"turn": turn.id, "trigger": [first, last], "quote": [start, end], "sha256": words})
    return {"page": page, "stretches": [[turn.id, start, end] for turn, start, end in parts], "acts": acts}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--day", required=True)
    parser.add_argument("--texts", required=True)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    pages = []
    for row in json.loads((options.labels / "index.json").read_text(encoding="utf-8")):
        for path in sorted(options.labels.glob(f"*/{row['id']}.json")):
            entry = placed(path, row["page"], options.data)
            if entry is not None:
                pages.append(entry)
    lines = ",\n".join(json.dumps(page, ensure_ascii=False) for page in pages)
    head = json.dumps({"day": options.day, "texts": options.texts}, ensure_ascii=False)[:-1]
    options.to.write_text(f'{head}, "pages": [\n{lines}\n]}}\n', encoding="utf-8")
    print(f"{options.to}: {len(pages)} pages, {sum(len(page['acts']) for page in pages)} acts")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
