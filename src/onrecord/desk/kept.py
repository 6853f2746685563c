"""What takes long to make of a whole record, kept in a file beside it until the record or the program changes.

A file ``index/kept/NAME.msgpack`` begins with a line of JSON that says what it was made of; whatever does not fit that line is
made anew. It may be deleted at any time. Where it cannot be written (a medium that is read-only, a full disk) it is not kept.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

Made = TypeVar("Made")


class Stamp(msgspec.Struct, frozen=True):
    """What a kept answer was made of: the last change and the last annotation of the record, and by which program."""

    change: int | None
    annotation: int | None
    program: str
    layout: int


def kept(folder: Path, name: str, type: type[Made], make: Callable[[], Made], stamp: Stamp) -> Made:
    """What ``make`` makes, of the file where it fits the stamp; else made now, and written for the next time.

    ``folder`` is the desk's. The answer is of a ``type`` that msgspec can write and read.
    """
    path = folder / "index" / "kept" / f"{name}.msgpack"
    with contextlib.suppress(OSError, ValueError, msgspec.DecodeError):
        head, _, body = path.read_bytes().partition(b"\n")
        if msgspec.json.decode(head, type=Stamp) == stamp:
            return msgspec.msgpack.decode(body, type=type)
    made = make()
    part = path.with_name(f"{name}.{os.getpid()}.part")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(msgspec.json.encode(stamp) + b"\n" + msgspec.msgpack.encode(made))
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    return made
