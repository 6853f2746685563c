"""Reads a page of the presidential communications: a transcript label by label, anything else as one statement."""

from __future__ import annotations

import re

from onrecord.errors import NotAStatement
from onrecord.houses.ph_pcoo.labels import divide, phrases
from onrecord.houses.phrases import setting_of
from onrecord.reading.askers import name_askers
from onrecord.reading.composing import Reading
from onrecord.reading.dates import find_days, iso_day
from onrecord.reading.exchange import settle_exchange
from onrecord.reading.lines import Line
from onrecord.reading.page import Page
from onrecord.reading.speech_language import detect_language
from onrecord.reading.transcript import Label, Style, read_transcript
from onrecord.reading.turns import Mark
from onrecord.record import DateSource, DocumentKind, fold

_FRONT = re.compile(r"---\s(.*?)\n---\s", re.S)
_SOURCES = re.compile(r"^sources:(.*?)(?:^\w|\Z)", re.S | re.M)
#: The address of a page within the collection.
_PERMALINK = re.compile(r"/news/\w{13,17}")
_SURE, _LIKELY = 0.95, 0.9
_PLACE_WORDS, _LEAD_WORDS = 120, 700
_SENTENCE_END = re.compile(r"[.?!…:][”\"’)\]]*$")
_FIRST_PERSON = re.compile(r"\b(?:I|we|my|our|you|us|ako|ko|natin|kayo|po)\b")
#: So often somebody speaks of themselves in a speech, and not in an account of one.
_SPEAKS, _OFTEN = re.compile(r"\b(?:I|my|ako|ko)\b"), 3
#: A page is posted within so many days after the event.
_POSTED = 45


def _sources(page: Page) -> str:
    front = _FRONT.match(page.text.lstrip("\ufeff"))
    told = _SOURCES.search(front[1]) if front else None
    return fold(told[1]) if told else ""


def claims(page: Page) -> float:
    """Whether the front matter names the office's own sites, or an address in the collection of its texts."""
    if page.format != "markdown" or not _PERMALINK.fullmatch(page.meta.get("permalink", "")):
        return 0.0
    return _SURE if phrases.pattern("sources.own").search(_sources(page)) else _LIKELY


def read(page: Page) -> Reading:
    """Read the page. Raises NotAStatement where nobody speaks on it: a headline, a sentence and a film."""
    title = fold(page.given_title)
    excerpt = page.meta.get("excerpt", "")
    above = [*_lead(page.lines, excerpt), *(line for line in page.lines[:12] if setting_of(line))]
    lines, found = divide(page.lines, "\n".join([title, *(line.text for line in above)]))
    labels = [found.label(line.text, one) for line, one in zip(lines, found.heads, strict=True)]
    asked = any(label is not None and label.voice == "reporter" for label in labels)
    spoken = asked or sum(label is not None and label.voice == "podium" for label in labels) > 1
    lead = _lead(lines, excerpt)
    day, source, published = _day(page, lead, lines, excerpt)
    own = spoken or _is_speech(lines[len(lead) :])
    style = _style(lead if own else [])
    if not any(
        line for line in lines[len(lead) if own or len(lines) < _OFTEN else 0 :] if style.furniture(line) is None
    ):
        raise NotAStatement("a sentence about the occasion and no word spoken at it", where=page.capture.source)
    style.podium = found.principal(labels) or (found.speaker() if own and not spoken else None)
    marks = _transcript(lines, labels, style) if spoken else _statement(lines, labels, style, speaks=own)
    return Reading(
        title=title,
        date=day,
        date_from=source,
        published=published,
        kind=_kind(title, asked),
        language="en" if spoken else detect_language(marks, title, usual="en"),
        issuer="unknown" if phrases.pattern("sources.others").search(_sources(page)) else "ph-pcoo",
        address=page.address,
        marks=marks,
    )


def _is_speech(lines: list[Line]) -> bool:
    """Whether somebody speaks of themselves, as in a speech and not in an account of one."""
    return len(_SPEAKS.findall(" ".join(line.text for line in lines))) >= _OFTEN


def _lead(lines: list[Line], excerpt: str) -> list[Line]:
    """The sentences above a text that tell the occasion in the third person, with its day."""
    begun = fold(excerpt)[:40].casefold()
    lead: list[Line] = []
    for line in lines[:3]:
        words = fold(line.text)
        tells = find_days(words, "day-first") and not _FIRST_PERSON.search(words)
        if line.tag != "p" or len(words) > _LEAD_WORDS or _is_labelled(words):
            break
        if (
            tells
            or (begun and words.casefold().startswith(begun))
            or phrases.furniture(words) == "lead"
            or (lead and not _FIRST_PERSON.search(words) and "video" in words)
        ):
            lead.append(line)
        else:
            break
    return lead


def _is_labelled(words: str) -> bool:
    return re.match(r"(?:[A-ZÑ .]{3,60}|Q)(?:\([^)]*\))?:", words) is not None


def _kind(title: str, asked: bool) -> DocumentKind:
    named = phrases.kind(title)
    if asked and named not in ("press-conference", "interview"):
        return "press-conference"
    return named or "statement"


def _day(
    page: Page, lead: list[Line], lines: list[Line], excerpt: str
) -> tuple[str | None, DateSource | None, str | None]:
    """The day of the event, how it is known, and the day of posting."""
    posted = iso_day(page.meta.get("date", ""))
    published = posted.isoformat() if posted else ""
    headings = [line.text for line in lines[:12] if setting_of(line)]
    for words in (*headings, *(line.text for line in lead), excerpt, *(line.text[:300] for line in lines[:1])):
        for day in find_days(words, "day-first"):
            on = day.on(day.year or (posted.year if posted else 0) or 2000)
            if on is not None and (day.year or posted) and (posted is None or 0 <= (posted - on).days + 1 <= _POSTED):
                return on.isoformat(), "text", published or None
    return published or None, "front-matter" if published else None, published or None


def _furniture(line: Line) -> str | None:
    return phrases.furniture(line.text) or setting_of(line)


def _style(lead: list[Line]) -> Style:
    own = {id(line) for line in lead}
    return Style(
        furniture=lambda line: "lead" if id(line) in own else _furniture(line),
        stage=phrases.pattern("stage.patterns"),
    )


def _transcript(lines: list[Line], labels: list[Label | None], style: Style) -> list[Mark]:
    transcript = read_transcript(lines, labels, style)
    if settle_exchange(transcript.segments):
        name_askers(transcript.segments, on_a_call=False)
    return transcript.marks


def _statement(lines: list[Line], labels: list[Label | None], style: Style, *, speaks: bool) -> list[Mark]:
    """The marks of a text that is one statement; a single label is its speaker's."""
    marks: list[Mark] = []
    begun = False
    for line, label in zip(lines, labels, strict=True):
        name = style.furniture(line)
        if name is None and not begun and len(line.text) <= _PLACE_WORDS and not _SENTENCE_END.search(line.text):
            name = "place"
        if name is not None:
            marks.append(Mark(line=line, voice="furniture", name=name))
        elif label is not None and label.voice == "podium":
            marks.append(Mark(line=line, voice="podium", start=label.end, speaker=label.speaker, kind="statement"))
            begun = True
        else:
            speaker = style.podium if speaks else None
            marks.append(Mark(line=line, voice="more" if begun else "podium", speaker=speaker, kind="statement"))
            begun = True
    return marks
