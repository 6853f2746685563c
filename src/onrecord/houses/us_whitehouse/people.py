"""Who a label is, as far as the page itself tells: MS. PSAKI is Jen Psaki only where the page prints the full name."""

from __future__ import annotations

import re
from collections import Counter

from onrecord.houses.us_whitehouse.phrases import Office, phrases
from onrecord.reading.labels import as_name, is_particle, is_rank

_TOKEN = re.compile(r"[\w.’'-]+")
_FIRST_NAME = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ’'-]+(?:-[A-Z][a-z]+)?|[A-Z]\.?(?:[A-Z]\.?)?|[A-Z][a-z]*[A-Z][a-z]+")
#: Words with a capital that stand before a surname and are no first name.
_NO_NAME = frozenset(
    """the a an and but so or nor as at by for from in of on to with that this these those our my your his her their its we i you he she
    they it if when while where who what how why now then thanks thank hi hello hey dear well yes no not okay welcome like because both
    today tomorrow yesterday former late new young old first lady congratulations meanwhile also please again since after before under
    about against even just only still biden-harris trump-vance harris-walz happy good great madam team ask asked tell told let give
    january february march april june july august september october november december monday tuesday wednesday thursday friday saturday
    sunday remarks statement interview readout press background briefing gaggle american""".split()
)


class People:
    """The names that one page prints. ``title`` is its headline, ``words`` all that it shows, ``day`` the event's."""

    def __init__(self, title: str, words: str, day: str | None) -> None:
        self._title = title
        self._words = words
        self._lower = words.lower()
        self._day = day or ""
        self._known: dict[str, str] = {}

    def named(self, name: str) -> str:
        """The name, given in capitals, as the page prints it in full, or else cased."""
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._in_title(name) or self._in_words(name) or as_name(name)
        return known

    def holder(self, office: Office) -> str:
        """The holder of an office: as the headline names them, or else as the page does, or else the office."""
        names = next((h.names for h in office.holders if h.since <= self._day < h.until), [])
        for name in names:
            if re.search(rf"\b{re.escape(name)}(?!\w)", self._title):
                return name
        spoken = [name for name in names if " " in name and name in self._words]
        if spoken:
            return spoken[0]
        surname = names[-1] if names else ""
        return surname if surname and f"{office.title} {surname}" in self._words else office.speaker

    def _in_title(self, name: str) -> str | None:
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?![\w-])", self._title, re.I):
            before = self._before(self._title[: match.start()], most=3)
            return " ".join([*before, self._title[match.start() : match.end()]])
        return None

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
            if gap.strip() or not gap or "\n" in gap:
                break
            if (
                is_rank(word)
                or word.lower().rstrip(".") in _NO_NAME
                or not (_FIRST_NAME.fullmatch(word) or (names and is_particle(word)))
            ):
                break
            if word.endswith(".") and len(word) > 2 and word.count(".") == 1:
                break
            names.insert(0, word)
            at = token.start()
            if len(names) == most:
                break
        while names and re.fullmatch(r"[A-Z]\.", names[0]) and len(names) == 1 and not words[:at].strip():
            break
        return names


def speaker_in(title: str) -> str | None:
    """The one person whom a headline names as speaking or signing, without rank; None where there are none or several."""
    for pattern in phrases().by:
        match = pattern.match(title)
        if match is None:
            continue
        return _person(match["who"])
    return None


def _person(words: str) -> str | None:
    """The last name that stands behind a rank, in the first part of the words: "NSC Spokesperson Adrienne Watson on …"."""
    tokens = words.split()
    i, ranked = 0, False
    name: list[str] = []
    while i < len(tokens):
        bare = tokens[i].strip('“”"()').rstrip(",:;")
        if is_rank(bare.rstrip(",")) or bare.lower() in ("the", "u.s."):
            if name:
                break
            ranked = True
        elif _FIRST_NAME.fullmatch(bare) or is_particle(bare) and name:
            name.append(bare)
            if tokens[i].endswith((",", ":")) and not (i + 1 < len(tokens) and tokens[i + 1].startswith("Jr")):
                i += 1
                break
        elif bare.lower() in ("to", "for", "of") and not name:
            pass
        else:
            break
        i += 1
    rest = " ".join(tokens[i:]).lower()
    if re.match(
        r"(?:and|&) (?:the )?(?:first lady|vice president|president|prime minister|secretary|dr|[a-z]+ (?:minister|secretary))",
        rest,
    ):
        return None
    return " ".join(name) if name and (ranked or len(name) > 1) else None
