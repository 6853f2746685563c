"""Reads a page of the Kremlin's English site: a transcript by its bold labels, anything else as one statement."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import Literal

from onrecord.errors import NotAStatement
from onrecord.houses.phrases import Phrases, setting_of
from onrecord.houses.ru_kremlin.names import is_joined, one_name_each, read_name
from onrecord.lexicon.outlets import outlet_ids
from onrecord.reading.askers import name_askers
from onrecord.reading.callers import is_outlet_name
from onrecord.reading.composing import Reading
from onrecord.reading.exchange import is_asked, settle, state_all
from onrecord.reading.lines import Line
from onrecord.reading.page import Page
from onrecord.reading.transcript import Label, Segment, Style, read_transcript
from onrecord.reading.turns import Mark, Voice
from onrecord.record import DocumentKind, fold

phrases = Phrases(__file__, re.I | re.S)
_DAY = re.compile(r"(?:read__meta\">|Publication date:)[^<>]{0,40}<time[^<>]{0,60}datetime=\"(\d{4}-\d\d-\d\d)")
_HEAD = re.compile(r"(?P<printed>[^:<…]{2,250}?)\s*(?:\([^()]{1,60}\))?\s*(?::|(?<=\w)\.(?=\s*$))\s*")
_NOBODY: tuple[Literal["reporter", "voice"], ...] = ("reporter", "voice")
_TABLE = {"reporter": "question", "voice": "voice"}
#: Who asks as often leads the programme.
_HOSTS = 8
_BOLD, _ALL_BOLD = 0.5, 0.95
_ENDS, _HEADING = '.?!…:;,”"’)', 160
_TAGGED = re.compile(r"class=\"person_tag[^<>]{0,300}>([^<>]{3,60})<")


def read(page: Page) -> Reading:
    """Read the page. Raises NotAStatement where it holds a headline and nothing else."""
    passed = phrases.table["passed"]
    page.pass_over(frozenset(passed), inline=frozenset({"read__tooltip"}))
    title = next((fold(line.text) for line in page.lines if line.tag == "h1"), page.given_title)
    body = [line for line in page.lines if line.within("read__internal_content")]
    begins = body[0].source[0] if body else len(page.text)
    # of two pages run together the head of one lies inside the other or behind it
    summary = [line for line in page.lines if line.source[0] < begins and line.within("read__lead")]
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
        kind=_kind(title, told, [label for label in labels if label is not None], account),
        language="en",
        issuer="ru-kremlin",
        excerpt=any(phrases.furniture(line.text) == "cut" for line in body),
        address=page.meta.get("og:url") or page.address,
        marks=account + _transcript(body[first:], labels[first:]),
        outside=[("summary" if line in summary else "heading", line) for line in page.lines if id(line) not in inside],
        passed=passed,
    )


def _kind(title: str, told: DocumentKind | None, labels: list[Label], account: list[Mark]) -> DocumentKind:
    """The kind that the headline tells; but where nobody speaks under a label, no more than an account was published."""
    if told is not None and (labels or told not in ("press-conference", "interview")):
        return told
    if told is not None:
        return "readout"
    if any(label.voice == "reporter" for label in labels):
        return "press-conference"
    if labels and not any(mark.voice == "podium" for mark in account):
        return "speech" if len({label.speaker for label in labels}) == 1 else "remarks"
    return "readout" if labels or phrases.pattern("label.met").search(title) else "statement"


def find_labels(page: Page, lines: list[Line], asked: bool) -> list[Label | None]:
    """For each line its label: words in bold before a colon, a voice or a name, perhaps after an office.

    ``asked`` says that the press is there: a name that never has an office is then a reporter's. Where it is not, and nobody is
    labelled as asking, a remark is somebody's of the meeting.
    """
    heads = [_HEAD.match(line.text) for line in lines]
    printed = [
        fold(head["printed"]).strip(" ,.") if head is not None and line.bold(0, head.end("printed")) >= _BOLD else ""
        for line, head in zip(lines, heads, strict=True)
    ]
    tagged = {fold(name) for name in _TAGGED.findall(page.text)}
    press = phrases.pattern("label.press")
    questions = asked or any(phrases.pattern("label.question").fullmatch(label) for label in printed)
    told = {
        label: read_name(label, tagged | {*printed})
        for label in printed
        if label and _voice_of(label, questions) is None
    }
    counts = Counter(name for label in printed if label in told and (name := told[label][0]) is not None)
    meant = one_name_each(counts, tagged)
    names = {label: meant[name] if name else None for label, (name, _) in told.items()}
    bare = {label for label, (name, behind) in told.items() if (name and is_joined(name, label)) or (asked and behind)}
    officials = {name for label, name in names.items() if not asked or (label not in bare and not press.search(label))}
    return [
        _label(
            label, head.end(), names.get(label), told.get(label, ("", ""))[1], officials, _voice_of(label, questions)
        )
        if head and label
        else None
        for label, head in zip(printed, heads, strict=True)
    ]


def _voice_of(printed: str, questions: bool) -> Literal["reporter", "voice"] | None:
    """The voice of a label that names nobody; a remark is a reporter's where questions are asked."""
    if phrases.pattern("label.remark").fullmatch(printed):
        return "reporter" if questions else "voice"
    return next((voice for voice in _NOBODY if phrases.pattern(f"label.{_TABLE[voice]}").fullmatch(printed)), None)


def _label(
    printed: str,
    end: int,
    name: str | None,
    behind: str,
    officials: set[str | None],
    voice: Literal["reporter", "voice"] | None,
) -> Label | None:
    if voice is not None:
        return Label(voice, end, printed, role=voice, anonymous=True)
    if name is None:
        return None
    if name in officials or phrases.pattern("label.principal").fullmatch(name):
        return Label("podium", end, printed, speaker=name, role="official")
    outlet = (
        behind if behind and (outlet_ids()(behind) is not None or is_outlet_name(behind) or behind.isupper()) else None
    )
    return Label("reporter", end, printed, speaker=name, outlet=outlet, role="reporter")


def _mark_hosts(segments: list[Segment]) -> None:
    """Give those who lead a programme the voice of a moderator where they only lead on, in place.

    They speak repeatedly, and not only to the one who answers: what asks nothing and is followed by somebody else's words,
    or is before the first answer, announces what comes.
    """
    spoken = Counter(segment.speaker for segment in segments if segment.voice == "reporter" and segment.speaker)
    hosts = {name for name, count in spoken.items() if count >= _HOSTS}
    if len(hosts) < 2:
        return
    for segment, following in pairwise(segments):
        leads_on = following.voice == "reporter" and following.speaker != segment.speaker and "?" not in segment.words
        if segment.voice == "reporter" and segment.speaker in hosts and leads_on:
            segment.voice, segment.role = "moderator", "moderator"
            mark = segment.marks[0]
            mark.voice, mark.role = "podium", "moderator"


def _furniture(line: Line) -> str | None:
    if line.inside is not None and line.inside.tag == "blockquote":  # words of the speech, set out again
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
    if is_asked(transcript.segments):
        name_askers(transcript.segments, on_a_call=False)
        _mark_hosts(transcript.segments)
        settle(transcript.segments)
    else:
        state_all(transcript.segments)
    return transcript.marks
