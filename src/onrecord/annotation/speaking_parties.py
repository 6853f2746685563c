"""For whom a document and each of its turns speak: the parties to which "we" and "the leaders" refer.

Most documents speak for their issuer. A joint statement speaks for all whom its title or its opening names. In a joint
appearance a guest speaks for his own state: the title names him or it. A readout tells of all who took part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from onrecord.annotation.party_lists import PartyLists
from onrecord.languages.base import Language
from onrecord.languages.reference_rules import ReferenceRules
from onrecord.lexicon.actors import is_state
from onrecord.record import Document, Turn

#: The first sentence is looked for in so many characters.
_OPENING = 900
#: In so many sentences those who speak are listed; a list of so many speaks as one.
_SENTENCES, _SEVERAL = 3, 3
#: A line of fewer words that ends in a colon only says that a text follows.
_STAGE_WORDS = 5
#: In so many characters of a readout those who took part are named.
_READOUT = 12_000


class SpeakingParties:
    """The parties of a document.

    ``joint`` are all those for whom a joint statement speaks, ``together`` those who appear together before the press, ``met``
    those who took part in what a readout tells of; each is empty elsewhere.
    """

    def __init__(self, document: Document, language: Language, principal: str | None) -> None:
        self.principal = principal
        self._document = document
        self._lists = PartyLists(language, document.date)
        self._rules = language.references
        self._language = language
        self.joint = self._joint_parties()
        self._of_speaker: dict[str, str | None] = {}
        guests = {self.speaks_for(turn) for turn in document.turns} - {principal, None}
        self.together = self._together(guests)
        self.met = () if self.joint or self.together else self._met()

    @property
    def gathered(self) -> tuple[str, ...]:
        """All who speak or take part: those whom "the leaders" means in the whole document; empty if it tells of one party."""
        return self.joint or self.together or self.met

    @cached_property
    def titled_pair(self) -> tuple[str, ...]:
        """The principal and the one other party that the title of a statement names: a deal of the two; else empty.

        The other is a state, or the organisation that a dash joins to the principal: "U.S.-ASEAN Summit in Vientiane, Lao PDR".
        """
        if not self.principal or self._document.kind not in ("statement", "joint-statement", "readout"):
            return ()
        dashed = self._lists.dashed(self._document.title)
        others = [code for code in dashed if code != self.principal] if self.principal in dashed else []
        others = others or [code for code in self._named if is_state(code) and code != self.principal]
        return (self.principal, others[0]) if len(others) == 1 else ()

    @cached_property
    def _named(self) -> frozenset[str]:
        return frozenset(self._lists.all_in(self._document.title))

    @cached_property
    def _opening(self) -> str:
        """The first sentence of the first statement, without a title that it repeats."""
        return next(iter(self._beginning), "")

    @cached_property
    def _beginning(self) -> list[str]:
        """The first sentences of the first statement, without a title that they repeat."""
        first = next((turn for turn in self._document.turns if turn.kind == "statement"), None)
        if first is None:
            return []
        text = self._document.text[first.start : min(first.end, first.start + _OPENING)]
        text = text.removeprefix(self._document.title).lstrip()
        sentences = (text[start:end] for start, end in self._language.split_sentences(text))
        return [one for one in sentences if not _is_stage_line(one)][:_SENTENCES]

    def speaks_for(self, turn: Turn) -> str | None:
        """The code of the party whose "we" a turn is: a guest's, where the title names him or his state, else the principal's."""
        if turn.speaker is None or turn.role == "reporter" or len(self._named) < 2:
            return self.principal
        if turn.speaker not in self._of_speaker:
            self._of_speaker[turn.speaker] = self._lists.state_of(turn.speaker, self._document.title)
        return self._of_speaker[turn.speaker] or self.principal

    def _together(self, guests: Iterable[str | None]) -> tuple[str, ...]:
        """Those who appear together: the principal and the guests that speak, or who the title says does so jointly."""
        found = sorted(filter(None, guests))
        if self.principal and found:
            return (self.principal, *found)
        titled = self._document.kind in ("press-conference", "remarks") and self._says_joint()
        named = self._lists.people_in(self._document.title) if titled else ()
        return named if len(named) > 1 and self.principal in named else ()

    def _says_joint(self) -> bool:
        rules, title = self._rules, self._document.title
        if rules is None or rules.joint is None or self._is_account():
            return False
        return rules.joint.search(title) is not None

    def _joint_parties(self) -> tuple[str, ...]:
        """Those for whom a joint statement speaks; a text that begins with "We, the leaders of" and two names is one, too."""
        document = self._document
        if not self._opening:
            return ()
        several = self._lists.of_several(self._opening)
        says_joint = self._says_joint() and document.kind in ("statement", "readout")
        own = self._speaking_as_we()
        if document.kind == "joint-statement" or says_joint:
            named = next(self._readings(several), ())
            return own if set(named) < set(own) else named
        if len(several) > 1 or self._lists.is_group(several):
            return several
        if own and document.kind in ("statement", "other") and not self._is_account():
            return own
        signed = self._lists.signed_by(document.title) if document.kind == "statement" else ()
        return signed if len(signed) > 1 else ()

    def _is_account(self) -> bool:
        """Whether the title says that one party tells of the matter: a fact sheet."""
        rules = self._rules
        return rules is not None and rules.account is not None and rules.account.match(self._document.title) is not None

    def _speaking_as_we(self) -> tuple[str, ...]:
        """Three parties or more, the principal among them, that a first sentence lists and that speak of themselves as "we".

        "The countries of the group (A, B, C and D) affirm our shared values", "That is why A, B and C announce our intent".
        """
        rules = self._rules
        if rules is None or rules.we is None:
            return ()
        for sentence in self._beginning:
            named = self._lists.listed(sentence) if rules.we.search(sentence) else ()
            if len(named) >= _SEVERAL and self.principal in named:
                return named
        return ()

    def _readings(self, several: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """The parties of a joint statement, the surest reading first: two or more, or a group by its name."""
        title, opening = self._document.title, self._opening
        yield from filter(None, [self._lists.signed_behind(title)])
        titled = self._lists.parties_in(title)
        yield from (named for named in (titled, several, self._lists.dashed(title)) if len(named) > 1)
        yield from (named for named in (several, titled) if self._lists.is_group(named))
        of_title = self._lists.all_in(title)
        if self.principal in of_title and len(of_title) > 1:
            yield of_title
        told = self._lists.meeting_in(opening)
        yield from (named for named in (told, of_title, self._lists.all_in(opening)) if len(named) > 1)

    def _met(self) -> tuple[str, ...]:
        """Those who took part in what a readout, or an account of a summit, tells of."""
        rules = self._rules
        if rules is None or rules.meets is None or not self._opening or not self.principal:
            return ()
        if self._document.kind == "readout":
            return self._took_part(rules)
        summit = rules.gathers is not None and rules.gathers.search(self._document.title)
        return self._at_summit() if summit and self._document.kind == "statement" else ()

    def _took_part(self, rules: ReferenceRules) -> tuple[str, ...]:
        """Those who took part in what a readout tells of: by its title, its opening, and its lists of participants."""
        document, title = self._document, self._document.title
        if rules.apart is not None and (rules.apart.search(title) or rules.apart.search(self._opening)):
            return ()
        told = self._lists.meeting_in(self._opening)
        matter = self._lists.meeting_in_matter(title)
        found = dict.fromkeys((*self._lists.parties_in(title), *(matter if self.principal in matter else ()), *told))
        if rules.takes_part is not None:
            text = document.text[:_READOUT]
            for place in rules.takes_part.finditer(text):
                found |= dict.fromkeys(self._lists.listed(text[place.end() : place.end() + _OPENING]))
        named = tuple(code for code in dict.fromkeys((self.principal, *found)) if code is not None)
        return named if len(named) > 1 else ()

    def _at_summit(self) -> tuple[str, ...]:
        """The parties of a summit that one party tells of: those whom its opening lists, the principal among them."""
        lists, opening = self._lists, self._opening
        for named in (lists.listed(opening), lists.meeting_in(opening), lists.parties_in(self._document.title)):
            if self.principal in named and len(named) > 1:
                return named
        return ()


def _is_stage_line(sentence: str) -> bool:
    """Whether a sentence only says that a text follows: "Begin Text:"."""
    return sentence.rstrip().endswith(":") and len(sentence.split()) < _STAGE_WORDS
