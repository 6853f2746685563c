"""The labels of a press conference: names in capitals and a full stop, tagged or not, at the head of a paragraph or inside.

Who each is, the order of turns tells: the chair answers, a moderator names whoever speaks next, all others ask.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from onrecord.reading.capitals import Voices
from onrecord.reading.labels import as_name, meant, split_rank
from onrecord.reading.lines import Line
from onrecord.reading.transcript import Label

_WORD = r"[A-Z][A-Z.’'-]*[A-Z]|[A-Z]\."
_NAME = rf"(?:{_WORD})(?: (?:(?:de|la|von|van|der|al|bin) )?(?:{_WORD})){{1,4}}"
#: "<NAME>ANN EXAMPLE</NAME>. ", where the tag may end before a name's second part; and "ANN EXAMPLE. " after a sentence.
_TAGGED = r"<NAME>(?P<tagged>[^<>]{2,60})</NAME>(?P<rest>-[A-Z’'-]+)?[.:]"
_BARE = rf"(?<![A-Z.’'-])(?P<bare>{_NAME}|%s)[.:](?=\s|$)"
_ENDED = re.compile(r"[.?!…—–\])”\"’]\s*$")
#: In some PDF files the day on top is in one row with the first label.
_DAY, _DAY_LENGTH = re.compile(r"[A-Z][a-z]+ \d{1,2}, \d{4}\s*"), 24
_ABBREVIATED = re.compile(r"\b(?:[A-Z]\.){2,}")
_TAG = re.compile(r"</?NAME>")
_CHAIR = ("CHAIR", "CHAIRMAN", "CHAIRWOMAN", "VICE CHAIR", "VICE CHAIRMAN", "CHAIR PRO TEMPORE")


class _Cut(NamedTuple):
    """A line, with the name that is at its head as a label, and where the words after it begin."""

    line: Line
    name: str | None
    end: int


def label_lines(lines: list[Line], voices: Voices) -> tuple[list[Line], list[Label | None]]:
    """The lines, each cut before the labels inside it and without tags, and the label of each."""
    alone = "|".join(voices.labels)
    pattern = re.compile(f"{_TAGGED}|{_BARE % alone}")
    cuts = _as_meant([cut for line in lines for cut in _cut(line, pattern)])
    moderators = _moderators(cuts)
    labels = [_label(cut, voices, moderators) if cut.name is not None else None for cut in cuts]
    return [cut.line for cut in cuts], labels


def _as_meant(cuts: list[_Cut]) -> list[_Cut]:
    """The cuts with names that stand once or twice, and misprint one that stands more often, as that one."""
    counts = Counter(cut.name for cut in cuts if cut.name is not None)
    often = {name: count for name, count in counts.items() if count > 2}
    said = {name: meant(name, often) or name for name in counts if name not in often}
    return [cut._replace(name=said.get(cut.name, cut.name)) if cut.name is not None else cut for cut in cuts]


def _cut(line: Line, pattern: re.Pattern[str]) -> Iterator[_Cut]:
    """The parts of a line, each from one label to the next. A part opens a paragraph: the text has them all in one."""
    at = 0
    for part in line.divided(found.start() for found in pattern.finditer(line.text) if _is_label(line.text, found)):
        at = line.text.index(part.text, at)
        label = pattern.match(part.text)
        if label is not None and not _is_label(line.text[:at] + part.text, label, at):
            label = None
        name = None if label is None else label["bare"] or label["tagged"] + (label["rest"] or "")
        tags = [tag.span() for tag in _TAG.finditer(part.text)]
        bare = part.without(tags) if tags and len(part.text) > sum(end - start for start, end in tags) else part
        end = len(name) + 1 if name is not None else 0
        while end < len(bare.text) and bare.text[end].isspace():
            end += 1
        bare.fresh = line.fresh or at > 0
        yield _Cut(bare, name, end if name is not None else 0)
        at += len(part.text)


def _is_label(text: str, found: re.Match[str], at: int = 0) -> bool:
    """Whether a match, counted from ``at`` in the text, stands where a label does: at the head, tagged, or after a sentence."""
    if found["tagged"]:
        return True
    if _ABBREVIATED.match(found["bare"]):  # "the U.S. GDP."
        return False
    start = at + found.start()
    before = text[max(0, start - _DAY_LENGTH) : start]
    return (
        not start or _ENDED.search(before) is not None or (len(before) == start and _DAY.fullmatch(before) is not None)
    )


def _label(cut: _Cut, voices: Voices, moderators: frozenset[str]) -> Label:
    name, end = cut.name or "", cut.end
    voice = voices.voice(name)
    if voice is not None:
        speaker = None if voice == "reporter" else as_name(name)
        return Label(voice, end, name, speaker=speaker, role=voice if voice != "podium" else None, anonymous=True)  # type: ignore[arg-type]
    rank, rest = split_rank(name)
    if _is_chair(name):
        return Label("podium", end, name, speaker=as_name(rest or rank), role="principal")
    if name in moderators:
        return Label("moderator", end, name, speaker=as_name(name), role="moderator")
    return Label("reporter", end, name, speaker=as_name(rest or name), role="reporter")


def _is_chair(name: str) -> bool:
    return split_rank(name)[0] in _CHAIR


def _moderators(cuts: list[_Cut]) -> frozenset[str]:
    """Those who name whoever speaks next, and after most of whose turns it is not the chair who does."""
    order = [(cut.name, cut.line.text[cut.end :].casefold()) for cut in cuts if cut.name is not None]
    turns, others, calls = Counter[str](), Counter[str](), Counter[str]()
    for (name, said), (following, _) in pairwise(order):
        turns[name] += 1
        if not _is_chair(following) and following != name:
            others[name] += 1
            calls[name] += any(part.casefold() in said for part in following.split() if len(part) > 2)
    return frozenset(name for name in turns if calls[name] and others[name] * 2 > turns[name] and not _is_chair(name))
