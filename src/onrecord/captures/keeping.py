"""Store captures: one compressed file each, named by the SHA-256 of its content, never changed and never deleted."""

from __future__ import annotations

import contextlib
import gzip
import os
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from onrecord.captures.opened import LARGEST
from onrecord.errors import DamagedCapture

#: The fixed gzip header of every file: deflate, no name, no time, no system. Decompression would not notice damage to it.
_HEADER = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"


def compress(data: bytes) -> bytes:
    """Compress bytes into a gzip file; the result is the same for the same bytes at any time."""
    return _HEADER + gzip.compress(data, compresslevel=6, mtime=0)[len(_HEADER) :]


class Captures:
    """The captures of a desk: ``<folder>/ab/cd/<sha256>.gz``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._unsynced: list[Path] = []

    def path(self, digest: str) -> Path:
        """The file of the capture with this SHA-256."""
        return self.folder / digest[:2] / digest[2:4] / f"{digest}.gz"

    def __contains__(self, digest: str) -> bool:
        return self.path(digest).exists()

    def __iter__(self) -> Iterator[str]:
        """The SHA-256 of every stored capture."""
        for path in self.folder.glob("??/??/*.gz"):
            yield path.stem

    def put(self, digest: str, packed: bytes) -> bool:
        """Store a capture compressed by :func:`compress`; return whether a file was written.

        The write is atomic; :meth:`sync` makes it durable. An intact file is left as it is. A damaged one, as a power loss
        before :meth:`sync` may leave, is replaced.
        """
        path = self.path(digest)
        if path.exists():
            with contextlib.suppress(DamagedCapture):
                self.get(digest)
                self._unsynced.append(path)
                return False
        path.parent.mkdir(parents=True, exist_ok=True)
        part = self.folder / ".part"  # there is one writer: the next write overwrites what a crash leaves
        try:
            part.write_bytes(packed)
            part.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                part.unlink()
            raise
        self._unsynced.append(path)
        return True

    def sync(self) -> None:
        """Flush every stored capture to the disk (fsync); call it before the record that refers to them is committed."""
        folders: set[Path] = set()
        for path in self._unsynced:
            _sync(path)
            folders.update((path.parent, path.parent.parent, self.folder))
        for folder in folders:
            _sync(folder)
        self._unsynced.clear()

    def get(self, digest: str) -> bytes:
        """The bytes of a capture. Raises DamagedCapture if the file is missing or does not match its SHA-256."""
        path = self.path(digest)
        try:
            packed = path.read_bytes()
            if not packed.startswith(_HEADER):
                raise zlib.error("its gzip header is not the one that was written")
            data = _unpack(packed)
        except FileNotFoundError:
            raise DamagedCapture("the capture is missing", where=str(path)) from None
        except (OSError, zlib.error) as error:
            raise DamagedCapture(f"the capture cannot be decompressed: {error}", where=str(path)) from None
        if sha256(data).hexdigest() != digest:
            raise DamagedCapture("the capture does not match its SHA-256", where=str(path))
        return data


def _unpack(packed: bytes) -> bytes:
    """Decompress one gzip file, including its checksum, up to the size limit."""
    unpacking = zlib.decompressobj(wbits=31)
    data = unpacking.decompress(packed, LARGEST + 1)
    if not unpacking.eof:
        raise zlib.error("it is truncated" if not unpacking.unconsumed_tail else "it is larger than a statement can be")
    if unpacking.unused_data:
        raise zlib.error("something follows its end")
    return data


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
