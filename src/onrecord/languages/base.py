"""A language: everything the program knows of it, behind one interface. Parts it lacks are recorded, never guessed.

The rest of the program asks the registry (:func:`onrecord.languages.find`) and then this interface; outside ``languages/`` and
``houses/`` nothing compares a language code.

How to add a language
=====================

1. Make a package, ``languages/es`` (or one of your own in another distribution), whose ``__init__.py`` says::

       from pathlib import Path
       from onrecord.languages.base import Language

       language = Language(code="es", name="Spanish", folder=Path(__file__).parent)

   Keep it as light as that: it is imported while a page is opened. Whatever needs time is loaded by a property when asked for.

2. Beside it, ``words.toml`` in the shape of :class:`Words`. Everything is optional::

       scripts = ["Latin"]                      # Unicode names of its scripts
       spaced = true                            # false where words are written without spaces, or particles cling to names
       function_words = "de la que el en y"     # the commonest words, by which the language is recognised
       abbreviations = "sr sra dr ee.uu"        # a full stop behind one of these ends no sentence
       numbered = "núm art"                     # ... nor behind one of these if a number follows

       [labels]                                 # labels of turns in a transcript, without the colon; see Labels
       question = ["Pregunta", "P"]
       answer = ["Respuesta", "R"]
       reporter = ["Periodista"]
       moderator = ["Moderadora?"]

       [calendar]
       months = ["enero ene", "febrero feb", …]  # twelve, each with all its forms, in any case; _ stands for a space
       weekdays = ["lunes lun", "martes", …]     # seven from Monday
       forms = ["{day} de {month}(?: de {year})?"]   # regular expressions; {day} {month} {number} {year} stand for the parts
                                                     # ({number} is a month in digits); a space is any white space

3. ``names.csv`` with the columns ``id,kind,name,aliases,demonyms,capital,capital_aliases,source`` (values of one cell divided by
   ``|``): ``id`` the code of a state, territory or organisation as in ``lexicon/``, ``kind`` one of ``state``, ``territory``,
   ``organisation``; inflected forms are aliases. :meth:`Language.names` finds them in a text.

4. An entry point in ``pyproject.toml``, named by the code: ``es = "onrecord.languages.es:language"`` in the group
   ``onrecord.languages``. Subtags fall back by themselves: ``es-MX`` is read as ``es``.

That is a language without rules: it has sentences, tokens, names and printed dates. What it can do besides is a *capability*
(:data:`CAPABILITIES`): subclass :class:`Language` and override the property of that name, which imports the code and returns a
reader of the type given in :mod:`onrecord.languages.readers`. A capability that is not overridden is not covered:
:attr:`Language.not_covered` lists it, and annotated documents record it. ``languages/en`` and ``languages/zh`` show all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from onrecord.languages.answer_patterns import AnswerPatterns
    from onrecord.languages.calendar_dates import CalendarDates
    from onrecord.languages.meeting_rules import MeetingRules
    from onrecord.languages.name_tables import Condition
    from onrecord.languages.names import Name, Names
    from onrecord.languages.readers import ActReader, DateReader, UndertakingReader
    from onrecord.languages.reference_rules import ReferenceRules
    from onrecord.languages.tokens import Token

#: What a language may have rules for, in the order in which annotation asks. ``references`` are words that stand for somebody
#: named elsewhere ("we", "the two sides"), ``dates`` are days told in relation to the day of the statement ("last Friday").
CAPABILITIES = ("names", "references", "dates", "acts", "meetings", "undertakings", "answers")


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
        from_outlet: Words between a question and its outlet: "from the".
        titles: Ranks, offices and courtesy titles in front of a name, in lower case, divided by spaces.
        office_endings: How a label ends that names an official by office, in languages written without spaces.
        reporter_endings: How a label ends that names a reporter, in the same languages.
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
    from_outlet: tuple[str, ...] = ()
    titles: str = ""
    office_endings: tuple[str, ...] = ()
    reporter_endings: tuple[str, ...] = ()


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
    abbreviations: str = ""
    numbered: str = ""
    labels: Labels = Labels()
    calendar: Calendar = Calendar()


class Language:
    """A language without rules, read from the tables in its folder; languages with rules override capabilities.

    ``code`` is a BCP 47 tag, ``name`` the English name for people to read. ``folder`` holds ``words.toml`` and ``names.csv``;
    without it there are no tables (:data:`onrecord.languages.UNKNOWN`).
    """

    def __init__(self, code: str, name: str, folder: Path | None = None) -> None:
        self.code, self.name, self.folder = code, name, folder

    def __repr__(self) -> str:
        return f"Language({self.code!r})"

    @cached_property
    def words(self) -> Words:
        """The table ``words.toml``. Raises :class:`~onrecord.errors.LexiconError` naming file and fault."""
        from onrecord.lexicon.tables import read_toml

        path = self.folder / "words.toml" if self.folder else None
        return read_toml(path, Words) if path is not None and path.is_file() else Words()

    @property
    def labels(self) -> Labels:
        """Words that label a turn of a transcript."""
        return self.words.labels

    @cached_property
    def function_words(self) -> frozenset[str]:
        """The commonest words, in lower case: what the language is recognised by."""
        return frozenset(self.words.function_words.lower().split())

    @property
    def scripts(self) -> tuple[str, ...]:
        """The Unicode names of the scripts it is written in: ``Latin``, ``Han``."""
        return self.words.scripts

    def split_sentences(self, text: str) -> list[tuple[int, int]]:
        """The places ``[start, end)`` of the sentences of a text, in order, without the white space around them."""
        from onrecord.languages.sentences import sentences

        found = (
            sentences(text, self._abbreviations, any_script=True)
            if self._abbreviations
            else sentences(text, any_script=True)
        )
        if len(found) > 1 and self.words.calendar.forms:  # "am 6. März": a date holds no sentence's end
            for date in self.calendar_dates.find(text):
                cut = [at for at, (start, end) in enumerate(found) if start < date.end and date.start < end]
                found[cut[0] : cut[-1] + 1] = [(found[cut[0]][0], found[cut[-1]][1])]
        return found

    @cached_property
    def _abbreviations(self) -> tuple[frozenset[str], frozenset[str]] | None:
        if not (self.words.abbreviations or self.words.numbered):
            return None
        return frozenset(self.words.abbreviations.lower().split()), frozenset(self.words.numbered.lower().split())

    def tokenize(self, text: str) -> list[Token]:
        """The folded words of a text with their places, in order."""
        from onrecord.languages.tokens import tokens

        return tokens(text)

    @cached_property
    def names(self) -> Names:
        """The names of states, organisations, capitals, people … behind one automaton; empty without a table."""
        from onrecord.languages.names import Names

        return Names(self._names(), bounded=self.words.spaced)

    def _names(self) -> Iterable[tuple[str, Name]]:
        from onrecord.languages.names import named_in

        path = self.folder / "names.csv" if self.folder else None
        return named_in(path) if path is not None and path.is_file() else ()

    @cached_property
    def issue_words(self) -> Names:
        """The words that show an issue; they may stand inside a name, and in any case of letters."""
        from onrecord.languages.names import Names

        return Names((), bounded=self.words.spaced)

    @cached_property
    def conditions(self) -> Mapping[str, tuple[Condition, ...]]:
        """What each ambiguous name means where, by the table ``ambiguous.csv`` (columns as in ``languages/en``)."""
        from onrecord.languages.name_tables import conditions_in

        path = self.folder / "ambiguous.csv" if self.folder else None
        return conditions_in(path) if path is not None and path.is_file() else {}

    @cached_property
    def calendar_dates(self) -> CalendarDates:
        """Finds dates as printed ("16 de mayo de 2018"), by the table ``[calendar]``."""
        from onrecord.languages.calendar_dates import CalendarDates

        return CalendarDates(self.words.calendar)

    def verb_forms(self, lemma: str) -> Iterable[tuple[str, str]]:
        """The forms of a verb besides its lemma, each with what it is (``past``, ``ing`` …); none where verbs have one form."""
        return ()

    # Capabilities. A subclass overrides those it has; each imports its code only when it is asked for.

    @property
    def references(self) -> ReferenceRules | None:
        """Finds words that stand for somebody named elsewhere: pronouns, "the two sides", single signs of Chinese."""
        return None

    @property
    def dates(self) -> DateReader | None:
        """Finds days told in words and resolves them against the day of the statement."""
        return None

    @property
    def acts(self) -> ActReader | None:
        """Finds what is done with words in one turn."""
        return None

    @property
    def meetings(self) -> MeetingRules | None:
        """Finds what a sentence reports of a meeting."""
        return None

    @property
    def undertakings(self) -> UndertakingReader | None:
        """Cuts the words of an act into the things to be done."""
        return None

    @property
    def answers(self) -> AnswerPatterns | None:
        """Finds the words that show what kind of answer is given."""
        return None

    def _has(self, capability: str) -> bool:
        if capability == "names":  # without making the automaton
            return type(self)._names is not Language._names or (
                self.folder is not None and (self.folder / "names.csv").is_file()
            )
        return getattr(type(self), capability) is not getattr(Language, capability)

    @cached_property
    def covers(self) -> tuple[str, ...]:
        """Those of :data:`CAPABILITIES` that the language has."""
        return tuple(one for one in CAPABILITIES if self._has(one))

    @cached_property
    def not_covered(self) -> tuple[str, ...]:
        """Those of :data:`CAPABILITIES` that it lacks: recorded with every annotated document."""
        return tuple(one for one in CAPABILITIES if one not in self.covers)
