"""Learn the bundled table of English and Chinese words from the days that are held in both languages.

usage: bench/word_table.py DATA [--without DAY ...] [--out FILE]

DATA holds ``cn-mfa/twins.tsv`` (day, English page, Chinese page). The bundled table is made without the days that are labelled,
so that they can measure it.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from pathlib import Path

import onrecord
from onrecord.comparing.language_versions import sentences_of
from onrecord.comparing.learning import learn_from_versions
from onrecord.comparing.word_table import FOLDER
from onrecord.errors import OnRecordError

#: The labelled days.
LABELLED = ("2018-06-22", "2019-08-20", "2020-07-01", "2026-06-24", "2026-07-16", "2026-07-20")


def main() -> None:
    """Write the table and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--without", nargs="*", default=LABELLED)
    parser.add_argument("--out", type=Path, default=FOLDER / "en-zh.csv")
    options = parser.parse_args()
    began = time.perf_counter()
    with (options.data / "cn-mfa/twins.tsv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["day"] not in options.without]
    versions = []
    for row in rows:
        try:
            one, other = (onrecord.read(options.data / row[language]) for language in ("en", "zh"))
        except OnRecordError as error:
            print(f"{row['day']}: {error}", file=sys.stderr)
            continue
        versions.append((sentences_of(one), sentences_of(other)))
    table = learn_from_versions(("en", "zh"), versions)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(table.to_csv(), encoding="utf-8")
    pairs = sum(map(len, table.partners.values()))
    print(
        f"{len(versions)} days, {len(table.words[0])} and {len(table.words[1])} words, {pairs} pairs, "
        f"{options.out.stat().st_size / 1000:.0f} kB, {time.perf_counter() - began:.0f} s"
    )


if __name__ == "__main__":
    main()
