"""Fuzz the readers, the query parser and the rules of acts, guided by the coverage of their code.

usage: python bench/coverage_fuzz.py html|markdown|query|acts-en|acts-zh [--seconds 600] [--seed 1] [--keep FOLDER]

Needs atheris, which has wheels for Linux. An input is a fault if it
raises anything but an error of the program, takes over two seconds of CPU time, or yields an offset outside its source. Faults
are reported once for each place in the code where they occur; the run goes on, and the exit code is 1 if there was one.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["onrecord"]):  # instruments what is imported here
    from annotate_growth import BY_HAND, document, drawn
    from fuzz import _TOKENS
    from onrecord import annotate
    from onrecord.asking.query import parse
    from onrecord.errors import OnRecordError
    from onrecord.houses import usable
    from onrecord.reading.html import read_html
    from onrecord.reading.lines import Line
    from onrecord.reading.markdown import read_markdown

_SECONDS = 2.0
#: The longest input in bytes, by target: long enough for repetition, short enough to try thousands.
_LONGEST = {"html": 20_000, "markdown": 20_000, "query": 600, "acts-en": 600, "acts-zh": 600}


def try_html(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    check(read_html(text, frozenset(("nav", "footer")), frozenset(("content",)), frozenset(("tip",))).lines, text)


def try_markdown(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    check(read_markdown(text)[0], text)


def try_query(data: bytes) -> None:
    parse(data.decode("utf-8", "replace"))


def check(lines: list[Line], text: str) -> None:
    """Every run of a line lies within the line and within the source, in order."""
    for line in lines:
        covered = 0
        for run in line.runs:
            start, first, last = run[0], run[1], run[2]
            assert covered <= start <= len(line.text), (covered, run)
            assert 0 <= first <= last <= len(text), run
            covered = start


def acts(language: str) -> Callable[[bytes], None]:
    """Every two bytes of an input name a word of the rules' tables, so that sentences come of it."""
    words = [*BY_HAND[language], *drawn(language, random.Random(0), 3000)]

    def try_acts(data: bytes) -> None:
        said = "".join(words[int.from_bytes(data[i : i + 2]) % len(words)] for i in range(0, len(data), 2))
        made = annotate(document(language, said, 1))
        for act in made.acts:
            assert 0 <= act.start <= act.trigger.start < act.trigger.end <= len(made.text), act
            assert act.start < act.end <= len(made.text), act

    return try_acts


def seeds(target: str) -> list[bytes]:
    """Inputs to begin with."""
    endings = {"html": (".html", ".shtml"), "markdown": (".md",)}.get(target, ())
    pages = [path for house in usable().values() for path in house.examples if path.name.endswith(endings)]
    if endings:
        return [path.read_bytes()[:20_000] for path in pages]
    if target == "query":
        return [
            b'talks NEAR/5 "trade war" OR (port* AND NOT "no comment")',
            b'speaker:"A B" \xe4\xb8\xad\xe5\x9b\xbd NEAR/3 x',
        ]
    return [random.Random(number).randbytes(60) for number in range(50)]


class Trial:
    """Tries inputs and keeps the faults, one for each place in the code."""

    def __init__(self, work: Callable[[bytes], None], keep: Path | None) -> None:
        self.work, self.keep = work, keep
        self.inputs = 0
        self.faults: dict[str, bytes] = {}

    def one(self, data: bytes) -> None:
        self.inputs += 1
        begun = time.process_time()
        try:
            self.work(data)
        except OnRecordError:
            pass
        except Exception as error:
            (frame,) = traceback.extract_tb(error.__traceback__)[-1:]
            self._fault(f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}: {error}"[:300], data)
        spent = time.process_time() - begun
        if spent > _SECONDS:
            self._fault(f"{spent:.1f} seconds for {len(data)} bytes", data, kind="slow")

    def _fault(self, what: str, data: bytes, kind: str = "") -> None:
        name = kind or what.partition(": ")[0]
        if name in self.faults:
            return
        self.faults[name] = data
        print(f"FAULT {what}", flush=True)
        if self.keep:
            self.keep.mkdir(parents=True, exist_ok=True)
            (self.keep / f"{len(self.faults)}-{os.getpid()}").write_bytes(data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=tuple(_LONGEST))
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="write the inputs that failed here")
    told = parser.parse_args()
    warnings.simplefilter("ignore")
    works = {"html": try_html, "markdown": try_markdown, "query": try_query}
    trial = Trial(works.get(told.target) or acts(told.target[-2:]), told.keep)
    folder = Path(tempfile.mkdtemp(prefix="onrecord-fuzz-"))
    for number, data in enumerate(seeds(told.target)):
        (folder / str(number)).write_bytes(data)
        trial.one(data)  # tables are loaded once, outside of the time of an input
    trial.faults.pop("slow", None)
    words = folder.with_suffix(".dict")
    escaped = ("".join(f"\\x{byte:02x}" for byte in one) for one in _TOKENS)
    words.write_text("".join(f'"{one}"\n' for one in escaped), encoding="ascii")
    begun = time.monotonic()

    def one(data: bytes) -> None:
        if time.monotonic() - begun > told.seconds:  # libFuzzer ends the process itself, before anything can be told
            print(f"{told.target}: {trial.inputs} inputs, {len(trial.faults)} faults", flush=True)
            os._exit(1 if trial.faults else 0)
        trial.one(data)

    options = [
        f"-max_len={_LONGEST[told.target]}",
        f"-seed={told.seed}",
        f"-dict={words}",
        "-timeout=120",
        "-verbosity=0",
    ]
    atheris.Setup([sys.argv[0], *options, "-rss_limit_mb=3000", str(folder)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
