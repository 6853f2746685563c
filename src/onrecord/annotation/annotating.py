"""From a document to an annotated one: mentions, acts, meetings, undertakings, and kinds of answers, each by those before."""

from __future__ import annotations

import msgspec

from onrecord.annotation.acts import find_acts
from onrecord.annotation.analysis import analyse
from onrecord.annotation.answers import read_answers
from onrecord.annotation.meetings import find_meetings
from onrecord.annotation.undertakings import find_undertakings
from onrecord.marks import Annotation
from onrecord.record import Document

#: How annotations were made, and by which version of the rules: raised whenever the rules or the tables change what they find.
METHOD = "onrecord.rules"
VERSION = 1


def annotate(document: Document) -> Document:
    """The same document with what its words say: mentions, acts, meetings, undertakings, and what kind each answer is.

    The record — text, turns, offsets — stays as it was. What the document's language has no rules for is not looked for, and
    listed in ``annotation.not_covered``.

    >>> import onrecord
    >>> document = onrecord.annotate(onrecord.read("page.shtml"))           # doctest: +SKIP
    >>> [(act.type, act.actors) for act in document.acts]                   # doctest: +SKIP
    """
    analysis = analyse(document)
    acts = find_acts(analysis)
    meetings = find_meetings(analysis, acts)
    undertakings = find_undertakings(analysis, acts)
    readings = read_answers(analysis)
    turns = tuple(
        msgspec.structs.replace(turn, answer_type=readings[turn.id].strongest) if turn.id in readings else turn
        for turn in document.turns
    )
    annotated = msgspec.structs.replace(
        document,
        turns=turns,
        annotation=Annotation(method=METHOD, version=VERSION, not_covered=analysis.language.not_covered),
        mentions=tuple(analysis.mentions),
        acts=acts,
        meetings=meetings,
        undertakings=undertakings,
    )
    return annotated.with_capture_of(document)
