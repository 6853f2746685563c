"""Compose a document from a house's reading: text, turns, furniture and what was not understood, each with its place."""

from __future__ import annotations

from bisect import bisect_left
from hashlib import sha256

import msgspec

from onrecord.lexicon.outlet_ids import OutletIds
from onrecord.reading.decoding import replace_lost
from onrecord.reading.lines import Line
from onrecord.reading.page import Page
from onrecord.reading.turns import Draft, Mark, draft
from onrecord.record import (
    DateSource,
    Document,
    DocumentKind,
    Furniture,
    Heading,
    Turn,
    Unread,
    turn_ids,
)


class Reading(msgspec.Struct, kw_only=True):
    """The result of a house's reader for a page.

    ``marks`` are the lines of the article in order. ``outside`` are the page's other lines, each with the name of the
    furniture they belong to, in order of the page; ``passed`` names the containers that were passed over.
    """

    title: str
    date: str | None
    date_from: DateSource | None
    kind: DocumentKind
    language: str
    issuer: str
    marks: list[Mark]
    published: str | None = None
    excerpt: bool = False
    address: str | None = None
    outside: list[tuple[str, Line]] = msgspec.field(default_factory=list)
    passed: dict[str, str] = msgspec.field(default_factory=dict)


def document_id(issuer: str, date: str | None, address: str | None, capture: str) -> str:
    """A readable id, derived from what does not change: the page's address, or its bytes if it has none."""
    digest = sha256((address or capture).encode()).hexdigest()[:8]
    return f"{issuer}-{date or 'undated'}-{digest}"


def compose(page: Page, reading: Reading, *, house: str, outlet_id: OutletIds) -> Document:
    """The document that a reading describes. ``outlet_id`` finds the canonical id of an outlet as printed."""
    drafts = draft(reading.marks)
    lifted = _inside_turns(reading.marks, drafts)
    repeated = _repeated_labels(reading.marks, drafts)
    text, places, runs = _text(reading.marks, lifted, repeated)
    address = reading.address or page.address
    address = replace_lost(address) if address else address
    heading = Heading(
        id=document_id(reading.issuer, reading.date, address, page.capture.id),
        title=replace_lost(reading.title),
        date=reading.date,
        date_from=reading.date_from,
        published=replace_lost(reading.published) if reading.published else reading.published,
        issuer=reading.issuer,
        house=house,
        kind=reading.kind,
        language=reading.language,
        excerpt=reading.excerpt,
        address=address,
        text=text,
        capture=page.capture.id,
    )
    furniture, unread = _unspoken(page, reading, places)
    furniture += [_label_furniture(page, mark) for mark in reading.marks if id(mark) in repeated]
    document = Document(
        heading=heading,
        turns=tuple(_turns(heading, drafts, places, outlet_id)),
        furniture=tuple(furniture),
        unread=tuple(unread),
    )
    offsets = page.offsets(text, runs)
    capture = msgspec.structs.replace(page.capture, encoding=page.encoding)
    return document.with_capture(capture, page.extract, offsets, None if offsets.unit == "byte" else page.data)


def _inside_turns(marks: list[Mark], drafts: list[Draft]) -> set[int]:
    """The furniture that is inside a turn, by identity: it is removed, so that a turn's words are only speech."""
    order = {id(mark): i for i, mark in enumerate(marks)}
    lifted: set[int] = set()
    for turn in drafts:
        first, last = order[id(turn.marks[0])], order[id(turn.marks[-1])]
        if last - first + 1 != len(turn.marks):
            own = {id(mark) for mark in turn.marks}
            lifted.update(id(mark) for mark in marks[first:last] if id(mark) not in own)
    return lifted


def _repeated_labels(marks: list[Mark], drafts: list[Draft]) -> set[int]:
    """The marks, by identity, that continue a turn under a repeated label: the label is not part of its words."""
    inside = {id(mark) for turn in drafts for mark in turn.marks[1:] if mark.voice != "more" and mark.start}
    return {
        id(mark)
        for before, mark in zip([None, *marks], marks, strict=False)
        if id(mark) in inside and (before is None or before.line is not mark.line)
    }


def _label_furniture(page: Page, mark: Mark) -> Furniture:
    first, last = mark.line.source
    behind = _runs_from(mark.line, mark.start)
    end = behind[0][1] if behind else last
    return Furniture(name="repeated-label", byte_start=page.byte(first), byte_end=page.byte_after(end))


def _runs_from(line: Line, cut: int) -> list[tuple[int, int, int]]:
    """The runs of ``line.text[cut:]``, their starts counted in the whole line."""
    ends = [run[0] for run in line.runs[1:]] + [len(line.text)]
    return [
        (max(run[0], cut), run[1] + max(0, cut - run[0]), run[2])
        for run, end in zip(line.runs, ends, strict=True)
        if end > cut
    ]


def _text(
    marks: list[Mark], lifted: set[int], repeated: set[int]
) -> tuple[str, dict[int, tuple[int, int]], list[tuple[int, int, int]]]:
    """The text, each mark's ``(start, end)`` in it by identity (the label excluded), and the runs."""
    parts: list[str] = []
    places: dict[int, tuple[int, int]] = {}
    runs: list[tuple[int, int, int]] = []
    size, begun, line = 0, 0, None
    for mark in marks:
        if id(mark) in lifted:
            places[id(mark)] = (size, size)
            continue
        if mark.line is not line:  # two marks may share a line: a question and its answer in one paragraph
            line = mark.line
            if parts:
                division = "\n\n" if line.fresh else "\n"
                parts.append(division)
                size += len(division)
            cut = mark.start if id(mark) in repeated else 0
            begun = size - cut
            parts.append(line.text[cut:])
            size += len(line.text) - cut
            if cut:
                runs.extend((begun + run[0], run[1], run[2]) for run in _runs_from(line, cut))
            else:
                runs.extend((begun + run[0], run[1], run[2]) for run in line.runs)
        end = len(line.text) if mark.end is None else mark.end
        places[id(mark)] = (begun + mark.start, begun + end)
    return "".join(parts), places, runs


def _turns(
    heading: Heading, drafts: list[Draft], places: dict[int, tuple[int, int]], outlet_id: OutletIds
) -> list[Turn]:
    turns: list[Turn] = []
    spans = []
    for one in drafts:
        start, end = places[id(one.marks[0])][0], places[id(one.marks[-1])][1]
        while start < end and heading.text[start].isspace():
            start += 1
        while start < end and heading.text[end - 1].isspace():
            end -= 1
        spans.append((start, end))
    spoken = [(one, span) for one, span in zip(drafts, spans, strict=True) if span[0] < span[1]]
    ids = turn_ids(heading.id, [heading.text[start:end] for _, (start, end) in spoken])
    question: str | None = None
    for (one, (start, end)), turn_id in zip(spoken, ids, strict=True):
        if one.kind == "question":
            question = turn_id
        elif one.kind == "statement" and one.role not in ("moderator", "operator"):
            question = None
        turns.append(
            Turn(
                id=turn_id,
                kind=one.kind,
                speaker=one.speaker,
                role=one.role,
                outlet=one.outlet,
                outlet_id=outlet_id(one.outlet) if one.outlet else None,
                start=start,
                end=end,
                answers=question if one.kind == "answer" else None,
            )
        )
    return turns


def _unspoken(page: Page, reading: Reading, places: dict[int, tuple[int, int]]) -> tuple[list[Furniture], list[Unread]]:
    furniture: list[Furniture] = []
    unread: list[Unread] = []
    for mark in reading.marks:
        if mark.voice not in ("furniture", "unread"):
            continue
        first, last = page.bytes_of(mark.line)
        start, end = places[id(mark)]
        if mark.voice == "furniture":
            furniture.append(Furniture(name=mark.name, byte_start=first, byte_end=last, start=start, end=end))
        else:
            unread.append(
                Unread(why=mark.name, words=mark.line.text, byte_start=first, byte_end=last, start=start, end=end)
            )
    own = sorted(mark.line.source[0] for mark in reading.marks)
    i = 0
    while i < len(reading.outside):  # adjacent lines of one name are one piece of furniture
        name, line = reading.outside[i]
        j, before = i, bisect_left(own, line.source[0])
        while (
            j + 1 < len(reading.outside)
            and reading.outside[j + 1][0] == name
            and bisect_left(own, reading.outside[j + 1][1].source[0]) == before
        ):
            j += 1
        first, last = page.bytes_of(line, reading.outside[j][1])
        if name.startswith("unread:"):
            unread.extend(
                Unread(why=name[7:].strip(), words=one.text, byte_start=byte[0], byte_end=byte[1])
                for _, one in reading.outside[i : j + 1]
                for byte in [page.bytes_of(one)]
            )
        else:
            furniture.append(Furniture(name=name, byte_start=first, byte_end=last, paragraphs=j - i + 1))
        i = j + 1
    for name, start, end, paragraphs in page.passed:
        if paragraphs:
            furniture.append(
                Furniture(
                    name=reading.passed.get(name, name),
                    byte_start=page.byte(start),
                    byte_end=page.byte_after(end),
                    paragraphs=paragraphs,
                )
            )
    return furniture, unread
