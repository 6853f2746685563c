"""How the time of annotation grows with the length of a text that repeats one unit: it must be in proportion to it.

usage: python bench/annotate_growth.py [--units 150] [--seed 0] [--largest 8000] [--show 15] [--only TEXT] [--json FILE]

A rule that looks back or ahead without a limit is harmless in real sentences and stops everything in a text that was
made to stop it, or that a broken page repeats. Units are chosen by hand and drawn with a seed from the words of the
tables of rules, some of them joined. Each is repeated 250, 500 … 8,000 times in one answer; the slope of the logarithm
of the time over that of the length is 1 for linear work and 2 for quadratic work. A unit whose time passes the limit
of seconds is not repeated further.
"""

from __future__ import annotations

import argparse
import csv
import gc
import json
import math
import random
import re
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from corpus import floor
from onrecord import annotate, languages
from onrecord.record import Document, Heading, Turn

SMALLEST = 250
#: Seconds of one annotation after which a unit is not repeated further: its slope is clear by then.
_ENOUGH = 8.0
_LANGUAGES = Path(languages.__file__).parent

BY_HAND = {
    "en": (
        "the meeting between China and Japan ", "opposes ", "agreed to will ", ".", "China and Japan ", "will ", "\"",
        "( ", "said that ", "Mr. ", "must should ", "should must ",
        "on behalf of ", "7", "1. ", "a", " ", "\n", "\n\n", "- ", "...",
        "? ", "“", "China ", "China, ", "China's ", "and ", "with ", "of ", "to ", "not ", "he ", "they ",
        "both sides ", "the two sides ", "met with ", "visit to China ", "visited ", "invited by ", "the talks ",
        "Foreign Minister Wang Yi ", "President Xi ", "President of the ", "May 4 ", "May 4, 2019, ", "yesterday ",
        "on Monday ", "if ", "whether ", "when asked whether ", "that ", "China opposes ", "China opposes. ",
        "China and Japan agreed to cooperate on trade and ", "welcomes the ", "by China ", "accuse the US of ", "Q: ",
        "no comment. ", "I refer you to the ", "don't have ", "As I said, ", "on your second question, ", "trade, ",
        "shall hold talks with Japan on ", "Wang ", "A.B. ", "U.S. ", "will continue to ", "; ", "— ", "as always ",
        "strongly ", "hold ... talks ", "China will meet Japan in Geneva on May 4. ", "China's Wang Yi and ",
        "the new ", "(see ", "working group ", "2019-", "\u00a0", "\u0130", "China urges Japan to ", "joint ",
    ),
    "zh": (
        "反对", "与日本", "双方", "，", "。", "中国", "中方", "日方", "中日", "会谈", "同日本举行会谈", "举行", "将",
        "应", "希望", "愿", "同意", "外长王毅", "王毅", "总统", "主席", "5月4日", "2019年5月4日", "昨天", "访问",
        "应邀", "访问中国，", "中国和日本", "和", "与", "的", "了", "“", "”", "（", "《", "、", "说", "表示",
        "指出", "不", "没有消息", "我已经回答过", "请向有关部门了解", "问：", "是否", "贸易、", "合作", "加强合作，",
        "达成共识，", "同", "对", "由", "被", "向", "此次", "会见", "通话", "中国外交部长", "美", "美方反对中方",
        "开展贸易、文化合作，", "工作组", "一", "1", " ",
    ),
}  # fmt: skip


def drawn(language: str, dice: random.Random, count: int) -> list[str]:
    """Words and phrases of the language's tables of rules, some two together."""
    folder = _LANGUAGES / language
    words: set[str] = set()
    for table, column in (
        ("triggers.csv", "words"),
        ("references.csv", "words"),
        ("ambiguous.csv", "name"),
        ("not_names.csv", "phrase"),
    ):
        with (folder / table).open(encoding="utf-8-sig", newline="") as file:
            words.update(_plain(row[column], dice) for row in csv.DictReader(file))
    for table in ("answers.toml", "meeting_words.toml", "undertakings.toml"):
        quoted = re.findall(r'"([^"\n\\]{1,40})"', (folder / table).read_text(encoding="utf-8-sig"))
        words.update(_plain(one, dice) for one in quoted)
    words.update(languages.find(language).names.surfaces)
    held = sorted(word for word in words if word)
    between = " " if languages.find(language).words.spaced else ""
    found = []
    for _ in range(count):
        found.append(
            between.join(dice.sample(held, dice.choice((1, 1, 2)))) + dice.choice((between, between, ", ", ". "))
        )
    return found


def _plain(words: str, dice: random.Random) -> str:
    """A row of a table as somebody would write it: the signs of its notation resolved."""
    words = re.sub(r"<[a-z]+>|[~()^*_@…]|\.\.\.", "", words)
    words = re.sub(r"\[([^\]]*)\]", lambda match: dice.choice(match[1].split("/")), words)
    return " ".join(dice.choice(part.split("/")) for part in words.split())


def units(count: int, seed: int) -> list[tuple[str, str]]:
    """Units with their language: those chosen by hand, and as many drawn ones as make ``count``."""
    found = [(language, unit) for language, some in BY_HAND.items() for unit in some]
    dice = random.Random(seed)
    left = max(0, count - len(found))
    for language, share in (("en", left - left // 2), ("zh", left // 2)):
        found += [(language, unit) for unit in drawn(language, dice, share)]
    return list(dict.fromkeys(found))[:count]


def document(language: str, unit: str, times: int) -> Document:
    """A question and an answer that is the unit, so many times."""
    asked, said = "Why?", unit * times
    text = f"{asked}\n\n{said}"
    heading = Heading(
        id="growth", title="Press Conference", date="2020-01-02", issuer="cn-mfa", house="plain", kind="press-conference",
        language=language, text=text, capture="sha256:" + "0" * 64,
    )  # fmt: skip
    start = len(asked) + 2
    return Document(
        heading=heading,
        turns=(
            Turn(id="growth/1", kind="question", start=0, end=len(asked)),
            Turn(id="growth/2", kind="answer", speaker="Speaker", start=start, end=len(text), answers="growth/1"),
        ),
    )


def seconds(made: Document) -> float:
    gc.collect()
    begun = time.process_time()
    annotate(made)
    return time.process_time() - begun


def slope(points: Iterable[tuple[float, float]]) -> float:
    """The slope of the line of least squares through the logarithms of the points."""
    logs = [(math.log(x), math.log(y)) for x, y in points]
    middle = sum(x for x, _ in logs) / len(logs), sum(y for _, y in logs) / len(logs)
    across = sum((x - middle[0]) ** 2 for x, _ in logs)
    return sum((x - middle[0]) * (y - middle[1]) for x, y in logs) / across if across else 1.0


def measure(language: str, unit: str, largest: int) -> list[tuple[int, float]]:
    """How long each number of repetitions takes: the shorter of two runs, of one where a run takes over a second."""
    found: list[tuple[int, float]] = []
    times = SMALLEST
    while times <= largest:
        made = document(language, unit, times)
        took = seconds(made)
        if took < 1:
            took = min(took, seconds(made))
        found.append((times, took))
        if took > _ENOUGH:
            break
        times *= 2
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=150)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--largest", type=int, default=8000, help="so many repetitions at most")
    parser.add_argument("--show", type=int, default=15, help="print so many of the worst")
    parser.add_argument("--only", help="only units that hold these characters")
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args()
    most = floor("annotate_growth", "slope")
    for language, unit in (("en", "China agreed to hold talks with Japan. "), ("zh", "中方同意同日方举行会谈。")):
        annotate(document(language, unit, SMALLEST))  # tables are made once
    figures = []
    for language, unit in units(options.units, options.seed):
        if options.only is None or options.only in unit:
            points = measure(language, unit, options.largest)
            figures.append({"slope": slope(points), "language": language, "unit": unit, "points": points})
    figures.sort(key=lambda one: -float(one["slope"]))  # type: ignore[arg-type]
    print(f"{'slope':>6} {'units':>6} {'seconds':>8}  unit")
    for one in figures[: options.show]:
        times, took = one["points"][-1]  # type: ignore[index]
        print(f"{one['slope']:6.2f} {times:6} {took:8.3f}  {one['language']} {one['unit']!r}")
    beyond = sum(float(one["slope"]) > most for one in figures)  # type: ignore[arg-type]
    print(f"{len(figures)} units, {beyond} steeper than {most}")
    if options.json:
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 1 if beyond else 0


if __name__ == "__main__":
    sys.exit(main())
