"""Who a label is, as far as the page itself says: MS. PSAKI is Jen Psaki only if the page prints the full name."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec

from onrecord.reading.callers import is_given_name
from onrecord.reading.labels import as_name, is_particle, is_rank, meant, not_a_name
from onrecord.reading.lines import HEADLINE_LENGTH, Line
from onrecord.record import Role

_TOKEN = re.compile(r"[\w.’'-]+")
_FIRST_NAME = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ’'-]+(?:-[A-Z][a-z]+)?|[A-Z]\.?(?:[A-Z]\.?)?|[A-Z][a-z]*[A-Z][a-z]+")
_AND_ANOTHER = re.compile(
    r"(?i)\S* ?(?:and|&) (?:the )?(?:first lady|vice president|president|prime minister|secretary|dr\.|chancellor|king|senator"
    r"|[a-z]+ [a-z]+ (?:on|at)\b)"
)


class Holder(msgspec.Struct, frozen=True, rename={"since": "from", "until": "to"}):
    """Who held an office, ISO days, and the forms of the name, the fullest first."""

    since: str
    until: str
    names: list[str]


class Office(msgspec.Struct, frozen=True):
    """A label that stands for an office, and what to call its holder if the page prints no name."""

    labels: list[str]
    speaker: str
    title: str
    role: Role
    holders: list[Holder]


class _Titles(msgspec.Struct, frozen=True):
    by: list[re.Pattern[str]]
    spokesperson: re.Pattern[str]
    principal: re.Pattern[str]
    interview: re.Pattern[str]


@cache
def _titles() -> _Titles:
    table = tomllib.loads((Path(__file__).parent / "titles.toml").read_text(encoding="utf-8"))
    return _Titles(
        by=[re.compile(pattern, re.I) for pattern in table["by"]],
        spokesperson=re.compile(table["spokesperson"], re.I),
        principal=re.compile(table["principal"], re.I),
        interview=re.compile(table["interview"], re.I),
    )


class People:
    """The names on one page. ``title`` is its headline, ``words`` all its text, ``day`` the day of the event."""

    def __init__(self, title: str, words: str, day: str | None) -> None:
        self._title = title[:HEADLINE_LENGTH]
        self._words = words
        self._lower = words.lower()
        self._day = day or ""
        self._known: dict[str, str] = {}

    def named(self, name: str) -> str:
        """The full name, as the page prints it, for a name in capitals; or else the name with normal case."""
        known = self._known.get(name)
        if known is None:
            found = self._in_title(name) or self._in_words(name) or self._misprinted(name)
            known = self._known[name] = found or as_name(name)
        return known

    def role(self, name: str) -> Role:
        """The role that the headline gives to the name."""
        return role_in(self._title, name)

    def holder(self, office: Office) -> str:
        """The holder of an office: as the headline names them, or else as the page does, or else the office."""
        known = [holder for holder in office.holders if not self._day or holder.since <= self._day < holder.until]
        for name in (name for holder in known for name in holder.names):
            if re.search(rf"\b{re.escape(name)}(?!\w)", self._title):
                return name
        names = known[0].names if len(known) == 1 else []
        spoken = [name for name in names if " " in name and name in self._words]
        if spoken:
            return spoken[0]
        surname = names[-1] if names else ""
        return surname if surname and f"{office.title} {surname}" in self._words else office.speaker

    def _misprinted(self, name: str) -> str | None:
        """The full name that the headline has, of a surname that a label misprints: "BLINKNEN"."""
        words = {word.strip(".,’'").upper() for word in self._title.split() if word[:1].isupper()}
        meant_word = meant(name, dict.fromkeys((word for word in words if word[:1] == name[:1]), 1))
        return self._in_title(meant_word) if meant_word is not None and not is_rank(meant_word) else None

    def _in_title(self, name: str) -> str | None:
        found: list[str] = []
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?![\w-])", self._title, re.I):
            before = self._title[: match.start()]
            first = self._behind_rank(before) or self._before(before, most=3)
            found.append(" ".join([*first, self._title[match.start() : match.end()]]))
        return max(found, key=lambda one: " " in one, default=None)

    @staticmethod
    def _behind_rank(words: str) -> list[str]:
        """The first names at the end of a headline's words, known or not, where a rank is before them."""
        tokens = words.split()
        names: list[str] = []
        while tokens and len(names) < 3 and _may_be_a_name(tokens[-1]):
            names.insert(0, tokens.pop())
        return names if names and tokens and is_rank(tokens[-1].strip(",")) else []

    def _in_words(self, name: str) -> str | None:
        low = name.lower()
        if len(self._lower) != len(self._words) or not low:
            return None
        found: Counter[str] = Counter()
        plain: Counter[str] = Counter()
        at = self._lower.find(low)
        while at >= 0 and sum(found.values()) + sum(plain.values()) < 200:
            end = at + len(name)
            shown = self._words[at:end]
            whole = not self._words[at - 1 : at].isalnum() and not self._words[end : end + 1].isalnum()
            if whole and not shown.isupper() and not shown.islower():
                before = self._before(self._words[max(0, at - 60) : at], most=2)
                if before:
                    found[" ".join([*before, shown])] += 1
                else:
                    plain[shown] += 1
            at = self._lower.find(low, end)
        if found:
            return found.most_common(1)[0][0]
        return plain.most_common(1)[0][0] if plain else None

    @staticmethod
    def _before(words: str, most: int) -> list[str]:
        """The first names at the end of ``words``."""
        names: list[str] = []
        at = len(words)
        for token in reversed(list(_TOKEN.finditer(words))):
            word = token.group()
            gap = words[token.end() : at]
            if gap.strip() or not gap or "\n" in gap or len(names) == most or not _may_be_a_name(word):
                break
            if names and not (is_given_name(word) or len(word.rstrip(".")) == 1):
                break
            names.insert(0, word)
            at = token.start()
        while names and len(names[0].rstrip(".")) == 1:  # an initial alone is not a name
            names.pop(0)
        return names


def _may_be_a_name(word: str) -> bool:
    if is_rank(word) or not_a_name(word) or re.search(r"[’'](?:m|s|re|ve|ll|d)$", word):
        return False
    return bool(_FIRST_NAME.fullmatch(word))


def role_in(title: str, name: str) -> Role:
    """The role that a headline gives to a name: what is before it, back to the one named before."""
    at = title.find(name)
    before = re.split(r",| and (?=[A-Z])", title[:at])[-1] if at >= 0 else ""
    if _titles().spokesperson.search(before):
        return "spokesperson"
    return "principal" if _titles().principal.search(before) else "official"


def speaker_in(title: str) -> str | None:
    """The one person whom a headline names as speaking or signing, without rank; None if there are none or several."""
    for pattern in _titles().by:
        match = pattern.match(title)
        if match is None:
            continue
        return _person(match["who"])
    return None


def _person(words: str) -> str | None:
    """The first name that is after ranks: "NSC Spokesperson Adrienne Watson on …"; None if two are named together."""
    tokens = words.split()
    name: list[str] = []
    ranked, i = False, 0
    for i, token in enumerate(tokens):  # noqa: B007
        bare = token.strip('“”"()').rstrip(",:;")
        if is_rank(bare):
            if name:
                break
            ranked = True
        elif bare.lower() in ("the", "u.s.", "to", "for", "of", "and", "&") and not name:
            continue
        elif (_may_be_a_name(bare) and not (name and bare.endswith("ing") and len(bare) > 5)) or (
            name and is_particle(bare)
        ):
            name.append(bare)
            if token.endswith((",", ":")):
                break
        else:
            break
    rest = " ".join(tokens[i:])
    if name and re.match(rf"{re.escape(name[-1])}, Jr\b", rest):
        name[-1] += ", Jr."
    if not name or len(name) > 4 or not (ranked or is_given_name(name[0])):
        return None
    if _AND_ANOTHER.match(rest):
        return None
    return " ".join(name)


def interviewer_in(title: str) -> str | None:
    """Who asks in an interview, as its headline says: "Interview of X by Y"; None for other headlines."""
    match = _titles().interview.search(title)
    return match["who"] if match else None


_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Mm]e|[Uu]s)\b(?!\.)")


def speaks_in_person(lines: Iterable[Line]) -> bool:
    """Whether a statement says "I" or "we" outside its quotations, so that it is its signer's own words."""
    return any(_FIRST_PERSON.search(_QUOTED.sub("", line.text)) for line in lines)
