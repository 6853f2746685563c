"""English: names, acts, meetings, undertakings and answers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.languages.base import Language
from onrecord.languages.names import Name, Names

if TYPE_CHECKING:
    from onrecord.languages.readers import ActReader


class English(Language):
    """English, with all that annotation asks for."""

    def _names(self) -> Iterable[tuple[str, Name]]:
        from onrecord.languages.en.names import english_names

        return english_names()

    @cached_property
    def issue_words(self) -> Names:
        from onrecord.languages.name_tables import issue_words_in

        return Names(issue_words_in("words"), bounded=True)

    @property
    def acts(self) -> ActReader:
        from onrecord.annotation.english import read_acts

        return read_acts


language = English(code="en", name="English", folder=Path(__file__).parent)
