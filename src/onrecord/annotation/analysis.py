"""What every reader needs of a document, computed once: its language, principal, mentions, and an analysis of each turn."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord import languages
from onrecord.annotation.mentions import find_mentions
from onrecord.annotation.principal import principal_of
from onrecord.annotation.speaking_parties import SpeakingParties
from onrecord.annotation_types import Mention
from onrecord.languages.turn_analysis import TurnAnalysis
from onrecord.record import Document, Turn


class DocumentAnalysis:
    """A document with everything its readers need; see :func:`analyse`.

    ``principal`` is the party for which the document speaks, ``speaking`` says so of each turn. ``mentions`` are the document's
    mentions in order, ``starts`` their start offsets; ``turns`` pairs each turn of the document, in order, with its analysis.
    """

    def __init__(self, document: Document, speaking: SpeakingParties, mentions: Sequence[Mention]) -> None:
        self.document, self.speaking, self.mentions = document, speaking, mentions
        self.principal = speaking.principal
        self.language = languages.find(document.language)
        self.starts = [mention.start for mention in mentions]
        self.turns = [(turn, self._turn(turn)) for turn in document.turns]

    def _turn(self, turn: Turn) -> TurnAnalysis:
        return TurnAnalysis(
            turn.text,
            self.language.split_sentences,
            self.speaking.speaks_for(turn),
            self.within(turn.start, turn.end),
            turn.start,
        )

    def within(self, start: int, end: int) -> Sequence[Mention]:
        """Return the mentions that begin in ``[start, end)``."""
        return self.mentions[bisect_left(self.starts, start) : bisect_right(self.starts, end - 1)]


def analyse(document: Document) -> DocumentAnalysis:
    """Find the principal and the mentions of a document, once for all readers."""
    speaking = SpeakingParties(document, languages.find(document.language), principal_of(document))
    return DocumentAnalysis(document, speaking, find_mentions(document, speaking))
