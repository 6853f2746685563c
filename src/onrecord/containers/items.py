"""What a file of several statements is opened with, and what each kind of file says of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

import msgspec

from onrecord.captures.opened import LARGEST, Opened, capture_of
from onrecord.errors import TooLarge

#: What a file that holds something too large is told of, besides.
NOTHING_BEHIND = "nothing behind it was read"


class File(msgspec.Struct, kw_only=True):
    """A file that is being opened: its address, its name, the beginning of its bytes, and what the caller said of it.

    ``mapping`` names fields by the part of a statement; ``note`` is called with what was guessed. ``pairs`` says that its rows
    hold a question and an answer each, which is known once its fields are; ``fetched`` is when it was fetched, if it was.
    """

    uri: str
    name: str
    head: bytes
    encoding: str | None = None
    mapping: str = ""
    note: Callable[[str], None] = lambda words: None
    pairs: bool = False
    fetched: str | None = None

    def item(
        self,
        data: bytes,
        place: str,
        *,
        media_type: str | None = None,
        encoding: str | None = None,
        uri: str | None = None,
        fetched: str | None = None,
        suffix: str = "",
    ) -> Opened:
        """One statement of the file. Raises TooLarge beyond the size of a statement."""
        source = uri or f"{self.uri}#{place}"
        if len(data) > LARGEST:
            raise TooLarge(f"more than the {LARGEST / 1e6:.0f} MB a statement can have; {NOTHING_BEHIND}", where=source)
        capture = capture_of(data, source, fetched=fetched or self.fetched, media_type=media_type)
        return Opened(capture=capture, data=data, name=suffix, declared_encoding=encoding)


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of file: its ``name`` with an article, what its statements are called, and how they are read from a stream."""

    name: str
    noun: str
    items: Callable[[BinaryIO, File], Iterator[Opened]]
    path_needed: bool = False

    def noun_in(self, file: File) -> str:
        """What the statements of a file are called: rows of one conference are put together, and no rows any more."""
        return "statement" if file.pairs else self.noun
