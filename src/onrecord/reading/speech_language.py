"""The language in which a page's turns are spoken, by their words alone."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.languages.detection import UNDETERMINED, detect
from onrecord.reading.turns import Mark

#: Characters of speech that are looked at; more change nothing.
_ENOUGH = 8_000


def detect_language(marks: Iterable[Mark], title: str = "", *, usual: str = UNDETERMINED) -> str:
    """The BCP 47 tag of the language of the speech, without labels, furniture and notes.

    The title is added where the speech alone is too short to tell; ``usual``, the language in which the issuer publishes, is
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
    found = detect(speech)
    if found == UNDETERMINED and title:
        found = detect(f"{title}\n{speech}")
    return usual if found == UNDETERMINED else found
