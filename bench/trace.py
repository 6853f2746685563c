"""Speed of tracing a sentence, and recall of near wordings against an exhaustive alignment with every sentence.

usage: python bench/trace.py [--words 10] [--sentences 500] [--exhaustive 60] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

from corpus import floor, need_data
from onrecord.asking import trace
from onrecord.asking.alignment import SHORTEST, align, least_shared, nearest_stretch
from onrecord.desk import open_desk
from onrecord.desk.wording_index import open_wordings
from onrecord.desk.wording_segments import Segment
from onrecord.languages.tokens import is_han
from texts import desk_of, write_texts


def drawn(segment: Segment, count: int, chinese: bool, dice: random.Random) -> list[list[str]]:
    """Random sentences as words, with more than the minimum length for near wordings."""
    back = {number: word for word, number in segment.vocabulary.items()}
    found: list[list[str]] = []
    tries = 0
    while len(found) < count and tries < 200_000:
        tries += 1
        said = [back[ord(one) - 0x10000] for one in segment.sentence(dice.randrange(len(segment)))]
        if len(said) >= SHORTEST and (sum(map(is_han, said)) > len(said) / 2) == chinese:
            found.append(said)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=float, default=10.0, help="millions of words")
    parser.add_argument("--sentences", type=int, default=500)
    parser.add_argument("--exhaustive", type=int, default=60, help="sentences compared with every other")
    parser.add_argument("--json", help="write the figures here")
    told = parser.parse_args()
    need_data()
    figures: dict[str, object] = {}
    reached = True
    with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as temporary:
        folder = Path(temporary)
        count = write_texts(folder / "texts", int(told.words * 1e6))
        with open_desk(folder / "desk", write=True, create_new=True) as desk:
            desk_of(desk, folder / "texts")
            begun = time.perf_counter()
            (segment,) = open_wordings(desk.folder, desk.record).segments
            built = time.perf_counter() - begun
            size = (
                sum(path.stat().st_size for path in (desk.folder / "index/wording").rglob("*") if path.is_file()) / 1e6
            )
            print(f"{count / 1e6:.1f} million words, {len(segment)} sentences: index {built:.0f} s, {size:.0f} MB")
            dice = random.Random(3)
            for language, chinese in (("English", False), ("Chinese", True)):
                some = drawn(segment, told.sentences, chinese, dice)
                if not some:
                    continue
                times = [_timed(segment, said) for said in some]
                middle, late = statistics.median(times), sorted(times)[int(len(times) * 0.95)]
                recall, precise, other = _exhaustive(segment, some[: told.exhaustive])
                print(
                    f"{language}: {len(some)} sentences, median {middle:.1f} ms, 95th percentile {late:.1f} ms; "
                    f"recall {recall:.4f}, precision {precise:.4f} (every sentence in turn: {other:.0f} ms)"
                )
                figures[language] = {
                    "median": middle,
                    "p95": late,
                    "recall": recall,
                    "precision": precise,
                    "scan": other,
                }
                reached = reached and middle <= floor("trace", "median") and recall >= floor("trace", "recall")
            begun = time.perf_counter()
            trace(desk, "we will continue to work with our allies and partners")
            print(f"trace with its uses, whole: {(time.perf_counter() - begun) * 1000:.0f} ms")
            print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    if told.json:
        Path(told.json).write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0 if reached else 1


def _timed(segment: Segment, said: list[str]) -> float:
    begun = time.perf_counter()
    for _ in align(segment, said):
        pass
    return (time.perf_counter() - begun) * 1000


def _exhaustive(segment: Segment, some: list[list[str]]) -> tuple[float, float, float]:
    """Recall and precision against alignment with every sentence of the segment, and the time of that in milliseconds."""
    everything = [segment.sentence(at) for at in range(len(segment))]
    found = right = wanted = 0
    begun = time.perf_counter()
    truths = []
    for said in some:
        phrase, least = segment.characters(said), least_shared(len(said))
        truths.append({at for at, other in enumerate(everything) if nearest_stretch(phrase, other, least) is not None})
    took = (time.perf_counter() - begun) * 1000 / max(1, len(some))
    for said, truth in zip(some, truths, strict=True):
        ours = {one.sentence for one in align(segment, said)}
        found += len(ours & truth)
        right += len(ours)
        wanted += len(truth)
    return found / max(1, wanted), found / max(1, right), took


if __name__ == "__main__":
    sys.exit(main())
