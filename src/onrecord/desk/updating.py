"""Results of a whole record that are updated by the documents that changed, instead of being computed again.

A process keeps the last result of each name and updates that; one that has none takes it from the cache file
(:mod:`onrecord.desk.cache`), which may belong to an earlier state.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from onrecord.desk.cache import Stamp, changes, computing_alone, read_any_cached, stamp_of, write_cached

Result = TypeVar("Result")
#: A process that keeps a result writes it again after so many changes of documents, so that the next one has few to add.
_WRITE_AFTER = 200


class Base(NamedTuple):
    """A result, the state of the record it belongs to, and how many changes of documents the file on the disk lacks."""

    stamp: Stamp
    result: Any
    unwritten: int


class Updatable(NamedTuple, Generic[Result]):
    """How a result of this name and type is made from nothing, and updated by the ids of documents that changed."""

    name: str
    type: type[Result]
    make: Callable[[], Result]
    update: Callable[[Result, list[str]], Result]


def update_result(
    folder: Path,
    record: sqlite3.Connection,
    bases: dict[str, Base],
    how: Updatable[Result],
    stamp: Stamp,
    pending: bool,
) -> Result:
    """The result for the state ``stamp`` of a record, made from the last one of this process, from the file, or from nothing.

    With ``pending`` writes the result is neither kept nor written.
    """
    base = bases.get(how.name)
    found = _updated(record, base, how, stamp) if base is not None else None
    if found is None:
        with computing_alone(folder, how.name):
            found = _from_file(folder, record, how, stamp)
    if not pending and stamp_of(record, stamp.layout) == stamp:
        if found.unwritten > (_WRITE_AFTER if base is not None else 0):
            write_cached(folder, how.name, found.result, stamp)
            found = found._replace(unwritten=0)
        if base is None or _follows(stamp, base.stamp):
            bases[how.name] = found
    result: Result = found.result
    return result


def _follows(stamp: Stamp, other: Stamp) -> bool:
    """Whether a state is no earlier than another: a thread may still ask about the state before."""
    return (stamp.state.change, stamp.state.annotation) >= (other.state.change, other.state.annotation)


def _updated(record: sqlite3.Connection, base: Base, how: Updatable[Result], stamp: Stamp) -> Base | None:
    """A result made current; None if it cannot be."""
    if base.stamp == stamp:
        return base
    documents = changes(record, base.stamp, stamp)
    if documents is None:
        return None
    return Base(stamp, how.update(base.result, documents), base.unwritten + len(documents))


def _from_file(folder: Path, record: sqlite3.Connection, how: Updatable[Result], stamp: Stamp) -> Base:
    """The result in the file made current, or one made from nothing."""
    stored = read_any_cached(folder, how.name, how.type, lambda of: changes(record, of, stamp) is not None)
    found = _updated(record, Base(*stored, 0), how, stamp) if stored is not None else None
    return found or Base(stamp, how.make(), 1)
