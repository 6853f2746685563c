"""Tell what a source is, and open its statements: all of them, or the one that is meant."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import re
import stat
import warnings
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec

from onrecord.captures.opened import Opened
from onrecord.captures.opening import open_source
from onrecord.containers.archives import messages, warc_pages
from onrecord.containers.feeds import feed_items
from onrecord.containers.items import File, Kind
from onrecord.containers.json_items import json_array, json_lines
from onrecord.containers.tables import csv_rows, media_type, parquet_rows, xlsx_rows
from onrecord.errors import Damaged, NotFound, OnRecordError, ReadingError, SeveralStatements
from onrecord.reading.decoding import decode
from onrecord.reading.fields import parse_map
from onrecord.reading.file_kind import is_feed, is_json_array, is_json_lines, table_divider

#: Bytes at the beginning that tell what a file is, and statements that are counted before the rest is only said to be more.
_HEAD, _COUNTED = 65_536, 100_000
_MBOX = re.compile(rb"From [^\n]{1,300}\n(?:[\w-]+:[^\n]*\n)")
_GZIP = b"\x1f\x8b"


class FieldsGuessed(UserWarning):
    """The fields of a file were taken for parts of a statement by their names."""


def open_all(
    source: object, *, encoding: str | None = None, mapping: str = "", note: Callable[[str], None] | None = None
) -> Iterator[Opened]:
    """Open all statements of a source: one of most files, many of a table, a feed, an archive.

    ``mapping`` names the fields of a table (``text=answer,speaker=who``), ``note`` is called with what was guessed. Raises as
    :func:`~onrecord.captures.opening.open_source`, and ReadingError for a file that breaks off.
    """
    with _opened(source) as opened:
        file = _file(opened, encoding, mapping)
        file.note = note or _warn
        kind = _kind(file)
        if kind is None or opened.stream is None:
            yield _with_fields(opened.whole or open_source(source), mapping)
        else:
            items = kind.items(opened.stream, file)
            yield from (_named(one, kind, number, file) for number, one in enumerate(items, start=1))


def open_one(source: object, *, item: int | None = None, encoding: str | None = None, mapping: str = "") -> Opened:
    """Open the one statement of a source, or its ``item`` (from 1 on).

    Raises SeveralStatements where there are several and none is named, NotFound where there are fewer.
    """
    with _opened(source) as opened:
        file = _file(opened, encoding, mapping)
        file.note = _warn
        kind = _kind(file)
        if kind is None or opened.stream is None:
            if item not in (None, 1):
                raise NotFound(f"there is no item {item}: this is one statement", where=file.uri)
            return _with_fields(opened.whole or open_source(source), mapping)
        if item is not None:
            found = next(islice(kind.items(opened.stream, file), item - 1, None), None) if item > 0 else None
            if found is None:
                raise NotFound(
                    f"there is no item {item}", where=file.uri, hint="Without --item it says how many there are"
                )
            return _named(found, kind, item, file)
        return _named(_only(kind, opened.stream, file), kind, 1, file)


def count_items(source: object) -> int:
    """How many statements a source has, as far as they are counted; without reading more than its beginning for most files."""
    with _opened(source) as opened:
        file = _file(opened, None, "")
        kind = _kind(file)
        if kind is None or opened.stream is None:
            return 1
        return sum(1 for _ in islice(kind.items(opened.stream, file), _COUNTED))


def _only(kind: Kind, stream: BinaryIO, file: File) -> Opened:
    note, told = file.note, list[str]()
    file.note = told.append  # what is said at the beginning is said again when all are counted
    held = list(islice(kind.items(stream, file), 1))
    if not held:
        for words in told:
            note(words)
        raise ReadingError(
            f"this is {kind.name} without a {kind.noun}", where=file.uri, hint="Open it and look what it holds"
        )
    stream.seek(0)
    told.clear()
    total = sum(1 for _ in islice(kind.items(stream, file), _COUNTED))
    if total == 1:
        for words in told:
            note(words)
        return held[0]
    count = f"{total:,}" if total < _COUNTED else f"more than {_COUNTED:,}"
    raise SeveralStatements(f"this is {kind.name} of {count} {kind.noun_in(file)}s, not one statement", where=file.uri)


def _with_fields(opened: Opened, mapping: str) -> Opened:
    """An object of JSON that is a statement by itself, with the fields that the caller names; anything else as it is."""
    if not mapping or not opened.data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return opened
    capture = msgspec.structs.replace(opened.capture, media_type=media_type("application/json", mapping))
    return msgspec.structs.replace(opened, capture=capture)


def _named(opened: Opened, kind: Kind, number: int, file: File) -> Opened:
    return msgspec.structs.replace(opened, part_of=f"{kind.noun_in(file)} {number} of {kind.name}")


def _warn(words: str) -> None:
    warnings.warn(words, FieldsGuessed, stacklevel=3)


class _Source(NamedTuple):
    """A source that is open: its address, its name, and a stream of its bytes, unpacked; None for what cannot be opened so.

    ``whole`` is what was fetched from an address or read from standard input, where that may be one statement.
    """

    uri: str
    name: str
    stream: BinaryIO | None
    whole: Opened | None = None


@contextlib.contextmanager
def _opened(source: object) -> Iterator[_Source]:
    if isinstance(source, bytes):
        yield _Source("memory:", "", _unpacked(io.BytesIO(source)))
        return
    name = os.fspath(source) if isinstance(source, os.PathLike) else str(source)
    if name == "-" or name.startswith(("http://", "https://")):
        whole = open_source(source)
        with _breaking_off(name):
            yield _Source(whole.capture.source, "", _unpacked(io.BytesIO(whole.data)), whole)
        return
    if not _is_file(name):  # open_source tells why
        yield _Source(name, Path(name).name, None)
        return
    with _breaking_off(name), Path(name).open("rb") as stream:
        yield _Source(Path(name).resolve().as_uri(), Path(name).name, _unpacked(stream))


@contextlib.contextmanager
def _breaking_off(name: str) -> Iterator[None]:
    try:
        yield
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise Damaged(f"the compressed file breaks off: {error}", where=name) from None


def _is_file(name: str) -> bool:
    """Whether a name is that of a file that can be read; a pipe could be read only once."""
    try:
        return stat.S_ISREG(os.stat(name).st_mode) and os.access(name, os.R_OK)  # noqa: PTH116 — Path raises for odd names
    except (OSError, ValueError):
        return False


def _unpacked(stream: BinaryIO) -> BinaryIO:
    packed = stream.read(2) == _GZIP
    stream.seek(0)
    return gzip.open(stream) if packed else stream  # type: ignore[return-value]


def _file(source: _Source, encoding: str | None, mapping: str) -> File:
    head = b""
    if source.stream is not None:
        with contextlib.suppress(gzip.BadGzipFile, zlib.error, EOFError, OSError):
            head = source.stream.read(_HEAD)
        source.stream.seek(0)
    try:
        parse_map(mapping)
    except ValueError as error:
        raise ReadingError(f"--map: {error}", where=source.uri, hint="--map text=FIELD,speaker=FIELD") from None
    fetched = source.whole.capture.fetched if source.whole is not None else None
    return File(uri=source.uri, name=source.name, head=head, encoding=encoding, mapping=mapping, fetched=fetched)


def _kind(file: File) -> Kind | None:
    """What a file of several statements is, or None for any other."""
    head = file.head
    if head.startswith(b"WARC/"):
        return Kind(name="a web archive (WARC)", noun="page", items=warc_pages)
    if head.startswith(b"PAR1"):
        return Kind(name="a table (Parquet)", noun="row", items=parquet_rows)
    if head.startswith(b"PK\x03\x04") and (b"xl/" in head[:4_000] or file.name.lower().endswith(".xlsx")):
        return Kind(name="a table (Excel workbook)", noun="row", items=xlsx_rows)
    if _MBOX.match(head):
        return Kind(name="a mailbox", noun="message", items=messages)
    if not head or b"%PDF-" in head[:1024] or head.startswith(b"PK"):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # reading it says so
        try:
            text = decode(head, encoding=file.encoding, where=file.uri).text
        except OnRecordError:
            return None
    return _kind_of_text(text, cut=len(head) == _HEAD)


def _kind_of_text(text: str, cut: bool) -> Kind | None:
    if is_json_array(text, cut=cut):
        return Kind(name="a list (JSON)", noun="item", items=json_array)
    if is_json_lines(text):
        return Kind(name="a list (JSON Lines)", noun="line", items=json_lines)
    feed = is_feed(text)
    if feed:
        return Kind(name=feed, noun="item", items=feed_items)
    divider = table_divider(text)
    if divider is not None:
        name = "a table (TSV)" if divider == "\t" else "a table (CSV)"
        return Kind(name=name, noun="row", items=partial(csv_rows, divider=divider))
    return None
