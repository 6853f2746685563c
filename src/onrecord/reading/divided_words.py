"""Words with a hyphen at the end of a row: hyphenated to fit the row, or compounds ("well-known")?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

#: A soft hyphen: shown at the end of a row only. It is in a text for the hyphen and the row's end where a word was divided.
SOFT_HYPHEN = "\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class DividedWords:
    """Distinguishes words hyphenated at the ends of rows from compounds. ``ends`` are the two parts of each.

    The evidence is in the text: how it writes the word elsewhere, and whether only compounds have hyphens at row ends. The
    Federal Reserve's transcripts never hyphenate; newspapers and translations set in columns do.
    """

    def __init__(self, text: str, ends: Iterable[tuple[str, str]]) -> None:
        self.words = Counter(word.casefold() for word in _WORD.findall(text))
        found = [(head.casefold(), tail.casefold()) for head, tail in ends]
        joined = any(self.words[head + tail] for head, tail in found)
        compounds = sum(self.words[f"{head}-{tail}"] > 0 or self._both_known(head, tail) for head, tail in found)
        self.divides = len(found) < 3 or joined or compounds * 2 < len(found)

    def _both_known(self, head: str, tail: str) -> bool:
        """Whether both parts are words of the text: each counts once for this very place."""
        return self.words[head] > 1 and self.words[tail] > 1

    def is_one(self, head: str, tail: str) -> bool:
        """Whether the two parts on two rows are one word without a hyphen."""
        as_one, as_two = self.words[(head + tail).casefold()], self.words[f"{head}-{tail}".casefold()]
        if as_one or as_two:
            return as_one >= as_two
        return self.divides and not tail[0].isupper() and not self._both_known(head.casefold(), tail.casefold())
