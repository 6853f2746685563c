"""Label words of all languages: the voice of a label without a name, and the titles in front of names.

The words come from the table ``[labels]`` of each language (:class:`onrecord.languages.base.Labels`) and, for languages
without a package, from ``languages/labels.toml``. All languages are tried at once, because a page in one language quotes labels
of another.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from onrecord.languages.folding import case_key
from onrecord.languages.further import all_labels
from onrecord.reading.labels import is_rank
from onrecord.reading.transcript import Voice

#: The voices, in the order in which they are tried, and the fields of a language's labels that hold their words.
_VOICES: dict[Voice, tuple[str, ...]] = {
    "reporter": ("question", "reporter"),
    "podium": ("answer", "official"),
    "moderator": ("moderator",),
    "operator": ("operator",),
    "interpreter": ("interpreter",),
    "voice": ("voice",),
}
#: "Question 2", "Speaker B", 記者甲.
_NUMBER = r"(?:[ _]?\d{1,3}| (?-i:[A-Z])|[甲乙丙丁])?"
_NOTHING = "(?!)"
#: A line that tells of a meeting is shorter.
_NARRATED = 200


#: The accents of Latin, Greek and Cyrillic letters, when they are characters of their own.
_ACCENTS = re.compile("[\u0300-\u036f]")


def without_accents(words: str) -> str:
    """The words without the accents of Latin, Greek and Cyrillic letters: capitals are often printed without them.

    >>> without_accents("Réponse"), without_accents("ΕΚΠΡΟΣΩΠΟΣ") == without_accents("Εκπρόσωπος").upper()
    ('Reponse', True)
    """
    if words.isascii():
        return words
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", words)))


@cache
def _any_of(*fields: str) -> str:
    """One pattern for the entries of these fields in all languages, without accents; it matches nothing if there are none."""
    entries = [
        without_accents(entry) for labels in all_labels() for field in fields for entry in getattr(labels, field)
    ]
    return "|".join(f"(?:{entry})" for entry in dict.fromkeys(entries)) or _NOTHING


@cache
def _voice_pattern(voice: Voice) -> re.Pattern[str]:
    return re.compile(f"(?:{_any_of(*_VOICES[voice])}){_NUMBER}", re.I)


@cache
def _from_outlet() -> re.Pattern[str]:
    asks = _voice_pattern("reporter").pattern
    return re.compile(rf"(?:{asks})\s+(?:{_any_of('from_outlet')})(?P<outlet>.+)", re.I)


@cache
def _page_head() -> re.Pattern[str]:
    return re.compile(_any_of("page_head"), re.I)


@cache
def voice_of(printed: str) -> Voice | None:
    """The voice of a label without a name, in any language; None for other words."""
    plain = without_accents(printed)
    return next((voice for voice in _VOICES if _voice_pattern(voice).fullmatch(plain)), None)


def outlet_after_question(printed: str) -> str | None:
    """The outlet of "Question from the Arlen Post", or None."""
    composed = unicodedata.normalize("NFC", printed)
    match = _from_outlet().fullmatch(without_accents(composed))
    return composed[match.start("outlet") :] if match is not None else None


@cache
def _told_question() -> re.Pattern[str]:
    return re.compile(rf"(?P<name>.{{2,60}}?)\s+(?:{_any_of('told_question')})", re.I)


def asker_told(printed: str) -> str | None:
    """The name before words that say that its bearer asked an official, or None: "Ms Example asked the Minister of Lakes"."""
    composed = unicodedata.normalize("NFC", printed)
    match = _told_question().fullmatch(without_accents(composed))
    return composed[: match.end("name")] if match is not None else None


def is_page_head(printed: str) -> bool:
    """Whether a label introduces a line above the transcript: "Date:", "Place:", "Participants:"."""
    return _page_head().fullmatch(without_accents(printed)) is not None


@cache
def _page_foot() -> re.Pattern[str]:
    return re.compile(_any_of("page_foot"), re.I)


def is_page_foot(printed: str) -> bool:
    """Whether a label introduces a line below the words: "Photo:", "Tags:", and what stands above them too ("Source:")."""
    return is_page_head(printed) or _page_foot().fullmatch(without_accents(printed)) is not None


@cache
def _assembly() -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z\u00c0-\u04ff])(?:{_any_of('assembly')})", re.I)


def is_assembly(words: str) -> bool:
    """Whether words above a transcript tell of a parliament, a council, a hearing or a court."""
    return _assembly().search(without_accents(words)) is not None


@cache
def _narrated() -> re.Pattern[str]:
    return re.compile(rf"\W?(?:{_any_of('narrated')})\W{{0,2}}", re.I)


def is_narrated(words: str) -> bool:
    """Whether a line is one of those that a record of an assembly tells and nobody speaks: "The meeting rose at 5 p.m." """
    return len(words) < _NARRATED and _narrated().fullmatch(without_accents(words)) is not None


@cache
def letter_pairs() -> frozenset[tuple[str, str]]:
    """The letters for a question and its answer in each language, in lower case."""
    return frozenset(
        (asks.casefold(), answers.casefold())
        for labels in all_labels()
        for asks, answers in ([labels.letters] if labels.letters else [])
    )


@cache
def side_words() -> str:
    """A pattern for the words that label a question or an answer, in any language, without and with their accents."""
    entries = [e for labels in all_labels() for field in ("question", "answer") for e in getattr(labels, field)]
    return "|".join(f"(?:{entry})" for entry in dict.fromkeys([*entries, *map(without_accents, entries)]))


@cache
def _titles() -> frozenset[str]:
    return frozenset(_title_key(word) for labels in all_labels() for word in labels.titles.split())


def _title_key(word: str) -> str:
    return case_key(without_accents(word)).rstrip(".")


def is_title(word: str) -> bool:
    """Whether the word is a rank, office or courtesy title in front of a name, in any language."""
    return is_rank(word) or _title_key(word) in _titles()


@cache
def _portfolios() -> frozenset[str]:
    return frozenset(_title_key(word) for labels in all_labels() for word in labels.portfolios.split())


def is_portfolio(word: str) -> bool:
    """Whether the word says what an office is for, in any language: "Defensa", "Infrastruktury"."""
    return _title_key(word.strip(",")) in _portfolios()


@cache
def _ending(field: str) -> re.Pattern[str]:
    return re.compile(f"(?:{_any_of(field)})$")


def office_ending(printed: str) -> re.Match[str] | None:
    """The office at the end of a Chinese or Japanese label, or None."""
    return _ending("office_endings").search(printed)


def reporter_ending(printed: str) -> re.Match[str] | None:
    """The word for reporter at the end of a Chinese or Japanese label, or None."""
    return _ending("reporter_endings").search(printed)
