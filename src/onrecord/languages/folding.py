"""Fold words for comparison: case, width, quotation marks, apostrophes, dashes, white space.

Folding preserves the number of characters, so that an offset into the folded text is also one into the text.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_MARKS = {
    **dict.fromkeys("‘’‛ʼ`´′＇", "'"),
    **dict.fromkeys("“”„‟«»″＂「」『』《》", '"'),
    **dict.fromkeys("‐‑‒–—―−－", "-"),
    "\u00a0": " ", "\u3000": " ", "\t": " ", "\n": " ", "\r": " ", "\v": " ", "\f": " ",
}  # fmt: skip


#: The plain mark that replaces each quotation mark, apostrophe, hyphen and space in a table of names.
_PLAIN = {
    **dict.fromkeys("’‘‛＇`", "'"), **dict.fromkeys("“”„", '"'), **dict.fromkeys("‐‑", "-"),
    **dict.fromkeys("\u00a0\u3000\t\n\r", " "),
}  # fmt: skip


def with_plain_marks(words: str) -> str:
    """Return the words with plain quotes, apostrophes, hyphens and spaces; case and number of characters are unchanged."""
    for mark, plain in _PLAIN.items():  # one replacement per mark is several times faster than a table of characters
        if mark in words:
            words = words.replace(mark, plain)
    return words


@lru_cache(maxsize=20_000)
def _character(character: str) -> str:
    if character in _MARKS:
        return _MARKS[character]
    narrow = unicodedata.normalize("NFKC", character)
    lower = (narrow if len(narrow) == 1 else character).lower()
    return lower if len(lower) == 1 else character


class _Table(dict[int, str]):
    """A table for str.translate that computes each character once."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _character(chr(code))
        return folded


_TABLE = _Table()


def folded(words: str) -> str:
    """Return the words in lower case, half width, with plain quotes, apostrophes and dashes; as many characters as before."""
    if words.isascii():
        return words.lower().translate(_ASCII_SPACES)
    return words.translate(_TABLE)


def searchable(words: str) -> str:
    """Return the :func:`folded` words with Latin letters without their accents, as many characters as before.

    Only for search: "relación" and "relacion" are found by each other there, but they are not one word.
    """
    plain = folded(words)
    return plain if plain.isascii() else plain.translate(_UNACCENTED)


def _unaccented() -> dict[int, str]:
    table = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            table[code] = base
    return table


_UNACCENTED = _unaccented()
_ASCII_SPACES = str.maketrans("\t\n\r\v\f`", "     '")


def case_key(words: str) -> str:
    """One string for all spellings that a pattern with ``re.IGNORECASE`` holds alike, to look up what such a pattern found.

    Lower case is not enough: the pattern takes a dotless i for an i, and a long s for an s.

    >>> case_key("KASIM") == case_key("kasım"), case_key("NİSAN") == case_key("nisan"), case_key("Auguſt")
    (True, True, 'august')
    """
    return words.casefold().replace("ı", "i").replace("\u0307", "")
