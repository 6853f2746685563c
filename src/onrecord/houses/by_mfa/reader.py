"""Reads a page of the ministry's site: the paragraphs under the headline, the day at their end."""

from __future__ import annotations

import re

from onrecord.errors import NotAStatement
from onrecord.houses.phrases import Phrases, setting_of
from onrecord.reading.composing import Reading
from onrecord.reading.dates import find_days
from onrecord.reading.exchange import settle
from onrecord.reading.lines import Line
from onrecord.reading.page import Page
from onrecord.reading.page_labels import find_page_labels
from onrecord.reading.speech_language import detect_language
from onrecord.reading.transcript import Style, read_transcript
from onrecord.reading.turns import Mark, one_statement
from onrecord.record import fold

phrases = Phrases(__file__, re.I | re.S)
_ARTICLE = "content-page"
#: "Statement by the Minister of Foreign Affairs of the Republic of Belarus, V.Example, at …"
_SPEAKER = re.compile(
    r"(?:by|of) (?:the )?[^,]{0,90}\b(?:Minister|Ambassador|Representative|Secretary|Spokesperson)\b[^,]{0,90},\s"
    r"(?P<name>(?:[A-Z]\.\s?){1,2}[A-Z][a-z’'-]+|[A-Z][a-z’'-]+(?: [A-Z][a-z’'-]+){1,2})\b"
)
_SENTENCE_END = re.compile(r"[.?!…][”\"’»)\]]*$")


def read(page: Page) -> Reading:
    """Read the page. Raises NotAStatement for a listing and where nothing is under the headline."""
    passed = phrases.table["passed"]
    page.pass_over(frozenset(passed))
    article = [line for line in page.lines if line.within(_ARTICLE)]
    title = next((fold(line.text) for line in article if line.tag == "h1"), "")
    body = [line for line in article if line.tag != "h1"]
    if not title or phrases.pattern("listing.patterns").fullmatch(title):
        raise NotAStatement("a list of pages", where=page.capture.source)
    if not any(_SENTENCE_END.search(line.text) for line in body):
        raise NotAStatement("a headline and nothing under it", where=page.capture.source)
    labels = find_page_labels(body)
    asked = any(label is not None and label.voice == "reporter" for label in labels)
    if asked:
        transcript = read_transcript(body, labels, Style(furniture=_furniture))
        settle(transcript.segments)
        marks = transcript.marks
    else:
        marks = _statement(body, title)
    day = next((found[0].iso for line in reversed(body) if _is_day(line) and (found := find_days(line.text))), None)
    inside = {id(line) for line in body}
    return Reading(
        title=title,
        date=day,
        date_from="text" if day else None,
        kind=phrases.kind(title) or ("press-conference" if asked else "statement"),
        language=detect_language(marks, title, usual="en"),
        issuer="by-mfa",
        address=page.address,
        marks=marks,
        outside=[
            ("heading" if line in article else "navigation", line) for line in page.lines if id(line) not in inside
        ],
        passed=passed,
    )


def _is_day(line: Line) -> bool:
    """Whether a paragraph is nothing but a day, with its year."""
    found = find_days(line.text)
    return len(found) == 1 and found[0].iso is not None and found[0].end - found[0].start > len(line.text.strip()) * 0.6


def _furniture(line: Line) -> str | None:
    return "day" if _is_day(line) else phrases.furniture(line.text) or setting_of(line)


def _statement(lines: list[Line], title: str) -> list[Mark]:
    """The marks of a text that is one statement: in the third person, or by the official whom the headline names."""
    named = _SPEAKER.search(title)
    speaker = named["name"] if named else None
    return one_statement(lines, _furniture, speaker=speaker, role="official" if speaker else None)
