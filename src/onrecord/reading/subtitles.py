"""Convert subtitles (SRT, WebVTT, SubViewer) to running text: the cues joined to paragraphs, without numbers and times.

A cue ends where the screen is full, not where a sentence does. A paragraph begins with a voice: a label, a voice tag
(``<v Dana Holm>``), the sign ``>>`` of broadcasters' captions, a dash; or after a sentence once the one before is long.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from onrecord.reading.decoding import Characters
from onrecord.reading.said import Said
from onrecord.reading.wrapped import Piece, Wrapped

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d\d[,.]\d{1,3}"
_CUE = re.compile(
    rf"^[ \t]*\[{_TIME}[ \t]*-->[ \t]*{_TIME}\][ \t]*|^[ \t]*{_TIME}(?:[ \t]*-->[ \t]*|,){_TIME}[^\n]*(?:\n|\Z)", re.M
)
_NUMBER = re.compile(r"(?:\A|\n)[ \t]*\d+[ \t]*\r?\n[ \t]*\Z")
_BEGINS = re.compile(
    rf"\ufeff?(?:WEBVTT\b|\s*+(?:\d++[ \t]*+\r?\n[ \t]*+)?\[?{_TIME}(?:[ \t]*-->|,{_TIME}[ \t]*\r?\n))"
)
_TAG = re.compile(
    r"<v(?:\.[\w.-]++)?[ \t]++(?P<name>[^<>\n]{1,200})>|</?[a-zA-Z0-9][^<>\n]{0,200}>|\{\\[^{}\n]{1,40}\}|&\w{2,8};"
)
#: The end of a row with the blanks around it, or the text between two.
_ROWS = re.compile(r"[ \t]*+[\r\n]\s*+|(?:[^ \t\r\n]++|[ \t]++(?![\r\n]))+")
_LABEL = re.compile(r"[ \t]*(?:[-–—][ \t]?)?(?P<label>[^\W\d_][^:：\n]{0,60}[:：](?=\s|$))")
_CHANGE = re.compile(r"[ \t]*(?:>>+|&gt;&gt;|[-–—])[ \t]*")
#: A sign that another speaks, inside a cue.
_SIGN = re.compile(r"(?<![>;])(?:>>+|&gt;&gt;)[ \t]*(?=\S)")
_EMPTY = re.compile(r"\n[ \t]*\r?\n|\n?\Z")
#: A row of blanks, as players need it that show two rows at a time.
_BLANK = re.compile(r"[ \t]+\r?\n")
_ROW = re.compile(r"[^\r\n]+")
_FEW = 3
_ENDS = re.compile(r"[.?!…。？！][\"”’)\]]*\s*$")
_LONG = 600


class _Cue(NamedTuple):
    start: int
    end: int


def is_subtitles(text: str) -> bool:
    """Whether a text is a file of subtitles."""
    return _BEGINS.match(text) is not None and _CUE.search(text, 0, 100_000) is not None


def read_subtitles(outer: Characters) -> tuple[Wrapped, tuple[Said, ...]]:
    """The running text of subtitles, and who says what if voice tags or signs show it."""
    text = outer.text
    pieces: list[Piece] = []
    said: list[Said] = []
    size = length = 0
    before, labelled, named = "", False, False
    for cue in _cues(text):
        own, name, change = _pieces(text, cue)
        if not own:
            continue
        words = "".join(part for part, _, _ in own)
        label = _LABEL.match(words) is not None
        labelled = labelled or label
        other = bool(name) and not (said and said[-1].name == name)
        opens = other or change or label or (length > _LONG and bool(_ENDS.search(before)))
        if pieces:
            gap = "\n\n" if opens else " "
            pieces.append((gap, pieces[-1][2], own[0][1]))
            size += len(gap)
        if name or change:
            named = named or bool(name)
            if not said or name != said[-1].name or change:
                said.append(Said(size, name))
        pieces += own
        size += len(words)
        length = len(words) if opens else length + len(words)
        before = words
    if labelled and not named:  # the words of the cues tell who speaks
        said = []
    if said and said[0].start > 0:
        said.insert(0, Said(0))
    return Wrapped(outer, pieces, "subtitles"), tuple(said)


def _cues(text: str) -> Iterator[_Cue]:
    """The words of each cue: from after its times to the next cue's number, without the notes of WebVTT in between."""
    marks = list(_CUE.finditer(text))
    shown: list[str] = []
    rolls = _rolls(text, marks)
    for mark, after in zip(marks, [*marks, None][1:], strict=True):
        end = after.start() if after is not None else len(text)
        empty = _EMPTY.search(text, _first_row(text, mark.end(), end), end)
        start, end = mark.end(), empty.start() if empty is not None else _without_number(text, mark.end(), end)
        if rolls:
            start, shown = _behind_shown(text, start, end, shown)
        changes = [sign.start() for sign in _SIGN.finditer(text, start, end) if text[start : sign.start()].strip()]
        yield from (_Cue(*span) for span in pairwise([start, *changes, end]))


def _first_row(text: str, start: int, end: int) -> int:
    """Where the first words of a cue are, or the end of its times where it has none before the next empty row."""
    row = _BLANK.match(text, start, end)
    return start - 1 if row is None or not text[row.end() : row.end() + 1].strip() else row.end()


def _shown(row: str) -> str:
    return " ".join(_TAG.sub("", row).split())


def _rolls(text: str, marks: list[re.Match[str]]) -> bool:
    """Whether most cues repeat the last row of the one before, as automatic captions that roll up do."""
    rows = [
        [
            shown
            for row in text[
                mark.end() : (_EMPTY.search(text, _first_row(text, mark.end(), len(text))) or mark).start()
            ].splitlines()
            if (shown := _shown(row))
        ]
        for mark in marks
    ]
    rows = [one for one in rows if one]
    return len(rows) > _FEW and sum(after[0] == before[-1] for before, after in pairwise(rows)) * 2 > len(rows)


def _behind_shown(text: str, start: int, end: int, shown: list[str]) -> tuple[int, list[str]]:
    """Where the rows of a cue begin that were not shown before, and all of its rows."""
    rows = [(row.start(), row.end(), _shown(row.group())) for row in _ROW.finditer(text, start, end)]
    rows = [row for row in rows if row[2]]
    new = next((row[0] for row in rows if row[2] not in shown), end)
    return new, [row[2] for row in rows] or shown


def _without_number(text: str, start: int, end: int) -> int:
    number = _NUMBER.search(text, max(start - 1, end - 40), end)
    return max(start, number.start()) if number is not None else end


def _pieces(text: str, cue: _Cue) -> tuple[list[Piece], str, bool]:
    """The words of a cue in pieces, its rows joined; the name of its voice tag; whether a sign says that another speaks."""
    pieces: list[Piece] = []
    name, change, at = "", False, cue.start
    first = _CHANGE.match(text, at, cue.end)
    if first is not None:
        change, at = True, first.end()
    for match in _TAG.finditer(text, at, cue.end):
        _add(pieces, text, at, match.start())
        at = match.end()
        if match.group().startswith("&"):
            said = html.unescape(match.group())
            pieces.append((" " if said.isspace() else said, match.start(), match.end()))
        elif match["name"]:
            name = name or html.unescape(match["name"]).strip()
    _add(pieces, text, at, cue.end)
    while pieces and not pieces[-1][0].strip():
        pieces.pop()
    if pieces:
        words, start, end = pieces[-1]
        bare = words.rstrip()
        pieces[-1] = (bare, start, end - len(words) + len(bare))
    return pieces, name, change


def _add(pieces: list[Piece], text: str, start: int, end: int) -> None:
    """Add the words between two tags; the end of a row is a space."""
    for row in _ROWS.finditer(text, start, end):
        words, begun = row.group(), row.start()
        if words.isspace() and ("\n" in words or "\r" in words or not pieces):
            if pieces and pieces[-1][0] != " ":
                pieces.append((" ", begun, row.end()))
        else:
            pieces.append((words, begun, row.end()))
