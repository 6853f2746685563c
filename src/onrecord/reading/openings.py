"""Lines above the first label: places, headings and days, told from sentences that somebody says."""

from __future__ import annotations

import re

#: Places and headings above a transcript are shorter.
_PLACE_LENGTH = 160
_SENTENCE_END = re.compile(r"[.?!…—:][”\"’)\]]*$")
#: Names with a full stop at their end are no sentences: "Washington, D.C.", "The White House, St. Paul Inc."
_ABBREVIATED = re.compile(r"(?:\b[A-Z]\.|\b(?:Jr|Sr|St|Inc|Co|Ave|Blvd|Bldg|Mass|Conn|Fla|Va|Md|Ct)\.)$")


def is_place_line(words: str) -> bool:
    """Whether a line is as short as a place or a heading is, and no sentence."""
    return len(words) <= _PLACE_LENGTH and (not _SENTENCE_END.search(words) or _ABBREVIATED.search(words) is not None)
