"""What stands above and below the words of a statement on a page of an unknown house: introductions, contacts, short lines."""

from __future__ import annotations

import re

from onrecord.reading.label_forms import head_of
from onrecord.reading.label_words import is_page_foot
from onrecord.reading.lines import Line
from onrecord.reading.naming import is_caseless, is_han
from onrecord.reading.transcript import Label

#: A line below the words that only tells how to reach somebody: a telephone number, an address of mail or of a page.
_REACHES = re.compile(
    r"""(?:[^:：]{0,60}[:：]\s*)?(?:
    (?:\+|\(?0)[\d\s()/.–-]{6,40}(?:\s?(?:ext|x|int)\.?\s?\d+)?
    | \S+@\S+\.\w+ | @\w+ | (?:https?://|www\.)\S+(?:\s+\d+\s?/\s?\d+)?
    )\s*[.;]?""",
    re.X | re.I,
)
_SENTENCE = re.compile(r"[.?!。？！؟]")
_ENDED = re.compile(r"[.!?…。！？؟।:：;,，—–-][\"”’»)\]]*$|[\"”’»)\]]$")
#: An unfinished line has fewer characters.
_SHORT = 100
#: The reason given for such a line.
UNFINISHED = "perhaps no speech: a line behind the last sentence that is none"


def only_reaches(line: Line) -> bool:
    """Whether a line only tells a telephone number, an address of mail, or that of a page."""
    return len(line.text) <= _SHORT and _REACHES.fullmatch(line.text.strip()) is not None


def is_unfinished(text: str) -> bool:
    """Whether a line is short and does not end as a sentence does. Of scripts without capitals or full stops nothing is known."""
    return len(text) < _SHORT and not _ENDED.search(text) and not is_han(text) and not is_caseless(text[:1] or "a")


def unfinished_lines(lines: list[Line], labels: list[Label | None]) -> set[int]:
    """The lines that may be a menu or a list of links if they are behind the last sentence, by identity.

    The words of a label, on its line or the next, are no such line.
    """
    found: set[int] = set()
    for i in range(1, len(lines)):
        label, before = labels[i], labels[i - 1]
        opens = label is not None or (before is not None and before.end >= len(lines[i - 1].text))
        if not opens and is_unfinished(lines[i].text) and not (lines[i].tag == "li" and not any(labels)):
            found.add(id(lines[i]))
    return found if len(found) < len(lines) - 1 else set()


def introduces(line: Line, speakers: set[str], announces: re.Pattern[str], person: re.Pattern[str]) -> bool:
    """Whether a paragraph above the first label tells of the statement instead of being part of it.

    It has a phrase of ``announces``, or names one of the ``speakers`` and has no word in the first or second ``person``.
    """
    if announces.search(line.text):
        return True
    named = any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line.text, re.I) for name in speakers)
    return named and person.search(line.text) is None


def surnames(labels: list[Label | None]) -> set[str]:
    """The last words of the names of all who speak, of those in Han characters the whole name."""
    names = {label.speaker for label in labels if label is not None and label.speaker}
    return {name if is_han(name) else name.split()[-1] for name in names}


def names_foot(line: Line) -> bool:
    """Whether a label of what stands below the words introduces a few words that are no sentence: "Press officer: Jo Holm"."""
    head = head_of(line)
    return head is not None and is_page_foot(head.printed) and not _SENTENCE.search(line.text)
