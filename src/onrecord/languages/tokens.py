"""Words with their spans: the unit of search, counting and comparison.

A token is a run of letters and digits, or one Han character: Chinese is written without spaces, and one token per character
makes every phrase search exact, even of two characters. Hyphens, apostrophes and punctuation separate tokens, so that
"non-conflict" is found by "non conflict"; a number keeps its point and commas ("6.2", "1,300").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.languages.folding import folded

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ffff"
_TOKEN = re.compile(rf"[{_HAN}]|\d+(?:[.,]\d+)+|[^\W_{_HAN}]+")


class Token(NamedTuple):
    """A folded word and its span ``[start, end)`` in the text."""

    word: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The tokens of a text, in order."""
    plain = folded(text)
    return [Token(match.group(), *match.span()) for match in _TOKEN.finditer(plain)]


def words(text: str) -> list[str]:
    """Return the folded words alone."""
    return _TOKEN.findall(folded(text))


def is_han(word: str) -> bool:
    """Whether a token is a Han character."""
    return len(word) == 1 and ("\u3400" <= word <= "\u9fff" or word >= "\uf900") and not word.isascii()


#: Punctuation that no phrase spans. Phrases do span hyphens, apostrophes and quotation marks
#: ("so-called 'Taiwan independence' forces" is one phrase).
_BREAK = r"[.,;:!?()\[\]{}|/…，。、；：？！（）【】]"
_STREAM = re.compile(rf"{_TOKEN.pattern}|{_BREAK}|\n\n")
#: Marks a break in a stream of words; not a word itself.
BREAK = "¶"


def placed_stream(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the folded words with their spans, and a :data:`BREAK` at punctuation and paragraph ends."""
    plain = folded(text)
    if "\n" in text:  # folding turns line breaks into spaces, but paragraph breaks divide
        plain = "".join("\n" if was == "\n" else now for was, now in zip(text, plain, strict=True))
    waiting: tuple[str, int, int] | None = None
    begun = False
    for match in _STREAM.finditer(plain):
        if match[0][0].isalnum():
            if waiting is not None:
                yield waiting
                waiting = None
            yield match[0], match.start(), match.end()
            begun = True
        elif begun and waiting is None:
            waiting = (BREAK, match.start(), match.end())


def stream(text: str) -> list[str]:
    """Return the words of :func:`placed_stream` alone."""
    plain = folded(text) if "\n" not in text else "\n\n".join(folded(part) for part in text.split("\n\n"))
    found: list[str] = []
    for word in _STREAM.findall(plain):
        if word[0].isalnum():
            found.append(word)
        elif found and found[-1] is not BREAK:
            found.append(BREAK)
    if found and found[-1] is BREAK:
        found.pop()
    return found
