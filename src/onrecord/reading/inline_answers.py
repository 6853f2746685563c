"""Mail that is answered between the lines of the mail it quotes: what is quoted asks, and what is written below it answers."""

from __future__ import annotations

import re
from itertools import groupby, pairwise

from onrecord.reading.lines import Line
from onrecord.reading.transcript import Label

#: The signs of quotation before a line.
_SIGN = re.compile(r"(?:>[ \t]?)+")
_ASKS = re.compile(r"[?？؟;\u037e][\s\"”’»)]*$")
_FEWEST = 2


def without_signs(lines: list[Line]) -> tuple[list[Line], set[int]]:
    """The lines without the signs of quotation before them, and those that had one, by identity.

    Only where at least two quoted passages, one of which asks, have words of their own below.
    """
    quoted = [_SIGN.match(line.text) is not None for line in lines]
    runs = [
        (sign, [line for _, line in group])
        for sign, group in groupby(zip(quoted, lines, strict=True), key=lambda pair: pair[0])
    ]
    answered = [lines for (sign, lines), (below, _) in pairwise(runs) if sign and not below]
    if len(answered) < _FEWEST or not any(_ASKS.search(line.text) for run in answered for line in run):
        return lines, set()
    bare = [_without_sign(line) for line in lines]
    return [line for line in bare if line is not None], {
        id(line) for line, sign in zip(bare, quoted, strict=True) if sign and line is not None
    }


def _without_sign(line: Line) -> Line | None:
    """The line without the sign before it; None where nothing else is in it."""
    sign = _SIGN.match(line.text)
    if sign is None:
        return line
    return line.part(sign.end(), len(line.text)) if line.text[sign.end() :].strip() else None


def inline_answers(lines: list[Line], labels: list[Label | None], quoted: set[int]) -> list[Label | None]:
    """The labels, or where there is none the openings of what is quoted, which asks, and of the words below, which answer."""
    if not quoted or any(labels):
        return labels
    found = labels[:]
    before = False
    asked = False
    for i, line in enumerate(lines):
        sign = id(line) in quoted
        if sign and not before:
            found[i] = Label("reporter", 0, role="reporter", anonymous=True)
        elif before and not sign and asked:
            found[i] = Label("podium", 0, anonymous=True)
        asked, before = asked or sign, sign
    return found
