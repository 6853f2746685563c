"""How the time of some work grows with its size: a bound that holds on a slow machine and on a busy one alike."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

#: Work that is done in proportion to its size takes FACTOR times as long at FACTOR times the size; work that is done anew
#: for each part takes FACTOR times FACTOR as long. The limit stands between the two.
FACTOR = 4
LIMIT = 2.5 * FACTOR


def growth(prepare: Callable[[int], Callable[[], object]], size: int, rounds: int = 4) -> float:
    """How many times longer the work takes at :data:`FACTOR` times the size.

    Noise only ever adds to a time, so the shortest of several rounds counts; a ratio well under the limit needs no more.

    Args:
        prepare: Makes the work of a size; only the work that it returns is timed, in seconds of this process.
        size: The smaller size, in whatever unit ``prepare`` takes. The work should take some milliseconds.
        rounds: At most so many measurements of each size.
    """
    small, large = prepare(size), prepare(FACTOR * size)
    shortest = [float("inf"), float("inf")]
    for number in range(rounds):
        for which, work in enumerate((small, large)):
            begun = process_time()
            work()
            shortest[which] = min(shortest[which], process_time() - begun)
        if number and shortest[1] < 1.5 * FACTOR * shortest[0]:
            break
    return shortest[1] / shortest[0]
