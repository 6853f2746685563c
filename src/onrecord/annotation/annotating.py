"""Annotate a document: mentions, then acts, meetings, undertakings and answer types, each step using the earlier ones."""

from __future__ import annotations

import warnings

import msgspec

from onrecord.annotation.acts import find_acts
from onrecord.annotation.analysis import analyse
from onrecord.annotation.answers import read_answers
from onrecord.annotation.meetings import find_meetings
from onrecord.annotation.undertakings import find_undertakings
from onrecord.annotation_types import Annotation
from onrecord.languages.turn_analysis import LONGEST_SENTENCE
from onrecord.record import Document

#: The method and the version of its rules; the version rises whenever rules or tables change what they find.
METHOD = "onrecord.rules"
VERSION = 6


class SentenceCut(UserWarning):
    """A sentence is longer than any is read whole: its parts were read as sentences of their own."""


def annotate(document: Document) -> Document:
    """Return the document with its mentions, acts, meetings and undertakings, and with the type of each answer.

    The record (text, turns, offsets) is unchanged. Capabilities that the document's language lacks are skipped and listed in
    ``annotation.not_covered``.

    >>> import onrecord
    >>> document = onrecord.annotate(onrecord.read("page.shtml"))           # doctest: +SKIP
    >>> [(act.type, act.actors) for act in document.acts]                   # doctest: +SKIP
    """
    analysis = analyse(document)
    acts = find_acts(analysis)
    meetings = find_meetings(analysis, acts)
    undertakings = find_undertakings(analysis, acts)
    readings = read_answers(analysis)
    cut = sum(own.is_cut for _, own in analysis.turns)
    if cut:
        warnings.warn(
            f"{document.id}: {cut} of {len(document.turns)} turns hold a sentence of over {LONGEST_SENTENCE:,} characters, "
            "which was annotated in parts",
            SentenceCut,
            stacklevel=2,
        )
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
