"""Labels in capitals that say who speaks: distinguished from headings, split into rank and name, cased as a name.

``MS. PSAKI:``, ``THE PRESIDENT:``, ``Q`` are labels; ``MAKING AMERICA SAFE AGAIN:``, ``NATO:``, ``END 4:30 P.M.`` are not.
Houses with labels of this form share this module and keep their own tables of voices.
"""

from __future__ import annotations

import re
import tomllib
from difflib import SequenceMatcher, get_close_matches
from functools import cache, lru_cache
from pathlib import Path

import msgspec

_LABEL = re.compile(r"([^\W\d_][^:;\n]{0,60}?)\s?[:;]\s*")
_NOT_IN_A_NAME = re.compile(r"[\d,!?“”\"\[\]()/&—–]")
_WORD = re.compile(r"[^\W\d_][\w.’'-]*")
#: A label this similar to a frequent one on the page is a misprint of it: MODEARTOR, THE PRESDIDENT.
_ALIKE = 0.84


class Label(msgspec.Struct, frozen=True, gc=False):
    """A label as printed, without its colon, and where the words after it begin."""

    printed: str
    end: int


@cache
def _table(name: str) -> frozenset[str]:
    told = tomllib.loads((Path(__file__).parent / "ranks.toml").read_text(encoding="utf-8"))
    return frozenset(told[name].split())


def is_rank(word: str) -> bool:
    """Whether the word is a rank or title before names: ``Dr.``, ``Secretary``, ``ACTING``."""
    return word.lower().rstrip(".").replace("’", "'") in _table("ranks")


def is_particle(word: str) -> bool:
    """Whether the word is a particle inside names: ``von``, ``bin``."""
    return word.lower() in _table("particles")


def not_a_name(word: str) -> bool:
    """Whether the word is capitalised but not a first name: ``Thank``, ``Biden-Harris``."""
    return word.lower().rstrip(".") in _table("no_names")


def label_of(text: str) -> Label | None:
    """The words in capitals before the first colon, if they can be a name or an office; None otherwise.

    Whether they are a heading or a speaker depends on the page: see :func:`split_rank` and :func:`meant`.
    """
    match = _LABEL.match(text)
    if match is None:
        return None
    printed = match[1].strip()
    if _NOT_IN_A_NAME.search(printed):
        return None
    words = printed.split()
    if len(words) > 7 or sum(letter.isupper() for letter in printed) < 2 or not all(map(_in_capitals, words)):
        return None
    if text[match.end(1) :].lstrip()[:1] == ";" and not is_rank(printed.split(maxsplit=1)[0]):
        return None
    return Label(printed, match.end())


def _in_capitals(word: str) -> bool:
    """Whether a word of a label is in capitals, apart from "Mc", "von" and a rank in lower case ("Mr. EXAMPLE")."""
    capitals = sum(letter.isupper() for letter in word)
    return capitals > sum(letter.islower() for letter in word) or is_rank(word) or is_particle(word)


def split_rank(printed: str) -> tuple[str, str]:
    """A label as ``(rank, name)``: ``("MS.", "PSAKI")``, ``("LT. GOVERNOR", "FLANAGAN")``, ``("", "LAYLA SALAS")``."""
    words = printed.split()
    i = 0
    while i < len(words) and (is_rank(words[i]) or words[i].upper() == "THE"):
        i += 1
    if i == 1 and words[0].upper() == "THE" and len(words) > 1:
        i = 0
    return " ".join(words[:i]), " ".join(words[i:])


def ranked_by_mistake(printed: str) -> bool:
    """Whether the first word is a misprinted rank: SECREATRY, ADMINSTRATOR."""
    return _is_nearly_a_rank(printed.split(maxsplit=1)[0].lower())


@lru_cache(maxsize=10_000)
def _is_nearly_a_rank(word: str) -> bool:
    return len(word) > 5 and bool(get_close_matches(word, _table("ranks"), n=1, cutoff=0.85))


def as_name(printed: str) -> str:
    """Words in capitals, cased as names are: ``JEAN-PIERRE`` is Jean-Pierre, ``O’CONNELL`` O’Connell, ``MCCARTHY`` McCarthy."""
    shown = []
    for i, word in enumerate(printed.split()):
        if i and is_particle(word):
            shown.append(word.lower())
            continue
        if not word.isupper() or word in _table("acronyms"):
            shown.append(word)
            continue
        cased = re.sub(r"[^\W\d_]+", lambda part: part.group().capitalize(), word)
        cased = re.sub(r"(?<=[’'])S\b", "s", cased)
        cased = re.sub(r"^Mc(\w)", lambda part: "Mc" + part[1].upper(), cased)
        shown.append(cased)
    return " ".join(shown)


def meant(printed: str, known: dict[str, int]) -> str | None:
    """The label among ``known`` (with how often each is on the page) of which ``printed`` is a misprint, or None."""
    best, likeness = None, _ALIKE
    for other in known:
        if other == printed or abs(len(other) - len(printed)) > 2 or (len(other) < 6):
            continue
        if sorted(other) == sorted(printed):  # two letters are transposed
            return other
        compared = SequenceMatcher(None, printed, other, autojunk=False)
        if (
            compared.quick_ratio() > likeness and compared.ratio() > likeness
        ):  # the first is an upper bound of the second
            best, likeness = other, compared.ratio()
    return best
