"""Look at the files of an index, and damage them, as tests of several parts need it."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from onrecord.desk.index_files import read_manifest


def words_inodes(index: Path) -> set[int]:
    """The inodes of the files of words of the index in use: an update takes those of before over."""
    manifest = read_manifest(index)
    assert manifest is not None
    return {(index / name).stat().st_ino for name in manifest.files if name.endswith(".idx")}


def largest_file(index: Path) -> Path:
    """The largest file of an index."""
    return max(index.glob("0*/*"), key=lambda path: path.stat().st_size)


def change_manifest(index: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """A manifest that is whole, and says something else."""
    told = msgspec.json.decode((index / "manifest.json").read_bytes().partition(b"\n")[2])
    change(told)
    body = msgspec.json.encode(told)
    (index / "manifest.json").write_bytes(f"{zlib.crc32(body):08x}\n".encode() + body)
