"""For whom a document and each of its turns speak: the parties to which "we" and "the leaders" refer.

Most documents speak for their issuer. A joint statement speaks for all whom its title names. In a joint appearance a guest
speaks for his own state: the title names him or it.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.languages.base import Language
from onrecord.languages.names import Hit, Name
from onrecord.lexicon.world import held_on, holdings
from onrecord.record import Document, Turn

_ACTORS = ("country", "territory", "organisation", "person")
#: The first sentence is looked for in so many characters.
_OPENING = 600


class SpeakingParties:
    """The parties of a document.

    ``joint`` are all those for whom a joint statement speaks, ``together`` those who appear together in a document with turns of
    a guest; both are empty elsewhere.
    """

    def __init__(self, document: Document, language: Language, principal: str | None) -> None:
        self.principal = principal
        self._day = document.date
        self._language = language
        self._named = frozenset(self._codes(language.names.find(document.title)))
        self.joint = self._joint_parties(document)
        self._of_speaker: dict[str, str | None] = {}
        guests = {self.speaks_for(turn) for turn in document.turns} - {principal, None}
        self.together: tuple[str, ...] = (principal, *sorted(filter(None, guests))) if principal and guests else ()

    def speaks_for(self, turn: Turn) -> str | None:
        """The code of the party whose "we" a turn is: a guest's, where the title names him or his state, else the principal's."""
        if turn.speaker is None or turn.role == "reporter" or len(self._named) < 2:
            return self.principal
        if turn.speaker not in self._of_speaker:
            self._of_speaker[turn.speaker] = self._state_of(turn.speaker)
        return self._of_speaker[turn.speaker] or self.principal

    def _joint_parties(self, document: Document) -> tuple[str, ...]:
        """Those for whom a joint statement speaks; a text that begins with "We, the leaders of" and two names is one, too.

        They are named in the title, or else in the first sentence: the states of the persons there if these are of two or more,
        else all.
        """
        first = next((turn for turn in document.turns if turn.kind == "statement"), None)
        if first is None:
            return ()
        opening = document.text[first.start : min(first.end, first.start + _OPENING)]
        start, end = next(iter(self._language.split_sentences(opening)), (0, 0))
        hits = self._language.names.find(opening[start:end])
        readings = [self._codes(hits)]
        if document.kind == "joint-statement":
            people = self._codes([hit for hit in hits if hit.names[0].kind == "person"])
            readings = [self._codes(self._language.names.find(document.title)), people, *readings]
        elif not self._speaks_as_several(opening):
            return ()
        return tuple(next((named for named in readings if len(named) > 1), ()))

    def _speaks_as_several(self, opening: str) -> bool:
        """Whether a text begins with "We" and a comma, behind which those who speak are named."""
        rules = self._language.references
        we = rules.we.match(opening) if rules is not None and rules.we is not None else None
        return we is not None and opening[we.end() : we.end() + 1] == ","

    def _state_of(self, speaker: str) -> str | None:
        """The state that the speaker represents on the day, if the title names it and no other fits."""
        states = {
            state
            for hit in self._language.names.find(speaker.title() if speaker.isupper() else speaker)
            for name in hit.names
            if name.kind == "person"
            for state in self._represented(name)
        } & self._named
        return states.pop() if len(states) == 1 else None

    def _represented(self, name: Name) -> Iterator[str]:
        """The state of a person on the day; where it is not known, that of the first office in the table."""
        offices = holdings()[name.id]
        yield next((held.state for held in offices if held_on(held, self._day)), offices[0].state)

    def _codes(self, hits: list[Hit]) -> list[str]:
        """The codes of the actors in a heading, in order; of persons those of the states that they represent."""
        found: dict[str, None] = {}
        for hit in hits:
            for name in hit.names[:1]:
                if name.kind == "person":
                    found |= dict.fromkeys(self._represented(name))
                elif name.kind in _ACTORS and name.form != "reference":
                    found |= dict.fromkeys(name.codes)
        return list(found)
