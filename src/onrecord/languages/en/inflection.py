"""The forms of English verbs, so that the trigger tables list a verb once and match it in every tense.

``verb_forms.csv`` contains the forms of every verb in the tables and of the verbs most frequent in official statements. It is
generated from LemmInflect (Jascob, 2020) by ``bench/verb_forms.py``; reading it needs no further package. A verb that is not
in the table is inflected by rule.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from onrecord.errors import LexiconError

Form = Literal["base", "third", "past", "participle", "ing"]

TABLE = Path(__file__).with_name("verb_forms.csv")
COLUMNS = ("lemma", "third", "past", "participle", "ing")

#: Prefixes after which a verb keeps its forms: redraw, undersell, outfight, co-write.
_PREFIXES = ("counter", "under", "inter", "over", "fore", "with", "out", "mis", "pre", "un", "up", "re", "co")


class Inflected(NamedTuple):
    """A form of a verb, and its kind."""

    word: str
    form: Form


class Forms(NamedTuple):
    """The forms of a verb other than its base; each is a tuple of spellings, the commonest first if known."""

    third: tuple[str, ...]
    past: tuple[str, ...]
    participle: tuple[str, ...]
    ing: tuple[str, ...]


#: Contractions and further forms of the two verbs that have more forms than columns.
_CONTRACTED = {
    "be": (("are", "base"), ("am", "base"), ("'re", "base"), ("'m", "base"), ("'s", "third")),
    "have": (("'ve", "base"),),
}


@cache
def table() -> dict[str, Forms]:
    """The verbs of ``verb_forms.csv``. Raises LexiconError naming a row with an empty or missing cell."""
    found: dict[str, Forms] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        if tuple(next(rows, ())) != COLUMNS:
            raise LexiconError(f"the first row must be {','.join(COLUMNS)}", where=f"{TABLE.name}, line 1")
        for row in rows:
            if len(row) != len(COLUMNS) or not all(row):
                raise LexiconError("a verb has five filled columns", where=f"{TABLE.name}, line {rows.line_num}")
            found[row[0]] = Forms(*(tuple(cell.split("/")) for cell in row[1:]))
    return found


def is_regular(lemma: str, past: str) -> bool:
    """Whether a past form ends in a regular -ed, with or without a doubled last letter: travelled, programed, panicked."""
    return past in (forms_by_rule(lemma).past[0], lemma + "ed", lemma + lemma[-1] + "ed")


@cache
def irregular_pasts() -> frozenset[str]:
    """The past forms in the table without a regular -ed: sent, took, held; also those equal to the base ("put")."""
    return frozenset(past for lemma, forms in table().items() for past in forms.past if not is_regular(lemma, past))


def base_forms() -> frozenset[str]:
    """The base forms of the verbs in the table."""
    return frozenset(table())


@cache
def inflect(lemma: str) -> tuple[Inflected, ...]:
    """Every form of an English verb, lower case: base, third person, past, participle, -ing, with all spellings of each.

    >>> [one.word for one in inflect("refer")]
    ['refer', 'refers', 'referred', 'referred', 'referring']
    >>> [one.word for one in inflect("travel") if one.form == "past"]
    ['traveled', 'travelled']
    """
    forms = forms_of(lemma)
    return (
        Inflected(lemma, "base"),
        *(Inflected(word, form) for word, form in _CONTRACTED.get(lemma, ())),  # type: ignore[arg-type]
        *(Inflected(word, "third") for word in forms.third),
        *(Inflected(word, "past") for word in forms.past),
        *(Inflected(word, "participle") for word in forms.participle),
        *(Inflected(word, "ing") for word in forms.ing),
    )


def forms_of(lemma: str) -> Forms:
    """The forms from the table; with a prefix or a hyphen, those of the verb after it; else by rule.

    >>> forms_of("outfight").past, forms_of("fast-track").ing
    (('outfought',), ('fast-tracking',))
    """
    known = table().get(lemma)
    if known:
        return known
    first, hyphen, last = lemma.rpartition("-")
    if hyphen and last:
        return _prefixed(first + hyphen, forms_of(last))
    for prefix in _PREFIXES:
        rest = lemma.removeprefix(prefix)
        behind = table().get(rest) if rest != lemma and len(rest) > 2 else None
        if behind:
            return _prefixed(prefix, behind)
    return forms_by_rule(lemma)


def _prefixed(prefix: str, forms: Forms) -> Forms:
    return Forms(*(tuple(prefix + word for word in words) for words in forms))


def forms_by_rule(lemma: str) -> Forms:
    """The forms of a regular verb; a verb of several syllables does not double its last letter.

    >>> forms_by_rule("yodel"), forms_by_rule("blip").past
    (Forms(third=('yodels',), past=('yodeled',), participle=('yodeled',), ing=('yodeling',)), ('blipped',))
    """
    past = (_past(lemma),)
    return Forms((_third(lemma),), past, past, (_ing(lemma),))


def _vowel(letter: str) -> bool:
    return letter in "aeiou"


def _stem(lemma: str) -> str:
    """What -ed and -ing are added to: with a doubled last letter (spin), or k after c (panic)."""
    if lemma.endswith("ic"):
        return lemma + "k"
    letters = lemma.replace("qu", "qw")
    syllables = sum(_vowel(letter) and not (i and _vowel(letters[i - 1])) for i, letter in enumerate(letters))
    closed = len(letters) > 2 and not _vowel(letters[-1]) and letters[-1] not in "wxy"
    doubles = syllables == 1 and closed and _vowel(letters[-2]) and not _vowel(letters[-3])
    return lemma + lemma[-1] if doubles else lemma


def _consonant_y(lemma: str) -> bool:
    return lemma.endswith("y") and len(lemma) > 1 and not _vowel(lemma[-2])


def _third(lemma: str) -> str:
    if lemma.endswith("z"):
        return _stem(lemma) + "es"
    if lemma.endswith(("s", "x", "ch", "sh")):
        return lemma + "es"
    if lemma.endswith("o") and len(lemma) > 1 and not _vowel(lemma[-2]):
        return lemma + "es"  # vetoes, embargoes; but radios
    if _consonant_y(lemma):
        return lemma[:-1] + "ies"
    return lemma + "s"


def _past(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if _consonant_y(lemma):
        return lemma[:-1] + "ied"
    return _stem(lemma) + "ed"


def _ing(lemma: str) -> str:
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        return lemma[:-1] + "ing"
    return _stem(lemma) + "ing"
