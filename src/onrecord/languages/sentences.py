"""Sentences and their spans: end marks of any script, and abbreviations whose full stop ends no sentence."""

from __future__ import annotations

import re

#: Words whose full stop does not end a sentence, and words that are abbreviations only before a number.
Abbreviations = tuple[frozenset[str], frozenset[str]]
#: Single letters ("U.S.", "J. Smith") are recognised without being listed.
_ABBREVIATED = frozenset(
    "mr mrs ms dr prof gen lt col sgt capt gov sen rep hon rev st jr sr vs fig approx dept est inc ltd co corp mt ft "
    "a.m p.m i.e e.g u.s u.k u.n d.c ph.d".split()
)
#: Abbreviations only before a number ("No. 5", "Sept. 28"); otherwise words.
_NUMBERED = frozenset("no nos vol art sec p pp jan feb mar apr jun jul aug sept sep oct nov dec".split())
#: Each of these patterns begins with one set of characters: re skips fast to the next of a set, but not of alternatives.
_ENDS = re.compile(
    r"[。！？；….?!\n](?:"
    r"(?<=[。！？；…])[。！？；…]*[”’」』）)\"']*"  # Chinese: whatever follows
    r"|(?<=[.?!])(?<![.?!][.?!])[.?!]*[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[^\W_a-z])"  # English: a capital or a digit must follow
    r"|(?<=\n)\n*)"
)
#: End marks of any script.
_ENDS_IN_ANY_SCRIPT = re.compile(
    r"[。！？；….?!؟۔।።\n](?:"
    r"(?<=[。！？；…])[。！？；…]*[”’」』）)\"']*"  # Chinese and Japanese: whatever follows
    r"|(?<=[.?!؟۔।።])(?<![.?!؟۔।።][.?!؟۔।።])[.?!؟۔।።]*[\"'”’»)\]]*(?=\s+[\"'“‘«(\[¿¡]*([^\W_a-z]))"  # no small letter
    r"|(?<=\n)\n*)"
)
#: English abbreviations, which pages in any language quote.
_USUAL: Abbreviations = (_ABBREVIATED, _NUMBERED)
_LAST_WORD = re.compile(r"[\w.]+$")


def sentences(text: str, abbreviations: Abbreviations = _USUAL, *, any_script: bool = False) -> list[tuple[int, int]]:
    """Return the spans ``[start, end)`` of the sentences, without surrounding white space.

    The end of a paragraph ends a sentence. A full stop after an abbreviation or an initial does not; ``abbreviations`` are those
    of the language (by default English); ``any_script`` adds end marks of languages other than English and Chinese.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for match in (_ENDS_IN_ANY_SCRIPT if any_script else _ENDS).finditer(text):
        if any_script and match[1] and match[1].islower():  # lower-case letters outside a to z
            continue
        if match.group()[0] == "." and _abbreviated(text, match.start(), abbreviations):
            continue
        _put(found, text, start, match.end())
        start = match.end()
    _put(found, text, start, len(text))
    return found


def _abbreviated(text: str, stop: int, abbreviations: Abbreviations) -> bool:
    if stop == 0 or text[stop - 1].isspace():
        return False
    word = text[max(0, stop - 24) : stop].rsplit(None, 1)[-1].lower()
    if not word.isalpha():
        last = _LAST_WORD.search(word)
        if last is None:
            return False
        word = last[0]
    usual, numbered = abbreviations
    if word in numbered:
        return text[stop + 1 : stop + 3].strip()[:1].isdigit()
    return word in usual or (len(word) == 1 and word.isalpha() and word != "i")


def _put(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append((start, end))
