"""Reading speed on one core, compared with trafilatura on the same pages in the same run.

usage: python bench/read.py [--json FILE]

trafilatura extracts the text of a page without speakers or offsets: the usual alternative, which does less.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable

from corpus import DATA, floor, need_data, pages
from onrecord.captures.opening import Opened, capture_of
from onrecord.reader import read_opened

#: Pages per folder for trafilatura, which would take minutes for all.
_SOME = 120


def timed(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", help="write the figures here")
    told = parser.parse_args()
    need_data()
    warnings.simplefilter("ignore")
    import trafilatura

    figures: dict[str, dict[str, float]] = {}
    ours = theirs = 0.0
    for folder in (
        "cn-mfa/en",
        "cn-mfa/zh",
        "cn-mfa/zh-2020",
    ):
        opened = [
            Opened(capture=capture_of(data, name), data=data, name=name.rsplit("/", 1)[-1])
            for name, data in pages(folder)
        ]
        size = sum(one.capture.size for one in opened)
        for one in opened[:5]:
            read_opened(one)
        seconds = timed(lambda opened=opened: [_read(one) for one in opened])  # type: ignore[misc]
        row = {
            "pages": len(opened),
            "MB": size / 1e6,
            "MB/s": size / 1e6 / seconds,
            "documents/s": len(opened) / seconds,
        }
        if folder.startswith("cn-mfa"):
            some = opened[:: max(1, len(opened) // _SOME)]
            less = sum(one.capture.size for one in some)
            both = timed(lambda some=some: [_read(one) for one in some])  # type: ignore[misc]
            other = timed(lambda some=some: [trafilatura.extract(one.data) for one in some])  # type: ignore[misc]
            row |= {"trafilatura MB/s": less / 1e6 / other, "times": other / both}
            ours, theirs = ours + both, theirs + other
        figures[folder] = row
    start = statistics.median(_cold_start() for _ in range(10))
    print(f"{'':16}{'pages':>7}{'MB':>8}{'MB/s':>8}{'docs/s':>8}{'trafilatura':>13}{'times':>7}")
    for folder, row in figures.items():
        other_speed = f"{row['trafilatura MB/s']:>13.1f}{row['times']:>7.1f}" if "times" in row else ""
        print(
            f"{folder:16}{row['pages']:>7.0f}{row['MB']:>8.1f}{row['MB/s']:>8.1f}{row['documents/s']:>8.0f}{other_speed}"
        )
    print(f"cold start of `onrecord read PAGE`: {start:.2f} s")
    html = [row for folder, row in figures.items() if folder.startswith("cn-mfa")]
    speed = sum(row["MB"] for row in html) / sum(row["MB"] / row["MB/s"] for row in html)
    times = theirs / ours
    print(
        f"HTML together: {speed:.1f} MB/s (floor {floor('read', 'megabytes_per_second'):.0f}), "
        f"{times:.1f} times trafilatura on the same pages (floor {floor('read', 'times_trafilatura'):.0f})"
    )
    if told.json:
        with open(told.json, "w", encoding="utf-8") as file:  # noqa: PTH123
            json.dump({"folders": figures, "html": speed, "times": times, "start": start}, file, indent=1)
    reached = (
        speed >= floor("read", "megabytes_per_second")
        and times >= floor("read", "times_trafilatura")
        and start <= floor("start", "seconds")
    )
    return 0 if reached else 1


def _read(opened: Opened) -> bool:
    """Whether the page was read without an error."""
    from onrecord.errors import OnRecordError

    try:
        read_opened(opened)
    except OnRecordError:
        return False
    return True


def _cold_start() -> float:
    page = next((DATA / "cn-mfa/en").glob("*.shtml"))
    begun = time.perf_counter()
    command = [sys.executable, "-m", "onrecord.cli", "read", str(page), "--format", "json"]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
