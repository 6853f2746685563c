"""Reads a page of the Kremlin's English site: a transcript by its bold labels, anything else as one statement."""

from __future__ import annotations

import re
from typing import Literal

from onrecord.errors import NotAStatement
from onrecord.houses.phrases import Phrases, setting_of
from onrecord.reading.askers import name_askers
from onrecord.reading.composing import Reading
from onrecord.reading.exchange import settle
from onrecord.reading.label_words import is_title
from onrecord.reading.lines import Line
from onrecord.reading.page import Page
from onrecord.reading.transcript import Label, Style, read_transcript
from onrecord.reading.turns import Mark, Voice
from onrecord.record import DocumentKind, fold

phrases = Phrases(__file__, re.I | re.S)
_DAY = re.compile(r"(?:read__meta\">|Publication date:)[^<>]{0,40}<time[^<>]{0,60}datetime=\"(\d{4}-\d\d-\d\d)")
_HEAD = re.compile(r"(?P<printed>[^:<…]{2,250}?)\s*(?:\([^()]{1,60}\))?\s*(?::|(?<=\w)\.(?=\s*$))\s*")
_NOBODY: tuple[Literal["reporter", "voice"], ...] = ("reporter", "voice")
_BOLD, _ALL_BOLD = 0.5, 0.95
_ENDS, _HEADING = '.?!…:;,”"’)', 160
_TAGGED = re.compile(r"class=\"person_tag[^<>]*>([^<>]{3,60})<")
#: A name at the end of a label: Ada Example, Ada B. Example, Ada von der Example, King Example II.
_NAME = re.compile(
    r"(?:^|\s)((?:[A-Z][\w.’'-]+ )?(?:[A-Z]\. )*(?:(?i:al|bin|d[aei]|del|den|der|dos|el|la|le|te[nr]|van|von|zu)[ -])*"
    r"[A-Z][\w.’'-]*(?: [IVX]+)?)$"
)


def read(page: Page) -> Reading:
    """A reading of the page. Raises NotAStatement where it holds a headline and nothing else."""
    passed = phrases.table["passed"]
    page.pass_over(frozenset(passed), inline=frozenset({"read__tooltip"}))
    title = next((fold(line.text) for line in page.lines if line.tag == "h1"), page.given_title)
    summary = [line for line in page.lines if line.within("read__lead")]
    body = [line for line in page.lines if line.within("read__internal_content")]
    told = phrases.kind(title)
    labels = find_labels(page, body, told in ("press-conference", "interview"))
    first = next((i for i, label in enumerate(labels) if label is not None), len(body))
    account = _account(body[:first], above=first < len(body))
    if first == len(body) or any(mark.voice == "podium" for mark in account):  # the summary begins the account
        account = _account(summary + body[:first], above=first < len(body))
    if not account and first == len(body):
        raise NotAStatement("a headline and nothing under it", where=page.capture.source)
    inside = {id(line) for line in body} | {id(mark.line) for mark in account}
    day = _DAY.search(page.text)
    return Reading(
        title=title,
        date=day[1] if day else None,
        date_from="page-stamp" if day else None,
        kind=told or _kind(title, [label for label in labels if label is not None], account),
        language="en",
        issuer="ru-kremlin",
        excerpt=any(phrases.furniture(line.text) == "cut" for line in body),
        address=page.meta.get("og:url") or page.address,
        marks=account + _transcript(body[first:], labels[first:]),
        outside=[("summary" if line in summary else "heading", line) for line in page.lines if id(line) not in inside],
        passed=passed,
    )


def _kind(title: str, labels: list[Label], account: list[Mark]) -> DocumentKind:
    if any(label.voice == "reporter" for label in labels):
        return "press-conference"
    if labels and not any(mark.voice == "podium" for mark in account):
        return "speech" if len({label.speaker for label in labels}) == 1 else "remarks"
    return "readout" if labels or phrases.pattern("label.met").search(title) else "statement"


def find_labels(page: Page, lines: list[Line], asked: bool) -> list[Label | None]:
    """For each line its label: words in bold before a colon, a voice or a name, perhaps behind an office.

    ``asked`` says that the press is there: a name that never has an office is then a reporter's.
    """
    heads = [_HEAD.match(line.text) for line in lines]
    printed = [
        fold(head["printed"]).strip(" ,.") if head is not None and line.bold(0, head.end("printed")) >= _BOLD else ""
        for line, head in zip(lines, heads, strict=True)
    ]
    tagged = {fold(name) for name in _TAGGED.findall(page.text)}
    names = {label: name_in(label, tagged | {*printed}) for label in printed if label}
    press = phrases.pattern("label.press")
    officials = {name for label, name in names.items() if not asked or (name != label and not press.search(label))}
    return [
        _label(label, head.end(), names[label], officials) if head and label else None
        for label, head in zip(printed, heads, strict=True)
    ]


def _label(printed: str, end: int, name: str | None, officials: set[str | None]) -> Label | None:
    for voice in _NOBODY:
        if phrases.pattern(f"label.{voice}").fullmatch(printed):
            return Label(voice, end, printed, role=voice, anonymous=True)
    if name is None:
        return None
    official = name in officials or phrases.pattern("label.principal").fullmatch(name)
    return Label(
        "podium" if official else "reporter", end, printed, speaker=name, role="official" if official else "reporter"
    )


def name_in(printed: str, others: set[str]) -> str | None:
    """The name in a label, without the office before it; it may be one of ``others``, the names and labels of the page."""
    full = [other for other in others if len(other.split()) > 1]
    # 2017-05-15: a name in two pieces of bold, without the space
    alone = [other for other in full if printed.endswith(" " + other) or printed == other.replace(" ", "")]
    if alone:
        return max(alone, key=len)
    words = printed.split()
    plain = len(words) <= 3 and words[-1][0].isupper() and not any(is_title(word) or word == "of" for word in words)
    name = _NAME.search(printed)
    return printed if plain else name[1] if name else None


def _furniture(line: Line) -> str | None:
    if line.inside is not None and line.inside.tag == "blockquote":  # words of the speech, set out once more
        return "pull-quote"
    return phrases.furniture(line.text) or ("heading" if line.bold() >= _ALL_BOLD else setting_of(line))


def _account(lines: list[Line], above: bool) -> list[Mark]:
    """The marks of an account in the third person, one statement; ``above`` a transcript it may have headings."""
    marks: list[Mark] = []
    voice: Voice = "podium"
    for line in lines:
        heading = "heading" if above and len(line.text) < _HEADING and line.text[-1] not in _ENDS else None
        name = _furniture(line) or heading
        marks.append(Mark(line=line, voice="furniture" if name else voice, name=name or ""))
        voice = voice if name else "more"
    return marks


def _transcript(lines: list[Line], labels: list[Label | None]) -> list[Mark]:
    style = Style(furniture=_furniture, stage=phrases.pattern("stage.patterns"))
    transcript = read_transcript(lines, labels, style)
    if any(segment.voice == "reporter" for segment in transcript.segments):
        settle(transcript.segments)
        name_askers(transcript.segments, on_a_call=False)
    else:
        for segment in transcript.segments:  # a meeting of officials: nobody of the press asks
            segment.marks[0].kind = "statement"
    return transcript.marks
