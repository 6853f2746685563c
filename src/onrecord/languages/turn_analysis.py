"""The analysis of one turn, made once and passed to every reader: its text, sentences, mentions and principal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from onrecord.annotation_types import Mention

#: Finds the places ``[start, end)`` of the sentences of a text: :meth:`onrecord.languages.base.Language.split_sentences`.
SentenceSplitter = Callable[[str], list[tuple[int, int]]]
#: The running time of readers grows faster than a sentence. The longest on 4,500 real pages has 5,032 characters.
LONGEST_SENTENCE = 8_000


class TurnAnalysis:
    """The text of one turn, which begins at ``start`` of its document.

    ``mentions`` are the turn's, with offsets into the document; ``principal`` is the code of the state or organisation that
    speaks.
    """

    def __init__(
        self,
        text: str,
        split_sentences: SentenceSplitter,
        principal: str | None,
        mentions: Sequence[Mention],
        start: int = 0,
    ) -> None:
        self._split_sentences = split_sentences
        self.text, self.principal, self.mentions, self.start = text, principal, mentions, start
        self.is_cut = False  # whether a sentence was too long, known once the sentences are

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """The spans of its sentences, as offsets from its first character; overlong sentences are cut."""
        found = self._split_sentences(self.text)
        if all(end - start <= LONGEST_SENTENCE for start, end in found):
            return found
        self.is_cut = True
        return [part for start, end in found for part in self._cut(start, end)]

    def _cut(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        while end - start > LONGEST_SENTENCE:
            stop = self.text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
            stop = stop if stop > start else start + LONGEST_SENTENCE
            yield start, stop
            start = stop + (self.text[stop] == " ")
        if start < end:
            yield start, end

    def find_sentences(self) -> list[tuple[int, int]]:
        """Return :attr:`sentences`, for callers that may not need them."""
        return self.sentences

    @cached_property
    def own_mentions(self) -> list[Mention]:
        """Its mentions, with offsets from its first character."""
        return [mention.moved(-self.start) for mention in self.mentions] if self.start else list(self.mentions)
