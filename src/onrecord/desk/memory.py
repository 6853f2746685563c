"""Results computed from a record, kept in memory until the record changes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

from onrecord.desk.updating import Base

Result = TypeVar("Result")


class Memory:
    """An in-memory cache of results computed from a record, each kept for its last two states.

    Several threads that have the same desk open may share one: a result is computed once, and other threads wait for it.
    Two states are kept because during a write one thread may still use the previous state.
    """

    def __init__(self) -> None:
        self._results: dict[str, tuple[tuple[object, Any], ...]] = {}
        self._computing: dict[str, threading.RLock] = {}
        self._lock = threading.Lock()
        #: The last results of :meth:`onrecord.desk.Desk.updated`, from which those of later states are made.
        self.bases: dict[str, Base] = {}

    def get(
        self, name: str, state: object, compute: Callable[[], Result], valid: Callable[[Result], bool] | None = None
    ) -> Result:
        """The result of this name for this state of the record, computed now if it is not cached, or no longer ``valid``."""
        for of, result in self._results.get(name, ()):
            if of == state and (valid is None or valid(result)):
                return cast(Result, result)
        with self._lock:
            computing = self._computing.setdefault(name, threading.RLock())
        with computing:
            for of, result in self._results.get(name, ()):
                if of == state and (valid is None or valid(result)):
                    return cast(Result, result)
            computed = compute()
            self._results[name] = ((state, computed), *self._results.get(name, ())[:1])
            return computed
