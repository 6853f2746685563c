"""Lists of parties in a title or an opening: "We, the leaders of A, B and C", "President X of A met with Y of B and Z of C"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from onrecord.annotation_types import NO_PARTY
from onrecord.languages.base import Language
from onrecord.languages.names import Hit, Name
from onrecord.languages.reference_rules import ReferenceRules
from onrecord.lexicon.actors import group_members, is_state
from onrecord.lexicon.world import held_on, holdings

_ACTORS = ("country", "territory", "organisation", "person", "office")
_NO_RULES = ReferenceRules()
#: Between the party and the name of its official stand only titles: "Japanese Vice Foreign Minister".
_TITLES = re.compile(r"(?:\s+(?:[A-Z][\w.’-]*|and|for|of))*\s+")
_DASH = re.compile(r"\s?[-–‑]\s?")
_TWO = 2
#: A list begins at most so many characters after the words that announce it.
_NEAR = 120


class PartyLists:
    """Reads lists of parties by the rules of a language; ``day`` settles who holds an office."""

    def __init__(self, language: Language, day: str | None) -> None:
        self._names, self._day = language.names, day
        self._rules = language.references or _NO_RULES

    def all_in(self, text: str) -> tuple[str, ...]:
        """The codes of all actors named, in order; of persons those of the states that they represent."""
        return self._codes(self._names.find(text))

    def parties_in(self, title: str) -> tuple[str, ...]:
        """The parties that a title names before it turns to their matter."""
        return self._codes(self._actors(title, self._before_matter(title)))

    def dashed(self, title: str) -> tuple[str, ...]:
        """The parties whose names a dash joins in a title: "the U.S.-ASEAN Summit"; empty if there are none."""
        for hit in self._names.find(title):
            name = hit.names[0]
            if name.kind == "mechanism" and len(name.codes) == _TWO and _DASH.search(title, hit.start, hit.end):
                return name.codes
        hits = self._actors(title, len(title))
        for one, other in pairwise(hits):
            if _DASH.fullmatch(title, one.end, other.start):
                return self._codes([one, other])
        return ()

    def people_in(self, title: str) -> tuple[str, ...]:
        """The parties of the first list of persons in a title ("Remarks by President A and Prime Minister B of C")."""
        hits = self._actors(title, self._before_matter(title))
        first = next((at for at, hit in enumerate(hits) if hit.names[0].kind == "person"), None)
        if first is None:
            return ()
        found = self._run(title, hits[first:])
        return self._codes(found)

    def signed_by(self, title: str) -> tuple[str, ...]:
        """The parties of those whose statement it is by its title ("Statement by President A and Prime Minister B of C")."""
        signed = self._rules.signed.match(title) if self._rules.signed is not None else None
        return self.people_in(title) if signed is not None else ()

    def signed_behind(self, title: str) -> tuple[str, ...]:
        """Two or more whose statement it is, named behind its matter ("Statement on Boats for C from A and B"); else empty."""
        start = self._before_matter(title)
        behind = self._rules.signed_behind
        if behind is None or start == len(title) or self._actors(title, start):
            return ()
        places = [one.end() for one in behind.finditer(title, start)]
        hits = [hit for hit in self._actors(title, len(title)) if places and hit.start >= places[-1]]
        named = self._codes(self._run(title, hits)) if hits and hits[0].start < places[-1] + _NEAR else ()
        return named if len(named) > 1 else ()

    def of_several(self, opening: str) -> tuple[str, ...]:
        """The parties that "We, the leaders of" names, empty where a text does not begin so."""
        begins = self._rules.several.match(opening) if self._rules.several is not None else None
        if begins is None:
            return ()
        hits = [hit for hit in self._actors(opening, len(opening)) if hit.start >= begins.end()]
        if not hits or hits[0].start > begins.end() + _NEAR or not self._links(opening, begins.end(), hits[0].start):
            return ()
        return self._codes(self._run(opening, hits))

    def meeting_in(self, sentence: str) -> tuple[str, ...]:
        """The parties of a meeting that a sentence tells of: those before its verb and those with whom they met."""
        end = self._before_matter(sentence)
        hits = self._actors(sentence, end)
        if not hits:
            return ()
        first = self._run(sentence, hits)
        rest = hits[len(first) :]
        meets = self._rules.meets
        if rest and meets is not None and meets.fullmatch(sentence, first[-1].end, rest[0].start):
            first = [*first, *self._run(sentence, rest)]
        return self._codes(first)

    def meeting_in_matter(self, title: str) -> tuple[str, ...]:
        """The parties of a meeting that is itself the matter of a title: "Statement on President A's Meeting with B"."""
        matter = self._rules.matter.search(title) if self._rules.matter is not None else None
        if matter is None:
            return ()
        sentence = title[matter.end() :]
        hits = self._actors(sentence, self._before_matter(sentence))
        meets = self._rules.meets
        if len(hits) < 2 or meets is None:
            return ()
        first = self._run(sentence, hits)
        rest = hits[len(first) :]
        met = rest and meets.fullmatch(sentence, first[-1].end, rest[0].start)
        return self._codes([*first, *self._run(sentence, rest)]) if met else ()

    def listed(self, text: str) -> tuple[str, ...]:
        """The parties of the list with which a text begins, without the occasion: "at the Summit of the Group"."""
        hits = self._actors(text, len(text))
        if hits and hits[0].names[0].kind != "person" and self._is_place(text, hits[0]):
            del hits[0]
        return self._codes(self._run(text, hits)) if hits and hits[0].start < _NEAR else ()

    def is_group(self, codes: Sequence[str]) -> bool:
        """Whether one organisation is named, which speaks as such."""
        return len(codes) == 1 and not is_state(codes[0])

    def state_of(self, speaker: str, title: str) -> str | None:
        """The state that a speaker represents, by the table or by the title ("Prime Minister Sample of Nauru"), else None."""
        named = frozenset(self.all_in(title))
        hits = self._names.find(speaker.title() if speaker.isupper() else speaker)
        states = {
            state for hit in hits for name in hit.names if name.kind == "person" for state in self._represented(name)
        } & named
        if len(states) == 1:
            return states.pop()
        return None if states else self._by_title(speaker, title)

    def _by_title(self, speaker: str, title: str) -> str | None:
        """The state that the title names directly behind the speaker's name."""
        words = [word for word in re.findall(r"[^\W\d_][\w’'-]+", speaker) if word[0].isupper()]
        for word in reversed(words[1:] or words):  # the first is an office or a given name
            place = re.search(rf"(?i)\b{re.escape(word)}\b", title)
            if place is None:
                continue
            for hit in self._actors(title, len(title)):
                between = title[place.end() : hit.start]
                if hit.start >= place.end() and re.fullmatch(r"(?:\s+[A-Z][\w-]+){0,3}\s+of\s+(?:the\s+)?", between):
                    return self._codes([hit])[0]
        return None

    def _before_matter(self, text: str) -> int:
        matter = self._rules.matter.search(text) if self._rules.matter is not None else None
        return matter.start() if matter is not None else len(text)

    def _actors(self, text: str, end: int) -> list[Hit]:
        """The actors named before ``end``, without places ("in Rome", "in Berlin, Germany")."""
        found: list[Hit] = []
        for hit in self._names.find(text[:end]):
            name = hit.names[0]
            if not _acts(name) or not self._codes([hit]):
                continue
            if name.kind in ("country", "territory") and self._is_place(text, hit):
                continue
            if name.kind == "person" and not self._is_party(text, hit, found):
                continue
            found.append(hit)
        return found

    def _is_party(self, text: str, hit: Hit, before: Sequence[Hit]) -> bool:
        """Whether a person's state is that of the table: not if other words say it ("European Council President Sample").

        A bare surname counts only behind a title.
        """
        if before and _TITLES.fullmatch(text, before[-1].end, hit.start) and before[-1].names[0].kind != "person":
            return False
        return hit.names[0].form != "surname" or self._rules.is_known_surname(hit.names[0], hit, text, known=False)

    def _is_place(self, text: str, hit: Hit) -> bool:
        in_place = self._rules.in_place
        return in_place is not None and in_place.search(text, max(0, hit.start - 40), hit.start) is not None

    def _links(self, text: str, start: int, end: int) -> bool:
        return self._rules.listed is None or self._rules.listed.fullmatch(text, start, end) is not None

    def _run(self, text: str, hits: Sequence[Hit]) -> list[Hit]:
        """The hits that form one list with the first."""
        found = [hits[0]]
        for hit in hits[1:]:
            if not self._links(text, found[-1].end, hit.start):
                break
            found.append(hit)
        return found

    def _represented(self, name: Name) -> Iterator[str]:
        """The state of a person on the day; where it is not known, that of the first office in the table."""
        offices = holdings()[name.id]
        yield next((held.state for held in offices if held_on(held, self._day)), offices[0].state)

    def _codes(self, hits: Sequence[Hit]) -> tuple[str, ...]:
        """The codes of the actors, in order: of a person the state, of an informal group its members."""
        found: dict[str, None] = {}
        for hit in hits:
            name = hit.names[0]
            if name.kind == "person":
                found |= dict.fromkeys(self._states(hit))
            elif _acts(name):
                for code in name.codes:
                    found |= dict.fromkeys(group_members().get(code, (code,)))
        for code in NO_PARTY:
            found.pop(code, None)
        return tuple(found)

    def _states(self, hit: Hit) -> tuple[str, ...]:
        """The state of a person; of several of one name those in office, none if they are of different states."""
        people = [name for name in hit.names if name.kind == "person"]
        if len(people) > 1:
            people = [one for one in people if any(held_on(held, self._day) for held in holdings()[one.id])] or people
        states = dict.fromkeys(state for one in people for state in self._represented(one))
        return tuple(states) if len(states) == 1 else ()


#: A mechanism of so many parties is a group that speaks for them: the Quad, and not a dialogue of two.
_GROUP = 3


def _acts(name: Name) -> bool:
    return name.form != "reference" and (
        name.kind in _ACTORS or (name.kind == "mechanism" and len(name.codes) >= _GROUP)
    )
