"""Who says what, where a file itself says: the fields of a row, the cues of subtitles, the elements of a debate."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal

import msgspec

from onrecord.reading.lines import Line


class Said(msgspec.Struct, frozen=True, gc=False):
    """Words of one voice, from the character ``start`` of the page's text on.

    ``name`` is who the file says it is, or nothing where a label in the words may tell; ``outlet`` is given where the file has a
    field for it, and ``side`` where it says who asks and who answers.
    """

    start: int
    name: str = ""
    outlet: str = ""
    side: Literal["asks", "answers"] | None = None


def said_of(lines: list[Line], said: Sequence[Said]) -> list[Said | None]:
    """For each line the voice that starts with it, or None if the line continues the voice before."""
    starts = [one.start for one in said]
    found: list[Said | None] = []
    last = -1
    for line in lines:
        at = bisect_right(starts, line.source[0]) - 1
        found.append(said[at] if at > last else None)
        last = max(last, at)
    return found
