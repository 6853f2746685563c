"""English and Chinese: what the rest of the program needs to know of each."""

from __future__ import annotations

from typing import Literal

#: The languages whose words have tables and rules.
Ruled = Literal["en", "zh"]


def ruled(language: str) -> Ruled | None:
    """The language whose tables and rules read a text in ``language`` (BCP 47), ``None`` where none do.

    >>> ruled("zh-Hant"), ruled("en"), ruled("es")
    ('zh', 'en', None)
    """
    return "zh" if language.startswith("zh") else "en" if language.startswith("en") else None
