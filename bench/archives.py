"""Import the captures of a replayed web archive, and write a desk as a web archive and back: nothing is lost, nothing differs.

usage: python bench/archives.py [--issuer us-whitehouse] [--prefix https://www.whitehouse.gov/] [--since DAY] [--until DAY]

The archive is that of ``../shared/tools/replay_site.py``, which names what a perfect import holds: every wording of every
statement with its time. ``wayback --prefix`` imports them; a second import must find nothing new. Then the desk is written as
WARC and read onto an empty desk: the record must be the same row by row, the captures and a second WARC byte for byte.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import warnings
from datetime import UTC, datetime
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from collect import MONTHS, ReplayClock, replaying
from onrecord.collecting.client import Client
from onrecord.collecting.warc import read_warc, write_warc
from onrecord.collecting.wayback import Imported, captures_by_index, store_captures
from onrecord.desk import Desk, check, open_desk
from test_web_archives import TABLES, record_of

SITES = {
    "us-whitehouse": "https://www.whitehouse.gov/",
    "us-state": "https://www.state.gov/",
    "cn-mfa": "https://www.fmprc.gov.cn/",
}


def imported(desk: Desk, base: str, prefix: str, since: str, until: str, now: datetime) -> Imported:
    clock = ReplayClock(now)
    with Client("bench@onrecord.example", clock, random=Random(1)) as client:
        found = captures_by_index(client, prefix, base=base, prefix=True, since=since, until=until)
        return store_captures(desk, client, found)


def same_captures(first: Path, second: Path) -> bool:
    """Whether two desks hold the same files of captures, byte for byte."""
    files = [
        {path.relative_to(desk): path.read_bytes() for path in (desk / "captures").rglob("*.gz")}
        for desk in (first, second)
    ]
    return files[0] == files[1]


def import_archive(folder: Path, told: argparse.Namespace, prefix: str) -> bool:
    """Import what the archive holds, twice; print and return whether all of it is held and the second time nothing is new."""
    now = datetime.fromisoformat(told.now).replace(tzinfo=UTC)
    with (
        replaying("web-archive", now, beside=[told.issuer]) as replay,
        open_desk(folder, write=True, create_new=True) as desk,
    ):
        begun = time.perf_counter()
        first = imported(desk, replay.base, prefix, told.since, told.until, now)
        took = time.perf_counter() - begun
        truth = {
            (one["url"], version["at"][:19])
            for one in replay.tell("/_truth")[told.issuer]
            for version in one["versions"]
            if one["url"].startswith(prefix)
            and told.since <= version["at"]
            and version["at"][:10] <= (told.until or "9999")
        }
        held = {
            (row[0], row[1][:19])
            for row in desk.record.execute("SELECT address, at FROM visit WHERE document IS NOT NULL")
        }
        second = imported(desk, replay.base, prefix, told.since, told.until, now)
        faults = list(check(desk))
        outcomes = ", ".join(f"{name} {count}" for name, count in sorted(first.outcomes.items()))
        print(
            f"{told.issuer}: the archive holds {len(truth)} wordings, {len(truth & held)} held at their times; "
            f"listed {first.listed}: {outcomes}; {len(first.troubles)} troubles; again: {second.known} known, "
            f"{sum(second.outcomes.values())} new; {len(faults)} faults of the desk; {took:.0f} s"
        )
        for trouble in first.troubles[:3]:
            print(f"  {trouble}")
        for missing in sorted(truth - held)[:3]:
            print(f"  not held: {' '.join(missing)}")
    return truth <= held and not faults and not second.outcomes


def there_and_back(folder: Path) -> bool:
    """Write the desk as WARC and read it onto an empty one; print and return whether both are the same."""
    begun = time.perf_counter()
    with open_desk(folder / "desk") as desk, open_desk(folder / "again", write=True, create_new=True) as again:
        written = write_warc(desk, folder / "desk.warc.gz")
        read_warc(again, folder / "desk.warc.gz")
        faults = list(check(again))
        first, second = record_of(desk), record_of(again)
        write_warc(again, folder / "again.warc.gz")
    differ = [table for table in TABLES if first[table] != second[table]]
    alike = (folder / "desk.warc.gz").read_bytes() == (folder / "again.warc.gz").read_bytes()
    captures = same_captures(folder / "desk", folder / "again")
    print(
        f"WARC of {sum(written.records.values())} records: {sum(map(len, first.values()))} rows, tables that differ: "
        f"{', '.join(differ) or 'none'}; captures {'the same' if captures else 'DIFFER'} byte for byte; a second WARC "
        f"{'the same' if alike else 'DIFFERS'} byte for byte; {len(faults)} faults; {time.perf_counter() - begun:.0f} s"
    )
    return not differ and alike and captures and not faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--issuer", choices=MONTHS, default="us-whitehouse")
    parser.add_argument("--prefix", help="the beginning of the addresses")
    parser.add_argument("--since", default="")
    parser.add_argument("--until", default="")
    parser.add_argument("--now", default="2026-08-01", help="the day of the replay")
    told = parser.parse_args()
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory(prefix="onrecord-archives-") as name:
        folder = Path(name)
        good = import_archive(folder / "desk", told, told.prefix or SITES[told.issuer])
        return 0 if there_and_back(folder) and good else 1


if __name__ == "__main__":
    sys.exit(main())
