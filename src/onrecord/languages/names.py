"""Names in a text, found by one automaton over all names of a language.

The automaton (Aho and Corasick, CACM 18, 1975; compiled code of ahocorasick_rs) finds all names in one pass, whatever their
number; of overlapping names the one that begins first is taken, and of those the longest.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from onrecord.annotation_types import MentionKind
from onrecord.languages.folding import with_plain_marks
from onrecord.lexicon.former_states import former_states
from onrecord.lexicon.tables import ANY, CODE, MANY, SOME, many, rows
from onrecord.lexicon.world import world_rows

_NAMES = {
    "id": CODE, "kind": ("state|territory|organisation", "state, territory or organisation"), "name": SOME, "aliases": MANY,
    "demonyms": MANY, "capital": ANY, "capital_aliases": MANY, "source": ANY,
}  # fmt: skip
_KINDS: dict[str, MentionKind] = {"state": "country", "territory": "territory", "organisation": "organisation"}


class Name(NamedTuple):
    """A meaning of a surface form. ``codes`` are the actors it stands for.

    ``form`` is ``name``, ``demonym``, ``metonym``, ``capital``, ``short`` (a Chinese one such as 美方), ``surname``,
    ``words`` (of an issue), ``reference`` or ``shield`` (an excluded phrase, which only looks like a name).
    """

    kind: MentionKind
    id: str
    codes: tuple[str, ...]
    form: str


#: The meaning of a phrase that contains a name and names nothing.
_NO_NAME = Name("place", "", (), "shield")


class Hit(NamedTuple):
    """A name at ``[start, end)`` with all its meanings: one, or several among which the context decides."""

    start: int
    end: int
    surface: str
    names: tuple[Name, ...]


def _same(one: Name, other: Name) -> bool:
    """Whether two names mean the same; a capital is also listed for a former state."""
    if (one.kind, one.id) != (other.kind, other.id):
        return False
    return one.codes == other.codes or not (other.id == "pair" or of_a_former_state(one) or of_a_former_state(other))


def of_a_former_state(name: Name) -> bool:
    """Whether a name is a capital of a former state; it names that state only on days when the state existed."""
    return name.form == "capital" and name.codes[0] in former_states()


class Names:
    """All names of one language in one automaton.

    ``bounded`` says that only whole words match; ``looks_paired`` says whether a pair of states (中美) only seems to occur at
    ``[start, end)`` of a text. A name that is part of one of ``outlets`` is not found there: the New York Times names no city.
    """

    def __init__(
        self,
        entries: Iterable[tuple[str, Name]],
        *,
        bounded: bool,
        looks_paired: Callable[[str, int, int], bool] | None = None,
        outlets: Iterable[str] = (),
    ) -> None:
        import ahocorasick_rs  # imported here, since reading a page needs this module but no automaton

        meanings: dict[str, list[Name]] = {}
        for surface, name in entries:
            plain = surface if surface.isascii() else with_plain_marks(surface)
            held = meanings.get(plain)
            if held is None:
                meanings[plain] = [name]
                continue
            if any(_same(one, name) for one in held):
                continue
            if name.form != "shield":
                held[:] = [one for one in held if one.form != "shield"]
            elif held:
                continue  # a name is not excluded by an equal phrase
            held.append(name)
        for outlet in _holding_names([with_plain_marks(one) for one in outlets], meanings, bounded):
            meanings[outlet] = [_NO_NAME]
        self.surfaces = list(meanings)
        self.meanings = [tuple(meanings[surface]) for surface in self.surfaces]
        self._bounded = bounded
        self._looks_paired = looks_paired
        self._pairs = frozenset(
            index
            for index, them in enumerate(self.meanings)
            if looks_paired is not None and any(name.id == "pair" for name in them)
        )
        self._runs = frozenset(index for index, name in enumerate(self.surfaces) if _may_be_inside_a_run(name))
        self._automaton = ahocorasick_rs.AhoCorasick(self.surfaces, matchkind=ahocorasick_rs.MatchKind.Standard)

    def find(self, text: str) -> list[Hit]:
        """Return the names in a text, in order without overlap: the longest of those that begin first."""
        plain = text if text.isascii() else with_plain_marks(text)
        found: list[tuple[int, int, int]] = []
        for index, start, end in self._automaton.find_matches_as_indexes(plain, overlapping=True):
            if self._bounded:
                if start and plain[start - 1].isalnum():
                    continue
                if end < len(plain) and plain[end].isalnum():
                    continue
            elif index in self._runs and _inside_a_run(plain, start, end):
                continue
            if index in self._pairs and self._looks_paired is not None and self._looks_paired(plain, start, end):
                continue
            found.append((start, -end, index))
        found.sort()
        hits: list[Hit] = []
        reached = 0
        for start, minus_end, index in found:
            if start < reached:
                continue
            reached = -minus_end
            hits.append(Hit(start, reached, self.surfaces[index], self.meanings[index]))
        return hits


def _holding_names(phrases: list[str], meanings: Mapping[str, list[Name]], bounded: bool) -> list[str]:
    """Those of the phrases that are no names, but have one as a part: whole words of it, or, in a language without spaces,
    all but three characters or more. Of fewer the last may begin another word: 中国新闻 in 中国新闻发言人."""
    import ahocorasick_rs

    text, rest = "\n".join(phrases), 1 if bounded else 3
    ends = list(itertools.accumulate(len(phrase) + 1 for phrase in phrases))
    names = [surface for surface, them in meanings.items() if any(name.form != "shield" for name in them)]
    found = set()
    for _, start, end in ahocorasick_rs.AhoCorasick(names).find_matches_as_indexes(text, overlapping=True):
        if not bounded or not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
            number = bisect_right(ends, start)
            if end - start <= len(phrases[number]) - rest:
                found.add(number)
    return [phrases[number] for number in sorted(found) if phrases[number] not in meanings]


def _may_be_inside_a_run(name: str) -> bool:
    return not name[0].isascii() and ("가" <= name[0] <= "힣" or _katakana(name[0]) or _katakana(name[-1]))


def _inside_a_run(text: str, start: int, end: int) -> bool:
    """Whether a span is part of a longer word in a script without spaces.

    A run of katakana is one word (タイ, Thailand, is not part of タイミング); in Hangul particles follow a word and nothing
    precedes it (이란, Iran, is a particle after a word). Han characters show no word boundaries.
    """
    before, after = text[start - 1 : start], text[end : end + 1]
    if "가" <= text[start] <= "힣":
        return "가" <= before <= "힣"
    return (_katakana(text[start]) and _katakana(before)) or (_katakana(text[end - 1]) and _katakana(after))


def _katakana(letter: str) -> bool:
    return "ァ" <= letter <= "ヺ" or letter == "ー"


def capital_id(code: str, name: str) -> str:
    """The id of a state's capital, whatever the language of its name; based on the name if the world tables lack it."""
    return _capitals().get(code) or name.lower().replace(" ", "-")


@cache
def _capitals() -> dict[str, str]:
    return {row["id"]: row["capital"].lower().replace(" ", "-") for row in world_rows("states")}


def named_in(path: Path) -> Iterator[tuple[str, Name]]:
    """Yield the names in a language's ``names.csv``: states, territories and organisations, demonyms and capitals.

    Raises :class:`~onrecord.errors.LexiconError` naming a wrong row.
    """
    for _, row in rows(path, _NAMES):
        kind, code = _KINDS[row["kind"]], (row["id"],)
        for form, cells in (("name", (row["name"], *many(row["aliases"]))), ("demonym", many(row["demonyms"]))):
            for surface in cells:
                yield surface, Name(kind, row["id"], code, form)
        if row["capital"] and row["capital"] not in (row["name"], *many(row["aliases"])):
            for surface in (row["capital"], *many(row["capital_aliases"])):
                yield surface, Name("place", capital_id(row["id"], row["capital"]), code, "capital")
