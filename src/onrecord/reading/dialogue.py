"""Interviews without names: each turn opens with a dash, or the questions are set apart; the question mark tells who asks."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import msgspec

from onrecord.reading.lines import Line
from onrecord.reading.transcript import Label

_DASH = re.compile(r"[—–―-]\s*(?=\S)")
_ASKS = re.compile(r"[?？؟]\s*[\"”’»)]*$")
#: Turns that make a dialogue, questions among them, and the share of the lines that open with a dash.
_FEWEST, _QUESTIONS, _SHARE = 4, 2, 0.5
_BOLD = 0.9
#: A question with its label in bold, and an answer that is not.
_PARTLY, _PLAIN = 0.3, 0.15
_ENDS = re.compile(r"[.!?…。！？؟][\"”’»)]*$")


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


def set_question_labels(
    lines: list[Line], labels: list[Label | None], is_italic: Callable[[Line], bool]
) -> list[Label | None]:
    """The labels, and the openings of turns where whole lines set apart are questions and plain ones their answers.

    Questions are set in bold, in italics, or as headings; at least half of the lines so set end in a question mark, and
    each is followed by a plain one. Where other labels are on the page, none of them is on a line set so.
    """
    for is_set in (_is_bold, _is_heading, is_italic):
        found = _set_questions(lines, labels, [is_set(line) for line in lines])
        if found is not None:
            return found
    return labels


def bold_question_labels(lines: list[Line], labels: list[Label | None]) -> list[Label | None]:
    """The labels, and the openings of turns where whole lines in bold are questions and plain ones their answers."""
    return _set_questions(lines, labels, [_is_bold(line) for line in lines]) or labels


def _is_bold(line: Line) -> bool:
    return line.bold() >= _BOLD and line.tag[:1] != "h"


def _is_heading(line: Line) -> bool:
    return line.tag in ("h2", "h3", "h4", "h5")


def _set_questions(lines: list[Line], labels: list[Label | None], is_set: list[bool]) -> list[Label | None] | None:
    asked = [i for i in range(len(lines)) if is_set[i] and _ENDS.search(lines[i].text)]
    marked = [i for i in asked if _ASKS.search(lines[i].text)]
    if len(marked) < _QUESTIONS or len(marked) * 2 < len(asked) or sum(is_set) > 2 * len(asked):
        return None
    asked = [i for i in asked if i >= marked[0]]  # what is set so before the first question introduces
    if any(i + 1 >= len(lines) or is_set[i + 1] or labels[i] is not None for i in asked):
        return None
    found = labels[:]
    for i in asked:
        found[i] = Label("reporter", 0, role="reporter", anonymous=True)
        if found[i + 1] is None:
            found[i + 1] = Label("podium", 0, anonymous=True)
    return found


def asking_hosts(lines: list[Line], labels: list[Label | None]) -> list[Label | None]:
    """The labels; where nobody is called a reporter, the turns of a host that end in a question are questions."""
    opened = [i for i, label in enumerate(labels) if label is not None]
    voices = {label.voice for label in labels if label is not None}
    if "reporter" in voices or "moderator" not in voices or "podium" not in voices:
        return labels
    found = labels[:]
    for i in opened:
        label = labels[i]
        if label is not None and label.voice == "moderator" and _ASKS.search(_last(lines, i, opened).text):
            found[i] = msgspec.structs.replace(label, voice="reporter", role="reporter")
    return found


def sides_untold(lines: list[Line], labels: list[Label | None]) -> list[Label | None]:
    """The labels of an interview in which nothing tells who speaks: its words open with one that is doubtful."""
    asked = [i for i, line in enumerate(lines) if _ASKS.search(line.text)]
    if sum(i + 1 < len(lines) and i + 1 not in asked for i in asked) < _QUESTIONS:
        return labels
    first = next((i for i, line in enumerate(lines) if _ENDS.search(line.text)), 0)
    doubtful = Label("podium", 0, anonymous=True, doubt="an interview in which no label tells who speaks")
    return [doubtful if i == first else label for i, label in enumerate(labels)]


def unlabelled_answers(lines: list[Line], labels: list[Label | None]) -> list[Label | None]:
    """The labels, and where a page labels its questions only, the openings of the answers.

    An answer opens at the first line that is set otherwise than the question, or else behind the first line that ends in a
    question mark; the second is doubtful, because a question may go on. Where neither tells, the labels stay.
    """
    asking = [i for i, label in enumerate(labels) if label is not None]
    if len(asking) < _QUESTIONS or any(label is not None and label.voice != "reporter" for label in labels):
        return labels
    ends = [*asking[1:], len(lines)]
    if sum(end - i > 1 for i, end in zip(asking, ends, strict=True)) * 2 < len(asking):
        return labels
    found = labels[:]
    for i, end in zip(asking, ends, strict=True):
        bold = lines[i].bold() >= _PARTLY
        other = next((j for j in range(i + 1, end) if bold and lines[j].bold() <= _PLAIN), None)
        behind = next((j + 1 for j in range(i, end - 1) if _ASKS.search(lines[j].text)), None)
        if other is not None:
            found[other] = Label("podium", 0, anonymous=True)
        elif behind is not None:
            found[behind] = Label("podium", 0, anonymous=True, doubt="an answer that no label opens")
    return found


def _last(lines: list[Line], i: int, opened: list[int]) -> Line:
    """The last line of the turn that opens with the ``i``-th line."""
    following = next((other for other in opened if other > i), len(lines))
    return lines[following - 1]
