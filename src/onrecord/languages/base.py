"""A language: everything the program knows about it, behind one interface. Missing capabilities are recorded, never guessed.

The rest of the program asks the registry (:func:`onrecord.languages.find`) and then this interface; no code outside
``languages/`` and ``houses/`` compares a language code.

How to add a language
=====================

1. Make a package, ``languages/es`` (or one of your own in another distribution), whose ``__init__.py`` says::

       from pathlib import Path
       from onrecord.languages.base import Language

       language = Language(code="es", name="Spanish", folder=Path(__file__).parent)

   Keep it as light as that: it is imported when a page is opened. Properties load whatever takes time, on first use.

2. Beside it, ``words.toml`` with the fields of :class:`Words`. Everything is optional::

       scripts = ["Latin"]                      # Unicode names of its scripts
       tag = "zh-Hans"                          # if the code leaves open in which script its pages are shown
       spaced = true                            # false if words have no spaces between them, or particles are affixed to names
       function_words = "de la que el en y"     # the commonest words, by which the language is recognised
       endings = "ción mente"                   # ... endings of words that mark it
       parts = "ñ ll"                           # ... letters and strings of letters that mark it
       abbreviations = "sr sra dr ee.uu"        # a full stop after one of these does not end a sentence
       numbered = "núm art"                     # ... nor after one of these if a number follows

       [labels]                                 # labels of turns in a transcript, without the colon; see Labels
       question = ["Pregunta", "P"]
       answer = ["Respuesta", "R"]
       reporter = ["Periodista"]
       moderator = ["Moderadora?"]
       from_outlet = ["de (?:la |el )?"]        # "Pregunta de El Diario": what stands between the word and the outlet

       [calendar]
       months = ["enero ene", "febrero feb", …]  # twelve, each with all its forms, in any case; _ stands for a space
       weekdays = ["lunes lun", "martes", …]     # seven from Monday
       forms = ["{day} de {month}(?: de {year})?"]   # regular expressions; {day} {month} {number} {year} stand for the parts
                                                     # ({number} is a month in digits); a space is any white space

3. ``names.csv`` with the columns ``id,kind,name,aliases,demonyms,capital,capital_aliases,source`` (separate the values in a cell
   with ``|``): ``id`` is the code of a state, territory or organisation as in ``lexicon/``, ``kind`` one of ``state``,
   ``territory``, ``organisation``; inflected forms are aliases. :meth:`Language.names` finds them in a text.

4. An entry point in ``pyproject.toml``, named after the code: ``es = "onrecord.languages.es:language"`` in the group
   ``onrecord.languages``. Subtags fall back automatically: ``es-MX`` is read as ``es``.

That is a language without rules: it has sentences, tokens, names and printed dates. Everything further is a *capability*
(:data:`CAPABILITIES`): subclass :class:`Language` and override the property of that name, which imports the code and returns a
reader of the type given in :mod:`onrecord.languages.readers`. A capability that is not overridden is not covered:
:attr:`Language.not_covered` lists it, and annotated documents record it. ``languages/en`` and ``languages/zh`` have all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.languages.word_tables import Labels, Words

if TYPE_CHECKING:
    from onrecord.languages.answer_patterns import AnswerPatterns
    from onrecord.languages.calendar_dates import CalendarDates
    from onrecord.languages.meeting_rules import MeetingRules
    from onrecord.languages.name_tables import Condition
    from onrecord.languages.names import Name, Names
    from onrecord.languages.readers import ActReader, DateReader, UndertakingReader
    from onrecord.languages.reference_rules import ReferenceRules
    from onrecord.languages.tokens import Token

#: What a language may have rules for, in the order of annotation. ``references`` are anaphoric and deictic expressions
#: ("we", "the two sides"), ``dates`` are days given relative to the day of the statement ("last Friday").
CAPABILITIES = ("names", "references", "dates", "acts", "meetings", "undertakings", "answers")


class Language:
    """A language without rules, read from the tables in its folder; languages with rules override capabilities.

    ``code`` is a BCP 47 tag, ``name`` the English name for display. ``folder`` contains ``words.toml`` and ``names.csv``;
    without it there are no tables (:data:`onrecord.languages.UNKNOWN`).
    """

    def __init__(self, code: str, name: str, folder: Path | None = None) -> None:
        self.code, self.name, self.folder = code, name, folder

    def __repr__(self) -> str:
        return f"Language({self.code!r})"

    @cached_property
    def words(self) -> Words:
        """The table ``words.toml``. Raises :class:`~onrecord.errors.LexiconError` naming the file and the error."""
        from onrecord.lexicon.tables import read_toml

        path = self.folder / "words.toml" if self.folder else None
        return read_toml(path, Words) if path is not None and path.is_file() else Words()

    @property
    def labels(self) -> Labels:
        """Words that label a turn of a transcript."""
        return self.words.labels

    @cached_property
    def function_words(self) -> frozenset[str]:
        """The commonest words, in lower case, by which the language is recognised."""
        return frozenset(self.words.function_words.lower().split())

    @property
    def scripts(self) -> tuple[str, ...]:
        """The Unicode names of the scripts it is written in: ``Latin``, ``Han``."""
        return self.words.scripts

    def split_sentences(self, text: str) -> list[tuple[int, int]]:
        """Return the spans ``[start, end)`` of the sentences of a text, in order, without surrounding white space."""
        from onrecord.languages.sentences import sentences

        found = (
            sentences(text, self._abbreviations, any_script=True)
            if self._abbreviations
            else sentences(text, any_script=True)
        )
        if len(found) > 1 and self.words.calendar.forms:  # "am 6. März": no sentence ends inside a date
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
        """Return the folded words of a text with their spans, in order."""
        from onrecord.languages.tokens import tokens

        return tokens(text)

    @cached_property
    def names(self) -> Names:
        """The names of states, organisations, capitals, people … in one automaton; empty without a table."""
        from onrecord.languages.names import Names
        from onrecord.lexicon.outlets import printed_names

        return Names(self._names(), bounded=self.words.spaced, outlets=printed_names())

    def _names(self) -> Iterable[tuple[str, Name]]:
        from onrecord.languages.names import named_in

        path = self.folder / "names.csv" if self.folder else None
        return named_in(path) if path is not None and path.is_file() else ()

    @cached_property
    def issue_words(self) -> Names:
        """Words that indicate an issue; they may occur inside a name, and match in any case."""
        from onrecord.languages.names import Names

        return Names((), bounded=self.words.spaced)

    @cached_property
    def conditions(self) -> Mapping[str, tuple[Condition, ...]]:
        """The meanings of each ambiguous name and their conditions, from ``ambiguous.csv`` (columns as in ``languages/en``)."""
        from onrecord.languages.name_tables import conditions_in

        path = self.folder / "ambiguous.csv" if self.folder else None
        return conditions_in(path) if path is not None and path.is_file() else {}

    @cached_property
    def calendar_dates(self) -> CalendarDates:
        """Finds dates as printed ("16 de mayo de 2018"), using the table ``[calendar]``."""
        from onrecord.languages.calendar_dates import CalendarDates

        return CalendarDates(self.words.calendar)

    def verb_forms(self, lemma: str) -> Iterable[tuple[str, str]]:
        """The forms of a verb other than its lemma, each with its kind (``past``, ``ing`` …); none if verbs do not inflect."""
        return ()

    # Capabilities. A subclass overrides those it has; each imports its code only on first use.

    @property
    def references(self) -> ReferenceRules | None:
        """Finds references: pronouns, "the two sides", one-character names of states in Chinese."""
        return None

    @property
    def dates(self) -> DateReader | None:
        """Finds days given in words and resolves them against the day of the statement."""
        return None

    @property
    def acts(self) -> ActReader | None:
        """Finds the acts in one turn."""
        return None

    @property
    def meetings(self) -> MeetingRules | None:
        """Finds the meetings a sentence reports."""
        return None

    @property
    def undertakings(self) -> UndertakingReader | None:
        """Divides an act into its undertakings."""
        return None

    @property
    def answers(self) -> AnswerPatterns | None:
        """Finds the cues of answer types."""
        return None

    def _has(self, capability: str) -> bool:
        if capability == "names":  # without building the automaton
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
        """Those of :data:`CAPABILITIES` that it lacks; recorded with every annotated document."""
        return tuple(one for one in CAPABILITIES if one not in self.covers)
