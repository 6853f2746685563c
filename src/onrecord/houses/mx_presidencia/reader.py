"""Reads a page of the Presidency: the blocks of a text or the labels of a web page, and a message as one statement."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date

import msgspec

from onrecord.errors import NotAStatement
from onrecord.houses.mx_presidencia.askers import name_askers
from onrecord.houses.mx_presidencia.labels import bare_names, block_labels, head_of, label_of, phrases
from onrecord.houses.phrases import setting_of
from onrecord.reading.composing import Reading
from onrecord.reading.dates import find_days
from onrecord.reading.exchange import settle_exchange
from onrecord.reading.labels import meant as as_meant
from onrecord.reading.lines import Line
from onrecord.reading.openings import opening_mark
from onrecord.reading.page import Page
from onrecord.reading.speech_language import detect_language
from onrecord.reading.transcript import Label, Style, labels_at_their_words, read_transcript
from onrecord.reading.turns import Mark, one_statement
from onrecord.record import DateSource, fold

_ADDRESS = re.compile(r"https?://(?:www\.)?(?:gob\.mx/presidencia\b|presidente\.gob\.mx)")
_SURE, _MASTHEAD, _HEAD_LINES, _BLOCK_HEAD = 0.95, 0.75, 12, 4
_SITE = re.compile(r"\s*\|\s*Presidencia de la República.*", re.S)
_STAMP = re.compile(r"(?:Fecha de publicación|Presidencia de la Rep[uú]blica)\W+(\d{1,2} de \w+ de \d{4})")
#: An image of Markdown, the last thing above a line, and the characters it takes at most.
_IMAGE, _IMAGE_SIZE = re.compile(r"!\[[^\]]*\]\([^()]*\)\Z"), 1200
_OFFICE_ALONE = re.compile(r"PRESIDENT[EA]")
_DIVIDER = re.compile(r"-{3}")
#: A label in the middle of a paragraph, its colon lost; the end mark after the last words.
_INSIDE = re.compile(r"(?<=[.?!…]) ?(?=(?:PREGUNTA|INTERLOCUTORA?|INTERVENCIÓN)\b:? ?(?-i:[¿¡A-ZÁÉÍÓÚÑ(]))")
_END_MARK = re.compile(r"\s+[-–—―]{2,}(?:\s?0{2,4}\s?[-–—―]{2,})?\s*$")
#: A title's day lies so close to that of publication.
_NEAR = 10


def claims(page: Page) -> float:
    """Whether the page is at the Presidency's address, or has its name and one of Mexico among its first lines."""
    if page.format not in ("html", "markdown", "text"):
        return 0.0
    if page.format == "html":
        return _SURE if _ADDRESS.match(page.own_address or "") else 0.0
    above = [line.text for line in page.lines[:_HEAD_LINES]]
    if not any(phrases.pattern("recognise.masthead").fullmatch(text) for text in above):
        return 0.0
    mexican = phrases.pattern("recognise.mexico").search("\n".join([page.given_title, *above]))
    return _MASTHEAD if mexican or _in_blocks(above) else 0.0


def _in_blocks(above: list[str]) -> bool:
    """Whether a text begins as the blocks do: headline, the Presidency's name, a day in Spanish, a divider."""
    if len(above) < _BLOCK_HEAD or not _DIVIDER.fullmatch(above[_BLOCK_HEAD - 1]):
        return False
    return all(phrases.furniture(one) == "page-stamp" for one in above[1 : _BLOCK_HEAD - 1])


def read(page: Page) -> Reading:
    """Read the page. Raises NotAStatement for a diary of appointments and a page without words."""
    passed = phrases.table["passed"]
    page.pass_over(frozenset(passed))
    title = _title(page)
    told = phrases.kind(title)
    if told == "listing":
        raise NotAStatement("a diary of appointments", where=page.capture.source)
    blocks = page.format == "text" and any(_DIVIDER.fullmatch(line.text) for line in page.lines[:_HEAD_LINES])
    body = _rows(_body(page, title), blocks=blocks)
    labels = _labels(body, blocks=blocks, pressed=told in ("press-conference", "interview"))
    asked = any(label is not None and label.voice == "reporter" for label in labels)
    labels, bare = labels_at_their_words(body, _played(body, labels), _is_said)
    first = next((i for i, label in enumerate(labels) if label is not None), None)
    known = any(phrases.furniture(line.text) == "unknown-speaker" for line in page.lines[:_HEAD_LINES])
    opening = _opening(title, known)
    marks = (
        _transcript(body, labels, bare, opening)
        if first is not None
        else one_statement(body, _furniture, speaker=_president(title))
    )
    if not any(mark.voice in ("podium", "reporter") for mark in marks):
        raise NotAStatement("a headline and nothing under it", where=page.capture.source)
    inside = {line.source[0] for line in body}
    day, source, published = _day(page, title)
    return Reading(
        title=title,
        date=day,
        date_from=source,
        published=published,
        kind="press-conference" if asked and told == "speech" else told or "statement",
        language=detect_language(marks, title, usual="es"),
        issuer="mx-presidencia",
        address=page.own_address,
        marks=marks,
        outside=[(_outside(line, title), line) for line in page.lines if line.source[0] not in inside],
        passed=passed,
    )


def _title(page: Page) -> str:
    if page.format == "html":
        shown = next((fold(line.text) for line in page.lines if line.tag == "h1"), "")
        return shown or _SITE.sub("", fold(page.given_title))
    first = next((i for i, line in enumerate(page.lines[:_HEAD_LINES]) if line.tag == "h1"), None)
    if first is None:
        return fold(page.given_title) or (fold(page.lines[0].text) if page.lines else "")
    last = first  # a headline that is broken to a width goes on in the next row
    while last + 1 < len(page.lines) and page.lines[last + 1].tag == "p" and _abut(page, last):
        last += 1
    return fold(" ".join(line.text for line in page.lines[first : last + 1]))


def _abut(page: Page, i: int) -> bool:
    """Whether no empty row is between a line and the next."""
    between = page.text[page.lines[i].source[1] : page.lines[i + 1].source[0]]
    return between.count("\n") == 1


def _outside(line: Line, title: str) -> str:
    if line.tag == "title" or fold(line.text) in title:
        return "title"
    return phrases.furniture(line.text) or {"h1": "title", "h2": "summary"}.get(line.tag, "navigation")


def _body(page: Page, title: str) -> list[Line]:
    """The lines of the article: those below its headline and the stamp of its day."""
    if page.format == "html":
        return [line for line in page.lines if line.within("article-body")]
    lines = [line for line in page.lines if not _is_caption(page, line)]
    stamps = [i for i, line in enumerate(lines[:_HEAD_LINES]) if phrases.furniture(line.text) == "page-stamp"]
    start = stamps[-1] + 1 if stamps else 1
    while start < len(lines) and (setting_of(lines[start]) or _repeats(lines[start].text, title)):
        start += 1
    return lines[start:]


def _rows(lines: list[Line], *, blocks: bool) -> list[Line]:
    """The lines, cut where a label is after other words, or the end mark does; each row of blocks is a paragraph."""
    cut: list[Line] = []
    for line in lines:
        line.fresh = line.fresh or blocks
        places = [match.start() for match in _INSIDE.finditer(line.text)]
        end = _END_MARK.search(line.text)
        cut += line.divided([*places, *([end.start()] if end else [])])
    return cut


def _is_caption(page: Page, line: Line) -> bool:
    """Whether a line is right under an image in Markdown: it is the image's caption."""
    if page.format != "markdown":
        return False
    above = page.text[: line.source[0]].rstrip()
    return above.endswith(")") and _IMAGE.search(above, max(0, len(above) - _IMAGE_SIZE)) is not None


def _repeats(text: str, title: str) -> bool:
    """Whether a line is an image or its caption: words of the headline again, or the address of a picture."""
    return (len(text) > 20 and fold(text).casefold() in title.casefold()) or text.startswith("![")


def _labels(lines: list[Line], *, blocks: bool, pressed: bool) -> list[Label | None]:
    """For each line its label: after a divider in a text of blocks, before a colon or in bold elsewhere."""
    rows = block_labels(lines) if blocks else {}
    heads: list[tuple[str, int] | None] = [
        (rows[i], len(line.text)) if i in rows else None if rows else head_of(line) for i, line in enumerate(lines)
    ]
    heads = [
        head if head is not None and not _is_stage(head[0]) and phrases.furniture(head[0]) is None else None
        for head in heads
    ]
    others = bare_names([head[0] for head in heads if head is not None])
    pressed = pressed or any(head is not None and head[0].rstrip(":") in ("PREGUNTA", "P") for head in heads)
    films = _films(lines)
    labels = [
        label_of(*head, others, pressed=pressed and i not in films) if head is not None else None
        for i, head in enumerate(heads)
    ]
    return _meant(labels)


def _films(lines: list[Line]) -> set[int]:
    """The numbers of the lines between the stage directions that begin and end a film."""
    inside: set[int] = set()
    begun: int | None = None
    for i, line in enumerate(lines):
        if not _is_stage(line.text):
            continue
        if phrases.pattern("stage.ended").search(line.text):
            inside |= set(range(begun, i)) if begun is not None else set()
            begun = None
        elif phrases.pattern("stage.played").search(line.text):
            begun = i
    return inside


def _meant(labels: list[Label | None]) -> list[Label | None]:
    """The labels as meant: an office alone right after its holder is a reporter's, a name seen once a misprint of another."""
    counts = Counter(
        label.speaker for label in labels if label is not None and label.voice == "podium" and label.speaker
    )
    often = {name: count for name, count in counts.items() if count > 1}
    meant: list[Label | None] = []
    before: Label | None = None
    for printed in labels:
        label = printed
        if label is not None and label.speaker and counts[label.speaker] == 1:
            label = msgspec.structs.replace(label, speaker=as_meant(label.speaker, often) or label.speaker)
        behind_holder = before is not None and before.role == "principal"
        if label is not None and behind_holder and _OFFICE_ALONE.fullmatch(label.printed):
            label = Label("reporter", label.end, label.printed, role="reporter", anonymous=True)
        meant.append(label)
        before = label or before
    return meant


def _is_stage(text: str) -> bool:
    return text.startswith(("(", "["))


def _played(lines: list[Line], labels: list[Label | None]) -> list[Label | None]:
    """The labels, with one for the words of a film or song that begin after its stage direction without a label."""
    labels = list(labels)
    starts = phrases.pattern("stage.played")
    for i, line in enumerate(lines[:-1]):
        played = (
            _is_stage(line.text) and starts.search(line.text) and not phrases.pattern("stage.ended").search(line.text)
        )
        if not played or labels[i] is not None:
            continue
        behind = next((j for j in range(i + 1, min(i + 3, len(lines))) if not _is_direction(lines[j])), None)
        if behind is not None and labels[behind] is None and phrases.furniture(lines[behind].text) is None:
            labels[behind] = Label("voice", 0, role="voice", anonymous=True)
    return labels


def _is_direction(line: Line) -> bool:
    return phrases.pattern("stage.patterns").fullmatch(line.text) is not None


def _is_said(line: Line) -> bool:
    """Whether a line in brackets can be what somebody said: "(Inaudible)", and no film."""
    return _is_direction(line) and phrases.pattern("stage.played").search(line.text) is None


def _day(page: Page, title: str) -> tuple[str | None, DateSource | None, str | None]:
    """The day of the event, how it is known, and the day of publication."""
    stamp = _STAMP.search("\n".join(line.text for line in page.lines[:_HEAD_LINES]))
    if stamp is None and page.format == "html":
        stamp = re.search(r"Fecha de publicación</dt>\s*<dd>([^<]{8,40})", page.text)
    days = find_days(stamp[1]) if stamp is not None else []
    published = next((day.iso for day in days if day.iso), None)
    year = int(published[:4]) if published else None
    for day in find_days(title):
        on = day.on(day.year or year or 0) if day.year or year else None
        if on is not None and (
            day.year or published is None or abs((on - date.fromisoformat(published)).days) <= _NEAR
        ):
            return on.isoformat(), "title", published
    return published, "page-stamp" if published else None, published


def _furniture(line: Line) -> str | None:
    return phrases.furniture(line.text) or setting_of(line)


def _opening(title: str, known: bool) -> Callable[[Line], Mark]:
    """Marks a line above the first label: furniture, a stage direction, or somebody whom no label names.

    ``known`` says that the page marks the speaker as the one of its headline (``???``).
    """
    begun = False

    def mark(line: Line) -> Mark:
        nonlocal begun
        found = opening_mark(line, _furniture(line), note=_is_direction(line))
        if not known or begun or found.voice != "more":
            return found
        begun = True
        return Mark(line=line, voice="podium", speaker=_president(title), kind="statement", apart=True)

    return mark


def _president(title: str) -> str | None:
    """The president whom a headline names."""
    named = re.search(r"president[ea](?: de México,?)? ((?:[A-ZÁÉÍÓÚÑ][\wáéíóúñ]+ ?){2,5})", title)
    return fold(named[1]).strip() if named is not None else None


def _transcript(
    lines: list[Line],
    labels: list[Label | None],
    bare: frozenset[int],
    opening: Callable[[Line], Mark],
) -> list[Mark]:
    style = Style(
        furniture=lambda line: "label" if id(line) in bare else _furniture(line),
        opening=opening,
        stage=phrases.pattern("stage.patterns"),
    )
    transcript = read_transcript(lines, labels, style)
    if settle_exchange(transcript.segments):
        name_askers(transcript.segments)
    return transcript.marks
