"""Reads a page of the White House: a transcript label by label, anything else as one statement."""

from __future__ import annotations

import re
import warnings
from datetime import date

from onrecord.errors import NotAStatement
from onrecord.houses.phrases import setting_of
from onrecord.houses.us_whitehouse.heading import event_day, kind_of, published_day
from onrecord.houses.us_whitehouse.phrases import phrases
from onrecord.houses.us_whitehouse.statement import mark_statement
from onrecord.reading.askers import name_askers
from onrecord.reading.capitals import Named, find_labels, identify
from onrecord.reading.composing import Reading
from onrecord.reading.dates import day_of_stamp
from onrecord.reading.exchange import managing_words, settle
from onrecord.reading.hosting import mark_hosts
from onrecord.reading.lines import Line
from onrecord.reading.openings import is_place_line, opening_mark
from onrecord.reading.page import Page
from onrecord.reading.people import People, interviewer_in
from onrecord.reading.site_page import site_page
from onrecord.reading.speech_language import detect_language
from onrecord.reading.transcript import Style, Transcript, read_transcript
from onrecord.reading.turns import Mark
from onrecord.record import DateSource, DocumentKind, fold

_PICTURE = re.compile(r"<img\b|<figure\b|!\[", re.I)
_DAY = re.compile(r"/(\d{4})/(\d\d)/(\d\d)/")
#: Where the days of the White House begin and end; a feed counts them by Greenwich's time.
_ZONE = "America/New_York"
#: Longer words in brackets above a transcript tell more than a place.
_STAGE_LENGTH = 160
_SPOKEN = ("press-briefings", "speeches-remarks", "remarks")
_PEOPLE = ("MR. ", "MS. ", "DR. ", "THE PRESIDENT", "THE VICE PRESIDENT", "MODERATOR", "SENIOR ")


class OnlyPictures(UserWarning):
    """A statement of which only pictures were published: there is a document of it, without a turn."""


def read(page: Page) -> Reading:
    """Read the page. Raises NotAStatement where it holds no words at all, nor pictures of any."""
    site = site_page(page, _labelled)
    lines, title_mark, title = (site.article, site.marks, site.title) if site is not None else _body(page)
    if not lines and title and _PICTURE.search(page.text):
        return _pictures(page, title)
    if not lines:
        raise NotAStatement(
            "a headline and nothing under it",
            where=page.capture.source,
            hint="Fetch the page itself: the text was not kept",
        )
    address = page.own_address
    section = _section(page, address or "")
    published, source = _published(page, address or "", site.day(_ZONE) if site is not None else None)
    labels = find_labels(lines, phrases.voices)
    questions = sum(label is not None and label.name == "Q" for label in labels)
    spoken = _is_transcript(section, labels)
    kind = kind_of(title, section, questions)
    first = next((i for i, label in enumerate(labels) if label is not None and not label.doubt), 0) if spoken else 12
    day, found = event_day(title, published, lines[:first], kind, lines)
    marks = _transcript(lines, labels, title, day, kind).marks if spoken else mark_statement(lines, title)
    return Reading(
        title=title,
        date=day,
        date_from=found or (source if day else None),
        published=page.meta.get("published_time") or (published.isoformat() if published else None),
        kind=kind,
        language=detect_language(marks, title, usual="en"),
        issuer="us-whitehouse",
        address=address,
        marks=title_mark + marks,
        outside=site.outside if site is not None else [],
    )


def _labelled(lines: list[Line]) -> list[bool]:
    return [label is not None and not label.doubt for label in find_labels(lines, phrases.voices)]


def _transcript(
    lines: list[Line], labels: list[Named | None], title: str, day: str | None, kind: DocumentKind
) -> Transcript:
    """The transcript of a page that people speak on, its turns settled and its reporters named."""
    people = People(title, "\n".join(line.text for line in lines), day)
    asks = interviewer_in(title)
    style = Style(
        furniture=_furniture,
        opening=_opening,
        stage=phrases.pattern("stage.patterns"),
        footnote=phrases.pattern("note.footnotes"),
        ends=True,
    )
    first = next((i for i, label in enumerate(labels) if label is not None and not label.doubt), 0)
    found = [
        identify(label, phrases.voices, people, asks) if label is not None and (i >= first or not label.doubt) else None
        for i, label in enumerate(labels)
    ]
    transcript = read_transcript(lines, found, style)
    mark_hosts(transcript.segments)
    settle(transcript.segments)
    on_a_call = (
        bool(managing_words().on_a_call.search(title))
        or any(segment.voice == "operator" for segment in transcript.segments)
        or any("teleconference" in line.text.lower() for line in transcript.opening)
    )
    name_askers(transcript.segments, on_a_call=on_a_call, interviewer=asks if kind == "interview" else None)
    return transcript


def _furniture(line: Line) -> str | None:
    return phrases.furniture(line.text) or (setting_of(line) if line.tag != "li" else None)


def _opening(line: Line) -> Mark:
    """What is above the first label: places, times, days, notes; a sentence there is not understood."""
    words = line.text
    name = phrases.furniture(words) or setting_of(line)
    if name is None and phrases.pattern("note.patterns").fullmatch(words):
        return opening_mark(line, None, note=True)
    stage = len(words) <= _STAGE_LENGTH and phrases.pattern("stage.patterns").fullmatch(words)
    if name is None and (is_place_line(words) or stage):
        name = "heading" if words.isupper() and len(words.split()) > 3 else "place"
    note = name is None and phrases.pattern("note.footnotes").fullmatch(words) is not None
    return opening_mark(line, name, note=note)


def _pictures(page: Page, title: str) -> Reading:
    """A statement published as pictures (a physician's memorandum of 2025-04-13): it is known of, and says nothing here."""
    warnings.warn(f"{page.capture.source}: published as pictures, no words to read", OnlyPictures, stacklevel=2)
    address = page.own_address
    published, source = _published(page, address or "")
    return Reading(
        title=title,
        date=published.isoformat() if published else None,
        date_from=source if published else None,
        published=page.meta.get("published_time") or (published.isoformat() if published else None),
        kind="other",
        language="en",
        issuer="us-whitehouse",
        address=address,
        marks=[],
    )


def _body(page: Page) -> tuple[list[Line], list[Mark], str]:
    """The lines of the article, the mark of the one that is the title where it is among them, and the title."""
    lines = [line for line in page.lines if line.tag != "title"]
    if page.wrapping == "xml":  # an item of the news feed, which has the title beside the article
        return lines, [], fold(page.given_title)
    given = fold(page.meta.get("title", "") if page.format == "markdown" else "")
    if given:
        return lines, [], given
    head = next((line for line in lines if line.tag == "h1"), None)
    if head is None:
        head = next(
            (line for line in lines[:10] if phrases.furniture(line.text) is None and len(line.text) < 300), None
        )
    if head is None:
        return lines, [], fold(page.given_title)
    marks = [Mark(line=head, voice="furniture", name="title")]
    return [line for line in lines if line is not head], marks, fold(head.text)


def _published(page: Page, address: str, stamp: date | None = None) -> tuple[date | None, DateSource | None]:
    """The day of publication: the front matter's, the one in the address, or that of a feed or a page of the site."""
    told = published_day(page.meta.get("date", "") or page.meta.get("published_time", ""))
    if told is not None:
        return told, "front-matter"
    match = _DAY.search(address)
    told = published_day("-".join(match.groups())) if match else None
    if told is None and (stamp is not None or "date" in page.parts):
        told = stamp or day_of_stamp(page.parts["date"], _ZONE)
        return told, "page-stamp" if told else None
    return told, "address" if told else None


def _section(page: Page, address: str) -> str:
    """The part of the site: from the address, or else the tags."""
    for part in address.split("/")[3:6]:
        if part and part != "briefing-room" and not part.isdigit():
            return part
    return page.meta.get("tags", "").split(",")[0].strip()


def _is_transcript(section: str, labels: list[Named | None]) -> bool:
    """Whether people speak under labels: one will do where transcripts are published, elsewhere headings look like labels."""
    found = [label.name for label in labels if label is not None and not label.doubt]
    if section in _SPOKEN:
        return bool(found)
    return len(found) >= 3 and any(name.startswith(_PEOPLE) for name in found)
