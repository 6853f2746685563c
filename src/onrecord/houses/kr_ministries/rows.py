"""The text of a release: its rows made into lines, the end mark and the days that it prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from onrecord.reading.dates import Day, nearest_year
from onrecord.reading.lines import Line, LineBuilder

#: A row that begins so is a line of its own, also without an empty row before it.
_OPENS = re.compile(
    r"\s*(?:[□■○●◯⚪◦ㅇㅁ※*＊◈◆◇▷▶‣▸∙•☞◎√–-]|o\s|\d{1,2}[.)]\s|\(\d{1,2}\)|[①-⑳㉮-㉻]|[<\[【]|(?:붙\s?임|첨\s?부|별\s?첨)\s?\d?\s?[:：.])"
)
_STOP = re.compile(r"(?<!\d)[.?!>:][”\"’')\]*]*\s*$")
#: What ends a sentence is looked for in so many characters at the end of a row.
_TAIL = 200
_ROW = re.compile(r"[^\n]*\n?")
#: 6.9.(수) · 2025. 6. 25.(수) · 9월 6일 · 11월 13일(수).
_DAY = re.compile(
    r"(?<![\d.])(?:(?P<year>(?:20)?\d\d)\s?[.년]\s?)?(?P<month>1[0-2]|0?[1-9])\s?(?P<mark>\.|월)\s?"
    r"(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)\s?(?:일|\.)?\s?(?:\((?P<weekday>[월화수목금토일])(?:요일)?[,)])?"
)


def rows_of(text: str, start: int, end: int, *, damaged: bool = False) -> list[Line]:
    """The lines of ``text[start:end]``: an empty row divides paragraphs, a sign of a list begins a line, other rows go on.

    The release is plain text, although the page around it is Markdown: ``1.``, ``*`` and ``-`` at the head of a row are
    words, and ``8. 10.(목)`` is a day.
    """
    builder = LineBuilder(entities=False, damaged=damaged)
    lines: list[Line] = []
    for first, last, fresh in _blocks(text, start, end):
        builder.add(text[first:last], first)
        line = builder.line("p", None, fresh or not lines)
        if line is not None:
            lines.append(line)
    return lines


def _blocks(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """``(start, end, fresh)`` of each line."""
    begin, stop, fresh = -1, -1, True
    for match in _ROW.finditer(text, start, end):
        row = match.group()
        if not row.strip():
            if begin >= 0:
                yield begin, stop, fresh
            begin, fresh = -1, True
            continue
        if begin >= 0 and (_OPENS.match(row) or _STOP.search(text[max(begin, stop - _TAIL) : stop])):
            yield begin, stop, fresh
            begin, fresh = -1, False
        if begin < 0:
            begin = match.start()
        stop = match.end()
    if begin >= 0:
        yield begin, stop, fresh


def days_in(words: str, published: date, *, bare: bool = False) -> Iterator[date]:
    """The days in the words, in order, each in the year that brings it nearest to the day of publication.

    ``6.9`` alone may be a number or a name (the war of 6.25): it counts with a day of the week, or where ``bare``. The day
    of the week is misprinted sometimes, and proves nothing else.
    """
    for match in _DAY.finditer(words):
        if match["mark"] == "." and not match["weekday"] and not bare:
            continue
        year = int(match["year"]) % 100 + 2000 if match["year"] else None
        day = Day(year, int(match["month"]), int(match["day"]), *match.span())
        on = day.on(year) if year else nearest_year(day, [published])
        if on is not None:
            yield on
