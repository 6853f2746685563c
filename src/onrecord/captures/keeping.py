"""Keep captures: one compressed file each, named by the SHA-256 of what is in it, never changed and never deleted."""

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

#: How every file begins: gzip, deflated, no name, no time, no system. Anything else there is damage that unpacking would
#: not notice.
_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"


def compress(data: bytes) -> bytes:
    """The bytes as a gzip file that any tool opens, the same for the same bytes whenever it is written."""
    return _HEAD + gzip.compress(data, compresslevel=6, mtime=0)[len(_HEAD) :]


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

    def put(self, digest: str, packed: bytes) -> bool:
        """Keep a capture, compressed by :func:`compress`; whether it had to be written.

        It is whole or not there; :meth:`sync` makes it durable. One that stands there whole is not touched. One that is
        damaged, as a loss of power leaves it that came before :meth:`sync`, gives way.
        """
        path = self.path(digest)
        if path.exists():
            with contextlib.suppress(DamagedCapture):
                self.get(digest)
                self._unsynced.append(path)
                return False
        path.parent.mkdir(parents=True, exist_ok=True)
        part = self.folder / ".part"  # one writer, one file in the making: what a crash leaves is overwritten
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
        """Have everything put so far on the disk, before the record that names it is."""
        folders: set[Path] = set()
        for path in self._unsynced:
            _sync(path)
            folders.update((path.parent, path.parent.parent, self.folder))
        for folder in folders:
            _sync(folder)
        self._unsynced.clear()

    def get(self, digest: str) -> bytes:
        """The bytes of a capture. Raises DamagedCapture where they are not what the name says."""
        path = self.path(digest)
        try:
            packed = path.read_bytes()
            if not packed.startswith(_HEAD):
                raise zlib.error("it does not begin as it was written")
            data = _unpack(packed)
        except FileNotFoundError:
            raise DamagedCapture("the capture is missing", where=str(path)) from None
        except (OSError, zlib.error) as error:
            raise DamagedCapture(f"the capture cannot be unpacked: {error}", where=str(path)) from None
        if sha256(data).hexdigest() != digest:
            raise DamagedCapture("the capture's bytes are not those of its name", where=str(path))
        return data


def _unpack(packed: bytes) -> bytes:
    """The bytes of one gzip file, its own checksum verified; never more than a statement can have."""
    unpacking = zlib.decompressobj(wbits=31)
    data = unpacking.decompress(packed, LARGEST + 1)
    if not unpacking.eof:
        raise zlib.error("it is cut short" if not unpacking.unconsumed_tail else "it is larger than a statement can be")
    if unpacking.unused_data:
        raise zlib.error("something follows its end")
    return data


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
