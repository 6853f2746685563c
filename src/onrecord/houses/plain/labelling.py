"""The labels of a pasted text, without what only looks like one: quotations, those who are addressed, points of a statement."""

from __future__ import annotations

import re
from collections import Counter

from onrecord.houses.phrases import Phrases
from onrecord.reading.dialogue import asking_hosts, set_question_labels, sides_untold, unlabelled_answers
from onrecord.reading.full_names import person_in, with_full_names
from onrecord.reading.label_forms import in_capitals
from onrecord.reading.label_words import is_assembly, is_page_foot, is_title, voice_of
from onrecord.reading.lines import Line
from onrecord.reading.page import Page
from onrecord.reading.page_labels import find_page_labels, interviewed, labels_of_names
from onrecord.reading.said import said_of
from onrecord.reading.transcript import Label

_ITALIC_OPENS = re.compile(r"<(?:em|i)(?:\s[^<>]*)?>\s*(?:<(?:span|strong|b)(?:\s[^<>]*)?>\s*)?$", re.I)
_ITALIC_ENDS = re.compile(r"\s*(?:</(?:span|strong|b)>\s*)?</(?:em|i)>", re.I)
_FEW_QUOTED, _FEW_ADDRESSES = 2, 3
_ADDRESS = re.compile(
    r"(?i)(?:dear|excellenc|your|mr\.?|mrs\.?|ms\.?|madam|sir|ladies|honou?rable|monsieur|madame|mesdames|señor|señora|senhor|herr|frau|sehr|уважаем|各位|同志)"
)
_COURTEOUS = re.compile(
    r"(?i)and|general|mr\.?|mrs\.?|ms\.?|madam|sirs?|ladies|gentlemen|your|excellenc(?:y|ies)|honou?rable|delegates|members|colleagues|friends|chair|secretary"
)
_OPENING_QUOTES = '"“„«»「『'

phrases = Phrases(__file__, re.I)


def labels_of(lines: list[Line], officials: frozenset[str], page: Page, title: str) -> list[Label | None]:
    """The labels of the lines: as the file says who speaks, or else as the words are labelled."""
    labels = _without_quoted(lines, find_page_labels(lines, officials, title))
    labels = _without_addresses(lines, labels, phrases.kind(title))
    if not page.said:
        labels = set_question_labels(lines, labels, lambda line: page.format == "html" and _is_italic(line, page.text))
        labels = unlabelled_answers(lines, labels)
    if not page.said and not is_assembly(title):
        labels = asking_hosts(lines, labels)
    if not page.said and not any(labels) and phrases.kind(title) == "interview":
        labels = sides_untold(lines, labels)
    labels = with_full_names(_introduced(lines, labels), lines, title)
    if not page.said or (len(page.said) == 1 and any(label is not None and not label.doubt for label in labels)):
        return labels  # the words of a row may be a transcript: who is named beside them is then not all of its voices
    return interviewed(lines, labels_of_names(lines, said_of(lines, page.said)), page.given_title)


def _without_quoted(lines: list[Line], labels: list[Label | None]) -> list[Label | None]:
    """The labels; none where all of them, which are few, introduce words in quotation marks: somebody is quoted."""
    held = [
        (line, label)
        for line, label in zip(lines, labels, strict=True)
        if label is not None and not is_page_foot(label.printed)
    ]
    if not held or len(held) > _FEW_QUOTED:
        return labels
    quoted = all(
        line.text[label.end : label.end + 1] in _OPENING_QUOTES and label.end < len(line.text) for line, label in held
    )
    return [None] * len(labels) if quoted else labels


def _without_addresses(lines: list[Line], labels: list[Label | None], kind: str | None) -> list[Label | None]:
    """The labels; none where they are those to whom a speech or letter is addressed, or the points of a statement.

    An address is a line of its own, once: "Mr. Chairman:". A point is one word that names nobody: "Trade: …".
    """
    held = [(line, label) for line, label in zip(lines, labels, strict=True) if label is not None]
    few = len(held) == 1 or (kind == "speech" and 0 < len(held) <= _FEW_ADDRESSES)
    alone = few and held[0][1].end >= len(held[0][0].text)
    if alone and _ADDRESS.match(held[0][0].text) is not None:
        return [None] * len(labels)
    if kind in ("speech", "statement") and held and _is_vocative(held[0][1].printed):
        sides = Counter(label.printed for _, label in held if not _is_vocative(label.printed))
        asks_itself = kind == "speech" and max(sides.values(), default=0) == 1 and all(map(voice_of, sides))
        if not sides or asks_itself:  # "Question: who pays? Answer: we do." once
            return [None] * len(labels)
    points = kind in ("joint-statement", "statement", "readout", "speech") and all(
        " " not in label.printed and label.voice == "podium" and voice_of(label.printed) is None for _, label in held
    )
    several = len(held) > _FEW_ADDRESSES - 1 and kind != "speech"
    titled = any(in_capitals(label.printed) or (is_title(label.printed) and not several) for _, label in held)
    if held and points and not titled:
        return [None] * len(labels)
    return labels


def _is_vocative(printed: str) -> bool:
    """Whether a label is nothing but courtesies and offices, the first one a courtesy: "Mr. Chairman", "Ladies and gentlemen"."""
    words = printed.replace("-", " ").split()
    return _ADDRESS.match(printed) is not None and all(is_title(word) or _COURTEOUS.fullmatch(word) for word in words)


def _introduced(lines: list[Line], labels: list[Label | None]) -> list[Label | None]:
    """The labels, or where there is none that of a quotation which the first line introduces: "The Minister, Jo Holm, today:"."""
    if any(labels) or len(lines) < 2 or lines[0].text[-1:] not in ":：" or lines[1].text[:1] not in _OPENING_QUOTES:
        return labels
    speaker = person_in(lines[0].text)
    return [labels[0], Label("podium", 0, speaker=speaker, anonymous=speaker is None), *labels[2:]]


def _is_italic(line: Line, source: str) -> bool:
    """Whether a line of a web page is wholly in italics."""
    start, end = line.source
    return (
        _ITALIC_OPENS.search(source[max(0, start - 80) : start]) is not None
        and _ITALIC_ENDS.match(source, end) is not None
    )
