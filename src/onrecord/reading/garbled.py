"""Text that was decoded wrongly before it was saved: UTF-8 taken for a Western encoding, so that "It’s" became "Itâ€™s"."""

from __future__ import annotations

import re

#: What the bytes of UTF-8 behind the first become in Windows-1252; undefined bytes become control characters.
_REST = "\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€"
#: A first byte of Latin, Cyrillic, Greek letters or of punctuation, with as many others as it calls for.
_GARBLED = re.compile(rf"[ÂÃÅÄÎÏÐÑØÙ][{_REST}]|â[{_REST}]{{2}}")
_SIGNS = frozenset("ÂÃÐÑâÎÏØÙ")
_LOOKED_AT, _FEWEST = 200_000, 3


def is_garbled(text: str) -> bool:
    """Whether a text holds at least three characters that were decoded wrongly before it was saved.

    >>> is_garbled("Itâ€™s open. Thatâ€™s all â€” for today."), is_garbled("C’est à l’été, naïve."), is_garbled("NÃO É")
    (True, False, False)
    """
    if text.isascii() or not any(sign in text for sign in _SIGNS):
        return False
    found = 0
    for match in _GARBLED.finditer(text, 0, _LOOKED_AT):
        found += _decodes(match.group())
        if found >= _FEWEST:
            return True
    return False


def _decodes(letters: str) -> bool:
    """Whether letters are the bytes of a character in UTF-8."""
    data = bytearray()
    for letter in letters:
        try:
            data += letter.encode("cp1252")
        except UnicodeEncodeError:
            data += letter.encode("latin-1", "replace")
    try:
        return len(data.decode("utf-8")) == 1
    except UnicodeDecodeError:
        return False
