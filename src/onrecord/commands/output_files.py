"""Files that a command is asked to write: whole or not at all, and what fails is told by the file's name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.errors import NotWritten


@contextmanager
def told_by_name(path: Path) -> Iterator[None]:
    """Turn a failure of writing to ``path`` into NotWritten."""
    try:
        yield
    except OSError as error:
        raise NotWritten(f"the file cannot be written: {error.strerror}", where=str(path)) from None


def write_file(path: Path, data: bytes) -> None:
    """Write a file so that it appears when it is whole. Raises NotWritten."""
    part = path.with_name(f".{path.name}.part")
    with told_by_name(path):
        try:
            part.write_bytes(data)
            part.replace(path)
        except OSError:
            part.unlink(missing_ok=True)
            raise
