"""A cache of answers, valid as long as the record does not change."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future

Body = tuple[int, bytes]
#: Size limit in bytes: some thousand pages.
MOST = 96_000_000


class AnswerCache:
    """An LRU cache of at most ``most`` bytes. A change of the record empties it.

    Of simultaneous equal requests one computes the answer, and the others wait for it.
    """

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._bodies: OrderedDict[Hashable, Body] = OrderedDict()
        self._pending: dict[Hashable, Future[Body]] = {}
        self._size = 0
        self._state: Hashable = None
        self._lock = threading.Lock()

    def get(self, key: Hashable, state: Hashable, make: Callable[[], Body]) -> Body:
        """The cached answer for a key and a state of the record; computed by ``make`` if it is not in the cache.

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
