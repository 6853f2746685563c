"""Reads a page of the White House: a transcript label by label, anything else as one statement."""

from __future__ import annotations

import re
import warnings
from datetime import date

from onrecord.errors import NotAStatement
from onrecord.houses.us_whitehouse.exchange import name_askers, settle
from onrecord.houses.us_whitehouse.heading import event_day, kind_of, published_day
from onrecord.houses.us_whitehouse.people import People
from onrecord.houses.us_whitehouse.phrases import furniture_of, phrases
from onrecord.houses.us_whitehouse.speech import labels_in, read_transcript
from onrecord.houses.us_whitehouse.statement import mark_statement
from onrecord.reading.composing import Reading
from onrecord.reading.lines import Line
from onrecord.reading.page import Page
from onrecord.reading.turns import Mark
from onrecord.record import DateSource, fold

_PICTURE = re.compile(r"<img\b|<figure\b|!\[", re.I)
_CANONICAL = re.compile(r"<link[^>]{1,80}canonical[^>]{1,20}href=[\"']?([^\s\"'>]{1,500})", re.I)
_DAY = re.compile(r"/(\d{4})/(\d\d)/(\d\d)/")
_HOST = re.compile(r"https?://(?:[\w-]+\.)*(?:whitehouse\.gov|\w*whitehouse\.archives\.gov)(?:[/:]|$)", re.I)
_MASTHEAD = re.compile(
    r"(?i)(?:the )?white house$|office of the press secretary|james s\. brady press briefing room|office of communications$"
)
_SPOKEN = ("press-briefings", "speeches-remarks", "remarks")
_PEOPLE = ("MR. ", "MS. ", "DR. ", "THE PRESIDENT", "THE VICE PRESIDENT", "MODERATOR", "SENIOR ")


def claims(page: Page) -> float:
    """How surely a page is the White House's: by its address, or by the masthead of a pasted text."""
    if _HOST.match(_address(page) or ""):
        return 0.95
    head = page.lines[:8]
    masthead = any(_MASTHEAD.match(line.text) for line in head)
    if page.format == "html":
        named = "whitehouse.gov" in page.text[:20_000] and "White House" in page.given_title
        return 0.6 if masthead or named else 0.0
    if masthead and any(label for label in labels_in(page.lines[:200])):
        return 0.8
    return 0.7 if masthead else 0.0


class OnlyPictures(UserWarning):
    """A statement of which only pictures were published: there is a document of it, without a turn."""


def read(page: Page) -> Reading:
    """A reading of the page. Raises NotAStatement where it holds no words at all, nor pictures of any."""
    lines, title_line, title = _body(page)
    if not lines and title and _PICTURE.search(page.text):
        return _pictures(page, title)
    if not lines:
        raise NotAStatement(
            "a headline and nothing under it",
            where=page.capture.source,
            hint="Fetch the page itself: the text was not kept",
        )
    address = _address(page)
    section = _section(page, address or "")
    published, source = _published(page, address or "")
    labels = labels_in(lines)
    questions = sum(label is not None and label[0] == "Q" for label in labels)
    spoken = _is_transcript(section, labels)
    kind = kind_of(title, section, questions)
    first = next((i for i, label in enumerate(labels) if label is not None), 0) if spoken else 12
    day, found = event_day(title, published, lines[:first], kind, lines)
    if spoken:
        people = People(title, "\n".join(line.text for line in lines), day)
        asks = phrases().interview.search(title)
        transcript = read_transcript(lines, labels, people, asks["who"] if asks else None)
        settle(transcript.segments)
        on_a_call = bool(phrases().on_a_call.search(title)) or any(s.voice == "operator" for s in transcript.segments)
        on_a_call = on_a_call or any("teleconference" in line.text.lower() for line in transcript.opening)
        name_askers(
            transcript.segments, on_a_call=on_a_call, interviewer=asks["who"] if asks and kind == "interview" else None
        )
        marks = transcript.marks
    else:
        marks = mark_statement(lines, title)
    if title_line is not None:
        marks.insert(0, Mark(line=title_line, voice="furniture", name="title"))
    return Reading(
        title=title,
        date=day,
        date_from=found or (source if day else None),
        published=page.meta.get("published_time") or (published.isoformat() if published else None),
        kind=kind,
        language="en",
        issuer="us-whitehouse",
        address=address,
        marks=marks,
    )


def _pictures(page: Page, title: str) -> Reading:
    """A statement published as pictures (a physician's memorandum of 2025-04-13): it is known of, and says nothing here."""
    warnings.warn(f"{page.capture.source}: published as pictures, no words to read", OnlyPictures, stacklevel=2)
    address = _address(page)
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


def _body(page: Page) -> tuple[list[Line], Line | None, str]:
    """The lines of the article, the one that is the title where it stands among them, and the title."""
    lines = [line for line in page.lines if line.tag != "title"]
    given = fold(page.meta.get("title", "") if page.format == "markdown" else "")
    if given:
        return lines, None, given
    head = next((line for line in lines if line.tag == "h1"), None)
    if head is None:
        head = next((line for line in lines[:10] if furniture_of(line.text) is None and len(line.text) < 300), None)
    if head is None:
        return lines, None, fold(page.given_title)
    return [line for line in lines if line is not head], head, fold(head.text)


def _address(page: Page) -> str | None:
    """The page's own address, also where a saved page names it."""
    if page.address or page.format != "html":
        return page.address
    canonical = _CANONICAL.search(page.text, 0, 20_000)
    return canonical[1] if canonical else page.meta.get("og:url")


def _published(page: Page, address: str) -> tuple[date | None, DateSource | None]:
    """The day of publication: the front matter's, or the one in the address."""
    told = published_day(page.meta.get("date", "") or page.meta.get("published_time", ""))
    if told is not None:
        return told, "front-matter"
    match = _DAY.search(address)
    told = published_day("-".join(match.groups())) if match else None
    return told, "address" if told else None


def _section(page: Page, address: str) -> str:
    """The part of the site: from the address, or else the tags."""
    for part in address.split("/")[3:6]:
        if part and part != "briefing-room" and not part.isdigit():
            return part
    return page.meta.get("tags", "").split(",")[0].strip()


def _is_transcript(section: str, labels: list[tuple[str, int] | None]) -> bool:
    """Whether people speak under labels: one will do where transcripts are published, elsewhere headings look like labels."""
    found = [label[0] for label in labels if label is not None]
    if section in _SPOKEN:
        return bool(found)
    return len(found) >= 3 and any(name.startswith(_PEOPLE) for name in found)
