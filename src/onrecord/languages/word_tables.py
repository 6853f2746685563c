"""The shape of ``words.toml``, the table that every language has; :mod:`onrecord.languages.base` says what goes where."""

from __future__ import annotations

import msgspec


class Labels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Labels of a transcript and of the lines above it, without the colon, and the words that occur around names in labels.

    Entries are regular expressions for the whole label, in any case; a number may follow ("Question 2").

    Attributes:
        question: Opens a question.
        answer: Opens an answer.
        reporter: A reporter without a name.
        official: An official without a name: "Spokesperson".
        moderator: Whoever chairs.
        operator: The operator of a conference call.
        interpreter: An interpreter.
        voice: An unidentified voice: "Speaker 2".
        page_head: A line above the transcript: "Date", "Place".
        page_foot: A line below it: "Photo", "Tags".
        from_outlet: Words between a question and its outlet: "from the".
        told_question: What stands behind the name of somebody who asks an official in writing: "asked the Minister of Lakes".
        titles: Ranks, offices and courtesy titles in front of a name, in lower case, divided by spaces.
        portfolios: What an office is for, where no "of" stands before it: "Infrastruktury", and behind it "de Defensa"; in
            lower case, divided by spaces. Behind a title it is no name.
        office_endings: How a label ends that names an official by office, in languages written without spaces.
        reporter_endings: How a label ends that names a reporter, in the same languages.
        assembly: What stands above the record of a parliament, a council, a hearing or a court, where nobody is a reporter.
        letters: One letter for a question and one for an answer, where only these two label the turns of a page.
        narrated: Lines of such a record that nobody speaks: "The meeting rose at …".
    """

    question: tuple[str, ...] = ()
    answer: tuple[str, ...] = ()
    reporter: tuple[str, ...] = ()
    official: tuple[str, ...] = ()
    moderator: tuple[str, ...] = ()
    operator: tuple[str, ...] = ()
    interpreter: tuple[str, ...] = ()
    voice: tuple[str, ...] = ()
    page_head: tuple[str, ...] = ()
    page_foot: tuple[str, ...] = ()
    from_outlet: tuple[str, ...] = ()
    told_question: tuple[str, ...] = ()
    titles: str = ""
    portfolios: str = ""
    office_endings: tuple[str, ...] = ()
    reporter_endings: tuple[str, ...] = ()
    assembly: tuple[str, ...] = ()
    narrated: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()


class Calendar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names of the months (twelve) and weekdays (seven, from Monday), all forms of one in a cell; ``forms`` of dates."""

    months: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table ``words.toml`` of a language; see the head of this module."""

    scripts: tuple[str, ...] = ()
    tag: str = ""
    spaced: bool = True
    function_words: str = ""
    endings: str = ""
    parts: str = ""
    abbreviations: str = ""
    numbered: str = ""
    labels: Labels = Labels()
    calendar: Calendar = Calendar()
