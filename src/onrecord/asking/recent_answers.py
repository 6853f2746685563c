"""The last few results of a kind of question, kept until the record changes: a reader pages through one question."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from onrecord.desk.store import Desk

Made = TypeVar("Made")
#: How many results of a kind are kept.
_MOST = 16


def cached_answer(desk: Desk, kind: str, key: str, make: Callable[[], Made]) -> Made:
    """The result for ``key``, made by ``make`` unless it is among the last few of its ``kind``."""
    cached: dict[str, Made] = desk.remembered(kind, dict)
    made = cached.get(key)
    if made is None:
        made = make()
        if len(cached) >= _MOST:
            cached.clear()
        cached[key] = made
    return made
