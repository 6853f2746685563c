"""Reads a speech of the presidency: bare text; remarks of the editors, photographs' credits and links set aside."""

from __future__ import annotations

import re

from onrecord.errors import NotAStatement
from onrecord.houses.phrases import Phrases
from onrecord.reading.composing import Reading
from onrecord.reading.dates import find_days
from onrecord.reading.exchange import settle_exchange
from onrecord.reading.lines import Line
from onrecord.reading.page import Page
from onrecord.reading.page_labels import find_page_labels
from onrecord.reading.speech_language import detect_language
from onrecord.reading.transcript import Label, Style, Voice, read_transcript
from onrecord.reading.turns import Mark
from onrecord.record import DateSource, fold

phrases = Phrases(__file__, re.I | re.S)
#: The day in the name under which the speech was kept: 2010-05-19-264.txt.
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:-\d+)?(?:\.txt)?$")
_OFFICE = (
    "Presidente|Presidenta|Ministr[oa]|Embaixadora?|Senadora?|Chanceler|Primeir[oa]-[Mm]inistr[oa]|Governadora?"
    "|Jornalista|Repórter|Pergunta|Intérprete|Tradutora?|Mestre de [Cc]erimônias?|Locutora?|Moderadora?"
)
_NAME = r"(?: (?:d[aeo]s? )?[A-ZÀ-Þ][\w.-]+){0,4}"
_LABEL = re.compile(rf"\s*(?P<office>{_OFFICE})(?P<name>{_NAME})\s?:(?=\s|\(|$)\s*")
#: A label inside a line, after the end of a sentence.
_INNER = re.compile(r"(?<=[.?!…)”\"])\s+(?=(?:Jornalista|Repórter|Presidente|Presidenta)\s?:\s)")
_GLUED_LINK = re.compile(r"(?<=[.!?…”\"])Voltar$")
_SPOKEN, _OF_THE_COUNTRY, _PLAINLY = 0.3, 2, 5
#: As many labels that are none of the presidency's make a transcript of somebody else; greetings have one or two colons.
_OTHERS = 3
_LOOKED_AT, _HEAD_LINES, _OPENING, _NAME_ALONE = 3_000, 5, 120, 70


def claims(page: Page) -> float:
    """How surely a bare text is a speech of Brazil's president: by its language, its country, and whom it addresses."""
    if page.format != "text" or not page.lines:
        return 0.0
    country = len(phrases.pattern("country.patterns").findall(page.text))
    state = phrases.pattern("state.patterns").search(page.text, 0, _LOOKED_AT) is not None
    linked = fold(page.lines[-1].text).casefold() == "voltar"  # the site's own link back, below the speech
    if country < (1 if linked else _OF_THE_COUNTRY if state else _PLAINLY):
        return 0.0
    others = sum(
        label is not None and _label(line) is None
        for line, label in zip(page.lines, find_page_labels(page.lines), strict=True)
    )
    if not linked and others >= _OTHERS:
        return 0.0
    words = [Mark(line=line, voice="podium") for line in page.lines]
    return _SPOKEN if detect_language(words, usual="pt") == "pt" else 0.0


def read(page: Page) -> Reading:
    """A reading of the speech. Raises NotAStatement where it has no words."""
    lines = [part for line in page.lines for part in _parts(line)]
    if not any(letter.isalpha() for line in lines for letter in line.text):
        raise NotAStatement("a text without words", where=page.capture.source)
    headline = next(
        (line for line in lines[:_HEAD_LINES] if phrases.pattern("headline.patterns").fullmatch(line.text)), None
    )
    title = fold(headline.text) if headline is not None else ""
    labels = [_label(line) for line in lines]
    asked = any(label is not None and label.voice == "reporter" for label in labels)
    marks = _marks(lines, labels, headline, _speaker(title, lines))
    kept = _DAY.match(page.name)
    day, source = _day(kept, lines)
    return Reading(
        title=title or (page.name.removesuffix(".txt") if kept else lines[0].text[:_OPENING]),
        date=day,
        date_from=source,
        kind="press-conference" if asked else "speech",
        language=detect_language(marks, usual="pt"),
        issuer="br-planalto",
        excerpt=any(
            mark.voice == "note" and phrases.pattern("note.patterns").fullmatch(mark.line.text) for mark in marks
        ),
        marks=marks,
    )


def _parts(line: Line) -> list[Line]:
    """A line cut at the labels inside it, after a remark of the editors at its beginning, and before a link at its end."""
    cuts = {0, *(match.end() for match in _INNER.finditer(line.text))}
    note = phrases.pattern("note.patterns").match(line.text)
    if note is not None:
        cuts.add(note.end())
    link = _GLUED_LINK.search(line.text)
    if link is not None:
        cuts.add(link.start())
    if len(cuts) == 1:
        return [line]
    ends = [*sorted(cuts)[1:], len(line.text)]
    spans = [(start, end) for start, end in zip(sorted(cuts), ends, strict=True) if line.text[start:end].strip()]
    return [line.part(start, end, fresh=line.fresh or start > 0) for start, end in spans]


def _label(line: Line) -> Label | None:
    match = _LABEL.match(line.text)
    if match is None:
        return None
    office, name, end = match["office"], match["name"].strip(), match.end()
    voices: tuple[Voice, ...] = ("reporter", "interpreter", "moderator")
    for voice in voices:
        if phrases.pattern(f"label.{voice}").fullmatch(office):
            role = "reporter" if voice == "reporter" else voice
            speaker = name or (None if voice == "reporter" else office)
            return Label(voice, end, office, speaker=speaker, role=role, anonymous=not name)  # type: ignore[arg-type]
    if name and name.split()[0] in ("da", "do", "de", "das", "dos"):  # "Presidente da Zâmbia"
        return Label("podium", end, office, speaker=f"{office} {name}", role="official")
    principal = phrases.pattern("label.president").fullmatch(office) is not None
    return Label("podium", end, office, speaker=name or office, role="principal" if principal else "official")


def _speaker(title: str, lines: list[Line]) -> str | None:
    """Who speaks, as the headline or the signature names them."""
    named = phrases.pattern("headline.speaker").search(title)
    if named is None and lines:
        named = phrases.pattern("furniture.signature").fullmatch(lines[-1].text)
    return named["name"] if named is not None else None


def _day(kept: re.Match[str] | None, lines: list[Line]) -> tuple[str | None, DateSource | None]:
    if kept is not None:
        return kept[1], "address"
    for line in lines[:_HEAD_LINES]:
        if phrases.pattern("furniture.place").fullmatch(line.text):
            return next((day.iso for day in find_days(line.text) if day.iso), None), "text"
    return None, None


def _marks(lines: list[Line], labels: list[Label | None], headline: Line | None, speaker: str | None) -> list[Mark]:
    labelled = any(label is not None for label in labels)
    notes = {
        id(line) for line, label in zip(lines, [*labels, None][1:], strict=True) if label is not None and _is_name(line)
    }

    def furniture(line: Line) -> str | None:
        return "title" if line is headline else phrases.furniture(line.text)

    def opening(line: Line) -> Mark:
        name = furniture(line)
        if name is not None:
            return Mark(line=line, voice="furniture", name=name)
        if phrases.pattern("note.patterns").fullmatch(line.text):
            return Mark(line=line, voice="note")
        return Mark(line=line, voice="podium", speaker=speaker, role="principal", kind="statement")

    # the first line that is speech is as good as labelled, so that all above it is an opening
    style = Style(furniture=furniture, podium=speaker or ("Presidente" if labelled else None), podium_role="principal")
    first = next((i for i, line in enumerate(lines) if opening(line).voice == "podium"), len(lines))
    head = [opening(line) for line in lines[:first]]
    transcript = read_transcript(lines[first:], labels[first:], style)
    for mark in transcript.marks:
        if id(mark.line) in notes and mark.voice == "more":  # who spoke between, without words
            mark.voice = "note"
    settle_exchange(transcript.segments)
    return head + transcript.marks


def _is_name(line: Line) -> bool:
    """Whether a line is a name alone, of somebody who spoke between two turns and whose words are left out."""
    words = line.text.strip()
    return (
        len(words) <= _NAME_ALONE and words[:1].isupper() and words[-1:].isalpha() and _LABEL.match(line.text) is None
    )
