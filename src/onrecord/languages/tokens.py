"""Words with their spans: the unit of search, counting and comparison.

A token is a run of letters and digits, or one Han character: Chinese is written without spaces, and one token per character
makes every phrase search exact, even of two characters. Hyphens, apostrophes and punctuation separate tokens, so that
"non-conflict" is found by "non conflict"; a number keeps its point and commas ("6.2", "1,300"). What shows as nothing inside a
word (a soft hyphen, a zero-width space) and how its letters are set (ligatures, accents as marks of their own) do not divide or
change it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.languages.folding import folded, searchable

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ffff"
_TOKEN = re.compile(rf"[{_HAN}]|\d+(?:[.,]\d+)+|[^\W_{_HAN}]+")
#: What may stand inside a word and is no letter of it, and letters set as one. The joiners of Arabic script divide.
_INSIDE = "\u00ad\u200b\u2060\ufeff\u0300-\u036f"
_ODD = re.compile(f"[{_INSIDE}\ufb00-\ufb06]")
_ODD_TOKEN = re.compile(rf"[{_HAN}]|\d+(?:[.,]\d+)+|[^\W_{_HAN}]+(?:[{_INSIDE}]+[^\W_{_HAN}]*)*")


class Token(NamedTuple):
    """A folded word and its span ``[start, end)`` in the text."""

    word: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The tokens of a text, in order."""
    plain = folded(text)
    if has_odd_letters(plain):
        return [Token(_letters(match.group()), *match.span()) for match in _ODD_TOKEN.finditer(plain)]
    return [Token(match.group(), *match.span()) for match in _TOKEN.finditer(plain)]


def words(text: str) -> list[str]:
    """Return the folded words alone."""
    plain = folded(text)
    return list(map(_letters, _ODD_TOKEN.findall(plain))) if has_odd_letters(plain) else _TOKEN.findall(plain)


def has_odd_letters(text: str) -> bool:
    """Whether a text holds ligatures, or what shows as nothing inside a word: its tokens are then not as they are spelled."""
    return not text.isascii() and _ODD.search(text) is not None


def _letters(word: str) -> str:
    """The letters of a word alone, ligatures taken apart, accents of their own put onto their letters."""
    if _ODD.search(word) is None:
        return word
    bare = re.sub("[\u00ad\u200b\u2060\ufeff]", "", word)
    return "".join(
        unicodedata.normalize("NFKC", one) if "\ufb00" <= one <= "\ufb06" else one for one in _composed(bare)
    )


def _composed(word: str) -> str:
    return unicodedata.normalize("NFC", word)


def is_han(word: str) -> bool:
    """Whether a token is a Han character."""
    return len(word) == 1 and ("\u3400" <= word <= "\u9fff" or word >= "\uf900") and not word.isascii()


#: Punctuation that no phrase spans. Phrases do span hyphens, apostrophes and quotation marks
#: ("so-called 'Taiwan independence' forces" is one phrase).
_BREAK = r"[.,;:!?()\[\]{}|/…，。、；：？！（）【】]"
_STREAM = re.compile(rf"{_TOKEN.pattern}|{_BREAK}|\n\n")
_ODD_STREAM = re.compile(rf"{_ODD_TOKEN.pattern}|{_BREAK}|\n\n")
#: Marks a break in a stream of words; not a word itself.
BREAK = "¶"


def placed_stream(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the searchable words with their spans, and a :data:`BREAK` at punctuation and paragraph ends."""
    plain = searchable(text)
    if "\n" in text:  # folding turns line breaks into spaces, but paragraph breaks divide
        plain = "".join("\n" if was == "\n" else now for was, now in zip(text, plain, strict=True))
    odd = has_odd_letters(plain)
    waiting: tuple[str, int, int] | None = None
    begun = False
    for match in (_ODD_STREAM if odd else _STREAM).finditer(plain):
        if match[0][0].isalnum():
            if waiting is not None:
                yield waiting
                waiting = None
            yield _searched(match[0]) if odd else match[0], match.start(), match.end()
            begun = True
        elif begun and waiting is None:
            waiting = (BREAK, match.start(), match.end())


def stream(text: str) -> list[str]:
    """Return the words of :func:`placed_stream` alone."""
    plain = searchable(text) if "\n" not in text else "\n\n".join(searchable(part) for part in text.split("\n\n"))
    odd = has_odd_letters(plain)
    found: list[str] = []
    for word in (_ODD_STREAM if odd else _STREAM).findall(plain):
        if word[0].isalnum():
            found.append(_searched(word) if odd else word)
        elif found and found[-1] is not BREAK:
            found.append(BREAK)
    if found and found[-1] is BREAK:
        found.pop()
    return found


def _searched(word: str) -> str:
    """A word with odd letters as it is searched: composed, and then without the accents of Latin letters."""
    return searchable(_letters(word))
