"""Detect the language of a text from its content: first its scripts, then common words, letters and word endings. No default.

The data on each language is in ``detection.toml`` and, for languages that have a package, in the scripts, function words, endings
and parts of their ``words.toml``. A text without enough evidence for any language is ``und`` (ISO 639-2: undetermined).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

UNDETERMINED = "und"

_TABLE = Path(__file__).with_name("detection.toml")
#: The number of characters examined; more does not change the result.
_LOOKED_AT = 4_000
#: A script with a smaller share of the letters is taken for that of quoted names.
_PRESENT = 0.04
#: The minimum score for a language, and the minimum ratio to the next best score: a common word that no other language has
#: counts 1. Set on pages of ten issuers in eight languages, cut to 40 characters.
_ENOUGH, _AHEAD = 0.9, 1.15
#: The weight of the marks of a neighbouring language.
_NEIGHBOUR = 0.7
#: Letters, and the vowel signs of Devanagari and Bengali, which are no letters.
_WORD = re.compile(r"(?:[^\W\d_]|[\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd])+")
_NOT_WORDS = re.compile(r"https?://\S+|\S+@\S+|</?\w[^>]*>")


class Marks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The marks of a language: scripts, common words, word endings, and letters or strings of letters, separated by spaces.

    ``neighbour`` is a language listed only so that its texts are not taken for another language, until it is installed.
    """

    scripts: tuple[str, ...]
    words: str = ""
    endings: str = ""
    parts: str = ""
    neighbour: bool = False


class _Weights(NamedTuple):
    """The languages that each word, ending and string of letters indicates, with its weight, which falls with their number."""

    words: Mapping[str, tuple[tuple[str, float], ...]]
    endings: Mapping[str, tuple[tuple[str, float], ...]]
    parts: Mapping[str, tuple[tuple[str, float], ...]]


def detect(text: str) -> str:
    """Return the language of a text as a BCP 47 tag, ``und`` if uncertain. Forty characters of running text are enough.

    >>> detect("The two sides agreed to stay in close touch.")
    'en'
    >>> detect("雙方同意就此保持密切聯繫，並繼續推動對話。"), detect("双方同意就此保持密切联系，并继续推动对话。")
    ('zh-Hant', 'zh')
    >>> detect("G20 2024"), detect("")
    ('und', 'und')
    """
    plain = unicodedata.normalize("NFC", _NOT_WORDS.sub(" ", text[: 2 * _LOOKED_AT]))[:_LOOKED_AT]
    candidates = _written_in(_scripts(plain))
    if not candidates:
        return UNDETERMINED
    language = candidates[0] if len(candidates) == 1 else _by_words(plain, candidates)
    return _variant(language, plain)


@cache
def known() -> dict[str, Marks]:
    """The marks of each language, by its code. Raises LexiconError if a table is wrong."""
    from onrecord import languages

    found = dict(_table()[0])
    for code in languages.codes():
        language = languages.find(code)
        held = found.get(code, Marks(language.scripts))
        found[code] = Marks(
            scripts=held.scripts or language.scripts,
            words=" ".join(dict.fromkeys([*held.words.split(), *sorted(language.function_words)])),
            endings=f"{held.endings} {language.words.endings}",
            parts=f"{held.parts} {language.words.parts}",
        )
    return found


@cache
def _table() -> tuple[dict[str, Marks], dict[str, dict[str, str]]]:
    from onrecord.lexicon.tables import read_toml

    tables = read_toml(_TABLE, dict[str, dict[str, object]])
    variants = msgspec.convert(tables.pop("variants", {}), dict[str, dict[str, str]])
    return {code: msgspec.convert(marks, Marks) for code, marks in tables.items()}, variants


@cache
def _script(letter: str) -> str:
    """The script of a letter by its Unicode name: LATIN SMALL LETTER A, CJK UNIFIED IDEOGRAPH-4E2D, HANGUL SYLLABLE GA."""
    first = unicodedata.name(letter, "").partition(" ")[0]
    return {"CJK": "Han", "IDEOGRAPHIC": "Han"}.get(first, first.capitalize())


def _scripts(text: str) -> Counter[str]:
    """Count the letters of each script in a text; a Han character or Hangul syllable counts as three letters."""
    found: Counter[str] = Counter()
    for letter, count in Counter(text).items():
        if letter.isalpha() and letter not in "ーｰ":
            script = _script(letter)
            found[script] += count * (3 if script in ("Han", "Hangul") else 1)
    return found


def _written_in(scripts: Counter[str]) -> list[str]:
    """The languages that fit the scripts: they use the main script and most of the others, and no further ones."""
    total = scripts.total()
    if not total:
        return []
    main = scripts.most_common(1)[0][0]
    present = {script for script, count in scripts.items() if count >= _PRESENT * total or script == main}
    ranked = {
        code: (len(present - set(marks.scripts)), len(set(marks.scripts) - present))
        for code, marks in known().items()
        if main in marks.scripts or _shared(main, present, marks)
    }
    best = min(ranked.values(), default=None)
    return [code for code, rank in ranked.items() if rank == best]


def _shared(main: str, present: set[str], marks: Marks) -> bool:
    """Whether a language that mixes scripts uses all scripts present, except Latin for names."""
    return main != "Latin" and len(marks.scripts) > 1 and present - {"Latin"} <= set(marks.scripts)


@cache
def _weights() -> _Weights:
    return _Weights(
        *(
            _shared_out({code: frozenset(split(getattr(marks, name))) for code, marks in known().items()}, worth)
            for name, split, worth in (
                ("words", _lower_words, 1.0),
                ("endings", str.split, 0.4),
                ("parts", str.split, 0.25),
            )
        )
    )


def _lower_words(words: str) -> list[str]:
    return _WORD.findall(words.lower())


def _shared_out(held: Mapping[str, frozenset[str]], worth: float) -> dict[str, tuple[tuple[str, float], ...]]:
    """The weight of each mark for the languages that have it."""
    owners: dict[str, float] = {}
    for code, marks in held.items():
        for mark in marks:
            owners[mark] = owners.get(mark, 0.0) + _own(code)
    found: dict[str, list[tuple[str, float]]] = {}
    for code, marks in held.items():
        for mark in marks:
            found.setdefault(mark, []).append((code, _own(code) * worth / max(1.0, owners[mark]) ** 0.5))
    return {mark: tuple(them) for mark, them in found.items()}


def _own(code: str) -> float:
    return _NEIGHBOUR if known()[code].neighbour else 1.0


def _by_words(text: str, candidates: list[str]) -> str:
    weights = _weights()
    scores: dict[str, float] = dict.fromkeys(candidates, 0.0)
    for word in _WORD.findall(text.lower()):
        marks = list(weights.words.get(word, ()))
        if not marks:
            for length in (5, 4, 3, 2):
                marks += weights.endings.get(word[-length:], ()) if len(word) > length + 1 else ()
        for length in (1, 2, 3, 4):
            for start in range(len(word) - length + 1):
                part = word[start : start + length]
                times = 2 if length == 1 and not part.isascii() else 1  # a letter that few languages have weighs more
                marks += weights.parts.get(part, ()) * times
        for code, weight in marks:
            if code in scores:
                scores[code] += weight
    first, second = sorted(scores.values(), reverse=True)[:2]
    if first < _ENOUGH or first < _AHEAD * second:
        return UNDETERMINED
    return max(scores, key=lambda code: scores[code])


def _variant(language: str, text: str) -> str:
    """The tag with its script if the language has two scripts and the text is in the less usual one."""
    variants = _table()[1].get(language)
    if variants is None:
        return language
    counts = {name: sum(map(text.count, characters)) for name, characters in variants.items()}
    usual, *others = counts
    best = max(others, key=lambda name: counts[name])
    return f"{language}-{best.capitalize()}" if counts[best] > counts[usual] else language
