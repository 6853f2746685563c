"""Reads what the Federal Reserve publishes on a meeting: the statement as one, the press conference label by label."""

from __future__ import annotations

import re
from datetime import date

from onrecord.errors import NotAStatement
from onrecord.houses.phrases import Phrases, setting_of
from onrecord.houses.us_fed.labels import label_lines
from onrecord.reading.askers import name_askers, name_outlets
from onrecord.reading.composing import Reading
from onrecord.reading.dates import find_days
from onrecord.reading.exchange import settle
from onrecord.reading.lines import Line
from onrecord.reading.openings import is_place_line, opening_mark
from onrecord.reading.page import Page
from onrecord.reading.transcript import Label, Style, read_transcript
from onrecord.reading.turns import Mark
from onrecord.record import DateSource, fold

phrases = Phrases(__file__, re.I | re.S)
#: The Board names its files for the day of the meeting: FOMCpresconf20210317.pdf.
_NAMED_FOR_DAY = re.compile(r"FOMC\w*?((?:19|20)\d\d)(\d\d)(\d\d)")
#: Fewer labels are no press conference.
_LABELS = 3
_WORD = re.compile(r"\w+")


def read(page: Page) -> Reading:
    """Read the page. Raises NotAStatement where it holds no words."""
    lines, labels = label_lines([line for line in page.lines if line.tag != "title"], phrases.voices)
    if not lines:
        raise NotAStatement("no words in it", where=page.capture.source)
    spoken = sum(label is not None for label in labels) >= _LABELS
    marks = _transcript(lines, labels) if spoken else _statement(lines)
    title = _title(page, lines)
    day, source = _day(page, title, lines)
    return Reading(
        title=title,
        date=day,
        date_from=source,
        kind=phrases.kind(title) or ("press-conference" if spoken else "statement"),
        language="en",
        issuer="us-fed",
        marks=marks,
    )


def _title(page: Page, lines: list[Line]) -> str:
    """The front matter's, or the line on top of a transcript; nothing where none is printed."""
    given = fold(page.meta.get("title", "")) if page.format == "markdown" else ""
    return given or next((line.text for line in lines[:5] if phrases.furniture(line.text) == "title"), "")


def _day(page: Page, title: str, lines: list[Line]) -> tuple[str | None, DateSource | None]:
    """The day of the meeting: the headline's, the one on top of the page, the front matter's, or the file's name."""
    above = [line.text[:60] for line in lines[:4] if phrases.furniture(line.text) == "day" or line.tag == "header"]
    told: tuple[tuple[list[str], DateSource], ...] = (
        ([title], "title"),
        (above, "text"),
        ([page.meta.get("date", "")], "front-matter"),
    )
    for words, source in told:
        for day in (day for one in words for day in find_days(one, "month-first")):
            if day.iso:
                return day.iso, source
    named = _NAMED_FOR_DAY.search(page.address or page.name)
    try:
        return (date(*map(int, named.groups())).isoformat(), "address") if named else (None, None)
    except ValueError:
        return None, None


def _furniture(line: Line) -> str | None:
    return phrases.furniture(line.text) or setting_of(line)


def _opening(line: Line) -> Mark:
    """A line above the first label; a sentence there is not understood."""
    name = _furniture(line)
    if name is None and is_place_line(line.text):
        name = "place"
    return opening_mark(line, name)


def _transcript(lines: list[Line], labels: list[Label | None]) -> list[Mark]:
    style = Style(furniture=_furniture, opening=_opening, stage=phrases.pattern("stage.patterns"))
    transcript = read_transcript(lines, labels, style)
    settle(transcript.segments)
    name_askers(transcript.segments, on_a_call=False)
    name_outlets(transcript.segments)
    return transcript.marks


def _statement(lines: list[Line]) -> list[Mark]:
    """The marks of a statement, in the third person; what is above and below it in one line with it is cut off."""
    marks: list[Mark] = []
    begun = False
    for line in lines:
        name = _furniture(line)
        if name is not None:
            marks.append(Mark(line=line, voice="furniture", name=name))
            continue
        start = 0
        if not begun:
            above = phrases.pattern("head.furniture").match(line.text)
            if above is not None:
                start = above.end()
                marks.append(Mark(line=line, voice="furniture", name="release-line", end=start))
            note = phrases.pattern("head.note").match(line.text, start)
            if note is not None:
                marks.append(Mark(line=line, voice="note", start=start, end=note.end()))
                start = note.end()
        foot = phrases.pattern("foot.patterns").search(line.text, start)
        end = foot.start() if foot is not None else None
        marks.append(Mark(line=line, voice="more" if begun else "podium", kind="statement", start=start, end=end))
        begun = True
        if foot is not None:
            marks.append(_foot(line, line.text[start:end], foot.start()))
    return marks


def _foot(line: Line, said: str, start: int) -> Mark:
    """The foot of the page, with the statement again after it; words that were not said before are not understood."""
    behind = phrases.pattern("foot.words").sub(" ", line.text[start:])
    new = set(_WORD.findall(behind.casefold())) - set(_WORD.findall(said.casefold()))
    if new:
        return Mark(
            line=line, voice="unread", start=start, name=f"words below the page's foot: {' '.join(sorted(new))[:80]}"
        )
    return Mark(line=line, voice="furniture", name="footer", start=start)
