"""Mentions: actors, people, offices, places, mechanisms and issues named in the text, resolved by context where possible.

An ambiguous name takes the meaning that nearby words indicate, by the language's ``ambiguous.csv``, and stays unresolved if they
indicate none. "The two sides", "both heads of state", 双方 refer to the parties mentioned; "we" and "our" to the principal.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from onrecord import languages
from onrecord.annotation.antecedents import Parties
from onrecord.annotation.speaking_parties import SpeakingParties
from onrecord.annotation_types import Mention
from onrecord.languages.base import Language
from onrecord.languages.name_tables import Condition
from onrecord.languages.names import Hit, Name, of_a_former_state
from onrecord.languages.reference_rules import ReferenceRules, begins_with, ends_with
from onrecord.lexicon.former_states import existed
from onrecord.lexicon.world import display_names, held_on, holdings, world_rows
from onrecord.record import Document, Turn

#: The number of characters on either side of an ambiguous name in which indicating words are searched.
_NEAR = 160
_ACTING = ("country", "territory", "organisation", "person", "office")
#: For a language without the capability "references": only names are found.
_NO_REFERENCES = ReferenceRules()


def find_mentions(document: Document, speaking: SpeakingParties) -> tuple[Mention, ...]:
    """Find the mentions of a document, in order of position; issues may overlap names, names never overlap each other.

    ``speaking`` says for whom each turn speaks. Every span lies inside a turn. ``id`` is ``None`` if the
    words leave open what is named.
    """
    language = languages.find(document.language)
    if "names" not in language.covers:
        return ()
    reader = _Reader(document, language, Parties(speaking.principal, speaking.joint, speaking.gathered))
    for hit in language.names.find(document.title):
        reader.resolve(hit, document.title)
    found: list[Mention] = []
    for turn in document.turns:
        reader.parties.principal = speaking.speaks_for(turn)
        found += reader.read(turn)
    return tuple(found)


class _Reader:
    """Reads the mentions of one document, turn by turn."""

    def __init__(self, document: Document, language: Language, parties: Parties) -> None:
        self.document, self.language, self.parties = document, language, parties
        self.rules, self.bounded = language.references or _NO_REFERENCES, language.words.spaced
        self.names = language.names
        self.issues = language.issue_words
        self.conditions = language.conditions
        self.people: set[str] = set()
        self.whole = document.text
        self.known_of_whole: dict[tuple[str, ...], bool] = {}
        self.known_of, self.known = "", dict[tuple[str, ...], bool]()
        self.referred = 0  # where the two sides were last referred to in the turn
        self.pair_end = -1  # where the pair named last ends in the turn
        self.offset = 0  # where the text that is read begins in the document
        self.office: tuple[int, str] = (-9, "")  # the end offset and the id of the last office named

    def read(self, turn: Turn) -> list[Mention]:
        """Read the mentions of one turn."""
        text, self.offset = turn.text, turn.start
        found: list[Mention] = []
        hits = self._hits(turn, text)
        self.parties.here, self.pair_end, self.referred = False, -1, 0
        if turn.kind in ("question", "statement"):
            self.parties.begin()
        if turn.kind == "question" or not self.parties.others:
            self.parties.pair = ()
        last: tuple[int, tuple[str, ...]] | None = None
        read_to = 0
        several = turn.kind == "statement" and self.document.kind == "press-conference"
        for hit in hits:
            if several and "\n" in text[read_to : hit.start]:  # the next announcement
                self.parties.begin()
            read_to = hit.start
            mention = self.resolve(hit, text)
            if mention is None:
                continue
            if mention.codes and self.rules.is_a_partner(hit, text):
                near = last is not None and self.rules.same_clause(text[last[0] : hit.start - 1])
                own = (self.parties.principal,) if self.parties.principal else ()
                self.parties.with_partner(last[1] if near and last is not None else own, mention.codes)
            if mention.codes and mention.kind in _ACTING and mention.kind != "organisation":
                if last is not None and self.rules.joins.fullmatch(text, last[0], hit.start):
                    self.parties.joined(last[1], mention.codes)
                    self.pair_end = hit.end
                last = (hit.end, mention.codes)
            found.append(mention)
        found += self._issues(text, turn.start)
        found.sort(key=lambda one: (one.start, -one.end))
        return found

    def _hits(self, turn: Turn, text: str) -> list[Hit]:
        """Return names, pronouns and one-character names, in order."""
        hits = self.names.find(text)
        if turn.kind != "question":
            hits = sorted(
                [*hits, *self.rules.pronouns(text, hits, speaks=bool(self.parties.principal or self.parties.joint))]
            )
        whole = self.document.text
        return sorted([*hits, *self.rules.signs(text, hits, whole, lambda hit: self._sign(hit, text))])

    def _issues(self, text: str, offset: int) -> Iterator[Mention]:
        lower = text.lower()
        for hit in self.issues.find(lower if len(lower) == len(text) else text):
            yield Mention(
                kind="issue", id=hit.names[0].id, name=text[hit.start : hit.end], start=offset + hit.start, end=offset + hit.end
            )  # fmt: skip

    def _sign(self, hit: Hit, text: str) -> Name | None:
        """Resolve a one-character name: by those table conditions that do not look at its neighbours, else by context."""
        ruled = self._without_neighbour_conditions(hit.surface)
        return (self._by_table(ruled, hit, text) if ruled else None) or self._by_context(hit, text)

    def _without_neighbour_conditions(self, surface: str) -> tuple[Condition, ...]:
        return tuple(one for one in self.conditions.get(surface, ()) if one.kind not in ("before", "after"))

    def resolve(self, hit: Hit, text: str) -> Mention | None:
        """Resolve what a hit names here, ``None`` if it names nothing."""
        former = [name for name in hit.names if of_a_former_state(name)]
        if former:
            hit = hit._replace(names=tuple(name for name in hit.names if name not in former))
            former = [name for name in former if existed(name.codes[0], self.document.date)]
            if former and not hit.names:
                hit = hit._replace(names=tuple(former))
        if not hit.names:
            return None
        ruled = self.conditions.get(hit.surface)
        pair = hit.names[0].id == "pair" and hit.names[0].form != "sign"
        chosen: Name | None
        if pair or ruled is not None:
            chosen = self._by_rule(ruled, hit, text, pair=pair)
            if chosen is None:
                return None
        else:
            chosen = hit.names[0] if len(hit.names) == 1 else self._by_context(hit, text)
            if chosen is None:
                return self._unresolved(hit, text)
        if former and chosen.form == "metonym":  # in 1985 Moscow is the Soviet government
            chosen = chosen._replace(id=former[0].codes[0], codes=former[0].codes)
        elif former and chosen.kind == "place":
            chosen = former[0]
        return self._record(chosen, hit, text) if self._names(chosen, hit, text, settled=ruled is not None) else None

    def _by_rule(self, ruled: tuple[Condition, ...] | None, hit: Hit, text: str, *, pair: bool) -> Name | None:
        """Resolve a pair of states, or a name that the table has rows for."""
        if pair:
            return self._pair(hit, text) if ruled is None or self._table_meaning(ruled, hit, text) else None
        return self._by_table(ruled, hit, text) if ruled is not None else None

    def _unresolved(self, hit: Hit, text: str) -> Mention | None:
        """An ambiguous name that nothing decides; but all candidates may belong to one state."""
        first = hit.names[0]
        states = {self._codes(name) for name in hit.names} if first.kind == "person" else set()
        if first.form == "surname" and not self._known_surname(first, hit, text):
            return None
        return self._mention(hit, text, first, None, states.pop() if len(states) == 1 else ())

    def _names(self, chosen: Name, hit: Hit, text: str, *, settled: bool) -> bool:
        """Whether a hit is a name at all: no excluded phrase, capital as a place, or surname of somebody else."""
        if chosen.form == "shield" and not chosen.id:
            return False
        if chosen.form == "metonym" and hit.surface in _capitals() and self._is_a_place(hit, text, settled=settled):
            return False
        if not self.rules.stands_alone(hit, chosen, self.whole):
            return False
        return chosen.form != "surname" or self._known_surname(chosen, hit, text)

    def _record(self, chosen: Name, hit: Hit, text: str) -> Mention | None:
        """Build the mention, and note whom it names for the references that follow."""
        if chosen.kind == "person":
            self.people.add(chosen.id)
        elif chosen.kind == "office":
            self.office = (hit.end, chosen.id)
        elif chosen.id == "parties" and self.pair_end == hit.start and self.parties.pair:
            self.parties.mark_pair()
        codes = self._codes(chosen)
        if chosen.kind in _ACTING or chosen.form in ("short", "pronoun"):
            self.parties.note(codes, counted=not self.rules.is_a_matter(hit, text))
        if chosen.id == "pair":
            self.parties.name_pair(codes, again=self.rules.same_sentence(text[self.referred : hit.start]))
            self.pair_end = hit.end
        elif chosen.kind == "mechanism" and len(codes) == 2 and self.parties.principal in codes:
            self.parties.name_pair(codes, again=self.rules.same_sentence(text[self.referred : hit.start]))
        elif chosen.kind == "mechanism" and len(codes) == 3 and self.parties.principal in codes:
            self.parties.trio = codes
        elif chosen.id == "parties":
            self.referred = hit.end
        elif chosen.id == "principal":
            self.parties.pair = ()
        if chosen.kind == "reference" and not codes:
            return None
        own = chosen.id if chosen.kind != "reference" or chosen.codes else None
        if own in ("pair", "principal"):
            own = None
        return self._mention(hit, text, chosen, own, codes if codes != (own,) else ())

    def _mention(self, hit: Hit, text: str, name: Name, own: str | None, stands_for: tuple[str, ...]) -> Mention:
        return Mention(
            kind=name.kind, id=own, name=text[hit.start : hit.end], start=self.offset + hit.start, end=self.offset + hit.end,
            stands_for=stands_for,
        )  # fmt: skip

    def _pair(self, hit: Hit, text: str) -> Name | None:
        """Resolve which two parties a pair names."""
        return self.rules.pair(
            hit,
            lambda surface: self._table_meaning(self._without_neighbour_conditions(surface), hit, text),
            lambda among: self._by_context(among, text),
        )

    def _is_a_place(self, hit: Hit, text: str, *, settled: bool) -> bool:
        """Whether a capital is a location and not a government: "in Kabul", "Addis Ababa, Ethiopia", 在伊斯兰堡会见."""
        if text[hit.end : hit.end + 2] == ", ":
            own = display_names(self.language.code).get(hit.names[0].id, "\0")
            if text.startswith((own, "the " + own), hit.end + 2):
                return True
        return not settled and self.rules.is_a_place(hit, text)  # settled: a row of the table has decided

    def _codes(self, name: Name) -> tuple[str, ...]:
        if name.kind == "person":
            held = holdings()[name.id]
            return (next((one.state for one in held if held_on(one, self.document.date)), held[0].state),)
        if name.kind != "reference" or name.codes:
            return name.codes
        parties = self.parties
        if name.id == "principal":
            return parties.joint or ((parties.principal,) if parties.principal else ())
        if name.id == "latter":
            return tuple(parties.others[-1:])
        if name.id == "parties":
            return parties.two()
        if name.id == "parties-all":
            return parties.all()
        if name.id == "parties-three":
            return parties.three()
        return ()

    def _by_table(self, ruled: tuple[Condition, ...], hit: Hit, text: str) -> Name | None:
        """Resolve a name by the table: the meaning with that id, else one of that state, else the state itself."""
        meant = self._table_meaning(ruled, hit, text)
        if not meant:
            return None
        own = [name for name in hit.names if meant in (name.id, *name.codes) and name.kind != "office"]
        return next(
            (name for name in own if name.id == meant), own[0] if own else Name("country", meant, (meant,), "name")
        )

    def _table_meaning(self, ruled: tuple[Condition, ...], hit: Hit, text: str) -> str | None:
        """The id of the first row whose condition holds, empty if the name names nothing; ``None`` if no condition holds."""
        for one in ruled:
            if not self._holds(one, hit, text):
                continue
            if one.kind in (
                "turn",
                "document",
            ):  # 巴方 where both Pakistan and Brazil are named: the one named last
                rivals = {
                    other.id for other in ruled if other.kind == one.kind and other.id and self._holds(other, hit, text)
                }
                if len(rivals) > 1:
                    return next((code for code in reversed(self.parties.spoken) if code in rivals), "")
            return one.id
        return None

    def _holds(self, condition: Condition, hit: Hit, text: str) -> bool:
        kind, words, bounded = condition.kind, condition.words, self.bounded
        if kind == "default":
            return True
        if kind == "near":
            around = text[max(0, hit.start - _NEAR) : hit.end + _NEAR]
            return any(word in around for word in words)
        if kind == "before":
            return ends_with(text[max(0, hit.start - 40) : hit.start].rstrip(" \u00a0-"), words, bounded=bounded)
        if kind == "after":
            return begins_with(text[hit.end : hit.end + 40].lstrip(" \u00a0-"), words, bounded=bounded)
        if kind == "turn":
            return self._says(text, words)
        if kind == "issuer":
            return self.document.issuer.startswith(words)
        if kind == "document":
            return self._says(self.whole, words)
        return self.rules.holds(condition, hit, text)

    def _says(self, text: str, words: tuple[str, ...]) -> bool:
        """Whether a text holds one of several words; found once for a turn or a document, however often a name stands there."""
        if text is not self.whole and text is not self.known_of:
            self.known_of, self.known = text, {}
        known = self.known_of_whole if text is self.whole else self.known
        said = known.get(words)
        if said is None:
            said = known[words] = any(word in text for word in words)
        return said

    def _by_context(self, hit: Hit, text: str) -> Name | None:
        """Choose a meaning by context: an excluded phrase, one already mentioned, the person in office on the day; else None."""
        shields = [name for name in hit.names if name.form == "shield"]
        if shields:
            return shields[0]
        if all(name.kind == "person" for name in hit.names):
            known = [name for name in hit.names if name.id in self.people]
            if len(known) == 1:
                return known[0]
            titled = [
                name for name in hit.names
                if 0 <= hit.start - self.office[0] <= 1 and any(held.office == self.office[1] for held in holdings()[name.id])
            ]  # fmt: skip
            return _only([name for name in titled or hit.names if _in_office(name.id, self.document.date)]) or _only(
                titled
            )
        if all(name.form == "short" for name in hit.names):  # 巴方: the state whose full name is in the document
            whole = self.document.text
            living = [name for name in hit.names if existed(name.codes[-1], self.document.date)]
            in_document = [name for name in living if name.codes[-1] in self.parties.spoken]
            in_document = in_document or [name for name in living if self.rules.names_in_full(name.codes[-1], whole)]
            return _only(in_document)
        forms = ("name", "demonym", "metonym", "body", "capital", "generic", "words", "reference", "surname", "short")
        return min(hit.names, key=lambda name: (name.kind not in _ACTING, not name.codes, forms.index(name.form)))

    def _known_surname(self, name: Name, hit: Hit, text: str) -> bool:
        return self.rules.is_known_surname(name, hit, text, known=name.id in self.people)


def _only(names_left: list[Name]) -> Name | None:
    return names_left[0] if len(names_left) == 1 else None


def _in_office(person: str, day: str | None) -> bool:
    return any(held_on(held, day) for held in holdings()[person])


@cache
def _capitals() -> frozenset[str]:
    """The names of capitals, in all languages of the tables."""
    return frozenset(
        name for row in world_rows("states") for column, name in row.items() if name and column.startswith("capital")
    )
