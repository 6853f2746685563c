"""The files of an index: written once, listed with checksums in a manifest, and verified before they are used.

An index is a folder ``index/NAME/`` with one or more numbered subfolders, its *parts*, whose files never change once
written, and ``manifest.json``, which lists the parts in use, every file with its size and CRC-32, and the state of the
record they were built from. A part is built, flushed to the disk (``fsync``), and only then listed in a new manifest that
atomically replaces the old one: at every moment, also after a crash, the manifest describes a complete index.

Verification. Opening an index compares the size, times and inode of every file with those of the last verification
(``verified.json``). If one differs, if there was no verification, or if the last one is older than a day, every file is read
and its checksum compared (about 1 GB/s). A file that was changed, truncated, replaced or lost is thus detected before it is
used; a disk error that alters bytes but not time stamps, within a day; ``onrecord check`` always reads every byte. A process
that keeps an index open compares once a second, and verifies it again after a day (:class:`OpenFiles`).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import time
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

#: Bytes per read when computing a checksum.
_CHUNK = 1 << 22
#: Seconds for which a verification is valid if no file changes.
_VALID = 86_400.0
#: Seconds for which the files of an open index are not looked at again.
_LOOK = 1.0
_MANIFEST = "manifest.json"
_VERIFIED = "verified.json"


class File(msgspec.Struct, frozen=True, array_like=True):
    """The size in bytes and the CRC-32 of a file of the index."""

    size: int
    checksum: int


class RecordState(msgspec.Struct, frozen=True, kw_only=True):
    """The state of the record from which an index was built: the numbers of the last change and the last annotation.

    ``changed`` (a document) and ``annotated`` (a time) distinguish them from those of another record with equal numbers.
    """

    change: int
    changed: str | None
    annotation: int
    annotated: str | None


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The files of an index and the state of the record it was built from.

    ``layout`` is the version of the format and the content. ``files`` are keyed by their paths relative to the index's
    folder, ``PART/NAME``. ``turns`` is the number of turns in the index.
    """

    layout: str
    made: RecordState
    turns: int
    parts: list[str]
    files: dict[str, File]

    @property
    def size(self) -> int:
        """The total size of the files in bytes."""
        return sum(file.size for file in self.files.values())


#: Size, modification time and change time (nanoseconds), and inode: any write to a file changes one of them.
_FileStatus = tuple[int, int, int, int]


class _Verified(msgspec.Struct, frozen=True):
    """The last successful verification: the manifest's checksum, the time, and the status of the files then."""

    manifest: int
    when: float
    files: dict[str, _FileStatus]


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of the index in ``folder``; None if it is missing or damaged."""
    found = _read_manifest(folder)
    return None if found is None else found[0]


def _read_manifest(folder: Path) -> tuple[Manifest, int] | None:
    """The manifest and its checksum."""
    with contextlib.suppress(OSError, ValueError):  # msgspec's errors are ValueErrors
        expected, _, body = (folder / _MANIFEST).read_bytes().partition(b"\n")
        checksum = zlib.crc32(body)
        if int(expected, 16) == checksum:
            return msgspec.json.decode(body, type=Manifest), checksum
    return None


def has_manifest(folder: Path) -> bool:
    """Whether an index was ever completed in ``folder``, intact or not."""
    return (folder / _MANIFEST).exists()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Durably replace the manifest; every file it lists must be on the disk already.

    Parts that neither it nor the previous manifest lists are removed.
    """
    before = read_manifest(folder)
    body = msgspec.json.encode(manifest)
    checksum = zlib.crc32(body)
    _write_atomically(folder / _MANIFEST, f"{checksum:08x}\n".encode() + body)
    sync_folder(folder)
    remove_unused(folder, {*manifest.parts, *(before.parts if before else ())})
    _store_verification(folder, manifest, checksum)


def verified(folder: Path) -> Manifest | None:
    """The manifest of an index if all its files are intact; None if one is missing or differs."""
    found = _read_manifest(folder)
    if found is None:
        return None
    manifest, checksum = found
    try:
        statuses = _statuses(folder, manifest)
        if any(statuses[name][0] != file.size for name, file in manifest.files.items()):
            return None
        if _is_verified(folder, checksum, statuses):
            return manifest
        if any(True for _ in differing(folder, manifest)):
            return None
    except OSError:
        return None
    _store_verification(folder, manifest, checksum)
    return manifest


class OpenFiles:
    """The files of an index that a process keeps open, as they were when it was opened."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self._folder, self._manifest = folder, manifest
        self._opened = time.time()
        self._looked = time.monotonic()
        self._files = self._now()

    def unchanged(self) -> bool:
        """Whether the files are as they were, to be asked before every query: they are looked at once a second at most.

        False after a day too, so that the index is opened, and thereby verified, again.
        """
        if time.monotonic() - self._looked < _LOOK:
            return True
        self._looked = time.monotonic()
        return self._files is not None and 0 <= time.time() - self._opened < _VALID and self._now() == self._files

    def _now(self) -> dict[str, _FileStatus] | None:
        try:
            return _statuses(self._folder, self._manifest)
        except OSError:
            return None


def _is_verified(folder: Path, checksum: int, statuses: dict[str, _FileStatus]) -> bool:
    with contextlib.suppress(OSError, ValueError):
        last = msgspec.json.decode((folder / _VERIFIED).read_bytes(), type=_Verified)
        fresh = 0 <= time.time() - last.when < _VALID
        return fresh and last.manifest == checksum and last.files == statuses
    return False


def _store_verification(folder: Path, manifest: Manifest, checksum: int) -> None:
    """Store that the files were verified; if that cannot be written, they are read again the next time."""
    with contextlib.suppress(OSError):
        verification = _Verified(checksum, time.time(), _statuses(folder, manifest))
        _write_atomically(folder / _VERIFIED, msgspec.json.encode(verification), sync=False)


def _statuses(folder: Path, manifest: Manifest) -> dict[str, _FileStatus]:
    statuses: dict[str, _FileStatus] = {}
    for name in manifest.files:
        status = (folder / name).stat()
        statuses[name] = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    return statuses


def faults_of_files(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield every fault of the files of the index in ``folder`` as ``(name, description)``, reading every byte.

    An index that was never built has no fault.
    """
    manifest = read_manifest(folder)
    if manifest is None:
        if has_manifest(folder):
            yield _MANIFEST, "does not match its checksum"
        elif folder.is_dir() and any(entry.name.isdecimal() for entry in folder.iterdir()):
            yield _MANIFEST, "is missing"
        return
    yield from differing(folder, manifest)


def differing(folder: Path, manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Yield every file that is not as it was written as ``(name, description)``; all files are read."""
    for name, file in manifest.files.items():
        try:
            found = file_of(folder / name)
        except FileNotFoundError:
            yield name, "is missing"
        except OSError as error:
            yield name, f"cannot be read: {error.strerror}"
        else:
            if found.size != file.size:
                yield name, f"has {found.size} bytes, expected {file.size}"
            elif found != file:
                yield name, "does not match its checksum"


def file_of(path: Path) -> File:
    """The size and checksum of a file."""
    size = checksum = 0
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(_CHUNK):
            checksum = zlib.crc32(chunk, checksum)
            size += len(chunk)
    return File(size, checksum)


def new_part(folder: Path) -> Path:
    """Create an empty folder for the next part, with an unused number."""
    numbers = [int(entry.name) for entry in folder.glob("*") if entry.name.isdecimal()] if folder.is_dir() else []
    part = folder / f"{max(numbers, default=0) + 1:06}"
    part.mkdir(parents=True)
    return part


def sync_part(folder: Path, part: Path, known: dict[str, File] | None = None) -> dict[str, File]:
    """Flush the files of a part to the disk and give them the permissions of the folder; return sizes and checksums.

    The result is keyed by ``PART/NAME``. ``known`` are the checksums, by file name, of files linked unchanged from another
    part.
    """
    found: dict[str, File] = {}
    mode = part.stat().st_mode & 0o666
    for path in sorted(part.iterdir()):
        if path.suffix == ".lock":
            continue
        if path.stat().st_mode & 0o777 != mode:
            path.chmod(mode)  # tantivy creates some files readable only by their owner
        name = f"{part.name}/{path.name}"
        if known and path.name in known:
            found[name] = known[path.name]
            continue
        with path.open("rb+") as file:
            os.fsync(file.fileno())
        found[name] = file_of(path)
    sync_folder(part)
    sync_folder(folder)
    return found


def remove_unused(folder: Path, used: Iterable[str]) -> None:
    """Remove everything in the index's folder except its manifest and these parts.

    What cannot be removed, such as a file in use on Windows, is left for the next time.
    """
    keep = {*used, _MANIFEST, _VERIFIED}
    for entry in folder.iterdir():
        if entry.name not in keep:
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                with contextlib.suppress(OSError):
                    entry.unlink()


def sync_folder(folder: Path) -> None:
    """Flush the entries of a folder to the disk; Windows has no such operation."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_atomically(path: Path, data: bytes, *, sync: bool = True) -> None:
    """Replace a file atomically."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            if sync:
                file.flush()
                os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
