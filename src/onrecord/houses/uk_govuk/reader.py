"""Reads an item of GOV.UK: its fields tell title, day and speaker; the text is one statement, or a transcript."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import get_args
from urllib.parse import urljoin

from onrecord.errors import NotAStatement
from onrecord.houses.phrases import Phrases, setting_of
from onrecord.houses.uk_govuk.content_items import is_content_item
from onrecord.reading.askers import name_askers
from onrecord.reading.composing import Reading
from onrecord.reading.dates import day_of_stamp, find_days
from onrecord.reading.exchange import settle
from onrecord.reading.labels import is_rank
from onrecord.reading.lines import Line
from onrecord.reading.page import Page
from onrecord.reading.page_labels import find_page_labels
from onrecord.reading.speech_language import detect_language
from onrecord.reading.transcript import Style, read_transcript
from onrecord.reading.turns import Mark, one_statement
from onrecord.record import DateSource, DocumentKind, fold

phrases = Phrases(__file__, re.I | re.S)
_SITE = "https://www.gov.uk"
_TEXT = "govspeak"
_TITLE = re.compile(r"\s*-\s*GOV\.UK$")
_ZONE = "Europe/London"
_DELIVERED = re.compile(r"delivered on:?", re.I)
#: A day alone has no more characters.
_DAY_LENGTH = 20
#: "Prime Minister Ada Example said:"
_SAID = re.compile(
    r"(?P<who>(?:[A-Z][\w.’'-]*|and|for|of|the|&)(?:,? (?:[A-Z][\w.’'-]*|and|for|of|the|&)){0,12})(?: has| today)? "
    r"(?:said|says|commented|wrote|added|made the following)\b[^:]{0,80}:$"
)


def read(page: Page) -> Reading:
    """Read the item. Raises NotAStatement for what is no statement, as a guide or a list, and where nothing is said."""
    fields = page.fields if is_content_item(page) else page.meta
    told = fields.get("document_type") or fields.get("govuk:format", "")
    if told and told not in phrases.table["types"]:
        raise NotAStatement(f"an item of the type {told!r}", where=page.capture.source)
    lines = [line for line in page.lines if line.within(_TEXT)]
    inside = {id(line) for line in lines}
    title = fold(fields.get("title", "")) or _TITLE.sub("", fold(page.given_title))
    labels = find_page_labels(lines)
    asked = any(label is not None and label.voice == "reporter" for label in labels)
    speaker = _speaker(fields)
    if asked:
        style = Style(
            furniture=_furniture, stage=phrases.pattern("stage.patterns"), podium=speaker, podium_role="official"
        )
        transcript = read_transcript(lines, labels, style)
        settle(transcript.segments)
        name_askers(transcript.segments, on_a_call=False)
        marks = transcript.marks
    else:
        marks = _statement(lines, speaker)
    if not any(mark.voice in ("podium", "reporter") for mark in marks):
        raise NotAStatement("a headline and nothing under it", where=page.capture.source)
    published = _day(fields, "first_published_at", "details.first_public_at", "govuk:first-published-at")
    delivered = _day(fields, "details.delivered_on") or _delivered(title, page)
    source: DateSource = "front-matter" if delivered else "page-stamp"
    path = fields.get("base_path")
    return Reading(
        title=title,
        date=delivered or published,
        date_from=source if delivered or published else None,
        published=published,
        kind=_kind(title, told, asked),
        language=detect_language(marks, title, usual=fields.get("locale") or "en"),
        issuer="uk-govuk",
        address=urljoin(_SITE, path) if path else page.address,
        marks=marks,
        outside=[("navigation", line) for line in page.lines if id(line) not in inside],
    )


def _kind(title: str, told: str, asked: bool) -> DocumentKind:
    kind = phrases.kind(title)
    if kind is not None:
        return kind
    if asked:
        return "press-conference"
    by_type = phrases.table["types"].get(told, "statement")
    kinds = get_args(DocumentKind)
    return kinds[kinds.index(by_type)]  # type: ignore[no-any-return]


def _day(fields: Mapping[str, str], *names: str) -> str | None:
    """The day in London of the first of these fields that holds a time stamp."""
    days = (day_of_stamp(fields.get(name, ""), _ZONE) for name in names)
    return next((day.isoformat() for day in days if day is not None), None)


def _delivered(title: str, page: Page) -> str | None:
    """The day of a speech as a saved page tells it: in its title, or under "Delivered on:"."""
    behind = title.rpartition(": ")[2]  # "PM speech at a summit: 12 May 2025"
    told = [behind] if len(behind) <= _DAY_LENGTH else []
    for line, following in pairwise(page.lines):
        if _DELIVERED.match(line.text):
            told += [line.text, following.text]
    return next((day.iso for words in told for day in find_days(words, "day-first") if day.iso), None)


def _speaker(fields: Mapping[str, str]) -> str | None:
    """The one person whom the item names as its speaker, without title, rank and honours."""
    if fields.get("links.speaker.1.title"):
        return None
    named = fields.get("links.speaker.0.title") or fields.get("details.speaker_without_profile") or ""
    for pattern in phrases.table["name"]["before"]:
        named = re.sub(rf"^{pattern}", "", named, flags=re.I)
    return phrases.pattern("name.behind").sub("", named).strip() or None


def _furniture(line: Line) -> str | None:
    around = line.containers() | {line.tag}
    for container, name in phrases.table["furniture_of"].items():
        if container in around:
            return str(name)
    return phrases.furniture(line.text) or setting_of(line)


def _is_quoted(line: Line) -> bool:
    element = line.inside
    while element is not None:
        if element.tag == "blockquote":
            return True
        element = element.parent
    return False


def _statement(lines: list[Line], speaker: str | None) -> list[Mark]:
    """The marks of a text that is one statement: the speaker's, an account, or a quotation that is announced."""
    said = [line for line in lines if _furniture(line) is None]
    announced = (
        speaker is None and len(said) > 1 and said[0].text.endswith((":", "：")) and all(map(_is_quoted, said[1:]))
    )
    if announced:
        speaker = _announced(said[0].text)
    return one_statement(
        lines,
        _furniture,
        is_note=lambda line: announced and line is said[0],
        speaker=speaker,
        role="official" if speaker else None,
    )


def _announced(words: str) -> str | None:
    """The name of whoever is announced as having said what follows: by the words after the last rank."""
    match = _SAID.match(words)
    if match is None:
        return None
    parts = match["who"].split()
    last = max((i for i, part in enumerate(parts) if is_rank(part.strip(","))), default=-1)
    name = parts[last + 1 :]
    if any(part.islower() for part in name):  # "Minister for Ferries Ada Example": what an office is for, and two names
        name = name[-2:]
    return " ".join(name).strip(", ") or None
