"""Answers kept for as long as the record does not change, so that a page asked for again costs nothing."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

Body = tuple[int, bytes]
#: In bytes: some thousand pages.
MOST = 96_000_000


class Recent:
    """The answers last asked for, as many as ``most`` bytes hold; those of a record that has changed since are forgotten."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._bodies: OrderedDict[Hashable, Body] = OrderedDict()
        self._size = 0
        self._state: Hashable = None
        self._lock = threading.Lock()

    def get(self, key: Hashable, state: Hashable, make: Callable[[], Body]) -> Body:
        """The answer under this key as of this state of the record, made where it is not kept."""
        with self._lock:
            if state != self._state:
                self._bodies.clear()
                self._size, self._state = 0, state
            found = self._bodies.get(key)
            if found is not None:
                self._bodies.move_to_end(key)
                return found
        made = make()
        with self._lock:
            if state == self._state and made[0] == 200 and key not in self._bodies and len(made[1]) * 8 < self.most:
                self._bodies[key] = made
                self._size += len(made[1])
                while self._size > self.most:
                    self._size -= len(self._bodies.popitem(last=False)[1][1])
        return made
