"""Add every version of real pages to a desk in the order of time, and ask for everything that the first ones said.

usage: python bench/versions.py [--folder us-state] [--processes 2] [--faults 5]

The pages are the feed items of ``us-whitehouse-rss`` and ``us-state`` and the captures of ``us-whitehouse-versions``, with the
times at which each was seen. Then is asked, and must be answered whole:

- ``resolve``: every turn id that a version of a page was given, the first above all, leads to the same words;
- ``told``: where a page says again what it said before the last change (A→B→A), its history says so; a version in between that is
  in doubt was never shown;
- ``found``: of each turn that the page has no longer, words that it has nowhere now are found, by a phrase of up to six words.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tarfile
import tempfile
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import msgspec

from corpus import DATA, floor, need_data
from onrecord.asking import find, history
from onrecord.captures.opening import Opened, capture_of
from onrecord.desk import Desk, check, open_desk
from onrecord.desk.readers import ReadJob, run_jobs
from onrecord.desk.rows import with_id
from onrecord.desk.versions import wording_digests
from onrecord.desk.visits import Asked, utc
from onrecord.errors import OnRecordError
from onrecord.languages.tokens import words
from onrecord.offsets import OffsetMap
from onrecord.record import Document, fold

FEEDS, CHAINS = ("us-whitehouse-rss", "us-state"), "us-whitehouse-versions"
_PHRASE = 6


class Seen(msgspec.Struct, kw_only=True):
    """A version of a page: when it was seen, what the desk made of it, its words' digest and its turns with their ids there."""

    at: str
    outcome: str
    document: str
    digest: str
    turns: list[tuple[str, str]]


def pages(folder: str) -> Iterator[tuple[str, Opened, Asked]]:
    """Every version of every page of a folder: the page's name, its bytes, and the visit that brought them."""
    if folder == CHAINS:
        for place in sorted((DATA / folder).glob("*/captures.json")):
            for row in json.loads(place.read_text(encoding="utf-8")):
                data = (place.parent / row["file"]).read_bytes()
                source = re.search(rb"^source_url: (\S+)", data, re.M)
                address = source[1].decode() if source else f"https://www.whitehouse.gov/{place.parent.name}/"
                yield (
                    place.parent.name,
                    *_visit(data, address, row["captured"]),
                )
        return
    with tarfile.open(DATA / folder / "items.tar.xz") as tar:
        items = {one.name: tar.extractfile(one).read() for one in tar if one.isfile()}  # type: ignore[union-attr]
    with (DATA / folder / "index.jsonl").open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            address = row["link"] or row["guid"]
            yield row["guid"], *_visit(items[row["file"]], address, row["first_seen"], row["guid"])


def _visit(data: bytes, address: str, at: str, guid: str | None = None) -> tuple[Opened, Asked]:
    at = datetime.fromisoformat(at).astimezone(UTC).isoformat()
    capture = capture_of(data, address, fetched=at)
    name = address.rstrip("/").rsplit("/", 1)[-1]
    return Opened(capture=capture, data=data, name=name), Asked(address=address, at=at, status=200, guid=guid)


def fill(desk: Desk, folder: str, processes: int) -> tuple[dict[str, list[Seen]], Counter[str]]:
    """Add all versions, the earliest first; return those of each page, and what came of the visits."""
    found, outcomes = defaultdict(list), Counter()  # type: ignore[var-annotated]
    some = sorted(pages(folder), key=lambda one: one[2].at)
    visits = iter(some)
    for job, result in run_jobs((ReadJob(opened) for _, opened, _ in some), processes):
        page, opened, asked = next(visits)
        assert job.source == opened.capture.source
        if result.trouble is not None:
            desk.writer.visited(
                asked, "refused", kept=opened, error=result.trouble.error, message=result.trouble.message
            )
            outcomes[f"refused ({result.trouble.error})"] += 1
            continue
        offsets = OffsetMap.from_bytes(result.offsets)
        read = Document.from_json(result.document).with_capture(
            result.capture or opened.capture, b"", offsets, opened.data
        )
        added = desk.writer.add(read, result.packed, asked=asked, breaks_off=result.breaks_off)
        outcomes[added.outcome] += 1
        said = with_id(read, added.id)
        given = added.outcome not in ("same-words", "unchanged")  # then the desk keeps the turns that it has
        turns = [(one.id, said.text[one.start : one.end]) for one in said.turns if given]
        found[page].append(
            Seen(
                at=utc(asked.at),
                outcome=added.outcome,
                document=added.id,
                digest=wording_digests(read)[0],
                turns=turns,
            )
        )
    desk.writer.commit()
    return found, outcomes


class Tally:
    """Of so many things asked, how many were answered; and which were not."""

    def __init__(self) -> None:
        self.asked = self.answered = 0
        self.faults: list[str] = []

    def count(self, good: bool, what: str) -> None:
        self.asked += 1
        self.answered += good
        if not good:
            self.faults.append(what)

    @property
    def share(self) -> float:
        return self.answered / max(1, self.asked)

    def __str__(self) -> str:
        return f"{self.answered:,} of {self.asked:,}"


def resolved(desk: Desk, seen: Seen, tally: Tally) -> None:
    """Ask for every id that a version had."""
    for id, text in seen.turns:
        try:
            same = fold(desk.turn(id).text) == fold(text)
        except OnRecordError:
            same = False
        tally.count(same, id)


def returns(desk: Desk, versions: list[Seen], tally: Tally) -> None:
    """Ask the history of a page for each return to words that it had before."""
    before: set[str] = set()
    for one, other in pairwise(versions):
        before.add(one.digest)
        if other.digest == one.digest or other.digest not in before or other.document != one.document:
            continue
        told = history(desk, other.document).versions
        again = any(version.same_as is not None and version.first_seen == other.at for version in told)
        doubted = one.outcome == "in-doubt" and any(
            version.state == "in-doubt" and version.first_seen <= one.at <= version.last_seen for version in told
        )
        tally.count(again or doubted, f"{other.document} at {other.at}")


def searched(desk: Desk, versions: list[Seen], tally: Tally) -> None:
    """Ask for the words that each document of a page has no longer."""
    for document in {one.document for one in versions}:
        now = words(desk.document(document).text)
        has = {tuple(now[at : at + size]) for size in range(1, _PHRASE + 1) for at in range(len(now))}
        for text in {text for one in versions if one.document == document for _, text in one.turns}:
            said = words(text)
            size = min(_PHRASE, len(said))
            phrases = [tuple(said[at : at + size]) for at in range(len(said) - size + 1)]
            gone = [one for one in phrases if one not in has]
            if gone:
                query = f'"{" ".join(gone[len(gone) // 2])}"'
                found = find(desk, query, limit=0, across=True)
                tally.count(found.count + found.earlier_count > 0, f"{document}: {query}")


def measure(folder: str, processes: int, faults: int) -> dict[str, float]:
    """Add the pages of a folder to a desk, ask it, print what came of it."""
    with (
        tempfile.TemporaryDirectory(prefix="onrecord-bench-") as temporary,
        open_desk(Path(temporary) / "desk", write=True, create_new=True) as desk,
    ):
        begun = time.perf_counter()
        found, outcomes = fill(desk, folder, processes)
        count = sum(map(len, found.values()))
        print(
            f"{folder}: {count:,} versions of {len(found):,} pages in {time.perf_counter() - begun:.0f} s", flush=True
        )
        print("  " + ", ".join(f"{name} {number:,}" for name, number in outcomes.most_common()), flush=True)
        first, later, told, words_found = Tally(), Tally(), Tally(), Tally()
        for versions in found.values():
            resolved(desk, versions[0], first)
            for one in versions[1:]:
                resolved(desk, one, later)
            returns(desk, versions, told)
            if len(versions) > 1:
                searched(desk, versions, words_found)
        faulty = 0
        for found_fault in check(desk):
            faulty += 1
            print(f"  check: {found_fault}")
        print(f"  ids of the first version {first}, of others {later}; A→B→A told {told}; words found {words_found}")
        print(f"  check: {faulty} faults; {time.perf_counter() - begun:.0f} s in all", flush=True)
        for name, tally in (("first", first), ("later", later), ("told", told), ("found", words_found)):
            for fault in tally.faults[:faults]:
                print(f"  not {name}: {fault}")
        return {
            "resolve": min(first.share, later.share) if not faulty else 0.0,
            "told": told.share if told.asked else 1.0,
            "found": words_found.share if words_found.asked else 1.0,
        }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", choices=(*FEEDS, CHAINS), action="append")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--faults", type=int, default=5, help="print so many of each kind of fault")
    told = parser.parse_args()
    need_data()
    warnings.simplefilter("ignore")
    good = True
    for folder in told.folder or (*FEEDS, CHAINS):
        for name, share in measure(folder, told.processes, told.faults).items():
            good &= share >= floor("versions", name)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
