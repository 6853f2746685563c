"""A page that nobody speaks in turns: its body is one statement, what heads and ends it is furniture."""

from __future__ import annotations

import re

from onrecord.houses.us_whitehouse.phrases import furniture_of, phrases
from onrecord.reading.lines import Line
from onrecord.reading.turns import Mark
from onrecord.record import DocumentKind

_ENDS = re.compile(r"[.?!;,…][”\"’)\]]*\d{0,2}$")
#: In the first lines an account tells who released what; later such a sentence is part of the text.
_OPENING = 3


def mark_statement(lines: list[Line], speaker: str | None, kind: DocumentKind) -> list[Mark]:
    """The marks of a body that is one statement."""
    marks: list[Mark] = []
    begun = False
    for i, line in enumerate(lines):
        name = _furniture(line, lines, i, begun)
        if name is not None:
            marks.append(Mark(line=line, voice="furniture", name=name))
        elif i < _OPENING and not begun and phrases().note.fullmatch(line.text) and i + 1 < len(lines):
            marks.append(Mark(line=line, voice="note"))
        elif begun:
            marks.append(Mark(line=line, voice="more"))
        else:
            begun = True
            marks.append(
                Mark(line=line, voice="podium", speaker=speaker, kind="statement", role="official" if speaker else None)
            )
    if not begun:  # a page that is only a link, or a caption: it is all that is said
        for mark in marks:
            if mark.name in ("link", "caption", "heading", "place") or mark.voice == "note":
                mark.voice, mark.kind, mark.name = "podium", "statement", ""
                break
        else:
            longest = max(marks, key=lambda mark: len(mark.line.text))
            longest.voice, longest.kind, longest.name = "podium", "statement", ""
    return marks


def _furniture(line: Line, lines: list[Line], i: int, begun: bool) -> str | None:
    name = furniture_of(line.text)
    if name is not None:
        return name
    if line.tag[:1] == "h" and line.tag[1:].isdigit():
        return "heading"
    if line.tag == "figcaption":
        return "caption"
    words = line.text
    if line.tag in ("p", "blockquote", "body") and len(words) <= 160 and not _ENDS.search(words):
        if line.bold() > 0.9:
            return "heading"
        if (
            not begun
            and i < 6
            and words.isupper()
            or (
                not begun
                and i < 4
                and i + 1 < len(lines)
                and len(words) <= 80
                and words[-1] not in ":—-)"
                and not words.startswith("Dear ")
            )
        ):
            return "place" if not words.isupper() else "heading"
    return None
