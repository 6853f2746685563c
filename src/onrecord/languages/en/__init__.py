"""English: names, references, dates, acts, meetings, undertakings and answers."""

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


class English(Language):
    """English, with all capabilities."""

    def split_sentences(self, text: str) -> list[tuple[int, int]]:
        from onrecord.languages.sentences import sentences

        return sentences(text)

    def _names(self) -> Iterable[tuple[str, Name]]:
        from onrecord.languages.en.names import english_names

        return english_names()

    @cached_property
    def issue_words(self) -> Names:
        from onrecord.languages.name_tables import issue_words_in
        from onrecord.languages.names import Names

        return Names(issue_words_in("words"), bounded=True)

    def verb_forms(self, lemma: str) -> Iterable[tuple[str, str]]:
        from onrecord.languages.en.inflection import inflect

        return inflect(lemma)

    @cached_property
    def references(self) -> ReferenceRules:
        from onrecord.languages.en.references import EnglishReferences

        return EnglishReferences()

    @property
    def dates(self) -> DateReader:
        from onrecord.languages.en.dates import find_dates

        return find_dates

    @property
    def acts(self) -> ActReader:
        from onrecord.languages.en.acts.reader import read_acts

        return read_acts

    @cached_property
    def meetings(self) -> MeetingRules:
        from onrecord.languages.en.meeting_rules import EnglishMeetings

        return EnglishMeetings()

    @property
    def undertakings(self) -> UndertakingReader:
        from onrecord.languages.en.undertaking_cues import READER

        return READER

    @property
    def answers(self) -> AnswerPatterns:
        from onrecord.languages.en.answers import answer_patterns

        return answer_patterns()


language = English(code="en", name="English", folder=Path(__file__).parent)
