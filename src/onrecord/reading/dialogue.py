"""Interviews without names: each turn opens with a dash, or the questions are set in bold; the question mark tells who asks."""

from __future__ import annotations

import re
from itertools import pairwise

from onrecord.reading.lines import Line
from onrecord.reading.transcript import Label

_DASH = re.compile(r"[—–―-]\s*(?=\S)")
_ASKS = re.compile(r"[?？؟]\s*[\"”’»)]*$")
#: Turns that make a dialogue, questions among them, and the share of the lines that open with a dash.
_FEWEST, _QUESTIONS, _SHARE = 4, 2, 0.5
_BOLD = 0.9


def dialogue_labels(lines: list[Line]) -> list[Label | None]:
    """For each line the dash that opens a turn, as a label, or None; all None where the page is no dialogue.

    In a dialogue somebody else speaks after every question, which a list of questions does not show.
    """
    none: list[Label | None] = [None] * len(lines)
    dashes = [_DASH.match(line.text) if line.fresh or line.text[:1] in "—–―" else None for line in lines]
    opened = [i for i, dash in enumerate(dashes) if dash is not None]
    if len(opened) < _FEWEST or len(opened) < len(lines) * _SHARE:
        return none
    asks = [_ASKS.search(_last(lines, i, opened).text) is not None for i in opened]
    answered = all(not after for asked, after in pairwise(asks) if asked)
    if sum(asks) < _QUESTIONS or not answered or asks[-1]:
        return none
    labels = none[:]
    for i, asked in zip(opened, asks, strict=True):
        dash = dashes[i]
        assert dash is not None
        labels[i] = (
            Label("reporter", dash.end(), "—", role="reporter", anonymous=True)
            if asked
            else Label("podium", dash.end(), "—", anonymous=True)
        )
    return labels


def bold_question_labels(lines: list[Line]) -> list[Label | None]:
    """For each line the opening of a turn, where whole lines in bold are questions and plain ones their answers; else None."""
    none: list[Label | None] = [None] * len(lines)
    bold = [line.bold() >= _BOLD and line.tag[:1] != "h" for line in lines]
    asked = [i for i, line in enumerate(lines) if bold[i] and _ASKS.search(line.text)]
    if len(asked) < _QUESTIONS or any(i + 1 >= len(lines) or bold[i + 1] for i in asked) or sum(bold) > 2 * len(asked):
        return none
    labels = none[:]
    for i in asked:
        labels[i] = Label("reporter", 0, role="reporter", anonymous=True)
        labels[i + 1] = Label("podium", 0, anonymous=True)
    return labels


def _last(lines: list[Line], i: int, opened: list[int]) -> Line:
    """The last line of the turn that opens with the ``i``-th line."""
    following = next((other for other in opened if other > i), len(lines))
    return lines[following - 1]
