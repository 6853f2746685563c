"""Every real page of every issuer read once: what is not understood, undated, or ends in an error, by issuer.

usage: python bench/houses.py [--sample N] [--seed S] [--issuer ID …] [--show] [--json FILE]

Members of archives are read in place. With --sample, N pages of each issuer are drawn at random; the same seed draws the
same pages. --show names pages: up to three for each kind of error, and those with the most words unread. A table names
documents, turns, the share of characters that are unread, doubtful labels, documents without a day, documents that no
house but the plain reader recognises, pages that are no statement, other errors by kind, and documents a second.
"""

from __future__ import annotations

import argparse
import heapq
import json
import sys
import tarfile
import time
import traceback
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from corpus import DATA, floor, need_data
from onrecord.captures.opening import Opened, capture_of
from onrecord.errors import NotAStatement, OnRecordError
from onrecord.reader import read_opened
from onrecord.reading.page_labels import DOUBT

#: Folders of the corpus that hold what other benchmarks compare, copies of pages among it.
_OTHER = {"pairs", "revisions"}
_COPIES = "labelled"
_SUFFIXES = (".shtml", ".html", ".md", ".xml", ".txt", ".pdf", ".json")
#: Files about pages, by the names that they have; all others are pages.
_ABOUT = {"index.json", "captures.json", "conferences.json", "event.json", "progress.txt"}
_SHOWN = 3


class Row:
    """What reading the pages of one issuer came to."""

    def __init__(self) -> None:
        self.documents = self.turns = self.characters = self.unread = self.doubtful = self.undated = self.plain = 0
        self.no_statements = 0
        self.seconds = 0.0
        self.errors: Counter[str] = Counter()
        self.shown: dict[str, list[str]] = defaultdict(list)
        self.worst: list[tuple[int, str]] = []

    @property
    def share(self) -> float:
        return self.unread / max(1, self.characters)

    @property
    def speed(self) -> float:
        return (self.documents + self.no_statements) / max(1e-9, self.seconds)

    def read(self, name: str, data: bytes) -> None:
        """Read a page and count what comes of it."""
        last = name.replace("!", "/").rsplit("/", 1)[-1]
        begun = time.process_time()
        try:
            document = read_opened(Opened(capture=capture_of(data, name), data=data, name=last))
        except NotAStatement:
            self.no_statements += 1
        except Exception as error:
            kind = type(error).__name__
            self.errors[kind] += 1
            if len(self.shown[kind]) < _SHOWN:
                told = str(error) if isinstance(error, OnRecordError) else traceback.format_exc()
                self.shown[kind].append(f"{name}: {told}")
        else:
            unread = sum(len(one.words) for one in document.unread)
            self.documents += 1
            self.turns += len(document.turns)
            self.characters += len(document.text)
            self.unread += unread
            self.doubtful += sum(one.why.startswith(DOUBT) for one in document.unread)
            self.undated += document.date is None
            self.plain += document.heading.house == "plain"
            if unread:
                self.worst = heapq.nlargest(_SHOWN, [*self.worst, (unread, name)])
        self.seconds += time.process_time() - begun

    def line(self, name: str) -> str:
        errors = ", ".join(f"{kind} {count}" for kind, count in self.errors.most_common())
        return (
            f"{name:22}{self.documents:>10}{self.turns:>9}{self.share:>9.3%}{self.doubtful:>9}{self.undated:>9}"
            f"{self.plain:>7}{self.no_statements:>7}{self.speed:>8.0f}  {errors}"
        )


def pages(issuer: str) -> Iterator[tuple[str, bytes]]:
    """``(path, bytes)`` of an issuer's pages, those in archives too; no page twice."""
    for path in sorted((DATA / issuer).rglob("*")):
        if _COPIES in path.parts or not path.is_file():
            continue
        name = str(path.relative_to(DATA))
        if path.name.endswith(".tar.xz"):
            with tarfile.open(path) as archive:
                for member in archive:
                    if member.isfile() and _is_page(member.name):
                        file = archive.extractfile(member)
                        assert file is not None
                        yield f"{name}!{member.name}", file.read()
        elif _is_page(path.name):
            yield name, path.read_bytes()


def _is_page(name: str) -> bool:
    return name.endswith(_SUFFIXES) and name.rsplit("/", 1)[-1] not in _ABOUT


def drawn(found: Iterator[tuple[str, bytes]], count: int, seed: int) -> list[tuple[str, bytes]]:
    """``count`` of the pages drawn at random, the same for the same seed."""
    keyed = ((sha256(f"{seed} {name}".encode()).digest(), name, data) for name, data in found)
    return [(name, data) for _, name, data in heapq.nsmallest(count, keyed)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, help="read as many pages of each issuer, drawn at random")
    parser.add_argument("--seed", type=int, default=1, help="draws the sample")
    parser.add_argument("--issuer", action="append", help="read these issuers alone")
    parser.add_argument("--show", action="store_true", help="name pages that failed or are unread in part")
    parser.add_argument("--json", type=Path, help="write the figures here")
    told = parser.parse_args()
    need_data()
    warnings.simplefilter("ignore")
    known = sorted(path.name for path in DATA.iterdir() if path.is_dir() and path.name not in _OTHER)
    rows: dict[str, Row] = {}
    print(
        f"{'issuer':22}{'documents':>10}{'turns':>9}{'unread':>9}{'doubtful':>9}{'undated':>9}{'plain':>7}{'none':>7}"
        f"{'docs/s':>8}  errors"
    )
    for issuer in told.issuer or known:
        row = rows[issuer] = Row()
        found = pages(issuer)
        for name, data in drawn(found, told.sample, told.seed) if told.sample else found:
            row.read(name, data)
        print(row.line(issuer), flush=True)
        if told.show:
            for shown in (
                *(one for some in row.shown.values() for one in some),
                *(f"{n} unread: {name}" for n, name in row.worst),
            ):
                print(f"    {shown}", flush=True)
    total = _sum(rows.values())
    print(total.line("all"))
    if told.json:
        told.json.write_text(
            json.dumps({name: _figures(row) for name, row in rows.items()}, indent=1), encoding="utf-8"
        )
    most = floor("houses", "unread_share")
    bad = [name for name, row in rows.items() if row.share > most]
    failed = sum(total.errors.values())
    print(
        f"unread in no issuer's pages more than {most:.1%}: {', '.join(bad) or 'so it is'}; {failed} pages failed "
        f"(at most {floor('houses', 'failures'):.0f}); {total.speed:.0f} documents a second (floor "
        f"{floor('houses', 'documents_per_second'):.0f})"
    )
    reached = (
        not bad and failed <= floor("houses", "failures") and total.speed >= floor("houses", "documents_per_second")
    )
    return 0 if reached else 1


def _sum(rows: Iterable[Row]) -> Row:
    total = Row()
    for row in rows:
        for name, value in vars(row).items():
            if isinstance(value, int | float | Counter):
                setattr(total, name, getattr(total, name) + value)
    return total


def _figures(row: Row) -> dict[str, object]:
    counts = {name: value for name, value in vars(row).items() if isinstance(value, int | float)}
    return counts | {"unread_share": row.share, "errors": dict(row.errors)}


if __name__ == "__main__":
    sys.exit(main())
