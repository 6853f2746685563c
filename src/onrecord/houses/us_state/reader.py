"""Reads an item of the Department's news feed: a transcript label by label, anything else as one statement."""

from __future__ import annotations

import re
from datetime import date

from onrecord.errors import NotAStatement
from onrecord.houses.phrases import Phrases, setting_of
from onrecord.reading.askers import name_askers
from onrecord.reading.callers import is_given_name, is_outlet_name
from onrecord.reading.capitals import Named, find_labels, identify
from onrecord.reading.composing import Reading
from onrecord.reading.dates import day_of_stamp, find_days
from onrecord.reading.exchange import managing_words, settle
from onrecord.reading.hosting import mark_hosts
from onrecord.reading.labels import split_rank
from onrecord.reading.lines import Line
from onrecord.reading.openings import is_place_line, opening_mark
from onrecord.reading.page import Page
from onrecord.reading.people import People, speaks_in_person
from onrecord.reading.site_page import site_page
from onrecord.reading.speech_language import detect_language
from onrecord.reading.transcript import Style, read_transcript
from onrecord.reading.turns import Mark
from onrecord.record import DateSource, DocumentKind, Role, fold

phrases = Phrases(__file__, re.I | re.S)
#: Where the Department's days begin and end; its feed counts them by Greenwich's time.
_ZONE = "America/New_York"
#: Who signs a statement stands in one of its first lines.
_SIGNED = 3
_SPOKEN: tuple[DocumentKind, ...] = ("press-conference", "interview", "remarks")


def read(page: Page) -> Reading:
    """Read the item. Raises NotAStatement where it holds no words."""
    site = site_page(page, _labelled)
    lines = site.article if site is not None else [line for line in page.lines if line.tag != "title"]
    if not lines:
        raise NotAStatement("a headline and nothing under it", where=page.capture.source)
    title = site.title if site is not None else fold(page.given_title)
    labels = find_labels(lines, phrases.voices)
    asked = any(label is not None and phrases.voices.voice(label.name) == "reporter" for label in labels)
    named = f"{title}, {page.fields['creator']}" if "creator" in page.fields else title
    spoken = asked or any(label is not None and _is_person(label, named) for label in labels)
    kind = _kind(title, spoken, asked)
    stamp = site.day(_ZONE) if site is not None else day_of_stamp(page.parts.get("date", ""), _ZONE)
    day, source, published = _day(stamp, title, lines, kind == "readout")
    marks = _transcript(lines, labels, title, named, day, kind) if spoken else _statement(lines)
    return Reading(
        title=title,
        date=day,
        date_from=source,
        published=published,
        kind=kind,
        language=detect_language(marks, title, usual="en"),
        issuer="us-state",
        address=page.own_address,
        marks=marks if site is None else [*site.marks, *marks],
        outside=site.outside if site is not None else [],
    )


def _labelled(lines: list[Line]) -> list[bool]:
    return [label is not None and not label.doubt for label in find_labels(lines, phrases.voices)]


def _is_person(label: Named, named: str) -> bool:
    """Whether a label is that of a voice, or of a person with a rank or a name in the headline: a list of sanctions has
    labels in capitals, too ("VESSEL FLAG:")."""
    rank, name = split_rank(label.name)
    if label.doubt:
        return False
    return phrases.voices.voice(label.name) is not None or bool(rank and name) or name.casefold() in named.casefold()


def _kind(title: str, spoken: bool, asked: bool) -> DocumentKind:
    """The kind by the headline; a transcript is no readout or statement, whatever its headline says."""
    if not spoken:
        return phrases.kind(title, but=_SPOKEN) or "statement"
    if not asked:
        return "remarks"
    told = phrases.kind(title, but=("readout", "joint-statement", "statement"))
    if told not in _SPOKEN:
        told = "interview" if any(_interviewer(title)) else "press-conference"
    return told


def _interviewer(title: str) -> tuple[str | None, str | None]:
    """Who asks in an interview, and for which outlet, as far as the headline says."""
    told = phrases.pattern("interview.asker").search(title)
    if told is not None:
        return told["who"] or told["who3"], told["outlet"] or told["outlet2"] or told["outlet3"]
    guest = phrases.pattern("interview.with").search(title)
    if guest is None:
        return None, None
    name = guest["who"]
    return (name, None) if is_given_name(name.split()[0]) else (None, name if is_outlet_name(name) else None)


def _day(
    stamp: date | None, title: str, lines: list[Line], told: bool
) -> tuple[str | None, DateSource | None, str | None]:
    """The day of the event, how it is known, and the day of publication."""
    published = stamp.isoformat() if stamp else None
    year = int(published[:4]) if published else None
    for words, source in ((title, "title"), (lines[1].text[:200] if told and len(lines) > 1 else "", "text")):
        for day in find_days(words):
            known = day.year or year
            on = day.on(known) if known else None
            if on is not None and (published is None or on.isoformat() <= published):
                return on.isoformat(), source, published  # type: ignore[return-value]
    return published, "page-stamp" if published else None, published


def _furniture(line: Line) -> str | None:
    return phrases.furniture(line.text) or setting_of(line)


def _opening(line: Line) -> Mark:
    """A line above the first label, or above a statement: a byline, a place, a note; a sentence is not understood."""
    name = _furniture(line)
    note = name is None and phrases.pattern("note.patterns").fullmatch(line.text) is not None
    if name is None and not note and is_place_line(line.text):
        name = "place"
    return opening_mark(line, name, note=note)


def _transcript(
    lines: list[Line], labels: list[Named | None], title: str, named: str, day: str | None, kind: DocumentKind
) -> list[Mark]:
    people = People(named, "\n".join(line.text for line in lines), day)
    found = [identify(label, phrases.voices, people) if label is not None else None for label in labels]
    style = Style(furniture=_furniture, opening=_opening, stage=phrases.pattern("stage.patterns"), ends=True)
    transcript = read_transcript(lines, found, style)
    mark_hosts(transcript.segments)
    settle(transcript.segments)
    who, outlet = _interviewer(title) if kind == "interview" else (None, None)
    operated = any(segment.voice == "operator" for segment in transcript.segments)
    name_askers(
        transcript.segments,
        on_a_call=operated or bool(managing_words().on_a_call.search(title)),
        interviewer=who,
        outlet=outlet,
    )
    return transcript.marks


def _statement(lines: list[Line]) -> list[Mark]:
    """The marks of a body that is one statement: whose name stands above it says it, if it says "I" or "we"."""
    signed = next(
        (one for line in lines[:_SIGNED] if (one := phrases.pattern("signer.patterns").fullmatch(line.text))), None
    )
    speaker = signed["who"] if signed is not None and speaks_in_person(lines) else None
    marks: list[Mark] = []
    begun = False
    for line in lines:
        mark = Mark(line=line, voice="more") if begun and _furniture(line) is None else _opening(line)
        if mark.voice == "more" and not begun:
            begun = True
            role: Role | None = "official" if speaker else None
            mark = Mark(line=line, voice="podium", kind="statement", speaker=speaker, role=role)
        marks.append(mark)
    return marks
