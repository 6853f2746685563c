"""JSON Lines, and arrays of objects in JSON: the bytes of each object as they stand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from onrecord.captures.opened import LARGEST, Opened
from onrecord.containers.conferences import Conference, Row, conference_of
from onrecord.containers.items import NOTHING_BEHIND, File
from onrecord.containers.tables import objects, tell_fields
from onrecord.errors import OnRecordError, ReadingError, TooLarge
from onrecord.reading.fields import find_pair, parse_map
from onrecord.reading.json_strings import scalars

_CHUNK = 1 << 20
#: A string, or a bracket; a string that does not end yet is looked at again with what follows.
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|(?P<open>\Z))|[{}\[\]]', re.S)


def _row(data: bytes, number: int, file: File, asked: Mapping[str, str]) -> Row:
    if number == 1:
        _tell(data, file)
    return Row(data, number, _conference(data, asked) if file.pairs else None)


def _conference(data: bytes, asked: Mapping[str, str]) -> Conference | None:
    """The conference that an object is of, by the scalars at its top."""
    try:
        values = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, dict) or not any(find_pair(values, asked)):
        return None
    return conference_of({name: str(value) for name, value in values.items() if value is not None}, asked)


def _tell(data: bytes, file: File) -> None:
    """Say which fields were taken, by the first object; an object without words is told of when it is read."""
    try:
        json.loads(data)
        values = scalars(data.decode("utf-8", "replace"))
        tell_fields([name for name in values if not any(part.isdigit() for part in name.split("."))], file)
    except (ValueError, RecursionError):
        return
    except OnRecordError:
        if file.mapping:
            raise


def json_lines(stream: BinaryIO, file: File) -> Iterator[Opened]:
    """The lines of a file, each an object."""
    return objects(_lines(stream, file), "line", file)


def json_array(stream: BinaryIO, file: File) -> Iterator[Opened]:
    """The objects of an array."""
    return objects(_members(stream, file), "item", file)


def _lines(stream: BinaryIO, file: File) -> Iterator[Row]:
    asked = parse_map(file.mapping)
    stream.seek(3 if file.head.startswith(b"\xef\xbb\xbf") else 0)
    number = 0
    while line := stream.readline(LARGEST + 1):
        number += 1
        if len(line) > LARGEST:
            raise TooLarge(
                f"line {number} has more than the {LARGEST / 1e6:.0f} MB a statement can have; {NOTHING_BEHIND}",
                where=file.uri,
            )
        if line.strip():
            yield _row(line.rstrip(b"\r\n"), number, file, asked)


def _scalars(between: bytes) -> int:
    """How many numbers and other bare words stand between two brackets or strings."""
    return sum(bool(part.strip()) for part in between.split(b","))


def _members(stream: BinaryIO, file: File) -> Iterator[Row]:
    asked = parse_map(file.mapping)
    stream.seek(0)
    buffer, at, depth, begun, number, others = b"", 0, 0, 0, 0, 0
    while chunk := stream.read(_CHUNK):
        keep = begun if depth > 1 else at
        buffer, at, begun = buffer[keep:] + chunk, at - keep, begun - keep
        if len(buffer) > LARGEST + _CHUNK:
            raise TooLarge(
                f"item {number + 1} has more than the {LARGEST / 1e6:.0f} MB a statement can have; {NOTHING_BEHIND}",
                where=file.uri,
            )
        for match in _TOKEN.finditer(buffer, at):
            if match["open"] is not None:
                at = match.start()
                break
            others += _scalars(buffer[at : match.start()]) if depth == 1 else 0
            at = match.end()
            sign = match.group()
            if sign[:1] == b'"':
                others += depth == 1
            elif sign in b"{[":
                depth += 1
                if depth == 2:
                    begun = match.start()
            elif sign in b"}]":
                depth -= 1
                others += depth == 1 and sign == b"]"
                if depth == 1 and sign == b"}":
                    number += 1
                    yield _row(buffer[begun:at], number, file, asked)
        else:
            at = max(at, len(buffer) - 1) if depth <= 1 else at
    if others:
        file.note(f"{file.name or file.uri}: {others} members of the list are no objects and were not read")
    if depth > 0:
        raise ReadingError(f"the array breaks off behind item {number}", where=file.uri, hint="Fetch it again")
