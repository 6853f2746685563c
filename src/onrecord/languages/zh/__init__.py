"""Chinese: names, references, dates, acts, meetings, undertakings and answers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.languages.base import Language

if TYPE_CHECKING:
    from onrecord.languages.answer_patterns import AnswerPatterns
    from onrecord.languages.meeting_rules import MeetingRules
    from onrecord.languages.names import Name, Names
    from onrecord.languages.readers import ActReader, DateReader, UndertakingReader
    from onrecord.languages.reference_rules import ReferenceRules


class Chinese(Language):
    """Chinese, simplified and traditional, with all capabilities."""

    def split_sentences(self, text: str) -> list[tuple[int, int]]:
        from onrecord.languages.sentences import sentences

        return sentences(text)

    @cached_property
    def names(self) -> Names:
        from onrecord.languages.names import Names
        from onrecord.languages.zh.names import only_looks_paired
        from onrecord.lexicon.outlets import printed_names

        return Names(self._names(), bounded=False, looks_paired=only_looks_paired, outlets=printed_names())

    def _names(self) -> Iterable[tuple[str, Name]]:
        from onrecord.languages.zh.names import chinese_names

        return chinese_names()

    @cached_property
    def issue_words(self) -> Names:
        from onrecord.languages.name_tables import issue_words_in
        from onrecord.languages.names import Names

        return Names(issue_words_in("words_zh"), bounded=False)

    @cached_property
    def references(self) -> ReferenceRules:
        from onrecord.languages.zh.references import ChineseReferences

        return ChineseReferences()

    @property
    def dates(self) -> DateReader:
        from onrecord.languages.zh.dates import find_dates

        return find_dates

    @property
    def acts(self) -> ActReader:
        from onrecord.languages.zh.acts.reader import read_acts

        return read_acts

    @cached_property
    def meetings(self) -> MeetingRules:
        from onrecord.languages.zh.meeting_rules import ChineseMeetings

        return ChineseMeetings()

    @property
    def undertakings(self) -> UndertakingReader:
        from onrecord.languages.zh.undertaking_cues import READER

        return READER

    @property
    def answers(self) -> AnswerPatterns:
        from onrecord.languages.zh.answers import answer_patterns

        return answer_patterns()


language = Chinese(code="zh", name="Chinese", folder=Path(__file__).parent)
