"""Reads a text of the collection: an interview by its labels, a declaration or communiqué as one statement."""

from __future__ import annotations

import re

from onrecord.errors import NotAStatement
from onrecord.houses.fr_vie_publique.labels import INSIDE, People, find_labels, people_of, phrases
from onrecord.houses.phrases import setting_of
from onrecord.reading.composing import Reading
from onrecord.reading.dates import find_days, iso_day
from onrecord.reading.exchange import settle_exchange
from onrecord.reading.lines import Line
from onrecord.reading.page import Page
from onrecord.reading.speech_language import detect_language
from onrecord.reading.transcript import Label, Style, read_transcript
from onrecord.reading.turns import Mark
from onrecord.record import DateSource, DocumentKind, fold

#: A title's day lies so close to that of the row.
_NEAR = 20
_LISTED = 300
_FIRST_PERSON = re.compile(r"\b(?:je|j[’']|nous|mon|ma|mes|notre|nos)\b", re.I)
_NAMES = re.compile(r"[A-ZÉÈÊÎÔÇ][\w’'.-]*(?:[ ,][\w’'.-]+)*")


def read(page: Page) -> Reading:
    """Read the row. Raises NotAStatement where it holds a title and nothing else."""
    title = next((fold(line.text) for line in page.lines if line.tag == "h1"), fold(page.given_title))
    body = [line for line in page.lines if line.tag not in ("title", "h1")]
    kind = phrases.kind(title) or "statement"
    listed = body[0] if body and _is_listed(body, title) else None
    lines = _rows(body[1:] if listed is not None else body)
    if not lines:
        raise NotAStatement("a title and nothing under it", where=page.capture.source)
    people = people_of(title, listed.text if listed is not None else "", interview=kind == "interview")
    labels = find_labels(lines, people)
    spoken = any(label is not None for label in labels)
    marks = _transcript(lines, labels, people) if spoken else _statement(lines, title, people, kind)
    if not any(mark.voice in ("podium", "reporter") for mark in marks):
        raise NotAStatement("a title and nothing under it", where=page.capture.source)
    day, source, published = _day(page, title)
    asked = any(label is not None and label.voice == "reporter" for label in labels)
    if kind == "statement" and asked:
        kind = "press-conference"
    elif kind == "statement" and not spoken and not title.startswith("Déclaration") and _is_account(lines):
        kind = "readout"
    return Reading(
        title=title,
        date=day,
        date_from=source,
        published=published,
        kind=kind,
        language=detect_language(marks, title, usual="fr"),
        issuer="fr-vie-publique",
        excerpt=title.startswith("Extrait") or any(phrases.furniture(line.text) == "cut" for line in lines),
        address=page.address,
        marks=marks,
        outside=[
            ("speakers" if line is listed else "title", line)
            for line in page.lines
            if line is listed or line.tag in ("title", "h1")
        ],
    )


def _is_listed(body: list[Line], title: str) -> bool:
    """Whether the first row is the names of those who speak, or of the office, as the data set lists them."""
    first = fold(body[0].text)
    if len(body) < 2 or len(first) > _LISTED or first[-1] in ".?!…:" or not body[1].fresh:
        return False
    names = [fold(one) for one in first.split(",") if fold(one)]
    return all(_NAMES.fullmatch(one) and len(one.split()) <= 9 for one in names) and not _FIRST_PERSON.search(first)


def _rows(lines: list[Line]) -> list[Line]:
    """The lines, cut where Q or R is after the end of a sentence."""
    return [part for line in lines for part in line.divided(match.end() for match in INSIDE.finditer(line.text))]


def _is_account(lines: list[Line]) -> bool:
    return phrases.pattern("account.met").search(" ".join(line.text for line in lines[:2])[:600]) is not None


def _day(page: Page, title: str) -> tuple[str | None, DateSource | None, str | None]:
    """The day of the event, how it is known, and the day of publication, which the last line tells."""
    known = iso_day(page.meta.get("date", ""))
    told = [day for day in (one.on(one.year) for one in find_days(title, "day-first") if one.year) if day is not None]
    published = next(
        (
            day.iso
            for line in reversed(page.lines[-4:])
            if phrases.furniture(line.text) == "source"
            for day in find_days(line.text, "day-first")
        ),
        None,
    )
    if known is not None and known in told:
        return known.isoformat(), "title", published
    near = [day for day in told if known is None or abs((day - known).days) <= _NEAR]
    if near:
        return near[0].isoformat(), "title", published
    return known.isoformat() if known else None, "page-stamp" if known else None, published


def _furniture(line: Line) -> str | None:
    return phrases.furniture(line.text) or setting_of(line)


def _opening(lines: list[Line], labels: list[Label | None], people: People) -> dict[int, Mark]:
    """The marks of the lines above the first label, by identity.

    Above R stands a question whose label is missing; above Q the official's own words, or a preface that nobody speaks.
    """
    first = next(i for i, label in enumerate(labels) if label is not None)
    above = [line for line in lines[:first] if _furniture(line) is None]
    words = " ".join(line.text for line in above)
    label = labels[first]
    asked = label is not None and label.printed == "R"
    own = _FIRST_PERSON.search(words) is not None
    marks: dict[int, Mark] = {
        id(line): Mark(line=line, voice="furniture", name=_furniture(line) or "preface") for line in lines[:first]
    }
    if asked or own:
        for line in above:
            marks[id(line)] = Mark(line=line, voice="more")
        if above and asked:
            marks[id(above[0])] = Mark(
                line=above[0], voice="reporter", outlet=people.outlet, kind="question", apart=True
            )
        elif above:
            speaker = people.officials[0] if len(people.officials) == 1 else None
            marks[id(above[0])] = Mark(line=above[0], voice="podium", speaker=speaker, kind="statement", apart=True)
    return marks


def _transcript(lines: list[Line], labels: list[Label | None], people: People) -> list[Mark]:
    opening = _opening(lines, labels, people)
    style = Style(
        furniture=_furniture,
        opening=lambda line: opening[id(line)],
        stage=phrases.pattern("stage.patterns"),
    )
    transcript = read_transcript(lines, labels, style)
    if settle_exchange(transcript.segments):
        _answers_first(transcript.marks)
    return transcript.marks


def _answers_first(marks: list[Mark]) -> None:
    """The first R after a question without a label is its answer, in place."""
    spoken = [mark for mark in marks if mark.voice in ("reporter", "podium")]
    if len(spoken) > 1 and spoken[0].voice == "reporter" and spoken[1].voice == "podium":
        spoken[1].kind = "answer"


def _statement(lines: list[Line], title: str, people: People, kind: DocumentKind) -> list[Mark]:
    """The marks of a text that is one statement: of the one whom the title names, or in the third person."""
    own = kind != "joint-statement" and not title.startswith(("Communiqué", "Conclusions", "Conseil"))
    speaker = people.officials[0] if own and len(people.officials) == 1 else None
    marks: list[Mark] = []
    begun = False
    for line in lines:
        name = _furniture(line)
        if name is not None and not (name == "heading" and begun and line.tag == "p" and len(line.text) > 80):
            marks.append(Mark(line=line, voice="furniture", name=name))
        else:
            marks.append(
                Mark(
                    line=line, voice="more" if begun else "podium", speaker=None if begun else speaker, kind="statement"
                )
            )
            begun = True
    return marks
