"""Words with their places: what is searched, counted and compared.

A token is a run of letters and digits, or one Han character: Chinese is written without spaces, and one token a
character makes every phrase exact, of two characters too. Hyphens, apostrophes and punctuation divide, so that
"non-conflict" is found by "non conflict"; a number keeps its point and commas ("6.2", "1,300").
"""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.language.folding import folded

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ffff"
_TOKEN = re.compile(rf"[{_HAN}]|\d+(?:[.,]\d+)+|[^\W_{_HAN}]+")


class Token(NamedTuple):
    """A folded word and its place ``[start, end)`` in the text."""

    word: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The tokens of a text, in order."""
    plain = folded(text)
    return [Token(match.group(), *match.span()) for match in _TOKEN.finditer(plain)]


def words(text: str) -> list[str]:
    """The folded words alone."""
    return _TOKEN.findall(folded(text))


def is_han(word: str) -> bool:
    """Whether a token is a Han character."""
    return len(word) == 1 and ("\u3400" <= word <= "\u9fff" or word >= "\uf900") and not word.isascii()
