"""What stands above, below and between the words of a pasted text and is none of them: heads, feet, headings, notices."""

from __future__ import annotations

import re
from itertools import takewhile

from onrecord.houses.phrases import Phrases, setting_of
from onrecord.reading.dates import find_days, weekday_in
from onrecord.reading.label_forms import head_of
from onrecord.reading.label_words import is_assembly, is_narrated, is_page_foot, is_page_head
from onrecord.reading.lines import Line
from onrecord.reading.page_ends import (
    UNFINISHED,
    is_unfinished,
    names_foot,
    only_reaches,
    unfinished_lines,
)
from onrecord.reading.transcript import Label

STOP = re.compile(r"[.?!。？！؟।۔።]")
#: Places, days and headings above a transcript are shorter, and end in no full stop.
PLACE = 160
SENTENCE_END = re.compile(r"[.?!…。？！؟:：][”\"’)\]]*$")
#: Beside a day a line of the head has few words; a line below the words is short.
_DAY_WORDS, _FOOT = 4, 250
#: A line between two turns that may be a heading has few words; the reason that is given for it.
_HEADING_WORDS = 9
HEADING = "perhaps a heading: a line between two turns that is no sentence"
#: A line that names the kind of a page and nothing else.
KIND_LINE = 30
#: The day and hour before a line of an exported chat, and how many lines show one.
_STAMPED = re.compile(r"\[?\d{1,4}[-./]\d{1,2}[-./]\d{1,4},? \d{1,2}:\d{2}")
_CHAT_LINES = 2
#: "15 maja 2025 r.", "13 мая 2025 г."
_HOUR = re.compile(r"\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?|uhr|h)?", re.I)
_WEEKDAY_WORDS = 3
#: A day of the lunar Hijri calendar beside another: "14 ذو القعدة 1446هـ الموافق".
_LUNAR = re.compile(
    r"(?:\d{1,2}\s+[^\d،,]{3,25}\s+1[34]\d\d(?:\s?هـ?|\s?A?\.?H\b\.?)|\d{1,2}[/-]\d{1,2}[/-]1[34]\d\d\s?(?:هـ?|A?\.?H\b\.?)?)"
    r"(?:\s+(?:الموافق لـ?|الموافق|corresponding to))?|(?<=\d)\s?م\b|(?<=\s)م\b"
)
_ABBREVIATED = re.compile(r"\b[^\W\d_]{1,2}\.")

phrases = Phrases(__file__, re.I)


def furniture_of(line: Line) -> str | None:
    """The name of the furniture that a line is by its set phrases or its setting, or None."""
    return phrases.furniture(line.text) or setting_of(line)


def around_words(lines: list[Line], labels: list[Label | None], *, answered_inline: bool) -> dict[int, str]:
    """What stands above the words and below them, by the identity of its line: "Date: …", a day, "Photo: …".

    ``answered_inline`` says that a quoted mail is answered between its lines, so that it is none of it.
    """
    first = next((i for i, label in enumerate(labels) if label is not None), None)
    above = lines[:first] if first is not None else list(takewhile(is_above, lines))
    found = {id(line): "head" for line in above if (head := head_of(line)) is not None and _heads(head.printed, line)}
    if first is None:
        found |= {id(line): furniture_of(line) or "head" for line in above}
    quoted = phrases.pattern("quoted.mail")
    first_quoted = next((i for i, line in enumerate(lines) if i and quoted.fullmatch(line.text)), len(lines))
    if answered_inline:
        found |= {id(line): "quoted-mail" for line in lines[first_quoted : first_quoted + 1]}
        first_quoted = len(lines)
    found |= {id(line): "quoted-mail" for line in lines[first_quoted:]}
    unfinished = unfinished_lines(lines[:first_quoted], labels[:first_quoted])
    for line, label in zip(reversed(lines[:first_quoted]), reversed(labels[:first_quoted]), strict=True):
        unlabelled = label is None or label.doubt != "" or only_reaches(line)
        if (unlabelled and _is_foot(line)) or names_foot(line):
            found.setdefault(id(line), "foot")
        elif label is None and id(line) in unfinished:
            found.setdefault(id(line), UNFINISHED)
        elif label is not None or furniture_of(line) is None:
            break
    return found


def inside(lines: list[Line], labels: list[Label | None], title: str) -> dict[int, str]:
    """What stands between the words and is none of them: lines that a record of an assembly tells, and headings.

    A heading is a short line without an end between a whole sentence and a label.
    """
    if not any(labels):
        return {}
    first = next(i for i, label in enumerate(labels) if label is not None)
    assembly = of_assembly(lines, labels, title)
    found = {
        id(line): "narration"
        for line, label in zip(lines, labels, strict=True)
        if assembly and label is None and is_narrated(line.text)
    }
    if assembly:  # what is called out in an assembly interrupts nobody's turn
        stage = phrases.pattern("stage.patterns")
        found |= {
            id(line): "stage"
            for line, label in zip(lines, labels, strict=True)
            if label is None and stage.fullmatch(line.text)
        }
    for i in range(1, len(lines) - 1):
        before, line = lines[i - 1], lines[i]
        own = labels[i] is None and labels[i + 1] is not None and line.fresh and i > first and line.tag != "li"
        behind_words = labels[i - 1] is None or labels[i - 1].end < len(before.text)  # type: ignore[union-attr]
        if own and behind_words and SENTENCE_END.search(before.text) and _may_head(line.text):
            found.setdefault(id(line), "heading" if assembly else HEADING)
    return found


def of_assembly(lines: list[Line], labels: list[Label | None], title: str) -> bool:
    """Whether the headline or a line above the first label tells of an assembly, and nobody is a reporter."""
    first = next((i for i, label in enumerate(labels) if label is not None), 0)
    above = (title, *(line.text for line in lines[:first]))
    asked = any(label is not None and label.voice == "reporter" for label in labels)
    return not asked and any(is_assembly(words) for words in above if len(words) < PLACE)


def chat_notices(lines: list[Line], labels: list[Label | None]) -> dict[int, str]:
    """In an exported chat the lines with a day and hour that nobody wrote: who joined, what was left out."""
    stamped = [_STAMPED.match(line.text) is not None for line in lines]
    written = sum(one and label is not None for one, label in zip(stamped, labels, strict=True))
    if written < _CHAT_LINES:
        return {}
    return {
        id(line): "chat-notice"
        for line, one, label in zip(lines, stamped, labels, strict=True)
        if one and label is None
    }


def _may_head(text: str) -> bool:
    """Whether a line may be a heading: few words, the first with a capital, without an end."""
    return text[:1].isupper() and len(text.split()) <= _HEADING_WORDS and is_unfinished(text)


def is_above(line: Line) -> bool:
    """Whether a line above an unlabelled statement is one of the head, or so short and unfinished that it is no speech."""
    if is_head(line) or furniture_of(line) is not None:
        return True
    return line.inside is not None and line.tag != "li" and is_unfinished(line.text)


def _heads(printed: str, line: Line) -> bool:
    """Whether a label introduces a line above the words: what stands below them on other pages, too, if it is no sentence."""
    return is_page_head(printed) or (is_page_foot(printed) and not STOP.search(line.text))


def is_head(line: Line) -> bool:
    """Whether a line above a statement is one of its head: "Place: …", or a day with few other words."""
    head = head_of(line)
    if head is not None and head.form == "colon" and len(line.text) <= PLACE:
        return is_page_head(head.printed)
    days = find_days(line.text, "day-first")
    rest = line.text
    lunar = _LUNAR.search(line.text) is not None
    if not days and not lunar and len(line.text) <= KIND_LINE:  # "Monday, 2:03 p.m."
        return weekday_in(line.text) is not None and len(_HOUR.sub("", line.text).split()) <= _WEEKDAY_WORDS
    for day in reversed(days):
        rest = rest[: day.start] + rest[day.end :]
    rest = _LUNAR.sub("", rest)
    return (
        (bool(days) or lunar)
        and len(rest.split()) <= _DAY_WORDS
        and not STOP.search(_ABBREVIATED.sub("", rest).strip(" ."))
    )


def _is_foot(line: Line) -> bool:
    if only_reaches(line):
        return True
    head = head_of(line)
    return head is not None and head.form == "colon" and len(line.text) <= _FOOT and is_page_foot(head.printed)
