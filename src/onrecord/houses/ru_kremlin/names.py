"""The names in the labels of a page: without offices, and one person under one name however often it is misprinted."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from difflib import SequenceMatcher
from functools import cache

from onrecord.lexicon.world import world_rows
from onrecord.reading.label_words import is_title
from onrecord.reading.labels import as_name

#: A name at the end of a label: Ada Example, Ada B. Example, Ada von der Example, King Example II.
_NAME = re.compile(
    r"(?:^|\s)((?:[A-Z][\w.’'-]+ )?(?:[A-Z]\. )*(?:(?i:al|bin|d[aei]|del|den|der|dos|el|la|le|te[nr]|van|von|zu)[ -])*"
    r"[A-Z][\w.’'-]*(?: [IVX]+)?)$"
)
#: "King Example II of Arlen", "Patriarch Example of Arlen and All the Lakes".
_REIGN = r"(?:King|Queen|Emir|Emperor|Sultan|Crown Prince|Prince|Patriarch|Catholicos|Pope|Metropolitan|Archbishop)\s"
_REIGNING = re.compile(
    rf"(?:.*\s)?{_REIGN}(?P<name>[A-Z][\w.’'-]+(?: (?:[IVX]+|[A-Z][\w.’'-]+)){{0,3}}) of (?:the )?[A-Z].*"
)
#: "Patriarch Example", "Pope Example II".
_REIGN_ONLY = re.compile(rf"(?:His Holiness |Her Majesty |His Majesty )?{_REIGN}(?P<name>[A-Z][\w’'-]+(?: [IVX]+)?)")
#: "Emir of Arlen Ivo bin Example", "Patriarch of Arlen and All the Lakes Ivo": the name stands behind the country.
_REIGN_OF = re.compile(rf"(?:.*\s)?{_REIGN}of (?:the )?(?P<rest>[A-Z].*)")
_OF_ALL = re.compile(r"[A-Z][\w’'-]+ and [Aa]ll (?:the )?[A-Z][\w’'-]+ ")
#: A full name, a comma, and what else the person is.
_FIRST = re.compile(r"(?P<name>[A-Z][\w.’'-]+(?: [A-Z]\.)?(?: [A-Z][\w.’'-]+){1,2}),\s(?P<rest>[^,].*)")
_OF_OUTLET = re.compile(
    r"^(?:a )?(?:reporter|correspondent|journalist|host|anchor|presenter)s?(?: at| of| from| for| with|,)?\s+(?=[A-Z])"
)
_MIXED = re.compile(r"[a-z][A-Z]")
_MAY_MIX = re.compile(r"\b(?:Mc|Mac|De|Di|Du|La|Le|O[’'])[A-Z]")
#: First names this alike under one surname are one, misprinted or written in another way: Sergei, Sergey.
_ALIKE = 0.8


def read_name(printed: str, others: Collection[str]) -> tuple[str | None, str]:
    """The name in a label without the office before it, and what is after the name.

    ``others`` are the names and labels of the page: a name that they have is told from any office. None if no name is found.
    """
    full = [other for other in others if len(other.split()) > 1 and other != printed]
    alone = [other for other in full if printed.endswith(" " + other)]
    glued = [other for other in full if is_joined(printed, other) or (" " not in printed and _ends(printed, other))]
    if alone or glued:  # 2017-05-15: a name in two pieces of bold, without the space
        return max(alone or glued, key=len), ""
    if " " not in printed and len(_MIXED.findall(printed)) > 1:  # an office and a name without any space
        return read_name(_MIXED.sub(lambda match: match[0][0] + " " + match[0][1], printed), others)
    first = _FIRST.fullmatch(printed)
    if first is not None and not any(is_title(word) for word in first["name"].split()):
        return first["name"], _OF_OUTLET.sub("", first["rest"])
    reigning = _REIGNING.fullmatch(printed) or _REIGN_ONLY.fullmatch(printed)
    named = reigning["name"] if reigning is not None else _behind_country(printed)
    if named is not None:
        return named, ""
    words = printed.split()
    if len(words) <= 3 and words[-1][0].isupper() and not any(is_title(word) or word == "of" for word in words):
        return printed, ""
    name = _NAME.search(printed)
    if name is None:
        return None, ""
    before = printed[: name.start(1)].split()
    if " " not in name[1] and before and before[-1] in ("of", "the", "for", "and"):
        return (printed if is_title(words[0]) else None), ""  # "President of the Academy of Sciences" stands for a name
    return name[1], ""


def _behind_country(printed: str) -> str | None:
    """The name behind a reigning office and the country or church that it is of, or None."""
    office = _REIGN_OF.fullmatch(printed)
    if office is None:
        return None
    rest: str = office["rest"]
    church = _OF_ALL.match(rest)
    ends = (
        [church.end()] if church is not None else [len(name) + 1 for name in _states() if rest.startswith(name + " ")]
    )
    return rest[max(ends) :].removeprefix("Sheikh ") if ends else None


@cache
def _states() -> frozenset[str]:
    return frozenset(row["name"] for row in world_rows("states"))


def is_joined(name: str, other: str) -> bool:
    """Whether two names differ in nothing but spaces and capitals."""
    return _joined(name) == _joined(other)


def _joined(words: str) -> str:
    return "".join(words.split()).casefold()


def _ends(printed: str, other: str) -> bool:
    return len(other) > 8 and _joined(printed).endswith(_joined(other))


def one_name_each(names: Mapping[str, int], tagged: Collection[str]) -> dict[str, str]:
    """For each name the one under which its bearer is on the page.

    ``names`` tells how often each is printed, ``tagged`` which the page tags as persons: of two spellings a tagged one is meant,
    or else the one printed more often; of two that are equally often, the first.
    """
    persons = {_cased(name) for name in tagged}
    ranked = sorted(names, key=lambda name: (_cased(name) not in persons, "." in name.split()[0], -names[name]))
    meant: dict[str, str] = {}
    for name in ranked:
        cased = _cased(name)
        known = [other for other in dict.fromkeys([*meant.values(), *persons]) if _is_same(cased, other)]
        fuller = [other for other in ranked if other != name and _is_part(cased, _cased(other))]
        meant[name] = known[0] if known else _cased(fuller[0]) if len(fuller) == 1 else cased
    return meant


def _cased(name: str) -> str:
    """A name in capitals, or with capitals inside, as names are cased."""
    words = name.split()
    if name.isupper() and len(words) > 1:
        return as_name(name)
    return " ".join(
        as_name(word.upper()) if _is_odd(word) or (len(words) > 1 and len(word) > 4 and word.isupper()) else word
        for word in words
    )


def _is_odd(word: str) -> bool:
    return _MIXED.search(word) is not None and _MAY_MIX.search(word) is None


def _is_same(name: str, other: str) -> bool:
    """Whether two names are one person's: an initial and a surname, or first names that are nearly alike."""
    if is_joined(name, other):
        return True
    first, own = _split(name)
    second, others = _split(other)
    if not first or not second or own != others:
        return False
    if first.endswith(".") or second.endswith("."):
        return first[0] == second[0]
    return first[0] == second[0] and SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE


def _split(name: str) -> tuple[str, str]:
    """The first name, or its initial, and the surname."""
    words = name.replace(".", ". ").split()
    return (words[0], words[-1]) if len(words) > 1 else ("", name)


def _is_part(name: str, other: str) -> bool:
    """Whether a name of two words or more is a shorter form of another: Ada Example, Ada B. Example."""
    words, others = name.split(), other.split()
    return 1 < len(words) < len(others) and words[-1] == others[-1] and set(words) < set(others)
