"""The real pages for the benchmarks, if available: files and members of archives."""

from __future__ import annotations

import sys
import tarfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "shared" / "data"


def need_data() -> None:
    """Exit with a message if the real pages are not available."""
    if not DATA.is_dir():
        sys.exit("the real pages are not here (../shared/data): a benchmark of anything else would say nothing")


def floor(benchmark: str, name: str) -> float:
    """A floor of floors.toml."""
    return float(tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))[benchmark][name])


def pages(*folders: str, suffixes: tuple[str, ...] = (".shtml", ".md")) -> Iterator[tuple[str, bytes]]:
    """``(path, bytes)`` of every page below the data folders, including members of archives."""
    for folder in folders:
        for path in sorted((DATA / folder).rglob("*")):
            if path.suffix in suffixes:
                yield str(path.relative_to(DATA)), path.read_bytes()
            elif path.name.endswith(".tar.xz"):
                with tarfile.open(path) as archive:
                    for member in archive:
                        if member.isfile() and member.name.endswith(suffixes):
                            file = archive.extractfile(member)
                            assert file is not None
                            yield f"{path.parent.relative_to(DATA)}/{member.name}", file.read()
