"""The files of an index: written once, named in a manifest with their checksums, and never read unless they match it.

An index lies in ``index/NAME/``: one or several numbered folders, its *parts*, whose files are never changed once they are
written, and ``manifest.json``, which names the parts that are in use, every file with its size and CRC-32, and what of the
record they were made of. A part is built, brought to the disk (``fsync``), and only then named by a new manifest, which
takes the place of the old one in one step: at every moment the manifest names a whole index, also after a crash.

What is verified, and when. Whoever opens an index compares the size, times and inode of every file with those of the last
verification (``verified.json``). Where one differs, where there was none, or where the last is older than a day, every file
is read and its checksum compared (about 1 GB a second). So a file that was changed, cut short, exchanged or lost is noticed
before anything is answered from it; a disk that alters bytes and no time stamp, within the day; ``onrecord check`` always
reads every byte. An index that an open process already uses is not verified again.
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

#: Bytes read at once for a checksum.
_PIECE = 1 << 22
#: Seconds for which a verification holds as long as no file changes.
_HOLDS = 86_400.0
_MANIFEST = "manifest.json"
_VERIFIED = "verified.json"


class File(msgspec.Struct, frozen=True, array_like=True):
    """The size in bytes and the CRC-32 of a file of the index."""

    size: int
    checksum: int


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What of the record an index was made of: its last change and the last annotation, with what tells them from those of
    another record that have the same numbers."""

    change: int
    changed: str | None
    annotation: int
    annotated: str | None


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What an index consists of and what it was made of.

    ``layout`` is the version of the format and of what was put in. ``files`` are named by their paths below the index's
    folder, ``PART/NAME``.
    """

    layout: str
    made: Made
    turns: int
    parts: list[str]
    files: dict[str, File]

    @property
    def size(self) -> int:
        """All files together, in bytes."""
        return sum(file.size for file in self.files.values())


#: Size, time of change of the content and of the entry (nanoseconds), and inode: a file that was touched has others.
_Touched = tuple[int, int, int, int]


class _Verified(msgspec.Struct, frozen=True):
    """When the files of which manifest were last found whole, and how their directory entries looked then."""

    manifest: int
    when: float
    files: dict[str, _Touched]


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of the index in ``folder``; None where there is none or it is damaged."""
    found = _read_manifest(folder)
    return None if found is None else found[0]


def _read_manifest(folder: Path) -> tuple[Manifest, int] | None:
    """The manifest and its checksum."""
    with contextlib.suppress(OSError, ValueError):  # msgspec's errors are ValueErrors
        told, _, body = (folder / _MANIFEST).read_bytes().partition(b"\n")
        checksum = zlib.crc32(body)
        if int(told, 16) == checksum:
            return msgspec.json.decode(body, type=Manifest), checksum
    return None


def has_manifest(folder: Path) -> bool:
    """Whether an index was ever finished in ``folder``, sound or not."""
    return (folder / _MANIFEST).exists()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Make the parts of the manifest those in use, durably; every file named must be on the disk already. Parts that it does
    not name, other than the last one in use before, are removed."""
    before = read_manifest(folder)
    body = msgspec.json.encode(manifest)
    checksum = zlib.crc32(body)
    _write_whole(folder / _MANIFEST, f"{checksum:08x}\n".encode() + body)
    sync_folder(folder)
    remove_unused(folder, {*manifest.parts, *(before.parts if before else ())})
    _remember(folder, manifest, checksum)


def verified(folder: Path) -> Manifest | None:
    """The manifest of an index whose files are all as they were written; None where one is missing or differs."""
    found = _read_manifest(folder)
    if found is None:
        return None
    manifest, checksum = found
    try:
        looks = _touched(folder, manifest)
        if any(looks[name][0] != file.size for name, file in manifest.files.items()):
            return None
        if _holds(folder, checksum, looks):
            return manifest
        if any(True for _ in differing(folder, manifest)):
            return None
    except OSError:
        return None
    _remember(folder, manifest, checksum)
    return manifest


def _holds(folder: Path, checksum: int, looks: dict[str, _Touched]) -> bool:
    with contextlib.suppress(OSError, ValueError):
        last = msgspec.json.decode((folder / _VERIFIED).read_bytes(), type=_Verified)
        fresh = 0 <= time.time() - last.when < _HOLDS
        return fresh and last.manifest == checksum and last.files == looks
    return False


def _remember(folder: Path, manifest: Manifest, checksum: int) -> None:
    """Note that the files were found whole; where that cannot be written they are read again the next time."""
    with contextlib.suppress(OSError):
        made = _Verified(checksum, time.time(), _touched(folder, manifest))
        _write_whole(folder / _VERIFIED, msgspec.json.encode(made), sync=False)


def _touched(folder: Path, manifest: Manifest) -> dict[str, _Touched]:
    looks: dict[str, _Touched] = {}
    for name in manifest.files:
        told = (folder / name).stat()
        looks[name] = (told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino)
    return looks


def faults_of_files(folder: Path) -> Iterator[tuple[str, str]]:
    """Everything wrong with the files of the index in ``folder``, as ``(name, what)``; every byte is read. An index that was
    never built has no fault."""
    manifest = read_manifest(folder)
    if manifest is None:
        if has_manifest(folder):
            yield _MANIFEST, "holds other bytes than were written"
        elif folder.is_dir() and any(entry.name.isdecimal() for entry in folder.iterdir()):
            yield _MANIFEST, "is missing"
        return
    yield from differing(folder, manifest)


def differing(folder: Path, manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Every file that is not as it was written, as ``(name, what is wrong)``: all are read."""
    for name, file in manifest.files.items():
        try:
            found = file_of(folder / name)
        except FileNotFoundError:
            yield name, "is missing"
        except OSError as error:
            yield name, f"cannot be read: {error.strerror}"
        else:
            if found.size != file.size:
                yield name, f"has {found.size} bytes, {file.size} were written"
            elif found != file:
                yield name, "holds other bytes than were written"


def file_of(path: Path) -> File:
    """The size and checksum of a file."""
    size = checksum = 0
    with path.open("rb", buffering=0) as file:
        while piece := file.read(_PIECE):
            checksum = zlib.crc32(piece, checksum)
            size += len(piece)
    return File(size, checksum)


def new_part(folder: Path) -> Path:
    """A new empty folder for the next part, under a number not used before."""
    numbers = [int(entry.name) for entry in folder.glob("*") if entry.name.isdecimal()] if folder.is_dir() else []
    part = folder / f"{max(numbers, default=0) + 1:06}"
    part.mkdir(parents=True)
    return part


def sync_part(folder: Path, part: Path, known: dict[str, File] | None = None) -> dict[str, File]:
    """Bring the files of a part to the disk, readable by whoever may read the desk; their checksums by ``PART/NAME``.

    ``known`` are checksums of files, by their bare names, that were taken over unchanged from another part.
    """
    told: dict[str, File] = {}
    mode = part.stat().st_mode & 0o666
    for path in sorted(part.iterdir()):
        if path.suffix == ".lock":
            continue
        if path.stat().st_mode & 0o777 != mode:
            path.chmod(mode)  # tantivy writes some for their owner alone
        name = f"{part.name}/{path.name}"
        if known and path.name in known:
            told[name] = known[path.name]
            continue
        with path.open("rb+") as file:
            os.fsync(file.fileno())
        told[name] = file_of(path)
    sync_folder(part)
    sync_folder(folder)
    return told


def remove_unused(folder: Path, used: Iterable[str]) -> None:
    """Remove what lies in the index's folder and is neither its manifest nor one of these parts; what cannot be removed, as a
    file in use cannot on Windows, is left for the next time."""
    keep = {*used, _MANIFEST, _VERIFIED}
    for entry in folder.iterdir():
        if entry.name not in keep:
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                with contextlib.suppress(OSError):
                    entry.unlink()


def sync_folder(folder: Path) -> None:
    """Bring the entries of a folder to the disk; nothing is to be done where the system has no such thing (Windows)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_whole(path: Path, data: bytes, *, sync: bool = True) -> None:
    """Write a file that is there whole or as it was before."""
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
