"""Reads a file of the prime ministers' transcripts: label by label, or a speech and a release as one statement."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from onrecord.errors import NotAStatement
from onrecord.houses.au_pm.labels import PageLabels, divide, in_capitals, phrases
from onrecord.houses.phrases import setting_of
from onrecord.lexicon.outlets import outlet_ids
from onrecord.reading.composing import Reading
from onrecord.reading.dates import find_days
from onrecord.reading.exchange import settle_exchange
from onrecord.reading.lines import Line
from onrecord.reading.page import Page
from onrecord.reading.speech_language import detect_language
from onrecord.reading.transcript import Label, Segment, Style, labels_at_their_words, read_transcript
from onrecord.reading.turns import Mark
from onrecord.record import DateSource, DocumentKind, fold

#: Rows above the speech: the heading of a transcript takes no more.
_ABOVE, _PLACE_WORDS = 16, 160
_DAY_WORDS = 60
_SENTENCE_END = re.compile(r"[.?!…:][”\"’)\]]*$")
_FIRST_PERSON = re.compile(r"\b(?:I|my|I’m|I've|I’ve|I'm)\b")
_SPEAKS = 3
#: A transcript is released within so many days after the event.
_RELEASED = 12
#: The end of a call and the beginning of a question, in which an outlet is told.
_BEGINNING = 160
_WORD = r"(?:[A-Z][\w’'&-]*|\d{1,3}[A-Z]*)"
_OUTLET = rf"(?P<outlet>{_WORD}(?: (?:of |and |the )?{_WORD}){{0,4}})"
_OWN = re.compile(
    rf"(?:(?:Thank you|Thanks|Good \w+|Hi|Hello|Yes|Okay|G’day)[^.!?]{{0,30}}[,.!?]+ )*"
    rf"(?:\[[^\]]*\]|(?:(?:It’s|It's|I’m|I'm|[Tt]his is) )?(?P<name>[A-Z][\w’'-]+ [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?))"
    rf",? (?:from|with) (?P<article>[Tt]he )?{_OUTLET}"
)
_CALLED = re.compile(
    rf"[A-Z][\w’'-]+ [A-Z][\w’'-]+,? (?:from|with|of) (?P<article>[Tt]he )?{_OUTLET}[.?!,]*(?: (?:Yes|Go ahead|Please)\W*)?$"
)
#: Whoever stands in for the prime minister, as the headline says: "Interview with the Acting Prime Minister, the Hon Jo Example".
_ACTING = re.compile(
    r"Acting Prime Minister,? (?:[Tt]he )?(?:(?:Rt |Right )?Hon(?:ou?rable)?\.? )?(?:(?:Mr|Ms|Mrs|Dr) )?"
    r"(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)+)"
)
#: Fewer labels are headings of a statement.
_LABELS = 2
_SCANNED_UNTIL = "1996-03-11"
_KINDS: dict[str, DocumentKind] = {
    "press conference": "press-conference",
    "doorstop": "press-conference",
    "interview": "interview",
    "speech": "speech",
    "broadcast": "speech",
    "remarks": "speech",
    "statement in parliament": "speech",
    "media release": "statement",
    "statement": "statement",
    "communique": "joint-statement",
    "joint statement": "joint-statement",
}


def read(page: Page) -> Reading:
    """Read the file. Raises NotAStatement where it holds a headline and nothing else."""
    title = fold(page.given_title or page.meta.get("title", ""))
    released = fold(page.meta.get("release-type", "")).lower()
    acting = _ACTING.search(title)
    minister = acting["name"] if acting is not None else _name(page.meta.get("prime-minister", ""))
    told = phrases.kind(title) or _KINDS.get(released)
    lines = [line for line in page.lines if line.tag != "title"]
    if not lines:
        raise NotAStatement("a headline and nothing under it", where=page.capture.source)
    day, source, published = _day(page, title, lines)
    scanned = bool(published) and str(published) < _SCANNED_UNTIL
    first = PageLabels(lines, minister=minister, title=title, kind=told, scanned=scanned)
    lines = divide(lines, first.known)
    found = PageLabels(lines, minister=minister, title=title, kind=told, scanned=scanned)
    before = ["", *(line.text for line in lines)]
    labels = [found.label(*one) for one in zip(lines, found.heads, before, strict=False)]
    asked = any(label is not None and label.voice == "reporter" for label in labels)
    spoken = asked or sum(label is not None and not label.doubt for label in labels) >= _LABELS
    heading = _heading(lines, labels if spoken else [None] * len(lines), title)
    kind = _kind(told, title, released, labels, asked)
    if spoken:
        broadcaster = _broadcaster(title) if kind == "interview" else None
        marks = _transcript(lines, labels, heading, minister, broadcaster)
    else:
        marks = _statement(lines, labels, heading, minister, kind, scanned=scanned)
    if not any(mark.voice in ("podium", "reporter") for mark in marks):
        raise NotAStatement("a headline and nothing under it", where=page.capture.source)
    return Reading(
        title=title,
        date=day,
        date_from=source,
        published=published,
        kind=kind,
        language=detect_language(marks, title, usual="en"),
        issuer="au-pm",
        address=page.address or page.meta.get("document") or None,
        marks=marks,
    )


def _name(told: str) -> str:
    """``Howard, John`` as John Howard."""
    family, _, given = told.partition(",")
    return fold(f"{given} {family}").strip()


def _kind(
    told: DocumentKind | None, title: str, released: str, labels: list[Label | None], asked: bool
) -> DocumentKind:
    if asked:
        if told in ("press-conference", "interview"):
            return told
        names = {label.speaker for label in labels if label is not None and label.voice == "reporter" and label.speaker}
        return "interview" if names else "press-conference"
    if told in ("press-conference", "interview") and _KINDS.get(released) == told:
        return told
    return told if told is not None else "speech" if released in ("transcript", "video transcript", "") else "statement"


def _day(page: Page, title: str, lines: list[Line]) -> tuple[str | None, DateSource | None, str | None]:
    """The day of the event, how it is known, and the day of release."""
    stamp = re.match(r"(\d{1,2})/(\d{1,2})/(\d{4})", fold(page.meta.get("release-date", "")))
    released = date(int(stamp[3]), int(stamp[2]), int(stamp[1])) if stamp and _is_day(stamp) else None
    published = released.isoformat() if released else None
    for words, source in (
        (title, "title"),
        *((line.text, "text") for line in lines[:_ABOVE] if len(line.text) < _PLACE_WORDS),
    ):
        for day in find_days(words, "day-first"):
            on = day.on(day.year or (released.year if released else 0) or 0) if day.year or released else None
            if on is not None and (released is None or timedelta(0) <= released - on <= timedelta(_RELEASED)):
                return on.isoformat(), source, published  # type: ignore[return-value]
    return published, "page-stamp" if published else None, published


def _is_day(stamp: re.Match[str]) -> bool:
    try:
        date(int(stamp[3]), int(stamp[2]), int(stamp[1]))
    except ValueError:
        return False
    return int(stamp[3]) > 1900


def _furniture(line: Line) -> str | None:
    return phrases.furniture(line.text) or setting_of(line)


def _heading(lines: list[Line], labels: list[Label | None], title: str) -> dict[int, str]:
    """The rows above the speech by identity, each with what it is: the headline again, subjects, a place, a day."""
    first = next((i for i, label in enumerate(labels) if label is not None), len(lines))
    above = lines[: min(first, _ABOVE)]
    proof = max((i for i, line in enumerate(above) if phrases.furniture(line.text) == "proof"), default=-1)
    heading: dict[int, str] = {}
    for i, line in enumerate(above):
        name = _furniture(line)
        words = fold(line.text)
        repeats = len(words) > 8 and _letters(words) in _letters(title)
        place = len(words) <= _PLACE_WORDS and not _SENTENCE_END.search(words)
        if name is None and (
            i < proof
            or repeats
            or (in_capitals(words) and len(words) < _PLACE_WORDS)
            or (place and i + 1 < len(lines) and _opens(lines[i + 1]))
        ):
            name = "heading"
        if name is None:
            break
        heading[id(line)] = name
    return heading


def _opens(line: Line) -> bool:
    """Whether a line begins a paragraph or a sentence, so that the short row above it is no part of it."""
    return line.fresh or line.text[:1].isupper()


def _letters(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())


def _is_stage(line: Line) -> bool:
    return phrases.pattern("stage.patterns").fullmatch(line.text) is not None


def _opening(heading: dict[int, str], minister: str, bare: frozenset[int]) -> Callable[[Line], Mark]:
    """Marks a line above the first label: the heading, or the prime minister, who begins without one."""
    begun = False

    def mark(line: Line) -> Mark:
        nonlocal begun
        name = "label" if id(line) in bare else heading.get(id(line)) or _furniture(line)
        if name is not None:
            return Mark(line=line, voice="furniture", name=name)
        if _is_stage(line):
            return Mark(line=line, voice="note")
        first, begun = not begun, True
        if first:
            return Mark(
                line=line, voice="podium", speaker=minister or None, role="principal", kind="statement", apart=True
            )
        return Mark(line=line, voice="more")

    return mark


def _broadcaster(title: str) -> str | None:
    """The station or network that the headline of an interview names behind who asks: "Interview with Ann Example, Radio 2ZZ"."""
    interview = phrases.pattern("broadcaster.title").search(title)
    found = phrases.pattern("broadcaster.patterns").search(title, interview.end()) if interview is not None else None
    return found.group() if found is not None else None


def _transcript(
    lines: list[Line],
    labels: list[Label | None],
    heading: dict[int, str],
    minister: str,
    broadcaster: str | None,
) -> list[Mark]:
    labels, bare = labels_at_their_words(lines, labels, _is_stage)
    style = Style(
        furniture=lambda line: "label" if id(line) in bare else _furniture(line),
        opening=_opening(heading, minister, bare),
        stage=phrases.pattern("stage.patterns"),
    )
    transcript = read_transcript(lines, labels, style)
    if settle_exchange(transcript.segments):
        _name_outlets(transcript.segments)
        _name_broadcaster(transcript.segments, broadcaster)
    return transcript.marks


def _outlet(told: re.Match[str]) -> str:
    """The outlet as printed, with its article where that belongs to the name: "the Australian", "the ABC" without."""
    whole = f"{told['article'] or ''}{told['outlet']}"
    known = outlet_ids()
    return whole if known(whole) is not None and known(told["outlet"]) is None else told["outlet"]


def _name_outlets(segments: list[Segment]) -> None:
    """Give reporters the outlet that a call just before or their own first words tell, in place, and their own name."""
    call = ""
    for segment in segments:
        mark = segment.marks[0]
        if segment.voice == "reporter":
            own = _OWN.match(segment.words[:_BEGINNING])
            told = _CALLED.search(call)
            if mark.speaker is None and own is not None:
                mark.speaker, mark.outlet = own["name"], _outlet(own)
            elif mark.speaker is None and told is not None:  # a call across the room is for who had a hand up
                mark.outlet = _outlet(told)
        call = segment.words[-_BEGINNING:] if segment.voice != "reporter" else ""


def _name_broadcaster(segments: list[Segment], broadcaster: str | None) -> None:
    """Give whoever asks in an interview the station of its headline, in place; not callers, who are anybody."""
    hosts = {segment.speaker for segment in segments if segment.voice == "reporter"}
    for segment in segments:
        mark = segment.marks[0]
        if segment.voice == "reporter" and mark.outlet is None and (mark.speaker or hosts == {None}):
            mark.outlet = broadcaster


def _tail(lines: list[Line]) -> int:
    """Where the rows of a place and day after the last words begin."""
    end = len(lines)
    while end > 1 and len(lines[end - 1].text) <= _DAY_WORDS and lines[end - 1].fresh:
        words = lines[end - 1].text
        if _furniture(lines[end - 1]) is None and not (
            find_days(words, "day-first") and not _SENTENCE_END.search(words)
        ):
            break
        end -= 1
    return end


def _statement(
    lines: list[Line],
    labels: list[Label | None],
    heading: dict[int, str],
    minister: str,
    kind: DocumentKind,
    *,
    scanned: bool,
) -> list[Mark]:
    """The marks of a text that is one statement: the prime minister's own words, or a release about them."""
    words = " ".join(line.text for line in lines)
    own = kind != "joint-statement" and len(_FIRST_PERSON.findall(words)) >= _SPEAKS
    unsegmented = kind in ("press-conference", "interview")
    marks: list[Mark] = []
    begun = False
    ends = _tail(lines)
    for i, (line, label) in enumerate(zip(lines, labels, strict=True)):
        if label is not None and label.voice == "podium" and not begun:
            said = label.end < len(line.text)
            marks.append(Mark(line=line, voice="podium", start=label.end, speaker=label.speaker, kind="statement"))
            begun, unsegmented = True, unsegmented and not said
            continue
        name = heading.get(id(line)) or _furniture(line) or ("place" if i >= ends and begun else None)
        if name is not None:
            marks.append(Mark(line=line, voice="furniture", name=name))
            continue
        speaker = minister if own and not unsegmented and not begun else None
        marks.append(Mark(line=line, voice="more" if begun else "podium", speaker=speaker or None, kind="statement"))
        begun = True
    if unsegmented:
        doubt = "a scan in which question and answer are not told apart" if scanned else "a conversation without labels"
        marks.insert(0, Mark(line=lines[0], voice="unread", end=0, name=doubt))
    return marks
