"""Detect the language of a page's turns by their words alone."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from onrecord.languages.detection import UNDETERMINED, detect, known
from onrecord.reading.turns import Mark

#: Characters of speech that are examined; more do not change the result.
_ENOUGH = 8_000
#: Characters that suffice to confirm the language in which an issuer usually publishes, and the share of its most common words
#: among them that is needed: in other languages of the same script it is below 0.1.
_CONFIRMS, _SHARE = 400, 0.25


def detect_language(marks: Iterable[Mark], title: str = "", *, usual: str = UNDETERMINED) -> str:
    """The BCP 47 tag of the language of the speech, without labels, furniture and notes.

    The title is added if the speech alone is too short; ``usual``, the language in which the issuer publishes, is
    returned where both are.
    """
    parts: list[str] = []
    size = 0
    for mark in marks:
        if mark.voice in ("furniture", "note", "unread"):
            continue
        parts.append(mark.line.text[mark.start : mark.end])
        size += len(parts[-1])
        if size >= _ENOUGH:
            break
    speech = "\n".join(parts)
    if usual != UNDETERMINED and _is_plainly(usual, speech[:_CONFIRMS]):
        return usual
    found = detect(speech)
    if found == UNDETERMINED and title:
        found = detect(f"{title}\n{speech}")
    return usual if found == UNDETERMINED else found


@cache
def _common_words(language: str) -> frozenset[str]:
    known_words = known().get(language)
    return frozenset(known_words.words.split()) if known_words else frozenset()


def _is_plainly(language: str, speech: str) -> bool:
    """Whether the most common words of a language make up so much of the speech that no other needs to be tried."""
    words = speech.lower().split()
    common = _common_words(language)
    return len(words) > 10 and sum(word in common for word in words) >= _SHARE * len(words)
