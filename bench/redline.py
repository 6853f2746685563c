"""Speed and memory of redlines against the whole record, cold and warm.

usage: python bench/redline.py [--words 25] [--documents 9] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus import floor, need_data
from onrecord.asking import redline
from onrecord.desk import open_desk
from onrecord.desk.wording_index import open_wordings
from texts import desk_of, write_texts

#: The latest English documents of about 150 sentences: these have the most earlier documents.
_SOME = (
    "SELECT id FROM document WHERE language = 'en' AND length(text) BETWEEN 16000 AND 26000 "
    "ORDER BY day DESC, id LIMIT ?"
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=float, default=25.0, help="millions of words")
    parser.add_argument("--documents", type=int, default=9)
    parser.add_argument("--json", help="write the figures here")
    parser.add_argument("--on", help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.on:
        return measure(Path(told.on), told.documents, told.json)
    need_data()
    with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as temporary:
        folder = Path(temporary)
        count = write_texts(folder / "texts", int(told.words * 1e6))
        with open_desk(folder / "desk", write=True, create_new=True) as desk:
            desk_of(desk, folder / "texts")
            open_wordings(desk.folder, desk.record)
        print(f"{count / 1e6:.1f} million words", flush=True)
        # In a child process, so that memory and caches of the setup do not count.
        asked = [sys.executable, __file__, "--on", str(folder / "desk"), "--documents", str(told.documents)]
        return subprocess.run([*asked, "--json", told.json] if told.json else asked, check=False).returncode


def measure(folder: Path, documents: int, figures: str | None) -> int:
    """Redline documents of a desk against all earlier ones."""
    begun = time.perf_counter()
    with open_desk(folder) as desk:
        some = [desk.document(row["id"]) for row in desk.record.execute(_SOME, (documents,))]
        redline(desk, some[0])
        cold = time.perf_counter() - begun
        rates = []
        for document in some:
            begun = time.perf_counter()
            sentences = len(redline(desk, document).sentences)
            took = time.perf_counter() - begun
            rates.append(took / max(1, sentences) * 150)
            print(f"  {document.id}: {took:.2f} s for {sentences} sentences", flush=True)
    middle, slowest = statistics.median(rates), max(rates)
    # On Linux, getrusage of a child includes the peak of its parent; /proc/self/status has the process's own.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    memory = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    print(
        f"per 150 sentences: median {middle:.2f} s, slowest {slowest:.2f} s; opening the desk and the first {cold:.2f} s"
    )
    print(f"peak memory {memory:.0f} MB")
    if figures:
        told = {"per_150_sentences": middle, "slowest": slowest, "cold": cold, "megabytes": memory}
        Path(figures).write_text(json.dumps(told, indent=1), encoding="utf-8")
    return 0 if middle <= floor("redline", "seconds") else 1


if __name__ == "__main__":
    sys.exit(main())
