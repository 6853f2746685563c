"""Where one paragraph ends and the next begins, though nothing but a capital letter shows it.

The texts have lost their paragraph breaks: "… in peace.Good morning", "CASA ROSADAGood morning", "… you.PRESIDENTE.- Yes".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from onrecord.reading.labels import meant

_UPPER, _LOWER = "A-ZÁÉÍÓÚÑÜ", "a-záéíóúñü"
_WORD = rf"[{_UPPER}]{{2,}}"
#: Words in capitals (or a voice's, begun with one), a full stop and a dash.
_LABEL = re.compile(
    rf"(?P<run>{_WORD}(?: {_WORD}){{0,6}}|(?<![{_UPPER}{_LOWER}])(?:Presidente|Presidenta|Periodista|Pregunta))"
    r"\s?(?:\.\s?[-–—]+|(?:(?<=PRESIDENTE)|(?<=PRESIDENTA)|(?<=PERIODISTA))[-–—:]+)\s*"  # the stop is left out: a misprint
)
#: The first word of a sentence, perhaps after its opening mark.
_OPENS = rf"[¡¿“\"(]{{0,2}}(?:[{_UPPER}][{_LOWER}]{{2,}}|[{_UPPER}][{_LOWER}]?[ ,])"
_PARAGRAPH = re.compile(rf"(?<=[.?!…)”])(?<![ (]\.\.\.)(?={_OPENS})")
#: The end of a headline: after a small letter, a digit or a mark; after capitals; before a mark of something left out.
_HEADLINE = re.compile(
    rf"(?:(?<=[{_LOWER}]{{2}})|(?<=[{_UPPER}][{_LOWER}]))(?<!Mc)(?={_OPENS})|(?<=[\d.”\"’»)}}\]…!?])(?<!\s\")(?={_OPENS})"
    rf"|(?<=[{_UPPER}]{{2}})(?=[¡¿]|[{_UPPER}][{_LOWER}]{{2,}})|(?<=[\w.])(?=\((?:…|\.\.\.|[^()]{{4,40}}\)))"
)
_LONGEST_HEADLINE = 450


class Found(NamedTuple):
    """A label as printed: ``[start, end)`` covers it with its stop and dash."""

    printed: str
    start: int
    end: int


def find_labels(text: str, known: Mapping[str, int], names: Iterable[str]) -> list[Found]:
    """The labels inside a text, in order.

    ``known`` are the labels that name nobody; ``names`` are words in capitals (a headline's) that a label may be where it
    is glued to other capitals.
    """
    sure = {*known, *(name for name in names if len(name) > 3)}
    found: list[Found] = []
    for match in _LABEL.finditer(text):
        start, run = match.start(), match["run"]
        before = text[start - 1 : start]
        if before == " " and not re.search(
            r"[.?!…)]\s$", text[:start]
        ):  # in the middle of a sentence, or of a headline
            glued = (one for one in sure if len(one) < len(run) and run.endswith(one) and run[-len(one) - 1] != " ")
            tail = max(glued, key=len, default=None)
            if tail is None:
                continue
            start, run = match.start() + len(run) - len(tail), tail
        elif before.islower() and re.search(r"[.?!…]\w$", text[:start]):  # a letter too many: "… said.lPRESIDENTE.-"
            start -= 1
        printed = run.upper()
        found.append(Found(printed if printed in known else meant(printed, dict(known)) or printed, start, match.end()))
    return found


def headline_end(text: str, labels: list[Found]) -> int | None:
    """Where a headline at the beginning of a text ends and its first words begin, or None."""
    first = labels[0].start if labels else len(text)
    ends = [match.start() for match in _HEADLINE.finditer(text, 1, _LONGEST_HEADLINE) if match.start() < first]
    if 0 < first <= _LONGEST_HEADLINE:
        ends.append(first)
    whole = [at for at in ends if not _is_open(text[:at])]
    return (whole or ends)[0] if ends else None  # a quotation may lack its closing mark


def _is_open(words: str) -> bool:
    """Whether a quotation or a bracket has begun in the words and not ended."""
    quoted = words.count('"') % 2 or words.count("“") > words.count("”")
    return bool(quoted) or words.count("(") > words.count(")")


def paragraph_ends(text: str, start: int, end: int) -> list[int]:
    """The places in ``text[start:end]`` at which a new paragraph begins."""
    return [match.start() for match in _PARAGRAPH.finditer(text, start, end) if match.start() > start]
