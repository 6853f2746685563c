"""The shape of ``words.toml``, the table that every language has; :mod:`onrecord.languages.base` says what goes where."""

from __future__ import annotations

import msgspec


class Labels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that label a turn of a transcript, as printed, without the colon.

    ``outlet_after`` are the words between a question's label and the outlet that asks: "from" in "Question from the Arlen Post".
    """

    question: tuple[str, ...] = ()
    answer: tuple[str, ...] = ()
    reporter: tuple[str, ...] = ()
    moderator: tuple[str, ...] = ()
    outlet_after: tuple[str, ...] = ()


class Calendar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names of the months (twelve) and weekdays (seven, from Monday), all forms of one in a cell; ``forms`` of dates."""

    months: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table ``words.toml`` of a language; see the head of this module."""

    scripts: tuple[str, ...] = ()
    spaced: bool = True
    function_words: str = ""
    endings: str = ""
    parts: str = ""
    abbreviations: str = ""
    numbered: str = ""
    labels: Labels = Labels()
    calendar: Calendar = Calendar()
