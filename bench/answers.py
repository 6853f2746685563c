"""Accuracy of answer types on the gold data, and speed on long texts.

usage: python bench/answers.py [--json FILE]

A question-answer pair has one or more types. F1 of a type is over pairs, at any rank; the last line is the accuracy of the
first type.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from typing import Any

from corpus import DATA, need_data, pages
from onrecord.annotation.answers import answer_types
from onrecord.captures.opening import Opened, capture_of
from onrecord.reader import read_opened

_GOLD = DATA.parent / "gold/answers/answers.json"
#: The speaker label before an answer in the gold data.
_LABEL = re.compile(r"(?:A|[A-Z][\w.’'\- ]{1,40}): ")
_TYPES = ("answer", "decline", "refer", "counter", "dodge")
#: Floors; speed is in words per second on one core, Han characters for Chinese.
_FLOORS = {"decline": 0.85, "refer": 0.80}
_FASTEST = 300_000
_PAGES = 200


def scores(rows: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 of each type, and ``strongest``: the accuracy of the first type."""
    read = [answer_types(_LABEL.sub("", row["answer"], count=1), "en") for row in rows]
    told: dict[str, dict[str, float]] = {}
    for kind in _TYPES:
        gold = [kind in row["types"] for row in rows]
        said = [kind in reading.types for reading in read]
        both = sum(one and other for one, other in zip(gold, said, strict=True))
        told[kind] = {
            "pairs": sum(gold),
            "precision": both / max(1, sum(said)),
            "recall": both / max(1, sum(gold)),
            "f1": 2 * both / max(1, sum(gold) + sum(said)),
        }
    same = sum(reading.strongest == row["types"][0] for reading, row in zip(read, rows, strict=True))
    told["strongest"] = {"pairs": len(rows), "accuracy": same / len(rows)}
    return told


def speed(folder: str, language: str) -> float:
    """Words (Chinese: characters) of answers classified per second on one core."""
    said: list[str] = []
    for name, data in pages(folder):
        document = read_opened(Opened(capture=capture_of(data, name), data=data, name=name.rsplit("/", 1)[-1]))
        said += [turn.text for turn in document.turns if turn.kind == "answer"]
        if len(said) > _PAGES * 10:
            break
    size = sum(len(words) if language == "zh" else len(words.split()) for words in said)
    answer_types("", language)  # load the table before timing
    begun = time.process_time()
    for words in said:
        answer_types(words, language)
    return size / (time.process_time() - begun)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", help="write the figures here")
    told = parser.parse_args()
    need_data()
    figures = scores(json.loads(_GOLD.read_text(encoding="utf-8")))
    print(f"{'':10}{'pairs':>7}{'precision':>11}{'recall':>8}{'F1':>7}{'floor':>7}")
    for kind in _TYPES:
        row = figures[kind]
        least = f"{_FLOORS[kind]:7.2f}" if kind in _FLOORS else ""
        print(f"{kind:10}{row['pairs']:>7.0f}{row['precision']:>11.3f}{row['recall']:>8.3f}{row['f1']:>7.3f}{least}")
    print(
        f"strongest type the same: {figures['strongest']['accuracy']:.3f} of {figures['strongest']['pairs']:.0f} pairs"
    )
    fast = {"en": speed("us-whitehouse/press-briefings", "en"), "zh": speed("cn-mfa/zh", "zh")}
    print(f"English {fast['en']:,.0f} words/s, Chinese {fast['zh']:,.0f} characters/s (floor {_FASTEST:,})")
    if told.json:
        with open(told.json, "w", encoding="utf-8") as file:  # noqa: PTH123
            json.dump({"gold": figures, "per_second": fast}, file, indent=1)
    reached = all(figures[kind]["f1"] >= least for kind, least in _FLOORS.items()) and min(fast.values()) >= _FASTEST
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
