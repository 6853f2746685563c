"""Turn marks into turns: the grammar shared by all house styles.

A house states for each line who speaks in it (a :class:`Mark`); these rules make turns of the marks, by the codebook:
whatever a reporter says is a question; what the podium says after a reporter is an answer, also from a second
official who continues the exchange; what it says unasked is a statement; paragraphs of one named speaker are one
turn, while a label repeated for an anonymous voice opens a new one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

import msgspec

from onrecord.reading.lines import Line
from onrecord.record import Role, TurnKind

Voice = Literal["reporter", "podium", "more", "note", "furniture", "unread"]
#: The reason given for words above the first label that are not understood.
BEFORE_ANYBODY = "a paragraph before anybody speaks"


class Mark(msgspec.Struct, kw_only=True, gc=False):
    """What a line, or ``line.text[start:end]``, is.

    ``voice`` says who speaks: a ``reporter``, the ``podium``, the same as before (``more``), or nobody (``note``,
    ``furniture``, ``unread``). Words before ``start`` are the label. ``kind`` overrides the grammar if a house knows
    better; ``apart`` opens a new turn although the speaker stays; ``name`` is the furniture's name or what was expected.
    """

    line: Line
    voice: Voice
    start: int = 0
    end: int | None = None
    speaker: str | None = None
    outlet: str | None = None
    role: Role | None = None
    kind: TurnKind | None = None
    apart: bool = False
    name: str = ""


def one_statement(
    lines: Iterable[Line],
    furniture: Callable[[Line], str | None],
    *,
    is_note: Callable[[Line], bool] = lambda line: False,
    speaker: str | None = None,
    role: Role | None = None,
) -> list[Mark]:
    """The marks of a text that is one statement: of ``speaker``, or in the third person.

    ``furniture`` gives the name of the furniture that a line is, or None; ``is_note`` tells lines that nobody speaks.
    """
    marks: list[Mark] = []
    begun = False
    for line in lines:
        name = furniture(line)
        if name is not None:
            marks.append(Mark(line=line, voice="furniture", name=name))
        elif is_note(line):
            marks.append(Mark(line=line, voice="note"))
        elif begun:
            marks.append(Mark(line=line, voice="more", kind="statement"))
        else:
            marks.append(Mark(line=line, voice="podium", kind="statement", speaker=speaker, role=role))
            begun = True
    return marks


class Draft(msgspec.Struct, kw_only=True, gc=False):
    """A turn before it has a text to point into: its marks, first to last."""

    kind: TurnKind
    speaker: str | None
    outlet: str | None
    role: Role | None
    marks: list[Mark]


def draft(marks: Iterable[Mark]) -> list[Draft]:
    """The turns made of the marks, in order. Furniture and unread marks do not end a turn.

    A ``more`` mark with no turn open becomes ``unread``: its ``voice`` and ``name`` are set in place.
    """
    drafts: list[Draft] = []
    open_turn: Draft | None = None
    before_note: Draft | None = None
    asked: Literal["no", "asked", "answered"] = "no"
    for mark in marks:
        if mark.voice in ("furniture", "unread"):
            continue
        if mark.voice == "more":
            if open_turn is None and before_note is not None:  # speech continues after a stage direction
                open_turn = msgspec.structs.replace(before_note, marks=[mark])
                drafts.append(open_turn)
            elif open_turn is None:
                mark.voice, mark.name = "unread", mark.name or BEFORE_ANYBODY
            else:
                open_turn.marks.append(mark)
            continue
        if mark.voice == "note":
            drafts.append(Draft(kind="note", speaker=None, outlet=None, role=None, marks=[mark]))
            open_turn, before_note = None, open_turn or before_note
            continue
        kind = mark.kind or ("question" if mark.voice == "reporter" else "statement" if asked == "no" else "answer")
        if kind == "question":
            asked = "asked"
        elif kind == "answer":
            asked = "answered"
        elif asked == "answered":
            asked = "no"
        if (
            open_turn is not None
            and not mark.apart
            and mark.speaker is not None
            and (mark.speaker, mark.outlet, kind) == (open_turn.speaker, open_turn.outlet, open_turn.kind)
        ):
            open_turn.marks.append(mark)
            continue
        role: Role | None = mark.role or ("reporter" if mark.voice == "reporter" else None)
        open_turn = Draft(kind=kind, speaker=mark.speaker, outlet=mark.outlet, role=role, marks=[mark])
        before_note = None
        drafts.append(open_turn)
    return drafts
