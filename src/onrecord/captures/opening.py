"""Open a source given by the user (file, URL, standard input, bytes), and find files in folders and by patterns."""

from __future__ import annotations

import glob
import mimetypes
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from onrecord.captures.opened import LARGEST, Opened, capture_of
from onrecord.errors import NotFound, NotPermitted, SourceError, TooLarge

__all__ = ["LARGEST", "FoundSource", "Opened", "capture_of", "find_sources", "open_source"]

#: Extensions of files that are not documents but are common in folders of saved pages.
_SKIPPED = frozenset(
    ".json .jsonl .csv .tsv .xml .toml .yaml .yml .py .js .css .jpg .jpeg .png .gif .svg .ico .webp .mp3 .mp4 .mov .zip .gz "
    ".xz .bz2 .7z .tar .sqlite .db .lock .pyc .woff .woff2".split()
)
#: Entries that identify a folder as a desk.
_DESK = frozenset(("record.sqlite", "captures"))


class FoundSource(msgspec.Struct, frozen=True, kw_only=True):
    """A source that a name stands for, or the error that occurred when looking for it."""

    source: str
    error: SourceError | None = None


def open_source(source: object) -> Opened:
    """Open one source: a path, an ``http(s)`` URL, ``"-"`` for standard input, or bytes.

    Raises NotFound, NotPermitted, TooLarge or FetchFailed; the message names the source.
    """
    if isinstance(source, bytes):
        return Opened(capture=capture_of(source, "memory:"), data=source)
    name = os.fspath(source) if isinstance(source, os.PathLike) else str(source)
    if name == "-":
        return Opened(capture=capture_of(data := _bounded(sys.stdin.buffer, "standard input"), "stdin:"), data=data)
    if name.startswith(("http://", "https://")):
        from onrecord.captures.fetching import fetch

        return fetch(name)
    return _open_file(Path(name))


@contextmanager
def reading_file(path: Path) -> Iterator[None]:
    """Turn a failure of reading ``path`` into NotFound, NotPermitted or SourceError, which name it."""
    where = str(path)
    try:
        yield
    except FileNotFoundError:
        raise NotFound("no such file", where=where) from None
    except PermissionError:
        raise NotPermitted("no permission to read this file", where=where) from None
    except ValueError:  # a null byte in the name
        raise NotFound("this is not a valid file name", where=where) from None
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror or error}", where=where, hint="Check the disk") from error


def _open_file(path: Path) -> Opened:
    where = str(path)
    with reading_file(path):
        size = path.stat().st_size
        if path.is_dir():
            raise NotFound(
                "this is a folder, not a statement", where=where, hint="Add it to a desk: `onrecord add FOLDER`"
            )
        if size > LARGEST:
            raise TooLarge(
                f"{size / 1e6:.0f} MB, more than the {LARGEST / 1e6:.0f} MB a statement can have", where=where
            )
        with path.open("rb") as file:
            data = _bounded(file, where)
    media_type = mimetypes.guess_type(path.name)[0]
    return Opened(capture=capture_of(data, path.resolve().as_uri(), media_type=media_type), data=data, name=path.name)


def _bounded(file: BinaryIO, where: str) -> bytes:
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise TooLarge(f"more than the {LARGEST / 1e6:.0f} MB a statement can have", where=where)
    return data


def find_sources(names: Iterable[object], *, left_aside: dict[str, int] | None = None) -> Iterator[FoundSource]:
    """Expand folders and patterns and yield every source once, in order.

    Folders are walked recursively in sorted order, without hidden files, desks and files that are clearly not documents;
    ``left_aside`` counts the skipped ones by file extension, and hidden folders. A folder that cannot be entered and a file
    that cannot be found are yielded as errors, and the search continues.
    """
    skipped = {} if left_aside is None else left_aside
    seen: set[str] = set()
    for name in names:
        for found in _expand(os.fspath(name) if isinstance(name, os.PathLike) else str(name), skipped):
            same = found.source if "://" in found.source else os.path.realpath(found.source)
            if found.error is not None or same not in seen:
                seen.add(same)
                yield found


def _expand(name: str, skipped: dict[str, int]) -> Iterator[FoundSource]:
    if name == "-" or name.startswith(("http://", "https://")):
        yield FoundSource(source=name)
    elif os.path.isdir(name):  # noqa: PTH112 — Path.is_dir raises where a folder above may not be entered
        yield from _walk(name, skipped)
    elif os.path.lexists(name) or not glob.has_magic(name):
        yield FoundSource(source=name)
    else:
        matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 — Path.glob takes no absolute pattern
        if not matches:
            yield FoundSource(source=name, error=NotFound("no file matches this pattern", where=name))
        for match in matches:
            if Path(match).is_dir():
                yield from _walk(match, skipped)
            else:
                yield FoundSource(source=match)


def _walk(folder: str, skipped: dict[str, int]) -> Iterator[FoundSource]:
    errors: list[OSError] = []
    real: set[str] = set()
    for path, folders, files in os.walk(folder, followlinks=True, onerror=errors.append):
        resolved = os.path.realpath(path)
        if resolved in real:  # a symbolic link to a parent folder
            folders.clear()
            continue
        real.add(resolved)
        if _DESK.issubset((*folders, *files)):  # a desk: its pages have been added already
            folders.clear()
            skipped["desk"] = skipped.get("desk", 0) + 1
            continue
        hidden = sum(name.startswith(".") for name in folders)
        if hidden:
            skipped["hidden folder"] = skipped.get("hidden folder", 0) + hidden
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            full = os.path.join(path, name)  # noqa: PTH118 — a hundred thousand names
            if _is_document(full, skipped):
                yield FoundSource(source=full)
        while errors:
            yield _inaccessible(errors.pop())
    while errors:
        yield _inaccessible(errors.pop())


def _is_document(path: str, skipped: dict[str, int]) -> bool:
    """Whether a file in a folder may be a document, judged by its name and file type; others are counted in ``skipped``."""
    name = os.path.basename(path)  # noqa: PTH119 — a hundred thousand names
    ending = "hidden" if name.startswith(".") else os.path.splitext(name)[1].lower()  # noqa: PTH122
    if ending != "hidden" and ending not in _SKIPPED:
        try:
            kind = os.stat(path).st_mode  # noqa: PTH116
        except OSError:  # a broken link: opening it reports the error
            return True
        if stat.S_ISREG(kind) or stat.S_ISDIR(kind):
            return True
        ending = "special"  # a pipe or a socket: reading it may block forever
    skipped[ending] = skipped.get(ending, 0) + 1
    return False


def _inaccessible(error: OSError) -> FoundSource:
    where = str(error.filename)
    refused = NotPermitted("no permission to enter this folder", where=where)
    return FoundSource(
        source=where,
        error=refused if isinstance(error, PermissionError) else NotFound(str(error.strerror), where=where),
    )
