"""Lines above the first label: places, headings and days, as distinct from speech."""

from __future__ import annotations

import re

from onrecord.reading.lines import Line
from onrecord.reading.turns import BEFORE_ANYBODY, Mark

#: Longest place or heading above a transcript, in characters.
_PLACE_LENGTH = 160
_SENTENCE_END = re.compile(r"[.?!…—:][”\"’)\]]*$")
#: Names that end in a full stop are not sentences: "Washington, D.C.", "The White House, St. Paul Inc."
_ABBREVIATED = re.compile(r"(?:\b[A-Z]\.|\b(?:Jr|Sr|St|Inc|Co|Ave|Blvd|Bldg|Mass|Conn|Fla|Va|Md|Ct)\.)$")


def is_place_line(words: str) -> bool:
    """Whether a line is as short as a place or a heading, and not a sentence."""
    return len(words) <= _PLACE_LENGTH and (not _SENTENCE_END.search(words) or _ABBREVIATED.search(words) is not None)


def opening_mark(line: Line, furniture: str | None, *, note: bool = False) -> Mark:
    """The mark of a line above the first label: the furniture of that name, a note, or words that are not understood."""
    if furniture is not None:
        return Mark(line=line, voice="furniture", name=furniture)
    if note:
        return Mark(line=line, voice="note")
    return Mark(line=line, voice="more", name=BEFORE_ANYBODY)
