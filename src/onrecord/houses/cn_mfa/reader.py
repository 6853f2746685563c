"""Reads a page of the Foreign Ministry: which lines are the article, who speaks in each, what is furniture."""

from __future__ import annotations

import re
import warnings

from onrecord.errors import Damaged, NotAStatement, NoTurns
from onrecord.houses.cn_mfa.heading import official_of, read_heading
from onrecord.houses.cn_mfa.labels import read_article
from onrecord.houses.cn_mfa.phrases import Phrases, house_tables
from onrecord.reading.composing import Reading
from onrecord.reading.lines import Line
from onrecord.reading.page import Page
from onrecord.reading.speech_language import detect_language
from onrecord.reading.turns import Mark
from onrecord.reading.zones import Zones

_SYSTEM_PAGE = re.compile(
    r"(?i)system (?:is )?error|page (?:you requested )?(?:cannot be|not) found|document has moved|\b40[34]\b|\b50[0-4]\b"
    r"|系统错误|没有找到您要的网页|您访问的页面|页面不存在"
)
#: The fewest characters of prose that make a statement where no heading announces one: a sentence or two of Chinese;
#: English takes three times as many.
_ENOUGH = 60
_SENTENCE_END = re.compile(r"[.。？！?!”\"]\s*$")


class OnlyAnnouncements(UserWarning):
    """A press conference in which nobody asks: announcements alone, or a page of which a part is missing."""


def headline(title: str) -> bool:
    """Whether a headline is of the house's kind."""
    return bool(house_tables().titles.search(title))


def read(page: Page) -> Reading:
    """Read the page. Raises NotAStatement for listings, error pages and bot walls, NoTurns where none speaks."""
    tables = house_tables()
    page.pass_over(tables.passed_over, tables.never_over)
    zones = Zones(tables.zones)
    placed = [(line, zones.of(line)) for line in page.lines if line.tag != "title"]
    article = _article(placed)
    chosen = {id(line) for line in article}
    titles = [line for line, zone in placed if zone == "title" and id(line) not in chosen]
    titles = [line for line in titles if line.tag in ("h1", "h2", "h3", "body", "p")][:3]
    title_ids = {id(line) for line in titles}
    stamps = [line for line, zone in placed if zone == "stamp" and id(line) not in chosen]
    related = [line for line, zone in placed if zone == "related"]
    _refuse_what_is_none(page, article, titles)

    title = " ".join(line.text for line in titles) or page.given_title
    official = official_of(title)
    marks = read_article(article, official).marks
    questions = sum(mark.voice == "reporter" for mark in marks)
    heading = read_heading(page, titles, stamps, related, questions)
    if heading.kind == "press-conference" and not questions and not any(m.voice == "podium" for m in marks):
        raise NoTurns("a press conference in which nobody speaks", where=page.capture.source)
    if heading.kind == "press-conference" and not questions:
        warnings.warn(f"{page.capture.source}: a press conference without a question", OnlyAnnouncements, stacklevel=2)
    headline = [Mark(line=line, voice="furniture", name="title") for line in titles]
    outside = [
        (_furniture_outside(line, zone, tables), line)
        for line, zone in placed
        if id(line) not in chosen and id(line) not in title_ids
    ]
    return Reading(
        title=heading.title,
        date=heading.date,
        date_from=heading.date_from,
        published=heading.published,
        kind=heading.kind,
        language="zh" if page.is_chinese else detect_language(marks, heading.title, usual="en"),
        issuer="cn-mfa",
        excerpt=heading.excerpt,
        marks=headline + marks,
        outside=outside,
        passed={name: _NAMES.get(zone, zone) for name, zone in tables.zones.items()},
    )


def _article(placed: list[tuple[Line, str | None]]) -> list[Line]:
    """The lines of the article: those of a container known for it, or else of the one that holds the most prose."""
    for zone in ("article", "old_article"):
        found = [line for line, where in placed if where == zone]
        if found:
            return found
    prose: dict[int, int] = {}
    for line, where in placed:
        if where is None and line.inside is not None and line.linked * 2 < len(line.text):
            prose[id(line.inside)] = prose.get(id(line.inside), 0) + len(line.text)
    if not prose:
        return []
    best = max(prose, key=lambda key: prose[key])
    return [line for line, _ in placed if id(line.inside) == best]


def _refuse_what_is_none(page: Page, article: list[Line], titles: list[Line]) -> None:
    """Raise for a page that holds no statement, naming what it is instead."""
    where = page.capture.source
    shown = sum(len(line.text) for line in page.lines)
    words = sum(len(line.text) for line in article if line.linked * 2 < len(line.text))
    if shown < 40 and "<script" in page.text:
        raise NotAStatement("a bot wall: the page holds a script and no words", where=where)
    if titles and words:
        return
    if words < 400 and any(_SYSTEM_PAGE.search(line.text) for line in page.lines):
        raise NotAStatement("an error page that was served as if it were a statement", where=where)
    if words >= _ENOUGH * (1 if page.is_chinese else 3):
        return
    if page.breaks_off:
        raise Damaged("the page breaks off before anybody speaks", where=where, hint="Fetch it again")
    if sum(line.linked for line in page.lines) * 2 > shown:
        raise NotAStatement("a listing: links and no speech", where=where)
    raise NoTurns("the page has a heading and no words", where=where)


#: What the zones are called as furniture, where not by their own names.
_NAMES = {
    "related": "related-news",
    "share": "share-bar",
    "stamp": "page-stamp",
}


def _furniture_outside(line: Line, zone: str | None, tables: Phrases) -> str:
    """The name of the furniture that a line outside the article belongs to; prose nobody expected there is unread."""
    if zone is not None and zone not in ("article", "old_article"):
        return _NAMES.get(zone, zone)
    if line.linked * 2 >= len(line.text):
        return "navigation"
    named = tables.furniture.match(line.text)
    if named is not None:
        return (named.lastgroup or "").replace("_", "-")
    long = len(line.text) > (40 if not line.text.isascii() else 120)
    return "unread: prose outside the article" if long and _SENTENCE_END.search(line.text) else "navigation"
