"""A page that nobody speaks in turns: its body is one statement, what heads and ends it is furniture."""

from __future__ import annotations

import re

from onrecord.houses.us_whitehouse.phrases import phrases
from onrecord.reading.lines import Line
from onrecord.reading.people import role_in, speaker_in, speaks_in_person
from onrecord.reading.turns import Mark

_ENDS = re.compile(r"[.?!;,…][”\"’)\]]*\d{0,2}$")
#: In the first lines an account tells who released what; later such a sentence is part of the text.
_OPENING = 3
#: Places, subjects and addressees are in the first lines, and are short.
_HEAD, _HEAD_WORDS = 4, 80
_HEADING_WORDS = 160


def mark_statement(lines: list[Line], title: str) -> list[Mark]:
    """The marks of a body that is one statement. It is its signer's where it says "I" or "we", and nobody's otherwise."""
    speaker = speaker_in(title)
    if speaker is not None and not speaks_in_person(lines):
        speaker = None
    marks: list[Mark] = []
    begun = False
    for i, line in enumerate(lines):
        name = _furniture(line) or (None if begun or i + 1 == len(lines) else _head(line, i, marks))
        if name is not None:
            marks.append(Mark(line=line, voice="furniture", name=name))
        elif (
            i < _OPENING and not begun and phrases.pattern("note.patterns").fullmatch(line.text) and i + 1 < len(lines)
        ):
            marks.append(Mark(line=line, voice="note"))
        elif begun:
            marks.append(Mark(line=line, voice="more"))
        else:
            begun = True
            role = role_in(title, speaker) if speaker else None
            marks.append(Mark(line=line, voice="podium", speaker=speaker, kind="statement", role=role))
    if not begun:  # a page that is only a link, a note or a heading: it is all that is said
        said = max(marks, key=lambda mark: (mark.name not in ("divider", "time", "end"), len(mark.line.text)))
        said.voice, said.kind, said.name = "podium", "statement", ""
    return marks


def _furniture(line: Line) -> str | None:
    name = phrases.furniture(line.text)
    if name is not None:
        return name
    if line.tag[:1] == "h" and line.tag[1:].isdigit():
        return "heading"
    if line.tag == "figcaption":
        return "caption"
    short = len(line.text) <= _HEADING_WORDS and not _ENDS.search(line.text)
    return "heading" if short and line.tag in ("p", "blockquote") and line.bold() > 0.9 else None


def _head(line: Line, i: int, before: list[Mark]) -> str | None:
    """What a short line above the body is: a subject or addressee, a place; None if the body begins with it."""
    words = line.text
    if line.tag != "p" or _ENDS.search(words) or words[-1] in ":—-)" or words.startswith("Dear "):
        return None
    if words.isupper() and len(words) <= _HEADING_WORDS:
        return "heading"
    if i >= _HEAD or len(words) > _HEAD_WORDS:
        return None
    follows = bool(before) and before[-1].name == "heading" and not line.fresh
    return "heading" if words.upper().startswith("SUBJECT") or follows else "place"
