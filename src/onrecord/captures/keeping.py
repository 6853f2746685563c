"""Keep captures: one compressed file each, named by the SHA-256 of what is in it, never changed and never deleted."""

from __future__ import annotations

import contextlib
import gzip
import os
import tempfile
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from onrecord.errors import RecordError


class DamagedCapture(RecordError):
    """A kept capture is missing, or no longer what its name says."""

    hint = "Add the page again from its source: the same bytes take the same place"


def compress(data: bytes) -> bytes:
    """The bytes as a gzip file that any tool opens, the same for the same bytes whenever it is written."""
    return gzip.compress(data, compresslevel=6, mtime=0)


class Captures:
    """The captures of a desk: ``<folder>/ab/cd/<sha256>.gz``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._unsynced: list[Path] = []

    def path(self, digest: str) -> Path:
        """Where the capture of that SHA-256 is kept."""
        return self.folder / digest[:2] / digest[2:4] / f"{digest}.gz"

    def __contains__(self, digest: str) -> bool:
        return self.path(digest).exists()

    def __iter__(self) -> Iterator[str]:
        """The SHA-256 of every capture kept."""
        for path in self.folder.glob("??/??/*.gz"):
            yield path.stem

    def put(self, digest: str, packed: bytes) -> None:
        """Keep a capture, compressed by :func:`compress`. It is whole or not there; :meth:`sync` makes it durable."""
        path = self.path(digest)
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(packed)
            Path(name).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
        self._unsynced.append(path)

    def sync(self) -> None:
        """Have everything put so far on the disk, before the record that names it is."""
        folders = set()
        for path in self._unsynced:
            _sync(path)
            folders.add(path.parent)
        for folder in folders:
            _sync(folder)
        self._unsynced.clear()

    def get(self, digest: str) -> bytes:
        """The bytes of a capture. Raises DamagedCapture where they are not what the name says."""
        path = self.path(digest)
        try:
            data = gzip.decompress(path.read_bytes())
        except FileNotFoundError:
            raise DamagedCapture("the capture is missing", where=str(path)) from None
        except (OSError, EOFError, zlib.error) as error:
            raise DamagedCapture(f"the capture cannot be unpacked: {error}", where=str(path)) from None
        if sha256(data).hexdigest() != digest:
            raise DamagedCapture("the capture's bytes are not those of its name", where=str(path))
        return data


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
