"""Open what a person names: a file, an address, standard input, bytes; and find the files in folders and patterns."""

from __future__ import annotations

import glob
import mimetypes
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from onrecord.captures.opened import LARGEST, Opened, capture_of
from onrecord.errors import NotFound, NotPermitted, SourceError, TooLarge

__all__ = ["LARGEST", "Found", "Opened", "capture_of", "find_sources", "open_source"]

#: Files in a folder that are no documents: what a folder of saved pages holds besides them.
_LEFT_ASIDE = frozenset(
    ".json .jsonl .csv .tsv .xml .toml .yaml .yml .py .js .css .jpg .jpeg .png .gif .svg .ico .webp .mp3 .mp4 .mov .zip .gz "
    ".xz .bz2 .7z .tar .sqlite .db .lock .pyc .woff .woff2".split()
)
#: The names by which a desk is known.
_DESK = frozenset(("record.sqlite", "captures"))


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A source found in what was named, or the error met on the way to it."""

    source: str
    error: SourceError | None = None


def open_source(source: object) -> Opened:
    """Open one source: a path, an ``http(s)`` URL, ``"-"`` for standard input, or bytes.

    Raises NotFound, NotPermitted, TooLarge or FetchFailed, each naming the source.
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


def _open_file(path: Path) -> Opened:
    where = str(path)
    try:
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
    except FileNotFoundError:
        raise NotFound("no such file", where=where) from None
    except PermissionError:
        raise NotPermitted("this file may not be read", where=where) from None
    except ValueError:  # a zero byte in the name
        raise NotFound("no file can have this name", where=where) from None
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror or error}", where=where, hint="Check the disk") from error
    media_type = mimetypes.guess_type(path.name)[0]
    return Opened(capture=capture_of(data, path.resolve().as_uri(), media_type=media_type), data=data, name=path.name)


def _bounded(file: BinaryIO, where: str) -> bytes:
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise TooLarge(f"more than the {LARGEST / 1e6:.0f} MB a statement can have", where=where)
    return data


def find_sources(names: Iterable[object], *, left_aside: dict[str, int] | None = None) -> Iterator[Found]:
    """Every source in what was named, folders and patterns expanded, in order, each once.

    A folder is read through, sorted, without hidden files, desks, and what is plainly no document; ``left_aside`` counts
    these by the ending of their names. What cannot be entered or found is yielded as an error, and the rest goes on.
    """
    aside = {} if left_aside is None else left_aside
    seen: set[str] = set()
    for name in names:
        for found in _expand(os.fspath(name) if isinstance(name, os.PathLike) else str(name), aside):
            same = found.source if "://" in found.source else os.path.realpath(found.source)
            if found.error is not None or same not in seen:
                seen.add(same)
                yield found


def _expand(name: str, aside: dict[str, int]) -> Iterator[Found]:
    if name == "-" or name.startswith(("http://", "https://")):
        yield Found(source=name)
    elif os.path.isdir(name):  # noqa: PTH112 — Path.is_dir raises where a folder above may not be entered
        yield from _walk(name, aside)
    elif os.path.lexists(name) or not glob.has_magic(name):
        yield Found(source=name)
    else:
        matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 — Path.glob takes no absolute pattern
        if not matches:
            yield Found(source=name, error=NotFound("no file fits this pattern", where=name))
        for match in matches:
            if Path(match).is_dir():
                yield from _walk(match, aside)
            else:
                yield Found(source=match)


def _walk(folder: str, aside: dict[str, int]) -> Iterator[Found]:
    errors: list[OSError] = []
    real: set[str] = set()
    for path, folders, files in os.walk(folder, followlinks=True, onerror=errors.append):
        resolved = os.path.realpath(path)
        if resolved in real:  # a link that leads back up
            folders.clear()
            continue
        real.add(resolved)
        if _DESK.issubset((*folders, *files)):  # its pages are on a desk already
            folders.clear()
            aside["desk"] = aside.get("desk", 0) + 1
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            full = os.path.join(path, name)  # noqa: PTH118 — a hundred thousand names
            if _is_document(full, aside):
                yield Found(source=full)
        while errors:
            yield _barred(errors.pop())
    while errors:
        yield _barred(errors.pop())


def _is_document(path: str, aside: dict[str, int]) -> bool:
    """Whether a file of a folder may be a document, by its name and kind; what is not is counted."""
    name = os.path.basename(path)  # noqa: PTH119 — a hundred thousand names
    ending = "hidden" if name.startswith(".") else os.path.splitext(name)[1].lower()  # noqa: PTH122
    if ending != "hidden" and ending not in _LEFT_ASIDE:
        try:
            kind = os.stat(path).st_mode  # noqa: PTH116
        except OSError:  # a link to nowhere: opening it says so
            return True
        if stat.S_ISREG(kind) or stat.S_ISDIR(kind):
            return True
        ending = "special"  # a pipe, a socket: reading one may never end
    aside[ending] = aside.get(ending, 0) + 1
    return False


def _barred(error: OSError) -> Found:
    where = str(error.filename)
    barred = NotPermitted("this folder may not be entered", where=where)
    return Found(
        source=where, error=barred if isinstance(error, PermissionError) else NotFound(str(error.strerror), where=where)
    )
