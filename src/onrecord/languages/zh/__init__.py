"""Chinese: names, acts, meetings, undertakings and answers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.languages.base import Language
from onrecord.languages.names import Name, Names

if TYPE_CHECKING:
    from onrecord.languages.readers import ActReader


class Chinese(Language):
    """Chinese, simplified and traditional, with all that annotation asks for."""

    @cached_property
    def names(self) -> Names:
        from onrecord.languages.zh.names import only_looks_paired

        return Names(self._names(), bounded=False, looks_paired=only_looks_paired)

    def _names(self) -> Iterable[tuple[str, Name]]:
        from onrecord.languages.zh.names import chinese_names

        return chinese_names()

    @cached_property
    def issue_words(self) -> Names:
        from onrecord.languages.name_tables import issue_words_in

        return Names(issue_words_in("words_zh"), bounded=False)

    @property
    def acts(self) -> ActReader:
        from onrecord.annotation.chinese import read_acts

        return read_acts


language = Chinese(code="zh", name="Chinese", folder=Path(__file__).parent)
