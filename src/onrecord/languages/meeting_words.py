"""The words that report meetings: the table ``meeting_words.toml`` of a language, checked, in one automaton."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from onrecord.annotation_types import MeetingKind
from onrecord.errors import LexiconError
from onrecord.lexicon.tables import read_toml


class Noun(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nouns that denote a meeting; ``loose`` if they can also mean talking in general."""

    kind: MeetingKind
    words: tuple[str, ...]
    example: str
    source: str
    loose: bool = False


class Verb(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Verbs that report a meeting, and their complement: a partner, or a destination."""

    kind: MeetingKind
    takes: Literal["partner", "destination"]
    words: tuple[str, ...]
    example: str
    source: str


class _Not(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: tuple[str, ...]
    example: str
    source: str


class _Around(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    vague_before: tuple[str, ...]
    vague_after: tuple[str, ...]
    pointing: tuple[str, ...]
    holding: tuple[str, ...]
    future: tuple[str, ...]
    past: tuple[str, ...]
    wishing: tuple[str, ...]
    saying: tuple[str, ...]
    invitation: tuple[str, ...]
    decided: tuple[str, ...]
    titles: tuple[str, ...]
    place: tuple[str, ...]
    virtual: tuple[str, ...]
    modifiers: tuple[str, ...] = ()
    visit_modifiers: tuple[str, ...] = ()
    ordinals: tuple[str, ...] = ()
    determiners: tuple[str, ...] = ()
    during: tuple[str, ...] = ()
    name_stops: tuple[str, ...] = ()
    after_pointing: tuple[str, ...] = ()
    joining: tuple[str, ...] = ()
    name_ends: tuple[str, ...] = ()
    transliteration: str = ""


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    sources: dict[str, str]
    noun: tuple[Noun, ...]
    verb: tuple[Verb, ...] = ()
    not_: tuple[_Not, ...] = msgspec.field(name="not", default=())
    around: _Around


class Trigger(NamedTuple):
    """A meeting noun or verb at ``[start, end)``, in lower case, or a phrase that only looks like one: see ``refused``."""

    start: int
    end: int
    word: str


class MeetingWords:
    """The words of one language, in one automaton of nouns, verbs and exclusions."""

    def __init__(self, table: _Table, *, bounded: bool) -> None:
        import ahocorasick_rs

        self.around = table.around
        self._bounded = bounded
        self.nouns: dict[str, Noun] = {}
        self.verbs: dict[str, Verb] = {}
        for noun in table.noun:
            self.nouns.update(dict.fromkeys(noun.words, noun))
        for verb in table.verb:
            self.verbs.update(dict.fromkeys(verb.words, verb))
        refused = {word.lower() for row in table.not_ for word in row.words}
        self.refused = frozenset(refused)
        self._words = [*{*self.nouns, *self.verbs, *refused}]
        self._automaton = ahocorasick_rs.AhoCorasick(self._words, matchkind=ahocorasick_rs.MatchKind.Standard)
        self._patterns: dict[tuple[str, str], re.Pattern[str]] = {}
        self.sets = {
            name: frozenset(getattr(self.around, name)) for name in ("determiners", "modifiers", "ordinals", "pointing")
        }

    def find(self, text: str, start: int, end: int) -> list[Trigger]:
        """Return the words in ``[start, end)`` of a text, in order without overlap: the longest of those that begin first."""
        plain = text[start:end].lower()
        if len(plain) != end - start:  # a letter whose lower case is longer
            plain = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text[start:end])
        found = sorted(
            (first, -last, index)
            for index, first, last in self._automaton.find_matches_as_indexes(plain, overlapping=True)
            if not self._bounded
            or not ((first and plain[first - 1].isalnum()) or (last < len(plain) and plain[last].isalnum()))
        )
        triggers: list[Trigger] = []
        reached = 0
        for first, minus_last, index in found:
            if first >= reached:
                reached = -minus_last
                triggers.append(Trigger(start + first, start + reached, self._words[index]))
        return triggers

    def pattern(self, name: str, form: str = "{}") -> re.Pattern[str]:
        """A list of the table as one pattern, longest first, inserted into ``form``."""
        made = self._patterns.get((name, form))
        if made is None:
            made = self._patterns[name, form] = re.compile(form.replace("{}", any_of(getattr(self.around, name))))
        return made


def any_of(words: Iterable[str]) -> str:
    """The words as alternatives of a pattern, longest first, with any white space between."""
    return (
        "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True)) + ")"
    )


def load(path: Path, *, bounded: bool) -> MeetingWords:
    """Read and check the table: every row has an example that it matches and a listed source.

    ``bounded`` says that only whole words match. Raises LexiconError naming the error.
    """
    table = read_toml(path, _Table)
    rows: tuple[Noun | Verb | _Not, ...] = (*table.noun, *table.verb, *table.not_)
    for row in rows:
        if row.source not in table.sources:
            raise LexiconError(f"the source {row.source!r} is not listed", where=f"{path.name}: {row.words[0]}")
        if not any(word.lower() in row.example.lower() for word in row.words):
            raise LexiconError(
                f"the example contains none of its words: {row.example!r}", where=f"{path.name}: {row.words[0]}"
            )
    return MeetingWords(table, bounded=bounded)
