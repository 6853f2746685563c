"""Open what a person names: a file, an address, standard input, bytes; and find the files in folders and patterns."""

from __future__ import annotations

import glob
import mimetypes
import os
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import msgspec

from onrecord.errors import FetchFailed, NotFound, NotPermitted, SourceError, TooLarge
from onrecord.record import Capture

#: No statement is larger, in bytes; the largest of the real pages is 1.6 MB. What is larger is an archive or a mistake.
LARGEST = 50_000_000
#: Files in a folder that are no documents: what a folder of saved pages holds besides them.
_LEFT_ASIDE = frozenset(
    ".json .jsonl .csv .tsv .xml .toml .yaml .yml .py .js .css .jpg .jpeg .png .gif .svg .ico .webp .mp3 .mp4 .mov .zip .gz "
    ".xz .bz2 .7z .tar .sqlite .db .lock .pyc .woff .woff2".split()
)
_AGENT = "onrecord/0.1 (reads public statements for research)"


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A capture with its bytes at hand. ``name`` is the file's name, ``declared_encoding`` what a server's header said."""

    capture: Capture
    data: bytes
    name: str = ""
    declared_encoding: str | None = None


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A source found in what was named, or the error met on the way to it."""

    source: str
    error: SourceError | None = None


def capture_of(data: bytes, source: str, *, fetched: str | None = None, media_type: str | None = None) -> Capture:
    """The capture that these bytes are."""
    return Capture(
        sha256=sha256(data).hexdigest(), size=len(data), source=source, fetched=fetched, media_type=media_type
    )


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
        return _fetch(name)
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
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror or error}", where=where, hint="Check the disk") from error
    media_type = mimetypes.guess_type(path.name)[0]
    return Opened(capture=capture_of(data, path.resolve().as_uri(), media_type=media_type), data=data, name=path.name)


def _bounded(file: BinaryIO, where: str) -> bytes:
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise TooLarge(f"more than the {LARGEST / 1e6:.0f} MB a statement can have", where=where)
    return data


def _fetch(url: str) -> Opened:
    """Fetch a page: redirects followed, passing failures tried again, never more than a statement can have."""
    import httpx
    import stamina

    def passing(error: Exception) -> bool:
        if isinstance(error, httpx.HTTPStatusError):
            return error.response.status_code in (429, 500, 502, 503, 504)
        return isinstance(error, httpx.TransportError)

    try:
        for attempt in stamina.retry_context(on=passing, attempts=3, wait_initial=0.3, wait_max=5, timeout=60):
            with (
                attempt,
                httpx.Client(follow_redirects=True, timeout=20, headers={"User-Agent": _AGENT}) as client,
                client.stream("GET", url) as response,
            ):
                response.raise_for_status()
                data = bytearray()
                for chunk in response.iter_bytes():
                    data += chunk
                    if len(data) > LARGEST:
                        raise TooLarge(f"more than the {LARGEST / 1e6:.0f} MB a statement can have", where=url)
                kind = response.headers.get("content-type", "")
                return Opened(
                    capture=capture_of(
                        bytes(data),
                        str(response.url),
                        fetched=datetime.now(UTC).isoformat(timespec="seconds"),
                        media_type=kind.split(";")[0].strip() or None,
                    ),
                    data=bytes(data),
                    name=Path(response.url.path).name,
                    declared_encoding=response.charset_encoding,
                )
    except httpx.HTTPStatusError as error:
        status = error.response.status_code
        raise (NotFound if status in (404, 410) else FetchFailed)(
            f"the server answered {status} {error.response.reason_phrase}", where=url
        ) from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise FetchFailed(f"no answer: {error or type(error).__name__}", where=url) from None
    raise FetchFailed("no answer", where=url)


def find_sources(names: Iterable[object]) -> Iterator[Found]:
    """Every source in what was named, folders and patterns expanded, in order, each once.

    A folder is read through, sorted, without hidden files and without what is plainly no document. What cannot be
    entered or found is yielded as an error, and the rest goes on.
    """
    seen: set[str] = set()
    for name in names:
        for found in _expand(str(name)):
            same = found.source if "://" in found.source else os.path.realpath(found.source)
            if found.error is not None or same not in seen:
                seen.add(same)
                yield found


def _expand(name: str) -> Iterator[Found]:
    if name == "-" or name.startswith(("http://", "https://")):
        yield Found(source=name)
    elif Path(name).is_dir():
        yield from _walk(Path(name))
    elif Path(name).exists() or not glob.has_magic(name):
        yield Found(source=name)
    else:
        matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 — Path.glob takes no absolute pattern
        if not matches:
            yield Found(source=name, error=NotFound("no file fits this pattern", where=name))
        for match in matches:
            yield from _walk(Path(match)) if Path(match).is_dir() else [Found(source=match)]


def _walk(folder: Path) -> Iterator[Found]:
    errors: list[OSError] = []
    real: set[str] = set()
    for path, folders, files in os.walk(folder, followlinks=True, onerror=errors.append):
        resolved = os.path.realpath(path)
        if resolved in real:  # a link that leads back up
            folders.clear()
            continue
        real.add(resolved)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and Path(name).suffix.lower() not in _LEFT_ASIDE:
                yield Found(source=str(Path(path, name)))
        while errors:
            yield _barred(errors.pop())
    while errors:
        yield _barred(errors.pop())


def _barred(error: OSError) -> Found:
    where = str(error.filename)
    barred = NotPermitted("this folder may not be entered", where=where)
    return Found(
        source=where, error=barred if isinstance(error, PermissionError) else NotFound(str(error.strerror), where=where)
    )
