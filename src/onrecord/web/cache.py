"""Answers kept for as long as the record does not change, so that a page asked for again costs nothing."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future

Body = tuple[int, bytes]
#: In bytes: some thousand pages.
MOST = 96_000_000


class AnswerCache:
    """The answers last asked for, as many as ``most`` bytes hold; those of a record that has changed since are forgotten.

    Of readers who ask the same at the same time one has it worked out, and the others wait for that.
    """

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._bodies: OrderedDict[Hashable, Body] = OrderedDict()
        self._pending: dict[Hashable, Future[Body]] = {}
        self._size = 0
        self._state: Hashable = None
        self._lock = threading.Lock()

    def get(self, key: Hashable, state: Hashable, make: Callable[[], Body]) -> Body:
        """The answer under this key as of this state of the record, made where it is not in the cache.

        Raises what ``make`` raises.
        """
        with self._lock:
            if state != self._state:
                self._bodies.clear()
                self._size, self._state = 0, state
            found = self._bodies.get(key)
            if found is not None:
                self._bodies.move_to_end(key)
                return found
            pending = self._pending.get((key, state))
            if pending is None:
                mine = self._pending[key, state] = Future()
        if pending is not None:
            return pending.result()
        try:
            made = make()
        except BaseException as error:
            mine.set_exception(error)
            raise
        else:
            mine.set_result(made)
            self._keep(key, state, made)
            return made
        finally:
            with self._lock:
                del self._pending[key, state]

    def _keep(self, key: Hashable, state: Hashable, made: Body) -> None:
        with self._lock:
            if state == self._state and made[0] == 200 and key not in self._bodies and len(made[1]) * 8 < self.most:
                self._bodies[key] = made
                self._size += len(made[1])
                while self._size > self.most:
                    self._size -= len(self._bodies.popitem(last=False)[1][1])
