"""Reads a press release of a ministry: its text as one statement, without its headings, end mark and list of attachments."""

from __future__ import annotations

import re
from datetime import date

from onrecord.errors import NotAStatement
from onrecord.houses.kr_ministries.rows import days_in, rows_of
from onrecord.houses.phrases import Phrases, setting_of
from onrecord.reading.composing import Reading
from onrecord.reading.lines import Line
from onrecord.reading.page import Page
from onrecord.reading.speech_language import detect_language
from onrecord.reading.turns import Mark
from onrecord.record import DateSource, DocumentKind, fold

phrases = Phrases(__file__, re.I | re.S)
#: The part of the page that is the release.
_BODY = re.compile(r"^## 본문[ \t]*\r?\n(.*?)(?=^## (?:첨부/링크|출처)[ \t]*\r?$|\Z)", re.S | re.M)
_PUBLISHED = re.compile(r"(?P<month>\d\d)/(?P<day>\d\d)/(?P<year>\d{4})")
_FACT = re.compile(r"(부처|배포일|원문):\s*(.+)")
_SITE = "korea.kr/"
_MINISTRIES = re.compile(r"[·,\s]")
_SURE = 0.95
_SENTENCE = re.compile(r"(?<=다)\.(?:\s|$)")
#: A release tells of a meeting or visit within this many days after it, and of other things sooner.
_DAYS, _SOON = 14, 7
#: The end mark of a release, with its brackets, stands within so many characters of the end of its line.
_END = 60
#: Headings above a paragraph are one row long.
_SHORT = 70
_BRACKETS = re.compile(r"\(([^()]{1,30}(?:\([월화수목금토일]\)[^()]{0,20})?)")
#: The day on which a statement was made: 대변인 논평(1.1).
_NAMED = re.compile(r"(?:성명|논평|담화|입장)\s?" + _BRACKETS.pattern)


def claims(page: Page, ministry: str) -> float:
    """How surely a page is a release of that ministry, by what the page itself names."""
    if page.format != "markdown":
        return 0.0
    facts = _facts(page)
    first = _MINISTRIES.split(facts["부처"])[0]  # of a joint release, the ministry named first
    return _SURE if first == ministry and _SITE in facts["원문"] else 0.0


def _facts(page: Page) -> dict[str, str]:
    """What the page says of itself, by the names that its list has: 부처 (ministry), 배포일 (released), 원문 (source)."""
    meta = page.meta
    facts = {
        "부처": meta.get("ministry", ""),
        "배포일": meta.get("approve_date", ""),
        "원문": meta.get("original_url", ""),
    }
    for line in page.lines[:8]:
        told = _FACT.match(line.text)
        if told is not None and not facts[told[1]]:
            facts[told[1]] = told[2].strip()
    return facts


def read(page: Page, issuer: str) -> Reading:
    """Read a release of the issuer of that id. Raises NotAStatement where all words are in an attachment."""
    body = _BODY.search(page.text)
    start, end = body.span(1) if body else (len(page.text), len(page.text))
    marks = _marks(rows_of(page.text, start, end))
    if not any(mark.voice == "podium" for mark in marks):
        raise NotAStatement(
            "a headline and nothing under it",
            where=page.capture.source,
            hint="The words are in an attachment: add that file",
        )
    facts = _facts(page)
    title = fold(page.meta.get("title") or next((line.text for line in page.lines if line.tag == "h1"), ""))
    kind = _kind(title, marks)
    stamp = _PUBLISHED.search(facts["배포일"])
    published = date(int(stamp["year"]), int(stamp["month"]), int(stamp["day"])) if stamp else None
    day, source = _day(title, kind, marks, published)
    return Reading(
        title=title,
        date=day.isoformat() if day else None,
        date_from=source,
        published=published.isoformat() if published else None,
        kind=kind,
        language=detect_language(marks, title, usual="ko"),
        issuer=issuer,
        address=facts["원문"] or page.address,
        marks=marks,
        outside=[(_outside(line, end), line) for line in page.lines if not start <= line.source[0] < end],
    )


def _outside(line: Line, end: int) -> str:
    """The name of the furniture that a line around the release is."""
    if line.tag == "h1":
        return "title"
    if setting_of(line) is not None:
        return "heading"
    if line.source[0] < end:
        return "page-facts"
    return "attachment" if line.linked else "source"


def _kind(title: str, marks: list[Mark]) -> DocumentKind:
    told = phrases.kind(title)
    first = next(mark for mark in marks if mark.voice == "podium").line.text
    if told == "readout" and phrases.pattern("speech.announced").search(_SENTENCE.split(first, maxsplit=1)[0]):
        told = "other"  # of a meeting still to come there is no account yet
    if told is None or told == "other":
        return "speech" if phrases.pattern("speech.address").match(first) else "other"
    return told


def _day(
    title: str, kind: DocumentKind, marks: list[Mark], published: date | None
) -> tuple[date | None, DateSource | None]:
    """The day of the event: the title's, the first sentence's, or the day of publication where nothing that is over is told.

    A statement is made on the day on which it is published, whatever day it speaks of; the day of an event still to come is
    not the day on which it is announced.
    """
    if published is None:
        return None, None
    first = next(i for i, mark in enumerate(marks) if mark.voice == "podium")
    heads = [title, *(mark.line.text for mark in marks[:first])]
    named = _NAMED if kind == "statement" else _BRACKETS
    places: list[tuple[str, bool, DateSource]] = [
        (inside, True, "text" if i else "title") for i, head in enumerate(heads) for inside in named.findall(head)
    ]
    if kind != "statement":
        places.append((title, False, "title"))
        sentence = _SENTENCE.split(marks[first].line.text, maxsplit=1)[0]
        if kind != "other" or phrases.pattern("speech.causes").search(sentence) is None:
            places.append((sentence, False, "text"))
    most = _SOON if kind == "other" else _DAYS
    for words, bare, source in places:
        for day in days_in(words, published, bare=bare):
            if 0 <= (published - day).days <= most:
                return day, source
    return published, "front-matter"


def _marks(lines: list[Line]) -> list[Mark]:
    """The marks of a release, in order: headings, one statement, its end mark, attachments."""
    marks: list[Mark] = []
    signs = (i for i, line in enumerate(lines) if _matches("speech.paragraph", line.text))
    signed = next(
        signs, 0
    )  # above the first sign of a paragraph (□) stand headings; under ㅇ stands what belongs to one
    signed = signed if signed and _matches("speech.top", lines[signed].text) else 0
    begun = listing = False  # whether the statement has begun; whether attachments are listed
    for i, line in enumerate(lines):
        ended = phrases.pattern("end.mark").search(line.text, max(0, len(line.text) - _END))
        words = line.text[: ended.start()].rstrip() if ended else line.text
        name = _named(words) or (_listed(words) if listing else None if begun else _heading(words, i < signed))
        if name is not None:
            marks.append(Mark(line=line, voice="furniture", name=name))
        else:
            marks.append(Mark(line=line, voice="more" if begun else "podium", kind="statement"))
            begun = True
            if ended:
                marks[-1].end = len(words)
                marks.append(Mark(line=line, voice="furniture", name="end", start=ended.start()))
        listing = (listing and name is not None) or ended is not None or name in ("attachment", "contact")
    return marks


def _matches(key: str, words: str) -> bool:
    return phrases.pattern(key).match(words) is not None


def _named(words: str) -> str | None:
    """The name of the furniture that a line is by its own words, wherever it stands."""
    if not words.strip():
        return "end"
    listed = _matches("attachment.begins", words) and not phrases.pattern("speech.sentence").search(words)
    if listed or phrases.pattern("attachment.points").fullmatch(words):
        return "attachment"
    return phrases.furniture(words)


def _listed(words: str) -> str | None:
    """A line after the end mark, or after the first attachment, belongs to the list unless it says something."""
    speaks = phrases.pattern("speech.sentence").search(words) or phrases.pattern("speech.foreign").fullmatch(words)
    signed = _matches("speech.paragraph", words) or _matches("speech.footnote", words)
    return None if speaks or signed else "attachment"


def _heading(words: str, above: bool) -> str | None:
    """A short line before the first sentence is a heading; ``above`` the first sign of a paragraph (□) a sentence may be one."""
    if _matches("speech.paragraph", words) or _matches("speech.numbered", words):
        return None
    if above and len(words) <= _SHORT:
        return "heading"
    return None if phrases.pattern("speech.full").search(words) else "heading"
