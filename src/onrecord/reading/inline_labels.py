"""Labels inside a paragraph: a question and its answer that were pasted into one line are divided where the answer's label is."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from onrecord.reading.label_forms import head_of, in_capitals
from onrecord.reading.label_words import is_title, side_words, voice_of
from onrecord.reading.lines import Line

#: The end of a sentence before an inner label.
_BEHIND_SENTENCE = r"(?<=[.?!…。？！؟।;\"”’»)\]])[ \u3000]?"
_IN_CAPITALS = re.compile(
    rf"{_BEHIND_SENTENCE}(?P<label>[A-ZÀ-ÞΑ-ΩА-ЯЁ][\w.’'&-]{{0,30}}(?: [A-ZÀ-ÞΑ-ΩА-ЯЁ][\w.’'&-]{{0,30}}){{0,5}})[:：] "
)
_FEW = 2


@cache
def _side() -> re.Pattern[str]:
    """A word for a question or an answer with its colon, behind a sentence, in the case in which labels are printed."""
    return re.compile(
        rf"{_BEHIND_SENTENCE}(?P<label>(?:{side_words()})(?:[ ]?\d{{1,3}})?)[ ]?[:：][ \u3000]?(?=\S)", re.I
    )


def divided_at_labels(lines: list[Line]) -> list[Line]:
    """The lines, cut where a label stands inside one: of a side where the line begins with one, or in capitals of the page."""
    heads = [head_of(line) for line in lines]
    known = Counter(
        head.key for head in heads if head is not None and head.form == "colon" and in_capitals(head.printed)
    )
    found: list[Line] = []
    for line, head in zip(lines, heads, strict=True):
        places: list[int] = []
        if head is not None and head.form == "colon" and voice_of(head.printed) in ("reporter", "podium"):
            places = [
                match.start("label") for match in _side().finditer(line.text, head.end) if _is_set_as_label(match)
            ]
        if head is not None and head.form == "colon" and in_capitals(head.printed):
            places += _named_places(line, head.end, known)
        found += line.divided(places) if places else [line]
    return found


def _is_set_as_label(match: re.Match[str]) -> bool:
    first = match["label"][0]
    return not first.islower()


def _named_places(line: Line, start: int, known: Counter[str]) -> list[int]:
    """Where labels in capitals stand that also begin a line, or that a title or a word for a voice tells."""
    places = []
    for match in _IN_CAPITALS.finditer(line.text, start):
        printed = match["label"]
        if not in_capitals(printed):
            continue
        told = (
            known[" ".join(printed.casefold().split())] or voice_of(printed) is not None or is_title(printed.split()[0])
        )
        if told:
            places.append(match.start("label"))
    return places
