"""Reads a statement of the General Debate: bare text without a headline, one statement from its first word to its last."""

from __future__ import annotations

import re

from onrecord.errors import NotAStatement
from onrecord.houses.phrases import Phrases
from onrecord.reading.composing import Reading
from onrecord.reading.lines import Line
from onrecord.reading.page import Page
from onrecord.reading.page_labels import find_page_labels
from onrecord.reading.speech_language import detect_language
from onrecord.reading.turns import Mark, one_statement

phrases = Phrases(__file__, re.I)
#: The title that the corpora of the General Debate give a statement: who speaks, the session, the year.
_TITLE = re.compile(r"(?P<speaker>[A-Z]{2,4})_(?P<session>\d{2,3})_(?P<year>\d{4})$")
_FIRST_SESSION = 1946
#: The number of a page, in a row of its own at the end of what is before it.
_PAGE_NUMBER = re.compile(r"(?<=\n)\d{1,3}\s*\Z")
_SENTENCE_END = re.compile(r"[.?!:][\"”’)]*$")
#: With its title a statement has to name the United Nations; without one it must be full of the Assembly's own words.
_TITLED, _BARE = 0.75, 0.3
_PROCEDURES = 4
_LOOKED_AT = 40_000
_HEADLINE = 120


def claims(page: Page) -> float:
    """How surely a bare text is a statement of the General Debate: by its title in the corpora and its own words."""
    if page.format != "text" or not page.lines:
        return 0.0
    words = page.text[:_LOOKED_AT]
    organization = phrases.pattern("united_nations.patterns").search(words) is not None
    assembly = phrases.pattern("assembly.patterns").search(words) is not None
    if not (organization or assembly):
        return 0.0
    if _title(page) is not None:
        return _TITLED
    procedures = sum(re.search(one, words, re.I) is not None for one in phrases.table["procedure"]["patterns"])
    if not (organization and assembly and procedures >= _PROCEDURES) or _is_headed(page.lines):
        return 0.0
    return _BARE if not any(find_page_labels(page.lines)) and detect_language(_marks(page.lines)) == "en" else 0.0


def read(page: Page) -> Reading:
    """A reading of the statement. Raises NotAStatement where the text has no words."""
    marks = _marks(_rejoined([part for line in page.lines for part in _without_page_number(page, line)]))
    if not any(mark.voice == "podium" for mark in marks):
        raise NotAStatement("a text without words", where=page.capture.source)
    title = _title(page)
    first = next(mark.line.text for mark in marks if mark.voice == "podium")
    return Reading(
        title=title[0] if title else first if len(first) <= _HEADLINE else first[:_HEADLINE] + "…",
        date=title["year"] if title else None,  # the day stands nowhere
        date_from="title" if title else None,
        kind="speech",
        language=detect_language(marks, usual="en"),
        issuer="un-ga",
        marks=marks,
    )


def _title(page: Page) -> re.Match[str] | None:
    """The title under which corpora keep the statement, if its session and year agree: the first session was in 1946."""
    match = _TITLE.match(page.name.removesuffix(".txt"))
    agree = match is not None and int(match["year"]) - int(match["session"]) == _FIRST_SESSION - 1
    return match if agree else None


def _is_headed(lines: list[Line]) -> bool:
    """Whether a headline is above the words: then the text says itself whose it is."""
    first = lines[0].text
    return len(lines) > 1 and lines[1].fresh and len(first) <= _HEADLINE and first[-1] not in '.?!,;:”"'


def _without_page_number(page: Page, line: Line) -> list[Line]:
    """The line, and in a line of its own the number of the page with which its last row ends."""
    start, end = line.source
    number = _PAGE_NUMBER.search(page.text, start, end)
    if number is None or number.start() == start:
        return [line]
    cut = len(line.text) - len(number.group().strip())
    return [line.part(0, cut, fresh=line.fresh), line.part(cut, len(line.text), fresh=False)]


def _rejoined(lines: list[Line]) -> list[Line]:
    """The lines; one that goes on with a sentence after the number of a page opens no paragraph."""
    for before, number, line in zip(lines, lines[1:], lines[2:], strict=False):
        if number.text.isdigit() and not _SENTENCE_END.search(before.text):
            line.fresh = False
    return lines


def _marks(lines: list[Line]) -> list[Mark]:
    notes = phrases.pattern("note.patterns")
    return one_statement(
        lines, lambda line: phrases.furniture(line.text), is_note=lambda line: notes.fullmatch(line.text) is not None
    )
